"""One at a time: between processes and between threads, on systems with `flock(2)`, with Windows' locks, and with none."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import types
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from roadpress.core import file_lock
from roadpress.core.errors import RoadpressError
from roadpress.core.progress.model import State, Tick
from roadpress.core.progress.store import ProgressFile, RecordedTick, read, update
from roadpress.exporters.boards.planning.journal import Journal

try:
    import fcntl
except ImportError:  # this is Windows: its own locks are tested, and need no simulation
    fcntl = None

simulation = pytest.mark.skipif(fcntl is None, reason="the simulation of Windows' locks is made of POSIX's")
SYSTEMS = ["own", pytest.param("msvcrt", marks=simulation)]
MOMENT = datetime(2026, 11, 23, tzinfo=timezone.utc)


def windows_locks() -> types.ModuleType:
    """Return a stand-in for `msvcrt` (Python's documentation, `msvcrt.locking`): from the file's position, one handle
    against every other, refused at once with EACCES; a region is given back at the place where it was taken."""
    module = types.ModuleType("msvcrt")
    module.LK_NBLCK, module.LK_UNLCK = 2, 0
    taken: dict[int, int] = {}

    def locking(descriptor: int, mode: int, count: int) -> None:
        assert count == 1
        place = os.lseek(descriptor, 0, os.SEEK_CUR)
        assert 0 <= place < 2**31, "the C library counts in 32 bits"
        if mode == module.LK_UNLCK:
            if taken.pop(descriptor, None) != place:
                raise PermissionError(errno.EACCES, "Permission denied")
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            return
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PermissionError(errno.EACCES, "Permission denied") from None
        taken[descriptor] = place

    module.locking = locking
    return module


@pytest.fixture(params=[*SYSTEMS, "neither"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param != "own":
        monkeypatch.setitem(sys.modules, "fcntl", None)
        monkeypatch.setitem(sys.modules, "msvcrt", windows_locks() if request.param == "msvcrt" else None)
    return request.param


def tick(path: Path, number: int) -> None:
    entry = RecordedTick(Tick(State.DONE, date(2026, 11, 23), "cli", "", MOMENT), f"Entry {number}")
    update(path, lambda record: ProgressFile({**record.ticks, f"e{number}": entry}))


def test_threads_lose_no_tick(tmp_path: Path, system: str) -> None:
    path = tmp_path / "roadmap.progress.yaml"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: tick(path, number), range(80)))
    assert set(read(path).ticks) == {f"e{number}" for number in range(80)}
    assert [one.name for one in tmp_path.iterdir()] == ["roadmap.progress.yaml"]


PROCESS = """
import sys
from pathlib import Path
system, path, start = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
from test_file_lock import tick, windows_locks
if system == "msvcrt":
    sys.modules["fcntl"], sys.modules["msvcrt"] = None, windows_locks()
for number in range(start, start + 8):
    tick(path, number)
"""


@pytest.mark.parametrize("system", SYSTEMS)
def test_processes_lose_no_tick(tmp_path: Path, system: str) -> None:
    path = tmp_path / "roadmap.progress.yaml"
    where = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    processes = [
        subprocess.Popen([sys.executable, "-c", PROCESS, system, str(path), str(start)], env=where)
        for start in range(0, 32, 8)
    ]
    assert [process.wait(60) for process in processes] == [0] * 4
    assert set(read(path).ticks) == {f"e{number}" for number in range(32)}
    assert [one.name for one in tmp_path.iterdir()] == ["roadmap.progress.yaml"]


def test_who_fails_leaves_no_lock_behind(tmp_path: Path, system: str) -> None:
    def fail(_: ProgressFile) -> ProgressFile:
        raise RoadpressError("no")

    path = tmp_path / "roadmap.progress.yaml"
    with pytest.raises(RoadpressError):
        update(path, fail)
    tick(path, 1)
    assert set(read(path).ticks) == {"e1"}


@simulation
def test_where_a_folder_cannot_be_locked_a_file_in_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Network file systems emulate `flock` with locks that need a file open for writing."""
    flock = fcntl.flock

    def emulated(descriptor: int, mode: int) -> None:
        if os.path.isdir(f"/dev/fd/{descriptor}"):  # noqa: PTH112 - of a descriptor
            raise OSError(errno.EBADF, "Bad file descriptor")
        flock(descriptor, mode)

    monkeypatch.setattr(fcntl, "flock", emulated)
    path = tmp_path / "roadmap.progress.yaml"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: tick(path, number), range(20)))
    assert len(read(path).ticks) == 20
    assert [one.name for one in tmp_path.iterdir()] == ["roadmap.progress.yaml"]


@simulation
def test_a_lock_that_is_never_given_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", windows_locks())
    monkeypatch.setattr(file_lock, "PATIENCE", 0.2)
    path = tmp_path / "roadmap.progress.yaml"
    held = threading.Event()
    done = threading.Event()

    def hold() -> None:
        with file_lock.locked(tmp_path):
            held.set()
            done.wait(20)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(20)
    try:
        with pytest.raises(RoadpressError, match=r"roadmap\.progress\.yaml cannot be written: another roadpress"):
            tick(path, 1)
    finally:
        done.set()
        other.join()


def test_a_second_push_is_told_apart_everywhere(tmp_path: Path, system: str) -> None:
    path = tmp_path / "roadmap.trello.journal"
    first = Journal(path)
    first.nonce("abc")
    if system != "neither":
        with pytest.raises(RoadpressError, match="Another push"):
            Journal(path)
    assert path.read_text() == '{"nonce": "abc"}\n'
    first.finish()
    assert not path.exists()
    Journal(path).close()
    assert not path.exists()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="tells what is open on Linux")
def test_windows_deletes_no_file_that_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", windows_locks())
    unlink = Path.unlink

    def as_windows(self: Path, *, missing_ok: bool = False) -> None:
        if any(one.is_symlink() and one.readlink() == self for one in Path("/proc/self/fd").iterdir()):
            raise PermissionError(errno.EACCES, "The process cannot access the file", str(self))
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", as_windows)
    path = tmp_path / "roadmap.trello.journal"
    journal = Journal(path)
    journal.nonce("abc")
    journal.finish()
    tick(tmp_path / "roadmap.progress.yaml", 1)
    assert [one.name for one in tmp_path.iterdir()] == ["roadmap.progress.yaml"]
