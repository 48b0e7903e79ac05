/** What a person does to leaves: tick, skip, note; one at a time, many at once, and back again. */

/** What each step replaced: leaves' marks, and marks kept apart. @type {{leaves: Map<number, Mark>, apart: Record<string, Mark>}[]} */
const past = [];
let lastTicked = 0;

/** Take one step, which can be taken back. @param {Iterable<[number, Mark]>} changes @param {string[]} placed marks kept apart no more */
function step(changes, placed = []) {
  const leaves = new Map();
  for (const [leaf, mark] of changes) {
    leaves.set(leaf, marks[leaf]);
    put(leaf, mark);
    keep(leaf);
  }
  if (!leaves.size && !placed.length) return;
  past.push({ leaves, apart: takeOut(placed) });
  keepNow();
  paintAll(leaves.keys());
  later(leaves);
}

/** Put leaves into a state. @param {Iterable<number>} leaves @param {"o" | "d" | "s"} s */
function setAll(leaves, s) {
  const on = s === "o" ? "" : today();
  const at = Date.now();
  const changed = [...leaves].filter((leaf) => marks[leaf].s !== s);
  const parts = s === "d" ? new Set(changed.map(sectionOf)) : [];
  step(changed.map((leaf) => [leaf, { ...marks[leaf], s, on, at }]));
  for (const section of parts) if (!isLeaf(section) && stateOf(section) === "d") celebrate(section);
  if (changed.length > 1) tell(fill(words[`did_${s}`], { count: changed.length }), "undo");
}

function undo() {
  const before = past.pop();
  if (!before) return tell(words.nothing_undone);
  const at = Date.now();
  const { length } = past;
  step([...before.leaves].map(([leaf, old]) => [leaf, { ...old, at, noteAt: old.note === marks[leaf].note ? old.noteAt : at }]));
  past.length = length;
  putBack(before.apart);
  tell(fill(words.undone, { count: Math.max(before.leaves.size, Object.keys(before.apart).length) }));
}

/** @param {number} node @param {boolean} on @param {boolean} range */
function tick(node, on, range) {
  let leaves = isLeaf(node) ? [node] : [...leavesOf(node)].filter((leaf) => marks[leaf].s !== "s");
  if (range && lastTicked && isLeaf(node)) {
    leaves = [];
    for (let leaf = Math.min(node, lastTicked); leaf <= Math.max(node, lastTicked); leaf++) {
      if (isLeaf(leaf) && isShown(leaf) && marks[leaf].s !== "s") leaves.push(leaf);
    }
  }
  if (isLeaf(node)) lastTicked = node;
  setAll(leaves, on ? "d" : "o");
  paint(node);
}

/** Skip what is not done below a node, or take the skipping back. @param {number} node */
function skip(node) {
  const leaves = [...leavesOf(node)];
  if (leaves.every((leaf) => marks[leaf].s !== "o")) setAll(leaves.filter((leaf) => marks[leaf].s === "s"), "o");
  else setAll(leaves.filter((leaf) => marks[leaf].s === "o"), "s");
}

/** @param {EventTarget | null} target @returns {number} the node whose row something belongs to, or 0 */
function nodeOf(target) {
  const row = /** @type {HTMLElement | null | undefined} */ (/** @type {Element | null} */ (target)?.closest?.("main [id],[data-node]"));
  return (row && (byNumber.get(row.id) || Number(row.dataset.node))) || 0;
}

let shift = false;
document.addEventListener("mousedown", (event) => {
  shift = event.shiftKey;
  if (shift && nodeOf(event.target)) event.preventDefault();
});
document.addEventListener("keydown", (event) => (shift = event.shiftKey), true);
document.addEventListener("change", ({ target }) => {
  const box = /** @type {HTMLInputElement} */ (target);
  const node = box.type === "checkbox" ? nodeOf(box) : 0;
  if (!node) return;
  if (find("next").contains(box)) tickedToday[box.checked ? "add" : "delete"](node);
  box.classList.add("pop");
  tick(node, box.checked, shift);
});
document.addEventListener("animationend", ({ target }) => /** @type {Element} */ (target).classList.remove("pop", "just"));
