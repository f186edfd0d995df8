// The editor: a text area, over a copy of its text with colours and underlines. Sends the text to the
// server, and shows the messages of the compiler.

import { element } from "./dom.js";

const get = (id) => document.getElementById(id);
const area = get("text");

/** Time without a change before the text is sent. */
const PAUSE = 250;

/** The number of mistakes in the current text, and the messages that are shown. */
let mistakes = 0;
let messages = [];
let timer;
let sending = new AbortController();

/** Sets up the editor; `accept` gets each policy that has no mistakes. */
export function edit(policy, accept) {
  set(policy.text);
  area.addEventListener("input", () => {
    messages = [];
    paint();
    clearTimeout(timer);
    timer = setTimeout(() => submit(accept), PAUSE);
  });
  get("restart").addEventListener("click", () => {
    set(policy.first);
    submit(accept);
    area.focus();
  });
}

/** Replaces the text by one that compiles. */
export function set(text) {
  area.value = text;
  mistakes = 0;
  messages = [];
  paint();
  report();
}

/** Sends the text. If it changes in the meantime, only the response to the later one counts. */
async function submit(accept) {
  clearTimeout(timer);
  sending.abort();
  sending = new AbortController();
  const text = area.value;
  try {
    const response = await fetch("/policy", { method: "POST", body: text, signal: sending.signal });
    if (!response.ok) {
      throw new Error(await response.text());
    }
    const answer = await response.json();
    ({ mistakes, messages } = answer);
    paint();
    report();
    if (mistakes === 0) {
      accept(answer.policy);
    }
    document.body.dataset.compiled = text;
  } catch (error) {
    if (error.name !== "AbortError") {
      status("no", `The policy was not compiled: ${error.message}`);
    }
  }
}

function status(name, text) {
  get("compiled").className = name;
  get("compiled").textContent = text;
}

/** Shows the messages, and how many there are. */
function report() {
  get("messages").replaceChildren(...messages.map(item));
  if (mistakes > messages.length) {
    get("messages").append(element("li", {}, `and ${mistakes - messages.length} more`));
  }
  area.setAttribute("aria-invalid", mistakes > 0);
  document.body.classList.toggle("invalid", mistakes > 0);
  if (mistakes === 0) {
    status("yes", "The policy compiles. The server enforces it.");
  } else {
    const count = mistakes === 1 ? "One mistake" : `${mistakes} mistakes`;
    status("no", `${count}. The server still enforces the last policy that compiled.`);
  }
}

/** A message as the compiler prints it, and a button that leads to its place in the text. */
function item({ text, excerpt, start, end }) {
  const [title, ...lines] = text.split("\n");
  const [place, ...code] = excerpt.split("\n");
  const [, line, column] = place.match(/:(\d+):(\d+)$/);
  const button = element("button", { type: "button", class: "place" }, `line ${line}, column ${column}`);
  button.addEventListener("click", () => {
    area.focus();
    area.setSelectionRange(start, end);
    // The mark is at the place; text areas do not scroll the page.
    get("copy").querySelector(`[data-start="${start}"]`)?.scrollIntoView({ block: "nearest" });
  });
  return element(
    "li",
    {},
    element("p", {}, element("strong", { class: "no" }, "error: "), element("strong", {}, title)),
    ...lines.map((line) => element("p", { class: "part" }, line)),
    button,
    element("pre", { tabindex: 0, role: "region", "aria-label": `Line ${line} of the policy` },
      code.join("\n")),
  );
}

/** Copies the text below the text area, in colours, with marks where messages point. */
function paint() {
  const text = area.value;
  const parts = [];
  let end = 0;
  for (const mark of marks(text)) {
    parts.push(...coloured(text, end, mark.start));
    parts.push(element("mark", { "data-start": mark.place }, ...coloured(text, mark.start, mark.end)));
    end = mark.end;
  }
  // The last line would have no height if it is empty.
  get("copy").replaceChildren(...parts, ...coloured(text, end, text.length), "\n");
}

/** The places of the messages, without those that overlap an earlier one. */
function marks(text) {
  let last = 0;
  return messages.flatMap((message) => {
    // Where a message has no length, the character before is underlined.
    const start = message.start === message.end ? message.start - 1 : message.start;
    const end = Math.min(message.end, text.length);
    if (start < last || start >= end) {
      return [];
    }
    last = end;
    return [{ start, end, place: message.start }];
  });
}

/** A part of the text with comments and strings in colours. */
function coloured(text, from, to) {
  const parts = [];
  let end = from;
  for (const { index, kind, length } of tokens(text)) {
    const [start, stop] = [Math.max(index, from), Math.min(index + length, to)];
    if (start < stop) {
      parts.push(text.slice(end, start), element("span", { class: kind }, text.slice(start, stop)));
      end = stop;
    }
  }
  return [...parts, text.slice(end, to)];
}

/** Comments and strings: Rust, as far as a policy needs it. */
function tokens(text) {
  const pattern = /(?<comment>\/\/.*)|r(?<hashes>#*)"[^]*?"\k<hashes>|"(?:\\[^]|[^"\\])*"/g;
  return [...text.matchAll(pattern)].map((match) => ({
    index: match.index,
    length: match[0].length,
    kind: match.groups.comment ? "comment" : "string",
  }));
}
