/** When: what is said of a node's day, and where. */

/** Whether the author's day is past. @param {number} node */
const isLate = (node) => Boolean(data.due?.[node - 1]) && data.due[node - 1] < today();

/** When a node is due, or else by when it is planned; which is late, in words. @param {number} node */
function dateText(node) {
  const own = data.due?.[node - 1];
  const day = own || planned.get(node);
  if (!day) return "";
  if (isLate(node)) return `${words.overdue} ${dayText(day)}`;
  return own ? fill(words.due, { date: dayText(day) }) : byText(day);
}

/** What stands at the end of a leaf's title: its day, or what became of it. @param {number} leaf */
function endText(leaf) {
  const { s, on } = marks[leaf];
  if (s === "d") return on ? `${words.done} ${dayText(on)}` : "";
  return s === "s" ? words.skipped : dateText(leaf);
}

/** @param {number} leaf @param {string} text */
function timeElement(leaf, text) {
  const time = /** @type {HTMLTimeElement} */ (make("time", text));
  time.dateTime = data.due?.[leaf - 1] || planned.get(leaf) || "";
  return time;
}

/** Write a node's day: behind a leaf's title, and on the small line of what has a heading. @param {number} node */
function paintDate(node) {
  const row = rowOf(node);
  if (!row) return;
  const written = row.querySelector(":scope>small time");
  if (!isLeaf(node)) {
    if (!written) return;
    const open = stateOf(node) !== "d" && stateOf(node) !== "s";
    written.textContent = dateText(node);
    written.classList.toggle("late", open && isLate(node));
    return;
  }
  if (written) {
    const about = /** @type {Element} */ (written.parentElement);
    written.remove();
    if (!about.children.length) about.remove();
  }
  const text = endText(node);
  let end = row.querySelector(".on");
  if (text && !end) {
    end = make("small", "", "on");
    labelOf(node).append(" ", end);
  }
  if (!end) return;
  end.replaceChildren(marks[node].s === "o" && text ? timeElement(node, text) : text);
  end.classList.toggle("late", marks[node].s === "o" && isLate(node));
}
