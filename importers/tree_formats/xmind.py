"""XMind's files: a ZIP archive with the map as JSON, or as XML up to XMind 8."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from ...core.roadmap_file.ids import slug
from ...core.text import is_safe_url
from ..common import kind_inference, prefixes
from ..common.archive import Archive
from ..common.draft import Account, DraftNode, DraftRoadmap, Imported
from ..common.json_text import dicts, parse_json
from ..common.plain_text import as_markdown
from .common import settle
from .xml_tree import parse_local

_DONE = frozenset(("task-done", "symbol-right", "symbol-tick"))


def read(data: bytes, name: str) -> Imported:
    """Return the roadmap in a file of XMind; its central topic gives the title. Raises ValueError when it is none."""
    archive = Archive(data)
    if "content.json" in archive.names:
        found = parse_json(archive.text("content.json"))
        roots = [sheet["rootTopic"] for sheet in dicts(found) if isinstance(sheet.get("rootTopic"), dict)]
    elif "content.xml" in archive.names:
        root = parse_local(archive.text("content.xml"))
        roots = [_topic(topic) for sheet in _children(root, "sheet") for topic in _children(sheet, "topic")]
    else:
        raise ValueError("It is no file of XMind: it holds no `content.json`.")
    if not roots:
        raise ValueError("There is no map in it.")
    account, roadmap = Account(), DraftRoadmap()
    top = DraftNode("")
    stack: list[tuple[Any, DraftNode]] = [(topic, top) for topic in reversed(roots)]
    while stack:
        topic, parent = stack.pop()
        if isinstance(topic, Element):
            topic = _topic(topic)
        draft = _draft(topic, roadmap, account)
        parent.children.append(draft)
        below = topic.get("children")
        kinds = below if isinstance(below, dict) else {}
        lists = [kinds.get(kind) for kind in ("attached", "detached")]
        members = [one for many in lists if isinstance(many, list) for one in many if isinstance(one, (dict, Element))]
        stack.extend((one, draft) for one in reversed(members))
    if len(top.children) == 1:
        top = top.children[0]
        roadmap.title, roadmap.description = f"{top.icon} {top.title}".strip(), top.notes
        for url, _, _ in top.links:
            account.leave_out(0, "address of the title", url)
    settle(roadmap, top, name, account)
    kind_inference.set_kinds(roadmap)
    return Imported(roadmap, account)


def _draft(topic: dict[str, Any], roadmap: DraftRoadmap, account: Account) -> DraftNode:
    title = topic.get("title")
    first, _, more = (title if isinstance(title, str) else "").strip().replace("\r", "\n").partition("\n")
    icon, rest = prefixes.split_emoji(" ".join(first.split()))
    draft = DraftNode(as_markdown(rest or icon), 0, "topic", icon=icon if rest else "")
    draft.add_note("\n".join(map(as_markdown, more.split("\n"))))
    notes = topic.get("notes")
    plain = notes.get("plain") if isinstance(notes, dict) else None
    if isinstance(plain, dict) and isinstance(plain.get("content"), str):
        draft.add_note("\n".join(map(as_markdown, plain["content"].replace("\r\n", "\n").split("\n"))))
    href = topic.get("href")
    if isinstance(href, str) and href:
        if is_safe_url(href):
            draft.add_link(href)
        else:
            account.leave_out(0, "link inside the map", href)
    labels = topic.get("labels")
    for label in labels if isinstance(labels, list) else []:
        if isinstance(label, str) and label.strip():
            key = slug(label)
            roadmap.tags.setdefault(key, {"title": as_markdown(" ".join(label.split()))})
            draft.tags += [key] if key not in draft.tags else []
    for marker in dicts(topic.get("markers")):
        name = str(marker.get("markerId"))
        if name in _DONE:
            draft.done = "true"
        else:
            account.leave_out(0, "marker", name)
    return draft


def _topic(topic: Element) -> dict[str, Any]:
    """Return a topic of the older format as the newer one has it; those below it are still elements."""
    found: dict[str, Any] = {
        "title": "".join(text for title in _children(topic, "title") for text in title.itertext()),
        "href": next((value for key, value in topic.attrib.items() if key == "href"), ""),
        "labels": [
            "".join(label.itertext()) for labels in _children(topic, "labels") for label in _children(labels, "label")
        ],
        "markers": [
            {"markerId": marker.get("marker-id")}
            for markers in _children(topic, "marker-refs")
            for marker in _children(markers, "marker-ref")
        ],
        "children": {},
    }
    for notes in _children(topic, "notes"):
        for plain in _children(notes, "plain"):
            found["notes"] = {"plain": {"content": "".join(plain.itertext())}}
    for children in _children(topic, "children"):
        for topics in _children(children, "topics"):
            found["children"].setdefault(topics.get("type", "attached"), []).extend(_children(topics, "topic"))
    return found


def _children(element: Element, name: str) -> list[Element]:
    return [child for child in element if child.tag == name]
