/**
 * Titles for comparing: a translation of `core/identity/titles.py`, which says why. Lengths count code points, as there.
 *
 * @typedef {{words: string[], key: string, loose: string, letters?: string[], pairs?: Map<string, number>}} Words
 *   A title's words; these in one text; that without a number in front. The last two are made when they are asked for.
 */

const ENOUGH = 75;
const DOUBTFUL = 60;

/** @param {string} title @returns {Words} */
function takeApart(title) {
  const lower = title.normalize("NFKC").toLowerCase();
  const parts = lower.match(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}+#]*/gu) ?? [];
  return { words: parts, key: parts.join(" ") || oneSpaced(lower), loose: withoutNumber(parts) };
}

/** A text with one space wherever there is any. @param {string} text */
// oxlint-disable-next-line no-control-regex
const oneSpaced = (text) => text.split(/[\p{White_Space}\x1c-\x1f]+/u).filter(Boolean).join(" ");

/** @param {string} text */
const lengthOf = (text) => [...text].length;

/** @param {string[]} parts */
function withoutNumber(parts) {
  if (parts.length > 1 && isNumber(parts[0])) {
    const rest = parts.slice(1);
    return lengthOf(rest.join(" ")) >= 4 && !rest.every(isNumber) ? rest.join(" ") : "";
  }
  if (parts.length > 3 && isNumber(parts[1]) && !hasDigit(parts[0])) {
    const rest = parts.slice(2).join(" ");
    return lengthOf(rest) >= 12 ? `${parts[0]} ${rest}` : "";
  }
  return "";
}

/** @param {string} word */
const isNumber = (word) => /^\p{Nd}+$/u.test(word);

/** @param {string} word */
const hasDigit = (word) => /\p{N}/u.test(word);

/** How alike two titles are, 0 to 100. @param {Words} one @param {Words} other */
function likeness(one, other) {
  if (one.key === other.key) return 100;
  if (!sameNumbers(one.words, other.words)) return 0;
  return Math.max(wordsInCommon(one.words, other.words), lettersInCommon(one, other));
}

/** @param {string[]} one @param {string[]} other */
function wordsInCommon(one, other) {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  if (shorter.length === 1) return shorter[0] === longer[0] && lengthOf(shorter[0]) > 2 ? 100 : 0;
  return shorter.length ? Math.floor((100 * inCommon(countsOf(shorter), countsOf(longer))) / shorter.length) : 0;
}

/** Pairs of neighbouring letters that two titles share, by all that they have (Dice). @param {Words} one @param {Words} other */
function lettersInCommon(one, other) {
  const total = lettersOf(one).length + lettersOf(other).length - 2;
  return total > 0 ? Math.floor((200 * inCommon(pairsOf(one), pairsOf(other))) / total) : 0;
}

/** @param {Words} title */
const lettersOf = (title) => (title.letters ??= [...title.key]);

/** @param {Words} title */
const pairsOf = (title) => (title.pairs ??= countsOf(lettersOf(title).slice(1).map((letter, at) => lettersOf(title)[at] + letter)));

/** @param {string[]} one @param {string[]} other */
function sameNumbers(one, other) {
  const [mine, theirs] = [one, other].map((parts) => countsOf(parts.filter(hasDigit)));
  return !mine.size || !theirs.size || isWithin(mine, theirs) || isWithin(theirs, mine);
}

/** @template T @param {Iterable<T>} things @returns {Map<T, number>} how often each is there */
function countsOf(things) {
  const counts = new Map();
  for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1);
  return counts;
}

/** @template T @param {Map<T, number>} one @param {Map<T, number>} other */
function inCommon(one, other) {
  let sum = 0;
  for (const [thing, number] of one) sum += Math.min(number, other.get(thing) ?? 0);
  return sum;
}

/** @template T @param {Map<T, number>} one @param {Map<T, number>} other */
const isWithin = (one, other) => [...one].every(([thing, number]) => number <= (other.get(thing) ?? 0));
