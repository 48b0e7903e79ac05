"""Outputs that were made before the roadmap was retitled, moved and re-nested: their ticks arrive all the same."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timezone
from pathlib import Path

import pytest
from editing import Owner
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from roadmaps import roadmap, source

from roadpress.cli import main
from roadpress.core.errors import RoadpressError
from roadpress.core.identity.outline import outline_of
from roadpress.core.progress.collecting import collect
from roadpress.core.progress.model import State
from roadpress.core.progress.recording import brought_up
from roadpress.core.progress.store import ProgressFile, parse, read, render
from roadpress.core.progress.three_way import ReportedTick, ReturnedOutput
from roadpress.importers.collect.checklist import check_sum

ROADMAP, PROGRESS, PDF, MARKDOWN = map(
    Path, ("roadmap.yaml", "roadmap.progress.yaml", "output/roadmap.pdf", "output/roadmap.md")
)
BEFORE = """
- title: Section
  topics:
    - title: Marked
      items: ["**Bold** entry", "`code` inside", "A [link](https://example.org/x) there", Plain]
    - Left alone
- title: Second
  topics: [Exercise, Between, Exercise, Last]
"""
AFTER = """
- title: Another word
  topics:
    - Left alone
    - title: Signs
      items: ["**Bold** entry", "`code` inside", "A [link](https://example.org/x) there", Plain]
- title: Number two
  topics: [Between, Exercise, Last, Added]
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1799236800")  # 2027-01-06
    ROADMAP.write_text(source(BEFORE))


def fill(target, *names):
    assert set(names) <= set(PdfReader(PDF).get_fields())
    writer = PdfWriter(clone_from=PDF)
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, dict.fromkeys(names, "/Yes"))
    writer.write(target)


def recorded():
    return set(read(PROGRESS).ticks)


