"""What the documents of progress and planning show is true."""

import re
from datetime import date

from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress
from roadpress.core.progress.store import parse
from roadpress.core.roadmap_file.loading import load_bytes


def examples(root, name):
    return re.findall(r"```yaml\n(.*?)```", (root / "docs" / name).read_text("utf-8"), re.DOTALL)


def test_the_planning_example_loads_and_has_a_plan(root):
    (text,) = examples(root, "planning.md")
    loaded = load_bytes(f"roadpress: 1\ntitle: T\n{text}".encode(), "planning.md")
    schedule = plan(loaded, Progress(), today=date(2027, 1, 4))
    assert schedule is not None
    assert schedule.hours == (32, 42)
    assert schedule.critical == ("fundamentals", "project")
    assert schedule.slots["fundamentals/math"].hours == (10, 15)


def test_the_progress_example_is_a_progress_file(root):
    (text,) = examples(root, "progress.md")
    record = parse(text.encode(), "progress.md")
    assert (len(record.ticks), len(record.orphans), record.joined) == (2, 1, False)
