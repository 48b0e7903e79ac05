"""What the checklist saves, read back: its progress file and its link. `docs/checklist.md` describes both forms.

Both are strict: a file or a link with anything strange in it is refused whole, so that nothing of it is lost unseen.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from datetime import date, datetime, timezone
from typing import Any

from ...core.errors import RoadpressError
from ...core.identity.outline import Outline
from ...core.identity.outline_text import parse_outline
from ...core.learner import one_name, same_name
from ...core.model import Roadmap
from ...core.progress.matching import groups_of
from ...core.progress.model import State
from ...core.progress.three_way import ReportedTick, ReturnedOutput
from ...core.text import plain

SOURCE = "checklist"
FORMAT = 1
MAX_BYTES = 64_000_000
"""A file of a hundred thousand ticks, each with a note, is smaller."""
_STATES = {"open": State.OPEN, "done": State.DONE, "skipped": State.SKIPPED}


def read_saved(data: bytes) -> ReturnedOutput:
    """Return the ticks of a progress file that the checklist saved.

    `given` of each leaf is what the page had been built with, so that a three-way merge sees what changed in the page.
    Raises RoadpressError for anything that is not such a file.
    """
    if len(data) > MAX_BYTES:
        raise _bad(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _bad("it is not JSON") from None
    if not isinstance(value, dict) or value.get("roadpress") != "checklist":
        raise _bad("a checklist did not save it")
    version = value.get("format")
    if version != FORMAT:
        raise _bad(f"its format is {version!r}, and this roadpress reads {FORMAT}", remedy="Update roadpress.")
    items, given = _mapping(value, "items"), _mapping(value, "given")
    leaves = tuple(
        _observed(id_, _mapping(items, id_), _mapping(given, id_))
        for id_ in [*items, *(i for i in given if i not in items)]
    )
    made = _day(value, "made")
    return ReturnedOutput(
        SOURCE,
        leaves,
        made=datetime(made.year, made.month, made.day, tzinfo=timezone.utc) if made else None,
        saved=_moment(value, "saved"),
        learner=one_name(_text(value, "learner")),
        title=_text(value, "title"),
        outline=_outline(value),
    )


def read_link(url: str, roadmap: Roadmap, edition: str = "") -> ReturnedOutput:
    """Return the ticks that a checklist's link holds; `url` is the whole address or only what follows its `#`.

    A bit belongs to the leaf at its place in reading order, so the roadmap must have the same leaves as the page had,
    or `edition` must, the outline of an earlier one as lines. Raises RoadpressError for a link without ticks, a damaged
    one, or one of any other edition.
    """
    form, _, rest = url.rpartition("#")[2].strip().partition(".")
    if form != "t1":
        raise RoadpressError(
            "There are no ticks in this link.", remedy='Take the one that the checklist makes: "Link with my ticks".'
        )
    parts = rest.split(".")
    if not 3 <= len(parts) <= 5:
        raise _damaged()
    learner, title = _about(parts[4]) if len(parts) == 5 else ("", "")
    ids = [leaf.id for leaf in roadmap.leaves()]
    outline: Outline = ()
    if _bytes(parts[1]) != check_sum(ids):
        outline = parse_outline(edition.split("\n"))[0]
        groups = groups_of(outline)
        ids = [entry.id for place, entry in enumerate(outline) if place not in groups]
    if _bytes(parts[1]) != check_sum(ids):
        raise RoadpressError(
            f"The ticks in this link belong to {_which(title, roadmap)}.",
            remedy="Open the link in the checklist it was made in, save a progress file there, and collect that.",
        )
    try:
        made = datetime.fromtimestamp(int(parts[0], 36), tz=timezone.utc)
    except (ValueError, OverflowError, OSError):
        raise _damaged() from None
    done, skipped = (_places(bits, len(ids)) for bits in (*parts[2:4], "")[:2])
    if done & skipped:
        raise _damaged()
    return ReturnedOutput(
        SOURCE,
        tuple(
            ReportedTick(id_, State.DONE if place in done else State.SKIPPED)
            for place, id_ in enumerate(ids)
            if place in done or place in skipped
        ),
        saved=made,
        learner=learner,
        title=title,
        outline=outline,
    )


def link_learner(url: str) -> str:
    """Return whose ticks a link holds, without a roadmap; empty when it does not say."""
    form, _, rest = url.rpartition("#")[2].strip().partition(".")
    parts = rest.split(".")
    return _about(parts[4])[0] if form == "t1" and len(parts) == 5 else ""


def _about(text: str) -> tuple[str, str]:
    """Return the learner's name and the roadmap's title that a link carries, a line each."""
    try:
        learner, _, title = _bytes(text).decode().partition("\n")
    except UnicodeDecodeError:
        raise _damaged() from None
    return one_name(learner), " ".join(title.split())


def _which(title: str, roadmap: Roadmap) -> str:
    """Return what a link belongs to whose leaves are not this roadmap's."""
    if not title:
        return "another edition of the roadmap, or to another roadmap"
    if same_name(plain(title), plain(roadmap.title)):
        return "another edition of the roadmap"
    return f"another edition of the roadmap, or to another roadmap, {plain(title)[:100]!r}"


