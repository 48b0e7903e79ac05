/** The chosen node: it has the focus of the tree, and the panel tells of it. */

let current = root;

/** @param {MapNode} node */
function choose(node) {
  current.group.setAttribute("tabindex", "-1");
  current.group.classList.remove("on");
  current = node;
  node.group.setAttribute("tabindex", "0");
  node.group.classList.add("on");
}

/** @param {MapNode} node */
function focusNode(node) {
  choose(node);
  node.group.focus({ preventScroll: true });
  reveal(node);
}

/** Tell of a node: its text, its facts and its links. @param {MapNode} node */
function tellOf(node) {
  find("name").textContent = node.name;
  find("facts").textContent = node.facts;
  find("links").replaceChildren(...[...node.group.querySelectorAll("a")].map(linkItem));
  find("about").hidden = false;
}

/** @param {Element} link of the drawing, with its title as tooltip */
function linkItem(link) {
  const item = document.createElement("li");
  const anchor = document.createElement("a");
  anchor.href = link.getAttribute("href") ?? "";
  anchor.target = "_blank";
  anchor.rel = "noopener";
  anchor.textContent = link.querySelector("title")?.textContent || anchor.href;
  item.append(anchor);
  return item;
}

svg.addEventListener("focusin", (event) => {
  const node = nodeOf(event.target);
  if (node && node !== current) choose(node);
});
