/** The page: what is pasted becomes a roadmap, is edited, and is seen in every output. */
import { bytes, Ended, Gone, ServerBackend, WorkerBackend } from "./backend.js";
import { lacksFont } from "./fonts.js";
import { Outline } from "./outline.js";
import { pictureOf } from "./picture.js";
import { allKept, forget, keep, packed, unpacked } from "./store.js";
import { speakFirstOf, word } from "./words.js";

/** @param {string} id */
const find = (id) => /** @type {any} */ (document.getElementById(id));
const encoder = new TextEncoder();
const OUTPUTS = ["checklist", "pdf", "mindmap", "ics", "markdown"];
const OPTIONS = { mindmap: { format: ["html"] } };

const state = {
  id: "",
  stem: "roadmap",
  text: "",
  /** @type {any[][]} */
  understood: [],
  progress: "",
  /** @type {any} what `read` said last of a text without mistakes */
  said: null,
  sound: false,
  /** @type {string[]} */
  before: [],
  version: 0,
  /** What the file holds, here: the text that was opened or saved last, and its version. */
  saved: "",
  file: "",
  edits: "outline",
  output: "checklist",
};
/** The version that each output shows. @type {Record<string, number>} */
const shown = {};
/** @type {any} */
let code = null;

// -- who answers ---------------------------------------------------------------------------------------------------------

const backend = HERE ? new ServerBackend(hear) : new WorkerBackend(hear);

/** @param {any} event */
function hear(event) {
  if (event.event === "progress") {
    find("bar").value = (event.loaded / event.total) * 100;
    find("loading").textContent = word("loading", { done: megabytes(event.loaded), total: megabytes(event.total) });
  } else if (event.event === "ready") find("load").classList.add("done");
  else if (event.event === "fetching") busy(word("fetching", { name: event.name, size: megabytes(event.size) }));
  else if (event.event === "files") withFiles(() => followFiles(event));
  else if (event.event === "failed") tell(word("failed", { why: event.message }));
}

/** @param {number} size */
const megabytes = (size) => decimal(size / 1e6);

/** @param {string} name @param {object} given @param {Uint8Array} [data] */
async function ask(name, given, data) {
  const clock = setTimeout(() => busy(word("working")), 400);
  try {
    return await backend.ask(name, { stem: state.stem, today: today(), ...given }, data);
  } catch (error) {
    tell(error instanceof Ended ? word("ended") : error instanceof Gone ? word("gone") : word("failed", { why: /** @type {Error} */ (error).message.split("\n").filter(Boolean).at(-1) ?? "" }));
    return { values: { error: [""] }, files: [] };
  } finally {
    clearTimeout(clock);
    busy("");
  }
}

let acts = 0;
/** Do something that takes a while; until all of that is done, the page says that it is busy. @param {() => unknown} act */
async function busily(act) {
  acts += 1;
  document.body.setAttribute("aria-busy", "true");
  try {
    await act();
  } finally {
    acts -= 1;
    if (!acts) document.body.removeAttribute("aria-busy");
  }
}

/** The day here. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** @param {string} text */
function busy(text) {
  find("busy").textContent = text;
  find("busy").hidden = !text;
}

/** @param {string} text */
function tell(text) {
  find("told").textContent = text;
  find("notice").hidden = !text;
}

// -- opening -------------------------------------------------------------------------------------------------------------

/** Make a roadmap of a document, or open one that is. @param {Uint8Array} data @param {string} name */
const open = (data, name) => busily(() => taken(data, name));

