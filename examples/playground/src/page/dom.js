// Elements, made from text alone: nothing that anybody types becomes markup.

/** An element with attributes and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, value);
  }
  made.append(...children);
  return made;
}

/** A sentence, in which code stands between backticks. */
export function sentence(text) {
  const parts = text.split("`");
  return parts.map((part, index) => (index % 2 ? element("code", {}, part) : part));
}

/** What the server answers to a question of this page. */
export async function ask(path, query, signal) {
  const response = await fetch(`${path}?${query}`, { signal });
  if (!response.ok) {
    throw new Error(await response.text());
  }
  return response.json();
}
