"""Tags, language, reading order: what checkers of PDF/UA say, and what a screen reader finds."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from books import TODAY, book, reader, text_of
from programs import program
from roadmaps import roadmap

from roadpress.core.roadmap_file.loading import load, load_bytes
from roadpress.core.snapshot.current import snapshot_of

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def books(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("books")
    sources = {
        "brief": load(root / "roadmap.yaml"),
        "empty": roadmap("[]"),
        "scripts": load(DATA / "scripts.yaml"),
        "east": load(DATA / "east.yaml"),
        "everything": load(DATA / "everything.yaml"),
    }
    planned = snapshot_of(DATA / "everything.yaml", today=TODAY)
    assert planned.schedule
    (folder / "planned.pdf").write_bytes(book(planned))
    for name, found in sources.items():
        (folder / f"{name}.pdf").write_bytes(book(found))
    (folder / "learner.pdf").write_bytes(book(replace(planned, learner="Ada Lovelace")))
    (folder / "two-up.pdf").write_bytes(book(sources["everything"], two_up=True))
    (folder / "plain.pdf").write_bytes(book(sources["everything"], form=False, cover=False, landscape=True))
    return folder


def tool(name, *arguments):
    program = Path(sys.executable).with_name(name)
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "name", ["brief", "empty", "scripts", "east", "everything", "planned", "learner", "two-up", "plain"]
)
def test_qpdf_finds_nothing(books, name):
    subprocess.run([program("qpdf"), "--check", books / f"{name}.pdf"], check=True, capture_output=True)


def test_pdfua_finds_nothing(books):
    result = tool("pdfua", "check", *sorted(books.glob("*.pdf")))
    assert result.returncode == 0, result.stdout


def test_outloud_finds_nothing(books):
    result = tool("outloud", "--fail-on", "warning", *sorted(books.glob("*.pdf")))
    assert result.returncode == 0, result.stdout


def test_every_word_of_every_script_comes_out(books):
    found = text_of((books / "scripts.pdf").read_bytes())
    wanted = [
        *("Đặng", "Μηχανική", "Машинное", "Մեքենայական", "მანქანური", "क्षत्रिय", "লার্নিং", "கற்றல்", "అభ్యాసం", "പഠനം"),
        *("લર્નિંગ", "การเรียนรู้ของเครื่อง", "ការរៀនម៉ាស៊ីន", "ການຮຽນຮູ້ຂອງເຄື່ອງ", "စက်သင်ယူမှု", "למידת", "سلام", "🎯", "∀x∈ℝ"),
    ]
    assert [word for word in wanted if word not in found] == []


def test_the_language_and_the_title_are_said():
    found = reader(roadmap("- title: A", "language: de"))
    assert found.trailer["/Root"]["/Lang"] == "de"
    assert found.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert found.metadata.title == "Test"
    assert found.xmp_metadata.dc_title == {"x-default": "Test"}


def test_headings_follow_the_tree():
    def roles(element, depth=0):
        element = element.get_object()
        if "/S" not in element:
            return
        yield element["/S"]
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if hasattr(kid.get_object(), "get"):
                yield from roles(kid)

    found = reader(roadmap("- title: A\n  topics:\n    - title: T\n      items: [one, two]\n    - leaf"))
    root = found.trailer["/Root"]["/StructTreeRoot"]["/K"][0]
    seen = list(roles(root))
    assert [role for role in seen if role.startswith("/H")] == ["/H1", "/H2", "/H2", "/H3"]
    assert seen.count("/Form") == 3
    assert seen.count("/TOCI") == 3


def test_both_titles_keep_what_joins_letters():
    found = reader(load_bytes("roadpress: 1\ntitle: چک\u200cلیست\n".encode(), "roadmap.yaml"))
    assert found.metadata.title == "چک\u200cلیست"
    assert found.xmp_metadata.dc_title == {"x-default": "چک\u200cلیست"}
