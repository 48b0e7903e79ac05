"""A roadmap file to a checked `Roadmap`."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from ..conflict_markers import conflict_problems
from ..errors import InvalidRoadmap, Problem
from ..model import Roadmap, SourcePosition
from .parser import Reader
from .prerequisites import FormerIds, reference_problems
from .source import Source, decode, read_source
from .yaml_tree import Parsed, has_libyaml, parse


def load(path: str | PathLike[str]) -> Roadmap:
    """Return the roadmap in a file.

    Raises InvalidRoadmap with every problem of the file at once, RoadpressError when it cannot be read.
    """
    return load_source(read_source(Path(path)), lambda roadmap: _former_ids(roadmap, Path(path)))


def _former_ids(roadmap: Roadmap, file: Path) -> dict[str, str]:
    from ..progress.former_ids import former_ids

    return former_ids(roadmap, file)


def load_bytes(data: bytes, path: str) -> Roadmap:
    """Return the roadmap in bytes; `path` is what messages call them. Raises InvalidRoadmap."""
    return load_source(decode(data, path))


def load_source(source: Source, former_ids: FormerIds = lambda _: {}) -> Roadmap:
    """Return the roadmap in a text; `former_ids` are asked where `needs` names an id that is not there.

    Raises InvalidRoadmap.
    """
    problems = conflict_problems(source.text, _CONFLICT_REMEDY)
    if not problems:
        roadmap, problems = _read(source, former_ids)
    if problems:
        from .hand_mistakes import in_plain_words  # only files with mistakes pay for it

        told = in_plain_words(problems, source.text.split("\n"))
        raise InvalidRoadmap(
            source.path, [problem._replace(source=source.line(problem.place.line)) for problem in told]
        )
    return roadmap


def read_with_problems(text: str) -> tuple[Roadmap, list[Problem]]:
    """Return what can be read of a text, and every problem of it. Raises nothing."""
    return _read(Source("", text), lambda _: {})


_CONFLICT_REMEDY = "keep one side of each, or write what both mean, and delete these lines"


def _read(source: Source, former_ids: FormerIds) -> tuple[Roadmap, list[Problem]]:
    parsed = _parsed(source.text)
    if parsed.root is None:
        hint = "begin with `roadpress: 1` and `title: …`, or run `roadpress new`"
        return Roadmap(""), parsed.problems or [Problem(SourcePosition(1, 1), "the file is empty", hint)]
    reader = Reader(source.path, complete=parsed.complete)
    roadmap = reader.roadmap(parsed.root)
    if parsed.complete:
        unmet = reference_problems(roadmap, reader.needs, former_ids)
        return roadmap, [*parsed.problems, *reader.problems, *unmet]
    cut = parsed.problems[-1].place.line  # what stands on the line of a syntax error was never read whole
    return roadmap, [*parsed.problems, *(problem for problem in reader.problems if problem.place.line != cut)]


def _parsed(text: str) -> Parsed:
    if has_libyaml():
        return parse(text)
    from .yaml_pieces import parse_pieces

    return parse_pieces(text)
