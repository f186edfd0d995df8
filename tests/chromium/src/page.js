// What a page does, and what its script can read. It is on every page, and in every frame.

/** Calls `fetch`, or sends an `XMLHttpRequest` whose upload is listened to. */
async function perform({ after, url, method, headers, credentials, upload }) {
  await new Promise((resolve) => setTimeout(resolve, after));
  try {
    if (upload) {
      return await send(url, method, headers, credentials);
    }
    const options = { method, headers, credentials: credentials ? "include" : "same-origin" };
    const response = await fetch(url, options);
    const body = await response.text();
    return { status: response.status, headers: [...response.headers], body };
  } catch {
    return null;
  }
}

function send(url, method, headers, credentials) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.withCredentials = credentials;
    headers.forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.addEventListener("progress", () => {});
    request.onerror = reject;
    request.onload = () => {
      const lines = request.getAllResponseHeaders().split("\r\n").filter((line) => line);
      const pairs = lines.map((line) => line.split(": "));
      resolve({ status: request.status, headers: pairs, body: request.responseText });
    };
    request.send("x");
  });
}

async function performInOrder(steps) {
  const read = [];
  for (const step of steps) {
    read.push(await perform(step));
  }
  return read;
}

/** Of many in flight, Chromium now and then sends one without the preflight that it needs. */
async function performAll(origin, cases) {
  if (self.origin !== origin) {
    throw new Error(`this is a page of ${self.origin}`);
  }
  const read = [];
  const left = cases.entries();
  const work = async () => {
    for (const [index, steps] of left) {
      read[index] = await performInOrder(steps);
    }
  };
  await Promise.all(Array.from({ length: 6 }, work));
  return read;
}

/** The same in a frame with an opaque origin. */
function performAllIn(kind, origin, cases) {
  const script = document.querySelector("script").textContent;
  const html = `<!doctype html><script>${script}</` + "script>";
  const frame = document.createElement("iframe");
  if (kind === "sandboxed") {
    frame.sandbox = "allow-scripts";
    frame.srcdoc = html;
  } else {
    frame.src = `data:text/html,${encodeURIComponent(html)}`;
  }
  return new Promise((resolve) => {
    addEventListener("message", ({ data }) => resolve(data), { once: true });
    frame.onload = () => frame.contentWindow.postMessage([origin, cases], "*");
    document.body.append(frame);
  });
}

if (parent !== window) {
  onmessage = async ({ data, source }) => source.postMessage(await performAll(...data), "*");
}
