"""Whose a book is: on its front, and in what programs that fill forms hand on."""

import io
import json
import subprocess
import tempfile
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
from books import TODAY, book, reader, text_of
from programs import program
from roadmaps import roadmap

from roadpress.core.snapshot import Snapshot
from roadpress.importers.collect.pdf import read_filled

SECTIONS = "- title: Basics\n  topics: [First, Second]"
NAMES = ["Ada Lovelace", "Zoë (née O\\Neill) Šimić", "מרים כהן", "山田 太郎", "अदिति शर्मा", "W" * 200]


def of(learner, found=None):
    return replace(Snapshot.of(found or roadmap(SECTIONS), today=TODAY), learner=learner)


def by_pypdf(data):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        writer.update_page_form_field_values(page, {"basics/first": "/Yes"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def by_pdfium(data):
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def by_qpdf(data):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        command = [program("qpdf"), "--generate-appearances", "--object-streams=disable", file.name, "-"]
        return subprocess.run(command, capture_output=True, check=True).stdout


def by_merging(data):
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(data))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def without_field(data):
    """As a program would that keeps boxes only."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    fields = writer.root_object["/AcroForm"]["/Fields"]
    fields[:] = [field for field in fields if field.get_object()["/FT"] == "/Btn"]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def by_nobody(data):
    return data


@pytest.mark.parametrize("program_of", [by_nobody, by_pypdf, by_pdfium, by_qpdf, by_merging])
@pytest.mark.parametrize("name", NAMES)
def test_name_and_title_survive_programs(name, program_of):
    found = roadmap(SECTIONS, "description: x")
    returned = read_filled(program_of(book(of(name, replace(found, title="The `ML` *plan*")))))
    assert (returned.learner, returned.title) == (name, "The `ML` *plan*")
    assert {leaf.id for leaf in returned.leaves} == {"basics/first", "basics/second"}


def test_the_name_survives_a_program_that_keeps_boxes_only():
    assert read_filled(without_field(book(of("Ada")))).learner == "Ada"


def test_a_book_without_a_name_says_only_its_title():
    returned = read_filled(book(of("")))
    assert (returned.learner, returned.title) == ("", "Test")
    assert "/Learner" not in reader(of("")).metadata


@pytest.mark.parametrize("options", [{}, {"cover": False}, {"two_up": True}, {"landscape": True}, {"paper": "a6"}])
@pytest.mark.parametrize("name", [NAMES[0], NAMES[2], NAMES[-1]])
def test_the_front_says_whose_it_is(name, options):
    assert name in "".join(text_of(book(of(name), **options), "-l", "2").split("\n")).replace("\u202b", "").replace(
        "\u202c", ""
    )


def test_nothing_is_seen_or_heard_of_the_hidden_field():
    found = reader(of("Ada"))
    (hidden,) = (field for field in found.trailer["/Root"]["/AcroForm"]["/Fields"] if field["/FT"] == "/Tx")
    assert hidden["/F"] & 2
    assert hidden["/Ff"] & 1
    assert [float(side) for side in hidden["/Rect"]] == [0, 0, 0, 0]
    assert json.loads(hidden["/V"]) == {"roadpress": 1, "title": "Test", "learner": "Ada"}


def test_without_boxes_there_is_no_form():
    assert "/AcroForm" not in reader(of("Ada"), form=False).trailer["/Root"]
    assert "/AcroForm" not in reader(of("Ada", roadmap("[]"))).trailer["/Root"]


@pytest.mark.parametrize("value", ["", "{", "[]", "null", '{"learner": ["x"], "title": {}}', "[" * 5000])
def test_a_strange_field_breaks_nothing(value):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(book(of(""))))
    for field in writer.root_object["/AcroForm"]["/Fields"]:
        if field.get_object()["/FT"] == "/Tx":
            field.get_object()[pypdf.generic.NameObject("/V")] = pypdf.generic.TextStringObject(value)
    out = io.BytesIO()
    writer.write(out)
    assert len(read_filled(out.getvalue()).leaves) == 2
