"""Imports run one way: from what is above to what is below, and never in a circle, imports for typing included."""

from __future__ import annotations

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

FOLDERS = ("core", "exporters", "importers", "cohort", "commands")


def imports_of(files: dict[str, str]) -> dict[str, set[str]]:
    """Return which modules each module imports relatively; `files` are modules by dotted name, packages as `a.__init__`."""
    names = {name.removesuffix(".__init__") for name in files}
    found: dict[str, set[str]] = {name: set() for name in names}
    for file, text in files.items():
        name = file.removesuffix(".__init__")
        package = name if file.endswith(".__init__") else name.rpartition(".")[0]
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom) and node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([node.module] if node.module else [])])
                for alias in node.names:
                    found[name] |= {one for one in (f"{base}.{alias.name}", base) if one in names} - {name}
    return found


def without_own_packages(edges: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return imports without those of `a.b` from `a`, where `a.b` also is imported: Python makes `a` first anyway."""
    return {
        name: {other for other in others if not any(more.startswith(f"{other}.") for more in others)}
        for name, others in edges.items()
    }


def test_no_module_imports_itself_through_others(root: Path) -> None:
    files = {
        ".".join(path.relative_to(root).with_suffix("").parts): path.read_text("utf-8")
        for folder in FOLDERS
        for path in (root / folder).rglob("*.py")
    }
    order = list(TopologicalSorter(without_own_packages(imports_of(files))).static_order())
    assert len(order) > 200


def test_a_circle_is_found() -> None:
    circle = {
        "p.__init__": "",
        "p.a": "from .b import x",
        "p.b": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from . import a",
    }
    with pytest.raises(CycleError):
        TopologicalSorter(without_own_packages(imports_of(circle))).prepare()


def test_what_outputs_share_knows_none_of_them(root: Path) -> None:
    """The PDF file format, set text and markup are below the outputs, and no output imports another."""
    shared, outputs = ("pdfwriter", "typeset", "html", "boards"), ("pdf", "mindmap", "checklist", "trello", "planka")
    for folder in (*shared, *outputs):
        others = [name for name in outputs if name != folder]
        for path in (root / "exporters" / folder).rglob("*.py"):
            wrong = re.search(rf"^\s*from \.+({'|'.join(others)})\b", path.read_text("utf-8"), re.MULTILINE)
            assert not wrong, f"{path.relative_to(root)}: {wrong and wrong[0]}"
