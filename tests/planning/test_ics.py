"""The calendar, read back by a second library (`ics`), and line by line."""

import re
from datetime import date, datetime, timezone

import pytest
from ics import Calendar
from roadmaps import roadmap

from roadpress.core.model import Hours, Node, Pace, Roadmap
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import ics

SECTIONS = """
- title: Basics
  id: basics
  topics:
    - {title: "Reading, *slowly*; with \\\\ care", hours: 2, links: ["https://example.org/a?b=1,2"], notes: "One\\n\\nTwo"}
    - {title: 练习 🎯, hours: 4-8}
- title: Practice
  topics:
    - {title: Project, hours: 6, due: 2027-01-20, was: [old-project, older]}
    - {title: Talk, hours: 1}
"""
HEAD = "start: 2027-01-04\npace: {hours: 6, per: week, days: [mon, wed, fri]}\n"
TODAY = date(2027, 1, 6)


def snapshot(ticks=None, *, sections=SECTIONS, head=HEAD, today=TODAY):
    loaded = roadmap(sections, head)
    progress = Progress({**Progress.of_author(loaded).ticks, **(ticks or {})})
    return Snapshot(loaded, progress, today, plan(loaded, progress, today=today))


def made(given, **options):
    return ics.export(given, ics.Options(**options)).files[0].data


def events(data):
    return {event.uid: event for event in Calendar(data.decode()).events}


def by_name(data):
    return {event.name: event for event in Calendar(data.decode()).events}


def test_a_second_library_reads_names_and_days():
    found = by_name(made(snapshot()))
    assert set(found) == {
        "1.1 Reading, slowly; with \\ care",
        "1.2 练习 🎯",
        "2.1 Project",
        "⚑ 2.1 Project",
        "2.2 Talk",
    }
    reading, exercise = found["1.1 Reading, slowly; with \\ care"], found["1.2 练习 🎯"]
    assert reading.all_day
    assert (reading.begin.date(), reading.end.date()) == (date(2027, 1, 6), date(2027, 1, 7))
    assert (exercise.begin.date(), exercise.end.date()) == (date(2027, 1, 8), date(2027, 1, 14))
    assert found["⚑ 2.1 Project"].begin.date() == date(2027, 1, 20)
    assert reading.description == "One\n\nTwo\n\nhttps://example.org/a?b=1,2\n\n2\xa0h"
    assert reading.url == "https://example.org/a?b=1,2"
    assert reading.categories == {"Basics"}


def test_uids_stay_and_the_sequence_grows_when_the_plan_moves():
    first, later = made(snapshot()), made(snapshot(today=date(2027, 1, 20)))
    assert set(events(first)) == set(events(later))
    assert all(events(first)[uid].begin <= events(later)[uid].begin for uid in events(first))
    one, two = (min(int(number) for number in re.findall(rb"SEQUENCE:(\d+)", data)) for data in (first, later))
    assert one < two < 2**31
    same_day = Tick(State.DONE, TODAY, "cli", "", datetime(2027, 1, 6, 10, tzinfo=timezone.utc))
    assert int(re.findall(rb"SEQUENCE:(\d+)", made(snapshot({"basics/item": same_day})))[0]) > one


def test_a_renamed_node_keeps_its_uid_by_was():
    renamed = SECTIONS.replace("Project, hours", "New name, hours").replace(
        "[old-project, older]", "[old-project, older, practice/project]"
    )
    assert set(events(made(snapshot()))) == set(events(made(snapshot(sections=renamed))))


def test_done_and_skipped():
    ticks = {
        "basics/reading-slowly-with-care": Tick(State.DONE, date(2027, 1, 5)),
        "practice/project": Tick(State.DONE, date(2027, 1, 4)),
        "practice/talk": Tick(State.SKIPPED, date(2027, 1, 3)),
    }
    found = by_name(made(snapshot(ticks)))
    assert found["✓ 1.1 Reading, slowly; with \\ care"].begin.date() == date(2027, 1, 5)
    assert found["2.2 Talk"].status == "CANCELLED"
    assert found["⚑ 2.1 Project"].status == "CANCELLED"
    assert found["✓ 2.1 Project"].status == "CONFIRMED"
    assert set(by_name(made(snapshot(ticks), done=False, fixed=False))) == {"1.2 练习 🎯"}


