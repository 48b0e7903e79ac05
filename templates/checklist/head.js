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
    // over plain http there are no locks: after a moment the browser knows the page
    setTimeout(go, navigator.locks ? 2000 : 200);
    navigator.locks?.request("roadpress", { mode: "shared" }, go).catch(go);
  });
  /** @type {any} */ (window).connected = connected.then(() => {
    try {
      const look = JSON.parse(localStorage.getItem("roadpress:look") || "{}");
      if (look.theme) root.dataset.theme = look.theme;
      if (look.contrast != null) root.dataset.contrast = look.contrast;
    } catch {
      // a private window, or what another program left there: the page looks as it was built
    }
    root.classList.remove("wait");
  });
})();
