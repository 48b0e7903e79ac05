"""Changes in the words of a language. A line is made of pieces that say what they are; how that looks is each output's
to say.
"""  # noqa: D205 - one sentence

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from string import Formatter
from typing import Any, NamedTuple

from ..locale.words import Words, words_for
from ..roadmap_file.value_parsers import WEEKDAYS
from .diff import VERBS, Difference, EntryRef, FieldChange, Move, NodeChange, Part

SHOWN = 5
"""How many are listed of what came with a group, or moved together, before the rest is only counted."""
_EXCERPT = 16
"""Words that are shown of a text that came or went."""
_CONTEXT = 4
"""Words that stand around a changed place of a text."""
_HUNKS = 3
_MOST_COMPARED = 1_000_000
"""Words of the one text times words of the other: above that it is only said that the text was rewritten."""


class Piece(NamedTuple):
    """Some words of a line."""

    text: str
    role: str = ""
    """`old` and `new` (values), `cut` and `put` (inside a text), `url`; else empty."""
    id: str = ""
    """Of an entry that is named."""


class DiffLine(NamedTuple):
    """One thing to tell."""

    verb: str
    """Of `roadpress.core.history.diff.VERBS`."""
    pieces: tuple[Piece, ...] = ()
    details: tuple[tuple[Piece, ...], ...] = ()
    """What is told of it, one thing each."""
    below: tuple[EntryRef, ...] = ()
    """What to list under it."""
    more: int = 0
    """How many further ones are only counted."""


def summary(difference: Difference, language: str = "en") -> str:
    """Return what there is in one line: `2 added, 1 gone`."""
    words = words_for(language, "diff")
    counts = difference.counts
    told = [words.say("verb_count", n=counts[verb], verb=words[verb]) for verb in VERBS if counts[verb]]
    return words.locale.list_separator.join(told) or words["same"]


def lines_of(part: Part, language: str = "en", *, everything: bool = False) -> Iterator[DiffLine]:
    """Yield what there is to tell of a part; what moved alone between the same two shares a line, and so do many leaves
    that came, or went, below the same entry.
    """  # noqa: D205 - one sentence
    words = words_for(language, "diff")
    groups: dict[object, list[NodeChange]] = {}
    for place, change in enumerate(part.changes):
        groups.setdefault(_shared(change) or place, []).append(change)
    for changes in groups.values():
        if len(changes) > (1 if changes[0].moved else SHOWN + 1):
            yield _shared_line(changes, words, everything=everything)
        else:
            for change in changes:
                yield from _lines(change, part.heading, words, everything=everything)


