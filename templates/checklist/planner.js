/**
 * From what is still open to days: the translation of `core/planning` (sequencing, workdays, planner), step by step the
 * same, so that the page says what every other output says. `tests/planning/cases.yaml` holds both to it.
 */

/** @typedef {{start: number, due: number}} Days The first and the last day of a leaf, counted from 1970-01-01. */

/** Hours: sums that differ by less are the same moment. */
const TINY = 1e-6;
/** Hours: no entry is cut into less. */
const LEAST_PART = 0.5;
/** The most days of work that are looked ahead. */
const FAR = 40000;

/** @param {string} date */
const dayNumber = (date) => Math.round(Date.parse(date) / 864e5);

/** The days on which there is time, from a first day on. */
class Workdays {
  /** @param {{hours: number, per: string, days: number[], off: string[][]}} pace @param {number} first */
  constructor({ hours, per, days, off }, first) {
    this.share = per === "day" ? hours : hours / days.length;
    this.weekdays = days;
    this.off = off.map((span) => span.map(dayNumber));
    this.next = first;
    /** @type {number[]} */
    this.found = [];
  }

  /** A day of work by its index from 0. @param {number} index */
  day(index) {
    for (; this.found.length <= index; this.next++) {
      const day = this.next;
      if (this.weekdays.includes((((day + 3) % 7) + 7) % 7) && !this.off.some(([one, two]) => one <= day && day <= two)) this.found.push(day);
    }
    return this.found[index];
  }

  /** On which day some hours of work are done. @param {number} hours */
  lastIndex(hours) {
    return Math.max(0, Math.ceil(hours / this.share - TINY) - 1);
  }

  /** The hours there are until the end of a day; more than `most` are not counted exactly. @param {number} day @param {number} most */
  hoursUntil(day, most) {
    const enough = this.lastIndex(most);
    if (this.day(enough) <= day) return Math.max(most, (enough + 1) * this.share);
    return this.found.findIndex((other) => other > day) * this.share;
  }

  /** On which day work on a leaf begins: see `parts` in `core/planning/workdays.py`. @param {number} from @param {number} hours */
  firstIndex(from, hours) {
    const end = from + hours;
    const final = this.lastIndex(end);
    if (hours <= this.share + TINY || hours < 2 * LEAST_PART) return final;
    const parts = [];
    let saved = 0;
    for (let index = Math.floor(from / this.share + TINY); index < final; index++) {
      saved += (index + 1) * this.share - Math.max(from, index * this.share);
      if (saved < LEAST_PART) continue;
      parts.push([index, saved]);
      saved = 0;
    }
    let rest = end - Math.max(from, final * this.share) + saved;
    while (parts.length && rest < LEAST_PART - TINY) {
      const [index, part] = /** @type {number[]} */ (parts.pop());
      const taken = part + rest >= 2 * LEAST_PART ? LEAST_PART - rest : part;
      if (taken < part) parts.push([index, part - taken]);
      rest += taken;
    }
    return parts.length ? parts[0][0] : final;
  }
}

/**
 * A heap, its greatest on top: pairs, compared by their first numbers, then by their second.
 * @typedef {[number, number][]} Heap
 */

/** @param {[number, number]} one @param {[number, number]} other */
const isAbove = (one, other) => one[0] > other[0] || (one[0] === other[0] && one[1] > other[1]);

/** @param {Heap} heap @param {[number, number]} entry */
function push(heap, entry) {
  let at = heap.push(entry) - 1;
  for (; at && isAbove(entry, heap[(at - 1) >> 1]); at = (at - 1) >> 1) heap[at] = heap[(at - 1) >> 1];
  heap[at] = entry;
}

/** @param {Heap} heap */
function pop(heap) {
  const top = heap[0];
  const entry = /** @type {[number, number]} */ (heap.pop());
  if (!heap.length) return top;
  let at = 0;
  for (;;) {
    let under = 2 * at + 1;
    if (under + 1 < heap.length && isAbove(heap[under + 1], heap[under])) under++;
    if (under >= heap.length || !isAbove(heap[under], entry)) break;
    heap[at] = heap[under];
    at = under;
  }
  heap[at] = entry;
  return top;
}

/** For each node the topic that it lies in; sections and topics are their own. */
const topics = new Int32Array(size + 1);
/** What is directly below each node. @type {number[][]} */
const below = [[]];
for (let node = 1; node <= size; node++) {
  const upper = above[node];
  topics[node] = upper && above[upper] ? topics[upper] : node;
  below.push([]);
  if (upper) below[upper].push(node);
}

/** The event at which a node is done; it begins at the event of its own number. @param {number} node */
const endOf = (node) => (isLeaf(node) ? node : node + size);

