"""The protocol of the editor: what it is asked, and what it answers; edits of an outline as text."""

from __future__ import annotations

import json
import zipfile
from datetime import date, datetime, timezone
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadpress.commands.editing import Editing
from roadpress.importers.merging.outline_edits import ACTIONS

TEXT = """# head
roadpress: 1
title: T  # why
sections:
  # of one
  - title: One  # first
    topics:
      - a
      # of b
      - {title: b, hours: 2}
      - title: c
        items: [d, e]
  - Two
"""


@pytest.fixture
def editing(tmp_path: Path) -> Editing:
    return make(tmp_path)


def make(folder: Path) -> Editing:
    noon = datetime(2027, 1, 1, 12, tzinfo=timezone.utc)
    return Editing(folder / "plan.yaml", lambda: date(2027, 1, 1), lambda: noon)


def titles(editing: Editing, text: str) -> list[tuple[int, str]]:
    values = editing.answer("read", {"text": text}).values
    assert "error" not in values, values
    return [(row[3], row[2]) for row in values["outline"]]


@pytest.mark.parametrize(
    ("edit", "after"),
    [
        (("rename", "one/a", "x: y"), [(1, "One"), (2, "x: y"), (2, "b"), (2, "c"), (3, "d"), (3, "e"), (1, "Two")]),
        (("down", "one/a", ""), [(1, "One"), (2, "b"), (2, "a"), (2, "c"), (3, "d"), (3, "e"), (1, "Two")]),
        (("up", "one/c", ""), [(1, "One"), (2, "a"), (2, "c"), (3, "d"), (3, "e"), (2, "b"), (1, "Two")]),
        (("up", "one/a", ""), [(1, "One"), (2, "a"), (2, "b"), (2, "c"), (3, "d"), (3, "e"), (1, "Two")]),
        (("in", "one/b", ""), [(1, "One"), (2, "a"), (3, "b"), (2, "c"), (3, "d"), (3, "e"), (1, "Two")]),
        (("out", "one/b", ""), [(1, "One"), (2, "a"), (2, "c"), (3, "d"), (3, "e"), (1, "b"), (1, "Two")]),
        (("delete", "one/c", ""), [(1, "One"), (2, "a"), (2, "b"), (1, "Two")]),
        (("add", "two", "new"), [(1, "One"), (2, "a"), (2, "b"), (2, "c"), (3, "d"), (3, "e"), (1, "Two"), (2, "new")]),
        (
            ("add", "", "Three"),
            [(1, "One"), (2, "a"), (2, "b"), (2, "c"), (3, "d"), (3, "e"), (1, "Two"), (1, "Three")],
        ),
    ],
)
def test_an_edit_of_the_outline_changes_that_and_keeps_every_remark(editing, edit, after):
    answer = editing.answer("edit", {"text": TEXT, **dict(zip(("action", "id", "value"), edit, strict=True))})
    assert titles(editing, answer.values["text"]) == after
    for remark in ("# head", "# why", "# of one", "# first", "# of b"):
        assert remark in answer.values["text"]


def test_hours_start_and_pace_make_a_plan(editing):
    text = TEXT
    for action, id_, value in (("hours", "one/a", "4-8"), ("start", "", "2027-02-01"), ("pace", "", "2h/week")):
        text = editing.answer("edit", {"text": text, "action": action, "id": id_, "value": value}).values["text"]
    said = editing.answer("read", {"text": text}).values
    assert (said["start"], said["pace"]) == ("2027-02-01", "2h/week")
    assert said["finish"] > "2027-02-01"
    assert said["weeks"]
    text = editing.answer("edit", {"text": text, "action": "pace"}).values["text"]
    assert editing.answer("read", {"text": text}).values["pace"] == ""


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ({"action": "hours", "id": "one/a", "value": "much"}, "write hours as"),
        ({"action": "rename", "id": "one/a", "value": " "}, "can't be empty"),
        ({"action": "rename", "id": "gone", "value": "x"}, "no entry 'gone'"),
        ({"action": "burn", "id": "one/a"}, "no edit called 'burn'"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changed(editing, edit, said):
    values = editing.answer("edit", {"text": TEXT, **edit}).values
    assert said in " ".join(values["error"])
    assert "text" not in values


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(0, 9), st.sampled_from(["x", "1", "- y"])), max_size=6
    )
)
def test_after_any_edits_the_text_is_a_roadmap(edits):
    editing = make(Path("nowhere"))
    text = TEXT
    for action, place, value in edits:
        rows = editing.answer("read", {"text": text}).values["outline"]
        id_ = rows[place % len(rows)][0] if rows else ""
        values = editing.answer("edit", {"text": text, "action": action, "id": id_, "value": value}).values
        text = values.get("text", text)
    assert "error" not in editing.answer("read", {"text": text}).values
    assert "# head" in text


