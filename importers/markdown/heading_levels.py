"""What the headings of a document mean: some only look like it, some have the wrong level, some are no headings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from ..common import prefixes, vocabulary
from ..common.draft import Account
from ..languages import any_of
from . import inline_labels
from .block_parser import (
    Block,
    Heading,
    HeadingLevel,
    HtmlBlock,
    Item,
    ListBlock,
    Origin,
    Paragraph,
    Rule,
    Table,
    hard_lines,
)
from .html_blocks import DetailsEnd, expand
from .inline import bare

LEAD_WORDS = 6

_REFERENCE = re.compile(r"(?:\*\*|__)?(\[\d{1,3}\])(?:\*\*|__)?[ \t:]+(?=\S)")
_ITALIC_LEAD = re.compile(r"([*_])(?![*_])[^*_]{2,60}:\1:?\Z|([*_])(?![*_])[^*_]{2,60}\2:\Z")
_SIGNED = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF\u2B50\u25B6➡]\ufe0f?\s*\S")
_LINK = r"\[(?:[^\[\]]|\[[^\[\]]*\]){1,200}\]\((?!#)[^()\s]+(?:\([^()\s]*\)[^()\s]*)*\)"
_LINKED_LINE = re.compile(
    rf"(?P<name>{_LINK}(?:[\s,;/|·•&()]*(?:\b\w{{1,4}}\b\s|{_LINK}))*[\s)]*)(?:(?:\s*[:：]|\s+[–—-])\s*(?P<text>\S.*))?\Z"
)
_NAMED_LINE = re.compile(
    rf"(?P<name>{_LINK}(?=\s+\w)|[^\s:：。.?!\[*_<(][^:：。.?!\n]{{0,40}}[:：])\s*(?P<text>\S.*)\Z"
)
_FAMILY = re.compile(r"(\w+)\s+(\d{1,3})\b", re.UNICODE)
_PERIOD = any_of("day", "week", "month")
_ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th|\.|º|ª|er|e|ème|-?[йяая])\s|(?:first|second|third|fourth|fifth|sixth)\s"
    r"|第\s?(?:\d{1,3}|[一二三四五六七八九十]+)\s?|\d{1,3}(?=주차|週目|日目|일차))"
)
_IN_SERIES = re.compile(
    rf"(?:(?P<word>{_PERIOD}|phase|fase|stage|step|module|módulo|modul|part|level|этап|фаза|المرحلة|الأسبوع|اليوم)\s*"
    rf"\d{{1,3}}(?:\s?(?:-|–|—|to|bis|a|à|до)\s?\d{{1,3}})?(?![\w.,])"
    rf"|{_ORDINAL}(?P<after>{_PERIOD}|阶段|階段|个月|個月|章|フェーズ|단계)(?![a-zа-я]))",
    re.IGNORECASE,
)
"""`Week 3`, `Semana 1-2`, `2nd month`, `第3周`: a heading or a line that is one of a series."""
Piece = Block | DetailsEnd
_TITLE, _SECTION = HeadingLevel(1), HeadingLevel(2)
"""Of lines that were found to be headings where none is written."""


def series_of(text: str) -> str:
    """Return the word that a text shares with the others of its series: `week` of `📅 Week 3: Joins`; or nothing."""
    match = _IN_SERIES.match(prefixes.split_emoji(bare(text[:120]))[1])
    return (match["word"] or match["after"] or "").casefold() if match else ""


def structured(blocks: list[Block], account: Account) -> list[Piece]:
    """Return the document's blocks with every heading in its place."""
    pieces: list[Piece] = []
    for block in blocks:
        if isinstance(block, HtmlBlock):
            pieces += expand(block, account)
        else:
            pieces.append(block)
    pieces = _goals(pieces)
    headings = [piece for piece in pieces if isinstance(piece, Heading) and not _is_fold(piece)]
    _mend_stray_levels(headings)
    _nest_families(headings)
    _nest_numbered(pieces)
    _strip_bare_numbers(headings, account)
    if not headings:
        if not any(isinstance(piece, (ListBlock, Table)) for piece in pieces):
            pieces = _plain_lines(pieces)
        pieces = _pasted_headings(pieces)
    pieces = _series_lines(pieces)
    pieces = _linked_lines(_signed_lines(pieces))
    return _leads(_bold_lines(_references(_folds(pieces, account), account)))


