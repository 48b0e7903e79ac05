"""Boxes of PDFs as different viewers leave them behind."""

from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from roadpress.core.errors import RoadpressError, UsageError
from roadpress.core.progress.model import State
from roadpress.importers.collect.pdf import read_filled


def field(name, default, *, value=None, shown=None, title="1.1 Title", kids=()):
    entries = {"/FT": NameObject("/Btn"), "/T": TextStringObject(name), "/TU": TextStringObject(title)}
    entries |= {"/DV": NameObject(default)} if default else {}
    entries |= {"/V": NameObject(value)} if value else {}
    entries |= {"/AS": NameObject(shown)} if shown else {}
    entries |= {"/Kids": ArrayObject(kids)} if kids else {}
    return DictionaryObject({NameObject(key): entry for key, entry in entries.items()})


def pdf(*fields, metadata=None, password=""):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(one) for one in fields])})
    if fields:
        writer._root_object[NameObject("/AcroForm")] = writer._add_object(form)
    writer.add_metadata(metadata or {})
    if password:
        writer.encrypt(password)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("given", "value", "shown", "states"),
    [
        ("/Off", "/Off", "/Off", "open open"),
        ("/Off", "/Yes", "/Yes", "open done"),
        ("/Off", "/On", "/On", "open done"),  # another name for on
        ("/Off", "/Yes", "/Off", "open done"),  # a program that sets the value and draws nothing
        ("/Off", "/Off", "/Yes", "open done"),  # a viewer that only draws
        ("/Off", None, None, "open open"),
        (None, None, "/Yes", "open done"),
        ("/Yes", "/Off", "/Off", "done open"),
        ("/Yes", "/Yes", "/Off", "done open"),
        ("/Yes", "/Yes", "/Yes", "done done"),
    ],
)
def test_a_box_against_its_default(given, value, shown, states):
    (observed,) = read_filled(pdf(field("a/b", given, value=value, shown=shown))).leaves
    assert (observed.id, observed.title) == ("a/b", "Title")
    assert f"{observed.given.value} {observed.now.value}" == states


def test_a_field_with_widgets_below_it():
    widget = DictionaryObject({NameObject("/AS"): NameObject("/Yes")})
    (observed,) = read_filled(pdf(field("机器/学习", "/Off", kids=[widget]))).leaves
    assert (observed.id, observed.now) == ("机器/学习", State.DONE)


def test_dates_of_the_document():
    returned = read_filled(
        pdf(field("a", "/Off"), metadata={"/CreationDate": "D:20270104090000Z", "/ModDate": "D:20270106100000+01'00'"})
    )
    assert returned.made.isoformat() == "2027-01-04T09:00:00+00:00"
    assert returned.saved.isoformat() == "2027-01-06T10:00:00+01:00"
    assert read_filled(pdf(field("a", "/Off"), metadata={"/CreationDate": "soon", "/ModDate": "D:1"})).saved is None


def test_what_cant_be_read_is_said_plainly():
    with pytest.raises(UsageError, match=r"x\.pdf has no boxes to read"):
        read_filled(pdf(), "x.pdf")
    with pytest.raises(RoadpressError, match=r"x\.pdf is encrypted"):
        read_filled(pdf(field("a", "/Off"), password="p"), "x.pdf")
    whole = pdf(field("a", "/Off"))
    for damaged in (
        b"%PDF-1.7\n",
        whole[: len(whole) // 2],
        whole.replace(b"/Fields", b"/Feilds"),
        b"%PDF-" + bytes(999),
    ):
        with pytest.raises(RoadpressError, match=r"^x\.pdf (is a damaged PDF|has no boxes to read)\.$"):
            read_filled(damaged, "x.pdf")


def test_fields_that_hold_themselves_end():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    looped = field("a", "/Off")
    reference = writer._add_object(looped)
    looped[NameObject("/Kids")] = ArrayObject([reference])
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([reference])})
    writer._root_object[NameObject("/AcroForm")] = form
    target = BytesIO()
    writer.write(target)
    assert len(read_filled(target.getvalue()).leaves) <= 1
