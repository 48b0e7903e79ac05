"""Style and script, from `templates/checklist`: joined, stripped of comments, and hashed for the page's policy."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from ...core import theme

SCRIPTS = (
    "model.js",
    "store.js",
    "ticks.js",
    "paint.js",
    "rows.js",
    "find.js",
    "plan.js",
    "file.js",
    "markdown.js",
    "start.js",
)
"""The sources of `script.min.js`, in the order in which they are joined; they share one scope."""


@cache
def source(name: str) -> str:
    """Return a file of `templates/checklist`."""
    return (files("roadpress") / "templates" / "checklist" / name).read_text(encoding="utf-8")


@cache
def head_script() -> str:
    """Return what runs before the first paint."""
    return strip(source("head.js"))


@cache
def script() -> str:
    """Return the page's script, made small (`minify`), without its first line, which says what it was made of."""
    return source("script.min.js").partition("\n")[2].strip()


@cache
def style() -> str:
    """Return the page's style with the palette in front."""
    return palette() + strip(source("style.css"))


def strip(text: str) -> str:
    """Return a source without its comments and indentation.

    Comments in these sources stand on lines of their own, and no text runs over a line end; a test sees to both, so
    that this needs no parser.
    """
    lines: list[str] = []
    inside = False
    for raw in text.splitlines():
        line = raw.strip()
        if inside or line.startswith("/*"):
            inside = "*/" not in line
        elif line and not line.startswith("//"):
            lines.append(line + "\n")
    return "".join(lines)


def palette() -> str:
    """Return the palette of all outputs as custom properties, for light, dark and each branch."""
    light = f"--ink:{theme.INK};--muted:{theme.MUTED};--rule:{theme.RULE};--box:{theme.CONTROL};--ground:{theme.GROUND}"
    dark = (
        f"--ink:{theme.DARK_INK};--muted:{theme.DARK_MUTED};--rule:#39414c;--box:#8a95a3;--ground:{theme.DARK_GROUND}"
    )
    branches = theme.BRANCHES
    both = [
        (light, [f"--c{i}:{c.strong};--t{i}:{c.tint}" for i, c in enumerate(branches)], "light"),
        (dark, [f"--c{i}:{c.dark_strong};--t{i}:{c.dark_tint}" for i, c in enumerate(branches)], "dark"),
    ]
    (day, night) = (f"{base};{';'.join(rest)};color-scheme:{name}" for base, rest, name in both)
    return (
        f":root{{{day}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{night}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{{night}}}}}\n"
        + "".join(f".b{i}{{--c:var(--c{i});--t:var(--t{i})}}" for i in range(len(branches)))
        + "\n"
    )


def hash_source(text: str) -> str:
    """Return an inline script's or style's source expression (CSP Level 3 §2.3.1, `hash-source`)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
