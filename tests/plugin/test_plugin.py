"""A stranger's exporter, as a real installed distribution."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROADMAP = "roadpress: 1\ntitle: T\nsections: [B, A]\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the plug-in is installed, as `pip install` does it."""
    folder = tmp_path_factory.mktemp("site")
    source = tmp_path_factory.mktemp("source")
    for path in (Path(__file__).parent / "titles_plugin").iterdir():
        if path.is_file():
            (source / path.name).write_bytes(path.read_bytes())
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--target", str(folder), str(source)], check=True, capture_output=True)
    return folder


def run(installed: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "roadpress", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


def test_it_is_listed_with_its_origin(installed: Path) -> None:
    assert "titles     from roadpress-titles 1.2" in run(installed, "exporters").stdout


def test_it_has_a_command_with_its_options(installed: Path) -> None:
    shown = run(installed, "titles", "--help").stdout
    assert "--numbers / --no-numbers" in shown
    assert "[file|title]" in shown
    Path("roadmap.yaml").write_text(ROADMAP)
    result = run(installed, "titles", "--no-numbers", "--order", "title")
    assert result.returncode == 0, result.stderr
    assert Path("output/roadmap.titles.txt").read_text() == "A\nB"
    assert "note: a notice of the plug-in" in result.stderr


def test_settings_in_the_roadmap_and_build(installed: Path) -> None:
    Path("roadmap.yaml").write_text(f"{ROADMAP}exports:\n  titles: {{numbers: false}}\n")
    assert run(installed, "check").returncode == 0
    assert run(installed, "build", "--exporter", "titles").returncode == 0
    assert Path("output/roadmap.titles.txt").read_text() == "B\nA"
    Path("roadmap.yaml").write_text(f"{ROADMAP}exports:\n  titles: {{number: 3}}\n")
    result = run(installed, "check")
    assert result.returncode == 2
    assert "roadmap.yaml:5:20: the exporter `titles` has no option `number`; did you mean `numbers`?" in result.stderr


def test_a_broken_one_is_named_and_hurts_nobody(installed: Path) -> None:
    assert run(installed, "exporters").returncode == 0
    result = run(installed, "broken")
    assert result.returncode == 1
    assert "The plug-in 'broken' of roadpress-titles 1.2 cannot be loaded: ModuleNotFoundError" in result.stderr


def test_a_board_service_has_the_commands_of_a_board(installed: Path) -> None:
    Path("roadmap.yaml").write_text(
        "roadpress: 1\ntitle: T\nsections: [{title: B, topics: [{title: c, items: [x, y]}, d]}]\n"
    )
    assert "7 to create: 7 calls." in run(installed, "shelf", "plan", "--offline").stdout
    pushed = run(installed, "shelf", "push")
    assert pushed.returncode == 0, pushed.stderr
    assert "Nothing to change" in run(installed, "shelf", "plan").stdout
    assert run(installed, "shelf", "boards").stdout == "shelf:1  T\n"
    rows = json.loads(Path("shelf.json").read_text())
    next(row for row in rows.values() if row["name"] == "x")["done"] = True
    Path("shelf.json").write_text(json.dumps(rows))
    assert run(installed, "shelf", "pull").returncode == 0
    assert "b/c/x" in Path("roadmap.progress.yaml").read_text()
    assert Path("roadmap.shelf.json").exists()
