"""`<stem>.import.yaml`: what the last import of each source was, so that the next one takes only what is new.

```yaml
roadpress-import: 1
sources:
  NOTES.md:
    begun: 2027-01-04
    head: {title: 90c1f3a2b4}
    entries: |
      Fundamentals	in=fundamentals .summary=5f0c77a1d2
        What is ML?	in=fundamentals/what-is-ml on=2027-03-01 .hours=77e18b0c44
# The roadmap as it was after that import, …
roadmap: |
  Fundamentals
    What is ML?
```

A line an entry: its title in the source, the id that it has in the roadmap (`in=`, left out where it is not there), the
day on which it came (`on=`, left out where that was the first import) and a digest of each field. Below it the roadmap
as it was after that import, by which an entry is found again whatever its owner did to it since. Only roadpress writes
it; git may merge it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType

from ..conflict_markers import conflict_problems
from ..errors import InvalidRoadmap, Problem, RoadpressError
from ..files import write_file
from ..model import SourcePosition
from ..yaml_text import NO_TEXT, quoted
from .outline import TOP, Outline
from .outline_text import joined_outline, outline_lines, parse_outline, written_title

VERSION = 1


@dataclass(frozen=True, slots=True)
class SourceBase:
    """One source as it was at its last import."""

    outline: Outline = ()
    ids: tuple[str, ...] = ()
    """The id that each entry had in the roadmap; empty where it was not in it."""
    digests: tuple[Mapping[str, str], ...] = ()
    """Digests of each entry's fields, of those that are set."""
    head: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Digests of the roadmap's own fields."""
    begun: str = ""
    """The day of the first import, as ISO 8601; empty where nobody knows."""
    days: tuple[str, ...] = ()
    """The day on which each entry came to the roadmap later, likewise."""


@dataclass(frozen=True, slots=True)
class ImportBase:
    """All that is known of earlier imports into one roadmap."""

    sources: Mapping[str, SourceBase] = field(default_factory=lambda: MappingProxyType({}))
    """By the name of their file."""
    roadmap: Outline = ()
    """The roadmap as it was after the last import."""


_BETWEEN = (
    "# The roadmap as it was after that import, by which each entry is found again whatever you did to it",
    "# since: retitled, moved, with hours and notes of your own. What is no longer to be found you deleted,",
    "# and it stays so.",
)
"""So many lines that git, which joins changes three lines apart, leaves the parts of the file apart."""


def base_path(roadmap: str | Path) -> Path:
    """Return where the base of a roadmap file is: `<stem>.import.yaml` beside it."""
    path = Path(roadmap)
    stem = path.stem if path.suffix.lower() in (".yaml", ".yml") else path.name
    return path.with_name(f"{stem}.import.yaml")


def digest(text: str) -> str:
    """Return ten hexadecimal digits that tell a text from others."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def render_base(base: ImportBase, *, name: str) -> bytes:
    """Return the bytes of a base file; `name` is the roadmap's for its first line."""
    lines = [
        f"# What the last import into {' '.join(name.split())} was: the next one takes what is new since, and leaves",
        "# alone what you changed or deleted. roadpress writes this file; keep it beside the roadmap, in git too.",
        f"roadpress-import: {VERSION}",
        "sources:",
    ]
    for source in sorted(base.sources):
        one = base.sources[source]
        extra = [
            " ".join(
                [
                    *([f"in={id_}"] if id_ else []),
                    *([f"on={day}"] if day else []),
                    *(f".{key}={value}" for key, value in fields.items()),
                ]
            )
            for id_, day, fields in zip(one.ids, one.days or [""] * len(one.ids), _shortened(one), strict=True)
        ]
        head = ", ".join(f"{key}: {_shown(value)}" for key, value in one.head.items())
        lines.append(f"  {quoted(source)}:")
        lines += [f"    begun: {one.begun}"] if one.begun else []
        lines += [f"    head: {{{head}}}", "    entries: |"]
        lines += (f"      {line}" for line in outline_lines(one.outline, extra))
    lines += [*_BETWEEN, "roadmap: |", *(f"  {line}" for line in outline_lines(base.roadmap))]
    return "\n".join([*lines, ""]).encode("utf-8", "backslashreplace")


def _shown(digest_: str) -> str:
    return quoted(digest_) if NO_TEXT.match(digest_) else digest_


def _shortened(source: SourceBase) -> Iterator[Mapping[str, str]]:
    """Yield the digests of each entry, without that of a title that stands before them as it is."""
    for entry, fields in zip(source.outline, source.digests, strict=True):
        if fields.get("title") == digest(written_title(entry.title)):
            yield {key: value for key, value in fields.items() if key != "title"}
        else:
            yield fields


