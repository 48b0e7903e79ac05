"""Importing again: what is new arrives, what the owner wrote stays to the byte, doubts are told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from drafts import roadmaps
from hypothesis import HealthCheck, given, settings

from roadpress import cli
from roadpress.core.model import Hours
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.importers.common.decoding import repair
from roadpress.importers.common.draft import DraftNode, DraftRoadmap
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.merging import Merged, first_base, merge
from roadpress.importers.registry import read

OWNED = """\
# my plan
roadpress: 1
title: My Go plan   # mine
pace: 4h/week
sections:
- title: Basics
  hours: 10            # a guess
  topics:
  - Tour            # done soon
  - title: Types
    done: 2027-01-02
    notes: |
      my own notes

      with a gap
    items: [ints, "strings: all"]
  # own ideas below
  - My own topic

- title: Web
  topics: []
"""


def merged(source: str, owned: str = OWNED) -> Merged:
    return merge(owned, "roadmap.yaml", read(source.encode(), "x.md").roadmap)


def test_nothing_new_changes_nothing() -> None:
    result = merged("# Go\n## Basics\n- Tour\n- Types\n  - ints\n  - strings: all\n## Web\n")
    assert result.text == OWNED
    assert not result.changes
    assert [doubt for doubt in result.notes if "My own topic" in doubt]


def test_what_is_new_arrives_in_its_place_and_the_rest_stays() -> None:
    result = merged(
        "# Go\n## Basics\n- Install\n- [Tour](https://go.dev/tour) (2h)\n- Generics\n- Types\n  - ints\n  - maps\n"
        "## Web\n- net/http\n  - Handlers\n- Routing\n## Tools\n- gofmt\n"
    )
    assert (
        result.text
        == """\
