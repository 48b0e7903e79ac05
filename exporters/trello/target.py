"""Trello as a target."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..boards.api.http import requests_sender
from ..boards.model.service import TRELLO
from .address import OFFICIAL, checked_base
from .api.client import ApiClient
from .api.credentials import find
from .api.retry import Transport

SUMMARY = "A Trello board: plan, push, pull"
SERVICE = TRELLO


def connect(environment: Mapping[str, str], sleep: Callable[[float], None], stopped: Callable[[], bool]) -> ApiClient:
    """Return the calls, with credentials of the environment or of the file."""
    base = checked_base(environment.get("TRELLO_API_URL") or OFFICIAL)
    credentials = find(environment)
    return ApiClient(Transport(credentials, requests_sender(credentials, base), sleep=sleep, stopped=stopped))
