"""What one prints: contents that stay short, weeks that stay whole, numbers in their column, boxes, own notes."""

from __future__ import annotations

import io
import itertools
import re
import subprocess
from datetime import date

import pymupdf
import pypdf
import pypdfium2
import pytest
from books import TODAY, book, boxes_of, reader, text_of
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from programs import program
from roadmaps import roadmap

from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import markdown
from roadpress.exporters.pdf.page_model import Block, LineBox, PageModel
from roadpress.exporters.pdf.page_size import PageGeometry
from roadpress.exporters.pdf.pagination import Paginator
from roadpress.exporters.pdfwriter.structure_tree import StructElem
from roadpress.importers.collect.pdf_boxes import extract
from roadpress.importers.markdown.own_export import read


def planned(sections: str, head: str = "", progress: Progress | None = None) -> Snapshot:
    found = roadmap(sections, head)
    progress = progress or Progress.of_author(found)
    return Snapshot(found, progress, TODAY, plan(found, progress, today=TODAY))


def long_one(sections: int, topics: int) -> str:
    return "\n".join(
        f"- title: Section {at}\n  topics:\n"
        + "\n".join(f"    - {{title: Topic {at}.{place}, items: [One]}}" for place in range(topics))
        for at in range(sections)
    )


def contents_pages(data: bytes) -> list[str]:
    pages = text_of(data, "-layout").split("\f")
    return [page for page in pages if re.match(r"\s*Contents\s*\n", page)]


@pytest.mark.parametrize("paper", ["a4", "letter", "a5"])
@pytest.mark.parametrize(("sections", "topics"), [(7, 5), (8, 5), (9, 4), (9, 5), (10, 4), (12, 6), (20, 16), (30, 30)])
def test_contents_take_two_pages_at_most_and_none_for_a_line(paper: str, sections: int, topics: int) -> None:
    pages = contents_pages(book(roadmap(long_one(sections, topics)), paper=paper))
    assert 1 <= len(pages) <= 2
    for page in pages:
        assert len([line for line in page.splitlines() if re.search(r"\d$", line)]) >= 6
    for at in range(sections):
        assert any(f"Section {at}" in page for page in pages)


def test_numbers_lead_back_to_the_contents_that_there_are() -> None:
    opened = reader(roadmap(long_one(30, 30)))
    links = [annotation.get_object() for page in opened.pages[8:12] for annotation in page.get("/Annots", ())]
    contents = {page.indirect_reference.idnum for page in opened.pages[1:3]}
    back = [link for link in links if link.get("/Contents") == "Contents"]
    assert back
    assert {link["/Dest"][0].idnum for link in back} <= contents


WEEKS = "\n".join(
    f"- title: S{at}\n  topics: [" + ", ".join(f"Task {at}-{n}" for n in range(9)) + "]" for at in range(9)
)


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_weeks_are_whole_and_have_boxes(paper: str) -> None:
    snapshot = planned(WEEKS, "pace: 9h/week")
    schedule = snapshot.schedule
    assert schedule
    data = book(snapshot, paper=paper)
    pages = [page for page in text_of(data, "-layout").split("\f") if page.lstrip().startswith("Week by week")]
    for week in schedule.weeks:
        titles = {snapshot.roadmap.by_id()[share.id].title for share in week.shares}
        assert any(titles <= set(re.findall(r"Task \d-\d", page)) for page in pages)
    assert all(len(page.splitlines()) > 8 for page in pages[1:])
    opened = pypdf.PdfReader(io.BytesIO(data))
    fields = boxes_of(opened)
    assert len(fields) == 81
    widgets = [annotation.get_object() for page in opened.pages for annotation in page.get("/Annots", ())]
    boxes = [widget for widget in widgets if widget.get("/Subtype") == "/Widget" and "/AP" in widget]
    assert len(boxes) >= 2 * 81  # in the section, and in the week; one field each
    assert all(list(box["/MK"]["/BC"]) for box in boxes)


def test_a_box_that_another_program_ticks_is_seen_and_comes_back() -> None:
    data = book(planned("- {title: A, topics: [B, C]}\n", "pace: 9h/week"))
    with pymupdf.open(stream=data) as document:
        for page in document:
            for widget in page.widgets():
                if widget.field_name == "a/b" and widget.field_value == "Off":
                    widget.field_value = True
                    widget.update()
                    number, place = page.number, widget.rect
        changed = document.tobytes()
    boxes = {name: now for name, _, now, _ in extract(changed)["boxes"]}
    assert (boxes["a/b"], boxes["a/c"]) == (True, False)
    assert darkest(painted_by_pdfium(changed, number), place) < 100
    assert darkest(painted_by_pdfium(data, number), place) > 200
    assert darkest(painted_by_poppler(changed, number), place) < 100


