"""Whose and what an output is: the learner's name, the roadmap's title, and whose ticks `collect` takes."""

import io
import json
from datetime import date
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from roadmaps import source

import roadpress
from roadpress.cli import main
from roadpress.core.errors import RoadpressError
from roadpress.core.learner import one_name, same_name
from roadpress.core.progress.store import ProgressFile, parse, read, render
from roadpress.core.roadmap_file.loading import load, load_bytes

SECTIONS = """
- title: Basics
  topics: [What is ML?, Statistics, Calculus]
- title: Projects
  topics: [Recommender]
"""
TODAY = date(2027, 1, 6)
PROGRESS = Path("roadmap.progress.yaml")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1799236800")  # 2027-01-06
    write()


def write(sections=SECTIONS, head="", title="Test", name="roadmap.yaml"):
    Path(name).write_text(source(sections, head).replace("title: Test", f"title: {title}", 1))


def saved(name, *done, learner="", title="Test", at="2027-01-05T10:00:00.000Z"):
    """Write what a checklist saves, with some leaves done, and return its name."""
    items = {key: {"state": "done", "on": "2027-01-05", "at": at} for key in done}
    data = {"roadpress": "checklist", "format": 1, "title": title, "saved": at, "items": items, "given": {}}
    Path(name).write_text(json.dumps({**data, **({"learner": learner} if learner else {})}))
    return name


def pdf(name, *ticked, options=(), file="roadmap.yaml"):
    """Write a PDF of the roadmap, ticked by a program that fills forms, and return its name."""
    assert main(["-q", "pdf", file, "-o", "blank.pdf", *options]) == 0
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(Path("blank.pdf").read_bytes()))
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict.fromkeys(ticked, "/Yes"))
    writer.write(name)
    return name


def recorded():
    return {key: entry.tick.state.value for key, entry in read(PROGRESS).ticks.items()}


def whole(text):
    return " ".join(text.split())


# -- the name -------------------------------------------------------------------------------------------------------


def test_the_name_comes_from_the_command_then_the_progress_file_then_the_roadmap():
    assert roadpress.snapshot_of("roadmap.yaml", today=TODAY).learner == ""
    write(head="learner: Rosa")
    assert roadpress.snapshot_of("roadmap.yaml", today=TODAY).learner == "Rosa"
    PROGRESS.write_bytes(render(ProgressFile(learner="Petra")))
    assert roadpress.snapshot_of("roadmap.yaml", today=TODAY).learner == "Petra"
    assert roadpress.snapshot_of("roadmap.yaml", today=TODAY, learner=" Clara\n Mei ").learner == "Clara Mei"
    assert roadpress.snapshot_of("roadmap.yaml", today=TODAY, learner="").learner == ""


def test_a_learner_of_a_wrong_type_is_told_with_its_place():
    with pytest.raises(RoadpressError) as raised:
        load_bytes(source("[]", "learner: [Ada]").encode(), "roadmap.yaml")
    assert "roadmap.yaml:3:" in raised.value.lines()[0]


def test_every_rewrite_of_the_progress_file_keeps_the_name():
    PROGRESS.write_bytes(render(ProgressFile(learner='Ada "the first"')))
    for command in (["tick", "1.1"], ["untick", "1.1"], ["skip", "2"], ["collect", saved("a", "basics/calculus")]):
        assert main(["-q", *command]) == 0
        assert read(PROGRESS).learner == 'Ada "the first"'
    assert "\nlearner: " in PROGRESS.read_text()


@given(st.text())
def test_a_name_is_one_line_and_comes_back_from_the_progress_file(text):
    name = one_name(text)
    assert name == one_name(name) == name.strip()
    assert len(name.splitlines()) <= 1
    assert parse(render(ProgressFile(learner=name)), "p").learner == name


def test_one_name_in_several_spellings():
    assert same_name("Ada  Lovelace", "ADA LOVELACE")
    assert same_name("Zoe\u0308", "Zoë")
    assert not same_name("Ada", "Ada L.")


def test_names_that_people_have_stay_as_they_are():
    for name in ("Ada Lovelace", "Zoë O’Neill-Šimić", "山田 太郎", "מרים כהן", "علی\u200cرضا", "अदिति शर्मा", "J. R."):
        assert one_name(name) == name
    assert one_name("Ada\u202e\x1b[31m") == "Ada[31m"


