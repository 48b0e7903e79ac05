"""Foreign documents to roadmaps."""
