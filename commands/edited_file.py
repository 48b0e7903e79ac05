"""What `roadpress edit` shows: the page of the web and its protocol (`editing.py`), on a file of this machine.

The page holds the text that is edited, and asks for everything else. Two requests are more than those of the web:
`open` returns the file's text and its version, `save` writes a text in place of the version that it was made of.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timezone
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple

from ..core.errors import RoadpressError, UsageError
from ..core.file_lock import locked
from ..core.files import write_file
from ..core.progress.model import progress_path
from ..core.roadmap_file.source import decode, encode, read_source
from ..exporters.html import edit_page
from .editing import Answer, Editing
from .http_server import HTML, JSON, Content, Event
from .watched import Watched

_REQUESTS = frozenset({"open", "save", "import", "read", "edit", "export", "bundle", "tick", "schema", "icons"})
"""Not `progress`, by which the page in the web keeps its ticks itself: here it would replace a file."""


class FileVersions(NamedTuple):
    """Which versions of the two files there are."""

    roadmap: str
    progress: str


class EditedFile(Watched[FileVersions]):
    """A roadmap's file, edited in a browser; it need not be there yet."""

    command = "edit"
    max_body = 90_000_000
    """Bytes of one request: the largest document that is imported, in base 64."""

    def __init__(
        self,
        path: Path,
        today: Callable[[], date],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self._path = path
        self._editing = Editing(path, today, now)
        self._one = threading.Lock()
        """One request after the other: the editing remembers what it last read."""
        if path.exists():
            read_source(path)  # what cannot be read is told before there is a page
        super().__init__((path, progress_path(path)))

    def get(self, path: str) -> Content | None:
        """Return the page, or what it loads."""
        if path == "/":
            return Content(edit_page.page().encode(), HTML)
        found = edit_page.part(path.removeprefix("/"))
        return Content(found[0], found[1]) if found else None

    def post(self, path: str, body: bytes) -> Content | None:
        """Answer a request of the protocol at `/ask`: its name, what is given, and a file in base 64, as JSON."""
        if path != "/ask":
            return None
        try:
            asked = json.loads(body)
            name, given, data = asked["name"], asked["given"], base64.b64decode(asked["data"], validate=True)
            known = name in _REQUESTS and isinstance(given, dict)
        except (ValueError, TypeError, KeyError, RecursionError):
            known = False
        if not known:
            return Content(b"This is no request of the page.", status=HTTPStatus.BAD_REQUEST)
        answer = self.answer(name, given, data)
        files = [[name, base64.b64encode(data).decode()] for name, data in answer.files]
        return Content(json.dumps({"values": answer.values, "files": files}).encode(), JSON)

    def answer(self, name: str, given: Mapping[str, Any], data: bytes = b"") -> Answer:
        """Return the answer to a request; what a person can mend is one, too."""
        try:
            with self._one:
                if name == "open":
                    return self._open()
                if name == "save":
                    return self._save(given)
                found = self._editing.answer(name, given, data)
                if name == "tick" and "error" not in found.values:
                    return Answer({**found.values, "version": _version(_data(progress_path(self._path)))})
                return found
        except RoadpressError as error:
            return Answer({"error": error.lines()})
        except OSError as error:
            return Answer({"error": [f"{error.filename or self._path}: {error.strerror or error}."]})

    def events(self, version: str) -> Iterator[Event | None]:  # noqa: ARG002 - the page compares by itself
        """Yield the versions of the files, each time that one changes."""
        for seen in self.watch():
            yield Event("files", json.dumps(seen._asdict())) if seen else None

    def _read(self) -> FileVersions:
        return FileVersions(_version(_data(self._path)), _version(_data(progress_path(self._path))))

    def _open(self) -> Answer:
        data = _data(self._path)
        text = decode(data, self._path.name).text.replace("\r\n", "\n") if data is not None else ""
        said = {"text": text, "version": _version(data), "stem": self._path.stem, "file": self._path.name}
        return Answer(said | {"progress": _version(_data(progress_path(self._path)))})

    def _save(self, given: Mapping[str, Any]) -> Answer:
        text = given.get("text")
        if not isinstance(text, str):
            raise UsageError("The request has no text.")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with locked(self._path.parent):
            there = _data(self._path)
            if _version(there) != given.get("version"):
                return Answer({"conflict": True, "version": _version(there)})
            data = encode(text, like=there or b"")
            if data != there:
                write_file(self._path, data)
        return Answer({"version": _version(data)})


def _data(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _version(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()
