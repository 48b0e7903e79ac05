"""Books for tests: made, read back, looked at."""

from __future__ import annotations

import io
import subprocess
from datetime import date
from typing import Any

import pypdf
from programs import program

from roadpress.core.model import Roadmap
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import pdf
from roadpress.exporters.contract import Export
from roadpress.exporters.run import run

TODAY = date(2026, 11, 23)


def make(found: Roadmap | Snapshot, **options: object) -> Export:
    """Return the PDF export of a roadmap as its author left it, or of a snapshot."""
    snapshot = found if isinstance(found, Snapshot) else Snapshot.of(found, today=TODAY)
    return run(pdf, "pdf", snapshot, options)


def book(found: Roadmap | Snapshot, **options: object) -> bytes:
    """Return its bytes alone."""
    return make(found, **options).files[0].data


def reader(found: Roadmap | Snapshot, **options: object) -> pypdf.PdfReader:
    """Return it opened by pypdf."""
    return pypdf.PdfReader(io.BytesIO(book(found, **options)))


def boxes_of(opened: pypdf.PdfReader) -> dict[str, Any]:
    """Return the check boxes of a form, by their names."""
    fields = opened.get_fields() or {}
    return {name: field for name, field in fields.items() if field["/FT"] == "/Btn"}


def text_of(data: bytes, *arguments: str) -> str:
    """Return what poppler's pdftotext reads in it."""
    command = [program("pdftotext"), "-q", "-enc", "UTF-8", *arguments, "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
