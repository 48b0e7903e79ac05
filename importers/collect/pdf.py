"""Ticks from a filled PDF: each box against the default that it was printed with.

A check box is on when its value is anything but `/Off` (ISO 32000-1, 12.7.4.2.3). Viewers differ in what they write:
some set the field's value, some only the widget's appearance; whichever differs from the default is what a person did.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from io import BytesIO
from typing import Any, NamedTuple

from ...core.errors import RoadpressError, UsageError
from ...core.learner import one_name
from ...core.progress.model import State
from ...core.progress.three_way import Observed, Returned

ABOUT = "roadpress:about"
"""The field that says, as JSON, whose the book is and which roadmap's (`exporters.pdf.about`)."""
_DEEPEST = 50
_DATES = ("creation_date", "modification_date")


def read_filled(data: bytes, name: str = "this file") -> Returned:
    """Return the ticks of a PDF that was made by `roadpress pdf` and filled in any viewer.

    `given` of each leaf is the box's default. Raises UsageError for a PDF without boxes, RoadpressError for a damaged
    or encrypted one.
    """
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of what viewers write; we say what matters
    try:
        reader = PdfReader(BytesIO(data))
        encrypted = reader.is_encrypted
        fields = [] if encrypted else list(_fields(reader.trailer["/Root"]))
        leaves = tuple(_observed(*field) for field in fields if field.of.get("/FT") == "/Btn")
        about = _about(fields, {} if encrypted else reader.metadata or {})
        made, saved = (None, None) if encrypted else (_moment(reader, key) for key in _DATES)
    except Exception as error:  # a damaged file may break the reader anywhere
        raise RoadpressError(f"{name} is a damaged PDF.", remedy="Save it again.") from error
    if encrypted:
        raise RoadpressError(f"{name} is encrypted.", remedy="Save it without a password.")
    if not leaves:
        raise UsageError(
            f"{name} has no boxes to read.",
            remedy="Was it printed to a new PDF, or made with --no-form? Save the filled file itself.",
        )
    saved = saved if saved != made else None
    learner, title = about.get("learner", ""), about.get("title", "")
    return Returned("pdf", leaves, made=made, saved=saved, learner=learner, title=title)


class _Field(NamedTuple):
    name: str
    of: Any
    """Its dictionary."""
    widgets: list[Any]


def _fields(catalog: Any) -> Iterator[_Field]:
    form = _resolved(catalog.get("/AcroForm")) or {}
    stack = [(field, "", 0) for field in reversed(_resolved(form.get("/Fields")) or [])]
    while stack:
        reference, above, depth = stack.pop()
        field = _resolved(reference)
        kids = _resolved(field.get("/Kids")) or []
        name = _text(field.get("/T"))
        whole = f"{above}.{name}" if above and name else name or above
        widgets = [kid for kid in map(_resolved, kids) if "/T" not in kid]
        if kids and not widgets and depth < _DEEPEST:
            stack.extend((kid, whole, depth + 1) for kid in reversed(kids))
        elif whole:
            yield _Field(whole, field, widgets or [field])


def _about(fields: list[_Field], information: Any) -> dict[str, str]:
    """Return learner and title, as `Returned` names them; the document's information knows the learner, too."""
    values = (_text(field.of.get("/V")) for field in fields if field.name == ABOUT)
    try:
        told = json.loads(next(values, "{}"))
    except (ValueError, RecursionError):
        told = {}
    told = told if isinstance(told, dict) else {}
    learner = one_name(str(told.get("learner") or _text(information.get("/Learner"))))
    return {"learner": learner, "title": str(told.get("title", ""))}


def _observed(name: str, field: Any, widgets: list[Any]) -> Observed:
    default = _is_on(field.get("/DV"))
    seen = [_is_on(field.get("/V"))] if "/V" in field else []
    seen += [_is_on(widget.get("/AS")) for widget in widgets if "/AS" in widget]
    now = next((value for value in seen if value is not default), default)
    number, _, title = _text(field.get("/TU")).partition(" ")
    return Observed(name, _state(now), _state(default), title=title or number)


def _is_on(value: Any) -> bool:
    return value is not None and str(_resolved(value)) not in ("/Off", "Off", "")


def _state(on: bool) -> State:
    return State.DONE if on else State.OPEN


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _text(value: Any) -> str:
    return str(_resolved(value)) if value is not None else ""


def _moment(reader: Any, key: str) -> datetime | None:
    """Return a date of the document's information, where it has a legible one."""
    try:
        moment = getattr(reader.metadata, key, None)
    except Exception:  # noqa: BLE001 - viewers write dates of their own making
        return None
    if not isinstance(moment, datetime):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
