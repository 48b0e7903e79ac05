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

/** Today, where the reader is. */
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

/** A part of a file's name that any system takes: letters, digits and hyphens, not many. @param {string} text */
const namePart = (text) => text.normalize("NFC").slice(0, 36).replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-|-$/g, "").toLowerCase();

/** What all keys begin with under which a browser keeps a roadmap's ticks; each learner's apart. @param {string} learner */
const storagePrefix = (learner) => `roadpress:${learner ? `${data.key}\n${learner}` : data.key}:`;
