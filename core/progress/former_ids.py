"""Which entry had an id before: by the outlines that the files beside a roadmap keep of it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ..errors import RoadpressError
from ..identity.base import base_path, read_base
from ..identity.matching import match
from ..identity.outline import Outline, outline_of
from ..model import Roadmap
from .matching import remembered_outline
from .model import progress_path
from .store import read


def former_ids(roadmap: Roadmap, file: Path) -> dict[str, str]:
    """Return former id → present id of what the last import and the progress file know; the latter is the newer."""
    here = outline_of(roadmap)
    formers: list[Outline] = []
    with suppress(RoadpressError):
        formers.append(read_base(base_path(file)).roadmap)
    with suppress(RoadpressError):
        formers.append(remembered_outline(read(progress_path(file)), here))
    return {
        former[old].id: here[new].id
        for former in formers
        for old, new in match(former, here, doubts=False).pairs.items()
    }
