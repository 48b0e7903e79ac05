/** Buttons, keys, what one sees of them, and the beginning of everything. */

/** @type {any} */
let look = {};
const viewKey = `roadpress:view:${data.key}`;
let begun = false;

/** @param {string} key */
function readKey(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {object} value */
function writeKey(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // what can't be kept of a look is no loss worth a word; lost ticks are told by the store
  }
}

function applyLook() {
  const root = document.documentElement;
  root.dataset.theme = look.theme || root.dataset.theme || "auto";
  if (look.contrast != null) root.dataset.contrast = look.contrast;
  find("theme").value = root.dataset.theme;
  find("contrast").checked = root.dataset.contrast === "more";
  find("singles").checked = !look.quiet;
}

/** Remember folds, filters and the place on the page. */
function keepView() {
  if (!begun) return;
  const middle = document.elementFromPoint(innerWidth / 2, Math.min(200, innerHeight / 2));
  const node = nodeOf(middle);
  const [search, state, pick] = ["search", "state", "pick"].map((id) => find(id).value);
  const top = node ? Math.round(rowOf(node)?.getBoundingClientRect().top ?? 0) : 0;
  writeKey(viewKey, { folds: [...folds], search, state, pick, at: ids[node], top, y: Math.round(scrollY) });
}

/** @type {Record<string, (node: number) => void>} */
const actions = {
  fold: (node) => {
    fold(node, !folds.has(ids[node]));
    keepView();
  },
  act: (node) => openActions(node),
  note: (node) => {
    if (!isLeaf(node)) return tell(fill(words.no_note, { number: numbers[node] }));
    reveal(node);
    openNote(node).focus();
  },
  skip,
  markdown: (node) => copy(markdownOf(node), words.copied),
  address: (node) => copy(`${location.href.split("#")[0]}#/${encodeURI(ids[node])}`, words.link_copied),
  undo,
  save: saveFile,
  open: openFile,
  link: copyLink,
  foldall: () => foldAll(true),
  openall: () => foldAll(false),
  reset: () => setAll(leavesOf(0), "o"),
  print: () => print(),
  help: () => find("help").showModal(),
  clear: clearFilter,
  filters: () => openFilters(),
  about: () => unfoldAbout(),
  week: showWeek,
  palette: openPalette,
  share: handOut,
  apart: openApart,
  forgetall: forgetAll,
  unplace: undoPlaced,
  shownew: showNew,
  seen: forgetNew,
  hide: () => (find("toast").hidden = true),
};

/** @param {number} node */
function openActions(node) {
  const panel = find("actions");
  const box = rowOf(node)?.querySelector(".a")?.getBoundingClientRect();
  acting = node;
  find("actname").textContent = `${numbers[node]} ${titleOf(node)}`;
  find("actwhen").textContent = isLeaf(node) ? endText(node) : "";
  find("actnote").hidden = !isLeaf(node);
  const open = [...leavesOf(node)].some((leaf) => marks[leaf].s === "o");
  find("actskip").textContent = open ? words.skip : words.unskip;
  panel.showPopover();
  if (box) placeBelow(panel, box);
  panel.querySelector("button:not([hidden])")?.focus();
}

/** Put a panel below a button, within the window. @param {HTMLElement} panel @param {DOMRect} box */
function placeBelow(panel, box) {
  const { offsetWidth, offsetHeight } = panel;
  const left = document.dir === "rtl" ? box.left : box.right - offsetWidth;
  panel.style.left = `${Math.max(8, Math.min(left, innerWidth - offsetWidth - 8))}px`;
  panel.style.top = `${Math.max(8, Math.min(box.bottom + 4, innerHeight - offsetHeight - 8))}px`;
}
find("menu").addEventListener("toggle", () => placeBelow(find("menu"), find("more").getBoundingClientRect()));

async function openFile() {
  const picker = find("file");
  if (!("showOpenFilePicker" in window)) return picker.click();
  try {
    const [chosen] = await /** @type {any} */ (window).showOpenFilePicker();
    openText(await (await chosen.getFile()).text());
    handle = chosen;
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "AbortError") picker.click();
  }
}

find("file").addEventListener("change", async () => {
  const [file] = find("file").files;
  if (file) openText(await file.text());
  find("file").value = "";
});
document.addEventListener("click", ({ target }) => {
  const control = /** @type {HTMLElement} */ (target).closest?.("button");
  const action = control?.dataset.do;
  if (!action) return;
  const panel = control.closest("[popover]");
  const node = panel?.id === "actions" ? acting : nodeOf(control);
  if (panel) /** @type {any} */ (panel).hidePopover();
  actions[action](node);
});

