"""The timeline in the PDF: a bar for each section and topic, its end in words."""

import io
from datetime import date

import pypdf
import pytest
from roadmaps import roadmap

from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import pdf
from roadpress.exporters.pdf.timeline import _ticks

SECTIONS = """
- title: Basics
  topics: [{title: Reading, hours: 2}, {title: Exercises, hours: 20}]
- {title: Practice, hours: 60, due: 2027-03-01}
"""


def last_pages(sections, head, today=date(2027, 1, 6)):
    loaded = roadmap(sections, head)
    snapshot = Snapshot(loaded, Progress(), today, plan(loaded, Progress(), today=today))
    data = pdf.export(snapshot, pdf.Options(cover=False, toc=False)).files[0].data
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    return text.partition("Week by week")[2]


def test_months_names_and_ends():
    text = last_pages(SECTIONS, "pace: 8h/week\n")
    head = text.partition("4 Jan – ")[0]
    assert [month for month in ("Jan", "Feb", "Mar", "Apr") if month in head.split("Basics")[0]] == ["Feb", "Mar"]
    assert "1 Basics" in head.replace("\n", " ")
    assert "1.2 Exercises" in head.replace("\n", " ")
    assert "week of 15 Mar" in head


@pytest.mark.parametrize(
    ("head", "today"),
    [
        ("pace: 8h/week\n", date(9999, 10, 1)),
        ("pace: 24h/day\n", date(2027, 1, 6)),
        ("pace: 0.2h/week\n", date(2027, 1, 6)),
    ],
    ids=["the last year", "a few days", "eight years"],
)
def test_any_length(head, today):
    assert "Practice" in last_pages(SECTIONS, head, today)


def test_without_a_plan_there_is_none():
    assert last_pages(SECTIONS, "") == ""


def test_only_the_sections_when_the_topics_fill_pages():
    many = "\n".join(f"- {{title: S{at}, topics: [Alpha, Beta, Gamma]}}" for at in range(20))
    head = last_pages(many, "pace: 8h/week\n").partition("4 Jan – ")[0]
    assert "S19" in head
    assert "Alpha" not in head


@pytest.mark.parametrize(
    ("first", "last", "most", "expected"),
    [
        (date(2027, 1, 1), date(2027, 3, 9), 6, [(2027, 1), (2027, 2), (2027, 3)]),
        (date(2027, 1, 6), date(2027, 3, 9), 6, [(2027, 2), (2027, 3)]),
        (date(2027, 1, 6), date(2027, 1, 9), 6, [(2027, 1)]),
        (date(2027, 11, 2), date(2028, 10, 9), 6, [(2028, 1), (2028, 3), (2028, 5), (2028, 7), (2028, 9)]),
        (date(2026, 11, 30), date(2028, 3, 9), 5, [(2027, 1), (2027, 4), (2027, 7), (2027, 10), (2028, 1)]),
        (date(2026, 11, 30), date(2028, 3, 9), 0, [(2026, 11)]),
        (date(9999, 10, 2), date(9999, 12, 31), 6, [(9999, 11), (9999, 12)]),
    ],
)
def test_the_scale_has_a_few_months_that_begin_quarters_and_years(first, last, most, expected):
    assert [(day.year, day.month) for day in _ticks(first, last, most)] == expected
