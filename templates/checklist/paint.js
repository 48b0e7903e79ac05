/** What is seen of a node. Rows are found by their number; a row that is not built yet is painted when it is. */

/** @param {number} node @returns {HTMLElement | null} */
const rowOf = (node) => find(numbers[node]);

/** @param {Intl.DateTimeFormatOptions} options */
function dateFormat(options) {
  const { lang } = document.documentElement;
  try {
    return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { timeZone: "UTC", ...options });
  } catch {
    return new Intl.DateTimeFormat("en", { timeZone: "UTC", ...options });
  }
}
const browsers = {
  day: dateFormat({ weekday: "short", day: "numeric", month: "short" }),
  date: dateFormat({ day: "numeric", month: "short" }),
  date_year: dateFormat({ day: "numeric", month: "short", year: "numeric" }),
};

/**
 * A day in the words and the pattern of the page's language, or as the browser knows it.
 * @param {string} day @param {"day" | "date" | "date_year"} form
 */
function writtenDay(day, form) {
  const { dates } = data;
  const time = new Date(Date.parse(day));
  if (!dates) return browsers[form].format(time);
  const [weekday, month] = [(time.getUTCDay() + 6) % 7, time.getUTCMonth()];
  return fill(dates[form], {
    weekday: dates.weekdays[weekday],
    day: time.getUTCDate(),
    month: dates.months[month],
    month_alone: dates.months_alone?.[month],
    number: month + 1,
    year: time.getUTCFullYear(),
  });
}

/** A day as people say it; with its year when that is another. @param {string} day @param {string} [now] */
function dayText(day, now = today()) {
  return Date.parse(day) ? writtenDay(day, day.slice(0, 4) === now.slice(0, 4) ? "day" : "date_year") : day;
}

/** Whether a planned day may be told to the day, for no plan is exact beyond two weeks. @param {string} day */
const isNear = (day) => day <= plus(today(), 14);

/** By when something is planned. @param {string} day */
const byText = (day) => (isNear(day) ? fill(words.by, { date: planText(day) }) : planText(day));

/** A planned day as exactly as a plan can be: within two weeks its day, further off its week. @param {string} day */
function planText(day) {
  if (isNear(day)) return dayText(day);
  const monday = plus(day, -((new Date(Date.parse(day)).getUTCDay() + 6) % 7));
  const form = monday.slice(0, 4) === today().slice(0, 4) ? "date" : "date_year";
  return fill(words.week_of, { day: writtenDay(monday, form) });
}

/** @param {number} low @param {number} high */
function hoursText(low, high) {
  const [from, to] = [low, high].map((hours) => String(Math.round(hours * 10) / 10).replace(".", words.decimal));
  return fill(words.hours, { n: from === to ? from : `${from}–${to}` }).replace(" ", "\u00a0");
}

/** @param {number} node */
function paint(node) {
  if (!node) return paintWhole();
  const row = rowOf(node);
  const box = row?.querySelector("input");
  if (!row || !box) return;
  const state = stateOf(node);
  if (box.checked !== (state === "d")) box.checked = state === "d";
  row.classList.toggle("d", state === "d");
  row.classList.toggle("k", state === "s");
  if (isLeaf(node)) {
    paintInToday(node);
    return decorated.has(node) && paintLeaf(node, row);
  }
  box.indeterminate = state === "p";
  const { done, total, more, moreTotal } = tallies[node];
  const [some, all] = total ? [done, total] : [more, moreTotal];
  if (decorated.has(node)) {
    const bar = /** @type {HTMLProgressElement} */ (row.querySelector("progress"));
    bar.max = all || 1;
    bar.value = some;
    /** @type {Element} */ (bar.nextElementSibling).textContent = all ? `${some}/${all}` : "–";
  }
  if (above[node]) return;
  const part = all ? `${Math.floor((some * 100) / all)}\u00a0%` : "";
  find(`n${numbers[node]}`).textContent = state === "d" && all ? `✓ ${part}` : part;
}

function paintWhole() {
  const tally = tallies[0];
  const percent = percentOf(tally);
  find("ring").setAttribute("stroke-dasharray", percent === 100 ? "none" : `${percent} 100`);
  for (const id of ["percent", "far"]) find(id).textContent = `${percent}\u00a0%`;
  const parts = [fill(words.of, { ...tally, percent })];
  if (tally.moreTotal) parts.push(fill(words.more, tally));
  if (tally.skipped) parts.push(fill(words.skipped_count, { count: tally.skipped }));
  if (tally.high) parts.push(fill(words.left, { hours: hoursText(tally.low, tally.high) }));
  if (finish) parts.push(fill(words.finish, { day: planText(finish) }));
  find("count").textContent = parts.join(" · ");
  document.documentElement.classList.toggle("full", tally.total > 0 && tally.done === tally.total);
}

/** Paint some leaves and everything above them, each once. @param {Iterable<number>} leaves */
function paintAll(leaves) {
  const dirty = new Set(leaves);
  for (const node of dirty) if (node) dirty.add(above[node]);
  for (const node of dirty) paint(node);
}

/** Sections that a step has just made whole, and that nobody was told of yet. @type {Set<number>} */
const completed = new Set();
/** Mark a section that a tick made whole. @param {number} section */
function celebrate(section) {
  completed.add(section);
  rowOf(section)?.firstElementChild?.classList.add("just");
}

let telling = 0;
/**
 * Tell everybody, those who listen too; with a button for what to do about it.
 * @param {string} text @param {"undo" | "save" | ""} [remedy]
 */
function tell(text, remedy = "") {
  find("say").textContent = text;
  find("told").textContent = text;
  find("undo").hidden = remedy !== "undo";
  find("rescue").hidden = remedy !== "save";
  find("toast").hidden = false;
  clearTimeout(telling);
  if (remedy !== "save") telling = setTimeout(() => (find("toast").hidden = true), 8000);
}

let pending = 0;
/** @type {Set<number>} */
const recent = new Set();
/** After a step, when the page has been painted: everything that may take longer. @param {Map<number, Mark>} changes */
function later(changes) {
  for (const leaf of changes.keys()) recent.add(leaf);
  clearTimeout(pending);
  pending = setTimeout(() => {
    replan();
    refreshLink();
    announce();
    recent.clear();
  }, 300);
}

function announce() {
  const [leaf] = recent;
  const tally = tallies[0];
  if (!leaf) return;
  const topic = tallies[above[leaf]];
  const inside = above[leaf] ? `${numbers[above[leaf]]}: ${topic.done}/${topic.total}. ` : "";
  const all = tally.total && tally.done === tally.total;
  const whole = [...completed].map((section) => `${fill(words.part_done, { title: `${numbers[section]} ${titleOf(section)}` })} `).join("");
  completed.clear();
  find("say").textContent = all ? words.full : whole + inside + fill(words.of, { ...tally, percent: percentOf(tally) });
  if (all && recent.size && [...recent].some((done) => marks[done].s === "d")) tell(words.full);
}
