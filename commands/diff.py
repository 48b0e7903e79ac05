"""`roadpress diff`: what changed between two roadmaps, or since a revision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click

from ..core.errors import ExitCode, RoadpressError, UsageError, printable
from ..core.history import git
from ..core.history.diff import VERBS, Difference, as_data, compare
from ..core.history.diff_words import DiffLine, Piece, lines_of, summary
from ..core.locale.words import Words, words_for
from ..core.model import Roadmap
from ..core.roadmap_file.loading import load, load_bytes, load_source
from .columns import cells
from .console import Console, paint
from .locating import STANDARD_INPUT, file_option, source_at
from .params import json_option
from .streams import print_data, print_json

_COLORS = {"added": "green", "gone": "red", "moved": "cyan", "reordered": "cyan"}
_PAINTED = {"old": "red", "new": "green", "cut": "red", "put": "green"}


class Version(NamedTuple):
    """One side of a comparison."""

    roadmap: Roadmap
    name: str


@click.pass_context
def run(
    ctx: click.Context,
    old: str | None,
    new: str | None,
    file: Path,
    *,
    as_json: bool,
    as_markdown: bool,
    show_all: bool,
    exit_code: bool,
) -> int:
    """Tell what changed between two roadmaps, or two versions of one: OLD and NEW are files or git revisions.

    \b
    roadpress diff                       since the last commit
    roadpress diff HEAD~5                since a revision
    roadpress diff HEAD~5 HEAD           between two
    roadpress diff v1:roadmap.yaml new.yaml
    """
    console: Console = ctx.obj
    if as_json and as_markdown:
        raise UsageError("--json and --markdown exclude each other.", remedy="Leave one of them out.")
    before, after = _sides(old, new, file, is_given=ctx.get_parameter_source("file") is not _DEFAULT)
    found = compare(before.roadmap, after.roadmap)
    language = after.roadmap.language
    if as_json:
        print_json(data_of(found, before.name, after.name))
    elif as_markdown:
        from .diff_markdown import as_markdown as markdown

        text = markdown(found, before.name, after.name, language, ids=console.verbose, everything=show_all)
        print_data(text)
    else:
        for line in text_lines(found, before.name, after.name, language, ids=console.verbose, everything=show_all):
            console.say(line)
    return ExitCode.FAILED if exit_code and found.parts else ExitCode.DONE


_DEFAULT = click.core.ParameterSource.DEFAULT


def _sides(old: str | None, new: str | None, file: Path, *, is_given: bool) -> tuple[Version, Version]:
    """Return what is to be compared; a file among the words also says which one a revision is asked for."""
    if old is not None and new is None and _is_file(old) and _same(Path(old), file, is_given=is_given):
        file, old = Path(old), None
    words = [word for word in (old or "HEAD", new) if word is not None]
    named = [Path(word) for word in words if _is_file(word)]
    of = named[0] if named and not is_given else file
    before, *after = (_version(word, of) for word in words)
    return before, after[0] if after else Version(load(file), str(file))


def _is_file(word: str) -> bool:
    try:
        return Path(word).exists()
    except (OSError, ValueError):  # too long for a name, or with a null in it
        return False


def _same(one: Path, file: Path, *, is_given: bool) -> bool:
    """Whether a file is the roadmap itself, or the only one that is named."""
    return one.resolve() == file.resolve() or not (is_given or file.exists())


def _version(word: str, file: Path) -> Version:
    if Path(word) == STANDARD_INPUT:
        return Version(load_source(source_at(STANDARD_INPUT)), "<stdin>")
    if _is_file(word):
        return Version(load(word), word)
    if ":" not in word and word.lower().endswith((".yaml", ".yml")):
        raise RoadpressError(f"There is no file {word}.", remedy="Is the name right?")
    found = git.version(word, file)
    return Version(load_bytes(found.data, found.name), found.name)


def data_of(difference: Difference, old: str, new: str) -> dict[str, Any]:
    """Return a difference as plain data."""
    return {
        "old": old,
        "new": new,
        "counts": dict(difference.counts),
        "parts": [
            {
                **as_data(part.heading),
                "changes": [{"verbs": [*change.verbs()], **as_data(change)} for change in part.changes],
            }
            for part in difference.parts
        ],
    }


def text_lines(
    difference: Difference, old: str, new: str, language: str = "en", *, ids: bool, everything: bool
) -> Iterator[str]:
    """Yield a difference as lines for a terminal, in the words of a language."""
    words = words_for(language, "diff")
    yield printable(f"{old} → {new}: {summary(difference, language)}")
    for part in difference.parts:
        heading = f"{part.heading.number} {part.heading.title}" if part.heading.number else words["roadmap"]
        yield ""
        yield paint(printable(heading), bold=True) + (_id(part.heading.id) if ids else "")
        for line in lines_of(part, language, everything=everything):
            yield from _told(line, words, ids=ids)


def _told(line: DiffLine, words: Words, *, ids: bool) -> Iterator[str]:
    """Yield a line, and what there is to tell of it: behind it where that is one thing, else below."""
    name, *details = ("".join(_piece(piece, ids=ids) for piece in part) for part in (line.pieces, *line.details))
    if not name and details:
        name = details.pop(0)
    elif len(details) == 1 and line.verb != "retitled":
        name = f"{name}: {details.pop()}"
    width = max(cells(words[verb]) for verb in VERBS) + 2
    verb = paint(words[line.verb], fg=_COLORS.get(line.verb, "yellow"))
    yield f"  {verb}{' ' * (width - cells(words[line.verb]))}{name}".rstrip()
    indent = " " * (2 + width)
    yield from (f"{indent}{detail}" if not line.pieces else f"{indent}  {detail}" for detail in details)
    for ref in line.below:
        yield f"{indent}  {printable(f'{ref.number} {ref.title}')}{_id(ref.id) if ids else ''}"
    if line.more:
        yield f"{indent}  {words.say('and_more', n=line.more)}"


def _piece(piece: Piece, *, ids: bool) -> str:
    text = printable(piece.text)
    if piece.role in ("cut", "put"):  # colour alone says nothing
        text = f"[-{text}-]" if piece.role == "cut" else f"{{+{text}+}}"
    color = _PAINTED.get(piece.role)
    return (paint(text, fg=color) if color else text) + (_id(piece.id) if ids else "")


def _id(name: str) -> str:
    return paint(f" [{name}]", dim=True) if name else ""


command = click.Command(
    "diff",
    callback=run,
    help=run.__doc__,
    params=[
        click.Argument(["old"], required=False),
        click.Argument(["new"], required=False),
        file_option(),
        json_option(),
        click.Option(["--markdown", "as_markdown"], is_flag=True, help="As Markdown, for a pull request."),
        click.Option(["--all", "show_all"], is_flag=True, help="Every entry of what came or went, however many."),
        click.Option(["--exit-code"], is_flag=True, help="End with 1 where something changed, as git diff does."),
    ],
)