def test_a_note_tells_when_ones_ticks_go_out_under_anothers_name(capsys):
    PROGRESS.write_bytes(render(ProgressFile(learner="Ada")))
    assert main(["markdown", "--learner", "Ben"]) == 0
    assert "roadmap.progress.yaml is of Ada" in whole(capsys.readouterr().err)
    assert main(["markdown", "--learner", "ADA"]) == 0
    assert capsys.readouterr().err == ""


# -- where it stands ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "output"), [("pdf", "x.pdf"), ("checklist", "x.html"), ("json", "x.json"), ("markdown", "x.md")]
)
def test_every_output_that_comes_back_says_whose_it_is(command, output):
    assert main(["-q", command, "-o", output, "--learner", "Ada Lovelace"]) == 0
    data = Path(output).read_bytes()
    if command == "pdf":
        assert pypdf.PdfReader(output).metadata["/Learner"] == "Ada Lovelace"
        assert "Ada Lovelace" in pypdf.PdfReader(output).pages[0].extract_text()
    elif command == "json":
        assert json.loads(data)["learner"] == "Ada Lovelace"
    else:
        assert b"Ada Lovelace" in data


def test_build_takes_a_name_for_all():
    assert main(["-q", "build", "--learner", "Ada Lovelace", "--exporter", "pdf", "--exporter", "checklist"]) == 0
    assert pypdf.PdfReader("output/roadmap.pdf").metadata["/Learner"] == "Ada Lovelace"
    assert "Ada Lovelace" in Path("output/roadmap.checklist.html").read_text()


def test_without_a_name_nothing_is_said_of_one():
    assert main(["-q", "json", "-o", "x.json"]) == 0
    assert json.loads(Path("x.json").read_text())["learner"] is None
    assert main(["-q", "markdown", "-o", "x.md"]) == 0
    assert "learner" not in Path("x.md").read_text()


def test_a_markdown_export_keeps_the_roadmaps_own_learner_and_whose_copy_it_is():
    write(head="learner: Rosa")
    for options in ([], ["--learner", "Ada"]):
        assert main(["-q", "markdown", "-o", "x.md", *options]) == 0
        assert main(["-q", "import", "x.md", "-o", "again.yaml", "--force"]) == 0
        assert load("again.yaml").learner == "Rosa"
    PROGRESS.write_bytes(render(ProgressFile(learner="Rosa")))
    assert main(["-q", "collect", "x.md"]) == 5


# -- whose ticks are taken ------------------------------------------------------------------------------------------


def test_anothers_ticks_are_refused_and_both_are_named(capsys):
    PROGRESS.write_bytes(render(ProgressFile(learner="Ada Lovelace")))
    before = PROGRESS.read_bytes()
    assert main(["collect", saved("ben.json", "basics/statistics", learner="Ben Nevis")]) == 5
    err = whole(capsys.readouterr().err)
    assert "ben.json holds the ticks of Ben Nevis" in err
    assert "Ada Lovelace" in err
    assert "--from-anyone" in err
    assert PROGRESS.read_bytes() == before
    assert main(["collect", "--from-anyone", "ben.json"]) == 0
    assert recorded() == {"basics/statistics": "done"}
    assert read(PROGRESS).learner == "Ada Lovelace"


def test_the_roadmaps_learner_counts_as_long_as_the_progress_has_none():
    write(head="learner: Ada")
    assert main(["collect", saved("ben.json", "basics/statistics", learner="Ben")]) == 5
    assert not PROGRESS.exists()


def test_two_peoples_outputs_at_once_are_refused_and_nothing_is_taken(capsys):
    first = saved("first.json", "basics/statistics", learner="Ada")
    second = saved("second.json", "basics/calculus", learner="Ben")
    assert main(["collect", first, second]) == 5
    err = whole(capsys.readouterr().err)
    assert "first.json holds the ticks of Ada" in err
    assert "second.json those of Ben" in err
    assert not PROGRESS.exists()
    assert main(["collect", "--from-anyone", first, second]) == 0
    assert recorded() == {"basics/statistics": "done", "basics/calculus": "done"}
    assert read(PROGRESS).learner == ""


