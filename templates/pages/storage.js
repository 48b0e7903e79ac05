/** Where a browser keeps ticks: what pages with boxes share. Joined behind `common.js`. */

/** Today, where the reader is. */
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

/** A part of a file's name that any system takes: letters, digits and hyphens, not many. @param {string} text */
const namePart = (text) => text.normalize("NFC").slice(0, 36).replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-|-$/g, "").toLowerCase();

/** What all keys begin with under which a browser keeps a roadmap's ticks; each learner's apart. @param {string} learner */
const storagePrefix = (learner) => `roadpress:${learner ? `${data.key}\n${learner}` : data.key}:`;
