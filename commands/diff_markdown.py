"""A difference as Markdown for a pull request. Titles are text there: no markup, no HTML, no mention, no issue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.history.diff import Difference, EntryRef
from ..core.history.diff_words import DiffLine, Piece, lines_of, summary
from ..core.locale.words import Words, words_for

_MOST_LINES = 15
"""Of one part."""
_MOST_CHARACTERS = 50_000
"""From which on parts are only counted: a comment on GitHub has at most 65,536."""
_SIGNS = re.compile(r"[\\`*_\[\]#~$]")
_REFERENCE = re.compile(
    r"@(?=\w)|#(?=\d)|\bGH-(?=\d)|\b[0-9a-f](?=[0-9a-f]{6,39}\b)|:(?=//)|\bwww(?=\.)", re.IGNORECASE
)
"""What GitHub and GitLab make mentions, issues, commits and links of."""
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
_JOINER = "\u2060"


def as_markdown(
    difference: Difference, old: str, new: str, language: str = "en", *, ids: bool = False, everything: bool = False
) -> str:
    """Return a difference as Markdown in the words of a language: counts, then a list for each part."""
    words = words_for(language, "diff")
    lines = [f"{_code(old)} → {_code(new)}: **{summary(difference, language)}**"]
    for place, part in enumerate(difference.parts):
        if not everything and sum(map(len, lines)) > _MOST_CHARACTERS:
            lines += ["", words.count("more_parts", len(difference.parts) - place)]
            break
        heading = f"{part.heading.number} {part.heading.title}" if part.heading.number else words["roadmap"]
        lines += ["", f"### {escaped(heading)}", ""]
        found = list(lines_of(part, language, everything=everything))
        shown = found if everything or len(found) <= _MOST_LINES + 1 else found[:_MOST_LINES]
        for line in shown:
            lines += _item(line, words, ids=ids)
        if len(found) > len(shown):
            lines.append(f"- {words.count('more_changes', len(found) - len(shown))}")
    return "\n".join(lines) + "\n"


def _item(line: DiffLine, words: Words, *, ids: bool) -> Iterator[str]:
    name, *details = ("".join(_piece(piece, ids=ids) for piece in part) for part in (line.pieces, *line.details))
    colon = ": " if name and details and line.verb != "retitled" else "; " if name and details else ""
    told = f"{name}{colon}{'; '.join(details)}"
    yield f"- **{words[line.verb]}** {told}".rstrip()
    yield from (f"  - {_ref(ref, ids=ids)}" for ref in line.below)
    if line.more:
        yield f"  - {words.say('and_more', n=line.more)}"


def _ref(ref: EntryRef, *, ids: bool) -> str:
    return escaped(f"{ref.number} {ref.title}") + (f" {_code(ref.id)}" if ids else "")


def _piece(piece: Piece, *, ids: bool) -> str:
    if piece.role == "url":
        return _code(piece.text)
    text = escaped(piece.text)
    inner = text.strip()
    if piece.role in ("cut", "put") and inner:  # markup holds only where it touches words
        sign = "~~" if piece.role == "cut" else "**"
        start = len(text) - len(text.lstrip())
        text = f"{text[:start]}{sign}{inner}{sign}{text[start + len(inner) :]}"
    return f"{text} {_code(piece.id)}" if ids and piece.id else text


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is."""
    text = _NO_TEXT.sub("\ufffd", text)
    text = _SIGNS.sub(r"\\\g<0>", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _REFERENCE.sub(lambda found: found[0] + _JOINER, text)


def _code(text: str) -> str:
    """Return text as code, where nothing becomes a link."""
    text = _NO_TEXT.sub("\ufffd", text)
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"