def test_the_first_name_is_recorded_and_said(capsys):
    assert main(["collect", "--dry-run", saved("a.json", "basics/statistics", learner="Ada")]) == 0
    assert not PROGRESS.exists()
    capsys.readouterr()
    assert main(["collect", "a.json"]) == 0
    assert "roadmap.progress.yaml is of Ada from now on." in whole(capsys.readouterr().out)
    assert read(PROGRESS).learner == "Ada"
    assert main(["collect", "a.json"]) == 0
    assert "from now on" not in capsys.readouterr().out
    assert main(["collect", saved("b.json", "basics/calculus", learner="Ben")]) == 5


def test_an_output_that_changes_nothing_still_gives_its_name():
    main(["-q", "tick", "1.2"])
    assert main(["collect", saved("a.json", learner="Ada")]) == 0
    assert read(PROGRESS).learner == "Ada"
    assert recorded() == {"basics/statistics": "done"}


def test_a_name_differs_by_neither_case_nor_space():
    PROGRESS.write_bytes(render(ProgressFile(learner="Ada Lovelace")))
    assert main(["-q", "collect", saved("a.json", "basics/statistics", learner="ADA  lovelace")]) == 0
    assert recorded() == {"basics/statistics": "done"}


def test_outputs_without_a_name_are_anybodys():
    PROGRESS.write_bytes(render(ProgressFile(learner="Ada")))
    assert main(["-q", "collect", saved("old.json", "basics/statistics")]) == 0
    assert recorded() == {"basics/statistics": "done"}


def test_a_filled_pdf_knows_whose_it_is():
    filled = pdf("ben.pdf", "basics/statistics", options=["--learner", "Ben"])
    PROGRESS.write_bytes(render(ProgressFile(learner="Ada")))
    assert main(["-q", "collect", filled]) == 5
    assert main(["-q", "collect", "--from-anyone", filled]) == 0
    assert recorded() == {"basics/statistics": "done"}


def test_another_copy_of_the_progress_file_knows_whose_it_is():
    PROGRESS.write_bytes(render(ProgressFile(learner="Ben")))
    main(["-q", "tick", "1.1"])
    PROGRESS.rename("ben.progress.yaml")
    PROGRESS.write_bytes(render(ProgressFile(learner="Ada")))
    assert main(["-q", "collect", "ben.progress.yaml"]) == 5
    assert recorded() == {}


@pytest.mark.parametrize("learner", [["Ada"], 7, {"a": 1}])
def test_a_name_that_is_no_text_is_refused(learner, capsys):
    assert main(["collect", saved("a.json", "basics/statistics", learner=learner)]) == 1
    assert "no text" in capsys.readouterr().err


# -- which roadmap --------------------------------------------------------------------------------------------------

OTHER = """
- title: Basics
  topics: [Statistics, Knives, Stock, Sauces]
- title: Baking
  topics: [Bread, Cakes]
"""


def test_another_roadmaps_output_is_refused_though_some_entries_have_one_name(capsys):
    write(OTHER, title="Cooking", name="cooking.yaml")
    filled = pdf("cooking.pdf", "basics/statistics", "baking/bread", file="cooking.yaml")
    assert main(["collect", filled]) == 5
    err = whole(capsys.readouterr().err)
    assert "cooking.pdf is of another roadmap, 'Cooking': 1 of its 6 entries is in 'Test'" in err
    assert "--from-anyone" in err
    assert not PROGRESS.exists()
    assert main(["-q", "collect", "--from-anyone", filled]) == 0
    assert recorded() == {"basics/statistics": "done"}


def test_a_retitled_edition_is_the_same_roadmap():
    filled = pdf("filled.pdf", "basics/statistics")
    write(SECTIONS.replace("Calculus", "Something else"), title="A new title")
    assert main(["-q", "collect", filled]) == 0
    assert recorded() == {"basics/statistics": "done"}


def test_an_edition_with_other_entries_is_the_same_roadmap_by_its_title():
    filled = pdf("filled.pdf", "basics/statistics", "projects/recommender")
    write("- title: Basics\n  topics: [Statistics, Sets, Proofs]\n", title="'**test**'")
    assert main(["-q", "collect", filled]) == 0
    assert recorded() == {"basics/statistics": "done"}
    assert "projects/recommender" in read(PROGRESS).orphans
