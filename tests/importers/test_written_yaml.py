"""What import writes loads with every YAML library to the same values."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafts import roadmaps
from edits import edited, sources
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from yaml_readers import read_by_all

from roadpress import cli
from roadpress.core.identity.base import ImportBase, SourceBase, render_base
from roadpress.core.progress.model import State, Tick
from roadpress.core.progress.store import ProgressFile, RecordedTick, render
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.core.roadmap_file.pinning import pin
from roadpress.core.yaml_text import flow, scalar
from roadpress.importers.common.draft import DraftNode, DraftRoadmap
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.merging import first_base, merge

SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

SIGNS = st.text(st.sampled_from("ab12 ?!:#-_.,'\"[]{}&*%@=<>|/~\\éא😀\u00a0\u2028\t"), min_size=1, max_size=12)
TEXTS = st.one_of(
    SIGNS,
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\n"), min_size=1, max_size=20),
    st.from_regex(
        r"(?:https://a\.org/[a-z?=&#,()]{0,10}|[+-]?[0-9][0-9_.:exob-]{0,8}|[yYnN]|[oO][nNfF]f?|[tT]rue|[Yy]es)",
        fullmatch=True,
    ),
)


@given(text=TEXTS)
def test_a_text_is_that_text_wherever_it_stands(text: str) -> None:
    lines = [
        f"key: {scalar(text)}",
        f"items:\n- {scalar(text)}",
        f"flow: [{flow(text)}]",
        f"pairs: {{a: {flow(text)}, b: 1}}",
    ]
    assert read_by_all("\n".join(lines)) == {"key": text, "items": [text], "flow": [text], "pairs": {"a": text, "b": 1}}


@SLOW
@given(roadmaps())
def test_a_roadmap_says_the_same_to_all(draft: DraftRoadmap) -> None:
    said = read_by_all(yaml_text(draft))
    assert said["title"] == draft.title
    assert [one["title"] if isinstance(one, dict) else one for one in said["sections"]] == [
        s.title for s in draft.sections
    ]


@SLOW
@given(st.data())
def test_what_is_merged_and_remembered_says_the_same_to_all(data: st.DataObject) -> None:
    source = data.draw(sources())
    base = first_base(source, load_bytes(yaml_text(source).encode(), "r.yaml"), source="notes.md")
    text = yaml_text(data.draw(edited(source, "owner")).roadmap)
    result = merge(text, "r.yaml", data.draw(edited(source, "source")).roadmap, base, source="notes.md")
    assert read_by_all(result.text)["roadpress"] == 1
    assert read_by_all(render_base(result.base, name="r.yaml").decode())["sources"].keys() == {"notes.md"}


@SLOW
@given(roadmaps())
def test_pinned_ids_say_the_same_to_all(draft: DraftRoadmap) -> None:
    text = yaml_text(draft)
    roadmap = load_bytes(text.encode(), "r.yaml")
    read_by_all(pin(text, roadmap, {node.id for node in roadmap.walk()}).text)


@given(
    titles=st.lists(TEXTS, min_size=1, max_size=3),
    address=st.from_regex(r"https://a\.org/[a-z?=&#,();!*~%-]{0,12}", fullmatch=True),
)
def test_a_whole_file_loads_to_the_same_values(titles: list[str], address: str) -> None:
    sections = [DraftNode(title, links=[(address, "", "")], notes=f"{title}\n\n  more\n") for title in titles]
    text = yaml_text(DraftRoadmap("T", sections=sections))
    pure = read_by_all(text)
    assert [section["title"] for section in pure["sections"]] == titles
    assert {section["links"][0] for section in pure["sections"]} == {address}


def test_it_stays_readable() -> None:
    assert [scalar(text) for text in ("What is ML?", "2 eggs", "No more", "C++")] == [
        "What is ML?",
        "2 eggs",
        "No more",
        "C++",
    ]


def test_the_first_line_names_a_schema_only_when_there_is_one(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("# T\n\n## A\n\n- x (3h)\n- y (4-8h)\n")
    assert cli.main(["import", "a.md"]) == 0
    written = Path("roadmap.yaml").read_text()
    assert "$schema" not in written
    assert "hours: 3\n" in written
    assert "hours: 4-8  # of work, at least and at most\n" in written
    assert cli.main(["import", "a.md", "--schema", "s.json", "-o", "sub/r.yaml"]) == 1
    assert "roadpress schema > s.json" in capsys.readouterr().err
    assert cli.main(["schema"]) == 0
    Path("s.json").write_text(capsys.readouterr().out)
    assert cli.main(["import", "a.md", "--schema", "s.json", "-o", "sub/r.yaml"]) == 0
    assert Path("sub/r.yaml").read_text().startswith("# yaml-language-server: $schema=../s.json\n")
    assert cli.main(["import", "a.md", "--schema", "s.json", "--into", "sub/r.yaml"]) == 2


@pytest.mark.parametrize("digest", ["1234567890", "12e4567890", "0123456701", "90c1f3a2b4"])
def test_digests_that_look_like_numbers_are_texts(digest: str) -> None:
    base = ImportBase({"x.md": SourceBase(head={"title": digest})})
    assert read_by_all(render_base(base, name="r").decode())["sources"]["x.md"]["head"] == {"title": digest}


@pytest.mark.parametrize("name", ["yes", "no", "12", "1e5", "null"])
def test_ids_that_look_like_something_else_are_texts(name: str) -> None:
    text = f'roadpress: 1\ntitle: T\nsections:\n- title: A\n  id: "{name}"\n  topics:\n  - B\n'
    pinned = pin(text, load_bytes(text.encode(), "r"), {f"{name}/b"}).text
    assert read_by_all(pinned)["sections"][0]["topics"][0]["title"] == "B"
    ticks = ProgressFile({name: RecordedTick(Tick(State.DONE, source=name))})
    assert read_by_all(render(ticks).decode())["ticks"] == {name: {"done": True, "from": name}}
