/** Which signs this browser has no font for: they look like a sign that nobody has. */

const NOBODYS = "\u{10FFFF}";
/** @type {CanvasRenderingContext2D | null} */
let canvas = null;
/** @type {Map<string, boolean>} */
const known = new Map();

/** @param {string} sign */
function drawn(sign) {
  canvas ??= Object.assign(document.createElement("canvas"), { width: 24, height: 24 }).getContext("2d", { willReadFrequently: true });
  if (!canvas) return "";
  canvas.clearRect(0, 0, 24, 24);
  canvas.font = "16px system-ui";
  canvas.textBaseline = "top";
  canvas.fillText(sign, 0, 0);
  return canvas.getImageData(0, 0, 24, 24).data.join();
}

/** @param {string} sign */
export function lacksFont(sign) {
  let found = known.get(sign);
  if (found === undefined) known.set(sign, (found = measured(sign)));
  return found;
}

/** @param {string} sign */
function measured(sign) {
  const first = String.fromCodePoint(sign.codePointAt(0) ?? 0);
  return drawn(first) === drawn(NOBODYS);
}
