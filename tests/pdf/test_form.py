"""Ticking: what programs do to the boxes, and what comes back."""

import io
from datetime import datetime, timezone

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from books import TODAY, book
from pypdf.generic import NameObject
from roadmaps import roadmap

from roadpress.core.errors import RoadpressError, UsageError
from roadpress.core.progress import State
from roadpress.importers.collect_pdf import read_filled

SECTIONS = """
- title: Basics
  topics:
    - title: First
      done: true
    - Second
    - title: Third
      items: ["Über (a) \\\\ b", "机器", {title: maybe, optional: true}]
"""
DONE, OPEN = State.DONE, State.OPEN


@pytest.fixture(scope="module")
def found():
    return roadmap(SECTIONS)


@pytest.fixture(scope="module")
def blank(found):
    return book(found)


def states(returned):
    return {leaf.id: (leaf.given, leaf.now) for leaf in returned.leaves}


def test_an_unfilled_book_says_what_it_was_given(found, blank):
    returned = read_filled(blank)
    assert states(returned) == {
        leaf.id: (DONE, DONE) if leaf.id == "basics/first" else (OPEN, OPEN) for leaf in found.leaves()
    }
    assert [leaf.title for leaf in returned.leaves] == [leaf.title for leaf in found.leaves()]
    assert returned.made == datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=timezone.utc)
    assert returned.saved is None


def test_filled_by_pypdf(blank):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(blank))
    for page in writer.pages:
        writer.update_page_form_field_values(page, {"basics/second": "/Yes", "basics/first": "/Off"})
    out = io.BytesIO()
    writer.write(out)
    after = states(read_filled(out.getvalue()))
    assert (after["basics/second"], after["basics/first"]) == ((OPEN, DONE), (DONE, OPEN))


def click(data, ids):
    """Click on boxes in PDFium, which is Chromium's; return the saved file."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    places = []
    for index, page in enumerate(reader.pages):
        for reference in page.get("/Annots", ()):
            annotation = reference.get_object()
            if annotation.get("/T") in ids:
                left, low, right, high = (float(side) for side in annotation["/Rect"])
                places.append((index, (left + right) / 2, (low + high) / 2))
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    form = document.formenv
    for index, x, y in places:
        page = document[index]
        pdfium.FORM_OnMouseMove(form, page, 0, x, y)
        pdfium.FORM_OnLButtonDown(form, page, 0, x, y)
        pdfium.FORM_OnLButtonUp(form, page, 0, x, y)
        pdfium.FORM_ForceToKillFocus(form)
        page.close()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue(), len(places)


def test_clicked_in_chromiums_engine(found, blank):
    ids = {leaf.id for leaf in found.leaves()}
    saved, count = click(blank, ids)
    assert count == len(ids)
    after = states(read_filled(saved))
    assert after == {leaf: (DONE, OPEN) if leaf == "basics/first" else (OPEN, DONE) for leaf in ids}
    back, _ = click(saved, {"basics/second"})
    assert states(read_filled(back))["basics/second"] == (OPEN, OPEN)


def test_a_tick_is_seen(blank):
    def ink(data):
        document = pypdfium2.PdfDocument(data)
        document.init_forms()
        return sum(sum(value < 128 for value in bytes(page.render(scale=1).buffer)) for page in document)

    saved, _ = click(blank, {"basics/second"})
    assert ink(saved) > ink(blank)


def test_a_program_that_sets_only_the_appearance(blank):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(blank))
    for page in writer.pages:
        for reference in page.get("/Annots", ()):
            annotation = reference.get_object()
            if annotation.get("/T") == "basics/second":
                annotation[NameObject("/AS")] = NameObject("/Yes")
    out = io.BytesIO()
    writer.write(out)
    assert states(read_filled(out.getvalue()))["basics/second"] == (OPEN, DONE)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/AcroForm 1 0 R>>\nendobj"])
def test_a_damaged_file_is_a_plain_error(data):
    with pytest.raises(RoadpressError):
        read_filled(data)


def test_a_cut_file_is_a_plain_error_or_read(blank):
    for length in range(100, len(blank), len(blank) // 23):
        try:
            read_filled(blank[:length])
        except RoadpressError:
            continue


def test_a_book_without_boxes_says_so(found):
    with pytest.raises(UsageError, match="no boxes"):
        read_filled(book(found, form=False))
