/**
 * What is seen of a node. Rows are found by their number; a row that is not built yet is painted when it is.
 */

/** @param {string} id @returns {any} */
const find = (id) => document.getElementById(id);

/** Tell everybody, those who listen too. @param {string} text */
function say(text) {
  find("say").textContent = text;
}

/** Fill a sentence's places. @param {string} sentence @param {Record<string, unknown>} values */
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** @param {number} node */
function paint(node) {
  if (!node) return paintWhole();
  const row = find(numbers[node]);
  const box = row?.querySelector("input");
  if (!box) return;
  const state = stateOf(node);
  box.checked = state === "d";
  row.classList.toggle("d", state === "d");
  row.classList.toggle("k", state === "s");
  if (isLeaf(node)) return;
  box.indeterminate = state === "p";
  const head = row.firstElementChild;
  const bar = head.querySelector("progress");
  const tally = tallies[node];
  bar.max = tally.total || 1;
  bar.value = tally.done;
  head.querySelector(".q").textContent = `${tally.done}/${tally.total}`;
}

function paintWhole() {
  const tally = tallies[0];
  const percent = percentOf(tally);
  find("ring").setAttribute("stroke-dasharray", `${percent} 100`);
  find("percent").textContent = `${percent}\u00a0%`;
  find("count").textContent = fill(words.of, { ...tally, percent });
}

/** Paint some leaves and everything above them, each once. @param {Iterable<number>} leaves */
function paintAll(leaves) {
  const dirty = new Set(leaves);
  for (const node of dirty) if (node) dirty.add(parent[node]);
  for (const node of dirty) paint(node);
}
