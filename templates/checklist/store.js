/**
 * Where marks are kept: localStorage, one entry a section, written a moment after a tick; and one entry of what those lack
 * yet, written at the tick itself. Entries are merged by the newest date on reading, here and in every other tab, so that
 * none can undo another's ticks. Marks of nodes that this page does not have are kept apart and handed on. All ids there
 * are those of the edition opened last (`editions.js`).
 * Each learner's are kept apart, too; a page that names nobody goes on with those of whom its place named last.
 */

/** What `roadpress serve` puts in place of localStorage (`serve.js`). */
const host = /** @type {any} */ (window).roadpress;
/** What all keys begin with; `load` says whose they are. */
let prefix = `roadpress:${data.key}:`;
const unknownKey = () => `${prefix}~`;
const editionKey = () => `${prefix}=`;
/** What sections lack yet; while another edition is the newer one, all that is ticked here. */
const freshKey = () => `${prefix}+${foreign ? data.edition : ""}`;
/** Leaves whose section's entry must be written. @type {Set<number>} */
const unsaved = new Set();
/** Whether what was kept has been read; nothing is written before. */
let loaded = false;
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
  const { s, on, at, note, noteAt, ...about } = value ?? {};
  if (!["o", "d", "s"].includes(s)) return null;
  const day = /^\d{4}-\d\d-\d\d$/.test(on) && Date.parse(on) ? on : "";
  const now = Date.now();
  /** @param {unknown} time */
  const past = (time) => Math.min(now, Math.max(0, Number(time) || 0));
  const [title, where, near] = [about.title, about.where, about.near].map((text) => (typeof text === "string" ? text : undefined));
  return { s, on: day, at: past(at), note: typeof note === "string" ? note : "", noteAt: past(noteAt), title, where, near };
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

/**
 * Merge marks by id; returns the leaves that changed.
 * @param {object} entry @param {(value: any) => any} read @param {Edition} edition
 */
function take(entry, read = (value) => value, edition = here) {
  const changed = [];
  for (const [id, value] of Object.entries(entry)) {
    const theirs = checked(read(value));
    if (!theirs) continue;
    const leaf = edition.place(id, theirs);
    if (!leaf) {
      if (!foreign) setApart(id, theirs.title ? theirs : { ...theirs, ...edition.about(id) });
      continue;
    }
    const merged = newest(marks[leaf], theirs);
    if (same(merged, marks[leaf])) continue;
    put(leaf, merged);
    changed.push(leaf);
    if (merged.s !== "o" && !theirs.title && edition.guessed?.(id)) guesses.set(leaf, edition.about(id).title);
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
    const own = learner ? `${data.key}\n${learner}` : data.key;
    prefix = storagePrefix(learner);
    const renamed = old && old !== own && [learner, ""].includes(owner) && !keys.some((key) => key.startsWith(prefix));
    const from = renamed ? `roadpress:${old}:` : prefix;
    const kept = readEdition(localStorage.getItem(`${from}=`));
    const stored = keys.filter((key) => key.startsWith(from) && key !== `${from}=`);
    const entries = stored.map((key) => parse(localStorage.getItem(key)));
    meetFormer(kept, entries);
    if (former && !remember()) return unkept();
    for (const [at, key] of stored.entries()) {
      const changed = take(entries[at], undefined, former ?? here);
      if ("+~".includes(key.charAt(from.length))) changed.forEach(keep);
    }
    placeByTitle();
    if (former || renamed) for (let leaf = 1; leaf <= size; leaf++) if (marks[leaf].at || marks[leaf].noteAt) keep(leaf);
    loaded = true;
    const written = new Set([...unsaved].map((leaf) => prefix + ids[sectionOf(leaf)])).add(unknownKey());
    const stale = stored.filter((key) => (former ? !written.has(key) : key.startsWith(`${prefix}+`)));
    if (save() && !renamed) for (const key of stale) localStorage.removeItem(key);
    localStorage.setItem(place, own);
    if ((renamed || kept.edition !== data.edition) && !former) (window.requestIdleCallback ?? setTimeout)(remember);
  } catch {
    unkept();
  }
}

const unkept = () => tell(words.unkept, "save");

/** Remember to write a leaf's section soon. @param {number} leaf */
function keep(leaf) {
  if (host) return host.keep(leaf);
  unsaved.add(leaf);
  soon();
}

function soon() {
  saving ||= setTimeout(save, 150);
}

/** Write at once what the sections lack, unless it is so much that a person would feel it. */
function keepNow() {
  if (loaded && unsaved.size <= 2000) write(freshKey(), unsaved);
}

/** @param {string} key @param {Iterable<number>} leaves */
function write(key, leaves) {
  /** @type {Record<string, Mark>} */
  const entry = {};
  for (const leaf of leaves) {
    if (!marks[leaf].at && !marks[leaf].noteAt) continue;
    if (foreign) foreign.tell(entry, leaf);
    else entry[ids[leaf]] = marks[leaf];
  }
  try {
    store(key, JSON.stringify(entry));
    return true;
  } catch {
    unkept();
    return false;
  }
}

/** Write an entry; where there is no room, the outline makes some, for ticks matter more. @param {string} key @param {string} text */
function store(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch {
    localStorage.setItem(editionKey(), JSON.stringify({ ...parse(localStorage.getItem(editionKey())), outline: undefined }));
    localStorage.setItem(key, text);
  }
}

/** Write what waits; returns whether all is written. */
function save() {
  clearTimeout(saving);
  saving = 0;
  if (!loaded || host) return false;
  if (foreign) return write(freshKey(), unsaved);
  const sections = new Set([...unsaved].map(sectionOf));
  for (const section of sections) if (!write(prefix + ids[section], leavesOf(section))) return false;
  try {
    if (Object.keys(unknownMarks).length) store(unknownKey(), JSON.stringify(unknownMarks));
    else localStorage.removeItem(unknownKey());
    if (unsaved.size) localStorage.removeItem(freshKey());
  } catch {
    unkept();
    return false;
  }
  unsaved.clear();
  return true;
}

/** Take in what another tab wrote. @param {StorageEvent} event */
function followTab({ key, newValue }) {
  if (!key?.startsWith(prefix)) return;
  if (key === editionKey()) return meetNewer(readEdition(newValue));
  if (key === freshKey() && foreign && !newValue) unsaved.clear(); // the newer edition has taken it in
  if (key === unknownKey() && !foreign) unknownMarks = {};
  const changed = take(parse(newValue), undefined, foreign ?? here);
  paintAll(changed);
  changed.forEach(keep);
  if (changed.length) keepNow();
  if (key.startsWith(`${prefix}+`) && key !== freshKey() && newValue && save()) localStorage.removeItem(key);
  paintNews();
}

/** Take in what changed on the server. @param {string} text */
function followMarks(text) {
  paintAll(take(parse(text), readMark));
  later(new Map());
}

addEventListener("pagehide", save);
addEventListener("visibilitychange", save);
