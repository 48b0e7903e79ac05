"""The documents are true: commands, tables, links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from roadpress import cli
from roadpress.core import format as keys
from roadpress.core.errors import ExitCode
from roadpress.exporters.registry import BUILT_IN


def documents(root: Path) -> list[Path]:
    found = [*root.glob("*.md"), *(root / "docs").glob("*.md")]
    assert len(found) > 4
    return found


def test_every_command_is_in_the_readme_and_every_one_there_exists(root: Path) -> None:
    table = (root / "README.md").read_text("utf-8").split("<!-- commands")[1].split("\n## ")[0]
    named = {
        word for line in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for word in re.findall(r"`([a-z]+)", line)
    }
    assert named == set(cli.COMMANDS) | set(BUILT_IN)


def test_commands_that_documents_show_exist(root: Path) -> None:
    shown = {
        (path.name, name)
        for path in documents(root)
        for name in re.findall(r"^(?:\$ )?roadpress ([a-z]+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert len(shown) > 5
    unknown = [(path, name) for path, name in shown if name not in {*cli.COMMANDS, *BUILT_IN, "titles"}]
    assert not unknown


def test_links_and_pictures_lead_somewhere(root: Path) -> None:
    missing = [
        f"{path.name}: {target}"
        for path in documents(root)
        for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]
    assert not missing


@pytest.mark.parametrize("table", [keys.ROADMAP, keys.SECTION, keys.ITEM])
def test_every_key_is_in_the_format_s_document(root: Path, table: keys.Keys) -> None:
    text = (root / "docs" / "format.md").read_text("utf-8")
    for key in table:
        assert re.search(rf"^\|.*`{key}`.*\|", text, re.MULTILINE), key


def test_exit_codes_are_those_of_the_program(root: Path) -> None:
    table = (root / "README.md").read_text("utf-8").split("## Exit codes")[1].split("\n## ")[0]
    assert [int(code) for code in re.findall(r"^\| (\d)", table, re.MULTILINE)] == [int(code) for code in ExitCode]


def test_every_dependency_has_its_reason(root: Path) -> None:
    project = (root / "pyproject.toml").read_text("utf-8").split("dependencies = [")[1].split("]")[0]
    names = re.findall(r'"([A-Za-z0-9.-]+)', project)
    assert len(names) > 8
    table = (root / "CONTRIBUTING.md").read_text("utf-8").split("## Dependencies")[1]
    assert not [name for name in names if not re.search(rf"^\|.*\b{re.escape(name)}\b.*\|", table, re.MULTILINE)]


def test_the_changelog_has_unreleased_on_top(root: Path) -> None:
    assert re.findall(r"^## (.+)$", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)[0] == "Unreleased"
