"""`roadpress import`: a chat answer, a README or another tool's outline to a roadmap."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..core.errors import InvalidRoadmap, RoadpressError, UndecidedError, UsageError, printable
from ..core.text import is_safe_url
from .console import Console, today
from .locating import DEFAULT_FILE
from .streams import print_data

if TYPE_CHECKING:
    from ..core.model import Roadmap
    from ..importers.common.draft import DraftRoadmap, DroppedText, Imported

MAX_BYTES = 64 * 2**20
_TRIVIAL = frozenset(
    (
        "number of a heading",
        "numbers of a list",
        "boxes",
        "HTML tag",
        "HTML comment",
        "joining word",
        "empty cell",
        "table head",
        "anchor",
        "number of a row",
        "read as hours",
        "read as a date",
        "read as optional",
        "sign at the end",
        "mark of a citation",
        "heading of an introduction",
        "title of a link",
        "address of an image",
        "name of a link's address",
        "empty entry",
        "emoji as bullets",
        "link without text",
        "badge",
    )
)
"""What is left out of the summary after an import, for nobody misses it; `--explain` shows it."""


@click.pass_context
def run(
    ctx: click.Context,
    source: str,
    *,
    output: str,
    into: Path | None,
    form: str,
    base: str,
    keep_prose: bool,
    keep: tuple[str, ...],
    skip: tuple[str, ...],
    explain: bool,
    html: Path | None,
    prefer: str,
    prune: bool,
    schema: Path | None,
    dry_run: bool,
    force: bool,
) -> int:
    """Make a roadmap of a chat answer, a README, an outline or a board; `-` reads standard input."""
    from ..importers.markdown.reader import MarkdownOptions
    from ..importers.registry import read

    console: Console = ctx.obj
    if base and not (base.startswith(("http://", "https://")) and is_safe_url(base)):
        raise UsageError("`--base` must be a web address.", remedy="Begin it with `https://`.")
    if schema is not None and into is not None:
        raise UsageError("`--schema` is for a new file.", remedy="Write the line into yours by hand, or leave it out.")
    if html is not None and not explain:
        raise UsageError("`--html` is for `--explain`.", remedy="Give both, or leave it out.")
    data = _bytes(source)
    imported = None
    if into is not None and not form:
        from .import_into import own_roadmap

        imported = own_roadmap(data, source)
    imported = imported or read(data, source, kind=form, options=MarkdownOptions(base, keep_prose, keep, skip))
    if explain:
        return _explain(console, imported, source, html)
    if into is not None:
        from .import_into import run_into

        return run_into(console, imported, source, into, prefer=prefer, prune=prune, dry_run=dry_run)
    text = _text(imported.roadmap, schema, output)
    return _write(console, imported, text, source, output, dry_run=dry_run, force=force)


def _explain(console: Console, imported: Imported, source: str, html: Path | None) -> int:
    from ..importers.explain import explained_lines

    if html is None:
        for notice in imported.account.notices:
            console.notice(notice)
        for line in explained_lines(imported):
            click.echo(line)
        return 0
    from ..core.files import write_file
    from ..importers.explain_page import explain_page

    write_file(html, explain_page(imported, Path(source).name).encode())
    console.say(str(html))
    return 0


def _bytes(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read(MAX_BYTES)
    path = Path(source)
    if path.is_dir():
        raise RoadpressError(f"{source} is a directory.", remedy="Name the file in it.")
    if not path.exists():
        raise RoadpressError(f"There is no file {source}.", remedy="Is the name right? `-` reads standard input.")
    if path.stat().st_size > MAX_BYTES:
        raise RoadpressError(f"{source} has more than {MAX_BYTES // 2**20} MB.", remedy="Is it the right file?")
    return path.read_bytes()


def _text(roadmap: DraftRoadmap, schema: Path | None, output: str) -> str:
    from ..importers.common.yaml_writer import yaml_text

    if schema is None:
        return yaml_text(roadmap)
    if not schema.is_file():
        raise RoadpressError(f"There is no schema {schema}.", remedy=f"Make it with `roadpress schema > {schema}`.")
    folder = Path.cwd() if output == "-" else Path(output).resolve().parent
    try:
        return yaml_text(roadmap, schema=Path(os.path.relpath(schema.resolve(), folder)).as_posix())
    except ValueError:  # on another drive of Windows
        return yaml_text(roadmap, schema=schema.resolve().as_uri())


def _write(
    console: Console, imported: Imported, text: str, source: str, output: str, *, dry_run: bool, force: bool
) -> int:
    from ..core.files import write_file
    from ..core.identity.base import base_path, write_base
    from ..importers.merging import first_base

    roadmap = checked(text, output)
    if output == "-" or dry_run:
        print_data(text)
        report(console, imported)
        return 0
    target = Path(output)
    if target.exists() and not force:
        raise UndecidedError(
            f"{output} is there already.",
            remedy=f"`--into {output}` merges into it, `-o` names another file, `--force` replaces it.",
        )
    write_file(target, text.encode())
    base = first_base(imported.roadmap, roadmap, source=Path(source).name, today=today())
    write_base(base_path(target), base, name=target.name)
    report(console, imported)
    console.say(f"{output}  {counted(roadmap)}")
    return 0


def checked(text: str, path: str) -> Roadmap:
    """Return the roadmap that was written, loaded as a person's would be."""
    from ..core.roadmap_file.loading import load_bytes

    try:
        return load_bytes(text.encode(), path)
    except InvalidRoadmap as error:
        problem = error.problems[0].sentence(path)
        raise AssertionError(f"the importer wrote a roadmap that does not load: {problem}") from error


