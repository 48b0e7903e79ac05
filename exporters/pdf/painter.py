"""Painting: rows in their places to page operators, annotations and tags, as values that many files may share."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, TypeVar

from ...core import text as markdown
from ..pdfwriter.fonts import Drawn, EncodedWord, Fonts, tj
from ..pdfwriter.shapes import line
from ..pdfwriter.strings import text_string, uri_string
from ..pdfwriter.structure_tree import StructElem
from ..typeset import Run, Style, Word, of_family, width, wrap
from ..typeset.ascii_fast_path import is_plain
from .colors import ColorScheme
from .form_fields import BoxPictures, value_of
from .options import Options
from .page_model import CheckBox, LineBox, LinkAnnotation, PageNumber, Placed, Rows, Shape, Text, mirrored
from .page_size import PageGeometry

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
Events = tuple[StructElem | None, ...]
"""The element of each marked content, and of each annotation, before which there is a None."""


class Annotation(NamedTuple):
    """An annotation, but for what its file decides."""

    entries: bytes
    target: str = ""
    """The id of the node that a link leads to."""
    leaf: str = ""
    """The id of the leaf whose box it is."""
    title: bytes = b""
    """What is read out at the box."""
    value: bytes = b""
    """What that leaf's field says."""


class _Template(NamedTuple):
    """Rows as they are painted anywhere."""

    operators: tuple[str, ...]
    """Around the first row's upper left corner; between them go the numbers of the marked contents."""
    events: Events
    annotations: tuple[tuple[Annotation, float, float, float, float], ...]
    """Each with its place: left, low, width, height."""
    drawn: Drawn


class Painted:
    """Rows as they are painted in one place. Who it is counts, not what it holds."""

    __slots__ = ("annotations", "contents", "drawn", "events", "operators")

    def __init__(
        self, operators: str, contents: int, events: Events, annotations: tuple[Annotation, ...], drawn: Drawn
    ) -> None:
        self.operators = operators
        self.contents = contents
        """How many marked contents it has."""
        self.events = events
        self.annotations = annotations
        self.drawn = drawn


