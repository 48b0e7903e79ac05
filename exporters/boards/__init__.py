"""Boards of any service: what changes is planned, pushed and pulled here; a target says how its service does it."""
