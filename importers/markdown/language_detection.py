"""The language of a text, where its script tells: it drives direction and dates in every output."""

from __future__ import annotations

import re

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
    """Return a BCP 47 tag when a script other than Latin or Cyrillic makes a good part of the letters, else nothing."""
    sample = _NOISE.sub(" ", text[:_SAMPLE])
    letters = len(_LETTER.findall(sample))
    told = re.search(r"""dir=["']?rtl""", text[:_SAMPLE], re.IGNORECASE) is not None
    for script, language in _SCRIPTS:
        count = len(script.findall(sample))
        share = 0.02 if told and language in ("ar", "he") else 0.05 if language == "ja" else 0.25
        if count > letters * share and letters:
            return _arabic(sample) if language == "ar" else language
    return ""


def _arabic(sample: str) -> str:
    """Tell Persian and Urdu by letters that Arabic does not have."""
    if len(re.findall(r"[ٹڈڑے]", sample)) > 20:
        return "ur"
    return "fa" if len(re.findall(r"[پچژگ]", sample)) * 60 > len(sample.split()) else "ar"
