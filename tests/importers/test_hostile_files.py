"""Foreign files that are made to hang, to grow or to reach outside end in one sentence, within seconds."""

from __future__ import annotations

import sys
import time

import pytest
from packed import zipped

from roadpress.core.errors import RoadpressError
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.importers.collect import child
from roadpress.importers.collect.pdf import read_filled
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import FORMATS, read


def pdf(*objects: str) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalog."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{rows}trailer\n<</Size {len(places) + 1}/Root 1 0 R>>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


def form(*fields: str) -> bytes:
    return pdf("<</AcroForm<</Fields[2 0 R]>>>>", *fields)


BOX = "<</T(a)/FT/Btn/V/Yes/DV/Off>>"
PDFS = {
    "kids that are the field itself": form("<</T(a)/FT/Btn/Kids[2 0 R 2 0 R]>>"),
    "kids that double at each level": form(*(f"<</T(a)/Kids[{at + 3} 0 R {at + 3} 0 R]>>" for at in range(45)), BOX),
    "kids that hold each other": form("<</T(a)/Kids[3 0 R 3 0 R]>>", "<</T(b)/Kids[2 0 R 2 0 R]>>"),
    "a reference to itself": form("2 0 R"),
    "a table of places that names itself": form(BOX).replace(b"/Root", b"/Prev 200/Root"),
}


@pytest.mark.parametrize("name", PDFS)
def test_a_hostile_pdf_ends(name: str) -> None:
    start = time.monotonic()
    try:
        assert len(read_filled(PDFS[name], "x.pdf").leaves) <= 1
    except RoadpressError as error:
        assert error.message.startswith("x.pdf ")  # noqa: PT017 - ticks are as good
    assert time.monotonic() - start < 10


def test_an_honest_form_is_read() -> None:
    assert [leaf.now.value for leaf in read_filled(form(BOX)).leaves] == ["done"]


@pytest.mark.parametrize(("name", "value"), [("_SECONDS", 0), ("_MEMORY", 20_000_000)])
def test_the_other_process_has_bounds(name: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if name == "_MEMORY" and sys.platform != "linux":
        pytest.skip("this system does not bound a process's memory")
    monkeypatch.setattr(child, name, value)
    with pytest.raises(RoadpressError, match="damaged"):
        read_filled(form(BOX))


def test_without_processes_it_is_read_in_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert len(read_filled(form(BOX)).leaves) == 1


def opml(before: str, inside: str = "&a;") -> bytes:
    return f'{before}<opml><head/><body><outline text="x{inside}"/></body></opml>'.encode()


ENTITIES = '[<!ENTITY a "AAAA">]'
XML = {
    "entities": opml(f"<!DOCTYPE opml {ENTITIES}>"),
    "entities after a comment that looks like it": opml(f"<!-- <!DOCTYPE x> --><!DOCTYPE opml {ENTITIES}>"),
    "entities far down": opml(f"<!--{' ' * 20_000}--><!DOCTYPE opml {ENTITIES}>"),
    "entities of another file": opml('<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    "parameter entities": opml("<!DOCTYPE opml [<!ENTITY % a \"<!ENTITY b 'x'>\"> %a;]>", "&b;"),
    "attributes by default": opml(f'<!DOCTYPE opml [<!ATTLIST outline note CDATA "{"y" * 99}">]>', ""),
    "an entity that nothing declares": opml("", "&a;"),
    "an entity that might be declared elsewhere": opml('<!DOCTYPE opml SYSTEM "https://example.org/opml.dtd">'),
    "a million levels": b"<opml><body>" + b'<outline text="x">' * 1_000_000,
    "two million elements": b"<opml><body>" + b"<a/>" * 2_000_000 + b"</body></opml>",
}


@pytest.mark.parametrize("suffix", ["opml", "mm"])
@pytest.mark.parametrize("name", XML)
def test_hostile_xml_is_refused(name: str, suffix: str) -> None:
    data = XML[name] if suffix == "opml" else XML[name].replace(b"<opml>", b"<map>").replace(b"outline", b"node")
    start = time.process_time()
    with pytest.raises(RoadpressError, match=r"^x\.(opml|mm): It (declares|nests|has|is not) .*\.$"):
        read(data, f"x.{suffix}")
    assert time.process_time() - start < 10


def test_a_doctype_that_only_names_the_format_is_taken() -> None:
    data = opml('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE opml SYSTEM "https://example.org/opml.dtd">\n', "")
    assert read(data, "x.opml").roadmap.sections[0].title == "x"


def test_names_in_namespaces_are_kept_apart() -> None:
    data = b'<opml xmlns:a="urn:a"><body><a:outline text="no"/><outline text="yes"/></body></opml>'
    assert [section.title for section in read(data, "x.opml").roadmap.sections] == ["yes"]


PAYLOADS = {
    "nothing but NUL bytes": b"\0" * 100_000,
    "brackets without end": b"[" * 20_000,
    "braces without end": b'{"a":' * 50_000,
    "one line of many signs": b"a, " * 50_000,
    "many quotes": b'"' * 150_000,
    "tags without end": b"<ul><li>" * 8_000,
    "entities": b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><a>&c;</a>',
    "indents that grow": b"".join(b" " * at + b"x\n" for at in range(500)),
    "columns without end": b"Title," + b"x," * 20_000 + b"\n" + b"1," * 20_000,
    "an archive that unpacks to much more": zipped({"content.xml": b" " * 30_000_000, "a.md": b" " * 30_000_000}),
    "a formula and a command": b'Title,Link\n"=HYPERLINK(""https://a.org"")","=cmd|\' /C calc\'!A0"\n',
}


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_says_so_or_reads_what_is_hostile(kind: str, payload: str) -> None:
    try:
        roadmap = read(PAYLOADS[payload], f"x{(FORMATS[kind].suffixes or ('',))[0]}", kind=kind).roadmap
    except RoadpressError as error:
        assert error.message.endswith(".") and error.remedy  # noqa: PT017, PT018 - an import is as good
    else:
        load_bytes(yaml_text(roadmap).encode(), "x")
        assert all(link[0].startswith("https://") for draft in roadmap.walk() for link in draft.links)
