"""`import --explain`: what became of each line, in the order of the source, and nothing written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from roadpress.cli import main

TEXT = """# Bread

Sure! Here is a plan for bread:

## Dough (2h)
- [x] flour
  a pinch
- [Salt](https://a.org)

## Contributing
- open an issue

Happy baking!
"""


def rows(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str = TEXT) -> list[tuple[int, str, str]]:
    source = tmp_path / "bread.md"
    source.write_text(text, encoding="utf-8")
    assert main(["import", str(source), "--explain"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["bread.md"]
    found = [re.fullmatch(r" *(\d+)  (.{28,}?)  (.*)", row) for row in capsys.readouterr().out.splitlines()]
    assert all(found)
    return [(int(match[1]), match[2].strip(), match[3].strip()) for match in found if match]


def test_each_piece_has_its_line_and_what_it_became(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(tmp_path, capsys)
    assert (1, "title", "Bread") in told
    assert (5, "heading → section", "Dough   [hours: 2]") in told
    assert (6, "task → topic", "flour a pinch   [done: true]") in told
    assert (8, "item → topic", "Salt   [links: 1]") in told
    assert (10, "left out: section about the document", "Contributing") in told
    assert [line for line, _, _ in told] == sorted(line for line, _, _ in told)


def test_every_word_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = " ".join(text for _, _, text in rows(tmp_path, capsys))
    assert all(word in told for word in re.findall(r"[A-Za-z]{4,}", TEXT.replace("https", "")))


def test_a_long_line_is_cut_and_lines_of_one_piece_are_joined(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = rows(tmp_path, capsys, f"# T\n\n## A\n- {'long ' * 60}\n\n## Team\n- a\n- b\n")
    assert all(len(text) <= 110 for _, _, text in told)
    assert any("- a ⏎ - b" in text for _, _, text in told)
