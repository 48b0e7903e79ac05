"""A roadmap's text that is parsed section by section says what it says as a whole."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from roadpress.core.roadmap_file.yaml_pieces import cut, parse_pieces
from roadpress.core.roadmap_file.yaml_tree import Scalar, parse

HEAD = "roadpress: 1\ntitle: T\n"
LINES = (
    *("  - a", "  - title: b", "    topics:", "      - c", "      - {title: d, hours: 2}", "- e", "- title: f", "  topics: [g, h]"),
    *("", "# remark", "    # remark", "  # remark", "    notes: |", "      text", "  -", "    title: late", "    notes: >-"),
    *('  - "open', '    close"', "  - 'x'", "  - [x,", "    y]", "  - &one z", "  - *one", "  - !!str 7", "  - !odd 7", "   - off"),
    *("pace: 8h/week", "sections:", "tail: |", "  - of the tail", " x: 1", "---", "...", "\t- tab", "  - a\u2028b", "  - k: v: w"),
)  # fmt: skip


def plainly(tree: object) -> object:
    """A tree as values that can be compared, with every place."""
    if tree is None or isinstance(tree, Scalar):
        return tree
    return type(tree).__name__, tree.line, tree.column, [plainly(child) for child in tree.children]


def both(text: str) -> None:
    whole, pieces = parse(text), parse_pieces(text)
    assert plainly(pieces.root) == plainly(whole.root)
    assert (pieces.problems, pieces.complete) == (whole.problems, whole.complete)


@given(st.lists(st.sampled_from(LINES), max_size=14), st.sampled_from(["sections:\n", "sections:  # all\n\n", ""]))
@example(["  - a", "pace: 8h/week", "tail: |", "  - of the tail"], "sections:\n")
@example(["- e", "", "# remark", "- title: f", "  topics: [g, h]", "pace: 8h/week"], "sections:\n")
def test_pieces_say_what_the_whole_says(lines, key):
    both(HEAD + key + "".join(f"{line}\n" for line in lines))


@pytest.mark.parametrize("levels", [120, 123, 124, 125, 126, 140])
def test_what_is_nested_too_deep_is_so_in_pieces(levels):
    both(HEAD + "sections:\n" + "".join(f"{'  ' * level}  - x:\n" for level in range(levels)))


def test_a_usual_roadmap_is_cut_between_its_sections():
    text = HEAD + "sections:\n  - One\n\n  # of two\n  - title: Two\n    topics: [a]\npace: 8h/week\n"
    pieces = cut(text)
    assert pieces.sections == ["  - One\n\n  # of two\n", "  - title: Two\n    topics: [a]\n"]
    assert pieces.head + "".join(pieces.sections) + pieces.tail == text
    assert pieces.tail == "pace: 8h/week\n"
