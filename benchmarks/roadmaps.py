"""Roadmaps of any size, the same for every program that is measured."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

SUBJECTS = (
    "overfitting",
    "gradient descent",
    "cross-validation",
    "feature engineering",
    "model serving",
    "drift",
    "metrics",
)


def yaml_text(items: int) -> str:
    """Return a roadmap file of so many items, ten a topic, ten topics a section."""
    return "\n".join(["roadpress: 1", "title: A large roadmap", "sections:", *_rows(items)]) + "\n"


def _rows(items: int) -> Iterator[str]:
    for index in range(items):
        if index % 100 == 0:
            yield f"  - title: Section {index // 100 + 1}"
            yield "    topics:"
        if index % 10 == 0:
            yield f"      - title: Topic {index // 10 + 1} of the course"
            yield "        hours: 4-8"
            yield "        items:"
        yield f"          - Item {index + 1}, {SUBJECTS[index % 7]} and {SUBJECTS[index // 7 % 7]} in practice"


def markdown_text(items: int) -> str:
    """Return the same roadmap as Markdown, for pandoc and markmap."""
    rows = ["# A large roadmap", ""]
    for line in _rows(items):
        text = line.strip().removeprefix("- ").removeprefix("title: ")
        level = len(line) - len(line.lstrip())
        if text in ("topics:", "items:") or text.startswith("hours:"):
            continue
        rows.append(f"\n## {text}\n" if level == 2 else f"\n### {text}\n" if level == 6 else f"- [ ] {text}")
    return "\n".join(rows) + "\n"


def write(folder: Path, items: int) -> Path:
    """Write the roadmap file into a folder and return its path."""
    path = folder / f"roadmap{items}.yaml"
    path.write_text(yaml_text(items), "utf-8")
    return path
