"""A calendar of the plan: iCalendar, RFC 5545.

Every entry has a UID made of the roadmap's key and the node's id, and a SEQUENCE that grows, so that importing the file
again updates entries instead of doubling them (RFC 5545 §3.8.4.7, §3.8.7.4). What was skipped, and deadlines that were
met, stay in as cancelled, so that calendars drop them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

from ..core import text
from ..core.model import Node
from ..core.planning.schedule import Week
from ..core.progress.model import State
from ..core.snapshot import Snapshot
from ..core.snapshot.facts import FactReader
from .contract import Export, File, option
from .fidelity import LINE, everything, left_out
from .kept import KeptOfRoadmaps

SUMMARY = "A calendar to import or subscribe to (iCalendar)"
PRODUCT = "-//roadpress//roadpress//EN"
_EPOCH = datetime(2020, 1, 1, tzinfo=timezone.utc)
_AHEAD = timedelta(days=2)
"""A tick of today may be a day ahead of UTC's beginning of it, and another by its zone."""
_MAX_SEQUENCE = 2**31 - 1
"""The largest integer of RFC 5545 (§3.3.8)."""
MAX_WEEKS = 1040
"""Weeks of a calendar by week, twenty years: calendars choke on more, and no plan is that exact."""
_ALARM_HOUR = 9
_OCTETS = 75
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""What a text in RFC 5545 may not hold (§3.3.11); a line break becomes `\\n`, and a tab is let through."""


@dataclass(frozen=True, slots=True)
class Options:
    """What one may choose about the calendar."""

    by: str = option(
        "topic", "One entry for each leaf, topic, section or week", choices=("leaf", "topic", "section", "week")
    )
    component: str = option("event", "All-day events, or to-dos with a due date", choices=("event", "todo"))
    alarm: int | None = option(
        None, "Remind at 9 in the morning, so many days before", minimum=0, maximum=365, metavar="DAYS"
    )
    fixed: bool = option(True, "Add an entry on each fixed date")
    done: bool = option(True, "Keep what is done in, on its day")
    key: str = option("", "What the entries' UIDs are made of; by default the title", metavar="NAME")


_PROPERTIES = frozenset({"planned", "tags", "skipped"})
"""Facts that an entry's own properties tell: its days, categories and status."""


