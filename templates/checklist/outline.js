/**
 * Outlines: what matching knows of an edition of the roadmap. This page's own is read off its rows; that of the edition
 * that was opened last is kept beside the ticks, as lines in the form of `core/identity/outline_text.py`.
 */

/** @type {Outline | null} */
let ownOutline = null;

/** @param {number} node */
const hasOwnId = (node) => (above[node] ? !ids[node].includes("/") : (data.own ?? []).includes(node - 1));

/** The outline of this page. @returns {Outline} */
function outlineHere() {
  if (ownOutline) return ownOutline;
  /** @type {Outline} */
  const outline = ids.map((id, node) => ({ title: "", parent: above[node], id, own: node > 0 && hasOwnId(node), was: [], links: [] }));
  for (const [former, node] of Object.entries(data.was ?? {})) outline[node + 1]?.was?.push(former);
  for (let node = 1; node <= size; node++) if (labelOf(node)) outline[node].title = titleOf(node);
  for (const link of document.querySelectorAll("main label a,main .l a")) addLink(outline[nodeOf(link)], link.getAttribute("href") ?? "");
  for (let section = 1; section <= size; section = last[section] + 1) readWaiting(outline, section);
  for (const entry of outline) entry.title = oneLine(entry.title);
  return (ownOutline = outline);
}

/** Read the rows that are not built yet. @param {Outline} outline @param {number} section */
function readWaiting(outline, section) {
  for (const [at, html] of waitingRows(section).entries()) {
    const entry = outline[section + 1 + at];
    const title = /<\/b> (?:<i>.*?<\/i> )?(.*?)<\/label>/s.exec(html)?.[1] ?? "";
    const links = /<ul class=l>(.*?)<\/ul>/s.exec(html)?.[1] ?? "";
    entry.title = textOf(title, "");
    for (const [, quoted, bare] of (title + links).matchAll(/<a href=(?:"(.*?)"|([^ >]*))/g)) addLink(entry, textOf(quoted ?? bare, ""));
  }
}

/** @param {Entry} entry @param {string} url */
function addLink(entry, url) {
  const rest = url.replace(/^.*?:\/\//s, "").replace(/^www\./, "").replace(/\/+$/, "");
  const key = crc32(rest).toString(16).padStart(8, "0");
  if (!entry.links?.includes(key)) entry.links?.push(key);
}

/** CRC-32 (ISO 3309). @param {string} text */
function crc32(text) {
  let sum = -1;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

/** A title as it stands in an outline's line. @param {string} title */
const oneLine = (title) => oneSpaced(title.replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/gu, " ")) || "?";

/** @param {Outline} outline */
function outlineLines(outline) {
  const derived = derivedIds(outline);
  const depths = depthsOf(outline);
  return allPlaces(outline).map((place) => {
    const { title, id, own, links = [] } = outline[place];
    const behind = [];
    if (own || id !== derived[place]) behind.push(`${own ? "id" : "path"}=${id}`);
    if (links.length) behind.push(`links=${links}`);
    return `${"  ".repeat(depths[place] - 1)}${title}${behind.length ? "\t" : ""}${behind.join(" ")}`;
  });
}

/** Read whatever it is given; nothing where there is none. @param {unknown} lines @returns {Outline | null} */
function readOutline(lines) {
  if (!Array.isArray(lines)) return null;
  /** @type {Outline} */
  const outline = [{ title: "", parent: 0, id: "", own: false }];
  const path = [0];
  for (const line of lines) {
    const [text, behind = ""] = String(line).split("\t");
    if (!text.trim()) continue;
    path.length = Math.min(path.length, 1 + Math.floor(text.search(/[^ ]|$/) / 2));
    const { id, path: whole, links } = Object.fromEntries(behind.split(" ").map((word) => word.split(/=(.*)/)));
    path.push(outline.length);
    outline.push({ title: text.trim(), parent: path[path.length - 2], id: id || whole || "", own: Boolean(id), links: links?.split(",") });
  }
  const derived = derivedIds(outline);
  for (const [place, entry] of outline.entries()) entry.id ||= derived[place];
  return outline;
}

/**
 * The ids that follow from plain titles, of which nearly all are; of other siblings the lines tell the ids, since what
 * follows from theirs is not known here (`core/roadmap_file/ids.py`).
 * @param {Outline} outline
 */
function derivedIds(outline) {
  const given = new Set(outline.filter(({ own }) => own).map(({ id }) => id));
  const derived = outline.map(() => "");
  for (const [parent, below] of childrenOf(outline).entries()) {
    const start = parent ? `${outline[parent].id || derived[parent]}/` : "";
    const names = below.map((place) => plainSlug(outline[place].title));
    const plain = names.every(Boolean) && new Set(names).size === names.length;
    if (!plain || (!parent && names.some((name) => given.has(name)))) continue;
    for (const [at, place] of below.entries()) derived[place] = start + names[at];
  }
  return derived;
}

/** @param {string} title */
function plainSlug(title) {
  // oxlint-disable-next-line no-control-regex
  if (!/^[\x00-\x7f]*$/.test(title) || title.includes("](")) return "";
  const slug = (title.toLowerCase().match(/[a-z0-9]+/g) ?? []).join("-");
  return slug.length <= 60 ? slug : "";
}

/** What ids themselves tell of the tree they come from; of those that are here, too, it is certain. @param {string[]} all @returns {Outline} */
function outlineOfIds(all) {
  /** @type {Outline} */
  const outline = [{ title: "", parent: 0, id: "", own: false }];
  /** @type {Map<string, number>} */
  const places = new Map([["", 0]]);
  for (const id of all) {
    let parent = 0;
    let path = "";
    for (const name of id.split("/", 64)) {
      path += (path && "/") + name;
      if (!places.has(path)) {
        places.set(path, outline.length);
        outline.push({ title: name.replace(/-/g, " "), parent, id: path, own: byId.has(path) });
      }
      parent = /** @type {number} */ (places.get(path));
    }
  }
  return outline;
}