@pytest.mark.parametrize(("by", "count"), [("leaf", 4), ("topic", 4), ("section", 2), ("week", 3)])
def test_granularity(by, count):
    assert len(events(made(snapshot(), by=by, fixed=False))) == count


def test_todos_with_alarms():
    ticks = {"practice/talk": Tick(State.DONE, date(2027, 1, 5))}
    todos = {todo.name: todo for todo in Calendar(made(snapshot(ticks), component="todo", alarm=2).decode()).todos}
    assert todos["✓ 2.2 Talk"].status == "COMPLETED"
    assert not todos["✓ 2.2 Talk"].alarms
    exercise = todos["1.2 练习 🎯"]
    assert (exercise.begin.date(), exercise.due.date()) == (date(2027, 1, 8), date(2027, 1, 13))
    assert [alarm.trigger.total_seconds() for alarm in exercise.alarms] == [(-2 * 24 + 9) * 3600]


def test_lines_are_as_the_standard_asks():
    """RFC 5545 §3.1: CRLF, at most 75 octets a line, no line cut within a character."""
    long = "- {title: " + "练" * 200 + ", hours: 1}"
    data = made(snapshot(sections=long), by="section")
    lines = data.split(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() is not None for line in lines)
    assert (
        b"".join(line.removeprefix(b" ") for line in lines).decode().count("练") == 400
    )  # the title, and the section as a category


def test_a_roadmap_without_dates_says_so_and_is_still_a_calendar():
    result = ics.export(snapshot(head=""), ics.Options(fixed=False))
    assert result.notices[0].startswith("The roadmap has no dates")
    assert len(Calendar(result.files[0].data.decode()).todos) == 1


@pytest.mark.parametrize(
    "title", ["x\r\nEND:VCALENDAR\r\nBEGIN:X", "a\tb\a\x00c", "END:VEVENT", "\u202eabc", "<b>&amp;", 'a"b\\', "\ud800"]
)
def test_hostile_titles_stay_text(title):
    node = Node(title, "a", "1", 1, hours=Hours(1, 1))
    loaded = Roadmap(title, (node,), pace=Pace(8))
    given = Snapshot(loaded, Progress(), TODAY, plan(loaded, Progress(), today=TODAY))
    data = made(given, by="section")
    lines = data.split(b"\r\n")
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") == 1
    assert [line for line in lines if b"VCALENDAR" in line and b":V" in line][-1] == b"END:VCALENDAR"
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", data)
    assert len(events(data)) == 1


def test_the_last_day_there_is():
    data = made(snapshot(sections="- {title: A, due: 9999-12-31}", head=""))
    assert b"DTSTART;VALUE=DATE:99991231" in data


def test_the_same_bytes_twice():
    assert made(snapshot(), alarm=1) == made(snapshot(), alarm=1)


def test_a_thousand_years_by_week_are_bounded_and_told():
    sections = "- title: Long\n  topics:\n" + "".join(f"    - {{title: T{i}, hours: 1000}}\n" for i in range(60))
    given = snapshot(sections=sections, head="start: 2027-01-04\npace: 1h/week\n")
    assert len(given.schedule.weeks) == 60_001
    result = ics.export(given, ics.Options(by="week"))
    assert result.files[0].data.count(b"BEGIN:VEVENT") == ics.MAX_WEEKS
    assert "The plan has 60,001 weeks, and the calendar the first 1,040 of them." in result.notices
    assert not any("weeks" in notice for notice in ics.export(given, ics.Options()).notices)


def test_a_clock_in_the_year_9999_leaves_the_sequence_alone():
    wrong = Tick(State.DONE, TODAY, "cli", "", datetime(9999, 12, 31, 23, tzinfo=timezone.utc))
    first, later = (
        made(snapshot({"basics/item": wrong})),
        made(snapshot({"basics/item": wrong}, today=date(2027, 1, 20))),
    )
    one, two = (max(int(number) for number in re.findall(rb"SEQUENCE:(\d+)", data)) for data in (first, later))
    assert one < two < 2**31
    last = made(snapshot(today=date(9999, 12, 30), head=""))
    assert max(int(number) for number in re.findall(rb"SEQUENCE:(\d+)", last)) < 2**31
