/** What the page says, in the language that the browser asks for. */
import english from "./words/en.json";

/** @type {Record<string, () => Promise<{default: Record<string, string>}>>} */
const LANGUAGES = {};
const RIGHT_TO_LEFT = ["ar", "he", "fa", "ur"];
/** @type {Record<string, string>} */
let words = english;

/** Take the first language that the browser asks for and that is here. */
export async function inLanguage() {
  for (const tag of navigator.languages ?? []) {
    const name = tag.toLowerCase().split("-")[0];
    if (name === "en") return;
    const found = LANGUAGES[name];
    if (!found) continue;
    words = { ...english, ...(await found()).default };
    document.documentElement.lang = name;
    document.documentElement.dir = RIGHT_TO_LEFT.includes(name) ? "rtl" : "ltr";
    return;
  }
}

/** @param {string} name @param {Record<string, string | number>} [values] */
export function word(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

/** Put the words where the page names them. @param {ParentNode} root */
export function translate(root) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-w]"))) element.textContent = word(element.dataset.w ?? "");
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-label]"))) element.setAttribute("aria-label", word(element.dataset.label ?? ""));
}
