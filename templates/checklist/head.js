/**
 * Runs before the first paint: says that there is a script, and takes up the chosen look, so that nothing flashes.
 *
 * It waits for one answer of the browser before anything touches localStorage: Chromium, when busy, connects a page of a
 * disk to nothing if it asks too early (`IsRequestValid` in its dom_storage_context_wrapper.cc), and all ticks would be gone.
 */
(() => {
  // without it the page reads, ticks and prints as without a script
  if (!("DecompressionStream" in window)) return;
  const root = document.documentElement;
  root.classList.add("js", "wait");
  const connected = new Promise((go) => {
    setTimeout(go, 2000);
    // over plain http there are no locks: by the time that a page is loaded and painted the browser knows it
    if (!navigator.locks) return addEventListener("load", () => setTimeout(go, 100));
    navigator.locks.request("roadpress", { mode: "shared" }, go).catch(go);
  });
  /** @type {any} */ (window).connected = connected.then(() => {
    try {
      const look = JSON.parse(localStorage.getItem("roadpress:look") || "{}");
      if (look.theme) root.dataset.theme = look.theme;
      if (look.contrast) root.dataset.contrast = look.contrast;
    } catch {
      // a private window, or what another program left there: the page looks as it was built
    }
    root.classList.remove("wait");
  });
})();
