"""What the page saves, read by `roadpress collect`; hostile files and links."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone

import pytest
from trees import roadmap, wide

from roadpress.core.errors import RoadpressError
from roadpress.core.identity.outline import outline_of
from roadpress.core.identity.outline_text import outline_lines
from roadpress.core.progress.collecting import collect
from roadpress.core.progress.model import State
from roadpress.core.progress.store import ProgressFile
from roadpress.importers.collect.checklist import check_sum, read_link, read_saved

GOOD = {"roadpress": "checklist", "format": 1, "roadmap": "x", "title": "X", "made": "2026-11-23",
        "saved": "2026-11-24T10:00:00.000Z", "items": {}, "given": {}}  # fmt: skip
SMALL = roadmap("R", [{"title": "S", "items": ["a", "b", "c"]}])


def saved(**changes):
    return json.dumps({**GOOD, **changes}).encode()


def test_items_come_with_their_state_day_moment_note_and_what_was_given():
    returned = read_saved(
        saved(
            items={
                "a": {"state": "done", "on": "2026-11-20", "at": "2026-11-20T08:00:00.500Z", "note": "n\nm"},
                "b": {"state": "open"},
            },
            given={"b": {"state": "done", "on": "2026-01-01"}, "c": {"state": "skipped"}},
        )
    )
    a, b, c = returned.leaves
    assert (a.id, a.now, a.given, a.on, a.note) == ("a", State.DONE, State.OPEN, date(2026, 11, 20), "n\nm")
    assert a.at == datetime(2026, 11, 20, 8, 0, 0, 500000, tzinfo=timezone.utc)
    assert (b.now, b.given) == (State.OPEN, State.DONE)
    assert (c.now, c.given) == (State.SKIPPED, State.SKIPPED)
    assert returned.source == "checklist"
    assert returned.made == datetime(2026, 11, 23, tzinfo=timezone.utc)
    assert returned.saved == datetime(2026, 11, 24, 10, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"roadpress":"checklist","format":1e999}',
        saved(format=2),
        saved(format=None),
        saved(roadpress="pdf"),
        saved(items=[]),
        saved(items={"a": "done"}),
        saved(items={"a": {}}, given={"a": {}}),
        saved(items={"a": {"state": "gone"}}),
        saved(items={"a": {"state": ["done"]}}),
        saved(items={"a": {"state": "done", "on": "yesterday"}}),
        saved(items={"a": {"state": "done", "on": 5}}),
        saved(items={"a": {"state": "done", "at": "2026-13-01T00:00:00.000Z"}}),
        saved(items={"a": {"state": "done", "note": {"x": 1}}}),
        saved(given={"a": 1}),
        saved(made="\x1b[31m"),
        saved(saved=[]),
    ],
)
def test_a_hostile_file_is_refused_in_a_sentence(data):
    with pytest.raises(RoadpressError) as raised:
        read_saved(data)
    assert len(raised.value.message) < 500


EDITION = roadmap(
    "R", [{"title": "S", "items": ["Learn joins", "Read", "Exercise", "Exercise"]}, {"title": "T", "items": ["x"]}]
)


def test_a_file_brings_the_outline_of_its_edition_and_titles_of_what_was_not_in_it():
    outline = outline_of(EDITION)
    returned = read_saved(
        saved(outline=outline_lines(outline), items={"gone": {"state": "done", "title": "Long gone"}})
    )
    assert returned.outline == outline
    assert [leaf.title for leaf in returned.leaves] == ["Long gone"]
    assert read_saved(saved()).outline == ()


@pytest.mark.parametrize("outline", ["Learn", {"0": "Learn"}, [None], ["Learn", 7], [["Learn"]], 5, None, True])
def test_an_outline_that_is_none_is_refused_in_a_sentence(outline):
    with pytest.raises(RoadpressError, match="'outline' is no list of texts"):
        read_saved(saved(outline=outline))


def test_a_title_that_is_none_is_refused_in_a_sentence():
    with pytest.raises(RoadpressError, match="the title of 'a' is no text"):
        read_saved(saved(items={"a": {"state": "done", "title": ["x"]}}))


def test_ticks_of_a_file_are_placed_in_an_edited_roadmap_by_its_outline():
    edited = [
        {"title": "T", "items": ["x"]},
        {"title": "Part one", "items": ["New", "Learn SQL joins", "Exercise", "Read", "Exercise"]},
    ]
    items = {id_: {"state": "done", "on": "2026-11-20"} for id_ in ("s/learn-joins", "s/exercise-2", "t/x")}
    returned = read_saved(saved(items=items, outline=outline_lines(outline_of(EDITION))))
    now = datetime(2026, 11, 25, tzinfo=timezone.utc)
    collected = collect(ProgressFile({}), roadmap("R", edited), [("a file", returned)], now=now)
    assert {*collected.record.ticks} == {"part-one/learn-sql-joins", "part-one/exercise-2", "t/x"}
    assert not collected.record.orphans


def link(bits, *, day="tf1tc0", ids=None, more=""):
    import base64

    def short(data):
        return base64.urlsafe_b64encode(data).decode().rstrip("=")

    sum_ = check_sum(ids or [leaf.id for leaf in SMALL.leaves()])
    return f"file:///x/page.html#t1.{day}.{short(sum_)}.{short(bits)}{more}"


def test_a_link_tells_what_is_done_and_what_is_skipped():
    returned = read_link(link(b"\x80", more=".IA"), SMALL)
    assert [(leaf.id, leaf.now, leaf.given) for leaf in returned.leaves] == [
        ("s/a", State.DONE, None),
        ("s/c", State.SKIPPED, None),
    ]
    assert returned.saved == datetime(2026, 5, 14, 22, 33, 36, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://example.org/",
        "file:///page.html#3.2",
        "#t1",
        "#t1.",
        "#t1.a.b.c.d.e.f",
        link(b"\x80", ids=["other"]),
        link(b"\x80", day="zzzzzzzzzzzz"),
        link(b"\x80", day="!"),
        link(b"\x10"),
        link(b"\x00" * 100 + b"\x01"),
        link(b"\x80", more=".gA"),
        link(b"\x80") + "%00",
        link(b"\x80") + "é",
    ],
)
def test_a_hostile_link_is_refused_in_a_sentence(url):
    with pytest.raises(RoadpressError):
        read_link(url, SMALL)


def test_a_link_of_an_empty_page_has_no_ticks():
    assert read_link(link(b""), SMALL).leaves == ()
    assert check_sum([leaf.id for leaf in wide(100).leaves()]) != check_sum([])
