"""The editor's page, from `templates/edit`: of `roadpress edit` here, and of the page in the web (`web/build.py`).

Its scripts are modules that esbuild joins: for the web with all else there, for `roadpress edit` into
`templates/edit/local`, with CodeMirror and pdf.js, by `make page`.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from ...core.locale.language_file import language_file
from ...core.locale.words import words_for
from . import assets

LOCAL = ("app.js", "code.js", "lib/pdf.min.mjs", "lib/pdf.worker.min.mjs")
"""What `make page` makes of the scripts for `roadpress edit`."""
SOURCES = ("app", "backend", "code", "fonts", "frame", "outline", "picture", "store", "words")
_KINDS = {"js": "text/javascript", "mjs": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}


def part(path: str) -> tuple[bytes, str] | None:
    """Return what the page of `roadpress edit` loads from a path, and its media type; None for anything else."""
    folder, _, name = path.rpartition("/")
    if folder == "words" and name.removesuffix(".json") in languages():
        return words(name.removesuffix(".json")).encode(), "application/json"
    if path == "style.css":
        return style().encode(), f"{_KINDS['css']}; charset=utf-8"
    if path == "icon.svg":
        return assets.source("edit/icon.svg").encode(), _KINDS["svg"]
    return (_local(path), _KINDS[path.rpartition(".")[2]]) if path in LOCAL else None


def page() -> str:
    """Return the page of `roadpress edit`."""
    sums = {name: integrity((part(name) or (b"",))[0]) for name in ("style.css", "app.js")}
    return filled(sums.__getitem__)


def filled(sum_of: Callable[[str], str], head: str = "") -> str:
    """Return the page: `sum_of` says what a file that it loads adds up to, `head` is what else stands in its head."""
    scripts = (
        frame(),
        assets.head_script(),
        assets.unpack_script(),
        assets.CHECKLIST.script(),
        assets.MINDMAP.script(),
    )
    places: Mapping[str, str] = {
        "head": head,
        "languages": " ".join(languages()),
        "scripts": " ".join(map(assets.hash_source, scripts)),
        **{f"sum {name}": sum_of(name) for name in ("style.css", "app.js")},
    }
    text = assets.source("edit/page.html")
    for name, value in places.items():
        text = text.replace(f"{{{{{name}}}}}", value if name == "head" else html.escape(value, quote=False))
    return text


def style() -> str:
    """Return the style of the page."""
    return assets.palette() + assets.source("edit/style.css")


def frame() -> str:
    """Return the script that stands before those of an output's page, which is shown in a frame."""
    return assets.strip(assets.source("edit/frame.js"))


def words(language: str) -> str:
    """Return what the page says in a language, as JSON; English where a word is missing."""
    own = words_for(language, "edit")
    said = {name: own[name] for name in language_file("en")["edit"]}
    said |= {name: words_for(language, part)[key] for name, (part, key) in _LENT.items()}
    about = {"language": own.language, "direction": own.locale.direction}
    return json.dumps(about | {"words": said}, ensure_ascii=False)


_LENT = {
    "h": ("", "hours"),
    "optional": ("", "optional"),
    "undo": ("checklist", "undo"),
    "close": ("checklist", "close"),
    "menu": ("checklist", "menu"),
    "entry": ("cohort", "entry"),
}
"""What others say, too: the part of a language's file, and its name there."""


def integrity(data: bytes) -> str:
    """Return the sum of a file (Subresource Integrity)."""
    return f"sha384-{base64.b64encode(hashlib.sha384(data).digest()).decode()}"


def checksum() -> str:
    """Return the SHA-256 of the scripts' sources, in hexadecimal digits; the first line of `local/app.js` holds it."""
    return hashlib.sha256("".join(assets.source(f"edit/{name}.js") for name in SOURCES).encode()).hexdigest()


@cache
def languages() -> tuple[str, ...]:
    """Return the names of the languages that have words."""
    folder = files("roadpress") / "templates" / "words"
    return tuple(sorted(path.name.removesuffix(".json") for path in folder.iterdir() if path.name.endswith(".json")))


@cache
def _local(path: str) -> bytes:
    return (files("roadpress") / "templates" / "edit" / "local" / path).read_bytes()
