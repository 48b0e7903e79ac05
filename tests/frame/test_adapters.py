"""What we use of others without a promise of theirs, each in one adapter: a failure here names the release that broke it."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadpress.core import text
from roadpress.core.markdown_parser import block_tokens, text_parser
from roadpress.exporters.boards.api import http
from roadpress.exporters.typeset import bidi


@contextmanager
def of(package: str) -> Iterator[None]:
    """Name the installed version of a package when what is tested of it does not hold."""
    try:
        yield
    except Exception as error:
        raise AssertionError(
            f"{package} {metadata.version(package)} is not as its adapter knows it: {error}"
        ) from error


def test_a_failure_names_the_version() -> None:
    told = rf"python-bidi {metadata.version('python-bidi')} is not as its adapter"
    with pytest.raises(AssertionError, match=told), of("python-bidi"):
        raise AttributeError("format")


# -- python-bidi: exporters/typeset/bidi.py -------------------------------------------------------------------------

SIMPLE = [
    "שלום",
    "abc שלום def",
    "שלום abc",
    "العربية 12 abc",
    "abc (שלום) 12",
    "שלום, abc!",
    "אב 3.14 גד",
    "a א b ב c",
]


@pytest.mark.parametrize("sample", SIMPLE)
def test_python_bidi_gives_levels_by_its_steps(sample: str) -> None:
    with of("python-bidi"):
        base = int(bidi.is_rtl(sample))
        found = bidi._by_algorithm("".join(map(bidi._known, sample)), base)
        assert found == bidi.levels(sample, base)
        assert [
            level % 2
            for level, char in zip(found, sample, strict=True)
            if unicodedata.bidirectional(char) in ("R", "AL")
        ] == [1 for char in sample if unicodedata.bidirectional(char) in ("R", "AL")]


@pytest.mark.parametrize("sample", SIMPLE)
def test_without_its_insides_plain_texts_are_in_the_same_order(sample: str, monkeypatch) -> None:
    known = bidi.level_runs(sample)
    monkeypatch.setitem(sys.modules, "bidi.algorithm", None)
    monkeypatch.setitem(sys.modules, "bidi", ModuleType("bidi"))
    assert "".join(part[::-1] if level % 2 else part for level, part in bidi.level_runs(sample)) == "".join(
        part[::-1] if level % 2 else part for level, part in known
    )


@given(st.text(st.sampled_from("ab אבשع ١12.,()-\u200d\u202e\u2067"), max_size=30), st.sampled_from([0, 1]))
def test_without_its_insides_every_character_has_a_level(sample: str, base: int) -> None:
    found = bidi._by_direction(sample, base)
    assert len(found) == len(sample)
    assert set(found) <= {0, 1, 2}


# -- markdown-it-py: core/markdown_parser.py ------------------------------------------------------------------------


def test_markdown_it_asks_us_about_every_address() -> None:
    with of("markdown-it-py"):
        asked: list[str] = []
        parser = text_parser(lambda url: bool(asked.append(url)) or not url.startswith("bad:"))
        html = parser.render("[a](bad:1) <bad:2> ![b](bad:3) https://example.org/4 [c](https://example.org/5)")
        assert {url.partition(":")[2][-1] for url in asked} == {"1", "2", "3", "4", "5"}
        assert html.count("<a ") == 2
        assert "<img" not in html
        assert [span.url for span in text.spans("[*a*](javascript:x) [*b*](https://example.org)") if span.url] == [
            "https://example.org"
        ]


def test_markdown_it_leaves_inline_text_and_tells_of_definitions() -> None:
    with of("markdown-it-py"):
        tokens, references = block_tokens(
            "# A *b*\n\n- [c][d]\n\n[d]: https://example.org 'e'\n[D]: https://example.org/2\n", max_nesting=100
        )
        inline = [token for token in tokens if token.type == "inline"]
        assert [token.content for token in inline] == ["A *b*", "[c][d]"]
        assert not any(token.children for token in inline)
        assert references == {"D": ("https://example.org", "e", 5), "D\0000": ("https://example.org/2", "", 6)}


# -- requests and urllib3: exporters/boards/api/http.py -------------------------------------------------------------


def test_urllib3_calls_its_errors_as_we_do() -> None:
    """A name that is not known any more only makes us ask Trello whether a request arrived: it is never sent twice."""
    with of("urllib3"):
        import requests.exceptions
        import urllib3.exceptions

        for name in [*http._REASONS, *http.NEVER_SENT]:
            assert hasattr(urllib3.exceptions, name) or hasattr(requests.exceptions, name), name


def test_an_error_of_another_name_counts_as_sent() -> None:
    import requests

    assert not http._never_sent(requests.ConnectionError(type("RenamedError", (Exception,), {})()))
    assert http._reason(requests.ConnectionError("x")) == "the connection broke"
