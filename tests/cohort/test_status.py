"""Where all stand: numbers, days behind and ahead, who is stuck; the index that makes it fast, and the page."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import cohorts
import pytest
from axe_playwright_python.sync_playwright import Axe
from languages import LANGUAGES

from roadpress.cli import main
from roadpress.cohort import standing
from roadpress.cohort.loading import load_cohort
from roadpress.cohort.overview import overview
from roadpress.cohort.standing import report

TODAY = date(2027, 1, 6)
LEARNERS = [
    {"name": "Ada", "start": "2026-12-28", "pace": "7h/week", "email": "ada@example.org"},
    {"name": "Bo", "start": "2026-12-28", "pace": "7h/week"},
    {"name": "Cy", "start": "2027-01-05", "pace": "7h/week"},
    {"name": "Di"},
    {"name": "=Eve<b>", "skip": "basics"},
]
ALL = ("basics/what-is-ml", "basics/statistics", "basics/calculus", "projects/recommender")


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", cohorts.EPOCH)
    cohorts.write(tmp_path, LEARNERS)
    tick("ada", *((key, "2027-01-04") for key in ALL))
    tick("bo", (ALL[0], "2026-12-29"))
    tick("di", (ALL[1], "2027-01-01"))


def tick(learner, *done):
    Path("progress").mkdir(exist_ok=True)
    lines = "".join(f"  {key}: {{done: {day}, from: pdf}}\n" for key, day in done)
    Path(f"progress/{learner}.progress.yaml").write_text(f"roadpress-progress: 2\nticks:\n{lines}")


def stands():
    return report(load_cohort(Path("cohort.yaml")), today=TODAY)


def test_done_behind_last_and_next():
    rows = {row.learner.id: row for row in stands().rows}
    assert [(key, row.done, row.total, row.percent) for key, row in rows.items()] == [
        ("ada", 4, 4, 100), ("bo", 1, 4, 25), ("cy", 0, 4, 0), ("di", 1, 4, 25), ("eve-b", 0, 1, 0),
    ]  # fmt: skip
    # an hour a day: 2 h until 29 Dec, then 4 h until 2 Jan, 4 h until 6 Jan, 6 h until 12 Jan
    assert [row.behind for row in rows.values()] == [-6, 4, 0, None, None]
    assert [row.last for row in rows.values()] == [date(2027, 1, 4), date(2026, 12, 29), None, date(2027, 1, 1), None]
    following = [row.next.id if row.next else None for row in rows.values()]
    assert following == [None, ALL[1], ALL[0], ALL[0], "projects/recommender"]
    assert rows["eve-b"].sections == ((0, 0), (0, 1))


def test_where_many_are_stuck_and_what_was_planned():
    (part,) = stands().parts
    assert [(one.node.id, one.learners, one.done) for one in part.stuck] == [(ALL[1], 1, 2)]
    points = {point.day: point for point in part.burn_up}
    assert points[TODAY][1:] == (6, 7)
    assert points[date(2026, 12, 28)][1:] == (0, 0)
    assert part.burn_up[-1].done is None
    assert part.burn_up[-1].planned == 12


def test_only_files_that_changed_are_read_again(monkeypatch):
    before = stands()
    read = []
    real = standing.read
    monkeypatch.setattr(standing, "read", lambda path: (read.append(path.name), real(path))[1])
    assert stands() == before
    assert read == []
    tick("bo", (ALL[0], "2026-12-29"), (ALL[1], "2027-01-06"))
    assert {row.learner.id: row.done for row in stands().rows}["bo"] == 2
    assert read == ["bo.progress.yaml"]
    Path("cohort.index.sqlite").unlink()
    rebuilt = stands()
    assert len(read) == 4
    Path("cohort.index.sqlite").write_bytes(b"damaged" * 1000)
    assert stands() == rebuilt


def test_a_build_has_read_them_already(monkeypatch):
    expected = stands()
    Path("cohort.index.sqlite").unlink()
    assert main(["-q", "cohort", "build", "--format", "csv", "--jobs", "1"]) == 0
    read = []
    real = standing.read
    monkeypatch.setattr(standing, "read", lambda path: (read.append(path.name), real(path))[1])
    assert stands() == expected
    assert read == []
    tick("bo", (ALL[0], "2026-12-29"))
    stands()
    assert read == ["bo.progress.yaml"]


def test_a_change_of_the_roadmap_or_the_learner_is_seen():
    stands()
    cohorts.write(Path(), [*LEARNERS[:3], {"name": "Di", "skip": "math"}])
    rows = {row.learner.id: row for row in stands().rows}
    assert (rows["di"].done, rows["di"].total) == (1, 3)
    assert "eve-b" not in rows
    cohorts.write(Path(), LEARNERS, sections="\n- title: Basics\n  id: basics\n  topics: [Statistics]\n")
    assert {row.total for row in stands().rows} == {0, 1}


def test_a_damaged_file_is_one_learners_row(capsys):
    Path("progress/bo.progress.yaml").write_text("broken: [")
    assert main(["cohort", "status"]) == 0
    told = capsys.readouterr().out
    assert "bo: " in told
    assert "Learners: 5" in told


def test_the_terminal_shows_a_line_each(capsys):
    assert main(["cohort", "status"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Autumn"
    assert lines[2].split() == ["Ada", *["████████████", "100", "%", "6", "days", "ahead", "4", "Jan", "Finished"]]
    assert "25 % 4 days behind" in lines[3]
    assert "no plan" in lines[5]
    assert lines[-1] == "Learners: 5 · Finished: 1 · Behind the plan: 1 · Silent for a week: 1 · Half have done: 25 %"
    assert main(["cohort", "status", "--language", "de"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "100 % 6 Tage voraus" in lines[2]
    assert lines[-1].startswith("Lernende: 5 · Fertig: 1 · Hinter dem Plan: 1 · ")


def test_as_data_and_as_a_table_without_formulas(capsys):
    assert main(["cohort", "status", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [one["percent"] for one in data["learners"]] == [100, 25, 0, 25, 0]
    assert data["learners"][1]["next"]["id"] == ALL[1]
    assert data["roadmaps"][0]["burn_up"][0]["day"] == "2026-12-28"
    assert main(["cohort", "status", "--csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[1][:8] == ["ada", "Ada", "ada@example.org", "", "4", "4", "100", "-6"]
    assert rows[5][1] == "'=Eve<b>"
    assert main(["cohort", "status", "--csv", "--json"]) == 2


def test_several_roadmaps_stand_apart():
    Path("data.yaml").write_text("roadpress: 1\ntitle: Data\nsections: [{title: S, topics: [a, b]}]\n")
    path = cohorts.write(Path(), [{"name": "Ada"}, {"name": "Bo", "roadmap": "data"}])
    path.write_text(path.read_text().replace("roadmap: roadmap.yaml", "roadmap: {web: roadmap.yaml, data: data.yaml}"))
    found = report(load_cohort(path), today=TODAY)
    assert [(part.name, [row.total for row in part.rows]) for part in found.parts] == [("web", [4]), ("data", [2])]
    assert "<h2><bdi>Data</bdi></h2>" in overview(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_every_language_and_holds_no_markup_of_names(language):
    page = overview(stands(), language)
    assert f'<html lang="{language}"' in page
    assert "Eve<b>" not in page
    assert "{" not in page[page.index("<main") : page.index("<script type")].replace("{{", "")


def test_a_cohort_of_nobody(capsys):
    cohorts.write(Path(), [])
    assert main(["cohort", "status", "--html", "o.html"]) == 0
    assert "There is nobody here yet." in Path("o.html").read_text("utf-8")
    assert main(["cohort", "status"]) == 0
    assert "There is nobody here yet." in capsys.readouterr().out


def names(page):
    return page.eval_on_selector_all("tbody tr:not([hidden]) > th", "cells => cells.map(cell => cell.textContent)")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_the_page_is_sorted_searched_and_accessible(browser, scheme, width):
    assert main(["-q", "cohort", "status", "--html", "o.html"]) == 0
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(Path("o.html").absolute().as_uri())
    assert names(page) == ["Ada", "Bo", "Cy", "Di", "=Eve<b>"]
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Plan").click()
    assert names(page) == ["Ada", "Cy", "Bo", "Di", "=Eve<b>"]
    page.get_by_role("button", name="Plan").click()
    assert names(page)[:3] == ["Bo", "Cy", "Ada"]
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Plan")
    page.get_by_label("Show").select_option("behind")
    assert names(page) == ["Bo"]
    page.get_by_label("Show").select_option("")
    page.get_by_label("Search").fill("statis")
    assert names(page) == ["Bo"]
    page.reload()
    assert names(page) == ["Bo"]
    page.get_by_label("Search").fill("zzz")
    assert page.get_by_role("status").inner_text() == "Nobody here matches."
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [url for url in asked if not url.startswith("file:")] == []
    assert wrong == []
    page.close()
