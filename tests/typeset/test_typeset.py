"""Measuring, fallback, breaking and order, through the package's face."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import module

from roadpress.exporters.typeset import Run, missing, name_of, primary, runs, shape, width, wrap, written_in
from roadpress.exporters.typeset.clusters import clusters

TEXTS = st.text(max_size=60).map(lambda text: text.replace("\n", " "))


def words_of(lines):
    return ["".join(word.text for word in segment.words) for line in lines for segment in line.segments]


def test_kerning_and_spaces_are_in_the_width():
    assert width("AV", "regular", 10) < width("A", "regular", 10) + width("V", "regular", 10)
    assert width("a b", "regular", 10) == pytest.approx(
        width("ab", "regular", 10) + primary("regular").advance(" ") * 10, abs=0.3
    )


def test_figures_have_one_width():
    assert len({round(width(figure, "figures", 10), 3) for figure in string.digits}) == 1


@pytest.mark.parametrize(
    ("text", "face"),
    [
        ("Ωж", "FiraSans"),
        ("✅🎯🧠1️⃣", "NotoEmoji"),
        ("✓∀", "FiraCode"),
        ("⚑", "NotoSansSymbols"),
        ("العربية", "NotoSansArabic"),
        ("שלום", "NotoSansHebrew"),
        ("क्षत्रिय", "NotoSansDevanagari"),
        ("สวัสดี", "NotoSansThai"),
    ],
)
def test_each_character_comes_from_the_first_face_that_has_it(text, face):
    assert [found.name.split("-")[0] for found, _ in runs(text, "regular")] == [face]


def test_runs_join_to_the_text():
    text = "Learn ML 🚀 with שלום and क्षत्रिय, okay?"
    assert "".join(part for _, part in runs(text, "regular")) == text


def test_what_no_face_has_is_named_and_drawn_as_its_code():
    text = "a\U0010fffdb"
    assert missing(text) == "\U0010fffd"
    assert name_of("★") == "U+2605 BLACK STAR"
    assert shape(text, "regular").missing == "\U0010fffd"
    assert "".join(part for _, part in runs(text, "regular")) == "a[U+10FFFD]b"


def test_control_characters_are_shown_and_direction_overrides_are_not_obeyed():
    assert runs("x\x07y\u202ez", "regular")[1][1] == "␇"
    assert [word.text for word in wrap([Run("abc \u202edef ghi")], 50)[0].segments[0].words][-1] == "ghi"


def test_lines_keep_to_the_width_and_lose_no_word():
    text = "Training, validation and test sets " * 20
    lines = wrap([Run(text)], 22)
    assert all(line.width <= 22 for line in lines)
    assert " ".join(word.text for line in lines for segment in line.segments for word in segment.words) == text.strip()


def test_a_long_address_is_cut_after_its_signs():
    lines = wrap([Run("https://example.org/one/two/three?and=more")], 10)
    assert all(line.width <= 10 for line in lines)
    assert "".join(words_of(lines)) == "https://example.org/one/two/three?and=more"
    assert lines[0].segments[-1].words[-1].text.endswith("/")


def test_chinese_breaks_between_characters_but_not_before_a_full_stop():
    lines = wrap([Run("机器学习。机器学习。")], 4.5)
    assert all(line.width <= 4.5 for line in lines)
    assert not any(found.startswith("。") for found in words_of(lines))


def test_thai_breaks_between_phrases():
    module("budoux")
    text = "การเรียนรู้ของเครื่องเป็นสาขาหนึ่งของปัญญาประดิษฐ์"
    lines = words_of(wrap([Run(text)], 9))
    assert lines == ["การเรียนรู้ของเครื่อง", "เป็นสาขาหนึ่งของ", "ปัญญาประดิษฐ์"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("การเรียนรู้", ["เรี", "รู้"]),
        ("ປັນຍາປະດິດ", ["ປັ", "ດິ"]),
        ("ការរៀនម៉ាស៊ីន", ["ម៉ា", "ស៊ី"]),
        ("ក្មែរក្មែរក្មែរ", ["ក្មែ"]),
        ("စက်သင်ယူမှု", ["စက်", "သင်", "မှု"]),
        ("ক্ষত্রিয়শিক্ষা", ["ক্ষ", "ত্রি", "শি"]),
        ("क्षत्रियशक्ति", ["क्ष", "त्रि", "क्ति"]),
        ("e\u0301e\u0301e\u0301", ["e\u0301"]),
        ("👩\u200d💻👍🏽", ["👩\u200d💻", "👍🏽"]),
    ],
)
def test_a_line_never_parts_what_belongs_together(text, kept):
    parts = clusters(text)
    assert "".join(parts) == text
    assert [part for part in parts if part in kept] == [part for part in kept for _ in range(parts.count(part))]
    assert set(kept) <= set(parts)


def test_a_zero_width_space_is_a_place_to_break():
    assert words_of(wrap([Run("mmmm\u200bnnnn")], 5)) == ["mmmm", "nnnn"]
    assert words_of(wrap([Run("中文")], 5)) == ["中文"]


def test_punctuation_of_another_run_begins_no_line():
    lines = wrap([Run("机器"), Run("学习", "bold"), Run("。文字")], 4)
    assert [["".join(word.text for word in segment.words) for segment in line.segments] for line in lines] == [
        ["机器", "学"],
        ["习", "。文字"],
    ]


def test_languages_write_chinese_characters_their_own_way():
    module("noto_cjk_sans_jp_regular")
    shapes = {}
    for language in ("zh", "zh-Hant", "ja", "ko", "zh"):
        with written_in(language):
            shapes.setdefault(tuple(piece.glyphs for piece in shape("。次", "regular").pieces), set()).add(language)
    assert sorted(map(sorted, shapes.values())) == [["ja"], ["ko"], ["zh"], ["zh-Hant"]]


def test_right_to_left_words_stand_in_drawing_order():
    line = wrap([Run("one שתיים שלוש four")], 50)[0]
    assert [word.text for segment in line.segments for word in segment.words] == ["one", "שלוש", "שתיים", "four"]
    assert not line.rtl
    assert wrap([Run("שתיים one")], 50)[0].rtl


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d", "\u202b", "\u202c", "\ufeff", "\u00ad"])
def test_a_joiner_in_the_line_turns_no_latin_word(joiner):
    line = wrap([Run(f"چک{joiner}لیست امنیتی API")], 50)[0]
    latin = [piece for segment in line.segments for word in segment.words for piece in word.pieces if "A" in piece.text]
    assert [(piece.text, piece.level % 2) for piece in latin] == [("API", 0)]


def glyphs_of(text):
    line = wrap([Run(text)], 50)[0]
    return [
        glyph for segment in line.segments for word in segment.words for part in word.pieces for glyph in part.glyphs
    ]


def test_brackets_in_a_line_from_right_to_left_are_mirrored_once():
    left, right = glyphs_of("(")[0], glyphs_of(")")[0]
    shown = glyphs_of("שלום (abc)")
    assert [glyph for glyph in shown if glyph in (left, right)] == [left, right]


def test_a_forced_break_and_marks_come_back():
    lines = wrap([Run("one", "bold", "mark"), Run("\n"), Run("two")], 50)
    assert [line.segments[0].words[0].text for line in lines] == ["one", "two"]
    assert lines[0].segments[0].mark == "mark"


def test_neighbouring_runs_without_space_stay_together():
    lines = wrap([Run("see "), Run("this", "bold"), Run(", and that")], 3.2)
    assert [[word.text for segment in line.segments for word in segment.words] for line in lines][1] == ["this", ","]


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.floats(3, 40))
def test_no_line_is_wider_than_asked_unless_one_cluster_is(text, room):
    for line in wrap([Run(text)], room):
        clusters = [word for segment in line.segments for word in segment.words]
        assert line.width <= room + 1e-6 or len(clusters) == 1


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_wrapping_loses_no_letter(text):
    joined = "".join(words_of(wrap([Run(text), Run(text, "italic")], 9)))
    assert sorted("".join(joined.split())) == sorted("".join((text * 2).replace("\u200b", "").split()))


@pytest.mark.parametrize(
    "sign", ["\u2066", "\u2067", "\u2068", "\u2069", "\u202b", "\U00010d28", "\u0378", "\U0001e9ff"]
)
def test_isolates_and_characters_newer_than_python_stand_among_right_to_left(sign):
    assert width(f"שלום {sign} abc", "regular", 10) > 0
    assert shape(f"שלום{sign}", "regular")
