"""`--new-since`: what came since a day is marked in the PDF and in the page."""

from __future__ import annotations

import re
import time
from datetime import date, datetime
from pathlib import Path

import pytest
from books import reader, text_of
from formats import text_of as words_of
from languages import LANGUAGES, texts
from repositories import Repository
from roadmaps import roadmap, source

from roadpress import cli
from roadpress.core.roadmap_file.loading import load
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import checklist, pdf
from roadpress.exporters.registry import BUILT_IN, load_exporter

OLD = source("- title: A\n  topics: [one, two]\n")
NEW = source("- title: A\n  topics: [one, two things, three]\n- {title: Fresh, topics: [four, five]}\n")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1806537600")  # 2027-04-01
    return Repository(tmp_path, monkeypatch)


@pytest.fixture
def history(repository: Repository) -> Repository:
    """A roadmap of 1 January, changed on 1 February and again, unsaved."""
    repository.commit("2027-01-01", roadmap=OLD)
    repository.commit("2027-02-01", roadmap=OLD.replace("two", "two things"))
    Path("roadmap.yaml").write_text(NEW)
    return repository


def page(*words: str) -> str:
    assert cli.main(["checklist", "-o", "page.html", *words]) == 0
    return Path("page.html").read_text("utf-8")


def marked(html: str) -> list[str]:
    """Return the numbers of the rows with the word."""
    rows = re.findall(r"<(?:li|section)[^>]* id=([\d.]+).*?(?=<(?:li|section)\b|$)", html, re.DOTALL)
    found = re.findall(r"<(?:li|section)[^>]* id=[\d.]+.*?(?=<(?:li|section)\b|$)", html, re.DOTALL)
    return [number for number, row in zip(rows, found, strict=True) if "<span class=n>" in row]


