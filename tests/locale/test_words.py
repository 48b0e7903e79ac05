"""The outputs' own words: every language has them all, with the forms that its numbers ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from languages import LANGUAGES, PARTS, places, texts

from roadpress.core.locale import dates
from roadpress.core.locale.plurals import category
from roadpress.core.locale.words import words_for

FORMS = {"ja": 1, "zh": 1, "zh-hant": 1, "ko": 1, "tr": 1, "hi": 1, "pl": 3, "ru": 3, "uk": 3, "he": 3, "ar": 6}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_word_with_its_places(language: str, part: str) -> None:
    own, english = texts(language, part), texts("en", part)
    assert list(own) == list(english)
    for key, text in own.items():
        assert text.strip() == text
        assert text
        assert places(text) == places(english[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_nouns_have_the_forms_of_the_language(language: str) -> None:
    for key in ("sections", "topics"):
        assert len(texts(language)[key].split("|")) == FORMS.get(language, 2)


@pytest.mark.parametrize(
    ("language", "counts"),
    [
        ("en", {0: "0 topics", 1: "1 topic", 2: "2 topics"}),
        ("de", {1: "1 Thema", 3: "3 Themen"}),
        ("fr", {0: "0 sujet", 1: "1 sujet", 2: "2 sujets"}),
        ("pl", {1: "1 temat", 2: "2 tematy", 5: "5 tematów", 12: "12 tematów", 22: "22 tematy", 21: "21 tematów"}),
        ("ru", {1: "1 тема", 3: "3 темы", 5: "5 тем", 11: "11 тем", 21: "21 тема", 112: "112 тем", 0: "0 тем"}),
        ("uk", {1: "1 тема", 4: "4 теми", 14: "14 тем", 31: "31 тема"}),
        ("he", {1: "נושא אחד", 2: "שני נושאים", 7: "7 נושאים"}),
        ("ar", {1: "موضوع واحد", 2: "موضوعان", 5: "5 مواضيع", 11: "11 موضوعًا", 100: "100 موضوع", 103: "103 مواضيع"}),
        ("ja", {1: "1 トピック", 5: "5 トピック"}),
    ],
)
def test_a_number_has_its_noun(language: str, counts: dict[int, str]) -> None:
    words = words_for(language)
    assert {number: words.count("topics", number) for number in counts} == counts


@pytest.mark.parametrize(
    ("tag", "contents"),
    [
        ("de-AT", "Inhalt"),
        ("DE", "Inhalt"),
        ("zh", "目录"),
        ("zh-TW", "目錄"),
        ("zh-Hant-HK", "目錄"),
        ("zh-Hans-HK", "目录"),
        ("sw", "Contents"),
        ("../de", "Contents"),
        ("", "Contents"),
    ],
)
def test_a_tag_finds_its_language(tag: str, contents: str) -> None:
    assert words_for(tag)["contents"] == contents


def test_hours_are_written_as_the_language_does() -> None:
    assert words_for("en").hours(2.5, 8) == "2.5–8\u00a0h"
    assert words_for("de").hours(2.5, 2.5) == "2,5\u00a0h"
    assert words_for("ja").hours(3, 3) == "3\u00a0時間"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_dates(language: str) -> None:
    day = date(2026, 5, 4)
    said = {dates.day_text(day.replace(month=month), language, today=day) for month in range(1, 13)}
    assert len(said) == 12
    assert not any(text.startswith("2026") for text in said)
    assert dates.month_text(day, language, today=day) != "2026-05"


def test_a_month_alone_is_no_genitive() -> None:
    assert dates.day_text(date(2026, 5, 4), "ru", today=date(2026, 1, 1)) == "пн 4 мая"
    assert dates.month_text(date(2026, 5, 4), "ru", today=date(2026, 1, 1)) == "май"


@pytest.mark.parametrize(
    ("language", "first", "last", "said"),
    [
        ("en", date(2026, 11, 23), date(2026, 11, 29), "23 Nov – 29 Nov"),
        ("en", date(2026, 12, 28), date(2027, 1, 3), "28 Dec – 3 Jan 2027"),
        ("en", date(2027, 1, 4), date(2027, 1, 10), "4 Jan – 10 Jan 2027"),
        ("en", date(2027, 12, 27), date(2028, 1, 2), "27 Dec 2027 – 2 Jan 2028"),
        ("ja", date(2027, 1, 4), date(2027, 1, 10), "2027年1月4日 – 1月10日"),
        ("ja", date(2026, 12, 28), date(2027, 1, 3), "12月28日 – 2027年1月3日"),
        ("sw", date(2027, 1, 4), date(2027, 1, 10), "2027-01-04 – 2027-01-10"),
    ],
)
def test_a_span_says_a_common_year_once(language: str, first: date, last: date, said: str) -> None:
    assert dates.span_text(first, last, language, today=date(2026, 11, 23)) == said


def test_traditional_chinese_has_no_simplified_characters() -> None:
    said = "".join("".join(texts("zh-hant", part).values()) for part in PARTS)
    said += "".join(dates.day_text(date(2027, 1, day), "zh-TW") for day in range(1, 8))
    said += dates.week_text(date(2027, 1, 4), "zh-Hant")
    han = {char for char in said if "\u4e00" <= char <= "\u9fff"}
    assert len(han) > 100
    assert not [char for char in han if not _in_big5(char)]
    assert "週" in han
    assert "周" not in han


def _in_big5(char: str) -> bool:
    """Whether Taiwan's character set has it; it has hardly any simplified one."""
    try:
        return bool(char.encode("big5"))
    except UnicodeEncodeError:
        return False


