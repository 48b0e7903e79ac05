"""Where a browser keeps the ticks of a roadmap: the checklist and the map's page share them."""

from __future__ import annotations

import re
import unicodedata

from ...core.snapshot import Snapshot


def storage_key(snapshot: Snapshot, chosen: str = "") -> str:
    """Return the name under which a browser keeps a roadmap's ticks: the one chosen, else its title, small and plain.

    A page of a part has a name of its own, or it would take the rest for what is no longer in the roadmap.
    """
    if chosen:
        return chosen
    words = unicodedata.normalize("NFKC", f"{snapshot.roadmap.title} {snapshot.narrowed_by}").casefold()
    return re.sub(r"[\W_]+", "-", words).strip("-") or "roadmap"