/** @param {Uint8Array} data @param {string} name */
async function taken(data, name) {
  tell("");
  const text = new TextDecoder().decode(data.subarray(0, 4096));
  if (/^(?:\s*(?:#.*)?\n)*roadpress:/.test(text.replaceAll("\r", ""))) {
    const stem = name.replace(/\.ya?ml$/i, "").replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 60);
    if (HERE) return state.id ? take(new TextDecoder().decode(data)) : begin({ text: new TextDecoder().decode(data), stem: state.stem });
    return begin({ text: new TextDecoder().decode(data), stem: name === "-" ? "roadmap" : stem || "roadmap" });
  }
  const { values } = await ask("import", { name }, data);
  if (values.error) return tell(values.error.join("\n") || find("told").textContent);
  if (HERE && state.id) {
    state.understood = values.understood;
    showUnderstood();
    return take(values.text);
  }
  await begin({ ...(HERE && { stem: state.stem }), text: values.text, understood: values.understood, notices: values.notices });
}

/** @param {{text: string, id?: string, stem?: string, understood?: any[][], progress?: string, notices?: string[]}} given */
async function begin({ text, id = crypto.randomUUID(), stem = "roadmap", understood = [], progress = "", notices = [] }) {
  Object.assign(state, { text, id, stem, understood, progress, said: null, before: [] });
  if (!HERE) await ask("progress", { clear: !progress }, encoder.encode(progress));
  find("empty").hidden = true;
  find("work").hidden = find("actions").hidden = find("plan").hidden = find("more").hidden = false;
  showUnderstood();
  code?.set(text);
  choose("edits", understood.length && innerWidth > 900 ? "source" : "outline");
  find("main").focus();
  if (notices.length) tell(notices.join("\n"));
  await changed();
}

/** Take the text as it now is: read it, then show what is seen of it. */
const changed = () => busily(read);

async function read() {
  state.version += 1;
  const mine = state.version;
  const { values } = await ask("read", { text: state.text });
  if (mine !== state.version) return;
  const { problems = [], ...said } = values;
  state.sound = !values.error;
  if (state.sound) {
    state.said = said;
    if (!spoken && (spoken = await speakFirstOf([said.language]))) showUnderstood();
    outline.show(said.outline);
    tellPlan();
    document.title = `${said.title} · roadpress`;
    find("name").textContent = said.title;
    find("tree").dir = said.direction;
  }
  showProblems(problems, values.error);
  code?.mark(problems);
  showUnsaved();
  keepSoon();
  await showOutput();
  if (mine === state.version) await showSigns();
}

/** @param {string} text @param {boolean} [fromCode] */
function take(text, fromCode = false) {
  if (text === state.text) return;
  state.before.push(state.text);
  if (state.before.length > 200) state.before.shift();
  find("undo").disabled = false;
  state.text = text;
  if (!fromCode) code?.set(text);
  return changed();
}

function undo() {
  const text = state.before.pop();
  find("undo").disabled = !state.before.length;
  if (text === undefined) return;
  state.text = text;
  code?.set(text);
  changed();
}

let waiting = 0;
const changedSoon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(changed, 300);
};

let keeping = 0;
function keepSoon() {
  clearTimeout(keeping);
  keeping = setTimeout(keepNow, 400);
}

async function keepNow() {
  clearTimeout(keeping);
  keeping = 0;
  if (HERE) return;
  const title = state.said?.title || word("untitled");
  const { id, stem, text, understood, progress } = state;
  if (!id) return;
  await keep({ id, stem, title, text, understood, progress, at: Date.now() }).catch(() => tell(word("unkept")));
}
addEventListener("pagehide", () => keeping && keepNow());
addEventListener("beforeunload", (event) => unsaved() && event.preventDefault());

// -- the file, where there is one ----------------------------------------------------------------------------------------

/** What is being read or written; what is heard of the files meanwhile may be of that. @type {Promise<unknown>} */
let atFiles = Promise.resolve();
/** The version of the progress file that the outputs show. */
let recorded = "";

const unsaved = () => HERE && !!state.id && state.text !== state.saved;

function showUnsaved() {
  if (!HERE) return;
  find("save").disabled = !unsaved();
  if (state.said) document.title = `${unsaved() ? "• " : ""}${state.said.title} · roadpress`;
}

