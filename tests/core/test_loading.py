"""What loads, and what a person is told when it does not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import roadpress
from roadpress.core.errors import InvalidRoadmap, RoadpressError
from roadpress.core.model import Hours, Kind, LinkKind, Pace, Roadmap
from roadpress.core.roadmap_file.ids import _shortened, _slug, derive
from roadpress.core.roadmap_file.loading import load, load_bytes
from roadpress.core.roadmap_file.yaml_tree import parse

HEAD = "roadpress: 1\ntitle: T\n"


def read(text: str) -> Roadmap:
    return load_bytes(text.encode(), "r.yaml")


def nodes(text: str) -> Roadmap:
    return read(f"{HEAD}sections:\n  - title: S\n    topics:\n{text}")


def problems(text: str | bytes) -> list[str]:
    with pytest.raises(InvalidRoadmap) as caught:
        load_bytes(text.encode() if isinstance(text, str) else text, "r.yaml")
    assert caught.value.exit_code == 2
    return [problem.sentence("r.yaml") for problem in caught.value.problems]


def test_every_key_of_the_format() -> None:
    roadmap = read(
        """roadpress: 1
title: Machine *Learning*
description: |
  Two lines,
  one paragraph.
author: [Ada, Grace]
language: pt-BR
start: 2027-01-04
pace: {hours: 8, per: week, days: [wed, mon], off: [2026-12-24..2027-01-02, 2027-02-01]}
tags:
  frontend: {title: Frontend, color: blue}
  short: Only a title
exports:
  pdf: {paper: a4, cover: false, count: 3, size: 1.5, none: ~, list: [a, 2]}
sections:
  - title: One
    id: one
    icon: "✅"
    summary: For *everyone*
    tags: [frontend]
    topics:
      - What is ML?
      - title: Key concepts
        notes: |
          - a list
        links:
          - https://example.org
          - {title: Book, url: "https://example.org/b", kind: book}
        hours: 4-8
        needs: [one/what-is-ml]
        due: 2027-02-01
        kind: project
        optional: true
        done: 2027-01-20
        was: [old-id]
        items:
          - Overfitting, `bias`
          - title: Deep
            items: [deeper]
