"""What commands say of a roadmap, in its own language; errors, notices, help and JSON are English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..core import text
from ..core.errors import printable
from ..core.locale import dates
from ..core.locale.words import words_for
from ..core.model import Hours, Kind, Node, Pace
from ..core.planning.estimates import DEFAULT_HOURS
from ..core.planning.schedule import Schedule
from ..core.snapshot import Snapshot
from ..core.snapshot.figures import rounded

_SHOWN = 3
"""How many titles of ticks that fit no entry are named."""


class Localized:
    """The words of one language (BCP 47), English where there are none, as commands say them on a certain day."""

    def __init__(self, language: str, today: date) -> None:
        self.language = language
        self.today = today
        self.words = words_for(language, "commands")

    @classmethod
    def of(cls, snapshot: Snapshot) -> Localized:
        """Return the words of a snapshot's roadmap on its day."""
        return cls(snapshot.roadmap.language, snapshot.today)

    def __getitem__(self, key: str) -> str:
        return self.words[key]

    def say(self, key: str, **values: object) -> str:
        """Return a text with its values in place; a sentence whose last word ends in a point has no second one."""
        said = self.words.say(key, **values)
        return said[:-1] if said.endswith("..") else said

    def count(self, key: str, number: int, **values: object) -> str:
        """Return a text in the form that a number asks for."""
        said = self.words.count(key, number, **values)
        return said[:-1] if said.endswith("..") else said

    def listed(self, parts: Sequence[str]) -> str:
        """Return some words as a list."""
        return self.words.locale.list_separator.join(parts)

    # -- days ----------------------------------------------------------------------------------------------------------

    def day(self, day: date, *, weekday: bool = True) -> str:
        """Return a day in words: `Mon 4 Jan`."""
        return dates.day_text(day, self.language, today=self.today, weekday=weekday)

    def planned(self, day: date) -> str:
        """Return a planned day as exactly as a plan can be."""
        return dates.planned_text(day, self.language, today=self.today)

    def week(self, day: date) -> str:
        """Return the week of a day in words, with a capital."""
        return self.words.capitalized(dates.week_text(day, self.language, today=self.today))

    # -- hours ---------------------------------------------------------------------------------------------------------

    def hours(self, hours: float) -> str:
        """Return hours in as many digits as an estimate bears; minutes below an hour."""
        return self._in_unit(*self._figure(hours))

    def hours_between(self, hours: Hours) -> str:
        """Return an estimate: `4 h`, `4–8 h`, `30 min–2 h`."""
        (low, unit), (high, high_unit) = self._figure(hours.low), self._figure(hours.high)
        if unit != high_unit:
            return f"{self._in_unit(low, unit)}–{self._in_unit(high, high_unit)}"
        return self._in_unit(high if low == high else f"{low}–{high}", unit)

    def _figure(self, hours: float) -> tuple[str, str]:
        """Return a number as the language writes it, and the key of its unit."""
        if 0 < hours < 0.995:
            return f"{max(1, round(hours * 60))}", "minutes"
        decimal = self.words.locale.decimal
        if hours < 20:
            return f"{rounded(hours):.1f}".removesuffix(".0").replace(".", decimal), "hours"
        return f"{hours:,.0f}" if decimal == "." else f"{hours:.0f}", "hours"

    def _in_unit(self, figure: str, unit: str) -> str:
        return self.words.say(unit, n=figure)

    def pace(self, pace: Pace | None) -> str:
        """Return a pace: `8 h a week`."""
        if pace is None:
            return self["no_pace"]
        return self.say("a_day" if pace.per == "day" else "a_week", hours=self.hours(pace.hours))

    def a_week(self, hours: Hours) -> str:
        """Return hours a week, a range where there is one."""
        return self.say("a_week", hours=self.hours_between(hours))

    # -- entries and plans ---------------------------------------------------------------------------------------------

    def entry(self, node: Node) -> str:
        """Return an entry by its number and its title: `3.2 'Trees'`."""
        return f"{node.number} {text.plain(node.title)!r}"

    def orphans(self, titles: Sequence[str]) -> str:
        """Return the sentence about ticks that fit no entry."""
        named = [repr(printable(title)) for title in titles[:_SHOWN]]
        more = f" {self.say('and_more', n=len(titles) - _SHOWN)}" if len(titles) > _SHOWN else ""
        return self.count("unfit", len(titles), titles=self.listed(named) + more, command="roadpress orphans")

    def nothing_yet(self, file: object) -> str:
        """Return what to tell of a roadmap without a section."""
        return self.say("nothing_yet", file=file, command="roadpress import")

    def nothing_left(self, total: int) -> str:
        """Return what to tell where nothing is left, of so many required entries."""
        return self["none_left"] if total else self["nothing"]

    def span(self, schedule: Schedule) -> str:
        """Return the likely end, and the earliest and latest where they differ."""
        if schedule.finish is None or schedule.earliest_finish is None or schedule.latest_finish is None:
            return self["none_left"]
        ends = (schedule.finish, schedule.earliest_finish, schedule.latest_finish)
        likely, first, last = map(self.planned, ends)
        return likely if first == last else self.say("span", likely=likely, first=first, last=last)

    def misses(self, snapshot: Snapshot, schedule: Schedule) -> list[str]:
        """Return a sentence for each node that can't make its fixed date."""
        nodes = snapshot.roadmap.by_id() if schedule.misses else {}
        return [
            self.say(
                "miss",
                entry=self.entry(nodes[miss.id]),
                fixed=self.day(miss.fixed),
                due=self.day(miss.due),
                late=self.count("late", miss.days),
            )
            for miss in schedule.misses
        ]

    def assumed(self, snapshot: Snapshot, assumed: int, of: int) -> str:
        """Return how many estimates are only assumed, and what."""
        kinds = {leaf.kind for leaf in snapshot.roadmap.leaves()}
        said = self.listed([f"{self._kind(kind)} {self.hours(DEFAULT_HOURS[kind])}" for kind in Kind if kind in kinds])
        return self.count("assumed", assumed, total=of, hours=said)

    def _kind(self, kind: Kind) -> str:
        return words_for(self.language, "checklist")["task"] if kind is Kind.TASK else self.words[kind.value]
