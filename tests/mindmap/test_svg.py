"""The SVG: everything is in it, as text, and exactly as it was written."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hostile import ROADMAPS
from trees import roadmap, wide

from roadpress.core import text
from roadpress.core.errors import RoadpressError, UsageError
from roadpress.core.model import Roadmap
from roadpress.core.roadmap_file.loading import load
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import mindmap
from roadpress.exporters.api import export
from roadpress.exporters.run import run

SVG = "{http://www.w3.org/2000/svg}"


def exported(source: Roadmap, **options: Any) -> dict[str, bytes]:
    snapshot = Snapshot.of(source, today=date(2026, 11, 23))
    return {file.suffix: file.data for file in run(mindmap, "mindmap", snapshot, options).files}


def tree_of(source: Roadmap, **options: Any) -> ET.Element:
    return ET.fromstring(exported(source, **options)[".mindmap.svg"])


def said(node: ET.Element) -> str:
    """Return what a node of the drawing says, its lines joined."""
    lines = ("".join(part for part in _visible(line)) for line in node.iter(f"{SVG}text"))
    return " ".join(lines)


def _visible(element: ET.Element) -> list[str]:
    if element.tag == f"{SVG}title":
        return [element.tail or ""]
    parts = [element.text or ""]
    for child in element:
        parts += _visible(child)
        if child.tag != f"{SVG}title":
            parts.append(child.tail or "")
    return parts


def squeezed(shown: str) -> str:
    return re.sub(r"\s+", "", shown)


@pytest.mark.parametrize("layout", mindmap.LAYOUTS)
def test_every_title_of_the_roadmap_is_in_it_in_reading_order(layout: str, root: Path) -> None:
    source = load(root / "roadmap.yaml")
    shown = squeezed("".join(said(node) for node in tree_of(source, layout=layout).iter(f"{SVG}g")))
    at = 0
    for node in source.walk():
        title = squeezed(text.plain(node.title))
        at = shown.find(title, at)
        assert at >= 0, node.title


def test_it_is_rendered_without_a_program_on_the_path(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert b"<svg" in exported(load(root / "roadmap.yaml"))[".mindmap.svg"]


def test_it_carries_its_fonts_and_asks_for_nothing(root: Path) -> None:
    drawn = exported(load(root / "roadmap.yaml"))[".mindmap.svg"].decode()
    assert drawn.count("@font-face") >= 4
    addresses = re.findall(r"url\(([^)]{20})|href=\"([^\"]+)", drawn)
    assert all((font or link).startswith(("data:font/woff", "#", "https://")) for font, link in addresses)
    assert len(drawn) < 150_000


@pytest.mark.parametrize("name", ROADMAPS)
def test_titles_are_text_whatever_they_hold(name: str) -> None:
    """All but the zero width space, U+200B, comes through: it only says where a line may break, and is spent on that."""
    source = ROADMAPS[name]
    drawn = tree_of(source)
    assert drawn.find(f".//{SVG}script") is None
    assert drawn.find(f".//{SVG}image") is None
    shown = {node.get("id"): squeezed(said(node)) for node in drawn.iter(f"{SVG}g")}
    leaves = [node for node in source.leaves() if node.depth > 2]
    titles = {squeezed(text.plain(node.title)).replace("\u200b", "") for node in leaves}
    assert len([1 for label in shown.values() if label in titles]) >= len(leaves)


DOT = {
    "html": "<b>bold</b>",
    "table": "<<TABLE><TR><TD>x</TD></TR></TABLE>>",
    "image": '<<TABLE><TR><TD><IMG SRC="secret.png"/></TD></TR></TABLE>>',
    "escapes": r"\N \G \E \T \H \L \n \l \r",
    "backslash": "ends with \\",
    "quotes": 'say "it"',
    "brackets": "<not html>",
    "entity": "&lt; &amp; &#65;",
    "file": "shapefile=/etc/passwd image=/etc/passwd",
}


@pytest.mark.parametrize("title", DOT.values(), ids=DOT)
def test_graphviz_shows_a_label_of_the_dot_as_it_was_written(title: str) -> None:
    import pygraphviz

    source = roadmap("Map", [title])
    dot = exported(source, format=("dot",))[".mindmap.dot"].decode()
    drawn = pygraphviz.AGraph(string=dot).draw(format="svg", prog="nop2")
    labels = ["".join(t.itertext()) for t in ET.fromstring(drawn).iter(f"{SVG}text")]
    assert text.plain(title).replace("\xa0", " ") in [label.replace("\xa0", " ") for label in labels]


def test_filters(root: Path) -> None:
    source = load(root / "roadmap.yaml")

    def titles(**options: Any) -> list[str]:
        groups = tree_of(source, **options).iter(f"{SVG}g")
        return [said(group) for group in groups if group.get("class", "").startswith("d")]

    assert len(titles(depth=1)) == 8
    assert any("Fundamentals" in title and "+" in title for title in titles(depth=1))
    assert sum(title.startswith("3.") for title in titles(only=("3",), depth=2)) == 6
    assert len(titles(tag=("frontend",), depth=1)) == 3
    with pytest.raises(UsageError, match="frontent"):
        titles(tag=("frontent",))


def test_done_is_left_out_when_asked() -> None:
    source = roadmap("R", [{"title": "S", "items": [{"title": "gone", "done": True}, "stays"]}])
    drawn = exported(source, open=True)[".mindmap.svg"].decode()
    assert "stays" in drawn
    assert "gone" not in drawn
    both = exported(source)[".mindmap.svg"].decode()
    assert "1 of 2 · 50 %" in both
    assert 'done"' in both


def test_notes_are_tooltips_and_on_demand_text_of_the_map() -> None:
    notes = "Read *slowly*.\n\n- first <b>x</b>\n- then"
    source = roadmap("R", [{"title": "S", "notes": notes, "items": [{"title": "leaf", "notes": "of a leaf"}]}])
    source = replace(source, description="What it is about.")

    def parts(**options: Any) -> tuple[str, str]:
        groups = [
            group for group in tree_of(source, **options).iter(f"{SVG}g") if group.get("class", "").startswith("d")
        ]
        tips = [group.findtext(f"{SVG}title") or "" for group in groups]
        return " ".join(map(said, groups)), "\n".join(tips)

    for options in ({}, {"notes": True}):
        label, tip = parts(**options)
        for wanted in ("What it is about.", "Read slowly.", "first <b>x</b>", "then", "of a leaf"):
            assert wanted in tip
            assert (wanted in label) is bool(options)


def test_only_http_and_mail_links_are_links() -> None:
    source = roadmap("R", ["[good](https://example.org/?a=1&b=2)", "[bad](javascript:alert(1))", "<javascript:x>"])
    links = [link.get("href") for link in tree_of(source).iter(f"{SVG}a")]
    assert links == ["https://example.org/?a=1&b=2"]


NEEDS = roadmap(
    "R",
    [
        {"title": "A", "id": "a", "items": [{"title": "B", "id": "b"}]},
        {"title": "C", "items": [{"title": "D", "needs": ("b", "a")}]},
    ],
)


def test_needs_are_arrows_on_demand() -> None:
    assert "needs" not in {group.get("class") for group in tree_of(NEEDS).iter(f"{SVG}g")}
    drawn = tree_of(NEEDS, needs=True)
    said = [title.text for title in drawn.iterfind(f".//{SVG}g[@class='needs']/{SVG}path/{SVG}title")]
    assert said == ["2.1 D needs 1.1 B", "2.1 D needs 1 A"]
    assert exported(NEEDS, needs=True, format=("dot",))[".mindmap.dot"].count(b"dashed") == 2


def test_a_link_is_the_titles_and_further_ones_follow_it() -> None:
    from roadpress.core.model import Link

    source = roadmap("R", [{"title": "T", "links": (Link("https://a.example/"), Link("https://b.example/", "B"))}])
    links = [("".join(_visible(link)).strip(), link.get("href")) for link in tree_of(source).iter(f"{SVG}a")]
    assert links == [("T", "https://a.example/"), ("[2]", "https://b.example/")]


def test_png_shows_the_map_of_the_other_formats(root: Path) -> None:
    source = load(root / "roadmap.yaml")
    files = exported(source, format=("svg", "png", "dot"), dpi=72)
    assert list(files) == [".mindmap.svg", ".mindmap.png", ".mindmap.dot"]
    assert files == exported(source, format=("svg", "png", "dot"), dpi=72)
    picture = files[".mindmap.png"]
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    drawn = tree_of(source)
    sides = [int.from_bytes(picture[at : at + 4], "big") for at in (16, 20)]
    assert sides == [pytest.approx(int(drawn.get(name, "0")), abs=1) for name in ("width", "height")]


def test_a_picture_of_a_map_larger_than_a_pdf_page_is_as_large_as_the_map() -> None:
    source = wide(1400)
    picture = exported(source, layout="right", format=("png",), dpi=18)[".mindmap.png"]
    drawn = tree_of(source, layout="right")
    assert int(drawn.get("height", "0")) > 14_400
    sides = [int.from_bytes(picture[at : at + 4], "big") for at in (16, 20)]
    assert sides == [pytest.approx(int(drawn.get(name, "0")) / 4, abs=1) for name in ("width", "height")]


def test_a_picture_too_large_is_refused_with_what_to_take_instead() -> None:
    with pytest.raises(RoadpressError, match="too large") as caught:
        exported(wide(2000), format=("png",), dpi=600)
    assert "--dpi" in caught.value.remedy


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ({}, ["svg"]),
        ({"paper": "a4"}, ["pdf"]),
        ({"poster": True}, ["pdf"]),
        ({"landscape": False}, ["pdf"]),
        ({"ink_saver": True}, ["pdf"]),
        ({"dpi": 72}, ["png"]),
        ({"paper": "a4", "format": ("svg",)}, ["svg"]),
        ({"interactive": True}, ["html"]),
        ({"interactive": True, "poster": True}, ["pdf", "html"]),
        ({"interactive": True, "format": ("svg", "html")}, ["svg", "html"]),
    ],
    ids=str,
)
def test_options_say_what_is_written(options: dict[str, Any], wanted: list[str]) -> None:
    assert list(exported(roadmap("R", ["A"]), **options)) == [f".mindmap.{name}" for name in wanted]


@pytest.mark.parametrize("ending", mindmap.FORMATS)
def test_the_name_of_the_file_says_its_format(ending: str, tmp_path: Path) -> None:
    begins = {"svg": b"<svg", "pdf": b"%PDF-", "png": b"\x89PNG", "dot": b"digraph", "html": b"<!doctype html>"}
    snapshot = Snapshot.of(roadmap("R", ["A"]), today=date(2026, 11, 23))
    (path,) = export(snapshot, "mindmap", tmp_path / f"map.{ending}")
    assert path.read_bytes().startswith(begins[ending])


def test_pdfium_paints_arabic_as_wide_as_it_was_measured() -> None:
    """Marks above and below letters are moved there and back; PDFium forgot the way back beside empty strings."""
    import pypdfium2

    source = roadmap("مرحبا بالعالم — خارطة الطريق", [])
    page = pypdfium2.PdfDocument(exported(source, format=("pdf",), paper="fit")[".mindmap.pdf"])[0]
    boxes = [box.get_bounds() for box in page.get_objects() if box.type == 1]  # text
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    assert page.get_width() - right == pytest.approx(left, abs=4)


def test_a_character_that_no_font_has_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADPRESS_SYSTEM_FONTS", "0")
    source = roadmap("R", ["\U0010ffff"])
    result = mindmap.export(Snapshot.of(source, today=date(2026, 11, 23)), mindmap.Options(format=("pdf", "png")))
    assert len([notice for notice in result.notices if "U+10FFFF" in notice]) == 1


def test_every_branch_ends_at_its_node_however_many_a_node_has() -> None:
    drawn = tree_of(roadmap("R", [{"title": "S", "items": [f"Item {index}" for index in range(350)]}]), layout="right")
    tips = {path.get("id"): _numbers(path.get("d", ""))[6:8] for path in drawn.iter(f"{SVG}path") if path.get("id")}
    marks = {group.get("id", ""): group.find(f"{SVG}use") for group in drawn.iter(f"{SVG}g")}
    leaves = {name: mark for name, mark in marks.items() if mark is not None}
    assert len(leaves) == 350
    for name, mark in leaves.items():
        assert tips[f"e{name[1:]}"][1] == pytest.approx(float(mark.get("y", "")) + 4, abs=0.11)


def _numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]


def test_a_tree_needs_no_graphviz_and_its_boxes_stand_where_the_dot_has_them(
    monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    import pygraphviz

    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    monkeypatch.setenv("PATH", "")
    files = exported(load(root / "roadmap.yaml"), format=("svg", "dot"))
    dot = pygraphviz.AGraph(string=files[".mindmap.dot"].decode())
    places = {
        str(node): [*map(float, node.attr["pos"].split(",")), float(node.attr["height"]), float(node.attr["width"])]
        for node in dot.nodes()
    }
    drawn = ET.fromstring(files[".mindmap.svg"])
    tall = float(drawn.get("height", ""))
    boxes = {group.get("id"): group.find(f"{SVG}path[@class='box']") for group in drawn.iter(f"{SVG}g")}
    paths = {name: box.get("d", "") for name, box in boxes.items() if name and box is not None}
    assert len(paths) > 30
    for name, path in paths.items():
        x, y, height, width = places[name]
        start, top, across, *_ = _numbers(path)
        radius = float(re.findall(r"c[\d.]+,0 ([\d.]+)", path)[0])
        assert across + 2 * radius == pytest.approx(width * 72, abs=0.03)
        assert start + across / 2 == pytest.approx(x, abs=0.03)
        assert top + height * 72 / 2 == pytest.approx(tall - y, abs=0.6)
        assert path.endswith("Z")
