"""What all tree formats have in common once their nodes are drafts."""

from __future__ import annotations

import re

from ..common.draft import Account, DraftNode, DraftRoadmap
from ..markdown.greeting_and_offer import name_title


def settle(roadmap: DraftRoadmap, top: DraftNode, name: str, account: Account, *, as_it_is: bool = False) -> None:
    """Give a roadmap its sections and title: no empty entries, at least one section.

    `as_it_is` keeps the levels as they are, of what roadpress wrote.
    """
    if not as_it_is and not roadmap.title and len(top.children) == 1 and top.children[0].children:
        only = top.children[0]
        roadmap.title, roadmap.description = only.title, roadmap.description or only.notes
        top = only
    roadmap.title = " ".join(roadmap.title.split()) or name_title(name)
    stack = [top]
    while stack:
        draft = stack.pop()
        kept: list[DraftNode] = []
        waiting = draft.children[::-1]
        while waiting:
            child = waiting.pop()
            if re.search(r"\S", child.title):
                kept.append(child)
                continue
            said = [child.notes, *(url for url, _, _ in child.links)]
            account.leave_out(child.line, "empty entry", "\n".join(filter(None, said)) or "(nothing)")
            waiting += reversed(child.children)
        draft.children = kept
        stack += kept
        if draft.notes:
            draft.notes = draft.notes.strip("\n") + ("\n" if "\n" in draft.notes.strip("\n") else "")
    roadmap.description = roadmap.description.strip("\n") + "\n" if roadmap.description.strip() else ""
    sections = top.children
    if not as_it_is and len(sections) > 1 and not any(section.children for section in sections):
        sections = [DraftNode(roadmap.title, sections[0].line, "the one section", sections)]
    roadmap.sections = sections
