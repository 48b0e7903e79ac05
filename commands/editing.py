"""What an editor in a browser asks, and what it is answered: one protocol.

A request is a name and a few plain values; an answer plain values, and files. All of it works on the text that the
request brings, so that nothing but the ticks (the progress file beside `path`) is kept here. It knows no terminal, no
server and no browser: in the web it runs in a worker (`web/`), behind `roadpress edit` on a file (`edited_file.py`).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from ..core.errors import InvalidRoadmap, Problem, RoadpressError, UsageError
from ..core.model import Node, Roadmap
from ..core.progress.model import progress_path
from ..core.roadmap_file.loading import load_bytes
from ..core.snapshot.current import CurrentState, present_of

_MOST_SIGNS = 500
_LONGEST_SIGN = 16
"""Of signs that are drawn: code points of one emoji."""


class Answer(NamedTuple):
    """What a request is answered."""

    values: Mapping[str, Any]
    """What JSON can say."""
    files: tuple[tuple[str, bytes], ...] = ()
    """Names and contents."""


class Editing:
    """A roadmap that is being edited; `path` is where it is, or would be, and names its outputs."""

    def __init__(self, path: Path, today: Callable[[], date], now: Callable[[], datetime]) -> None:
        self._path = path
        self._today = today
        self._now = now
        self._last: tuple[str, Roadmap] | None = None
        self._state_of: tuple[Roadmap, tuple[date, bytes], CurrentState] | None = None
        self._requests: Mapping[str, Callable[[Mapping[str, Any], bytes], Answer]] = {
            "import": self._import,
            "read": self._read,
            "edit": self._edit,
            "export": self._export,
            "bundle": self._bundle,
            "tick": self._tick,
            "progress": self._progress,
            "schema": self._schema,
            "icons": self._icons,
        }

    def answer(self, name: str, given: Mapping[str, Any], data: bytes = b"") -> Answer:
        """Return the answer to a request; `data` is the file that it brings, if any.

        Raises KeyError for a name that is none. What a person can mend is an answer, too:
        `error` has its lines, `problems` the places of mistakes.
        """
        try:
            return self._requests[name](given, data)
        except InvalidRoadmap as error:
            return Answer({"error": error.lines(), "problems": _problems(error)})
        except RoadpressError as error:
            return Answer({"error": error.lines()})

    def _import(self, given: Mapping[str, Any], data: bytes) -> Answer:
        """Return a foreign document as a roadmap, and how each piece of it was understood."""
        from ..core.text import plain
        from ..importers.common.yaml_writer import yaml_text
        from ..importers.explain import explained
        from ..importers.markdown.reader import MarkdownOptions
        from ..importers.registry import read

        keep = given.get("keep_prose") is True
        imported = read(data, str(given.get("name") or "-"), options=MarkdownOptions(keep_prose=keep))
        text = yaml_text(imported.roadmap)
        levels = ("section", "topic", "item")
        kinds = {"told": "note", "out": "left"}
        rows = [
            [
                row.line,
                kinds.get(row.kind) or levels[min(row.depth, 2)],
                row.how,
                "  " * row.depth + (row.text if row.kind == "out" else plain(row.text)),
            ]
            for row in explained(imported)
        ]
        return Answer({"text": text, "understood": rows, "notices": imported.account.notices})

    def _read(self, given: Mapping[str, Any], _: bytes) -> Answer:
        """Return what a roadmap says: its outline, its plan, and what is wrong with it."""
        text = _text(given)
        roadmap = self._loaded(text)
        problems: Sequence[Problem] = ()
        from ..exporters.options import problems_in_file
        from ..exporters.registry import load_exporter

        for name in roadmap.exports:
            problems = [*problems, *problems_in_file(load_exporter(name), name, roadmap)]
        state = self._state(roadmap)
        return Answer(_said(state) | {"problems": [_problem(problem) for problem in problems]})

    def _edit(self, given: Mapping[str, Any], _: bytes) -> Answer:
        """Return the text with one edit of its outline."""
        from ..importers.merging.outline_edits import OutlineEdit, edited

        edit = OutlineEdit(*(str(given.get(key) or "") for key in OutlineEdit._fields))
        text = _text(given)
        known = self._last[1] if self._last and self._last[0] == text else None
        self._last = edited(text, edit, known=known, name=self._path.name)
        return Answer({"text": self._last[0]})

    def _export(self, given: Mapping[str, Any], _: bytes) -> Answer:
        """Return the files of one output."""
        files, notices = self._exported(self._state(self._loaded(_text(given))), str(given.get("output")), given)
        return Answer({"notices": notices}, files)

    def _bundle(self, given: Mapping[str, Any], _: bytes) -> Answer:
        """Return several outputs, and the roadmap itself, in one archive."""
        state = self._state(self._loaded(_text(given)))
        found = {self._path.name: _text(given).encode("utf-8", "surrogatepass")}
        if progress_path(self._path).exists():
            found[progress_path(self._path).name] = progress_path(self._path).read_bytes()
        for output in given.get("outputs") or ():
            found |= dict(self._exported(state, str(output), {})[0])
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in found.items():
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        return Answer({}, ((f"{self._path.stem}.zip", packed.getvalue()),))

    def _exported(
        self, state: CurrentState, output: str, given: Mapping[str, Any]
    ) -> tuple[tuple[tuple[str, bytes], ...], tuple[str, ...]]:
        from ..exporters.registry import load_exporter
        from ..exporters.run import run

        options = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in (given.get("options") or {}).items()
        }
        result = run(load_exporter(output), output, state.snapshot, options)
        return tuple((f"{self._path.stem}{file.suffix}", file.data) for file in result.files), result.notices

    def _tick(self, given: Mapping[str, Any], data: bytes) -> Answer:
        """Take ticks that the checklist reports into the progress file; return that file's text."""
        from ..core.progress.reported import record_reported
        from ..importers.collect.checklist import read_saved

        record_reported(self._path, self._loaded(_text(given)), read_saved(data), now=self._now())
        return self._progress({}, b"")

    def _progress(self, given: Mapping[str, Any], data: bytes) -> Answer:
        """Return the progress file's text; where one is brought, it becomes that, and with `clear` there is none."""
        path = progress_path(self._path)
        if given.get("clear"):
            path.unlink(missing_ok=True)
        if data:
            from ..core.files import write_file
            from ..core.progress.store import parse

            parse(data, path.name)
            write_file(path, data)
        return Answer({"progress": path.read_text("utf-8") if path.exists() else ""})

    def _schema(self, _: Mapping[str, Any], __: bytes) -> Answer:
        """Return the JSON Schema of roadmaps, for completions."""
        from ..core.roadmap_file.schema import schema

        return Answer({"schema": schema()})

    def _icons(self, given: Mapping[str, Any], _: bytes) -> Answer:
        """Return signs as drawings, for an outline in a browser that has no font for them."""
        from ..exporters.html.icons import symbols

        signs = [str(sign) for sign in list(given.get("signs") or ())[:_MOST_SIGNS]]
        return Answer({"symbols": symbols(sign for sign in signs if len(sign) <= _LONGEST_SIGN)})

    def _loaded(self, text: str) -> Roadmap:
        """Return what a text says; of the last one it is remembered, for several outputs are asked of each."""
        if self._last is None or self._last[0] != text:
            self._last = (text, load_bytes(text.encode("utf-8", "surrogatepass"), self._path.name))
        return self._last[1]

    def _state(self, roadmap: Roadmap) -> CurrentState:
        """Return how a roadmap stands today; of the last one it is remembered until something is ticked."""
        progress = progress_path(self._path)
        key = (self._today(), progress.read_bytes() if progress.exists() else b"")
        if self._state_of is None or self._state_of[0] is not roadmap or self._state_of[1] != key:
            self._state_of = (roadmap, key, present_of(roadmap, self._path, today=key[0]))
        return self._state_of[2]


