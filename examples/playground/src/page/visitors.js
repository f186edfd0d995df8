// The two pages in frames: they get a request to send, and their results are compared with the model.

import { ask, element, sentence } from "./dom.js";

let visitors = [];

/** Opens the pages, and calls `ready` when both are loaded. */
export function embed(place, pages, ready) {
  visitors = pages.map(({ origin }) => {
    const frame = element("iframe", { src: origin, title: `Page of ${origin}` });
    const verdict = element("p", { role: "status", class: "verdict" });
    const link = element("a", { href: origin, target: "_blank" }, origin);
    const allowed = element("span", { class: "allowed" });
    const caption = element("figcaption", {}, "A page of ", link, ", which the policy ", allowed);
    place.append(element("figure", {}, caption, frame, verdict));
    return { origin, frame, verdict, allowed, query: "" };
  });
  const loaded = visitors.map(({ frame }) => new Promise((resolve) => { frame.onload = resolve; }));
  Promise.all(loaded).then(ready);
}

/** Shows which of the pages a policy allows. */
export function judge(pages) {
  visitors.forEach((visitor, index) => {
    visitor.allowed.textContent = pages[index].allowed ? "allows" : "does not allow";
  });
}

/** Removes the results of an earlier choice. */
export function forget() {
  for (const { verdict } of visitors) {
    verdict.replaceChildren();
  }
}

/** Lets both pages send the chosen request. */
export function send(query, headers) {
  const choice = new URLSearchParams(query);
  const set = headers.filter(([name]) => choice.getAll("header").includes(name));
  const options = {
    method: choice.get("method"),
    headers: Object.fromEntries(set),
    credentials: choice.has("credentials") ? "include" : "same-origin",
  };
  for (const visitor of visitors) {
    choice.set("origin", visitor.origin);
    visitor.query = choice.toString();
    visitor.frame.contentWindow.postMessage(options, visitor.origin);
  }
}

addEventListener("message", async ({ origin, source, data }) => {
  const visitor = visitors.find((visitor) => visitor.frame.contentWindow === source);
  if (visitor?.origin !== origin) {
    return;
  }
  const [row] = await ask("/matrix", visitor.query);
  const agrees = (row.end === "read") === data.isRead;
  visitor.verdict.replaceChildren(
    agrees ? "As the model predicts, the browser " : "The model predicts otherwise: the browser ",
    row.does,
    ...(row.error ? ["; ", ...sentence(row.error)] : []),
  );
});
