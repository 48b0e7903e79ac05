/** What every page does. Its modules are joined behind this one and share its scope. */

/** @param {string} id @returns {any} */
const find = (id) => document.getElementById(id);

/** What the exporter tells the script. */
const data = JSON.parse(find("data").textContent);
/** What the script says, in the reader's language. @type {Record<string, string>} */
const words = data.words ?? JSON.parse(find("words").textContent);

/** Fill a sentence's places. @param {string} sentence @param {Record<string, unknown>} values */
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** A text for searching: small, and without accents; the Turkish ı, which is the small I, counts as i. @param {string} text */
const simple = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ı/g, "i");

/** What a part of an address says; nothing, when it is broken. @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
