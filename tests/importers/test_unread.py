"""What is not read is refused in a sentence that names the way."""

from __future__ import annotations

import pytest

from roadpress import cli
from roadpress.core.errors import RoadpressError
from roadpress.importers.registry import read
from roadpress.importers.unread import refusal, unread


@pytest.mark.parametrize(
    ("data", "name", "message", "remedy"),
    [
        (b"%PDF-1.7", "x.md", "a PDF", "copy it"),
        (b"{\\rtf1 hello}", "x.rtf", "an RTF document", "DOCX"),
        (b"{\\rtf1 hello}", "notes.md", "an RTF document", "DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "x.doc", "an old Office document", "DOCX or XLSX"),
        (b"\x89PNG\r\n\x1a\n", "x.png", "a picture", "text"),
        (b"\x1f\x8b\x08", "x.gz", "an archive", "Unpack"),
        (b"PK\x03\x04" + b"\0" * 100, "x.epub", "an e-book", "web pages"),
        (b"PK\x03\x04" + b"\0" * 100, "x.zip", "damaged", "again"),
        (b"\\documentclass{article}", "x.tex", "LaTeX", "--from markdown"),
        (bytes(range(256)) * 40, "x.bin", "not text", "Save it as one of these: Markdown"),
        (b"SQLite format 3\0" + b"\0\x01\x02\x03" * 900, "x", "not text", "Markdown"),
        (b'{"a": 1}', "x.json", "JSON of no kind", "CSV or Markdown"),
        (b'<?xml version="1.0"?><feed/>', "x.xml", "XML of no kind", "--from markdown"),
    ],
)
def test_it_is_refused(data: bytes, name: str, message: str, remedy: str) -> None:
    with pytest.raises(RoadpressError, match=message) as caught:
        read(data, name)
    assert remedy in caught.value.remedy


def test_text_may_be_read_as_markdown_all_the_same() -> None:
    text = b"Plan\n====\n\nOne\n---\n\n- a\n- b\n"
    with pytest.raises(RoadpressError, match="reStructuredText"):
        read(text, "x.rst")
    assert read(text, "x.rst", kind="markdown").roadmap.title == "Plan"


def test_utf_16_is_text() -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert read("# Plan\n\n- one\n- two\n".encode(encoding), "x.md").roadmap.title == "Plan"


@pytest.mark.parametrize("name", ["README.md", "plan.docx", "plan.csv"])
def test_other_commands_point_to_import(name: str, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(b"# Plan\n\n- a\n\xff")
    assert cli.main(["pdf", name]) == 2
    assert f"`roadpress import {name}`" in capsys.readouterr().err


@pytest.mark.parametrize(("pandoc", "offered"), [("/usr/bin/pandoc", True), (None, False)])
def test_pandoc_is_offered_where_it_is(pandoc: str | None, offered: bool) -> None:
    found = unread(b"{\\rtf1 x}", "my notes.rtf", as_text=False)
    assert found
    remedy = refusal("notes.rtf", found, which=lambda _: pandoc).remedy
    assert ("`pandoc -f rtf -t gfm notes.rtf -o notes.md`" in remedy) == offered
