// The page: the policy, the choice in the form, and everything that depends on them.

import { ask, element, sentence } from "./dom.js";
import { light } from "./drawing.js";
import { edit, set } from "./editor.js";
import { show } from "./matrix.js";
import { embed, forget, judge, send } from "./visitors.js";

const form = document.querySelector("#ask");
const get = (id) => document.getElementById(id);

/** The policy that is shown. */
let policy;

/** The lines of the words: origins, one below the other, and, indented, what they may do. */
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

/** Offers what there is to try with a policy, and keeps the choice. */
function offer({ origins, methods, headers }) {
  const chosen = new FormData(form);
  get("origins").replaceChildren(...origins.map((value) => element("option", { value })));
  get("method").replaceChildren(...methods.map((name) => element("option", {}, name)));
  if (methods.includes(chosen.get("method"))) {
    get("method").value = chosen.get("method");
  }
  const checks = headers.map(([name, value]) =>
    check({ name: "header", value: name }, element("code", {}, `${name}: ${value}`)));
  checks.push(check({ name: "credentials", value: "yes" }, "credentials"));
  for (const label of checks) {
    const { name, value } = label.firstChild;
    label.firstChild.checked = chosen.getAll(name).includes(value);
  }
  get("headers").replaceChildren(get("headers").querySelector("legend"), ...checks);
}

function check(attributes, label) {
  return element("label", {}, element("input", { type: "checkbox", ...attributes }), " ", label);
}

/** Shows a policy, and then what it does with the choice. */
function accept(next) {
  const isFirst = policy === undefined;
  policy = next;
  get("words").replaceChildren(words(policy.words));
  get("drawing").innerHTML = policy.drawing;
  offer(policy);
  judge(policy.visitors);
  const origin = get("origin");
  // An origin of the policy before is of no interest, unless it was typed.
  if (!isFirst && !origin.dataset.typed && policy.origins.length > 0) {
    [origin.value] = policy.origins;
  }
  update();
}

/** The choice, as a query. */
const choice = () => new URLSearchParams(new FormData(form)).toString();

let running = new AbortController();

/** Asks the server about the choice. If it changes in the meantime, only the later response counts. */
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
    if (origin.version !== policy.version) {
      // The policy was edited in another window.
      const current = await ask("/policy", "", signal);
      set(current.text);
      return accept(current);
    }
    get("explanation").replaceChildren(...sentence(origin.explanation));
    get("explanation").className = origin.allowed ? "yes" : "no";
    light(get("drawing"), origin.ways);
    show(get("rows"), rows, (wanted) => {
      get("origin").value = wanted;
      get("origin").focus();
      update();
    });
    document.body.dataset.shown = `${policy.version} ${query}`;
  } catch (error) {
    if (error.name !== "AbortError") {
      get("explanation").replaceChildren(`The server does not respond: ${error.message}`);
    }
  }
}

const first = await ask("/policy", "");
get("api").textContent = first.api;
embed(get("visitors"), first.visitors, () => { get("send").disabled = false; });
get("send").addEventListener("click", () => send(choice(), policy.headers));
edit(first, accept);
accept(first);

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", ({ target }) => {
  if (target === get("origin")) {
    target.dataset.typed = "yes";
  }
  update();
});