"""
    )
    assert roadmap.authors == ("Ada", "Grace")
    assert roadmap.language == "pt-BR"
    assert roadmap.start == date(2027, 1, 4)
    assert roadmap.pace
    assert roadmap.pace.days == (0, 2)
    assert roadmap.pace.off[0] == (date(2026, 12, 24), date(2027, 1, 2))
    assert roadmap.tags["frontend"].color == "blue"
    assert roadmap.tags["short"].title == "Only a title"
    assert {key: given.value for key, given in roadmap.exports["pdf"].items()} == {
        "paper": "a4", "cover": False, "count": 3, "size": 1.5, "none": None, "list": ["a", 2],
    }  # fmt: skip
    section = roadmap.sections[0]
    assert (section.id, section.icon, section.tags, section.own_id) == ("one", "✅", ("frontend",), True)
    first, topic = section.children
    assert (first.title, first.id, first.number, first.is_leaf) == ("What is ML?", "one/what-is-ml", "1.1", True)
    assert topic.hours == Hours(4, 8)
    assert topic.links[1].kind is LinkKind.BOOK
    assert (topic.kind, topic.optional, topic.done, topic.was) == (Kind.PROJECT, True, date(2027, 1, 20), ("old-id",))
    assert topic.due == date(2027, 2, 1)
    assert [node.number for node in roadmap.walk()] == ["1", "1.1", "1.2", "1.2.1", "1.2.2", "1.2.2.1"]
    assert [node.id for node in roadmap.leaves()][-1] == "one/key-concepts/deep/deeper"
    assert topic.place == (23, 9)


TEXTS = [
    ("- 2024", "2024"),
    ("- yes", "yes"),
    ("- 012", "012"),
    ("- null", "null"),
    ("- ~", "~"),
    ("- 1.50", "1.50"),
    ("- 2027-01-01", "2027-01-01"),
    ("- 'a: b'", "a: b"),
    ('- "tab\\there"', "tab here"),
    ("- two\n        lines", "two lines"),
    ("- title: on", "on"),
    ("- !!str 12", "12"),
    ("- https://example.org/a:b", "https://example.org/a:b"),
]


@pytest.mark.parametrize(("written", "title"), TEXTS)
def test_where_a_text_is_expected_every_scalar_is_its_text(written: str, title: str) -> None:
    assert nodes(f"      {written}\n").sections[0].children[0].title == title


EMPTY = [
    "",
    "sections:\n",
    "sections: []\n",
    "sections: ~\n",
    "sections:\n  - title: S\n    topics:\n",
    "sections: [S]\n",
]


@pytest.mark.parametrize("sections", EMPTY)
def test_sections_and_topics_may_be_empty(sections: str) -> None:
    assert read(HEAD + sections).title == "T"


HOURS = [("6", (6, 6)), ('"4-8"', (4, 8)), ("4–8 h", (4, 8)), ("90m", (1.5, 1.5)), ("2h", (2, 2)), ("1h30", (1.5, 1.5)),
         ("30m-2h", (0.5, 2)), ("0.5", (0.5, 0.5)), ("1 to 2 hours", (1, 2))]  # fmt: skip


@pytest.mark.parametrize(("written", "hours"), HOURS)
def test_hours(written: str, hours: tuple[float, float]) -> None:
    assert nodes(f"      - title: X\n        hours: {written}\n").sections[0].children[0].hours == hours


@pytest.mark.parametrize(
    ("written", "pace"), [("8h/week", Pace(8)), ("90m/day", Pace(1.5, "day")), ("8 per week", Pace(8))]
)
def test_pace(written: str, pace: Pace) -> None:
    assert read(f"{HEAD}pace: {written}\n").pace == pace


def test_ids_come_from_titles_and_never_collide() -> None:
    roadmap = read(
        f"{HEAD}sections:\n  - title: Same\n    topics: [A b, a-B, 'A **b**', 机器学习, ПРИВЕТ, Café, '!!!', "
        f"'[Link](https://x.org/y)']\n  - title: same\n    topics: [x]\n  - title: Other\n    id: same-2\n  - title: X\n    "
        f"topics:\n      - title: Y\n        id: same\n"
    )
    ids = [node.id for node in roadmap.walk()]
    assert len(set(ids)) == len(ids)
    assert ids == [
        "same-3", "same-3/a-b", "same-3/a-b-2", "same-3/a-b-3", "same-3/机器学习", "same-3/привет", "same-3/cafe",
        "same-3/item", "same-3/link", "same-4", "same-4/x", "same-2", "x", "same",
    ]  # fmt: skip


def test_an_id_used_again_through_an_alias() -> None:
    found = problems(
        HEAD + "sections:\n  - title: A\n    topics: &t [{title: B, id: b}]\n  - title: C\n    topics: *t\n"
    )
    assert found == ["r.yaml:5:32: the id `b` is used twice, first in line 5; change one of them"]


def test_long_titles_give_short_ids() -> None:
    node = nodes(f"      - {'word ' * 2000}\n      - {'x' * 5000}\n").sections[0].children
    assert node[0].id == "s/" + "-".join(["word"] * 12)
    assert node[1].id == "s/" + "x" * 60
    assert len(node[1].title) == 5000


def test_anchors_and_merge_keys() -> None:
    roadmap = nodes(
        "      - &a {title: A, hours: 2, tags: [t]}\n      - {<<: *a, title: B}\n      - title: C\n        items: &i [x, y]\n"
        "      - title: D\n        items: *i\n"
    )
    a, b, c, d = roadmap.sections[0].children
    assert (b.title, b.hours, b.tags) == ("B", a.hours, a.tags)
    assert [node.title for node in d.children] == [node.title for node in c.children]


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(encoding: str) -> None:
    assert load_bytes(f"{HEAD}sections: [🎯 Ziel]\n".encode(encoding), "r.yaml").sections[0].title == "🎯 Ziel"


def test_crlf() -> None:
    assert read((HEAD + "sections:\n  - a\n  - b\n").replace("\n", "\r\n")).sections[1].title == "b"


def section(lines: str) -> str:
    return f"{HEAD}sections:\n  - title: S\n{lines}\n"


WRONG = [
    ("", "r.yaml:1:1: the file is empty; begin with `roadpress: 1` and `title: …`, or run `roadpress new`"),
    ("# only a comment\n", "r.yaml:1:1: the file is empty; begin with"),
    ("- a\n", "r.yaml:1:1: this file holds a list at the top; begin with `roadpress: 1` and `title: …`"),
    ("text\n", "r.yaml:1:1: this file holds a text at the top"),
    ("title: T\n", "r.yaml:1:1: `roadpress`, the format's version, is missing; begin the file with `roadpress: 1`"),
    ("roadpress: 2\ntitle: T\n", "r.yaml:1:12: this is a format that this roadpress does not know"),
    ("roadpress: 1\n", "r.yaml:1:1: the roadmap has no `title`; add `title: …`"),
    (HEAD + "topics: []\n", "r.yaml:3:1: `topics` is no key of a roadmap; it may have:"),
    (HEAD + "autor: x\n", "r.yaml:3:1: `autor` is no key of a roadmap; did you mean `author`?"),
    (HEAD + "sections: x\n", "r.yaml:3:11: a list of nodes belongs here; begin each entry with `- `"),
    (HEAD + "title: again\n", "r.yaml:3:1: the key `title` stands twice; keep one"),
    (HEAD + "language: e n\n", "r.yaml:3:11: `e n` does not fit here; write a language as `en`, `pt-BR` or `zh-Hans`"),
    (HEAD + "start: 2027-02-30\n", "r.yaml:3:8: `2027-02-30` does not fit here; there is no such day in the calendar"),
    (HEAD + "pace: 0h/week\n", "r.yaml:3:7: `0h/week` does not fit here; a week of a pace has more than 0"),
    (HEAD + "pace: {per: week}\n", "r.yaml:3:7: this pace has no `hours`; add `hours: 8`"),
    (HEAD + "pace: {hours: 8, days: [mon, mun]}\n", "r.yaml:3:30: `mun` is no days; did you mean `sun`?"),
    (HEAD + "tags: {a: {color: purpel}}\n", "r.yaml:3:19: `purpel` is no color"),
    (section("    topic: [a]"), "r.yaml:5:5: `topic` is no key of a section; did you mean `topics`?"),
    (section("    topics:\n      - Types: a, b"), 'put it in quotes: `- "Types: a, b"`'),
    (section("    topics:\n      - Basics:\n          - a"), "write `title: Basics`, and the list under `items:`"),
    (section("    topics:\n      - [a, b]"), "r.yaml:6:9: a list stands directly in a list"),
    (section("    topics:\n      - title: X\n        subtopics: [a]"), "did you mean `items`?"),
    (section("    topics:\n      - "), "r.yaml:6:8: this topic is empty"),
    (section("    topics:\n      - hours: 3"), "r.yaml:6:9: this topic has no `title`; add `title: …`"),
    (section("    id: Big_Id"), "r.yaml:5:9: `Big_Id` can't be an id; use small letters, digits and single hyphens"),
    (section("    id: s\n  - title: R\n    id: s"), "r.yaml:7:9: the id `s` is used twice, first in line 5; change one"),
    (section("    hours: many"), "r.yaml:5:12: `many` does not fit here; write hours as"),
    (section("    hours: 8-4"), "the smaller number comes first"),
    (section("    kind: quest"), "r.yaml:5:11: `quest` is no kind; did you mean `question`?"),
    (section("    optional: yes"), "r.yaml:5:15: `yes` does not fit here; write `true` or `false`"),
    (section("    due: 1.2.2027"), "r.yaml:5:10: `1.2.2027` does not fit here; write a date as `2027-01-31`"),
    (section("    done: later"), "r.yaml:5:11: `later` does not fit here; write `true`, or the date it was done"),
    (section("    links: ['javascript:alert(1)']"), "r.yaml:5:13: `javascript:alert(1)` does not fit here; links are"),
    (section("    links: [example.org]"), "r.yaml:5:13: `example.org` does not fit here; links are"),
    (section("    links: ['https://']"), "the address lacks its host"),
    (section("    links: ['https://a.org/x y']"), "an address has no spaces; write them as `%20`"),
    (section("    links: [{title: x}]"), "r.yaml:5:13: this link has no `url`"),
    (section("    needs: [nowhere]"), "r.yaml:5:13: `needs` names `nowhere`, which is no id here"),
    (section("    id: a\n    needs: [a]"), "`needs` runs in a circle: S → S"),
    (section("    id: a\n    needs: [b]\n  - title: R\n    id: b\n    topics:\n      - title: Q\n        needs: [a]"), "in a circle: "),
    (section("    id: a\n    topics:\n      - title: Q\n        needs: [a]"), "`needs` runs in a circle: "),
    (section("    notes: [a]"), "r.yaml:5:12: a text belongs here, not a list or mapping"),
    (section('    notes: "a\\x07"'), "r.yaml:5:12: the control character U+0007 stands in this text; delete it"),
    ('roadpress: 1\ntitle: "\\x07"\n', "r.yaml:2:8: the control character U+0007 stands in this text; delete it"),
    (section('    topics: ["\\x07"]'), "r.yaml:5:14: the control character U+0007 stands in this text; delete it"),
    (section("    topics: [{title: [a]}]"), "r.yaml:5:22: a text belongs here, not a list or mapping"),
    (section("    hours: !calc 3"), "`!calc` is a YAML tag, which roadmaps don't use"),
    (HEAD + "sections:\n\t- a\n", "r.yaml:4:1: a tab is used for indentation; use spaces"),
    (HEAD + "sections: [a\n", "a `[` list is not closed"),
    (HEAD + "description: 'open\n", "a quote is opened and never closed"),
    (HEAD + "sections:\n  - a: b: c\n", "a `: ` inside a plain text looks like a key; put the whole text in quotes"),
    (HEAD + "sections: *nobody\n", "no anchor `&nobody` comes before this"),
    (HEAD + "---\ntitle: two\n", "a second document begins here; keep one roadmap a file"),
    (HEAD + "a\x07b: 1\n", "r.yaml:3:2: the control character U+0007 stands here; delete it"),
    ("title: T\nmilestones: []\n", "this looks like a roadmap of SierraSoftworks/roadmap; run `roadpress import r.yaml`"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), WRONG, ids=range(len(WRONG)))
def test_each_mistake_is_told_with_its_place_and_remedy(text: str, sentence: str) -> None:
    found = problems(text)
    assert len(found) == 1, found
    assert sentence in found[0]


def test_all_problems_of_a_file_at_once() -> None:
    wrong = f"{HEAD}autor: x\nstart: soon\nsections:\n  - title: S\n    hours: many\n    kind: quest\n  - Types: a, b\n  - \n  - 'x\n"
    found = problems(wrong)
    assert [line.split(":")[1] for line in found] == ["3", "4", "7", "8", "9", "10", "11"]
    assert "never closed" in found[-1]  # the syntax error does not hide what came before it


def test_a_problem_shows_its_line() -> None:
    with pytest.raises(InvalidRoadmap) as caught:
        load_bytes(b"roadpress: 1\ntitle: T\nautor: me\n", "r.yaml")
    assert caught.value.lines()[1:] == ["    autor: me", "    ^"]


def test_not_text() -> None:
    assert problems(b"roadpress: 1\ntitle: \xff\n") == ["r.yaml:2:8: this is not UTF-8 text; save the file as UTF-8"]


def test_alias_bomb() -> None:
    rows = ["roadpress: 1", "title: T", "a: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"b{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    assert any("the aliases grow beyond a million values" in line for line in problems("\n".join(rows)))


def test_an_alias_inside_its_own_anchor() -> None:
    assert any("stands inside its own anchor" in line for line in problems(HEAD + "sections: &s [*s]\n"))


LOADERS = ["libyaml", "python"]


@pytest.fixture(params=LOADERS)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Both of PyYAML's loaders: a platform without libyaml has one only."""
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
        return yaml.SafeLoader
    return yaml.CSafeLoader


