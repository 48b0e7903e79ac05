/** What is folded: a level for all, and what differs from it; and the drawing that follows. */

/** The level that shows everything. */
const ALL_LEVELS = 99;
/** The level that the page opens with. */
const firstLevel = narrow ? 1 : data.level;
let level = ALL_LEVELS;
/** What is shown, in reading order. */
let visible = nodes;

/** Whether the chosen level folds a node. @param {MapNode} node */
const foldedByLevel = (node) => folds(node) && node.depth >= level;

/** Fold the whole map to a level. @param {number} value */
function foldToLevel(value) {
  level = value;
  find("level").value = value;
  for (const node of nodes) node.folded = foldedByLevel(node);
}

/** Show what is not folded. With everything unfolded the map is as it was drawn, unless the screen is narrow. */
function update() {
  visible = [];
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    visible.push(node);
    waiting.push(...openChildren(node).toReversed());
  }
  const moved = visible.length < nodes.length || narrow;
  for (const node of nodes) {
    node.shown = false;
    if (!moved) [node.x, node.y] = [node.drawnX, node.drawnY];
  }
  for (const node of visible) node.shown = true;
  if (moved) arrange(visible);
  for (const node of nodes) paintNode(node, moved);
  for (const { from, to, element, drawn } of arrows) {
    element.classList.toggle("off", !from.shown || !to.shown);
    element.setAttribute("d", moved ? arrowPath(from, to) : drawn);
  }
}

/** @param {MapNode} node @param {boolean} moved whether nodes are elsewhere than in the drawing */
function paintNode(node, moved) {
  const { group, edge, parent, transform } = node;
  group.classList.toggle("off", !node.shown);
  edge?.classList.toggle("off", !node.shown);
  if (node.children.length) group.setAttribute("aria-expanded", String(!node.folded));
  if (!node.shown) return;
  const [dx, dy] = [node.x - node.drawnX, node.y - node.drawnY];
  const turned = dx || dy ? `translate(${dx.toFixed(2)} ${dy.toFixed(2)}) ${transform}` : transform;
  if (turned) group.setAttribute("transform", turned);
  else group.removeAttribute("transform");
  if (parent) edge?.setAttribute("d", moved ? edgePath(node, parent) : node.drawnEdge);
  if (node.toggle) paintToggle(node, node.toggle);
}

/** The knob: a minus, or how many are folded. @param {MapNode} node @param {SVGGElement} toggle */
function paintToggle(node, toggle) {
  const { drawnX, drawnY: y, w } = node;
  const side = hanging ? 1 : node.side;
  const x = drawnX + side * (w / 2 + (hanging ? 10 : 8));
  if (!node.folded) {
    toggle.replaceChildren(svgElement("circle", { cx: x, cy: y, r: 5 }), svgElement("path", { d: `M${x - 2.4} ${y}H${x + 2.4}` }));
    return;
  }
  const count = String(countBelow(node));
  const width = Math.max(14, 8 + 5 * count.length);
  const middle = x + side * (width / 2 - 7);
  const text = svgElement("text", { x: middle, y: y + 3.2 });
  text.textContent = count;
  toggle.replaceChildren(svgElement("rect", { x: middle - width / 2, y: y - 7, width, height: 14, rx: 7 }), text);
}

/** Fold or unfold one node, which stays where it is on the screen. @param {MapNode} node */
function setFolded(node, folded = !node.folded) {
  if (!folds(node) || node.folded === folded) return;
  const { x, y } = node;
  node.folded = folded;
  update();
  view.x += node.x - x;
  view.y += node.y - y;
  if (!current.shown) focusNode(node);
  show();
}

/** Unfold all that is above a node. @param {MapNode} node */
function unfoldTo(node) {
  let changed = false;
  for (let above = node.parent; above; above = above.parent) {
    changed ||= above.folded;
    above.folded = false;
  }
  if (changed) update();
}
