"""Ticks from a filled PDF: each box against the default that it was printed with.

A check box is on when its value is anything but `/Off` (ISO 32000-1, 12.7.4.2.3). Viewers differ in what they write:
some set the field's value, some only the widget's appearance; whichever differs from the default is what a person did.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timezone
from functools import partial
from typing import Any

from ...core.errors import RoadpressError, UsageError
from ...core.learner import one_name
from ...core.progress.model import State
from ...core.progress.three_way import ReportedTick, ReturnedOutput
from .child import extracted

Extract = Callable[[bytes], Any]
_ALONE: Extract = partial(extracted, "pdf_boxes")


def read_filled(data: bytes, name: str = "this file", *, extract: Extract = _ALONE) -> ReturnedOutput:
    """Return the ticks of a PDF that was made by `roadpress pdf` and filled in any viewer.

    `given` of each leaf is the box's default; `extract` reads the boxes, in a process of its own. Raises UsageError for
    a PDF without boxes, RoadpressError for a damaged or encrypted one.
    """
    try:
        found = extract(data)
    except Exception as error:  # a damaged file may break the reader anywhere
        raise RoadpressError(f"{name} is a damaged PDF.", remedy="Save it again.") from error
    if found["encrypted"]:
        raise RoadpressError(f"{name} is encrypted.", remedy="Save it without a password.")
    leaves = tuple(
        ReportedTick(box, _state(now), _state(given), title=title) for box, given, now, title in found["boxes"]
    )
    if not leaves:
        raise UsageError(
            f"{name} has no boxes to read.",
            remedy="Was it printed to a new PDF, or made with --no-form? Save the filled file itself.",
        )
    learner, title = _about(found["about"], found["learner"])
    made, saved = map(_moment, found["dates"])
    return ReturnedOutput(
        "pdf", leaves, made=made, saved=saved if saved != made else None, learner=learner, title=title
    )


def _about(text: str, learner: str) -> tuple[str, str]:
    """Return learner and title, as `ReturnedOutput` names them; the document's information knows the learner, too."""
    try:
        told = json.loads(text or "{}")
    except (ValueError, RecursionError):
        told = {}
    told = told if isinstance(told, dict) else {}
    return one_name(str(told.get("learner") or learner)), str(told.get("title", ""))


def _state(on: bool) -> State:
    return State.DONE if on else State.OPEN


def _moment(text: str) -> datetime | None:
    moment = datetime.fromisoformat(text) if text else None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=timezone.utc)