DEEP = [
    ("[" * 1000, "3:260"),
    ("[" * 400 + "]" * 400, "3:260"),
    ("[ " * 1000, "3:509"),
    ("{a: " * 1000, "3:1007"),
    ("[\"[\", '[', [], " * 1000, "3:3742"),
    ("[\n" * 1000, "252:1"),
    ("\n  " + "- " * 1000, "4:501"),
    ("\n" + "\n".join("  " * i + "- title: x\n" + "  " * i + "  items:" for i in range(1000)), "252:251"),
]


@pytest.mark.parametrize(("text", "place"), DEEP, ids=range(len(DEEP)))
@pytest.mark.usefixtures("loader")
def test_nested_a_thousand_deep(text: str, place: str) -> None:
    """The limit is ours, whatever the library's own may be and however it looks ahead."""
    found = [line for line in problems(f"{HEAD}sections: {text}") if "nested too deep" in line]
    assert [line.split(": ")[0] for line in found] == [f"r.yaml:{place}"]


@pytest.mark.parametrize("text", ['["' + "[" * 300 + '" }', "['" + "[" * 300, "[] # " + "[" * 300 + "\n]"])
@pytest.mark.usefixtures("loader")
def test_brackets_in_quotes_and_comments_nest_nothing(text: str) -> None:
    assert not any("nested" in line for line in problems(f"{HEAD}sections: {text}"))


