"""`pin`: ids into the text, and nothing else of it touched."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from roadmaps import TITLES, roadmap, source

from roadpress.cli import main
from roadpress.core.errors import RoadpressError
from roadpress.core.progress.store import read
from roadpress.core.roadmap_file.loading import load, load_bytes
from roadpress.core.roadmap_file.pinning import pin

BEFORE = """\
# My plan
roadpress: 1
title: Test   # the title

sections:
# first
- title: Basics      # one
  topics:

    - What is ML?    # two
    -   "Quoted: text"
    - A long title
      that goes on
    - {title: Flow, hours: 2}   # three
    - title: Own
      id: own
      items: [One, "Two", {title: Three}]
    - hours: 3
      needs: [basics/what-is-ml, own]
      title: Late title
    - title: Was
      was:
        - older
        - oldest

- title: Summary
  topics:
    - Summary
    - 机器学习
    - title: Basics
      was: once
"""

AFTER = """\
# My plan
roadpress: 1
title: Test   # the title

sections:
# first
- title: Basics      # one
  id: basics
  topics:

    - title: What is ML?    # two
      id: what-is-ml
      was: [basics/what-is-ml]
    -   title: "Quoted: text"
        id: quoted-text
        was: [basics/quoted-text]
    - title: A long title that goes on
      id: a-long-title-that-goes-on
      was: [basics/a-long-title-that-goes-on]
    - {title: Flow, hours: 2, id: flow, was: [basics/flow]}   # three
    - title: Own
      id: own
      items: [{title: One, id: one, was: [own/one]}, {title: "Two", id: two, was: [own/two]}, {title: Three, id: three, was: [own/three]}]
    - hours: 3
      needs: [what-is-ml, own]
      title: Late title
      id: late-title
      was: [basics/late-title]
    - title: Was
      id: was
      was:
        - basics/was
        - older
        - oldest

- title: Summary
  id: summary
  topics:
    - title: Summary
      id: summary-summary
      was: [summary/summary]
    - title: 机器学习
      id: n2-2
      was: [summary/机器学习]
    - title: Basics
      id: summary-basics
      was: [once, summary/basics]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def all_of(loaded):
    return {node.id for node in loaded.walk() if not node.own_id}


def test_comments_and_layout_stay():
    loaded = load_bytes(BEFORE.encode(), "r")
    assert pin(BEFORE, loaded, all_of(loaded)).text == AFTER


def test_windows_line_ends_stay():
    before = BEFORE.replace("\n", "\r\n")
    loaded = load_bytes(before.encode(), "r")
    assert pin(before, loaded, all_of(loaded)).text == AFTER.replace("\n", "\r\n")


def test_pinning_twice_changes_nothing(capsys):
    Path("roadmap.yaml").write_text(BEFORE)
    assert main(["pin"]) == 0
    assert Path("roadmap.yaml").read_text() == AFTER
    assert main(["pin"]) == 0
    assert "Every entry has an id of its own." in capsys.readouterr().out
    assert Path("roadmap.yaml").read_text() == AFTER


def test_ticks_stay_and_the_progress_file_takes_the_new_ids():
    Path("roadmap.yaml").write_text(
        source("- {title: Basics, topics: [What is ML?, {title: Math, items: [Sets, Maps]}]}")
    )
    main(["-q", "tick", "1.1", "sets"])
    assert main(["pin"]) == 0
    assert set(read(Path("roadmap.progress.yaml")).ticks) == {"what-is-ml", "sets"}


def test_a_part_is_pinned_and_a_dry_run_writes_nothing(capsys):
    Path("roadmap.yaml").write_text(before := source("- title: Basics\n  topics:\n    - A\n    - B"))
    assert main(["pin", "--dry-run", "1.2"]) == 0
    assert "+        id: b" in capsys.readouterr().out
    assert Path("roadmap.yaml").read_text() == before
    main(["pin", "--no-was", "1.2"])
    assert [node.id for node in load("roadmap.yaml").walk()] == ["basics", "basics/a", "b"]
    assert "was" not in Path("roadmap.yaml").read_text()


@pytest.mark.parametrize(
    "sections",
    ["- &a title: A\n- B", "- &a\n  title: A\n- *a", "- &a A\n- *a", "- |\n  A\n- B", "- ? title\n  : A", "- !!str A"],
)
def test_what_cant_be_edited_is_left_to_the_author(sections):
    text = source(sections)
    loaded = load_bytes(text.encode(), "r")
    try:
        pinned = pin(text, loaded, all_of(loaded))
    except RoadpressError as error:
        remedy = error.remedy
    else:
        remedy = "by hand"
        assert [node.title for node in pinned.roadmap.walk()] == [node.title for node in loaded.walk()]
        assert all(node.own_id for node in pinned.roadmap.walk())
    assert "by hand" in remedy


def quoted(title):
    return "'" + title.replace("'", "''") + "'"


@given(st.lists(st.tuples(TITLES, st.lists(TITLES, max_size=3), st.booleans()), min_size=1, max_size=3))
def test_any_titles_keep_their_meaning(sections):
    text = source(
        "".join(
            f"- title: {quoted(title)}\n  topics: [{', '.join(map(quoted, topics))}]\n"
            if flow or not topics
            else f"- title: {quoted(title)}\n  topics:\n" + "".join(f"    - {quoted(topic)}\n" for topic in topics)
            for title, topics, flow in sections
        )
    )
    try:
        loaded = load_bytes(text.encode(), "r")
    except RoadpressError:  # a title of spaces alone, and the like
        return
    pinned = pin(text, loaded, all_of(loaded))
    assert [node.title for node in pinned.roadmap.walk()] == [node.title for node in loaded.walk()]
    names = [node.id for node in pinned.roadmap.walk()]
    assert len(set(names)) == len(names)
    assert all(node.own_id for node in pinned.roadmap.walk())
    assert all(
        old.id == new.id or old.id in new.was for old, new in zip(loaded.walk(), pinned.roadmap.walk(), strict=True)
    )


def test_needs_that_name_a_derived_child_follow_it():
    text = source("- title: A\n  topics: [{title: B, items: [C]}]\n- {title: D, needs: [a/b/c]}")
    loaded = load_bytes(text.encode(), "r")
    pinned = pin(text, loaded, {"a/b"})
    assert pinned.roadmap.by_id()["d"].needs == ("b/c",)
    assert roadmap("- A").sections[0].id == "a"
