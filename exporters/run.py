"""Running an exporter: its options read, the snapshot narrowed, then the exporter itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.snapshot import Snapshot
from ..core.snapshot.filtering import narrowed
from .contract import Export, Exporter
from .missing import told
from .options import from_keywords


def run(exporter: Exporter, name: str, snapshot: Snapshot, keywords: Mapping[str, Any]) -> Export:
    """Return what an exporter makes of a snapshot, with keywords over the roadmap's `exports:` over its defaults.

    Raises InvalidRoadmap for what the file says wrongly, UsageError for unknown or ill-typed keywords and for a filter
    that leaves nothing it asks for, MissingPackageError where a package is not there.
    """
    settings = from_keywords(exporter, name, snapshot.roadmap, keywords)
    left = narrowed(snapshot, settings.filter)
    try:
        result = exporter.export(left.snapshot, settings.options)
    except ModuleNotFoundError as error:
        raise told(error, name) from error
    return result._replace(notices=(*left.notices, *result.notices))
