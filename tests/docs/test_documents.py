"""The documents are true: commands, tables, links."""

from __future__ import annotations

import re
import shlex
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import click
import pytest

from roadpress import cli
from roadpress.core.errors import ExitCode
from roadpress.core.identity.matching import Rule
from roadpress.core.roadmap_file import format as keys
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.options import from_keywords
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


def shown_commands(root: Path) -> list[tuple[str, list[str]]]:
    """Return the words of each `roadpress …` line of the documents' shell blocks, with the document's name."""
    found = []
    for path in documents(root):
        for block in re.findall(
            r"^```(?:sh|console|bash|text)?\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL
        ):
            for line in re.findall(r"^(?:\$ )?roadpress (.+)$", block, re.MULTILINE):
                words = re.split(r"\s+(?:#|\||>|&&|<)|\s{3,}", line)[0]
                found.append((path.name, shlex.split(words.replace("’", ""), posix=True)))
    return found


def test_flags_that_documents_show_exist(root: Path) -> None:
    shown = shown_commands(root)
    assert len(shown) > 20
    for name, words in shown:
        context = click.Context(cli.cli)
        command: click.Command | None = cli.cli
        for word in words:
            if isinstance(command, click.Group) and not word.startswith("-"):
                command = command.get_command(context, word)
                assert command or word == "titles", f"{name}: there is no command {word}"
            elif word.startswith("--") and command:
                flags = {flag for param in command.params for flag in (*param.opts, *param.secondary_opts)}
                assert word.partition("=")[0] in {*flags, "--help"}, f"{name}: roadpress {' '.join(words)}"


def test_the_make_commands_of_the_documents_exist(root: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        (path.name, name)
        for path in documents(root)
        for name in re.findall(r"(?:`|^)make ([a-z]+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {"demo", "test"} <= {name for _, name in named}
    assert not [(path, name) for path, name in named if name not in targets]


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_the_readme_s_roadmap_is_one(root: Path) -> None:
    (text,) = blocks(root / "README.md", "yaml")
    roadmap = load_bytes(text.encode(), "roadmap.yaml")
    assert len(list(roadmap.walk())) > 3


def test_the_readme_s_python_runs(root: Path) -> None:
    Path("roadmap.yaml").write_bytes((root / "roadmap.yaml").read_bytes())
    (text,) = blocks(root / "README.md", "python")
    exec(compile(text, "README.md", "exec"), {})
    assert Path("roadmap.pdf").read_bytes().startswith(b"%PDF")


def test_the_exporter_of_contributing_works(root: Path) -> None:
    text, _ = blocks(root / "CONTRIBUTING.md", "python")  # the other one is a board service's
    module = ModuleType("my_package.titles")
    sys.modules[module.__name__] = module  # where dataclasses look annotations up
    try:
        exec(compile(text, "CONTRIBUTING.md", "exec"), module.__dict__)
        roadmap = load_bytes(b"roadpress: 1\ntitle: T\nsections: [A, B]\n", "roadmap.yaml")
        options = from_keywords(module, "titles", roadmap, {"numbers": False}).options
        result = module.export(Snapshot.of(roadmap, today=date(2026, 11, 23)), options)
    finally:
        del sys.modules[module.__name__]
    assert [(file.suffix, file.data) for file in result.files] == [(".titles.txt", b"A\nB")]


def test_every_page_is_reached_from_the_readme(root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    assert not [path.name for path in (root / "docs").glob("*.md") if f"(docs/{path.name})" not in readme]


def test_every_picture_is_shown(root: Path) -> None:
    texts = "".join(path.read_text("utf-8") for path in documents(root))
    assert not [path.name for path in (root / "docs" / "pictures").iterdir() if path.name not in texts]


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


def test_the_rules_of_matching_are_those_of_the_program(root: Path) -> None:
    table = (root / "docs" / "progress.md").read_text("utf-8").split("<!-- rules")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([a-z]+) \|.*\| (told|) *\|$", table, re.MULTILINE)
    assert rows == [(rule.name.lower(), "told" if rule >= Rule.ALIKE else "") for rule in Rule]
