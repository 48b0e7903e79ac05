"""One plan, one count: page, book, map, calendar and `status` say the same days and hours, ticks made today included."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from icalendar import Calendar
from patience import settles
from plans import TODAY, roadmaps
from playwright.sync_api import Browser, BrowserContext, Page
from roadmaps import roadmap

from roadpress.core.locale.dates import day_text, planned_text
from roadpress.core.locale.words import words_for
from roadpress.core.model import Roadmap
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.snapshot import Snapshot
from roadpress.core.snapshot.facts import FactReader
from roadpress.core.snapshot.figures import rounded
from roadpress.core.snapshot.filtering import Filter, narrowed
from roadpress.core.snapshot.status import standing
from roadpress.exporters import checklist, ics, mindmap, pdf

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))
Opened = Callable[[Snapshot], Page]
_DAYS = """() => Object.fromEntries([...document.querySelectorAll("main time")].filter((time) => !time.hidden)
    .map((time) => [time.closest("[id]").id, [time.dateTime, time.textContent]]))"""


@pytest.fixture(scope="module")
def opened(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Opens the page of a snapshot on its day, in a fresh profile."""
    path = tmp_path_factory.mktemp("page") / "page.html"
    profiles: list[BrowserContext] = []

    def open_page(found: Snapshot) -> Page:
        path.write_bytes(checklist.export(found, checklist.Options()).files[0].data)
        for profile in profiles:
            profile.close()
        profiles[:] = [browser.new_context(timezone_id="UTC")]
        profiles[0].clock.set_fixed_time(f"{TODAY.isoformat()}T09:00:00Z")
        page = profiles[0].new_page()
        page.goto(path.as_uri())
        page.locator("html.begun").wait_for(state="attached")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")  # every row
        return page

    yield open_page
    for profile in profiles:
        profile.close()


def snapshot_of(found: Roadmap, progress: Progress | None = None) -> Snapshot:
    progress = progress or Progress.of_author(found)
    return Snapshot(found, progress, TODAY, plan(found, progress, today=TODAY))


