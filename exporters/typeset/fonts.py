"""The faces we ship, those the system has, and which of them has a character.

Fira Sans (Latin, Greek, Cyrillic) and Fira Code come from `fontpkg-*`, Noto Emoji, Symbols and Noto Sans of many
scripts from `manimgx-fonts`, Noto Sans CJK from `noto-cjk-sans-jp-*` (`roadpress[fonts]`). Only when none of
them has a character are the system's fonts looked through.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from ...core.adapters import adapters
from .char_classes import WIDE, Chars
from .ready_fonts import Kerning, ReadyFont, ready_font

Style = Literal["regular", "medium", "semibold", "bold", "italic", "bold-italic", "code", "figures"]
"""What text may look like; a face that has no such weight gives its nearest. `figures` is regular with tabular ones."""

STYLES: tuple[Style, ...] = ("regular", "medium", "semibold", "bold", "italic", "bold-italic", "code", "figures")
_WEIGHTS = {
    "regular": 400,
    "medium": 500,
    "semibold": 600,
    "bold": 700,
    "italic": 400,
    "bold-italic": 700,
    "code": 400,
    "figures": 400,
}
CODE_SCALE = 0.88
"""Fira Code is drawn smaller beside Fira Sans, so that both have one x-height."""


class Vertical(NamedTuple):
    """Vertical measures in em."""

    ascent: float
    descent: float
    """Below the baseline, negative."""
    cap_height: float


class FontFace:
    """One font file at one weight, opened when it is first asked for something."""

    __slots__ = ("_advances", "_font", "_ready", "_vertical", "name", "path", "scale", "tabular", "weight")

    def __init__(self, path: Path, weight: int | None = None, *, scale: float = 1.0, tabular: bool = False) -> None:
        stem = path.stem.removesuffix("[wght]")
        self.name = f"{stem}-{weight}" if weight else stem
        """A PostScript-like name, one for each file and weight."""
        self.path = path
        self.weight = weight
        """The weight to take of a variable font, or None for a static one."""
        self.scale = scale
        """What the size is multiplied by; widths given by this package already include it."""
        self.tabular = tabular
        """Whether all its figures have one width (OpenType `tnum`)."""
        self._font: Any = None
        self._ready: ReadyFont | Literal[False] | None = False
        self._advances: dict[str, float] = {}
        self._vertical: Vertical | None = None

    def __repr__(self) -> str:
        return f"Face({self.name})"

    @property
    def font(self) -> Any:
        """The `uharfbuzz.Font`, scaled to 1000 units an em."""
        if self._font is None:
            import uharfbuzz

            font = uharfbuzz.Font(uharfbuzz.Face(font_file(self.path)))
            font.scale = (1000, 1000)
            if self.weight:
                font.set_variations({"wght": self.weight})
            self._font = font
        return self._font

    @property
    def ready(self) -> ReadyFont | None:
        """What is known of the font without opening it, for the faces that most books use."""
        if self._ready is False:
            self._ready = ready_font(self.name, self.path)
        return self._ready

    @property
    def kerning(self) -> Kerning | None:
        """Which characters are set by pairs, as far as that is known without opening the font."""
        return (self.ready.tabular if self.tabular else self.ready.proportional) if self.ready else None

    def glyph(self, char: str) -> int:
        """Return a character's usual glyph; 0 when there is none."""
        if self.ready and self.ready.proportional.takes(char):
            return self.ready.proportional.glyph(char)
        return self.font.get_nominal_glyph(ord(char)) or 0 if self.has(char) else 0

    def glyph_advance(self, glyph: int) -> int:
        """Return a glyph's advance in thousandths of an em, without the face's scale."""
        found = self.ready.advances.get(glyph) if self.ready else None
        return round(self.font.get_glyph_h_advance(glyph)) if found is None else found

    def has(self, char: str) -> bool:
        """Whether there is a glyph for one character."""
        return self.ready.covers(char) if self.ready else bool(self.font.get_nominal_glyph(ord(char)))

    def advance(self, char: str) -> float:
        """Return the width of one character in em, without kerning; 0 when there is no glyph."""
        found = self._advances.get(char)
        if found is None:
            glyph = self.glyph(char)
            found = self._advances[char] = self.glyph_advance(glyph) * self.scale / 1000 if glyph else 0.0
        return found

    @property
    def vertical(self) -> Vertical:
        """Ascent, descent and height of capitals in em."""
        if self._vertical is None:
            self._vertical = Vertical(*self.ready.vertical) if self.ready else self.measured()
        return self._vertical

    def measured(self) -> Vertical:
        """Return its vertical measures from the file itself."""
        extents = self.font.get_font_extents("ltr")
        capital = self.font.get_glyph_extents(self.font.get_nominal_glyph(ord("H")) or 0)
        cap_height = capital.y_bearing / 1000 if capital else 0.7
        return Vertical(extents.ascender / 1000, extents.descender / 1000, cap_height)


