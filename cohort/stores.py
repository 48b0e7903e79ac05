"""Where outputs go: a folder, or whatever fsspec reaches. `store_at` opens either by its address, on any machine."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from urllib.parse import urlsplit

from ..core.errors import RoadpressError, UsageError
from ..exporters.missing import pip_install

_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_PART = re.compile(r"[^\x00-\x1f/\\:*?\"<>|]+\Z")


class Store(Protocol):
    """A place for files by name, `ada/ada.pdf`; a file is there whole or not at all."""

    def write(self, files: Mapping[str, bytes]) -> None:
        """Replace files. Raises OSError, or what the store's library raises."""
        ...

    def settle(self, folders: Collection[str]) -> None:
        """Return when all that was written is safe from a power cut, and what killed workers left is gone.

        `folders` are those whose files are all written, by all workers.
        """
        ...

    def sizes(self) -> Mapping[str, int]:
        """Return the sizes of all that is there, by name."""
        ...


def store_at(where: str) -> Store:
    """Return the store at a path or URL. Raises UsageError where the URL does not fit, or its library is missing."""
    return _Remote(where) if _URL.match(where) else _Folder(Path(where))


def checked_store(where: str) -> str:
    """Return an address that a job may carry and messages may show. Raises UsageError where it holds a secret."""
    if _URL.match(where):
        parts = urlsplit(where)
        if parts.password or parts.query or (parts.username and parts.scheme.lower() not in ("sftp", "ssh")):
            raise UsageError(
                "The address after --to holds more than a place.",
                remedy="Give credentials by the environment or the provider's own file, never in an address.",
            )
    return where


def checked_name(name: str) -> str:
    """Return a file's name below a store's place. Raises RoadpressError for one that would leave it."""
    parts = PurePosixPath(name).parts
    if not parts or any(part in (".", "..") or not _PART.match(part) for part in parts):
        raise RoadpressError(f"{name!r} is no name for a file below the store.")
    return "/".join(parts)


class _Folder:
    """A folder: each file is written beside the old one and renamed over it, and all of a batch are synced at once."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def write(self, files: Mapping[str, bytes]) -> None:
        for name, data in files.items():
            target = self.place / checked_name(name)
            beside = target.with_name(f".{target.name[:40]}.{os.getpid()}.new")
            try:
                descriptor = _opened(beside)
            except FileNotFoundError:
                target.parent.mkdir(parents=True, exist_ok=True)
                descriptor = _opened(beside)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(data)
                    if not hasattr(os, "sync"):
                        file.flush()
                        os.fsync(file.fileno())
                beside.replace(target)
            except BaseException:
                beside.unlink(missing_ok=True)
                raise

    def settle(self, folders: Collection[str]) -> None:
        """Hand all to the disk at once: a sync a file would take most of the time."""
        for folder in folders:
            for leftover in (self.place / folder).glob(".*.new"):
                leftover.unlink(missing_ok=True)
        if hasattr(os, "sync"):
            os.sync()

    def sizes(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        folders = [(str(self.place), "")]
        while folders:
            folder, prefix = folders.pop()
            try:
                entries = list(os.scandir(folder))
            except FileNotFoundError:
                continue
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    found[prefix + entry.name] = entry.stat().st_size
        return found


def _opened(path: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.open(path, flags, 0o666)


class _Remote:
    """What fsspec reaches: one request a file, several at a time."""

    def __init__(self, where: str) -> None:
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise UsageError(f"{where} needs a package that is not installed.", remedy=pip_install("cloud")) from None
        try:
            system, place = url_to_fs(where)
        except (ImportError, ValueError) as error:
            raise UsageError(f"{where} cannot be reached: {error}.", remedy="Is the address right?") from None
        self.system: Any = system
        self.place = str(place).rstrip("/")

    def write(self, files: Mapping[str, bytes]) -> None:
        """Replace files; an object store has no folders, and shows a file when all of it is there."""
        self.system.pipe({f"{self.place}/{checked_name(name)}": data for name, data in files.items()})

    def settle(self, folders: Collection[str]) -> None:
        """Do nothing: a store that has answered has it, whole."""

    def sizes(self) -> Mapping[str, int]:
        """Return the sizes of all that is there, by one listing."""
        self.system.invalidate_cache()
        try:
            found = self.system.find(self.place, detail=True)
        except FileNotFoundError:
            return {}
        start = len(self.place.lstrip("/")) + 1
        return {path.lstrip("/")[start:]: about.get("size") or 0 for path, about in found.items()}
