/** A drawing (SVG) painted as a picture (PNG) by the browser, twice as fine as on screen. */

const FINER = 2;
const MOST = 8000;

/** @param {Uint8Array} svg @returns {Promise<Uint8Array>} */
export async function pictureOf(svg) {
  const address = URL.createObjectURL(new Blob([/** @type {any} */ (svg)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const scale = Math.min(FINER, MOST / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const picture = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!picture) throw new Error("The picture is too large for this browser.");
    return new Uint8Array(await picture.arrayBuffer());
  } finally {
    URL.revokeObjectURL(address);
  }
}
