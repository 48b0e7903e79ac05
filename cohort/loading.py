"""A cohort's file to values, with every problem of it, of its roster and of its roadmaps at once."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping as MappingType
from collections.abc import Sequence as SequenceType
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..core.conflict_markers import conflict_problems
from ..core.errors import ExitCode, InvalidRoadmap, Problem, RoadpressError
from ..core.learner import folded, one_name
from ..core.model import Pace, Roadmap, SourcePosition
from ..core.roadmap_file import value_parsers
from ..core.roadmap_file.field_reader import FieldReader, is_empty, short
from ..core.roadmap_file.loading import load_bytes
from ..core.roadmap_file.source import Source, decode, read_source
from ..core.roadmap_file.yaml_tree import Mapping, Scalar, Sequence, Tree, parse
from .format import COHORT, LEARNER
from .ids import ids_like, is_id
from .model import FORMAT_VERSION, Cohort, Learner, LoadedCohort, SourceRoadmap

_EMAIL = re.compile(r"[^\s@<>\"',;]{1,64}@[^\s@<>\"',;]{1,255}\Z")


class InvalidCohort(RoadpressError):  # noqa: N818 - it names the files' state, and holds many problems
    """Mistakes in a cohort's file, its roster or its roadmaps: all of them, file by file."""

    exit_code = ExitCode.INVALID

    def __init__(self, parts: SequenceType[InvalidRoadmap]) -> None:
        super().__init__("; ".join(part.message for part in parts))
        self.parts = tuple(parts)
        """Never empty."""

    def lines(self) -> list[str]:
        """Return each problem's sentence, followed by the line itself with a caret under the place."""
        return [line for part in self.parts for line in part.lines()]


def load_cohort(path: Path) -> LoadedCohort:
    """Return a cohort with its roadmaps.

    Raises InvalidCohort with every problem of all its files, RoadpressError when one cannot be read.
    """
    source = read_source(path)
    problems = conflict_problems(source.text, "keep one side of each, and delete these lines")
    if problems:
        raise InvalidCohort([_invalid(source, problems)])
    parsed = parse(source.text)
    reader = _Reader(complete=parsed.complete)
    if parsed.root is None:
        hint = "begin with `roadpress-cohort: 1`, or make one of a class list: `roadpress cohort new ROSTER.csv`"
        raise InvalidCohort([
            _invalid(source, parsed.problems or [Problem(SourcePosition(1, 1), "the file is empty", hint)])
        ])  # fmt: skip
    given = reader.head(parsed.root)
    sources, broken = _roadmaps(path, reader.roadmaps(parsed.root, given))
    shared = Shared(
        reader.value(given.get("start"), value_parsers.parse_date, None),
        reader.pace(given.get("pace")),
        reader.value(given.get("language"), value_parsers.parse_language, ""),
        {name: None if name in broken else _names_in(sources[name].roadmap) for name in (*sources, *broken)},
    )
    title = reader.required_line(parsed.root, given, "title", "the cohort") if given else ""
    listed = given.get("learners")
    parts = [*broken.values()]
    if isinstance(listed, Scalar) and not is_empty(listed):
        learners, wrong = _of_roster(path.parent / listed.value, listed, reader, shared)
        parts += wrong
    else:
        learners = reader.learners(listed, shared)
    cut = parsed.problems[-1].place.line if not parsed.complete else 0
    found = [*parsed.problems, *(problem for problem in reader.problems if problem.place.line != cut)]
    if found:
        parts.insert(0, _invalid(source, found))
    if parts:
        raise InvalidCohort(parts)
    cohort = Cohort(title, path, {name: one.path for name, one in sources.items()}, _told_apart(learners))
    return LoadedCohort(cohort, sources)


class Shared(NamedTuple):
    """What a cohort says for all of its learners."""

    start: date | None
    pace: Pace | None
    language: str
    roadmaps: MappingType[str, frozenset[str] | None]
    """The ids and tags of each roadmap, by its name; None where it does not load."""


def _invalid(source: Source, problems: SequenceType[Problem]) -> InvalidRoadmap:
    return InvalidRoadmap(
        source.path, [problem._replace(source=source.line(problem.place.line)) for problem in problems]
    )


def _roadmaps(path: Path, named: MappingType[str, str]) -> tuple[dict[str, SourceRoadmap], dict[str, InvalidRoadmap]]:
    sources: dict[str, SourceRoadmap] = {}
    broken: dict[str, InvalidRoadmap] = {}
    for name, where in named.items():
        file = path.parent / where
        try:
            data = read_source(file).text.encode()
            sources[name] = SourceRoadmap(
                name, str(file), data, load_bytes(data, str(file)), hashlib.sha256(data).hexdigest()
            )
        except InvalidRoadmap as error:
            broken[name] = error
    return sources, broken


def _names_in(roadmap: Roadmap) -> frozenset[str]:
    return frozenset(name for node in roadmap.walk() for name in (node.id, *node.tags))


def _of_roster(path: Path, named: Tree, reader: _Reader, shared: Shared) -> tuple[list[Learner], list[InvalidRoadmap]]:
    """Return the learners of a table, and what is wrong in it."""
    from .roster import roster_entries

    try:
        data = path.read_bytes()
    except OSError as error:
        reader.problem(named, f"{path} cannot be read: {error.strerror or error}", "name a CSV file beside this one")
        return [], []
    try:
        entries = roster_entries(data)
    except ValueError as error:
        return [], [InvalidRoadmap(str(path), [Problem(SourcePosition(1, 1), str(error).rstrip("."))])]
    own = _Reader()
    learners = own.people([(Scalar("", one.line, 1, '"'), one.trees()) for one in entries], shared)
    if not own.problems:
        return learners, []
    source = decode(data, str(path)) if _is_text(data) else Source(str(path), "")
    return learners, [_invalid(source, own.problems)]


