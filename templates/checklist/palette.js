/** The command palette: one field from which one goes to an entry, ticks it, filters, changes the look, or does what the menu offers. */

/** @typedef {{number?: string, text: string, node?: number, run: () => void}} Goal */
/** @type {Goal[]} */
let goals = [];
let aim = 0;

/** What can be done, in the words of the menu and of the lists. @returns {Goal[]} */
function commands() {
  const buttons = /** @type {NodeListOf<HTMLElement>} */ (find("menu").querySelectorAll("button:not([hidden],[data-do=palette])"));
  const text = (/** @type {Node} */ part) => (part.firstChild?.textContent ?? "").trim();
  const done = [...buttons].map((control) => ({ text: text(control), run: () => actions[control.dataset.do ?? ""](0) }));
  const picked = ["state", "pick"].flatMap((id) =>
    [...find(id).options].map((option) => ({ text: `${find("state").ariaLabel}: ${option.text}`, run: () => showOnly(id, option.value) })),
  );
  const looks = [...find("theme").options].map((option) => ({
    text: `${text(find("theme").parentElement)}: ${option.text}`,
    run: () => setLook("theme", option.value),
  }));
  return [{ text: words.today, run: goToday }, ...looks, ...picked, ...done];
}

/** @param {string} id @param {string} value */
function showOnly(id, value) {
  find(id).value = value;
  openFilters(true);
  applyFilter();
}

function openPalette() {
  const box = find("palette");
  find("goal").value = "";
  box.showModal();
  showGoals();
}

/** What fits the words that were typed: entries that begin so first, then others, and what can be done. */
function showGoals() {
  const asked = find("goal").value;
  const query = simple(asked).trim();
  const fits = commands().filter(({ text }) => query.split(/\s+/).every((word) => simple(text).includes(word)));
  const nodes = query ? nodesWith(asked).slice(0, 500) : todays;
  const startsSo = (/** @type {number} */ node) => numbers[node] === query || simple(outlineHere()[node].title).startsWith(query);
  const sorted = [...nodes.filter(startsSo), ...nodes.filter((node) => !startsSo(node))].slice(0, fits.length ? 6 : 9);
  goals = [
    ...sorted.map((node) => ({ number: numbers[node], text: outlineHere()[node].title, node, run: () => goTo(node) })),
    ...fits.slice(0, 9 - sorted.length),
  ];
  find("goals").replaceChildren(...goals.map(goalRow));
  choose(0);
}

/** @param {Goal} goal @param {number} at */
function goalRow({ number, text, node }, at) {
  const row = make("div", "", node ? `b${(Number(numbers[sectionOf(node)]) - 1) % 8}` : "");
  row.role = "option";
  row.id = `goal${at}`;
  if (number) row.append(make("b", number), " ");
  row.append(make("span", text));
  if (node && stateOf(node) === "d") row.append(" ", make("small", "✓"));
  row.addEventListener("click", () => reach(at, false));
  return row;
}

/** @param {number} at */
function choose(at) {
  aim = Math.max(0, Math.min(at, goals.length - 1));
  for (const [place, row] of [...find("goals").children].entries()) row.ariaSelected = String(place === aim);
  if (goals.length) find("goal").setAttribute("aria-activedescendant", `goal${aim}`);
  else find("goal").removeAttribute("aria-activedescendant");
  find("goals").children[aim]?.scrollIntoView({ block: "nearest" });
}

/** Do what was chosen, or tick the entry. @param {number} at @param {boolean} toTick */
function reach(at, toTick) {
  const goal = goals[at];
  if (!goal) return;
  find("palette").close();
  if (toTick && goal.node) tick(goal.node, stateOf(goal.node) !== "d", false);
  goal.run();
}

find("goal").addEventListener("input", showGoals);
find("palette").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) choose(aim + by);
  else if (event.key === "Enter") reach(aim, event.ctrlKey || event.metaKey);
  else if (event.key === "Escape") find("palette").close();
  else return;
  event.preventDefault();
});
