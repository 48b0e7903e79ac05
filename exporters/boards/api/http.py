"""One HTTP request and its answer; nothing is tried twice here.

Credentials travel in the `Authorization` header alone, never in an address, where proxies and logs would keep them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from requests import PreparedRequest

TIMEOUTS = (5.0, 35.0)
"""Seconds to connect and to wait for an answer; Trello, for one, gives up after 30."""
_LOOPBACK = re.compile(r"127(\.\d{1,3}){3}\Z|localhost\Z|::1\Z")


class Answer(NamedTuple):
    """What came back; `json` is a method, as of a response."""

    status_code: int
    headers: Mapping[str, str]
    """Names in lower case, or a mapping that does not mind."""
    text: str

    def json(self) -> Any:
        """Return the body as values; ValueError when it is no JSON."""
        return json.loads(self.text)


class Secret(Protocol):
    """What signs requests."""

    def headers(self) -> dict[str, str]:
        """Return the headers that carry it."""


class NoAnswerError(Exception):
    """The connection failed. `sent` tells whether the request may have arrived."""

    def __init__(self, reason: str, *, sent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.sent = sent


Send = Callable[[str, str, Mapping[str, Any], "str | None"], Answer]
"""Method, path with its `/1`, query, JSON body → answer; raises NoAnswerError."""


def is_safe(url: str) -> bool:
    """Whether secrets may be sent to an address: https, or http on this machine itself, and nothing else in it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises ValueError for a port that is none
    except ValueError:
        return False
    secure = parts.scheme == "https" or (parts.scheme == "http" and bool(_LOOPBACK.match(host)))
    return bool(host and secure and not (parts.username or parts.query or parts.fragment))


def requests_sender(credentials: Secret, base: str, timeouts: tuple[float, float] = TIMEOUTS) -> Send:
    """Return a sender that keeps one connection open.

    On https, proxies of the environment are honoured; on loopback the environment is left out altogether. The
    credentials are a request's `auth`, which is what keeps a `.netrc` from replacing them.
    """
    import requests
    from requests.auth import AuthBase

    class Header(AuthBase):
        def __call__(self, request: PreparedRequest) -> PreparedRequest:
            request.headers.update(credentials.headers())
            return request

    if not is_safe(base):
        raise ValueError("secrets would be sent where others can read them")
    base = base.rstrip("/")
    session = requests.Session()
    session.trust_env = base.startswith("https:")
    session.auth = Header()
    session.headers["User-Agent"] = "roadpress"

    def send(method: str, path: str, params: Mapping[str, Any], body: str | None) -> Answer:
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        try:
            response = session.request(
                method,
                base + path,
                params=dict(params),
                data=body.encode() if body is not None else None,
                headers=headers,
                timeout=timeouts,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise NoAnswerError(_reason(error), sent=not _never_sent(error)) from None
        response.encoding = response.encoding or "utf-8"
        return Answer(response.status_code, response.headers, response.text)

    return send


NEVER_SENT = frozenset(("NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ProxyError"))
"""urllib3's classes of such errors: by name, for one that is gone is no reason to fail. Any other may have arrived."""


def _never_sent(error: BaseException) -> bool:
    """Whether a request can't have arrived: refused, no such host, no TLS, no way through the proxy."""
    import requests

    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError | requests.exceptions.ProxyError):
        return True
    return bool(_causes(error) & NEVER_SENT)


def _causes(error: BaseException) -> set[str]:
    """Return the class names of an error and of what it wraps, as requests and urllib3 nest them."""
    names: set[str] = set()
    rest: list[Any] = [error]
    while rest:
        one = rest.pop()
        if isinstance(one, BaseException) and type(one).__name__ not in names:
            names.add(type(one).__name__)
            rest += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
    return names


_REASONS = {
    "NameResolutionError": "the name of the host is not known",
    "ProxyError": "the proxy does not let it through",
    "SSLError": "there is no trusted connection",
    "NewConnectionError": "the connection was refused",
    "ConnectTimeoutError": "there was no connection in time",
    "ReadTimeoutError": "there was no answer in time",
    "ReadTimeout": "there was no answer in time",
    "IncompleteRead": "the answer broke off",
}


def _reason(error: BaseException) -> str:
    """Return why in our own words: the libraries' texts hold addresses, and may hold more."""
    names = _causes(error)
    return next((words for name, words in _REASONS.items() if name in names), "the connection broke")
