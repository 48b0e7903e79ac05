"""What every test gets: the open air of a temporary folder, golden files, one browser, and no network."""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
import socket
from collections.abc import Callable, Generator, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import chromium
import pytest
from hypothesis import settings

import roadpress

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REQUIRE_ALL = bool(os.environ.get("ROADPRESS_REQUIRE_ALL"))
BARE = bool(os.environ.get("ROADPRESS_BARE"))
"""Whether this is an environment without what some machines have no wheel of (`make test-bare`)."""
_ABSENT = re.compile(
    r"the package \w+ is not installed|neither pygraphviz nor|No module named '(?:pygraphviz|pypdfium2|uharfbuzz)\b"
    r"|No package metadata was found for (?:pygraphviz|pypdfium2|uharfbuzz)"
)
OWN_ENVIRONMENT = (
    *("SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"),
    *("TRELLO_API_KEY", "TRELLO_TOKEN", "TRELLO_API_URL", "ROADPRESS_SYSTEM_FONTS"),
)

EXAMPLES = int(os.environ.get("ROADPRESS_EXAMPLES", "100"))
"""How many examples a law is tried with."""

settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True, max_examples=EXAMPLES)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--snapshot-update", action="store_true", help="write golden files anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for the browser is a browser test, marked or not; what cannot pass here is skipped."""
    skip = pytest.mark.skip(reason="no Chromium on this machine: install Debian's package `chromium` to run it")
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if item.get_closest_marker("browser") and not chromium.find():
            item.add_marker(skip)
        if BARE and item.get_closest_marker("wheels"):
            item.add_marker(pytest.mark.skip(reason="compares with what the absent packages make"))


def _absent(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return what a failure says is absent, in an environment that lacks it on purpose."""
    text = "\n".join([report.longreprtext, *(content for _, content in report.sections)])
    found = _ABSENT.search(text) if BARE and report.failed else None
    return found[0] if found else ""


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """What cannot be imported where it is absent on purpose is no failure."""
    report = yield
    if absent := _absent(report):
        report.outcome, report.longrepr = "skipped", (report.nodeid, 0, f"Skipped: {absent}")
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Skip what only fails for what is absent on purpose; where nothing may be absent, whoever skips a test fails it."""
    report = yield
    if absent := _absent(report):
        report.outcome, report.longrepr = "skipped", (report.nodeid, 0, f"Skipped: {absent}")
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"ROADPRESS_REQUIRE_ALL forbids to skip: {report.longrepr[2]}"
    return report


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root, which is the package."""
    return Path(roadpress.__file__).parent


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _open_air(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder, with nothing of the person's own environment and settings."""
    monkeypatch.chdir(tmp_path)
    for name in OWN_ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "nobody's settings"))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection and every look-up of a name that would leave the machine."""

    def guard(name: str, host_of: Callable[..., Any], owner: Any = socket.socket) -> None:
        original = getattr(owner, name)

        def guarded(*args: Any, **options: Any) -> Any:
            host = host_of(*args)
            if host and not _is_here(host):
                raise AssertionError(f"a test reached for the network: {name} {host}")
            return original(*args, **options)

        monkeypatch.setattr(owner, name, guarded)

    def host_of_address(_: socket.socket, *args: Any) -> Any:
        return args[-1][0] if isinstance(args[-1], tuple) else None

    for name in ("connect", "connect_ex", "sendto"):
        guard(name, host_of_address)
    guard("getaddrinfo", lambda host, *_: host, socket)


def _is_here(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name == "localhost"


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Iterator[Callable[[str | bytes, str], None]]:
    """Compare with golden files beside the test, `golden/<name>`; `--snapshot-update` writes them anew.

    A test may compare several; all are compared, and the failure names each that changed.
    """
    folder = request.path.parent / "golden"
    changed: list[str] = []

    def compare(value: str | bytes, name: str) -> None:
        data = value.encode() if isinstance(value, str) else value
        path = folder / name
        if request.config.getoption("--snapshot-update"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        elif not path.exists():
            changed.append(f"{name}: there is no such golden file yet")
        elif data != path.read_bytes():
            changed.append(f"{name} changed:\n{_difference(path.read_bytes(), data)}")

    yield compare
    if changed:
        pytest.fail("\n".join([*changed, "When it should: pytest --snapshot-update, and read what it wrote."]))


def _difference(old: bytes, new: bytes) -> str:
    try:
        before, after = old.decode().splitlines(), new.decode().splitlines()
    except UnicodeDecodeError:
        at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        return f"  {len(old)} bytes, now {len(new)}; the first other one is at {at}"
    return "\n".join(difflib.unified_diff(before, after, "golden", "now", lineterm="", n=1))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests of a worker; each test opens its own context, which is a fresh profile."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        yield opened
        opened.close()
