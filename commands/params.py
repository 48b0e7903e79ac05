"""Parameters that several commands share."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import RoadpressError
from ..core.model import Pace
from ..core.roadmap_file.value_parsers import parse_date, parse_pace
from .console import today
from .locating import file_of

if TYPE_CHECKING:  # generic since click 8.3, and only for readers of types
    DayType = click.ParamType[date]
    PaceType = click.ParamType[Pace]
    NodeType = click.ParamType[str]
else:
    DayType = PaceType = NodeType = click.ParamType


class Day(DayType):
    """A day: `2027-01-06`, `today`, `yesterday`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail with what to write."""
        if isinstance(value, date):
            return value
        word = str(value).strip().lower()
        if word in ("today", "yesterday"):
            return today() - timedelta(days=int(word == "yesterday"))
        try:
            return parse_date(word)
        except ValueError as error:
            self.fail(f"{value!r}: {error}", param, ctx)


class PaceWord(PaceType):
    """A pace: `8h/week`."""

    name = "pace"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Pace:
        """Return the pace, or fail with what to write."""
        if isinstance(value, Pace):
            return value
        try:
            return parse_pace(str(value))
        except ValueError as error:
            self.fail(f"{value!r}: {error}", param, ctx)


def learner_option() -> click.Option:
    """Return `--learner`, for what makes outputs."""
    return click.Option(
        ["--learner"], metavar="NAME", help="Whose it is; by default whom the progress file or the roadmap names."
    )


def json_option(what: str = "As JSON, for other programs.") -> click.Option:
    """Return `--json`."""
    return click.Option(["--json", "as_json"], is_flag=True, help=what)


class NodeWord(NodeType):
    """A number, range, id, or part of a title; the shell completes it from the roadmap."""

    name = "node"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:  # noqa: ARG002 - click's signature
        """Return what the word may become."""
        from click.shell_completion import CompletionItem

        from ..core.roadmap_file.loading import load
        from ..core.snapshot.selectors import completions

        try:
            roadmap = load(file_of(ctx))
        except (RoadpressError, OSError):
            return []
        found = completions(roadmap, incomplete.replace("\\ ", " ").strip("'\""))
        return [CompletionItem(_for_shell(word), help=named) for word, named in found]


def _for_shell(word: str) -> str:
    """Return a word as the shell must read it: click's script for bash takes one backslash away, and quotes nothing."""
    if not os.environ.get("_ROADPRESS_COMPLETE", "").startswith("bash"):
        return word
    return re.sub(r"([^\w./,:=+@%-])", r"\\\\\1", word)


def prefer_options(mine: str, theirs: str) -> list[click.Parameter]:
    """Return `--newest`, `--mine` and `--theirs`: who is believed where both sides changed."""
    return [
        click.Option(
            ["--newest", "prefer"], flag_value="newest", default="newest", help="The newest counts (default)."
        ),
        click.Option(["--mine", "prefer"], flag_value="mine", help=mine),
        click.Option(["--theirs", "prefer"], flag_value="theirs", help=theirs),
    ]