def font_file(path: Path) -> Any:
    """Return a font's file as a `uharfbuzz.Blob`, mapped into memory."""
    import uharfbuzz

    if adapters.before_reading:
        adapters.before_reading(path)
    return uharfbuzz.Blob.from_file_path(str(path))


@cache
def _folder(package: str) -> Path | None:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


_FIRA = {
    "regular": "Regular",
    "medium": "Medium",
    "semibold": "SemiBold",
    "bold": "Bold",
    "italic": "Italic",
    "bold-italic": "BoldItalic",
    "figures": "Regular",
}


_LITERATA = {
    "regular": "Regular",
    "medium": "SemiBold",
    "semibold": "SemiBold",
    "bold": "SemiBold",
    "italic": "Italic",
    "bold-italic": "SemiBoldItalic",
    "figures": "Regular",
}

Family = Literal["sans", "serif"]
"""What a book is set in: Fira Sans, or Literata, of which `templates/fonts` has the Latin and Cyrillic letters."""

_family: Family = "sans"
_of_family: list[Any] = []
_Remembering = TypeVar("_Remembering", bound=Callable[..., Any])


def of_family(remembering: _Remembering) -> _Remembering:
    """Have what a function remembers (`functools.cache`) forgotten whenever the family changes."""
    _of_family.append(remembering)
    return remembering


def set_family(family: Family) -> Family:
    """Set all text from now on in a family; return the one until now."""
    global _family  # noqa: PLW0603 - as the language that text is written in: an output has one
    before = _family
    if family != before:
        _family = family
        for remembering in _of_family:
            remembering.cache_clear()
    return before


@of_family
@cache
def primary(style: Style) -> FontFace:
    """Return the face that a style is set in wherever it has the character."""
    if style == "code":
        return _shipped("fontpkg_fira_code", "files/FiraCode[wght].ttf", 400, scale=CODE_SCALE)
    if _family == "serif":
        file = f"templates/fonts/Literata-{_LITERATA[style]}.ttf"
        return _shipped("roadpress", file, None, tabular=style == "figures")
    return _sans(style)


@cache
def _sans(style: Style) -> FontFace:
    return _shipped("fontpkg_fira_sans", f"files/FiraSans-{_FIRA[style]}.ttf", None, tabular=style == "figures")


def _shipped(package: str, file: str, weight: int | None, *, scale: float = 1.0, tabular: bool = False) -> FontFace:
    folder = _folder(package)
    if folder is None:
        raise ModuleNotFoundError(f"{package} is a dependency of roadpress and is not installed")
    return FontFace(folder / file, weight, scale=scale, tabular=tabular)


_NOTO = (  # first and last character of the blocks that each file is asked for, in order of asking
    ("Hebrew", 0x0590, 0x05FF),
    ("Hebrew", 0xFB1D, 0xFB4F),
    ("Arabic", 0x0600, 0x08FF),
    ("Arabic", 0xFB50, 0xFEFC),
    ("Armenian", 0x0530, 0x058F),
    ("Devanagari", 0x0900, 0x097F),
    ("Bengali", 0x0980, 0x09FF),
    ("Gurmukhi", 0x0A00, 0x0A7F),
    ("Gujarati", 0x0A80, 0x0AFF),
    ("Oriya", 0x0B00, 0x0B7F),
    ("Tamil", 0x0B80, 0x0BFF),
    ("Telugu", 0x0C00, 0x0C7F),
    ("Kannada", 0x0C80, 0x0CFF),
    ("Malayalam", 0x0D00, 0x0D7F),
    ("Sinhala", 0x0D80, 0x0DFF),
    ("Thai", 0x0E00, 0x0E7F),
    ("Lao", 0x0E80, 0x0EFF),
    ("Myanmar", 0x1000, 0x109F),
    ("Georgian", 0x10A0, 0x10FF),
    ("Ethiopic", 0x1200, 0x139F),
    ("Khmer", 0x1780, 0x17FF),
)


