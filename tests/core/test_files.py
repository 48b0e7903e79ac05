"""The one writer: whole or not at all."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from roadpress.core import files
from roadpress.core.files import write_file

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no modes, no SIGKILL, and renames nothing open")


def test_folders_are_made_and_nothing_is_left_beside(tmp_path: Path) -> None:
    write_file(tmp_path / "a" / "b.txt", b"new")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"new"


def test_a_crash_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "b.txt"
    target.write_bytes(b"old")

    def crash(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "replace", crash)
    with pytest.raises(OSError, match="No space left"):
        write_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@posix
def test_modes_and_links_stay(tmp_path: Path) -> None:
    target, link = tmp_path / "real", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640
    write_file(tmp_path / "secret", b"", private=True)
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


@posix
def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_file(tmp_path / "new", b"")
    finally:
        os.umask(mask)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["b.txt", "ж" * 100, "📗" * 60 + ".pdf", "a" * 240, "é" * 127])
def test_the_new_file_beside_it_has_a_name_that_every_system_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    names: list[str] = []
    replace = os.replace
    monkeypatch.setattr(files.os, "replace", lambda old, new: (names.append(Path(old).name), replace(old, new)))
    write_file(tmp_path / name, b"new")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert len(os.fsencode(names[0])) <= 255
    assert names[0].startswith(".")


def test_a_full_disk_names_the_file_that_was_to_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / "b.txt"
    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_file(target, b"new")
    assert (caught.value.errno, caught.value.filename, caught.value.filename2) == (errno.ENOSPC, str(target), None)
    assert list(tmp_path.iterdir()) == []


@posix
def test_what_a_killed_run_left_is_cleaned_by_the_next(tmp_path: Path) -> None:
    target = tmp_path / "b.txt"
    process = multiprocessing.get_context("spawn").Process(target=_write_and_die, args=(target,))
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    (leftover,) = tmp_path.iterdir()
    assert leftover.suffix == ".new"
    others = [".b.txt.short.new", ".b.txt.notes.txt.new", ".c.txt.0123abcd.new", "b.txt.0123abcd.new"]
    for name in others:
        (tmp_path / name).write_bytes(b"somebody's")
    write_file(target, b"new")
    assert {path.name for path in tmp_path.iterdir()} == {"b.txt", *others}
    assert target.read_bytes() == b"new"


def _write_and_die(target: Path) -> None:
    files.os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    write_file(target, b"half")


@posix
def test_what_another_is_writing_is_no_leftover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two writers of one file at once, each in the middle when the other begins: both succeed, one is the last."""
    target = tmp_path / "b.txt"
    both = threading.Barrier(2, timeout=20)
    replace = os.replace

    def slow(old: str, new: Path) -> None:
        both.wait()
        replace(old, new)

    monkeypatch.setattr(files.os, "replace", slow)
    errors: list[BaseException] = []

    def write(data: bytes) -> None:
        try:
            write_file(target, data)
        except BaseException as error:  # noqa: BLE001 - told by the test
            errors.append(error)

    threads = [threading.Thread(target=write, args=(data,)) for data in (b"one", b"two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert target.read_bytes() in (b"one", b"two")
    assert list(tmp_path.iterdir()) == [target]


def test_no_moment_without_a_mask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process's mask is every thread's: a writer that clears it opens what another thread makes just then."""
    monkeypatch.setattr(os, "umask", lambda _: pytest.fail("the mask was changed"))
    write_file(tmp_path / "new", b"")


@posix
def test_windows_before_python_3_13(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fchmod")
    monkeypatch.setitem(__import__("sys").modules, "fcntl", None)
    monkeypatch.setattr(files.sys, "platform", "win32")
    write_file(tmp_path / "b.txt", b"old")
    recent, old = tmp_path / ".b.txt.01234567.new", tmp_path / ".b.txt.89abcdef.new"
    for path, age in ((recent, 5), (old, 500)):
        path.write_bytes(b"half")
        os.utime(path, (time.time() - age,) * 2)
    write_file(tmp_path / "b.txt", b"new")
    assert recent.exists()
    recent.unlink()
    write_file(tmp_path / "secret", b"s", private=True)
    assert (tmp_path / "b.txt").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.txt", "secret"]


class SharingViolationError(PermissionError):
    winerror = 32


def test_windows_lets_nobody_replace_what_another_program_has_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A virus scanner or an indexer has it for a moment; a viewer has it until it is closed."""
    refusals = 3
    replace = os.replace

    def refuse(old: str, new: Path) -> None:
        nonlocal refusals
        refusals -= 1
        if refusals >= 0:
            raise SharingViolationError(errno.EACCES, "The process cannot access the file")
        replace(old, new)

    monkeypatch.setattr(files.sys, "platform", "win32")
    monkeypatch.setattr(files, "_WAITS", (0.001,) * 5)
    monkeypatch.setattr(files.os, "replace", refuse)
    write_file(tmp_path / "b.txt", b"new")
    assert (tmp_path / "b.txt").read_bytes() == b"new"
    refusals = 100
    with pytest.raises(PermissionError) as caught:
        write_file(tmp_path / "b.txt", b"newer")
    assert caught.value.filename == str(tmp_path / "b.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["b.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "con",
        "CON.yaml",
        "nul.pdf",
        "Aux .md",
        "com1.svg",
        "LPT\u00b9.txt",
        "a:b.pdf",
        "what?.pdf",
        "dot.",
        "space ",
        "a\tb",
    ],
)
def test_windows_has_names_that_are_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Elsewhere they are; there a device would be written, another stream of a file, or a file of another name."""
    if os.name == "posix":
        write_file(tmp_path / name, b"fine here")
        (tmp_path / name).unlink()
    monkeypatch.setattr(files.sys, "platform", "win32")
    with pytest.raises(OSError, match="Windows") as caught:
        write_file(tmp_path / name, b"")
    assert caught.value.filename == str(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["console.yaml", "com.pdf", "com10.svg", ".nul", "a.con", "Übersicht (2).pdf"])
def test_windows_takes_names_that_look_like_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(files.sys, "platform", "win32")
    write_file(tmp_path / name, b"new")
    assert (tmp_path / name).read_bytes() == b"new"
