/** The worker that roadpress runs in: Python is begun, then each message is a request of `commands/editing.py`. */
import { loadPyodide } from "./lib/pyodide.mjs";

/** What packs.py wrote: names of files, and which module is in which. */
const manifest = MANIFEST;
/** @type {Map<string, Uint8Array>} what has come already, unpacked */
const there = new Map();
/** @type {Map<string, Promise<Uint8Array>>} */
const coming = new Map();
/** What is brought while the person reads, in this order. */
const NEXT = ["outputs", "tzdata", "print", "ready"];
const folder = new URL("./lib/", import.meta.url).href;
const own = new URL("./", import.meta.url).href;
const usual = self.fetch.bind(self);
let total = 0;
let loaded = 0;

/** Nothing in here may ask anybody else for anything, whatever it is made to run. */
self.fetch = async (/** @type {any} */ resource, options) => {
  const address = new URL(resource?.url ?? resource, folder).href;
  if (!address.startsWith(own)) throw new TypeError(`${address} is not of this page`);
  if (address.endsWith("pyodide.asm.wasm")) return new Response(await bring("wasm"), { headers: { "Content-Type": "application/wasm" } });
  if (address.endsWith("python_stdlib.zip")) return new Response(await bring("start"));
  return usual(resource, options);
};
for (const name of ["WebSocket", "WebTransport", "EventSource", "importScripts", "BroadcastChannel"]) Reflect.deleteProperty(self, name);

/** Bring a file, unpacked. @param {string} name @param {boolean} [counts] */
function bring(name, counts = false) {
  let found = coming.get(name);
  if (!found) coming.set(name, (found = fetched(name, counts)));
  return found;
}

/** @param {string} name @param {boolean} counts */
async function fetched(name, counts) {
  const [file, , integrity] = manifest.files[name];
  const answer = await usual(folder + file, { integrity });
  if (!answer.ok || !answer.body) throw new Error(`${file}: ${answer.status}`);
  const counter = new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      if (counts) postMessage({ event: "progress", loaded: (loaded += chunk.byteLength), total });
    },
  });
  const unpacked = answer.body.pipeThrough(counter).pipeThrough(new DecompressionStream("gzip"));
  const data = new Uint8Array(await new Response(unpacked).arrayBuffer());
  there.set(name, data);
  return data;
}

/** Bring a file while Python waits: what came already, or else at once. @param {string} name */
function fetchNow(name) {
  const data = there.get(name);
  if (data) return [data, false];
  const [file, size] = manifest.files[name];
  postMessage({ event: "fetching", name, size });
  const request = new XMLHttpRequest();
  request.open("GET", folder + file, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${file} did not come (${request.status}); is there a network?`);
  return [new Uint8Array(request.response), true];
}

/** @type {any} */
let graphviz = null;
async function loadGraphviz() {
  graphviz ??= await (await import("./lib/graphviz.js")).Graphviz.load();
}

async function begin() {
  for (const name of ["wasm", "start"]) total += manifest.files[name][1];
  bring("wasm", true);
  bring("start", true);
  const python = await loadPyodide({ indexURL: folder, env: { HOME: "/home/roadmap" } });
  const runtime = python.pyimport("browser_runtime");
  const answer = runtime.begin(JSON.stringify(manifest), fetchNow, (/** @type {string} */ dot, /** @type {string} */ engine) =>
    graphviz ? graphviz.layout(dot, "json0", engine) : "",
  );
  there.delete("wasm");
  there.delete("start");
  return answer;
}
const begun = begin();

/** One request after the other. */
let last = Promise.resolve();
addEventListener("message", ({ data }) => {
  last = last.then(() => answer(data));
});

/** @param {{id: number, name: string, given: object, data?: Uint8Array}} request */
async function answer({ id, name, given, data }) {
  try {
    const ask = await begun;
    postMessage({ event: "began", id });
    let found;
    try {
      found = ask(name, JSON.stringify(given), data ?? new Uint8Array());
    } catch (error) {
      if (!String(error).includes("NotYet: graphviz")) throw error;
      await loadGraphviz();
      found = ask(name, JSON.stringify(given), data ?? new Uint8Array());
    }
    const [values, files] = found;
    postMessage({ id, values, files }, files.map((/** @type {[string, Uint8Array]} */ file) => file[1].buffer));
    if (name === "read") setTimeout(bringNext, 300);
  } catch (error) {
    postMessage({ id, failed: String(error) });
  }
}

async function bringNext() {
  for (const name of NEXT) await bring(name).catch(() => coming.delete(name));
}

begun.then(
  () => {
    postMessage({ event: "ready" });
    bring("words").catch(() => coming.delete("words")); // an import looks for titles that we wrote ourselves, in any language
  },
  (error) => postMessage({ event: "failed", message: String(error) }),
);
