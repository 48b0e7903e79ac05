"""Where planning ends: no time, circles, the end of the calendar, and a hundred thousand entries."""

from datetime import date, timedelta

import pytest
from plans import numbered

from roadpress.cli import main
from roadpress.core.errors import RoadpressError, UsageError
from roadpress.core.model import DateRange, Hours, Node, Pace, Roadmap
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, State, Tick

TODAY = date(2027, 1, 6)


def of(*nodes, pace=None):
    return Roadmap("T", numbered(list(nodes)), pace=pace or Pace(8))


def leaf(name, hours=1.0, **fields):
    return Node(name, name, "", 1, hours=Hours(hours, hours), **fields)


def planned(roadmap, *, today=TODAY, **options):
    return plan(roadmap, Progress.of_author(roadmap), today=today, **options)


@pytest.mark.parametrize("pace", [Pace(0), Pace(-1), Pace(float("nan")), Pace(float("inf")), Pace(8, days=())])
def test_a_pace_that_gives_no_time(pace):
    with pytest.raises(UsageError, match="finishes nothing"):
        planned(of(leaf("a"), pace=pace))


@pytest.mark.parametrize("pace", ["0h/week", "-1h/week", "8", "8h/month", "200h/week", ""])
def test_a_pace_on_the_command_line_that_is_none(pace, capsys):
    assert main(["plan", "--pace", pace]) == 2
    assert "--pace" in capsys.readouterr().err


def test_needs_in_a_circle_by_hand():
    """The loader refuses them; a roadmap made by a program may still hold some."""
    with pytest.raises(RoadpressError, match="circle"):
        planned(of(leaf("a", needs=("b",)), leaf("b", needs=("a",)), leaf("c")))
    parent = Node("p", "p", "", 1, children=(leaf("inner", needs=("p",)),))
    with pytest.raises(RoadpressError, match="circle"):
        planned(of(parent))


def test_needs_that_name_nothing_are_nothing():
    assert planned(of(leaf("a", needs=("gone",)))).order == ("a",)


def test_the_end_of_the_calendar():
    last = date.max - timedelta(days=2)
    assert planned(of(leaf("a", 2), pace=Pace(1, "day")), today=last).finish == date.max - timedelta(days=1)
    with pytest.raises(UsageError, match="year 9999"):
        planned(of(leaf("a", 9), pace=Pace(1, "day")), today=last)
    forever = Pace(8, off=(DateRange(date.min, date.max),))
    with pytest.raises(UsageError, match="year 9999"):
        planned(of(leaf("a"), pace=forever))
    with pytest.raises(UsageError, match="year 9999"):
        planned(of(leaf("a", 1e5), pace=Pace(1e-6)))


def test_fixed_dates_at_both_ends_of_the_calendar():
    schedule = planned(of(leaf("a", due=date.max), leaf("b", due=date.min), leaf("c", start := 3)))
    assert schedule.order == ("b", "a", "c")
    assert [miss.id for miss in schedule.misses] == ["b"]
    assert schedule.slots["c"].hours == (start, start)


def test_a_clock_set_back_plans_from_the_day_it_shows():
    done = Progress({"a": Tick(State.DONE, TODAY + timedelta(days=30))})
    schedule = plan(of(leaf("a"), leaf("b")), done, today=TODAY)
    assert schedule.order == ("b",)
    assert schedule.start == TODAY


def test_a_start_in_the_future_and_one_in_the_past():
    roadmap = of(leaf("a"), pace=Pace(7))
    assert planned(roadmap, start=date(2027, 3, 1)).slots["a"].start == date(2027, 3, 1)
    assert planned(roadmap, start=date(2020, 3, 1)).slots["a"].start == TODAY


def test_nothing_to_do():
    assert planned(of()).finish is None
    assert planned(of(leaf("a", done=True))).slots == {}
    assert planned(Roadmap("T", numbered([leaf("a")]))) is None


def test_work_without_hours_takes_no_day():
    schedule = planned(of(leaf("a", 8), leaf("milestone", 0), leaf("b", 8), pace=Pace(8, "day")))
    assert [schedule.slots[key].due for key in ("a", "milestone", "b")] == [TODAY, TODAY, TODAY + timedelta(days=1)]


def test_a_hundred_thousand_entries_are_planned():
    sections = [
        Node(
            f"s{at}",
            f"s{at}",
            "",
            1,
            children=tuple(leaf(f"s{at}/{item}", due=date(2040, 1, 1 + item % 28)) for item in range(1000)),
            needs=(f"s{at - 1}",) if at else (),
        )
        for at in range(100)
    ]
    roadmap = Roadmap("T", tuple(sections), pace=Pace(40))
    schedule = planned(roadmap)
    assert len(schedule.order) == 100_000
    assert schedule.critical[0] == "s0"