def counted(roadmap: Roadmap) -> str:
    """Return how much is in a roadmap, in words."""
    leaves = sum(1 for _ in roadmap.leaves())
    topics = sum(len(section.children) for section in roadmap.sections)
    parts = ((len(roadmap.sections), "section"), (topics, "topic"), (leaves, "thing"))
    words = [f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in parts]
    return f"{', '.join(words)} to tick"


def report(console: Console, imported: Imported) -> None:
    """Tell what was decided about the whole, and what was left out."""
    for notice in imported.account.notices:
        console.notice(notice)
    left = [one for one in imported.account.left_out if one.why not in _TRIVIAL and not one.why.startswith("shortcode")]
    if not left:
        return
    kinds: dict[str, list[DroppedText]] = {}
    for one in sorted(left, key=lambda one: one.line):
        kinds.setdefault(one.why, []).append(one)
    for why, found in kinds.items():
        if found[0].line:
            word, places = "lines " if len(found) > 1 else "line ", [str(one.line) for one in found[:6]]
        else:  # boards and outlines have no lines
            word, places = "", [printable(" ".join(one.text.split())[:60]) for one in found[:6]]
        more = f" and {len(found) - 6} more" if len(found) > 6 else ""
        remedy = "; `--base URL` keeps them" if why == "relative address" else ""
        console.notice(f"left out: {why} ({word}{', '.join(places)}{more}){remedy}")
    if kinds:
        console.notice("`--explain` shows how every line was understood")


command = click.Command(
    "import",
    callback=run,
    help=run.__doc__,
    params=[
        click.Argument(["source"], metavar="SOURCE"),
        click.Option(
            ["-o", "--output"], default=DEFAULT_FILE, show_default=True, help="The file to write; `-` prints it."
        ),
        click.Option(
            ["--into"], type=click.Path(path_type=Path), help="Merge into this roadmap; what you added to it stays."
        ),
        click.Option(
            ["--from", "form"],
            default="",
            metavar="FORMAT",
            help="What it is, where its name and its beginning do not tell: markdown, csv, opml …",
        ),
        click.Option(
            ["--base"], default="", metavar="URL", help="What relative links are relative to; else they are left out."
        ),
        click.Option(
            ["--keep"], multiple=True, metavar="SECTION", help="Keep the section of this title, which is left out else."
        ),
        click.Option(["--skip"], multiple=True, metavar="SECTION", help="Leave out the section of this title."),
        click.Option(["--keep-prose"], is_flag=True, help="Keep all paragraphs as notes, however many."),
        click.Option(["--explain"], is_flag=True, help="Show how each line was understood; write nothing."),
        click.Option(
            ["--html"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="With --explain: as a page, the document beside the roadmap.",
        ),
        click.Option(
            ["--tell", "prefer"],
            flag_value="tell",
            default="tell",
            help="With --into: what both you and the source changed stays as you have it, and is told (default).",
        ),
        click.Option(["--mine", "prefer"], flag_value="mine", help="With --into: it stays as you have it, untold."),
        click.Option(["--theirs", "prefer"], flag_value="theirs", help="With --into: it becomes the source's."),
        click.Option(
            ["--prune"], is_flag=True, help="With --into: take out what is gone from the source and you never touched."
        ),
        click.Option(
            ["--schema"],
            type=click.Path(path_type=Path),
            help="Name this JSON Schema in the first line, for editors: `roadpress schema > FILE` makes it.",
        ),
        click.Option(["--dry-run"], is_flag=True, help="Show what would be written; write nothing."),
        click.Option(["--force"], is_flag=True, help="Replace the file when it is there."),
    ],
)
