"""What is said of a node beside its title: kind, hours, dates, what it needs, tags."""

from __future__ import annotations

from collections.abc import Sequence

from ...core import text as markdown
from ...core.locale import dates
from ...core.locale.words import Words
from ...core.model import Hours, Kind, Node
from ...core.planning.weeks import is_near
from ...core.progress.model import State
from ...core.snapshot import Snapshot
from ...core.theme import MARKS
from ..typeset import Run
from .colors import Look
from .options import Options
from .text_layout import Ink, Section


class Meta:
    """Makes the small lines of a book."""

    def __init__(self, snapshot: Snapshot, options: Options, look: Look, words: Words) -> None:
        self.snapshot = snapshot
        self.look = look
        self.words = words
        self.details = options.notes and not options.two_up
        self.plain = options.two_up
        """Whether it says neither what a node needs nor when it is planned: fixed dates only."""
        self.by_id = snapshot.roadmap.by_id() if any(node.needs for node in snapshot.roadmap.walk()) else {}

    def runs(self, node: Node, own: Section) -> list[Run]:
        """Return the small line of a node, or nothing."""
        parts: list[list[Run]] = []
        if node.kind is not Kind.TASK:
            mark = MARKS[node.kind]
            parts.append([Run(f"{mark}\u00a0{self.words[node.kind.value]}", "medium", Ink(own.branch.strong))])
        if node.optional:
            parts.append([Run(self.words["optional"], "italic")])
        if self.snapshot.state(node) is State.SKIPPED and not node.children:
            parts.append([Run(self.words["skipped"], "italic")])
        if node.hours:
            parts.append([Run(self.words.hours(*node.hours))])
        if when := self._when(node):
            parts.append([Run(when)])
        if node.needs and not self.plain:
            parts.append(self._needs(node, own))
        if node.tags and self.details:
            tags = self.snapshot.roadmap.tags
            shown = (tags[name].title if name in tags else name for name in node.tags)
            parts.append([Run(" ".join("#" + name.replace(" ", "\u00a0") for name in shown))])
        if self.snapshot.is_new(node):  # last, where they stand in line at the column's edge
            parts.append([self.new(own)])
        result: list[Run] = []
        for part in parts:
            if result:
                result.append(Run(" · "))
            result += part
        return result

    def new(self, own: Section) -> Run:
        """Return the word that marks what is new, in the section's colour."""
        return Run(self.words["new"], "semibold", Ink(own.branch.strong))

    def _when(self, node: Node) -> str:
        day = self.snapshot.due(node)
        if day is None or self.snapshot.is_done(node):
            return ""
        today = self.snapshot.today
        if node.due:
            said = dates.day_text(day, self.snapshot.roadmap.language, today=today)
            return self.words.say("due", date=said)
        if node.children or self.plain:
            return ""
        said = dates.planned_text(day, self.snapshot.roadmap.language, today=today)
        return self.words.say("by", date=said) if is_near(day, today) else said

    def _needs(self, node: Node, own: Section) -> list[Run]:
        result = [Run(f"{self.words['needs']} ")]
        for index, name in enumerate(node.needs):
            if index:
                result.append(Run(", "))
            other = self.by_id.get(name)
            if other is None:  # left out by --only or --tag
                result.append(Run(name))
                continue
            title = markdown.plain(other.title)
            said = f"{other.number}\u00a0{title if len(title) < 60 else title[:57] + '…'}"
            result.append(Run(said, "regular", Ink(own.branch.strong, "", name, alternate=f"{other.number} {title}")))
        return result


def total_hours(nodes: Sequence[Node]) -> Hours | None:
    """Return the hours of all estimates in some nodes, a parent's standing for those below it; None without any."""
    low = high = 0.0
    stack = list(nodes)
    while stack:
        here = stack.pop()
        if here.hours:
            low, high = low + here.hours.low, high + here.hours.high
        else:
            stack.extend(here.children)
    return Hours(round(low, 1), round(high, 1)) if high else None
