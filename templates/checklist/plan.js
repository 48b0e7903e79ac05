/**
 * What next, what this week, and when all is done: from the author's dates, what needs what, and the plan of what is still
 * open (`planner.js`). In a page of a part the days of the whole's plan stand.
 */

/** The last day of work, as the plan stands now. */
let finish = "";
/** The day each open leaf is done by, in the order of the plan as it stands now. @type {Map<number, string>} */
const planned = new Map();
/** The day work on it begins. @type {Map<number, string>} */
const begins = new Map();

/** @param {string} day @param {number} days */
const plus = (day, days) => new Date(Date.parse(day) + days * 864e5).toISOString().slice(0, 10);

/** The author's date of a leaf: its own or one above it, whichever comes first. @param {number} leaf @returns {string} */
function fixedDue(leaf) {
  let due = "";
  for (let node = leaf; node; node = above[node]) {
    const own = data.due?.[node - 1];
    if (own && (!due || own < due)) due = own;
  }
  return due;
}

/** Whether all that a leaf and everything above it needs is done. @param {number} leaf */
function isReady(leaf) {
  for (let node = leaf; node; node = above[node]) {
    for (const need of data.needs?.[node - 1] ?? []) if (!["d", "s"].includes(stateOf(need + 1))) return false;
  }
  return true;
}

/** The open leaves in the order of the plan, else in reading order. */
function* openLeaves() {
  if (planned.size) for (const leaf of planned.keys()) if (marks[leaf].s === "o") yield leaf;
  if (planned.size) return;
  for (let leaf = 1; leaf <= size; leaf++) if (isLeaf(leaf) && marks[leaf].s === "o" && isCounted(leaf)) yield leaf;
}

/** The first leaves that can be begun now: overdue ones first. @param {number} limit */
function upNext(limit) {
  const late = [];
  const ready = [];
  const now = today();
  for (const leaf of openLeaves()) {
    if (!isReady(leaf)) continue;
    const due = fixedDue(leaf);
    if (due && due < now) late.push(leaf);
    else if (ready.length < limit) ready.push(leaf);
    if (!data.due && ready.length >= limit) break;
  }
  return [...late, ...ready].slice(0, limit);
}

/** What the plan has until Sunday, and what is due until then, overdue things too. */
function thisWeek() {
  const now = today();
  const sunday = plus(now, (7 - new Date(Date.parse(now)).getUTCDay()) % 7);
  return [...openLeaves()].filter((leaf) => [begins.get(leaf), fixedDue(leaf)].some((day) => day && day <= sunday));
}

/** Lay out what is open over the days of work from today. */
function replan() {
  planned.clear();
  begins.clear();
  finish = "";
  /** @param {number} leaf @param {string} start @param {string} due */
  const lay = (leaf, start, due) => {
    begins.set(leaf, start);
    planned.set(leaf, due);
    if (due > finish) finish = due;
  };
  const written = (/** @type {number} */ day) => new Date(day * 864e5).toISOString().slice(0, 10);
  if (data.pace) for (const [leaf, { start, due }] of planFrom(today())) lay(leaf, written(start), written(due));
  for (const [at, start, due] of data.slots ?? []) if (marks[at + 1].s === "o") lay(at + 1, start, due);
  paintWhole();
  for (const node of decorated) paintDate(node);
  paintToday();
}
