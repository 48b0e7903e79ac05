/** What is kept in this browser (IndexedDB), and what a link holds. Nothing of it goes anywhere. */

/** @typedef {{id: string, title: string, text: string, source: string, progress: string, at: number}} Kept */

const MOST = 20;

/** @returns {Promise<IDBDatabase>} */
function database() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("roadpress", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("roadmaps", { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** @template T @param {"readonly" | "readwrite"} mode @param {(store: IDBObjectStore) => IDBRequest<T>} act @returns {Promise<T>} */
async function within(mode, act) {
  const opened = await database();
  try {
    return await new Promise((resolve, reject) => {
      const asked = act(opened.transaction("roadmaps", mode).objectStore("roadmaps"));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  } finally {
    opened.close();
  }
}

/** All that is kept, the newest first; nothing where a browser keeps nothing. @returns {Promise<Kept[]>} */
export async function allKept() {
  try {
    const found = /** @type {Kept[]} */ (await within("readonly", (store) => store.getAll()));
    return found.sort((one, other) => other.at - one.at);
  } catch {
    return [];
  }
}

/** @param {Kept} kept */
export async function keep(kept) {
  await within("readwrite", (store) => store.put(kept));
  for (const old of (await allKept()).slice(MOST)) await forget(old.id);
}

/** @param {string} id */
export const forget = (id) => within("readwrite", (store) => store.delete(id));

/** @param {string} text @returns {Promise<string>} what stands behind the # */
export async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const data = new Uint8Array(await new Response(stream).arrayBuffer());
  let chars = "";
  for (const byte of data) chars += String.fromCharCode(byte);
  return `r=${btoa(chars).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

const LONGEST = 8_000_000;

/** What a link holds; nothing where it holds none. @param {string} fragment @returns {Promise<string>} */
export async function unpacked(fragment) {
  const found = /^#r=([\w-]+)$/.exec(fragment);
  if (!found) return "";
  const chars = atob(found[1].replaceAll("-", "+").replaceAll("_", "/"));
  const data = Uint8Array.from(chars, (char) => char.charCodeAt(0));
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts = [];
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > LONGEST) throw new Error("The link holds more than 8 MB.");
    parts.push(value);
  }
  return new Blob(parts).text();
}
