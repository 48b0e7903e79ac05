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
  // what is shown anew after an edit stands where the old one stood
  const [, at] = /^at (\d+)$/.exec(window.name) ?? [];
  window.name = "";
  const stand = (/** @type {number} */ tries) => {
    scrollTo(0, Number(at));
    if (tries && scrollY < Number(at)) requestAnimationFrame(() => stand(tries - 1)); // what is out of sight has no height yet
  };
  if (at) addEventListener("load", () => stand(30));
  addEventListener("scroll", () => {
    parent.postMessage({ scrolled: Math.round(scrollY) }, "*");
  }, { passive: true });
  // such a document's addresses are relative to the page around it: writing one would load that page into the frame
  history.replaceState = () => {};
  // a link would take the frame's place, and a frame may go nowhere
  addEventListener(
    "click",
    (event) => {
      const link = /** @type {any} */ (event.target).closest?.("a[href]");
      const place = link?.getAttribute("href") ?? "";
      if (place.startsWith("#")) {
        event.preventDefault();
        location.hash = place;
      }
      if (!/^(https?|mailto):/.test(place)) return;
      link.setAttribute("target", "_blank");
      link.setAttribute("rel", "noopener noreferrer");
    },
    true,
  );
  own.remove();
})();