def _is_fold(piece: Piece) -> bool:
    return isinstance(piece, Heading) and piece.level.origin is Origin.FOLD


def _goals(pieces: list[Piece]) -> list[Piece]:
    """Make a line in bold of a heading right below another that says what that section is for: `### Goal: …`."""
    result: list[Piece] = []
    for index, piece in enumerate(pieces):
        above = pieces[index - 1] if index else None
        if (
            isinstance(piece, Heading)
            and isinstance(above, Heading)
            and above.level < piece.level
            and vocabulary.GOAL.match(bare(piece.text))
        ):
            result.append(Paragraph(piece.line, piece.end, f"**{bare(piece.text)}**"))
        else:
            result.append(piece)
    return result


def _references(pieces: list[Piece], account: Account) -> list[Piece]:
    """Make a list of paragraphs that are numbered like references, `[1] …` or `**[1]** …`, where there are several."""
    found = {
        index: match
        for index, piece in enumerate(pieces)
        if isinstance(piece, Paragraph) and (match := _REFERENCE.match(piece.text))
    }
    if len(found) < 3:
        return pieces
    result: list[Piece] = []
    for index, piece in enumerate(pieces):
        if index not in found or not isinstance(piece, Paragraph):
            result.append(piece)
            continue
        account.leave_out(piece.line, "number of a reference", found[index][1])
        rest = piece.text[found[index].end() :]
        item = Item(piece.line, piece.end, [Paragraph(piece.line, piece.end, rest)])
        if result and isinstance(result[-1], ListBlock) and index - 1 in found:
            result[-1].items.append(item)
            result[-1].end = piece.end
        else:
            result.append(ListBlock(piece.line, piece.end, [item]))
    return result


def _mend_stray_levels(headings: list[Heading]) -> None:
    """Give a numbered heading the level of its neighbours in the numbering: `### 4.`, `# 5.`, `### 6.`."""
    numbered = [(heading, prefixes.value(_number(heading.text))) for heading in headings]
    numbered = [(heading, number) for heading, number in numbered if number]
    for before, (heading, number), after in zip(numbered, numbered[1:], numbered[2:], strict=False):
        same = before[0].level == after[0].level != heading.level
        if same and before[1] == number - 1 and after[1] == number + 1:
            heading.level = before[0].level


def _number(text: str) -> str:
    text = prefixes.split_emoji(bare(text))[1]
    number = prefixes.split_number(text)[0]
    return number if "." not in number.rstrip(".") else ""


def _nest_families(headings: list[Heading]) -> None:
    """Put `Track 1`, `Track 2` below `Cycle 1` where they share a level and the tracks begin anew each time."""
    by_level: dict[HeadingLevel, list[Heading]] = defaultdict(list)
    for heading in headings:
        by_level[heading.level].append(heading)
    for level, same in by_level.items():
        families: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for index, heading in enumerate(same):
            if match := _FAMILY.match(prefixes.split_emoji(bare(heading.text))[1]):
                families[match[1].lower()].append((index, int(match[2])))
        outer = [name for name, found in families.items() if len(found) > 1 and _ascends(found)]
        for name, found in families.items():
            starts = [index for index, number in found if number == 1]
            if len(starts) < 2 or not outer or name in outer:
                continue
            parents = {index for index, _ in families[outer[0]]}
            if all(start - 1 in parents for start in starts):
                for index, _ in found:
                    same[index].level = HeadingLevel(level.depth, Origin.FAMILY)


