/** Ticks, and the beginning of everything. */

/** Today, where the reader is. */
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

/** Put leaves into a state, as the person's own doing. @param {Iterable<number>} leaves @param {"o" | "d" | "s"} s */
function mark(leaves, s) {
  const changed = [];
  for (const leaf of leaves) {
    const before = marks[leaf];
    if (before.s === s) continue;
    count(leaf, -1);
    marks[leaf] = { ...before, s, on: s === "o" ? "" : today(), at: Date.now() };
    count(leaf, 1);
    keep(leaf);
    changed.push(leaf);
  }
  paintAll(changed);
}

document.addEventListener("change", ({ target }) => {
  const box = /** @type {HTMLInputElement} */ (target);
  const row = box.closest("[id]");
  const node = box.type === "checkbox" && row ? byNumber.get(row.id) : 0;
  if (!node) return;
  const s = box.checked ? "d" : "o";
  mark(isLeaf(node) ? [node] : [...leavesOf(node)].filter((leaf) => marks[leaf].s !== "s"), s);
  paint(node);
});

for (let leaf = 1; leaf <= size; leaf++) if (isLeaf(leaf)) count(leaf, 1);
load();
for (let node = 0; node <= size; node++) if (!isLeaf(node) || marks[node].at) paint(node);
