// The page: what is chosen in the form, and who is told of it.

import { ask, element, sentence } from "./dom.js";
import { light } from "./drawing.js";
import { show } from "./matrix.js";
import { embed, forget, send } from "./visitors.js";

const form = document.querySelector("#ask");
const get = (id) => document.getElementById(id);

/** Rust, as far as a policy needs it. */
function coloured(source) {
  const pattern = /(?<comment>\/\/.*)|(?<string>"(?:\\.|[^"\\])*")/g;
  const parts = [];
  let end = 0;
  for (const match of source.matchAll(pattern)) {
    const kind = match.groups.comment ? "comment" : "string";
    parts.push(source.slice(end, match.index), element("span", { class: kind }, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, source.slice(end)];
}

/** The lines of the words: who, one origin below the other, and, indented, what they may do. */
function words(text) {
  const lead = "pages of ";
  const lines = text.trimEnd().split("\n").map((line) => {
    if (line.startsWith(" ")) {
      return element("dd", {}, line.trim());
    }
    if (!line.startsWith(lead) || line.startsWith(`${lead}any `)) {
      return element("dt", {}, line);
    }
    const origins = line.slice(lead.length).split(/(?<=,) /);
    return element("dt", {}, lead, ...origins.map((origin) => element("code", {}, origin)));
  });
  return element("dl", {}, ...lines);
}

function offer({ origins, methods, headers }) {
  get("origins").append(...origins.map((value) => element("option", { value })));
  get("method").append(...methods.map((name) => element("option", {}, name)));
  const checks = headers.map(([name, value]) =>
    check({ name: "header", value: name }, element("code", {}, `${name}: ${value}`)));
  get("headers").append(...checks, check({ name: "credentials", value: "yes" }, "credentials"));
}

function check(attributes, label) {
  return element("label", {}, element("input", { type: "checkbox", ...attributes }), " ", label);
}

/** The choice, as a query. */
const choice = () => new URLSearchParams(new FormData(form)).toString();

let running = new AbortController();

/** Asks the server about the choice; who chooses again in the meantime hears the later answer alone. */
async function update() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const query = choice();
  forget();
  try {
    const [origin, rows] = await Promise.all([
      ask("/origin", query, signal),
      ask("/matrix", query, signal),
    ]);
    get("explanation").replaceChildren(...sentence(origin.explanation));
    get("explanation").className = origin.allowed ? "yes" : "no";
    light(get("drawing"), origin.ways);
    show(get("rows"), rows, (wanted) => {
      get("origin").value = wanted;
      get("origin").focus();
      update();
    });
    document.body.dataset.shown = query;
  } catch (error) {
    if (error.name !== "AbortError") {
      get("explanation").replaceChildren(`The server does not answer: ${error.message}`);
    }
  }
}

const policy = await ask("/policy", "");
get("api").textContent = policy.api;
get("source").append(...coloured(policy.source));
get("words").append(words(policy.words));
get("drawing").innerHTML = policy.drawing;
offer(policy);
embed(get("visitors"), policy.visitors, () => { get("send").disabled = false; });
get("send").addEventListener("click", () => send(choice(), policy.headers));

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", update);
update();
