"""The package is what the folders are: nothing left out, nothing stray shipped."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from email import message_from_string
from pathlib import Path

import pytest

import roadpress

OURS = ("cohort", "commands", "core", "exporters", "importers")
AT_THE_ROOT = {"__init__.py", "__main__.py", "cli.py"}


def modules(root: Path) -> Iterator[Path]:
    for folder in OURS:
        yield from sorted((root / folder).rglob("*.py"))


def declared(root: Path) -> set[str]:
    block = (root / "pyproject.toml").read_text("utf-8").split("packages = [")[1].split("]")[0]
    return set(re.findall(r'"([\w.]+)"', block))


def test_declared_packages_are_the_folders(root: Path) -> None:
    folders = {"roadpress", "roadpress.templates"}
    for path in modules(root):
        folders.add("roadpress." + ".".join(path.parent.relative_to(root).parts))
    assert len(folders) > 5
    assert declared(root) == folders


def test_every_package_folder_has_its_init(root: Path) -> None:
    assert not [path for path in modules(root) if not (path.parent / "__init__.py").exists()]


def test_no_stray_module_at_the_root(root: Path) -> None:
    assert {path.name for path in root.glob("*.py")} == AT_THE_ROOT


def test_imports_inside_the_package_are_relative(root: Path) -> None:
    absolute = re.compile(r"^\s*(?:from|import) roadpress\b", re.MULTILINE)
    assert not [str(path) for path in modules(root) if absolute.search(path.read_text("utf-8"))]
    assert not re.search(r"^\s*from \.", (root / "__init__.py").read_text("utf-8"), re.MULTILINE)


def test_arrows_point_one_way(root: Path) -> None:
    forbidden = {
        "core": ("exporters", "importers", "cohort", "commands", "cli"),
        "exporters": ("cohort", "commands", "cli"),
        "importers": ("cohort", "commands", "cli"),
        "cohort": ("commands", "cli"),
        "commands": ("cli",),
    }
    wrong = [
        f"{path.relative_to(root)} imports {other}"
        for path in modules(root)
        for other in forbidden[path.relative_to(root).parts[0]]
        if re.search(
            rf"^\s*from \.{{{len(path.relative_to(root).parts)}}}{other}\b", path.read_text("utf-8"), re.MULTILINE
        )
    ]
    assert not wrong


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel and the sdist of a clean copy of what git tracks, or of the tree where there is no git."""
    root = Path(roadpress.__file__).parent
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("dist")
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=root, capture_output=True, check=False
    )
    names = (
        listing.stdout.decode().split("\0")
        if listing.returncode == 0
        else [str(p.relative_to(root)) for p in root.rglob("*")]
    )
    for name in filter(None, names):
        if (root / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((root / name).read_bytes())
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(copy)]
    subprocess.run(command, check=True, capture_output=True)
    return out


def test_the_wheel_holds_the_package_and_nothing_else(built: Path, root: Path) -> None:
    names = set(zipfile.ZipFile(next(built.glob("*.whl"))).namelist())
    shipped = {name.removeprefix("roadpress/") for name in names if name.startswith("roadpress/")}
    wanted = AT_THE_ROOT | {"py.typed", "roadmap.yaml"}
    wanted |= {str(path.relative_to(root)) for path in modules(root)}
    wanted |= {str(path.relative_to(root)) for path in (root / "templates").rglob("*") if path.is_file()}
    wanted = {name for name in wanted if "__pycache__" not in name}
    assert shipped == wanted
    assert all(name.startswith(("roadpress/", "roadpress-")) for name in names)


def test_the_wheel_says_what_it_is(built: Path) -> None:
    wheel = zipfile.ZipFile(next(built.glob("*.whl")))
    about = {Path(name).name: wheel.read(name).decode() for name in wheel.namelist() if ".dist-info/" in name}
    metadata = message_from_string(about["METADATA"])
    assert metadata["Version"] == roadpress.__version__
    assert metadata["License-Expression"] == "MIT"
    assert "LICENSE" in about
    assert about["entry_points.txt"].split() == ["[console_scripts]", "roadpress", "=", "roadpress.__main__:run"]
    needed = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert len(needed) > 8
    assert not [line for line in needed if re.match(r"pytest|mypy|ruff|hypothesis|playwright|build|setuptools", line)]


def test_the_sdist_holds_what_git_tracks(built: Path, root: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=False)
    tracked = [name for name in listing.stdout.decode().split("\0") if name]
    elsewhere = (".github/", ".gitignore")
    assert not [name for name in tracked if name not in inside and not name.startswith(elsewhere)]
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "Makefile", "roadmap.yaml", "cli.py", "core/model.py",
                 "templates/new.yaml", "tests/conftest.py", "py.typed"):  # fmt: skip
        assert name in inside, name


def test_doctests() -> None:
    run = 0
    for info in pkgutil.walk_packages(roadpress.__path__, "roadpress."):
        if info.name.startswith("roadpress.") and info.name.split(".")[1] in (*OURS, "cli"):
            result = doctest.testmod(importlib.import_module(info.name))
            assert result.failed == 0, info.name
            run += 1
    assert run > 20


def test_modules_say_in_one_line_what_they_are(root: Path) -> None:
    for path in modules(root):
        first = path.read_text("utf-8").splitlines()[0]
        assert first.startswith(('"""', 'r"""')), path


def test_nothing_imports_the_command_line(root: Path) -> None:
    """It may run as a file, so a second copy of it would be another module."""
    entering = {root / "__main__.py", root / "cli.py"}
    users = [path for path in (*root.glob("*.py"), *modules(root)) if path not in entering]
    assert not [
        path for path in users if re.search(r"import cli\b|\bcli import|roadpress\.cli", path.read_text("utf-8"))
    ]


def test_data_is_found_by_the_package_and_never_by_the_checkout_s_path(root: Path) -> None:
    assert not [path for path in modules(root) if "__file__" in path.read_text("utf-8")]


@pytest.mark.parametrize("start", [["-m", "roadpress"], ["cli.py"], ["-c", "from roadpress.cli import run; run()"]])
def test_every_way_to_start_it(start: list[str], root: Path) -> None:
    words = [str(root / word) if word == "cli.py" else word for word in start]
    found = subprocess.run([sys.executable, *words, "--version"], capture_output=True, text=True, check=True)
    assert roadpress.__version__ in found.stdout


def test_a_process_of_its_own_looks_for_no_garbage_while_it_starts() -> None:
    code = "import sys, gc; import roadpress.__main__; print(gc.get_threshold()[0], gc.get_stats()[1]['collections'])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    bare = "import sys, gc; print(gc.get_stats()[1]['collections'])"
    before = subprocess.run([sys.executable, "-c", bare], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["1000000", before.stdout.strip()]


def test_a_clone_may_have_any_name(tmp_path: Path, root: Path) -> None:
    """pytest imports the root's `__init__.py` under the folder's name: it must not fail by it."""
    clone = tmp_path / "my-own roadmaps"
    (clone / "tests").mkdir(parents=True)
    for name in ("__init__.py", "pyproject.toml"):
        (clone / name).write_bytes((root / name).read_bytes())
    (clone / "tests" / "test_one.py").write_text("import roadpress\n\ndef test_one():\n    assert roadpress.load\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    found = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)
    assert "1 passed" in found.stdout, found.stdout


def test_what_is_made_here_is_ignored_by_git(root: Path) -> None:
    ignored = (root / ".gitignore").read_text("utf-8").split()
    assert {"build/", "dist/", ".venv/", ".types/", "/output/*"} <= set(ignored)
