"""The page's frame."""

from __future__ import annotations

from ...core.snapshot import Snapshot
from ...core.text import plain
from . import Options, assets
from .data import data_block
from .markup import Frame, Html, blocks, inline
from .rows import Rows
from .words import direction, words_of


def page(snapshot: Snapshot, options: Options) -> str:
    """Return the whole file."""
    roadmap = snapshot.roadmap
    words = words_of(roadmap.language)
    lazy = sum(1 for _ in roadmap.walk()) >= options.lazy_from > 0
    rows = Rows(snapshot, options, words, lazy=lazy)
    total = snapshot.total
    return Frame(assets.source("page.html")).fill(
        lang=roadmap.language,
        dir=direction(roadmap.language),
        theme=options.theme,
        title=plain(roadmap.title),
        heading=Html(inline(roadmap.title)),
        policy=Html(policy()),
        authors=", ".join(roadmap.authors),
        description=Html(blocks(roadmap.description)),
        contents_word=words["contents"],
        whole_word=words["whole"],
        contents=rows.contents(),
        rows=rows.all() or Html(f"<p class=s>{words['empty']}</p>"),
        ring=str(total.percent),
        count=words["of"].format(done=total.done, total=total.total, percent=total.percent),
        data=data_block(snapshot, options.key, words, lazy=lazy),
        style=Html(assets.style()),
        head=Html(assets.head_script()),
        script=Html(assets.script()),
    )


def policy() -> str:
    """Return the Content-Security-Policy: nothing but this file's own style and scripts (CSP Level 3)."""
    scripts = f"{assets.hash_source(assets.head_script())} {assets.hash_source(assets.script())}"
    return (
        f"default-src 'none'; script-src {scripts}; style-src {assets.hash_source(assets.style())}; "
        "base-uri 'none'; form-action 'none'"
    )