def _nest_numbered(pieces: list[Piece]) -> None:
    """Put `### 1. …`, `### 2. …` below `### Courses`, right before them, where one without a number follows."""
    headings = [piece for piece in pieces if isinstance(piece, Heading)]
    empty = {id(before) for before, after in pairwise(pieces) if isinstance(after, Heading)}
    for index, heading in enumerate(headings[:-2]):
        if not index or _is_fold(heading) or id(heading) not in empty or prefixes.value(_number(heading.text)):
            continue
        same: list[Heading] = []
        for other in headings[index + 1 :]:
            if other.level == heading.level and prefixes.value(_number(other.text)) == len(same) + 1:
                same.append(other)
            elif other.level <= heading.level:
                if other.level == heading.level and len(same) > 1 and not prefixes.value(_number(other.text)):
                    for numbered in same:
                        numbered.level = HeadingLevel(numbered.level.depth, Origin.FAMILY)
                break


def _strip_bare_numbers(headings: list[Heading], account: Account) -> None:
    """Take the numbers of `1 History`, `2 Methods` … off, when the headings of a level are so numbered."""
    by_level: dict[HeadingLevel, list[tuple[Heading, str, str]]] = defaultdict(list)
    for heading in headings:
        number, rest = prefixes.split_bare_number(heading.text)
        if number:
            by_level[heading.level].append((heading, number, rest))
    for level, numbered in by_level.items():
        count = sum(1 for heading in headings if heading.level == level)
        numbers = [int(number) for _, number, _ in numbered]
        steps = [after - before for before, after in pairwise(numbers)]
        if len(numbers) > 1 and len(numbers) * 2 >= count and numbers[0] <= 1 and all(step in (1, 2) for step in steps):
            for heading, number, rest in numbered:
                heading.text = rest
                account.leave_out(heading.line, "number of a heading", number)


def _ascends(found: list[tuple[int, int]]) -> bool:
    return all(before[1] < after[1] for before, after in pairwise(found))


def _folds(pieces: list[Piece], account: Account) -> list[Piece]:
    """Make the summary of a folded part a heading, unless it folds headings, or says nothing but `click here`."""
    result: list[Piece] = []
    depth = 0
    for index, piece in enumerate(pieces):
        if isinstance(piece, Heading) and _is_fold(piece):
            end = next((i for i in range(index + 1, len(pieces)) if isinstance(pieces[i], DetailsEnd)), len(pieces))
            inside = pieces[index + 1 : end]
            if any(isinstance(other, Heading) and not _is_fold(other) for other in inside) or not inside:
                account.leave_out(piece.line, "title of a folded part", piece.text)
                continue
            piece.level = HeadingLevel(depth, Origin.FOLD)
        elif isinstance(piece, Heading):
            depth = piece.level.depth
        result.append(piece)
    return result


def is_bold_line(piece: Piece) -> bool:
    """Whether a paragraph is a single line, all of it in bold."""
    if not isinstance(piece, Paragraph) or len(piece.text) > 160 or "\n" in piece.text:
        return False
    text = prefixes.split_emoji(piece.text.strip())[1]
    if _ITALIC_LEAD.match(text):
        return True
    label = inline_labels.split_label(text)
    return bool(label and not label.rest and re.search(r"\w", label.text) and "](#" not in label.text)


def _bold_lines(pieces: list[Piece]) -> list[Piece]:
    """Make lines in bold headings. The first line below a heading is its summary instead, when it is the only one."""
    result: list[Piece] = []
    top = min((piece.level for piece in pieces if isinstance(piece, Heading)), default=_SECTION)
    single_top = sum(1 for piece in pieces if isinstance(piece, Heading) and piece.level == top) == 1
    level: HeadingLevel | None = None
    start = 0
    while start < len(pieces):
        if isinstance(pieces[start], Heading):
            level = pieces[start].level  # type: ignore[union-attr]  # it was just seen to be a heading
            result.append(pieces[start])
            start += 1
            continue
        end = next((i for i in range(start, len(pieces)) if isinstance(pieces[i], Heading)), len(pieces))
        bold = [i for i in range(start, end) if is_bold_line(pieces[i])]
        inner = _among_numbered([pieces[i] for i in bold])
        summary = -1
        if bold and bold[0] == start and level and (len(bold) == 1 or bold[1] == start + 1 or _is_goal(pieces[start])):
            summary = start
        for index in range(start, end):
            piece = pieces[index]
            after_rule = index > start and isinstance(pieces[index - 1], Rule)
            signs = after_rule and index == len(pieces) - 1
            if index in bold and index != summary and not signs and isinstance(piece, Paragraph):
                aside = after_rule and not (level == top and single_top)
                own = _bold_level(level, among_numbered=piece.line in inner)
                piece = Heading(piece.line, piece.end, level if level and aside else own, piece.text)
            result.append(piece)
        start = end
    return result


