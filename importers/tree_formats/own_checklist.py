"""The checklist's page, back to the roadmap it was made of: titles and notes from its rows, all else from its data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from ...core.locale.words import words_for
from ...core.model import LinkKind
from ...core.roadmap_file.value_parsers import WEEKDAYS
from ...core.text import plain
from ..common.draft import Account, DraftNode, DraftRoadmap, Imported
from ..common.plain_text import as_markdown
from ..documents.html_page import markdown_from
from ..documents.html_tokens import Token, end_of, tokens
from ..markdown.own_export import settle_needs, written_hours, written_pace

MAX_BYTES = 32 * 2**20
_DATA = re.compile(r'<script type="?application/json"? id="?data"?>(.*?)</script>', re.DOTALL)
_NUMBER = re.compile(r"\d+(?:\.\d+)*\Z")
_MARKS = {"strong": "**", "em": "*", "s": "~~"}
_SIGNS = re.compile(r"([\\`*_\[\]<>~&])")


def read(data: bytes, name: str) -> Imported:  # noqa: ARG001 - the face of every reader
    """Return the roadmap in a page, with the ticks that it was made with.

    Raises ValueError when it is no such page, or its rows and its data do not fit.
    """
    if len(data) > MAX_BYTES:
        raise ValueError(f"It has more than {MAX_BYTES // 2**20} MB.")
    text = data.decode("utf-8-sig", "replace")
    found = _DATA.search(text)
    try:
        value = json.loads(found[1]) if found else None
    except (ValueError, RecursionError):
        value = None
    if not found or not isinstance(value, dict) or "depth" not in value:
        raise ValueError("It is no checklist of roadpress, or it was changed.")
    page = tokens(re.sub(r"</?noscript>", "", text[: found.start()]))
    account = Account()
    roadmap = _head(page, value)
    words = words_for(roadmap.language, "checklist")
    kinds = {words[kind.value]: kind.value for kind in LinkKind}
    rows = [_row(page, start, end, kinds) for start, end in _rows(page)]
    try:
        depths = [int(depth) for depth in value["depth"]]
        fit = len(rows) == len(depths) and all(0 < after <= before + 1 for before, after in pairwise([0, *depths]))
        _set_columns(rows, value)
        drafts = [row.draft for row in rows]
        _nest(roadmap, drafts, depths)
        _name(roadmap, drafts, value)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        fit = False
    if not fit:
        raise ValueError("Its rows and its data do not fit together: it was changed, or is not whole.")
    settle_needs(roadmap, account)
    account.notices += _notices(value)
    return Imported(roadmap, account)


def _notices(value: dict[str, Any]) -> Iterator[str]:
    yield (
        "Ticks that were made in the page are kept in the browser, not in the file: save them there, "
        "“Save progress …”, and `roadpress collect` the file."
    )
    skipped = sum(1 for tick in _column(value, "given").values() if tick[:1] == ["s"])
    if skipped:
        yield f"{skipped:,} entries were skipped, which only a progress file can say: they are open."
    yield "A checklist does not carry the hours of groups, the colours of tags and the options of outputs."


def _head(page: list[Token], value: dict[str, Any]) -> DraftRoadmap:
    """Return a roadmap with all that stands above the rows."""
    roadmap = DraftRoadmap(str(value.get("title", "")), learner=str(value.get("learner", "")))
    for index, token in enumerate(page):
        if token.is_end:
            continue
        inner = page[index + 1 : end_of(page, index)] if token.tag in ("p", "div") else []
        if token.tag == "html":
            language = token.attributes.get("lang", "")
            roadmap.language = "" if language == "en" else language
        elif token.tag == "p" and token.attributes.get("class") == "by":
            roadmap.authors = [author for author in _text(inner).split(", ") if author]
        elif token.tag == "div" and token.attributes.get("id") == "about":
            roadmap.description = _blocks(inner)
        elif token.tag == "option" and (tag := token.attributes.get("value", "")).startswith("tag:"):
            title = page[index + 1].text if index + 1 < len(page) else ""
            roadmap.tags[tag.removeprefix("tag:")] = {"title": " ".join(title.split())}
        elif token.tag == "main":
            break
    roadmap.start = str(value.get("start", ""))
    pace = value.get("pace")
    if isinstance(pace, dict):
        days = [WEEKDAYS[day] for day in pace.get("days", [])]
        off = [first if first == last else f"{first}..{last}" for first, last in pace.get("off", [])]
        said = {"hours": pace.get("hours"), "per": pace.get("per", "week")}
        said |= {"days": days} if 0 < len(days) < len(WEEKDAYS) else {}
        roadmap.pace = written_pace(said | ({"off": off} if off else {}))
    return roadmap


def _rows(page: list[Token]) -> Iterator[tuple[int, int]]:
    """Yield from where to where each row stands, without those below it."""
    start = next((index for index, token in enumerate(page) if token.tag == "main"), len(page))
    begins = [
        index
        for index in range(start, len(page))
        if page[index].tag in ("section", "li")
        and not page[index].is_end
        and _NUMBER.match(page[index].attributes.get("id", ""))
    ]
    yield from pairwise([*begins, len(page)])


class _Row(NamedTuple):
    """An entry with what its row shows: icon, title, summary, links, notes."""

    draft: DraftNode
    facts: int
    """How many facts stand in its margin, without the one that it is new and its day."""


def _row(page: list[Token], start: int, end: int, kinds: dict[str, str]) -> _Row:
    draft = DraftNode("", 0, "row")
    facts = 0
    index = start + 1
    while index < end:
        token = page[index]
        classes = token.attributes.get("class", "").split()
        stop = min(end_of(page, index), end) if token.tag and not token.is_end else index
        inner = page[index + 1 : stop]
        if token.tag == "label" and not token.is_end:
            _label(draft, inner)
        elif token.tag == "small":
            facts = sum(part.tag == "span" and not part.is_end and not part.attributes.get("class") for part in inner)
        elif token.tag == "p" and "s" in classes and "id" not in token.attributes:
            draft.summary = _line(inner)
        elif token.tag == "ul" and "l" in classes:
            _take_links(draft, inner, kinds)
        elif token.tag in ("div", "details") and "x" in classes:
            draft.notes = _blocks([part for part in inner if token.tag == "div" or part is not inner[0]])
        else:
            stop = index
        index = stop + 1
    return _Row(draft, facts)


def _label(draft: DraftNode, inner: list[Token]) -> None:
    """Take icon and title: what follows the box and the number."""
    number = next((index for index, token in enumerate(inner) if token.tag == "b" and token.is_end), -1)
    rest = inner[number + 1 :]
    first = next((index for index, token in enumerate(rest) if token.tag or token.text.strip()), len(rest))
    if first < len(rest) and rest[first].tag == "i":
        close = end_of(rest, first)
        draft.icon, rest = _text(rest[first + 1 : close]), rest[close + 1 :]
    draft.title = _line(rest)


def _take_links(draft: DraftNode, inner: list[Token], kinds: dict[str, str]) -> None:
    for index, token in enumerate(inner):
        if token.tag == "a" and not token.is_end:
            close = end_of(inner, index)
            url, title = token.attributes.get("href", ""), _text(inner[index + 1 : close])
            draft.add_link(url, "" if title == url else as_markdown(title))
        elif token.tag == "i" and not token.is_end and draft.links:
            url, title, _ = draft.links[-1]
            draft.links[-1] = (url, title, kinds.get(_text(inner[index + 1 : end_of(inner, index)]), ""))


def _set_columns(rows: list[_Row], value: dict[str, Any]) -> None:
    """Give the entries what the data tells of them."""
    given, due, tags, hours = (_column(value, name) for name in ("given", "due", "tags", "hours"))
    kinds = {place: kind for kind, places in value.get("kinds", {}).items() for place in places}
    optional = set(value.get("optional", []))
    for place, (draft, facts) in enumerate(rows):
        draft.kind, draft.optional = kinds.get(place, ""), place in optional
        draft.due, draft.tags = str(due.get(place, "")), [str(tag) for tag in tags.get(place, [])]
        if facts > bool(draft.kind) + draft.optional + len(draft.tags) and place in hours:
            known = hours[place]
            draft.hours = written_hours(known if isinstance(known, list) else [known, known])
        tick = given.get(place, [])
        draft.done = (str(tick[1] if len(tick) > 1 else "") or "true") if tick[:1] == ["d"] else ""
    for former, place in value.get("was", {}).items():
        rows[place].draft.was.append(str(former))


def _nest(roadmap: DraftRoadmap, drafts: list[DraftNode], depths: list[int]) -> None:
    """Put the entries below each other; the first level is a section's."""
    above = [DraftNode("", children=roadmap.sections)]
    for draft, depth in zip(drafts, depths, strict=True):
        del above[depth:]
        above[-1].children.append(draft)
        above.append(draft)