class Painter:
    """Paints rows: the same rows in the same place the same way."""

    def __init__(
        self, options: Options, paper: PageGeometry, look: ColorScheme, fonts: Fonts, boxes: BoxPictures, first: int
    ) -> None:
        """`first` is the object number of the first page."""
        self.options = options
        self.paper = paper
        self.look = look
        self.fonts = fonts
        self.boxes = boxes
        self.first = first
        self._color = ""
        self._font = ("", 0.0)
        """The state of the text: fill colour, font and size."""
        self._kept: dict[tuple[object, ...], Painted] = {}
        self._templates: dict[tuple[Rows, str], _Template] = {}

    def painted(self, placed: Placed, column: float, page: int, contents: int, said: str) -> Painted:
        """Return rows painted on a page, counted from 0, with columns of a width, after so many marked contents.

        `said` is the page number that stands in the rows, if one does.
        """
        rows = placed.rows
        if not self.fonts.shared or not isinstance(rows, Rows):
            return self._in_place(self._template(rows, column, said), placed, page, contents)
        key = (*placed, page, contents, said)
        found = self._kept.get(key)
        if found is None:
            template = self._templates.get((rows, said))
            if template is None:
                template = self._template(rows, column, said)
                _remember(self._templates, (rows, said), template)
            found = self._in_place(template, placed, page, contents)
            _remember(self._kept, key, found)
        return found

    def _in_place(self, template: _Template, placed: Placed, page: int, contents: int) -> Painted:
        x, top = placed.x, self.paper.height - placed.y
        out = [template.operators[0]]
        for number, part in enumerate(template.operators[1:], contents):
            out += (str(number), part)
        on = b"/P %d 0 R" % (self.first + page)
        annotations = [
            Annotation(
                b"%s/Rect[%.2f %.2f %.2f %.2f]%s"
                % (annotation.entries, x + left, top + low, x + left + width, top + low + height, on),
                *annotation[1:],
            )
            for annotation, left, low, width, height in template.annotations
        ]
        operators = f"q 1 0 0 1 {x:.2f} {top:.2f} cm\n{''.join(out)}\nQ" if out[0] else ""
        count = len(template.operators) - 1
        return Painted(operators, count, template.events, tuple(annotations), template.drawn)

    def _template(self, rows: list[LineBox], column: float, said: str) -> _Template:
        out: list[str] = []
        events: list[StructElem | None] = []
        annotations: list[tuple[Annotation, float, float, float, float]] = []
        self._color, self._font = "", ("", 0.0)
        current: StructElem | None = None
        open_ = False
        top = 0.0
        rtl = self.look.rtl
        for row in rows:
            for mark in row.marks if not rtl else [mirrored(mark, column) for mark in row.marks]:
                if isinstance(mark, LinkAnnotation):
                    events += (None, mark.tag if mark.tag.role == "Link" else StructElem("Link", mark.tag))
                    annotations.append((link(mark), mark.x, top - mark.dy, mark.width, mark.height))
                    continue
                if isinstance(mark, CheckBox) and self.options.form:
                    events += (None, mark.tag)
                    annotations.append((self._box(mark), mark.x, top - mark.dy, mark.size, mark.size))
                    continue
                tag = None if isinstance(mark, Shape) else mark.tag
                if tag is not current or not open_:
                    if open_:
                        out.append("EMC")
                    if tag is None:
                        out.append("/Artifact BMC")
                    else:
                        out.append(f"/{tag.role} <</MCID {_HOLE}>> BDC")
                        events.append(tag)
                    current, open_ = tag, True
                if isinstance(mark, Text):
                    self._text(mark, 0.0, top, out)
                elif isinstance(mark, Shape):
                    out.append(f"q 1 0 0 1 {mark.x:.2f} {top - mark.dy:.2f} cm {mark.operators} Q")
                elif isinstance(mark, PageNumber):
                    self._number(mark, said, 0.0, top, out)
                else:
                    out.append(self.boxes.drawn(mark, 0.0, top))
            top -= row.height
        if open_:
            out.append("EMC")
        parts = tuple("\n".join(out).split(f"<</MCID {_HOLE}>>"))
        operators = (parts[0], *(f">>{part}" for part in parts[1:]))
        operators = (*(f"{part}<</MCID " for part in operators[:-1]), operators[-1])
        return _Template(operators, tuple(events), tuple(annotations), self.fonts.drawn())

    def furniture(self, head: str, title: str, said: str) -> Painted:
        """Return the running head and, at the foot, the book's title and the page number, as artifacts."""
        paper, look = self.paper, self.look
        self._color, self._font = "", ("", 0.0)
        size = max(7.0, paper.size * 0.8)
        right = paper.width - paper.side
        out = ["/Artifact <</Type/Pagination/Subtype/Header>> BDC"]
        y = paper.height - paper.top * 0.55
        room = right - paper.side - 50
        self._edge(_short(head, size, room), "medium", y, out)
        rule = line(right - paper.side, look.rule, 0.5)
        out.append(f"q 1 0 0 1 {paper.side:.2f} {y - size * 0.75:.2f} cm {rule} Q EMC")
        out.append("/Artifact <</Type/Pagination/Subtype/Footer>> BDC")
        self._edge(_short(title, size, room), "regular", paper.bottom * 0.5, out)
        self._edge(said, "figures", paper.bottom * 0.5, out, last=True)
        out.append("EMC")
        return Painted("\n".join(out), 0, (), (), self.fonts.drawn())

    def _box(self, mark: CheckBox) -> Annotation:
        title = text_string(f"{mark.node.number} {markdown.plain(mark.node.title)}")
        return Annotation(self.boxes.entries(mark), "", mark.node.id, b"/TU" + title, value_of(mark))

    def _text(self, mark: Text, x: float, top: float, out: list[str]) -> None:
        font, scale, _ = self.fonts.setting(mark.style)
        start = "BT "
        if mark.color != self._color:  # colour and font stay until they are set anew (ISO 32000-1, 8.4.1)
            self._color = mark.color
            start = f"{mark.color} rg BT "
        if (font, mark.size) != self._font:
            self._font = (font, mark.size)
            start += f"/{font} {mark.size * scale:.2f} Tf "
        start += f"{x + mark.x:.2f} {top - mark.dy:.2f} Td "
        if isinstance(mark.words, str):
            out.append(f"{start}[({self.fonts.plain(mark.words, mark.style)})]TJ ET")
        else:
            encoded = [self.fonts.encode(word, mark.style) for word in mark.words]
            space = self.fonts.plain(" ", mark.style)
            out.append(start + self._mixed(encoded, mark.size, font, scale, space) + "ET")
            self._font = ("", 0.0)

    def _mixed(self, encoded: list[str | EncodedWord], size: float, font: str, scale: float, space: str) -> str:
        """Return the operators of words of which some may need another face or say their text themselves."""
        result = ""
        at = font
        for index, payload in enumerate(encoded):
            if index:
                if at != font:
                    result += f"/{font} {size * scale:.2f} Tf "
                    at = font
                result += f"[({space})]TJ "
            if isinstance(payload, str):
                if at != font:
                    result += f"/{font} {size * scale:.2f} Tf "
                    at = font
                result += f"{tj(payload)} "
                continue
            if payload.actual:
                actual = text_string(payload.actual).decode("latin-1")
                result += f"/Span <</ActualText {actual}>> BDC "
            for part in payload.parts:
                here = f"{part.font}@{part.scale}"
                if at not in {here, part.font if part.scale == scale else here}:
                    result += f"/{part.font} {size * part.scale:.2f} Tf "
                at = part.font if part.scale == scale else here
                shown = _risen(part.rises, size) if part.rises else f"{tj(part.payload)} "
                if part.silent:
                    shown = f"/Span <</ActualText<FEFF>>> BDC {shown}EMC "
                elif part.actual:
                    shown = f"/Span <</ActualText {text_string(part.actual).decode('latin-1')}>> BDC {shown}EMC "
                result += shown
            if payload.actual:
                result += "EMC "
        return result

    def _edge(self, text: str, style: Style, y: float, out: list[str], *, last: bool = False) -> None:
        """Draw one line of furniture where lines begin, or where they end."""
        size = max(7.0, self.paper.size * 0.8)
        x = self.paper.side
        if last is not self.look.rtl:
            x = self.paper.width - self.paper.side - width(text, style, size)
        words: list[tuple[float, list[Word] | str]] = [(0.0, text)]
        if not is_plain(text):
            words = [(segment.x, segment.words) for segment in wrap([Run(text, style)], 10_000)[0].segments]
        for start, said in words:
            self._text(Text(start * size, 0.0, size, self.look.muted, said, style, None), x, y, out)

    def _number(self, mark: PageNumber, said: str, x: float, top: float, out: list[str]) -> None:
        wide = width(said, "figures", mark.size)
        left = mark.right if self.look.rtl else mark.right - wide
        text = Text(left, mark.dy, mark.size, mark.color, said, "figures", mark.tag)
        self._text(text, x, top, out)


