"""Options from their three sources, and exporting as a library call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import roadpress
from roadpress.core.errors import InvalidRoadmap, UsageError
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.exporters.contract import Export, Exporter, File, option
from roadpress.exporters.options import from_keywords, specs


@dataclass(frozen=True)
class Options:
    paper: str = option("a4", "The paper.", choices=("a4", "letter"))
    cover: bool = option(True, "A title page.")
    copies: int = option(1, "How many.", minimum=1, maximum=9)
    min_font: float = option(7.0, "The smallest type.", minimum=5)
    only: tuple[str, ...] = option((), "Only these.")
    title: str | None = option(None, "Another title.")


EXPORTER = cast(
    "Exporter", SimpleNamespace(SUMMARY="x", Options=Options, export=lambda *_: Export((File(".x", b"x"),)))
)


def roadmap(exports: str = "") -> roadpress.Roadmap:
    return load_bytes(f"roadpress: 1\ntitle: T\nexports:\n  x: {{{exports}}}\n".encode(), "r.yaml")


def made(exports: str = "", **keywords: Any) -> Options:
    options: Options = from_keywords(EXPORTER, "x", roadmap(exports), keywords).options
    return options


def test_defaults_then_the_roadmap_then_keywords() -> None:
    assert made() == Options()
    assert made("paper: letter, min-font: 8, only: [a, b]") == Options(paper="letter", min_font=8.0, only=("a", "b"))
    assert made("min_font: 9, only: a") == Options(min_font=9.0, only=("a",))
    assert made("paper: letter", paper="A4", title=None) == Options()


WRONG = [
    ("papr: a4", "r.yaml:4:13: the exporter `x` has no option `papr`; did you mean `paper`?"),
    ("zzz: 1", "it has paper, cover, copies, min-font, only, title"),
    ("paper: a9", "`paper`: must be one of a4, letter, not 'a9'"),
    ("cover: 1", "`cover`: must be true or false, not 1"),
    ("cover: yes", "`cover`: must be true or false, not 'yes'"),
    ("copies: 1.5", "`copies`: must be a whole number, not 1.5"),
    ("copies: 0", "`copies`: must be at least 1, not 0"),
    ("copies: 10", "`copies`: must be at most 9, not 10"),
    ("min-font: small", "`min-font`: must be a number, not 'small'"),
    ("only: {a: 1}", "`only`: must be a list of texts, not {'a': 1}"),
    ("paper: [a4]", "`paper`: must be a text, not ['a4']"),
]


@pytest.mark.parametrize(("exports", "sentence"), WRONG)
def test_what_the_roadmap_says_wrongly_has_its_place(exports: str, sentence: str) -> None:
    with pytest.raises(InvalidRoadmap) as caught:
        made(exports)
    assert sentence in caught.value.lines()[0]


@pytest.mark.parametrize("exports", ["only: 7", "only: '7'", "only: [7]", "only: ['7']"])
def test_one_value_is_a_list_of_one(exports: str) -> None:
    assert made(exports).only == ("7",)


@pytest.mark.parametrize("exports", ["only: 3.10", "only: [3.10]", "only: ['3.10']"])
def test_a_number_is_the_text_that_it_is_written_as(exports: str) -> None:
    assert made(exports).only == ("3.10",)
    assert made("title: 3.10").title == "3.10"
    assert made("min-font: 7.50").min_font == 7.5


@pytest.mark.parametrize(
    ("keywords", "sentence"), [({"papr": 1}, "has no option 'papr'"), ({"copies": "2"}, "a whole number")]
)
def test_wrong_keywords_are_usage_errors(keywords: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        made(**keywords)


def test_specs_know_flag_type_and_bounds() -> None:
    by_name = {spec.name: spec for spec in specs(Options)}
    assert by_name["min_font"].flag == "min-font"
    assert [spec.type for spec in by_name.values()] == [str, bool, int, float, tuple, str]


def test_exporting_as_a_library_call(tmp_path: Path, today: date) -> None:
    path = tmp_path / "roadmap.yaml"
    path.write_text("roadpress: 1\ntitle: T\nsections: [S]\n")
    snapshot = roadpress.Snapshot.of(roadpress.load(path), today=today)
    assert roadpress.export(snapshot, "checklist", tmp_path / "out" / "mine.html") == (tmp_path / "out" / "mine.html",)
    assert b"<title>" in (tmp_path / "out" / "mine.html").read_bytes()
    with pytest.raises(UsageError, match="no exporter called 'cheklist'"):
        roadpress.export(snapshot, "cheklist", tmp_path / "x")
    with pytest.raises(AttributeError):
        _ = roadpress.nothing
