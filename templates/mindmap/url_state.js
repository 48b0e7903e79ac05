/** The address keeps folds, search and view, so that a reload or a link shows the same. */

/** Whether the page follows the address, which then must not follow the page. */
let restoring = true;
let writing = 0;
/** The fragment that this page wrote last. */
let written = "";

function fragment() {
  const parts = new URLSearchParams();
  if (level !== firstLevel) parts.set("level", String(level));
  const isFolded = (/** @type {MapNode} */ node) => (foldedBefore ? foldedBefore.has(node) : node.folded);
  const differing = nodes.filter((node) => folds(node) && isFolded(node) !== foldedByLevel(node));
  if (differing.length) parts.set("turned", differing.map((node) => encodeURIComponent(node.id)).join(","));
  if (find("find").value) parts.set("find", find("find").value);
  parts.set("at", `${Math.round(view.x)},${Math.round(view.y)},${view.scale.toFixed(3)}`);
  return `#${parts}`;
}

/** Write the address soon. */
function remember() {
  if (restoring) return;
  clearTimeout(writing);
  writing = setTimeout(() => {
    written = fragment();
    try {
      history.replaceState(null, "", written);
    } catch {
      location.replace(written);
    }
  }, 200);
}

/** Show what the address says; what it says wrongly counts as not said. */
function restore() {
  restoring = true;
  const parts = new URLSearchParams(location.hash.slice(1));
  const wanted = parts.has("level") ? Number(parts.get("level")) : firstLevel;
  const levels = [...find("level").options].map((option) => Number(option.value));
  foldToLevel(levels.includes(wanted) ? wanted : ALL_LEVELS);
  for (const id of (parts.get("turned") ?? "").split(",")) {
    const node = nodeById.get(decoded(id));
    if (node && folds(node)) node.folded = !node.folded;
  }
  update();
  find("find").value = parts.get("find") ?? "";
  search();
  const [x, y, scale] = (parts.get("at") ?? "").split(",").map(Number);
  if (scale > 0.01 && scale < 10 && Number.isFinite(x + y)) {
    Object.assign(view, { x, y, scale });
    show();
  } else firstView();
  restoring = false;
}

addEventListener("hashchange", () => {
  if (location.hash !== written) restore();
});
