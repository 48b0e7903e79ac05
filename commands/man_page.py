"""The man page (man(7)), made of the commands themselves, so that it says what they do."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from .. import __version__

_FILES = (
    ("roadmap.yaml", "The roadmap; found here or in a folder above when none is named."),
    ("<stem>.progress.yaml", "What is done, beside the roadmap."),
    ("<stem>.import.yaml", "What the last import was, for merging it again."),
    ("output/", "Where outputs go."),
)
_CODES = (
    "done",
    "something failed",
    "wrong usage, or an invalid roadmap",
    "Trello refused the credentials",
    "Trello gave up; run it again to go on",
    "a person must decide",
)


def man_page(top: click.Context) -> str:
    """Return the page for a command line and all its commands."""
    group = top.command
    assert isinstance(group, click.Group)
    lines = [
        f'.TH ROADPRESS 1 "" "roadpress {__version__}" "User Commands"',
        ".SH NAME",
        f"roadpress \\- {_text(group.get_short_help_str(200))}",
        ".SH SYNOPSIS",
        ".B roadpress",
        "[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGS\\fR]",
        ".SH OPTIONS",
        *_options(group, top),
        ".SH COMMANDS",
        *_commands(group, top, ()),
        ".SH EXIT STATUS",
        *(line for code, says in enumerate(_CODES) for line in (".TP", str(code), _text(says))),
        ".SH FILES",
        *(line for name, says in _FILES for line in (".TP", f".I {_text(name)}", _text(says))),
    ]
    return "\n".join(lines) + "\n"


def _commands(group: click.Group, above: click.Context, names: tuple[str, ...]) -> Iterator[str]:
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        if command is None or command.hidden:
            continue
        context = click.Context(command, info_name=name, parent=above)
        words = (*names, name)
        yield f".SS {_text(' '.join((*words, *command.collect_usage_pieces(context))))}"
        for number, paragraph in enumerate(inspect.cleandoc(command.help or "").split("\n\n")):
            yield from ([".PP"] if number else [])
            yield from _paragraph(paragraph)
        yield from _options(command, context)
        if isinstance(command, click.Group):
            yield from _commands(command, context, words)


def _paragraph(text: str) -> Iterator[str]:
    """Yield a paragraph; one that click leaves as it is, is left so here."""
    if text.startswith("\b"):
        yield ".nf"
        yield from map(_text, text.splitlines()[1:])
        yield ".fi"
    elif text:
        yield _text(" ".join(text.split()))


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for param in command.get_params(context):
        record = param.get_help_record(context)
        is_common = "--help" in param.opts or (context.parent and param.name in ("quiet", "verbose"))
        if record and record[1] and not is_common:
            yield ".TP"
            yield f".B {_text(record[0])}"
            yield _text(record[1])


def _text(words: str) -> str:
    """Return a line as roff reads it: nothing in it is a request, and a hyphen can be copied."""
    line = words.replace("\\", "\\(rs").replace("-", "\\-")
    line = line.replace("…", "...")
    line = "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in line)
    return f"\\&{line}" if line.startswith((".", "'")) else line
