"""`roadmap.yml` of github.com/SierraSoftworks/roadmap: objective, timeline, milestones and deliverables."""

from __future__ import annotations

from typing import Any

from ...core.roadmap_file.yaml_tree import parse, texts
from ...core.text import is_safe_url
from ..common.draft import Account, DraftNode, DraftRoadmap, Imported
from ..common.json_text import dicts
from .common import settle

_KNOWN = frozenset(("title", "description", "authors", "objective", "timeline", "milestones"))
_STATES = {"TODO": "", "DOING": "", "DONE": "true", "SKIP": ""}
_LEVELS = ("MAY", "SHOULD", "MUST")


def read(text: str, name: str) -> Imported:
    """Return the roadmap: milestones are sections, deliverables topics. Raises ValueError when it is no such file."""
    parsed = parse(text)
    if not parsed.complete:
        place, message, *_ = parsed.problems[-1]
        raise ValueError(f"It is no YAML: in line {place.line}, column {place.column}, {message}.")
    found = texts(parsed.root)
    if not isinstance(found, dict) or not _KNOWN & set(found):
        raise ValueError("It is no roadmap of SierraSoftworks: it has no `milestones`, `timeline` or `objective`.")
    account = Account()
    roadmap = DraftRoadmap(_line(found.get("title")))
    parts = [_text(found.get("description"))]
    if objective := _text(found.get("objective")):
        parts.append(f"**Objective**: {objective}")
    roadmap.description = "\n\n".join(part for part in parts if part)
    roadmap.authors = [_author(one) for one in dicts(found.get("authors"))]
    top = DraftNode("", 0, "document")
    top.children = [_milestone(one) for one in dicts(found.get("milestones"))]
    timeline = [_moment(one) for one in dicts(found.get("timeline"))]
    if timeline:
        top.children.append(DraftNode("Timeline", 0, "timeline", timeline))
    for key, value in found.items():
        if key not in _KNOWN:
            account.leave_out(0, "unknown key", f"{key}: {value}" if isinstance(value, str) else str(key))
    settle(roadmap, top, name, account)
    return Imported(roadmap, account)


def _milestone(one: dict[str, Any]) -> DraftNode:
    draft = DraftNode(_line(one.get("title")), 0, "milestone")
    draft.add_note(_text(one.get("description")))
    draft.children = [_deliverable(deliverable) for deliverable in dicts(one.get("deliverables"))]
    return draft


def _deliverable(one: dict[str, Any]) -> DraftNode:
    draft = DraftNode(_line(one.get("title")), 0, "deliverable")
    draft.add_note(_text(one.get("description")))
    state = _line(one.get("state")).upper()
    draft.done = _STATES.get(state, "")
    if state in ("DOING", "SKIP"):
        draft.add_note(f"State: {state}")
    requirement = _line(one.get("requirement")).upper()
    draft.optional = requirement == _LEVELS[0]
    if requirement == _LEVELS[1]:
        draft.add_note(f"Requirement: {requirement}")
    reference = _line(one.get("reference"))
    if reference:
        draft.add_link(reference, "" if is_safe_url(reference) else "Reference")
    return draft


def _moment(one: dict[str, Any]) -> DraftNode:
    draft = DraftNode(_line(one.get("title")), 0, "moment", kind="milestone")
    draft.add_note(_text(one.get("description")))
    day = _line(one.get("date"))[:10]
    if len(day) == 10 and day.replace("-", "").isdigit():
        draft.due = day
    return draft


def _author(one: dict[str, Any]) -> str:
    name, contact = _line(one.get("name")), _line(one.get("contact"))
    return f"{name} <{contact}>" if name and contact else name or contact


def _line(value: Any) -> str:
    return " ".join(str(value or "").split()) if isinstance(value, str) else ""


def _text(value: Any) -> str:
    return value.strip("\n") if isinstance(value, str) else ""