def _text(given: Mapping[str, Any]) -> str:
    text = given.get("text")
    if not isinstance(text, str):
        raise UsageError("The request has no text.")
    return text


def _said(state: CurrentState) -> dict[str, Any]:
    from ..core.locale.direction import direction
    from ..core.text import plain

    snapshot = state.snapshot
    roadmap = snapshot.roadmap
    schedule = snapshot.schedule
    total = snapshot.total
    return {
        "title": plain(roadmap.title),
        "language": roadmap.language,
        "direction": direction(roadmap.language, plain(roadmap.title)),
        "start": roadmap.start.isoformat() if roadmap.start else "",
        "pace": f"{roadmap.pace.hours:g}h/{roadmap.pace.per}" if roadmap.pace else "",
        "simple_pace": not roadmap.pace or roadmap.pace == type(roadmap.pace)(roadmap.pace.hours, roadmap.pace.per),
        "finish": schedule.finish.isoformat() if schedule and schedule.finish else "",
        "weeks": [
            {"first": week.first.isoformat(), "hours": week.hours, "ids": [share.id for share in week.shares]}
            for week in (schedule.weeks if schedule else ())
        ],
        "done": total.done,
        "total": total.total,
        "outline": [_row(node) for node in roadmap.walk()],
        "notices": list(state.notices),
    }


def _row(node: Node) -> list[Any]:
    """Return what the outline shows of an entry: id, number, title as written, depth, kind, hours, flags and line.

    Last come the title's spans, each a text and a letter for each of its styles; none where it has no markup.
    """
    hours = node.hours
    shown = "" if hours is None else f"{hours.low:g}" if hours.low == hours.high else f"{hours.low:g}-{hours.high:g}"
    return [
        node.id,
        node.number,
        node.title,
        node.depth,
        node.kind.value,
        shown,
        node.optional,
        len(node.children),
        node.line,
        node.icon,
        styled(node.title),
    ]


def styled(title: str) -> list[list[str]]:
    """Return a title's spans, each a text and a letter for each of its styles; nothing where it has no markup."""
    from ..core.text import is_plain, spans

    if is_plain(title):
        return []
    letters = (("strong", "b"), ("emphasis", "i"), ("code", "c"), ("strike", "s"), ("url", "u"))
    return [[span.text, "".join(letter for name, letter in letters if getattr(span, name))] for span in spans(title)]


def _problems(error: InvalidRoadmap) -> list[dict[str, Any]]:
    return [_problem(problem) for problem in error.problems]


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "line": problem.place.line,
        "column": problem.place.column,
        "message": problem.message,
        "hint": problem.hint,
    }
