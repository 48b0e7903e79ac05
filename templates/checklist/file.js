/**
 * Ticks that leave the page and come back: a progress file, and a link that holds them all. What opens is merged by the
 * newest date and never takes anything away. `docs/checklist.md` describes both forms; `roadpress collect` reads them.
 */

const STATES = { o: "open", d: "done", s: "skipped" };
/** @type {any} */
let handle = null;

/** A mark as people read it. @param {Mark} mark */
function plainMark({ s, on, at, note, noteAt, title }) {
  const time = (/** @type {number} */ ms) => (ms ? new Date(ms).toISOString() : undefined);
  return { state: STATES[s], on: on || undefined, at: time(at), note: note || undefined, note_at: time(noteAt), title };
}

/** Back again. @param {any} value */
function readMark(value) {
  const { state, on, at, note, note_at, title } = value ?? {};
  const s = Object.entries(STATES).find(([, word]) => word === state)?.[0];
  return { s, on, at: Date.parse(at), note, noteAt: Date.parse(note_at), title };
}

/** The whole with its outline, or some leaves. @param {Iterable<number>} [some] */
function progressText(some) {
  /** @type {Record<string, object>} */
  const items = {};
  /** @type {Record<string, object>} */
  const given = {};
  for (const leaf of some ?? leavesOf(0)) {
    const mark = marks[leaf];
    if (mark.at || mark.noteAt || mark.s !== "o" || mark.note) items[ids[leaf]] = plainMark(mark);
    const [s, on = "", note = "", at = 0] = data.given?.[leaf - 1] ?? [];
    if (s) given[ids[leaf]] = plainMark({ s, on, note, at: at * 1000, noteAt: 0 });
  }
  for (const [id, mark] of Object.entries(unknownMarks)) items[id] = plainMark(mark);
  const whose = { roadmap: data.key, title: data.title, learner: data.learner };
  const about = { roadpress: "checklist", format: 1, ...whose, made: data.today };
  const outline = some ? undefined : outlineLines(outlineHere());
  return JSON.stringify({ ...about, saved: new Date().toISOString(), items, given, outline }, null, 1);
}

/** Of which roadmap, whose, and of which day. */
const fileName = () => `${[data.key, data.learner ?? "", today()].map(namePart).filter(Boolean).join("-")}.progress.json`;

