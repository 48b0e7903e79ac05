/** Where the nodes go that are shown, when some are folded: the order of the drawing, closed up. */

/** Between neighbours in a ring, by depth. */
const RING_GAPS = [0, 10, 6, 3];
/** Between children none of which has children, by the parent's depth. */
const LEAF_GAPS = [14, 9, 5, 5];
/** Between other children. */
const BRANCH_GAPS = [26, 15, 9, 8];

/** @param {MapNode} node */
const openChildren = (node) => (node.folded ? [] : node.children);

/** @param {MapNode} parent */
function gapBelow(parent) {
  const gaps = parent.children.every((child) => !child.children.length) ? LEAF_GAPS : BRANCH_GAPS;
  return gaps[Math.min(parent.depth, 3)];
}

/** How high nodes are, each with all that is shown below it. @param {MapNode[]} shown in reading order */
function blockHeights(shown) {
  /** @type {Map<MapNode, number>} */
  const heights = new Map();
  for (const node of shown.toReversed()) heights.set(node, Math.max(node.h, columnHeight(node, openChildren(node), heights)));
  return heights;
}

/** @param {MapNode} parent @param {MapNode[]} children @param {Map<MapNode, number>} heights */
function columnHeight(parent, children, heights) {
  const sum = children.reduce((total, child) => total + (heights.get(child) ?? 0), 0);
  return sum + gapBelow(parent) * Math.max(0, children.length - 1);
}

/** Children beside their parent, one below the other. @param {MapNode} parent @param {MapNode[]} children @param {Map<MapNode, number>} heights */
function placeColumn(parent, children, heights) {
  let top = parent.y - columnHeight(parent, children, heights) / 2;
  for (const child of children) {
    const height = heights.get(child) ?? 0;
    child.x = parent.x + child.side * Math.abs(child.drawnX - parent.drawnX);
    child.y = top + height / 2;
    top += height + gapBelow(parent);
  }
}

/** @param {MapNode[]} shown */
function placeBeside(shown) {
  const heights = blockHeights(shown);
  for (const node of shown) {
    const children = openChildren(node);
    const columns = node === root && layout === "two-sided" ? [1, -1].map((side) => children.filter((child) => child.side === side)) : [children];
    for (const column of columns) placeColumn(node, column, heights);
  }
}

/** Direction of a node from the centre; the same however much is folded, so that no text is turned over. @param {MapNode} node */
const angleOf = (node) => Math.atan2(node.drawnY - root.drawnY, node.drawnX - root.drawnX);

/** How far from the centre each depth begins, where nodes lie in rings. @type {number[]} */
let ringStarts = [];

/** Rings as small as what is shown allows. @param {MapNode[]} shown */
function placeRings(shown) {
  /** @type {MapNode[][]} */
  const byDepth = [];
  for (const node of shown) (byDepth[node.depth] ??= []).push(node);
  ringStarts = [0];
  let start = root.w / 2 + 30;
  for (const [depth, ring] of byDepth.entries()) {
    if (!depth) continue;
    const near = nearestRing(ring, start);
    let far = near;
    for (const node of ring) {
      const angle = angleOf(node);
      node.x = root.x + Math.cos(angle) * (near + node.w / 2);
      node.y = root.y + Math.sin(angle) * (near + node.w / 2);
      far = Math.max(far, Math.hypot(near + node.w, node.h / 2));
    }
    ringStarts.push(near);
    start = far + Math.max(30, far * 0.1);
  }
}

/** How near a ring's nodes can come without touching their neighbours. @param {MapNode[]} ring @param {number} start */
function nearestRing(ring, start) {
  const around = ring.toSorted((one, other) => angleOf(one) - angleOf(other));
  let near = start;
  for (const [index, node] of around.entries()) {
    const next = around[(index + 1) % around.length];
    const turn = 2 * Math.PI;
    const between = (((angleOf(next) - angleOf(node)) % turn) + turn) % turn;
    const height = (node.h + next.h) / 2 + RING_GAPS[Math.min(node.depth, 3)];
    if (next !== node && between > 0) near = Math.max(near, height / between);
  }
  return near;
}

/** Space above a node of an outline. @param {MapNode} node */
function spaceAbove({ depth, children }) {
  if (depth === 1) return 26;
  if (depth === 2) return 11;
  return children.length ? 6 : 2.5;
}

/** Nodes one below the other, indented by depth; returns how far they reach to the right. @param {MapNode[]} branch @param {number} left @param {number} top */
function placeOutline(branch, left, top) {
  let y = top;
  let right = left;
  for (const node of branch) {
    if (node !== branch[0]) y += spaceAbove(node);
    node.x = left + 22 * (node.depth - branch[0].depth) + node.w / 2;
    node.y = y + node.h / 2;
    y += node.h;
    right = Math.max(right, node.x + node.w / 2);
  }
  return right;
}

/** Each branch a column of its own below the root. @param {MapNode[]} shown */
function placeColumns(shown) {
  /** @type {MapNode[][]} */
  const branches = [];
  for (const node of shown) {
    if (node.depth === 1) branches.push([]);
    if (node.depth) branches[branches.length - 1].push(node);
  }
  let x = 0;
  for (const branch of branches) x = placeOutline(branch, x, root.y + root.h / 2 + 56) + 34;
  const shift = branches.length ? root.x - (branches[0][0].x + branches[branches.length - 1][0].x) / 2 : 0;
  for (const node of branches.flat()) node.x += shift;
}

/** Place what is shown. @param {MapNode[]} shown in reading order */
function arrange(shown) {
  root.x = root.drawnX;
  root.y = root.drawnY;
  if (layout === "radial") placeRings(shown);
  else if (layout === "outline") placeOutline(shown, root.x - root.w / 2, root.y - root.h / 2);
  else if (layout === "down") placeColumns(shown);
  else placeBeside(shown);
}