/** Take what the file holds now. */
async function openFile() {
  const { values } = await ask("open", {});
  if (values.error) return tell(values.error.join("\n"));
  find("conflict").hidden = true;
  recorded = values.progress;
  Object.assign(state, { saved: values.text, file: values.version, stem: values.stem });
  if (values.version && state.id) await take(values.text);
  else if (values.version) await begin({ text: values.text, id: values.file, stem: values.stem });
  showUnsaved();
}

/** Do something with the files, after what is being done. @param {() => unknown} act */
const withFiles = (act) => (atFiles = atFiles.catch(() => {}).then(() => busily(act)));

async function saveFile() {
  if (!unsaved()) return;
  const { text } = state;
  const { values } = await ask("save", { text, version: state.file });
  if (values.error) return tell(values.error.join("\n") || find("told").textContent);
  find("conflict").hidden = !values.conflict;
  if (values.conflict) return;
  tell("");
  Object.assign(state, { saved: text, file: values.version });
  showUnsaved();
}

/** Follow what others write; what is not saved here stays, and that is told. @param {{roadmap: string, progress: string}} event */
async function followFiles({ roadmap, progress }) {
  if (roadmap !== state.file) {
    if (unsaved()) find("conflict").hidden = false;
    else await openFile();
  }
  if (progress === recorded) return;
  recorded = progress;
  await outputsAreOld();
  delete shown.checklist;
  await showOutput();
}

// -- what was understood, the outline, the text --------------------------------------------------------------------------

function showUnderstood() {
  find("tab-source").hidden = !state.understood.length;
  const kinds = ["section", "topic", "item", "note", "left"];
  find("legend").replaceChildren(
    ...kinds.map((kind) => {
      const part = document.createElement("span");
      part.className = `k-${kind}`;
      part.textContent = word(`k_${kind}`);
      return part;
    }),
  );
  find("lines").replaceChildren(
    ...state.understood.map(([line, kind, how, text]) => {
      const row = document.createElement("li");
      row.className = `k-${kinds.includes(kind) ? kind : "note"}`;
      for (const [name, content] of [["at", line || ""], ["how", how], ["what", text]]) {
        const part = document.createElement("span");
        part.className = name;
        part.textContent = content;
        if (name === "what") part.dir = "auto";
        row.append(part);
      }
      return row;
    }),
  );
}

/** @param {string} action @param {string} id @param {string} value @param {number} [place] */
const edit = (action, id, value, place = outline.at) => busily(() => edited(action, id, value, place));

/** @param {string} action @param {string} id @param {string} value @param {number} place */
async function edited(action, id, value, place) {
  const { values } = await ask("edit", { text: state.text, action, id, value });
  if (values.error) {
    tell(values.error.filter((/** @type {string} */ line) => !/^\s/.test(line)).join("\n") || find("told").textContent);
    return outline.tell();
  }
  tell("");
  outline.at = place;
  await take(values.text);
}

/** Have signs drawn that the outline shows: icons, and pictures in titles for which there is no font here. */
async function showSigns() {
  const there = new Set([...find("icons").children].map((symbol) => symbol.id.slice(5)));
  const signs = outline.signs(lacksFont).filter((sign) => !there.has(sign) && !refused.has(sign));
  if (!signs.length) return;
  for (const sign of signs) refused.add(sign); // once is enough, whatever comes of it
  const { values } = await ask("icons", { signs });
  const drawn = new DOMParser().parseFromString(values.symbols ?? "", "text/html");
  for (const symbol of drawn.querySelectorAll("symbol")) find("icons").append(document.importNode(symbol, true));
  outline.drawSigns();
}
/** @type {Set<string>} */
const refused = new Set();

const outline = new Outline(find("tree"), find("hours"), edit, word);

