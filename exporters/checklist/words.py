"""The page's own words, by language."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]

ENGLISH: Words = {
    "contents": "Contents",
    "optional": "optional",
    "notes": "Notes",
    "task": "Task",
    "question": "Question",
    "project": "Project",
    "resource": "Resource",
    "milestone": "Milestone",
    "of": "{done} of {total} · {percent} %",
    "whole": "Progress of the whole",
    "empty": "There is nothing to tick yet.",
    "full": "All done.",
    "unkept": "This browser keeps nothing for this page (a private window, or its storage is full): save a file.",
}
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def words_of(language: str) -> Words:
    """Return the words for a BCP 47 language tag; English where we have none."""
    del language
    return ENGLISH


def direction(language: str) -> str:
    """Return `rtl` or `ltr` for a BCP 47 tag: by its script if it names one (RFC 5646 §2.2.3), else its language."""
    first, *rest = language.lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in _RIGHT_TO_LEFT else "ltr"
