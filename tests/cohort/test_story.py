"""A term with thirty learners, from a class list to the overview, as a mentor and the learners live it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import cohorts
import pypdf
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from roadmaps import source

from roadpress.cli import main

FIRST = ("Ada", "Grace", "عمر", "花子", "Ñusta")
LAST = ("Lovelace", "Hopper", "Turing", "Öz", "O'Brien", "=1+1")
CLASS = [(f"{first} {last}", f"{n}@example.org") for n, (first, last) in enumerate((f, g) for f in FIRST for g in LAST)]
PATIENCE = 120_000
"""Milliseconds: busy machines are slow, and a test that passes waits for nothing."""


def saved_pages(browser, learners, box):
    """Open learners' pages as each would, tick a box, save a file; return what each saved."""
    saved = {}
    context = browser.new_context(accept_downloads=True)
    for learner in learners:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(Path(f"output/cohort/{learner}/{learner}.checklist.html").absolute().as_uri())
        page.locator("html.begun").wait_for(state="attached")
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(
            0
        )  # the others' ticks, in the same browser, are theirs
        page.locator("main").get_by_role("checkbox", name=box).last.check()
        page.evaluate("delete window.showSaveFilePicker")
        with page.expect_download() as download:
            page.keyboard.press("Control+s")
        saved[learner] = download.value.path().read_bytes()
        page.close()
    context.close()
    return saved


def filled(learner, *ticked):
    data = Path(f"output/cohort/{learner}/{learner}.pdf").read_bytes()
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict.fromkeys(ticked, "/Yes"))
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def state(capsys):
    capsys.readouterr()
    assert main(["cohort", "status", "--json"]) == 0
    return {one["id"]: one["done"] for one in json.loads(capsys.readouterr().out)["learners"]}


def test_a_term_with_thirty_learners(tmp_path, monkeypatch, capsys, browser):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", cohorts.EPOCH)
    Path("roadmap.yaml").write_text(source(cohorts.SECTIONS, "start: 2026-12-28\npace: 7h/week\n"))
    table = "".join(f"{first};{last};{mail}\r\n" for (name, mail) in CLASS for first, last in [name.split(" ", 1)])
    Path("class.csv").write_bytes(b"\xef\xbb\xbf" + f"Vorname;Nachname;E-Mail\r\n{table}".encode())
    assert main(["cohort", "new", "class.csv"]) == 0
    assert main(["cohort", "check"]) == 0
    assert main(["cohort", "build"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "output/cohort  30 made"
    learners = sorted(path.name for path in Path("output/cohort").iterdir())
    built = cohorts.files(Path("output/cohort"))
    assert (len(learners), len(built)) == (30, 90)

    inbox = Path("inbox/from mail (2)")
    inbox.mkdir(parents=True)
    for n, learner in enumerate(learners[:10]):
        (inbox / f"scan{n}.PDF.pdf").write_bytes(filled(learner, "basics/what-is-ml", "basics/calculus"))
    for n, data in enumerate(saved_pages(browser, learners[8:12], "Statistics").values()):
        Path(f"inbox/download ({n}).json.txt").write_bytes(data)
    (inbox / "again.pdf").write_bytes((inbox / "scan0.PDF.pdf").read_bytes())
    Path("inbox/cat.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    assert main(["cohort", "collect", "inbox"]) == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 12
    assert "cat.jpg was left" in told.err
    done = state(capsys)
    assert [done[learner] for learner in learners] == [2] * 8 + [3] * 2 + [1] * 2 + [0] * 18

    assert main(["cohort", "build"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "output/cohort  12 made, 18 as they were"
    again = cohorts.files(Path("output/cohort"))
    changed = {name.partition("/")[0] for name in again if again[name] != built[name]}
    assert changed == set(learners[:12])
    fields = pypdf.PdfReader(io.BytesIO(again[f"{learners[9]}/{learners[9]}.pdf"])).get_fields()
    assert {name for name, field in fields.items() if field.get("/V") == "/Yes"} == {
        "basics/what-is-ml", "basics/statistics", "basics/calculus",
    }  # fmt: skip
    before = cohorts.files(Path("progress"))
    assert main(["-q", "cohort", "collect", "inbox"]) == 0
    assert cohorts.files(Path("progress")) == before

    assert main(["-q", "cohort", "status", "--html", "overview.html"]) == 0
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(Path("overview.html").absolute().as_uri())
    assert page.locator("table.learners tbody tr").count() == 30
    assert page.locator("a[href^='mailto:']").count() == 30
    assert Axe().run(page).response["violations"] == []
    page.close()
    assert not [name for name, data in again.items() if b"@example.org" in data]
