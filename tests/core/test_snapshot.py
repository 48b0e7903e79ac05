"""What a snapshot answers."""

from __future__ import annotations

from datetime import date

from roadmaps import roadmap

from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.snapshot import Counts, Snapshot

SOURCE = """
- title: A
  topics:
    - {title: a, done: true}
    - b
    - {title: c, optional: true}
- title: B
  done: 2026-01-02
  topics: [d, e]
- title: C
  optional: true
  topics: [f]
- D
"""


def of(progress: Progress | None = None) -> Snapshot:
    loaded = roadmap(SOURCE)
    return Snapshot(loaded, progress or Progress.of_author(loaded), date(2026, 11, 23))


def test_counts_of_required_and_optional_leaves() -> None:
    snapshot = of()
    a, b, c, d = snapshot.roadmap.sections
    assert snapshot.counts(a) == Counts(done=1, total=2, optional_total=1)
    assert snapshot.counts(b) == Counts(done=2, total=2)
    assert snapshot.counts(c) == Counts(optional_total=1)
    assert snapshot.counts(d) == Counts(total=1)
    assert snapshot.total == Counts(done=3, total=5, optional_total=2)
    assert (snapshot.total.percent, snapshot.total.fraction) == (60, 0.6)
    assert [snapshot.state(node) for node in (a, b, c, d)] == [State.PARTLY, State.DONE, State.OPEN, State.OPEN]


def test_done_on_a_parent_counts_for_its_leaves_with_its_date() -> None:
    snapshot = of()
    tick = snapshot.tick(snapshot.roadmap.sections[1].children[0])
    assert tick
    assert tick.on == date(2026, 1, 2)


def test_skipped_leaves_leave_the_count_and_100_percent_can_be_reached() -> None:
    ticks = {"a/a": Tick(), "a/b": Tick(State.SKIPPED), "b/d": Tick(), "b/e": Tick(), "d": Tick(State.SKIPPED)}
    snapshot = of(Progress(ticks))
    assert snapshot.total == Counts(done=3, total=3, optional_total=2, skipped=2)
    assert snapshot.total.percent == 100
    assert snapshot.is_done(snapshot.roadmap.sections[0])


def test_percent_is_never_100_before_the_end() -> None:
    assert Counts(done=999, total=1000).percent == 99
    assert Counts().percent == 0
    assert Counts(optional_done=1, optional_total=1).state is State.DONE
    assert Counts(skipped=2).state is State.SKIPPED