/** The rows that can be reached by key, in order. */
const stops = () => [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#next input,main input[type=checkbox]"))];

/** @param {number} by */
function move(by) {
  const all = stops();
  let place = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (place < 0) place = all.findIndex((box) => box.getBoundingClientRect().top > 60) - (by > 0 ? 1 : 0);
  for (place += by; all[place] && !all[place].offsetParent; place += by);
  all[place]?.focus();
  all[place]?.scrollIntoView({ block: "nearest" });
}

/** @type {Record<string, (node: number) => void>} */
const keys = {
  j: () => move(1),
  k: () => move(-1),
  t: goToday,
  "/": () => find("search").focus(),
  "?": actions.help,
  u: undo,
};
/** Keys that act on the row that has the focus. @type {Record<string, string>} */
const rowKeys = { n: "note", s: "skip", c: "markdown", l: "address", f: "fold", m: "act" };
document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const command = event.ctrlKey || event.metaKey;
  const writing = target.matches("textarea,select,input:not([type=checkbox])");
  if (event.key === "Escape" && target === find("search")) return clearFilter();
  if (command && event.key === "s") {
    event.preventDefault();
    return saveFile();
  }
  if (command && event.key === "k" && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    return openPalette();
  }
  if (command && event.key === "z" && !writing && !event.shiftKey) {
    event.preventDefault();
    return undo();
  }
  if (command || event.altKey || writing || document.querySelector("dialog[open],:popover-open")) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!target.matches("#next input,main input")) return;
    event.preventDefault();
    return move(event.key === "ArrowDown" ? 1 : -1);
  }
  const node = nodeOf(target);
  const action = node && rowKeys[event.key] ? actions[rowKeys[event.key]] : look.quiet ? null : keys[event.key];
  if (!action || (rowKeys[event.key] === "fold" && isLeaf(node))) return;
  event.preventDefault();
  action(node);
});

/** Show the filters where there is no room for them otherwise. @param {boolean} [open] */
function openFilters(open = find("filter").ariaExpanded !== "true") {
  find("filter").ariaExpanded = String(open);
}

/** Show the whole of what the roadmap is about, or its beginning. */
function unfoldAbout() {
  const open = find("aboutmore").ariaExpanded !== "true";
  find("aboutmore").ariaExpanded = String(open);
  find("about").classList.toggle("whole", open);
  find("aboutmore").textContent = open ? words.less : words.about;
}

/** Offer the rest of what the roadmap is about, where it is cut. */
function offerAbout() {
  const { scrollHeight, clientHeight } = find("about");
  if (find("aboutmore").ariaExpanded !== "true") find("aboutmore").hidden = scrollHeight <= clientHeight + 2;
}
addEventListener("resize", offerAbout);

let searching = 0;
find("search").addEventListener("input", () => {
  clearTimeout(searching);
  searching = setTimeout(applyFilter, size > 5000 ? 200 : 60);
});
for (const id of ["state", "pick"]) find(id).addEventListener("change", () => applyFilter());
find("theme").addEventListener("change", () => setLook("theme", find("theme").value));
find("contrast").addEventListener("change", () => setLook("contrast", find("contrast").checked ? "more" : ""));
find("singles").addEventListener("change", () => setLook("quiet", find("singles").checked ? "" : "yes"));

/** @param {string} name @param {string} value */
function setLook(name, value) {
  look[name] = value;
  writeKey("roadpress:look", look);
  applyLook();
}

/** Let a page that a server shows be put on a home screen (Web Application Manifest). */
function offerHomeScreen() {
  if (!location.protocol.startsWith("http")) return;
  const link = document.createElement("link");
  const start = location.href.split("#")[0];
  const icons = [{ src: /** @type {HTMLLinkElement} */ (document.querySelector("link[rel=icon]")).href, sizes: "any", type: "image/svg+xml" }];
  const manifest = { name: document.title, short_name: document.title.slice(0, 24), id: start, start_url: start, display: "standalone", icons };
  link.rel = "manifest";
  link.href = `data:application/manifest+json,${encodeURIComponent(JSON.stringify(manifest))}`;
  document.head.append(link);
}

addEventListener("hashchange", () => openLink(location.hash) || follow());
addEventListener("pagehide", keepView);
addEventListener("visibilitychange", keepView);
addEventListener("beforeprint", decorateAll);

const wide = matchMedia("(min-width:75rem)");
const unfoldContents = () => (find("toc").open = wide.matches);
wide.addEventListener("change", unfoldContents);

function begin() {
  const view = /** @type {any} */ (parse(readKey(viewKey)));
  look = parse(readKey("roadpress:look"));
  load();
  applyLook();
  paintNews();
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("main input"))) {
    box.checked = stateOf(nodeOf(box)) === "d";
  }
  unfoldContents();
  const lazy = Boolean(data.lazy);
  for (const id of Array.isArray(view.folds) ? view.folds : []) if (byId.has(id)) folds.add(id);
  if (lazy && !Array.isArray(view.folds)) for (let node = 1; node <= size; node = last[node] + 1) folds.add(ids[node]);
  for (let node = 1; node <= size; node++) {
    if (!isLeaf(node) || marks[node].at || marks[node].s === "s") paint(node);
    if (!isLeaf(node) && folds.has(ids[node])) rowOf(node)?.classList.add("z");
    else if (lazy && !above[node]) build(node);
  }
  for (const id of ["search", "state", "pick"]) if (typeof view[id] === "string") find(id).value = view[id];
  if (view.search || view.state || view.pick) applyFilter();
  replan();
  drawIcons(find("rows"));
  watchRows(document.body);
  offerAbout();
  find("share").hidden = !("share" in navigator);
  offerHomeScreen();
  begun = true;
  document.documentElement.classList.add("begun");
  if (openLink(location.hash) || follow()) return;
  const place = byId.get(view.at);
  if (place && rowOf(place) && view.y) {
    const back = () => scrollBy(0, (rowOf(place)?.getBoundingClientRect().top ?? 0) - view.top);
    back();
    requestAnimationFrame(back);
  }
}
/** @type {any} */ (window).connected.then(begin);
