/** Pointers: one moves the map, two zoom it, a click chooses or folds. */

/** Those that are down, and where. @type {Map<number, [x: number, y: number]>} */
const pointers = new Map();
/** Pixels moved since the first came down; a few are still a click. */
let travelled = 0;
const isDrag = () => travelled > 4;

pane.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
  if (event.button) return;
  pointers.set(event.pointerId, [event.clientX, event.clientY]);
  if (pointers.size === 1) travelled = 0;
});

addEventListener("pointermove", ({ pointerId, clientX, clientY }) => {
  const before = pointers.get(pointerId);
  if (!before) return;
  const [dx, dy] = [clientX - before[0], clientY - before[1]];
  const other = [...pointers].find(([id]) => id !== pointerId)?.[1];
  if (other) {
    const { left, top } = paneBox();
    const distance = Math.hypot(before[0] - other[0], before[1] - other[1]) || 1;
    travelled += 9;
    zoom(Math.hypot(clientX - other[0], clientY - other[1]) / distance, other[0] - left, other[1] - top);
  } else {
    travelled += Math.abs(dx) + Math.abs(dy);
    if (!isDrag()) return;
    view.x -= dx / view.scale;
    view.y -= dy / view.scale;
    pane.classList.add("drag");
    getSelection()?.removeAllRanges();
    show();
  }
  pointers.set(pointerId, [clientX, clientY]);
});

/** @param {PointerEvent} event */
function release({ pointerId }) {
  pointers.delete(pointerId);
  pane.classList.remove("drag");
}
addEventListener("pointerup", release);
addEventListener("pointercancel", release);

const onClick = (/** @type {MouseEvent} */ event) => {
  if (isDrag()) return event.preventDefault();
  const target = /** @type {Element} */ (event.target);
  const node = nodeOf(target);
  if (!node || target.closest("a")) return;
  focusNode(node);
  if (target.closest(".toggle")) setFolded(node);
  else if (target.closest(".tick")) tick(node);
  else tellOf(node);
};
pane.addEventListener("click", onClick, true);

const onWheel = (/** @type {WheelEvent} */ event) => {
  event.preventDefault();
  const { left, top } = paneBox();
  zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), event.clientX - left, event.clientY - top);
};
pane.addEventListener("wheel", onWheel, { passive: false });
