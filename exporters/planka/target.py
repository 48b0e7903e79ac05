"""Planka as a target."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..boards.api.http import requests_sender
from .client import PlankaClient
from .credentials import checked_address, find
from .service import PLANKA
from .transport import Transport

SUMMARY = "A board in a Planka 2 of your own: plan, push, pull"
SERVICE = PLANKA


def connect(
    environment: Mapping[str, str], sleep: Callable[[float], None], stopped: Callable[[], bool]
) -> PlankaClient:
    """Return the calls, with address and key of the environment."""
    address = checked_address(environment.get("PLANKA_URL", "").strip())
    credentials = find(environment)
    send = requests_sender(credentials, address)
    return PlankaClient(Transport(credentials, send, sleep=sleep, stopped=stopped), address)