class _Entry(NamedTuple):
    """One component, before it is written."""

    uid: str
    summary: str
    first: date
    last: date
    """The last day, included."""
    state: State
    """SKIPPED when calendars should drop it."""
    said: tuple[str, ...] = ()
    """Folded lines: its categories, description and address."""
    percent: int = 0
    done_on: date | None = None


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the calendar; without a plan and dates it holds the outline as one to-do without a date."""
    title = text.plain(snapshot.roadmap.title)
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"),
        *_text("NAME", title),  # RFC 7986 §5.1
        *_text("X-WR-CALNAME", title),  # what calendars read that don't know RFC 7986
        *_text("DESCRIPTION", text.plain_blocks(snapshot.roadmap.description)),
    ]
    stamp = _stamp(snapshot)
    texts = _texts.of(snapshot, options.key, lambda: _Texts(snapshot, options.key))
    entries = list(_entries(_Reading(snapshot, texts), options))
    for entry in entries:
        lines += _component(entry, options, stamp)
    notices: tuple[str, ...] = ()
    if not entries:
        lines += _whole(snapshot, options, stamp)
        notices = ("The roadmap has no dates: give it a `pace` and `hours`, or `due` dates, to fill the calendar.",)
    elif undated := sum(1 for node in snapshot.roadmap.walk() if _is_undated(node, snapshot, options)):
        notices = (f"Entries without a day, which are not in the calendar: {undated:,}.",)
    weeks = len(snapshot.schedule.weeks) if snapshot.schedule and options.by == "week" else 0
    if weeks > MAX_WEEKS:
        notices = (*notices, f"The plan has {weeks:,} weeks, and the calendar the first {MAX_WEEKS:,} of them.")
    data = "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
    return Export((File(".ics", data),), (*notices, *_left_out(snapshot, options, bool(entries))))


def _left_out(snapshot: Snapshot, options: Options, dated: bool) -> Iterator[str]:
    """Yield what is told neither by an entry of its own nor in the list of one."""
    if not dated:
        yield from left_out("A calendar without dates", snapshot, {"description", "summary", "icon"})
        return
    nodes = [node for node in snapshot.roadmap.walk() if not _is_shown(node, options.by)]
    listed = [node for node in nodes if node.is_leaf and options.by != "week"]
    rest = [node for node in nodes if not node.is_leaf or options.by == "week"]
    yield from left_out("A calendar", snapshot, {"description", *everything()})
    yield from left_out("An entry's list", snapshot, {"icon", "done", *LINE}, of=listed)
    yield from left_out(f"A calendar by {options.by}", snapshot, {"due"} if options.fixed else (), of=rest)


def _stamp(snapshot: Snapshot) -> datetime:
    """Return the moment of the last change that is known: a tick's, else the beginning of the day.

    What a wrong clock dated in the future does not count: the SEQUENCE could never grow beyond it.
    """
    today = datetime(snapshot.today.year, snapshot.today.month, snapshot.today.day, tzinfo=timezone.utc)
    return max(
        [today, *(tick.at for tick in snapshot.progress.ticks.values() if tick.at and tick.at - today <= _AHEAD)]
    )


class _Texts:
    """What calendars of one roadmap say of its entries, by all that it depends on: long texts are made and folded once.

    Any thread may make one again: it is the same.
    """

    def __init__(self, snapshot: Snapshot, key: str) -> None:
        self.key = key or text.plain(snapshot.roadmap.title).casefold()
        self.leaves = {node.id: tuple([leaf.id for leaf in node.leaves()]) for node in snapshot.roadmap.walk()}
        """The ids of the leaves below each node."""
        self._uids: dict[str, str] = {}
        self._said: dict[tuple[object, ...], tuple[str, ...]] = {}

    def uid(self, name: str) -> str:
        """Return the UID of what has a name."""
        found = self._uids.get(name)
        if found is None:
            found = self._uids[name] = _uid(self.key, name)
        return found

    def said(self, key: tuple[object, ...], make: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        """Return lines by all that they are made of."""
        found = self._said.get(key)
        if found is None:
            if len(self._said) >= _MOST_TEXTS:
                self._said.clear()
            found = self._said[key] = make()
        return found


_MOST_TEXTS = 2_000
_texts = KeptOfRoadmaps[_Texts]()


class _Reading:
    """What a learner's calendar is read off."""

    def __init__(self, snapshot: Snapshot, texts: _Texts) -> None:
        self.snapshot = snapshot
        self.texts = texts
        self.facts = FactReader(snapshot)
        self._states = {id_: tick.state for id_, tick in snapshot.progress.ticks.items()}

    def said(self, node: Node, section: Node) -> tuple[str, ...]:
        """Return the lines that say what a node is and what is below it."""
        states = tuple([self._states.get(id_) for id_ in self.texts.leaves[node.id]])
        tick = self.snapshot.tick(node)
        return self.texts.said((node.id, states, tick.note if tick else ""), lambda: self._lines(node, section))

    def _lines(self, node: Node, section: Node) -> tuple[str, ...]:
        categories = dict.fromkeys([text.plain(section.title), *map(self.facts.tag_title, node.tags)])
        return (
            _folded(f"CATEGORIES:{','.join(map(_escaped, categories))}"),
            *_text("DESCRIPTION", _description(node, self.facts)),
            *((_folded(f"URL:{_clean(node.links[0].url)}"),) if node.links and node.links[0].url else ()),
        )


def _entries(reading: _Reading, options: Options) -> Iterator[_Entry]:
    snapshot = reading.snapshot
    if options.by == "week":
        nodes = snapshot.roadmap.by_id()
        for week in snapshot.schedule.weeks[:MAX_WEEKS] if snapshot.schedule else ():
            yield _week_entry(week, nodes, reading.texts)
    for section in snapshot.roadmap.sections:
        for node in section.walk():
            if _is_shown(node, options.by):
                yield from _node_entry(node, section, reading, options)
            if options.fixed and node.due:
                yield _fixed_entry(node, section, reading)


