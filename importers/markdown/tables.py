"""GFM tables: each row is an entry, and its cells say more of it."""

from __future__ import annotations

import re
from itertools import pairwise

from ..common import prefixes
from ..common.draft import DraftNode
from ..languages import any_of
from ..tables.cells import done_of
from . import durations, title_parser
from .block_parser import Table
from .dates import date_of
from .inline import bare
from .lists import ListReader

_TITLE = re.compile(
    rf"{any_of('topic')}|what|security|book|project|resource|problem|activity|chapter|tool|phase|stage|milestone|step|"
    r"advice|notebook|goal|level|area|category|command",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    rf"(?:{any_of('week', 'day', 'month')}|semaine ?/ ?date|weekday|dates?|number of (?:weeks|days|months))"
    r"(?: ?#| no\.?| n[°º]| ?/.*)?",
    re.IGNORECASE,
)
_ORDINAL = (
    r"(?:(?:(?:twen|thir|for|fif)ty[- ]?)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twen|thir|for|fif)tieth)"
)
_IS_PERIOD = re.compile(
    rf"(?:{any_of('weekdays')}\.?(?:\s?(?:[-–/,]|to|bis|à|a|и)\s?{any_of('weekdays')}\.?)*"
    rf"|(?:第\s?)?{any_of('week', 'day', 'month')}?\s*#?\d{{1,3}}(?:\s?[-–—]\s?\d{{1,3}})?\+?\s?"
    rf"{any_of('week', 'day', 'month')}?|{_ORDINAL}[- ]?(?:week|day|month))\Z",
    re.IGNORECASE,
)
_DURATION = re.compile(any_of("duration"), re.IGNORECASE)
_EFFORT = re.compile(any_of("effort"), re.IGNORECASE)
_NEEDS = re.compile(any_of("needs"), re.IGNORECASE)
_DUE = re.compile(any_of("due"), re.IGNORECASE)
_DONE = re.compile(rf"{any_of('done')}|✅|✔️?|☑️?", re.IGNORECASE)
_TEXT = re.compile(
    r"description|details?(?: and hints)?|notes?|about|summary|comments?|explanation|hints?|content", re.IGNORECASE
)
_CONTENT = re.compile(any_of("content"), re.IGNORECASE)
_FACT = re.compile(any_of("fact"), re.IGNORECASE)
_VALUE = re.compile(any_of("value"), re.IGNORECASE)
_NUMBERS = re.compile(r"#|no\.?|nr\.?|number|№", re.IGNORECASE)
_CODES = re.compile(r"id|codes?|#|nr\.?|no\.?", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z]{1,8}[ .-]?\d{1,4}[A-Za-z]?\Z")
_HOURS = re.compile(any_of("hour"), re.IGNORECASE)
_NOTHING = frozenset(("", "-", "–", "—", "n/a", "none", "."))
_LINKS_ONLY = re.compile(
    r"[\s,;/|·•&]*(?:\[[^\[\]]+\]\((?:<[^<>]+>|[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)[\s,;/|·•&]*)+\Z"
)
_LINK = re.compile(r"\[([^\[\]]+)\]\((?:<([^<>]+)>|([^\s()]+(?:\([^\s()]*\)[^\s()]*)*))\)")


def drafts(table: Table, lists: ListReader) -> list[DraftNode]:
    """Return a table's rows as entries; rows that only hold a title in bold begin a group."""
    head = [lists.inline.clean(cell, table.line).replace("  \n", " ") for cell in table.head]
    names = [bare(cell) for cell in head]
    column = _title_column(names, table)
    rows = [_row(row.cells, row.line, names, column, lists) for row in table.rows]
    groups = [_is_group(row.cells, names, column) for row in table.rows]
    lists.inline.account.understood.append((table.line, "table head", " | ".join(names)))
    lists.inline.account.leave_out(table.line, "table head", " | ".join(names))
    period = next((index for index in range(len(names)) if index != column and _is_period(names, index, table)), -1)
    if period >= 0 and not any(groups) and _spans(table, period):
        return _by_period(rows, table, period, lists)
    if not any(groups):
        return [row for row in rows if row.title]
    result: list[DraftNode] = []
    if not groups[0]:
        result.append(DraftNode(names[column] or "…", table.line, "table head"))
    for row, cells, is_group in zip(rows, table.rows, groups, strict=True):
        if is_group:
            group = DraftNode("", cells.line, "group of rows")
            title_parser.read_heading(group, cells.cells[column], lists.inline)
            rest = [bare(cell) for index, cell in enumerate(cells.cells) if index != column and cell]
            lists.inline.account.leave_out(cells.line, "table head", " | ".join(rest))
            result.append(group)
        elif row.title:
            result[-1].children.append(row)
    return result


def tells_facts(table: Table) -> bool:
    """Whether a table tells facts of the plan, `Information | Details`, and nothing to do."""
    names = [bare(cell) for cell in table.head]
    return len(names) == 2 and bool(_FACT.fullmatch(names[0]) and _VALUE.fullmatch(names[1]))


def _spans(table: Table, period: int) -> bool:
    """Whether some day or week holds for more than one row."""
    cells = [bare(row.cells[period]) for row in table.rows if period < len(row.cells)]
    return any(not after or after == before for before, after in pairwise(cells))


