"""A board for each learner: the first in full, the others by copies of it; killed or refused, it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cohorts
import pytest
from trello_double import Double, Fault, serve

from roadpress import cli

LEARNERS = ["Ada Lovelace", {"name": "Bo", "skip": ["math"]}, "عمر الخيام", {"name": "Dee", "start": "2027-02-01"}]


@pytest.fixture
def double(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Double]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", cohorts.EPOCH)
    made = Double(allowance=5000)
    cohorts.write(tmp_path, LEARNERS, "pace: 6h/week\n")
    with serve(made) as url:
        monkeypatch.setenv("TRELLO_API_URL", url)
        monkeypatch.setenv("TRELLO_API_KEY", made.key)
        monkeypatch.setenv("TRELLO_TOKEN", made.token)
        yield made


def push(*words: str) -> int:
    return cli.main(["cohort", "trello", "push", *words])


def names(double: Double) -> list[str]:
    return sorted(board["name"] for board in double.boards.values())


ALL = ["Test – Ada Lovelace", "Test – Bo", "Test – Dee", "Test – عمر الخيام"]


def test_the_first_is_made_in_full_and_the_others_are_copies(
    double: Double, capsys: pytest.CaptureFixture[str]
) -> None:
    assert push("--only", "ada-lovelace") == 0
    whole = len(double.writes)
    assert push("--only", "dee") == 0
    assert 0 < len(double.writes) - whole < whole
    assert push() == 0
    assert names(double) == ALL
    theirs = {
        name: {card["name"] for card in double.cards.values() if double.boards[card["idBoard"]]["name"] == name}
        for name in ALL
    }
    assert any("Calculus" in card for card in theirs["Test – Dee"])
    assert not any("Calculus" in card for card in theirs["Test – Bo"])
    capsys.readouterr()
    before = len(double.writes)
    assert push() == 0
    assert len(double.writes) == before
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert all(line.endswith("as it was") for line in lines)


def test_what_is_refused_for_one_is_theirs_alone_and_the_next_run_goes_on(
    double: Double, capsys: pytest.CaptureFixture[str]
) -> None:
    state = Path("progress/dee.trello.json")
    state.parent.mkdir()
    state.write_text("{")
    assert push() == 1
    out, err = capsys.readouterr()
    assert "dee: " in err
    assert len(out.splitlines()) == 3
    state.unlink()
    assert push() == 0
    assert names(double) == ALL


@pytest.mark.parametrize("at", range(2, 30, 5))
def test_ended_anywhere_it_goes_on_and_makes_nothing_twice(
    double: Double, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    with monkeypatch.context() as patch, serve(double, {at: Fault.COMMIT_CLOSE, at + 1: Fault.BUSY}) as url:
        patch.setenv("TRELLO_API_URL", url)
        push()
    push()
    assert push() == 0
    assert names(double) == ALL


def test_without_credentials_all_ends(monkeypatch: pytest.MonkeyPatch, double: Double) -> None:
    monkeypatch.delenv("TRELLO_TOKEN")
    assert push() == 3
    assert names(double) == []
