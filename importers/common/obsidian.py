"""Marks that Obsidian and its plug-ins Tasks and Dataview add to Markdown: some before it is read, days afterwards."""

from __future__ import annotations

import re

from ...core.roadmap_file.value_parsers import parse_date
from .draft import Account, DraftNode, DraftRoadmap

_ANY = re.compile(r"\[\[|==|%%|\[!|\^[\w-]+[ \t]*$|^[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[[^ \]xX]\][ \t]", re.MULTILINE)
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_CODE = re.compile(r"(`+[^`\n]*`+)")
_WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\](?![(\[])")
_HIGHLIGHT = re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]{0,300}?[^\s=])==(?![=\w])")
_COMMENT = re.compile(r"(?<![\w%])%%([^\n]{0,2000}?)%%(?!%)")
_BLOCK_ID = re.compile(r"[ \t]\^(?=[a-z\d-]*[a-z])[a-zA-Z\d-]{3,40}[ \t]*\Z")
_CALLOUT = re.compile(r"([ \t]*(?:>[ \t]*)+)\[!([\w-]{1,30})(?:\|[^\]\n]{0,60})?\][-+]?[ \t]*(.*)\Z")
_BOX = re.compile(r"([ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[([/\-><!?*\"lbiSIpcfkwud])\](?=[ \t]+\S)")
_STATES = {"/": "begun", "-": "given up", ">": "put off", "<": "planned"}
_DATED = re.compile(r"[ \t]*(📅|📆|🗓️?|✅|❌|⏳|🛫|➕)\ufe0f?[ \t]*(\d{4}-\d{2}-\d{2})(?!\d)")
_FIELD = re.compile(r"[ \t]*[\[(](due|completion|scheduled|start|created|cancelled)::[ \t]*(\d{4}-\d{2}-\d{2})[\])]")
_REPEAT = re.compile(r"[ \t]*(?:🔁[ \t]*every[ \w,-]{1,40}|[🔺⏫🔼🔽⏬](?=[ \t]|\Z))")
_DUE = frozenset(("📅", "📆", "🗓", "🗓️", "due"))
_DONE = frozenset(("✅", "completion"))


def without_marks(text: str, account: Account) -> str:
    """Return a text as Markdown alone, each line where it was; what is not in it any more is told."""
    if not _ANY.search(text):
        return text
    rows = text.split("\n")
    fence = ""
    in_comment = False
    for index, row in enumerate(rows):
        mark = _FENCE.match(row)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif fence:
            continue
        elif row.strip() == "%%" and (in_comment or "%%" in (later.strip() for later in rows[index + 1 : index + 200])):
            in_comment = not in_comment
            rows[index] = ""
        elif in_comment:
            account.leave_out(index + 1, "comment", row)
            rows[index] = ""
        elif _ANY.search(row):
            rows[index] = _row(row, index + 1, account)
    return "\n".join(rows)


def _row(row: str, line: int, account: Account) -> str:
    if callout := _CALLOUT.match(row):
        account.leave_out(line, "kind of a callout", callout[2])
        row = callout[1] + (f"**{callout[3].strip()}**" if callout[3].strip() else "")
    if box := _BOX.match(row):
        account.leave_out(line, "state", _STATES.get(box[2], box[2]))
        row = f"{box[1]}[ ]{row[box.end() :]}"
    row = _BLOCK_ID.sub("", row)
    parts = _CODE.split(row)
    parts[::2] = [_words(part, line, account) for part in parts[::2]]
    return "".join(parts)


def _words(text: str, line: int, account: Account) -> str:
    def comment(found: re.Match[str]) -> str:
        account.leave_out(line, "comment", found[1])
        return ""

    def link(found: re.Match[str]) -> str:
        embedded, target, shown = found.groups()
        if embedded:
            account.leave_out(line, "embedded note", target)
            return ""
        if shown:
            account.leave_out(line, "link to a note", target)
        return shown or target.rpartition("/")[2].replace("#", " › ").lstrip(" ›")

    return _HIGHLIGHT.sub(r"**\1**", _WIKI.sub(link, _COMMENT.sub(comment, text)))


def take_dates(roadmap: DraftRoadmap, account: Account) -> None:
    """Give entries the days that stand as signs in their titles."""
    for draft in roadmap.walk():
        if not draft.title.isascii() or "::" in draft.title:
            _take(draft, account)


def _take(draft: DraftNode, account: Account) -> None:
    found = [*_DATED.findall(draft.title), *_FIELD.findall(draft.title)]
    if not found:
        return
    for sign, day in found:
        if not _is_day(day):
            return
        if sign in _DUE:
            draft.due = day
        elif sign in _DONE and not draft.children:
            draft.done = day
        else:
            account.leave_out(draft.line, "day", f"{sign} {day}")
    for repeat in _REPEAT.findall(draft.title):
        account.leave_out(draft.line, "repetition or priority", repeat)
    rest = _REPEAT.sub("", _FIELD.sub("", _DATED.sub("", draft.title))).strip()
    draft.title = rest or draft.title


def _is_day(text: str) -> bool:
    try:
        parse_date(text)
    except ValueError:
        return False
    return True
