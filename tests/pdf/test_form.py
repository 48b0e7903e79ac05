"""Ticking: what programs do to the boxes, and what comes back."""

import io
import re
import subprocess
import zlib
from datetime import datetime, timezone

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from books import TODAY, book
from programs import program
from pypdf.generic import NameObject
from roadmaps import roadmap

from roadpress.core.errors import RoadpressError, UsageError
from roadpress.core.progress.model import State
from roadpress.importers.collect.pdf import read_filled

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


def saved_by_pdfjs(data, ticks):
    """Return a file as pdf.js 6.5 saves it: the file as it was, then the changed widgets and a cross-reference stream.

    The shape is that of files which were ticked in its viewer and saved.
    """
    out = bytearray(data)
    changed = {}
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for reference in page.get("/Annots", ()):
            widget = reference.get_object()
            if widget.get("/T") in ticks:
                widget[NameObject("/V")] = widget[NameObject("/AS")] = NameObject(ticks[widget["/T"]])
                changed[reference.idnum] = len(out)
                body = io.BytesIO()
                widget.write_to_stream(body)
                out += b"%d 0 obj\n%s\nendobj\n" % (reference.idnum, body.getvalue())
    size, start = int(re.findall(rb"/Size (\d+)", data)[-1]), int(re.findall(rb"startxref\n(\d+)", data)[-1])
    end = len(out)
    changed[size] = end
    rows = zlib.compress(b"".join(b"\x01" + place.to_bytes(4, "big") + b"\x00" for place in changed.values()))
    index = b" ".join(b"%d 1" % number for number in changed)
    about = re.findall(rb"/Root \d+ 0 R/Info \d+ 0 R", data)[-1]
    head = b"<</Type/XRef/Prev %d/Size %d%s/Index[%s]/W[1 4 1]/Filter/FlateDecode/Length %d>>stream\n" % (
        (start, size + 1, about, index, len(rows))
    )
    out += b"%d 0 obj\n%s%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (size, head, rows, end)
    return bytes(out)


def test_saved_by_pdfjs(blank, tmp_path):
    saved = saved_by_pdfjs(blank, {"basics/first": "/Off", "basics/second": "/Yes", "basics/third/maybe": "/Yes"})
    (tmp_path / "saved.pdf").write_bytes(saved)
    subprocess.run([program("qpdf"), "--check", "saved.pdf"], check=True, capture_output=True, cwd=tmp_path)
    changed = {leaf: after for leaf, after in states(read_filled(saved)).items() if after[0] is not after[1]}
    assert changed == {
        "basics/first": (DONE, OPEN),
        "basics/second": (OPEN, DONE),
        "basics/third/maybe": (OPEN, DONE),
    }


@pytest.mark.parametrize("painter", ["pdftoppm", "pdftocairo"])
def test_poppler_paints_a_tick_and_takes_it_back(blank, painter, tmp_path):
    saved = saved_by_pdfjs(blank, {"basics/first": "/Off", "basics/second": "/Yes"})

    def shades(data):
        (tmp_path / "book.pdf").write_bytes(data)
        command = [program(painter), "-gray", "-png", "-r", "144", "book.pdf", "page"]
        subprocess.run(command, check=True, cwd=tmp_path, capture_output=True)
        return boxes(data, sorted(tmp_path.glob("page*.png")))

    before, after = shades(blank), shades(saved)
    assert before == pytest.approx({**dict.fromkeys(before, 225), "basics/first": 120}, abs=20)
    assert after == pytest.approx({**dict.fromkeys(before, 225), "basics/second": 120}, abs=20)


def boxes(data, pictures):
    """Return the mean grey, 0 to 255, of each box in pictures of 144 dots an inch."""
    from PIL import Image, ImageStat

    result = {}
    for page, picture in zip(pypdf.PdfReader(io.BytesIO(data)).pages, pictures, strict=True):
        image = Image.open(picture).convert("L")
        for reference in page.get("/Annots", ()):
            widget = reference.get_object()
            if widget.get("/FT") == "/Btn":
                left, low, right, high = (2 * float(side) for side in widget["/Rect"])
                found = image.crop((round(left), round(image.height - high), round(right), round(image.height - low)))
                result[widget["/T"]] = ImageStat.Stat(found).mean[0]
    return result


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
