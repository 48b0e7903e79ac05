"""`roadpress planka plan`, `push`, `pull`, `boards`."""

from __future__ import annotations

from .boards import target_command

command = target_command("planka")
