/**
 * What next, what this week, and when all is done: from the author's dates, what needs what, and the pace. The plan is made
 * anew from what is still open, in the order in which the roadmap was planned.
 */

/** The last day of work, as the plan stands now. */
let finish = "";
/** The day each open leaf is done by, in the plan as it stands now. @type {Map<number, string>} */
const planned = new Map();

/** @param {string} day @param {number} days */
const plus = (day, days) => new Date(Date.parse(day) + days * 864e5).toISOString().slice(0, 10);

/** The author's date of a leaf or the nearest above it. @param {number} leaf @returns {string} */
function fixedDue(leaf) {
  for (let node = leaf; node; node = above[node]) if (data.due?.[node - 1]) return data.due[node - 1];
  return "";
}

/** @param {number} leaf */
const dueOf = (leaf) => fixedDue(leaf) || planned.get(leaf) || "";

/** Whether all that a leaf and everything above it needs is done. @param {number} leaf */
function isReady(leaf) {
  for (let node = leaf; node; node = above[node]) {
    for (const need of data.needs?.[node - 1] ?? []) if (!["d", "s"].includes(stateOf(need + 1))) return false;
  }
  return true;
}

/** The open leaves in the order of the plan, else in reading order. */
function* openLeaves() {
  const order = data.order;
  for (let place = 0; place < size; place++) {
    const leaf = order ? order[place] + 1 : place + 1;
    if (order && place >= order.length) return;
    if (isLeaf(leaf) && marks[leaf].s === "o" && !optional[leaf]) yield leaf;
  }
}

/** The first leaves that can be begun now: overdue ones first. @param {number} limit */
function upNext(limit) {
  const late = [];
  const ready = [];
  const now = today();
  for (const leaf of openLeaves()) {
    if (!isReady(leaf)) continue;
    const due = fixedDue(leaf);
    if (due && due < now) late.push(leaf);
    else if (ready.length < limit) ready.push(leaf);
    if (!data.due && ready.length >= limit) break;
  }
  return [...late, ...ready].slice(0, limit);
}

/** What is due until Sunday, overdue things too. */
function thisWeek() {
  const now = today();
  const sunday = plus(now, (7 - new Date(Date.parse(now)).getUTCDay()) % 7);
  return [...openLeaves()].filter((leaf) => dueOf(leaf) && dueOf(leaf) <= sunday);
}

/** Lay out what is open over the days of work from today. */
function replan() {
  planned.clear();
  finish = "";
  if (data.pace) {
    const { hours, per, days, off } = data.pace;
    const share = per === "day" ? hours : hours / days.length;
    const first = data.start > today() ? data.start : today();
    let day = plus(first, -1);
    let left = 0;
    /** @param {string} date */
    const isWork = (date) =>
      days.includes((new Date(Date.parse(date)).getUTCDay() + 6) % 7) &&
      !off.some((/** @type {string[]} */ [from, to]) => from <= date && date <= to);
    let spare = 40000;
    for (const leaf of openLeaves()) {
      const [low, high] = hoursOf(leaf);
      let work = (low + high) / 2;
      while ((work > left + 1e-9 || day < first) && spare-- > 0) {
        work -= left;
        left = 0;
        day = plus(day, 1);
        if (isWork(day)) left = share;
      }
      if (spare <= 0) break;
      left -= work;
      planned.set(leaf, day);
      finish = day;
    }
    if (spare <= 0) finish = "";
  }
  paintWhole();
  for (const node of decorated) paintDate(node);
  paintNext();
}

/** Write when a node is due, the author's day or the plan's; say in words which is late. @param {number} node */
function paintDate(node) {
  const row = rowOf(node);
  const own = data.due?.[node - 1];
  const day = own || planned.get(node);
  let time = row?.querySelector(":scope>small time");
  if (!row || (!day && !time)) return;
  if (!time) {
    let about = row.querySelector(":scope>small");
    if (!about) {
      about = document.createElement("small");
      row.querySelector(":scope>.a")?.after(about);
    }
    time = document.createElement("time");
    about.append(" ", time);
  }
  const open = stateOf(node) !== "d" && stateOf(node) !== "s";
  const late = open && day < today();
  const hidden = !day || (!open && !own);
  const about = /** @type {HTMLElement} */ (time.parentElement);
  /** @type {HTMLElement} */ (time).hidden = hidden;
  about.hidden = hidden && about.children.length < 2;
  time.classList.toggle("late", late);
  if (day) time.textContent = `${late ? words.overdue : words.due} ${own ? dayText(day) : planText(day)}`;
}

function paintNext() {
  const items = upNext(3).map((leaf) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${numbers[leaf]}`;
    const number = document.createElement("b");
    number.textContent = numbers[leaf];
    const title = document.createElement("span");
    title.textContent = titleOf(leaf);
    link.append(number, title);
    item.append(link);
    item.className = `b${(Number(numbers[sectionOf(leaf)]) - 1) % 8}`;
    return item;
  });
  find("next").replaceChildren(...items);
  find("nextbox").hidden = !items.length;
}