async function openYaml() {
  if (code) return;
  const [{ openCode }, { values }] = await Promise.all([import("./code.js"), ask("schema", {})]);
  if (code) return;
  code = openCode(find("code"), state.text, {
    schema: values.schema,
    label: "roadmap.yaml",
    change: (text) => {
      state.before.push(state.text);
      find("undo").disabled = false;
      state.text = text;
      state.version += 1;
      showUnsaved();
      changedSoon();
    },
  });
}

/** @param {any[]} problems @param {string[]} [error] */
function showProblems(problems, error) {
  const lines = problems.length ? problems : (error ?? []).filter(Boolean).map((message) => ({ message, hint: "" }));
  find("problems").hidden = !lines.length;
  find("problems").replaceChildren(
    ...lines.slice(0, 100).map((problem) => {
      const row = document.createElement("p");
      if (problem.line) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = `${problem.line}:${problem.column}`;
        button.addEventListener("click", async () => {
          choose("edits", "yaml");
          await openYaml();
          code.go(problem.line, problem.column);
        });
        row.append(button, " ");
      }
      row.append(problem.hint ? `${problem.message}; ${problem.hint}` : problem.message);
      return row;
    }),
  );
}

function tellPlan() {
  const { start, pace, simple_pace: simple, finish } = state.said;
  find("start").value = start;
  const found = /^([\d.]+)h\/(week|day)$/.exec(pace);
  find("pace").value = found ? Number(found[1]) * (found[2] === "day" ? 7 : 1) : "";
  find("pace").disabled = !simple;
  find("pace").title = simple ? "" : word("pace_yaml");
  find("finish").textContent = finish ? word("finish", { date: day(finish) }) : "";
}

/** @param {number} value */
const decimal = (value) => new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(value);

/** @param {string} iso */
function day(iso) {
  const date = new Date(`${iso}T12:00:00`);
  return new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short", year: "numeric" }).format(date);
}

// -- outputs -------------------------------------------------------------------------------------------------------------

/** Show the output that is looked at, if it shows an older text. */
const showOutput = () => busily(makeOutput);

async function makeOutput() {
  const name = state.output;
  if (!state.sound || shown[name] === state.version) return;
  if (name === "ics") {
    shown[name] = state.version;
    return showCalendar();
  }
  const version = state.version;
  const { values, files } = await ask("export", { text: state.text, output: name, options: OPTIONS[name] ?? {} });
  if (version !== state.version || values.error) return values.error && showProblems([], values.error);
  shown[name] = version;
  const view = find(`view-${name}`);
  if (name === "pdf") await showPdf(view, files[0][1]);
  else if (name === "markdown") {
    const text = document.createElement("pre");
    text.dir = "auto";
    text.textContent = new TextDecoder().decode(files[0][1]);
    view.replaceChildren(text);
  } else showPage(view, new TextDecoder().decode(files[0][1]), name);
}

/** Show a page of ours in a frame without an origin. @param {HTMLElement} view @param {string} html @param {string} name */
function showPage(view, html, name) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals");
  frame.title = word(name);
  const script = `<script${name === "checklist" ? " data-ticks" : ""}>${FRAME}</script>`;
  frame.srcdoc = html.replace(/^<!doctype html>/i, (type) => type + script);
  if (name === "checklist") checklist = frame;
  const old = /** @type {HTMLIFrameElement[]} */ ([...view.querySelectorAll("iframe")]);
  frame.name = `at ${Math.max(0, ...old.map((one) => Number(one.dataset.scrolled ?? 0)))}`;
  if (!old.length) return view.replaceChildren(frame);
  for (const one of old) one.dataset.old = "yes"; // it stays in sight until the new one is there
  frame.className = "coming";
  frame.addEventListener("load", () => {
    for (const one of old) one.remove();
    frame.className = "";
  });
  view.append(frame);
}

