"""Questions, projects, milestones and resources, told by the headings they stand under and by their own form."""

from __future__ import annotations

import re

from ..markdown.inline import bare
from . import prefixes, vocabulary
from .draft import DraftNode, DraftRoadmap

_ITEMS = ("item", "task", "done sign", "label")
_AMONG_OTHERS = re.compile(r"\b(?:and|for)\b|&", re.IGNORECASE)
"""Of `Advanced Topics and Projects`, `A framework for projects` not all below is a project."""
_QUOTES = '“"„«「'


def set_kinds(roadmap: DraftRoadmap) -> None:
    """Give every leaf its kind."""
    under = vocabulary.QUESTIONS.search(bare(roadmap.title))
    for section in roadmap.sections:
        _set(section, "questions" if under else "")


def _set(top: DraftNode, under: str) -> None:
    stack = [(top, under)]
    while stack:
        draft, heading = stack.pop()
        if draft.children:
            below = _about(draft) or heading
            if below == heading == "projects" and draft.how in _ITEMS:
                below = ""  # the steps of a project are none
            stack.extend((child, below) for child in draft.children)
        elif not draft.kind:
            draft.kind = _kind(draft, heading)


def _about(draft: DraftNode) -> str:
    """Return what a title says of the entries below it."""
    title = prefixes.split_emoji(bare(draft.title))[1]
    if len(title.split()) > 9:
        return ""
    if vocabulary.QUESTIONS.search(title):
        return "questions"
    if (projects := vocabulary.PROJECTS.search(title)) and not _AMONG_OTHERS.search(title[: projects.start()]):
        return "projects"
    if vocabulary.RESOURCES.match(title):
        return "resources"
    if vocabulary.QUOTED_QUESTIONS.search(title):
        return "quoted questions"
    return ""


def _kind(draft: DraftNode, heading: str) -> str:
    title = draft.title
    if vocabulary.PROJECT_ITEM.match(title) or vocabulary.FINAL_PROJECT.search(bare(title)):
        return "project"
    if vocabulary.MILESTONE_ITEM.match(title):
        return "milestone"
    if heading == "questions" and not draft.links:
        return "question"
    if heading == "quoted questions" and (title[:1] in _QUOTES or title.endswith(("?", "？", "؟"))):
        return "question"
    if heading == "projects":
        return "project"
    if heading == "resources" and (draft.links or "](" in title or "://" in title):
        return "resource"
    return ""