def case_snapshot(case: dict[str, Any]) -> Snapshot:
    found = roadmap(yaml.safe_dump(case["sections"], allow_unicode=True), case["head"])
    ids = {node.number: node.id for node in found.walk()}
    return snapshot_of(found, Progress({ids[number]: Tick(State.DONE, TODAY) for number in case.get("done", ())}))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_planner_makes_the_plan_of_each_case(case: dict[str, Any]) -> None:
    snapshot = case_snapshot(case)
    schedule = snapshot.schedule
    assert schedule
    numbers = {node.id: node.number for node in snapshot.roadmap.walk()}
    assert [numbers[id_] for id_ in schedule.order] == list(case["days"])
    slots = {numbers[id_]: [schedule.slots[id_].start, schedule.slots[id_].due] for id_ in schedule.order}
    assert slots == case["days"]
    assert [*schedule.hours] == pytest.approx(case["left"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_page_makes_the_plan_of_each_case(case: dict[str, Any], opened: Opened) -> None:
    """What was done today is ticked in the page, which plans anew."""
    page = opened(case_snapshot({**case, "done": ()}))
    for number in case.get("done", ()):
        page.locator(f"[id='{number}'] input").check()
    days = case["days"]
    wanted = {number: day.isoformat() for number, (_, day) in days.items() if not _due_of(case, number)}
    fixed = days.keys() - wanted.keys()
    settles(lambda: {number: day for number, (day, _) in page.evaluate(_DAYS).items() if number not in fixed}, wanted)
    assert hours_said(case["left"]) in page.locator("#count").text_content()
    begun = [number for number, (start, _) in days.items() if start <= date(2027, 1, 10)]
    page.locator("#state").select_option("week")
    shown = page.evaluate(
        "[...document.querySelectorAll('main input')].filter((box) => box.offsetParent).map((box) => "
        "box.closest('[id]')).filter((row) => !row.querySelector('ul:not(.l)')).map((row) => row.id)"
    )
    assert sorted(shown) == sorted(begun)


def _due_of(case: dict[str, Any], number: str) -> bool:
    nodes = case_snapshot(case).roadmap.walk()
    return any(node.due for node in nodes if node.number == number)


def hours_said(left: Any) -> str:
    """Return what outputs say of the hours that are left."""
    low, high = map(rounded, left)
    return words_for("en").say("left", hours=words_for("en").hours(low, high))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=roadmaps())
def test_every_output_says_the_same_days_and_hours(opened: Opened, found: Roadmap) -> None:
    snapshot = snapshot_of(found)
    schedule = snapshot.schedule
    assert schedule
    facts = FactReader(snapshot)
    leaves = {node.number: node for node in found.leaves() if node.id in schedule.order}

    page = opened(snapshot)
    shown = page.evaluate(_DAYS)
    planned = {number: node for number, node in leaves.items() if not node.due}
    assert {number: shown[number][0] for number in planned} == {
        number: schedule.slots[node.id].due.isoformat() for number, node in planned.items()
    }
    texts = {number: fact.text for number, node in planned.items() if (fact := facts.of("planned", node))}
    assert {number: shown[number][1] for number in planned} == texts
    assert all("due" in text or "overdue" in text for number, (_, text) in shown.items() if number not in planned)
    said = page.locator("#count").text_content() or ""
    total = snapshot.total
    assert said.startswith(f"{total.done} of {total.total}")

    left = standing(snapshot).total.hours.left
    assert left == pytest.approx(schedule.hours)
    assert (hours_said(left) in said) == bool(rounded(left.high))

    book = " ".join(_book(snapshot).split())
    assert f"{total.done} of {total.total} done" in book
    assert (hours_said(left).replace("\u00a0", " ") in book) == bool(rounded(left.high))
    for text in texts.values():
        assert text in book
    assert ("due " in book) == any(node.due and not snapshot.is_done(node) for node in found.walk())

    events = Calendar.from_ical(ics.export(snapshot, ics.Options(by="leaf", fixed=False)).files[0].data).walk("VEVENT")
    days = {str(event["summary"]).split()[0]: event for event in events if not str(event["summary"]).startswith("✓")}
    for number, node in leaves.items():
        slot = schedule.slots[node.id]
        assert days[number].decoded("dtstart") == slot.start
        assert (days[number].decoded("dtend") - slot.due).days == 1

    drawn = mindmap.export(snapshot, mindmap.Options()).files[0].data.decode()
    texts_of_map = " ".join(re.sub(r"<[^>]*>", " ", drawn).split())
    assert f"{total.done} of {total.total}" in texts_of_map
    if schedule.finish:
        assert planned_text(schedule.finish, today=TODAY) in texts_of_map
    week = schedule.week_of(TODAY)
    for share in week.shares if week else ():
        node = found.by_id()[share.id]
        assert day_text(node.due or schedule.slots[share.id].due, today=TODAY) in texts_of_map


def _book(snapshot: Snapshot) -> str:
    data = pdf.export(snapshot, pdf.Options()).files[0].data
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def test_the_page_of_a_part_keeps_the_days_of_the_whole(opened: Opened) -> None:
    found = roadmap(
        "- {title: A, hours: 4}\n- {title: B, topics: [{title: C, hours: 2}, {title: D, hours: 2}]}\n", "pace: 2h/day"
    )
    part = narrowed(snapshot_of(found), Filter(only=("2",))).snapshot
    page = opened(part)
    assert {number: day for number, (day, _) in page.evaluate(_DAYS).items()} == {
        "2.1": "2027-01-08",
        "2.2": "2027-01-09",
    }
    page.locator("[id='2.1'] input").check()
    settles(lambda: {number: day for number, (day, _) in page.evaluate(_DAYS).items()}, {"2.2": "2027-01-09"})


def test_hours_of_optional_things_are_not_left(opened: Opened) -> None:
    found = roadmap("- {title: A, hours: 4}\n- {title: B, optional: true, hours: 20}\n", "pace: 2h/day")
    page = opened(snapshot_of(found))
    assert "4\u00a0h left" in (page.locator("#count").text_content() or "")
    without = replace(snapshot_of(found), schedule=None)
    assert standing(without).total.hours.left == (4, 4)
