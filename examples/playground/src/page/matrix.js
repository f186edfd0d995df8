// The table: a row for each page, and below it, when it is opened, the bytes on the wire.

import { element, sentence } from "./dom.js";

/** The origins whose rows are open. */
const open = new Set();

/** Shows the rows; `choose` gets an origin to put into the form. */
export function show(body, rows, choose) {
  const focused = body.contains(document.activeElement) ? document.activeElement.id : null;
  body.replaceChildren(...rows.flatMap((row, index) => pair(row, index, choose)));
  if (focused) {
    document.getElementById(focused)?.focus();
  }
}

function pair(row, index, choose) {
  const detail = element(
    "tr",
    { class: "wire", role: "row", id: `wire-${index}` },
    element("td", { role: "cell", colspan: 4 }, ...wire(row, index, choose)),
  );
  const button = element(
    "button",
    { type: "button", class: "opener", id: `row-${index}`, "aria-controls": detail.id },
    row.origin || "(empty)",
  );
  const set = (isOpen) => {
    button.setAttribute("aria-expanded", isOpen);
    detail.hidden = !isOpen;
    open[isOpen ? "add" : "delete"](row.origin);
  };
  set(open.has(row.origin));
  button.addEventListener("click", () => set(detail.hidden));
  const summary = element(
    "tr",
    { role: "row", class: index === 0 ? `${row.end} chosen` : row.end },
    element("th", { role: "rowheader", scope: "row" }, button),
    cell("the server responds", ...answers(row)),
    cell("the browser", element("strong", { class: row.end === "read" ? "yes" : "no" }, row.does)),
    cell("because", ...reasons(row)),
  );
  return [summary, detail];
}

/** Where the table is shown as a list, the name of the column precedes the cell. */
function cell(column, ...children) {
  return element("td", { role: "cell", "data-column": column }, element("div", {}, ...children));
}

/** The first line of each response, and the header that decides. */
function answers({ exchanges }) {
  if (exchanges.length === 0) {
    return ["nothing, as it gets no request"];
  }
  return exchanges.map(({ request, response }) => {
    const [method] = request.split(" ");
    const [status, ...lines] = response.split("\r\n");
    const allowed = lines.find((line) => line.startsWith("access-control-allow-origin: "));
    return element(
      "p",
      {},
      element("span", {}, `${method}: ${status.split(" ").slice(1).join(" ")}`),
      element("small", {}, allowed ? "allows " : "allows nobody",
        allowed ? element("code", {}, allowed.split(": ")[1]) : ""),
    );
  });
}

/** The check that fails in the browser, and the explanation of the last request. */
function reasons({ error, explanation }) {
  const lines = [error, explanation].filter((text) => text);
  return lines.map((line) => element("p", {}, ...sentence(line)));
}

function wire({ origin, exchanges, readable }, index, choose) {
  const messages = exchanges.flatMap(({ request, response }, nth) => [
    message(request, `Request ${nth + 1}, page ${index + 1}`),
    message(response, `Response ${nth + 1}, page ${index + 1}`),
  ]);
  const button = element("button", { type: "button", id: `use-${index}` }, "Use this origin above");
  button.addEventListener("click", () => choose(origin));
  const names = readable.map((name) => `\`${name}\``).join(", ");
  const read = names ? [element("p", {}, ...sentence(`Of the headers, the script can read ${names}.`))] : [];
  return [element("div", { class: "messages" }, ...messages), ...read, button];
}

function message(text, label) {
  const lines = text.split("\r\n").map((line) => {
    const isCors = /^(origin|vary|access-control-.*):/i.test(line);
    return element("span", isCors ? { class: "cors" } : {}, `${line}\n`);
  });
  return element("pre", { tabindex: 0, role: "region", "aria-label": label }, ...lines);
}
