"""`plan` and `next`, as a person uses them."""

import json
from pathlib import Path

import pytest
from roadmaps import source

from roadpress.cli import main

SECTIONS = """
- title: Basics
  id: basics
  topics:
    - {title: Reading, hours: 2}
    - {title: Exercises, hours: 4-8}
- title: Practice
  needs: [basics]
  topics:
    - {title: Project, hours: 6, due: 2027-01-20}
    - {title: Talk, hours: 1, optional: true}
- title: Elsewhere
  topics:
    - {title: Quiz, kind: question}
"""
HEAD = "start: 2027-01-04\npace: {hours: 6, per: week, days: [mon, wed, fri]}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1799236800")  # Wednesday 2027-01-06
    Path("roadmap.yaml").write_text(source(SECTIONS, HEAD))


def data(capsys, *words):
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def said(capsys, *words):
    assert main(list(words)) == 0
    return capsys.readouterr().out


def test_a_plan_by_hand(capsys):
    """6 h a week on three days is 2 h a day: Wed 6, Fri 8, Mon 11 …"""
    found = data(capsys, "plan")
    nodes = found["nodes"]
    assert nodes["basics/reading"]["due"] == "2027-01-06"
    assert (nodes["basics/exercises"]["start"], nodes["basics/exercises"]["due"]) == ("2027-01-08", "2027-01-13")
    assert nodes["basics/exercises"]["early_finish"] == "2027-01-11"
    assert nodes["basics/exercises"]["late_finish"] == "2027-01-15"
    assert nodes["practice/project"]["due"] == "2027-01-20"
    assert found["finish"] == "2027-01-22"
    assert "practice/talk" not in nodes
    assert found["critical"] == ["basics", "practice/project"]
    assert found["misses"] == []
    assert found["assumed"] == 1
    assert [week["first"] for week in found["weeks"]] == ["2027-01-04", "2027-01-11", "2027-01-18"]
    assert found["weeks"][0]["capacity"] == 4


def test_a_fixed_date_that_cant_be_met(capsys):
    out = said(capsys, "plan", "--pace", "3h/week")
    assert "3.1" not in [line.split()[0] for line in out.splitlines() if "can't make" in line]
    assert "2.1 'Project' can't make Wed 20 Jan: likely" in out
    assert "days late." in out
    miss = data(capsys, "plan", "--pace", "3h/week")["misses"][0]
    assert miss["id"] == "practice/project"
    assert miss["days"] > 0


def test_finish_by(capsys):
    found = data(capsys, "plan", "--finish-by", "2027-01-15")
    assert found["finish_by"]["working_days"] == 5  # 6, 8, 11, 13, 15 January
    assert found["finish_by"]["hours_a_week"] == {"low": 7.35, "high": 9.75}  # 12.25 to 16.25 h in 5 days, 3 a week
    assert "more than a day has" not in said(capsys, "plan", "--finish-by", "2027-01-15")
    Path("roadmap.yaml").write_text(source("- {title: A, hours: 90}", HEAD))
    assert "That is 45 h a day, more than a day has." in said(capsys, "plan", "--finish-by", "2027-01-08")
    assert main(["plan", "--finish-by", "2027-01-05"]) == 2
    assert "There is no working day until 2027-01-05." in capsys.readouterr().err


def test_without_a_pace(capsys):
    Path("roadmap.yaml").write_text(source(SECTIONS))
    assert main(["plan"]) == 2
    assert "`pace: 8h/week`" in capsys.readouterr().err
    assert "To finish by" in said(capsys, "plan", "--finish-by", "2027-03-01")
    assert data(capsys, "plan", "--pace", "2h/day", "--start", "2027-02-01")["start"] == "2027-02-01"


def test_pace_so_far_is_a_second_forecast(capsys):
    main(["-q", "tick", "reading", "--on", "2026-12-24"])
    out = said(capsys, "status")
    assert "Pace so far: 1 h a week since Thu 24 Dec 2026." in out
    assert "Finish at your pace so far: " in out
    assert "At your pace so far, 1 h a week:" in said(capsys, "plan")


def test_next_tells_todays_share_what_is_due_and_what_waits(capsys):
    found = data(capsys, "next")
    assert [(step["id"], step["today"]) for step in found["share"]] == [("basics/reading", 2)]
    assert [step["id"] for step in found["ready"]] == ["basics/reading", "basics/exercises", "elsewhere/quiz"]
    assert found["blocked"] == 2
    main(["-q", "tick", "basics", "--on", "2027-01-06"])
    found = data(capsys, "next")
    assert found["share"] == []  # today's hours are used up
    assert [step["id"] for step in found["ready"]] == ["practice/project", "elsewhere/quiz", "practice/talk"]
    out = said(capsys, "next")
    assert "2.1 Project" in out
    assert "due Wed 20 Jan" in out


def test_overdue_is_named_and_kept_in_order(capsys, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1801000000")  # 2027-01-26
    out = said(capsys, "next")
    assert "was due Wed 20 Jan" in out
    assert "needs 1 Basics" in out


def test_everything_done(capsys):
    main(["-q", "tick", "1", "2", "3"])
    assert said(capsys, "next") == "Everything is done.\n"
    assert "Nothing required is left." in said(capsys, "plan")
    assert "Nothing required is left." in said(capsys, "status")


def test_nothing_there_is_not_everything_done(capsys):
    Path("roadmap.yaml").write_text("roadpress: 1\ntitle: Later\nsections: []\n")
    told = "There is nothing here yet: write `sections` into roadmap.yaml, or bring some in with `roadpress import`.\n"
    assert said(capsys, "next") == told
    assert said(capsys, "status") == f"Later\n{told}"


@pytest.mark.parametrize(
    ("head", "sections", "expected"),
    [
        ("pace: 8h/week", "[]", "There is nothing here yet: "),
        (
            "pace: 8h/week\nstart: 9999-12-31",
            "- {title: A, hours: 90}",
            "There is no plan: At this pace the plan runs past",
        ),
        ("pace: 8h/week", "- {title: A, due: 9999-12-31}", "Finish at 8 h a week"),
        ("pace: {hours: 8, per: week, off: [0001-01-01..9999-12-31]}", "- A", "runs past the year 9999"),
        ("pace: 0.01h/week", "- {title: A, hours: 99999}", "runs past the year 9999"),
    ],
)
def test_the_ends_of_time(head, sections, expected, capsys):
    Path("roadmap.yaml").write_text(
        source(sections, head + "\n") if sections != "[]" else source("", head + "\n")[:-1] + " []"
    )
    assert main(["status"]) == 0
    captured = capsys.readouterr()
    assert expected in captured.out + captured.err


def test_done_tomorrow_when_the_clock_was_set_back(capsys):
    main(["-q", "tick", "reading", "--on", "2027-02-01"])
    found = data(capsys, "status")
    assert found["pace_so_far"] is None
    assert found["total"]["done"] == 1
