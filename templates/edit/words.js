/** What the page says: in the first language that the browser asks for and that is here, else in the roadmap's. */

/** Names of the files in `words/`. */
const NAMES = (document.documentElement.dataset.languages ?? "").split(" ");
/** @type {Record<string, string>} */
let words = {};
let chosen = "";

/** The name of the file for a tag (BCP 47): `zh-TW` is written in traditional characters, `de-AT` is German. @param {string} tag */
function fileOf(tag) {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return [tag.toLowerCase(), `${language}-${script}`.toLowerCase(), language].find((name) => NAMES.includes(name)) ?? "";
  } catch {
    return ""; // no tag at all
  }
}

/** Take the words of the first of some languages that is here. Whether it was. @param {readonly string[]} tags */
export async function speakFirstOf(tags) {
  const name = tags.map(fileOf).find(Boolean);
  if (!name || name === chosen) return !!name;
  const answer = await fetch(`words/${name}.json`);
  if (!answer.ok) return false;
  const found = await answer.json();
  words = found.words;
  chosen = name;
  document.documentElement.lang = found.language;
  document.documentElement.dir = found.direction;
  translate(document);
  return true;
}

/** @param {string} name @param {Record<string, string | number>} [values] */
export function word(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

/** Put the words where the page names them. @param {ParentNode} root */
function translate(root) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-w]"))) element.textContent = word(element.dataset.w ?? "");
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-label]"))) element.setAttribute("aria-label", word(element.dataset.label ?? ""));
}
