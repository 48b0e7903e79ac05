/**
 * Which entry of an old outline is which of a new one: a translation of `core/identity/matching.py`, which says why. Both
 * are held to the same cases, and to each other over random outlines. Rules have the same numbers, order and ties there.
 *
 * @typedef {{title: string, parent: number, id: string, own: boolean, was?: string[], links?: string[]}} Entry
 *   An entry; its parent's place, 0 at the top; whether the author gave its id; ids it had; digests of its links.
 * @typedef {Entry[]} Outline Entries in reading order, counted from 1: what stands at 0 is the whole.
 * @typedef {{entries: Outline, words: Words[], keys: string[], loose: string[], children: number[][], depths: number[],
 *   partner: Map<number, number>}} Side An outline with its tables.
 * @typedef {[old: number, fresh: number]} Pair
 */

const [BY_ID, BY_WAS, BY_LINK, BY_SIBLING, BY_TITLE, BY_SHARE, BY_NAMESAKE, BY_LIKENESS, BY_GAP, BY_FAR] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const FAR_ENOUGH = 80;
const AHEAD = 5;
/** A word in more titles than these says little; it is not looked up. */
const COMMON = 30;

/** @param {Outline} entries @returns {Side} */
function sideOf(entries) {
  const apart = entries.map(({ title }) => takeApart(title));
  const [keys, loose] = [apart.map(({ key }) => key), apart.map((title) => title.loose)];
  const [children, depths] = [childrenOf(entries), depthsOf(entries)];
  return { entries, words: apart, keys, loose, children, depths, partner: new Map([[0, 0]]) };
}

/** The places of each entry's children. @param {Outline} outline */
function childrenOf(outline) {
  /** @type {number[][]} */
  const children = outline.map(() => []);
  for (const place of allPlaces(outline)) children[outline[place].parent].push(place);
  return children;
}

/** @param {Outline} outline */
function depthsOf(outline) {
  const depths = [0];
  for (const place of allPlaces(outline)) depths.push(depths[outline[place].parent] + 1);
  return depths;
}

/** @param {Outline} outline */
const allPlaces = (outline) => [...outline.keys()].slice(1);

/** @param {Side} side @param {number} place */
const isGroup = (side, place) => side.children[place].length > 0;

/** @param {Side} side */
const leftOf = (side) => allPlaces(side.entries).filter((place) => !side.partner.has(place));

/** @param {Side} side @param {number} place */
const freeChildren = (side, place) => side.children[place].filter((child) => !side.partner.has(child));

/** @param {number} one @param {number} other */
const ascending = (one, other) => one - other;

/** @param {number[]} one @param {number[]} other */
const byNumbers = (one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2] || one[3] - other[3] || 0;

/**
 * Match by the rules up to `surest`; what only later rules find are doubts.
 * @param {Outline} before @param {Outline} after
 * @returns {{pairs: Map<number, number>, rules: Map<number, number>, doubts: Pair[]}} old place to new place, old place to
 *   rule, and unmatched entries that may be one another
 */
