"""`roadpress schema`: the JSON Schema of roadmap.yaml."""

from __future__ import annotations

import click

from ..core.roadmap_file.schema import schema_text


def run() -> None:
    """Print the JSON Schema of roadmap.yaml, for editors and validators."""
    click.echo(schema_text(), nl=False)


command = click.Command("schema", callback=run, help=run.__doc__)
