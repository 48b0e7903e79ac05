"""The graph of prerequisites: what comes before what, from left to right, on every paper and screen."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pypdf
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from prerequisites import bread, course, exported
from trees import roadmap

from roadpress.core.errors import UsageError
from roadpress.core.model import Roadmap
from roadpress.core.roadmap_file.loading import load
from roadpress.core.roadmap_file.prerequisites import find_circle
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import mindmap
from roadpress.exporters.mindmap import Options
from roadpress.exporters.mindmap.layout.layouts import Extent, lay_out
from roadpress.exporters.mindmap.layout.names import ENGINES, NEEDS
from roadpress.exporters.mindmap.layout.needs_pages import needs_pages
from roadpress.exporters.mindmap.layout.page_fit import PageArea, text_sizes, tight
from roadpress.exporters.mindmap.layout.page_node import PageNode
from roadpress.exporters.mindmap.nodes.labels import label_tree
from roadpress.exporters.mindmap.nodes.prerequisites import arrows
from roadpress.exporters.mindmap.nodes.steps import keep_steps
from roadpress.exporters.mindmap.nodes.tree import MapNode, select_tree
from roadpress.exporters.run import run

SVG = "{http://www.w3.org/2000/svg}"


def drawn(source: Roadmap, **options: Any) -> ET.Element:
    return ET.fromstring(exported(source, **options).files[0].data)


def placed(source: Roadmap) -> tuple[MapNode, Extent, int]:
    snapshot = Snapshot.of(source, today=date(2026, 11, 23))
    chosen = Options(layout=NEEDS)
    root = select_tree(snapshot, chosen)
    steps = keep_steps(root, snapshot)
    label_tree(root, snapshot, chosen)
    return root, lay_out(root, NEEDS), steps


def apart(topics: list[MapNode]) -> bool:
    """Whether no two boxes overlap."""
    return all(
        abs(one.x - other.x) >= (one.width + other.width) / 2 - 0.1
        or abs(one.y - other.y) >= (one.height + other.height) / 2 - 0.1
        for index, one in enumerate(topics)
        for other in topics[:index]
    )


def classes(svg: ET.Element) -> dict[str, set[str]]:
    """Return the classes of each step by what it says first."""
    found = {}
    for group in svg.iter(f"{SVG}g"):
        own = set(group.get("class", "").split())
        if "step" in own:
            found[" ".join("".join(line.itertext()) for line in group.iter(f"{SVG}text"))] = own
    return found


def test_what_is_done_what_can_start_and_what_waits_are_told_apart_by_words_too() -> None:
    steps = classes(drawn(bread()))
    assert len(steps) == 8
    assert {said for said, own in steps.items() if "over" in own} == {"1.1 Flour and water", "1.3 Read about yeast"}
    ready = {"1.2 Knead a dough can start", "2.2 Sourdough starter can start"}
    assert {said for said, own in steps.items() if "ready" in own} == ready
    assert {said for said, own in steps.items() if "waiting" in own} == {
        "2.1 White loaf",
        "2.3 Sourdough loaf",
        "3.1 Sell at the market",
        "3.2 Price list",
    }


def test_the_words_are_of_the_roadmap_s_language() -> None:
    from dataclasses import replace

    assert "1.2 Knead a dough kann beginnen" in classes(drawn(replace(bread(), language="de")))


def test_what_takes_no_part_is_counted_where_it_belongs_and_told() -> None:
    result = exported(bread())
    text = result.files[0].data.decode()
    assert "Buy a scale" not in text
    assert re.search(r"Basics.*\+1", text)
    assert "The stall" in text
    assert len(result.notices) == 1
    assert "8 entries" in result.notices[0]
    assert "1 more is only counted" in result.notices[0]


def test_without_any_needs_it_is_the_usual_map_and_says_so(root: Path) -> None:
    source = load(root / "roadmap.yaml")
    result = exported(source)
    usual = exported(source, layout="two-sided")
    assert result.files == usual.files
    assert "no graph of prerequisites" in result.notices[0]
    assert "two-sided" in result.notices[0]


def test_each_need_is_an_arrow_with_a_sentence() -> None:
    titles = [
        path.findtext(f"{SVG}title")
        for group in drawn(bread()).iter(f"{SVG}g")
        if "needs" in group.get("class", "").split()
        for path in group.iter(f"{SVG}path")
    ]
    assert len(titles) == 8
    assert "2.3 Sourdough loaf needs 2.1 White loaf" in titles


@st.composite
def graphs(draw: st.DrawFn) -> Roadmap:
    """A roadmap of up to forty entries on three levels, in which some need others, whatever their level."""
    serial = iter(range(1000))
    names: list[str] = []

    def entry(items: list[Any]) -> dict[str, Any]:
        name = f"e{next(serial)}"
        names.append(name)
        title = draw(st.sampled_from(["A", "Two words", "A title that is long " * 4]))
        done = draw(st.booleans()) if not items else False
        return {"title": f"{title} {name}", "id": name, "items": items, "done": done}

    sizes = st.integers(0, 4)
    sections = [
        entry([entry([entry([]) for _ in range(draw(sizes))]) for _ in range(draw(sizes))])
        for _ in range(draw(st.integers(1, 4)))
    ]
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), min_size=1, max_size=25))

    def with_needs(value: dict[str, Any]) -> dict[str, Any]:
        needs = dict.fromkeys(first for first, then in pairs if then == value["id"] and first != then)
        return {**value, "needs": tuple(needs), "items": [with_needs(item) for item in value["items"]]}

    made = roadmap("A graph", [with_needs(section) for section in sections])
    assume(not find_circle(made.by_id()))
    return made


@settings(max_examples=60, deadline=None)
@given(source=graphs())
def test_ranks_run_from_left_to_right_and_nothing_overlaps(source: Roadmap) -> None:
    root, extent, count = placed(source)
    assume(count)
    topics = list(root.walk())
    assert apart(topics)
    for one in topics:
        assert 0 <= one.x - one.width / 2 < one.x + one.width / 2 <= extent.width
        assert 0 <= one.y - one.height / 2 < one.y + one.height / 2 <= extent.height
    steps = {topic.node.id: topic for topic in topics if topic.stage and topic.node}
    assert len(steps) == count
    by_id = source.by_id()
    needs = [(need, name) for name, node in by_id.items() for need in node.needs]
    assert {first for first, _ in needs} | {then for _, then in needs} == set(steps)
    found = arrows(root)
    assert sorted((need.first.key, need.then.key) for need in found) == sorted(
        (steps[first].key, steps[then].key) for first, then in needs
    )
    for need in found:  # from the right side of one box to the left side of another, forwards
        assert need.path[0] == pytest.approx((need.first.x + need.first.width / 2, need.first.y), abs=2)
        assert need.path[-1] == pytest.approx((need.then.x - need.then.width / 2, need.then.y), abs=2)
        assert need.path[0][0] < need.path[-1][0]
        assert len(need.path) % 3 == 1
    for first, then in needs:  # all of what is needed comes first, and what is inside begins later
        for inner in by_id[first].walk():
            if inner.id in steps:
                assert steps[inner.id].x + steps[inner.id].width / 2 < steps[then].x - steps[then].width / 2
        for inner in by_id[then].walk():
            if inner.id in steps and inner.id != then:
                assert steps[then].x + steps[then].width / 2 < steps[inner.id].x - steps[inner.id].width / 2


def test_a_thousand_steps_are_placed_apart() -> None:
    root, extent, count = placed(course(1000))
    assert count == 1000
    assert apart(list(root.walk()))
    assert extent.width < 40_000


@pytest.mark.parametrize("paper", ["a4", "a5", "letter"])
def test_an_atlas_has_every_step_large_enough_and_names_the_pages_of_what_is_elsewhere(paper: str) -> None:
    source = course(120)
    result = exported(source, format=("pdf",), paper=paper)
    pages = pypdf.PdfReader(io.BytesIO(result.files[0].data)).pages
    assert len(pages) > 3
    assert f"made an atlas of {len(pages)} pages" in result.notices[-1]
    texts = [re.sub(r"\s+", "", page.extract_text()) for page in pages]
    for node in source.leaves():
        assert any(node.title.replace(" ", "") in shown for shown in texts), node.title
    numbers = {page.indirect_reference.idnum: index for index, page in enumerate(pages) if page.indirect_reference}
    references = 0
    for index, page in enumerate(pages):
        for link in (annotation.get_object() for annotation in page.get("/Annots", [])):
            if named := re.fullmatch(r"p\. (\d+)", link["/Contents"]):
                assert int(named[1]) - 1 == numbers[link["/Dest"][0].idnum] != index
                references += 1
    assert references > 10


@pytest.mark.parametrize(("width", "height"), [(785.0, 518.0), (539.0, 760.0)])
def test_on_no_page_nodes_overlap_or_text_is_too_small(width: float, height: float) -> None:
    root, _, _ = placed(course(90))
    shown: list[str] = []
    for page in needs_pages(root, PageArea(width, height, 7.0, 1.25, text_sizes(root))):
        assert page.fit.scale >= 0.7
        size = tight(page.fit.extent)
        assert size.width * page.fit.scale <= width + 0.1
        assert size.height * page.fit.scale <= height + 0.1
        assert apart(list(page.fit.root.walk()))
        shown += (
            leaf.key
            for leaf in page.fit.root.walk()
            if isinstance(leaf, PageNode) and leaf.stage and not leaf.elsewhere
        )
    assert sorted(shown) == sorted(topic.key for topic in root.walk() if topic.stage)  # besides references to it


def test_a_poster_holds_the_whole_graph() -> None:
    result = exported(course(60), format=("pdf",), poster=True)
    pages = pypdf.PdfReader(io.BytesIO(result.files[0].data)).pages
    shown = re.sub(r"\s+", "", "".join(page.extract_text() for page in pages[1:]))
    assert len(pages) > 2
    assert all(f"Entrynumber{number}ofthecourse" in shown for number in range(60))


def test_every_format_is_written_and_the_dot_renders_as_it_is() -> None:
    import pygraphviz

    files = {file.suffix: file.data for file in exported(bread(), format=mindmap.FORMATS).files}
    assert set(files) == {f".mindmap.{name}" for name in mindmap.FORMATS}
    dot = pygraphviz.AGraph(string=files[".mindmap.dot"].decode())
    assert dot.number_of_edges() == 8
    assert dot.number_of_nodes() == 8 + 3 + 1
    page = files[".mindmap.html"].decode()
    found = re.search(r"<script type=application/json id=data>(.*?)</script>", page)
    assert found
    data = json.loads(found[1])
    assert {row[1] for row in data["nodes"][1:]} == {0}  # nothing to fold, which would leave holes
    assert len(data["needs"]) == 8


def test_ink_saver_prints_no_colour() -> None:
    result = exported(bread(), format=("pdf",), ink_saver=True)
    page = pypdf.PdfReader(io.BytesIO(result.files[0].data)).pages[0]
    colours = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)", page.get_contents().get_data())
    assert colours
    assert all(max(map(float, colour)) - min(map(float, colour)) < 0.2 for colour in colours)


def test_what_a_filter_leaves_out_has_neither_box_nor_arrow_and_is_waited_for() -> None:
    def left(**keywords: Any) -> set[str]:
        snapshot = Snapshot.of(bread(), today=date(2026, 11, 23))
        return set(
            classes(ET.fromstring(run(mindmap, "mindmap", snapshot, {"layout": NEEDS, **keywords}).files[0].data))
        )

    still = left(open=True)
    assert len(still) == 6
    assert {"1.2 Knead a dough can start", "2.2 Sourdough starter can start"} < still
    assert left(only=("2",)) == {"2.1 White loaf", "2.2 Sourdough starter can start", "2.3 Sourdough loaf"}


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_draws_the_whole_tree_in_every_format(engine: str, root: Path) -> None:
    source = load(root / "roadmap.yaml")
    result = exported(source, layout="two-sided", engine=engine, format=("svg", "pdf", "dot", "html"), paper="fit")
    svg = ET.fromstring(result.files[0].data)
    groups = [group for group in svg.iter(f"{SVG}g") if re.match(r"d\d", group.get("class", ""))]
    assert len(groups) == 1 + sum(1 for _ in source.walk())
    edges = [path for path in svg.iter(f"{SVG}path") if re.fullmatch(r"e\d+", path.get("id", ""))]
    assert len(edges) == len(groups) - 1
    assert result.files[0] != exported(source, layout="two-sided").files[0]
    assert result.files[0] == exported(source, layout="radial", engine=engine).files[0]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_leaves_no_node_on_another(engine: str, root: Path) -> None:
    snapshot = Snapshot.of(load(root / "roadmap.yaml"), today=date(2026, 11, 23))
    tree = select_tree(snapshot, Options())
    label_tree(tree, snapshot, Options())
    lay_out(tree, engine)
    assert apart(list(tree.walk()))


def test_an_engine_prints_an_atlas_too(root: Path) -> None:
    source = load(root / "roadmap.yaml")
    result = exported(source, layout="two-sided", engine="twopi", format=("pdf",), paper="a4")
    shown = re.sub(
        r"\s+", "", "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(result.files[0].data)).pages)
    )
    assert all(re.sub(r"\s+", "", section.title) in shown for section in source.sections)


def test_needs_are_placed_by_dot_and_no_other() -> None:
    assert exported(bread(), engine="dot").files == exported(bread()).files
    with pytest.raises(UsageError, match="neato"):
        exported(bread(), engine="neato")
