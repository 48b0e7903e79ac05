/** Keys: those of a tree (WAI-ARIA APG, tree view) where it has the focus, and those of the page. */

/** @param {MapNode | null | undefined} node */
const goTo = (node) => node && focusNode(node);

function unfoldSiblings() {
  for (const node of current.parent?.children ?? []) node.folded = false;
  update();
  show();
}

/** @type {Record<string, () => void>} */
const treeKeys = {
  ArrowDown: () => goTo(visible[visible.indexOf(current) + 1]),
  ArrowUp: () => goTo(visible[visible.indexOf(current) - 1]),
  ArrowRight: () => (current.folded ? setFolded(current, false) : goTo(current.children[0])),
  ArrowLeft: () => (folds(current) && !current.folded ? setFolded(current, true) : goTo(current.parent)),
  Home: () => focusNode(root),
  End: () => focusNode(visible[visible.length - 1]),
  Enter: () => tellOf(current),
  " ": () => (leaves.has(current.id) ? tick(current) : setFolded(current)),
  "*": unfoldSiblings,
};

/** @type {Record<string, () => void>} */
const pageKeys = {
  "/": () => find("find").focus(),
  "+": () => zoom(1.25),
  "=": () => zoom(1.25),
  "-": () => zoom(0.8),
  0: fit,
  "?": () => find("keys").showModal(),
  Escape: () => (find("about").hidden = true),
  n: () => goToHit(1),
  p: () => goToHit(-1),
};

/** Do what a key does, unless it belongs to what has the focus. @param {KeyboardEvent} event @param {Record<string, () => void>} keys @param {string} others */
function handleKey(event, keys, others) {
  const target = /** @type {Element} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest(others) || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
}

svg.addEventListener("keydown", (event) => handleKey(event, treeKeys, "a"));
addEventListener("keydown", (event) => find("keys").open || handleKey(event, pageKeys, "input,select"));