def check_sum(ids: list[str]) -> bytes:
    """Return the CRC-32 (ISO 3309) of the leaves' ids in reading order, joined by line feeds, as UTF-8; big-endian."""
    return zlib.crc32("\n".join(ids).encode("utf-8", "surrogatepass")).to_bytes(4, "big")


def _places(text: str, size: int) -> frozenset[int]:
    """Return the places of the bits that are set; the first leaf's is the highest of the first byte."""
    places = frozenset(
        index * 8 + bit for index, byte in enumerate(_bytes(text)) if byte for bit in range(8) if byte & 128 >> bit
    )
    if places and max(places) >= size:
        raise _damaged()
    return places


def _bytes(text: str) -> bytes:
    """Decode base64url without padding (RFC 4648 §5)."""
    try:
        return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise _damaged() from None


def _observed(id_: str, item: Mapping[str, Any], given: Mapping[str, Any]) -> ReportedTick:
    now = item or given
    before = _state(given, id_) if given else State.OPEN
    note = now.get("note", "")
    if not isinstance(note, str):
        raise _bad(f"the note of {id_!r} is no text")
    title = now.get("title", "")
    if not isinstance(title, str):
        raise _bad(f"the title of {id_!r} is no text")
    return ReportedTick(
        id_,
        _state(now, id_),
        given=before,
        on=_day(now, "on"),
        at=_moment(now, "at"),
        note=note,
        title=title,
    )


def _outline(value: Mapping[str, Any]) -> Outline:
    """Return the outline of the page's roadmap; pages of before it was there have none."""
    lines = value.get("outline", [])
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise _bad("what stands under 'outline' is no list of texts")
    return parse_outline(lines)[0]


def _state(value: Mapping[str, Any], id_: str) -> State:
    try:
        return _STATES[value["state"]]
    except (KeyError, TypeError):
        raise _bad(f"the state of {id_!r} is neither open nor done nor skipped") from None


def _mapping(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key, {})
    if not isinstance(found, dict):
        raise _bad(f"what stands under {key!r} is no object")
    return found


def _text(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key, "")
    if not isinstance(found, str):
        raise _bad(f"what stands under {key!r} is no text")
    return found


def _day(value: Mapping[str, Any], key: str) -> date | None:
    if key not in value:
        return None
    try:
        return datetime.strptime(value[key], "%Y-%m-%d").date()  # noqa: DTZ007 - a day, not a moment
    except (TypeError, ValueError):
        raise _bad(f"{value[key]!r} is not a day") from None


def _moment(value: Mapping[str, Any], key: str) -> datetime | None:
    if key not in value:
        return None
    try:
        return datetime.strptime(value[key], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    except (TypeError, ValueError):
        raise _bad(f"{value[key]!r} is not a moment such as 2027-01-06T19:02:11.000Z") from None


def _bad(why: str, *, remedy: str = 'Take the file that "Save progress …" in the checklist writes.') -> RoadpressError:
    return RoadpressError(f"This is not a progress file of a checklist: {why[:300]}.", remedy=remedy)


def _damaged() -> RoadpressError:
    return RoadpressError("The ticks in this link are damaged.", remedy="Copy the whole link, to its very end.")