def write_base(path: Path, base: ImportBase, *, name: str) -> None:
    """Replace the file, unless it says the same already. Raises OSError; the old file is then whole."""
    data = render_base(base, name=name)
    try:
        if path.read_bytes() == data:
            return
    except OSError:
        pass
    write_file(path, data)


def read_base(path: Path) -> ImportBase:
    """Return the base in a file, an empty one when there is none.

    What two branches wrote and git joined is read as one: of a doubled entry the first line counts. Raises
    InvalidRoadmap when it is damaged or holds the marks of a conflict, RoadpressError when it cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ImportBase()
    except OSError as error:
        raise RoadpressError(f"{path} cannot be read: {error.strerror or error}.") from None
    return parse_base(data, str(path))


def parse_base(data: bytes, path: str) -> ImportBase:
    """Return the bytes of a base file as a value. Raises InvalidRoadmap."""
    from ..roadmap_file.source import decode
    from ..roadmap_file.yaml_tree import parse

    source = decode(data, path)
    if marks := conflict_problems(source.text, _CONFLICT_REMEDY):
        raise InvalidRoadmap(path, [one._replace(source=source.line(one.place.line)) for one in marks])
    parsed = parse(source.text)
    top = _pairs(parsed.root)
    version = next((tree for key, tree in top if key == "roadpress-import"), None)
    problems = list(parsed.problems)
    if not problems and getattr(version, "value", "") != str(VERSION):
        problems = [
            Problem(
                SourcePosition(1, 1), "this is not a record of imports that this roadpress reads", "update roadpress"
            )
        ]
    if problems:
        hint = "without this file the next import can't tell what you deleted; bring it back from git, or delete it"
        problems = [problem._replace(hint=hint, source=source.line(problem.place.line)) for problem in problems]
        raise InvalidRoadmap(path, problems)
    sources: dict[str, SourceBase] = {}
    roadmap: list[str] = []
    joined = False
    for key, tree in top:
        if key == "sources":
            for name, value in _pairs(tree):
                fields = _pairs(value)
                entries = [line for key_, one in fields if key_ == "entries" for line in _lines(one)]
                head = {
                    name_: str(getattr(one, "value", ""))
                    for key_, t in fields
                    if key_ == "head"
                    for name_, one in _pairs(t)
                }
                begun = min((_day(one) for key_, one in fields if key_ == "begun"), default="")
                sources[name], doubled = _source(entries, head, begun)
                joined |= doubled
        elif key == "roadmap":
            roadmap += _lines(tree)
    named = {id_ for source in sources.values() for id_ in source.ids}
    outline = joined_outline(roadmap, named) if joined else parse_outline(roadmap)[0]
    return ImportBase(MappingProxyType(sources), outline)


_CONFLICT_REMEDY = (
    "delete these lines and keep what is between them; with `*.import.yaml merge=union` in .gitattributes git does "
    "that by itself"
)


def _day(tree: object) -> str:
    """Return a day as it is written, nothing for what is none."""
    try:
        return date.fromisoformat(str(getattr(tree, "value", tree))).isoformat()
    except ValueError:
        return ""


def _source(lines: Iterable[str], head: Mapping[str, str], begun: str) -> tuple[SourceBase, bool]:
    """Return a source, and whether git joined it from two sides."""
    outline, words = parse_outline(lines)
    first: dict[str, int] = {}
    place_of: dict[int, int] = {TOP: TOP}
    kept: list[int] = []
    for place, word in enumerate(words):
        id_ = word.get("in", "")
        if id_ in first:
            place_of[place] = first[id_]
            continue
        place_of[place] = len(kept)
        if id_:
            first[id_] = len(kept)
        kept.append(place)
    found = SourceBase(
        tuple(outline[place]._replace(parent=place_of[outline[place].parent]) for place in kept),
        tuple(words[place].get("in", "") for place in kept),
        tuple(
            {"title": digest(outline[place].title)}
            | {key[1:]: value for key, value in words[place].items() if key.startswith(".")}
            for place in kept
        ),
        head,
        begun,
        tuple(_day(words[place].get("on", "")) for place in kept),
    )
    return found, len(kept) < len(outline)


def _pairs(tree: object) -> list[tuple[str, object]]:
    found = getattr(tree, "pairs", None)
    return [(str(getattr(key, "value", "")), value) for key, value in found()] if found else []


def _lines(tree: object) -> list[str]:
    return str(getattr(tree, "value", "")).split("\n")
