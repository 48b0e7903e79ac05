/**
 * The map in the page: its nodes in reading order, each with its place in the drawing and what belongs to it there.
 *
 * @typedef {[key: string, parent: number, x: number, y: number, w: number, h: number, side: number, depth: number,
 *   width: number, id: string, lift: number]} Row A node as the exporter tells it: its element's id, the index of its
 *   parent (-1: none), centre and size, the side of the root it is on (-1 or 1), depth, the width of the curve to it, its id
 *   in the roadmap (the root has none), and how far above its centre that curve ends in an outline.
 * @typedef {object} MapNode
 * @property {string} id
 * @property {number} depth
 * @property {number} side
 * @property {number} x Its centre now; `drawnX` is that in the drawing.
 * @property {number} y
 * @property {number} w
 * @property {number} h
 * @property {number} drawnX
 * @property {number} drawnY
 * @property {number} curveWidth
 * @property {number} lift
 * @property {MapNode | null} parent
 * @property {MapNode[]} children
 * @property {boolean} folded
 * @property {boolean} shown Nothing above it is folded.
 * @property {SVGGElement} group
 * @property {string} transform How the drawing turns it: in rings, along its ray.
 * @property {SVGPathElement | null} edge The curve from its parent, and its path in the drawing.
 * @property {string} drawnEdge
 * @property {SVGGElement | null} toggle The knob that folds it.
 * @property {string} name What stands in it.
 * @property {string} facts What its tooltip tells.
 * @property {string} searched Both, as a search sees them.
 */

/** @param {string} name @param {Record<string, string | number>} attributes @returns {any} */
function svgElement(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

const pane = find("map");
/** @type {SVGSVGElement} */
const svg = pane.querySelector("svg");
/** A narrow screen shows the map as an outline, which needs no more width than its widest node. */
const narrow = pane.clientWidth < 600 && ["two-sided", "right"].includes(data.layout);
/** @type {"two-sided" | "right" | "down" | "outline" | "radial"} */
const layout = narrow ? "outline" : data.layout;
/** Whether nodes hang below their parents. */
const hanging = layout === "down" || layout === "outline";

/** A text of the drawing without its tooltips. @param {Element} text */
function wordsIn(text) {
  const copy = /** @type {Element} */ (text.cloneNode(true));
  for (const title of copy.querySelectorAll("title")) title.remove();
  return copy.textContent;
}

/** @type {MapNode[]} */
const nodes = [];
for (const [key, parent, x, y, w, h, side, depth, curveWidth, id, lift] of /** @type {Row[]} */ (data.nodes)) {
  const group = find(key);
  const edge = find(`e${key.slice(1)}`);
  const name = [...group.querySelectorAll("text")].map(wordsIn).join(" ");
  const facts = group.querySelector("title")?.textContent ?? "";
  const node = {
    id,
    depth,
    side,
    x,
    y,
    w,
    h,
    drawnX: x,
    drawnY: y,
    curveWidth,
    lift,
    parent: nodes[parent] ?? null,
    children: [],
    folded: false,
    shown: true,
    group,
    transform: group.getAttribute("transform") ?? "",
    edge,
    drawnEdge: edge?.getAttribute("d") ?? "",
    toggle: null,
    name,
    facts,
    searched: simple(`${name}\n${facts}`),
  };
  nodes.push(node);
  node.parent?.children.push(node);
}
const root = nodes[0];
const nodeById = new Map(nodes.map((node) => [node.id, node]));
/** @type {Map<Element, MapNode>} */
const nodeByGroup = new Map(nodes.map((node) => [node.group, node]));

/** The node that an element of the drawing belongs to. @param {EventTarget | null} target */
function nodeOf(target) {
  const group = target instanceof Element ? target.closest("[role=treeitem]") : null;
  return group ? nodeByGroup.get(group) : undefined;
}

/** Whether a node can be folded. @param {MapNode} node */
const folds = (node) => node.children.length > 0 && node !== root;

/** @param {MapNode} node @returns {number} */
const countBelow = (node) => node.children.reduce((sum, child) => sum + 1 + countBelow(child), 0);

svg.setAttribute("role", "tree");
for (const node of nodes) {
  const { group, drawnX, drawnY, w, h } = node;
  group.setAttribute("role", "treeitem");
  group.setAttribute("aria-level", String(node.depth + 1));
  group.setAttribute("aria-label", node.name);
  group.setAttribute("tabindex", node === root ? "0" : "-1");
  const place = { x: drawnX - w / 2 - 3, y: drawnY - h / 2 - 2, width: w + 6, height: h + 4 };
  group.insertBefore(svgElement("rect", { class: "ring", ...place, rx: 7 }), group.querySelector("text,path,use"));
  if (!folds(node)) continue;
  node.toggle = svgElement("g", { class: "toggle", "aria-hidden": "true" });
  group.append(/** @type {SVGGElement} */ (node.toggle));
}
