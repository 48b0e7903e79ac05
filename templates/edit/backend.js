/** Who answers: Python in a worker, or `roadpress edit` on this machine; both speak `commands/editing.py`. */

/** @typedef {{values: any, files: [string, Uint8Array][]}} Answer */

/** What ended without an answer. */
export class Ended extends Error {}

/** There is nobody any more who could answer. */
export class Gone extends Error {}

/** Python in a worker; one that takes too long is ended, and a new one begun. */
export class WorkerBackend {
  /** @param {(event: any) => void} tell @param {number} [patience] milliseconds for one answer */
  constructor(tell, patience = 60_000) {
    this.tell = tell;
    this.patience = patience;
    this.progress = "";
    /** @type {Map<number, {resolve: (answer: Answer) => void, reject: (error: Error) => void}>} */
    this.waiting = new Map();
    this.count = 0;
    this.clock = 0;
    this.begin();
  }

  begin() {
    this.worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }) => this.hear(data);
    this.worker.onerror = (event) => this.fail(event.message || "The worker could not begin.");
    if (this.progress) this.ask("progress", {}, new TextEncoder().encode(this.progress));
  }

  /** @param {any} message */
  hear(message) {
    if (message.event === "began" || message.event === "fetching") this.watch(message);
    if (message.event === "failed") return this.fail(message.message);
    if (message.event) return this.tell(message);
    const asked = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    clearTimeout(this.clock);
    if (!asked) return;
    if (message.failed) asked.reject(new Error(message.failed));
    else {
      const values = JSON.parse(message.values);
      if (typeof values.progress === "string") this.progress = values.progress;
      asked.resolve({ values, files: message.files });
    }
  }

  /** Give an answer its time; what is on its way over a slow line is waited for longer. @param {any} message */
  watch(message) {
    clearTimeout(this.clock);
    const wait = this.patience + (message.size ? message.size / 20 : 0);
    this.clock = setTimeout(() => this.end(), wait);
  }

  end() {
    this.worker.terminate();
    this.fail("");
    this.begin();
  }

  /** @param {string} why */
  fail(why) {
    const all = [...this.waiting.values()];
    this.waiting.clear();
    if (why) this.tell({ event: "failed", message: why });
    for (const { reject } of all) reject(why ? new Error(why) : new Ended());
  }

  /** @param {string} name @param {object} given @param {Uint8Array} [data] @returns {Promise<Answer>} */
  ask(name, given, data) {
    const id = (this.count += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, name, given, data });
    });
  }
}

/** The command that serves this page; it has the file, too. */
export class ServerBackend {
  /** @param {(event: any) => void} tell @param {number} [patience] milliseconds for one answer */
  constructor(tell, patience = 120_000) {
    this.tell = tell;
    this.patience = patience;
    /** One request after the other. @type {Promise<unknown>} */
    this.last = Promise.resolve();
    this.events = new EventSource("events");
    this.events.addEventListener("files", ({ data }) => tell({ event: "files", ...JSON.parse(data) }));
    tell({ event: "ready" });
  }

  /** @param {string} name @param {object} given @param {Uint8Array} [data] @returns {Promise<Answer>} */
  ask(name, given, data) {
    const answer = this.last.then(() => this.send(name, given, data));
    this.last = answer.catch(() => {});
    return answer;
  }

  /** @param {string} name @param {object} given @param {Uint8Array} [data] @returns {Promise<Answer>} */
  async send(name, given, data = new Uint8Array()) {
    const body = JSON.stringify({ name, given, data: await base64(data) });
    const answer = await fetch("ask", { method: "POST", headers: { "Content-Type": "application/json" }, body, signal: AbortSignal.timeout(this.patience) }).catch((error) => {
      throw error.name === "TimeoutError" ? new Ended() : new Gone();
    });
    if (!answer.ok) throw new Error(await answer.text());
    const { values, files } = await answer.json();
    return { values, files: files.map((/** @type {[string, string]} */ [file, content]) => [file, bytes(content)]) };
  }
}

/** @param {Uint8Array} data @returns {Promise<string>} */
function base64(data) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,?/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([/** @type {any} */ (data)]));
  });
}

/** @param {string} text */
export const bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
