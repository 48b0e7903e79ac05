"""The map as one HTML file: pan, zoom, fold, search; what one sees is kept in the address."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from ....core import text
from ....core.locale.direction import direction
from ....core.locale.words import Words
from ....core.snapshot import Snapshot
from ...html.assets import MINDMAP, family_rule, hash_source, palette, source, strip
from ...html.markup import Frame, SafeHtml, script_json
from ...html.storage import storage_key
from ..layout.curves import curve
from ..layout.layouts import Extent
from ..layout.names import BY_GRAPHVIZ, NEEDS
from ..nodes.prerequisites import PrerequisiteArrow, arrows
from ..nodes.tree import MapNode
from ..options import Options
from .style import style_sheet
from .svg import Writer, clean, description
from .webfonts import font_rules

_SHOWN = 160
"""A map of more nodes begins folded."""
_KEYS = (
    ("↑ ↓", "key_updown"),
    ("→ ←", "key_sides"),
    ("Space", "key_space"),
    ("Enter", "key_enter"),
    ("Home End", "key_ends"),
    ("*", "key_star"),
    ("/", "key_slash"),
    ("n p", "key_next"),
    ("+ - 0", "key_zoom"),
)
_PAGE = ("search", "search_map", "view", "levels", "all", "out", "in", "fit", "keys", "close", "chosen")
"""The words that stand in the page."""
_SCRIPT = ("found", "nothing", "of", "unkept")
"""The words that its script says."""


def page(root: MapNode, extent: Extent, snapshot: Snapshot, options: Options) -> str:
    """Return the page; it needs nothing but itself, and shows the whole map where scripts do not run."""
    needs = arrows(root) if options.needs else ()
    writer = Writer(snapshot, options.layout)
    body = writer.body(root, needs)
    writer.all_states()
    title = text.plain(snapshot.roadmap.title)
    script = MINDMAP.script()
    drawn = style_sheet(options.theme, options.accent, steps=options.layout == NEEDS)
    style = font_rules(writer.used) + drawn + palette(options.accent, options.theme)
    style += strip(source("mindmap/style.css")) + family_rule(options.theme)
    width, height = f"{extent.width:.0f}", f"{extent.height:.0f}"
    drawing = (
        f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" aria-label="{escape(title)}">\n'
        f"<desc>{clean(description(root, snapshot))}</desc>\n{writer.defs()}{body}</svg>\n"
    )
    policy = (
        f"default-src 'none'; script-src {hash_source(script)}; style-src {hash_source(style)}; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    words = writer.words
    said = {f"say_{key}": words[key] for key in _PAGE}
    known = snapshot.roadmap.language.lower().split("-")[0] == words.language.split("-")[0]
    topics = list(root.walk())
    folds = options.layout not in BY_GRAPHVIZ
    depth = max(topic.depth for topic in topics) if folds else 1
    return Frame(source("mindmap/page.html")).fill(
        lang=snapshot.roadmap.language,
        theme="light" if options.theme in {"contrast", "serif"} else options.theme,
        policy=policy,
        title=title,
        style=SafeHtml(style),
        levels=SafeHtml("".join(f"<option value={level}>{level}" for level in range(1, depth))),
        drawing=SafeHtml(drawing),
        ui=SafeHtml(
            f" dir={direction(words.language)}{'' if known else f' lang={words.language}'}"
        ),  # the page's own words
        dir=direction(snapshot.roadmap.language, title),
        **said,
        list_of_keys=SafeHtml("".join(f"<dt>{_keys(keys)}<dd>{escape(words[meaning])}" for keys, meaning in _KEYS)),
        data=script_json(_data(topics, needs, options) | _ticks(topics, snapshot) | {"words": _said(words)}),
        script=SafeHtml(script),
    )


def _keys(keys: str) -> str:
    return " ".join(f"<kbd>{escape(key)}</kbd>" for key in keys.split(" "))


def _data(topics: list[MapNode], needs: Sequence[PrerequisiteArrow], options: Options) -> dict[str, Any]:
    """Return what the script must know of the drawing: nodes in reading order, and where each stands.

    What Graphviz placed has no folds, which would leave holes: there all is directly below the root.
    """
    index = {topic.key: place for place, topic in enumerate(topics)}
    flat = options.layout in BY_GRAPHVIZ
    root = topics[0]
    parents: dict[str, MapNode] = {child.key: root if flat else topic for topic in topics for child in topic.children}
    rows = []
    for topic in topics:
        parent = parents.get(topic.key)
        rows.append(
            (
                topic.key,
                index[parent.key] if parent else -1,
                round(topic.x, 2),
                round(topic.y, 2),
                round(topic.width, 2),
                round(topic.height, 2),
                topic.side,
                min(topic.depth, 1) if flat else topic.depth,
                curve(parent, topic, options.layout).width if parent else 0,
                topic.node.id if topic.node else "",
                round(topic.lift, 2),
            )
        )
    return {
        "layout": "outline" if options.layout == NEEDS else options.layout,  # it begins at its upper left
        "level": 99 if flat else _level(topics),
        "nodes": rows,
        "needs": [(index[need.first.key], index[need.then.key]) for need in needs],
    }


def _ticks(topics: list[MapNode], snapshot: Snapshot) -> dict[str, Any]:
    """Return what ticking takes: where ticks are kept, leaves as they are given, and how much is done above them."""
    optional = {below.id for node in snapshot.roadmap.walk() if node.optional for below in node.walk()}
    leaves = []
    for place, topic in enumerate(topics):
        if topic.node and topic.node.is_leaf:
            tick = snapshot.tick(topic.node)
            on = tick.on.isoformat() if tick and tick.on else ""
            at = int(tick.at.timestamp()) if tick and tick.at else 0
            state = tick.state.value[0] if tick else "o"
            leaves.append((place, state, int(topic.node.id in optional), on, at))
    counts = [
        (place, topic.counts.done, topic.counts.total)
        for place, topic in enumerate(topics)
        if not topic.node or topic.node.children
    ]
    chosen = snapshot.roadmap.exports.get("checklist", {}).get("key")
    return {
        "key": storage_key(snapshot, str(chosen.value) if chosen else ""),
        "learner": snapshot.learner,
        "leaves": leaves,
        "counts": counts,
    }


def _said(words: Words) -> dict[str, str]:
    return {key: words[key] for key in _SCRIPT} | {"counted": f"{words['progress']} · {{percent}} %"}


def _level(topics: list[MapNode]) -> int:
    """Return the level that a large map is folded to at first: the deepest that shows few enough nodes; 99 is all."""
    if len(topics) <= _SHOWN:
        return 99
    depths = [topic.depth for topic in topics]
    deepest = max(depths)
    fitting = [level for level in range(1, deepest) if sum(depth <= level for depth in depths) <= _SHOWN]
    return max(fitting, default=1) if deepest > 1 else 99
