from __future__ import annotations

import os
from pathlib import Path

import pytest


def corpus_folder(root: Path) -> Path:
    return Path(os.environ.get("ROADPRESS_CORPUS", root.parent / "shared" / "corpus"))


@pytest.fixture(scope="session")
def corpus(root: Path) -> Path:
    """The folder of third-party documents, which are no part of the project."""
    folder = corpus_folder(root)
    if not folder.is_dir():
        pytest.skip("no corpus: set ROADPRESS_CORPUS to a folder of Markdown documents")
    return folder
