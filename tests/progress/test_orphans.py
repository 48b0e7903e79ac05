"""Ticks that fit no entry: told once, listed with what is known of them, placed by a person; and format 1."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from roadmaps import source

from roadpress.cli import main
from roadpress.core.progress.store import read

ROADMAP, PROGRESS = Path("roadmap.yaml"), Path("roadmap.progress.yaml")
SECTIONS = """
- title: "**Basics**"
  topics:
    - title: Reading
      items: ["`Regular` expressions", Parsers, Lexers]
    - Statistics
- title: Models
  topics: [Trees, Networks]
"""
LATER = """
- title: "**Basics**"
  topics:
    - {title: Writing, items: [Essays]}
    - Statistics
    - Grammars
- title: Models
  topics: [Trees, Networks, Regular languages and expressions]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1799236800")  # 2027-01-06
    ROADMAP.write_text(source(SECTIONS))
    assert main(["-q", "tick", "1.1.1", "--on", "2027-01-02", "--note", "See *chapter* 3"]) == 0
    assert main(["-q", "skip", "1.1.2", "--on", "2027-01-03"]) == 0
    assert main(["-q", "tick", "Trees"]) == 0


def said(capsys):
    captured = capsys.readouterr()
    return captured.out, " ".join(captured.err.split())


def recorded():
    record = read(PROGRESS)
    return {entry.title: (str(entry.tick.on), entry.tick.note) for entry in record.ticks.values()}


def test_they_are_listed_with_what_is_known_of_them(capsys):
    ROADMAP.write_text(source(LATER))
    assert main(["orphans"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "  1 – Parsers  skipped 2027-01-03  in Basics › Reading",
        "  2 ✓ Regular expressions  done 2027-01-02  in Basics › Reading",
        "      See *chapter* 3",
        "      may be 2.3 'Regular languages and expressions': `roadpress tick 2.3 --adopt 2`",
    ]
    main(["-q", "tick", "Networks"])  # the outline does not know them any more, and what is known of them stays
    assert main(["orphans", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "id": "basics/reading/parsers",
            "title": "Parsers",
            "in": "Basics › Reading",
            "state": "skipped",
            "on": "2027-01-03",
            "note": "",
            "from": "cli",
            "maybe": None,
        },
        {
            "id": "basics/reading/regular-expressions",
            "title": "Regular expressions",
            "in": "Basics › Reading",
            "state": "done",
            "on": "2027-01-02",
            "note": "See *chapter* 3",
            "from": "cli",
            "maybe": {
                "id": "models/regular-languages-and-expressions",
                "number": "2.3",
                "title": "Regular languages and expressions",
            },
        },
    ]


def test_status_and_check_name_them_by_title(capsys):
    assert main(["orphans"]) == 0
    assert capsys.readouterr().out == "Every tick fits an entry.\n"
    ROADMAP.write_text(source(LATER))
    main(["status"])
    assert (
        "2 ticks fit no entry: 'Parsers', 'Regular expressions'. `roadpress orphans` lists" in capsys.readouterr().out
    )
    main(["status", "--json"])
    assert json.loads(capsys.readouterr().out)["orphans"] == ["Parsers", "Regular expressions"]
    main(["check"])
    out = capsys.readouterr().out
    assert "2 kept of entries that are not in the roadmap (`roadpress orphans`):" in out
    assert "done 2027-01-02  Regular expressions" in out


@pytest.mark.parametrize("word", ["2", "basics/reading/regular-expressions", "regular Expressions", "regular"])
def test_one_is_placed_with_its_day_and_note(word, capsys):
    ROADMAP.write_text(source(LATER))
    assert main(["tick", "2.3", "--adopt", word]) == 0
    assert said(capsys)[0] == "✓ 2.3 Regular languages and expressions  was 'Regular expressions'\n"
    assert recorded()["Regular languages and expressions"] == ("2027-01-02", "See *chapter* 3")
    assert [entry.title for entry in read(PROGRESS).orphans.values()] == ["Parsers"]
    assert main(["tick", "1.3", "--adopt", "parsers"]) == 0
    assert said(capsys)[0] == "– 1.3 Grammars  was 'Parsers'\n"
    assert main(["orphans"]) == 0
    assert capsys.readouterr().out == "Every tick fits an entry.\n"


def test_a_leaf_that_has_a_tick_keeps_its_note_before_that_of_the_adopted_one():
    ROADMAP.write_text(source(LATER))
    main(["-q", "tick", "2.3", "--note", "Mine"])
    assert main(["-q", "tick", "2.3", "--adopt", "regular"]) == 0
    assert recorded()["Regular languages and expressions"] == ("2027-01-02", "Mine\n\nSee *chapter* 3")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["tick", "2.3", "--adopt", "nothing"], "No tick without an entry is called 'nothing'."),
        (["tick", "2.3", "--adopt", "3"], "No tick without an entry is called '3'."),
        (["tick", "2.3", "--adopt", "ers"], "'ers' may be 'Lexers', 'Parsers'."),
        (["tick", "2.3", "--adopt", ""], "No tick without an entry is called ''."),
        (["tick", "2", "--adopt", "Parsers"], "One tick goes to one entry without items of its own."),
        (["tick", "1.2", "2.3", "--adopt", "Parsers"], "One tick goes to one entry without items of its own."),
        (["tick", "2.3", "--adopt", "Parsers", "--note", "x"], "A tick that is adopted brings its own day and note."),
        (["orphans", "--forget", "x"], "No tick without an entry is called 'x'."),
    ],
)
def test_what_can_not_be_placed_is_said_and_nothing_is_written(words, message, capsys):
    if "ers" in words:
        main(["-q", "tick", "Lexers"])
    ROADMAP.write_text(source(LATER))
    before = PROGRESS.read_bytes()
    assert main(words) == 2
    assert message in said(capsys)[1]
    assert PROGRESS.read_bytes() == before


