/** The outline as a tree to edit (WAI-ARIA tree view): each edit is a request, so that the text keeps its comments. */

/** Places of a row, as `commands/editing.py` writes it. */
const ID = 0, NUMBER = 1, TITLE = 2, DEPTH = 3, HOURS = 5, OPTIONAL = 6, ICON = 9, SPANS = 10;

const STYLES = { b: "b", i: "em", c: "code", s: "s", u: "u" };
const PICTURE = /((?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2})(?:[\p{Emoji_Modifier}\uFE0F]|\u200D\p{Extended_Pictographic})*)/u;

/** @param {string} name @param {string} text */
function part(name, text) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return made;
}

/** A title as it is read, its icon before it: styles as elements, signs such that they can be drawn. @param {any[]} row @returns {Node[]} */
function titleOf(row) {
  const spans = row[SPANS].length ? row[SPANS] : [[row[TITLE], ""]];
  const made = spans.flatMap(([text, styles]) => {
    const around = [...styles].reduce((/** @type {Node[]} */ inner, letter) => {
      const element = document.createElement(STYLES[letter]);
      element.append(...inner);
      return [element];
    }, signsIn(text));
    return around;
  });
  return row[ICON] ? [sign(row[ICON]), document.createTextNode(" "), ...made] : made;
}

/** @param {string} text @returns {Node[]} */
const signsIn = (text) => text.split(PICTURE).map((piece, place) => (place % 2 ? sign(piece) : document.createTextNode(piece)));

/** @param {string} text */
function sign(text) {
  const made = document.createElement("i");
  made.className = "sign";
  made.textContent = text;
  return drawSign(made);
}

