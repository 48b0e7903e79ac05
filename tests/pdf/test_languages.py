"""A book speaks the language of its roadmap."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from books import TODAY, make, text_of
from languages import LANGUAGES
from programs import module

from roadpress.core.locale.words import words_for
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress
from roadpress.core.roadmap_file.loading import load
from roadpress.core.snapshot import Snapshot

EVERYTHING = Path(__file__).parent / "data" / "everything.yaml"


def letters(text):
    """Return the letters of a text alone: readers put marks of right-to-left letters before or after them."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char)[0] in "LN")


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_own_words_are_in_the_language(language):
    if language in ("ja", "ko", "zh", "zh-hant"):
        module("noto_cjk_sans_jp_regular")
    found = replace(load(EVERYTHING), language=language)
    result = make(Snapshot(found, Progress(), TODAY, plan(found, Progress(), today=TODAY)))
    assert result.notices == ()
    text = letters(text_of(result.files[0].data))
    words = words_for(language)
    said = ["contents", "weeks", "question", "project", "milestone", "optional", "needs", "book", "video"]
    assert [words[key] for key in said if letters(words[key]) not in text] == []
    assert letters(words.count("sections", 2)) in text
