"""What every command understands: where the roadmap is, how much is said, and where outputs go."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from roadpress import cli
from roadpress.commands.console import Console
from roadpress.commands.watching import watched
from roadpress.core.errors import RoadpressError
from roadpress.exporters.registry import BUILT_IN

GOOD = "roadpress: 1\ntitle: {}\nsections: [{{title: S, topics: [a, b]}}]\n"
BAD = "roadpress: 1\ntitle: T\nsections: [{title: S, topcis: [a]}]\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")


def written(name: str, title: str = "T") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(GOOD.format(title))
    return path


def commands() -> list[tuple[str, click.Command]]:
    context = click.Context(cli.cli)
    found = []
    for name in [*cli.COMMANDS, *BUILT_IN]:
        command = cli.cli.get_command(context, name)
        assert command
        below = command.commands.items() if isinstance(command, click.Group) else [("", command)]
        found += [(f"{name} {sub}".strip(), one) for sub, one in below]
    return found


@pytest.mark.parametrize(("name", "command"), commands())
def test_q_and_v_are_everywhere_and_f_wherever_there_is_a_file(name: str, command: click.Command) -> None:
    flags = [flag for param in command.params for flag in (*param.opts, *param.secondary_opts)]
    assert {"-q", "--quiet", "-v", "--verbose"} <= set(flags)
    assert len(flags) == len(set(flags))
    if {"file", "files", "words"} & set(flags) and name != "help":
        assert {"-f", "--file"} <= set(flags)


def test_file_and_f_mean_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    written("roadmap.yaml", "Mine")
    written("de.yaml", "Deutsch")
    for words in (["status", "de.yaml"], ["status", "-f", "de.yaml"], ["status", "--file", "de.yaml"]):
        assert cli.main(words) == 0
        assert capsys.readouterr().out.startswith("Deutsch\n")
    assert cli.main(["status", "de.yaml", "-f", "roadmap.yaml"]) == 2
    assert "two roadmaps" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["pin", "de.yaml"], ["pin", "-f", "de.yaml"], ["pin", "de.yaml", "1.1"], ["pin", "1.1", "-f", "de.yaml"]]
)
def test_pin_takes_the_file_among_its_words(words: list[str]) -> None:
    written("roadmap.yaml")
    before = Path("roadmap.yaml").read_bytes()
    written("de.yaml")
    assert cli.main(words) == 0
    assert "id:" in Path("de.yaml").read_text()
    assert Path("roadmap.yaml").read_bytes() == before


def test_tick_takes_the_file_among_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    written("de.yaml")
    written("en.yaml")
    assert cli.main(["tick", "1.1", "de.yaml"]) == 0
    assert Path("de.progress.yaml").exists()
    assert cli.main(["tick", "1.1", "de.yaml", "en.yaml"]) == 2
    assert cli.main(["tick", "1.1", "de.yaml", "-f", "en.yaml"]) == 2
    assert not Path("en.progress.yaml").exists()


def test_a_title_that_looks_like_a_file_can_be_ticked() -> None:
    Path("roadmap.yaml").write_text("roadpress: 1\ntitle: T\nsections: [{title: S, topics: [compose.yaml]}]\n")
    Path("compose.yaml").write_text("services: {}\n")
    assert cli.main(["tick", "compose.yaml"]) == 0
    assert "compose.yaml" in Path("roadmap.progress.yaml").read_text()


@pytest.mark.parametrize("words", [["check", "-q"], ["-q", "check"], ["build", "--quiet"]])
def test_quiet_goes_anywhere(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    written("roadmap.yaml")
    assert cli.main(words) == 0
    assert capsys.readouterr().out == ""


def test_verbose_goes_anywhere(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    written("roadmap.yaml")
    monkeypatch.setattr("roadpress.commands.build.snapshot_of", lambda *_: {}["x"])
    monkeypatch.setattr("tempfile.tempdir", str(Path.cwd()))
    assert cli.main(["build", "-v"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_yml_and_folders_above_are_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    written("roadmap.yml", "Above")
    Path("deep/er").mkdir(parents=True)
    monkeypatch.chdir("deep/er")
    assert cli.main(["status"]) == 0
    assert capsys.readouterr().out.startswith("Above\n")
    assert cli.main(["tick", "1.1"]) == 0
    assert cli.main(["-q", "markdown"]) == 0
    assert Path("../../roadmap.progress.yaml").exists()
    assert Path("../../output/roadmap.md").exists()
    assert not Path("output").exists()


def test_nothing_above_the_repository_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written("roadmap.yaml")
    Path("clone/.git").mkdir(parents=True)
    monkeypatch.chdir("clone")
    assert cli.main(["status"]) == 1
    assert "There is no file roadmap.yaml." in capsys.readouterr().err


def test_new_never_looks_above(monkeypatch: pytest.MonkeyPatch) -> None:
    written("roadmap.yaml")
    Path("deep").mkdir()
    monkeypatch.chdir("deep")
    assert cli.main(["new"]) == 0
    assert Path("roadmap.yaml").exists()


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def standard_input(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_standard_input_is_a_roadmap(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    written("old.yaml")
    cases = (
        (["status", "-"], "Piped"), (["check", "-"], "<stdin>: 1 section"), (["diff", "old.yaml", "-"], "Piped"),
        (["markdown", "-", "-o", "-"], "# Piped"),
    )  # fmt: skip
    for words, said in cases:
        standard_input(monkeypatch, GOOD.format("Piped"))
        assert cli.main(words) == 0
        assert said in capsys.readouterr().out
    standard_input(monkeypatch, BAD)
    assert cli.main(["check", "-"]) == 2
    assert "<stdin>:3:23: " in capsys.readouterr().err
    standard_input(monkeypatch, GOOD.format("Piped"))
    assert cli.main(["markdown", "-"]) == 0
    assert Path("output/roadmap.md").exists()


def test_ticks_come_back_by_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    written("roadmap.yaml")
    assert cli.main(["-q", "markdown", "-o", "out.md"]) == 0
    ticked = Path("out.md").read_text("utf-8").replace("[ ]", "[x]", 1)
    standard_input(monkeypatch, ticked)
    assert cli.main(["collect", "-"]) == 0
    assert "✓" in capsys.readouterr().out
    standard_input(monkeypatch, "nothing of ours")
    assert cli.main(["collect", "-"]) == 2
    assert "<stdin> is nothing that ticks come back in" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["tick", "1.1", "-f", "-"], ["pin", "-f", "-"], ["serve", "-"], ["trello", "push", "-"], ["new", "-"]]
)
def test_what_is_kept_beside_a_roadmap_has_no_place_beside_standard_input(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 2
    assert "Standard input has no place beside it" in capsys.readouterr().err


def test_check_takes_several_roadmaps(capsys: pytest.CaptureFixture[str]) -> None:
    written("a.yaml")
    written("sub/b.yaml")
    assert cli.main(["check", "a.yaml", "sub"]) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["a.yaml", str(Path("sub/b.yaml"))]
    Path("bad.yaml").write_text(BAD)
    assert cli.main(["check", "a.yaml", "bad.yaml", "none.yaml"]) == 2
    out, err = capsys.readouterr()
    assert out.startswith("a.yaml: 1 section")
    assert "bad.yaml:3:" in err
    assert "There is no file none.yaml." in err
    assert cli.main(["check", "--json", "a.yaml", "bad.yaml"]) == 2
    assert [problem["file"] for problem in json.loads(capsys.readouterr().out)] == ["bad.yaml"]


def test_two_roadmaps_of_one_name_keep_their_places() -> None:
    written("web/roadmap.yaml", "Web")
    written("data/roadmap.yaml", "Data")
    written("roadmap.yaml", "Here")
    for name in ("web/roadmap.yaml", "data/roadmap.yaml", "roadmap.yaml"):
        assert cli.main(["-q", "build", "--exporter", "markdown", name]) == 0
    places = {"output/web/roadmap.md": "Web", "output/data/roadmap.md": "Data", "output/roadmap.md": "Here"}
    assert {name: Path(name).read_text().split()[1] for name in places} == places
    shutil.rmtree("output")
    assert cli.main(["-q", "build", "--exporter", "markdown", "."]) == 0
    assert {path.as_posix() for path in Path("output").rglob("*.md")} == set(places)
    shutil.rmtree("output")
    assert cli.main(["-q", "markdown", "web/roadmap.yaml"]) == 0
    assert [path.as_posix() for path in Path("output").rglob("*.md")] == ["output/web/roadmap.md"]


def test_a_folder_of_roadmaps_leaves_other_yaml_and_hidden_folders_out() -> None:
    written("courses/a.yaml")
    written("courses/deep/b.yml")
    written("courses/.git/c.yaml")
    written("courses/output/d.yaml")
    Path("courses/compose.yaml").write_text("services: {}\n")
    Path("courses/a.progress.yaml").write_text("roadpress-progress: 1\nticks: {}\n")
    assert cli.main(["-q", "build", "--exporter", "markdown", "courses", "--folder", "public"]) == 0
    assert sorted(path.as_posix() for path in Path("public").rglob("*.md")) == [
        "public/courses/a.md",
        "public/courses/deep/b.md",
    ]


def test_two_that_would_write_the_same_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    written("a.yaml")
    written("a.yml")
    assert cli.main(["build", "a.yaml", "a.yml"]) == 2
    assert "a.yaml and a.yml would both write" in capsys.readouterr().err
    assert not Path("output").exists()


def test_one_bad_roadmap_of_several_does_not_stop_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_text(BAD)
    written("b.yaml")
    assert cli.main(["build", "--exporter", "markdown", "a.yaml", "b.yaml"]) == 2
    assert Path("output/b.md").exists()
    assert "a.yaml:3:" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["roadmap.yaml", "roadmap.progress.yaml", "./sub/../roadmap.yaml"])
def test_no_output_replaces_what_it_is_made_of(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    written("roadmap.yaml")
    Path("sub").mkdir()
    assert cli.main(["-q", "tick", "1.1"]) == 0
    before = {path: path.read_bytes() for path in Path().glob("*.yaml")}
    assert cli.main(["markdown", "-o", name]) == 2
    assert "is what the output is made of" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in Path().glob("*.yaml")} == before


@pytest.mark.parametrize("name", ["roadmap.trello.json", "roadmap.planka.json"])
def test_no_output_replaces_what_is_remembered_of_a_board(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    written("roadmap.yaml")
    assert cli.main(["json", "-o", name]) == 2
    assert "is where what a board has is remembered" in capsys.readouterr().err
    assert not Path(name).exists()
    assert cli.main(["json"]) == 0


def test_an_ending_that_contradicts_the_format_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    written("roadmap.yaml")
    assert cli.main(["mindmap", "--format", "svg", "-o", "map.pdf"]) == 0
    assert "map.pdf ends in .pdf, and what is in it is SVG." in capsys.readouterr().err
    for words in (
        ["mindmap", "-o", "map.svg"],
        ["checklist", "-o", "page.htm"],
        ["markdown", "-o", "notes"],
        ["markdown", "-o", "-"],
    ):
        assert cli.main(words) == 0
        assert "ends in" not in capsys.readouterr().err


def test_a_terminal_gets_no_binary_data(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    written("roadmap.yaml")
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", Terminal(raw, encoding="utf-8"))
    assert cli.main(["pdf", "-o", "-"]) == 2
    assert raw.getvalue() == b""
    assert cli.main(["markdown", "-o", "-"]) == 0
    assert raw.getvalue().startswith(b"# T")


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["build"],
        ["status"],
        ["serve"],
        ["pin", "-f"],
        ["tick", "1.1", "-f"],
        ["pdf"],
        ["import"],
        ["collect"],
        ["diff"],
        ["trello", "plan", "--offline"],
    ],
)
def test_a_missing_file_ends_every_command_the_same_way(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    written("roadmap.yaml")
    assert cli.main([*words, "none.yaml"]) == 1
    assert "There is no file none.yaml." in capsys.readouterr().err


def test_version_help_and_completion(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.main(["-V"]) == 0
    assert capsys.readouterr().out.startswith("roadpress, version ")
    assert cli.main(["help", "trello", "push"]) == 0
    assert "Usage: roadpress trello push" in capsys.readouterr().out
    assert cli.main(["help"]) == 0
    assert "Commands:" in capsys.readouterr().out
    assert cli.main(["help", "nothing"]) == 2
    for shell in ("bash", "zsh", "fish"):
        assert cli.main(["completion", shell]) == 0
        assert "_ROADPRESS_COMPLETE" in capsys.readouterr().out
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    assert cli.main(["completion"]) == 2


def test_the_man_page_has_every_command_and_the_readme_s_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help", "--man"]) == 0
    page = capsys.readouterr().out
    assert page.isascii()
    for name, _ in commands():
        assert f"\n.SS {name} " in page
    readme = (Path(cli.__file__).parent / "README.md").read_text("utf-8").split("## Exit codes")[1].split("\n## ")[0]
    rows = [
        line.strip("| ").split(" | ") for line in readme.splitlines() if line.startswith("| ") and line[2].isdigit()
    ]
    assert len(rows) == 6
    for code, says in rows:
        assert f".TP\n{code}\n{says}\n" in page
    if shutil.which("groff"):
        done = subprocess.run(
            ["groff", "-man", "-Tascii", "-ww"], input=page, capture_output=True, text=True, check=True
        )
        assert done.stderr == ""


def test_watching_builds_what_changed_and_what_came(capsys: pytest.CaptureFixture[str]) -> None:
    one, two = written("one.yaml"), Path("two.yaml")
    built: list[list[Path]] = []
    steps = iter((
        lambda: None,
        lambda: one.write_text(GOOD.format("Longer title")),
        lambda: written("two.yaml"),
        lambda: Path("one.progress.yaml").write_text("x"),
        two.unlink,
    ))  # fmt: skip

    def files() -> list[Path]:
        found = [path for path in (one, two) if path.exists()]
        if len(built) == 4 and not two.exists():
            raise RoadpressError("Gone.")
        return found

    def wait() -> None:
        step = next(steps, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    assert watched(Console(), files, built.append, wait) == 0
    assert built == [[one], [one], [two], [one]]
    assert "Gone." in capsys.readouterr().err


def test_build_watch_ends_at_an_interrupt() -> None:
    written("roadmap.yaml")
    code = (
        "import roadpress.commands.watching as w, sys; from roadpress import cli\n"
        "def stop(_): raise KeyboardInterrupt\n"
        "w.time.sleep = stop\n"
        "sys.exit(cli.main(['build', '--watch', '--exporter', 'markdown']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1:] == ["Watching; Ctrl+C ends it.", "Ended."]
