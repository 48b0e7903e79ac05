"""The address and the key of a Planka: from the environment alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ...core.errors import CredentialsError, UsageError
from ..boards.api.http import is_safe

_REMEDY = (
    "Set PLANKA_URL to the address of your Planka, and PLANKA_API_KEY to a key (an administrator makes it), or "
    "PLANKA_TOKEN to a token."
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """A key or a token; neither shows in `repr`."""

    secret: str = field(repr=False)
    is_token: bool = False

    def headers(self) -> dict[str, str]:
        """Return the header that carries it."""
        return {"Authorization": f"Bearer {self.secret}"} if self.is_token else {"X-Api-Key": self.secret}

    def redacted(self, text: str) -> str:
        """Return a text without the secret."""
        return text.replace(self.secret, "•••")


def find(environment: Mapping[str, str]) -> Credentials:
    """Return what the environment has. Raises CredentialsError without repeating what was given."""
    for name in ("PLANKA_API_KEY", "PLANKA_TOKEN"):
        secret = environment.get(name, "").strip()
        if secret:
            if not re.fullmatch(r"[!-~]+", secret):
                raise CredentialsError(f"{name} holds what no key has.", remedy=_REMEDY)
            return Credentials(secret, name == "PLANKA_TOKEN")
    raise CredentialsError("There are no credentials for Planka.", remedy=_REMEDY)


def checked_address(url: str) -> str:
    """Return the address without a final slash; only https, or http on this machine itself. Raises UsageError."""
    if not url:
        raise CredentialsError("There are no credentials for Planka.", remedy=_REMEDY)
    if not is_safe(url):
        raise UsageError(
            "PLANKA_URL must be an https address, or http on this machine itself: the key is sent there.",
            remedy="Give the address of the page where you sign in, without anything behind `?`.",
        )
    return url.rstrip("/")
