"""The page's matcher is the core's: pairs, rules and doubts, over all cases and over random outlines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from outline_edits import pairs
from outlines import CASES, outline_of_rows
from playwright.sync_api import Browser

from roadpress.core.identity import matching, titles
from roadpress.core.identity.matching import Matching, Rule, match
from roadpress.core.identity.outline import Outline
from roadpress.exporters.html import assets

Matcher = Callable[[list[tuple[Outline, Outline]], Rule], list[Any]]
CONSTANTS = {
    "ENOUGH": titles.ENOUGH,
    "DOUBTFUL": titles.DOUBTFUL,
    "FAR_ENOUGH": matching.FAR_ENOUGH,
    "AHEAD": matching.AHEAD,
    "COMMON": matching._COMMON,
    "LETTERS_BEHIND": titles.LETTERS_BEHIND,
}

RUN = """([source, couples, surest]) => {
  const match = new Function(`${source}; return match;`)();
  const outline = (rows) => [{ title: "", parent: 0, id: "", own: false },
    ...rows.map(([title, parent, id, own, was, links]) => ({ title, parent: parent + 1, id, own, was, links }))];
  return couples.map(([before, after]) => {
    const { pairs, rules, doubts } = match(outline(before), outline(after), surest);
    return [[...pairs], [...rules].sort(([one], [other]) => one - other), doubts];
  });
}"""


TAKE_APART = """([source, titles]) => {
  const [takeApart, likeness] = new Function(`${source}; return [takeApart, likeness];`)();
  const apart = titles.map(takeApart);
  return apart.map((one, at) => [one.words, one.key, one.loose, likeness(one, apart[at - 1] ?? one)]);
}"""


@pytest.fixture(scope="module")
def in_the_page(browser: Browser) -> Iterator[Matcher]:
    """The script's matcher: takes couples of outlines, gives what it found of each."""
    page = browser.new_page()
    source = "'use strict';" + assets.source("checklist/titles.js") + assets.source("checklist/match.js")

    def run(couples: list[tuple[Outline, Outline]], surest: Rule = Rule.FAR) -> list[Any]:
        return page.evaluate(RUN, [source, couples, int(surest)])

    yield run
    page.close()


def told(found: Matching) -> list[Any]:
    """Return a matching as the script tells it; it counts from 1."""
    return [
        [[old + 1, new + 1] for old, new in found.pairs.items()],
        [[old + 1, int(rule)] for old, rule in sorted(found.rules.items())],
        [[old + 1, new + 1] for old, new in found.doubts],
    ]


def test_the_page_has_the_cores_limits() -> None:
    source = assets.source("checklist/titles.js") + assets.source("checklist/match.js")
    assert {
        name: int(value) for name, value in re.findall(r"^const (\w+) = (\d+);$", source, re.MULTILINE)
    } == CONSTANTS


def test_the_page_holds_to_the_cases(in_the_page: Matcher) -> None:
    couples = [(outline_of_rows(case["old"]), outline_of_rows(case["new"])) for case in CASES]
    for case, (found, rules, _) in zip(CASES, in_the_page(couples), strict=True):
        olds, news = ([row[0] for row in case[side]] for side in ("old", "new"))
        assert {olds[old - 1]: news[new - 1] for old, new in found} == case["pairs"], case["name"]
        assert len(rules) == len(found)


def test_the_page_reads_titles_as_the_core_does(browser: Browser) -> None:
    random = Random(12)
    many = [entry.title for couple in pairs(300, seed=12) for outline in couple for entry in outline]
    many += [
        " ".join(random.choices(["Day", "7", "1.", "12:", "-", "abc", "defgh", "²", "٣", "\x1c", "\ufeff"], k=5))
        for _ in range(3000)
    ]
    page = browser.new_page()
    theirs = page.evaluate(TAKE_APART, [assets.source("checklist/titles.js"), many])
    page.close()
    before = titles.words_of(many[0])
    for title, found in zip(many, theirs, strict=True):
        ours = titles.words_of(title)
        assert found == [[*ours.words], ours.key, ours.loose, titles.likeness(ours, before)], title
        before = ours


@pytest.mark.parametrize("surest", [Rule.FAR, Rule.ALIKE, Rule.SIBLING])
def test_the_page_agrees_with_the_core(in_the_page: Matcher, surest: Rule) -> None:
    couples = pairs(1500, seed=int(surest))
    rules: Counter[Rule] = Counter()
    for (before, after), theirs in zip(couples, in_the_page(couples, surest), strict=True):
        ours = match(before, after, surest=surest)
        rules.update(ours.rules.values())
        assert theirs == told(ours), (before, after)
    assert {rule for rule in Rule if rule <= surest} == rules.keys(), "every rule had its turn"
