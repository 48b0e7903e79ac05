"""`roadpress diff` as a person meets it: files, revisions, three forms, errors."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hostile import ROADMAPS
from markdown_it import MarkdownIt
from repositories import Repository
from roadmaps import roadmap, source

from roadpress import cli
from roadpress.commands.diff_markdown import as_markdown
from roadpress.core.history.diff import compare

OLD = source("- title: A\n  topics: [one, two]\n")
NEW = source("- title: A\n  topics: [one, {title: two, hours: 4}, three]\n")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    return Repository(tmp_path, monkeypatch)


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    """Run `roadpress diff` and return what it prints; its errors, where it fails."""
    assert cli.main(["diff", *words]) == code
    captured = capsys.readouterr()
    return captured.out if code in (0, 1) and captured.out else captured.err


TOLD = "changed 1.2 two: hours 4 h added / added 1.3 three"


def changes(text: str) -> str:
    """Return the lines of the text form, apart by slashes, without its head."""
    return " / ".join(
        " ".join(line.split()) for line in text.splitlines() if line.startswith("   ") or line[:2] == "  "
    )


def test_two_files(capsys: pytest.CaptureFixture[str]) -> None:
    Path("old.yaml").write_text(OLD)
    Path("new.yaml").write_text(NEW)
    text = told(capsys, "old.yaml", "new.yaml")
    assert text.splitlines()[0] == "old.yaml → new.yaml: 1 added, 1 changed"
    assert text.splitlines()[1:3] == ["", "1 A"]
    assert changes(text) == TOLD
    assert told(capsys, "old.yaml", "old.yaml") == "old.yaml → old.yaml: nothing changed\n"


@pytest.mark.parametrize(
    "words",
    [
        ["HEAD~1"],
        ["HEAD~1", "HEAD"],
        ["v1"],
        ["v1", "roadmap.yaml"],
        ["v1:roadmap.yaml", "roadmap.yaml"],
        ["v1:./roadmap.yaml", "HEAD:roadmap.yaml"],
        ["HEAD^{/first}"],
        ["v1", "-f", "roadmap.yaml"],
    ],
)
def test_revisions(repository: Repository, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    repository.commit("2027-01-01", roadmap=OLD)
    repository.git("commit", "-q", "--amend", "-m", "first")
    repository.git("tag", "v1")
    repository.commit("2027-02-01", roadmap=NEW)
    assert changes(told(capsys, *words)) == TOLD


def test_a_revisions_path_may_have_windows_backslashes(
    repository: Repository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("plans").mkdir()
    repository.commit("2027-01-01", **{"plans/roadmap": OLD})
    Path("new.yaml").write_text(NEW)
    monkeypatch.setattr("roadpress.core.history.git.sys.platform", "win32")
    assert changes(told(capsys, "HEAD:plans\\roadmap.yaml", "new.yaml")) == TOLD


def test_by_default_since_the_last_commit(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit("2027-01-01", roadmap=OLD, other=OLD)
    Path("roadmap.yaml").write_text(NEW)
    assert changes(told(capsys)) == TOLD
    assert changes(told(capsys, "roadmap.yaml")) == TOLD
    assert told(capsys, "other.yaml", "-f", "other.yaml").endswith("nothing changed\n")
    assert changes(told(capsys, "other.yaml")) == TOLD  # a file, against the roadmap
    Path("roadmap.yaml").unlink()
    assert told(capsys, "other.yaml").startswith("HEAD:other.yaml → other.yaml")


def test_a_folder_below_the_repository_and_a_link(repository: Repository, capsys, monkeypatch) -> None:
    (repository.folder / "plans").mkdir()
    (repository.folder / "plans" / "roadmap.yaml").write_text(OLD)
    repository.commit("2027-01-01")
    (repository.folder / "plans" / "roadmap.yaml").write_text(NEW)
    assert changes(told(capsys, "HEAD", "plans/roadmap.yaml")) == TOLD
    assert changes(told(capsys, "-f", "plans/roadmap.yaml")) == TOLD
    Path("roadmap.yaml").symlink_to("plans/roadmap.yaml")
    assert changes(told(capsys)) == TOLD
    monkeypatch.chdir("plans")
    for word in ("HEAD:plans/roadmap.yaml", "HEAD:roadmap.yaml", "HEAD:./roadmap.yaml"):
        assert changes(told(capsys, word)) == TOLD


def test_a_file_comes_before_a_revision(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit("2027-01-01", roadmap=OLD)
    Path("main").write_text(NEW)
    assert told(capsys, "main").startswith("main → roadmap.yaml: 1 gone")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["v9"], 2, "neither a file nor a revision 'v9'"),
        (["v9:roadmap.yaml"], 2, "no revision 'v9'"),
        (["HEAD:nowhere.yaml"], 2, "'HEAD' has no file nowhere.yaml"),
        (["HEAD", "-f", "late.yaml"], 2, "'HEAD' has no file late.yaml"),
        (["HEAD~1..HEAD"], 2, "roadpress diff OLD NEW"),
        (["--", "--output=x"], 2, "neither a file nor a revision"),
        (["--", "-n1"], 2, "neither a file nor a revision"),
        (["a\nb"], 2, "neither a file nor a revision"),
        ([":roadmap.yaml"], 2, "no revision ''"),
        (["x" * 5000], 2, "neither a file nor a revision"),
        (["HEAD", "--json", "--markdown"], 2, "exclude each other"),
        (["HEAD", "HEAD", "HEAD"], 2, "unexpected extra argument"),
    ],
)
def test_what_is_not_there(repository: Repository, capsys, words: list[str], code: int, said: str) -> None:
    repository.commit("2027-01-01", roadmap=OLD)
    (repository.folder / "late.yaml").write_text(OLD)
    assert said in told(capsys, *words, code=code)
    assert sorted(path.name for path in repository.folder.iterdir()) == [".git", "late.yaml", "roadmap.yaml"]


def test_without_a_repository_or_without_git(capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("roadmap.yaml").write_text(OLD)
    assert "not in a git repository" in told(capsys, "HEAD~1", code=2)
    assert "not in a git repository" in told(capsys, "v1:roadmap.yaml", code=2)
    monkeypatch.setenv("PATH", "")
    assert "git is not installed" in told(capsys, "HEAD~1", code=1)


def test_a_repository_without_a_commit(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    Path("roadmap.yaml").write_text(OLD)
    assert "neither a file nor a revision 'HEAD'" in told(capsys, code=2)


def test_an_invalid_version_says_where(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit("2027-01-01", roadmap=OLD + "autor: me\n")
    repository.commit("2027-02-01", roadmap=OLD)
    assert "HEAD~1:roadmap.yaml:7:1: `autor` is no key" in told(capsys, "HEAD~1", code=2)


def test_a_repository_has_nothing_run(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit("2027-01-01", roadmap=OLD)
    (repository.folder / "trap").write_text("#!/bin/sh\ntouch sprung\n")
    (repository.folder / "trap").chmod(0o755)
    trap = str(repository.folder / "trap")
    for name in ("core.fsmonitor", "core.pager", "gpg.program", "diff.external", "filter.x.smudge", "diff.x.textconv"):
        repository.git("config", name, trap)
    (repository.folder / ".gitattributes").write_text("*.yaml filter=x diff=x\n")
    Path("roadmap.yaml").write_text(NEW)
    assert changes(told(capsys)) == TOLD
    assert cli.main(["pdf", "--new-since", "2027-01-02"]) == 0
    assert not Path("sprung").exists()


def test_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    Path("old.yaml").write_text(OLD)
    Path("new.yaml").write_text(NEW)
    assert told(capsys, "old.yaml", "new.yaml", "--exit-code", code=1)
    assert told(capsys, "old.yaml", "old.yaml", "--exit-code")
    assert cli.main(["-q", "diff", "old.yaml", "new.yaml", "--exit-code"]) == 1
    assert capsys.readouterr() == ("", "")


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    Path("old.yaml").write_text(OLD)
    Path("new.yaml").write_text(NEW)
    found = json.loads(told(capsys, "old.yaml", "new.yaml", "--json"))
    assert (found["old"], found["new"], found["counts"]) == ("old.yaml", "new.yaml", {"changed": 1, "added": 1})
    (part,) = found["parts"]
    assert (part["id"], part["number"], part["title"]) == ("a", "1", "A")
    changed, added = part["changes"]
    assert changed["verbs"] == ["changed"]
    assert changed["fields"] == [{"field": "hours", "old": None, "new": {"low": 4.0, "high": 4.0}}]
    assert added["old"] is None
    assert added["new"] == {"id": "a/three", "number": "1.3", "title": "three"}
    assert added["above"] == {"id": "a", "number": "1", "title": "A"}


def test_ids_only_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("old.yaml").write_text(OLD)
    Path("new.yaml").write_text(NEW)
    assert "a/three" not in told(capsys, "old.yaml", "new.yaml")
    for form in ([], ["--markdown"]):
        assert cli.main(["-v", "diff", "old.yaml", "new.yaml", *form]) == 0
        assert "a/three" in capsys.readouterr().out


def test_color_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    from roadpress.commands.diff import text_lines

    old, new = (ROADMAPS["cjk"], ROADMAPS["markdown"])
    colored = "\n".join(text_lines(compare(old, new), "a", "b", ids=True, everything=True))
    monkeypatch.setenv("NO_COLOR", "1")
    bare = "\n".join(text_lines(compare(old, new), "a", "b", ids=True, everything=True))
    assert "\x1b" in colored
    assert "\x1b" not in bare
    import click

    assert click.unstyle(colored) == bare


def test_the_markdown_of_a_pull_request(capsys: pytest.CaptureFixture[str]) -> None:
    Path("old.yaml").write_text(OLD)
    Path("new.yaml").write_text(NEW)
    assert told(capsys, "old.yaml", "new.yaml", "--markdown") == (
        "`old.yaml` → `new.yaml`: **1 added, 1 changed**\n\n### 1 A\n\n"
        "- **changed** 1.2 two: hours 4 h added\n- **added** 1.3 three\n"
    )


@pytest.mark.parametrize("name", ROADMAPS)
def test_titles_are_text_in_markdown_and_on_a_terminal(name: str, tmp_path: Path) -> None:
    from roadpress.commands.diff import text_lines

    old, new = ROADMAPS["empty"], ROADMAPS[name]
    for difference in (compare(old, new), compare(new, old)):
        text = as_markdown(difference, "a", "b", everything=True)
        parser = MarkdownIt("commonmark", {"linkify": True, "html": True}).enable(["linkify", "table", "strikethrough"])
        parser.linkify.set({"fuzzy_link": False})  # a bare domain is none on GitHub either
        tokens = parser.parse(text)
        inline = [child for token in tokens for child in token.children or []]
        kinds = {token.type for token in (*tokens, *inline)}
        assert not kinds & {"html_block", "html_inline", "link_open", "image", "em_open", "s_open", "table_open"}, kinds
        lines = list(text_lines(difference, "a", "b", ids=True, everything=True))
        assert all("\n" not in line and "\u202e" not in line for line in lines)


def test_a_pull_request_s_comment_has_a_limit() -> None:
    many = roadmap("\n".join(f"- {{title: S{n}, topics: [{'x' * 4000}{n}, a{n}]}}" for n in range(60)))
    found = compare(ROADMAPS["empty"], many)
    text = as_markdown(found, "a", "b")
    assert len(text) < 65_536
    assert text.endswith("more parts.\n")
    assert as_markdown(found, "a", "b", everything=True).count("### ") == 61
    old, new = (
        roadmap("- title: A\n  topics:\n" + "".join(f"    - {{title: t{n}, hours: {hours}}}\n" for n in range(40)))
        for hours in (1, 2)
    )
    text = as_markdown(compare(old, new), "a", "b")
    assert text.count("**changed**") == 15
    assert text.endswith("- and 25 more changes\n")


def test_no_mention_no_issue_no_commit() -> None:
    from roadpress.commands.diff_markdown import escaped

    hostile = "@org/team #12 GH-12 o/r#3 1234567abc https://github.com/o/r/issues/1 www.e.org a@b.org"
    assert escaped(hostile).replace("\u2060", "").replace("\\", "") == hostile
    for trigger in ("@o", "#1", "GH-1", "1234567abc", "://", "www.", "@b"):
        assert trigger not in escaped(hostile).replace("\\", "")


def test_git_is_run_without_a_shell(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit("2027-01-01", roadmap=OLD)
    for word in ("$(touch sprung)", "`touch sprung`", "HEAD;touch sprung", "HEAD:$(touch sprung)"):
        assert told(capsys, word, code=2)
    assert not Path("sprung").exists()
    assert subprocess.run(["git", "status", "--short"], capture_output=True, check=True).stdout == b""