IDS = ["section/marked/bold-entry", "section/marked/code-inside", "section/marked/a-link-there", "second/exercise-2"]
NOW = {f"another-word/signs/{name}" for name in ("bold-entry", "code-inside", "a-link-there")} | {"number-two/exercise"}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("remembered", [True, False], ids=["before the progress file was begun", "after"])
def test_a_filled_pdf_of_before(remembered, capsys):
    assert main(["-q", "pdf"]) == 0
    if remembered:
        main(["-q", "tick", "Plain"])
    fill("filled.pdf", *IDS)
    ROADMAP.write_text(source(AFTER))
    if not remembered:
        main(["-q", "tick", "Plain"])
    assert main(["collect", "filled.pdf"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert [line.split("  ")[1] for line in captured.out.splitlines()[1:]] == [
        "✓ 1.2.1 Bold entry",
        "✓ 1.2.2 code inside",
        "✓ 1.2.3 A link there",
        "✓ 2.2 Exercise",
    ]
    assert recorded() == NOW | {"another-word/signs/plain"}
    before = PROGRESS.read_bytes()
    assert main(["-q", "collect", "filled.pdf"]) == 0
    assert PROGRESS.read_bytes() == before


@pytest.mark.usefixtures("folder")
def test_a_filled_pdf_whose_entries_were_retitled_in_their_places(capsys):
    assert main(["-q", "pdf"]) == 0
    fill("filled.pdf", "section/marked/plain", "section/left-alone")
    ROADMAP.write_text(source(BEFORE.replace("Plain", "Quite *other*").replace("Left alone", "Left all alone")))
    assert main(["collect", "filled.pdf"]) == 0
    captured = capsys.readouterr()
    err = " ".join(captured.err.split())
    assert "In filled.pdf done 'Plain' was taken for 1.1.4 'Quite other', which stands in its place." in err
    assert err.count("was taken for") == 1  # the other is alike
    assert recorded() == {"section/marked/quite-other", "section/left-all-alone"}


@pytest.mark.usefixtures("folder")
def test_an_edited_markdown_export_of_before(capsys):
    assert main(["-q", "markdown"]) == 0
    text = MARKDOWN.read_text()
    for title in ("**Bold** entry", "`code` inside", "A [link](https://example.org/x) there"):
        assert f"[ ] {title}" in text
        text = text.replace(f"[ ] {title}", f"[x] {title}")
    MARKDOWN.write_text(text.replace("[ ] Plain", "[x] Plain, as I call it"))
    ROADMAP.write_text(source(AFTER))
    assert main(["collect", str(MARKDOWN)]) == 0
    assert capsys.readouterr().err == ""
    assert recorded() == {
        f"another-word/signs/{name}" for name in ("bold-entry", "code-inside", "a-link-there", "plain")
    }


@pytest.mark.usefixtures("folder")
def test_a_markdown_title_that_was_reworded_in_the_file_alone(capsys):
    assert main(["-q", "markdown"]) == 0
    MARKDOWN.write_text(MARKDOWN.read_text().replace("[ ] Plain", "[x] Something of mine"))
    ROADMAP.write_text(source(BEFORE.replace("Left alone", "Gone")))
    assert main(["collect", str(MARKDOWN)]) == 0
    assert capsys.readouterr().err == ""
    assert recorded() == {"section/marked/plain"}


def link(ids, *ticked):
    bits = "".join("1" if key in ticked else "0" for key in ids).ljust(-(-len(ids) // 8) * 8, "0")
    data = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))
    short = [base64.urlsafe_b64encode(one).rstrip(b"=").decode() for one in (check_sum(ids), data)]
    return f"https://example.org/page.html#t1.tf1tc0.{'.'.join(short)}"


@pytest.mark.usefixtures("folder")
def test_a_link_of_the_edition_that_the_progress_file_remembers(capsys):
    ids = [leaf.id for leaf in roadmap(BEFORE).leaves()]
    main(["-q", "tick", "Plain"])
    ROADMAP.write_text(source(AFTER))
    assert main(["collect", link(ids, *IDS)]) == 0
    assert capsys.readouterr().err == ""
    assert recorded() == NOW | {"another-word/signs/plain"}
    ROADMAP.write_text(source(AFTER.replace("Added", "Added later")))
    assert main(["collect", link(ids, "second/last")]) == 1  # two editions ago
    assert "belong to another edition of the roadmap" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_a_copy_of_the_progress_file_of_before(capsys):
    main(["-q", "tick", "Bold", "code", "A link", "2.3", "--on", "2027-01-02"])
    PROGRESS.rename("laptop.progress.yaml")
    ROADMAP.write_text(source(AFTER))
    main(["-q", "tick", "Added"])
    assert main(["collect", "laptop.progress.yaml"]) == 0
    assert capsys.readouterr().err == ""
    assert recorded() == NOW | {"number-two/added"}


@pytest.mark.usefixtures("folder")
def test_a_saved_file_without_titles_goes_by_the_words_of_its_ids(capsys):
    items = {key: {"state": "done"} for key in [*IDS[:3], "second/last", "second/exercise-3"]}
    Path("saved.json").write_text(json.dumps({"roadpress": "checklist", "format": 1, "items": items, "given": {}}))
    ROADMAP.write_text(source(AFTER))
    assert main(["collect", "saved.json"]) == 0
    assert recorded() == {*(NOW - {"number-two/exercise"}), "number-two/last"}
    assert "'second/exercise-3' in saved.json is not in the roadmap" in " ".join(capsys.readouterr().err.split())


@pytest.mark.usefixtures("folder")
def test_an_output_of_before_whose_entry_is_gone_is_kept_with_its_place(capsys):
    main(["-q", "tick", "code"])
    PROGRESS.rename("laptop.progress.yaml")
    ROADMAP.write_text(source(AFTER.replace('"`code` inside", ', "")))
    assert main(["collect", "laptop.progress.yaml"]) == 0
    assert "'code inside' in laptop.progress.yaml is not in the roadmap" in " ".join(capsys.readouterr().err.split())
    ((key, entry),) = read(PROGRESS).orphans.items()
    assert (entry.title, entry.where) == ("code inside", "Section › Marked")
    assert main(["-q", "tick", "Plain", "--adopt", key]) == 0
    assert recorded() == {"another-word/signs/plain"}


def test_an_id_that_is_anothers_now_is_not_taken_for_it():
    """`a/exercise` was the first of two; the second one has its id now."""
    before = roadmap("- {title: A, topics: [Exercise, Between, Exercise, Last]}")
    after = roadmap("- {title: A, topics: [Between, Exercise, Last]}")
    leaves = [ReportedTick(leaf.id, State.OPEN, State.OPEN, title=leaf.title) for leaf in before.leaves()]
    leaves[0] = leaves[0]._replace(now=State.DONE)
    collected = collect(ProgressFile(), after, [("x", ReturnedOutput("pdf", tuple(leaves)))], now=NOW_)
    assert not collected.record.ticks
    assert [entry.title for entry in collected.record.orphans.values()] == ["Exercise"]


NOW_ = datetime(2027, 1, 6, tzinfo=timezone.utc)


@given(st.randoms(use_true_random=False), st.integers(0, 6), st.integers(0, 3), st.booleans(), st.booleans())
def test_ticks_of_an_older_edition_arrive_where_their_titles_are(chance, edits, later, with_outline, remembered):
    owner = Owner(chance)
    before = owner.roadmap()
    record = brought_up(ProgressFile(), before, {}) if remembered else ProgressFile()
    titles = {leaf.title for leaf in before.leaves() if chance.random() < 0.5}
    leaves = tuple(
        ReportedTick(leaf.id, State.DONE if leaf.title in titles else State.OPEN, State.OPEN, title=leaf.title)
        for leaf in before.leaves()
    )
    for _ in range(edits):
        owner.edit()
    after = owner.roadmap()
    present = {leaf.id: leaf.title for leaf in after.leaves()}
    if not {leaf.title for leaf in before.leaves()} & set(present.values()):
        return  # nothing says that it is this roadmap
    output = ReturnedOutput("pdf", leaves, outline=outline_of(before) if with_outline else ())
    collected = collect(record, after, [("x.pdf", output)], now=NOW_)
    arrived = {present[key] for key in collected.record.ticks}
    assert arrived >= titles & set(present.values())
    assert len(collected.record.ticks) + len(collected.record.orphans) == len(titles)
    again = collect(collected.record, after, [("x.pdf", output)], now=NOW_)
    assert again.record == collected.record
    for _ in range(later):
        owner.edit()
    then = owner.roadmap()
    if {leaf.title for leaf in before.leaves()}.isdisjoint(leaf.title for leaf in then.leaves()):
        return
    again = collect(collected.record, then, [("x.pdf", output)], now=NOW_, from_anyone=True)
    assert len(again.record.ticks) + len(again.record.orphans) == len(titles)


def test_another_roadmap_of_the_same_shape_is_refused_and_one_title_in_common_brings_one_tick():
    mine = roadmap("- {title: Cooking, topics: [Soup, Bread, Sauces, Summary]}")
    theirs = roadmap("- {title: Music, topics: [Notes, Chords, Rhythm, Outlook]}")
    for outline in ((), outline_of(theirs)):
        leaves = tuple(ReportedTick(leaf.id, State.DONE, State.OPEN, title=leaf.title) for leaf in theirs.leaves())
        with pytest.raises(RoadpressError, match="x is of another roadmap: none of its 4 entries is in this one"):
            collect(ProgressFile(), mine, [("x", ReturnedOutput("pdf", leaves, outline=outline))], now=NOW_)
    leaves = (*leaves[:3], ReportedTick("music/summary", State.DONE, State.OPEN, title="Summary"))
    collected = collect(ProgressFile(), mine, [("x", ReturnedOutput("pdf", leaves))], now=NOW_)
    assert set(collected.record.ticks) == {"cooking/summary"}


LINKED = """
- title: Section
  topics:
    - {title: Old words, links: [https://example.org/x]}
    - Plain
    - Other
"""
RELINKED = """
- title: Section
  topics: [Plain, Other]
- title: Elsewhere
  topics:
    - Fresh
    - {title: Quite different, links: [https://example.org/x]}
"""


@pytest.mark.parametrize("last", ["nothing", "retitled again", "deleted"])
def test_what_only_the_remembered_edition_could_place_is_found_again_when_it_is_collected_again(last):
    """The box is known by its link alone, which no PDF has; after collecting, the file remembers another edition."""
    before, after = roadmap(LINKED), roadmap(RELINKED)
    leaves = [ReportedTick(leaf.id, State.OPEN, State.OPEN, title=leaf.title) for leaf in before.leaves()]
    filled = ReturnedOutput("pdf", (leaves[0]._replace(now=State.DONE), *leaves[1:]))
    once = collect(brought_up(ProgressFile(), before, {}), after, [("x.pdf", filled)], now=NOW_).record
    assert set(once.ticks) == {"elsewhere/quite-different"}
    assert parse(render(once), "p.yaml") == once
    assert collect(once, after, [("x.pdf", filled)], now=NOW_).record == once
    retitled, gone = "- Different, quite", "- Fresh, too"
    linked = "- {title: Quite different, links: [https://example.org/x]}"
    edited = RELINKED.replace(linked, {"nothing": linked, "retitled again": retitled, "deleted": gone}[last])
    then = roadmap(edited)
    again = collect(once, then, [("x.pdf", filled)], now=NOW_).record
    assert len(again.ticks) + len(again.orphans) == 1
    assert collect(again, then, [("x.pdf", filled)], now=NOW_).record == again


@pytest.mark.usefixtures("folder")
def test_a_tick_that_was_placed_by_hand_is_found_again_when_its_output_is_collected_again(capsys):
    assert main(["-q", "pdf"]) == 0
    fill("filled.pdf", "section/marked/code-inside")
    ROADMAP.write_text(source(AFTER.replace('"`code` inside", ', "")))
    assert main(["-q", "collect", "filled.pdf"]) == 0
    assert main(["-q", "tick", "Added", "--adopt", "code inside"]) == 0
    before = PROGRESS.read_bytes()
    capsys.readouterr()
    assert main(["collect", "filled.pdf"]) == 0
    assert capsys.readouterr().err == ""
    assert PROGRESS.read_bytes() == before
    ROADMAP.write_text(source(AFTER.replace('"`code` inside", ', "").replace("Added", "Added and retitled")))
    assert main(["-q", "tick", "Plain"]) == 0
    assert main(["-q", "collect", "filled.pdf"]) == 0
    assert recorded() == {"number-two/added-and-retitled", "another-word/signs/plain"}
    assert not read(PROGRESS).orphans


@pytest.mark.usefixtures("folder")
def test_what_was_thrown_away_stays_so_when_its_output_is_collected_again(capsys):
    assert main(["-q", "pdf"]) == 0
    fill("filled.pdf", "section/marked/code-inside")
    with_it = ROADMAP.read_text()
    ROADMAP.write_text(source(AFTER.replace('"`code` inside", ', "")))
    assert main(["-q", "collect", "filled.pdf"]) == 0
    assert main(["-q", "orphans", "--forget", "code inside"]) == 0
    before = PROGRESS.read_bytes()
    capsys.readouterr()
    assert main(["collect", "filled.pdf"]) == 0
    assert PROGRESS.read_bytes() == before
    assert main(["orphans"]) == 0
    assert "Every tick fits an entry." in capsys.readouterr().out
    ROADMAP.write_text(with_it)
    assert main(["status"]) == 0
    assert "0 of" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_a_tick_whose_entry_an_import_reworded_is_found_again_when_its_output_is_collected_again(capsys):
    Path("notes.md").write_text("# P\n## One\n- [Alpha](https://example.org/a)\n- Beta\n")
    assert main(["-q", "import", "notes.md", "-o", "roadmap.yaml", "--force"]) == 0
    assert main(["-q", "pdf"]) == 0
    fill("filled.pdf", "one/alpha")
    assert main(["-q", "collect", "filled.pdf"]) == 0
    Path("notes.md").write_text(
        "# P\n## Elsewhere\n- Gamma\n- [Quite another](https://example.org/a)\n\n## One\n- Beta\n"
    )
    assert main(["-q", "import", "notes.md", "--into", "roadmap.yaml"]) == 0
    assert recorded() == {"elsewhere/quite-another"}
    before = PROGRESS.read_bytes()
    capsys.readouterr()
    assert main(["collect", "filled.pdf"]) == 0
    assert capsys.readouterr().err == ""
    assert PROGRESS.read_bytes() == before
