/**
 * What changed between editions, as a person sees it: a line that tells of marks kept apart, the dialog in which each is put
 * to an entry or forgotten, and a line that tells what is new.
 */

/** Marks kept apart that say anything. */
const straysHere = () => Object.entries(unknownMarks).filter(([, { s, note }]) => s !== "o" || note);

/** What was counted, in words: `one form|another`, in the CLDR's order. @param {string} text @param {number} number */
function counted(text, number) {
  const { lang } = /** @type {HTMLElement} */ (find("count").closest("[lang]"));
  const rules = new Intl.PluralRules(lang);
  const had = new Set(rules.resolvedOptions().pluralCategories);
  const order = /** @type {const} */ (["zero", "one", "two", "few", "many", "other"]).filter((category) => had.has(category));
  const forms = text.split("|");
  return fill(forms[Math.min(order.indexOf(rules.select(number)), forms.length - 1)], { count: number });
}

/** What went where by a guess. */
const guessesInWords = () => [...guesses].map(([leaf, title]) => `“${title}” → ${numbers[leaf]} ${outlineHere()[leaf].title}`).join("; ");

/** Tell what was guessed, what is kept apart and what is new. */
function paintNews() {
  const strays = host ? 0 : straysHere().length;
  const fresh = [...newcomers].filter(isLeaf).length;
  find("news").hidden = !strays && !fresh && !guesses.size;
  if (guesses.size) find("guesses").textContent = fill(words.guessed, { list: guessesInWords() });
  find("astray").hidden = !strays;
  find("fresh").hidden = !fresh;
  if (strays) find("straycount").textContent = counted(words.apart, strays);
  if (fresh) find("freshcount").textContent = counted(words.news, fresh);
  const option = find("state").querySelector("[value=new]");
  if (fresh && !option) find("state").append(new Option(words.new, "new"));
  if (!fresh) option?.remove();
  for (const node of decorated) paintNew(node);
  if (find("apart").open) paintStrays();
}

/** Mark what is new, unless the page was built with such a mark. @param {number} node */
function paintNew(node) {
  const label = labelOf(node);
  const mark = label?.querySelector(".new");
  if (!newcomers.has(node) || rowOf(node)?.querySelector(":scope>small>.n")) mark?.remove();
  else if (label && !mark) label.append(" ", make("small", words.new, "new"));
}

function showNew() {
  clearFilter();
  find("state").value = "new";
  applyFilter();
}

function forgetNew() {
  const filtered = find("state").value === "new";
  newcomers.clear();
  paintNews();
  if (filtered) applyFilter();
  remember();
  find("rows").focus({ preventScroll: true });
}