async function saveFile() {
  const name = fileName();
  const text = progressText();
  try {
    if ("showSaveFilePicker" in window) {
      const types = [{ description: "JSON", accept: { "application/json": [".json"] } }];
      handle ??= await /** @type {any} */ (window).showSaveFilePicker({ suggestedName: name, types });
      const file = await handle.createWritable();
      await file.write(text);
      await file.close();
      return tell(fill(words.saved, { name: handle.name }));
    }
  } catch (error) {
    handle = null;
    if (/** @type {Error} */ (error).name === "AbortError") return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  tell(fill(words.saved, { name }));
}

/** Whether two names are one, case and forms of characters apart. @param {string} one @param {string} other */
const sameName = (one, other) => !one.localeCompare(other, undefined, { sensitivity: "accent" });

/** Ask, when ticks are of somebody else, or of another roadmap. @param {unknown} learner @param {unknown} title */
async function mayTake(learner, title) {
  const isolated = (/** @type {string} */ name) => `\u2068${name.slice(0, 200)}\u2069`;
  if (typeof learner === "string" && learner && data.learner && !sameName(learner, data.learner)) {
    if (!(await ask(fill(words.ask_learner, { theirs: isolated(learner), mine: isolated(data.learner) })))) return false;
  }
  return typeof title !== "string" || ask(fill(words.ask_roadmap, { title: isolated(title) }));
}

/** @param {string} question @returns {Promise<boolean>} */
function ask(question) {
  const box = find("ask");
  if (box.open) return Promise.resolve(false);
  box.returnValue = "";
  find("asked").textContent = question;
  box.showModal();
  return new Promise((answer) => box.addEventListener("close", () => answer(box.returnValue === "yes"), { once: true }));
}

/** The title of a saved file's roadmap when that is another one: by its name, and fewer than half of its entries are here. @param {any} value */
function otherRoadmap({ title, roadmap, items, given }) {
  const all = Object.keys({ ...given, ...items });
  const known = all.filter((id) => byId.has(id) || byId.has(ids[data.was?.[id] + 1])).length;
  return roadmap === data.key || title === data.title || known * 2 >= all.length ? null : title;
}

/** @param {string} text */
async function openText(text) {
  const value = /** @type {any} */ (parse(text));
  const items = value.items;
  if (value.roadpress !== "checklist" || !items || typeof items !== "object") return tell(words.not_ours);
  if (value.format > 1) return tell(words.too_new);
  if (!(await mayTake(value.learner, otherRoadmap(value)))) return;
  const before = marks.slice();
  const unknown = Object.keys(unknownMarks).length;
  const changed = take(items, readMark, editionOfFile(value.outline, Object.keys(items)));
  tookIn(changed, before, Object.keys(unknownMarks).length - unknown);
}

/** In whose ids a file's items come. @param {unknown} lines @param {string[]} all */
function editionOfFile(lines, all) {
  const outline = readOutline(lines);
  if (outline) return editionOf(outline);
  return all.every((id) => placeHere(id, {})) ? here : editionOf(outlineOfIds(all), BY_SHARE);
}

/** Keep, show and tell what came in, as one step. @param {number[]} changed @param {Mark[]} before @param {number} unknown */
function tookIn(changed, before, unknown) {
  changed.forEach(keep);
  paintAll(changed);
  past.push({ leaves: new Map(changed.map((leaf) => [leaf, before[leaf]])), apart: {} });
  paintNews();
  later(new Map());
  save();
  const parts = [fill(words.merged, { count: changed.length })];
  if (unknown > 0) parts.push(fill(words.unknown, { count: unknown }));
  tell(parts.join(" "), changed.length ? "undo" : "");
}

// The link: `#t1.TIME.SUM.DONE.SKIPPED.WHOSE`; TIME in seconds, base 36; the others in base64url. WHOSE is the learner's
// name and the roadmap's title, a line each; it and an empty SKIPPED before it are missing in older links.

/** @param {Uint8Array} bytes */
const toBase64 = (bytes) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** @param {string} text */
const fromBase64 = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

/** Which roadmap the bits belong to. @param {string[]} leaves ids in reading order */
function checkSum(leaves) {
  const sum = crc32(leaves.join("\n"));
  return toBase64(Uint8Array.of(sum >>> 24, sum >>> 16, sum >>> 8, sum));
}

/** One bit a leaf, the first in the highest; zeros at the end are left out. @param {string} s */
function bitSet(s) {
  const bytes = new Uint8Array(Math.ceil(size / 8));
  let place = 0;
  let end = 0;
  for (const leaf of leavesOf(0)) {
    if (marks[leaf].s === s) {
      bytes[place >> 3] |= 128 >> (place & 7);
      end = (place >> 3) + 1;
    }
    place++;
  }
  return toBase64(bytes.subarray(0, end));
}

function linkHash() {
  const time = Math.floor(Date.now() / 1000).toString(36);
  const whose = toBase64(new TextEncoder().encode(`${data.learner ?? ""}\n${data.title}`));
  return `#t1.${time}.${checkSum(leafIdsOf(here))}.${bitSet("d")}.${bitSet("s")}.${whose}`;
}

/** Take in a link's ticks; a bit that is not set says nothing. @param {string} hash @returns {boolean} whether it was one */
function openLink(hash) {
  const [form, time, sum, ...sets] = hash.slice(1).split(".");
  if (form !== "t1") return false;
  /** @type {Uint8Array[]} */
  let bits;
  try {
    bits = sets.map(fromBase64);
  } catch {
    bits = [];
  }
  const [learner, title] = new TextDecoder().decode(bits[2] ?? new Uint8Array()).split("\n");
  const edition = [here, former].find((one) => one && checkSum(leafIdsOf(one)) === sum);
  if (!bits.length) tell(words.bad_link);
  else if (edition) mayTake(learner, null).then((may) => may && takeBits(time, bits, edition));
  else tell(title && !sameName(title, data.title) ? fill(words.foreign_link, { title: title.slice(0, 200) }) : words.other_link);
  return true;
}

/** @param {string} time @param {Uint8Array[]} bits @param {Edition} edition */
function takeBits(time, bits, edition) {
  const at = Math.min((parseInt(time, 36) || 0) * 1000, Date.now());
  const on = new Date(at).toISOString().slice(0, 10);
  /** @type {Record<string, Mark>} */
  const items = {};
  for (const [place, id] of leafIdsOf(edition).entries()) {
    const [done, skipped] = [0, 1].map((which) => (bits[which]?.[place >> 3] ?? 0) & (128 >> (place & 7)));
    /** @type {Mark} */
    const mark = { s: done ? "d" : "s", on, at, note: "", noteAt: 0 };
    if ((done || skipped) && marks[edition.place(id, mark)].s !== mark.s) items[id] = mark;
  }
  const before = marks.slice();
  const unknown = Object.keys(unknownMarks).length;
  const changed = take(items, undefined, edition);
  tookIn(changed, before, Object.keys(unknownMarks).length - unknown);
}

/** The ids of an edition's leaves in reading order. @param {Edition} edition */
function leafIdsOf({ outline }) {
  if (!outline) return [...leavesOf(0)].map((leaf) => ids[leaf]);
  const children = childrenOf(outline);
  return allPlaces(outline).filter((place) => !children[place].length).map((place) => outline[place].id);
}

/** While the address holds ticks, it holds the present ones. */
function refreshLink() {
  if (location.hash.startsWith("#t1.")) history.replaceState(null, "", linkHash());
}

/** @param {string} text @param {string} done */
async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    tell(done);
  } catch {
    const field = find("copied");
    field.value = text;
    find("copybox").showModal();
    field.select();
  }
}

/** Whether this page's address leads to it from elsewhere, too. */
const hasAddress = () => location.protocol.startsWith("http") && !host;

function copyLink() {
  history.replaceState(null, "", linkHash());
  if (hasAddress()) copy(location.href, words.link_copied);
  else tell(words.no_link, "save");
}

/** Hand the ticks to another program: as a link where that leads here, else as a file. */
async function handOut() {
  const file = new File([progressText()], fileName(), { type: "application/json" });
  const link = location.href.split("#")[0] + linkHash();
  const given = hasAddress() ? { url: link } : { files: [file] };
  try {
    if (!hasAddress() && !navigator.canShare?.(given)) return saveFile();
    await navigator.share({ title: data.title, ...given });
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "AbortError") saveFile();
  }
}