def link(mark: LinkAnnotation) -> Annotation:
    """Return a link, without its place."""
    goal = b"/A<</S/URI/URI%s>>" % uri_string(mark.url) if mark.url else b""
    alternate = text_string(mark.alternate or mark.url)
    return Annotation(b"/Subtype/Link/Border[0 0 0]/F 4/Contents%s%s" % (alternate, goal), mark.target)


_HOLE = "\x00"
"""Where the number of a marked content goes: no operator holds it so."""


def _remember(kept: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    if len(kept) >= _MOST:
        kept.clear()
    kept[key] = value


_MOST = 20_000
"""Rows to remember as they were painted; then it begins anew."""
_HEAD_WORDS = 7
"""A running head names; it is no prose."""


@of_family
@lru_cache(maxsize=64)  # pages of one section say the same
def _short(text: str, size: float, room: float) -> str:
    """Return a text that fits, cut with an ellipsis where it must be."""
    words = text[:300].split()
    text = " ".join(words[:_HEAD_WORDS]) + ("…" if len(words) > _HEAD_WORDS else "")
    if width(text, "medium", size) <= room:
        return text
    while text and width(text + "…", "medium", size) > room:
        text = text[: -max(1, len(text) // 16)]
    return text.rstrip() + "…"


def _risen(rises: tuple[tuple[float, str], ...], size: float) -> str:
    """Return strings of which some are raised: marks above and below letters."""
    result = "".join(f"{rise * size:.2f} Ts {tj(payload)} " for rise, payload in rises)
    return result + "0 Ts "