def _by_period(rows: list[DraftNode], table: Table, period: int, lists: ListReader) -> list[DraftNode]:
    """Return the rows below their days or weeks."""
    result: list[DraftNode] = []
    for draft, row in zip(rows, table.rows, strict=True):
        when = row.cells[period] if period < len(row.cells) else ""
        if not result or (when and bare(when) != bare(result[-1].title)):
            group = DraftNode("", row.line, "group of rows")
            name = table.head[period] if bare(when).isdigit() else ""
            title_parser.read_heading(group, f"{name} {when}".strip() or "…", lists.inline)
            result.append(group)
        draft.notes = "\n".join(
            line for line in draft.notes.split("\n") if line != f"- {bare(table.head[period])}: {when}"
        )
        if draft.title:
            result[-1].children.append(draft)
    return result


def _title_column(names: list[str], table: Table) -> int:
    """Return the column whose cells are the titles: one so named, else the first that tells no number, box or time."""
    worded = [index for index in range(len(names)) if _is_worded(table, index)]
    for index in worded:
        if _TITLE.fullmatch(names[index]) and not _is_period(names, index, table):
            return index
    for others in ((_NUMBERS, _CODES, _DONE, _DURATION, _CONTENT), (_NUMBERS, _DONE, _DURATION)):
        for index in worded:
            if not any(form.fullmatch(names[index]) for form in others) and not _is_period(names, index, table):
                return index
    return worded[0] if worded else 0


def _is_period(names: list[str], column: int, table: Table) -> bool:
    """Whether a column says when, not what: days, weeks."""
    if _DURATION.fullmatch(names[column]) or _EFFORT.fullmatch(names[column]):
        return False
    cells = [bare(row.cells[column]) for row in table.rows[:50] if column < len(row.cells) and row.cells[column]]
    when = sum(1 for cell in cells if _IS_PERIOD.match(cell))
    return bool(when) and (when * 2 > len(cells) or (bool(_PERIOD.fullmatch(names[column])) and when * 4 >= len(cells)))


def _is_worded(table: Table, column: int) -> bool:
    cells = [row.cells[column] for row in table.rows[:50] if column < len(row.cells)]
    return sum(
        1 for cell in cells if re.search(r"[^\W\d_]{2}|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]", cell)
    ) * 2 >= len(cells)


def _is_group(cells: list[str], names: list[str], column: int) -> bool:
    if not cells[column].startswith(("**", "__")):
        return False
    others = [bare(cell) for index, cell in enumerate(cells) if index != column]
    whole = re.fullmatch(r"(\*\*|__)[^*_]+\1:?", cells[column].strip())
    heads = [name for index, name in enumerate(names) if index != column]
    return (
        bool(whole)
        and bool(others)
        and all(not other or other == name for other, name in zip(others, heads, strict=False))
    )


def _row(cells: list[str], line: int, names: list[str], column: int, lists: ListReader) -> DraftNode:
    draft = DraftNode("", line, "table row")
    duration = effort = ""
    title = cells[column] if column < len(cells) else ""
    read = title_parser.read_item(draft, title, lists.inline) if title.strip() else None
    if read and read.after_label:
        title_parser.add_text(draft, read.after_label)
    if read and read.sign == title_parser.SIGN_DONE:
        draft.done = "true"
    facts: list[str] = []
    texts: list[str] = []
    for index, (raw, name) in enumerate(zip(cells, names, strict=False)):
        cell = lists.inline.clean(raw, line) if index != column else ""
        if index == column or not cell.strip():
            continue
        plain = bare(cell)
        if _DURATION.fullmatch(name):
            duration = f"{plain}h" if _HOURS.search(name) and re.fullmatch(r"[\d.–-]+", plain) else plain
        elif _EFFORT.fullmatch(name):
            effort = plain
        done = _done_of(plain) if _DONE.fullmatch(name) else None
        if done is not None:
            draft.done = done or draft.done
            lists.inline.account.leave_out(line, "read as done or open", plain)
            for link in _LINK.finditer(cell):
                draft.add_link(link[2] or link[3])
        elif plain.lower() in _NOTHING:
            lists.inline.account.leave_out(line, "empty cell", plain)
        elif (not name or _NUMBERS.fullmatch(name)) and plain.rstrip(".").isdigit():
            lists.inline.account.leave_out(line, "number of a row", plain)
        elif _CODES.fullmatch(name) and _CODE.match(plain):
            draft.ref = plain
            lists.inline.account.leave_out(line, "number of a row", plain)
        elif _LINKS_ONLY.match(cell) and not _NEEDS.fullmatch(name):
            for link in _LINK.finditer(cell):
                draft.add_link(link[2] or link[3], bare(link[1]))
        elif _DUE.fullmatch(name) and (due := date_of(plain)):
            draft.due = due
            lists.inline.account.leave_out(line, "read as a date", plain)
        elif _NEEDS.fullmatch(name):
            draft.needs.append(cell)
            facts.append(f"{name}: {cell}")
        elif _TEXT.fullmatch(name) or _CONTENT.fullmatch(name) or not name:
            texts.append(cell)
        else:
            facts.append(f"{name}: {cell}")
            draft.optional = draft.optional or plain.lower() == "optional"
    draft.hours = draft.hours or durations.from_columns(duration, effort)
    if not draft.title and (facts or texts):
        draft.title = bare((texts or facts).pop(0).split("\n")[0])
    for text in texts:
        title_parser.add_text(draft, text)
    if facts:
        draft.add_note("\n".join(f"- {fact}" for fact in (one.replace("  \n", " ") for one in facts)))
    return draft


def _done_of(text: str) -> str | None:
    """Return `true` or a day for a cell that says done, nothing for one that says open, None for any other."""
    text = text.strip("[] ")
    if text[:1] in prefixes.DONE_SIGNS | prefixes.OPEN_SIGNS and text:
        return "true" if text[:1] in prefixes.DONE_SIGNS else ""
    return done_of(text)
