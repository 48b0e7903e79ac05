"""`roadpress schema`: the JSON Schema of roadmap.yaml."""

from __future__ import annotations

import click

from ..core.roadmap_file.schema import schema_text
from .streams import print_data


def run() -> None:
    """Print the JSON Schema of roadmap.yaml, for editors and validators."""
    print_data(schema_text())


command = click.Command("schema", callback=run, help=run.__doc__)
