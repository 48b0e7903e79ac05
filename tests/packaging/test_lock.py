"""The lock: what it holds is what pyproject.toml asks for, and it is installed only where it fits."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from install import OUTPUTS, Machine, covers, oldest, this_machine
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from renew import PYTHONS, Pinned, Wheel, lock_text

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SYSTEMS = [("linux", "posix", "Linux"), ("darwin", "posix", "Darwin"), ("win32", "nt", "Windows")]


@pytest.fixture(scope="module")
def project(request: pytest.FixtureRequest) -> dict[str, Any]:
    root: Path = request.getfixturevalue("root")
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


def locked(root: Path, *names: str) -> list[Requirement]:
    texts = [(root / "lock" / f"{name}.txt").read_text("utf-8") for name in names]
    return [Requirement(line) for text in texts for line in re.findall(r"^(\w.*?) \\$", text, re.MULTILINE)]


def wanted(project: dict[str, Any], what: str) -> list[str]:
    """Return what a lock must hold: for the outputs, or of every extra."""
    extras = project["project"]["optional-dependencies"]
    found = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    found += [line for name, lines in extras.items() if what == "dev" or name in OUTPUTS for line in lines]
    return [line for line in found if not line.startswith("roadpress[")]


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS, ids=[names[0] for names in SYSTEMS])
@pytest.mark.parametrize(("what", "files"), [("run", ["run"]), ("dev", ["run", "dev"])])
def test_everything_declared_is_locked_once_in_a_version_that_is_admitted(
    what: str, files: list[str], system: tuple[str, ...], python: str, root: Path, project: dict[str, Any]
) -> None:
    environment = dict(zip(("sys_platform", "os_name", "platform_system"), system, strict=True))
    environment |= {"python_version": python, "python_full_version": f"{python}.5"}
    environment |= {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
    versions: dict[str, str] = {}
    for pinned in locked(root, *files):
        if pinned.marker is None or pinned.marker.evaluate(environment):
            (only,) = pinned.specifier
            assert only.operator == "=="
            assert versions.setdefault(canonicalize_name(pinned.name), only.version) == only.version, pinned
    assert len(versions) > 20
    for line in wanted(project, what):
        declared = Requirement(line)
        if declared.marker is None or declared.marker.evaluate(environment):
            assert declared.specifier.contains(versions[canonicalize_name(declared.name)]), f"{line}: run `make lock`"


@pytest.mark.parametrize("name", ["run", "dev"])
def test_a_lock_is_requirements_with_hashes_and_names_no_place(name: str, root: Path) -> None:
    text = (root / "lock" / f"{name}.txt").read_text("utf-8")
    assert not re.search(r"://|index|find-links|trusted-host|\w@\w", text)
    entries = [line for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
    if name == "dev":
        assert entries.pop(0) == "-r run.txt"
    pinned = r"[a-z0-9-]+==[\w.]+( ; [^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+"
    assert len(entries) > 20
    assert not [entry for entry in entries if not re.fullmatch(pinned, entry)]


def test_the_locks_cover_the_pythons_of_the_checks(root: Path) -> None:
    workflow = (root / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    assert tuple(re.findall(r'"(3\.\d+)"', workflow.split("python: [")[1].split("]")[0])) == PYTHONS
    for name in ("run", "dev"):
        text = (root / "lock" / f"{name}.txt").read_text("utf-8")
        for platform in ("linux-x86_64", "linux-aarch64", "macosx-arm64", "win-amd64"):
            assert all(covers(text, Machine(platform, "99", python)) for python in PYTHONS), (name, platform)


LOCK = "# covers linux-x86_64 from 2.28: 3.10 3.11\n# covers macosx-arm64 from 13.0: 3.11\n# covers win-amd64: 3.11\n"


@pytest.mark.parametrize(
    ("machine", "covered"),
    [
        (Machine("linux-x86_64", "2.28", "3.10"), True),
        (Machine("linux-x86_64", "2.9", "3.10"), False),
        (Machine("linux-x86_64", "2.36", "3.1"), False),
        (Machine("linux-x86_64", "", "3.11"), False),
        (Machine("linux-riscv64", "2.40", "3.11"), False),
        (Machine("linux-x86_64", "2.36", "3.11t"), False),
        (Machine("linux-x86_64", "2.36", "3.11 (pypy)"), False),
        (Machine("macosx-arm64", "14.4.1", "3.11"), True),
        (Machine("macosx-arm64", "12.7", "3.11"), False),
        (Machine("win-amd64", "", "3.11"), True),
        (Machine("win-amd64", "", "3.12"), False),
    ],
)
def test_a_lock_is_for_the_machines_that_it_names(machine: Machine, covered: bool) -> None:
    assert covers(LOCK, machine) is covered


def test_this_machine_says_what_it_is() -> None:
    machine = this_machine()
    assert machine.python.startswith(f"{sys.version_info[0]}.{sys.version_info[1]}")
    assert f"Python {machine.python} on {machine.platform}" in str(machine)


def wheels(*names: str) -> tuple[Wheel, ...]:
    return tuple(Wheel(name, f"{number:064x}", parse_wheel_filename(name)[3]) for number, name in enumerate(names))


def test_a_lock_says_what_it_covers_and_holds_no_other_wheel() -> None:
    plain = Pinned("plain", "1.0", "", wheels("plain-1.0-py3-none-any.whl"))
    built = Pinned(
        "built",
        "2.0",
        "sys_platform != 'win32'",
        wheels(
            "built-2.0-cp310-abi3-manylinux_2_28_x86_64.whl",
            "built-2.0-cp311-cp311-macosx_13_0_arm64.whl",
            "built-2.0-cp312-abi3-macosx_14_0_arm64.whl",
            "built-2.0-cp312-cp312-macosx_99_0_arm64.whl",
            "built-2.0-cp312-cp312-musllinux_1_2_x86_64.whl",
        ),
    )
    text = lock_text([built], [plain, built])
    assert re.findall(r"# covers (.*)", text) == [
        "linux-x86_64 from 2.28: 3.10 3.11 3.12 3.13 3.14",
        "macosx-arm64 from 14.0: 3.11 3.12 3.13 3.14",
        "win-amd64: 3.10 3.11 3.12 3.13 3.14",
    ]
    lines = text.partition("\n\n")[2].split(" \\\n    ")
    assert lines[0] == "built==2.0 ; sys_platform != 'win32'"
    assert [line.strip()[-1] for line in lines[1:]] == ["0", "1", "2"]


def test_what_has_no_wheel_is_not_locked() -> None:
    with pytest.raises(SystemExit, match=r"odd==1\.0 has no wheel"):
        lock_text([Pinned("odd", "1.0", "", ())], [])


def test_the_oldest_of_each() -> None:
    metadata = [
        "click>=8.1",
        'tomli>=2; python_version < "3.11"',
        'pymupdf<2,>=1.24; extra == "dev"',
        'roadpress[fonts]; extra == "dev"',
        'types-PyYAML; extra == "dev"',
        'noto>=1.0; extra == "fonts"',
        "zipp>=3; python_version < '3.11' and extra == 'dev'",
        "uharfbuzz>=0.45; extra == 'shaping'",
    ]
    base = ["click==8.1", 'tomli==2; python_version < "3.11"']
    more = ["pymupdf==1.24", "types-PyYAML", "noto==1.0", "zipp==3; python_version < '3.11'"]
    assert oldest(metadata, "dev") == [*base, *more, "uharfbuzz==0.45"]
    assert oldest(metadata, "run") == [*base, "uharfbuzz==0.45"]


def test_every_lower_bound_is_a_version_to_be_tested(project: dict[str, Any]) -> None:
    """`make test-oldest` installs what stands after `>=`."""
    for line in wanted(project, "dev"):
        if not line.startswith("types-"):
            assert re.match(r"[\w.-]+>=\d", line), line


def test_every_range_has_a_job_and_the_bare_one_may_skip(root: Path) -> None:
    job = yaml.safe_load((root / ".github" / "workflows" / "ci.yml").read_text("utf-8"))["jobs"]["ranges"]
    assert {entry["versions"] for entry in job["strategy"]["matrix"]["include"]} == {"newest", "oldest", "bare"}
    assert "'bare'" in job["steps"][-1]["env"]["ROADPRESS_REQUIRE_ALL"]
    assert all(f"test-{name}" in (root / "Makefile").read_text("utf-8") for name in ("newest", "oldest", "bare"))


def test_the_base_is_installed_alone_where_extras_have_no_wheel(root: Path) -> None:
    job = yaml.safe_load((root / ".github" / "workflows" / "ci.yml").read_text("utf-8"))["jobs"]["base"]
    assert [entry["system"] for entry in job["strategy"]["matrix"]["include"]] == ["musl", "Windows on ARM"]
    assert "python -m pip install --prefer-binary ." in [step.get("run") for step in job["steps"]]


def test_the_base_has_no_extra_and_all_has_each(project: dict[str, Any]) -> None:
    extras = project["project"]["optional-dependencies"]
    large = {Requirement(line).name for name in OUTPUTS for line in extras[name]}
    assert large == {"pygraphviz", "uharfbuzz", "pypdfium2"}
    assert not large & {Requirement(line).name for line in project["project"]["dependencies"]}
    assert Requirement(extras["all"][0]).extras == set(extras) - {"all", "dev"}


def test_a_step_of_several_commands_ends_with_the_first_that_fails(root: Path) -> None:
    """Windows' own shell goes on."""
    steps = yaml.safe_load((root / ".github" / "workflows" / "systems.yml").read_text("utf-8"))["jobs"]["tests"][
        "steps"
    ]
    assert all(step.get("shell") == "bash" for step in steps if "\n" in step.get("run", "").strip())


def test_the_tests_run_on_three_systems(root):
    jobs = yaml.safe_load((root / ".github" / "workflows" / "systems.yml").read_text("utf-8"))["jobs"]
    assert jobs["tests"]["strategy"]["matrix"] == {
        "system": ["ubuntu", "macos", "windows"],
        "python": ["3.10", "3.12", "3.14"],
    }
