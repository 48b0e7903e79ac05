"""Install roadpress, as a link to this checkout, and what it needs into the environment of the Python that runs this.

`python lock/install.py run` installs what roadpress needs for every output, `dev` what its developers need too:

* by default exactly what the lock beside this file holds; on a platform or a Python that it does not cover, or with
  `LOCK=no` in the environment, the newest versions that `pyproject.toml` admits,
* with `--newest` those,
* with `--oldest` the oldest versions that `pyproject.toml` declares,
* with `--bare` the newest, without the extras that some machines have no wheel of.

`renew.py` writes the lock. This program needs nothing but Python and pip.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import platform
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

LOCKS = Path(__file__).resolve().parent
ROOT = LOCKS.parent
COVERS = re.compile(r"^# covers (?P<platform>\S+)(?: from (?P<system>\S+))?: (?P<pythons>.+)$", re.MULTILINE)
"""A line of a lock: the platform, the oldest glibc or macOS, and the versions of CPython that it was made for."""

OUTPUTS = ("graphviz", "png", "shaping")
"""The extras of outputs: large, or without a wheel for musl or Windows on ARM; outputs do without, or say so."""

_EXTRA = re.compile(r"""(?:\s*and\s+)?extra == ["'](\w+)["']""")


class Machine(NamedTuple):
    """What decides which wheels fit."""

    platform: str
    """As `linux-x86_64`, `macosx-arm64`, `win-amd64`."""
    system: str
    """The version of glibc or macOS; empty where it does not matter, and on a Linux without glibc."""
    python: str
    """As `3.12`; other Pythons than the usual CPython have their name in it."""

    def __str__(self) -> str:
        """Say it in a sentence."""
        return f"Python {self.python} on {self.platform}{f' {self.system}' if self.system else ''}"


def this_machine() -> Machine:
    """Return what this runs on."""
    name = sysconfig.get_platform()
    system = ""
    if name.startswith("linux"):
        library, version = platform.libc_ver()
        system = version if library == "glibc" else ""
    elif name.startswith("macosx"):
        name, system = f"macosx-{platform.machine()}", platform.mac_ver()[0]
    python = "{}.{}".format(*sys.version_info)
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        python += "t"
    if sys.implementation.name != "cpython":
        python += f" ({sys.implementation.name})"
    return Machine(name, system, python)


def covers(lock: str, machine: Machine) -> bool:
    """Whether a lock has a wheel of everything for a machine."""
    for line in COVERS.finditer(lock):
        if line["platform"] == machine.platform and machine.python in line["pythons"].split():
            return not line["system"] or _numbers(machine.system) >= _numbers(line["system"])
    return False


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


class Wanted(NamedTuple):
    """A requirement, as a distribution's metadata has it."""

    package: str
    marker: str
    extra: str
    """Empty for what is always needed."""


def wanted(requirements: list[str], what: str) -> list[Wanted]:
    """Return what is wanted of requirements: `what` is `run`, or `dev` for those of all extras."""
    found = []
    for requirement in requirements:
        package, _, marker = (part.strip() for part in requirement.partition(";"))
        named = _EXTRA.search(marker)
        extra = named[1] if named else ""
        if (what == "dev" or extra in ("", *OUTPUTS)) and not package.startswith("roadpress["):
            found.append(Wanted(package, _EXTRA.sub("", marker), extra))
    return found


def oldest(requirements: list[str], what: str) -> list[str]:
    """Return requirements in the oldest version that each declares."""
    found = []
    for package, marker, _ in wanted(requirements, what):
        minimum = re.search(r">=\s*([^,\s]+)", package)
        pinned = f"{_name(package)}=={minimum[1]}" if minimum else package
        found.append(_with_marker(pinned, marker))
    return found


def bare(requirements: list[str], what: str) -> list[str]:
    """Return requirements without the extras that some machines have no wheel of."""
    return [
        _with_marker(package, marker) for package, marker, extra in wanted(requirements, what) if extra not in OUTPUTS
    ]


def _name(package: str) -> str:
    found = re.match(r"[\w.-]+", package)
    assert found
    return found[0]


def _with_marker(package: str, marker: str) -> str:
    return f"{package}; {marker}" if marker else package


def main(arguments: list[str]) -> None:
    """Install; ends with pip's exit code when pip fails."""
    what, *options = arguments
    target = f"{ROOT}[{','.join(OUTPUTS) if what == 'run' else what}]"
    lock = LOCKS / f"{what}.txt"
    machine = this_machine()
    if "--oldest" in options or "--bare" in options:
        _pip("--no-deps", "-e", str(ROOT))
        importlib.invalidate_caches()
        chosen = oldest if "--oldest" in options else bare
        _pip(*chosen(importlib.metadata.requires("roadpress") or [], what))
    elif "--newest" in options:
        _pip("--upgrade", "--upgrade-strategy", "eager", "-e", target)
    elif os.environ.get("LOCK") == "no" or not covers(lock.read_text(encoding="utf-8"), machine):
        why = "LOCK=no" if os.environ.get("LOCK") == "no" else f"The lock does not cover {machine}"
        sys.stdout.write(f"{why}: the newest versions that pyproject.toml admits are installed instead.\n")
        sys.stdout.flush()
        _pip("-e", target)
    else:
        try:
            _pip("--require-hashes", "--only-binary", ":all:", "-r", str(lock))
        except SystemExit:
            sys.stderr.write("What the lock holds could not be installed. LOCK=no goes without it: make test LOCK=no\n")
            raise
        _pip("--no-deps", "--no-build-isolation", "-e", str(ROOT))


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *arguments]
    if code := subprocess.run(command, check=False).returncode:
        sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