def test_without_an_orphan_there_is_nothing_to_place(capsys):
    before = PROGRESS.read_bytes()
    assert main(["tick", "Networks", "--adopt", "1"]) == 2
    assert "Every tick fits an entry: there is none to place." in said(capsys)[1]
    assert PROGRESS.read_bytes() == before
    PROGRESS.unlink()
    assert main(["orphans", "--forget", "1"]) == 2
    assert not PROGRESS.exists()


def test_one_is_thrown_away(capsys):
    ROADMAP.write_text(source(LATER))
    assert main(["orphans", "--forget", "parsers"]) == 0
    assert said(capsys)[0] == "Forgotten: – Parsers  skipped 2027-01-03  in Basics › Reading\n"
    assert main(["orphans", "--json"]) == 0
    assert [orphan["title"] for orphan in json.loads(said(capsys)[0])] == ["Regular expressions"]
    assert set(recorded()) == {"Trees"}
    assert main(["check"]) == 0
    assert "1 kept of entries that are not in the roadmap" in said(capsys)[0]


def test_what_became_of_ticks_is_told_once(capsys):
    ROADMAP.write_text(
        source(LATER.replace("Regular languages and expressions", "Nothing").replace("Trees", "Forests"))
    )
    assert main(["status"]) == 0
    err = said(capsys)[1]
    assert "done 'Trees' was taken for 2.1 'Forests', which stands in its place: its tick went along." in err
    assert "'Regular expressions' was ticked and is no longer in the roadmap" in err
    for words in (["status"], ["next"], ["check"], ["tick", "Networks"], ["json"]):
        assert main(words) == 0
        assert said(capsys)[1] == ""
    ROADMAP.write_text(source(SECTIONS))
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["orphans"] == []


def test_a_command_that_writes_tells_it_as_well(capsys):
    ROADMAP.write_text(source(SECTIONS.replace("Trees", "Forests")))
    assert main(["tick", "Statistics"]) == 0
    assert "done 'Trees' was taken for 2.1 'Forests'" in said(capsys)[1]
    assert main(["status"]) == 0
    assert said(capsys)[1] == ""


def test_moves_and_retitled_parents_are_silent_and_the_file_follows(capsys):
    ROADMAP.write_text(
        source(
            "- {title: Methods, topics: [Networks, Parsers]}\n"
            "- {title: Foundations, topics: [Statistics, 'Regular `expressions`', Trees, Lexers]}"
        )
    )
    assert main(["status"]) == 0
    assert capsys.readouterr().err == ""
    assert set(read(PROGRESS).ticks) == {"foundations/regular-expressions", "methods/parsers", "foundations/trees"}


def test_quiet_commands_and_files_that_can_not_be_written_leave_it_for_the_next_one(capsys, monkeypatch):
    ROADMAP.write_text(source(LATER))
    before = PROGRESS.read_bytes()
    assert main(["-q", "status"]) == 0
    assert PROGRESS.read_bytes() == before
    with monkeypatch.context() as patch:
        patch.setattr("roadpress.core.progress.store.write_file", lambda *_: (_ for _ in ()).throw(OSError(30, "no")))
        for _ in range(2):
            assert main(["status"]) == 0
            assert "is no longer in the roadmap" in said(capsys)[1]
    assert PROGRESS.read_bytes() == before


