"""Blocks of raw HTML to blocks: headings, folded parts, lists and text stay; the tags themselves are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..common.draft import Account
from .block_parser import Block, Heading, HeadingLevel, HtmlBlock, Item, ListBlock, Origin, Paragraph

_PIECE = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)"
    r"|<(?P<skip>script|style|template)\b[^>]*>.*?(?:</(?P=skip)\s*>|\Z)"
    r"|<h(?P<level>[1-6])\b[^>]*>(?P<heading>.*?)</h(?P=level)\s*>"
    r"|<summary\b[^>]*>(?P<summary>.*?)</summary\s*>"
    r"|(?P<close></details\s*>)"
    r"|<li\b[^>]*>(?P<item>.*?)(?=</li\s*>|<li\b|</[uo]l\s*>|\Z)"
    r"|(?P<break></?(?:p|div|details|table|tr|ul|ol|center|section|blockquote|picture|header)\b[^>]*>|<hr\b[^>]*>)",
    re.DOTALL | re.IGNORECASE,
)
_PART = re.compile(r"[^\s](?:[^\n]|\n(?![ \t]*\n))*")
"""Lines up to an empty one."""
_TAGS = re.compile(r"<[^<>]*>")


@dataclass(slots=True)
class DetailsEnd:
    """Where a folded part (`<details>`) ends."""

    line: int
    end: int


def expand(block: HtmlBlock, account: Account) -> list[Block | DetailsEnd]:
    """Return what a block of HTML says as blocks; text between tags keeps its inline HTML for `Inline`."""
    result: list[Block | DetailsEnd] = []
    text = block.text
    position, line = 0, block.line

    def flush(until: int) -> None:
        nonlocal line
        for part in _PART.finditer(text, position, until):
            first = line + text.count("\n", position, part.start())
            result.append(Paragraph(first, first + part[0].count("\n"), _dedented(part[0])))
        line += text.count("\n", position, until)

    for match in _PIECE.finditer(text):
        flush(match.start())
        position = match.end()
        end = line + match[0].count("\n")
        if match["comment"] is not None:
            account.leave_out(line, "HTML comment", match[0])
        elif match["skip"]:
            account.leave_out(line, match["skip"].lower(), match[0])
        elif match["heading"] is not None:
            account.leave_out(line, "HTML tag", f"{match[0].partition('>')[0]}> </h{match['level']}>")
            if _TAGS.sub("", match["heading"]).strip():
                text_of = " ".join(match["heading"].split())
                result.append(Heading(line, end, HeadingLevel(int(match["level"])), text_of, html=True))
            else:
                result.append(Paragraph(line, end, _dedented(match["heading"])))
        elif match["summary"] is not None:
            account.leave_out(line, "HTML tag", f"{match[0].partition('>')[0]}> </summary>")
            folded = HeadingLevel(
                0, Origin.FOLD
            )  # its depth is that of the heading above, which this block may not hold
            result.append(Heading(line, end, folded, " ".join(match["summary"].split())))
        elif match["close"]:
            account.leave_out(line, "HTML tag", match[0])
            result.append(DetailsEnd(line, end))
        elif match["item"] is not None:
            item = Item(line, end, [Paragraph(line, end, _dedented(match["item"]))])
            if result and isinstance(result[-1], ListBlock):
                result[-1].items.append(item)
                result[-1].end = end
            else:
                result.append(ListBlock(line, end, [item]))
        else:
            account.leave_out(line, "HTML tag", match[0])
        line = end
    flush(len(text))
    return result


def _dedented(text: str) -> str:
    return "\n".join(row.strip() for row in text.strip("\n").split("\n") if row.strip())