BROKEN = [
    "sections: - a",
    "sections: }",
    "sections: [a,\n}",
    "sections: !<x",
    "description: |x\n  a",
    'description: "\\xZZ"',
    "author: `me`",
    "author: @me",
    "author: &a &b c",
    "author\n",
    "%YAML 3.0\n---\na: 1",
    "...\nb",
    "sections: [" * 3,
]


@pytest.mark.parametrize("text", BROKEN)
def test_a_syntax_error_is_told_in_our_words(text: str, loader: Any) -> None:
    assert not _library_words(HEAD + text, loader) & _told(HEAD + text)


@given(st.text("-[]{}:'\"#&*!|>%@`?,\\ \n\tab", max_size=30))
def test_no_word_of_the_library_reaches_people(text: str) -> None:
    assert not _library_words(text, yaml.CSafeLoader) & _told(text)


def _told(text: str) -> set[str]:
    found = parse(text).problems
    assert all(1 <= problem.place.line <= text.count("\n") + 1 for problem in found)
    return {part for problem in found for part in re.findall(r"\w+ \w+", f"{problem.message}; {problem.hint}")}


def _library_words(text: str, loader: Any) -> set[str]:
    """Return the pairs of words that the library complains in, or none."""
    try:
        for _ in yaml.parse(text, Loader=loader):
            pass
    except yaml.MarkedYAMLError as error:
        return set(re.findall(r"\w+ \w+", f"{error.context}; {error.problem}"))
    return set()


