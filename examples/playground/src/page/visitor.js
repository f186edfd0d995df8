// A page of another origin, which calls the API with the browser's own `fetch`.

const get = (id) => document.getElementById(id);
const api = fetch("/api").then((response) => response.text());

let options = { method: "GET", headers: {}, credentials: "same-origin" };

/** Calls the API, shows what the script gets, and returns whether it can read the response. */
async function run() {
  try {
    const response = await fetch(await api, options);
    const body = await response.text();
    report("yes", [
      `${response.status} ${response.statusText}`,
      body.trim(),
      ...["x-request-id", "x-internal"].map((name) => `${name}: ${response.headers.get(name)}`),
    ]);
    return true;
  } catch (error) {
    report("no", [`${error.name}: ${error.message}`, "A script cannot see the reason; the console of the browser shows it."]);
    return false;
  }
}

function report(outcome, lines) {
  get("outcome").className = outcome;
  get("outcome").replaceChildren(...lines.map((line) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    return paragraph;
  }));
}

async function show() {
  get("call").textContent = `await fetch("${await api}", ${JSON.stringify(options, null, 2)})`;
}

get("origin").textContent = location.origin;
get("send").addEventListener("click", run);
show();

// The playground, around this page, sends the request to make.
addEventListener("message", async ({ data, origin, source }) => {
  options = data;
  show();
  source.postMessage({ isRead: await run() }, origin);
});
