"""Trees of drafts, and random edits of them: what an owner does to a roadmap, and what a source becomes."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from hypothesis import strategies as st

from roadpress.importers.common.draft import DraftNode, DraftRoadmap

WORDS = [a + b for a in ("ba", "ke", "li", "mo", "nu", "pra", "ste", "tri", "vo", "zu") for b in
         ("dan", "fel", "gim", "hor", "jup", "kast", "lend", "mirk", "nols", "pund", "quas", "rett")]  # fmt: skip
COMMON = ["Exercises", "Reading", "Project"]


@dataclass
class Edited:
    """A tree after edits, and what was done to it, by the titles that entries had before."""

    roadmap: DraftRoadmap
    retitled: dict[str, str] = field(default_factory=dict)
    noted: dict[str, str] = field(default_factory=dict)
    timed: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    added: set[str] = field(default_factory=set)


@st.composite
def sources(draw: st.DrawFn, *, twins: bool = True) -> DraftRoadmap:
    """Return a small source: titles that are there once, and with `twins` some that are there several times."""
    words = draw(st.permutations(WORDS))
    pool = [f"{one} {other}".capitalize() for one, other in zip(words[::2], words[1::2], strict=True)]
    pool = pool[: draw(st.integers(1, 22))]
    top: list[DraftNode] = []
    above: list[list[DraftNode]] = [top]
    for title in pool:
        depth = draw(st.integers(0, min(len(above) - 1, 3)))
        draft = DraftNode(title)
        if draw(st.booleans()):
            draft.notes = f"About {title}."
        if draw(st.booleans()):
            draft.links = [(f"https://example.org/{title.split()[0]}", "", "")]
        del above[depth + 1 :]
        above[depth].append(draft)
        above.append(draft.children)
        if twins and depth and draw(st.integers(0, 3)) == 0:
            above[depth].append(DraftNode(draw(st.sampled_from(COMMON))))
    return DraftRoadmap("Plan", sections=top)


KINDS = ("retitle", "note", "time", "delete", "move", "add", "reorder", "nest")


@st.composite
def edited(
    draw: st.DrawFn,
    source: DraftRoadmap,
    who: str,
    *,
    kinds: tuple[str, ...] = KINDS,
    most: int = 6,
    spare: frozenset[str] = frozenset(),
) -> Edited:
    """Return a copy with random edits by `owner` or `source`; entries with a title in `spare` are left alone."""
    result = Edited(deepcopy(source))
    touched: set[int] = set()
    for number in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(kinds))
        drafts = [d for d in result.roadmap.walk() if d.title not in {*COMMON, *spare} and id(d) not in touched]
        if not drafts and kind != "add":
            continue
        draft = draft_parent = None
        if drafts:
            draft = draw(st.sampled_from(drafts))
            draft_parent = _siblings(result.roadmap, draft)
        if kind == "add":
            places = [result.roadmap.sections, *(d.children for d in result.roadmap.walk() if d.title not in COMMON)]
            place = draw(st.sampled_from(range(len(places))))
            title = f"Something {'of mine' if who == 'owner' else 'fresh'} {'abcdefgh'[number] * 4}"
            new = DraftNode(title)
            touched.add(id(new))
            places[place].insert(draw(st.integers(0, len(places[place]))), new)
            result.added.add(title)
            continue
        assert draft is not None
        assert draft_parent is not None
        touched.add(id(draft))
        if kind == "retitle":
            new_title = f"{draft.title}, {'my way' if who == 'owner' else 'second edition'}"
            result.retitled[draft.title] = new_title
            draft.title = new_title
        elif kind == "note":
            draft.notes = f"A note of the {who} on {draft.title}."
            result.noted[draft.title] = draft.notes
        elif kind == "time":
            draft.hours = "3" if who == "owner" else "5"
            result.timed[draft.title] = draft.hours
        elif kind == "delete":
            below = {d.title for d in draft.walk()}
            if below & result.added or any(id(d) in touched for d in draft.walk() if d is not draft):
                continue
            result.deleted |= below - set(COMMON)
            draft_parent.remove(draft)
        elif kind == "move":
            inside = {id(d) for d in draft.walk()}
            goals = [d for d in result.roadmap.walk() if id(d) not in inside and d.title not in COMMON]
            if not goals:
                continue
            goal = draw(st.sampled_from(goals))
            if goal.children is draft_parent:
                continue
            draft_parent.remove(draft)
            goal.children.insert(draw(st.integers(0, len(goal.children))), draft)
            result.moved.add(draft.title)
        elif kind == "reorder":
            at = draft_parent.index(draft)
            draft_parent.insert(draw(st.integers(0, len(draft_parent))), draft_parent.pop(at))
        elif kind == "nest":
            title = f"Level {'of mine' if who == 'owner' else 'fresh'} {'abcdefgh'[number] * 4}"
            new = DraftNode(title, children=[draft])
            draft_parent[draft_parent.index(draft)] = new
            touched.add(id(new))
            result.added.add(title)
            result.moved.add(draft.title)
    return result


def _siblings(roadmap: DraftRoadmap, draft: DraftNode) -> list[DraftNode]:
    for siblings in (roadmap.sections, *(d.children for d in roadmap.walk())):
        if any(one is draft for one in siblings):
            return siblings
    raise AssertionError(draft.title)
