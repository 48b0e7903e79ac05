"""A language is one file: a made-up one, laid beside the others, is spoken by every output."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from formats import text_of
from languages import Write, made_up
from trees import roadmap
from unpacking import unpacked

from roadpress.core.locale import dates, direction, words
from roadpress.core.model import Hours, Kind, Link, LinkKind, Pace, Tag
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.contract import File
from roadpress.exporters.registry import load_exporter
from roadpress.exporters.run import run

TODAY = date(2027, 1, 4)


def snapshot() -> Snapshot:
    items = [
        {"title": "1st", "kind": Kind.QUESTION, "optional": True, "hours": Hours(1.5, 2.5)},
        {"title": "2nd", "due": date(2027, 3, 9), "links": (Link("https://example.org", "", LinkKind.BOOK),)},
        {"title": "3rd", "needs": ("a/1st", "a/2nd"), "tags": ("t",), "hours": 60},
        {"title": "4th", "kind": Kind.PROJECT},
    ]
    found = roadmap(
        "Ω", [{"title": "A", "items": items}, {"title": "Z"}], language="qaa", tags={"t": Tag("t", "T")}, pace=Pace(3)
    )
    progress = Progress({"a/4th": Tick(State.SKIPPED, date(2027, 1, 2))})
    return Snapshot(found, progress, TODAY, plan(found, progress, today=TODAY))


def said(name: str, **options: Any) -> str:
    exporter = load_exporter(name)
    found = snapshot()
    result = run(exporter, name, found, options)
    texts = [text_of(file) for file in result.files]
    if name == "checklist":  # its dialogs travel packed
        dialogs = unpacked(result.files[0].data.decode())[1]
        texts.append(text_of(File(".html", dialogs.encode())))
    text = re.sub(r"<!--.*?-->", "", "\n".join(texts))
    return " ".join(text.replace("\u00a0", " ").split())


SAID = [
    ("pdf", {}, ["Contentsish", "Questionish", "optionalish", "needsish", " & ", "1·5–2·5 hish", "dueish day2/moon3/9", "Weekish byish weekish"]),
    ("pdf", {"two_up": True}, ["Questionish", "dueish day2/moon3/9"]),
    ("mindmap", {}, ["Mindish mapish. Branchesish: A & Z.", "optionalish", "day2/moon3/9", "Questionish"]),
    ("mindmap", {"format": ("dot",)}, ["Questionish", "skippedish", "1·5–2·5 hish"]),
    ("mindmap", {"interactive": True}, ["Levelsish", "Fitish", "Notesish andish linksish"]),
    ("mindmap", {"poster": True}, ["Printish atish 100 %"]),
    ("checklist", {}, ["Keyboardish", "Upish nextish", "Questionish", "optionalish", "1·5–2·5 hish", "day2/moon3/9"]),
    ("trello", {}, ["Questionish", "Optionalish", "Needsish:", "bookish"]),
    ("ics", {}, ["optionalish"]),
    ("markdown", {}, ["optionalish", "dueish day2/moon3/9", "1·5–2·5 hish"]),
    ("opml", {}, ["optionalish", "needsish", "1·5–2·5 hish"]),
    ("freemind", {}, ["optionalish", "needsish", "1·5–2·5 hish"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "options", "wanted"), SAID, ids=lambda value: value if isinstance(value, str) else "")
def test_every_output_speaks_it(write: Write, name: str, options: dict[str, Any], wanted: list[str]) -> None:
    write(made_up())
    text = said(name, **options)
    assert [one for one in wanted if one not in text] == []
    assert not re.search(r"\b(Question|optional|Optional|Contents|Keyboard|skipped|due|needs|Needs)\b", text)


def test_its_numbers_dates_and_direction_are_its_own(write: Write) -> None:
    write(made_up())
    own = words.words_for("qaa-Latn-DE")
    assert [own.count("topics", n) for n in (0, 1, 2, 12, 22)] == [
        *("0 heapish", "1 heapish", "2 coupleish", "12 heapish", "22 coupleish")
    ]
    assert dates.week_text(TODAY, "qaa", today=TODAY) == "sevenish moon1/4"
    assert dates.month_text(TODAY, "qaa") == "2027/Moon1"
    assert dates.span_text(date(2026, 12, 28), TODAY, "qaa", today=TODAY) == "2026/moon12/28 – 2027/moon1/4"
    assert direction.direction("qaa") == direction.direction("qaa-DE") == "rtl"
    assert direction.direction("qaa-Latn") == "ltr"


def test_a_word_that_is_missing_is_english_in_english_forms(write: Write) -> None:
    made = made_up()
    for key in ("optional", "sections"):
        del made["words"][key]
    del made["checklist"]["help"], made["dates"]
    write(made)
    own = words.words_for("qaa", "checklist")
    assert [own["optional"], own["help"], own["search"]] == ["optional", "Keyboard", "Searchish"]
    assert [own.count("sections", n) for n in (1, 2, 12)] == ["1 section", "2 sections", "12 sections"]
    assert dates.week_text(TODAY, "qaa", today=TODAY) == "week of moon1/4"
    with pytest.raises(KeyError):
        own["no such word"]


def test_an_output_without_words_of_its_own_is_english_as_a_whole(write: Write) -> None:
    made = made_up()
    del made["checklist"]
    write(made)
    text = said("checklist")
    assert "Keyboard" in text
    assert "optional" in text
    assert "ish" not in text.replace("finish", "")
    assert "Questionish" in said("mindmap")
