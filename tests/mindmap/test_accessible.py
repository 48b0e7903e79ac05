"""The map's PDF for those who can't see it: tagged, in reading order, checked by two programs."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from trees import roadmap

from roadpress.core import text
from roadpress.core.model import Kind, Link, Roadmap
from roadpress.core.roadmap_file.loading import load
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import mindmap

DATA = Path(__file__).parents[1] / "pdf" / "data"


def pdf(source: Roadmap, **options: Any) -> bytes:
    snapshot = Snapshot.of(source, today=date(2026, 11, 23))
    return mindmap.export(snapshot, mindmap.Options(format=("pdf",), **options)).files[0].data


@pytest.fixture(scope="module")
def maps(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("maps")
    brief, everything = load(root / "roadmap.yaml"), load(DATA / "everything.yaml")
    made = {
        "atlas": pdf(brief, paper="a4"),
        "columns": pdf(brief, paper="a4", layout="outline", min_font=9),
        "page": pdf(everything, paper="a1"),
        "own-size": pdf(everything, paper="fit", layout="radial"),
        "scripts": pdf(load(DATA / "scripts.yaml"), paper="a4"),
        "nothing": pdf(roadmap("Empty")),
        "poster": pdf(brief, poster=True, min_font=12),
    }
    for name, data in made.items():
        (folder / f"{name}.pdf").write_bytes(data)
    return folder


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name(name)
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False)


def test_pdfua_finds_nothing(maps: Path) -> None:
    result = tool("pdfua", "check", *sorted(maps.glob("*.pdf")))
    assert result.returncode == 0, result.stdout


def test_outloud_finds_nothing(maps: Path) -> None:
    """On a poster what stands on two sheets is read on one: on the other it is an artifact, which TAG-002 mistrusts."""
    files = sorted(path for path in maps.glob("*.pdf") if path.stem != "poster")
    result = tool("outloud", "--fail-on", "warning", *files)
    assert result.returncode == 0, result.stdout
    poster = tool("outloud", "--fail-on", "warning", "--skip", "TAG-002", maps / "poster.pdf")
    assert poster.returncode == 0, poster.stdout


Element = tuple[str, int, str]


def elements(data: bytes) -> Iterator[Element]:
    """Yield each element in reading order: its role, how many lists it is in, and its own text."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    contents = {page.indirect_reference.idnum: marked(page) for page in reader.pages if page.indirect_reference}

    def walk(element: Any, lists: int) -> Iterator[Element]:
        kids = element.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        home = element.get("/Pg")
        own, below = [], []
        for kid in (kid.get_object() for kid in kids):
            if isinstance(kid, int):
                own.append(contents[home.indirect_reference.idnum][kid])
            elif kid.get("/Type") == "/MCR":
                own.append(contents[kid.raw_get("/Pg").idnum][kid["/MCID"]])
            elif "/S" in kid:
                below.append(kid)
        said = str(element["/ActualText"]) if "/ActualText" in element else "".join(own)
        yield element["/S"], lists, said
        for kid in below:
            yield from walk(kid, lists + (element["/S"] == "/L"))

    yield from walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0], 0)


def marked(page: pypdf.PageObject) -> dict[int, str]:
    """Return the text of each marked content of a page."""
    found: dict[int, str] = {}
    open_: list[int | None] = []

    def operator(name: bytes, operands: Any, _cm: Any, _tm: Any) -> None:
        if name in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 else {}
            open_.append(properties.get("/MCID") if hasattr(properties, "get") else None)
            if open_[-1] is not None:
                found[open_[-1]] = ""
        elif name == b"EMC":
            open_.pop()

    def shown(part: str, *_: Any) -> None:
        inside = next((mcid for mcid in reversed(open_) if mcid is not None), None)
        if inside is not None:
            found[inside] += part

    # pypdf gives text out behind the operator that ends it: one at a time keeps each where it belongs
    page.extract_text(visitor_operand_before=operator, visitor_text=shown)
    return found


def roles(data: bytes) -> list[tuple[str, int]]:
    return [(role, lists) for role, lists, _ in elements(data)]


def test_a_map_is_a_heading_and_lists_as_deep_as_its_tree() -> None:
    tree = roadmap("Title", [{"title": "One", "items": [{"title": "Two", "items": ["Three", "Four"]}]}, "Five"])
    found = [(role, lists) for role, lists in roles(pdf(tree, paper="a3")) if role in ("/H1", "/LI")]
    assert found == [("/H1", 0), ("/LI", 1), ("/LI", 2), ("/LI", 3), ("/LI", 3), ("/LI", 1)]


@pytest.mark.parametrize("poster", [False, True], ids=["page", "poster"])
def test_every_node_is_read_once_wherever_it_stands(poster: bool, root: Path) -> None:
    source = load(root / "roadmap.yaml")
    data = pdf(source, paper="a4", poster=True, min_font=11) if poster else pdf(source, paper="a0")
    nodes = sum(1 for _ in source.walk())
    entries = [role for role, _ in roles(data) if role == "/LI"]
    sheets = len(pypdf.PdfReader(io.BytesIO(data)).pages) - 1
    assert len(entries) == nodes + (sheets if poster else 0)


def test_a_mark_says_kind_and_state_in_the_roadmaps_language() -> None:
    items = [
        {"title": "a", "done": True},
        {"title": "b", "kind": Kind.QUESTION},
        {"title": "c", "kind": Kind.PROJECT, "done": True},
        "d",
    ]
    source = roadmap("T", [{"title": "S", "items": [{"title": "T", "items": items}]}], language="de")
    said = [spoken for role, _, spoken in elements(pdf(source, paper="a3")) if role == "/Lbl"]
    assert said == ["erledigt", "Frage", "Projekt, erledigt"]


def test_language_and_title_are_said() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf(roadmap("Der Titel", ["A"], language="de"))))
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] == "de"
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert reader.metadata is not None
    assert reader.metadata.title == "Der Titel"
    assert reader.xmp_metadata is not None
    assert reader.xmp_metadata.dc_title == {"x-default": "Der Titel"}


def test_links_lie_where_their_words_are_however_they_are_turned() -> None:
    links = [{"title": f"Word{index}", "links": (Link(f"https://example.org/{index}"),)} for index in range(8)]
    page = pypdf.PdfReader(io.BytesIO(pdf(roadmap("Wheel", links), layout="radial", paper="fit"))).pages[0]
    places: dict[str, tuple[float, float]] = {}

    def visit(shown: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if number := re.search(r"Word(\d)", shown):
            x, y = tm[4], tm[5]
            places[number[1]] = (cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5])

    page.extract_text(visitor_text=visit)
    for entry in page["/Annots"]:
        link = entry.get_object()
        left, low, right, high = map(float, link["/Rect"])
        x, y = places[link["/A"]["/URI"][-1]]
        assert left - 40 <= x <= right + 40
        assert low - 40 <= y <= high + 40
        assert right - left < 120
        assert text.plain(link["/Contents"]).startswith("https://example.org/")
