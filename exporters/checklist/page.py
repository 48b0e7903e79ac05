"""The page's frame.

`string.Template` with values escaped by type (`markup.Frame`) and not Jinja2: the frame has a few dozen places and no
loops, and importing Jinja2 would cost more time than making the page.
"""

from __future__ import annotations

from html import escape

from ...core.model import Kind, Roadmap
from ...core.snapshot import Counts, Snapshot
from ...core.text import plain
from . import Options, assets
from .data import data_block
from .markup import Frame, Html, blocks, inline
from .rows import Rows
from .words import KEYS, PAGE, SCRIPT, direction


def page(snapshot: Snapshot, options: Options, *, served: str = "") -> str:
    """Return the whole file; with `served`, a mark of the roadmap's version, the page that `roadpress serve` shows."""
    roadmap = snapshot.roadmap
    lazy = sum(1 for _ in roadmap.walk()) >= options.lazy_from > 0
    rows = Rows(snapshot, options, lazy=lazy)
    total = snapshot.total
    picks = _picks(roadmap)
    return Frame(assets.source("page.html")).fill(
        lang=roadmap.language,
        dir=direction(roadmap.language),
        theme=options.theme,
        ui="" if roadmap.language.lower().split("-")[0] == "en" else Html(" lang=en"),  # the page's own words
        title=plain(roadmap.title),
        heading=Html(inline(roadmap.title)),
        policy=Html(policy(served=bool(served))),
        authors=", ".join(roadmap.authors),
        description=Html(blocks(roadmap.description)),
        contents=rows.contents(),
        rows=rows.all() or Html(f"<p class=s>{escape(PAGE['empty'])}</p>"),
        ring=str(total.percent),
        count=_count(total),
        week=Html(f"<option value=week>{escape(PAGE['week'])}") if _has_dates(snapshot, options) else "",
        picks=picks,
        pick_hidden="" if picks else " hidden",
        keys=_keys(),
        data=data_block(snapshot, options.key, lazy=lazy, dates=options.dates, served=served),
        served=_served() if served else "",
        style=Html(assets.style()),
        head=Html(assets.head_script()),
        script=Html(assets.script()),
        **{f"w_{name}": word for name, word in {**SCRIPT, **PAGE}.items()},
    )


def _count(total: Counts) -> str:
    parts = [SCRIPT["of"].format(done=total.done, total=total.total, percent=total.percent)]
    if total.optional_total:
        parts.append(SCRIPT["more"].format(more=total.optional_done, moreTotal=total.optional_total))
    if total.skipped:
        parts.append(SCRIPT["skipped_count"].format(count=total.skipped))
    return " · ".join(parts)


def _served() -> Html:
    return Html(f"<pre id=problems role=alert hidden></pre>\n<script>{assets.serve_script()}</script>\n")


def policy(*, served: bool = False) -> str:
    """Return the Content-Security-Policy: nothing but this file's own style and scripts (CSP Level 3)."""
    scripts = [assets.head_script(), assets.script(), *([assets.serve_script()] if served else [])]
    connect = "connect-src 'self'; " if served else ""
    return (
        f"default-src 'none'; script-src {' '.join(map(assets.hash_source, scripts))}; "
        f"style-src {assets.hash_source(assets.style())}; {connect}"
        "base-uri 'none'; form-action 'none'"
    )


def _picks(roadmap: Roadmap) -> Html:
    """Return what the second filter offers: the kinds and tags that occur."""
    kinds = {node.kind for node in roadmap.leaves()}
    used = {tag for node in roadmap.walk() for tag in node.tags}
    tags = [*(tag for tag in roadmap.tags if tag in used), *sorted(used - roadmap.tags.keys())]
    groups = []
    if len(kinds) > 1:
        options = "".join(f"<option value=kind:{kind.value}>{PAGE[kind.value]}" for kind in Kind if kind in kinds)
        groups.append(f'<optgroup label="{escape(PAGE["kinds"])}">{options}</optgroup>')
    if tags:
        titles = ((tag, roadmap.tags[tag].title if tag in roadmap.tags else tag) for tag in tags)
        options = "".join(f'<option value="tag:{escape(tag)}">{escape(title)}' for tag, title in titles)
        groups.append(f'<optgroup label="{escape(PAGE["tags"])}">{options}</optgroup>')
    return Html("".join(groups))


def _has_dates(snapshot: Snapshot, options: Options) -> bool:
    return bool(snapshot.schedule and options.dates) or any(node.due for node in snapshot.roadmap.walk())


def _keys() -> Html:
    words = {**PAGE, **SCRIPT}
    lines = (
        f"<dt>{' '.join(f'<kbd>{escape(key)}</kbd>' for key in keys.split(' '))}<dd>{escape(words[name])}"
        for keys, name in KEYS
    )
    return Html("".join(lines))
