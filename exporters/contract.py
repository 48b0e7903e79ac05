"""What an exporter is.

An exporter is one module (or package) with

* `SUMMARY`: one line for people;
* `Options`: a frozen dataclass, each field made by `option()`; its fields are at once the command's flags, the keys
  under `exports:` in a roadmap, and the keyword arguments of `roadpress.export`;
* `export(snapshot, options) -> Export`: pure; it opens no file, asks no clock, reaches no network;
* `MARKS_NEW = True`, where it shows `Snapshot.is_new`: its command then has `--new-since`;
* `SYNCS = True`, where its output is a place kept in step with the roadmap: `exports:` then takes no filter.

Every command, `exports:` and `roadpress.export` also take `only`, `tag` and `open`: the snapshot is narrowed before the
exporter sees it, and `Snapshot.whole` is the roadmap as it was.

It must give the same bytes for the same snapshot and options, take every roadmap that loads, show titles as text, and
import nothing heavy before `export` is called. New things an exporter may want to know become fields of `Snapshot`, so
that this signature never grows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, NamedTuple, Protocol

from ..core.snapshot import Snapshot


class File(NamedTuple):
    """One file of an export."""

    suffix: str
    """What follows the roadmap's stem in the default name: `.pdf`, `.mindmap.svg`."""
    data: bytes


class Export(NamedTuple):
    """What an exporter returns."""

    files: tuple[File, ...]
    """At least one; the first is the one that `-o FILE` names."""
    notices: tuple[str, ...] = ()
    """Sentences for the person: what was left out, replaced or decided, and the remedy."""


class Exporter(Protocol):
    """The face of an exporter's module."""

    SUMMARY: str
    Options: type[Any]

    def export(self, snapshot: Snapshot, options: Any, /) -> Export:
        """Return the files of one output."""
        ...


def option(
    default: Any,
    help: str,  # noqa: A002 - the word that click and argparse use for it
    *,
    choices: tuple[str, ...] = (),
    minimum: float | None = None,
    maximum: float | None = None,
    metavar: str = "",
    hidden: bool = False,
) -> Any:
    """Return a dataclass field that is at once a flag, a key under `exports:` and a keyword argument.

    The field's annotation gives the type: `bool` (a `--x/--no-x` pair), `str`, `int`, `float`, or `tuple[str, ...]`
    (repeatable on the command line, a list in YAML). `choices` limits a `str` or the members of a tuple; `minimum` and
    `maximum` bound a number, both included.
    """
    metadata: Mapping[str, Any] = {
        "help": help,
        "choices": choices,
        "minimum": minimum,
        "maximum": maximum,
        "metavar": metavar,
        "hidden": hidden,
    }
    return field(default=default, metadata=metadata)
