"""The page's frame.

`string.Template` with values escaped by type (`markup.Frame`) and not Jinja2: the frame has a few dozen places and no
loops, and importing Jinja2 would cost more time than making the page.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from ...core import theme
from ...core.locale.dates import day_text
from ...core.locale.direction import direction
from ...core.locale.words import Words, words_for
from ...core.model import Kind, Roadmap
from ...core.snapshot import Counts, Snapshot
from ...core.text import plain, plain_blocks
from ..html import assets
from ..html.icons import symbols
from ..html.markup import Frame, SafeHtml, blocks, inline
from ..kept import KeptOfRoadmaps
from .data import DataBlock, words_block
from .options import Options
from .rows import TreeRenderer
from .words import KEYS


def page(snapshot: Snapshot, options: Options, *, served: str = "") -> str:
    """Return the whole file; with `served`, a mark of the roadmap's version, the page that `roadpress serve` shows."""
    key = (options, served, snapshot.schedule is not None)
    return _pages.of(snapshot, key, lambda: _Page(snapshot, options, served)).filled(snapshot)


class _Page:
    """The page of a roadmap, with places for what is each learner's."""

    def __init__(self, snapshot: Snapshot, options: Options, served: str) -> None:
        roadmap = snapshot.roadmap
        lazy = sum(1 for _ in roadmap.walk()) >= options.lazy_from > 0
        words = words_for(roadmap.language, "checklist")
        known = words.language.split("-")[0] == roadmap.language.lower().split("-")[0]
        rows = TreeRenderer(snapshot, options, words, lazy=lazy)
        style = assets.style(marks_new=bool(snapshot.new), accent=options.accent, look=options.theme)
        ui = SafeHtml("" if known else f" lang={words.language}")
        picks = _picks(roadmap, words)
        frame = assets.source("checklist/page.html")
        self._title = plain(roadmap.title)
        self._words = words
        self._rows = rows.all()
        self._empty = SafeHtml("" if roadmap.sections else f"<p class=s>{escape(words['empty'])}</p>")
        self._data = DataBlock(snapshot, options.key, lazy=lazy, dates=options.dates, served=served)
        self._frame = Frame(frame).partly(
            lang=roadmap.language,
            dir=direction(roadmap.language, self._title),
            theme="auto" if options.theme in {"contrast", "serif"} else options.theme,
            contrast=SafeHtml(" data-contrast=more" if options.theme == "contrast" else ""),
            ui=ui,  # the page's own words
            heading=SafeHtml(inline(roadmap.title)),
            policy=SafeHtml(policy(style, served=bool(served))),
            authors=", ".join(roadmap.authors),
            description=SafeHtml(blocks(roadmap.description)),
            contents=rows.contents(),
            fresh=_fresh(snapshot, words, ui),
            week=SafeHtml(f"<option value=week>{escape(words['week'])}") if _has_dates(snapshot, options) else "",
            picks=picks,
            pick_hidden="" if picks else " hidden",
            served=_served() if served else "",
            kept=SafeHtml("" if served else f"<footer{ui}>{escape(words['kept'])}</footer>\n"),
            about=_about(snapshot, options.card),
            style=SafeHtml(style),
            head=SafeHtml(assets.head_script()),
            packed=SafeHtml(assets.packed(_dialogs(snapshot, words, ui, served=bool(served)))),
            unpack=SafeHtml(assets.unpack_script()),
            **_said(frame, words),
        )

    def filled(self, snapshot: Snapshot) -> str:
        """Return a learner's page."""
        total = snapshot.total
        learner = snapshot.learner
        return self._frame.fill(
            title=" · ".join(filter(None, (self._title, learner))),
            rows=self._rows.filled(snapshot.progress) or self._empty,
            ring=str(total.percent),
            dash="none" if total.percent == 100 else f"{total.percent} 100",
            who=SafeHtml(f"<p class=who><bdi>{escape(learner)}</bdi></p>\n") if learner else "",
            count=_count(total, self._words),
            data=self._data.filled(snapshot),
        )


_pages = KeptOfRoadmaps[_Page]()


def _said(frame: str, words: Words) -> dict[str, str]:
    """Return what a frame says in the page's own words."""
    return {f"w_{name}": words[name] for name in re.findall(r"\$w_(\w+)", frame)}


def _dialogs(snapshot: Snapshot, words: Words, ui: str, *, served: bool) -> str:
    """Return what only the script shows: menus, dialogs, messages, icons; and what it says."""
    frame = assets.source("checklist/dialogs.html")
    return Frame(frame).fill(
        ui=SafeHtml(ui),
        keys=_keys(words),
        icons=symbols(node.icon for node in snapshot.roadmap.walk()),
        words=SafeHtml(words_block(snapshot, words, served=served)),
        **_said(frame, words),
    )


