"""FreeMind's and Freeplane's .mm files: mind maps to roadmaps."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ..common import kind_inference, prefixes
from ..common.draft import Account, DraftNode, DraftRoadmap, Imported
from ..documents.html_page import blocks_of, titled
from .common import settle
from .xml_tree import parse

_DONE_ICONS = frozenset(("button_ok", "checked", "full-7", "emoji-2705", "emoji-2714"))


def read(text: str, name: str) -> Imported:
    """Return the roadmap in a mind map; its middle gives the title. Raises ValueError when it is none."""
    root = parse(text)
    middle = root.find("node")
    if root.tag != "map" or middle is None:
        raise ValueError("It is no mind map: there is no `<map>` with a `<node>`.")
    account = Account()
    top = _draft(middle, account)
    roadmap = DraftRoadmap(f"{top.icon} {top.title}".strip(), top.notes)
    for url, _, _ in top.links:
        account.leave_out(0, "address of the title", url)
    stack: list[tuple[Element, DraftNode]] = [(middle, top)]
    while stack:
        element, parent = stack.pop()
        pairs = []
        for node in element.findall("node"):
            draft = _draft(node, account)
            parent.children.append(draft)
            pairs.append((node, draft))
        stack.extend(reversed(pairs))
    settle(roadmap, top, name, account)
    kind_inference.set_kinds(roadmap)
    return Imported(roadmap, account)


def _draft(node: Element, account: Account) -> DraftNode:
    title = node.get("TEXT") or ""
    draft = DraftNode("", 0, "node")
    title = titled(draft, title)
    for rich in node.findall("richcontent"):
        words = blocks_of(rich)
        if rich.get("TYPE") == "NODE" and not title:
            title = words
        else:
            draft.add_note(words)
    first, _, more = title.strip().partition("\n")
    draft.icon, draft.title = prefixes.split_emoji(" ".join(first.split()))
    if draft.icon and not draft.title:
        draft.icon, draft.title = "", draft.icon
    draft.add_note(more)
    link = (node.get("LINK") or "").strip()
    if link.startswith("#"):
        account.leave_out(0, "link inside the map", link)
    elif link:
        draft.add_link(link)
    for icon in node.findall("icon"):
        built_in = icon.get("BUILTIN", "")
        if built_in in _DONE_ICONS:
            draft.done = "true"
        else:
            account.leave_out(0, "icon", built_in)
    for attribute in node.findall("attribute"):
        draft.add_note(f"{attribute.get('NAME', '')}: {attribute.get('VALUE', '')}")
    return draft
