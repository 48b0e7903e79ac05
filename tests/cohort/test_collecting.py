"""Inboxes: what came back under whatever names, each to whom it belongs."""

from __future__ import annotations

import io
import json
from pathlib import Path

import cohorts
import pypdf
import pytest

from roadpress.cli import main
from roadpress.core.progress.store import read
from roadpress.importers.collect.child import KeptReader


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", cohorts.EPOCH)
    Path("inbox").mkdir()


def build(*learners, formats="pdf,checklist,markdown"):
    cohorts.write(Path(), list(learners))
    assert main(["-q", "cohort", "build", "--format", formats, "--jobs", "1"]) == 0


def filled(learner, name, *ticked):
    """Put the PDF of a learner into the inbox, ticked by a program that fills forms."""
    data = Path(f"output/cohort/{learner}/{learner}.pdf").read_bytes()
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict.fromkeys(ticked, "/Yes"))
    Path("inbox", name).parent.mkdir(parents=True, exist_ok=True)
    writer.write(Path("inbox", name))


def saved(learner, name, *done, title="Test"):
    at = "2027-01-05T10:00:00.000Z"
    items = {key: {"state": "done", "on": "2027-01-05", "at": at} for key in done}
    about = {"learner": learner} if learner else {}
    Path("inbox", name).write_text(
        json.dumps(
            {"roadpress": "checklist", "format": 1, "title": title, "saved": at, "items": items, "given": {}, **about}
        )
    )


def ticks(learner):
    return sorted(read(Path(f"progress/{learner}.progress.yaml")).ticks)


def test_each_goes_to_its_learner_by_what_it_carries(capsys):
    build("Ada Lovelace", "Bo", {"name": "Cy", "skip": "math"})
    filled("ada-lovelace", "scan (3) FINAL.PDF", "basics/what-is-ml")
    saved("ada  LOVELACE", "unbenannt.txt", "basics/statistics")
    saved("Bo", "deep/er.json".replace("/", "-"), "basics/calculus")
    markdown = Path("output/cohort/cy/cy.md").read_text("utf-8").replace("[ ] Statistics", "[x] Statistics")
    Path("inbox/homework.docx.md").write_text(markdown)
    assert main(["cohort", "collect", "inbox"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "ada-lovelace  2 files, 2 changes", "bo  1 file, 1 change", "cy  1 file, 1 change",
    ]  # fmt: skip
    assert ticks("ada-lovelace") == ["basics/statistics", "basics/what-is-ml"]
    assert ticks("bo") == ["basics/calculus"]
    assert ticks("cy") == ["basics/statistics"]
    before = cohorts.files(Path("progress"))
    assert main(["cohort", "collect", "inbox", "inbox"]) == 0
    assert "ada-lovelace  4 files, nothing new" in capsys.readouterr().out
    assert cohorts.files(Path("progress")) == before


def test_links_in_notes_and_shortcuts(capsys):
    from base64 import urlsafe_b64encode

    from roadpress.importers.collect.checklist import check_sum

    build("Ada", {"name": "Bo", "skip": "math"})

    def link(name, ids, *done):
        bits = sum(128 >> place for place in done)
        parts = [check_sum(ids), bytes([bits]), b"", f"{name}\nTest".encode()]
        return "file:///x.html#t1.abc123." + ".".join(urlsafe_b64encode(part).decode().rstrip("=") for part in parts)

    all_ids = ["basics/what-is-ml", "basics/statistics", "basics/calculus", "projects/recommender", "projects/extra"]
    Path("inbox/note.txt").write_text(f"hi, here is mine:\n{link('Ada', all_ids, 1)} thanks\n")
    Path("inbox/Bo.url").write_text(f"[InternetShortcut]\r\nURL={link('Bo', [*all_ids[:2], *all_ids[3:]], 0, 2)}\r\n")
    assert main(["cohort", "collect", "inbox", link("Ada", all_ids, 0)]) == 0
    assert ticks("ada") == ["basics/statistics", "basics/what-is-ml"]
    assert ticks("bo") == ["basics/what-is-ml", "projects/recommender"]


def test_what_fits_nobody_is_named_and_left(capsys):
    build("Ada", "Bo")
    saved("Zed", "zed.json", "basics/statistics")
    saved("", "nobody.json", "basics/statistics")
    saved("Ada", "other.json", "x/one", "x/two", title="Cooking")
    Path("inbox/photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 no output")
    Path("inbox/torn.pdf").write_bytes(b"%PDF-1.7\n torn")
    Path("inbox/.DS_Store").write_bytes(b"hidden")
    assert main(["cohort", "collect", "inbox"]) == 5
    told = capsys.readouterr().err
    for said in (
        "zed.json was left: it is of Zed, who is not in cohort.yaml",
        "nobody.json was left: it does not say whose it is",
        "other.json was left: inbox/other.json is of another roadmap, 'Cooking'",
        "photo.jpg was left: inbox/photo.jpg is nothing that ticks come back in",
        "torn.pdf was left: inbox/torn.pdf is a damaged PDF",
    ):
        assert said in told
    assert "DS_Store" not in told
    assert not list(Path().glob("progress/*.yaml"))
    assert main(["cohort", "collect", "inbox/nobody.json", "--for", "bo"]) == 0
    assert ticks("bo") == ["basics/statistics"]


def test_two_of_one_name_are_told_apart_by_what_their_outputs_say():
    build({"id": "a", "name": "Ada"}, {"id": "b", "name": "ADA"})
    filled("b", "x.pdf", "basics/statistics")
    assert main(["-q", "cohort", "collect", "inbox"]) == 0
    assert ticks("b") == ["basics/statistics"]
    assert not Path("progress/a.progress.yaml").exists()


def test_progress_of_a_learner_who_left_stays(capsys):
    build("Ada", "Bo")
    saved("Bo", "bo.json", "basics/statistics")
    assert main(["-q", "cohort", "collect", "inbox"]) == 0
    build("Ada")
    assert main(["-q", "cohort", "collect", "inbox"]) == 5
    assert ticks("bo") == ["basics/statistics"]
    build("Ada", "Bo")
    assert main(["cohort", "status"]) == 0
    assert "25 %" in capsys.readouterr().out


def test_nothing_is_written_on_trial(capsys):
    build("Ada")
    saved("Ada", "x.json", "basics/statistics")
    assert main(["cohort", "collect", "inbox", "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines() == ["ada  1 file, 1 change", "Nothing was written."]
    assert not list(Path().glob("progress/*.yaml"))


def test_what_is_not_there_is_told(capsys):
    build("Ada", formats="csv")
    assert main(["cohort", "collect", "inbux"]) == 1
    assert "no file or folder inbux" in capsys.readouterr().err


def test_a_reader_that_stays_survives_what_it_reads():
    build("Ada")
    good = Path("output/cohort/ada/ada.pdf").read_bytes()
    with KeptReader("pdf_boxes") as reader:
        first = reader.extracted(good)
        assert (len(first["boxes"]), json.loads(first["about"])["learner"]) == (5, "Ada")
        with pytest.raises(ValueError, match="cannot be read"):
            reader.extracted(b"%PDF-1.7\n torn")
        reader._process.kill()
        with pytest.raises(ValueError, match="cannot be read"):
            reader.extracted(good)
        assert reader.extracted(good) == first