function match(before, after, surest = BY_FAR) {
  if (isSame(before, after)) {
    const places = allPlaces(before);
    return { pairs: new Map(places.map((at) => [at, at])), rules: new Map(places.map((at) => [at, BY_SIBLING])), doubts: [] };
  }
  const then = sideOf(before);
  const now = sideOf(after);
  /** @type {Map<number, number>} */
  const rules = new Map();

  /** @param {number} old @param {number} fresh @param {number} rule */
  function pair(old, fresh, rule) {
    then.partner.set(old, fresh);
    now.partner.set(fresh, old);
    rules.set(old, rule);
  }

  /** @param {number} old @param {number} fresh */
  const free = (old, fresh) => !then.partner.has(old) && !now.partner.has(fresh);

  /** Parents that are paired, in the order in which they were, with the children of both that are not. */
  function* families() {
    for (const [parent, here] of Array.from(then.partner)) {
      const olds = freeChildren(then, parent);
      const news = freeChildren(now, here);
      if (olds.length && news.length) yield { parent, here, olds, news };
    }
  }

  // Ids and links.

  function matchIds() {
    const places = placesById(before);
    for (const place of allPlaces(after)) {
      const { id, own } = after[place];
      const there = places.get(id);
      if (there && (own || before[there].own) && free(there, place)) pair(there, place, BY_ID);
    }
  }

  function matchFormerIds() {
    const places = placesById(before);
    const present = placesById(after);
    for (const place of allPlaces(after)) {
      for (const former of after[place].was ?? []) {
        const there = places.get(former);
        if (!there || !free(there, place)) continue;
        const still = present.get(former);
        if (!still || now.keys[still] !== then.keys[there]) pair(there, place, BY_WAS);
      }
    }
  }

  /** An entry with several links goes where most of them are. */
  function matchLinks() {
    const [olds, news] = [singleLinks(before), singleLinks(after)];
    /** @type {Map<number, number[]>} */
    const votes = new Map();
    /** @type {Map<number, number[]>} */
    const voters = new Map();
    for (const [link, there] of olds) {
      const here = news.get(link);
      if (!here) continue;
      add(votes, there, here);
      add(voters, here, there);
    }
    /** @type {Pair[]} */
    const found = [];
    for (const there of [...votes.keys()].toSorted(ascending)) {
      const here = mostOf(votes.get(there) ?? []);
      if (here && mostOf(voters.get(here) ?? []) === there && free(there, here)) found.push([there, here]);
    }
    const tables = [titlesOf(then.keys, now.keys), titlesOf(then.loose, now.loose)];
    for (const [there, here] of found) {
      if (!tables.some((table) => belongsElsewhere(there, here, table))) pair(there, here, BY_LINK);
    }
  }

  /** Whether titles that say much, or an entry without any link, tell that a link went from one entry to another. @param {number} old @param {number} fresh @param {ReturnType<typeof titlesOf>} table */
  function belongsElsewhere(old, fresh, { olds, news, mine, theirs }) {
    if (olds[old] === news[fresh]) return false;
    const [namesake, double] = [mine.get(news[fresh]), theirs.get(olds[old])];
    const came = namesake && (saysMuch(news[fresh]) || !linksOf(then, namesake).length);
    return Boolean(came || (double && (saysMuch(olds[old]) || !linksOf(now, double).length)));
  }

  // Titles.

  /** Equal titles below pairs, downwards. */
  function matchSiblings() {
    const queue = [0, ...[...then.partner.keys()].filter(Boolean).toSorted(ascending)];
    for (const parent of queue) {
      if (!isGroup(then, parent)) continue;
      const here = /** @type {number} */ (then.partner.get(parent));
      for (const kind of /** @type {("keys" | "loose")[]} */ (["keys", "loose"])) {
        const [olds, news] = [freeChildren(then, parent), freeChildren(now, here)];
        if (!olds.length || !news.length) break;
        const known = rules.size;
        matchTitles(groupedBy(olds, then[kind]), groupedBy(news, now[kind]));
        if (rules.size > known) queue.push(...olds.filter((place) => then.partner.has(place)));
      }
    }
  }

  /** @param {Map<string, number[]>} olds @param {Map<string, number[]>} news */
  function matchTitles(olds, news) {
    for (const [key, places] of olds) {
      const others = news.get(key) ?? [];
      if (places.length === 1 && others.length === 1) pair(places[0], others[0], BY_SIBLING);
      else if (others.length) matchNamesakes(places, others);
    }
  }

  /**
   * Siblings of one title: by what they hold or link to, by both neighbours, then in order; where one came or went, those
   * with a link, and those without, with their like first. @param {number[]} olds @param {number[]} news
   */
  function matchNamesakes(olds, news) {
    const few = olds.length * news.length <= COMMON ** 2;
    const ranked = few ? olds.flatMap((old) => news.map((fresh) => [-heldInCommon(old, fresh) - (shareLink(old, fresh) ? 1 : 0), old, fresh])) : [];
    for (const [common, old, fresh] of ranked.toSorted(byNumbers)) if (common && free(old, fresh)) pair(old, fresh, BY_SIBLING);
    if (olds.length !== news.length) {
      const waiting = news.filter((fresh) => !now.partner.has(fresh));
      const around = new Map(waiting.map((fresh) => [neighboursOf(now, fresh), fresh]));
      for (const old of olds) {
        const fresh = around.get(neighboursOf(then, old));
        if (fresh && free(old, fresh)) pair(old, fresh, BY_SIBLING);
      }
      for (const linked of [true, false]) {
        matchInOrder(olds.filter((old) => isLinked(then, old) === linked), news.filter((fresh) => isLinked(now, fresh) === linked));
      }
    }
    matchInOrder(olds, news);
  }

  /** @param {number[]} olds @param {number[]} news */
  function matchInOrder(olds, news) {
    const rest = news.filter((fresh) => !now.partner.has(fresh));
    const waiting = olds.filter((old) => !then.partner.has(old));
    for (const [at, old] of waiting.slice(0, rest.length).entries()) pair(old, rest[at], BY_SIBLING);
  }

  /** @param {number} old @param {number} fresh */
  function heldInCommon(old, fresh) {
    const [mine, theirs] = [then.children[old], now.children[fresh]];
    if (!mine.length || !theirs.length) return 0;
    const keys = new Set(theirs.map((child) => now.keys[child]));
    return mine.filter((child) => keys.has(then.keys[child]) || theirs.includes(then.partner.get(child) ?? 0)).length;
  }

  /** Titles that are there once on each side: leaves and groups apart, in all and then in what is left. */
  function matchSingleTitles() {
    for (const whole of [true, false]) {
      for (const kind of /** @type {("keys" | "loose")[]} */ (["keys", "loose"])) {
        matchOnce(once(then, whole, kind), once(now, whole, kind), (old, fresh) => whole || mayHaveMoved(old, fresh));
      }
    }
    matchOnce(once(then, false, "keys", false), once(now, false, "keys", false), () => true);
  }

  /** @param {Map<string, number>} olds @param {Map<string, number>} news @param {(old: number, fresh: number) => boolean} may */
  function matchOnce(olds, news, may) {
    for (const [key, old] of olds) {
      const fresh = news.get(key);
      if (fresh && free(old, fresh) && may(old, fresh)) pair(old, fresh, BY_TITLE);
    }
  }

  /** Whether a title that has namesakes elsewhere is one entry: a group must have something in common. @param {number} old @param {number} fresh */
  const mayHaveMoved = (old, fresh) => !isGroup(then, old) || !isGroup(now, fresh) || heldInCommon(old, fresh) > 0;

  // Groups.

  /** Groups by the leaves they share. */
  function matchGroups() {
    const [sizes, others] = [leafCounts(then), leafCounts(now)];
    /** @type {[number, number, number][]} */
    const enough = [];
    for (const [both, common] of sharedLeaves()) {
      const [old, fresh] = [Math.floor(both / after.length), both % after.length];
      const [least, most] = [sizes[old], others[fresh]].toSorted(ascending);
      if (common > 1 && common * 2 >= least) enough.push([old, fresh, Math.floor((common * 1000) / most)]);
    }
    pairUntied(enough);
  }

  /** Groups by the titles directly below both: those that have much in common, or stand in one place. @param {boolean} inPlace */
  function matchGroupsByTitles(inPlace) {
    /** @type {Map<string, number[]>} */
    const byTitle = new Map();
    for (const fresh of leftOf(now)) for (const key of titlesBelow(now, fresh)) add(byTitle, key, fresh);
    const found = [];
    for (const old of leftOf(then)) {
      for (const key of titlesBelow(then, old)) {
        const news = byTitle.get(key) ?? [];
        if (news.length <= COMMON) for (const fresh of news) found.push(old * after.length + fresh);
      }
    }
    /** @type {[number, number, number][]} */
    const enough = [];
    for (const [both, common] of countsOf(found)) {
      const [old, fresh] = [Math.floor(both / after.length), both % after.length];
      const most = Math.max(then.children[old].length, now.children[fresh].length);
      if (inPlace ? inOnePlace(old, fresh) : common > 1 && common * 2 >= most) enough.push([old, fresh, Math.floor((common * 1000) / most)]);
    }
    pairUntied(enough);
  }

  /** Whether two groups are all that is left of their kind below one pair, or between two that stayed. @param {number} old @param {number} fresh */
  function inOnePlace(old, fresh) {
    const { parent } = before[old];
    const here = then.partner.get(parent);
    if (here === undefined || after[fresh].parent !== here) return false;
    if (onlyGroup(then, parent) === old && onlyGroup(now, here) === fresh) return true;
    const [around, there] = [neighboursThatStayed(then, old, now, here), neighboursThatStayed(now, fresh, then, parent)];
    return Boolean(around && there) && `${around?.map((place) => then.partner.get(place))}` === `${there}`;
  }

  /** Groups by their share: alike titles first, then the greatest, then the nearest depth; no ties. @param {[number, number, number][]} enough */
  function pairUntied(enough) {
    const ranked = enough.map(([old, fresh, share]) => {
      const agree = then.keys[old] === now.keys[fresh] ? 2 : Number(likeness(then.words[old], now.words[fresh]) >= ENOUGH);
      return { score: [-agree, -share, Math.abs(then.depths[old] - now.depths[fresh])], old, fresh };
    });
    ranked.sort((one, other) => byNumbers(one.score, other.score) || one.old - other.old || one.fresh - other.fresh);
    const ties = countsOf(ranked.flatMap(({ score, old, fresh }) => [`then ${old}:${score}`, `now ${fresh}:${score}`]));
    for (const { score, old, fresh } of ranked) {
      const alone = ties.get(`then ${old}:${score}`) === 1 && ties.get(`now ${fresh}:${score}`) === 1;
      if (alone && free(old, fresh)) pair(old, fresh, BY_SHARE);
    }
  }

  /** Leaves of one title that several have: most of the titles above them, then links, then the order. */
  function matchNamesakesAnywhere() {
    const [olds, news] = [then, now].map((side) => groupedBy(leftOf(side).filter((place) => !isGroup(side, place)), side.keys));
    for (const [key, places] of olds) {
      const others = news.get(key);
      if (!others || places.length * others.length > COMMON ** 2) continue;
      const paths = new Map(others.map((fresh) => [fresh, new Set(titlesAbove(now, fresh))]));
      const ranked = places.flatMap((old) => {
        const path = [...new Set(titlesAbove(then, old))];
        return others.map((fresh) => {
          const common = path.filter((title) => paths.get(fresh)?.has(title)).length;
          return [-common, isLinked(then, old) === isLinked(now, fresh) ? 0 : 1, old, fresh];
        });
      });
      for (const [, , old, fresh] of ranked.toSorted(byNumbers)) {
        if (free(old, fresh) && !linksDiffer(old, fresh)) pair(old, fresh, BY_NAMESAKE);
      }
    }
  }

  /** How many pairs of leaves stand below each two unmatched groups. @returns {Map<number, number>} */
  function sharedLeaves() {
    const found = [];
    for (const [old, fresh] of then.partner) {
      if (!old || (isGroup(then, old) && isGroup(now, fresh))) continue;
      const news = freeAbove(now, fresh);
      if (news.length) for (const upper of freeAbove(then, old)) for (const other of news) found.push(upper * after.length + other);
    }
    return countsOf(found);
  }

  // Likeness.

  /** Rewordings below pairs. */
  function matchAlike() {
    for (const { olds, news } of families()) {
      for (const [old, fresh] of clearlyBest(compared(candidates(olds, news), likeness), ENOUGH)) pair(old, fresh, BY_LIKENESS);
    }
  }

  /** Rewordings anywhere. */
  function matchFar() {
    for (const group of [false, true]) {
      const [olds, news] = [then, now].map((side) => leftOf(side).filter((place) => isGroup(side, place) === group));
      for (const [old, fresh] of clearlyBest(compared(candidates(olds, news), farLikeness), FAR_ENOUGH)) pair(old, fresh, BY_FAR);
    }
  }

  /** What to compare: all with all where they are few, else those with a rare word in common. @param {number[]} olds @param {number[]} news @returns {Pair[]} */
  function candidates(olds, news) {
    if (olds.length * news.length <= COMMON ** 2) return olds.flatMap((old) => news.map((fresh) => /** @type {Pair} */ ([old, fresh])));
    /** @type {Map<string, number[]>} */
    const byWord = new Map();
    for (const fresh of news) for (const word of new Set(now.words[fresh].words)) add(byWord, word, fresh);
    return olds.flatMap((old) => {
      const places = [...new Set(then.words[old].words)].map((word) => byWord.get(word) ?? []);
      const found = new Set(places.filter(({ length }) => length <= COMMON).flat());
      return [...found].toSorted(ascending).map((fresh) => /** @type {Pair} */ ([old, fresh]));
    });
  }

  /** @param {Pair[]} couples @param {(one: Words, other: Words) => number} measure @returns {[number, number, number][]} */
  function compared(couples, measure) {
    /** @type {[number, number, number][]} */
    const found = [];
    for (const [old, fresh] of couples) {
      const value = measure(then.words[old], now.words[fresh]);
      if (value >= DOUBTFUL && (value >= 90 || !linksDiffer(old, fresh))) found.push([old, fresh, value]);
    }
    return found;
  }

  /** @param {number} old @param {number} fresh */
  function linksDiffer(old, fresh) {
    return isLinked(then, old) && isLinked(now, fresh) && !shareLink(old, fresh);
  }

  /** @param {number} old @param {number} fresh */
  const shareLink = (old, fresh) => linksOf(then, old).some((link) => linksOf(now, fresh).includes(link));

  // Places.

  /** What went, to what came, where as many did between the same neighbours. */
  function matchGaps() {
    for (const { parent, here } of families()) {
      const came = new Map([...gapsOf(now, here, then, parent)].map(({ left, right, gap }) => [`${left} ${right}`, gap]));
      for (const { left, right, gap } of gapsOf(then, parent, now, here)) {
        const news = came.get(`${then.partner.get(left)} ${then.partner.get(right)}`) ?? [];
        if (gap.length !== news.length || !gap.every((old, at) => mayReplace(old, news[at]))) continue;
        for (const [at, old] of gap.entries()) pair(old, news[at], BY_GAP);
      }
    }
  }

  /** @param {number} old @param {number} fresh */
  const mayReplace = (old, fresh) => isGroup(then, old) === isGroup(now, fresh) && !linksDiffer(old, fresh);

  // Doubts.

  /** What later rules would pair, and what is alike below one parent, though not alike enough. @param {[number, () => void][]} rest @returns {Pair[]} */
  function doubtful(rest) {
    const sure = new Set(rules.keys());
    const doubts = [];
    for (const { olds, news } of families()) {
      doubts.push(...clearlyBest(compared(candidates(olds, news), likeness), DOUBTFUL).toSorted(byNumbers));
    }
    for (const [, run] of rest) run();
    for (const old of [...rules.keys()].toSorted(ascending)) {
      if (!sure.has(old)) doubts.push(/** @type {Pair} */ ([old, then.partner.get(old)]));
    }
    const [olds, news] = [new Set(), new Set()];
    const result = [];
    for (const [old, fresh] of doubts) {
      if (olds.has(old) || news.has(fresh)) continue;
      olds.add(old);
      news.add(fresh);
      result.push(/** @type {Pair} */ ([old, fresh]));
    }
    return result.toSorted(byNumbers);
  }

  matchIds();
  matchFormerIds();
  matchLinks();
  /** @type {[number, () => void][]} */
  const rows = [
    [BY_SIBLING, matchSiblings],
    [BY_TITLE, matchSingleTitles],
    [BY_SHARE, matchGroups],
    [BY_SHARE, () => matchGroupsByTitles(false)],
    [BY_NAMESAKE, matchNamesakesAnywhere],
    [BY_LIKENESS, matchAlike],
    [BY_SHARE, () => matchGroupsByTitles(true)],
    [BY_GAP, matchGaps],
    [BY_FAR, matchFar],
  ];
  const sure = rows.filter(([rule]) => rule <= surest);
  for (let at = 0; at < sure.length; ) {
    const known = rules.size;
    sure[at][1]();
    at = rules.size > known && at ? 0 : at + 1;
  }
  const pairs = new Map([...then.partner].filter(([old]) => old).toSorted(byNumbers));
  return { pairs, rules: new Map(rules), doubts: doubtful(rows.filter(([rule]) => rule > surest)) };
}