def _among_numbered(lines: list[Piece]) -> set[int]:
    """Return where the lines in bold stand that come again between numbered ones: `**1. Git**`, `**Exercise**`."""
    numbers = [prefixes.value(_number(line.text)) if isinstance(line, Paragraph) else 0 for line in lines]
    numbered = [number for number in numbers if number]
    if len(numbered) < 2 or not numbers[0] or any(after != before + 1 for before, after in pairwise(numbered)):
        return set()
    again = Counter(
        bare(line.text)
        for line, number in zip(lines, numbers, strict=True)
        if not number and isinstance(line, Paragraph)
    )
    return {line.line for line in lines if isinstance(line, Paragraph) and again[bare(line.text)] > 1}


def _is_goal(piece: Piece) -> bool:
    return isinstance(piece, Paragraph) and bool(vocabulary.GOAL.match(bare(piece.text)))


def _bold_level(above: HeadingLevel | None, *, among_numbered: bool = False) -> HeadingLevel:
    """Return the level of a line in bold below a heading: between real ones, and below a folded part when in one."""
    if not above:
        return HeadingLevel(_SECTION.depth, Origin.FAMILY) if among_numbered else _SECTION
    if above.is_inferred:
        return HeadingLevel(above.depth, Origin.BOLD_INMOST if among_numbered else Origin.BOLD_INSIDE)
    return HeadingLevel(above.depth, Origin.BOLD_INSIDE if among_numbered else Origin.BOLD)


def _leads(pieces: list[Piece]) -> list[Piece]:
    """Make a short line that ends in a colon, right before a list, the heading of that list where there are several."""
    result: list[Piece] = []
    span = 0
    leads: dict[int, int] = {}
    for index, piece in enumerate(pieces):
        if isinstance(piece, Heading):
            span = index
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        if isinstance(piece, Paragraph) and isinstance(following, (ListBlock, Table)) and _is_lead(piece.text):
            leads[index] = span
    counts: dict[int, int] = defaultdict(int)
    span = 0
    for index, piece in enumerate(pieces):
        if isinstance(piece, Heading):
            span = index
        if isinstance(piece, (ListBlock, Table)):
            counts[span] += 1
    level: HeadingLevel | None = None
    for index, piece in enumerate(pieces):
        if isinstance(piece, Heading):
            level = piece.level
        if index in leads and counts[leads[index]] > 1 and isinstance(piece, Paragraph) and level:
            *before, last = piece.text.split("\n")
            if before:
                result.append(Paragraph(piece.line, piece.end - 1, "\n".join(before)))
            origin = Origin.LEAD_INSIDE if level.is_inferred else Origin.LEAD
            result.append(Heading(piece.end, piece.end, HeadingLevel(level.depth, origin), last))
        else:
            result.append(piece)
    return result


def _is_lead(text: str) -> bool:
    last = bare(hard_lines(text)[-1] if "\n" not in text else text.rsplit("\n", maxsplit=1)[-1])
    return last.endswith((":", "：")) and len(last.split()) <= LEAD_WORDS and not re.search(r"[.!?]\s", last)


