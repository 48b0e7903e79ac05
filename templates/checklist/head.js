/**
 * Runs before the first paint: says that there is a script, and takes up the chosen look, so that nothing flashes.
 */
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const look = JSON.parse(localStorage.getItem("roadpress:look") || "{}");
    if (look.theme) root.dataset.theme = look.theme;
    if (look.contrast) root.dataset.contrast = look.contrast;
  } catch {
    // a private window, or what another program left there: the page looks as it was built
  }
})();
