/**
 * Ticks: kept under the keys of the checklist's page (`checklist/store.js`), so that both pages of a roadmap, on one machine,
 * show the same. A tick goes into the entry of what sections lack yet, which that page takes in.
 *
 * @typedef {{s: "o" | "d" | "s", on: string, at: number, note: string, noteAt: number}} Mark As the checklist keeps it.
 * @typedef {{node: MapNode, given: "o" | "d" | "s", optional: boolean, mark: Mark, box: SVGUseElement | null}} Leaf
 */

const prefix = storagePrefix(namePart(data.learner ?? ""));
/** By their ids in the roadmap. @type {Map<string, Leaf>} */
const leaves = new Map();
/** What a node says of its progress, and where. @type {Map<MapNode, {done: number, total: number, said: Text | undefined}>} */
const tallies = new Map();

/** @param {number} done @param {number} total */
const progressText = (done, total) => fill(words.counted, { done, total, percent: total ? Math.floor((done * 100) / total) : 0 });

for (const [at, s, optional, on, second] of data.leaves ?? []) {
  const node = nodes[at];
  const mark = { s, on, at: second * 1000, note: "", noteAt: 0 };
  const box = /** @type {SVGUseElement | null} */ (node.group.querySelector("use.mark"));
  leaves.set(node.id, { node, given: s, optional: Boolean(optional), mark, box });
  node.group.setAttribute("aria-checked", String(s === "d"));
  if (!box) continue;
  const [x, y] = ["x", "y"].map((name) => Number(box.getAttribute(name)));
  box.after(svgElement("rect", { class: "tick", x: x - 5, y: y - 5, width: 18, height: 18 }));
}
for (const [at, done, total] of data.counts ?? []) {
  const walker = document.createTreeWalker(nodes[at].group, NodeFilter.SHOW_TEXT);
  let said;
  while (walker.nextNode()) {
    const text = /** @type {Text} */ (walker.currentNode);
    if (text.parentElement?.nodeName !== "title" && text.data.includes(progressText(done, total))) said = text;
  }
  tallies.set(nodes[at], { done, total, said });
}

/** When a mark was made; one that knows only its day counts from its beginning. @param {Mark} mark */
const madeAt = ({ at, on }) => at || Date.parse(on) || 0;

/** Show the state of a leaf, and what all above it say. @param {Leaf} leaf @param {Mark} mark */
function setMark(leaf, mark) {
  const { node, box, optional } = leaf;
  const before = leaf.mark.s;
  leaf.mark = mark;
  if (before === mark.s) return;
  node.group.classList.toggle("done", mark.s === "d");
  node.group.classList.toggle("skipped", mark.s === "s");
  node.group.setAttribute("aria-checked", String(mark.s === "d"));
  if (box) {
    const [, kind, more] = /** @type {RegExpMatchArray} */ (/^#m(.)[dx]?(o?)$/.exec(box.getAttribute("href") ?? ""));
    box.setAttribute("href", `#m${kind}${{ o: "", d: "d", s: "x" }[mark.s]}${more}`);
    box.classList.toggle("done", mark.s === "d");
  }
  if (optional) return;
  const done = Number(mark.s === "d") - Number(before === "d");
  const total = Number(mark.s !== "s") - Number(before !== "s");
  for (let above = node.parent; above; above = above.parent) retell(above, done, total);
}

/** Let a node tell of so much more that is done. @param {MapNode} node @param {number} done @param {number} total */
function retell(node, done, total) {
  const tally = tallies.get(node);
  if (!tally) return;
  const old = progressText(tally.done, tally.total);
  tally.done += done;
  tally.total += total;
  const now = progressText(tally.done, tally.total);
  if (tally.said) tally.said.data = tally.said.data.replace(old, now);
  node.group.setAttribute("aria-label", (node.group.getAttribute("aria-label") ?? "").replace(old, now));
  if (node !== root) node.group.classList.toggle("done", tally.total > 0 && tally.done === tally.total);
  const track = node.group.querySelector(".track");
  if (!track) return;
  let bar = node.group.querySelector(".bar");
  if (!bar) {
    bar = /** @type {Element} */ (track.cloneNode());
    bar.setAttribute("class", "bar");
    track.after(bar);
  }
  const share = tally.total ? tally.done / tally.total : 0;
  bar.setAttribute("width", String(Number(track.getAttribute("width")) * share));
}

/** What is kept under a key. @param {string | null} text @returns {Record<string, Mark>} */
function parseMarks(text) {
  try {
    return Object(JSON.parse(text || "{}"));
  } catch {
    return {};
  }
}

/** Take in marks, the newer one of each. @param {Record<string, Mark>} entry */
function takeMarks(entry) {
  for (const [id, mark] of Object.entries(entry)) {
    const leaf = leaves.get(id);
    if (leaf && ["o", "d", "s"].includes(mark?.s) && madeAt(mark) > madeAt(leaf.mark)) setMark(leaf, mark);
  }
}

function loadMarks() {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix) && key !== `${prefix}=`) takeMarks(parseMarks(localStorage.getItem(key)));
    }
  } catch {
    // what this browser does not keep it can't show; ticks then last as long as the page
  }
}

/** Tick a leaf, or take its tick back. @param {MapNode} node */
function tick(node) {
  const leaf = leaves.get(node.id);
  if (!leaf) return;
  const s = leaf.mark.s === "d" ? "o" : "d";
  setMark(leaf, { ...leaf.mark, s, on: s === "d" ? today() : "", at: Date.now() });
  try {
    const fresh = parseMarks(localStorage.getItem(`${prefix}+`));
    localStorage.setItem(`${prefix}+`, JSON.stringify({ ...fresh, [node.id]: leaf.mark }));
  } catch {
    find("found").textContent = words.unkept;
  }
}

addEventListener("storage", ({ key, newValue }) => {
  if (key?.startsWith(prefix) && key !== `${prefix}=`) takeMarks(parseMarks(newValue));
});
loadMarks();