def _is_shown(node: Node, by: str) -> bool:
    match by:
        case "leaf":
            return node.is_leaf
        case "section":
            return node.depth == 1
        case "topic":
            return node.depth == 2 or (node.depth == 1 and node.is_leaf)
        case _:
            return False


def _is_undated(node: Node, snapshot: Snapshot, options: Options) -> bool:
    ended = snapshot.state(node) in (State.DONE, State.SKIPPED)
    return _is_shown(node, options.by) and not ended and not snapshot.due(node)


def _node_entry(node: Node, section: Node, reading: _Reading, options: Options) -> Iterator[_Entry]:
    """Yield the entry of a node that has a day: by the plan, or on which it was done."""
    snapshot = reading.snapshot
    state = snapshot.state(node)
    slot = snapshot.schedule.slots.get(node.id) if snapshot.schedule else None
    done_on: date | None = None
    if slot:
        first, last = slot.start, slot.due
    elif options.done and state in (State.DONE, State.SKIPPED) and (days := _days(node, reading)):
        first = last = done_on = max(days)
    else:
        return
    counts = snapshot.counts(node)
    mark = "✓ " if state is State.DONE else ""
    yield _Entry(
        reading.texts.uid(_oldest_id(node)),
        f"{mark}{node.number} {_titled(node)}",
        first,
        last,
        state,
        reading.said(node, section),
        100 if state is State.DONE else counts.percent,
        done_on if state is State.DONE else None,
    )


def _days(node: Node, reading: _Reading) -> list[date]:
    """Return the days on which leaves below a node were ended."""
    ticks = reading.snapshot.progress.ticks
    found = [ticks[id_] for id_ in reading.texts.leaves[node.id] if id_ in ticks]
    return [tick.on for tick in found if tick.on and tick.state is not State.OPEN]


def _fixed_entry(node: Node, section: Node, reading: _Reading) -> _Entry:
    assert node.due is not None
    over = reading.snapshot.state(node) in (State.DONE, State.SKIPPED)
    said = [line for line in reading.said(node, section) if not line.startswith("URL:")]
    return _Entry(
        reading.texts.uid(f"{_oldest_id(node)} due"),
        f"⚑ {node.number} {_titled(node)}",
        node.due,
        node.due,
        State.SKIPPED if over else State.OPEN,
        tuple(said),
    )


def _week_entry(week: Week, nodes: dict[str, Node], texts: _Texts) -> _Entry:
    lines = [
        f"{nodes[share.id].number} {text.plain(nodes[share.id].title)} ({share.hours:.1f} h)" for share in week.shares
    ]
    more = f" … {nodes[week.shares[-1].id].number}" if len(week.shares) > 1 else ""
    return _Entry(
        texts.uid(f"week {week.first.isoformat()}"),
        f"{week.hours:.1f} h: {nodes[week.shares[0].id].number}{more}",
        week.first,
        week.last,
        State.OPEN,
        _text("DESCRIPTION", "\n".join(lines)),
    )


def _uid(key: str, name: str) -> str:
    """Return a UID that is the same on every machine (RFC 7986 §5.3 asks for a UUID; this is version 5, RFC 9562)."""
    from uuid import NAMESPACE_URL, uuid5

    return str(uuid5(NAMESPACE_URL, _clean(f"roadpress:{key}#{name}")))


def _oldest_id(node: Node) -> str:
    return node.was[0] if node.was else node.id


def _description(node: Node, facts: FactReader) -> str:
    parts = [*facts.paragraphs(node, without=_PROPERTIES)]
    if node.children:
        parts.append("\n".join(_listed(leaf, facts) for leaf in node.leaves()))
    return "\n\n".join(parts)


def _listed(leaf: Node, facts: FactReader) -> str:
    mark = {State.DONE: "☑", State.SKIPPED: "☒"}.get(facts.snapshot.state(leaf), "☐")
    line = facts.text(leaf, without=("planned",))
    return f"{mark} {leaf.number} {_titled(leaf)}" + (f" · {line}" if line else "")


def _titled(node: Node) -> str:
    return f"{node.icon} {text.plain(node.title)}" if node.icon else text.plain(node.title)


