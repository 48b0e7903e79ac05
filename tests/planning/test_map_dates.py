"""Dates in the mind map: until when by the plan, and the days of this week."""

import re
from datetime import date

from roadmaps import roadmap

from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import mindmap
from roadpress.exporters.typeset.bidi import level_runs

SECTIONS = """
- title: Basics
  topics:
    - {title: Reading, hours: 2}
    - title: Exercises
      items: [{title: Small, hours: 1}, {title: Large, hours: 40}]
- title: Talk
  due: 2027-01-04
- title: Done
"""


def words(**options):
    loaded = roadmap(SECTIONS, "pace: {hours: 6, per: week, days: [mon, wed, fri]}\n")
    progress = Progress({"done": Tick(State.DONE)})
    today = date(2027, 1, 6)
    snapshot = Snapshot(loaded, progress, today, plan(loaded, progress, today=today))
    svg = mindmap.export(snapshot, mindmap.Options(**options)).files[0].data.decode()
    texts = re.findall(r"<text[^>]*>(.*?)</text>", svg, re.DOTALL)
    return " | ".join(" ".join(re.sub(r"<[^>]*>", "", text).split()) for text in texts)


def test_parents_say_until_when_and_leaves_of_this_week_their_day():
    said = words()
    assert "Small ▸ Fri 8 Jan" in said
    assert "Reading ▸ Fri 8 Jan" in said
    assert "Large |" in f"{said} |"
    assert "Talk ▸ Mon 4 Jan" in said  # its fixed date has passed
    assert said.count("week of 22 Feb") == 3  # the whole, Basics, Exercises
    assert "Done" in said


def test_dates_can_be_left_out():
    assert "Jan" not in words(dates=False)


def test_an_iso_date_after_arabic_keeps_its_order():
    loaded = roadmap("- {title: مقدمة, due: 2027-01-08}\n", "language: fa\n")
    svg = mindmap.export(Snapshot.of(loaded, today=date(2027, 1, 6)), mindmap.Options()).files[0].data.decode()
    assert "2027-01-08" in svg
    assert "\u200e2027-01-08" in re.sub(r"<[^>]*>", "", svg)
    assert any("2027-01-08" in part for _, part in level_runs("مقدمة ▸ \u200e2027-01-08"))
    assert not any("2027-01-08" in part for _, part in level_runs("مقدمة ▸ 2027-01-08"))