/** The events that come directly before one. @param {number} event @returns {number[]} */
function eventsBefore(event) {
  if (event > size) return below[event - size].map(endOf);
  const needs = (data.needs?.[event - 1] ?? []).map((/** @type {number} */ need) => endOf(need + 1));
  return above[event] ? [...needs, above[event]] : needs;
}

/**
 * The leaves in the order of the plan: see `core/planning/sequencing.py`.
 * @param {Map<number, number>} work hours @param {Map<number, number>} due moments by which they have to be done
 * @param {number} from
 */
function sequence(work, due, from) {
  const waiting = new Int32Array(2 * size + 1);
  const released = [];
  for (let event = 1; event <= 2 * size; event++) {
    if (event <= size || !isLeaf(event - size)) for (const before of eventsBefore(event)) waiting[before]++;
  }
  for (let event = 1; event <= 2 * size; event++) {
    if (!waiting[event] && (event <= size || !isLeaf(event - size))) released.push(event);
  }
  let moment = from;
  for (const hours of work.values()) moment += hours;
  /** @param {number} event */
  const release = (event) => {
    for (const before of eventsBefore(event)) if (!--waiting[before]) released.push(before);
  };
  /** @type {Heap} */
  const all = [];
  /** @type {Heap} */
  const late = [];
  /** @type {Map<number, Heap>} */
  const byTopic = new Map();
  const taken = new Set();
  const backwards = [];
  let topic = 0;
  let allowed = 0;
  /** @param {number} leaf */
  const allow = (leaf) => {
    allowed++;
    push(all, [leaf, 0]);
    const inside = byTopic.get(topics[leaf]) ?? [];
    push(inside, [leaf, 0]);
    byTopic.set(topics[leaf], inside);
  };
  for (;;) {
    while (released.length) {
      const event = /** @type {number} */ (released.pop());
      const latest = due.get(event) ?? Infinity;
      if (!work.has(event)) release(event);
      else if (latest >= moment - TINY) allow(event);
      else push(late, [latest, event]);
    }
    while (late.length && late[0][0] >= moment - TINY) allow(pop(late)[1]);
    let chosen = 0;
    if (allowed) {
      if (!byTopic.get(topic)?.length) {
        while (taken.has(all[0][0])) pop(all);
        topic = topics[all[0][0]];
      }
      chosen = pop(/** @type {Heap} */ (byTopic.get(topic)))[0];
      taken.add(chosen);
      allowed--;
    } else if (late.length) chosen = pop(late)[1];
    else break;
    backwards.push(chosen);
    moment -= work.get(chosen) ?? 0;
    release(chosen);
  }
  return backwards.toReversed();
}

/** The hours of a day that what was done on it has used up. @param {string} now */
function spentOn(now) {
  let spent = 0;
  for (let leaf = 1; leaf <= size; leaf++) {
    const [low, high] = hoursOf(leaf);
    if (isLeaf(leaf) && marks[leaf].s === "d" && marks[leaf].on === now) spent += (low + high) / 2;
  }
  return spent;
}

/** The plan of what is open, in its order; nothing without a pace, or where it would never end. @param {string} now @returns {Map<number, Days>} */
function planFrom(now) {
  /** @type {Map<number, Days>} */
  const plan = new Map();
  /** @type {Map<number, number>} */
  const work = new Map();
  let most = 0;
  for (let leaf = 1; leaf <= size; leaf++) {
    if (!isLeaf(leaf) || marks[leaf].s !== "o" || !isCounted(leaf)) continue;
    const [low, high] = hoursOf(leaf);
    work.set(leaf, (low + high) / 2);
    most += high;
  }
  const first = Math.max(dayNumber(now), data.start ? dayNumber(data.start) : 0);
  const days = new Workdays(data.pace, first);
  if (!work.size || days.lastIndex(most) > FAR) return plan;
  let moment = first === dayNumber(now) && days.day(0) === first ? Math.min(days.share, spentOn(now)) : 0;
  most += moment;
  /** @type {Map<number, number>} */
  const due = new Map();
  for (let node = 1; node <= size; node++) {
    const own = data.due?.[node - 1];
    const until = Math.min(due.get(above[node]) ?? Infinity, own ? days.hoursUntil(dayNumber(own), most) : Infinity);
    if (until < Infinity) due.set(node, until);
  }
  for (const leaf of sequence(work, due, moment)) {
    const hours = work.get(leaf) ?? 0;
    plan.set(leaf, { start: days.day(days.firstIndex(moment, hours)), due: days.day(days.lastIndex(moment + hours)) });
    moment += hours;
  }
  return plan;
}
