"""A made-up language, laid beside the others."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from languages import FOLDER, Write

from roadpress.core.locale import dates, direction, language_file, words


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Return what writes the file of the language `qaa`, which is for private use, into a copy of the templates."""
    shutil.copytree(FOLDER.parent, tmp_path / "templates")
    monkeypatch.setattr(language_file, "get_data", lambda _, path: (tmp_path / path).read_bytes())

    def forget() -> None:
        for module in (language_file, words, dates, direction):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()

    def written(data: dict[str, Any]) -> None:
        (tmp_path / "templates" / "words" / "qaa.json").write_text(json.dumps(data), encoding="utf-8")
        forget()

    yield written
    forget()
