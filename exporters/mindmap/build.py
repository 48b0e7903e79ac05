"""From a snapshot to files: the map is selected, labelled and laid out once, then written in each format."""

from __future__ import annotations

from dataclasses import replace

from ...core.errors import UsageError
from ...core.snapshot import Snapshot
from ...core.theme import family_of
from ..contract import Export, File
from ..fidelity import left_out
from ..typeset import written_in
from .layout.layouts import lay_out
from .layout.names import NEEDS
from .nodes.labels import label_tree
from .nodes.tree import MapNode, select_tree
from .options import Options


def export_formats(snapshot: Snapshot, options: Options) -> Export:
    """Return the files of one run."""
    with written_in(snapshot.roadmap.language, family_of(options.theme)):
        return _exported(snapshot, options)


def _exported(snapshot: Snapshot, options: Options) -> Export:
    root = select_tree(snapshot, options)
    options, notices = _graph(root, snapshot, options)
    label_tree(root, snapshot, options)
    extent = lay_out(root, options.layout)
    files: list[File] = []
    for name in _formats(options):
        if name == "svg":
            from .screen.svg import drawing

            files.append(File(".mindmap.svg", drawing(root, extent, snapshot, options).encode()))
        elif name == "dot":
            from .graphviz.dot import describe
            from .nodes.prerequisites import arrows

            needs = arrows(root) if options.needs else ()
            dot = describe(root, extent, options.layout, needs, snapshot=snapshot)
            files.append(File(".mindmap.dot", dot.encode()))
        elif name == "pdf":
            from .paper.atlas import printed

            made = printed(root, extent, snapshot, options)
            files.append(File(".mindmap.pdf", made.data))
            notices += made.notices
        elif name == "png":
            from .paper.atlas import printed
            from .paper.png import picture

            whole = printed(root, extent, snapshot, replace(options, paper="fit", poster=False))
            files.append(File(".mindmap.png", picture(whole.data, options.dpi, unit=whole.unit)))
            notices += (notice for notice in whole.notices if notice not in notices)
        elif name == "html":
            from .screen.html_page import page

            files.append(File(".mindmap.html", page(root, extent, snapshot, options).encode()))
    if {"pdf", "png"}.intersection(_formats(options)):
        notices += left_out("A map on paper", snapshot, _printed_facts(options))
    return Export(tuple(files), tuple(notices))


_PRINTED = frozenset({"icon", "kind", "optional", "skipped", "done", "summary", "links", "link_title", "authors"})
"""Facts that a map shows without a tooltip: in the label, by the shape of the mark, as numbered links."""


def _printed_facts(options: Options) -> set[str]:
    chosen = {
        "notes": ("notes", "description"),
        "dates": ("due", "planned"),
        "needs": ("needs",),
    }
    return {*_PRINTED, *(fact for name, facts in chosen.items() if getattr(options, name) for fact in facts)}


def _graph(root: MapNode, snapshot: Snapshot, options: Options) -> tuple[Options, list[str]]:
    """Reduce a tree to what a graph of prerequisites shows, if it is to be one; return what then holds and is told."""
    own = options.engine == type(options)().engine
    if options.layout != NEEDS:
        return (options if own else replace(options, layout=options.engine)), []
    if not own and options.engine != "dot":
        raise UsageError(
            f"--layout needs is placed by Graphviz's dot, not by {options.engine}.", remedy="Leave one of the two out."
        )
    from .nodes.steps import keep_steps

    whole = sum(1 for _ in root.walk())
    steps = keep_steps(root, snapshot)
    if not steps:
        other = type(options)().layout
        notice = (
            f"Nothing here needs anything else, so that there is no graph of prerequisites: this is the {other} map "
            "instead. `needs: [id]` at an entry says what comes before it."
        )
        return replace(options, layout=other), [notice]
    left = whole - sum(1 for _ in root.walk())
    notice = (
        f"Shown are the {steps} entries that take part in `needs`, with their sections; {left} more "
        f"{'is' if left == 1 else 'are'} only counted, where {'it belongs' if left == 1 else 'they belong'}."
    )
    return replace(options, needs=True), [notice] if left else []


def _formats(options: Options) -> tuple[str, ...]:
    """Return the formats, each once: those asked for, else what the other options are about, else SVG."""
    asked = list(options.format)
    if not asked:
        usual = type(options)()
        paper = ("paper", "poster", "landscape", "ink_saver")
        asked += ["pdf"] if any(getattr(options, name) != getattr(usual, name) for name in paper) else []
        asked += ["png"] if options.dpi != usual.dpi else []
    asked += ["html"] if options.interactive else []
    return tuple(dict.fromkeys(asked or ["svg"]))
