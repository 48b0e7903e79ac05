"""How a document was understood, as a page to look at: the document on one side, the roadmap on the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from string import Template

from ..core import theme
from ..core.text import plain, plain_blocks, shortened
from .common.draft import DraftNode, Imported
from .explain import Explained, explained, facts


def explain_page(imported: Imported, name: str) -> str:
    """Return a page of HTML that needs nothing beside it; `name` is the document's.

    A line of the document has the colour of what became of it, and leads to its entry, which leads back. Where a
    document has no text of its own, such as a spreadsheet, only what was left out stands on its side.
    """
    rows = explained(imported)
    account = imported.account
    entries = sum(1 for row in rows if row.kind == "entry")
    counts = f"{entries:,} entries; {len(account.left_out):,} pieces left out"
    lines = account.source.split("\n") if any(row.line for row in rows) else []
    return Template(_template("page.html")).substitute(
        name=escape(name),
        colors=_colors(),
        style=_template("style.css"),
        counts=f"{counts}, of {len(lines):,} lines" if lines else counts,
        notices="".join(f"<p>{escape(notice)}</p>\n" for notice in account.notices),
        document="".join(_lines(lines, rows) if lines else _pieces(rows)),
        title=escape(plain(imported.roadmap.title)),
        description=f"<p class=text>{escape(plain_blocks(imported.roadmap.description))}</p>\n",
        tree=f"<div class=tree>{''.join(_tree(imported.roadmap.sections, linked=bool(lines)))}</div>\n",
    )


def _lines(lines: Sequence[str], rows: Sequence[Explained]) -> Iterator[str]:
    """Yield the document's lines; one that says nothing of its own goes with the line above, up to an empty one."""
    begun: dict[int, list[Explained]] = {}
    for row in rows:
        begun.setdefault(row.line, []).append(row)
    kind = last = ""
    for number, line in enumerate(lines, 1):
        here = begun.get(number, [])
        if here:
            kind = min(here, key=lambda row: _RANK.index(row.kind)).kind
        elif not line.strip():
            kind = ""
        shown = f"<a href=#n{number}>{number}</a>" if kind == "entry" and here else f"<span>{number}</span>"
        told = ", ".join(dict.fromkeys(escape(row.how) for row in here))
        if here:
            told, last = "" if kind == "out" and told == last else told, told
        yield f'<div class="line {kind}" id=l{number}>{shown}<code>{escape(line)}</code><small>{told}</small></div>\n'


_RANK = ("entry", "told", "out")
_WIDTH = 240


def _pieces(rows: Sequence[Explained]) -> Iterator[str]:
    for row in rows:
        if row.kind != "entry":
            text, how = escape(row.text), escape(row.how)
            yield f'<div class="line {row.kind}"><span></span><code>{text}</code><small>{how}</small></div>\n'


def _tree(nodes: Sequence[DraftNode], *, linked: bool) -> Iterator[str]:
    """Yield nested lists; closing tags wait on a stack, for a tree may be deep."""
    told: set[int] = set()
    stack: list[DraftNode | str] = ["</ol>", *reversed(nodes), "<ol>"]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            yield part
            continue
        name = f" id=n{part.line} class=entry" if part.line not in told else ""
        told.add(part.line)
        place = f" <a href=#l{part.line}>{part.line}</a>" if linked and part.line else ""
        told_of = ", ".join(f"{key}: {value}" for key, value in facts(part))
        beside = f" <small>{escape(told_of)}</small>" if told_of else ""
        below = "".join(
            f"<p>{escape(shortened(plain_blocks(text), _WIDTH))}</p>" for text in (part.summary, part.notes) if text
        )
        yield f"<li{name}>{escape(plain(part.title))}{beside}{place}{below}"
        stack += ["</ol>", *reversed(part.children), "<ol>"] if part.children else []


def _colors() -> str:
    shown = [color for color in theme.BRANCHES if color.name in ("blue", "green", "rust")]
    light = "".join(f"--{color.name}:{color.strong};--{color.name}-tint:{color.tint};" for color in shown)
    dark = "".join(f"--{color.name}:{color.dark_strong};--{color.name}-tint:{color.dark_tint};" for color in shown)
    return (
        f":root{{{light}--ink:{theme.INK};--muted:{theme.MUTED};--rule:{theme.RULE};--ground:{theme.GROUND}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}--ink:{theme.DARK_INK};--muted:{theme.DARK_MUTED};"
        f"--rule:#333a44;--ground:{theme.DARK_GROUND}}}}}\n"
    )


def _template(name: str) -> str:
    return (files("roadpress") / "templates" / "explain" / name).read_text(encoding="utf-8")
