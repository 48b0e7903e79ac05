"""What all tree formats have in common once their nodes are drafts."""

from __future__ import annotations

import re

from ..common.draft import Account, Draft, DraftRoadmap
from ..markdown.boilerplate import name_title


def settle(roadmap: DraftRoadmap, top: Draft, name: str, account: Account) -> None:
    """Give a roadmap its sections and title: no empty entries, at least one section."""
    if not roadmap.title and len(top.children) == 1 and top.children[0].children:
        only = top.children[0]
        roadmap.title, roadmap.description = only.title, roadmap.description or only.notes
        top = only
    roadmap.title = " ".join(roadmap.title.split()) or name_title(name)
    stack = [top]
    while stack:
        draft = stack.pop()
        kept: list[Draft] = []
        for child in draft.children:
            if re.search(r"\S", child.title):
                kept.append(child)
            elif child.children:
                kept += child.children
            else:
                account.leave_out(child.line, "empty entry", child.notes or "(nothing)")
        draft.children = kept
        stack += kept
        if draft.notes:
            draft.notes = draft.notes.strip("\n") + ("\n" if "\n" in draft.notes.strip("\n") else "")
    roadmap.description = roadmap.description.strip("\n") + "\n" if roadmap.description.strip() else ""
    sections = top.children
    if len(sections) > 1 and not any(section.children for section in sections):
        sections = [Draft(roadmap.title, sections[0].line, "the one section", sections)]
    roadmap.sections = sections
