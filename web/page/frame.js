/** Stands before everything else in a page of ours that is shown in a frame without an origin: ticks go to whoever shows it. */
(() => {
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @type {Set<number>} */
  const unsent = new Set();
  /** @type {any} */
  let page = null;
  let waiting = 0;
  function send() {
    parent.postMessage({ ticks: page.progressText([...unsent]) }, "*");
    unsent.clear();
  }
  if ("ticks" in own.dataset) {
    /** @type {any} */ (window).roadpress = {
      start: (/** @type {any} */ lent) => (page = lent),
      keep(/** @type {number} */ leaf) {
        unsent.add(leaf);
        clearTimeout(waiting);
        waiting = setTimeout(send, 200);
      },
    };
  }
  // a link would take the frame's place, and a frame may go nowhere
  addEventListener(
    "click",
    (event) => {
      const link = /** @type {any} */ (event.target).closest?.("a[href]");
      if (!link || !/^(https?|mailto):/.test(link.href?.baseVal ?? link.href)) return;
      link.setAttribute("target", "_blank");
      link.setAttribute("rel", "noopener noreferrer");
    },
    true,
  );
  own.remove();
})();
