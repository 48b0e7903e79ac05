/**
 * What the script adds to rows: buttons to fold and for more, the day it was done, the own note. A row gets them when it
 * comes near the window; so the file stays small and opens at once however many rows it has.
 */

/** @type {Set<number>} */
const decorated = new Set();
/** @type {Set<string>} */
const folds = new Set();
let acting = 0;

/** @param {string} name @param {string} className @param {string} label */
function button(name, className, label) {
  const made = document.createElement("button");
  made.className = className;
  made.dataset.do = name;
  made.setAttribute("aria-label", label);
  return made;
}

/** Decorate every row, for paper. */
function decorateAll() {
  for (let section = 1; section <= size; section = last[section] + 1) build(section);
  for (let node = 1; node <= size; node++) if (!isLeaf(node) || !above[node]) decorate(/** @type {Element} */ (rowOf(node)));
  for (const details of document.querySelectorAll("main details")) /** @type {any} */ (details).open = true;
}

/** Draw icons with the outlines that PDF and map have; what is read and copied stays the sign. @param {Element} root */
function drawIcons(root) {
  for (const icon of root.querySelectorAll("label>i")) {
    const sign = icon.textContent ?? "";
    if (icon.firstElementChild || !find(`icon-${sign}`)) continue;
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#icon-${sign}`);
    drawing.append(use);
    icon.replaceChildren(drawing, make("span", sign, "away"));
  }
}

/** The element that holds a node's title. @param {number} node */
const labelOf = (node) => /** @type {HTMLElement} */ (rowOf(node)?.querySelector("label"));

/** @param {number} node @returns {string} */
function titleOf(node) {
  const label = labelOf(node);
  if (!label) return outlineHere()[node].title;
  const parts = [...label.childNodes].filter((part) => !["B", "I", "SMALL"].includes(part.nodeName));
  return parts.map((part) => part.textContent).join("").trim();
}

/** Give a parent and the leaves right below it what they need. @param {Element} row */
function decorate(row) {
  const node = byNumber.get(row.id) ?? 0;
  if (!decorated.has(node)) {
    decorated.add(node);
    const head = /** @type {Element} */ (row.firstElementChild);
    if (!isLeaf(node)) {
      const bar = document.createElement("progress");
      const counts = document.createElement("small");
      bar.ariaHidden = "true";
      counts.className = "q";
      head.append(bar, counts);
      const folder = button("fold", "f", `${words.fold} ${numbers[node]} ${titleOf(node)}`);
      folder.setAttribute("aria-expanded", String(!row.classList.contains("z")));
      head.append(folder);
    }
    head.append(button("act", "a", `${words.actions} ${numbers[node]}`));
    paint(node);
    paintDate(node);
    paintNew(node);
  }
  for (let child = node + 1; child <= last[node]; child = last[child] + 1) {
    if (!isLeaf(child) || decorated.has(child)) continue;
    const leaf = rowOf(child);
    if (!leaf) continue;
    decorated.add(child);
    leaf.firstElementChild?.after(button("act", "a", `${words.actions} ${numbers[child]}`));
    paintLeaf(child, leaf);
    paintNew(child);
  }
}

/** @param {number} leaf @param {HTMLElement} row */
function paintLeaf(leaf, row) {
  const { note } = marks[leaf];
  paintDate(leaf);
  const field = row.querySelector("textarea");
  if (!field && note) return openNote(leaf);
  if (field && field.value !== note && field !== document.activeElement) field.value = note;
}

/** Show the field of a leaf's own note. @param {number} leaf */
function openNote(leaf) {
  const row = /** @type {HTMLElement} */ (rowOf(leaf));
  let field = row.querySelector("textarea");
  if (!field) {
    field = document.createElement("textarea");
    field.rows = Math.min(12, marks[leaf].note.split("\n").length);
    field.setAttribute("aria-label", `${words.own_note} ${numbers[leaf]}`);
    field.placeholder = words.own_note;
    field.dir = "auto";
    field.value = marks[leaf].note;
    row.append(field);
  }
  return field;
}

document.addEventListener("focusout", ({ target }) => {
  const field = /** @type {HTMLTextAreaElement} */ (target);
  const leaf = field.tagName === "TEXTAREA" ? nodeOf(field) : 0;
  if (leaf && !field.value.trim()) field.remove();
});
document.addEventListener("input", ({ target }) => {
  const field = /** @type {HTMLTextAreaElement} */ (target);
  const leaf = field.tagName === "TEXTAREA" ? nodeOf(field) : 0;
  if (!leaf) return;
  field.rows = Math.min(12, field.value.split("\n").length);
  const mark = { ...marks[leaf], note: field.value.trim() ? field.value : "", noteAt: Date.now() };
  if (typing === leaf) marks[leaf] = mark;
  else step([[leaf, mark]]);
  typing = leaf;
  keep(leaf);
  keepNow();
});
/** The leaf whose note is being written: a note is one step, not one a letter. */
let typing = 0;
document.addEventListener("focusin", () => (typing = 0));

/** Build a section's rows if they wait for it. @param {number} section */
function build(section) {
  const waiting = rowOf(section)?.querySelector("noscript");
  if (!waiting) return;
  waiting.insertAdjacentHTML("afterend", /** @type {string} */ (waiting.textContent));
  waiting.remove();
  for (let node = section + 1; node <= last[section]; node++) {
    paint(node);
    if (folds.has(ids[node])) rowOf(node)?.classList.add("z");
  }
  drawIcons(/** @type {HTMLElement} */ (rowOf(section)));
  watchRows(/** @type {HTMLElement} */ (rowOf(section)));
  applyFilter(section);
}

const near = new IntersectionObserver(
  (seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      decorate(target);
    }
  },
  { rootMargin: "300px" },
);
/** @param {Element} root */
function watchRows(root) {
  for (const row of root.querySelectorAll("section,.g")) near.observe(row);
}

/** @param {number} node @param {boolean} folded */
function fold(node, folded) {
  const row = rowOf(node);
  folds[folded ? "add" : "delete"](ids[node]);
  if (!row) return;
  if (!folded && !above[node]) build(node);
  row.classList.toggle("z", folded);
  row.firstElementChild?.querySelector(".f")?.setAttribute("aria-expanded", String(!folded));
}

/** Fold or open everything, topics and below; sections too when folding. @param {boolean} folded */
function foldAll(folded) {
  for (let node = 1; node <= size; node++) if (!isLeaf(node)) fold(node, folded);
  keepView();
}

/** Open everything above a node, so that it can be seen. @param {number} node */
function reveal(node) {
  build(sectionOf(node));
  for (let upper = above[node]; upper; upper = above[upper]) if (folds.has(ids[upper])) fold(upper, false);
  if (!isShown(node)) clearFilter();
  decorate(/** @type {Element} */ (rowOf(isLeaf(node) && above[node] ? above[node] : node)));
  return /** @type {HTMLElement} */ (rowOf(node));
}

/** @param {number} node */
function goTo(node) {
  const row = reveal(node);
  row.scrollIntoView({ block: "center" });
  row.querySelector("input")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

/** Follow `#/id` and `#3.2.1`. */
function follow() {
  const hash = decoded(location.hash.slice(1));
  const node = hash[0] === "/" ? byId.get(hash.slice(1)) ?? byId.get(ids[data.was?.[hash.slice(1)] + 1]) : byNumber.get(hash);
  if (node) goTo(node);
  return Boolean(node);
}
