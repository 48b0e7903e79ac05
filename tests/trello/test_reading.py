"""Reads that are too large, answers that are none, and what stands between: told, and nothing is taken for deleted."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from boards import TODAY, Bench
from planka_double import KEY, PlankaDirect, PlankaDouble
from roadmaps import roadmap
from trello_double import Direct
from trello_double.direct import FakeClock

from roadpress.core.errors import GaveUpError, RoadpressError
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.boards.api.http import Answer
from roadpress.exporters.boards.model.from_snapshot import wanted_board
from roadpress.exporters.boards.pull import tick_times
from roadpress.exporters.boards.sync import Settings, read_matched, run_push
from roadpress.exporters.planka.client import PlankaClient
from roadpress.exporters.planka.credentials import Credentials
from roadpress.exporters.planka.service import PLANKA
from roadpress.exporters.planka.transport import Transport

SMALL = "- {title: S, id: s, topics: [{title: A, id: a, tags: [web], items: [a1, a2]}, {title: B, id: b, needs: [a]}]}"
TAGS = "tags: {web: {title: Web}}"
NONE = ["{}", "null", "[]", '"text"', "[null]", "17"]


@pytest.fixture
def it(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path, roadmap(SMALL, TAGS))
    bench.push()
    return bench


def crowded(it: Bench, count: int) -> None:
    """Fill the board with other people's cards, so that ours are not in what one read gives."""
    others = it.person.add_list(it.board["id"], "Others", pos=1)
    for number in range(count):
        it.person.add_card(others, f"card {number}", pos=0.001 * (number + 1))


def test_a_nested_read_that_gives_no_more_is_not_the_whole_board(it: Bench) -> None:
    crowded(it, 1005)
    it.double.most_nested = 1000
    plan = it.plan()
    assert plan.changes == ()
    assert plan.notices == ()
    assert plan.board is not None
    assert len(plan.board.cards) == 1005 + 2


@pytest.mark.parametrize("status", [504, 449])
@pytest.mark.parametrize("manages", [2000, 999, 70])
def test_a_read_that_takes_too_long_is_done_in_smaller_ones(it: Bench, manages: int, status: int) -> None:
    crowded(it, 1100)
    it.double.slow_cards, it.double.slow_status = manages, status
    plan = it.plan()
    assert plan.changes == ()
    assert plan.board is not None
    assert len(plan.board.cards) == 1102
    assert len({card.id for card in plan.board.cards}) == 1102


def test_a_read_that_is_never_answered_in_time_gives_up(it: Bench) -> None:
    it.double.slow_cards = 1
    with pytest.raises(GaveUpError) as caught:
        it.plan()
    assert caught.value.exit_code == 4


class Answering(Direct):
    """Gives one answer where a test says."""

    def __init__(self, it: Bench, where: Callable[[str, str], bool], answer: Answer, *, once: bool = False) -> None:
        super().__init__(it.double)
        self.where, self.answer, self.once = where, answer, once
        self.given = 0

    def __call__(self, method: str, path: str, params: Mapping[str, Any], body: str | None) -> Answer:
        if self.where(method, path) and not (self.once and self.given):
            self.given += 1
            if self.once:  # it is done all the same
                super().__call__(method, path, params, body)
            return self.answer
        return super().__call__(method, path, params, body)


@pytest.mark.parametrize("text", NONE)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_an_answer_that_is_no_object_is_told_in_plain_words(it: Bench, method: str, text: str) -> None:
    it.show(roadmap(SMALL.replace("a2", "a2, a3").replace("title: B", "title: B!"), TAGS))
    answering = Answering(it, lambda given, _: given == method, Answer(200, {}, text))
    with pytest.raises(GaveUpError, match="none of its objects"):
        it.push(send=answering)
    it.push()
    assert it.plan().changes == ()
    assert it.sizes()["items"] == 3


@pytest.mark.parametrize("name", ["cards", "lists", "labels"])
@pytest.mark.parametrize("value", [None, {}, [None], [{}], "x", ...])
def test_a_board_without_its_rows_is_none(it: Bench, name: str, value: Any) -> None:
    whole = json.loads(Direct(it.double)("GET", f"/1/boards/{it.board['id']}", _whole(), None).text)
    if value is ...:
        del whole[name]
    else:
        whole[name] = value
    answering = Answering(it, lambda *_: True, Answer(200, {}, json.dumps(whole)))
    with pytest.raises(GaveUpError, match="none of its objects"):
        it.push(send=answering)
    assert it.plan().changes == ()


def _whole() -> Mapping[str, Any]:
    from roadpress.exporters.trello.api.client import WHOLE_BOARD

    return WHOLE_BOARD


def test_what_was_made_is_found_when_its_answer_is_no_object(it: Bench) -> None:
    it.show(roadmap(SMALL.replace("a2", "a2, a3"), TAGS))
    it.push(send=Answering(it, lambda method, _: method == "POST", Answer(200, {}, "{}"), once=True))
    assert it.sizes()["items"] == 3
    assert it.plan().changes == ()


@pytest.mark.parametrize(
    ("status", "words"), [(302, "sends elsewhere"), (307, "sends elsewhere"), (407, "proxy"), (413, "too large")]
)
def test_what_stands_between_is_told(it: Bench, status: int, words: str) -> None:
    page = Answer(status, {"location": "http://hotel.example/"}, "<html>Welcome</html>")
    with pytest.raises(RoadpressError, match=words) as caught:
        it.push(send=Answering(it, lambda *_: True, page))
    assert caught.value.remedy
    assert "<html>" not in str(caught.value)
    with pytest.raises(RoadpressError, match=words):
        planka_push(it.folder, page)


@pytest.mark.parametrize("text", NONE)
def test_so_it_is_with_planka(tmp_path: Path, text: str) -> None:
    with pytest.raises(GaveUpError, match="no object of its own"):
        planka_push(tmp_path, Answer(200, {}, text))


def planka_push(folder: Path, answer: Answer) -> None:
    """Push to a Planka in whose place something else answers everything but the first read."""
    clock = FakeClock()
    direct = PlankaDirect(PlankaDouble())
    asked: list[str] = []

    def send(method: str, path: str, params: Mapping[str, Any], body: str | None) -> Answer:
        asked.append(path)
        return direct(method, path, params, body) if len(asked) == 1 else answer

    calls = PlankaClient(Transport(Credentials(KEY), send, sleep=clock.sleep, now=clock), "https://planka.example")
    wanted = wanted_board(Snapshot.of(roadmap(SMALL, TAGS), today=TODAY), service=PLANKA)
    run_push(wanted, calls, folder / "roadmap.planka.json", Settings())


@pytest.mark.parametrize("others", [10, 999, 1000, 2500])
def test_a_ticks_day_is_not_lost_behind_a_thousand_other_actions(it: Bench, others: int) -> None:
    it.person.tick(it.person.item("a1"), at="2027-01-03T10:00:00.000Z")
    for _ in range(others):
        it.person.complete(it.person.card("B"), at="2027-01-05T10:00:00.000Z")
    matched, actions, _ = read_matched(it.wanted, it.calls(), it.state_file, Settings())
    days = dict(tick_times(actions))
    assert str(days[it.person.item("a1")["id"]].date()) == "2027-01-03"
    assert matched.there
