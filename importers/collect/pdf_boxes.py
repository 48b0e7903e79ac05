"""The boxes of a PDF's form as plain values. It may be any file: no object is followed twice."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader

ABOUT = "roadpress:about"
"""The field that says, as JSON, whose the book is and which roadmap's (`exporters.pdfwriter.metadata`)."""
_DEEPEST = 50
_LONGEST = 10_000
"""Characters of a name or title; longer ones are cut, so that a file cannot say one a million times."""
_DATES = ("creation_date", "modification_date")


def extract(data: bytes) -> dict[str, Any]:
    """Return `encrypted`, `boxes` (name, given, now, title of each), `about`, `learner`, and the two `dates`.

    Raises whatever pypdf raises for a damaged file.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of what viewers write; we say what matters
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        return {"encrypted": True}
    about, boxes = "", []
    for name, field, widgets in _fields(reader.trailer["/Root"]):
        if name == ABOUT:
            about = about or _text(field.get("/V"))
        if field.get("/FT") == "/Btn":
            boxes.append(_box(name, field, widgets))
    information: Any = reader.metadata or {}
    return {
        "encrypted": False,
        "boxes": boxes,
        "about": about,
        "learner": _text(information.get("/Learner")),
        "dates": [_moment(information, key) for key in _DATES],
    }


def _fields(catalog: Any) -> Iterator[tuple[str, Any, list[Any]]]:
    """Yield name, dictionary and widgets of each field that has no fields below it."""
    form = _resolved(catalog.get("/AcroForm")) or {}
    stack = [(field, "", 0) for field in reversed(_resolved(form.get("/Fields")) or [])]
    seen: set[int] = set()
    while stack:
        reference, above, depth = stack.pop()
        if number := getattr(reference, "idnum", 0):
            if number in seen:
                continue
            seen.add(number)
        field = _resolved(reference)
        kids = [kid for kid in _resolved(field.get("/Kids")) or [] if getattr(kid, "idnum", 0) not in seen]
        name = _text(field.get("/T"))
        whole = f"{above}.{name}" if above and name else name or above
        widgets = [kid for kid in map(_resolved, kids) if "/T" not in kid]
        if kids and not widgets and depth < _DEEPEST:
            stack.extend((kid, whole, depth + 1) for kid in reversed(kids))
        elif whole:
            yield whole, field, widgets or [field]


def _box(name: str, field: Any, widgets: list[Any]) -> tuple[str, bool, bool, str]:
    given = _is_on(field.get("/DV"))
    shown = [_is_on(field.get("/V"))] if "/V" in field else []
    shown += [_is_on(widget.get("/AS")) for widget in widgets if "/AS" in widget]
    number, _, title = _text(field.get("/TU")).partition(" ")
    return name, given, next((value for value in shown if value is not given), given), title or number


def _is_on(value: Any) -> bool:
    return value is not None and str(_resolved(value)) not in ("/Off", "Off", "")


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _text(value: Any) -> str:
    return str(_resolved(value))[:_LONGEST] if value is not None else ""


def _moment(information: Any, key: str) -> str:
    """Return a date of the document's information, where it has a legible one."""
    try:
        moment = getattr(information, key, None)
        return moment.isoformat() if moment else ""
    except Exception:  # noqa: BLE001 - viewers write dates of their own making
        return ""