/** @type {HTMLIFrameElement | null} */
let checklist = null;
addEventListener("message", ({ source, data }) => {
  if (typeof data?.scrolled === "number") {
    const frame = [...document.querySelectorAll("iframe")].find((one) => one.contentWindow === source);
    if (frame) frame.dataset.scrolled = String(data.scrolled);
  }
  if (!checklist?.isConnected || checklist.contentWindow !== source) return;
  if (typeof data?.ticks === "string" && data.ticks.length < 8e6) withFiles(() => takeTicks(data.ticks));
});

/** @param {string} ticks what the checklist says */
async function takeTicks(ticks) {
  const { values } = await ask("tick", { text: state.text }, encoder.encode(ticks));
  if (values.error) return tell(values.error.join("\n") || find("told").textContent);
  state.progress = values.progress;
  recorded = values.version;
  await keepNow();
  await outputsAreOld();
  await showOutput();
}

/** What is done has changed: every output but the checklist, which shows it already, and the plan are made anew. */
async function outputsAreOld() {
  for (const name of OUTPUTS) if (name !== "checklist") delete shown[name];
  const { values } = await ask("read", { text: state.text });
  if (values.error || !state.said) return;
  state.said = values;
  tellPlan();
}

/** @param {HTMLElement} view @param {Uint8Array} data */
async function showPdf(view, data) {
  const pdf = await import("./lib/pdf.min.mjs");
  pdf.GlobalWorkerOptions.workerSrc = new URL("./lib/pdf.worker.min.mjs", import.meta.url).href;
  const opened = await pdf.getDocument({ data, enableXfa: false }).promise;
  const pages = document.createElement("div");
  pages.className = "pages";
  const first = await opened.getPage(1);
  const width = Math.min(900, Math.max(280, view.clientWidth - 32));
  const size = first.getViewport({ scale: width / first.getViewport({ scale: 1 }).width });
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        drawn(opened, /** @type {HTMLCanvasElement} */ (target), width);
      }
    },
    { root: view, rootMargin: "800px" },
  );
  for (let number = 1; number <= opened.numPages; number++) {
    const canvas = document.createElement("canvas");
    canvas.width = size.width;
    canvas.height = size.height;
    canvas.dataset.page = String(number);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", word("page", { number, count: opened.numPages }));
    pages.append(canvas);
    watcher.observe(canvas);
  }
  const at = view.scrollTop;
  view.replaceChildren(pages);
  view.scrollTop = at;
}

/** @param {any} opened @param {HTMLCanvasElement} canvas @param {number} width */
async function drawn(opened, canvas, width) {
  const page = await opened.getPage(Number(canvas.dataset.page));
  const ratio = Math.min(devicePixelRatio || 1, 2);
  const viewport = page.getViewport({ scale: (width / page.getViewport({ scale: 1 }).width) * ratio });
  canvas.width = viewport.width;
  canvas.height = viewport.height;
  canvas.style.width = `${viewport.width / ratio}px`;
  const text = (await page.getTextContent()).items.map((/** @type {any} */ item) => item.str).join(" ");
  canvas.textContent = text;
  await page.render({ canvas, canvasContext: canvas.getContext("2d"), viewport }).promise;
  canvas.dataset.drawn = "yes";
}

function showCalendar() {
  const view = find("view-ics");
  const { weeks, outline: rows } = state.said;
  const byId = new Map(rows.map((/** @type {any[]} */ row) => [row[0], row]));
  if (!weeks.length) {
    const text = document.createElement("p");
    text.textContent = word("no_plan");
    return view.replaceChildren(text);
  }
  view.replaceChildren(
    ...weeks.flatMap((/** @type {any} */ week) => {
      const head = document.createElement("h3");
      head.textContent = word("week", { date: day(week.first), hours: decimal(week.hours) });
      const list = document.createElement("ul");
      for (const id of week.ids) {
        const item = document.createElement("li");
        item.dir = "auto";
        const row = byId.get(id);
        item.textContent = row ? `${row[1]} ${row[2]}` : id;
        list.append(item);
      }
      return [head, list];
    }),
  );
}

