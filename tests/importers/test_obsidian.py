"""Obsidian's marks: days become fields, links to notes become words, comments and ids are left out, and told."""

from __future__ import annotations

import time
from datetime import date

import pytest

from roadpress.core.model import Roadmap
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.importers.common.draft import Account
from roadpress.importers.common.obsidian import without_marks
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import read


def roadmap_of(text: str) -> Roadmap:
    return load_bytes(yaml_text(read(text.encode(), "note.md").roadmap).encode(), "roadmap.yaml")


def test_a_note() -> None:
    text = """# Plan

## Basics

- [ ] Read [[Books/The Book|the book]] 📅 2027-01-01
- [x] See [[Traits]] ✅ 2026-12-01
- [/] ==Ownership== twice ^a1b2c3
- [-] Given up %%why%% soon
- [ ] Later ⏳ 2027-02-01 🔁 every week
- [ ] With a field [due:: 2027-03-01]

%%
hidden
%%
"""
    book, traits, ownership, given_up, later, field = roadmap_of(text).leaves()
    assert (book.title, book.due) == ("Read the book", date(2027, 1, 1))
    assert (traits.title, traits.done) == ("See Traits", date(2026, 12, 1))
    assert [node.title for node in (ownership, given_up, later, field)] == [
        "**Ownership** twice", "Given up soon", "Later", "With a field",
    ]  # fmt: skip
    assert field.due == date(2027, 3, 1)
    left = {(left.why, left.text) for left in read(text.encode(), "note.md").account.left_out}
    assert {
        ("comment", "hidden"),
        ("comment", "why"),
        ("state", "begun"),
        ("state", "given up"),
        ("day", "⏳ 2027-02-01"),
    } <= left


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("see [[1]](https://example.org)", None),
        ("if a == b and c == d", None),
        ("x ^2", None),
        ("`[[code]]` and `==x==`", None),
        ("```\n[[x]]\n```", None),
        ("100%% sure", None),
        ("%%\nnever closed", None),
        ("> [!tip]- Do this\n> text", "> **Do this**\n> text"),
        ("> [!note]\n> text", "> \n> text"),
        ("a ![[picture.png]] b", "a  b"),
        ("[[Note#Part]]", "Note › Part"),
    ],
)
def test_marks(text: str, result: str | None) -> None:
    assert without_marks(text, Account()) == (text if result is None else result)


@pytest.mark.parametrize(
    "piece", ["[[", "==a", "%%", "[[a]]", "%%\n", "> [!a]\n", "- [/] x ^abc\n", "📅 2027-01-01", "`"]
)
def test_hostile_notes_end_within_seconds(piece: str) -> None:
    start = time.process_time()
    without_marks("[[x]] " + piece * 100_000, Account())
    assert time.process_time() - start < 10
