/** What part of the map is seen, and how large. */

/** The point of the map at the pane's upper left corner, and pixels for one of the map's units. */
const view = { x: 0, y: 0, scale: 1 };

/** The pane's place and size on the screen. @returns {DOMRect} */
const paneBox = () => pane.getBoundingClientRect();

/** The pane's size in units of the map. */
function seen() {
  const { width, height } = paneBox();
  return { width: width / view.scale, height: height / view.scale };
}

function show() {
  const { width, height } = seen();
  svg.setAttribute("viewBox", `${view.x} ${view.y} ${width} ${height}`);
  remember();
}

/** Zoom about a point of the pane; without one, about its middle. @param {number} factor @param {number} [px] @param {number} [py] */
function zoom(factor, px = paneBox().width / 2, py = paneBox().height / 2) {
  const scale = Math.min(4, Math.max(0.02, view.scale * factor));
  view.x += px / view.scale - px / scale;
  view.y += py / view.scale - py / scale;
  view.scale = scale;
  show();
}

/** Put a point of the map in the middle. @param {number} x @param {number} y */
function centre(x, y) {
  const { width, height } = seen();
  view.x = x - width / 2;
  view.y = y - height / 2;
  show();
}

/** The edges of what is shown, with a margin; a node in a ring may be turned. */
function bounds() {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, w, h } of visible) {
    const high = layout === "radial" ? Math.max(w, h) / 2 : h / 2;
    left = Math.min(left, x - w / 2);
    right = Math.max(right, x + w / 2);
    top = Math.min(top, y - high);
    bottom = Math.max(bottom, y + high);
  }
  return { left: left - 30, top: top - 24, right: right + 30, bottom: bottom + 24 };
}

/** Show all of it. */
function fit() {
  const { left, top, right, bottom } = bounds();
  const { width, height } = paneBox();
  view.scale = Math.min(1.4, width / (right - left), height / (bottom - top));
  centre((left + right) / 2, (top + bottom) / 2);
}

/** Move the view to a node that is not wholly seen. @param {MapNode} node */
function reveal({ x, y, w, h }) {
  const { width, height } = seen();
  const [left, top] = [x - view.x, y - view.y];
  const inside = left > w / 2 && left < width - w / 2 && top > h / 2 && top < height - h / 2;
  if (!inside) centre(x, y);
}

/** Move the view to a node that was found, near enough to be read. @param {MapNode} node */
function revealFound({ x, y }) {
  if (view.scale < 0.6) view.scale = 0.9;
  centre(x, y);
}

/** How the paper lies when the map is printed. */
const printed = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, printed];
addEventListener("beforeprint", () => {
  const { left, top, right, bottom } = bounds();
  printed.replaceSync(`@page{size:${right - left > bottom - top ? "landscape" : "portrait"};margin:10mm}`);
  svg.setAttribute("viewBox", `${left} ${top} ${right - left} ${bottom - top}`);
});
addEventListener("afterprint", () => show());

/** The view that the page opens with: all of it, or its beginning where all would be too small to read. */
function firstView() {
  const { width, height } = paneBox();
  if (!width || !height) {
    // a frame that is not shown yet has no size
    addEventListener("resize", firstView, { once: true });
    return;
  }
  fit();
  if (narrow) {
    const { left, top, right } = bounds();
    const scale = Math.min(1.2, Math.max(0.6, width / (right - left - 16)));
    Object.assign(view, { x: left + 8, y: top + 8, scale });
    show();
    return;
  }
  if (view.scale >= 0.55) return;
  view.scale = Math.min(1, Math.max(0.55, (width - 40) / (root.w + 260)));
  const half = { x: seen().width / 2, y: seen().height / 2 };
  const toLeft = layout === "right" || layout === "outline";
  centre(root.x + (toLeft ? half.x - root.w / 2 - 20 : 0), root.y + (hanging ? half.y - root.h / 2 - 20 : 0));
}
