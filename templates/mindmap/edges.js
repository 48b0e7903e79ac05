/**
 * The curves of the map: from parents to children, and from a prerequisite to what needs it.
 *
 * @typedef {[x: number, y: number]} Point
 */

/** @param {Point} point */
const put = (point) => point.map((value) => value.toFixed(1)).join(" ");

/**
 * A Bézier curve that is `width` wide where it begins, and ends in a point.
 * @param {Point} a @param {Point} b @param {Point} c @param {Point} d @param {number} width
 */
function taperedCurve(a, b, c, d, width) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(dx, dy) || 1;
  const nx = ((-dy / length) * width) / 2;
  const ny = ((dx / length) * width) / 2;
  /** @param {Point} point @param {number} share */
  const beside = ([x, y], share) => put([x + nx * share, y + ny * share]);
  return `M${beside(a, 1)}C${beside(b, 0.85)} ${beside(c, 0.35)} ${put(d)}C${beside(c, -0.35)} ${beside(b, -0.85)} ${beside(a, -1)}Z`;
}

/** The curve from a parent. @param {MapNode} node @param {MapNode} parent */
function edgePath(node, parent) {
  if (layout === "down" && parent === root) return edgeDown(node, parent);
  if (hanging) return edgeInOutline(node, parent);
  if (layout === "radial") return edgeOutwards(node, parent);
  /** @type {Point} */
  const from = [parent.x + (node.side * parent.w) / 2, parent.y];
  /** @type {Point} */
  const to = [node.x - (node.side * node.w) / 2, node.y];
  const reach = (to[0] - from[0]) * 0.55;
  return taperedCurve(from, [from[0] + reach, from[1]], [to[0] - reach, to[1]], to, node.curveWidth);
}

/** @param {MapNode} node @param {MapNode} parent */
function edgeDown(node, parent) {
  const top = node.y - node.h / 2;
  const bottom = parent.y + parent.h / 2;
  const middle = (bottom + top) / 2;
  return taperedCurve([parent.x, bottom], [parent.x, middle], [node.x, middle], [node.x, top], node.curveWidth);
}

/** @param {MapNode} node @param {MapNode} parent */
function edgeInOutline(node, parent) {
  const [x, top] = [parent.x - parent.w / 2 + 8.8, parent.y + parent.h / 2];
  const [left, y] = [node.x - node.w / 2, node.y - node.lift];
  return taperedCurve([x, top], [x, y - Math.min(13.2, y - top) * 0.3], [x + 2, y], [left, y], Math.min(node.curveWidth, 1.6));
}

/** @param {MapNode} node @param {MapNode} parent */
function edgeOutwards(node, parent) {
  /** @param {number} angle @param {number} far @returns {Point} */
  const at = (angle, far) => [root.x + Math.cos(angle) * far, root.y + Math.sin(angle) * far];
  const angle = angleOf(node);
  const leaving = parent === root ? angle : angleOf(parent);
  const far = parent === root ? 0 : ringStarts[parent.depth] + parent.w;
  const near = ringStarts[node.depth];
  const middle = (far + near) / 2;
  return taperedCurve(at(leaving, far), at(leaving, middle), at(angle, middle), at(angle, near), node.curveWidth);
}

/** The arrow from a prerequisite, in a bow from rim to rim. @param {MapNode} from @param {MapNode} to */
function arrowPath(from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const reach = Math.min(90, length * 0.25) / length;
  /** @param {number} share @returns {Point} */
  const control = (share) => [from.x + dx * share - dy * reach, from.y + dy * share + dx * reach];
  const [one, two] = [control(0.3), control(0.7)];
  return `M${put(rim(from, one))}C${put(one)} ${put(two)} ${put(rim(to, two))}`;
}

/** Where the line from a node's centre to a point leaves the node. @param {MapNode} node @param {Point} point @returns {Point} */
function rim(node, [x, y]) {
  const [dx, dy] = [x - node.x, y - node.y];
  const share = Math.min((node.w / 2 + 2) / Math.abs(dx), (node.h / 2 + 2) / Math.abs(dy));
  return Number.isFinite(share) ? [node.x + dx * share, node.y + dy * share] : [node.x, node.y];
}

/** @type {SVGPathElement[]} */
const arrowElements = [...pane.querySelectorAll(".needs > path")];
/** The drawing's arrows in its order, each with its path there. */
const arrows = arrowElements.map((element, index) => {
  const [from, to] = /** @type {[number, number]} */ (data.needs[index]);
  return { from: nodes[from], to: nodes[to], element, drawn: element.getAttribute("d") ?? "" };
});