def _series_lines(pieces: list[Piece]) -> list[Piece]:
    """Make entries of lines such as `Week 2: Joins`, and headings of them where a list follows."""
    rows = [series_of(row) for piece in pieces if isinstance(piece, Paragraph) for row in piece.text.split("\n")]
    series = {word for word, count in Counter(rows).items() if word and count > 1}
    if not series:
        return pieces
    series |= {word for word, after in pairwise(rows) if word and after in series}  # one phase above its weeks
    order = list(dict.fromkeys(row for row in rows if row in series))
    result: list[Piece] = []
    level: HeadingLevel | None = None
    in_series = False
    parts = [part for piece in pieces for part in _cut(piece, series)]
    for part, following in zip_longest(parts, parts[1:]):
        if isinstance(part, Heading) and not _is_fold(part):
            level, in_series = part.level, False
        word = _of_series(part, series)
        if not word or not isinstance(part, Paragraph):
            named = part if in_series and isinstance(part, Paragraph) and _names_list(part, following) else None
            # `Practice project: Bread` after `Week 4`
            result.append(Heading(named.line, named.end, _bold_level(level), named.text) if named else part)
        elif order.index(word) < order.index(_of_series(following, series) or word):  # a month above its weeks
            depth = order.index(word) + (level.depth + 1 if level else _SECTION.depth)
            result.append(Heading(part.line, part.end, HeadingLevel(depth), part.text))
        elif isinstance(following, (ListBlock, Table)):
            result.append(Heading(part.line, part.end, _bold_level(level), part.text))
            in_series = True
        else:
            item = Item(part.line, part.end, [part])
            if (
                isinstance(last := result[-1] if result else None, ListBlock)
                and len(last.items[-1].blocks) == 1
                and _of_series(last.items[-1].blocks[0], series)
            ):
                last.items.append(item)
                last.end = part.end
            else:
                result.append(ListBlock(part.line, part.end, [item]))
    return result


def _names_list(piece: Paragraph, following: Piece | None) -> bool:
    """Whether a paragraph is a short line, no sentence and no lead, that a list follows."""
    return (
        isinstance(following, (ListBlock, Table))
        and len(piece.text) <= 80
        and "\n" not in piece.text
        and not piece.text.rstrip("*_ ").endswith((".", ":", "!", "?", ",", "：", "。"))
        and not is_bold_line(piece)
    )


def _of_series(piece: Piece | None, series: set[str]) -> str:
    """Return the word of the series that a paragraph is of, or nothing."""
    word = series_of(piece.text) if isinstance(piece, Paragraph) and not is_bold_line(piece) else ""
    return word if word in series else ""


def _cut(piece: Piece, series: set[str]) -> Sequence[Piece]:
    """Return a paragraph cut before each line that is one of a series; any other piece as it is."""
    if not isinstance(piece, Paragraph) or is_bold_line(piece):
        return [piece]
    parts: list[Paragraph] = []
    for line, row in enumerate(piece.text.split("\n"), piece.line):
        if parts and series_of(row) not in series:
            parts[-1].text += f"\n{row}"
            parts[-1].end = line
        else:
            parts.append(Paragraph(line, line, row))
    return parts


def _linked_lines(pieces: list[Piece]) -> list[Piece]:
    """Make lists of paragraphs whose every line is a link, and what it is about: `[Course](url)` alone is an entry.

    Among such paragraphs, one of a link or a name and a sentence is an entry too.
    """
    sections = [index for index, piece in enumerate(pieces) if isinstance(piece, Heading)]
    found: dict[int, list[str]] = {}
    for start, end in pairwise([*sections, len(pieces)]):
        texts = {
            index: piece.text for index, piece in enumerate(pieces[start:end], start) if isinstance(piece, Paragraph)
        }
        linked = {index: rows for index, text in texts.items() if (rows := _linked_rows(text, _LINKED_LINE))}
        if len(linked) > 1:
            named = {index: rows for index, text in texts.items() if (rows := _linked_rows(text, _NAMED_LINE))}
            linked = named | linked
        found |= linked
    if sum(map(len, found.values())) < 3:
        return pieces
    result: list[Piece] = []
    for index, piece in enumerate(pieces):
        if index not in found or not isinstance(piece, Paragraph):
            result.append(piece)
            continue
        lines = range(piece.line, piece.line + len(found[index]))
        entries = zip(lines, found[index], strict=True)
        items = [Item(line, line, [Paragraph(line, line, row)]) for line, row in entries]
        if index - 1 in found and isinstance(last := result[-1], ListBlock):
            last.items += items
            last.end = piece.end
        else:
            result.append(ListBlock(piece.line, piece.end, items))
    return result


