"""Formats that hold a tree: OPML, FreeMind, boards, other roadmaps."""
