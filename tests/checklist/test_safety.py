"""Hostile titles, notes, links and languages do nothing; nothing leaves the page."""

from __future__ import annotations

import re

import pytest
from conftest import html_of  # noqa: F401
