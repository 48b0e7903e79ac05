"""What import writes loads with every YAML library to the same values."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from roadpress import cli
from roadpress.importers.common.draft import DraftNode, DraftRoadmap
from roadpress.importers.common.yaml_writer import flow, scalar, yaml_text

LOADERS = [yaml.SafeLoader, yaml.CSafeLoader]
SIGNS = st.text(st.sampled_from("ab12 ?!:#-_.,'\"[]{}&*%@=<>|/~\\éא😀\u00a0\u2028\t"), min_size=1, max_size=12)
TEXTS = st.one_of(
    SIGNS,
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\n"), min_size=1, max_size=20),
    st.from_regex(
        r"(?:https://a\.org/[a-z?=&#,()]{0,10}|[+-]?[0-9][0-9_.:exob-]{0,8}|[yYnN]|[oO][nNfF]f?|[tT]rue|[Yy]es)",
        fullmatch=True,
    ),
)


@pytest.mark.parametrize("loader", LOADERS, ids=["pure", "libyaml"])
@given(text=TEXTS)
def test_a_text_is_that_text_wherever_it_stands(loader: type, text: str) -> None:
    for source, value in (
        (f"k: {scalar(text)}", lambda data: data["k"]),
        (f"- {scalar(text)}", lambda data: data[0]),
        (f"k: [{flow(text)}]", lambda data: data["k"][0]),
        (f"k: {{a: {flow(text)}, b: 1}}", lambda data: data["k"]["a"]),
    ):
        assert value(yaml.load(source, loader)) == text, source


@given(
    titles=st.lists(TEXTS, min_size=1, max_size=3),
    address=st.from_regex(r"https://a\.org/[a-z?=&#,();!*~%-]{0,12}", fullmatch=True),
)
def test_a_whole_file_loads_to_the_same_values(titles: list[str], address: str) -> None:
    sections = [DraftNode(title, links=[(address, "", "")], notes=f"{title}\n\n  more\n") for title in titles]
    text = yaml_text(DraftRoadmap("T", sections=sections))
    pure, quick = (yaml.load(text, loader) for loader in LOADERS)
    assert pure == quick
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
