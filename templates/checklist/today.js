/**
 * What comes first on the page: what is overdue, planned for today and next, with boxes of their own. What is ticked there
 * stays in its place until the page is opened again, so that nothing moves under the finger.
 */

/** How many open entries there are at least, and at most. */
const TODAY = { least: 3, most: 6 };
/** The leaves of the list, in its order. @type {number[]} */
let todays = [];
/** Ticked in the list. @type {Set<number>} */
const tickedToday = new Set();

/** Whether something is due by today, or the plan has it begun. @param {number} leaf */
const isForToday = (leaf) => [fixedDue(leaf), begins.get(leaf)].some((day) => day && day <= today());

/** Fill the list: what was ticked in it, and what is to be done now. */
function paintToday() {
  const ready = upNext(TODAY.most);
  const urgent = ready.filter(isForToday);
  const open = ready.slice(0, Math.max(TODAY.least, urgent.length));
  const shownNow = [...open];
  for (const [at, leaf] of todays.entries()) if (tickedToday.has(leaf) && !open.includes(leaf)) shownNow.splice(at, 0, leaf);
  todays = shownNow;
  find("today").hidden = !todays.length;
  find("todayname").textContent = urgent.length ? words.today : words.next;
  const list = find("next");
  const rows = new Map([...list.children].map((row) => [Number(/** @type {HTMLElement} */ (row).dataset.node), row]));
  const wanted = todays.map((leaf) => /** @type {HTMLElement} */ (rows.get(leaf) ?? todayRow(leaf)));
  if (wanted.length !== list.children.length || wanted.some((row, at) => row !== list.children[at])) list.replaceChildren(...wanted);
  for (const row of wanted) paintTodayRow(row);
  const week = thisWeek().length;
  find("weekmore").hidden = week <= open.length;
  find("weekmore").textContent = `${words.week}: ${week}`;
}

/** @param {number} leaf */
function todayRow(leaf) {
  const row = make("li", "", `b${(Number(numbers[sectionOf(leaf)]) - 1) % 8}`);
  row.dataset.node = String(leaf);
  const label = make("label", "");
  const box = /** @type {HTMLInputElement} */ (make("input", ""));
  box.type = "checkbox";
  label.append(box, make("b", numbers[leaf]), " ", make("span", titleOf(leaf)), " ", make("small", "", "on"));
  const link = /** @type {HTMLAnchorElement} */ (make("a", "", "go"));
  link.href = `#${numbers[leaf]}`;
  link.setAttribute("aria-label", `${words.goto} ${numbers[leaf]}`);
  row.append(label, link);
  return row;
}

/** @param {HTMLElement} row */
function paintTodayRow(row) {
  const leaf = Number(row.dataset.node);
  const { s } = marks[leaf];
  const box = /** @type {HTMLInputElement} */ (row.querySelector("input"));
  box.checked = s === "d";
  row.classList.toggle("d", s === "d");
  const day = /** @type {HTMLElement} */ (row.querySelector(".on"));
  day.textContent = s === "d" ? "" : dateText(leaf);
  day.classList.toggle("late", s === "o" && isLate(leaf));
}

/** Paint what the list shows of a leaf, at once. @param {number} leaf */
function paintInToday(leaf) {
  const row = /** @type {HTMLElement | null} */ (find("next").querySelector(`[data-node="${leaf}"]`));
  if (row) paintTodayRow(row);
}

/** Go to the list of today, or from it to the whole. */
function goToday() {
  const heading = find("todayname");
  const inside = find("today").contains(document.activeElement);
  const first = inside || find("today").hidden ? document.querySelector("main section input") : null;
  const target = /** @type {HTMLElement} */ (first ?? find("next").querySelector("input") ?? heading);
  target.focus({ preventScroll: true });
  (first?.closest("section") ?? find("today")).scrollIntoView({ block: "start" });
}

/** Show all that is planned for this week. */
function showWeek() {
  clearFilter();
  find("state").value = "week";
  applyFilter();
  openFilters(true);
}
