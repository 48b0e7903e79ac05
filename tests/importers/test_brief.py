"""The founding text, garbled as it was pasted, imports to exactly the sample that everything else is tested with."""

from __future__ import annotations

import re
from pathlib import Path

from roadpress import cli
from roadpress.importers.common.decoding import repair
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import read


def test_the_brief_imports_to_exactly_the_sample(root: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["import", str(root / "tests/data/brief.md"), "-o", "roadmap.yaml"]) == 0
    assert Path("roadmap.yaml").read_text("utf-8") == (root / "roadmap.yaml").read_text("utf-8")


def test_nothing_of_the_brief_is_invented(root: Path) -> None:
    data = (root / "tests/data/brief.md").read_bytes()
    written = yaml_text(read(data, "brief.md").roadmap, comments=False)
    values = re.sub(r"^\s*(?:- )?[a-z]+:(?=\s|$)|^#.*", "", written, flags=re.MULTILINE)
    source = set(re.findall(r"\w+", repair(data).text.casefold()))
    invented = set(re.findall(r"\w+", values.casefold())) - source
    assert invented == {"title", "question"}  # the keys of tags, and a kind that the words say otherwise


def test_the_greeting_and_the_offer_are_named(root: Path) -> None:
    imported = read((root / "tests/data/brief.md").read_bytes(), "brief.md")
    shown = [
        (left.why, left.text[:14]) for left in imported.account.left_out if left.why in ("greeting", "closing offer")
    ]
    assert sorted(shown) == [("closing offer", "Would you like"), ("greeting", "Absolutely! He")]
    assert "Mac Roman" in imported.account.notices[0]