def _name(roadmap: DraftRoadmap, drafts: list[DraftNode], value: dict[str, Any]) -> None:
    """Give the entries their ids, an author's or those that `needs` go by, as the page's script tells them."""
    places = {id(draft): place for place, draft in enumerate(drafts)}
    said, own, needs = _column(value, "ids"), set(value.get("own", [])), _column(value, "needs")
    ids: dict[int, str] = {}
    stack = [(section, "") for section in reversed(roadmap.sections)]
    while stack:
        draft, parent = stack.pop()
        place = places[id(draft)]
        words = re.findall("[a-z0-9]+", f"{draft.icon} {plain(draft.title)}".lower())
        rest = str(said.get(place, "")) or ("/" if parent else "") + "-".join(words)
        ids[place] = parent + rest if rest.startswith("/") else rest
        is_own = "/" not in rest if parent else place in own
        draft.id, draft.ref = (ids[place], "") if is_own else ("", ids[place])
        stack += [(child, ids[place]) for child in reversed(draft.children)]
    for place, wanted in needs.items():
        drafts[place].needs = [ids[other] for other in wanted]


def _column(value: dict[str, Any], name: str) -> dict[int, Any]:
    """Return a column of the data: values by the place of their entry."""
    found = value.get(name, {})
    return {int(place): one for place, one in found.items()} if isinstance(found, dict) else {}