/** Draw a sign with the outlines that the outputs have, once they are there; what is read and copied stays the sign. @param {HTMLElement} place */
function drawSign(place) {
  const text = place.textContent ?? "";
  if (place.firstElementChild || !document.getElementById(`icon-${text}`)) return place;
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${text}`);
  drawing.setAttribute("aria-hidden", "true");
  drawing.append(use);
  place.replaceChildren(drawing, part("hidden", text));
  return place;
}

export class Outline {
  /** @param {HTMLElement} tree @param {HTMLInputElement} hours @param {(action: string, id: string, value: string, focus: number) => void} edit @param {(name: string, values?: Record<string, string | number>) => string} word */
  constructor(tree, hours, edit, word) {
    Object.assign(this, { tree, hours, edit, word });
    /** @type {any[][]} */ this.rows = [];
    this.at = 0;
    /** What each row was made of: the same again is left as it stands. @type {WeakMap<Element, string>} */
    this.made = new WeakMap();
    tree.addEventListener("click", (event) => this.choose(this.placeOf(event), true));
    tree.addEventListener("dblclick", () => this.rename());
    tree.addEventListener("focusin", (event) => this.choose(this.placeOf(event), false));
    tree.addEventListener("keydown", (event) => this.key(event));
    hours.addEventListener("change", () => this.does("hours", hours.value));
  }

  /** @param {any[][]} rows */
  show(rows) {
    const focused = this.tree.contains(document.activeElement);
    this.rows = rows;
    this.at = Math.min(this.at, Math.max(rows.length - 1, 0));
    const old = new Map([...this.tree.children].map((item) => [this.made.get(item) ?? "", item]));
    let section = -1;
    let before = null;
    rows.forEach((row, place) => {
      if (row[DEPTH] === 1) section += 1;
      const key = `${section % 8} ${JSON.stringify(row)}`;
      const item = /** @type {HTMLElement} */ (old.get(key) ?? this.row(row, section, key));
      old.delete(key);
      item.setAttribute("aria-selected", String(place === this.at));
      item.tabIndex = place === this.at ? 0 : -1;
      item.dataset.place = String(place);
      const next = before ? before.nextElementSibling : this.tree.firstElementChild;
      if (next !== item) this.tree.insertBefore(item, next);
      before = item;
    });
    while (this.tree.children.length > rows.length) this.tree.lastElementChild?.remove();
    if (focused) this.item(this.at)?.focus();
    this.tell();
  }

  /** @param {any[]} row @param {number} section @param {string} key */
  row(row, section, key) {
    const item = document.createElement("div");
    item.className = `item b${section % 8}${row[OPTIONAL] ? " opt" : ""}`;
    item.setAttribute("role", "treeitem");
    item.setAttribute("aria-level", String(row[DEPTH]));
    item.style.setProperty("--depth", String(Math.min(row[DEPTH], 8)));
    const [number, title, hours] = ["n", "t", "h"].map((name) => item.appendChild(part(name, "")));
    number.textContent = row[NUMBER];
    title.dir = "auto";
    title.append(...titleOf(row));
    hours.textContent = row[HOURS] && this.word("h", { n: row[HOURS].replace("-", "–") });
    if (row[OPTIONAL]) title.dataset.opt = `(${this.word("optional")})`;
    this.made.set(item, key);
    return item;
  }

  /** The icons of the rows, and the pictures in their titles that something is said to lack. @param {(sign: string) => boolean} lacking @returns {string[]} */
  signs(lacking) {
    const found = new Set(this.rows.map((row) => row[ICON]).filter(Boolean));
    for (const row of this.rows) {
      row[TITLE].split(PICTURE).forEach((/** @type {string} */ piece, /** @type {number} */ place) => {
        if (place % 2 && !found.has(piece) && lacking(piece)) found.add(piece);
      });
    }
    return [...found].slice(0, 500);
  }

  /** Draw the signs that came, where they stand as text. */
  drawSigns() {
    for (const sign of this.tree.querySelectorAll("i.sign")) drawSign(/** @type {HTMLElement} */ (sign));
  }

  /** @param {Event} event */
  placeOf(event) {
    const item = /** @type {HTMLElement} */ (event.target).closest?.(".item");
    return item ? Number(/** @type {HTMLElement} */ (item).dataset.place) : -1;
  }

  /** @param {number} place */
  item(place) {
    return /** @type {HTMLElement | undefined} */ (this.tree.children[place]);
  }

  /** @param {number} place @param {boolean} focus */
  choose(place, focus) {
    if (!this.rows[place]) return;
    const old = this.item(this.at);
    const now = this.item(place);
    old?.setAttribute("aria-selected", "false");
    if (old) old.tabIndex = -1;
    this.at = place;
    now?.setAttribute("aria-selected", "true");
    if (now) now.tabIndex = 0;
    if (focus && !now?.contains(document.activeElement)) now?.focus();
    this.tell();
  }

  tell() {
    this.hours.value = this.rows[this.at]?.[HOURS] ?? "";
  }

  /** @param {string} action @param {string} [value] */
  does(action, value = "") {
    const row = this.rows[this.at];
    if (action === "rename") return this.rename();
    if (action === "add") return this.write(this.rows.length ? this.at : -1, "", (title) => this.edit("add", row?.[ID] ?? "", title, this.at));
    if (!row) return;
    this.edit(action, row[ID], value, this.placeAfter(action));
  }

  /** Where the entry will be, as well as one can say. @param {string} action */
  placeAfter(action) {
    const depth = this.rows[this.at][DEPTH];
    const size = (/** @type {number} */ place) => {
      let end = place + 1;
      while (this.rows[end] && this.rows[end][DEPTH] > this.rows[place][DEPTH]) end += 1;
      return end - place;
    };
    if (action === "down") {
      const next = this.at + size(this.at);
      return this.rows[next]?.[DEPTH] === depth ? this.at + size(next) : this.at;
    }
    if (action === "up") {
      let place = this.at - 1;
      while (place >= 0 && this.rows[place][DEPTH] > depth) place -= 1;
      return this.rows[place]?.[DEPTH] === depth ? place : this.at;
    }
    return this.at;
  }

  rename() {
    const row = this.rows[this.at];
    if (row) this.write(this.at, row[TITLE], (title) => title !== row[TITLE] && this.edit("rename", row[ID], title, this.at));
  }

  section() {
    this.write(-1, "", (title) => this.edit("add", "", title, this.rows.length));
  }

  /** Let a title be written in a row, or in a new one behind it. @param {number} place @param {string} old @param {(title: string) => void} done */
  write(place, old, done) {
    const field = document.createElement("input");
    field.value = old;
    field.dir = "auto";
    field.setAttribute("aria-label", this.word("title"));
    const holder = this.item(place)?.querySelector(".t");
    const before = [...(holder?.childNodes ?? [])];
    let row = null;
    if (!old || !holder) {
      row = document.createElement("div");
      row.className = "item";
      row.style.setProperty("--depth", String(place < 0 ? 1 : Math.min(this.rows[place][DEPTH] + 1, 8)));
      row.append(document.createElement("span"), field);
      if (place < 0) this.tree.append(row);
      else this.item(place)?.after(row);
    } else holder.replaceChildren(field);
    let ended = false;
    const end = (/** @type {boolean} */ take) => {
      if (ended) return;
      ended = true;
      const title = field.value.trim();
      if (row) row.remove();
      else if (holder) holder.replaceChildren(...before);
      this.item(Math.max(place, 0))?.focus();
      if (take && title) done(title);
    };
    field.addEventListener("blur", () => end(true));
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") end(true);
      if (event.key === "Escape") end(false);
    });
    field.focus();
    field.select();
    field.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const moves = event.altKey ? { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" } : {};
    const rtl = document.documentElement.dir === "rtl";
    const name = rtl && event.altKey ? { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" }[event.key] ?? event.key : event.key;
    const action = moves[name] ?? (event.altKey || event.ctrlKey || event.metaKey ? "" : { Enter: "rename", F2: "rename", Delete: "delete", Insert: "add" }[name]);
    const to = event.altKey ? undefined : { ArrowUp: this.at - 1, ArrowDown: this.at + 1, Home: 0, End: this.rows.length - 1 }[name];
    if (!action && to === undefined) return;
    event.preventDefault();
    if (action) this.does(action);
    else this.choose(Math.max(0, Math.min(this.rows.length - 1, to ?? 0)), true);
  }
}
