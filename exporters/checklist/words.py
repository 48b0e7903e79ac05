"""The page's own words: `templates/checklist/words/<language>.json`, besides those that all outputs share."""

from __future__ import annotations

from importlib.resources import files

from ...core.locale.words import Words, words_for

PLANNED = ("hours", "decimal", "left", "finish", "due", "overdue", "week_of")
"""What the script says only where there are hours or dates."""
SCRIPT = (
    *(
        "of",
        "more",
        "skipped_count",
        "done",
        "skipped",
        "fold",
        "actions",
        "own_note",
        "skip",
        "unskip",
        "found",
        "full",
    ),
    *("did_d", "did_o", "did_s", "undone", "nothing_undone", "unkept", "saved", "merged", "unknown", "not_ours"),
    *("too_new", "bad_link", "other_link", "link_copied", "copied", "foreign_link", "ask_learner", "ask_roadmap"),
    *("apart", "put_to", "forget", "placed", "forgotten", "guessed", "news", "new"),
)
"""What the script says of any roadmap; it fills in the places itself."""
SERVED = ("unsent",)
"""What the page of `roadpress serve` says besides."""

KEYS = (
    ("j k ↓ ↑", "key_move"),
    ("Space", "key_tick"),
    ("n", "own_note"),
    ("s", "skip"),
    ("c", "markdown"),
    ("l", "address"),
    ("f", "key_fold"),
    ("m", "key_act"),
    ("/", "search"),
    ("Esc", "key_escape"),
    ("u Ctrl+Z", "undo"),
    ("Ctrl+S", "save"),
    ("?", "help"),
)
"""The list under `?`."""


def page_words(language: str) -> Words:
    """Return the words of a language (BCP 47); English ones where the page has none, rather than half of each."""
    words = words_for(language, "checklist")
    folder = files("roadpress") / "templates" / "checklist" / "words"
    return words if (folder / f"{words.language}.json").is_file() else words_for("en", "checklist")


_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def direction(language: str) -> str:
    """Return `rtl` or `ltr` for a BCP 47 tag: by its script if it names one (RFC 5646 §2.2.3), else its language."""
    first, *rest = language.lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in _RIGHT_TO_LEFT else "ltr"
