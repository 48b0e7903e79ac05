"""Ticks that come back from outputs, three ways."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadpress.core.progress.model import State, Tick
from roadpress.core.progress.three_way import Prefer, ReportedTick, ReturnedOutput, merge

MADE = datetime(2027, 1, 4, 9, tzinfo=timezone.utc)
EARLIER, LATER = MADE - timedelta(days=1), MADE + timedelta(days=1)
SAVED = MADE + timedelta(days=2)
NOW = MADE + timedelta(days=3)
OPEN, DONE, SKIPPED = State.OPEN, State.DONE, State.SKIPPED
KEYS = [f"k{at}" for at in range(5)]
STATES = st.sampled_from([OPEN, DONE, SKIPPED])


def tick(state, at):
    return Tick(state, at.date(), "cli", "", at)


def state_of(ticks, key):
    return ticks[key].state if key in ticks else OPEN


@pytest.mark.parametrize(
    ("mine", "given_state", "now", "expected", "conflict"),
    [
        (None, OPEN, DONE, DONE, False),  # ticked there
        (tick(DONE, EARLIER), DONE, OPEN, OPEN, False),  # unticked there
        (tick(DONE, LATER), OPEN, OPEN, DONE, False),  # ticked here since, untouched there
        (tick(DONE, LATER), OPEN, DONE, DONE, False),  # ticked in both
        (tick(OPEN, LATER), DONE, DONE, OPEN, False),  # unticked here since, untouched there
        (tick(DONE, LATER), DONE, OPEN, OPEN, True),  # unticked there, ticked anew here: newest is theirs
        (tick(OPEN, LATER), OPEN, DONE, DONE, True),  # ticked there, ticked and unticked here since
        (tick(SKIPPED, LATER), OPEN, DONE, DONE, True),
        (tick(OPEN, LATER), None, DONE, DONE, True),  # an output without a memory
        (tick(DONE, EARLIER), None, OPEN, DONE, False),  # whose empty boxes say nothing
        (None, None, DONE, DONE, False),
    ],
)
def test_every_case(mine, given_state, now, expected, conflict):
    ticks = {"k": mine} if mine else {}
    returned = ReturnedOutput("pdf", (ReportedTick("k", now, given_state),), made=MADE, saved=SAVED)
    merged = merge(ticks, returned, ["k"], now=NOW)
    assert state_of(merged.applied(ticks), "k") is expected
    assert bool(merged.conflicts) is conflict
    if conflict:
        assert merge(ticks, returned, ["k"], now=NOW, prefer=Prefer.MINE).changes == ()
        theirs = merge(ticks, returned, ["k"], now=NOW, prefer=Prefer.THEIRS)
        assert state_of(theirs.applied(ticks), "k") is now


def test_the_newest_wins_and_a_tie_leaves_things_as_they_are():
    for saved, wins in ((LATER - timedelta(hours=1), "mine"), (LATER, "mine"), (LATER + timedelta(hours=1), "theirs")):
        returned = ReturnedOutput("pdf", (ReportedTick("k", DONE, OPEN),), made=MADE, saved=saved)
        merged = merge({"k": tick(SKIPPED, LATER)}, returned, ["k"], now=NOW)
        assert merged.conflicts[0].taken == wins


def test_dates_come_from_the_output_where_it_knows_them():
    returned = ReturnedOutput(
        "checklist", (ReportedTick("k", DONE, OPEN, on=date(2027, 1, 2), at=EARLIER),), saved=SAVED
    )
    assert merge({}, returned, ["k"], now=NOW).changes[0].after == Tick(
        DONE, date(2027, 1, 2), "checklist", "", EARLIER
    )
    returned = ReturnedOutput("pdf", (ReportedTick("k", DONE, OPEN),), saved=SAVED)
    assert merge({}, returned, ["k"], now=NOW).changes[0].after.on == SAVED.date()
    assert (
        merge({}, ReturnedOutput("pdf", (ReportedTick("k", DONE),)), ["k"], now=NOW).changes[0].after.on == NOW.date()
    )


def test_a_clock_set_back_loses_no_tick():
    """An output that says it was saved before it was made still brings its ticks."""
    returned = ReturnedOutput("pdf", (ReportedTick("k", DONE, OPEN),), made=MADE, saved=EARLIER)
    assert merge({}, returned, ["k"], now=EARLIER).changes[0].after.state is DONE


def test_what_is_not_in_the_roadmap_is_named():
    returned = ReturnedOutput("pdf", (ReportedTick("x", DONE, OPEN, title="Gone"), ReportedTick("y", OPEN, OPEN)))
    merged = merge({}, returned, ["k"], now=NOW)
    assert [observed.title for observed in merged.unknown] == ["Gone"]
    assert merged.changes == ()


def test_notes_come_back_and_empty_ones_delete_nothing():
    mine = {"a": Tick(DONE, None, "cli", "mine"), "b": Tick(DONE, None, "cli", "kept")}
    seen = (
        ReportedTick("a", DONE, DONE, note="theirs"),
        ReportedTick("b", OPEN, DONE),
        ReportedTick("c", OPEN, OPEN, note="new"),
    )
    ticks = merge(mine, ReturnedOutput("checklist", seen), "abc", now=NOW).applied(mine)
    assert {key: (tick.state, tick.note) for key, tick in ticks.items()} == {
        "a": (DONE, "theirs"),
        "b": (OPEN, "kept"),
        "c": (OPEN, "new"),
    }


GIVEN = st.dictionaries(st.sampled_from(KEYS), STATES)


@st.composite
def outputs(draw, source="pdf"):
    """Return what an output was given, and what came back of it."""
    before = draw(GIVEN)
    after = {**before, **draw(GIVEN)}
    leaves = tuple(ReportedTick(key, after.get(key, OPEN), before.get(key, OPEN)) for key in KEYS)
    return before, ReturnedOutput(source, leaves, made=MADE, saved=SAVED)


@given(
    outputs(),
    st.dictionaries(st.sampled_from(KEYS), STATES.map(lambda state: tick(state, LATER))),
    st.sampled_from(Prefer),
)
def test_merging_again_changes_nothing(output, mine, prefer):
    _, returned = output
    once = merge(mine, returned, KEYS, now=NOW, prefer=prefer).applied(mine)
    again = merge(once, returned, KEYS, now=NOW, prefer=prefer)
    assert {key: tick.state for key, tick in again.applied(once).items()} == {
        key: tick.state for key, tick in once.items()
    }


@given(outputs(), st.dictionaries(st.sampled_from(KEYS), STATES.map(lambda state: tick(state, LATER))))
def test_an_untouched_output_changes_nothing(output, mine):
    before, _ = output
    leaves = tuple(ReportedTick(key, before.get(key, OPEN), before.get(key, OPEN)) for key in KEYS)
    assert merge(mine, ReturnedOutput("pdf", leaves, MADE, SAVED), KEYS, now=NOW).changes == ()


@given(st.sets(st.sampled_from(KEYS)), st.sets(st.sampled_from(KEYS)), st.sets(st.sampled_from(KEYS)))
def test_ticks_made_in_three_places_all_arrive_in_any_order(here, paper, page):
    def came_back(source, keys):
        return ReturnedOutput(
            source, tuple(ReportedTick(key, DONE if key in keys else OPEN, OPEN) for key in KEYS), MADE, SAVED
        )

    mine = {key: tick(DONE, LATER) for key in here}
    results = []
    for order in (
        (came_back("pdf", paper), came_back("page", page)),
        (came_back("page", page), came_back("pdf", paper)),
    ):
        ticks = mine
        for returned in order:
            merged = merge(ticks, returned, KEYS, now=NOW)
            assert merged.conflicts == ()
            ticks = merged.applied(ticks)
        results.append({key for key in ticks if ticks[key].state is DONE})
    assert results == [here | paper | page] * 2


@given(outputs(), st.dictionaries(st.sampled_from(KEYS), STATES.map(lambda state: tick(state, LATER))))
def test_what_nobody_touched_there_stays(output, mine):
    before, returned = output
    merged = merge(mine, returned, KEYS, now=NOW, prefer=Prefer.THEIRS)
    untouched = {observed.id for observed in returned.leaves if observed.now is observed.given}
    assert not {change.id for change in merged.changes} & untouched
    assert before is not None


FAR = datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "wrong",
    [
        ReturnedOutput("checklist", (ReportedTick("k", DONE, OPEN, on=FAR.date(), at=FAR),), made=MADE, saved=SAVED),
        ReturnedOutput("pdf", (ReportedTick("k", DONE, OPEN),), made=MADE, saved=FAR),
        ReturnedOutput("pdf", (ReportedTick("k", DONE, OPEN, on=FAR.date()),), made=MADE),
        ReturnedOutput("pdf", (ReportedTick("k", DONE, OPEN),), made=FAR, saved=EARLIER),
    ],
)
def test_a_clock_in_the_year_9999_does_not_win_for_ever(wrong):
    """Taken where nothing else is known, dated when it came; never against what was recorded since."""
    taken = merge({}, wrong, ["k"], now=NOW).applied({})["k"]
    assert taken.state is DONE
    assert taken.at <= NOW
    assert taken.on <= NOW.date()
    recorded = {"k": tick(SKIPPED, NOW)}
    assert merge(recorded, wrong, ["k"], now=NOW + timedelta(hours=1)).applied(recorded) == recorded


def test_what_a_clock_in_the_year_9999_recorded_gives_way():
    recorded = {"k": Tick(DONE, FAR.date(), "cli", "", FAR)}
    later = ReturnedOutput("checklist", (ReportedTick("k", OPEN, DONE, at=SAVED),), made=MADE)
    assert merge(recorded, later, ["k"], now=NOW).applied(recorded)["k"].state is OPEN
