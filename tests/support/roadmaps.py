"""Small roadmaps for tests, from YAML as people write it, and Hypothesis strategies for any."""

from __future__ import annotations

from textwrap import dedent, indent

from hypothesis import strategies as st

from roadpress.core.loading import load_bytes
from roadpress.core.model import Roadmap


def roadmap(sections: str, head: str = "") -> Roadmap:
    """Return the roadmap of some sections in YAML; `head` holds further keys at the top."""
    return load_bytes(source(sections, head).encode(), "roadmap.yaml")


def source(sections: str, head: str = "") -> str:
    """Return the text of a roadmap file."""
    return f"roadpress: 1\ntitle: Test\n{dedent(head)}\nsections:\n{indent(dedent(sections), '  ')}"


TITLES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
    lambda text: text.strip() == text and text
)
