/** The page's buttons, and the beginning of everything. */

find("in").addEventListener("click", () => zoom(1.25));
find("out").addEventListener("click", () => zoom(0.8));
find("fit").addEventListener("click", fit);
find("help").addEventListener("click", () => find("keys").showModal());
find("close").addEventListener("click", () => {
  find("about").hidden = true;
  focusNode(current);
});
find("level").addEventListener("change", () => {
  foldToLevel(Number(find("level").value));
  update();
  fit();
});
new ResizeObserver(() => show()).observe(pane);
document.documentElement.classList.add("ready");
restore();
