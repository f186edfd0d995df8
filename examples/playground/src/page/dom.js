// Elements, created from text only: nothing that is typed becomes markup.

/** An element with attributes and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, value);
  }
  made.append(...children);
  return made;
}

/** A sentence with code between backticks. */
export function sentence(text) {
  const parts = text.split("`");
  return parts.map((part, index) => (index % 2 ? element("code", {}, part) : part));
}

/** The JSON that the server returns for a query. */
export async function ask(path, query, signal) {
  const response = await fetch(`${path}?${query}`, { signal });
  if (!response.ok) {
    throw new Error(await response.text());
  }
  return response.json();
}
