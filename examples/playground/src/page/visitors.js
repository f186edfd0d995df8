// The two pages in frames: they are told what to fetch, and what they hear is held to the model.

import { ask, element, sentence } from "./dom.js";

let visitors = [];

/** Opens the pages, and calls `ready` when they can be told what to do. */
export function embed(place, origins, ready) {
  visitors = origins.map((origin) => {
    const frame = element("iframe", { src: origin, title: `Page of ${origin}` });
    const verdict = element("p", { role: "status", class: "verdict" });
    const link = element("a", { href: origin, target: "_blank" }, origin);
    place.append(element("figure", {}, element("figcaption", {}, "A page of ", link), frame, verdict));
    return { origin, frame, verdict, query: "" };
  });
  const loaded = visitors.map(({ frame }) => new Promise((resolve) => { frame.onload = resolve; }));
  Promise.all(loaded).then(ready);
}

/** What was said of another choice does not stand beside this one. */
export function forget() {
  for (const { verdict } of visitors) {
    verdict.replaceChildren();
  }
}

/** Has both pages fetch what is chosen. */
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
    agrees ? "As the model has it: the browser " : "The model has it otherwise: the browser ",
    row.does,
    ...(row.error ? ["; ", ...sentence(row.error)] : []),
  );
});
