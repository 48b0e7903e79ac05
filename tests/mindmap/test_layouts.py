"""Laws of the layouts, on any tree: nothing overlaps, sides are even, everything is inside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from trees import roadmap, wide

from roadpress.core.model import Roadmap
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.mindmap import Options
from roadpress.exporters.mindmap.layout import names
from roadpress.exporters.mindmap.layout.columns import COLUMNS, bends, in_columns
from roadpress.exporters.mindmap.layout.curves import curve
from roadpress.exporters.mindmap.layout.layouts import Extent, lay_out, spread
from roadpress.exporters.mindmap.layout.page_fit import WHOLE, cut_at
from roadpress.exporters.mindmap.nodes.balanced_lines import PlainLine, balanced
from roadpress.exporters.mindmap.nodes.labels import label_tree
from roadpress.exporters.mindmap.nodes.tree import MapNode, select_tree
from roadpress.exporters.typeset import Run, Segment, TextLine, wrap

TITLES = st.sampled_from(["A", "Two words", "A title of usual length", "A title that is long " * 6, "w" * 90])
NODES = st.recursive(
    TITLES,
    lambda children: st.fixed_dictionaries({"title": TITLES, "items": st.lists(children, max_size=6)}),
    max_leaves=40,
)
TREES = st.lists(NODES, max_size=9).map(lambda sections: roadmap("A roadmap", sections))


def placed(source: Roadmap, layout: str, **options: Any) -> tuple[MapNode, Extent]:
    snapshot = Snapshot.of(source, today=date(2026, 11, 23))
    chosen = Options(layout=layout, **options)
    root = select_tree(snapshot, chosen)
    label_tree(root, snapshot, chosen)
    return root, lay_out(root, layout)


def corners(topic: MapNode) -> list[tuple[float, float]]:
    c, s = math.cos(math.radians(topic.angle)), math.sin(math.radians(topic.angle))
    w, h = topic.width / 2 - 1e-6, topic.height / 2 - 1e-6
    return [(topic.x + x * c - y * s, topic.y + x * s + y * c) for x, y in ((-w, -h), (w, -h), (w, h), (-w, h))]


def apart(one: MapNode, other: MapNode) -> bool:
    """Whether two turned boxes are apart: some side of one has the other beyond it (separating axis theorem)."""
    ours, theirs = corners(one), corners(other)
    for topic in (one, other):
        for turn in (0, 90):
            x, y = math.cos(math.radians(topic.angle + turn)), math.sin(math.radians(topic.angle + turn))
            first = [px * x + py * y for px, py in ours]
            second = [px * x + py * y for px, py in theirs]
            if max(first) <= min(second) or max(second) <= min(first):
                return True
    return False


@pytest.mark.parametrize("layout", names.TREES)
@settings(max_examples=40)
@given(tree=TREES)
def test_no_two_nodes_overlap_and_all_are_inside(layout: str, tree: Roadmap) -> None:
    root, extent = placed(tree, layout)
    topics = list(root.walk())
    for index, topic in enumerate(topics):
        assert all(apart(topic, other) for other in topics[:index])
        across, down = spread(topic)
        assert topic.x - across >= 0
        assert topic.x + across <= extent.width + 1e-6
        assert topic.y - down >= 0
        assert topic.y + down <= extent.height + 1e-6


@settings(max_examples=40)
@given(tree=TREES, shape=st.sampled_from([0.3, 0.7, 1.4, 4.0]))
def test_in_columns_no_two_nodes_overlap_and_all_are_inside(tree: Roadmap, shape: float) -> None:
    whole, _ = placed(tree, "two-sided")
    root = cut_at(whole, WHOLE)
    extent = in_columns(root, shape)
    topics = list(root.walk())
    assert len(topics) == len(list(whole.walk()))
    for index, topic in enumerate(topics):
        assert all(apart(topic, other) for other in topics[:index])
        assert 0 <= topic.x - topic.width / 2 < topic.x + topic.width / 2 <= extent.width + 1e-6
        assert 0 <= topic.y - topic.height / 2 < topic.y + topic.height / 2 <= extent.height + 1e-6
        for child in topic.children:  # branches run downwards only
            assert child.y > topic.y
            for bend in bends(topic, child, COLUMNS, top=topic is root):
                assert bend.end[1] >= bend.start[1]


def height(topics: list[MapNode]) -> float:
    nodes = [below for topic in topics for below in topic.walk()]
    if not nodes:
        return 0.0
    return max(n.y + n.height / 2 for n in nodes) - min(n.y - n.height / 2 for n in nodes)


@given(tree=TREES)
def test_the_two_sides_differ_by_less_than_a_branch(tree: Roadmap) -> None:
    root, _ = placed(tree, "two-sided")
    left = [topic for topic in root.children if topic.side < 0]
    right = [topic for topic in root.children if topic.side > 0]
    assert right + left == root.children  # in reading order: down the right side, then down the left
    gap = 26.0
    largest = max((height([topic]) for topic in root.children), default=0.0) + 2 * gap
    assert abs(height(left) - height(right)) < largest


@pytest.mark.parametrize("layout", ["two-sided", "right"])
def test_parents_stand_in_the_middle_of_their_children(layout: str) -> None:
    root, _ = placed(wide(200), layout)
    for topic in root.walk():
        if topic.children and topic.depth:
            first, last = topic.children[0], topic.children[-1]
            middle = (first.y - first.height / 2 + last.y + last.height / 2) / 2
            assert topic.y == pytest.approx(middle)


@pytest.mark.parametrize("layout", names.TREES)
def test_in_lists_branches_arrive_at_the_first_line_where_the_mark_stands(layout: str) -> None:
    long = "A title that takes several lines because it says so very much about one thing"
    root, _ = placed(roadmap("R", [{"title": "S", "items": [{"title": "T", "items": [long, "short"]}]}]), layout)
    topics = {topic.node.title: topic for topic in root.walk() if topic.node}
    parent, child = topics["T"], topics[long]
    end = curve(parent, child, layout).end
    first = child.label.lines[0]
    middle = child.y - child.height / 2 + child.label.pad_y + first.y - first.size * 0.345
    if layout in ("down", "outline"):
        assert end[1] == pytest.approx(middle, abs=0.1)
        assert end[1] < child.y - 3
    elif layout != "radial":
        assert end[1] == child.y
    assert topics["short"].lift == 0


def test_the_map_of_ten_times_the_items_is_about_ten_times_as_large() -> None:
    small, large = (placed(wide(items), "two-sided")[1] for items in (200, 2000))
    assert large.height < 11 * small.height
    assert large.width < 1.5 * small.width


@settings(max_examples=300)
@given(st.lists(st.integers(1, 14), min_size=1, max_size=40))
def test_lines_are_evened_without_growing_in_number_or_width(lengths: list[int]) -> None:
    run = Run(" ".join("x" * length for length in lengths))
    greedy, even = wrap([run], 24), balanced([run], 24)
    assert " ".join(word.text for line in even for segment in line.segments for word in segment.words) == run.text
    if len(greedy) <= 8:
        assert len(even) == len(greedy)
        assert max(line.width for line in even) <= 24 + 1e-6


WORDS = st.sampled_from(
    ["a", "of", "gradient", "2,300", "naïve", "—", "Градиент", "reinforcement", "🚀", "`", "w" * 30]
)
RUNS = st.lists(
    st.builds(
        lambda words, style, mark, end: Run(" ".join(words) + end, style, mark),
        st.lists(WORDS, max_size=12),
        st.sampled_from(["regular", "bold", "figures"]),
        st.sampled_from([None, "mark"]),
        st.sampled_from(["", " "]),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=300)
@example([Run("3.12 ", "figures", "mark"), Run("A plain title", "semibold")])
@example([Run("3.12 ", "figures", "mark"), Run("", "semibold")])
@example([Run("🚀 ", "semibold"), Run("A title with an icon", "semibold"), Run(" optional", "italic", "mark")])
@given(RUNS)
def test_titles_in_one_line_are_those_that_wrap_sets(runs: list[Run]) -> None:
    (even,), (wrapped,) = balanced(runs, 10_000), wrap(runs, 10_000)
    assert even.width == pytest.approx(wrapped.width)
    assert [_content(part) for part in even.segments] == [_content(part) for part in wrapped.segments]
    assert [part[3:] for part in even.segments] == [pytest.approx(part[3:]) for part in wrapped.segments]


@settings(max_examples=300)
@given(RUNS)
def test_titles_take_as_few_lines_as_they_need_and_lose_nothing(runs: list[Run]) -> None:
    even, wrapped = balanced(runs, 20), wrap(runs, 20)
    assert _words(even) == _words(wrapped)
    if len(wrapped) <= 8:
        assert len(even) == len(wrapped)
        assert max(line.width for line in even) <= 20 + 1e-6


def _words(lines: Sequence[TextLine | PlainLine]) -> str:
    return "".join(word.text for line in lines for part in line.segments for word in part.words)


def _content(part: Segment) -> tuple[object, ...]:
    return part.style, part.mark, [word.text for word in part.words]