/** @param {[string, Uint8Array]} file */
function save([name, data]) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([/** @type {any} */ (data)]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** @param {string} output */
async function download(output) {
  const { values, files } = await ask("export", { text: state.text, output });
  if (values.error) return tell(values.error.join("\n"));
  tell((values.notices ?? []).join("\n"));
  for (const file of files) save(file);
}

/** The map as a picture: the browser paints what the program draws, here the program itself does. */
async function downloadPicture() {
  const { values, files } = await ask("export", { text: state.text, output: "mindmap", options: { format: [HERE ? "png" : "svg"] } });
  if (values.error) return tell(values.error.join("\n"));
  const [name, data] = files[0];
  if (HERE) return save(files[0]);
  try {
    save([name.replace(/\.svg$/, ".png"), await pictureOf(data)]);
  } catch (error) {
    tell(word("failed", { why: /** @type {Error} */ (error).message }));
  }
}

const saveYaml = () => save([`${state.stem}.yaml`, encoder.encode(state.text)]);

// -- controls ------------------------------------------------------------------------------------------------------------

/** Choose a tab. @param {"edits" | "outputs"} list @param {string} name */
function choose(list, name) {
  for (const tab of find(list).querySelectorAll("[role=tab]")) {
    const chosen = tab.id === `tab-${name}`;
    if (chosen) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    find(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (list === "edits") {
    state.edits = name;
    if (name === "yaml") openYaml();
  } else {
    state.output = name;
    find("png").hidden = name !== "mindmap";
    showOutput();
  }
}

for (const list of /** @type {const} */ (["edits", "outputs"])) {
  find(list).addEventListener("click", ({ target }) => target.role === "tab" && choose(list, target.id.slice(4)));
  find(list).addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const tabs = [...find(list).querySelectorAll("[role=tab]:not([hidden])")];
    const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
    const place = tabs.indexOf(event.target);
    const to = { ArrowRight: place + rtl, ArrowLeft: place - rtl, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined || place < 0) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    tab.focus();
    choose(list, tab.id.slice(4));
  });
}

/** @param {string} id @param {() => unknown} act */
const on = (id, act) => find(id).addEventListener("click", act);
on("make", () => find("paste").value.trim() && open(encoder.encode(find("paste").value), "-"));
on("example", () => open(bytes(EXAMPLE), "-"));
on("undo", undo);
on("heard", () => tell(""));
on("more", () => showMore(!find("more").closest("header").classList.contains("open")));
on("section", () => outline.section());
on("download", () => download(state.output));
on("png", () => busily(downloadPicture));
on("all", async () => {
  const { values, files } = await ask("bundle", { text: state.text, outputs: OUTPUTS });
  if (values.error) return tell(values.error.join("\n"));
  save(files[0]);
});
on("fresh", fresh);
on("home", (/** @type {any} */ event) => {
  event.preventDefault();
  if (!HERE) fresh();
});
on("save", () => withFiles(saveFile));
on("theirs", () => withFiles(openFile));
on("mine", saveYaml);
on("trello", () => {
  find("commands").textContent = ["plan", "push"].map((verb) => `roadpress trello ${verb} ${state.stem}.yaml`).join("\n");
  find("board").showModal();
});
on("board-yaml", saveYaml);
on("board-file", () => download("trello"));
on("copy", () => navigator.clipboard.writeText(find("commands").textContent));
on("share", async () => {
  const address = `${location.origin}${location.pathname}#${await packed(state.text)}`;
  find("address").value = address;
  find("long").hidden = address.length < 8000;
  find("link").showModal();
  find("address").select();
});
on("copy-link", () => navigator.clipboard.writeText(find("address").value));
on("share-file", saveYaml);
for (const button of document.querySelectorAll("dialog .close")) button.addEventListener("click", () => button.closest("dialog")?.close());
find("tools").addEventListener("click", ({ target }) => target.dataset.do && outline.does(target.dataset.do));
find("start").addEventListener("change", () => edit("start", "", find("start").value));
find("pace").addEventListener("change", () => edit("pace", "", find("pace").value && `${find("pace").value}h/week`));
find("sides").addEventListener("click", ({ target }) => {
  const side = target.dataset.sideTo;
  if (!side) return;
  find("work").classList.toggle("edit", side === "edit");
  for (const button of find("sides").children) button.setAttribute("aria-pressed", String(button === target));
});

addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const writing = /** @type {HTMLElement} */ (event.target).matches("input,textarea,#code");
  if (event.key === "s") {
    event.preventDefault();
    if (HERE) withFiles(saveFile);
    else if (state.id) saveYaml();
  } else if (event.key === "z" && !writing && !event.shiftKey && state.id) {
    event.preventDefault();
    undo();
  } else if (event.key === "Enter" && event.target === find("paste")) find("make").click();
});

