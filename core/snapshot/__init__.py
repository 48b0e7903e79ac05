"""What an exporter is given, and what is read off it: the roadmap, how far it is done, and when the rest is due."""

from .snapshot import Counts, Snapshot

__all__ = ["Counts", "Snapshot"]
