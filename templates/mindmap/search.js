/** Search in what nodes say and in what their tooltips tell. */

/** @type {MapNode[]} */
let hits = [];
/** Which of them was gone to last; -1: none. */
let hit = -1;

/** What was folded before the search; null while nothing is asked for. @type {Set<MapNode> | null} */
let foldedBefore = null;

/** Mark what holds every word that the field asks for, and open the way to it alone. */
function search() {
  const query = simple(find("find").value).split(/\s+/).filter(Boolean);
  hits = query.length ? nodes.filter((node) => query.every((word) => node.searched.includes(word))) : [];
  hit = -1;
  const found = new Set(hits);
  for (const node of nodes) {
    node.group.classList.toggle("hit", found.has(node));
    node.group.classList.toggle("dim", query.length > 0 && !found.has(node));
  }
  openPaths();
  if (!query.length) find("found").textContent = "";
  else find("found").textContent = hits.length ? fill(words.found, { n: hits.length }) : words.nothing;
}

/** Open what lies above a hit and fold all else; without hits all is as it was before. */
function openPaths() {
  if (!hits.length && !foldedBefore) return;
  foldedBefore ??= new Set(nodes.filter((node) => node.folded));
  const open = new Set();
  for (const node of hits) for (let above = node.parent; above && !open.has(above); above = above.parent) open.add(above);
  for (const node of nodes) node.folded = folds(node) && (hits.length ? !open.has(node) : foldedBefore.has(node));
  if (!hits.length) foldedBefore = null;
  const { x, y } = root;
  update();
  view.x += root.x - x;
  view.y += root.y - y;
  if (!current.shown) choose(root);
  show();
}

/** Go to another of the hits. @param {number} by */
function goToHit(by) {
  if (!hits.length) return;
  hit = (hit + by + hits.length) % hits.length;
  const node = hits[hit];
  unfoldTo(node);
  revealFound(node);
  choose(node);
  find("found").textContent = fill(words.of, { n: hit + 1, total: hits.length });
}

find("find").addEventListener("input", () => {
  search();
  remember();
});
find("find").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  if (event.key === "Enter") {
    event.preventDefault();
    goToHit(event.shiftKey ? -1 : 1);
  }
  if (event.key === "Escape") {
    find("find").value = "";
    search();
    remember();
    focusNode(current);
  }
});
