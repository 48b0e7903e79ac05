"""A push from anywhere: whatever fails at whatever request, or kills it, the same board comes out in the end.

It begins without the state file, on a second board, with an old state file, and on a board that another machine wrote
to last; the same on every service.
"""

from __future__ import annotations

import copy
import shutil
from pathlib import Path

import pytest
from desks import DESKS, Before, Desk, PlankaDesk
from roadmaps import roadmap
from trello_double import Fault, Killed

from roadpress.core.errors import RoadpressError
from roadpress.exporters.boards.planning.journal import journal_path

TAGS = "tags: {web: {title: Web}}"
SMALL = (
    "- {title: S, id: s, tags: [web], topics: [{title: A, id: a, items: [a1, a2, a1]}, {title: B, id: b, needs: [a]}]}"
)
MIDDLE = """
- title: S two
  id: s
  tags: [web]
  topics:
    - {title: A two, id: a, items: [a2, {title: G, id: g, items: [g1]}]}
    - {title: B, id: b, needs: [a], items: [b1]}
"""
EDITED = """
- {title: T, id: t, topics: [{title: N, id: n, tags: [web], items: [n1]}]}
- title: S three
  id: s
  topics:
    - {title: B three, id: b, needs: [n], items: [b1, b2]}
    - {title: A two, id: a, due: 2027-03-01, items: [{title: a2, done: true}, {title: G, id: g, items: [g1, g2]}]}
"""
STARTS = ("a lost state", "a second board", "an old state", "two machines")


def begun(kind: type[Desk], start: str, folder: Path) -> tuple[Desk, str]:
    """Return a desk at which machine `one` is about to push an edited roadmap, and the address of the board."""
    desk = kind(folder)
    desk.show(roadmap(SMALL, TAGS))
    file = desk.file("one")
    url = desk.push().url
    old = file.read_bytes()
    if start == "a second board":
        url = desk.push(board="new").url
    desk.show(roadmap(MIDDLE, TAGS))
    desk.push("two" if start == "two machines" else "one", board=url)
    if start == "a lost state":
        file.unlink()
    elif start == "an old state":
        file.write_bytes(old)
    desk.show(roadmap(EDITED, TAGS))
    return desk, url


def again(desk: Desk, number: int) -> Desk:
    """Return a copy of a desk, with its files."""
    fresh = copy.deepcopy(desk, {id(one): one for one in (desk.wanted, desk.roadmap)})
    fresh.folder = desk.folder.with_name(str(number))
    shutil.rmtree(fresh.folder, ignore_errors=True)
    shutil.copytree(desk.folder, fresh.folder)
    return fresh


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("kind", DESKS)
def test_every_fault_and_kill_at_every_request(kind: type[Desk], start: str, tmp_path: Path) -> None:
    desk, url = begun(kind, start, tmp_path / "start")
    clean = again(desk, 0)
    before = clean.requests()
    clean.push(board=url)
    requests = clean.requests() - before
    assert requests > 12
    assert not any("both sides" in notice for notice in clean.plan(board=url).notices)
    for number in range(1, requests + 1):
        for fault in Fault:
            one = again(desk, number)
            try:
                one.push(board=url, faults={number: fault})
            except RoadpressError:
                assert (kind, number) == (PlankaDesk, 1)  # an address that first answers with a page is told at once
                one.push(board=url)
            finish(one, clean, url, (number, fault))
        for first in (True, False):
            one = again(desk, number)
            with pytest.raises(Killed):
                one.push(board=url, kill=number, kill_before=first)
            one.push(board=url)
            finish(one, clean, url, (number, first))


def finish(one: Desk, clean: Desk, url: str, case: object) -> None:
    assert one.shown() == clean.shown(), case
    assert one.plan(board=url).changes == (), case
    assert not journal_path(one.file("one")).exists()


@pytest.mark.parametrize("kind", DESKS)
def test_a_killed_push_and_another_machine_after_it(kind: type[Desk], tmp_path: Path) -> None:
    desk, url = begun(kind, "two machines", tmp_path / "start")
    clean = again(desk, 0)
    before = clean.requests()
    clean.push(board=url)
    for number in range(1, clean.requests() - before + 1):
        for first in (True, False):
            one = again(desk, number)
            with pytest.raises(Killed):
                one.push(board=url, kill=number, kill_before=first)
            one.push("ci", board=url)
            one.push("one", board=url)
            finish(one, clean, url, (number, first))


@pytest.mark.parametrize("kind", DESKS)
def test_what_another_push_made_meanwhile_is_remembered(kind: type[Desk], tmp_path: Path) -> None:
    """One machine has an older roadmap with an entry that the other's has no more."""
    desk, url = begun(kind, "two machines", tmp_path)
    newest = desk.wanted

    def meanwhile() -> None:
        desk.show(roadmap(f"{SMALL}\n- {{title: Gone, id: gone, topics: [{{title: G, id: g, items: [g1]}}]}}", TAGS))
        desk.push("two", board=url)
        desk.wanted = newest

    desk.push(board=url, send=Before(desk.direct(), 8, meanwhile))
    desk.push(board=url)
    desk.push(board=url, prune=True, force=True)
    assert not any("Gone" in str(row[0]) for row in desk.shown() if row[0][-1].startswith("list"))
    assert desk.plan(board=url).changes == ()


@pytest.mark.parametrize("kind", DESKS)
def test_people_win_until_it_is_settled(kind: type[Desk], tmp_path: Path) -> None:
    desk, url = begun(kind, "two machines", tmp_path)
    card = next(one for one in desk.things() if one.name == "B")
    desk.rename(card, "Theirs")
    for title in ("B four", "B five"):
        desk.show(roadmap(EDITED.replace("B three", title), TAGS))
        for machine in ("one", "ci"):
            desk.push(machine, board=url)
            assert any(one.name == "Theirs" for one in desk.things())
            assert any(title in notice for notice in desk.plan(machine, board=url).notices)
    desk.push(board=url, ours=True)
    assert [one.name for one in desk.things() if one.id == card.id] == ["B five"]


def test_an_item_that_planka_does_not_move_stays_and_is_told_and_can_be_made_again(tmp_path: Path) -> None:
    desk, url = begun(PlankaDesk, "two machines", tmp_path)
    desk.show(roadmap(EDITED.replace("b1, b2", "{title: b1, id: b1}, b2"), TAGS))
    desk.push(board=url)
    desk.show(roadmap(EDITED.replace("[n1]", "[n1, {title: b1, id: b1}]").replace("[b1, b2]", "[b2]"), TAGS))
    told = desk.push(board=url).plan.notices
    assert "moves no item to another card, so 1 item stays" in " ".join(told)
    writes = desk.writes()
    desk.push(board=url)
    assert desk.writes() == writes
    desk.delete(next(one for one in desk.things() if one.name == "b1"))
    desk.push(board=url, ours=True)
    assert desk.plan(board=url).changes == ()
    assert not any("moves no item" in notice for notice in desk.plan(board=url).notices)
    assert [row[0][1] for row in desk.shown() if row[0][-1] == "item b1"] == ["card N"]
