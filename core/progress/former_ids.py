"""Which entry had an id before: by the outlines that the files beside a roadmap keep of it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ..errors import RoadpressError
from ..identity.base import base_path, read_base
from ..identity.matching import match
from ..identity.outline import outline_of
from ..model import Roadmap
from .matching import remembered_outline
from .model import progress_path
from .store import read


def former_ids(roadmap: Roadmap, file: Path) -> dict[str, str]:
    """Return former id → present id of what the last import and the progress file know; the latter is the newer."""
    here = outline_of(roadmap)
    found: dict[str, str] = {}
    for outline in (
        lambda: read_base(base_path(file)).roadmap,
        lambda: remembered_outline(read(progress_path(file)), here),
    ):
        with suppress(RoadpressError):
            former = outline()
            found |= {former[old].id: here[new].id for old, new in match(former, here, doubts=False).pairs.items()}
    return found
