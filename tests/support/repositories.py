"""Real git repositories for tests: nobody's settings, fixed people, fixed days."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from programs import program


class Repository:
    """A repository in a folder, with what tests do in it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._git = program("git")
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            monkeypatch.delenv(name)
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        for who in ("AUTHOR", "COMMITTER"):
            settings |= {f"GIT_{who}_NAME": "Nobody", f"GIT_{who}_EMAIL": "nobody@example.org"}
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        self.git("init", "-q", "-b", "main", ".")

    def git(self, *arguments: str, day: str = "2027-01-01") -> str:
        """Run git; `day` is when it commits, at noon, or a whole time."""
        when = day if "T" in day else f"{day}T12:00:00+0000"
        found = subprocess.run(
            [self._git, *arguments], cwd=self.folder, check=True, capture_output=True, text=True, encoding="utf-8",
            env={**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when},
        )  # fmt: skip
        return found.stdout.strip()

    def commit(self, day: str, **texts: str) -> str:
        """Write files, `name=text` with `.yaml` behind the name, commit all, and return the commit's name."""
        for name, text in texts.items():
            (self.folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "A change", day=day)
        return self.git("rev-parse", "HEAD")
