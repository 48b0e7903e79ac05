"""Write the locks, `run.txt` and `dev.txt`, from the newest versions that `pyproject.toml` admits: `make lock`.

uv, in an environment that is thrown away, decides the versions for all Pythons and platforms at once. A lock then holds
each version with the hash of every wheel that a platform of `PLATFORMS` may take; no index and no address. Its head
says for which of them it has everything, which `install.py` reads. There is nothing in it to be built.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from install import OUTPUTS
from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LOCKS = Path(__file__).resolve().parent
PROJECT = LOCKS.parent / "pyproject.toml"
PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")


class Platform(NamedTuple):
    """A platform that the locks are for."""

    name: str
    """As install.py's `Machine` has it."""
    systems: tuple[str, ...]
    """Versions of glibc or macOS, oldest first; the last is what a lock may ask for at most."""
    os_name: str
    sys_platform: str
    machine: str


_GLIBC = tuple(f"2.{minor}" for minor in range(17, 36))
_MACOS = ("11.0", "12.0", "13.0", "14.0", "15.0")
PLATFORMS = (
    Platform("linux-x86_64", _GLIBC, "posix", "linux", "x86_64"),
    Platform("linux-aarch64", _GLIBC, "posix", "linux", "aarch64"),
    Platform("macosx-arm64", _MACOS, "posix", "darwin", "arm64"),
    Platform("macosx-x86_64", _MACOS, "posix", "darwin", "x86_64"),
    Platform("win-amd64", ("",), "nt", "win32", "AMD64"),
)


class Wheel(NamedTuple):
    """A file that a lock admits."""

    name: str
    sha256: str
    tags: frozenset[Tag]


class Pinned(NamedTuple):
    """A package in the version that was chosen, for the environments of its marker."""

    name: str
    version: str
    marker: str
    wheels: tuple[Wheel, ...]

    @property
    def requirement(self) -> str:
        """`name==version`, with its marker."""
        return f"{self.name}=={self.version}" + (f" ; {self.marker}" if self.marker else "")

    def is_for(self, platform: Platform, python: str) -> bool:
        """Whether an environment needs it."""
        return not self.marker or Marker(self.marker).evaluate(_environment(platform, python))


def main() -> None:
    """Write both locks."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        venv.create(work / "venv", with_pip=True)
        python = next(path for name in ("bin/python", "Scripts/python.exe") if (path := work / "venv" / name).exists())
        subprocess.run([python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "uv"], check=True)
        uv = [
            str(python),
            "-m",
            "uv",
            "pip",
            "compile",
            "--universal",
            "--python-version",
            PYTHONS[0],
            "--no-config",
            "-q",
        ]
        backend = work / "backend.in"
        backend.write_text("\n".join(tomllib.loads(PROJECT.read_text("utf-8"))["build-system"]["requires"]))
        uv += [str(PROJECT), str(backend)]
        everything = _resolved([*uv, "--extra", "dev"], work / "pylock.dev.toml")
        versions = work / "versions.txt"
        versions.write_text("\n".join(pinned.requirement for pinned in everything))
        extras = [f"--extra={extra}" for extra in OUTPUTS]
        needed = _resolved([*uv, *extras, "-c", str(versions)], work / "pylock.run.toml")
    lines = {pinned.requirement for pinned in needed}
    more = [pinned for pinned in everything if pinned.requirement not in lines]
    head = (
        "# What roadpress needs for every output, locked: exact versions and the hashes of their wheels. "
        "`make lock` renews it.\n"
    )
    (LOCKS / "run.txt").write_text(head + lock_text(needed, needed), encoding="utf-8")
    head = "# What its developers need too. `make lock` renews it.\n"
    (LOCKS / "dev.txt").write_text(head + lock_text(more, everything, "-r run.txt\n\n"), encoding="utf-8")


def _resolved(command: list[str], output: Path) -> list[Pinned]:
    subprocess.run([*command, "--format", "pylock.toml", "-o", str(output)], check=True)
    return [_pinned(package) for package in tomllib.loads(output.read_text("utf-8"))["packages"]]


def _pinned(package: dict[str, Any]) -> Pinned:
    wheels = []
    for file in package.get("wheels", []):
        name = file["url"].rpartition("/")[2]
        wheels.append(Wheel(name, file["hashes"]["sha256"], parse_wheel_filename(name)[3]))
    marker = package.get("marker", "").replace(f"python_full_version >= '{PYTHONS[0]}'", "").removeprefix(" and ")
    return Pinned(package["name"], package["version"], marker, tuple(sorted(wheels)))


def lock_text(packages: Iterable[Pinned], everything: Iterable[Pinned], above: str = "") -> str:
    """Return a lock of packages, headed by what all that is installed with them covers."""
    everything = list(everything)
    lines = []
    wanted: set[Tag] = set()
    for platform in PLATFORMS:
        covered = Coverage.of(everything, platform)
        for python in PYTHONS:
            wanted |= _tags(platform, platform.systems[-1], python)
        if covered.pythons:
            system = f" from {covered.system}" if covered.system else ""
            lines.append(f"# covers {platform.name}{system}: {' '.join(covered.pythons)}")
    text = "\n".join(lines) + f"\n\n{above}"
    for pinned in packages:
        hashes = [f"--hash=sha256:{wheel.sha256}" for wheel in pinned.wheels if wheel.tags & wanted]
        if not hashes:
            raise SystemExit(
                f"{pinned.requirement} has no wheel for any platform of the lock: bound it in pyproject.toml."
            )
        text += " \\\n    ".join([pinned.requirement, *hashes]) + "\n"
    return text


class Coverage(NamedTuple):
    """The Pythons that have a wheel of everything on a platform, and the oldest system that all of them take."""

    pythons: tuple[str, ...]
    system: str

    @classmethod
    def of(cls, packages: list[Pinned], platform: Platform) -> Coverage:
        """Return what packages cover."""
        found = {system: tuple(_covered(packages, platform, system)) for system in platform.systems}
        pythons = found[platform.systems[-1]]
        return cls(pythons, next(system for system, those in found.items() if those == pythons))


def _covered(packages: list[Pinned], platform: Platform, system: str) -> Iterator[str]:
    for python in PYTHONS:
        tags = _tags(platform, system, python)
        needed = [pinned for pinned in packages if pinned.is_for(platform, python)]
        if all(any(wheel.tags & tags for wheel in pinned.wheels) for pinned in needed):
            yield python


def _tags(platform: Platform, system: str, python: str) -> set[Tag]:
    major, minor = (int(number) for number in python.split("."))
    if platform.sys_platform == "darwin":
        release = tuple(int(number) for number in system.split("."))
        names = list(mac_platforms((release[0], release[1]), platform.machine))
    elif platform.sys_platform == "linux":
        names = [f"manylinux_2_{number}_{platform.machine}" for number in range(5, int(system.split(".")[1]) + 1)]
        names += [f"{old}_{platform.machine}" for old in ("manylinux1", "manylinux2010", "manylinux2014")]
    else:
        names = ["win_amd64"]
    return {
        *cpython_tags((major, minor), [f"cp{major}{minor}"], names),
        *compatible_tags((major, minor), f"cp{major}{minor}", names),
    }


def _environment(platform: Platform, python: str) -> dict[str, str]:
    return {
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "os_name": platform.os_name,
        "sys_platform": platform.sys_platform,
        "platform_system": {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[platform.sys_platform],
        "platform_machine": platform.machine,
        "python_version": python,
        "python_full_version": f"{python}.9",
    }


if __name__ == "__main__":
    main()
