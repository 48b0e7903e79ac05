"""The command line as a person meets it: words, exit codes, streams."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import roadpress
from roadpress import cli

ROOT = Path(roadpress.__file__).parent
GOOD = "roadpress: 1\ntitle: T\nsections: [{title: S, topics: [a, b]}]\n"
TWELVE = """roadpress: 1
title: Bad
autor: me
start: 2027-02-30
pace: 200h/week
sections:
  - title: One
    id: One
    topic: [a]
  - title: Two
    topics:
      - Types: a, b
      - title: X
        hours: many
        kind: quest
        links: ["javascript:alert(1)"]
      - title: Y
        needs: [nowhere]
        due: soon
        optional: yes
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def run(*args: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "roadpress", *args],
        capture_output=True, text=True, check=False, env={**os.environ, **(env or {})}, timeout=60, encoding="utf-8",
    )  # fmt: skip


def test_help_lists_every_command_and_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    from roadpress.exporters.registry import BUILT_IN

    for name in [*cli.COMMANDS, *BUILT_IN]:
        assert f"\n  {name}" in shown


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_every_command_has_help_and_a_module(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Usage: roadpress" in shown
    assert len(shown.split("\n\n")[1].strip()) > 10


def test_twelve_mistakes_in_one_run() -> None:
    Path("roadmap.yaml").write_text(TWELVE)
    result = run("check")
    assert result.returncode == 2
    assert result.stdout == ""
    places = [line for line in result.stderr.splitlines() if line.startswith("roadmap.yaml:")]
    assert [line.split(":")[1] for line in places] == [
        "3",
        "4",
        "5",
        "8",
        "9",
        "12",
        "14",
        "15",
        "16",
        "18",
        "19",
        "20",
    ]
    assert all(": " in line and "; " in line for line in places)


def test_check_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    Path("roadmap.yaml").write_text(TWELVE)
    assert cli.main(["check", "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert len(found) == 12
    assert found[0] == {
        "file": "roadmap.yaml", "line": 3, "column": 1,
        "message": "`autor` is no key of a roadmap", "hint": "did you mean `author`?",
    }  # fmt: skip
    Path("roadmap.yaml").write_text(GOOD)
    assert cli.main(["check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


EXPORTS = [
    ("pdf: {papr: a4}", "the exporter `pdf` has no option `papr`; did you mean `paper`?"),
    ("nothing: {a: 1}", "There is no exporter called 'nothing'"),
]


@pytest.mark.parametrize(("exports", "sentence"), EXPORTS)
def test_check_looks_into_exports(exports: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("roadmap.yaml").write_text(f"{GOOD}exports:\n  {exports}\n")
    assert cli.main(["check"]) == 2
    assert sentence in capsys.readouterr().err


def test_check_says_what_a_good_file_holds(capsys: pytest.CaptureFixture[str]) -> None:
    Path("roadmap.yaml").write_text(GOOD)
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out == "roadmap.yaml: 1 section, 2 topics, 2 things to tick, no problems\n"
    assert cli.main(["--quiet", "check"]) == 0
    assert capsys.readouterr().out == ""


USAGE = [
    (["chek"], 2, "There is no command `chek`. Did you mean `check`?"),
    (["--nonsense"], 2, "No such option"),
    (["check", "none.yaml"], 1, "There is no file none.yaml."),
    (["check"], 1, "make one with `roadpress new`"),
    (["check", "."], 1, "There is no roadmap in ."),
    (["build", "--exporter", "pfd"], 1, "There is no file roadmap.yaml."),
]


@pytest.mark.parametrize(("args", "code", "sentence"), USAGE)
def test_errors_go_to_stderr_in_plain_sentences(
    args: list[str], code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(args) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err
    assert "Traceback" not in err


def test_new_never_overwrites(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["new"]) == 0
    assert "roadpress build" in capsys.readouterr().out
    assert cli.main(["check"]) == 0
    Path("roadmap.yaml").write_text("mine")
    assert cli.main(["new"]) == 5
    assert Path("roadmap.yaml").read_text() == "mine"
    assert cli.main(["new", "--sample", "ml.yaml"]) == 0
    assert Path("ml.yaml").read_bytes() == (ROOT / "roadmap.yaml").read_bytes()


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "roadmap.yaml, format 1"


def test_build_writes_the_offline_outputs_twice_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")
    Path("roadmap.yaml").write_bytes((ROOT / "roadmap.yaml").read_bytes())
    names = ["roadmap.checklist.html", "roadmap.mindmap.svg", "roadmap.pdf"]
    built = []
    for folder in ("one", "two"):
        assert cli.main(["build", "--folder", folder]) == 0
        assert sorted(path.name for path in Path(folder).iterdir()) == names
        built.append([(Path(folder) / name).read_bytes() for name in names])
    assert built[0] == built[1]
    assert cli.main(["build"]) == 0
    assert sorted(path.name for path in Path("output").iterdir()) == names


def test_output_names_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("roadmap.yaml").write_text(GOOD)
    assert cli.main(["checklist", "-o", "sub/my.html"]) == 0
    assert Path("sub/my.html").read_bytes().startswith(b"<!")
    assert cli.main(["mindmap", "-o", "sub/my.PDF"]) == 0
    assert Path("sub/my.PDF").read_bytes().startswith(b"%PDF-")
    assert cli.main(["mindmap", "--format", "svg", "-o", "sub/my.txt"]) == 0
    assert Path("sub/my.txt").read_bytes().startswith(b"<svg")
    assert not Path("output").exists()


def test_a_bad_clock_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    Path("roadmap.yaml").write_text(GOOD)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert cli.main(["build"]) == 2
    assert "SOURCE_DATE_EPOCH must be a number" in capsys.readouterr().err


def test_a_bug_says_that_it_is_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: object) -> None:
        raise KeyError("x")

    Path("roadmap.yaml").write_text(GOOD)
    monkeypatch.setattr("roadpress.commands.build.snapshot_of", broken)
    monkeypatch.setattr("tempfile.tempdir", str(Path.cwd()))
    assert cli.main(["build"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("This is a bug in roadpress: KeyError: 'x'\n")
    assert "Traceback" not in err
    assert cli.main(["-v", "build"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_bug_leaves_a_report_without_anybodys_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        title = "My secret plan"
        try:
            int(title)
        except ValueError as error:
            raise KeyError(title) from error

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TRELLO_TOKEN", "secret" * 8)
    Path("my secret plan.yaml").write_text(GOOD)
    monkeypatch.setattr("roadpress.commands.build.snapshot_of", broken)
    assert cli.main(["build", "my secret plan.yaml", "--learner", "Ada secret", "--folder=secret"]) == 1
    err = capsys.readouterr().err
    (report,) = tmp_path.glob("roadpress-crash-*.txt")
    assert err.splitlines()[1:] == [f"What helps to mend it is in {report}, without your texts: please send that file."]
    text = report.read_text()
    assert text.startswith(f"roadpress {roadpress.__version__}, CPython 3.")
    assert "command: build … --learner … --folder\n" in text
    assert "builtins.KeyError\n" in text
    assert "caused by builtins.ValueError\n" in text
    assert "commands/build.py:" in text
    assert "int(title)" in text
    for own in ("My secret", "my secret", "Ada", "secretsecret", str(Path.home()) + "/", str(tmp_path)):
        assert own not in text
    if os.name == "posix":
        assert report.stat().st_mode & 0o777 == 0o600


def test_a_bug_where_nothing_can_be_written_asks_for_the_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    monkeypatch.setattr("roadpress.commands.build.snapshot_of", lambda *_: {}["x"])
    assert cli.main(["build"]) == 1
    assert "Run it again with `roadpress -v …`" in capsys.readouterr().err


def test_a_write_that_fails_is_no_bug(capsys: pytest.CaptureFixture[str]) -> None:
    Path("roadmap.yaml").write_text(GOOD)
    Path("output").write_text("a file in the way")
    assert cli.main(["checklist"]) == 1
    assert "output" in capsys.readouterr().err


def test_the_other_ways_in() -> None:
    assert run("--version").stdout.startswith("roadpress, version ")
    script = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "--version"], capture_output=True, text=True, check=True
    )
    assert script.stdout == run("--version").stdout


def test_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    from roadpress.commands.console import paint

    assert paint("x", fg="red") == "\x1b[31mx\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert paint("x", fg="red") == "x"


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from roadpress import cli; cli.main(['--help']); "
        "print(sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr
    for name in (
        "yaml",
        "reportlab",
        "pygraphviz",
        "graphviz",
        "trello",
        "requests",
        "markdown_it",
        "jinja2",
        "metadata",
        "json",
    ):
        assert f"'{name}'" not in loaded


def test_small_commands_load_no_markdown_parser_for_what_is_no_markup(tmp_path: Path) -> None:
    titles = ["is_empty() asks", "[Review] Queues", "A* search", "size * 2 * 3", "*often* used", "`code` and **bold**"]
    rows = "\n".join(f"      - {json.dumps(title)}" for title in titles)
    (tmp_path / "roadmap.yaml").write_text(f"roadpress: 1\ntitle: T\nsections:\n  - title: S\n    topics:\n{rows}\n")
    code = "import sys; from roadpress import cli; cli.main(sys.argv[1:]); print(*sorted(sys.modules), file=sys.stderr)"
    for command in (["tick", "1.1"], ["status"], ["next"]):
        done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
        assert not {"markdown_it", "uharfbuzz", "reportlab", "PIL"} & set(done.stderr.split())


def test_the_plan_of_a_new_board_needs_no_account(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRELLO_API_KEY", "k" * 32)
    monkeypatch.setenv("TRELLO_TOKEN", "t" * 64)
    monkeypatch.setenv("TRELLO_API_URL", "http://127.0.0.1:1")  # nobody answers there
    Path("roadmap.yaml").write_text(GOOD)
    assert cli.main(["trello", "plan", "--offline"]) == 0
    assert "+ board T" in capsys.readouterr().out


def test_one_output_may_go_to_standard_output(tmp_path: Path) -> None:
    (tmp_path / "roadmap.yaml").write_text(GOOD)
    assert run("markdown", "-o", "m.md").returncode == 0
    done = run("markdown", "-o", "-")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (tmp_path / "m.md").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.md", "roadmap.yaml"]


@pytest.mark.wheels
def test_several_outputs_do_not_go_to_standard_output(tmp_path: Path) -> None:
    (tmp_path / "roadmap.yaml").write_text(GOOD)
    done = run("mindmap", "--format", "svg", "--format", "dot", "-o", "-")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Standard output takes one file, and these are 2." in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_standard_output_on_a_full_disk_is_told(tmp_path: Path) -> None:
    (tmp_path / "roadmap.yaml").write_text(GOOD)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "roadpress", "markdown", "-o", "-"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "What was to be said could not be written: No space left on device.\n"


@pytest.mark.parametrize("path", ["roadmap.yaml", "my plans/roadmap.yaml", "C:\\plans\\roadmap.yaml", "d:roadmap.yaml"])
def test_the_place_of_a_mistake_is_bold_wherever_the_file_is(path: str) -> None:
    from roadpress.commands.console import _colored

    assert _colored(f"{path}:3:14: `a` is no key: b") == f"\x1b[1m{path}:3:14\x1b[0m: `a` is no key: b"
    assert _colored(f"{path} cannot be read: why: 3:4: no") == f"{path} cannot be read: why: 3:4: no"
