"""What every test gets: the open air of a temporary folder, golden files, one browser, and no network."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

import roadpress

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REQUIRE_ALL = bool(os.environ.get("ROADPRESS_REQUIRE_ALL"))
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--snapshot-update", action="store_true", help="write golden files anew")


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if _chromium() or REQUIRE_ALL:
        return
    skip = pytest.mark.skip(reason="no Chromium on this machine: install Debian's package `chromium` to run it")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root, which is the package."""
    return Path(roadpress.__file__).parent


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _open_air(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder, with nothing of the person's own environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "TRELLO_API_KEY", "TRELLO_TOKEN", "TRELLO_API_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that would leave the machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host and host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str | bytes, str], None]:
    """Compare with a golden file beside the test, `golden/<name>`; `--snapshot-update` writes it anew."""
    folder = request.path.parent / "golden"

    def compare(value: str | bytes, name: str) -> None:
        data = value.encode() if isinstance(value, str) else value
        path = folder / name
        if request.config.getoption("--snapshot-update"):
            folder.mkdir(exist_ok=True)
            path.write_bytes(data)
            return
        assert path.exists(), (
            f"there is no golden file {path.name}: run pytest --snapshot-update, and read what it wrote"
        )
        if isinstance(value, str):
            assert value == path.read_text("utf-8"), f"{path.name} changed; --snapshot-update when it should"
        else:
            assert data == path.read_bytes(), f"{path.name} changed; --snapshot-update when it should"

    return compare


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests of a worker; each test opens its own context, which is a fresh profile."""
    from playwright.sync_api import sync_playwright

    path = _chromium()
    if path is None:
        pytest.fail("there is no Chromium on this machine, and ROADPRESS_REQUIRE_ALL forbids to skip")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield opened
        opened.close()
