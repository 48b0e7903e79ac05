"""What holds for every plan of every roadmap."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plans import TODAY, edited, numbered, paces, roadmaps

from roadpress.core.model import Hours, Kind, Node, Pace, Roadmap
from roadpress.core.planning.estimates import estimate
from roadpress.core.planning.planner import plan
from roadpress.core.planning.sequencing import PrecedenceGraph, sequence
from roadpress.core.planning.workdays import Workdays
from roadpress.core.progress.model import Progress


def planned(roadmap, **options):
    schedule = plan(roadmap, Progress.of_author(roadmap), today=TODAY, **options)
    assert schedule is not None
    return schedule


@given(roadmaps())
def test_nothing_comes_before_what_it_needs(roadmap):
    schedule = planned(roadmap)
    nodes = roadmap.by_id()
    position = {key: at for at, key in enumerate(schedule.order)}
    for node in nodes.values():
        for need in node.needs:
            firsts = [leaf.id for leaf in nodes[need].leaves() if leaf.id in position]
            seconds = [leaf.id for leaf in node.leaves() if leaf.id in position]
            for first in firsts:
                for second in seconds:
                    assert position[first] < position[second]
                    assert schedule.slots[first].due <= schedule.slots[second].start


@given(roadmaps())
def test_every_open_required_leaf_is_planned_once(roadmap):
    schedule = planned(roadmap)
    progress = Progress.of_author(roadmap)
    assert len(set(schedule.order)) == len(schedule.order)

    def required(node, optional):
        optional = optional or node.optional
        if not node.children:
            return [] if optional or node.id in progress.ticks else [node.id]
        return [key for child in node.children for key in required(child, optional)]

    wanted = {key for section in roadmap.sections for key in required(section, False)}
    assert wanted <= set(schedule.order)
    assert not set(schedule.order) & set(progress.ticks)
    everything = {leaf.id for leaf in roadmap.leaves()} - set(progress.ticks)
    assert set(planned(roadmap, optional=True).order) == everything


@given(roadmaps())
def test_the_pace_is_never_exceeded(roadmap):
    schedule = planned(roadmap)
    pace = schedule.pace
    a_day = pace.hours / len(pace.days) if pace.per == "week" else pace.hours
    given_hours = spent = 0.0
    day = TODAY
    for week in schedule.weeks:
        while day <= week.last:
            is_off = any(first <= day <= last for first, last in pace.off)
            given_hours += a_day if day.weekday() in pace.days and not is_off else 0
            day += timedelta(days=1)
        if week is schedule.weeks[0]:  # less what was done today
            assert week.capacity <= given_hours + 1e-6
            spent = given_hours - week.capacity
        assert week.capacity == pytest.approx(given_hours - spent)  # what was left over is carried on
        assert week.hours <= week.capacity + 1e-6
        assert week.hours == pytest.approx(sum(share.hours for share in week.shares))
        spent += week.hours
    shares = defaultdict(float)
    for week in schedule.weeks:
        for share in week.shares:
            shares[share.id] += share.hours
    for key in schedule.order:
        low, high = schedule.slots[key].hours
        assert shares[key] == pytest.approx((low + high) / 2, abs=1e-6)


@given(roadmaps())
def test_nothing_is_cut_in_crumbs(roadmap):
    schedule = planned(roadmap)
    pace = schedule.pace
    a_day = pace.hours / len(pace.days) if pace.per == "week" else pace.hours
    for key in schedule.order:
        low, high = schedule.slots[key].hours
        hours = (low + high) / 2
        parts = [share.hours for week in schedule.weeks for share in week.shares if share.id == key]
        assert all(part >= 0.5 - 1e-6 for part in parts) or len(parts) == 1
        if hours <= a_day:
            assert schedule.slots[key].start == schedule.slots[key].due
    for share in schedule.first_day:
        low, high = schedule.slots[share.id].hours
        assert share.hours >= min(0.5, (low + high) / 2) - 1e-6


@given(st.floats(0, 40), st.floats(0, 60), st.sampled_from([0.1, 0.25, 0.4, 0.5, 0.8, 1.0, 8 / 7, 2.5]))
def test_parts_of_an_entry_come_to_it_and_never_before_their_hours(begin, hours, a_day):
    days = Workdays(Pace(a_day, "day"), TODAY)
    parts = days.parts(begin, hours)
    assert sum(part for _, part in parts) == pytest.approx(hours, abs=1e-6)
    assert [at for at, _ in parts] == sorted({at for at, _ in parts})
    assert parts[-1][0] == days.last_index(begin + hours)
    moment = begin
    for at, part in parts:
        moment += part
        assert moment <= (at + 1) * a_day + 1e-5
        assert part >= 0.5 - 1e-5 or len(parts) == 1


def test_a_topic_is_not_left_for_another_in_its_middle():
    """What has a fixed date comes before the topic that it would fall into."""
    items = tuple(Node(f"A{at}", f"a{at}", "", 3, hours=Hours(2, 2)) for at in range(5))
    nodes = [
        Node("S", "s", "", 1, children=(Node("A", "a", "", 2, children=items), Node("C", "c", "", 2))),
        Node("B", "b", "", 1, hours=Hours(2, 2), due=TODAY + timedelta(days=2)),
    ]
    schedule = planned(Roadmap("R", numbered(nodes), pace=Pace(2, "day")))
    assert schedule.order == ("b", "a0", "a1", "a2", "a3", "a4", "c")
    assert not schedule.misses


@given(roadmaps())
def test_work_falls_on_working_days_only(roadmap):
    schedule = planned(roadmap)
    for slot in schedule.slots.values():
        for day in (slot.start, slot.due, slot.early_finish, slot.late_finish):
            assert day >= TODAY
            assert day.weekday() in schedule.pace.days
            assert not any(first <= day <= last for first, last in schedule.pace.off)


@given(roadmaps())
def test_early_likely_and_late_keep_their_order(roadmap):
    schedule = planned(roadmap)
    for slot in schedule.slots.values():
        assert slot.start <= slot.due
        assert slot.early_finish <= slot.due <= slot.late_finish
    if schedule.order:
        assert schedule.earliest_finish <= schedule.finish <= schedule.latest_finish
        assert schedule.finish == max(slot.due for slot in schedule.slots.values())
        assert min(slot.slack for slot in schedule.slots.values()) <= 0
    else:
        assert schedule.finish is None


@given(roadmaps())
def test_a_parent_spans_its_leaves(roadmap):
    schedule = planned(roadmap)
    for node in roadmap.walk():
        inside = [schedule.slots[leaf.id] for leaf in node.leaves() if leaf.id in schedule.order]
        assert (node.id in schedule.slots) == bool(inside)
        if inside:
            slot = schedule.slots[node.id]
            assert slot.start == min(one.start for one in inside)
            assert slot.due == max(one.due for one in inside)
            assert slot.hours.low == pytest.approx(sum(one.hours.low for one in inside))


@given(roadmaps())
def test_the_same_input_gives_the_same_plan(roadmap):
    assert planned(roadmap) == planned(roadmap)


@given(roadmaps(), st.integers(0, 13), st.sampled_from([0.5, 3, 100]))
def test_more_hours_never_finish_earlier(roadmap, which, more):
    hours = estimate(roadmap).hours

    def fixed(node):  # every leaf with hours of its own, so that nothing else changes
        return node if node.children else node._replace(hours=hours[node.id])

    def raised(node):
        if node.id != f"n{which}" or node.children:
            return node
        return node._replace(hours=Hours(node.hours.low + more, node.hours.high + more))

    before = edited(roadmap, fixed)
    first, second = planned(before), planned(edited(before, raised))
    if first.finish:
        assert first.finish <= second.finish
        assert first.earliest_finish <= second.earliest_finish
        assert first.latest_finish <= second.latest_finish


@given(roadmaps())
def test_doing_more_never_finishes_later(roadmap):
    schedule = planned(roadmap)
    assume(schedule.order)
    done = edited(
        roadmap,
        lambda node: node._replace(done=TODAY - timedelta(days=1)) if node.id == schedule.order[0] else node,
    )
    after = planned(done)
    assert after.finish is None or after.finish <= schedule.finish


@given(roadmaps(due=False))
def test_without_needs_and_dates_the_roadmaps_order_stays(roadmap):
    plain = edited(roadmap, lambda node: node._replace(needs=()))
    schedule = planned(plain)
    assert list(schedule.order) == [leaf.id for leaf in plain.leaves() if leaf.id in set(schedule.order)]
    assert schedule.critical == ()


@given(roadmaps())
def test_the_critical_chain_follows_needs(roadmap):
    schedule = planned(roadmap)
    nodes = roadmap.by_id()
    position = {key: at for at, key in enumerate(schedule.order)}
    spans = [[position[leaf.id] for leaf in nodes[key].leaves() if leaf.id in position] for key in schedule.critical]
    for first, second in pairwise(spans):
        assert max(first) < min(second)
    assert all(schedule.slots[key].critical for key in schedule.critical)


@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.sampled_from([0.5, 1, 2, 5]), st.integers(0, 12) | st.none()), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_no_order_has_a_smaller_greatest_delay(leaves, chance):
    """Checked against every order there is."""
    keys = list(range(len(leaves)))
    chance.shuffle(keys)
    nodes = [
        Node(
            "T", f"n{at}", "", 1, needs=tuple(f"n{other}" for other in keys[: keys.index(at)] if chance.random() < 0.3)
        )
        for at in range(len(leaves))
    ]
    tree = PrecedenceGraph(numbered(nodes))
    work = {at: hours for at, (hours, _) in enumerate(leaves)}
    due = {at: float(by) for at, (_, by) in enumerate(leaves) if by is not None}

    def delay(order):
        moment, worst = 0.0, 0.0
        for at in order:
            moment += work[at]
            worst = max(worst, moment - due.get(at, 1e9))
        return worst

    def allowed(order):
        return all(order.index(before) < order.index(at) for at, needs in tree.needs.items() for before in needs)

    ours = sequence(tree, work, due, begin=0)
    assert allowed(ours)
    assert delay(ours) == min(delay(order) for order in permutations(range(len(leaves))) if allowed(order))


@given(roadmaps())
def test_slack_is_what_can_be_put_off(roadmap):
    """Put off by its slack, and everything that comes after it with it, nothing that has no date ends after the plan."""
    schedule = planned(edited(roadmap, lambda node: node._replace(due=None)))
    assert all(slot.slack >= 0 for slot in schedule.slots.values())
    if schedule.order:
        assert schedule.slots[schedule.order[-1]].slack == 0


@given(roadmaps(), paces())
def test_hours_are_shared_out_and_none_is_lost(roadmap, pace):
    hours, assumed = estimate(roadmap)
    assert set(hours) == {leaf.id for leaf in roadmap.leaves()}

    def is_open(node):
        return node.hours is None and (not node.children or any(is_open(child) for child in node.children))

    def check(node):
        if node.children and node.hours and any(is_open(child) for child in node.children):
            total = sum(hours[leaf.id].low for leaf in node.leaves())
            assert total >= node.hours.low - 1e-6
        for child in node.children:
            check(child)

    for section in roadmap.sections:
        check(section)
    assert all(roadmap.by_id()[key].hours is None for key in assumed)
    assert all(0 <= low <= high for low, high in hours.values())


def test_shares_by_kind():
    leaves = tuple(Node(kind.value, kind.value, "", 2, kind=kind) for kind in (Kind.TASK, Kind.PROJECT, Kind.MILESTONE))
    given_hours = Node("g", "g", "", 2, hours=Hours(1, 2))
    roadmap = Roadmap("R", (Node("S", "s", "1", 1, children=(*leaves, given_hours), hours=Hours(10, 20)),))
    hours, assumed = estimate(roadmap)
    assert hours == {"task": (1, 2), "project": (8, 16), "milestone": (0, 0), "g": (1, 2)}
    assert not assumed
