/**
 * Where marks are kept: localStorage, one entry a section, so that a tick rewrites little. Entries are merged by the newest
 * date on reading, here and in every other tab; what belongs to no node of this page stays where it is.
 */

const prefix = `roadpress:${data.key}:`;
/** Sections whose entry must be written. @type {Set<number>} */
const unsaved = new Set();
let saving = 0;

/** @param {number} node */
function sectionOf(node) {
  while (parent[node]) node = parent[node];
  return node;
}

/** Take up what an entry holds; returns the leaves that changed. @param {string | null} text */
function takeEntry(text) {
  const changed = [];
  for (const [id, value] of Object.entries(parse(text))) {
    const node = byId.get(id) ?? data.was?.[id] + 1;
    const mark = checked(value);
    if (node && mark && isLeaf(node) && merge(node, mark)) changed.push(node);
  }
  return changed;
}

/** @param {string | null} text @returns {Record<string, unknown>} */
function parse(text) {
  try {
    const value = JSON.parse(text || "{}");
    return value && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}

/** A mark from a file or an entry that anybody may have written, or nothing. @param {any} value @returns {Mark | null} */
function checked(value) {
  if (!value || typeof value !== "object") return null;
  const { s, on, at, note, noteAt } = value;
  if (s !== "o" && s !== "d" && s !== "s") return null;
  const day = typeof on === "string" && /^\d{4}-\d\d-\d\d$/.test(on) ? on : "";
  return { s, on: day, at: Number(at) || 0, note: typeof note === "string" ? note : "", noteAt: Number(noteAt) || 0 };
}

/** Keep the newer of two states and the newer of two notes. @param {number} leaf @param {Mark} mark */
function merge(leaf, mark) {
  const mine = marks[leaf];
  const state = mark.at > mine.at && (mine.at > 0 || mark.on >= mine.on || !mine.on);
  const note = mark.noteAt > mine.noteAt;
  if (!state && !note) return false;
  const { s, on, at } = state ? mark : mine;
  const from = note ? mark : mine;
  count(leaf, -1);
  marks[leaf] = { s, on, at, note: from.note, noteAt: from.noteAt };
  count(leaf, 1);
  return true;
}

/** Read everything kept for this roadmap; returns the leaves that it changed. */
function load() {
  const changed = [];
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) changed.push(...takeEntry(localStorage.getItem(key)));
    }
  } catch {
    say(words.unkept);
  }
  return changed;
}

/** Remember to write a leaf's section soon. @param {number} leaf */
function keep(leaf) {
  unsaved.add(sectionOf(leaf));
  saving ||= setTimeout(save, 150);
}

function save() {
  clearTimeout(saving);
  saving = 0;
  for (const section of unsaved) {
    /** @type {Record<string, Mark>} */
    const entry = {};
    for (const leaf of leavesOf(section)) {
      if (marks[leaf].at || marks[leaf].noteAt) entry[ids[leaf]] = marks[leaf];
    }
    try {
      localStorage.setItem(prefix + ids[section], JSON.stringify(entry));
      unsaved.delete(section);
    } catch {
      say(words.unkept);
      return;
    }
  }
}

addEventListener("pagehide", save);
addEventListener("visibilitychange", save);
addEventListener("storage", ({ key, newValue }) => {
  if (key?.startsWith(prefix)) paintAll(takeEntry(newValue));
});