def painted_by_pdfium(data: bytes, number: int) -> Image.Image:
    opened = pypdfium2.PdfDocument(data)
    opened.init_forms()
    return opened[number].render(scale=4).to_pil()


def painted_by_poppler(data: bytes, number: int) -> Image.Image:
    page = str(number + 1)
    command = [program("pdftoppm"), "-r", "288", "-f", page, "-l", page, "-png", "-"]
    painted = subprocess.run(command, input=data, capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(painted))


def darkest(picture: Image.Image, place: pymupdf.Rect) -> int:
    """Return how dark the darkest dot inside a box's outline is."""
    inner = [int(edge * 4) for edge in (place.x0 + 2, place.y0 + 2, place.x1 - 2, place.y1 - 2)]
    return picture.convert("L").crop(tuple(inner)).getextrema()[0]


def test_deep_numbers_keep_their_column() -> None:
    found = roadmap("- title: A\n  topics: [{title: B, items: [{title: C, items: [{title: D, items: [E, F]}]}]}]\n")
    with pymupdf.open(stream=book(found)) as document:
        words = [word for page in document for word in page.get_text("words") if re.fullmatch(r"1(\.1){2,4}", word[4])]
    lefts = {round(word[0]) for word in words if word[1] > 100}
    deepest = [word for word in words if word[4].count(".") >= 3]
    assert len(deepest) == 2
    assert len(lefts) == 1


NOTE = "**bold** and `code`\n\n- one\n- two\n"


def noted() -> Snapshot:
    found = roadmap("- {title: A, topics: [{title: B, notes: Theirs}, C]}\n")
    progress = Progress({"a/b": Tick(State.OPEN, note=NOTE), "a/c": Tick(State.DONE, date(2026, 11, 2), note=NOTE)})
    return Snapshot(found, progress, TODAY)


def test_own_notes_are_markdown_in_the_book() -> None:
    text = text_of(book(noted()))
    assert "**" not in text
    assert text.count("bold and code") == 2
    assert "•" in text
    assert "✏" in text


def test_own_notes_are_quotations_in_markdown_and_no_part_of_the_roadmap() -> None:
    snapshot = noted()
    export = markdown.export(snapshot, markdown.Options())
    text = export.files[0].data.decode()
    assert "  > ✎ **bold** and `code`\n  >\n  > - one\n  > - two" in text
    assert not export.notices
    again = read(text, "a.md").roadmap
    notes = {draft.title: draft.notes.strip() for draft in again.walk()}
    assert notes == {"A": "", "B": "Theirs", "C": ""}


@settings(max_examples=60)
@given(st.lists(st.integers(10, 300), min_size=1, max_size=30), st.integers(0, 300))
def test_blocks_are_spread_evenly_over_as_few_pages_as_hold_them(heights: list[int], used: int) -> None:
    paper = PageGeometry(400, 440, 20, 20, 20, 10, 1, 0)
    blocks = [Block([LineBox(height, [])], before=10, whole=True) for height in heights]

    def pages(place: str) -> list[int]:
        model = PageModel(StructElem("Document", None))
        flow = Paginator(model, paper)
        flow.place([Block([LineBox(used or 1, [])])])
        getattr(flow, place)(blocks)
        return [len(list(page.lines())) for page in model.pages]

    plain, even = pages("place"), pages("place_evenly")
    assert sum(even) == len(heights) + 1
    assert len(even) <= len(plain)


def test_one_deep_number_moves_no_other_weeks_box() -> None:
    deep = "Deepest"
    for at in range(12):
        deep = f"{{title: L{at}, items: [{deep}]}}"
    snapshot = planned(f"- title: A\n  topics: [B, {deep}]\n", "pace: 9h/week")
    with pymupdf.open(stream=book(snapshot)) as document:
        pages = [page for page in document if page.get_text().startswith("Week by week")]
        boxes = sorted(widget.rect.x0 for page in pages for widget in page.widgets())
        left = min(word[0] for page in pages for word in page.get_text("words"))
    assert boxes[0] - left < 40 < boxes[-1] - left


@pytest.mark.parametrize("start", ["2026-11-20", "2027-01-04", "2027-01-28"])
def test_months_of_the_timeline_do_not_run_into_each_other(start: str) -> None:
    hours = "- title: A\n  topics: [" + ", ".join(f"{{title: T{at}, hours: 40}}" for at in range(5)) + "]\n"
    with pymupdf.open(stream=book(planned(hours, f"pace: 8h/week\nstart: {start}"))) as document:
        page = next(page for page in document if page.get_text().startswith("Week by week"))
        words = [word for word in page.get_text("words") if word[4] in MONTHS or re.fullmatch(r"20\d\d", word[4])]
    top = min(word[1] for word in words)
    scale = sorted(word for word in words if word[1] < top + 2)
    assert len(scale) > 2
    assert all(one[2] < other[0] for one, other in itertools.pairwise(scale))


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
