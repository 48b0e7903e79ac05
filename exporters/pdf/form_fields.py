"""The boxes of leaves: check boxes of a form (ISO 32000-1, 12.7.4.2.3), or drawings of them."""

from __future__ import annotations

from ...core import text as markdown
from ...core.progress.model import State
from ...core.snapshot import Snapshot
from ..pdfwriter.metadata import ABOUT, creator, field_value
from ..pdfwriter.shapes import box
from ..pdfwriter.strings import text_string
from ..pdfwriter.structure_tree import StructTree
from .colors import ColorScheme
from .page_model import CheckBox


class FormFields:
    """The form of a file: one field a leaf, named by its id, with the state at export as its default.

    A leaf that has a box in its week, too, is one field with two boxes, which are ticked together. The pictures of a
    box, ticked and not, are drawn once for all boxes that look the same.
    """

    def __init__(self, snapshot: Snapshot, look: ColorScheme, tree: StructTree, twice: frozenset[str]) -> None:
        """`twice` are the ids of leaves with more than one box."""
        self.snapshot = snapshot
        self.twice = twice
        self._boxes: dict[str, tuple[int, bytes, list[int]]] = {}
        """Of such a leaf the number of its field, what the field says, and its boxes."""
        self.look = look
        self.tree = tree
        self.fields: list[int] = []
        """Object numbers."""
        self._pictures: dict[tuple[str, str, bool, float], int] = {}
        self._shared: dict[tuple[str, str, bool, float], bytes] = {}

    def field(self, mark: CheckBox, x: float, top: float, page: int) -> int:
        """Add the field of a leaf in a row that begins at a place of the page with an object number."""
        node = mark.node
        x, y = x + mark.x, top - mark.dy
        state = self._state(mark)
        title = text_string(f"{node.number} {markdown.plain(node.title)}")
        place = b"/TU%s/Rect[%.2f %.2f %.2f %.2f]/P %d 0 R" % (title, x, y, x + mark.size, y + mark.size, page)
        entries = self._entries(state, mark) + place
        value = b"/FT/Btn/V/%s/DV/%s/T%s" % ((b"Yes" if state == "done" else b"Off",) * 2 + (text_string(node.id),))
        if node.id not in self.twice:
            number = self.tree.annotation(mark.tag, entries + value)
            self.fields.append(number)
            return number
        if node.id not in self._boxes:
            self._boxes[node.id] = (self.tree.document.reserve(), b"%s/TU%s" % (value, title), [])
            self.fields.append(self._boxes[node.id][0])
        field, _, boxes = self._boxes[node.id]
        number = self.tree.annotation(mark.tag, entries + b"/Parent %d 0 R" % field)
        boxes.append(number)
        return number

    def finish(self) -> None:
        """Write the fields of leaves with more than one box, once all boxes are drawn."""
        for number, entries, boxes in self._boxes.values():
            kids = b" ".join([b"%d 0 R" % box for box in boxes])
            self.tree.document.add(b"<<%s/Kids[%s]>>" % (entries, kids), number)

    def about(self, page: int) -> int:
        """Add the hidden field that says whose the book is, to a page with an object number.

        Programs that fill forms and viewers that save them keep fields; what else a file says of itself some lose.
        """
        number = self.tree.document.add(
            b"<</Type/Annot/Subtype/Widget/FT/Tx/Ff 1/F 2/Rect[0 0 0 0]/T%s/TU%s/V%s/P %d 0 R>>"
            % (text_string(ABOUT), text_string(creator()), text_string(field_value(self.snapshot)), page)
        )
        self.fields.append(number)
        return number

    def drawn(self, mark: CheckBox, x: float, top: float) -> str:
        """Return the operators of a box that can't be ticked, in a row that begins at a place."""
        return f"q 1 0 0 1 {x + mark.x:.2f} {top - mark.dy:.2f} cm {self._operators(self._state(mark), mark)} Q"

    def _state(self, mark: CheckBox) -> str:
        state = self.snapshot.state(mark.node)
        return "done" if state is State.DONE else "skipped" if state is State.SKIPPED else "open"

    def _entries(self, state: str, mark: CheckBox) -> bytes:
        """Return what all boxes of one state and look say."""
        key = (state, mark.color, mark.node.optional, mark.size)
        found = self._shared.get(key)
        if found is None:
            on = self._picture("done", mark)
            off = self._picture("skipped" if state == "skipped" else "open", mark)
            # colours and type, for programs that draw a ticked box anew
            drawn = b"/MK<</CA(4)/BC[%s]/BG[%s]>>/DA(/ZaDb 0 Tf %s rg)" % tuple(
                color.encode() for color in (self.look.control, self.look.ground, mark.color)
            )
            found = self._shared[key] = b"/Subtype/Widget/AS%s%s/F 4/AP<</N<</Yes %d 0 R/Off %d 0 R>>>>" % (
                b"/Yes" if state == "done" else b"/Off",
                drawn,
                on,
                off,
            )
        return found

    def _picture(self, state: str, mark: CheckBox) -> int:
        key = (state, mark.color, mark.node.optional, mark.size)
        found = self._pictures.get(key)
        if found is None:
            entries = b"/Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]/Resources<<>>" % (mark.size, mark.size)
            content = self._operators(state, mark).encode()
            found = self._pictures[key] = self.tree.document.stream(content, entries)
        return found

    def _operators(self, state: str, mark: CheckBox) -> str:
        look = self.look
        optional = mark.node.optional
        return box(mark.size, look.control, mark.color, look.ground, state, optional=optional, filled=not look.saver)
