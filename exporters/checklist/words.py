"""The page's own words, by language."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]

PAGE: Words = {
    "jump": "Skip to the list",
    "contents": "Contents",
    "optional": "optional",
    "notes": "Notes",
    "task": "Task",
    "question": "Question",
    "project": "Project",
    "resource": "Resource",
    "milestone": "Milestone",
    "empty": "There is nothing to tick yet.",
    "search": "Search",
    "show": "Show",
    "all": "Everything",
    "open": "Open",
    "is_done": "Done",
    "is_skipped": "Skipped",
    "next": "Up next",
    "week": "This week",
    "kind": "Kind or tag",
    "any": "Any kind",
    "kinds": "Kind",
    "tags": "Tag",
    "clear": "Clear",
    "none": "Nothing here matches.",
    "menu": "Menu",
    "undo": "Undo",
    "close": "Close",
    "openall": "Expand all",
    "foldall": "Fold all",
    "save": "Save progress …",
    "openfile": "Open progress …",
    "link": "Link with my ticks",
    "theme": "Look",
    "auto": "as the device",
    "light": "light",
    "dark": "dark",
    "contrast": "High contrast",
    "print": "Print",
    "reset": "Untick everything",
    "help": "Keyboard",
    "markdown": "Copy as Markdown",
    "address": "Copy link to this",
    "singles": "Keys without Ctrl work anywhere",
    "copy": "Copy this",
    "key_move": "next, previous item",
    "key_tick": "tick; with Shift from the last one to here",
    "key_fold": "fold",
    "key_act": "more for this item",
    "key_escape": "leave the search",
}
"""What stands in the page."""

SCRIPT: Words = {
    "of": "{done} of {total} · {percent} %",
    "more": "{more} of {moreTotal} optional",
    "skipped_count": "{count} skipped",
    "left": "{hours} left",
    "finish": "ends {day}",
    "done": "done",
    "skipped": "skipped",
    "due": "due",
    "overdue": "overdue:",
    "week_of": "week of {day}",
    "fold": "Fold",
    "actions": "More for",
    "own_note": "Own note",
    "skip": "Skip",
    "unskip": "Take back skipping",
    "found": "{count} found",
    "full": "All done. Well done!",
    "did_d": "{count} ticked.",
    "did_o": "{count} unticked.",
    "did_s": "{count} skipped.",
    "undone": "Undone: {count}.",
    "nothing_undone": "There is nothing to undo.",
    "unkept": "This browser keeps nothing for this page: a private window, or its storage is full. Save a file.",
    "saved": "Saved as {name}.",
    "merged": "{count} taken in.",
    "unknown": "{count} are of items that are not here; they are kept.",
    "not_ours": "This is no progress file of a checklist. Nothing has changed.",
    "too_new": "A newer roadpress wrote this file. Nothing has changed.",
    "bad_link": "The ticks in this link are damaged. Nothing has changed.",
    "other_link": "The ticks in this link belong to another edition of this roadmap. Open them there, and save a file.",
    "link_copied": "Link copied.",
    "copied": "Copied.",
}
"""What the script says; `{name}` is filled in by it."""

SERVED: Words = {
    "unsent": "The server has not taken the last changes; they are tried again.",
}
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

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def direction(language: str) -> str:
    """Return `rtl` or `ltr` for a BCP 47 tag: by its script if it names one (RFC 5646 §2.2.3), else its language."""
    first, *rest = language.lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in _RIGHT_TO_LEFT else "ltr"
