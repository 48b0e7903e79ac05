/** The mentor's page: rows are sorted, found and narrowed where they stand; without a script all of them are there. */

document.documentElement.classList.add("js");

/** @typedef {{ row: HTMLTableRowElement, name: string, cells: (number | string | null)[], marks: string }} Learner */

const tables = [...document.querySelectorAll("table.learners")].map((table, at) => {
  const body = /** @type {HTMLTableElement} */ (table).tBodies[0];
  /** @type {Learner[]} */
  const learners = [...body.rows].map((row, place) => {
    const [marks, ...cells] = data.tables[at][place];
    const text = /** @type {string} */ (row.textContent);
    return { row, name: simple(text), cells: [simple(row.cells[0].textContent ?? ""), ...cells], marks };
  });
  return { table, body, learners };
});

/** Nothing known comes last, whichever way it is sorted. @param {number} column @param {number} way */
const order = (column, way) => (/** @type {Learner} */ one, /** @type {Learner} */ other) => {
  const [mine, theirs] = [one.cells[column], other.cells[column]];
  if (mine === null || theirs === null) return Number(mine === null) - Number(theirs === null);
  if (typeof mine === "string") return way * mine.localeCompare(String(theirs), document.documentElement.lang);
  return way * (mine - Number(theirs));
};

for (const { table, body, learners } of tables) {
  const heads = [...table.querySelectorAll("thead th")];
  heads.forEach((head, column) => {
    head.querySelector("button")?.addEventListener("click", () => {
      const way = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
      body.append(...learners.toSorted(order(column, way)).map(({ row }) => row));
    });
  });
}

function narrow() {
  const asked = simple(find("find").value.trim());
  const mark = find("show").value;
  let count = 0;
  for (const { learners } of tables) {
    for (const { row, name, marks } of learners) {
      row.hidden = !name.includes(asked) || !(mark === "" || marks.includes(mark[0]));
      count += Number(!row.hidden);
    }
  }
  find("found").textContent = asked || mark ? (count ? fill(words.found, { count }) : words.none) : "";
}

/** What is searched for stays in the address, so that a reload keeps it. */
find("find").value = decoded(location.hash.slice(1));
narrow();
find("find").addEventListener("input", () => {
  history.replaceState(null, "", `#${encodeURIComponent(find("find").value)}`);
  narrow();
});
find("show").addEventListener("change", narrow);
