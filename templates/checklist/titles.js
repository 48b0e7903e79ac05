/**
 * Titles for comparing: a translation of `core/identity/titles.py`, which says why. Lengths count code points, as there.
 *
 * @typedef {{words: string[], key: string, loose: string, letters?: string[], pairs?: Map<string, number>}} Words
 *   A title's words; these in one text; that without a number in front. The last two are made when they are asked for.
 */

const ENOUGH = 75;
const DOUBTFUL = 60;
const LETTERS_BEHIND = 5;

/** @param {string} title @returns {Words} */
function takeApart(title) {
  const lower = title.normalize("NFKC").toLowerCase();
  const parts = splitWords(lower);
  return { words: parts, key: parts.join(" ") || oneSpaced(lower), loose: withoutNumber(lower) };
}

/** A text with one space wherever there is any. @param {string} text */
// oxlint-disable-next-line no-control-regex
const oneSpaced = (text) => text.split(/[\p{White_Space}\x1c-\x1f]+/u).filter(Boolean).join(" ");

/** @param {string} text */
const lengthOf = (text) => [...text].length;

/** @param {string} text @returns {string[]} */
const splitWords = (text) => text.match(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}+#]*/gu) ?? [];

/** `24. `, `17 `, `Day 17: `, `Tier 3 - `; a word in front asks for a sign behind the number. */
const numberInFront = /^(?:([\p{L}\p{Nl}\p{No}]+) +)?\p{Nd}{1,3} *(?:[-–—:.)/|>]+ |[-–—:.)/|>]* (?=[\p{L}\p{Nl}\p{No}]))/u;

/** @param {string} text */
function withoutNumber(text) {
  const begun = text.slice(Math.max(text.search(/[\p{L}\p{N}]/u), 0));
  const [head = "", word] = numberInFront.exec(begun) ?? [];
  if (!head || (word && /\p{Nd}$/u.test(head.trimEnd()))) return "";
  const rest = splitWords(begun.slice(head.length));
  if (lengthOf(rest.join("")) < 4 || rest.every(hasDigit)) return "";
  return (word ? [word, ...rest] : rest).join(" ");
}

/** @param {string} word */
const hasDigit = (word) => /\p{N}/u.test(word);

/** Whether a title is so long that two entries will hardly share it by chance. @param {string} key */
function saysMuch(key) {
  const parts = key.split(" ").filter((word) => word && !hasDigit(word));
  return parts.length > 2 || lengthOf(parts.join("")) >= 12;
}

/** How alike two titles are, 0 to 100. @param {Words} one @param {Words} other */
function likeness(one, other) {
  if (one.key === other.key) return 100;
  if (!sameNumbers(one.words, other.words)) return 0;
  return Math.max(wordsInCommon(one.words, other.words), Math.min(lettersInCommon(one, other) + LETTERS_BEHIND, 100));
}

/** @param {string[]} one @param {string[]} other */
function wordsInCommon(one, other) {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  if (shorter.length === 1) return shorter[0] === longer[0] && (lengthOf(shorter[0]) > 2 || hasDigit(shorter[0])) ? 100 : 0;
  return shorter.length ? Math.floor((100 * inCommon(countsOf(shorter), countsOf(longer))) / shorter.length) : 0;
}

/** Pairs of neighbouring letters that two titles share, by all that they have (Dice). @param {Words} one @param {Words} other */
function lettersInCommon(one, other) {
  const total = lettersOf(one).length + lettersOf(other).length - 2;
  return total > 0 ? Math.floor((200 * inCommon(pairsOf(one), pairsOf(other))) / total) : 0;
}

/** @param {Words} title */
const lettersOf = (title) => (title.letters ??= [...title.key.replaceAll(" ", "")]);

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