def _is_text(data: bytes) -> bool:
    try:
        decode(data, "")
    except InvalidRoadmap:
        return False
    return True


def _told_apart(learners: SequenceType[Learner]) -> tuple[Learner, ...]:
    """Return learners of whom no two have one name: outputs carry it, and come back by it."""
    counts = Counter(folded(learner.name) for learner in learners)
    return tuple(
        learner._replace(name=f"{learner.name} ({learner.id})") if counts[folded(learner.name)] > 1 else learner
        for learner in learners
    )


class _Reader(FieldReader):
    """Reads a cohort's file, or its roster."""

    def head(self, root: Tree) -> dict[str, Tree]:
        """Return the keys at the top."""
        if isinstance(root, Mapping) and not self._is_cohort(root):
            self.problem(root, "this is no cohort", f"its first key is `roadpress-cohort: {FORMAT_VERSION}`")
            return {}
        given = self.mapping(root, COHORT, "a cohort")
        version = given.get("roadpress-cohort")
        if version is not None and getattr(version, "value", "") != str(FORMAT_VERSION):
            self.problem(version, "this format is not known", f"this roadpress reads format {FORMAT_VERSION}")
        return given

    @staticmethod
    def _is_cohort(root: Mapping) -> bool:
        return any(isinstance(key, Scalar) and key.value == "roadpress-cohort" for key in root.children[::2])

    def roadmaps(self, root: Tree, given: dict[str, Tree]) -> dict[str, str]:
        """Return the roadmaps' paths by their names."""
        tree = given.get("roadmap")
        if isinstance(tree, Mapping):
            return {name: self.line(value) for name, value in self.open_mapping(tree, "roadmap")}
        where = self.required_line(root, given, "roadmap", "the cohort") if given else ""
        return {"": where} if where else {}

    def learners(self, tree: Tree | None, shared: Shared) -> list[Learner]:
        """Return the learners of a list: texts are names, mappings the long form."""
        if tree is None or is_empty(tree):
            return []
        if not isinstance(tree, Sequence) or isinstance(tree, Mapping):
            self.problem(tree, "a list of learners belongs here", "begin each with `- `, or name a table: `roster.csv`")
            return []
        people: list[tuple[Tree, dict[str, Tree]]] = [
            (child, {"name": child} if isinstance(child, Scalar) else self.mapping(child, LEARNER, "a learner"))
            for child in tree.children
        ]
        return self.people(people, shared)

    def people(self, people: SequenceType[tuple[Tree, dict[str, Tree]]], shared: Shared) -> list[Learner]:
        """Return learners of their keys, each with the value that it begins at."""
        names = [one_name(self.line(given.get("name"))) for _, given in people]
        own = [self.line(given.get("id")) for _, given in people]
        derived = [ids_like([name])[0] if name else "" for name in names]
        seen: dict[str, SourcePosition] = {}
        result = []
        for (tree, given), name, id_, like in zip(people, names, own, derived, strict=True):
            if not name and not id_:
                if isinstance(tree, Scalar | Mapping):  # what is neither was told already
                    self.problem(tree, "this learner has no name", "add `name: …`")
                continue
            if id_ and not is_id(id_):
                hint = f"letters and digits, small, joined by `-`: `{ids_like([id_])[0]}`"
                self.problem(given["id"], f"`{short(id_)}` is no id", hint)
                continue
            key = id_ or like
            if key in seen:
                at = given.get("id") or given.get("name") or tree
                why = f"the id `{key}` is that of line {seen[key].line}, too"
                self.problem(at, why, "give each an `id` of its own, so that their progress stays apart")
                continue
            seen[key] = SourcePosition(tree.line, tree.column)
            result.append(self._learner(given, key, name or key, shared))
        return result

    def _learner(self, given: dict[str, Tree], id_: str, name: str, shared: Shared) -> Learner:
        only = next(iter(shared.roadmaps), "")
        roadmap = self.line(given.get("roadmap")) or only
        if roadmap not in shared.roadmaps:
            known = ", ".join(filter(None, shared.roadmaps))
            hint = f"there are: {known}" if known else "the cohort has one, without a name: leave this out"
            self.problem(given["roadmap"], f"`{short(roadmap)}` is none of the cohort's roadmaps", hint)
        return Learner(
            id_,
            name,
            self.value(given.get("email"), _email, ""),
            self.value(given.get("start"), value_parsers.parse_date, None) or shared.start,
            self.pace(given.get("pace")) or shared.pace,
            self.value(given.get("language"), value_parsers.parse_language, "") or shared.language,
            self.each(given.get("skip"), lambda one: self._skipped(one, shared.roadmaps.get(roadmap))),
            roadmap,
        )

    def _skipped(self, tree: Tree, known: frozenset[str] | None) -> str:
        word = self.line(tree)
        if word and known is not None and word not in known:
            near = self.suggestion(word, {name: {} for name in known}, synonyms=False)
            hint = f"did you mean `{near}`?" if near else "`roadpress status --all` shows every id"
            self.problem(tree, f"`{short(word)}` is neither an id nor a tag of the roadmap", hint)
        return word


def _email(text: str) -> str:
    address = text.strip().removeprefix("mailto:")
    if not _EMAIL.match(address) or not address.isprintable():
        raise ValueError("write an address as `ada@example.org`")
    return address