def _linked_rows(text: str, form: re.Pattern[str]) -> list[str]:
    """Return the lines of a paragraph as entries with their sentences below them, or nothing when one is none."""
    if len(text) > 4000:
        return []
    rows = []
    for row in text.split("\n"):
        match = form.match(row.strip())
        if not match or "![" in row or vocabulary.TOP.search(bare(match["name"])):
            return []
        name = match["name"].rstrip(":： ")
        rows.append(f"{name}  \n{match['text']}" if match["text"] else name)
    return rows


def _signed_lines(pieces: list[Piece]) -> list[Piece]:
    """Make lists of lines that each begin with an emoji or a tick: bullets of a kind, perhaps below a line in bold."""
    result: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, Paragraph) or "\n" not in piece.text:
            result.append(piece)
            continue
        first, rest = piece.text.split("\n", 1)
        signed = all(_SIGNED.match(row) for row in rest.split("\n"))
        head = Paragraph(piece.line, piece.line, first.strip())
        if signed and is_bold_line(head):
            result += [head, _as_list(Paragraph(piece.line + 1, piece.end, rest))]
        else:
            result.append(_as_list(piece) if signed and _SIGNED.match(first) else piece)
    return result


def _plain_lines(pieces: list[Piece]) -> list[Piece]:
    """Make a list of the bare lines of a text without markup, and a title of a short first line that stands alone."""
    result: list[Piece] = []
    for index, piece in enumerate(pieces):
        if not isinstance(piece, Paragraph):
            result.append(piece)
            continue
        rows = piece.text.split("\n")
        bare_rows = all(len(row) <= 100 and not row.rstrip().endswith((".", ",")) for row in rows)
        if len(rows) > 1 and bare_rows and len({word for row in rows if (word := series_of(row))}) < 2:
            result.append(_as_list(piece))
        elif (
            index == 0
            and len(rows) == 1
            and len(rows[0]) <= (100 if vocabulary.PLAN.search(rows[0]) else 60)
            and not rows[0].endswith("。")
            and bare_rows
            and len(pieces) > 1
        ):
            result.append(Heading(piece.line, piece.end, _TITLE, rows[0]))
        else:
            result.append(piece)
    return result


def _as_list(paragraph: Paragraph) -> ListBlock:
    items = [
        Item(line, line, [Paragraph(line, line, row.strip())])
        for line, row in enumerate(paragraph.text.split("\n"), paragraph.line)
        if row.strip()
    ]
    return ListBlock(paragraph.line, paragraph.end, items)


def _pasted_headings(pieces: list[Piece]) -> list[Piece]:
    """Find the headings of an answer that lost its Markdown: short lines, an emoji or number first, or after a rule."""
    result: list[Piece] = []
    for index, piece in enumerate(pieces):
        if not isinstance(piece, Paragraph) or "\n" in piece.text or is_bold_line(piece):
            result.append(piece)
            continue
        text = piece.text.strip()
        emoji, rest = prefixes.split_emoji(text)
        number, numbered = prefixes.split_number(rest)
        short = len(text) <= 80 and not text.endswith((".", "?", "!", ":", "…")) and len(text.split()) <= 10
        after_rule = index == 0 or isinstance(pieces[index - 1], Rule)
        if short and rest and (emoji or (number and numbered)) and index + 1 < len(pieces):
            result.append(Heading(piece.line, piece.end, _TITLE if index == 0 and not number else _SECTION, text))
        elif short and after_rule and index and index + 1 < len(pieces):
            result.append(Heading(piece.line, piece.end, _SECTION, text))
        else:
            result.append(piece)
    return result
