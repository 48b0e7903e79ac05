"""What changed between two roadmaps, and what git knows of a file."""
