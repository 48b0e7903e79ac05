"""`roadpress pdf`, `mindmap`, `checklist` and every other exporter's command, made of its options."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from ..core.errors import RoadpressError, UsageError
from ..core.snapshot import Snapshot
from ..exporters.contract import Exporter
from ..exporters.options import OptionSpec, filter_specs, specs, with_format
from ..exporters.registry import load_exporter
from ..exporters.run import run
from .console import Console
from .locating import roadmap_argument
from .outputs import ending_notice, say_written, write_export
from .params import learner_option
from .since import marks_new, new_since_option, with_new
from .snapshots import snapshot_of


def exporter_command(name: str) -> click.Command | None:
    """Return the command of an exporter, or None when nothing has that name."""
    try:
        exporter = load_exporter(name)
    except UsageError:
        return None
    except RoadpressError as error:
        return _broken(name, error)
    parameters: list[click.Parameter] = [
        roadmap_argument(),
        click.Option(
            ["-o", "--output"],
            type=click.Path(path_type=Path, dir_okay=False),
            help="Write here instead of output/, - is standard output."
            + ("" if name == "pdf" else " Further files stand beside it."),
        ),
        *(option_of(spec) for spec in (*specs(exporter.Options), *filter_specs(exporter)) if not spec.hidden),
        learner_option(),
    ]
    if marks_new(exporter):
        parameters.append(new_since_option())

    @click.pass_context
    def call(
        ctx: click.Context,
        /,
        file: Path,
        output: Path | None,
        learner: str | None,
        new_since: date | None = None,
        **options: Any,
    ) -> None:
        given = {
            key: value
            for key, value in options.items()
            if ctx.get_parameter_source(key) is not click.core.ParameterSource.DEFAULT
        }
        run_exporter(ctx.obj, exporter, name, file, output, given, learner=learner, new_since=new_since)

    return click.Command(name, params=parameters, callback=call, help=_sentence(exporter.SUMMARY))


def run_exporter(
    console: Console,
    exporter: Exporter,
    name: str,
    file: Path,
    output: Path | None,
    given: dict[str, Any],
    *,
    learner: str | None = None,
    new_since: date | None = None,
) -> None:
    """Export one output and say what was written."""
    snapshot: Snapshot = with_new(console, snapshot_of(file, learner), file, new_since)
    if output is not None:
        given = with_format(exporter, output.name, given)
    result = run(exporter, name, snapshot, given)
    say_written(console, write_export(result, file, output))
    if output is not None and (contradiction := ending_notice(result, output)):
        console.notice(contradiction)
    for notice in result.notices:
        console.notice(notice)


def _sentence(summary: str) -> str:
    return summary if summary.endswith(".") else f"{summary}."


def _broken(name: str, error: RoadpressError) -> click.Command:
    def fail() -> None:
        raise error

    return click.Command(name, callback=fail, help=error.message)


def option_of(spec: OptionSpec) -> click.Option:
    """Return an option of an exporter as a flag."""
    if spec.type is bool:
        return click.Option([f"--{spec.flag}/--no-{spec.flag}", spec.name], default=spec.default, help=spec.help)
    multiple = spec.type is tuple
    kind: Any
    if spec.choices:
        kind = click.Choice(spec.choices, case_sensitive=False)
    elif spec.type in (int, float) and (spec.minimum is not None or spec.maximum is not None):
        ranged = click.IntRange if spec.type is int else click.FloatRange
        kind = ranged(min=spec.minimum, max=spec.maximum)  # type: ignore[arg-type]  # click types each of the two apart
    else:
        kind = {int: click.INT, float: click.FLOAT}.get(spec.type, click.STRING)
    return click.Option(
        [f"--{spec.flag}", spec.name],
        type=kind,
        default=spec.default,
        multiple=multiple,
        help=spec.help,
        metavar=spec.metavar or None,
        show_default=bool(spec.default) and not multiple,
    )
