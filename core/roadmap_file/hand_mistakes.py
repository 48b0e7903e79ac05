"""What people write who know Markdown or a word processor, told in its own words instead of YAML's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ..errors import Problem
from ..model import Roadmap, SourcePosition

_START = r"(?P<before>\s*(?:-\s+)*(?:[\w ]+:\s+)?)"
"""What may stand in a line before a value: the dashes of lists, and a key."""
_BOX = re.compile(_START + r"\[(?P<mark>[ xX]?)\] (?P<text>\S.*)")
_AFTER_QUOTE = re.compile(_START + r"(?P<value>(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')\s+(?!#)(?P<more>[^\s:].*?))\s*")
_COMMENT = re.compile(
    r"(?P<before>\s*(?:-\s+)*(?:title:\s+)?)(?P<text>[^\s\"'|>&*!%@`\[\]{}#,?:-](?:[^#]*[^\s#])?) (?P<comment>#.*)"
)
_INDENT = re.compile(r"[\s-]*")
_TYPOGRAPHIC = re.compile("[“”„‟«»‘’‚‛]")


def in_plain_words(problems: Sequence[Problem], lines: Sequence[str]) -> list[Problem]:
    """Return the problems of a file, with a known slip in place of what YAML makes of it, each once.

    `lines` are the file's. YAML's complaint of a blank in the indentation may come a line later; then both are told.
    """
    found: dict[Problem, None] = {}
    for problem in problems:
        number = problem.place.line
        line, last = (lines[index] if 0 <= index < len(lines) else "" for index in (number - 1, number - 2))
        if earlier := _blank(number - 1, last):
            found[earlier] = None
        found[_blank(number, line) or _slip(number, line) or _with_quotes_told(problem, line)] = None
    return list(found)


def titles_cut_by_comments(roadmap: Roadmap, text: str) -> list[Problem]:
    """Return the titles of a file that `#` may have cut, as in `- Learn C # basics`: all that follows is a comment.

    Two spaces before the sign say that a comment is meant.
    """
    titles = {node.title for node in roadmap.walk()} | {roadmap.title}
    begin = {node.line for node in roadmap.walk()}
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _COMMENT.fullmatch(line.rstrip("\r"))
        if match and match["text"] in titles and (number in begin or match["before"].strip() == "title:"):
            whole = f"{match['text']} {match['comment']}".replace("\\", "\\\\").replace('"', '\\"')
            hint = f'in quotes it is all title: `"{whole}"`; two spaces before `#` say that a comment is meant'
            place = SourcePosition(number, match.start("comment") + 1)
            found.append(Problem(place, "for YAML the title ends here, and the rest is a comment", hint))
    return found


def _blank(number: int, line: str) -> Problem | None:
    """Return the first sign in the indentation that only looks like a space."""
    indent = _INDENT.match(line)
    index = next((index for index, sign in enumerate(indent[0] if indent else "") if sign not in " \t\r-"), None)
    if index is None:
        return None
    name = unicodedata.name(line[index], "white space").lower()
    article = "an" if name[0] in "aeiou" else "a"
    message = f"{article} {name} (U+{ord(line[index]):04X}) stands where YAML needs spaces"
    return Problem(SourcePosition(number, index + 1), message, "write an ordinary space instead")


def _slip(number: int, line: str) -> Problem | None:
    if box := _BOX.fullmatch(line):
        done = ", and tick it by `roadpress tick`" if box["mark"].strip() else ""
        hint = f"leave the `[{box['mark']}]` out: `- {box['text'].strip()}`{done}"
        place = SourcePosition(number, box.end("before") + 1)
        return Problem(place, "a box of Markdown is no text in YAML", hint)
    if quoted := _AFTER_QUOTE.fullmatch(line):
        quote = "'" if quoted["value"].startswith('"') else '"'
        whole = f": {quote}{quoted['value']}{quote}" if quote not in quoted["value"] else ""
        place = SourcePosition(number, quoted.start("more") + 1)
        return Problem(place, "text goes on after the closing quote", f"put the whole in other quotes{whole}")
    return None


def _with_quotes_told(problem: Problem, line: str) -> Problem:
    """Add to a complaint about a value in typographic quotes that they are none for YAML."""
    found = _TYPOGRAPHIC.match(line, max(problem.place.column - 1, 0))
    if not found:
        return problem
    told = f"`{found[0]}` is a typographic quote, which YAML reads as text; its own are `\"` and `'`"
    return problem._replace(hint=f"{problem.hint}; {told}" if problem.hint else told)