def test_reading_as_a_library_writes_nothing():
    from datetime import date

    import roadpress

    ROADMAP.write_text(source(LATER))
    before = PROGRESS.read_bytes()
    snapshot = roadpress.snapshot_of("roadmap.yaml", today=date(2027, 1, 6))
    assert snapshot.total.done == 1
    assert PROGRESS.read_bytes() == before


def test_the_id_of_an_orphan_is_no_leafs():
    """The second of two namesakes takes the first one's id, and not its tick."""
    ROADMAP.write_text(source("- {title: A, topics: [Summary, Between, Summary, After]}"))
    PROGRESS.unlink()
    main(["-q", "tick", "1.1", "--note", "first"])
    ROADMAP.write_text(source("- {title: A, topics: [Between, Summary, After]}"))
    assert main(["-q", "tick", "1.1"]) == 0
    assert main(["-q", "tick", "Summary", "--note", "second"]) == 0
    record = read(PROGRESS)
    assert record.ticks["a/summary"].tick.note == "second"
    assert [entry.tick.note for entry in record.orphans.values()] == ["first"]


FORMAT_1 = """\
roadpress-progress: 1
outline: "{}"
ticks:
  basics/statistics: {{done: 2027-01-03, title: "**Statistics**", note: "kept"}}
  models/trees: {{done: 2027-01-04, from: cli, at: 2027-01-04T08:00:00Z, title: "Trees"}}
"""


def format_1(*leaves):
    from base64 import b64encode
    from zlib import crc32

    marks = b"".join((crc32(leaf.encode()) & 0xFFFFFF).to_bytes(3, "big") for leaf in leaves)
    return FORMAT_1.format(b64encode(marks).decode())


@pytest.mark.parametrize(
    ("sections", "ticks", "orphans"),
    [
        pytest.param(
            "- {title: Basics, topics: [Reading, '**Statistics**']}\n- {title: Models, topics: [Trees, Networks]}",
            {"basics/statistics", "models/trees"},
            set(),
            id="untouched",
        ),
        pytest.param(
            "- {title: Basics, topics: [Reading, Probability]}\n- {title: Methods, topics: [Trees, Networks]}",
            {"basics/probability", "methods/trees"},
            set(),
            id="retitled in its place, and a section",
        ),
        pytest.param(
            "- {title: Basics, topics: [Reading]}\n- {title: Models, topics: [Networks]}\n- {title: More, topics: [Other]}",
            set(),
            {"Statistics", "Trees"},
            id="deleted; what was there and open gets nothing",
        ),
        pytest.param(
            "- {title: Models, topics: [Statistics, Networks]}\n- {title: Basics, topics: [Trees, Reading]}",
            {"models/statistics", "basics/trees"},
            set(),
            id="moved",
        ),
    ],
)
def test_a_file_of_format_1(sections, ticks, orphans):
    PROGRESS.write_text(format_1("basics/reading", "basics/statistics", "models/trees", "models/networks"))
    ROADMAP.write_text(source(sections))
    assert main(["-q", "tick", "1.1", "--on", "2020-01-01"]) == 0
    record = read(PROGRESS)
    assert {key for key, entry in record.ticks.items() if str(entry.tick.on) != "2020-01-01" or key in ticks} == ticks
    assert {entry.title for entry in record.orphans.values()} == orphans
    assert "roadpress-progress: 2" in PROGRESS.read_text()
    assert record.outline


def test_a_file_without_an_outline_tells_by_ids_and_titles():
    PROGRESS.write_text('roadpress-progress: 1\nticks:\n  models/trees: true\n  x/y: {done: true, title: "Networks"}\n')
    assert main(["-q", "tick", "Statistics"]) == 0
    assert set(read(PROGRESS).ticks) == {"models/trees", "models/networks", "basics/statistics"}


def test_a_new_leaf_that_is_ticked_by_hand():
    ROADMAP.write_text(source(SECTIONS + "- Brand new\n"))
    PROGRESS.write_text(PROGRESS.read_text() + "  brand-new: 2027-01-06\n")
    assert main(["-q", "tick", "Statistics"]) == 0
    assert read(PROGRESS).ticks["brand-new"].title == "Brand new"