/** Whether nothing was changed that counts. @param {Outline} before @param {Outline} after */
const isSame = (before, after) =>
  before.length === after.length &&
  before.every((one, at) => {
    const other = after[at];
    return one.title === other.title && one.parent === other.parent && one.id === other.id && one.own === other.own;
  });

/** @param {Outline} outline @returns {Map<string, number>} */
const placesById = (outline) => new Map(outline.map((entry, place) => /** @type {const} */ ([entry.id, place])).filter(([id]) => id));

/** @param {Side} side @param {number} place */
const linksOf = (side, place) => side.entries[place].links ?? [];

/** @param {Side} side @param {number} place */
const isLinked = (side, place) => linksOf(side, place).length > 0;

/** @template K, V @param {Map<K, V[]>} lists @param {K} key @param {V} value */
function add(lists, key, value) {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** What most voted for; 0 when two have as many. @param {number[]} votes */
function mostOf(votes) {
  const [[best, most], other] = [...countsOf(votes)].toSorted((one, two) => two[1] - one[1]);
  return other?.[1] === most ? 0 : best;
}

/** The links that one entry has, with its place. @param {Outline} outline @returns {Map<string, number>} */
function singleLinks(outline) {
  const found = new Map();
  for (const [place, { links = [] }] of outline.entries()) {
    for (const link of links) found.set(link, (found.get(link) ?? place) === place ? place : 0);
  }
  return new Map([...found].filter(([, place]) => place));
}

/** The titles that one entry has, with its place. @param {string[]} keys @returns {Map<string, number>} */
function singleKeys(keys) {
  const found = new Map();
  for (const [place, key] of keys.entries()) if (place && key) found.set(key, found.has(key) ? 0 : place);
  return new Map([...found].filter(([, place]) => place));
}

/** Titles of both sides, and those that are there once. @param {string[]} olds @param {string[]} news */
const titlesOf = (olds, news) => ({ olds, news, mine: singleKeys(olds), theirs: singleKeys(news) });

/** @param {Side} side @param {number} place */
const titlesBelow = (side, place) => new Set(side.children[place].map((child) => side.keys[child]));

/** @param {Side} side @param {number} place */
function titlesAbove(side, place) {
  const found = [];
  for (let upper = side.entries[place].parent; upper; upper = side.entries[upper].parent) found.push(side.keys[upper]);
  return found;
}

/** The only unmatched group below an entry; 0 when there is none or another. @param {Side} side @param {number} parent */
function onlyGroup(side, parent) {
  const groups = freeChildren(side, parent).filter((child) => isGroup(side, child));
  return groups.length === 1 ? groups[0] : 0;
}

/** Both neighbours of an entry, 0 at an end; nothing when one is unmatched or went elsewhere. @param {Side} side @param {number} place @param {Side} other @param {number} parent */
function neighboursThatStayed(side, place, other, parent) {
  const siblings = side.children[side.entries[place].parent];
  const at = siblings.indexOf(place);
  const found = [siblings[at - 1] ?? 0, siblings[at + 1] ?? 0];
  const stayed = found.every((one) => !one || other.entries[side.partner.get(one) ?? 0].parent === parent);
  return stayed && found.every((one) => side.partner.has(one)) ? found : null;
}

/** @param {number[]} places @param {string[]} keys @returns {Map<string, number[]>} */
function groupedBy(places, keys) {
  const found = new Map();
  for (const place of places) if (keys[place]) add(found, keys[place], place);
  return found;
}

/** @param {Side} side @param {number} place */
function neighboursOf(side, place) {
  const siblings = side.children[side.entries[place].parent];
  const at = siblings.indexOf(place);
  return `${side.keys[siblings[at - 1]] ?? ""}\n${side.keys[siblings[at + 1]] ?? ""}`;
}

/** @param {Side} side @param {boolean} whole @param {"keys" | "loose"} kind @returns {Map<string, number>} */
function once(side, whole, kind, apart = true) {
  const seen = new Map();
  for (const place of whole ? allPlaces(side.entries) : leftOf(side)) {
    const key = side[kind][place];
    const name = (apart && isGroup(side, place) ? "group " : "leaf ") + key;
    if (key) seen.set(name, seen.has(name) ? 0 : place);
  }
  return new Map([...seen].filter(([, place]) => place && !side.partner.has(place)));
}

/** @param {Side} side */
function leafCounts(side) {
  const counts = side.entries.map(() => 0);
  for (let place = counts.length - 1; place; place--) {
    counts[place] ||= 1;
    counts[side.entries[place].parent] += counts[place];
  }
  return counts;
}

/** The unmatched entries above one, the nearest first. @param {Side} side @param {number} place */
function freeAbove(side, place) {
  const found = [];
  for (let upper = side.entries[place].parent; upper && found.length < 8; upper = side.entries[upper].parent) {
    if (!side.partner.has(upper)) found.push(upper);
  }
  return found;
}

/** The pairs that are alike enough, each the best of both, and clearly so. @param {[number, number, number][]} rows @param {number} enough @returns {Pair[]} */
function clearlyBest(rows, enough) {
  /** @type {Map<string, number[]>} */
  const best = new Map();
  for (const [old, fresh, value] of rows) for (const place of [`then ${old}`, `now ${fresh}`]) add(best, place, value);
  for (const values of best.values()) values.sort(ascending);
  /** @param {string} place @param {number} value */
  const isBest = (place, value) => {
    const values = best.get(place) ?? [];
    return values.at(-1) === value && (values.at(-2) ?? 0) <= value - AHEAD;
  };
  return rows
    .filter(([old, fresh, value]) => value >= enough && isBest(`then ${old}`, value) && isBest(`now ${fresh}`, value))
    .map(([old, fresh]) => [old, fresh]);
}

/** @param {Words} one @param {Words} other */
const farLikeness = (one, other) => (likeness(one, other) ? lettersInCommon(one, other) : 0);

/** What is unmatched between neighbours that stayed below the same parent; 0 stands for an end. @param {Side} side @param {number} parent @param {Side} other @param {number} here */
function* gapsOf(side, parent, other, here) {
  let left = 0;
  let gap = [];
  for (const child of [...side.children[parent], 0]) {
    const partner = side.partner.get(child);
    if (partner === undefined) {
      gap.push(child);
      continue;
    }
    if (child && other.entries[partner].parent !== here) continue; // it went to another parent
    if (gap.length) yield { left, right: child, gap };
    left = child;
    gap = [];
  }
}
