"""The key and the token: from the environment, or from a file that only its owner can read. Never from arguments."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from ....core.errors import CredentialsError
from ....core.files import write_file

KEY_VARIABLE, TOKEN_VARIABLE = "TRELLO_API_KEY", "TRELLO_TOKEN"
APPS_PAGE = "https://trello.com/apps/admin"
_LOGIN = "Run `roadpress trello login`, or set TRELLO_API_KEY and TRELLO_TOKEN."


@dataclass(frozen=True, slots=True)
class Credentials:
    """Key and token; neither shows in `repr`."""

    key: str = field(repr=False)
    token: str = field(repr=False)
    source: str = ""
    """Where they came from, for messages."""

    def header(self) -> str:
        """Return the value of `Authorization` (Trello, "Authorization", passing the token in a header)."""
        return f'OAuth oauth_consumer_key="{self.key}", oauth_token="{self.token}"'

    def headers(self) -> dict[str, str]:
        """Return the headers that carry both."""
        return {"Authorization": self.header()}

    def redacted(self, text: str) -> str:
        """Return a text without the secrets, also where they are percent-encoded."""
        for secret in (self.token, self.key):
            for form in {secret, quote(secret, safe="")}:
                text = text.replace(form, "•••")
        return text


def authorize_url(key: str) -> str:
    """Return the page where a person allows roadpress to read and write, and gets a token."""
    query = {"expiration": "never", "scope": "read,write", "response_type": "token", "name": "roadpress", "key": key}
    return "https://trello.com/1/authorize?" + urlencode(query, safe=",")


def credentials_path(environment: Mapping[str, str]) -> Path:
    """Return the file that `login` writes (XDG Base Directory Specification)."""
    base = environment.get("XDG_CONFIG_HOME") or ""
    folder = Path(base) if Path(base).is_absolute() else Path(environment.get("HOME") or Path.home()) / ".config"
    return folder / "roadpress" / "trello.json"


def find(environment: Mapping[str, str]) -> Credentials:
    """Return the credentials of the environment, else of the file.

    Raises CredentialsError when there are none, when they cannot be such, or when others can read the file.
    """
    key, token = environment.get(KEY_VARIABLE, "").strip(), environment.get(TOKEN_VARIABLE, "").strip()
    if key or token:
        if not key or not token:
            missing, present = (TOKEN_VARIABLE, KEY_VARIABLE) if key else (KEY_VARIABLE, TOKEN_VARIABLE)
            raise CredentialsError(f"{present} is set, {missing} is not.", remedy=_LOGIN)
        return checked(key, token, "the environment")
    path = credentials_path(environment)
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise CredentialsError(f"{path} can be read by others.", remedy=f"Run `chmod 600 {path}`.")
        found = json.loads(path.read_bytes())
        return checked(str(found["key"]), str(found["token"]), str(path))
    except FileNotFoundError:
        raise CredentialsError("There are no credentials for Trello.", remedy=_LOGIN) from None
    except (ValueError, KeyError, TypeError):
        raise CredentialsError(f"{path} does not hold a key and a token.", remedy=_LOGIN) from None


def checked(key: str, token: str, source: str) -> Credentials:
    """Return credentials that may be sent in a header. Raises CredentialsError without repeating what was given."""
    for name, value in (("key", key), ("token", token)):
        if not re.fullmatch(r"[!-~]+", value) or '"' in value or "," in value:
            raise CredentialsError(f"The {name} in {source} holds what no {name} has.", remedy=_LOGIN)
    return Credentials(key, token, source)


def save(credentials: Credentials, path: Path) -> None:
    """Write the file for its owner alone (mode 0600). Raises OSError."""
    data = json.dumps({"key": credentials.key, "token": credentials.token}, indent=2)
    write_file(path, data.encode() + b"\n", private=True)
