"""What people read, word by word: the brief's roadmap some weeks in."""

from pathlib import Path

import pytest

from roadpress.cli import main

PLAN = "start: 2026-11-30\npace: {hours: 6, per: week, days: [mon, wed, sat], off: [2026-12-24..2027-01-02]}\n"


@pytest.fixture(autouse=True)
def brief(root, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1797336000")  # Tuesday 2026-12-15
    text = (root / "roadmap.yaml").read_text("utf-8")
    Path("roadmap.yaml").write_text(text.replace("\ndescription:", f"\n{PLAN}description:", 1), "utf-8")
    main(["-q", "tick", "1.1-1.2", "--on", "2026-12-02"])
    main(["-q", "tick", "1.3.1", "2.1.1", "--on", "2026-12-12"])
    main(["-q", "skip", "3.6"])


@pytest.mark.parametrize(
    "words",
    [["status"], ["next", "-n", "3"], ["plan", "--weeks", "3"], ["plan", "--finish-by", "2027-03-31", "--weeks", "1"]],
    ids=lambda words: words[0] if len(words) < 4 else "finish-by",
)
def test_words(words, capsys, snapshot, request):
    assert main(words) == 0
    snapshot(capsys.readouterr().out, f"{request.node.callspec.id}.txt")
