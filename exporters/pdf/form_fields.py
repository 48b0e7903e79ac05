"""The boxes of leaves: check boxes of a form (ISO 32000-1, 12.7.4.2.3), or drawings of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ...core.model import Node, Roadmap
from ...core.progress.model import State
from ...core.snapshot import Snapshot
from ..pdfwriter.document import PdfWriter
from ..pdfwriter.metadata import ABOUT, creator, field_value
from ..pdfwriter.shapes import box
from ..pdfwriter.strings import text_string
from .colors import ColorScheme
from .page_model import CheckBox, box_size
from .page_size import PageGeometry

_NAMES = {State.DONE: "done", State.SKIPPED: "skipped"}


class _Picture(NamedTuple):
    """What the picture of a box is drawn by."""

    state: str
    color: str
    optional: bool


class BoxPictures:
    """The pictures of boxes, ticked and not: each is drawn once for all boxes of a file that look the same.

    They are known from the roadmap alone, so that their numbers are the same whatever is ticked.
    """

    def __init__(self, roadmap: Roadmap, paper: PageGeometry, look: ColorScheme, *, skipped: bool, first: int) -> None:
        """`skipped` says whether any leaf is; numbers begin with the `first` one."""
        self.look = look
        self.size = box_size(paper)
        states = ("done", "open", "skipped") if skipped else ("done", "open")
        kinds = dict.fromkeys((look.branch(leaf.section).strong, leaf.optional) for leaf in roadmap.leaves())
        pictures = [_Picture(state, *kind) for kind in kinds for state in states]
        self._numbers = {picture: number for number, picture in enumerate(pictures, first)}
        self._entries: dict[_Picture, bytes] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def write(self, document: PdfWriter) -> None:
        """Write all pictures; their numbers are the next ones of the file."""
        edge = self.size
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]/Resources<<>>" % (edge, edge)
        for picture, number in self._numbers.items():
            assert document.reserve() == number
            document.stream(self._operators(picture).encode(), entries, number)

    def entries(self, mark: CheckBox) -> bytes:
        """Return what all boxes of one state and look say."""
        own = _Picture(_NAMES.get(mark.state, "open"), mark.color, mark.node.optional)
        found = self._entries.get(own)
        if found is None:
            on = self._numbers[own._replace(state="done")]
            off = self._numbers[own._replace(state="skipped" if own.state == "skipped" else "open")]
            # colours and type, for programs that draw a ticked box anew
            drawn = b"/MK<</CA(4)/BC[%s]/BG[%s]>>/DA(/ZaDb 0 Tf %s rg)" % tuple(
                color.encode() for color in (self.look.control, self.look.ground, mark.color)
            )
            found = self._entries[own] = b"/Subtype/Widget/AS%s%s/F 4/AP<</N<</Yes %d 0 R/Off %d 0 R>>>>" % (
                b"/Yes" if own.state == "done" else b"/Off",
                drawn,
                on,
                off,
            )
        return found

    def drawn(self, mark: CheckBox, x: float, top: float) -> str:
        """Return the operators of a box that can't be ticked, in a row that begins at a place."""
        picture = _Picture(_NAMES.get(mark.state, "open"), mark.color, mark.node.optional)
        return f"q 1 0 0 1 {x + mark.x:.2f} {top - mark.dy:.2f} cm {self._operators(picture)} Q"

    def _operators(self, picture: _Picture) -> str:
        look = self.look
        return box(
            self.size,
            look.control,
            picture.color,
            look.ground,
            picture.state,
            optional=picture.optional,
            filled=not look.saver,
        )


def value_of(mark: CheckBox) -> bytes:
    """Return what the field of a leaf says: its state at export, which is its default, and its name."""
    state = b"Yes" if mark.state is State.DONE else b"Off"
    return b"/FT/Btn/V/%s/DV/%s/T%s" % (state, state, text_string(mark.node.id))


class FormFields:
    """The form of a file: one field a leaf, named by its id.

    A leaf that has a box in its week, too, is one field with two boxes, which are ticked together.
    """

    def __init__(self, document: PdfWriter, twice: frozenset[str], leaves: Iterable[Node]) -> None:
        """`twice` are the ids of leaves with more than one box.

        Every leaf then has the number of such a field, so that what comes after has the same in every learner's file.
        """
        self.document = document
        self.twice = twice
        self._fields = {leaf.id: document.reserve() for leaf in leaves} if twice else {}
        self._boxes: dict[str, tuple[int, bytes, list[int]]] = {}
        """Of such a leaf the number of its field, what the field says, and its boxes."""
        self.numbers: list[int] = []
        """Of all fields."""

    def entry(self, leaf: str, value: bytes, title: bytes, number: int) -> bytes:
        """Take a box with an object number; return what makes it part of its leaf's field, which says `value`."""
        if leaf not in self.twice:
            self.numbers.append(number)
            return value
        if leaf not in self._boxes:
            self._boxes[leaf] = (self._fields[leaf], value + title, [])
            self.numbers.append(self._boxes[leaf][0])
        field, _, boxes = self._boxes[leaf]
        boxes.append(number)
        return b"/Parent %d 0 R" % field

    def finish(self) -> None:
        """Write the fields of leaves with more than one box, once all boxes are drawn."""
        for number, value, boxes in self._boxes.values():
            kids = b" ".join([b"%d 0 R" % box for box in boxes])
            self.document.add(b"<<%s/Kids[%s]>>" % (value, kids), number)

    def about(self, snapshot: Snapshot, page: int) -> int:
        """Add the hidden field that says whose the book is, to a page with an object number.

        Programs that fill forms and viewers that save them keep fields; what else a file says of itself some lose.
        """
        number = self.document.add(
            b"<</Type/Annot/Subtype/Widget/FT/Tx/Ff 1/F 2/Rect[0 0 0 0]/T%s/TU%s/V%s/P %d 0 R>>"
            % (text_string(ABOUT), text_string(creator()), text_string(field_value(snapshot)), page)
        )
        self.numbers.append(number)
        return number