@cache
def _noto(script: str, weight: int) -> FontFace | None:
    folder = _folder("manimgx_fonts")
    path = folder / f"{script}[wght].ttf" if folder else None
    return FontFace(path, weight) if path and path.exists() else None


@cache
def _fira_code(weight: int) -> FontFace:
    return _shipped("fontpkg_fira_code", "files/FiraCode[wght].ttf", weight)


@cache
def _cjk(*, bold: bool) -> FontFace | None:
    for weight in ("Bold", "Regular") if bold else ("Regular", "Bold"):
        if folder := _folder(f"noto_cjk_sans_jp_{weight.lower()}"):
            return FontFace(folder / f"NotoSansCJKjp-{weight}.otf")
    return None


_EMOJI_RANGES = (
    "\u231a \u231b \u23e9\u23ec \u23f0 \u23f3 \u25fd \u25fe \u2614 \u2615 \u2648\u2653 \u267f \u2693 \u26a1 "
    "\u26aa \u26ab \u26bd \u26be \u26c4 \u26c5 \u26ce \u26d4 \u26ea \u26f2 \u26f3 \u26f5 \u26fa \u26fd \u2705 "
    "\u270a \u270b \u2728 \u274c \u274e \u2753\u2755 \u2757 \u2795\u2797 \u27b0 \u27bf \u2b1b \u2b1c \u2b50 "
    "\u2b55 \U0001f000\U0001faff"
)
_EMOJI = Chars(*_EMOJI_RANGES.split())
"""Emoji_Presentation=Yes in the Basic Multilingual Plane (UTS #51), and all beyond it."""


def is_emoji(char: str) -> bool:
    """Whether a character is shown as a picture when nothing asks for text."""
    return char in _EMOJI


def emoji(style: Style) -> FontFace | None:
    """Return the face of emoji at a style's weight."""
    return _noto("NotoEmoji", _WEIGHTS[style])


@of_family
@lru_cache(maxsize=65536)
def face_for(char: str, style: Style) -> FontFace | None:
    """Return the face for one character in a style: the style's own, else the first that has it; None when none has."""
    return next((face for face in faces_asked(char, style) if face.has(char)), None)


def faces_asked(char: str, style: Style) -> Iterator[FontFace]:
    """Yield the faces to ask for a character, in order; a generator, so that no file is opened in vain."""
    yield primary(style)
    yield from filter(None, _candidates(char, style, _WEIGHTS[style]))


def _candidates(char: str, style: Style, weight: int) -> Iterator[FontFace | None]:
    code = ord(char)
    for script, first, last in _NOTO:
        if first <= code <= last:
            yield _noto(f"NotoSans{script}", weight)
    if is_emoji(char) or char == "\u20e3":
        yield emoji(style)
    if char in WIDE:
        yield _cjk(bold=weight >= 600)
        yield from _system_faces()
    if style == "code":
        yield primary("regular")
    elif _family == "serif":
        yield _sans(style)
    yield _noto("NotoSans-Italic" if "italic" in style else "NotoSans", weight)
    yield _fira_code(min(weight, 700))
    yield _noto("NotoSansSymbols", weight)
    yield emoji(style)
    yield _cjk(bold=weight >= 600)
    yield from _system_faces()


_SYSTEM_FOLDERS = {
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "win32": ("%WINDIR%/Fonts", "%LOCALAPPDATA%/Microsoft/Windows/Fonts"),
}
_LIKELY = ("noto", "dejavu", "symbol", "unicode", "cjk", "freesans", "gothic", "seguisym")


@cache
def _system_faces() -> tuple[FontFace, ...]:
    """Return the upright faces of the system, likely ones first; `ROADPRESS_SYSTEM_FONTS=0` leaves them out."""
    if os.environ.get("ROADPRESS_SYSTEM_FONTS") == "0":
        return ()
    found: list[Path] = []
    for folder in _SYSTEM_FOLDERS.get(
        sys.platform, ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts")
    ):
        root = Path(os.path.expandvars(folder)).expanduser()
        found += (path for path in root.rglob("*") if path.suffix.lower() in {".ttf", ".otf", ".ttc"})
    upright = [path for path in found if not any(word in path.stem.lower() for word in ("italic", "oblique", "color"))]

    def order(path: Path) -> tuple[bool, bool, bool, str]:
        name = path.stem.lower()
        return ("sans" not in name, not any(word in name for word in _LIKELY), "bold" in name, str(path))

    return tuple(FontFace(path) for path in sorted(upright, key=order))
