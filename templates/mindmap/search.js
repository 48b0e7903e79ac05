/** Search in what nodes say and in what their tooltips tell. */

/** @type {MapNode[]} */
let hits = [];
/** Which of them was gone to last; -1: none. */
let hit = -1;

/** Mark what the field asks for. */
function search() {
  const query = simple(find("find").value.trim());
  hits = query ? nodes.filter((node) => node.searched.includes(query)) : [];
  hit = -1;
  const found = new Set(hits);
  for (const node of nodes) {
    node.group.classList.toggle("hit", found.has(node));
    node.group.classList.toggle("dim", query !== "" && !found.has(node));
  }
  if (!query) find("found").textContent = "";
  else find("found").textContent = hits.length ? fill(words.found, { n: hits.length }) : words.nothing;
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