def _component(entry: _Entry, options: Options, stamp: datetime) -> Iterator[str]:
    """Yield the folded lines of an entry."""
    is_event = options.component == "event"
    name = "VEVENT" if is_event else "VTODO"
    yield f"BEGIN:{name}"
    yield from _common(entry.uid, entry.summary, stamp)
    if is_event or entry.last > entry.first:
        yield f"DTSTART;VALUE=DATE:{_day(entry.first)}"
    if is_event:
        if entry.last < date.max:
            yield f"DTEND;VALUE=DATE:{_day(entry.last + timedelta(days=1))}"  # the day after: RFC 5545 §3.6.1
        yield f"STATUS:{'CANCELLED' if entry.state is State.SKIPPED else 'CONFIRMED'}"
        yield "TRANSP:TRANSPARENT"
    else:
        yield f"DUE;VALUE=DATE:{_day(entry.last)}"  # later than DTSTART, or without one: RFC 5545 §3.8.2.3
        yield f"PERCENT-COMPLETE:{entry.percent}"
        yield f"STATUS:{_TODO_STATUS[entry.state]}"
        if entry.done_on:
            yield f"COMPLETED:{_day(entry.done_on)}T120000Z"
    yield from entry.said
    if options.alarm is not None and entry.state in (State.OPEN, State.PARTLY):
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", *_text("DESCRIPTION", entry.summary))
        yield f"TRIGGER:{_before(options.alarm)}"
        yield "END:VALARM"
    yield f"END:{name}"


_TODO_STATUS = {
    State.OPEN: "NEEDS-ACTION",
    State.PARTLY: "IN-PROCESS",
    State.DONE: "COMPLETED",
    State.SKIPPED: "CANCELLED",
}


def _common(uid: str, summary: str, stamp: datetime) -> Iterator[str]:
    moment = f"{_day(stamp.date())}T{stamp:%H%M%S}Z"
    yield f"UID:{uid}"
    yield f"DTSTAMP:{moment}"
    yield f"LAST-MODIFIED:{moment}"
    yield f"SEQUENCE:{min(max(0, int((stamp - _EPOCH).total_seconds() // 60)), _MAX_SEQUENCE)}"
    yield from _text("SUMMARY", summary)


def _before(days: int) -> str:
    """Return the duration from midnight to the alarm of so many days before (RFC 5545 §3.3.6)."""
    if not days:
        return f"PT{_ALARM_HOUR}H"
    whole = f"{days - 1}D" if days > 1 else ""
    return f"-P{whole}T{24 - _ALARM_HOUR}H"


def _whole(snapshot: Snapshot, options: Options, stamp: datetime) -> Iterator[str]:
    key = options.key or text.plain(snapshot.roadmap.title).casefold()
    lines = (
        f"{node.number} {_titled(node)}" + (f": {text.plain(node.summary)}" if node.summary else "")
        for node in snapshot.roadmap.walk()
    )
    yield "BEGIN:VTODO"
    yield from _common(_uid(key, ""), text.plain(snapshot.roadmap.title), stamp)
    yield f"PERCENT-COMPLETE:{snapshot.total.percent}"
    yield from _text("DESCRIPTION", "\n".join(lines))
    yield "END:VTODO"


def _text(name: str, words: str) -> tuple[str, ...]:
    """Return the folded line of a text; none for an empty one."""
    return (_folded(f"{name}:{_escaped(words)}"),) if words else ()


def _escaped(words: str) -> str:
    """Return a text as RFC 5545 writes it (§3.3.11)."""
    cleaned = _clean(words).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return cleaned.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, each but the first behind a space (RFC 5545 §3.1)."""
    data = line.encode()
    if len(data) <= _OCTETS:
        return line
    pieces = []
    start, room = 0, _OCTETS
    while start < len(data):
        end = min(start + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        pieces.append(data[start:end].decode())
        start, room = end, _OCTETS - 1
    return "\r\n ".join(pieces)


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _clean(words: str) -> str:
    """Return a text without control characters, each shown as U+FFFD."""
    return _CONTROL.sub("\ufffd", words.replace("\r\n", "\n"))
