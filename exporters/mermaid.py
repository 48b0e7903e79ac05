"""A Mermaid mind map (mermaid.js.org/syntax/mindmap), as GitHub, GitLab and Notion draw it in Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.progress.model import State
from ..core.snapshot import Snapshot
from ..core.text import plain
from .contract import Export, File, option
from .fidelity import left_out

SUMMARY = "A Mermaid mind map"

_ESCAPES = str.maketrans(
    {
        "#": "#35;",
        '"': "#quot;",
        "<": "#lt;",
        ">": "#gt;",
        "`": "#96;",
        "&": "#amp;",
        "\\": "#92;",
        "\n": " ",
        "\t": " ",
    }
)
"""Mermaid's entity codes; inside quotes nothing else is markup."""


_MARKS = {State.DONE: "✓ ", State.SKIPPED: "– "}
"""A mind map of Mermaid has no boxes."""


@dataclass(frozen=True)
class Options:
    """What one may choose."""

    depth: int = option(3, "How many levels to show below the title.", minimum=1, maximum=100)
    fenced: bool = option(False, "Wrap it in a ```mermaid block, ready for a README.")


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the roadmap as one Mermaid file."""
    lines = ["mindmap", f'  root(("{_label(plain(snapshot.roadmap.title))}"))']
    hidden = 0
    for number, node in enumerate(snapshot.roadmap.walk()):
        if node.depth > options.depth:
            hidden += 1
            continue
        title = f"{node.icon} {plain(node.title)}" if node.icon else plain(node.title)
        mark = _MARKS.get(snapshot.state(node), "")
        lines.append(f'{"  " * (node.depth + 1)}n{number}["{mark}{_label(title)}"]')
    text = "\n".join(lines) + "\n"
    if options.fenced:
        text = f"```mermaid\n{text}```\n"
    notices = (
        (f"{hidden:,} entries below level {options.depth} are not shown; `--depth` shows more.",) if hidden else ()
    )
    missing = left_out("A Mermaid mind map", snapshot, {"icon", "skipped", "done"})
    return Export((File(".mmd", text.encode()),), (*notices, *missing))


def _label(text: str) -> str:
    return text.translate(_ESCAPES)
