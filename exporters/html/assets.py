"""Styles and scripts of the pages, from `templates`: joined, stripped of comments, and hashed for a page's policy."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from functools import cache, lru_cache
from typing import NamedTuple

from ...core import theme
from ...core.locale.language_file import template

_CAST = re.compile(r"/\*\*[^*]*\*/ ?")


@cache
def source(name: str) -> str:
    """Return a file of `templates`, by its path there."""
    return template(name).decode().replace("\r\n", "\n")


class Bundle(NamedTuple):
    """A page's script: modules that are joined in this order, share one scope, and are made small by `make page`."""

    folder: str
    modules: tuple[str, ...]
    """Their names in the folder."""
    shared: tuple[str, ...] = ("common", "storage")
    """What stands before them, from `pages`: `common` is every page's, `storage` that of pages with ticks."""

    def joined(self) -> str:
        """Return the modules as one function, with their comments."""
        names = (
            *(f"pages/{module}.js" for module in self.shared),
            *(f"{self.folder}/{module}.js" for module in self.modules),
        )
        return "(() => {\n'use strict';\n" + "".join(map(source, names)) + "})();\n"

    def checksum(self) -> str:
        """Return the SHA-256 of `joined`, in hexadecimal digits; the first line of `script.min.js` holds it."""
        return hashlib.sha256(self.joined().encode()).hexdigest()

    def script(self) -> str:
        """Return what the page carries: `script.min.js` without its first line, which says what it was made of."""
        return source(f"{self.folder}/script.min.js").partition("\n")[2].strip()


CHECKLIST = Bundle(
    "checklist",
    (
        *("model", "titles", "match", "outline", "editions", "store", "ticks", "paint", "rows", "find", "planner"),
        *("plan", "dates", "today", "file", "apart", "markdown", "palette", "start"),
    ),
)
MINDMAP = Bundle(
    "mindmap",
    (
        *("tree", "layout", "edges", "folding", "viewport", "url_state", "ticks", "search", "selection", "keyboard"),
        *("pointer", "start"),
    ),
)

COHORT = Bundle("cohort", ("overview",), shared=("common",))
BUNDLES = (CHECKLIST, MINDMAP, COHORT)


_MARKUP = str.maketrans("<`", ".,")


@lru_cache
def packed(dialogs: str) -> str:
    """Return what only a checklist's script needs, as raw DEFLATE (RFC 1951) in base 85, which `unpack.js` unpacks.

    That is its style, these dialogs and the script itself, with a zero between them: a third of the bytes.
    The digits are those of RFC 1924, with a point for `<` and a comma for the grave accent: nothing looks like markup.
    """
    deflate = zlib.compressobj(9, wbits=-15, memLevel=9)
    parts = f"{late_style()}\0{dialogs}\0{CHECKLIST.script()}".encode()
    return base64.b85encode(deflate.compress(parts) + deflate.flush()).decode().translate(_MARKUP)


@cache
def head_script() -> str:
    """Return what runs in a checklist before the first paint."""
    return strip(source("checklist/head.js"))


@cache
def unpack_script() -> str:
    """Return what unpacks a checklist's script."""
    return strip(source("checklist/unpack.js"))


@cache
def serve_script() -> str:
    """Return what the page of `roadpress serve` has besides."""
    return strip(source("checklist/serve.js"))


@cache
def style(*, marks_new: bool = False, accent: str = "", look: str = "") -> str:
    """Return a checklist's style with the palette in front, and with what marks new entries where there are any."""
    sheets = ("style.css", "new.css") if marks_new else ("style.css",)
    return palette(accent, look) + "".join(map(_sheet, sheets)) + family_rule(look)


@cache
def late_style() -> str:
    """Return the style of what only a checklist's script shows."""
    return _sheet("more.css")


def _sheet(name: str) -> str:
    return re.sub(r"(?<=[{}])\n", "", strip(source(f"checklist/{name}")))


def strip(text: str) -> str:
    """Return a source without its comments and indentation.

    Comments in these sources stand on lines of their own or are casts of one line, and no text runs over a line end; a
    test sees to both, so that this needs no parser.
    """
    lines: list[str] = []
    inside = False
    for raw in text.splitlines():
        line = _CAST.sub("", raw.strip())
        if inside or line.startswith("/*"):
            inside = "*/" not in line
        elif line and not line.startswith("//"):
            lines.append(line + "\n")
    return "".join(lines)


def family_rule(look: str) -> str:
    """Return what sets a page in the family of its look, where that is not the usual one: faces that readers have."""
    if theme.family_of(look) == "sans":
        return ""
    return "html,body{font-family:Literata,'Iowan Old Style',Charter,Georgia,'Noto Serif',serif}\n"


def palette(accent: str = "", look: str = "") -> str:
    """Return the palette of a look as custom properties, each for light and dark, and each branch's colours."""
    light, dark = (theme.palette(name, accent) for name in ("serif" if look == "serif" else "light", "dark"))
    pairs = {
        "ink": (light.ink, theme.DARK_INK),
        "muted": (light.muted, theme.DARK_MUTED),
        "rule": (light.rule, "#39414c"),
        "box": (light.control, "#8a95a3"),
        "ground": (light.ground, theme.DARK_GROUND),
    }
    for index, ((strong, tint), (dark_strong, dark_tint)) in enumerate(zip(light.branches, dark.branches, strict=True)):
        pairs |= {f"c{index}": (strong, dark_strong), f"t{index}": (tint, dark_tint)}
    names = ";".join(f"--{name}:light-dark({day},{night})" for name, (day, night) in pairs.items())
    branches = "".join(f".b{index}{{--c:var(--c{index});--t:var(--t{index})}}" for index in range(len(theme.BRANCHES)))
    return f":root{{{names}}}{branches}\n"


def icon() -> str:
    """Return the picture of the pages, for tabs and home screens, as an address: a ticked box in the first colour."""
    drawn = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>"
        f"<rect width='32' height='32' rx='6' fill='{theme.BRANCHES[0].strong}'/>"
        "<path d='M8 17l6 6L25 10' fill='none' stroke='#fff' stroke-width='4'/></svg>"
    )
    return "data:image/svg+xml," + drawn.replace("#", "%23").replace("<", "%3c").replace(">", "%3e")


def hash_source(text: str) -> str:
    """Return an inline script's or style's source expression (CSP Level 3 §2.3.1, `hash-source`)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
