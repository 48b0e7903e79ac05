"""The map on paper: text never too small, nothing lost, every page linked with the others."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pymupdf
import pypdf
import pypdfium2
import pytest
from hostile import ROADMAPS
from PIL import Image
from trees import roadmap, wide

from roadpress.core import text
from roadpress.core.errors import UsageError
from roadpress.core.model import Link, Roadmap
from roadpress.core.roadmap_file.loading import load
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import checklist, mindmap, pdf
from roadpress.exporters.mindmap.layout.names import TREES
from roadpress.exporters.mindmap.layout.page_fit import PageArea, atlas, text_sizes
from roadpress.exporters.mindmap.nodes.labels import label_tree
from roadpress.exporters.mindmap.nodes.tree import select_tree
from roadpress.exporters.run import run

CURRICULUM = wide(1400, sections=12)


def printed(source: Roadmap, **options: Any) -> tuple[pypdf.PdfReader, tuple[str, ...]]:
    result = mindmap.export(Snapshot.of(source, today=date(2026, 11, 23)), mindmap.Options(format=("pdf",), **options))
    return pypdf.PdfReader(io.BytesIO(result.files[0].data)), result.notices


def sizes(page: pypdf.PageObject) -> list[tuple[float, str]]:
    """Return the size in points on paper of each piece of text."""
    found: list[tuple[float, str]] = []

    def visit(shown: str, cm: list[float], tm: list[float], _: Any, size: float) -> None:
        if shown.strip():
            scale = math.sqrt(abs((cm[0] * cm[3] - cm[1] * cm[2]) * (tm[0] * tm[3] - tm[1] * tm[2])))
            found.append((size * scale, shown))

    page.extract_text(visitor_text=visit)
    return found


def squeezed(shown: str) -> str:
    return re.sub(r"\s+", "", shown)


def missing(source: Roadmap, reader: pypdf.PdfReader) -> list[str]:
    """Return the titles that are not in the PDF, whole."""
    shown = squeezed("".join(page.extract_text() for page in reader.pages))
    return [node.title for node in source.walk() if squeezed(text.plain(node.title)) not in shown]


@pytest.mark.parametrize(("which", "poster"), [("brief", False), ("brief", True), ("curriculum", False)])
def test_no_text_on_a4_is_smaller_than_seven_points_and_no_title_is_missing(
    which: str, poster: bool, root: Path
) -> None:
    source = load(root / "roadmap.yaml") if which == "brief" else CURRICULUM
    reader, notices = printed(source, paper="a4", poster=poster)
    measured = [size for page in reader.pages for size, _ in sizes(page)]
    assert len(measured) > 100
    assert min(measured) >= 7 - 0.01
    assert missing(source, reader) == []
    assert len(reader.pages) > 3
    assert notices


@pytest.mark.parametrize("size", [5, 9, 12])
def test_the_least_size_can_be_chosen(size: int, root: Path) -> None:
    reader, _ = printed(load(root / "roadmap.yaml"), min_font=size)
    assert min(found for page in reader.pages for found, _ in sizes(page)) >= size - 0.01


def test_the_poster_of_more_pages_says_so_and_each_sheet_has_its_name(root: Path) -> None:
    reader, notices = printed(load(root / "roadmap.yaml"), poster=True, min_font=12)
    said = re.search(r"poster of (\d+) × (\d+) A4 sheets", notices[0])
    assert said
    columns, rows = int(said[1]), int(said[2])
    assert len(reader.pages) == columns * rows + 1
    names = [f"{chr(65 + column)}{row + 1}" for row in range(rows) for column in range(columns)]
    key = reader.pages[0].extract_text()
    assert all(name in key for name in names)
    for name, page in zip(names, reader.pages[1:], strict=True):
        assert f"{name} Column" in page.extract_text()


def test_a_map_that_fits_has_one_page_and_nothing_to_say() -> None:
    reader, notices = printed(roadmap("Small", ["One", "Two", "Three"]))
    assert len(reader.pages) == 1
    assert notices == ()


@pytest.mark.parametrize(
    ("paper", "landscape", "wanted"),
    [
        ("a4", True, (841.89, 595.28)),
        ("a4", False, (595.28, 841.89)),
        ("A0", False, (2383.94, 3370.39)),
        ("letter", False, (612.0, 792.0)),
        ("300x200mm", True, (850.39, 566.93)),
        ("100 x 100 mm", None, (283.46, 283.46)),
    ],
)
def test_pages_have_the_size_of_the_paper(
    paper: str, landscape: bool | None, wanted: tuple[float, float], root: Path
) -> None:
    reader, _ = printed(load(root / "roadmap.yaml"), paper=paper, landscape=landscape, min_font=4)
    for page in reader.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(wanted, abs=0.1)


@pytest.mark.parametrize("paper", ["b17", "10x10mm", "0x0mm", "a4 or so", "99999x100mm"])
def test_paper_that_does_not_exist_is_named(paper: str) -> None:
    with pytest.raises(UsageError, match=r"[Pp]aper"):
        printed(roadmap("Small", ["One"]), paper=paper)


def test_a_page_larger_than_readers_open_has_larger_units() -> None:
    """ISO 32000-1, annex C.2 and table 30: 14,400 units a side at most, each of `UserUnit` points."""
    link = Link("https://example.org/end")
    source = wide(1400, sections=12)
    source = replace(source, sections=(*source.sections[:-1], source.sections[-1]._replace(links=(link,))))
    reader, _ = printed(source, layout="right", paper="fit")
    page = reader.pages[0]
    unit, height = page["/UserUnit"], float(page.mediabox.height)
    assert unit > 1
    assert height <= 14_400 < height * unit
    last = next(entry for entry in reversed(reader.outline) if not isinstance(entry, list))
    assert 0 < float(last.top) < height
    url = next(entry.get_object() for entry in page["/Annots"])
    assert 0 < url["/Rect"][1] < url["/Rect"][3] < height / 10
    assert min(size for size, _ in sizes(page)) * unit == pytest.approx(10, abs=0.1)
    small = printed(roadmap("Small", ["One"]), paper="fit")[0].pages[0]
    assert "/UserUnit" not in small


def test_a_poster_on_paper_that_fits_is_refused() -> None:
    with pytest.raises(UsageError, match="poster"):
        printed(roadmap("Small", ["One"]), paper="fit", poster=True)


def test_margins_that_leave_nothing_are_refused() -> None:
    with pytest.raises(UsageError, match="leave nothing"):
        printed(roadmap("Small", ["One"]), paper="a5", margin=70)


def test_paper_too_small_for_its_text_is_refused() -> None:
    with pytest.raises(UsageError, match="too small"):
        printed(wide(200), paper="60x60mm", min_font=40)


def goals(reader: pypdf.PdfReader, index: int) -> list[int]:
    """Return which pages a page links to."""
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
    annotations = [entry.get_object() for entry in reader.pages[index].get("/Annots", [])]
    return [pages[found["/Dest"][0].idnum] for found in annotations if "/Dest" in found]


def test_the_overview_leads_to_each_page_and_each_page_back() -> None:
    reader, _ = printed(CURRICULUM)
    reached, waiting = {0}, [0]
    while waiting:
        for goal in goals(reader, waiting.pop()):
            if goal not in reached:
                reached.add(goal)
                waiting.append(goal)
    assert all(0 in goals(reader, index) for index in range(1, len(reader.pages)))
    assert len(reached) == 1 + len(CURRICULUM.sections)


def test_links_of_nodes_are_links_on_paper() -> None:
    source = roadmap("Links", [{"title": "See [the *book*](https://example.org/book?a=1)"}])
    reader, _ = printed(source)
    found = [entry.get_object()["/A"]["/URI"] for entry in reader.pages[0]["/Annots"]]
    assert set(found) == {"https://example.org/book?a=1"}  # one a run: the emphasis is another


def test_bookmarks_name_sections_and_below_them_topics(root: Path) -> None:
    source = load(root / "roadmap.yaml")
    reader, _ = printed(source)
    shown = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [entry.title for entry in shown] == [
        f"{section.number} {text.plain(section.title)}" for section in source.sections
    ]
    first = next(entry for entry in reader.outline if isinstance(entry, list))
    assert [entry.title for entry in first] == [
        f"{topic.number} {text.plain(topic.title)}" for topic in source.sections[0].children
    ]


def test_ink_saver_fills_nothing_with_colour(root: Path) -> None:
    reader, _ = printed(load(root / "roadmap.yaml"), ink_saver=True)
    colours = {
        tuple(map(float, found))
        for page in reader.pages
        for found in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)", page.get_contents().get_data())
    }
    assert all(max(colour) - min(colour) < 0.2 for colour in colours)


@pytest.mark.parametrize("poster", [False, True], ids=["page", "poster"])
def test_needs_are_dashed_arrows_on_paper_when_asked_for(poster: bool) -> None:
    source = roadmap("Needs", [{"title": "One", "id": "one"}, {"title": "Two", "needs": ("one",)}])
    dashed = []
    for needs in (False, True):
        reader, _ = printed(source, needs=needs, poster=poster)
        dashed.append(sum(page.get_contents().get_data().count(b"] 0 d") for page in reader.pages))
    assert dashed[1] > dashed[0]


@pytest.mark.parametrize("layout", mindmap.LAYOUTS)
def test_every_layout_can_be_printed(layout: str, root: Path) -> None:
    source = load(root / "roadmap.yaml")
    reader, _ = printed(source, layout=layout)
    assert missing(source, reader) == []


def test_an_outline_stands_in_columns_on_paper(root: Path) -> None:
    source = load(root / "roadmap.yaml")
    reader, notices = printed(source, layout="outline", paper="a2")
    assert len(reader.pages) == 1
    assert notices == ("A map on paper has no place for the description, tags (5): they are left out.",)
    assert missing(source, reader) == []
    lefts: set[float] = set()

    def visit(shown: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if any(shown.strip() and text.plain(section.title).startswith(shown.strip()) for section in source.sections):
            lefts.add(round(cm[4] + cm[0] * tm[4]))

    reader.pages[0].extract_text(visitor_text=visit)
    assert len(lefts) > 1


@pytest.mark.parametrize("hostile", ROADMAPS)
def test_hostile_roadmaps_can_be_printed_as_atlas_and_poster(hostile: str) -> None:
    for poster in (False, True):
        reader, _ = printed(ROADMAPS[hostile], paper="a5", poster=poster)
        assert reader.pages


@pytest.mark.parametrize("hostile", ["html", "graphviz", "quotes", "cjk", "path", "dollar", "html-label"])
def test_titles_are_printed_as_they_are_written(hostile: str) -> None:
    source = ROADMAPS[hostile]
    reader, _ = printed(source, paper="a1")
    assert squeezed(text.plain(source.title)) in squeezed(reader.pages[0].extract_text())


def test_a_title_too_long_for_a_page_is_printed_in_full_at_the_end() -> None:
    long = " ".join(f"word{index}" for index in range(2500))
    source = roadmap("Long", [{"title": long, "items": ["one", "two"]}, *(f"Other {index}" for index in range(80))])
    reader, notices = printed(source, paper="a5")
    assert missing(source, reader) == []
    assert any("too long" in notice for notice in notices)
    assert min(size for page in reader.pages for size, _ in sizes(page)) >= 7 - 0.01


def test_a_chain_of_levels_takes_as_many_as_fit_on_each_page() -> None:
    reader, _ = printed(ROADMAPS["deep-50"])
    assert 2 < len(reader.pages) < 6
    assert missing(ROADMAPS["deep-50"], reader) == []


def test_the_same_roadmap_gives_the_same_bytes(root: Path) -> None:
    snapshot = Snapshot.of(load(root / "roadmap.yaml"), today=date(2026, 11, 23))
    for poster in (False, True):
        options = mindmap.Options(format=("pdf",), poster=poster)
        assert mindmap.export(snapshot, options) == mindmap.export(snapshot, options)


def test_printing_leaves_the_drawing_for_screens_as_it_was(root: Path) -> None:
    snapshot = Snapshot.of(ROADMAPS["5000"], today=date(2026, 11, 23))
    alone = mindmap.export(snapshot, mindmap.Options(format=("svg",))).files[0]
    after = mindmap.export(snapshot, mindmap.Options(format=("pdf", "svg"))).files[1]
    assert alone == after


@pytest.mark.parametrize("layout", TREES)
@pytest.mark.parametrize(
    "source", [wide(300, sections=4), wide(60, sections=9), ROADMAPS["deep-50"]], ids=["4", "9", "deep"]
)
def test_no_two_nodes_of_a_page_overlap(layout: str, source: Roadmap) -> None:
    snapshot = Snapshot.of(source, today=date(2026, 11, 23))
    options = mindmap.Options(layout=layout)
    tree = select_tree(snapshot, options)
    label_tree(tree, snapshot, options)
    room = PageArea(540.0, 760.0, 7.0, 1.25, text_sizes(tree))
    pages = list(atlas(tree, room, layout))
    assert len(pages) > 1
    for page in pages:
        assert page.fit.scale >= 0.7
        boxes = [
            (
                topic.x - topic.width / 2,
                topic.y - topic.height / 2,
                topic.x + topic.width / 2,
                topic.y + topic.height / 2,
            )
            for topic in page.fit.root.walk()
        ]
        assert min(box[0] for box in boxes) >= 0
        assert max(box[2] for box in boxes) * page.fit.scale <= room.width + 60
        for index, one in enumerate(boxes if page.fit.layout != "radial" else ()):
            for other in boxes[index + 1 :]:
                assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_a_long_map_on_paper_stands_in_columns_rather_than_on_many_pages() -> None:
    reader, notices = printed(CURRICULUM, paper="a0")
    assert len(reader.pages) == 1
    assert notices == ()
    assert missing(CURRICULUM, reader) == []
    assert min(size for size, _ in sizes(reader.pages[0])) >= 7 - 0.01


def test_a_poster_suits_a_wall_and_says_what_it_does_for_that() -> None:
    _, notices = printed(CURRICULUM, poster=True)
    said = re.search(r"(\d+) × (\d+) A4 sheets, (\d+) × (\d+) cm", notices[0])
    assert said
    assert 0.4 < int(said[3]) / int(said[4]) < 2.5
    assert int(said[1]) * int(said[2]) < 30
    assert "In columns, for two-sided it would be" in notices[0]


def test_pages_of_a_section_are_about_equally_full() -> None:
    snapshot = Snapshot.of(wide(600, sections=3), today=date(2026, 11, 23))
    tree = select_tree(snapshot, mindmap.Options())
    label_tree(tree, snapshot, mindmap.Options())
    pages = list(atlas(tree, PageArea(785.0, 518.0, 7.0, 1.25, text_sizes(tree)), "two-sided"))
    parts = [page for page in pages if page.key != tree.key]
    for key in {page.key for page in parts}:
        group = [page for page in parts if page.key == key]
        leaves = [sum(not topic.children for topic in page.fit.root.walk()) for page in group]
        assert len(group) > 1
        assert max(leaves) <= 1.5 * min(leaves)
        assert len({page.fit.layout == "columns" for page in group}) == 1


def test_what_the_overview_shows_in_full_has_no_page_of_its_own() -> None:
    large = {"title": "Large", "items": [{"title": f"T{i}", "items": [f"i{j}" for j in range(30)]} for i in range(9)]}
    reader, _ = printed(roadmap("R", [large, {"title": "Small", "items": ["only this"]}]))
    shown = [page.extract_text() for page in reader.pages]
    assert "only this" in shown[0]
    assert not any("only this" in page for page in shown[1:])


def test_pages_of_one_section_say_which_of_them_they_are() -> None:
    section = {"title": "Long", "items": [f"Item {number} with a title of usual length" for number in range(400)]}
    reader, _ = printed(roadmap("R", [section, "Short"]), layout="right", paper="a5")
    heads = [found[0] for page in reader.pages if (found := re.findall(r"Long \((\d+ of \d+)\)", page.extract_text()))]
    assert len(heads) > 1
    assert heads == [f"{number + 1} of {len(heads)}" for number in range(len(heads))]


def test_a_note_names_the_paper_that_holds_the_map_on_one_page() -> None:
    _, notices = printed(CURRICULUM, paper="a3")
    said = re.search(r"--paper (a\d) holds it on one page", notices[0])
    assert said
    assert len(printed(CURRICULUM, paper=said[1])[0].pages) == 1
    assert len(printed(CURRICULUM, paper=f"a{int(said[1][1]) + 1}")[0].pages) > 1
    assert "holds it" not in printed(wide(4000), paper="a4")[1][0]


def test_a_small_map_keeps_the_layout_it_was_asked_for() -> None:
    """Another would be larger still, but this one is large enough."""
    reader, _ = printed(roadmap("Two sections", ["One", "Two"]), paper="a4")
    found: dict[str, float] = {}

    def visit(shown: str, cm: list[float], tm: list[float], *_: Any) -> None:
        for word in ("One", "Two s", "Two"):
            if word in shown:
                found.setdefault(word, cm[0] * tm[4] + cm[4])
                break

    reader.pages[0].extract_text(visitor_text=visit)
    assert found["Two"] < found["Two s"] < found["One"]


def test_a_title_that_is_made_narrower_for_an_overview_keeps_its_progress(root: Path) -> None:
    source = load(root / "roadmap.yaml")
    done = source.sections[0].children[0].children[0]._replace(done=True)
    topic = source.sections[0].children[0]._replace(children=(done, *source.sections[0].children[0].children[1:]))
    section = source.sections[0]._replace(children=(topic, *source.sections[0].children[1:]))
    reader, _ = printed(replace(source, sections=(section, *source.sections[1:])), paper="a4")
    assert len(reader.pages) > 1
    assert "1 of 87" in reader.pages[0].extract_text()


def test_a_dark_map_is_dark_in_every_format() -> None:
    options = {"theme": "dark", "format": ("png", "pdf", "svg")}
    snapshot = Snapshot.of(roadmap("R", [{"title": "S", "items": ["One", "Two"]}]), today=date(2026, 11, 23))
    files = {file.suffix: file.data for file in mindmap.export(snapshot, mindmap.Options(**options)).files}
    picture = Image.open(io.BytesIO(files[".mindmap.png"])).convert("RGB")
    assert picture.getpixel((1, 1)) == (18, 21, 26)
    page = pypdfium2.PdfDocument(files[".mindmap.pdf"])[0].render(scale=1).to_pil().convert("RGB")
    assert page.getpixel((2, 2)) == (18, 21, 26)
    saver = mindmap.export(snapshot, mindmap.Options(theme="dark", format=("pdf",), ink_saver=True)).files[0].data
    assert pypdfium2.PdfDocument(saver)[0].render(scale=1).to_pil().convert("RGB").getpixel((2, 2)) == (255, 255, 255)


@pytest.mark.parametrize("name", ["pdf", "mindmap", "checklist"])
def test_an_accent_colours_every_section(name: str) -> None:
    module = {"pdf": pdf, "mindmap": mindmap, "checklist": checklist}[name]
    snapshot = Snapshot.of(roadmap("R", [{"title": "S", "items": ["One"]}, "T"]), today=date(2026, 11, 23))
    usual, own = (run(module, name, snapshot, options).files[0].data for options in ({}, {"accent": "#0a5d52"}))
    if name == "pdf":
        with pymupdf.open(stream=own) as document:
            colors = {span["color"] for page in document for span in _spans(page) if re.match(r"[12]$", span["text"])}
        parts = [color.to_bytes(3, "big") for color in colors]
        rounded = [max(abs(a - b) for a, b in zip(part, b"\x0a\x5d\x52", strict=True)) for part in parts]
        assert min(rounded) <= 1  # an old PyMuPDF rounds down
        assert not colors & {0x1860BC, 0x976000}
    else:
        assert own.count(b"#0a5d52") >= 8
        assert b"#0a5d52" not in usual


def _spans(page: pymupdf.Page) -> Iterator[dict[str, Any]]:
    for block in page.get_text("dict")["blocks"]:
        for found in block.get("lines", ()):
            yield from found["spans"]


def test_small_sections_share_a_page_of_the_atlas() -> None:
    small = [{"title": f"Section {at}", "items": [f"Item {at}.{n}" for n in range(3)]} for at in range(40)]
    large = {
        "title": "Large one",
        "items": [{"title": f"T{at}", "items": [f"Leaf {at}.{n}" for n in range(9)]} for at in range(12)],
    }
    reader, _ = printed(roadmap("R", [*small[:20], large, *small[20:]]), paper="a5")
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) < 22
    shared = [page for page in texts[1:] if len(set(re.findall(r"Item (\d+)\.", page))) > 1]
    assert shared
    for at in range(40):
        assert sum(all(f"Item {at}.{n}" in page for n in range(3)) for page in texts) == 1
    assert any("Leaf 0.0" in page and "Item" not in page for page in texts)
