"""Whatever a reader is given, it ends in a result or in one sentence. `make fuzz` tries for hours what this tries shortly."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers import READERS, document

from roadpress.core.errors import RoadpressError

FINDINGS = sorted((Path(__file__).parents[1] / "data" / "fuzz").glob("*/*"))
"""What was found before, a file each in the folder of its reader."""


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_stays_mended(path: Path) -> None:
    with contextlib.suppress(RoadpressError):
        READERS[path.parent.name].take(path.read_bytes())


@pytest.mark.parametrize("name", READERS)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=3 * settings().max_examples, suppress_health_check=list(HealthCheck))
def test_it_ends_in_a_result_or_in_a_sentence(name: str, seed: int) -> None:
    try:
        READERS[name].take(document(name, Random(seed)))
    except RoadpressError as error:
        assert error.message.isprintable() or "\n" in error.message  # noqa: PT017 - a result is as good


LARGE = {
    "a problem in every line": ("roadmap", "https://[x]/yaitems:\n" * 10_000),
    "lines of nothing": ("markdown", "\n" * 120_000 + "a"),
    "boxes after lines of nothing": ("collect", "\n" * 120_000 + "- [ ] a"),
    "brackets without an end in a name of a column": ("csv", "https://a.b[1]" * 5_000 + ",Hours\n"),
    "spaces in a name of a column": ("csv", "a" + " (" * 30_000 + ",Hours\n"),
    "addresses without an end": ("texts", "http:///xjavascript:x#a" * 5_000),
    "links without an end": ("texts", "- [ ] //[a" * 20_000),
}


@pytest.mark.parametrize("case", LARGE)
def test_what_is_long_and_odd_ends_within_seconds(case: str) -> None:
    name, text = LARGE[case]
    start = time.process_time()
    with contextlib.suppress(RoadpressError):
        READERS[name].take(READERS[name].pack(text))
    assert time.process_time() - start < 10
