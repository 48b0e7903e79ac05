"""What holds of every merge, whatever the owner did to his roadmap and whatever became of the source."""

from __future__ import annotations

from collections import Counter

from edits import COMMON, Edited, edited, sources
from hypothesis import given
from hypothesis import strategies as st

from roadpress.core.model import Node, Roadmap
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.importers.common.draft import DraftRoadmap
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.merging import Merged, first_base, merge


def loaded(text: str) -> Roadmap:
    return load_bytes(text.encode(), "roadmap.yaml")


def remerged(source: DraftRoadmap, owner: Edited, changed: DraftRoadmap) -> tuple[str, Merged]:
    """Import, let the owner work, import again."""
    base = first_base(source, loaded(yaml_text(source)), source="x.md")
    text = yaml_text(owner.roadmap)
    return text, merge(text, "roadmap.yaml", changed, base, source="x.md")


def by_title(roadmap: Roadmap) -> dict[str, Node]:
    return {node.title: node for node in roadmap.walk()}


@given(st.data())
def test_the_same_source_again_changes_nothing(data: st.DataObject) -> None:
    source = data.draw(sources())
    text, result = remerged(source, data.draw(edited(source, "owner")), source)
    assert (result.text, result.changes, result.notes) == (text, (), ())


@given(st.data())
def test_the_owner_s_work_stays_and_what_is_new_arrives_once(data: st.DataObject) -> None:
    source = data.draw(sources())
    owner, theirs = data.draw(edited(source, "owner")), data.draw(edited(source, "source"))
    text, result = remerged(source, owner, theirs.roadmap)
    before, after = loaded(text), result.roadmap
    titles, mine = by_title(after), by_title(before)
    for title in [*owner.added, *owner.retitled.values()]:
        if title in mine:
            assert title in titles
    for title, note in owner.noted.items():
        if title in mine:
            name = title if title in titles else theirs.retitled.get(title, "")
            assert titles[name].notes.strip() == note
    for title in owner.deleted:
        assert title not in titles
        reworded = theirs.retitled.get(title, "")
        if not _has_something_added(theirs, reworded):  # else it may be a new group, which only resembles the old entry
            assert reworded not in titles
    counts = Counter(node.title for node in after.walk())
    most = Counter(node.title for node in before.walk()) | Counter(d.title for d in theirs.roadmap.walk())
    assert all(counts[title] <= most[title] for title in counts if title not in COMMON)
    for title in theirs.added:
        draft = next((d for d in theirs.roadmap.walk() if d.title == title), None)
        if draft is None or draft.children:
            continue  # a level that nothing came into
        path = _above(theirs.roadmap, title)
        kept_out = owner.deleted | {name for name in path if name in theirs.added}
        if not kept_out.intersection(_former(theirs, name) for name in path):
            assert counts[title] == 1, title
    assert {node.title for node in before.walk() if not node.children} - set(titles) <= set(theirs.retitled)


def _has_something_added(theirs: Edited, title: str) -> bool:
    """Return whether the source's new edition has an entry that is new below this one."""
    return any(title in _above(theirs.roadmap, added) for added in theirs.added)


def _above(roadmap: DraftRoadmap, title: str) -> list[str]:
    """Return the titles above an entry."""
    stack = [(section, [section.title]) for section in roadmap.sections]
    while stack:
        draft, path = stack.pop()
        if draft.title == title:
            return path[:-1]
        stack += [(child, [*path, child.title]) for child in draft.children]
    return []


def _former(theirs: Edited, title: str) -> str:
    return next((old for old, new in theirs.retitled.items() if new == title), title)


@given(st.data())
def test_importing_twice_is_importing_once(data: st.DataObject) -> None:
    source = data.draw(sources())
    theirs = data.draw(edited(source, "source")).roadmap
    _, result = remerged(source, data.draw(edited(source, "owner")), theirs)
    again = merge(result.text, "roadmap.yaml", theirs, result.base, source="x.md")
    assert (again.text, again.changes, again.notes) == (result.text, (), ())


@given(st.data())
def test_edits_of_different_things_commute(data: st.DataObject) -> None:
    source = data.draw(sources(twins=False))
    fields = ("retitle", "note", "time")
    owner = data.draw(edited(source, "owner", kinds=fields))
    spare = frozenset({*owner.retitled, *owner.noted, *owner.timed})
    theirs = data.draw(edited(source, "source", kinds=fields, spare=spare))
    _, result = remerged(source, owner, theirs.roadmap)
    assert not result.notes
    wanted = []
    for draft, mine, new in zip(source.walk(), owner.roadmap.walk(), theirs.roadmap.walk(), strict=True):
        both = mine if draft.title in spare else new
        wanted.append((both.title, both.notes.strip(), both.hours))
    found = [
        (node.title, node.notes.strip(), f"{node.hours.low:g}" if node.hours else "") for node in result.roadmap.walk()
    ]
    assert found == wanted


@given(st.data())
def test_the_source_s_own_edits_are_taken_whole(data: st.DataObject) -> None:
    source = data.draw(sources(twins=False))
    theirs = data.draw(edited(source, "source", kinds=("retitle", "note", "time", "move", "add", "reorder", "nest")))
    _, result = remerged(source, Edited(source), theirs.roadmap)
    wanted = [(draft.title, draft.notes.strip()) for draft in theirs.roadmap.walk()]
    assert [(node.title, node.notes.strip()) for node in result.roadmap.walk()] == wanted
