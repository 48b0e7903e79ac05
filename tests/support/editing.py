"""A roadmap as its owner edits it over a year: distinct titles, any depth. Every leaf has a name that no edit changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from roadmaps import roadmap

from roadpress.core.model import Roadmap

WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "inlet", "jetty", "kelp", "larch")


@dataclass
class Item:
    """An entry."""

    title: str
    name: str
    below: list[Item] = field(default_factory=list)

    def walk(self):
        yield self
        for item in self.below:
            yield from item.walk()


class Owner:
    """Edits a tree of entries; `chance` decides what."""

    def __init__(self, chance: Random, side: str = "") -> None:
        self.chance = chance
        self.side = side
        self.made = 0
        self.top = Item("", "")
        self.top.below = [self.item(below=chance.randint(1, 4), deeper=chance.randint(0, 2)) for _ in range(3)]

    def title(self) -> str:
        """Return a title that nothing else has; a number would tell it from its neighbours too well."""
        self.made += 1
        at = self.made * 5
        return f"{WORDS[at % 12]} {WORDS[at // 12 % 12]}{self.side} {WORDS[at // 144 % 12]}"

    def item(self, *, below: int = 0, deeper: int = 0) -> Item:
        made = Item(self.title(), f"{self.side}{self.made}")
        made.below = [self.item(below=below if deeper else 0, deeper=max(deeper - 1, 0)) for _ in range(below)]
        return made

    def groups(self) -> list[Item]:
        return [self.top, *(item for item in self.top.walk() if item.below and item is not self.top)]

    def leaves(self) -> list[Item]:
        return [item for item in self.top.walk() if not item.below and item is not self.top]

    def edit(self) -> None:
        """Change one thing: retitle, move, delete, add, put a level between, take one out, reorder."""
        group = self.chance.choice(self.groups())
        below = group.below
        if not below:
            below.append(self.item())
            return
        at = self.chance.randrange(len(below))
        match self.chance.choice(["retitle", "move", "delete", "add", "add group", "nest", "lift", "reorder"]):
            case "retitle":
                below[at].title = self.title()
            case "move":
                moved = below.pop(at)
                inside = set(map(id, moved.walk()))
                target = self.chance.choice([other for other in self.groups() if id(other) not in inside])
                target.below.insert(self.chance.randint(0, len(target.below)), moved)
            case "delete" if len(self.leaves()) > 2:
                del below[at]
            case "add":
                below.insert(at, self.item())
            case "add group":
                below.insert(at, self.item(below=2))
            case "nest":
                level = self.item()
                level.below, below[at:] = below[at:], [level]
            case "lift" if below[at].below:
                below[at : at + 1] = below[at].below
            case "reorder":
                self.chance.shuffle(below)

    def text(self) -> str:
        """Return the roadmap's sections in YAML."""
        lines = [
            f"{'  ' * depth}- title: {item.title}"
            + (f"\n{'  ' * depth}  {'items' if depth else 'topics'}:" if item.below else "")
            for item, depth in self._deep()
        ]
        return "\n".join(lines) + "\n" if lines else "[]\n"

    def roadmap(self) -> Roadmap:
        return roadmap(self.text())

    def _deep(self):
        stack = [(item, 0) for item in reversed(self.top.below)]
        while stack:
            item, depth = stack.pop()
            yield item, depth
            stack += [(child, depth + 1) for child in reversed(item.below)]
