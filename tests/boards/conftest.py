"""What all tests of Trello's board have in common."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True)
def _no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write without waiting for the disk: thousands of pushes are made here."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
