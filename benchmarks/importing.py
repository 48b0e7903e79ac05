"""Importing against markdown-it-py alone: the same document, in alternation, medians of CPU seconds.

For 1,000 to 100,000 items: how long markdown-it-py takes to parse the document, how long the import takes from its
bytes to the text of roadmap.yaml, and the ratio, which is what counts.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

from markdown_it import MarkdownIt

from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import read

SIZES = (1_000, 10_000, 100_000)
ITEMS = (
    "Difference between AI, ML, DL, and Data Science",
    "Use **TensorFlow.js** for browser-based ML models",
    "Libraries: `numpy`, `pandas`, `matplotlib`, `seaborn`",
    "*“How do you handle concept drift?”*",
    "[The handbook](https://example.org/book) - a long read",
    "[ ] Train/test/validation split, cross-validation",
)


def document(items: int) -> str:
    """Return a chat answer with so many list items in sections of a hundred and topics of ten."""
    rows = ["Here's a **structured roadmap for mastering Everything**. It balances theory and practice.", "", "---", ""]
    for index in range(items):
        if index % 100 == 0:
            rows += ["", f"## ✅ **{index // 100 + 1}. Section {index // 100}**", "**What this section is about**:", ""]
        if index % 10 == 0:
            rows.append(f"{index % 100 // 10 + 1}. **Topic {index // 10}**:")
        rows.append(f"   - {ITEMS[index % len(ITEMS)]} {index}")
    return "\n".join([*rows, "", "---", "", "Would you like this as a **PDF** or a mind map?"])


def imported(data: bytes) -> str:
    """Return the text of the roadmap in a document."""
    return yaml_text(read(data, "answer.md").roadmap)


def seconds(action: Callable[[], object]) -> float:
    """Return the CPU seconds that an action takes."""
    start = time.process_time()
    action()
    return time.process_time() - start


def main() -> None:
    """Print the table."""
    print("\nImporting Markdown, in one process: CPU seconds")
    print(f"{'items':>8} {'markdown-it-py':>15} {'import':>8} {'ratio':>6}")
    for size in SIZES:
        text = document(size)
        data = text.encode()
        parser = MarkdownIt("commonmark").enable("table")
        rounds = 5 if size < 50_000 else 3
        peer_run = partial(parser.parse, text)
        our_run = partial(imported, data)
        pairs = [(seconds(peer_run), seconds(our_run)) for _ in range(rounds)]
        peer, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{size:8,} {peer:15.3f} {ours:8.3f} {ours / peer:6.2f}", flush=True)