def _text(inner: list[Token]) -> str:
    return "".join(token.text for token in inner).strip()


def _line(inner: list[Token]) -> str:
    """Return one line of HTML as the Markdown that shows it."""
    shown = " ".join(_text(inner).split())
    for escaped in (as_markdown, lambda text: _SIGNS.sub(r"\\\1", text)):
        written = " ".join(_written(inner, escaped).split())
        if plain(written) == shown:
            return written
    return written


def _written(inner: list[Token], escaped: Callable[[str], str]) -> str:
    pieces: list[str] = []
    index = 0
    while index < len(inner):
        token = inner[index]
        close = end_of(inner, index) if token.tag and not token.is_end else index
        within = inner[index + 1 : close]
        if not token.tag:
            pieces.append(escaped(token.text))
        elif token.tag == "code":
            mark = "``" if "`" in (code := "".join(part.text for part in within)) else "`"
            pieces.append(f"{mark} {code} {mark}" if mark == "``" else f"{mark}{code}{mark}")
        elif token.tag in _MARKS:
            pieces.append(f"{_MARKS[token.tag]}{_written(within, escaped)}{_MARKS[token.tag]}")
        elif token.tag == "a" and not token.is_end:
            url, label = token.attributes.get("href", ""), _written(within, escaped)
            bare = "".join(part.text for part in within) == url
            pieces.append(url if bare else f"[{label}](<{url}>)" if re.search(r"[\s()]", url) else f"[{label}]({url})")
        else:
            close = index
        index = close + 1
    return "".join(pieces)


def _blocks(inner: list[Token]) -> str:
    account = Account()
    text = markdown_from(inner, account).strip("\n")
    return f"{text}\n" if "\n" in text else text
