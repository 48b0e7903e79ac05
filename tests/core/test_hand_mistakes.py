"""What people who know Markdown, or a word processor, write into YAML, and the sentence that they get."""

from __future__ import annotations

import pytest

from roadpress import cli
from roadpress.core.errors import InvalidRoadmap
from roadpress.core.roadmap_file.loading import load_bytes

HEAD = "roadpress: 1\ntitle: T\nsections:\n  - title: A\n    topics:\n"


def problems(text: str) -> list[str]:
    with pytest.raises(InvalidRoadmap) as caught:
        load_bytes(text.encode(), "r.yaml")
    return [f"{p.place.line}:{p.place.column}: {p.message}; {p.hint}" for p in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "place", "message", "remedy"),
    [
        (HEAD + "      - [ ] box\n", "6:9", "a box of Markdown is no text in YAML", "leave the `[ ]` out: `- box`"),
        (HEAD + "      - a\n      - [x] done it\n", "7:9", "a box of Markdown", "`roadpress tick`"),
        (HEAD + '      - "quoted" and more\n', "6:18", "text goes on after the closing quote", "'\"quoted\" and more'"),
        (HEAD + "      - 'it''s' so\n", "6:17", "text goes on after the closing quote", "\"'it''s' so\""),
        (HEAD + '      - title: "a" b\n', "6:20", "text goes on after the closing quote", "'\"a\" b'"),
        (HEAD + "      -\u00a0nbsp\n", "6:8", "a no-break space (U+00A0)", "an ordinary space"),
        ("roadpress: 1\ntitle: T\nsections:\n  - title: A\n\u00a0\u00a0  topics:\n      - a\n", "5:1", "a no-break space", ""),
        (HEAD + "\u3000\u3000    - a\n", "6:1", "an ideographic space (U+3000)", "an ordinary space"),
        (HEAD + "      - title: a\n        hours: “3h”\n", "7:16", "", "`“` is a typographic quote"),
        ("roadpress: 1\ntitle: T\nlanguage: english\nsections:\n  - A\n", "3:11", "write a language as `en`", ""),
        ("roadpress: 1\ntitle: T\nexports: foo\nsections:\n  - A\n", "3:10", "`exports` must be a mapping", ""),
    ],
)  # fmt: skip
def test_a_mistake_has_its_sentence(text: str, place: str, message: str, remedy: str) -> None:
    found = problems(text)
    assert [line for line in found if line.startswith(f"{place}: ") and message in line and remedy in line], found


def test_what_only_looks_like_one_is_read() -> None:
    lines = ["- title: “a”", "- '[ ] box'", "- '\"quoted\" and more'", "- a\u00a0b", "- it's so", '- say "a" b']
    roadmap = load_bytes((HEAD + "".join(f"      {line}\n" for line in lines)).encode(), "r.yaml")
    assert [leaf.title for leaf in roadmap.leaves()] == [
        "“a”", "[ ] box", '"quoted" and more', "a b", "it's so", 'say "a" b',
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "place", "whole"),
    [
        ("- Learn C # basics", "6:17", '"Learn C # basics"'),
        ("- Chapter #5", "6:17", '"Chapter #5"'),
        ('- title: Say a"b # c', "6:24", r'"Say a\"b # c"'),
    ],
)
def test_a_comment_that_may_have_cut_a_title_is_told(line: str, place: str, whole: str, tmp_path, capsys) -> None:
    file = tmp_path / "r.yaml"
    file.write_text(f"{HEAD}      {line}\n        \n")
    assert cli.main(["check", str(file)]) == 0
    told = capsys.readouterr().err
    assert f"note: {file}:{place}: for YAML the title ends here" in told
    assert whole in told


def test_comments_that_are_meant_and_signs_inside_words_are_not_told(tmp_path, capsys) -> None:
    lines = ["- Learn C  # basics", "- C# basics", "- 'C # basics'", '- "C # basics"', "# - a # b", "- title: A", "  notes: |", "    - A # b", "  hours: 3 # of A"]  # fmt: skip
    file = tmp_path / "r.yaml"
    file.write_text(HEAD + "".join(f"      {line}\n" for line in lines))
    assert cli.main(["check", str(file)]) == 0
    assert "ends here" not in capsys.readouterr().err
