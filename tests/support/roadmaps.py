"""Small roadmaps for tests, from YAML as people write it, and Hypothesis strategies for any."""

from __future__ import annotations

import json
from textwrap import dedent, indent

from hypothesis import strategies as st

from roadpress.core.model import Roadmap
from roadpress.core.roadmap_file.loading import load_bytes


def roadmap(sections: str, head: str = "") -> Roadmap:
    """Return the roadmap of some sections in YAML; `head` holds further keys at the top."""
    return load_bytes(source(sections, head).encode(), "roadmap.yaml")


def source(sections: str, head: str = "") -> str:
    """Return the text of a roadmap file."""
    return f"roadpress: 1\ntitle: Test\n{dedent(head)}\nsections:\n{indent(dedent(sections), '  ')}"


TITLES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() == text and text)
"""Any text that the format takes as a title."""


@st.composite
def trees(draw: st.DrawFn, titles: st.SearchStrategy[str], most: int = 12) -> Roadmap:
    """Return a roadmap of up to so many nodes in any shape, with such titles everywhere."""
    count = draw(st.integers(0, most))
    parents = [draw(st.integers(-1, at - 1)) for at in range(count)]
    texts = [draw(titles) for _ in range(count + 1)]

    def rows(parent: int, depth: int) -> list[str]:
        lines: list[str] = []
        for at in (at for at in range(count) if parents[at] == parent):
            below = rows(at, depth + 1)
            lines += [f"{'  ' * depth}- title: {_quoted(texts[at])}"]
            lines += [f"{'  ' * depth}  {'items' if depth else 'topics'}:", *below] if below else []
        return lines

    body = "\n".join(rows(-1, 0))
    text = f"roadpress: 1\ntitle: {_quoted(texts[-1])}\nsections: {'' if body else '[]'}\n{body}\n"
    return load_bytes(text.encode(), "roadmap.yaml")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
