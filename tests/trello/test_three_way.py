"""One field three ways: the whole table of what is decided."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from roadpress.exporters.boards.model.board import CARD, LABEL, LIST, ObjectKey
from roadpress.exporters.boards.planning.journal import PendingPush
from roadpress.exporters.boards.planning.state import SyncedObject
from roadpress.exporters.boards.planning.three_way import ConflictPolicy, FieldMerger

IT = ObjectKey(CARD, "it")
LABELS = {"web": "id-web", "data": "id-data", "slow": "id-slow"}
UNKNOWN = object()


def decider(*, sent: dict[str, Any], kept: dict[str, Any], pending: str = "", ours: bool = False) -> FieldMerger:
    records = {IT: SyncedObject("id-it", dict(sent), dict(kept))}
    records |= {ObjectKey(LIST, key): SyncedObject(f"id-{key}") for key in ("here", "there")}
    records |= {ObjectKey(LABEL, key): SyncedObject(id_) for key, id_ in LABELS.items()}
    unfinished = PendingPush(writing={(IT, pending)} if pending else set())
    missing = {ObjectKey(LIST, "gone"), ObjectKey(LABEL, "lost")}
    return FieldMerger(records, {IT: "Name"}, "Board", unfinished, ConflictPolicy(ours=ours), missing)


@pytest.mark.parametrize(
    ("base", "kept", "wanted", "actual", "result"),
    [
        # nobody changed anything, or both the same
        ("old", None, "old", "old", "settled"),
        ("old", None, "new", "new", "settled"),
        ("old", "Old", "new", "new", "settled"),
        (UNKNOWN, None, "new", "new", "settled"),
        # only the roadmap
        ("old", None, "new", "old", "written"),
        ("old", "Old", "new", "Old", "written"),
        # only people
        ("old", None, "old", "theirs", "left"),
        ("old", "Old", "old", "theirs", "left"),
        # both, or nobody knows
        ("old", None, "new", "theirs", "conflict"),
        ("old", "Old", "new", "old", "conflict"),
        (UNKNOWN, None, "new", "theirs", "conflict"),
    ],
)
@pytest.mark.parametrize("ours", [False, True])
def test_a_field(base: Any, kept: str | None, wanted: str, actual: str, result: str, ours: bool) -> None:
    sent = {} if base is UNKNOWN else {"desc": base}
    it = decider(sent=sent, kept={} if kept is None else {"desc": kept}, ours=ours)
    if result == "conflict" and ours:
        result = "written"
    assert it.decide(IT, "desc", wanted, actual) is (result == "written")
    assert it.fields == ({IT: {"desc": wanted}} if result == "written" else {})
    assert it.conflicts == (["'Name' (desc)"] if result == "conflict" else [])
    record = it.records[IT]
    if result == "settled":
        assert (record.sent, record.kept) == ({"desc": wanted}, {})
    if result == "conflict":
        assert (record.sent, record.kept) == ({"desc": wanted}, {"desc": actual})
    if result == "left":
        assert record.sent == {"desc": base}


@pytest.mark.parametrize("base", [UNKNOWN, "old", "new"])
def test_a_field_that_was_being_written_is_written_again(base: Any) -> None:
    it = decider(sent={} if base is UNKNOWN else {"desc": base}, kept={}, pending="desc")
    assert it.decide(IT, "desc", "new", "whatever is there")
    assert it.fields == {IT: {"desc": "new"}}
    assert it.conflicts == []


def test_a_conflict_on_something_without_a_name_is_the_boards() -> None:
    it = decider(sent={}, kept={})
    it.names = {}
    it.decide(IT, "desc", "new", "theirs")
    assert it.conflicts == ["'Board' (desc)"]


@pytest.mark.parametrize(
    ("sent", "wanted", "taken_back", "actual", "written", "known"),
    [
        ({}, True, False, False, True, {}),
        ({"done": False}, True, False, False, True, {"done": False}),
        ({"done": True}, True, False, False, None, {"done": True}),  # people took it away
        ({"done": True}, False, False, True, None, {"done": True}),  # nobody took it back here: it was lost
        ({"done": True}, False, True, True, False, {"done": True}),
        ({"done": False}, False, True, True, None, {"done": False}),  # people ticked it since
        ({}, False, True, True, None, {}),
        ({"done": False}, True, False, True, None, {"done": True}),
        ({"done": True}, False, True, False, None, {"done": False}),
    ],
)
def test_a_tick(
    sent: dict[str, bool],
    wanted: bool,
    taken_back: bool,
    actual: bool,
    written: bool | None,
    known: dict[str, bool],
) -> None:
    it = decider(sent=sent, kept={})
    it.decide_done(IT, wanted, actual, taken_back=taken_back)
    assert it.fields == ({} if written is None else {IT: {"done": written}})
    assert it.records[IT].sent == known


@pytest.mark.parametrize(
    ("base", "kept", "wanted", "actual", "result"),
    [
        ("here", None, "here", "id-here", "settled"),
        ("there", "id-x", "here", "id-here", "settled"),
        ("here", None, "gone", "id-here", "settled"),  # made by this push, with it inside
        (None, None, "here", "id-there", "kept"),
        ("here", None, "there", "id-here", "written"),
        ("here", None, "here", "id-there", "left"),
        ("here", "id-there", "here", "id-there", "left"),
        ("here", "id-there", "there", "id-x", "conflict"),
        ("here", "id-x", "there", "id-x", "written"),
        ("here", None, "there", "id-x", "conflict"),
        ("unknown", None, "there", "id-x", "written"),  # its old place is no more
        ("here", None, "new", "id-here", "written"),  # a place that has no id yet
    ],
)
@pytest.mark.parametrize("ours", [False, True])
def test_a_place(base: str | None, kept: str | None, wanted: str, actual: str, result: str, ours: bool) -> None:
    it = decider(sent={"idList": base} if base else {}, kept={"idList": kept} if kept is not None else {}, ours=ours)
    if result == "conflict" and ours:
        result = "written"
    it.decide_parent(IT, "idList", ObjectKey(LIST, wanted), actual)
    assert it.fields == ({IT: {"idList": ObjectKey(LIST, wanted)}} if result == "written" else {})
    assert it.conflicts == (["'Name' (idList)"] if result == "conflict" else [])
    record = it.records[IT]
    if result == "settled":
        assert (record.sent, record.kept) == ({"idList": wanted}, {})
    if result in ("kept", "conflict"):
        assert (record.sent, record.kept) == ({"idList": wanted}, {"idList": actual})
    if result == "left":
        assert record.sent == {"idList": base}


@pytest.mark.parametrize("base", [None, "here", "there"])
def test_a_place_that_was_being_written_is_written_again(base: str | None) -> None:
    it = decider(sent={"idList": base} if base else {}, kept={}, pending="idList")
    it.decide_parent(IT, "idList", ObjectKey(LIST, "there"), "id-elsewhere")
    assert it.fields == {IT: {"idList": ObjectKey(LIST, "there")}}
    assert it.conflicts == []


@pytest.mark.parametrize(
    ("base", "wanted", "actual", "result"),
    [
        ([], ["web"], [], [ObjectKey(LABEL, "web")]),
        ([], ["web"], ["mine"], ["mine", ObjectKey(LABEL, "web")]),
        ([], ["web"], ["id-web"], None),  # a person was quicker
        (["web"], ["web"], [], None),  # a person took it away
        (["web"], ["web"], ["id-web", "mine"], None),
        (["web"], [], ["id-web", "mine"], ["mine"]),
        (["web"], ["data"], ["mine", "id-web"], ["mine", ObjectKey(LABEL, "data")]),
        (["web", "slow"], ["web"], ["id-slow", "id-web"], ["id-web"]),
        (["never-made"], [], ["mine"], None),
        ([], ["lost"], ["mine"], None),  # it was deleted on the board
        ([], ["fresh"], [], [ObjectKey(LABEL, "fresh")]),  # made by this push
    ],
)
def test_labels(base: list[str], wanted: list[str], actual: list[str], result: list[Any] | None) -> None:
    it = decider(sent={"labels": base} if base else {}, kept={})
    it.merge_labels(IT, tuple(wanted), tuple(actual))
    if result is None:
        assert it.fields == {}
        assert it.records[IT].sent["labels"] == wanted
    else:
        assert it.fields == {IT: {"labels": tuple(result)}}
        assert it.records[IT].sent.get("labels", []) == base


@pytest.mark.parametrize(
    ("sent", "closed", "written", "known"),
    [
        ({"closed": True}, True, True, {"closed": True}),  # we archived it
        ({}, True, False, {}),  # a person did
        ({"closed": True}, False, False, {}),
        ({}, False, False, {}),
        ({}, None, False, {}),
        ({"closed": True}, None, False, {}),  # something that cannot be archived
    ],
)
def test_what_was_archived(sent: dict[str, bool], closed: bool | None, written: bool, known: dict[str, bool]) -> None:
    it = decider(sent=sent, kept={})
    it.reopen(IT, SimpleNamespace() if closed is None else SimpleNamespace(closed=closed))
    assert it.fields == ({IT: {"closed": False}} if written else {})
    assert it.records[IT].sent == known


@pytest.mark.parametrize(
    ("policy", "ours", "theirs"),
    [
        ({}, False, False),
        ({"ours": True}, True, False),
        ({"theirs": True}, False, True),
        ({"ours_at": frozenset({"it"})}, True, False),
        ({"theirs_at": frozenset({"it"})}, False, True),
        ({"ours": True, "theirs_at": frozenset({"it"})}, False, True),
        ({"theirs": True, "ours_at": frozenset({"it"})}, True, False),
        ({"ours_at": frozenset({"other"}), "theirs_at": frozenset({"another"})}, False, False),
    ],
)
@pytest.mark.parametrize("key", ["it", "it#2"])
def test_who_wins_where_both_changed(policy: dict[str, Any], ours: bool, theirs: bool, key: str) -> None:
    settled = ConflictPolicy(**policy)
    assert settled.takes_ours(ObjectKey(CARD, key)) is ours
    assert settled.takes_theirs(ObjectKey(CARD, key)) is theirs


def lost(name: str, wanted: Any, actual: Any) -> FieldMerger:
    """Return what decided a conflict that people won."""
    it = decider(sent={name: "here"}, kept={})
    decide_again(it, name, wanted, actual)
    assert it.records[IT].unsettled == [name]
    return it


def decide_again(it: FieldMerger, name: str, wanted: str, actual: str) -> None:
    if name == "idList":
        it.decide_parent(IT, name, ObjectKey(LIST, wanted), actual)
    else:
        it.decide(IT, name, wanted, actual)


CONFLICTS = [("desc", "new", "theirs", "new"), ("idList", "there", "id-x", "id-there")]


@pytest.mark.parametrize(("name", "wanted", "actual", "same"), CONFLICTS)
def test_a_lost_conflict_is_listed_until_both_say_the_same(name: str, wanted: str, actual: str, same: str) -> None:
    it = lost(name, wanted, actual)
    decide_again(it, name, wanted, actual)
    assert it.records[IT].unsettled == [name]
    assert it.unsettled == [f"'Name' ({name})"]
    decide_again(it, name, wanted, same)
    assert it.records[IT].unsettled == []


@pytest.mark.parametrize(("name", "wanted", "actual", "_"), CONFLICTS)
def test_a_lost_conflict_is_settled_by_a_word(name: str, wanted: str, actual: str, _: str) -> None:
    it = lost(name, wanted, actual)
    it.policy = ConflictPolicy(theirs=True)
    decide_again(it, name, wanted, actual)
    assert (it.records[IT].unsettled, it.unsettled, it.fields) == ([], [], {})
    it = lost(name, wanted, actual)
    it.policy = ConflictPolicy(ours=True)
    decide_again(it, name, wanted, actual)
    assert list(it.fields[IT]) == [name]


def test_a_conflict_names_the_number_of_its_entry() -> None:
    it = decider(sent={"desc": "old"}, kept={})
    it.numbers = {"it": "1.2"}
    it.decide(IT, "desc", "new", "theirs")
    assert it.conflicts == ["1.2 'Name' (desc)"]