SECTIONS = st.lists(
    st.sampled_from(
        [
            "  - One\n",
            "  - title: One\n    topics:\n      - a\n      - title: b\n        items: [c, d]\n",
            "  # of it\n  - title: Two # so\n    topics:\n      # of a\n      - a\n\n      # of b\n      - b\n",
            "  - title: Three\n    needs: [one]\n    topics:\n    - title: a\n      items:\n      - x\n      - y\n    # end\n\n",
        ]
    ),
    min_size=1,
    max_size=4,
)


@given(SECTIONS, st.sampled_from(sorted(ACTIONS)), st.integers(0, 30), st.sampled_from(["x", "3", "- y"]))
def test_an_edit_in_its_section_alone_is_that_of_the_whole(sections, action, place, value):
    """A text with a tab is never cut into pieces."""
    usual = f"# head\nroadpress: 1\ntitle: T\nsections:\n{''.join(sections)}"
    results = []
    for text in (usual, usual.replace("# head", "# head\t")):
        editing = make(Path("nowhere"))
        rows = editing.answer("read", {"text": text}).values.get("outline")
        if rows is None:
            return  # what is needed is not there
        edit = {"text": text, "action": action, "id": rows[place % len(rows)][0], "value": value}
        values = editing.answer("edit", edit).values
        results.append((values.get("text", "").replace("\t", ""), values.get("error")))
    assert results[0] == results[1]


def test_an_import_says_what_became_of_each_line(editing):
    answer = editing.answer("import", {"name": "-"}, b"Sure! Here is it:\n\n# Plan\n\n## One\n- a\n")
    assert [row[1] for row in answer.values["understood"]].count("section") == 1
    assert any(row[1] == "left" and "greeting" in row[2] for row in answer.values["understood"])
    assert titles(editing, answer.values["text"]) == [(1, "One"), (2, "a")]


def test_mistakes_are_answered_with_their_places(editing):
    values = editing.answer("read", {"text": TEXT + "autor: me\n"}).values
    assert [(problem["line"], problem["column"]) for problem in values["problems"]] == [(TEXT.count("\n") + 1, 1)]
    values = editing.answer("read", {"text": TEXT + "exports: {pdf: {papre: a5}}\n"}).values
    assert "papre" in values["problems"][0]["message"]


@pytest.mark.wheels
def test_outputs_have_the_names_and_bytes_of_the_command_line(editing):
    answer = editing.answer("export", {"text": TEXT, "output": "mindmap", "options": {"format": ["svg", "dot"]}})
    assert [name for name, _ in answer.files] == ["plan.mindmap.svg", "plan.mindmap.dot"]
    bundle = editing.answer("bundle", {"text": TEXT, "outputs": ["markdown", "checklist"]}).files[0]
    assert bundle[0] == "plan.zip"
    with zipfile.ZipFile(BytesIO(bundle[1])) as opened:
        assert opened.namelist() == ["plan.yaml", "plan.md", "plan.checklist.html"]
        assert opened.read("plan.yaml").decode() == TEXT
    assert editing.answer("bundle", {"text": TEXT, "outputs": ["markdown", "checklist"]}).files[0] == bundle


def test_ticks_go_to_the_progress_file_and_come_back(editing):
    saved = {
        "roadpress": "checklist",
        "format": 1,
        "items": {"one/a": {"state": "done", "on": "2027-01-01"}},
        "given": {},
    }
    kept = editing.answer("tick", {"text": TEXT}, json.dumps(saved).encode()).values["progress"]
    assert editing.answer("read", {"text": TEXT}).values["done"] == 1
    assert editing.answer("progress", {"clear": True}).values["progress"] == ""
    assert editing.answer("read", {"text": TEXT}).values["done"] == 0
    assert editing.answer("progress", {}, kept.encode()).values["progress"] == kept
    assert editing.answer("read", {"text": TEXT}).values["done"] == 1
