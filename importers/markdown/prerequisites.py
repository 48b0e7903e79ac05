"""What comes first, by name: a cell under Prerequisites to the ids of the entries that it plainly names."""

from __future__ import annotations

import re
from collections import defaultdict

from ...core.roadmap_file.ids import slug
from ..common.draft import Account, DraftNode, DraftRoadmap
from .inline import bare

_ASIDE = re.compile(r"\s*(?:[(（][^()（）]*[)）]|[-–—]\s*\d[^-–—]*)\s*\Z")
"""What an entry is not called by: `(weeks 1–4)`, `– 3 weeks`."""
_CUT = re.compile(r"\s*(?:[,;]|\band\b|&|\bund\b|\by\b)\s*", re.IGNORECASE)


def resolve(roadmap: DraftRoadmap, account: Account) -> None:
    """Turn the names in `needs` into ids. A name that no entry, or more than one, answers to stays in the notes."""
    coded = [draft for draft in roadmap.walk() if draft.ref]
    codes = {_folded(draft.ref): draft for draft in reversed(coded)}
    for draft in coded:
        draft.ref = ""
    asking = [draft for draft in roadmap.walk() if draft.needs]
    if not asking:
        return
    parents = {id(child): draft for draft in roadmap.walk() for child in draft.children}
    by_name = _names(roadmap) | {code: [draft] for code, draft in codes.items()}
    taken = {draft.id for draft in roadmap.walk() if draft.id}
    found: dict[int, list[DraftNode]] = {}
    for draft in asking:
        targets = []
        for cell in draft.needs:
            whole = by_name.get(_folded(cell), [])
            for name in [cell] if whole else _CUT.split(cell):
                named = by_name.get(_folded(name), []) if name else []
                if len(named) == 1 and not _related(named[0], draft, parents):
                    targets.append(named[0])
        found[id(draft)] = targets
        draft.needs = []
    for draft in asking:
        for target in found[id(draft)]:
            if _leads_back(target, draft, found):
                continue
            if not target.id:
                target.id = _free(slug(bare(target.title)), taken)
            if target.id and target.id not in draft.needs:
                draft.needs.append(target.id)
                account.understood.append((draft.line, "needs", bare(target.title)))


def _names(roadmap: DraftRoadmap) -> dict[str, list[DraftNode]]:
    """Return entries by their folded title, and by its part before or after a colon."""
    result: dict[str, list[DraftNode]] = defaultdict(list)
    for draft in roadmap.walk():
        title = bare(draft.title)
        names = {_folded(title), _folded(_ASIDE.sub("", title))}
        before, colon, after = title.partition(":")
        if colon:
            names |= {_folded(before), _folded(after)}
            names |= {_folded(part) for part in after.split(":")}
        for name in names:
            if len(name) > 2:
                result[name].append(draft)
    return result


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", bare(text).casefold()).strip()


def _related(one: DraftNode, other: DraftNode, parents: dict[int, DraftNode]) -> bool:
    """Whether one entry is the other, or stands above or below it."""
    for start, end in ((one, other), (other, one)):
        walker: DraftNode | None = start
        while walker is not None:
            if walker is end:
                return True
            walker = parents.get(id(walker))
    return False


def _leads_back(target: DraftNode, draft: DraftNode, found: dict[int, list[DraftNode]]) -> bool:
    """Whether the target needs the draft in its turn, by itself or by anything below it."""
    seen: set[int] = set()
    stack = [target]
    while stack:
        one = stack.pop()
        if one is draft:
            return True
        if id(one) in seen:
            continue
        seen.add(id(one))
        stack += found.get(id(one), [])
        stack += one.children
    return False


def _free(name: str, taken: set[str]) -> str:
    """Return an id in the author's alphabet that none has yet, or nothing when the title has no ASCII."""
    base = re.sub(r"[^a-z0-9]+", "-", name).strip("-")
    if not base:
        return ""
    result, count = base, 1
    while result in taken:
        count += 1
        result = f"{base}-{count}"
    taken.add(result)
    return result