find("file").addEventListener("change", async () => {
  const [file] = find("file").files;
  if (file) await open(new Uint8Array(await file.arrayBuffer()), file.name);
  find("file").value = "";
});
addEventListener("dragover", (event) => {
  event.preventDefault();
  find("empty").classList.add("over");
});
addEventListener("dragleave", () => find("empty").classList.remove("over"));
addEventListener("drop", async (event) => {
  event.preventDefault();
  find("empty").classList.remove("over");
  const file = event.dataTransfer?.files[0];
  if (file) await open(new Uint8Array(await file.arrayBuffer()), file.name);
});

/** On a narrow screen: start, pace and what is done with the whole. @param {boolean} open */
function showMore(open) {
  find("more").closest("header").classList.toggle("open", open);
  find("more").setAttribute("aria-expanded", String(open));
}

async function fresh() {
  Object.assign(state, { id: "", text: "", said: null, understood: [], before: [] });
  state.version += 1;
  history.replaceState(null, "", location.pathname);
  document.title = "roadpress";
  find("name").textContent = "";
  find("empty").hidden = false;
  find("work").hidden = find("actions").hidden = find("plan").hidden = find("more").hidden = true;
  showMore(false);
  tell("");
  find("paste").value = "";
  await showRecent();
  find("paste").focus();
}

async function showRecent() {
  const kept = await allKept();
  find("recent").hidden = !kept.length;
  find("recent")
    .querySelector("ul")
    .replaceChildren(
      ...kept.map((one) => {
        const row = document.createElement("li");
        const opener = document.createElement("button");
        const remover = document.createElement("button");
        opener.type = remover.type = "button";
        opener.textContent = one.title;
        opener.dir = "auto";
        opener.addEventListener("click", () => busily(() => begin(one)));
        remover.textContent = word("forget");
        remover.setAttribute("aria-label", word("forget_it", { title: one.title }));
        remover.addEventListener("click", async () => {
          await forget(one.id);
          await showRecent();
        });
        row.append(opener, remover);
        return row;
      }),
    );
}

/** Whether the page speaks a language that the browser, or else the roadmap, asks for. */
let spoken = false;

async function start() {
  for (const element of document.querySelectorAll(HERE ? "[data-web]" : "[data-here]")) element.remove();
  spoken = await speakFirstOf(navigator.languages ?? []);
  if (!spoken) await speakFirstOf(["en"]);
  choose("outputs", "checklist");
  if (HERE) return withFiles(openFile);
  if ("serviceWorker" in navigator && window.isSecureContext) navigator.serviceWorker.register("service-worker.js").catch(() => {});
  try {
    const text = await unpacked(location.hash);
    if (text) return await begin({ text });
  } catch (error) {
    tell(word("bad_link", { why: /** @type {Error} */ (error).message }));
  }
  await showRecent();
}
start();
