"""Roadmaps whose entries need each other, and their maps."""

from __future__ import annotations

from datetime import date
from typing import Any

from trees import roadmap

from roadpress.core.model import Roadmap
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import mindmap
from roadpress.exporters.contract import Export


def bread() -> Roadmap:
    """Eight entries that take part in `needs`, and one that does not."""
    basics: list[Any] = [
        {"title": "Flour and water", "id": "flour", "done": True},
        {"title": "Knead a dough", "id": "knead", "needs": ("flour",)},
        {"title": "Read about yeast", "id": "yeast", "done": True},
        "Buy a scale",
    ]
    loaves: list[Any] = [
        {"title": "White loaf", "id": "white", "needs": ("knead", "yeast")},
        {"title": "Sourdough starter", "id": "starter", "needs": ("flour",)},
        {"title": "Sourdough loaf", "id": "sour", "needs": ("starter", "white")},
    ]
    stall: list[Any] = [
        {"title": "Sell at the market", "id": "sell", "needs": ("sour",)},
        {"title": "Price list", "id": "prices", "needs": ("white",)},
    ]
    named = (("Basics", basics), ("Loaves", loaves), ("The stall", stall))
    return roadmap("Bake bread", [{"title": title, "items": items} for title, items in named])


def course(entries: int) -> Roadmap:
    """A roadmap in which each entry needs the one before it or one a little further back, with more at times."""
    sections: list[dict[str, Any]] = []
    for number in range(entries):
        if number % 50 == 0:
            sections.append({"title": f"Part {number // 50 + 1}", "items": []})
        back = {1 + number * 7 % 9, 1 + number * 3 % 40 if number % 4 == 0 else 1 + number * 7 % 9}
        own = {"title": f"Entry number {number} of the course", "id": f"e{number}"}
        known = tuple(f"e{need}" for need in sorted({max(number - step, 0) for step in back} - {number}))
        sections[-1]["items"].append({**own, "needs": known})
    return roadmap("A course", sections)


def exported(source: Roadmap, **options: Any) -> Export:
    return mindmap.export(
        Snapshot.of(source, today=date(2026, 11, 23)), mindmap.Options(**{"layout": "needs", **options})
    )
