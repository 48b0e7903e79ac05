"""Two machines push at once, and people work on while a push runs: nothing of theirs is lost, nothing stands twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from boards import Bench
from roadmaps import roadmap
from trello_double import Direct

from roadpress.exporters.boards.api.http import Answer

SMALL = "- {title: S, id: s, topics: [{title: A, id: a, items: [{title: a1, id: a1}]}, {title: B, id: b}]}"
EDITED = """
- title: S
  id: s
  topics:
    - {title: A, id: a, tags: [web], items: [{title: a1, id: a1}, {title: a2, id: a2}, {title: G, id: g, items: [g1]}]}
    - {title: B, id: b, needs: [n], notes: More}
    - {title: N, id: n, tags: [web], items: [n1, n2]}
- {title: T, id: t, topics: [{title: D, id: d, needs: [n], items: [d1, d1]}, {title: E, id: e}]}
"""
TAGS = "tags: {web: {title: Web}}"


class Between(Direct):
    """Does something before one of the requests."""

    def __init__(self, bench: Bench, number: int, act: Callable[[], None], *, late: float = 0.0) -> None:
        super().__init__(bench.double)
        self.bench, self.at, self.act, self.late = bench, number, act, late

    def __call__(self, method: str, path: str, params: Mapping[str, Any], body: str | None) -> Answer:
        if self.number + 1 == self.at:
            self.at = 0
            self.bench.clock.now += self.late
            self.act()
        return super().__call__(method, path, params, body)


def begun(folder: Path) -> tuple[Bench, Path, Path]:
    """Return a board that two machines have pushed to, and their state files."""
    folder.mkdir(exist_ok=True)
    bench = Bench(folder, roadmap(SMALL))
    bench.push()
    one, other = bench.state_file, folder / "other.trello.json"
    other.write_bytes(one.read_bytes())
    bench.show(roadmap(EDITED, TAGS))
    return bench, one, other


def quiet(bench: Bench, *files: Path) -> None:
    """Let every machine push until nothing changes."""
    for file in (*files, *files):
        bench.state_file = file
        bench.push()
    for file in files:
        bench.state_file = file
        assert bench.plan().changes == ()


def shown(bench: Bench) -> list[Any]:
    """Return what people see: no archived cards and lists."""
    labels, lists = bench.shown()
    return [
        labels,
        [(row[0], [(card[0], card[7]) for card in row[2] if not card[2]]) for row in lists if not row[1]],
    ]


def test_two_pushes_at_once_leave_everything_once(tmp_path: Path) -> None:
    clean, *_ = begun(tmp_path / "clean")
    before = len(clean.double.log)
    clean.push()
    requests = len(clean.double.log) - before
    doubled = 0
    for number in range(1, requests + 1):
        bench, one, other = begun(tmp_path / str(number))

        def meanwhile(bench: Bench = bench, one: Path = one, other: Path = other) -> None:
            bench.state_file = other
            bench.push()
            bench.state_file = one

        bench.push(send=Between(bench, number, meanwhile))
        doubled += bench.sizes() != clean.sizes()
        quiet(bench, one, other)
        assert shown(bench) == shown(clean), number
    assert doubled > 10


def test_ticks_on_either_of_two_stay(tmp_path: Path) -> None:
    bench, one, other = begun(tmp_path)

    def meanwhile() -> None:
        bench.state_file = other
        bench.push()
        bench.state_file = one
        for item in bench.double.items.values():
            if item["name"] in ("n1", "a2"):
                bench.person.tick(item)
        bench.person.complete(bench.person.card("E"))

    bench.push(send=Between(bench, 2, meanwhile))
    quiet(bench, one, other)
    for name in ("n1", "a2"):
        items = [item for item in bench.double.items.values() if item["name"] == name]
        live = [
            i for i in items if not bench.double.cards[bench.double.checklists[i["idChecklist"]]["idCard"]]["closed"]
        ]
        assert [item["state"] for item in live] == ["complete"]
    assert [
        card["dueComplete"] for card in bench.double.cards.values() if card["name"] == "E" and not card["closed"]
    ] == [True]


def test_what_somebody_copied_or_wrote_is_not_taken_for_ours(tmp_path: Path) -> None:
    bench = Bench(tmp_path, roadmap(EDITED, TAGS))
    bench.push()
    card = bench.person.card("A")
    row = bench.double.lists[card["idList"]]
    bench.double._serial += 50 * 700  # a quarter of an hour later
    bench.person.add_card(row, "A", desc=card["desc"])
    written = bench.person.add_card(row, "N", desc=bench.person.card("N")["desc"])
    written["desc"] = "My own\n\n" + written["desc"]
    assert bench.push().done == []
    bench.person.add_item(bench.double.checklists[bench.person.item("a2")["idChecklist"]], "a2")
    assert bench.push().done == []


def test_what_people_change_while_a_push_runs_is_not_overwritten(tmp_path: Path) -> None:
    for name, text in (("B", "desc"), ("a1", "name")):
        bench, *_ = begun(tmp_path / name)
        bench.show(roadmap(EDITED.replace("title: a1,", "title: a1 of ours,"), TAGS))
        act = (
            (lambda it=bench: it.person.card("B").update(desc="Theirs\n\n`roadpress:b`"))
            if text == "desc"
            else (lambda it=bench: it.person.item("a1").update(name="a1 of theirs"))
        )
        outcome = bench.push(send=Between(bench, 4, act, late=20.0))
        assert any("changed on the board meanwhile" in notice for notice in outcome.notices)
        bench.push()
        if text == "desc":
            assert bench.person.card("B")["desc"].startswith("Theirs")
        else:
            assert bench.person.item("a1 of theirs")
        assert any("not settled" in notice for notice in bench.plan().notices)
        bench.push(ours=True)
        assert bench.plan().changes == ()
        assert bench.plan().notices == ()


def test_a_quick_push_does_not_look_again(tmp_path: Path) -> None:
    bench, *_ = begun(tmp_path)
    bench.push()
    bench.show(roadmap(EDITED.replace("title: a1,", "title: a1 of ours,"), TAGS))
    begin = len(bench.double.log)
    bench.push()
    assert sum(entry.method == "GET" for entry in bench.double.log[begin:]) == 2
