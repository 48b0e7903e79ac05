"""What commands say of a roadmap is in its language; errors, notices, help and JSON are English."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from languages import LANGUAGES, Write, made_up, texts

from roadpress.cli import main

ROADMAP = """\
roadpress: 1
title: "1"
language: {language}
start: 2026-12-28
pace: 6h/week
sections:
- title: "2"
  topics:
  - {{title: "3", hours: 2-4, id: a}}
  - {{title: "4", hours: 30m, due: 2026-12-29}}
  - {{title: "5", optional: true, hours: 3}}
- title: "6"
  topics:
  - {{title: "7", needs: [a], hours: 120, due: 2027-01-30, id: b, notes: 00 01 02}}
  - {{title: "8", kind: project, needs: [b]}}
  - {{title: "9", id: c, links: [https://example.org/0], kind: question}}
"""
LINES = ROADMAP.splitlines(keepends=True)
EDITED = (
    "".join((*LINES[:13], LINES[15], *LINES[13:15]))
    .replace('- {{title: "5", optional: true, hours: 3}}', '- {{title: "55", items: ["56"]}}')
    .replace("hours: 120", "hours: 8")
    .replace("00 01 02", "03 01 04")
    .replace('title: "7"', 'title: "77"')
    .replace("links: [https://example.org/0], ", "optional: true, ")
    .replace("due: 2026-12-29", "notes: '05'")
    + '- {{title: "10", topics: ["11", "12", "13", "14", "15", "16", "17", "18"]}}\n'
)
COMMANDS = (
    *("tick 1.1 --on 2026-12-30", "tick 1.1", "skip 2.3", "untick 2.3", "untick 2.3"),
    *("status", "status --all", "next", "plan", "plan --weeks 1", "plan --finish-by 2027-01-08", "orphans"),
    *("diff roadmap.yaml edited.yaml", "diff edited.yaml roadmap.yaml", "diff --markdown roadmap.yaml edited.yaml"),
    *("diff roadmap.yaml roadmap.yaml", "collect saved.yaml", "collect saved.yaml", "collect --dry-run saved.yaml"),
)
FIELDS = "title optional hours due needs notes links pace start items kind project question true false link"
NAMES = "roadmap edited saved yaml roadpress plan week weeks orphans import tick adopt md min h a b c progress https example org"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798934400")  # 2027-01-03
    monkeypatch.setenv("NO_COLOR", "1")


def written(language: str) -> None:
    """Write a roadmap, an edited one, and a progress file with a tick that is not here yet."""
    for name, text in (("roadmap", ROADMAP), ("edited", EDITED)):
        Path(f"{name}.yaml").write_text(text.format(language=language), encoding="utf-8")
    assert main(["-q", "tick", "2.2"]) == 0
    Path("roadmap.progress.yaml").rename("saved.yaml")


def said(capsys: pytest.CaptureFixture[str], language: str) -> str:
    """Return what all commands say on standard output of a roadmap in a language."""
    written(language)
    for command in COMMANDS:
        assert main(command.split()) == 0, command
    return capsys.readouterr().out


def test_no_word_is_left_in_english(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write(made_up())
    text = said(capsys, "qaa")
    known = {*FIELDS.split(), *NAMES.split()}
    left = {word for word in re.findall(r"[A-Za-z]+", text) if not word.endswith("ish") and word not in known}
    assert {word for word in left if not re.fullmatch("day|moon", word)} == set()
    for key in ("finish_at", "left_finish", "miss", "assumed", "more_weeks", "finish_by", "waiting", "unchanged"):
        first = re.split(r"[{|]", made_up()["commands"][key])[0].strip()
        assert first in text, key
    for verb in ("added", "gone", "retitled", "changed", "reordered"):
        assert f"{verb}ish" in text


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
@pytest.mark.parametrize("part", ["commands", "diff"])
def test_every_language_has_words_of_its_own(language: str, part: str) -> None:
    own, english = texts(language, part), texts("en", part)
    same = {
        key for key in english if own[key] == english[key] and re.search(r"[A-Za-z]", re.sub(r"{.*?}", "", own[key]))
    }
    assert same <= {"minutes", "roadmap", "inside", "open_state"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_spoken(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    written(language)
    for command, part, key in (
        ("status", "commands", "all"),
        ("next", "commands", "due_head"),
        ("plan", "commands", "this_week"),
    ):
        assert main([command]) == 0
        assert texts(language, part)[key] in capsys.readouterr().out
    assert main(["diff", "roadmap.yaml", "roadmap.yaml"]) == 0
    assert texts(language, "diff")["same"] in capsys.readouterr().out


def test_a_sentence_ends_in_one_point(capsys: pytest.CaptureFixture[str]) -> None:
    written("de")
    assert main(["status"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"Fertig bei 6 h pro Woche: .*Jan\. 2027\n|Fertig bei 6 h pro Woche: .*[^.]\.\n", out)
    assert ".." not in out


def test_json_and_errors_are_english(capsys: pytest.CaptureFixture[str]) -> None:
    written("de")
    assert main(["diff", "roadmap.yaml", "edited.yaml", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)["counts"]) <= {
        "added",
        "gone",
        "retitled",
        "moved",
        "changed",
        "reordered",
    }
    assert main(["tick", "nothing-like-this"]) == 2
    assert "Nothing was changed" in capsys.readouterr().err


def test_columns_are_as_wide_as_their_words(capsys: pytest.CaptureFixture[str]) -> None:
    from roadpress.commands.columns import cells

    for language in ("ja", "ar", "hi", "pl", "en"):
        written(language)
        assert main(["status"]) == 0
        rows = [line for line in capsys.readouterr().out.splitlines() if "░" in line or "█" in line]
        assert len(rows) == 3
        assert len({cells(line) for line in rows}) == 1, rows
