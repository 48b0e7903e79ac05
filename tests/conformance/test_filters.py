"""`--only`, `--tag` and `--open` narrow every output alike, before its exporter sees the roadmap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from formats import text_of
from hypothesis import given
from hypothesis import strategies as st
from roadmaps import roadmap, source, trees

from roadpress import cli
from roadpress.core.errors import InvalidRoadmap, UsageError
from roadpress.core.model import Roadmap
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.core.snapshot.filtering import Filter, narrowed
from roadpress.exporters.contract import Export, option
from roadpress.exporters.registry import BUILT_IN, load_exporter
from roadpress.exporters.run import run

TODAY = date(2027, 1, 4)
SECTIONS = """
- title: Alpha
  topics:
    - {title: Beta, tags: [web], items: [Gamma, Delta], hours: 8}
    - Epsilon
- title: Zeta
  tags: [db]
  topics:
    - {title: Eta, id: eta, hours: 6}
    - {title: Theta, needs: [alpha/beta/gamma, alpha/epsilon], hours: 4}
- title: Iota
  topics: [{title: Kappa, due: 2027-02-01}]
"""
TITLES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta", "Iota", "Kappa")
HEAD = "pace: 5h/week\ntags: {unused: Unused}"


def snapshot(*done: str) -> Snapshot:
    made = roadmap(SECTIONS, HEAD)
    at = datetime(2027, 1, 3, tzinfo=timezone.utc)
    progress = Progress({id_: Tick(State.DONE, date(2027, 1, 3), "cli", at=at) for id_ in done})
    return Snapshot(made, progress, TODAY, plan(made, progress, today=TODAY))


def words_in(export: Export) -> set[str]:
    text = " ".join(text_of(file) for file in export.files)
    return {title for title in TITLES if re.search(rf"\b{title}\b", text)}


def made(name: str, whole: Snapshot, **options: Any) -> Export:
    return run(load_exporter(name), name, whole, options)


WRITTEN = [name for name in BUILT_IN if name != "card"]
"""What says every entry: a card is a picture of the sections (`tests/exporters/test_card.py` narrows it)."""


@pytest.mark.parametrize("name", WRITTEN)
def test_every_output_is_narrowed(name: str) -> None:
    more = {"by": "leaf", "component": "todo"} if name == "ics" else {"depth": 9} if name == "mermaid" else {}
    whole = snapshot("alpha/epsilon")
    assert not {"Alpha", "Beta", "Gamma", "Iota", "Kappa"} & (words_in(made(name, whole, only=("2.1",), **more)))
    assert {"Eta"} <= words_in(made(name, whole, only=("2.1",), **more))
    assert words_in(made(name, whole, tag=("web",), **more)) & {"Gamma", "Delta", "Epsilon", "Eta", "Kappa"} == {
        "Gamma",
        "Delta",
    }
    assert "Epsilon" not in words_in(made(name, whole, open=True, only=("1",), **more))


def test_filters_meet() -> None:
    part = narrowed(snapshot("alpha/beta/gamma"), Filter(only=("1",), tag=("web",), open=True)).snapshot
    assert [(node.number, node.id) for node in part.roadmap.walk()] == [
        ("1", "alpha"),
        ("1.1", "alpha/beta"),
        ("1.1.2", "alpha/beta/delta"),
    ]
    assert part.total.total == 1
    assert part.whole == snapshot().roadmap


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Filter(only=("2",), tag=("web",)), "No entry passes both --only and --tag."),
        (Filter(tag=("unused",)), "No entry has the tag 'unused'."),
        (Filter(tag=("web", "nothing", "nowhere")), "No entry has the tag 'nothing' or 'nowhere'."),
        (Filter(only=("Lambda",)), "Nothing in the roadmap is called 'Lambda'."),
    ],
)
def test_what_leaves_nothing_is_refused(chosen: Filter, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        narrowed(snapshot(), chosen)
    assert caught.value.lines()[0] == said
    assert "Nothing was written" in caught.value.lines()[1]


@pytest.mark.parametrize("name", WRITTEN)
def test_where_all_is_done_an_output_is_empty_and_says_so(name: str) -> None:
    whole = snapshot(*(leaf.id for leaf in snapshot().roadmap.leaves()))
    export = made(name, whole, open=True)
    assert export.notices[0] == "All of it is done or skipped: nothing is left to show."
    assert words_in(export) == set()


def test_needs_name_what_is_left_out_until_it_is_done() -> None:
    for done, said in ((), "needs 1.1.1 Gamma, 1.2 Epsilon"), (("alpha/epsilon",), "needs 1.1.1 Gamma"):
        text = text_of(made("pdf", snapshot(*done), only=("2",)).files[0])
        assert said in " ".join(text.replace("\u00a0", " ").split())


def test_a_plan_keeps_its_days_and_loses_the_rest() -> None:
    whole = snapshot()
    part = narrowed(whole, Filter(only=("1", "2.1"))).snapshot
    before, after = whole.schedule, part.schedule
    assert before
    assert after
    assert set(after.slots) == {node.id for node in part.roadmap.walk()} & set(before.slots)
    assert all(after.slots[leaf.id] == before.slots[leaf.id] for leaf in part.roadmap.leaves())
    assert after.slots["zeta"].due == after.slots["eta"].due < before.slots["zeta"].due
    assert after.slots["alpha"] == before.slots["alpha"]
    assert {share.id for week in after.weeks for share in week.shares} == set(after.order)
    assert all(week.hours == sum(share.hours for share in week.shares) for week in after.weeks)
    assert sum(week.hours for week in after.weeks) == pytest.approx(after.hours.high)
    assert after.misses == ()
    assert after.finish == max(after.slots[id_].due for id_ in after.order)


def test_colors_stay_with_their_sections() -> None:
    for name, color in (("checklist", "class=b2 id=3"), ("mindmap", 'class="d1 b2"')):
        (file, *_) = made(name, snapshot(), only=("3",)).files
        assert color in file.data.decode()


@given(trees(st.sampled_from(["A", "B", "C", "D"])), st.data())
def test_laws(whole: Roadmap, data: st.DataObject) -> None:
    nodes = list(whole.walk())
    if not nodes:
        return
    some = data.draw(st.lists(st.sampled_from([node.number for node in nodes]), min_size=1, max_size=3))
    chosen = Filter(only=tuple(some))
    part = narrowed(Snapshot.of(whole, today=TODAY), chosen).snapshot
    left = {leaf.id for leaf in part.roadmap.leaves()}
    assert left == {leaf.id for node in nodes if node.number in some for leaf in node.leaves()}
    assert [node.id for node in part.roadmap.walk()] == [
        node.id for node in nodes if left & {leaf.id for leaf in node.leaves()}
    ]
    again = narrowed(part, chosen).snapshot
    assert again.roadmap == part.roadmap
    assert again.whole == whole


class _PlugIn(ModuleType):
    SUMMARY = "Titles, one a line"

    @dataclass(frozen=True)
    class Options:
        only: str = option("", "A word of its own, which has nothing to do with ours.")

    @staticmethod
    def export(part: Snapshot, options: Any) -> Export:
        from roadpress.exporters.contract import File

        lines = [options.only, *(node.title for node in part.roadmap.walk())]
        return Export((File(".txt", "\n".join(lines).encode()),))


def test_a_plug_in_is_narrowed_and_keeps_its_own_words() -> None:
    export = run(_PlugIn("titles"), "titles", snapshot(), {"only": "mine", "tag": ("web",)})
    assert export.files[0].data == b"mine\nAlpha\nBeta\nGamma\nDelta"


def test_the_file_may_narrow_an_output_but_not_a_board() -> None:
    text = source(SECTIONS, HEAD + "\nexports: {csv: {only: [3]}}")
    whole = Snapshot.of(load_bytes(text.encode(), "roadmap.yaml"), today=TODAY)
    assert words_in(made("csv", whole)) == {"Iota", "Kappa"}
    wrong = Snapshot.of(load_bytes(text.replace("csv", "trello").encode(), "roadmap.yaml"), today=TODAY)
    with pytest.raises(InvalidRoadmap):
        made("trello", wrong)


def test_commands_take_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    Path("roadmap.yaml").write_text(source(SECTIONS))
    assert cli.main(["csv", "--only", "3", "-o", "part.csv"]) == 0
    assert "Kappa" in (part := Path("part.csv").read_text())
    assert "Gamma" not in part
    assert cli.main(["mindmap", "--only", "2", "--tag", "web"]) == 2
    assert not Path("output").exists()
    assert cli.main(["build", "--tag", "db"]) == 0
    assert "Eta" in (page := Path("output/roadmap.checklist.html").read_text("utf-8"))
    assert "Gamma" not in page
    capsys.readouterr()
    assert cli.main(["build", "--only", "csv", "--folder", "old"]) == 0
    assert "`--only` names entries; for an output write `--exporter csv`" in capsys.readouterr().err
    assert [path.name for path in Path("old").iterdir()] == ["roadmap.csv"]


def test_ticks_in_a_part_leave_the_rest_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("roadmap.yaml").write_text(source(SECTIONS))
    assert cli.main(["tick", "1.2"]) == 0
    assert cli.main(["markdown", "--only", "2", "-o", "part.md"]) == 0
    part = Path("part.md").read_text("utf-8")
    Path("part.md").write_text(part.replace("[ ] Eta", "[x] Eta"))
    assert cli.main(["collect", "part.md"]) == 0
    progress = Path("roadmap.progress.yaml").read_text("utf-8")
    assert "alpha/epsilon" in progress
    assert "eta" in progress


def test_a_part_in_markdown_imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    Path("roadmap.yaml").write_text(source(SECTIONS))
    assert cli.main(["markdown", "--only", "2", "-o", "part.md"]) == 0
    assert cli.main(["import", "part.md", "-o", "part.yaml"]) == 0
    assert "“Theta” comes after `alpha/epsilon`, which is not in this document" in capsys.readouterr().err
    assert cli.main(["check", "part.yaml"]) == 0
