"""Hypothesis strategies: any roadmap that a file can hold, as drafts."""

from __future__ import annotations

import math
from itertools import pairwise

from hypothesis import strategies as st

from roadpress.core.model import Kind, LinkKind, Node, Roadmap
from roadpress.importers.common.draft import DraftNode, DraftRoadmap

MARKUP = st.sampled_from(
    [
        *(
            "# ",
            "## ",
            "- ",
            "* ",
            "+ ",
            "> ",
            "1. ",
            "2) ",
            "[ ] ",
            "[x] ",
            "**",
            "*",
            "_",
            "`",
            "``",
            "~~",
            "```",
            "|",
            "<",
        ),
        *(
            "<b>",
            "<!-- x -->",
            "<!-- rp {",
            " -->",
            '<!-- rp {"id":"x"} -->',
            "\\",
            "\\<",
            "\\#",
            "&amp;",
            "&",
            ": ",
            " #",
            ":",
        ),
        *(
            "[a](https://example.org)",
            "<https://example.org>",
            "---",
            "===",
            "=",
            "'",
            '"',
            "{",
            "}",
            "]",
            ",",
            "%",
            "@",
            "!",
        ),
        *(
            "✅",
            "🎯",
            "🇩🇪",
            "👩‍🔬",
            "مرحبا",
            "שלום",
            "机器学习",
            "\u200e",
            "null",
            "~",
            "yes",
            "2024",
            "1.5",
            "true",
            "~~x~~",
        ),
        *(
            "Week 1: ",
            "Label: a, b, c",
            "**Label**: a, b",
            "(2h)",
            "(optional)",
            "“q?”",
            "…",
            "—",
            "→",
            "text",
            "Would you like",
        ),
    ]
)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Cn", "Co")), min_size=1, max_size=8
)


@st.composite
def lines(draw: st.DrawFn, most: int = 6) -> str:
    """One line of text, trimmed as the loader trims it, never empty."""
    parts = draw(st.lists(st.one_of(MARKUP, WORDS, st.just(" ")), min_size=1, max_size=most))
    return " ".join("".join(parts).split()) or "x"


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Several lines of text, with any white space at line beginnings and ends."""
    rows = draw(
        st.lists(st.one_of(lines(), st.just(""), lines().map("  {}  ".format), lines().map("\t{}".format)), max_size=5)
    )
    return "\n".join(rows) + "\n" * draw(st.integers(0, 2))


DATES = st.dates().map(lambda day: day.isoformat())
HOURS = st.one_of(
    st.integers(0, 500).map(str),
    st.tuples(st.integers(0, 9), st.integers(9, 90)).map("{0[0]}-{0[1]}".format),
    st.sampled_from(["90m", "2h", "1h20", "0.1", "30m-2h", "1.5-2.25"]),
)
LINKS = st.tuples(
    st.sampled_from(["https://example.org", "http://a.b/c_(d)", "https://x.y/?a=b&c=%20#f", "mailto:a@b.cd"]),
    st.one_of(st.just(""), lines()),
    st.sampled_from(["", *(kind.value for kind in LinkKind)]),
)


def drafts(depth: int) -> st.SearchStrategy[DraftNode]:
    """Entries of the tree, nested at most `depth` deep."""
    children = st.lists(drafts(depth - 1), max_size=3) if depth > 1 else st.just([])
    rare = st.integers(0, 3)

    @st.composite
    def one(draw: st.DrawFn) -> DraftNode:
        draft = DraftNode(draw(lines()), children=draw(children))
        if draw(rare):
            return draft
        draft.icon = draw(st.one_of(st.just(""), st.sampled_from(["✅", "🛠️", "A", "->", "#"])))
        draft.summary = draw(st.one_of(st.just(""), lines()))
        draft.notes = draw(st.one_of(st.just(""), texts()))
        draft.tags = draw(st.lists(lines(2), max_size=2))
        draft.links = draw(st.lists(LINKS, max_size=2))
        draft.hours = draw(st.one_of(st.just(""), HOURS))
        draft.due = draw(st.one_of(st.just(""), DATES))
        draft.kind = draw(st.sampled_from(["", *(kind.value for kind in Kind)]))
        draft.optional = draw(st.booleans())
        draft.done = draw(st.one_of(st.sampled_from(["", "true"]), DATES))
        draft.was = draw(st.lists(st.sampled_from(["old", "older/one", "机器"]), max_size=2, unique=True))
        return draft

    return one()


@st.composite
def roadmaps(draw: st.DrawFn) -> DraftRoadmap:
    """Whole roadmaps, with own ids on some entries and needs that make no circle."""
    roadmap = DraftRoadmap(draw(lines()), draw(st.one_of(st.just(""), texts())))
    roadmap.authors = draw(st.lists(lines(3), max_size=2))
    roadmap.learner = draw(st.one_of(st.just(""), lines(3)))
    roadmap.language = draw(st.sampled_from(["", "de", "pt-BR", "zh-Hans"]))
    roadmap.start = draw(st.one_of(st.just(""), DATES))
    roadmap.pace = draw(
        st.sampled_from(
            [
                "",
                "8h/week",
                "90m/day",
                {"hours": "6", "per": "week", "days": ["mon"], "off": ["2026-12-24..2027-01-02"]},
            ]
        )
    )
    roadmap.tags = draw(
        st.dictionaries(lines(2), st.fixed_dictionaries({"title": lines(2), "color": st.just("blue")}), max_size=2)
    )
    values = st.one_of(
        st.booleans(), st.integers(), st.floats(0, 1e6).filter(math.isfinite), lines(2), st.lists(lines(2), max_size=2)
    )
    roadmap.exports = draw(
        st.dictionaries(
            st.sampled_from(["pdf", "other"]), st.dictionaries(st.sampled_from(["a", "b-c"]), values), max_size=2
        )
    )
    roadmap.sections = draw(st.lists(drafts(4), max_size=4))
    every = list(roadmap.walk())
    for index, draft in enumerate(every):
        if draw(st.integers(0, 4)) == 0:
            draft.id = f"id-{index}"
    named = [draft for draft in every if draft.id and not draft.children]
    for before, after in pairwise(named):
        if not after.children and draw(st.booleans()):
            after.needs = [before.id]
    return roadmap


def facts(roadmap: Roadmap) -> list[object]:
    """Return everything a roadmap says but where it stood in its file, for comparing (nodes compare by their ids alone)."""
    top = (
        roadmap.title,
        roadmap.description,
        roadmap.authors,
        roadmap.learner,
        roadmap.language,
        roadmap.start,
        roadmap.pace,
        dict(roadmap.tags),
    )
    exports = {name: {key: given.value for key, given in options.items()} for name, options in roadmap.exports.items()}
    return [*top, exports, *(_facts(node) for node in roadmap.walk())]


def _facts(node: Node) -> tuple[object, ...]:
    fields = [getattr(node, name) for name in Node._fields if name not in ("line", "column", "children")]
    return (*fields, len(node.children))
