"""`roadpress exporters`: what is installed."""

from __future__ import annotations

import click

from ..exporters.registry import BUILT_IN, plug_ins
from .streams import print_json


def run(*, as_json: bool) -> None:
    """List the exporters: ours, and those of installed plug-ins."""
    strangers = plug_ins()
    if as_json:
        listing = [{"name": name, "summary": entry.summary, "from": "roadpress"} for name, entry in BUILT_IN.items()]
        listing += [{"name": name, "summary": "", "from": origin} for name, origin in strangers.items()]
        print_json(listing)
        return
    width = max(len(name) for name in [*BUILT_IN, *strangers])
    for name, entry in BUILT_IN.items():
        click.echo(f"{name:{width}}  {entry.summary}")
    for name, origin in strangers.items():
        click.echo(f"{name:{width}}  from {origin}")


command = click.Command(
    "exporters",
    callback=run,
    help=run.__doc__,
    params=[click.Option(["--json", "as_json"], is_flag=True, help="As a JSON list, for other programs.")],
)