def _said(words: Words, key: str, **parts: str | Piece | tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return a text of the language whose places hold pieces."""
    result: list[Piece] = []
    for literal, name, _, _ in Formatter().parse(words[key]):
        result += [Piece(literal)] if literal else []
        part = parts[name] if name else ()
        result += [Piece(part)] if isinstance(part, str) else [part] if isinstance(part, Piece) else part
    return tuple(result)


def _shared(change: NodeChange) -> tuple[str, object] | None:
    """Return what a change may have in common with others, so that one line tells of all."""
    verbs = [*change.verbs()]
    if verbs == ["moved"]:
        return "moved", change.moved
    if verbs[0] in ("added", "gone") and not change.below:
        return verbs[0], change.above
    return None


def _shared_line(changes: Sequence[NodeChange], words: Words, *, everything: bool) -> DiffLine:
    shown, more = _cut([change.entry for change in changes], everything=everything)
    first = changes[0]
    if first.moved:
        where = _from_to(first.moved, words)
    else:
        assert first.above
        where = _said(words, "below", entry=_named(first.above, words))
    count = Piece(words.count("entries", len(changes)))
    return DiffLine(next(first.verbs()), (count, Piece(" "), *where), (), shown, more)


def _from_to(move: Move, words: Words) -> tuple[Piece, ...]:
    return _said(words, "from_to", old=_named(move.old, words), new=_named(move.new, words))


def _lines(change: NodeChange, heading: EntryRef, words: Words, *, everything: bool) -> Iterator[DiffLine]:
    """Yield a line for what became of an entry, and one for the order of what is below it."""
    entry = change.entry
    name = () if entry == heading else (_named(entry, words),)
    verbs = [*change.verbs()]
    if verbs[0] in ("added", "gone"):
        shown, more = _cut(change.below, everything=everything)
        count = len(change.below)
        told = _said(words, "with_below", entries=words.count("entries", count)) if count else ()
        yield DiffLine(verbs[0], _joined([name, told], " "), (), shown, more)
        return
    if verbs != ["reordered"]:
        yield _told(change, name, words)
    if change.order:
        shifts, more = _cut(change.order, everything=everything)
        parts: list[tuple[Piece, ...]] = [
            (_named(shift.new, words), Piece(f" ({words.say('was', old=shift.old.number)})")) for shift in shifts
        ]
        if more:
            parts.append((Piece(words.say("n_more", n=more)),))
        where = (*_said(words, "below", entry=_named(entry, words)), Piece(": ")) if name else ()
        yield DiffLine("reordered", (*where, *_joined(parts, words.locale.list_separator)))


def _told(change: NodeChange, name: tuple[Piece, ...], words: Words) -> DiffLine:
    """Return all that became of an entry that stayed."""
    details: list[tuple[Piece, ...]] = []
    title = next((each for each in change.fields if each.field == "title"), None)
    if title:
        assert change.old
        assert change.new
        was, now = change.old.title, change.new.title
        if was == now:  # only its markup
            was, now = title.old, title.new
        number = f"{change.new.number} " if change.new.number else "title "
        name = (Piece(number), Piece(was, "old"), Piece(" → "), Piece(now, "new", change.new.id))
    if change.moved:
        where = _from_to(change.moved, words)
        if title:
            details.append((Piece(f"{words['moved']} "), *where))
        else:
            name = (*name, Piece(" " if name else ""), *where)
    if change.became:
        details.append((Piece(words[f"became_{change.became}"]),))
    for field in change.details:
        details += field_words(field, words)
    return DiffLine(next(change.verbs()), name, tuple(details))


def _named(ref: EntryRef, words: Words) -> Piece:
    return Piece(f"{ref.number} {ref.title}" if ref.number else words["top"], "", ref.id)


def _cut(members: Sequence[Any], *, everything: bool) -> tuple[tuple[Any, ...], int]:
    """Return what is shown of a list, and how many are not; one more is shown rather than counted."""
    if everything or len(members) <= SHOWN + 1:
        return tuple(members), 0
    return tuple(members[:SHOWN]), len(members) - SHOWN


def _joined(parts: Iterable[tuple[Piece, ...]], between: str) -> tuple[Piece, ...]:
    result: list[Piece] = []
    for part in parts:
        if result and part:
            result.append(Piece(between))
        result += part
    return tuple(result)


# -- fields ------------------------------------------------------------------------------------------------------------

_TEXTS = frozenset({"notes", "summary", "description"})
_ONE = {"links": "link", "tags": "tag", "needs": "needs", "authors": "author"}
"""What one member of a list is called."""


def field_words(change: FieldChange, words: Words) -> list[tuple[Piece, ...]]:
    """Return what is told of a field, each member of a list apart. Fields have the names that they have in the file."""
    name, old, new = change
    if name == "done":
        return [_done(old, new, words)]
    if isinstance(new, bool):
        return [_said(words, "now" if new else "no_longer", field=name)]
    if name in _TEXTS:
        return [_text(name, old, new, words)]
    if isinstance(old, list) and isinstance(new, list):
        return _list(_ONE.get(name, name), old, new, words)
    if name not in _SHOWN and isinstance(old, dict) and isinstance(new, dict):
        was, now = _flat(old), _flat(new)
        keys = [*was, *(key for key in now if key not in was)]
        return [
            _value(f"{name} {key}", was.get(key), now.get(key), words) for key in keys if was.get(key) != now.get(key)
        ]
    return [_value(name, old, new, words)]


def _value(name: str, old: Any, new: Any, words: Words) -> tuple[Piece, ...]:
    was, now = _shown(name, old), _shown(name, new)
    if not was or not now:
        value = Piece(was or now, "new" if now else "old")
        return _said(words, "put" if now else "cut", field=name, value=value)
    return (Piece(f"{name} "), Piece(was, "old"), Piece(" → "), Piece(now, "new"))


def _shown(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(_shown("", member) for member in value)
    return _SHOWN[name](value) if name in _SHOWN else " ".join(str(value).split())


def _hours(value: Any) -> str:
    low, high = value["low"], value["high"]
    return f"{low:g} h" if low == high else f"{low:g}–{high:g} h"


def _pace(value: Any) -> str:
    parts = [f"{value['hours']:g} h/{value['per']}"]
    if len(value["days"]) < 7:
        parts.append("on " + " ".join(WEEKDAYS[day] for day in value["days"]))
    if value["off"]:
        days = (
            f"{off['first']}..{off['last']}" if off["first"] != off["last"] else off["first"] for off in value["off"]
        )
        parts.append("off " + " ".join(days))
    return ", ".join(parts)


_SHOWN = {"hours": _hours, "pace": _pace}


def _done(old: Any, new: Any, words: Words) -> tuple[Piece, ...]:
    if not new:
        return _said(words, "no_longer", field=words["done"])
    if new is True:
        return (Piece(words["undated" if old else "done"]),)
    was = (Piece(f"{old}", "old"), Piece(" → ")) if old and old is not True else ()
    return (Piece(f"{words['done']} "), *was, Piece(f"{new}", "new"))


def _flat(value: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return nested mappings as one, its keys joined by points."""
    found: dict[str, Any] = {}
    for key, member in value.items():
        found |= _flat(member, f"{prefix}{key}.") if isinstance(member, dict) else {f"{prefix}{key}": member}
    return found


def _list(name: str, old: list[Any], new: list[Any], words: Words) -> list[tuple[Piece, ...]]:
    was, now = ({_key(member): member for member in members} for members in (old, new))
    parts = [_said(words, "put", field=name, value=_member(now[key], "new")) for key in now if key not in was]
    parts += [_said(words, "cut", field=name, value=_member(was[key], "old")) for key in was if key not in now]
    for key, member in now.items():
        if key in was and was[key] != member:
            parts.append((Piece(f"{name} "), *_renamed(was[key], member, words)))
    return parts or [_said(words, "other_order", field=name)]


def _key(member: Any) -> str:
    """Return by what a member of a list is known: a link by its address, what is needed by its id."""
    return str(member.get("url") or member.get("id") or member) if isinstance(member, dict) else str(member)


def _member(member: Any, role: str) -> tuple[Piece, ...]:
    if not isinstance(member, dict):
        return (Piece(_shown("", member), role),)
    if "url" in member:
        title = (Piece(member["title"], role), Piece(" ")) if member["title"] else ()
        return (*title, Piece(member["url"], "url"))
    said = f"{member.get('number', '')} {member.get('title', '')}".strip() or _key(member)
    return (Piece(said, role, member.get("id", "")),)


def _renamed(old: Mapping[str, Any], new: Mapping[str, Any], words: Words) -> tuple[Piece, ...]:
    """Return what differs in one member of a list, which has the same address or id."""
    was, now = ((member.get("title") or _key(member)) for member in (old, new))
    told = (Piece(was, "old"), Piece(" → "), Piece(now, "new")) if was != now else _member(new, "")
    others = [key for key in new if key != "title" and old.get(key) != new[key]]
    return _joined([told, *(_value(key, old.get(key) or None, new[key] or None, words) for key in others)], ", ")


# -- texts -------------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"(?:[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+|[^\w\s])\s*")
"""A word or a sign, with the space behind it; a letter where scripts have no spaces."""


def _text(name: str, old: str, new: str, words: Words) -> tuple[Piece, ...]:
    was, now = " ".join(old.split()), " ".join(new.split())
    if was == now:
        return _said(words, "other_lines", field=name)
    if not was or not now:
        said = _said(words, "text_put" if now else "text_cut", field=name)
        return (*said, Piece(": "), Piece(_excerpt(was or now), "new" if now else "old"))
    return (Piece(f"{name}: "), *_edited(was, now, words))


def _excerpt(text: str) -> str:
    tokens = _TOKEN.findall(text)
    return text if len(tokens) <= _EXCERPT else "".join(tokens[: _EXCERPT - 1]).rstrip() + " …"


def _edited(old: str, new: str, words: Words) -> tuple[Piece, ...]:
    """Return the changed places of a text, with a few words around; of many, only the first."""
    was, now = _TOKEN.findall(old), _TOKEN.findall(new)
    a, b = ([token.rstrip() for token in tokens] for tokens in (was, now))
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    a, b = a[head : len(a) - tail], b[head : len(b) - tail]
    if len(a) * len(b) > _MOST_COMPARED:
        return (Piece(words.say("rewritten", old=len(old.split()), new=len(new.split()))),)
    hunks = _hunks(a, b)
    pieces: list[Piece] = []
    end = 0
    for a1, a2, b1, b2 in hunks[:_HUNKS]:
        cut, put = "".join(was[head + a1 : head + a2]), "".join(now[head + b1 : head + b2])
        pieces.append(Piece(_around(now[end : head + b1], first=not end)))
        pieces.append(Piece(_excerpt(cut.rstrip()), "cut"))
        pieces.append(Piece(_excerpt(put.rstrip()), "put"))
        pieces.append(Piece(" " if (put or cut).endswith(" ") else ""))
        end = head + b2
    more = len(hunks) - _HUNKS
    pieces.append(Piece(f"… ({words.say('n_more', n=more)})" if more > 0 else _around(now[end:], last=True)))
    return tuple(piece for piece in pieces if piece.text)


def _around(tokens: Sequence[str], *, first: bool = False, last: bool = False) -> str:
    """Return what stayed before, between or after changed places; of much, only what is near them."""
    if len(tokens) <= (_CONTEXT if first or last else 2 * _CONTEXT):
        return "".join(tokens)
    lead = "" if first else "".join(tokens[:_CONTEXT]).rstrip() + " "
    tail = "" if last else " " + "".join(tokens[-_CONTEXT:]).lstrip()
    return f"{lead}…{tail}"


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many members two lists have in common at their beginning."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _hunks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Return the ranges that differ; what is parted by little joins."""
    hunks: list[tuple[int, int, int, int]] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if hunks and a1 - hunks[-1][1] < 2:
            first = hunks.pop()
            hunks.append((first[0], a2, first[2], b2))
        else:
            hunks.append((a1, a2, b1, b2))
    return hunks
