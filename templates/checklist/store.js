/**
 * Where marks are kept: localStorage, one entry a section, written a moment after a tick; and one entry of what those lack
 * yet, written at the tick itself. Entries are merged by the newest date on reading, here and in every other tab, so that
 * none can undo another's ticks. Marks of nodes that this page does not have are kept apart and handed on.
 * Each learner's are kept apart, too; a page that names nobody goes on with those of whom its place named last.
 */

/** What `roadpress serve` puts in place of localStorage (`serve.js`). */
const host = /** @type {any} */ (window).roadpress;
/** What all keys begin with; `load` says whose they are. */
let prefix = `roadpress:${data.key}:`;
let strangersKey = "";
let freshKey = "";
/** Leaves whose section's entry must be written. @type {Set<number>} */
const unsaved = new Set();
/** Whether what was kept has been read; nothing is written before. */
let loaded = false;
/** Marks by ids that are not in this page. @type {Record<string, Mark>} */
const strangers = {};
let saving = 0;

/** @param {number} node */
function sectionOf(node) {
  while (above[node]) node = above[node];
  return node;
}

/** When a mark was made; one that knows only its day counts from its beginning. @param {Mark} mark */
const madeAt = ({ at, on }) => at || Date.parse(on) || 0;

/** A mark that anybody may have written, or nothing. @param {any} value @returns {Mark | null} */
function checked(value) {
  const { s, on, at, note, noteAt } = value ?? {};
  if (!["o", "d", "s"].includes(s)) return null;
  const day = /^\d{4}-\d\d-\d\d$/.test(on) && Date.parse(on) ? on : "";
  const now = Date.now();
  /** @param {unknown} time */
  const past = (time) => Math.min(now, Math.max(0, Number(time) || 0));
  return { s, on: day, at: past(at), note: typeof note === "string" ? note : "", noteAt: past(noteAt) };
}

/** Keep the newer of two states and the newer of two notes. @param {Mark} mine @param {Mark} theirs @returns {Mark} */
function newest(mine, theirs) {
  const { s, on, at } = madeAt(theirs) > madeAt(mine) ? theirs : mine;
  const { note, noteAt } = theirs.noteAt > mine.noteAt || (theirs.note && !mine.note && !mine.noteAt) ? theirs : mine;
  return { s, on, at, note, noteAt };
}

/** @param {Mark} one @param {Mark} other */
const same = (one, other) => one.s === other.s && one.on === other.on && one.note === other.note && one.at === other.at;

/** Set what is known of a leaf, and every tally above it. @param {number} leaf @param {Mark} mark */
function put(leaf, mark) {
  count(leaf, -1);
  marks[leaf] = mark;
  count(leaf, 1);
}

/** Merge marks by id; returns the leaves that changed. @param {object} entry @param {(value: any) => any} read */
function take(entry, read = (value) => value) {
  const changed = [];
  for (const [id, value] of Object.entries(entry)) {
    const theirs = checked(read(value));
    if (!theirs) continue;
    const leaf = byId.get(id) ?? byId.get(ids[data.was?.[id] + 1]);
    if (!leaf || !isLeaf(leaf)) {
      strangers[id] = Object.hasOwn(strangers, id) ? newest(strangers[id], theirs) : theirs;
      continue;
    }
    const merged = newest(marks[leaf], theirs);
    if (same(merged, marks[leaf])) continue;
    put(leaf, merged);
    changed.push(leaf);
  }
  return changed;
}

/** @param {string | null} text @returns {object} */
function parse(text) {
  try {
    return Object(JSON.parse(text || "{}"));
  } catch {
    return {};
  }
}

/** Read everything kept for this roadmap. A page that was renamed finds what it kept under its old name by its place. */
function load() {
  if (host) return host.start({ data, words, progressText, tell, follow: followMarks });
  addEventListener("storage", followTab); // to listen is to connect, which must wait, see head.js
  try {
    const keys = Object.keys(localStorage);
    const place = `roadpress:at:${location.pathname}`;
    const old = localStorage.getItem(place) ?? "";
    const owner = old.split("\n")[1] ?? "";
    const learner = namePart(data.learner ?? "") || owner;
    const kept = learner ? `${data.key}\n${learner}` : data.key;
    prefix = `roadpress:${kept}:`;
    strangersKey = `${prefix}~`;
    freshKey = `${prefix}+`;
    const moves = old && old !== kept && [learner, ""].includes(owner) && !keys.some((key) => key.startsWith(prefix));
    const former = moves ? `roadpress:${old}:` : prefix;
    for (const key of keys) if (key.startsWith(former) && key !== freshKey) take(parse(localStorage.getItem(key)));
    take(parse(localStorage.getItem(freshKey))).forEach(keep);
    if (former !== prefix) for (let leaf = 1; leaf <= size; leaf++) if (marks[leaf].at) keep(leaf);
    loaded = true;
    save();
    localStorage.setItem(place, kept);
  } catch {
    unkept();
  }
}

const unkept = () => tell(words.unkept, "save");

/** Remember to write a leaf's section soon. @param {number} leaf */
function keep(leaf) {
  if (host) return host.keep(leaf);
  unsaved.add(leaf);
  saving ||= setTimeout(save, 150);
}

/** Write at once what the sections lack, unless it is so much that a person would feel it. */
function keepNow() {
  if (loaded && unsaved.size <= 2000) write(freshKey, unsaved);
}

/** @param {string} key @param {Iterable<number>} leaves */
function write(key, leaves) {
  /** @type {Record<string, Mark>} */
  const entry = {};
  for (const leaf of leaves) if (marks[leaf].at || marks[leaf].noteAt) entry[ids[leaf]] = marks[leaf];
  try {
    localStorage.setItem(key, JSON.stringify(entry));
    return true;
  } catch {
    unkept();
    return false;
  }
}

function save() {
  clearTimeout(saving);
  saving = 0;
  if (!loaded || host) return;
  const sections = new Set([...unsaved].map(sectionOf));
  for (const section of sections) if (!write(prefix + ids[section], leavesOf(section))) return;
  try {
    if (Object.keys(strangers).length) localStorage.setItem(strangersKey, JSON.stringify(strangers));
    if (unsaved.size) localStorage.removeItem(freshKey);
  } catch {
    unkept();
  }
  unsaved.clear();
}

/** Take in what another tab wrote. @param {StorageEvent} event */
function followTab({ key, newValue }) {
  if (!key?.startsWith(prefix)) return;
  const changed = take(parse(newValue));
  paintAll(changed);
  changed.forEach(keep);
  if (changed.length) keepNow();
}

/** Take in what changed on the server. @param {string} text */
function followMarks(text) {
  paintAll(take(parse(text), readMark));
  later(new Map());
}

addEventListener("pagehide", save);
addEventListener("visibilitychange", save);
