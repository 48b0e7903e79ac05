"""The language of a text, by its script or its commonest words: it drives direction and dates in every output."""

from __future__ import annotations

import re
from collections import Counter

from ..languages import ALL

_SCRIPTS = (
    (re.compile(r"[\u0600-\u06ff]"), "ar"),
    (re.compile(r"[\u0590-\u05ff]"), "he"),
    (re.compile(r"[\u3040-\u30ff]"), "ja"),
    (re.compile(r"[\uac00-\ud7af]"), "ko"),
    (re.compile(r"[\u4e00-\u9fff]"), "zh"),
    (re.compile(r"[\u0e00-\u0e7f]"), "th"),
    (re.compile(r"[\u0370-\u03ff]"), "el"),
)
_LETTER = re.compile(r"[^\W\d_]")
_NOISE = re.compile(r"`[^`\n]*`|https?://\S+|<[^<>]*>|&\w+;")
_SAMPLE = 60_000


def of(text: str) -> str:
    """Return a BCP 47 tag by the script of the letters, else by the commonest words, else nothing."""
    sample = _NOISE.sub(" ", text[:_SAMPLE])
    letters = len(_LETTER.findall(sample))
    told = re.search(r"""dir=["']?rtl""", text[:_SAMPLE], re.IGNORECASE) is not None
    for script, language in _SCRIPTS:
        count = len(script.findall(sample))
        share = 0.02 if told and language in ("ar", "he") else 0.05 if language == "ja" else 0.25
        if count > letters * share and letters:
            return _arabic(sample) if language == "ar" else language
    return _by_words(sample)


def _by_words(sample: str) -> str:
    """Return the language whose commonest words a text has most of; nothing for English, or where none stands out."""
    counts = Counter(re.findall(r"[^\W\d_]+", sample.casefold()))
    common = {words.code: words.common.split() for words in ALL}
    found = sorted(((sum(counts[word] for word in common[code]), code) for code in common), reverse=True)
    (most, language), (next_most, _) = found[:2]
    enough = most >= max(8, sum(counts.values()) // 25) and most * 4 >= next_most * 5
    return language if enough and language != "en" else ""


def _arabic(sample: str) -> str:
    """Tell Persian and Urdu by letters that Arabic does not have."""
    if len(re.findall(r"[ٹڈڑے]", sample)) > 20:
        return "ur"
    return "fa" if len(re.findall(r"[پچژگ]", sample)) * 60 > len(sample.split()) else "ar"