# my plan
roadpress: 1
title: My Go plan   # mine
pace: 4h/week
sections:
- title: Basics
  hours: 10            # a guess
  topics:
  - Install
  - title: Tour            # done soon
    hours: 2
    links: [https://go.dev/tour]
  - Generics
  - title: Types
    done: 2027-01-02
    notes: |
      my own notes

      with a gap
    items: [ints, "maps", "strings: all"]
  # own ideas below
  - My own topic

- title: Web
  topics:
    - title: net/http
      items:
        - Handlers
    - Routing
- title: Tools
  topics:
    - gofmt
"""
    )
    assert len(result.changes) == 7


def test_without_a_base_the_owner_s_title_stays_and_both_are_told() -> None:
    result = merged("# Go\n## The basics\n- Tour\n- Types\n- My own topic\n## Web\n")
    assert "- title: Basics\n" in result.text
    assert any("“Basics”" in note and "“The basics”" in note for note in result.notes)


def test_in_doubt_it_reports_and_adds() -> None:
    owned = (
        "roadpress: 1\ntitle: T\nsections:\n  - title: A\n    topics:\n      - Learn sorting algorithms\n      - x\n"
    )
    result = merged("# T\n## A\n- Something quite different\n- x\n", owned)
    assert "Something quite different" in result.text
    assert [note for note in result.notes if "may be what the source calls" in note]
    assert "Learn sorting algorithms" in result.text


def test_differences_are_told_and_the_owner_s_words_stay() -> None:
    owned = "roadpress: 1\ntitle: T\nsections:\n  - title: A\n    summary: my words\n    topics: [b]\n"
    result = merged("# T\n## A\n**Their words**\n- b\n", owned)
    assert result.text == owned
    assert result.notes == (
        "line 4: `summary` of “A” differs in the source: yours, “my words”, stays; the source has “Their words”",
    )


def test_moved_entries_stay_where_they_are() -> None:
    owned = "roadpress: 1\ntitle: T\nsections:\n  - title: A\n    topics: [x, y]\n  - title: B\n    topics: [z]\n"
    result = merged("# T\n## A\n- x\n## B\n- y\n- z\n", owned)
    assert result.text == owned
    assert result.notes == ("line 5: “y” stands elsewhere in the source; it stays here",)


def test_ticks_and_progress_of_the_source_are_taken_where_the_file_has_none() -> None:
    owned = "roadpress: 1\ntitle: T\nsections:\n  - title: A\n    topics:\n      - x\n      - {title: y}\n      - title: z\n        done: false\n"
    roadmap = load_bytes(merged("# T\n## A\n- [x] x\n- [x] y\n- [ ] z\n", owned).text.encode(), "x")
    assert [leaf.done for leaf in roadmap.leaves()] == [True, True, False]


def test_the_sample_with_its_own_source_changes_nothing(root) -> None:
    text = (root / "roadmap.yaml").read_text("utf-8")
    result = merge(text, "roadmap.yaml", read((root / "tests/data/brief.md").read_bytes(), "brief.md").roadmap)
    assert (result.text, result.changes, result.notes) == (text, (), ())


def test_a_regenerated_answer_after_the_owner_s_work(root) -> None:
    source = repair((root / "tests/data/brief.md").read_bytes()).text
    owned = (root / "roadmap.yaml").read_text("utf-8")
    owned = owned.replace(
        "      - title: Key Concepts\n",
        "      - title: Key Concepts\n        hours: 4-6   # mine\n        tags: [backend]\n",
    )
    owned = owned.replace(
        "          - XGBoost\n",
        "          - title: XGBoost\n            done: 2027-02-01\n            notes: Read the paper.\n",
        1,
    )
    changed = source.replace(
        "  - Gradient descent, cost functions  \n", "  - Gradient descent, cost functions\n  - Convexity\n"
    )
    changed = changed.replace("XGBoost, LightGBM, CatBoost", "XGBoost, LightGBM, CatBoost, TabNet").replace(
        "Spam detection app", "Spam detection service"
    )
    former = load_bytes((root / "roadmap.yaml").read_bytes(), "roadmap.yaml")
    drafts = read(source.encode(), "x.md").roadmap
    base = first_base(drafts, former, source="x.md")
    result = merge(owned, "roadmap.yaml", read(changed.encode(), "x.md").roadmap, base, source="x.md")
    lines = [line for line in result.text.split("\n") if line not in owned.split("\n")]
    assert lines == ["          - Convexity", "          - TabNet", "          - title: Spam detection service"]
    assert set(owned.split("\n")) - set(result.text.split("\n")) == {"          - title: Spam detection app"}
    assert "hours: 4-6   # mine" in result.text


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(roadmaps(), roadmaps())
def test_any_merge_loads_and_keeps_every_word_of_the_owner(ours: DraftRoadmap, theirs: DraftRoadmap) -> None:
    text = yaml_text(ours)
    theirs.sections += ours.sections[:1]  # so that something matches
    for draft in theirs.walk():
        draft.needs = []
    result = merge(text, "x", theirs)  # loads it, or raises
    reworded = {change for change in result.changes if " is now " in change}
    before, after = re.findall(r"\w+", text), re.findall(r"\w+", result.text)
    if not reworded:
        rest = iter(after)
        assert all(word in rest for word in before), "the owner's words stay, in their order"


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(roadmaps())
def test_merging_a_roadmap_into_itself_changes_nothing(draft: DraftRoadmap) -> None:
    text = yaml_text(draft)
    assert merge(text, "x", draft).text == text


def test_flow_style_and_missing_ends_are_edited_too() -> None:
    owned = 'roadpress: 1\ntitle: T\nsections: [{title: A, topics: [{title: b, links: ["https://a.b"]}, c]}]'
    new = DraftRoadmap(
        "T",
        sections=[
            DraftNode(
                "A",
                children=[
                    DraftNode("b", links=[("https://c.d", "", "")], hours="2"),
                    DraftNode("c"),
                    DraftNode("d, e"),
                ],
            )
        ],
    )
    roadmap = load_bytes(merge(owned, "x", new).text.encode(), "x")
    b, c, d = roadmap.sections[0].children
    assert ([link.url for link in b.links], b.hours, c.title, d.title) == (
        ["https://a.b", "https://c.d"],
        Hours(2, 2),
        "c",
        "d, e",
    )


def test_the_command_shows_a_diff_and_dry_run_writes_nothing(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    Path("roadmap.yaml").write_text(OWNED, "utf-8")
    Path("new.md").write_text("# Go\n## Basics\n- Tour\n- Modules\n", "utf-8")
    assert cli.main(["import", "new.md", "--into", "roadmap.yaml", "--dry-run"]) == 0
    assert Path("roadmap.yaml").read_text("utf-8") == OWNED
    assert "+  - Modules" in capsys.readouterr().out
    assert cli.main(["import", "new.md"]) == 5
    assert "--into" in capsys.readouterr().err
    assert cli.main(["import", "new.md", "--into", "roadmap.yaml"]) == 0
    assert "- Modules" in Path("roadmap.yaml").read_text("utf-8")


@pytest.mark.parametrize("bad", ["roadpress: 1\n", "title: x\n", "- a\n"])
def test_an_invalid_roadmap_is_left_alone(bad: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("roadmap.yaml").write_text(bad, "utf-8")
    Path("new.md").write_text("# Go\n- a\n", "utf-8")
    assert cli.main(["import", "new.md", "--into", "roadmap.yaml"]) == 2
    assert Path("roadmap.yaml").read_text("utf-8") == bad


def run(*words: str) -> int:
    return cli.main(["-q", *words])


def imported_and_edited() -> None:
    """Import a source, tick, retitle a section and a leaf, delete a section: as a learner would."""
    Path("a.md").write_text("# P\n## One\n- Learn joins well\n- b\n## Two\n- c\n- d\n## Three\n- e\n", "utf-8")
    assert run("import", "a.md", "-o", "r.yaml") == 0
    assert run("tick", "-f", "r.yaml", "2.1") == 0
    text = Path("r.yaml").read_text("utf-8")
    text = text[: text.index("\n  - title: Three")] + "\n"
    text = text.replace("Two", "Two, later").replace("joins well", "joins well, my way  # mine")
    Path("r.yaml").write_text(text, "utf-8")


def test_the_same_source_after_the_owner_s_edits_changes_nothing(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    imported_and_edited()
    before = Path("r.yaml").read_bytes()
    assert cli.main(["import", "a.md", "--into", "r.yaml"]) == 0
    told = capsys.readouterr()
    assert Path("r.yaml").read_bytes() == before
    assert "“" not in told.out + told.err
    assert cli.main(["json", "r.yaml", "-o", "-"]) == 0
    assert capsys.readouterr().out.count('"state": "done"') == 1


def test_a_level_put_between_takes_its_entries_in_with_their_ticks(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    imported_and_edited()
    source = "# P\n## One\n- Learn joins well\n- b\n## Two\n### Week 1\n- c\n- d\n- new\n## Three\n- e\n- f\n"
    Path("a.md").write_text(source, "utf-8")
    assert run("import", "a.md", "--into", "r.yaml") == 0
    roadmap = load_bytes(Path("r.yaml").read_bytes(), "r.yaml")
    titles = [(node.depth, node.title) for node in roadmap.walk()]
    assert titles == [
        *((1, "One"), (2, "Learn joins well, my way"), (2, "b")),
        *((1, "Two, later"), (2, "Week 1"), (3, "c"), (3, "d"), (3, "new")),
    ]
    assert "# mine" in Path("r.yaml").read_text("utf-8")
    assert "two-later/week-1/c: {done" in Path("r.progress.yaml").read_text("utf-8")


def test_upstream_may_be_a_roadmap(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    imported_and_edited()
    text = Path("r.yaml").read_text("utf-8").replace("      - b\n", "      - b\n      - from upstream\n")
    Path("theirs.yaml").write_text(text.replace("a.md", "x"), "utf-8")
    assert run("import", "theirs.yaml", "--into", "r.yaml") == 0
    assert "      - from upstream\n" in Path("r.yaml").read_text("utf-8")
    assert Path("r.yaml").read_text("utf-8").count("- b\n") == 1


def test_prune_takes_out_what_nobody_touched(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    imported_and_edited()
    Path("a.md").write_text("# P\n## One\n- Learn joins well\n## Two\n- x\n", "utf-8")
    assert run("import", "a.md", "--into", "r.yaml", "--dry-run", "--prune") == 0
    assert run("import", "a.md", "--into", "r.yaml", "--prune") == 0
    titles = [node.title for node in load_bytes(Path("r.yaml").read_bytes(), "r.yaml").walk()]
    assert titles == ["One", "Learn joins well, my way", "Two, later", "c", "x"]  # c is ticked


def test_both_changed_is_told_or_decided(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    imported_and_edited()
    Path("a.md").write_text("# P\n## One\n- Learn all joins well\n- b\n## Two\n- c\n- d\n## Three\n- e\n", "utf-8")
    assert cli.main(["import", "a.md", "--into", "r.yaml", "--dry-run"]) == 0
    told = " ".join(capsys.readouterr().err.split())
    assert "“Learn joins well, my way”, stays; the source has “Learn all joins well”" in told
    assert cli.main(["import", "a.md", "--into", "r.yaml", "--dry-run", "--mine"]) == 0
    assert "my way" not in capsys.readouterr().err
    assert run("import", "a.md", "--into", "r.yaml", "--theirs") == 0
    assert "- Learn all joins well  # mine\n" in Path("r.yaml").read_text("utf-8")


def test_a_source_that_unticks_takes_no_tick_away(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("# P\n## One\n- [x] a\n- [ ] b\n", "utf-8")
    assert run("import", "a.md", "-o", "r.yaml") == 0
    Path("a.md").write_text("# P\n## One\n- [ ] a\n- [x] b\n", "utf-8")
    assert run("import", "a.md", "--into", "r.yaml") == 0
    assert [leaf.done for leaf in load_bytes(Path("r.yaml").read_bytes(), "r.yaml").leaves()] == [True, True]


def test_an_entry_is_known_by_the_address_in_its_title(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("# P\n## One\n- Ann on [sorting](https://e.org/talk)\n- b\n", "utf-8")
    assert run("import", "a.md", "-o", "r.yaml") == 0
    assert run("tick", "-f", "r.yaml", "1.1") == 0
    new = "# P\n## One\n- new\n- b\n## Talks\n- How to put in order what is not, by Ann: [31 minutes](https://e.org/talk)\n"
    Path("a.md").write_text(new, "utf-8")
    assert run("import", "a.md", "--into", "r.yaml") == 0
    roadmap = load_bytes(Path("r.yaml").read_bytes(), "r.yaml")
    assert [node.title[:10] for node in roadmap.walk()] == ["One", "new", "b", "Talks", "How to put"]
    assert "talks/how-to-put" in Path("r.progress.yaml").read_text("utf-8")


def test_an_address_that_moved_out_of_the_title_comes_to_the_owner_s_links(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("# P\n## One\n- Read [the book](https://e.org/book) first\n- b\n", "utf-8")
    assert run("import", "a.md", "-o", "r.yaml") == 0
    text = Path("r.yaml").read_text("utf-8")
    title = next(line for line in text.split("\n") if "the book" in line)
    mine = f"{title.replace('- ', '- title: ')}\n        links: [https://e.org/mine]"
    Path("r.yaml").write_text(text.replace(title, mine), "utf-8")
    Path("a.md").write_text("# P\n## One\n- [Read the book first](https://e.org/book)\n- b\n", "utf-8")
    assert run("import", "a.md", "--into", "r.yaml") == 0
    node = next(load_bytes(Path("r.yaml").read_bytes(), "r.yaml").leaves())
    assert node.title == "Read the book first"
    assert {link.url for link in node.links} == {"https://e.org/mine", "https://e.org/book"}


def test_what_stands_once_less_is_not_called_gone(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("# P\n## One\n- Book\n- b\n## Two\n- Book\n- c\n", "utf-8")
    assert run("import", "a.md", "-o", "r.yaml") == 0
    Path("a.md").write_text("# P\n## One\n- Book\n- b\n## Two\n- d\n", "utf-8")
    assert cli.main(["import", "a.md", "--into", "r.yaml"]) == 0
    told = " ".join(capsys.readouterr().err.split())
    assert re.search("“Book” .line [0-9]+. is fewer times in the source than here; yours stay", told)
    assert re.search("note: “c” .line [0-9]+. is no longer in the source", told)


def test_a_group_that_the_source_renames_is_renamed_around_the_owner_s_own_entries(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("# P\n## One\n- a\n- b\n## Two\n- c\n- d\n", "utf-8")
    assert run("import", "a.md", "-o", "r.yaml") == 0
    text = Path("r.yaml").read_text("utf-8")
    Path("r.yaml").write_text(text.replace("      - b\n", "      - b\n      - my own\n"), "utf-8")
    Path("a.md").write_text("# P\n## Quite another\n- a\n- b\n## Two\n- c\n- d\n", "utf-8")
    assert run("import", "a.md", "--into", "r.yaml") == 0
    assert (
        Path("r.yaml")
        .read_text("utf-8")
        .endswith(
            "  - title: Quite another\n    topics:\n      - a\n      - b\n      - my own\n\n"
            "  - title: Two\n    topics:\n      - c\n      - d\n"
        )
    )


@pytest.mark.parametrize("flag", [None, "--mine", "--theirs"])
def test_a_group_that_the_owner_moved_entries_into_keeps_the_name_under_which_they_stand(
    flag: str | None, tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("# P\n## One\n- a\n- b\n## Two\n- c\n- d\n", "utf-8")
    assert run("import", "a.md", "-o", "r.yaml") == 0
    text = Path("r.yaml").read_text("utf-8").replace("      - c\n", "").replace("      - b\n", "      - b\n      - c\n")
    Path("r.yaml").write_text(text, "utf-8")
    Path("a.md").write_text("# P\n## Quite another\n- a\n- b\n## Two\n- c\n- d\n", "utf-8")
    capsys.readouterr()
    assert cli.main(["import", "a.md", "--into", "r.yaml", *filter(None, [flag])]) == 0
    after = text.replace("One", "Quite another") if flag == "--theirs" else text
    assert Path("r.yaml").read_text("utf-8") == after
    told = "“One”, into which you moved “c”, is “Quite another” in the source; yours stays"
    assert (told in " ".join(capsys.readouterr().err.split())) is (flag is None)


@pytest.mark.parametrize("links", [[], [("https://e.org/other", "", "")]])
def test_comments_inside_a_field_that_the_source_takes_away_or_changes_stay(links: list[tuple[str, str, str]]) -> None:
    former = [("https://e.org/1#top", "", ""), ("https://e.org/2", "y #no", "")]
    owned = "roadpress: 1\ntitle: P\nsections:\n- title: One\n  topics:\n  - title: a\n    links:\n    # of mine\n"
    owned += "    - https://e.org/1#top  # beside\n    - title: 'y #no'\n      url: https://e.org/2\n  - b\n"
    leaf = DraftNode("a", links=former)
    source = DraftRoadmap("P", sections=[DraftNode("One", children=[leaf, DraftNode("b")])])
    base = first_base(source, load_bytes(owned.encode(), "r.yaml"), source="a.md")
    leaf.links = links
    result = merge(owned, "r.yaml", source, base, source="a.md")
    assert [link.url for node in result.roadmap.walk() for link in node.links] == [url for url, _, _ in links]
    assert result.text.count("# of mine\n") == result.text.count("# beside\n") == 1
    assert "#no" not in result.text
    assert "#top" not in result.text


def test_needs_that_only_together_run_in_a_circle_are_told_and_change_nothing(capsys) -> None:
    """Mine and the source's are both sound; merged they are not."""
    tree = "roadpress: 1\ntitle: T\nsections:\n  - title: S\n    topics:\n"
    mine = tree + "      - {title: One, id: one%s}\n      - {title: Two, id: two%s}\n"
    Path("source.yaml").write_text(mine % ("", ""), encoding="utf-8")
    Path("mine.yaml").write_text(mine % ("", ""), encoding="utf-8")
    assert cli.main(["markdown", "source.yaml", "-o", "source.md"]) == 0
    assert cli.main(["import", "source.md", "--into", "mine.yaml"]) == 0
    edited = mine % (", needs: [two]", "")
    Path("mine.yaml").write_text(edited, encoding="utf-8")
    Path("source.yaml").write_text(mine % ("", ", needs: [one]"), encoding="utf-8")
    assert cli.main(["markdown", "source.yaml", "-o", "source.md"]) == 0
    capsys.readouterr()
    assert cli.main(["import", "source.md", "--into", "mine.yaml"]) == 2
    assert "`needs` runs in a circle: One → Two → One" in capsys.readouterr().err
    assert Path("mine.yaml").read_text(encoding="utf-8") == edited


def test_what_was_deleted_does_not_come_back_for_an_entry_that_the_source_moves_below_it(
    tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    source, owned = Path("a.md"), Path("r.yaml")
    source.write_text(
        "# P\n## One\n- Shell basics\n- Regular expressions\n- Pipes and filters\n- Editors\n## Two\n- c\n", "utf-8"
    )
    assert cli.main(["import", "a.md", "-o", "r.yaml"]) == 0
    owned.write_text(owned.read_text("utf-8").replace("      - Pipes and filters\n", ""), "utf-8")
    source.write_text(
        "# P\n## One\n- Shell basics\n- Pipes and filters, second edition\n  - Regular expressions\n- Editors\n## Two\n- c\n",
        "utf-8",
    )
    before = owned.read_text("utf-8")
    capsys.readouterr()
    assert cli.main(["import", "a.md", "--into", "r.yaml"]) == 0
    assert owned.read_text("utf-8") == before
    assert "“Pipes and filters” reworded, which you deleted; it stays out" in " ".join(capsys.readouterr().err.split())
