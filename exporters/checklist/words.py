"""Which of the page's words its script says, and the list of keys."""

from __future__ import annotations

PLANNED = ("hours", "decimal", "left", "finish", "due", "by", "overdue", "week_of")
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
    *("today", "next", "week", "goto", "about", "less", "no_note", "part_done", "no_link"),
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
    ("t", "key_today"),
    ("Ctrl+K", "palette"),
    ("/", "search"),
    ("Esc", "key_escape"),
    ("u Ctrl+Z", "undo"),
    ("Ctrl+S", "save"),
    ("?", "help"),
)
"""The list under `?`."""
