/**
 * Finding one's way: search, filters, and what is seen of them. Matching works on the numbers of the model and on texts
 * read once, so that it knows of rows that are not built; only rows that change are touched.
 */

/** What each row says, small and without accents; made at the first search. @type {string[] | null} */
let texts = null;
/** 1: the node is shown. */
const shown = new Uint8Array(size + 1).fill(1);
/** Found by the words themselves, as opposed to shown for what is below. @type {number[]} */
let matched = [];
/** Notes opened to show what was found in them. @type {Set<HTMLDetailsElement>} */
const opened = new Set();

/** @param {number} node */
const isShown = (node) => shown[node] === 1;

/** The same with every letter at its old place. @param {string} text */
const simpleInPlace = (text) => [...text].map((sign) => simple(sign).padEnd(sign.length).slice(0, sign.length)).join("");

/** The text of markup that this program has written. @param {string} html @param {string} gap what stands for a tag @returns {string} */
function textOf(html, gap = " ") {
  const plain = html.replace(/<[^>]*>/g, gap);
  const signs = { lt: "<", gt: ">", quot: '"', "#x27": "'", nbsp: " ", amp: "&" };
  return plain.replace(/&(lt|gt|quot|#x27|nbsp|amp);/g, (_, name) => signs[/** @type {"lt"} */ (name)]);
}

function readTexts() {
  /** @type {string[]} */
  const read = [""];
  texts = read;
  for (let node = 1; node <= size; node++) {
    const row = rowOf(node);
    if (!row) continue;
    const own = [...row.children].filter((part) => !part.matches("ul:not(.l),noscript,textarea"));
    read[node] = simple(own.map((part) => part.textContent).join(" "));
    for (const [at, html] of waitingRows(node).entries()) read[node + 1 + at] = simple(textOf(`<${html}`));
  }
}

/** The markup of a section's rows that are not built yet, each without its beginning. @param {number} section */
const waitingRows = (section) => rowOf(section)?.querySelector(":scope>noscript")?.textContent?.split("<li id=").slice(1) ?? [];

/** @param {number} node */
const tagsOf = (node) => {
  const found = [];
  for (let upper = node; upper; upper = above[upper]) found.push(...(data.tags?.[upper - 1] ?? []));
  return found;
};

/** What the two lists ask of a leaf. @returns {(leaf: number) => boolean} */
function condition() {
  const state = find("state").value;
  const [what, value] = find("pick").value.split(":");
  const asked = { open: "o", done: "d", skipped: "s" }[/** @type {"open"} */ (state)];
  const all = new Set(Object.entries(data.kinds ?? {}).flatMap(([kind, nodes]) => (value === "task" || value === kind ? nodes : [])));
  const ofKind = (/** @type {number} */ leaf) => all.has(leaf - 1) === (value !== "task");
  const set = state === "week" ? new Set(thisWeek()) : state === "next" ? new Set(upNext(7)) : state === "new" ? newcomers : null;
  return (leaf) =>
    (!asked || marks[leaf].s === asked) &&
    (!set || set.has(leaf)) &&
    (!what || (what === "tag" ? tagsOf(leaf).includes(value) : ofKind(leaf)));
}

/** Show what is asked for, in one section or everywhere. @param {number} [only] */
function applyFilter(only = 0) {
  const query = simple(find("search").value).split(/\s+/).filter(Boolean);
  const filtered = Boolean(query.length || find("state").value || find("pick").value);
  if (query.length && !texts) readTexts();
  const passes = condition();
  const next = new Uint8Array(size + 1);
  const inside = new Uint8Array(size + 1);
  matched = [];
  let found = 0;
  for (let node = 1; node <= size; node++) {
    const own = !query.length || query.every((word) => texts?.[node]?.includes(word) || simple(marks[node].note).includes(word));
    inside[node] = own || inside[above[node]] ? 1 : 0;
    if (query.length && own) matched.push(node);
    if (!isLeaf(node) || !inside[node] || !passes(node)) continue;
    found++;
    for (let upper = node; upper && !next[upper]; upper = above[upper]) next[upper] = 1;
  }
  if (!filtered) next.fill(1);
  const [from, to] = only ? [only, last[only]] : [1, size];
  for (let node = from; node <= to; node++) {
    if (!only && next[node] === shown[node]) continue;
    shown[node] = next[node];
    const row = rowOf(node);
    if (row) row.hidden = !next[node];
  }
  if (only) return;
  document.documentElement.classList.toggle("filtered", filtered);
  find("found").textContent = filtered ? fill(words.found, { count: query.length ? matched.filter((node) => next[node]).length : found }) : "";
  find("none").hidden = !filtered || found > 0;
  find("clear").hidden = !filtered;
  if (query.length) openMatches();
  highlight(query);
  keepView();
}

/** Build sections with matches until there is enough to look at; the others stay folded, and open with a click. */
function openMatches() {
  let rows = 0;
  for (let section = 1; section <= size && rows < 2000; section = last[section] + 1) {
    if (!shown[section] || !rowOf(section)?.querySelector(":scope>noscript")) continue;
    rows += last[section] - section;
    fold(section, false);
  }
}

/** Mark what was found, without touching the page (CSS Custom Highlight API). @param {string[]} query */
function highlight(query) {
  for (const details of opened) details.open = false;
  opened.clear();
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("found");
  /** @type {Range[]} */
  const ranges = [];
  for (const node of query.length ? matched.slice(0, 200) : []) {
    const row = rowOf(node);
    if (!row) continue;
    for (const part of row.children) {
      if (part.matches("ul:not(.l),noscript,textarea")) continue;
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = /** @type {Text} */ (walker.currentNode);
        const plain = simpleInPlace(text.data);
        for (const word of query) {
          const start = plain.indexOf(word);
          if (start < 0) continue;
          const range = new Range();
          range.setStart(text, start);
          range.setEnd(text, start + word.length);
          ranges.push(range);
          const details = text.parentElement?.closest("details");
          if (details && !details.open) {
            details.open = true;
            opened.add(details);
          }
        }
      }
    }
  }
  if (ranges.length) CSS.highlights.set("found", new Highlight(...ranges));
}

function clearFilter() {
  for (const id of ["search", "state", "pick"]) find(id).value = "";
  applyFilter();
}
