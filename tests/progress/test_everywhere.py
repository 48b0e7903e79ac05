"""Tick it anywhere, see it everywhere: the PDF, the page, the board and the command line, with the real programs."""

import json
import re
from pathlib import Path

import pytest
from books import boxes_of
from pypdf import PdfReader, PdfWriter
from roadmaps import source
from trello_double import Double, serve
from trello_double.people import Person

from roadpress.cli import main

SECTIONS = """
- title: Basics
  topics:
    - title: What is ML?
      items: [On paper, On the page]
    - title: Math
      items: [On the board, By the command, Nowhere]
- title: Projects
  topics: [Recommender]
"""
PAPER, PAGE = "basics/what-is-ml/on-paper", "basics/what-is-ml/on-the-page"
BOARD, COMMAND = "basics/math/on-the-board", "basics/math/by-the-command"
TICKED = {PAPER, PAGE, BOARD, COMMAND}
NUMBERS = {"1.1.1": PAPER, "1.1.2": PAGE, "1.2.1": BOARD, "1.2.2": COMMAND}
NUMBERS |= {"1.2.3": "basics/math/nowhere", "2.1": "projects/recommender"}
LEAVES = TICKED | {"basics/math/nowhere", "projects/recommender"}
PDF, HTML, MARKDOWN = Path("output/roadmap.pdf"), Path("output/roadmap.checklist.html"), Path("output/roadmap.md")


@pytest.fixture
def double(monkeypatch):
    made = Double()
    with serve(made) as address:
        monkeypatch.setenv("TRELLO_API_URL", address)
        monkeypatch.setenv("TRELLO_API_KEY", made.key)
        monkeypatch.setenv("TRELLO_TOKEN", made.token)
        yield made


def build():
    for words in (["mermaid"], ["opml"], ["freemind"], ["csv"], ["json"]):
        assert main(["-q", *words]) == 0, words
    for words in (["pdf"], ["checklist"], ["markdown"], ["mindmap"], ["trello", "push"]):
        assert main(["-q", *words]) == 0, words


def in_the_pdf():
    fields = boxes_of(PdfReader(PDF))
    assert set(fields) == LEAVES
    return {name for name, field in fields.items() if field["/V"] == field["/DV"] == "/Yes"}


def on_the_page(browser, tick=()):
    """Return what is ticked in a fresh profile, and what the page saves after ticking more."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(HTML.resolve().as_uri())
    boxes = {leaf: page.locator(f"[id='{number}'] input").first for number, leaf in NUMBERS.items()}
    ticked = {leaf for leaf, box in boxes.items() if box.is_checked()}
    for leaf in tick:
        boxes[leaf].check()
    page.evaluate("delete window.showSaveFilePicker")
    page.get_by_role("button", name="Menu").click()
    with page.expect_download() as download:
        page.locator("#menu").get_by_role("button", name="Save progress").click()
    saved = download.value.path().read_bytes()
    context.close()
    return ticked, saved


def on_the_board(double):
    names = {"On paper": PAPER, "On the page": PAGE, "On the board": BOARD, "By the command": COMMAND}
    return {names.get(item["name"], item["name"]) for item in double.items.values() if item["state"] == "complete"}


def in_the_markdown():
    boxed = [line for line in MARKDOWN.read_text().splitlines() if "[x] " in line]
    return {leaf for leaf in LEAVES if any(f'"{leaf}"' in line for line in boxed)}


def in_the_map():
    names = re.findall(r"<title>([\d.]+) · done", Path("output/roadmap.mindmap.svg").read_text())
    return {NUMBERS[name] for name in names if name in NUMBERS}


def in_the_others():
    """Return how many are done in each output that names no ids."""
    outputs = {
        suffix: Path(f"output/roadmap{suffix}").read_text() for suffix in (".mmd", ".opml", ".mm", ".csv", ".json")
    }
    return [
        len(re.findall(r'"✓ (?:On|By) ', outputs[".mmd"])),
        outputs[".opml"].count(' complete="true"'),
        outputs[".mm"].count("button_ok"),
        outputs[".csv"].count(",Yes,No,"),
        json.loads(outputs[".json"])["progress"]["done"],
    ]


@pytest.mark.browser
def test_ticks_made_in_every_output_are_in_all_of_them_after_collecting(browser, double, capsys):
    Path("roadmap.yaml").write_text(source(SECTIONS))
    build()
    assert (in_the_pdf(), on_the_board(double), in_the_markdown(), in_the_map()) == (set(), set(), set(), set())

    fill("filled.pdf", PAPER)  # on paper
    before, saved = on_the_page(browser, tick=[PAGE])  # in Chromium
    assert before == set()
    Path("saved.json").write_bytes(saved)
    person = Person(double)  # on the board
    person.tick(person.item("On the board"))
    assert main(["-q", "tick", "by the command"]) == 0  # here

    (board,) = double.boards.values()
    assert main(["collect", "filled.pdf", "saved.json", board["url"]]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert [line for line in captured.out.splitlines() if "✓" in line] == [
        line for line in captured.out.splitlines() if line.startswith("  ✓ 1.")
    ]
    assert captured.out.count("✓") == 3

    build()
    assert in_the_pdf() == TICKED
    assert on_the_page(browser)[0] == TICKED
    assert on_the_board(double) == TICKED
    assert in_the_markdown() == TICKED
    assert in_the_map() == TICKED
    assert in_the_others() == [len(TICKED)] * 5
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"]["done"] == len(TICKED)

    progress = Path("roadmap.progress.yaml").read_bytes()  # and once more, all at once, changes nothing
    assert main(["collect", "filled.pdf", "saved.json", "output/roadmap.md", board["url"]]) == 0
    assert Path("roadmap.progress.yaml").read_bytes() == progress


def fill(target, *names):
    writer = PdfWriter(clone_from=PDF)
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, dict.fromkeys(names, "/Yes"))
    writer.write(target)


def test_a_pdf_of_an_older_revision_and_one_of_another_roadmap(capsys):
    Path("roadmap.yaml").write_text(source(SECTIONS))
    assert main(["-q", "pdf"]) == 0
    fill("old.pdf", PAPER, BOARD, "projects/recommender")
    Path("roadmap.yaml").write_text(
        source(
            "- title: Foundations\n  topics: [On paper, Something new]\n"
            "- title: Basics\n  topics: [{title: Math, items: [On the board, Nowhere]}]"
        )
    )
    assert main(["collect", "old.pdf"]) == 0
    captured = capsys.readouterr()
    assert [line.split("  ")[1] for line in captured.out.splitlines()[1:]] == ["✓ 1.1 On paper", "✓ 2.1.1 On the board"]
    assert "'Recommender' in old.pdf is not in the roadmap; its tick is kept" in captured.err
    Path("roadmap.yaml").write_text(source("- title: Cooking\n  topics: [Soup, Bread]"))
    Path("roadmap.progress.yaml").unlink()
    assert main(["collect", "old.pdf"]) == 1
    assert "old.pdf is of another roadmap: none of its 6 entries is in this one." in capsys.readouterr().err
    assert not Path("roadmap.progress.yaml").exists()
