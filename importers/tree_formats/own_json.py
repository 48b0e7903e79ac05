"""The JSON that roadpress writes, back to the same roadmap."""

from __future__ import annotations

from typing import Any

from ...core.errors import InvalidRoadmap
from ...core.roadmap_file.format import NODE, FieldType
from ...core.roadmap_file.loading import load_bytes
from ..common.draft import Account, DraftNode, DraftRoadmap, Imported
from ..common.json_text import dicts, parse_json
from ..common.yaml_writer import yaml_text
from ..markdown.own_export import settle_done, settle_needs, written_hours, written_pace

MAX_DEPTH = 100


def is_ours(found: Any) -> bool:
    """Whether JSON is a roadmap as roadpress writes it."""
    return isinstance(found, dict) and found.get("roadpress") == 1 and isinstance(found.get("sections"), list)


def read(text: str, name: str) -> Imported:  # noqa: ARG001 - the face of every reader
    """Return the roadmap in it, ticks included. Raises ValueError when it is no such file, or no longer sound."""
    found = parse_json(text)
    if not is_ours(found):
        raise ValueError("It is no roadmap as `roadpress json` writes it.")
    account = Account()
    roadmap = DraftRoadmap(_text(found.get("title")), _text(found.get("description")))
    roadmap.authors = _texts(found.get("author"))
    roadmap.learner, roadmap.start = _text(found.get("learner")), _text(found.get("start"))
    roadmap.language = _text(found.get("language")).removeprefix("en") and _text(found.get("language"))
    roadmap.pace = written_pace(found.get("pace"))
    tags = found.get("tags")
    for key, tag in tags.items() if isinstance(tags, dict) else ():
        roadmap.tags[key] = (
            {part: _text(value) for part, value in tag.items() if value} if isinstance(tag, dict) else {}
        )
    exports = found.get("exports")
    roadmap.exports = exports if isinstance(exports, dict) else {}
    boxes: dict[int, bool] = {}
    skipped = 0
    top = DraftNode("")
    stack: list[tuple[dict[str, Any], DraftNode, int]] = [(one, top, 1) for one in reversed(dicts(found["sections"]))]
    while stack:
        node, parent, depth = stack.pop()
        if depth > MAX_DEPTH:
            raise ValueError(f"It nests more than {MAX_DEPTH} deep.")
        draft = _draft(node)
        parent.children.append(draft)
        below = dicts(node.get("items"))
        if not below:
            boxes[id(draft)] = node.get("state") == "done"
            skipped += node.get("state") == "skipped"
        stack.extend((one, draft, depth + 1) for one in reversed(below))
    roadmap.sections = top.children
    for section in roadmap.sections:
        settle_done(section, boxes)
    settle_needs(roadmap, account)
    if skipped:
        account.notices.append(f"{skipped:,} entries were skipped, which only a progress file can say: they are open.")
    _check(roadmap)
    return Imported(roadmap, account)


def _draft(node: dict[str, Any]) -> DraftNode:
    draft = DraftNode(_text(node.get("title")), 0, "entry")
    own = _text(node.get("id"))
    draft.id, draft.ref = (own, "") if node.get("own_id") is True else ("", own)
    for field in NODE:
        value = node.get(field.key)
        if field.type is FieldType.DONE:
            done = node.get("done_in_file")
            draft.done = "true" if done is True else _text(done)
        elif field.type is FieldType.LINKS:
            draft.links = [
                (_text(one.get("url")), _text(one.get("title")), _text(one.get("kind"))) for one in dicts(value)
            ]
        elif field.type is FieldType.HOURS:
            draft.hours = written_hours([value.get("low"), value.get("high")]) if isinstance(value, dict) else ""
        elif field.type in (FieldType.NAMES, FieldType.NODES):
            setattr(draft, field.key, _texts(value))
        elif field.type is FieldType.FLAG:
            setattr(draft, field.key, value is True)
        elif field.type is not FieldType.DATE or node.get("due_is_fixed", True) is True:
            setattr(draft, field.key, _text(value))
    return draft


def _check(roadmap: DraftRoadmap) -> None:
    """Raise ValueError when a hand, or a program, has made of the file what no roadmap may say."""
    try:
        load_bytes(yaml_text(roadmap).encode("utf-8", "replace"), "")
    except InvalidRoadmap as error:
        raise ValueError(f"It was changed so that it is no roadmap: {error.problems[0].message}.") from None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