def _count(total: Counts, words: Words) -> str:
    parts = [words.say("of", done=total.done, total=total.total, percent=total.percent)]
    if total.optional_total:
        parts.append(words.say("more", more=total.optional_done, moreTotal=total.optional_total))
    if total.skipped:
        parts.append(words.say("skipped_count", count=total.skipped))
    return " · ".join(parts)


def _fresh(snapshot: Snapshot, words: Words, ui: str) -> SafeHtml:
    """Return the line that says how much is new, where that was asked; the script leaves it alone."""
    count = snapshot.new_leaves
    if not snapshot.new_since or not count:
        return SafeHtml("")
    since = day_text(snapshot.new_since, words.language, today=snapshot.today, weekday=False)
    return SafeHtml(f"\n<p id=since{ui}>{escape(words.count('new_since', count, date=since))}</p>")


def _about(snapshot: Snapshot, card: str) -> SafeHtml:
    """Return what other programs read of a page: what it is about, for links to it, and how its window looks."""
    roadmap = snapshot.roadmap
    title = plain(roadmap.title)
    said = " ".join(plain_blocks(roadmap.description).split())
    about = said if len(said) <= _ABOUT else f"{said[:_ABOUT].rsplit(' ', 1)[0]} …"
    named = {"og:title": title, "og:type": "website"}
    named |= {"og:image": quote(card), "twitter:card": "summary_large_image"} if card else {}
    lines = [f'<meta name=description property=og:description content="{escape(about)}">\n'] if about else []
    lines += [f'<meta property={name} content="{escape(text)}">\n' for name, text in named.items()]
    lines += [
        f'<meta name=theme-color content="{ground}" media="(prefers-color-scheme:{look})">\n'
        for look, ground in (("light", theme.GROUND), ("dark", theme.DARK_GROUND))
    ]
    return SafeHtml("".join(lines) + f'<link rel=icon href="{assets.icon()}">\n')


_ABOUT = 200
"""Characters of a description that others show of a page."""


def _served() -> SafeHtml:
    return SafeHtml(f"<pre id=problems role=alert hidden></pre>\n<script>{assets.serve_script()}</script>\n")


def policy(style: str, *, served: bool = False) -> str:
    """Return the Content-Security-Policy: nothing but this file's own style and scripts (CSP Level 3)."""
    scripts = [
        assets.head_script(),
        assets.unpack_script(),
        assets.CHECKLIST.script(),
        *([assets.serve_script()] if served else []),
    ]
    connect = "connect-src 'self'; " if served else ""
    styles = " ".join(map(assets.hash_source, (style, assets.late_style())))
    return (
        f"default-src 'none'; script-src {' '.join(map(assets.hash_source, scripts))}; style-src {styles}; "
        f"img-src data:; manifest-src data:; {connect}base-uri 'none'; form-action 'none'"
    )


def _picks(roadmap: Roadmap, words: Words) -> SafeHtml:
    """Return what the second filter offers: the kinds and tags that occur."""
    kinds = {node.kind for node in roadmap.leaves()}
    used = {tag for node in roadmap.walk() for tag in node.tags}
    tags = [*(tag for tag in roadmap.tags if tag in used), *sorted(used - roadmap.tags.keys())]
    groups = []
    if len(kinds) > 1:
        options = "".join(f"<option value=kind:{kind.value}>{words[kind.value]}" for kind in Kind if kind in kinds)
        groups.append(f'<optgroup label="{escape(words["kinds"])}">{options}</optgroup>')
    if tags:
        titles = ((tag, roadmap.tags[tag].title if tag in roadmap.tags else tag) for tag in tags)
        options = "".join(f'<option value="tag:{escape(tag)}">{escape(title)}' for tag, title in titles)
        groups.append(f'<optgroup label="{escape(words["tags"])}">{options}</optgroup>')
    return SafeHtml("".join(groups))


def _has_dates(snapshot: Snapshot, options: Options) -> bool:
    return bool(snapshot.schedule and options.dates) or any(node.due for node in snapshot.roadmap.walk())


def _keys(words: Words) -> SafeHtml:
    lines = (
        f"<dt>{' '.join(f'<kbd>{escape(_key(key, words))}</kbd>' for key in keys.split(' '))}<dd>{escape(words[name])}"
        for keys, name in KEYS
    )
    return SafeHtml("".join(lines))


def _key(key: str, words: Words) -> str:
    return key.replace("Space", words["space"]).replace("Ctrl", words["ctrl"])
