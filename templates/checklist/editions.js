/**
 * Editions of the roadmap. All that is kept in the browser has the ids of the edition opened last, whose outline is kept
 * beside it. A page of another edition brings it into its own ids when it opens. A page that is open meanwhile goes on: it
 * reads and writes in the newer one's ids, in an entry of its own, which the newer one takes in.
 *
 * @typedef {{place: (id: string, mark: Mark) => number, about: (id: string) => Partial<Was>, outline?: Outline,
 *   guessed?: (id: string) => boolean}} Edition In whose ids marks come: which leaf a mark belongs to, 0 for none; what is
 *   known of an id that belongs to none; whether an id is placed by likeness elsewhere or by its place alone.
 * @typedef {Edition & {outline: Outline, pairs: Map<number, number>}} OtherEdition Its places, and this page's nodes.
 * @typedef {{edition: string, lines: unknown, fresh: string[]}} Kept What was kept of an edition.
 */

/** Marks of no leaf that is in this page, by their ids. @type {Record<string, Mark>} */
let unknownMarks = {};
/** Nodes that the edition opened before did not have. @type {Set<number>} */
let newcomers = new Set();
/** What ticks were of that went to a leaf by a guess: leaf to title. @type {Map<number, string | undefined>} */
const guesses = new Map();
/** This page's own edition. @type {Edition} */
const here = { place: placeHere, about: aboutId };
/** That of which marks were kept when this page opened, if it was another. @type {OtherEdition | null} */
let former = null;
/** That which another tab opened since; what is kept has its ids. @type {Edition & {tell: (entry: object, leaf: number) => void} | null} */
let foreign = null;

/** @param {string} id @param {Partial<Mark>} mark one with a title was kept apart: the leaf must have it, too */
function placeHere(id, { title }) {
  const bare = id.replace(/~+$/, "");
  const named = byId.get(ids[data.was?.[bare] + 1]);
  const leaf = byId.get(bare) ?? named ?? 0;
  if (!isLeaf(leaf)) return 0;
  return !title || leaf === named || hasOwnId(leaf) || keyOf(title) === keyOf(titleOf(leaf)) ? leaf : 0;
}

/** @param {string} title */
const keyOf = (title) => takeApart(title).key;

/** What an id itself tells. @param {string} id */
function aboutId(id) {
  const path = id.split("/").map((name) => name.replace(/-/g, " "));
  return { title: path.pop(), where: path.join(" › ") };
}

/** @param {Outline} outline @param {number} place */
function aboutEntry(outline, place) {
  const path = [];
  for (let upper = outline[place].parent; upper; upper = outline[upper].parent) path.unshift(outline[upper].title);
  return { title: outline[place].title, where: path.join(" › ") };
}

/** An edition of which the outline is known. @param {Outline} outline @param {number} [surest] @returns {OtherEdition} */
function editionOf(outline, surest) {
  const { pairs, rules, doubts } = match(outline, outlineHere(), surest);
  const places = placesById(outline);
  const likely = new Map([...pairs, ...doubts]);
  return {
    outline,
    pairs,
    place: (id, mark) => {
      const place = mark.title ? 0 : places.get(id);
      if (!place) return placeHere(id, mark);
      const node = pairs.get(place) ?? 0;
      return isLeaf(node) ? node : 0;
    },
    guessed: (id) => /** @type {number} */ (rules.get(places.get(id) ?? 0)) >= BY_GAP,
    about: (id) => {
      const place = places.get(id);
      return place ? { ...aboutEntry(outline, place), near: ids[likely.get(place) ?? 0] || undefined } : aboutId(id);
    },
  };
}

/** Keep a mark of no leaf that is here, under an id that no other has. @param {string} id @param {Mark} mark */
function setApart(id, mark) {
  const isTaken = () => isLeaf(byId.get(id) ?? 0) || (Object.hasOwn(unknownMarks, id) && unknownMarks[id].title !== mark.title);
  while (isTaken()) id += "~";
  unknownMarks[id] = Object.hasOwn(unknownMarks, id) ? { ...mark, ...newest(unknownMarks[id], mark) } : mark;
  if (loaded) soon();
}

/** @param {string | null} text @returns {Kept} */
function readEdition(text) {
  const { edition, outline, fresh } = /** @type {any} */ (parse(text));
  return { edition: typeof edition === "string" ? edition : "", lines: outline, fresh: Array.isArray(fresh) ? fresh : [] };
}

/** Find out what the marks that were kept are of, and what is new since. @param {Kept} kept @param {object[]} entries */
function meetFormer({ edition, lines, fresh }, entries) {
  if (edition === data.edition) return meetNew(fresh.map((id) => byId.get(id)));
  const known = readOutline(lines);
  const marked = entries.flatMap((entry) => Object.entries(entry)).filter(([, value]) => checked(value) && !value.title);
  if (!known && marked.every(([id]) => placeHere(id, {}))) return;
  former = known ? editionOf(known) : editionOf(outlineOfIds(marked.map(([id]) => id)), BY_SHARE);
  if (!known) return;
  const places = placesById(known);
  const met = new Set(former.pairs.values());
  const still = fresh.map((id) => former?.pairs.get(places.get(id) ?? 0));
  meetNew([...still, ...ids.keys()].filter((node) => still.includes(node) || !met.has(node ?? 0)));
}

/** @param {(number | undefined)[]} nodes */
const meetNew = (nodes) => (newcomers = new Set(nodes.map((node) => node ?? 0).filter(Boolean)));

/** A mark that was kept apart belongs to a new leaf that alone has its title. */
function placeByTitle() {
  /** @type {Map<string, number[]>} */
  const keys = new Map();
  const fresh = [...newcomers].filter(isLeaf);
  if (!former || !fresh.length) return;
  for (const leaf of fresh) add(keys, keyOf(titleOf(leaf)), leaf);
  /** @type {Map<string, string[]>} */
  const waiting = new Map();
  for (const [id, { title = "" }] of Object.entries(unknownMarks)) add(waiting, keyOf(title), id);
  for (const [key, [id, ...rivals]] of waiting) {
    const [leaf, ...others] = keys.get(key) ?? [];
    if (!leaf || rivals.length || others.length) continue;
    put(leaf, newest(marks[leaf], unknownMarks[id]));
    delete unknownMarks[id];
  }
}

/** Keep this edition's outline beside the marks; returns whether they may be written. */
function remember() {
  if (foreign) return false;
  const about = { edition: data.edition, fresh: [...newcomers].map((node) => ids[node]) };
  for (const outline of [outlineLines(outlineHere()), undefined]) {
    try {
      localStorage.setItem(editionKey(), JSON.stringify({ ...about, outline }));
      return true;
    } catch {
      // no room: the ticks need it more
    }
  }
  return false;
}

/** Go on when another tab has opened an edition. @param {Kept} kept */
function meetNewer({ edition, lines, fresh }) {
  if (!edition) return;
  if (edition === data.edition) {
    foreign = null;
    meetNew(fresh.map((id) => byId.get(id)));
    if (unsaved.size) soon();
    return paintNews();
  }
  const outline = readOutline(lines) ?? outlineOfIds([]);
  const other = editionOf(outline);
  const idOf = new Map([...other.pairs].map(([place, node]) => [node, outline[place].id]));
  foreign = {
    ...other,
    tell: (entry, leaf) => {
      const id = idOf.get(leaf);
      Object.assign(entry, id ? { [id]: marks[leaf] } : { [ids[leaf]]: { ...marks[leaf], ...aboutEntry(outlineHere(), leaf) } });
    },
  };
}
