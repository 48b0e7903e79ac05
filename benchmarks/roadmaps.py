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


def mixed_text(items: int) -> str:
    """Return the same roadmap as people write them: with a pace, and items that have markup, notes, links or ticks."""
    head = ["roadpress: 1", "title: A large roadmap — as written", "pace: 10h/week", "start: 2026-11-23", "sections:"]
    return "\n".join([*head, *(part for row in _rows(items) for part in _mixed(row))]) + "\n"


def _mixed(row: str) -> list[str]:
    indent, dash, title = row.partition("- Item ")
    if not dash:
        return [row]
    number, _, about = title.partition(", ")
    kind = int(number) % 5
    if kind == 0:
        return [f'{indent}- "**Item {number}** — {about}"']
    if kind == 1:
        note = f'"See [the book](https://example.org/{number}) and try."'
        return [f'{indent}- title: "Item {title}"', f"{indent}  hours: 2-3", f"{indent}  notes: {note}"]
    if kind == 2:
        return [f'{indent}- title: "Item {title}"', f'{indent}  links: ["https://example.org/{number}"]']
    return [f'{indent}- title: "Item {title} – naïve"', f"{indent}  done: true"] if kind == 3 else [row]


def write(folder: Path, items: int, *, mixed: bool = False) -> Path:
    """Write the roadmap file into a folder and return its path."""
    path = folder / f"{'mixed' if mixed else 'roadmap'}{items}.yaml"
    path.write_text(mixed_text(items) if mixed else yaml_text(items), "utf-8")
    return path
