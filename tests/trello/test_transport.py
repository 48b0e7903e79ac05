"""The transport: pace, waits, what is tried again, what is said, and where the secrets may not be."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from boards import Bench
from roadmaps import roadmap
from trello_double import Direct, Double, Fault, serve
from trello_double.direct import FakeClock

from roadpress.core.errors import CredentialsError, GaveUpError, RoadpressError, UsageError
from roadpress.exporters.boards.api.errors import AmbiguousError, RefusedError, StoppedError, retry_after
from roadpress.exporters.boards.api.http import Answer, NoAnswerError, requests_sender
from roadpress.exporters.boards.api.rate_limit import RateLimiter
from roadpress.exporters.boards.sync import Settings, run_push
from roadpress.exporters.trello.address import OFFICIAL, board_id, checked_base
from roadpress.exporters.trello.api.client import ApiClient
from roadpress.exporters.trello.api.credentials import Credentials, checked, credentials_path, find, save
from roadpress.exporters.trello.api.retry import Transport

KEY, TOKEN = "k" * 32, "ATTA" + "t" * 72


def transport(send: Any, clock: FakeClock | None = None, **more: Any) -> Transport:
    clock = clock or FakeClock()
    return Transport(Credentials(KEY, TOKEN), send, clock=clock, sleep=clock.sleep, now=lambda: 0.0, **more)


def answers(*given: Answer | Exception) -> Any:
    rest = iter(given)

    def send(*_: Any) -> Answer:
        one = next(rest)
        if isinstance(one, Exception):
            raise one
        return one

    return send


GOOD = Answer(200, {}, "{}")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "trouble",
    [
        NoAnswerError("gone", sent=True),
        NoAnswerError("refused", sent=False),
        Answer(429, {}, "{}"),
        Answer(503, {}, "busy"),
        Answer(504, {}, ""),
        Answer(449, {}, "{}"),
        Answer(200, {}, "<html>"),
        Answer(200, {}, '{"id": "1'),
    ],
)
def test_what_names_absolute_values_is_sent_again(method: str, trouble: Any) -> None:
    it = transport(answers(trouble, trouble, GOOD))
    assert it.request(method, "https://api.trello.com/1/x").json() == {}
    assert it.requests == 3


@pytest.mark.parametrize(
    "trouble",
    [NoAnswerError("gone", sent=True), Answer(502, {}, ""), Answer(200, {}, "<html>"), Answer(200, {}, "")],
)
def test_a_post_without_a_clear_answer_is_not_sent_again(trouble: Any) -> None:
    it = transport(answers(trouble))
    with pytest.raises(AmbiguousError):
        it.request("POST", "https://api.trello.com/1/x", data="{}")
    assert it.requests == 1


@pytest.mark.parametrize("trouble", [NoAnswerError("refused", sent=False), Answer(429, {}, "{}")])
def test_a_post_that_was_never_done_is_sent_again(trouble: Any) -> None:
    it = transport(answers(trouble, GOOD))
    assert it.request("POST", "https://api.trello.com/1/x", data="{}").status_code == 200


def test_it_gives_up() -> None:
    it = transport(answers(*[Answer(503, {}, "")] * 20))
    with pytest.raises(GaveUpError, match="6 times"):
        it.request("GET", "https://api.trello.com/1/x")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("3", 3.0), ("", 10.0), ("soon", 10.0), ("999999", 60.0), ("Thu, 01 Jan 1970 00:00:07 GMT", 7.0), ("-4", 10.0)],
)
def test_a_refusal_is_waited_for_as_it_says(header: str, seconds: float) -> None:
    clock = FakeClock()
    it = transport(answers(Answer(429, {"retry-after": header}, "{}"), GOOD), clock)
    it.request("POST", "https://api.trello.com/1/x", data="{}")
    assert seconds in clock.slept


@pytest.mark.parametrize(
    "value", ["Wed, 21 Oct 2015 07:28:00", "Wed, 99 Oct 2015 07:28:00 GMT", "٣", "1e9", "\x00", "9" * 40]
)
def test_a_nonsense_wait_never_raises(value: str) -> None:
    found = retry_after({"retry-after": value}, 0.0)
    assert found is None or found >= 0


def test_pace_is_even_and_slows_when_others_use_the_allowance() -> None:
    clock = FakeClock()
    pace = RateLimiter(clock, clock.sleep)
    for _ in range(10):
        pace.wait()
    assert clock.now == pytest.approx(1000 + 9 * 10 / 90)
    names = {"interval-ms": "10000", "max": "100", "remaining": "1"}
    pace.learn({f"x-rate-limit-api-token-{name}": value for name, value in names.items()})
    before = clock.now
    pace.wait()
    assert clock.now - before > 2
    pace.learn({"x-rate-limit-api-token-max": "nonsense"})
    pace.learn({f"x-rate-limit-api-token-{name}": "0" for name in names})
    pace.wait()
    assert clock.now - before < 15


def test_a_window_that_others_share_is_never_overrun() -> None:
    clock = FakeClock()
    double = Double(clock=clock)
    it = Transport(Credentials(double.key, double.token), Direct(double), clock=clock, sleep=clock.sleep)
    calls = ApiClient(it)
    for number in range(300):
        if number % 3 == 0:
            double._recent.append(clock.now)  # another program's request
        calls.boards()
    assert double.refused <= 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"key": "x" * 32}, "API key"),
        ({"token": "x" * 64}, "wrong, expired or revoked"),
        ({"can_write": False}, "may only read"),
    ],
)
def test_the_usual_mistakes_have_their_own_sentence(change: Mapping[str, Any], words: str, tmp_path: Path) -> None:
    bench = Bench(tmp_path, roadmap("- title: S"))
    credentials = Credentials(change.get("key", KEY), change.get("token", TOKEN))
    bench.double.can_write = change.get("can_write", True)
    calls = ApiClient(
        Transport(credentials, requests_like(bench.double, credentials), clock=bench.clock, sleep=bench.clock.sleep)
    )
    with pytest.raises(CredentialsError) as caught:
        run_push(bench.wanted, calls, bench.state_file, Settings())
    assert words in caught.value.message
    assert caught.value.exit_code == 3


def requests_like(double: Double, credentials: Credentials) -> Direct:
    direct = Direct(double)
    direct.headers = {"Authorization": credentials.header()}
    return direct


def test_the_secret_in_place_of_the_token_is_named() -> None:
    double = Double()
    it = transport(requests_like(double, Credentials(KEY, double.secret)))
    with pytest.raises(CredentialsError, match="Secret"):
        it.request("GET", "https://api.trello.com/1/members/me")


def test_secrets_are_in_no_message_log_or_traceback(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    caplog.set_level(logging.DEBUG)
    bench = Bench(tmp_path, roadmap("- title: S\n  topics: [a, b]"))
    credentials = Credentials(KEY, TOKEN)
    said = [repr(credentials), str(credentials)]
    with serve(bench.double, {2: Fault.COMMIT_CLOSE, 4: Fault.TRUNCATED}) as url:
        clock = FakeClock()
        it = Transport(credentials, requests_sender(credentials, url), clock=clock, sleep=clock.sleep)
        run_push(bench.wanted, ApiClient(it), bench.state_file, Settings())
        echoing = transport(requests_like(bench.double, credentials))
        for path in (f"/1/nothing?key={KEY}&token={TOKEN}", f"/1/tokens/{TOKEN}", "/1/cards/zz"):
            with pytest.raises(RoadpressError) as caught:  # Trello's own 404 repeats what it was asked
                echoing.request("GET", f"https://api.trello.com{path}")
            said += ["".join(traceback.format_exception(caught.value)), str(caught.value)]
        dead = url
    for address in (dead, "http://127.0.0.1:1"):
        it = Transport(credentials, requests_sender(credentials, address), clock=clock, sleep=clock.sleep)
        with pytest.raises(GaveUpError) as gone:
            it.request("GET", "https://api.trello.com/1/x", params={"key": KEY, "token": TOKEN})
        said.append("".join(traceback.format_exception(gone.value)))
    said += [record.getMessage() for record in caplog.records]
    said += [path.read_text() for path in tmp_path.iterdir()]
    said += [f"{entry.path} {entry.query} {entry.body}" for entry in bench.double.log[:-3]]
    assert any("POST /1/cards" in text for text in said)
    assert said
    for text in said:
        assert KEY not in text
        assert TOKEN not in text


def test_a_netrc_and_proxies_do_not_come_between(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\ndefault login a password b\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    double = Double()
    with serve(double) as url:
        credentials = Credentials(double.key, double.token)
        assert ApiClient(Transport(credentials, requests_sender(credentials, url))).member() == "A Learner"


def test_on_https_a_netrc_does_not_replace_the_header_and_proxies_are_honoured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import requests

    netrc = tmp_path / "netrc"
    netrc.write_text("default login a password b\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    seen: list[Any] = []

    def send(self: Any, request: Any, **more: Any) -> Any:
        seen.append((request.headers["Authorization"], request.url, more["proxies"].get("https"), more["timeout"]))
        response = requests.Response()
        response.status_code, response._content = 200, b"{}"
        return response

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)
    credentials = Credentials(KEY, TOKEN)
    requests_sender(credentials, OFFICIAL)("GET", "/1/x", {"a": "b"}, None)
    ((header, url, proxy, timeout),) = seen
    assert header == credentials.header()
    assert url == "https://api.trello.com/1/x?a=b"
    assert proxy == "http://127.0.0.1:9"
    assert all(timeout)


def test_a_missing_workspace_has_its_remedy() -> None:
    text = '{"message": "Board must be in a team — specify an idOrganization"}'
    with pytest.raises(RefusedError) as caught:
        transport(answers(Answer(400, {}, text))).request("POST", "https://api.trello.com/1/boards", data="{}")
    assert "--workspace" in caught.value.remedy


def test_redirects_are_not_followed() -> None:
    it = transport(answers(Answer(302, {"location": "http://elsewhere/"}, "")))
    with pytest.raises(RefusedError):
        it.request("GET", "https://api.trello.com/1/x")


@pytest.mark.parametrize(
    "url",
    [
        "http://api.trello.com",
        "http://192.168.0.1",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "ftp://127.0.0.1",
        "https://user@api.trello.com",
        "https://",
        "nonsense",
        "http://[::1",
        "https://x/?q=1",
        "http://127.0.0.1:notaport",
    ],
)
def test_the_token_goes_nowhere_in_clear(url: str) -> None:
    with pytest.raises(UsageError, match="TRELLO_API_URL"):
        checked_base(url)


@pytest.mark.parametrize(
    "url", ["https://api.trello.com", "http://127.0.0.1:80/", "http://localhost:1", "http://[::1]:5", "https://proxy/t"]
)
def test_where_it_may_go(url: str) -> None:
    assert checked_base(url) == url.rstrip("/")


def test_a_stop_ends_between_calls() -> None:
    it = transport(answers(GOOD), stopped=lambda: True)
    with pytest.raises(StoppedError) as caught:
        it.request("GET", "https://api.trello.com/1/x")
    assert "Run it again" in caught.value.remedy


class TestCredentials:
    def test_environment_first(self, tmp_path: Path) -> None:
        found = find({"TRELLO_API_KEY": KEY, "TRELLO_TOKEN": f" {TOKEN}\n", "HOME": str(tmp_path)})
        assert (found.key, found.token) == (KEY, TOKEN)

    @pytest.mark.parametrize("name", ["TRELLO_API_KEY", "TRELLO_TOKEN"])
    def test_half_of_them_is_told(self, name: str) -> None:
        with pytest.raises(CredentialsError, match="is not"):
            find({name: "x", "HOME": "/nowhere"})

    def test_a_file_for_its_owner_alone(self, tmp_path: Path) -> None:
        environment = {"XDG_CONFIG_HOME": str(tmp_path)}
        path = credentials_path(environment)
        save(Credentials(KEY, TOKEN), path)
        assert path.stat().st_mode & 0o777 == 0o600
        assert find(environment).token == TOKEN
        path.chmod(0o644)
        with pytest.raises(CredentialsError, match="read by others"):
            find(environment)

    def test_none_and_damaged(self, tmp_path: Path) -> None:
        environment = {"HOME": str(tmp_path)}
        with pytest.raises(CredentialsError, match="no credentials"):
            find(environment)
        path = credentials_path(environment)
        path.parent.mkdir(parents=True)
        for text in ("", "[]", "{}", '{"key": "a b", "token": "c"}', "\xff"):
            path.write_text(text, "latin-1")
            path.chmod(0o600)
            with pytest.raises(CredentialsError):
                find(environment)

    @pytest.mark.parametrize("value", ["a b", "", 'a"b', "a\nb", "a,b", "ключ"])
    def test_what_would_break_the_header_is_refused(self, value: str) -> None:
        with pytest.raises(CredentialsError) as caught:
            checked(KEY, value, "here")
        assert not value or value not in caught.value.message


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        ("https://trello.com/b/AbCd1234/some-name", "AbCd1234"),
        ("trello.com/b/AbCd1234", "AbCd1234"),
        ("AbCd1234", "AbCd1234"),
        (" 5e93ba98614ac22d22f085c4 ", "5e93ba98614ac22d22f085c4"),
    ],
)
def test_a_board_is_named_in_many_ways(word: str, id_: str) -> None:
    assert board_id(word) == id_


@pytest.mark.parametrize(
    "word", ["", "https://evil.example/b/AbCd1234", "../members/me", "https://trello.com/c/AbCd1234"]
)
def test_what_is_no_board(word: str) -> None:
    with pytest.raises(UsageError):
        board_id(word)