def test_a_phrase_that_is_new_to_us_is_replaced_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    class Newer(yaml.SafeLoader):
        def get_event(self) -> Any:
            mark = yaml.Mark("r.yaml", 15, 1, 6, None, None)
            raise yaml.MarkedYAMLError("while fluxing", mark, "the flux overran", mark)

    monkeypatch.setattr(yaml, "CSafeLoader", Newer)
    told = "r.yaml:2:7: this can't be read as YAML; look here and just above: indentation, quotes, brackets"
    assert problems(HEAD) == [told]


def test_fifty_levels_load() -> None:
    lines = ["sections:"]
    for level in range(50):
        lines += [
            "    " * level + f"  - title: L{level}",
            "    " * level + f"    {'topics' if not level else 'items'}:",
        ]
    lines[-1] = ""
    assert [node.depth for node in read(HEAD + "\n".join(lines)).walk()] == list(range(1, 51))


def test_a_100_kb_title() -> None:
    assert len(nodes(f"      - {'long ' * 20_000}\n").sections[0].children[0].title) == 99_999


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(RoadpressError, match="is a directory"):
        load(tmp_path)
    with pytest.raises(RoadpressError, match="There is no file"):
        load(tmp_path / "none.yaml")


def test_a_file_of_a_gigabyte(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.write(b"roadpress: 1\ntitle: ")
        file.truncate(2**30)  # sparse: takes no room
    with pytest.raises(RoadpressError, match=r"has 1,024 MB; a roadmap may have at most 256 MB"):
        load(path)


def test_the_sample_is_the_brief() -> None:
    root = Path(roadpress.__file__).parent
    roadmap = load(root / "roadmap.yaml")
    assert [section.icon for section in roadmap.sections] == ["✅", "🎯", "💻", "🌐", "🧠", "🛠️", "🚀"]
    text = (root / "roadmap.yaml").read_text("utf-8")
    assert not set("‚úÖüÄîÜ√") & set(text), "garbled characters"
    assert all(sign in text for sign in "“”—→")


@given(st.lists(st.text(max_size=80), max_size=6))
def test_ids_of_any_titles_are_unique_and_plain_ones_agree_with_the_general_way(titles: list[str]) -> None:
    names = derive("p", titles)
    assert len(set(names)) == len(titles) == len(names)
    assert all(name.startswith("p/") and "/" not in name[2:] and len(name) <= 70 for name in names)
    assert names == [*derive("p", titles)]
    for title in titles:
        assert derive("", [title]) == [_shortened(_slug(title))]