def test_a_year_stands_where_turkish_has_it() -> None:
    assert dates.day_text(date(2027, 1, 4), "tr") == "4 Oca 2027 Pzt"


def test_a_capital_is_that_of_the_language() -> None:
    assert words_for("tr").capitalized(words_for("tr")["optional"]) == "İsteğe bağlı"
    assert words_for("tr").capitalized("ılık") == "Ilık"
    assert words_for("de").capitalized("idee") == "Idee"


@pytest.mark.parametrize(
    ("tag", "day"), [("yue", "1月4日 週一"), ("cmn", "1月4日 周一"), ("DE_at", "Mo 4. Jan."), ("iw", "יום ב׳ 4 בינו׳")]
)
def test_dates_find_the_language_that_the_words_find(tag: str, day: str) -> None:
    assert dates.day_text(date(2027, 1, 4), tag, today=date(2027, 1, 1)) == day


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_has_the_same_parts_from_one_source(language: str) -> None:
    locale = texts(language, "locale")
    assert list(locale) == list(texts("en", "locale"))
    assert locale["source"] == texts("en", "locale")["source"]
    assert "CLDR" in locale["source"]
    assert [len(locale[key]) for key in ("weekdays", "months", "months_alone")] == [7, 12, 12]
    own = texts(language, "dates")
    assert own["week"].count("{}") == 1
    assert own.keys() - {"week"} <= locale.keys()
    assert all(own[key] != locale[key] for key in own.keys() - {"week"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_one_form_or_one_for_each_plural(language: str) -> None:
    most = len(texts(language, "locale")["plurals"]) + 1
    for part in PARTS:
        for key, text in texts(language, part).items():
            assert 1 <= text.count("|") + 1 <= most, key


@pytest.mark.browser
def test_plurals_are_those_of_a_browser(browser: Any) -> None:
    page = browser.new_page()
    for language in LANGUAGES:
        rules = texts(language, "locale")["plurals"]
        theirs = page.evaluate(
            "(lang) => { const rules = new Intl.PluralRules(lang); return [...Array(2500).keys()].map((n) => rules.select(n)); }",
            language,
        )
        assert [[*rules, "other"][category(rules, n)] for n in range(2500)] == theirs, language
    page.close()
