"""A derived id that `needs` names goes with its title: the error says which entry it was, and where that is now."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadpress import cli

PLAN = """roadpress: 1
title: Plan
sections:
  - title: Groundwork
    topics:
      - Sets and maps
      - Graphs
  - title: Proofs
    topics:
      - title: Induction
        needs: [groundwork/graphs]
      - title: Trees
        needs: [groundwork]
"""


def told(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert cli.main(["check"]) == 2
    printed = capsys.readouterr()
    return " ".join((printed.out + printed.err).split())


@pytest.mark.parametrize("remembers", ["progress", "import"])
def test_the_present_id_is_named_with_its_line(remembers: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = Path("roadmap.yaml")
    if remembers == "progress":
        file.write_text(PLAN)
        assert cli.main(["tick", "1.1"]) == 0
    else:
        Path("plan.yaml").write_text(PLAN)
        file.write_text("roadpress: 1\ntitle: Plan\nsections: []\n")
        assert cli.main(["import", "plan.yaml", "--into", "roadmap.yaml"]) == 0
    text = file.read_text()
    file.write_text(
        text.replace("Graphs", "What is drawn as dots and lines").replace("title: Groundwork", "title: One")
    )
    found = told(capsys)
    lines = file.read_text().split("\n")
    group, leaf = (next(at for at, line in enumerate(lines, 1) if word in line) for word in ("One", "dots"))
    assert f"did you mean `one/what-is-drawn-as-dots-and-lines` (line {leaf})?" in found
    assert f"did you mean `one` (line {group})?" in found


def test_a_damaged_record_is_not_asked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("roadmap.yaml").write_text(PLAN.replace("Graphs", "Graphs, my way"))
    Path("roadmap.progress.yaml").write_text("[")
    Path("roadmap.import.yaml").write_text("[")
    assert "did you mean `groundwork/graphs-my-way` (line 7)?" in told(capsys)