/** @param {string} name @param {string} text */
function make(name, text, className = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function openApart() {
  strayRows.clear();
  find("strays").replaceChildren();
  paintStrays();
  tellPlaced("");
  find("apart").showModal();
  nextStray();
}

/** @type {Map<string, HTMLElement>} */
const strayRows = new Map();
/** Show the first hundred; more come as those are dealt with. What is typed in one that stays, stays. */
function paintStrays() {
  const strays = straysHere();
  const likely = strays.length * size < 500000;
  for (const [id, row] of strayRows) if (!Object.hasOwn(unknownMarks, id) && strayRows.delete(id)) row.remove();
  for (const [id, mark] of strays.slice(0, 100)) {
    if (strayRows.has(id)) continue;
    strayRows.set(id, strayRow(id, mark, likely));
    find("strays").append(strayRows.get(id));
  }
}

const nextStray = () => find("strays").querySelector("input")?.focus();

/** @param {string} id @param {Mark} mark @param {boolean} likely whether to look for what is like it */
function strayRow(id, mark, likely) {
  const { s, on, note, title = "", where } = mark;
  const row = make("li", "");
  const state = s === "d" ? `${words.done} ${dayText(on)}` : s === "s" ? words.skipped : "";
  const forget = make("button", words.forget);
  forget.setAttribute("aria-label", `${words.forget}: ${title}`);
  forget.addEventListener("click", () => forgetStrays([id]));
  const field = /** @type {HTMLInputElement} */ (make("input", ""));
  field.type = "search";
  field.placeholder = words.put_to;
  field.autocomplete = "off";
  field.setAttribute("aria-label", `${title}: ${words.put_to}`);
  const choices = make("ol", "");
  choices.role = "list";
  const show = () => {
    const found = field.value.trim() ? leavesWith(field.value) : likely ? leavesLike(mark) : [];
    choices.replaceChildren(...found.map((leaf) => choiceRow(id, leaf)));
  };
  field.addEventListener("input", show);
  row.addEventListener("keydown", (event) => moveChoice(event, [field, ...choices.querySelectorAll("button")]));
  show();
  row.append(make("strong", title), forget, make("small", [where, state.trim()].filter(Boolean).join(" · ")));
  if (note) row.append(make("q", note));
  row.append(field, choices);
  return row;
}

/** Go through choices by arrows; Enter in the field takes the first. @param {KeyboardEvent} event @param {HTMLElement[]} stops */
function moveChoice(event, stops) {
  const at = stops.indexOf(/** @type {HTMLElement} */ (event.target));
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Enter" && !at && /** @type {HTMLInputElement} */ (stops[0]).value.trim()) stops[1]?.click();
  else if (at >= 0 && by) stops[at + by]?.focus();
  else return;
  event.preventDefault();
}

/** @param {string} id @param {number} leaf */
function choiceRow(id, leaf) {
  const row = make("li", "");
  const choice = make("button", "");
  const { title, where } = aboutEntry(outlineHere(), leaf);
  choice.append(make("b", numbers[leaf]), make("span", title), make("small", where));
  choice.addEventListener("click", () => putStray(id, leaf));
  row.append(choice);
  return row;
}

/** @type {string[] | null} */
let nodeTexts = null;
/** Number and title of each node, for finding. */
const textsToFind = () => (nodeTexts ??= outlineHere().map(({ title }, node) => (node ? simple(`${numbers[node]} ${title}`) : "")));

/** Nodes whose number and title have all the words that were typed. @param {string} query */
function nodesWith(query) {
  const titled = textsToFind();
  const asked = simple(query).split(/\s+/).filter(Boolean);
  return [...titled.keys()].filter((node) => node && asked.every((word) => titled[node].includes(word)));
}

/** Leaves whose number and title have all the words that were typed; open ones first. @param {string} query */
function leavesWith(query) {
  const found = nodesWith(query).filter(isLeaf);
  return [...found.filter((leaf) => marks[leaf].s === "o"), ...found.filter((leaf) => marks[leaf].s !== "o")].slice(0, 6);
}

/** @type {Words[] | null} */
let leafWords = null;
/** Open leaves that an entry may have become: what the matcher doubted, then the most alike. @param {Mark} mark */
function leavesLike({ title = "", near: doubt = "" }) {
  leafWords ??= outlineHere().map((entry) => takeApart(entry.title));
  const wanted = takeApart(title);
  const ranked = [];
  for (const leaf of leavesOf(0)) {
    const value = likeness(wanted, leafWords[leaf]);
    if (value >= DOUBTFUL) ranked.push([-value, leaf]);
  }
  const doubted = byId.has(doubt) ? [...leavesOf(byId.get(doubt) ?? 0)] : [];
  const found = [...doubted, ...ranked.toSorted(byNumbers).map(([, leaf]) => leaf)].filter((leaf) => marks[leaf].s === "o");
  return [...new Set(found)].slice(0, 3);
}

/** Give a mark to a leaf; notes of both stay. @param {string} id @param {number} leaf */
function putStray(id, leaf) {
  const { s, on, note } = unknownMarks[id];
  const mine = marks[leaf];
  const at = Date.now();
  const state = s === "o" ? mine : { s, on, at };
  const notes = note && note !== mine.note ? { note: [mine.note, note].filter(Boolean).join("\n"), noteAt: at } : {};
  step([[leaf, { ...mine, s: state.s, on: state.on, at: state.at, ...notes }]], [id]);
  goOn(fill(words.placed, { entry: `${numbers[leaf]} ${titleOf(leaf)}` }));
}

/** @param {string[]} strays */
function forgetStrays(strays) {
  step([], strays);
  goOn(counted(words.forgotten, strays.length));
}

const forgetAll = () => forgetStrays(straysHere().map(([id]) => id));

/** Tell what was done, and go on to the next, if there is one. @param {string} text */
function goOn(text) {
  if (straysHere().length) {
    tellPlaced(text);
    return nextStray();
  }
  find("apart").close();
  tell(text, "undo");
}

/** Tell in the dialog, which hides what else tells. @param {string} text */
function tellPlaced(text) {
  find("placedtext").textContent = text;
  find("unplace").hidden = !text;
}

function undoPlaced() {
  undo();
  tellPlaced("");
  nextStray();
}

/** Take marks from those kept apart. @param {string[]} placed */
function takeOut(placed) {
  const taken = Object.fromEntries(placed.map((id) => [id, unknownMarks[id]]));
  for (const id of placed) delete unknownMarks[id];
  if (placed.length) putBack({});
  return taken;
}

/** @param {Record<string, Mark>} apart */
function putBack(apart) {
  for (const [id, mark] of Object.entries(apart)) setApart(id, mark);
  soon();
  paintNews();
}