def test_the_page_marks_what_came(history: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    html = page("--new-since", "2027-01-15")
    assert marked(html) == ["1.3", "2"]  # a section that is new says it for all in it
    assert ">3 new since 15 Jan<" in html
    assert "new since 1" not in page()
    assert capsys.readouterr().err == ""


def test_the_pdf_marks_what_came(history: Repository) -> None:
    for words in ([], ["--no-cover"], ["--two-up"]):
        assert cli.main(["pdf", "-o", "book.pdf", "--new-since", "2027-01-15", *words]) == 0
        text = " ".join(text_of(Path("book.pdf").read_bytes()).split())
        assert "3 new since 15 Jan" in text
        assert len(re.findall(r"\bnew\b(?! since)", text)) == 2, words


def test_build_marks_all_and_says_where_it_is_not_shown(history: Repository, capsys) -> None:
    assert cli.main(["build", "--new-since", "2027-01-15"]) == 0
    assert "3 new since" in Path("output/roadmap.checklist.html").read_text("utf-8")
    assert (
        Path("output/roadmap.mindmap.svg").read_text("utf-8").count(">new</tspan>") == 2
    )  # the section that is new says it for all in it
    assert "not marked" not in capsys.readouterr().err
    assert cli.main(["build", "--new-since", "2027-01-15", "--exporter", "csv"]) == 0
    assert "What is new is not marked in: csv." in capsys.readouterr().err


@pytest.mark.parametrize("name", BUILT_IN)
def test_only_what_marks_it_takes_the_option(name: str) -> None:
    if name in ("trello", "card"):  # a board has no dates of its own, a picture no words to read
        return
    exporter = load_exporter(name)
    snapshot = Snapshot.of(roadmap("- {title: A, topics: [one, two]}"), today=date(2027, 4, 1))
    known = Snapshot(
        snapshot.roadmap, snapshot.progress, snapshot.today, new_since=date(2027, 3, 1), new=frozenset({"a/two"})
    )
    plain, told = (words_of(exporter.export(each, exporter.Options()).files[0]) for each in (snapshot, known))
    assert (plain != told) == bool(getattr(exporter, "MARKS_NEW", False))


def test_the_day_itself_counts_as_before(history: Repository) -> None:
    history.commit("2027-03-01", roadmap=NEW)
    assert marked(page("--new-since", "2027-02-28")) == ["1.3", "2"]
    assert marked(page("--new-since", "2027-03-01")) == []
    assert marked(page("--new-since", "today")) == []


def test_a_day_ends_where_the_person_is(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    try:
        repository.commit("2027-01-01T12:00:00-0800", roadmap=OLD)
        repository.commit("2027-03-01T23:30:00-0800", roadmap=NEW)
        assert marked(page("--new-since", "2027-03-01")) == []
        assert marked(page("--new-since", "2027-02-28")) == ["1.3", "2"]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_nothing_new_is_said(history: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    Path("roadmap.yaml").write_text(OLD)
    assert "new since 1" not in page("--new-since", "2027-02-15")
    assert "Nothing is new since 15 Feb" in capsys.readouterr().err


def test_a_history_that_begins_later(history: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    html = page("--new-since", "2026-06-01")
    assert ">3 new since 1 Jan<" in html
    assert "begins on 1 Jan" in capsys.readouterr().err
    assert page("--new-since", "1066-10-14").count("class=n>") == 2


def test_the_file_is_followed_through_renames(history: Repository) -> None:
    history.git("checkout", "-q", ".")
    history.git("mv", "roadmap.yaml", "Ünï plan.yaml")
    history.git("commit", "-q", "-m", "Renamed", day="2027-03-01")
    Path("Ünï plan.yaml").write_text(NEW)
    assert cli.main(["checklist", "Ünï plan.yaml", "-o", "page.html", "--new-since", "2027-02-15"]) == 0
    assert marked(Path("page.html").read_text("utf-8")) == ["1.3", "2"]


def test_a_branch_counts_from_the_day_it_was_merged(repository: Repository) -> None:
    repository.commit("2027-01-01", roadmap=OLD)
    repository.git("checkout", "-q", "-b", "side")
    repository.commit("2027-01-10", roadmap=NEW)
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "Merged", "side", day="2027-03-01")
    assert marked(page("--new-since", "2027-02-01")) == ["1.3", "2"]
    assert marked(page("--new-since", "2027-03-02")) == []


def test_a_history_cut_short_is_an_error(history: Repository, capsys, tmp_path: Path, monkeypatch) -> None:
    history.commit("2027-03-01", roadmap=NEW)
    history.git("clone", "-q", "--depth", "1", f"file://{tmp_path}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    assert cli.main(["pdf", "--new-since", "2027-02-01"]) == 1
    assert "fetch-depth: 0" in capsys.readouterr().err
    assert marked(page("--new-since", "2027-03-02")) == []


def test_without_any_history(capsys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("roadmap.yaml").write_text(OLD)
    needed = "Nothing remembers how roadmap.yaml was on 2027-01-01"
    assert cli.main(["pdf", "--new-since", "2027-01-01"]) == 1
    assert needed in capsys.readouterr().err
    Repository(tmp_path, monkeypatch)
    assert cli.main(["build", "--new-since", "2027-01-01"]) == 1  # in a repository, but in no commit
    assert needed in capsys.readouterr().err
    assert not Path("output").exists()
    monkeypatch.setenv("PATH", "")
    assert cli.main(["build", "--new-since", "2027-01-01"]) == 1
    assert needed in capsys.readouterr().err


def test_outside_git_the_imports_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def on(day: str, items: str, *words: str) -> None:
        stamp = int(datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp())
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(stamp))
        Path("notes.md").write_text(f"# T\n## A\n{items}")
        assert cli.main(["-q", "import", "notes.md", *words]) == 0

    on("2027-01-01", "- one\n- two\n", "-o", "roadmap.yaml")
    on("2027-02-01", "- one\n- two\n- three\n", "--into", "roadmap.yaml")
    file = Path("roadmap.yaml")
    file.write_text(file.read_text().replace("three", "three, my way") + "      - my own\n")
    on("2027-03-01", "- one\n- two things\n- three\n- four\n", "--into", "roadmap.yaml")
    before = Path("roadmap.import.yaml").read_bytes()
    on("2027-04-01", "- one\n- two things\n- three\n- four\n", "--into", "roadmap.yaml")
    assert Path("roadmap.import.yaml").read_bytes() == before
    capsys.readouterr()
    titles = [node.title for node in load(file).walk()]
    assert titles == ["A", "one", "two things", "three, my way", "four", "my own"]
    assert marked(page("--new-since", "2027-01-15")) == ["1.3", "1.4"]
    assert marked(page("--new-since", "2027-02-15")) == ["1.4"]
    assert capsys.readouterr().err == ""
    assert marked(page("--new-since", "2026-01-15")) == ["1.3", "1.4"]
    assert "begins on 1 Jan" in capsys.readouterr().err


def test_a_wrong_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["pdf", "--new-since", "soon"]) == 2
    assert "write a date as" in capsys.readouterr().err


def snapshot_with(new: set[str], language: str = "en") -> Snapshot:
    found = roadmap(
        "- {title: A, topics: [one, {title: G, items: [x, y]}]}\n- {title: B, topics: [two]}", f"language: {language}"
    )
    base = Snapshot.of(found, today=date(2027, 4, 1))
    return Snapshot(found, base.progress, base.today, new_since=date(2027, 3, 1), new=frozenset(new))


@pytest.mark.parametrize(
    ("new", "marks", "leaves"),
    [
        (set(), [], 0),
        ({"a/g", "a/g/x", "a/g/y"}, ["1.2"], 2),
        ({"a/g", "a/g/x"}, ["1.2.1"], 1),  # a heading that was put above what is known
        ({"a/g"}, [], 0),
        ({"b", "b/two"}, ["2"], 1),
        ({"a", "a/one", "a/g", "a/g/x", "a/g/y", "b", "b/two"}, ["1", "2"], 4),
    ],
)
def test_what_is_marked(new: set[str], marks: list[str], leaves: int) -> None:
    snapshot = snapshot_with(new)
    assert [node.number for node in snapshot.roadmap.walk() if snapshot.is_new(node)] == marks
    assert snapshot.new_leaves == leaves
    assert marked(checklist.export(snapshot, checklist.Options()).files[0].data.decode()) == marks


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language(language: str) -> None:
    new = texts(language)["new"]
    from roadpress.core.locale.words import words_for

    for count in (1, 2, 3, 5, 11, 21, 100):
        said = words_for(language).count("new_since", count, date="DAY")
        assert "DAY" in said
        assert str(count) in said or count < 3
    snapshot = snapshot_with({"b/two"}, language)
    html = checklist.export(snapshot, checklist.Options()).files[0].data.decode()
    assert f"<span class=n>{new}</span>" in html
    found = reader(snapshot)
    if language not in ("ar", "he", "hi"):  # whose text pypdf puts in another order
        assert new in "".join(page.extract_text() for page in found.pages)


def test_the_book_s_structure_holds_the_word() -> None:
    data = pdf.export(snapshot_with({"a/one"}), pdf.Options()).files[0].data
    text = text_of(data, "-raw")
    assert re.search(r"1\.1\s+one\s+new", text)


def test_a_page_without_new_entries_is_as_it_was() -> None:
    plain, asked = (
        checklist.export(each, checklist.Options()).files[0].data
        for each in (snapshot_with(set()), Snapshot.of(snapshot_with(set()).roadmap, today=date(2027, 4, 1)))
    )
    assert plain == asked
    assert b"#since" not in plain
    assert b"#since" in checklist.export(snapshot_with({"b/two"}), checklist.Options()).files[0].data


def test_the_marks_can_be_seen_and_are_heard(browser, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "page.html"
    path.write_bytes(checklist.export(snapshot_with({"a/one", "b", "b/two"}), checklist.Options()).files[0].data)
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme)
        page = context.new_page()
        errors: list[str] = []
        page.on("console", lambda message, errors=errors: errors.append(message.text) if message.type == "error" else 0)
        page.goto(path.as_uri())
        page.locator("html.begun").wait_for(state="attached")
        assert page.locator("#since").inner_text() == "2 new since 1 Mar"
        assert page.locator(".n").all_inner_texts() == ["new", "new"]
        assert page.locator(".n").first.evaluate("mark => getComputedStyle(mark).fontWeight") == "600"
        page.locator("li[id='1.1'] input").check()
        assert page.locator("#since").inner_text() == "2 new since 1 Mar"
        found = Axe().run(page).response["violations"]
        assert not [violation["id"] for violation in found]
        assert not errors
        context.close()
