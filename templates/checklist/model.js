/**
 * The tree in numbers. Node 0 is the whole; 1 to `size` are the nodes in reading order, so that everything below a node
 * is the run up to `last[node]`. Tallies are kept for each node and changed only from a leaf up to the whole: what one
 * tick costs does not depend on how long the page is.
 *
 * @typedef {{s: "o" | "d" | "s", on: string, at: number, note: string, noteAt: number} & Partial<Was>} Mark What is known
 *   of a leaf: state (open, done, skipped), day, when it was set here (ms since 1970; 0: it came with the page), own note
 *   and when.
 * @typedef {{title: string, where: string, near: string}} Was What is known besides of a mark whose leaf is not here: title,
 *   those above it, and the id of what it may be here.
 * @typedef {{done: number, total: number, more: number, moreTotal: number, skipped: number, low: number, high: number}} Tally
 *   Required leaves done and in all, optional ones, skipped ones, hours left of what is required.
 */

const size = data.depth.length;
const ids = [""];
const numbers = [""];
const above = new Int32Array(size + 1);
const last = new Int32Array(size + 1).fill(size);
const optional = new Uint8Array(size + 1);
/** @type {Map<string, number>} */
const byId = new Map();
/** @type {Map<string, number>} */
const byNumber = new Map();
/** @type {Mark[]} */
const marks = [];
/** @type {Tally[]} */
const tallies = [];

/** @param {number} node */
const isLeaf = (node) => node > 0 && last[node] === node;

/** @param {number} node */
function* leavesOf(node) {
  for (let leaf = node; leaf <= last[node]; leaf++) if (isLeaf(leaf)) yield leaf;
}

/** The words of a row, of which most ids are made. @param {number} node */
function wordsOf(node) {
  const label = /** @type {Element} */ (document.getElementById(numbers[node])?.querySelector("label"));
  const text = /** @type {string} */ (label.textContent);
  return text.slice(numbers[node].length).toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/** Low and high estimate of a leaf. @param {number} leaf @returns {[number, number]} */
function hoursOf(leaf) {
  const hours = data.hours?.[leaf - 1] ?? 0;
  return Array.isArray(hours) ? /** @type {[number, number]} */ (hours) : [hours, hours];
}

/** Optional leaves that required ones wait for: their hours count. */
const needed = new Set(data.counted);

/** Whether a leaf's hours are part of what is left to do. @param {number} leaf */
const isCounted = (leaf) => !optional[leaf] || needed.has(leaf - 1);

/**
 * What a leaf adds to every tally above it.
 * @param {number} leaf @param {number} sign
 */
function count(leaf, sign) {
  const { s } = marks[leaf];
  const [low, high] = hoursOf(leaf);
  for (let node = leaf; ; node = above[node]) {
    const tally = tallies[node];
    if (s === "s") tally.skipped += sign;
    else if (optional[leaf]) {
      tally.moreTotal += sign;
      if (s === "d") tally.more += sign;
    } else {
      tally.total += sign;
      if (s === "d") tally.done += sign;
    }
    if (s === "o" && isCounted(leaf)) {
      tally.low += sign * low;
      tally.high += sign * high;
    }
    if (!node) break;
  }
}

/**
 * The state of any node: a parent's follows from its leaves; "p" is partly.
 * @param {number} node
 */
function stateOf(node) {
  if (isLeaf(node)) return marks[node].s;
  const { done, total, more, moreTotal, skipped } = tallies[node];
  const [some, all] = total ? [done, total] : [more, moreTotal];
  if (!all) return skipped ? "s" : "o";
  if (some === all) return "d";
  return done || more ? "p" : "o";
}

/** Whole percent, rounded down, so that 100 means all. @param {Tally} tally */
const percentOf = ({ done, total }) => (total ? Math.floor((done * 100) / total) : 0);

{
  const path = [0];
  const position = [0];
  for (const node of data.optional ?? []) optional[node + 1] = 1;
  for (let node = 1; node <= size; node++) {
    const level = Number(data.depth[node - 1]);
    const upper = path[level - 1];
    for (let left = level; left < path.length; left++) last[path[left]] = node - 1;
    path.length = position.length = level + 1;
    path[level] = node;
    position[level] = data.at?.[node - 1] ?? (position[level] ?? 0) + 1;
    above[node] = upper;
    if (optional[upper]) optional[node] = 1;
    numbers[node] = upper ? `${numbers[upper]}.${position[level]}` : `${position[level]}`;
    const id = data.ids?.[node - 1] || (upper ? "/" : "") + wordsOf(node).join("-");
    ids[node] = id[0] === "/" ? ids[upper] + id : id;
    byId.set(ids[node], node);
    byNumber.set(numbers[node], node);
  }
  for (const node of path) last[node] = size;
  for (let node = 0; node <= size; node++) {
    tallies[node] = { done: 0, total: 0, more: 0, moreTotal: 0, skipped: 0, low: 0, high: 0 };
    const [s = "o", on = "", note = "", at = 0] = data.given?.[node - 1] ?? [];
    marks[node] = { s, on, at: at * 1000, note, noteAt: 0 };
  }
  for (let leaf = 1; leaf <= size; leaf++) if (isLeaf(leaf)) count(leaf, 1);
}
