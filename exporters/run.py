"""Running an exporter: its options read, the snapshot narrowed, then the exporter itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.snapshot import Snapshot
from ..core.snapshot.filtering import narrowed
from .contract import Export, Exporter
from .options import from_keywords


def run(exporter: Exporter, name: str, snapshot: Snapshot, keywords: Mapping[str, Any]) -> Export:
    """Return what an exporter makes of a snapshot, with keywords over the roadmap's `exports:` over its defaults.

    Raises InvalidRoadmap for what the file says wrongly, UsageError for unknown or ill-typed keywords and for a filter
    that leaves nothing it asks for.
    """
    settings = from_keywords(exporter, name, snapshot.roadmap, keywords)
    left = narrowed(snapshot, settings.filter)
    result = exporter.export(left.snapshot, settings.options)
    return result._replace(notices=(*left.notices, *result.notices))
