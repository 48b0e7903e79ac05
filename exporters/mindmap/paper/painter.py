"""The map as PDF operators: the same drawing as on screen, from the same layout, in points with y upwards."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ....core import theme
from ....core.progress.model import State
from ...pdfwriter.fonts import EncodedWord, Fonts, tj
from ...pdfwriter.shapes import bar, rectangle, rgb
from ...pdfwriter.strings import text_string
from ...pdfwriter.structure_tree import StructElem
from ...typeset import Run, Style, TextLine, Word, primary, wrap
from ..layout.columns import bends
from ..layout.curves import Curve
from ..layout.layouts import Extent
from ..layout.page_node import REFERENCE, REFERENCE_SIZE
from ..nodes.checkbox_shapes import mark_parts
from ..nodes.label import BAR, BAR_SPACE, MARK, MARK_SPACE, LabelLine
from ..nodes.prerequisites import PrerequisiteArrow, arrows
from ..nodes.tree import MapNode, Point, Stage
from .accessibility import ContentStream, StructElements
from .svg_paths import operators

RADIUS = 6.0
_SAVER_EDGE = "#8a939e"
_STEP_WIDTHS = {Stage.OVER: 0.7, Stage.READY: 2.0, Stage.WAITING: 0.7}


class Area(NamedTuple):
    """A rectangle of the map that leads somewhere: left, bottom, width and height, y upwards."""

    x: float
    y: float
    width: float
    height: float
    url: str
    key: str
    """The node whose own page it leads to, or empty."""
    tag: StructElem
    """The element it belongs to."""
    says: str
    """What is said of it."""


class NodeColors(NamedTuple):
    """The colours of one node, as operands of `rg`."""

    fill: str
    """Empty when it is not filled."""
    edge: str
    """Of its outline, or empty."""
    text: str
    soft: str
    strong: str
    """Of its branch."""
    track: str
    """Under its progress bar."""
    width: float = 0.7
    """Of its outline, in points."""


class PdfPainter:
    """Draws trees with the fonts of one file."""

    def __init__(self, fonts: Fonts, colors: theme.Palette, *, ink_saver: bool, needs: bool = False) -> None:
        self.fonts = fonts
        self.colors = colors
        self.saver = ink_saver
        self.needs = needs
        """Whether to draw what comes before what."""

    def strong(self, branch: int) -> str:
        """Return the colour of a branch."""
        return self.colors.branches[branch][0]

    def edge(self, topic: MapNode) -> str:
        """Return the colour of the branch that leads to a node."""
        return rgb(_SAVER_EDGE if self.saver or topic.branch < 0 else self.strong(topic.branch))

    def ink(self, topic: MapNode) -> NodeColors:
        """Return a node's colours."""
        ink, muted, white = rgb(self.colors.ink), rgb(self.colors.muted), rgb(self.colors.ground)
        if topic.stage:
            return self._step_ink(topic, topic.stage)
        if self.saver:
            edge = ink if topic.depth == 0 or topic.label.boxed else ""
            return NodeColors("", edge, ink, muted, ink, rgb(self.colors.rule))
        if topic.branch < 0:
            return NodeColors(
                ink,
                "",
                white,
                rgb(theme.between(self.colors.ink, self.colors.ground, 0.8)),
                white,
                rgb(theme.between(self.colors.ink, self.colors.ground, 0.25)),
            )
        color, paper = self.strong(topic.branch), self.colors.ground
        strong, tint = rgb(color), rgb(self.colors.branches[topic.branch][1])
        if topic.depth == 1 and not topic.variant:
            return NodeColors(strong, "", white, tint, white, rgb(theme.between(color, paper, 0.35)))
        track = rgb(theme.between(color, paper, 0.72))
        if topic.depth == 1:
            return NodeColors(white, strong, strong, strong, strong, track)
        if topic.depth == 2:
            return NodeColors(tint, "", strong, strong, strong, track)
        return NodeColors("", "", ink, muted, strong, tint)

    def _step_ink(self, topic: MapNode, stage: Stage) -> NodeColors:
        """Return the colours of a step: filled when over, thickly outlined while it can be started, else thinly."""
        ink, muted, white = rgb(self.colors.ink), rgb(self.colors.muted), rgb(self.colors.ground)
        width = _STEP_WIDTHS[stage]
        if self.saver:
            return NodeColors("", ink, muted if stage is Stage.OVER else ink, muted, ink, rgb(self.colors.rule), width)
        color, paper = self.strong(topic.branch), self.colors.ground
        strong, tint = rgb(color), rgb(self.colors.branches[topic.branch][1])
        track = rgb(theme.between(color, paper, 0.72))
        if stage is Stage.OVER:
            return NodeColors(strong, "", white, white, white, rgb(theme.between(color, paper, 0.35)))
        if stage is Stage.READY:
            return NodeColors(tint, strong, ink, strong, strong, track, width)
        return NodeColors(white, strong, ink, muted, strong, track, width)

    def tree(
        self,
        root: MapNode,
        extent: Extent,
        layout: str,
        out: ContentStream,
        places: Mapping[str, StructElements] | None,
        *,
        references: Mapping[str, str] = MappingProxyType({}),
    ) -> list[Area]:
        """Draw a laid-out tree and return what in it leads somewhere; without places it is drawn as shapes only.

        `references` says of nodes that go on elsewhere where that is: `p. 7` by key.
        """
        topics = list(root.walk())
        out.mark(None)
        for parent in topics:
            for child in parent.children:
                for bend in bends(parent, child, layout, top=parent is root):
                    out.append(self.branch(child, bend, extent))
        if self.needs:
            out.append(*(self.arrow(need, extent) for need in arrows(root)))
        areas: list[Area] = []
        for topic in topics:
            place = places[topic.key] if places is not None else None
            self.node(topic, extent, out, areas, place, text=bool(places), reference=references.get(topic.key, ""))
        return areas

    def arrow(self, need: PrerequisiteArrow, extent: Extent) -> str:
        """Return the operators of a dashed arrow."""
        colored = need.routed and not self.saver
        return _arrow(need, extent, self.strong(need.first.branch) if colored else self.colors.muted)

    def branch(self, child: MapNode, bend: Curve, extent: Extent) -> str:
        """Return the operators of the curve that leads to a node."""
        color = self.edge(child)
        return f"{color} rg {color} RG {(2, 1.8, 1.2, 0.8)[min(child.depth, 3)]} w 1 j {_taper(bend, extent)}"

    def node(
        self,
        topic: MapNode,
        extent: Extent,
        out: ContentStream,
        areas: list[Area],
        place: StructElements | None,
        *,
        text: bool = True,
        reference: str = "",
    ) -> None:
        """Draw one node: box, mark, text and progress; without a place all of it is an artifact and leads nowhere."""
        ink = self.ink(topic)
        out.mark(None)
        left, low = topic.x - topic.width / 2, extent.height - topic.y - topic.height / 2
        if topic.angle:
            c, s = math.cos(math.radians(topic.angle)), math.sin(math.radians(topic.angle))
            out.append(f"q {c:.5f} {-s:.5f} {s:.5f} {c:.5f} {topic.x:.2f} {extent.height - topic.y:.2f} cm")
            left, low = -topic.width / 2, -topic.height / 2
        if ink.fill or ink.edge:
            radius = topic.height / 2 if topic.depth == 0 and topic.height < 60 else RADIUS
            out.append(f"q 1 0 0 1 {left:.2f} {low:.2f} cm")
            if ink.fill:
                out.append(rectangle(topic.width, topic.height, ink.fill, radius=radius))
            if ink.edge:
                dash = "[3 2] 0 d " if topic.node is not None and topic.node.optional else ""
                out.append(dash + rectangle(topic.width, topic.height, ink.edge, radius=radius, outline=ink.width))
            out.append("Q")
        if text:
            found: list[Area] = []
            begin = left + (REFERENCE if reference and topic.side < 0 else 0.0)
            self._content(topic, ink, begin, low, out, found, place)
            if reference and place:
                found.append(self._refer(topic, ink, left, low, reference, out, place))
            if place:
                areas += [_turned(area, topic, extent) for area in found] if topic.angle else found
        elif not topic.label.boxed:
            out.append(
                f"q 1 0 0 1 {left:.2f} {low + topic.height * 0.3:.2f} cm "
                f"{rectangle(topic.width, topic.height * 0.4, rgb(self.colors.rule))} Q"
            )
        if topic.angle:
            out.mark(None)
            out.append("Q")

    def _content(
        self,
        topic: MapNode,
        ink: NodeColors,
        left: float,
        low: float,
        out: ContentStream,
        areas: list[Area],
        place: StructElements | None,
    ) -> None:
        label = topic.label
        top = low + topic.height - label.pad_y
        begin = left + label.pad_x
        room = label.text_width
        if label.marked:
            begin_text = begin + MARK_SPACE if topic.side > 0 else begin
            middle = low + topic.height / 2 + topic.lift
            x = begin if topic.side > 0 else begin + room + MARK_SPACE - MARK
            out.mark(place.mark if place else None)
            out.append(f"q 1 0 0 1 {x:.2f} {middle - MARK / 2:.2f} cm {self._mark(topic, ink)} Q")
            begin = begin_text
        struck = topic.state is State.SKIPPED
        soft = topic.state is State.DONE and label.marked and not topic.stage
        for text_line in label.lines:
            shift = _aligned(topic, text_line.line.width * text_line.size, room)
            where = (begin + shift, top - text_line.y)
            self._line(text_line, where, ink, out, areas, place, soft=soft, strike=struck)
        if label.bar:
            fraction = topic.counts.fraction
            y = low + label.pad_y - 1
            drawn = bar(room, fraction, ink.strong, ink.track, outline=self.saver)
            out.mark(None)
            out.append(f"q 1 0 0 1 {begin:.2f} {y + (BAR_SPACE - BAR) * 0.2:.2f} cm {drawn} Q")

    def _refer(
        self,
        topic: MapNode,
        ink: NodeColors,
        left: float,
        low: float,
        said: str,
        out: ContentStream,
        place: StructElements,
    ) -> Area:
        """Draw where a node goes on, at its outer end; all of it leads there."""
        wide = set_plain(said, "figures").width * REFERENCE_SIZE
        pad = topic.label.pad_x
        x = left + pad if topic.side < 0 else left + topic.width - pad - wide
        tag = StructElem("Link", place.text)
        out.mark(tag)
        out.append(self.plain(said, "figures", REFERENCE_SIZE, ink.soft, x, low + topic.height / 2 - 3.4))
        return Area(left, low, topic.width, topic.height, "", topic.key, tag, said)

    def _mark(self, topic: MapNode, ink: NodeColors) -> str:
        """Return the operators of a leaf's mark: its kind, and whether it is done, skipped or optional."""
        assert topic.node is not None
        outline, inside = mark_parts(topic.node, topic.state)
        done = topic.state is State.DONE
        inverse = topic.depth == 1 or topic.stage is Stage.OVER
        ground = ink.fill if ink.fill and inverse else rgb(self.colors.ground)
        dashed = "[2 1.4] 0 d " if topic.node.optional else ""
        drawn = f"{ink.strong if done else ground} rg {ink.strong} RG 1 w {dashed}{operators(outline, MARK)} B"
        if inside:
            drawn += f" {ground if done else ink.strong} RG 1.1 w 1 J 1 j [] 0 d {operators(inside, MARK)} S"
        return drawn

    def _line(
        self,
        text_line: LabelLine,
        where: tuple[float, float],
        ink: NodeColors,
        out: ContentStream,
        areas: list[Area],
        place: StructElements | None,
        *,
        soft: bool,
        strike: bool,
    ) -> None:
        size = text_line.size
        x, y = where
        for segment in text_line.line.segments:
            tone = segment.mark
            color = ink.soft if text_line.soft or soft or (tone is not None and tone.soft) else ink.text
            start = x + segment.x * size
            tag = place.text if place else None
            if place and tone is not None and tone.url:
                last = areas[-1] if areas else None  # a link may run over several words and lines
                tag = last.tag if last and last.url == tone.url else StructElem("Link", place.text)
                says = tone.hint or tone.url
                areas.append(Area(start, y - size * 0.25, segment.width * size, size * 1.2, tone.url, "", tag, says))
            out.mark(tag)
            out.append(self.words(segment.words, segment.style, size, color, start, y))
            if strike or (tone is not None and tone.strike):
                out.append(
                    f"{color} RG {size * 0.07:.2f} w {start:.2f} {y + size * 0.27:.2f} m "
                    f"{start + segment.width * size:.2f} {y + size * 0.27:.2f} l S"
                )
            if tone is not None and tone.url:
                out.append(
                    f"{color} RG {size * 0.05:.2f} w {start:.2f} {y - size * 0.16:.2f} m "
                    f"{start + segment.width * size:.2f} {y - size * 0.16:.2f} l S"
                )

    def words(self, words: list[Word], style: Style, size: float, color: str, x: float, y: float) -> str:
        """Return the operators of words on one baseline."""
        space = self.fonts.plain(" ", style)
        own = primary(style)
        name = self.fonts.of(own).name
        out = [f"BT {color} rg {x:.2f} {y:.2f} Td"]
        at = ""
        for index, word in enumerate(words):
            if index:
                at = _font(out, at, name, size * own.scale)
                out.append(f"[({space})]TJ")
            payload = self.fonts.encode(word, style)
            if isinstance(payload, str):
                at = _font(out, at, name, size * own.scale)
                out.append(tj(payload))
            else:
                at = _setting(out, at, payload, size)
        out.append("ET")
        return " ".join(out)

    def plain(self, text: str, style: Style, size: float, color: str, x: float, y: float) -> str:
        """Return the operators of one line of plain text that begins at a place."""
        line = set_plain(text, style)
        return " ".join(
            self.words(segment.words, segment.style, size, color, x + segment.x * size, y) for segment in line.segments
        )


def _turned(area: Area, topic: MapNode, extent: Extent) -> Area:
    """Return what an area of a turned node covers on the map: the rectangle around it."""
    c, s = math.cos(math.radians(topic.angle)), math.sin(math.radians(topic.angle))
    corners = [(area.x + dx, area.y + dy) for dx in (0.0, area.width) for dy in (0.0, area.height)]
    across = [topic.x + x * c + y * s for x, y in corners]
    up = [extent.height - topic.y - x * s + y * c for x, y in corners]
    return area._replace(x=min(across), y=min(up), width=max(across) - min(across), height=max(up) - min(up))


def set_plain(text: str, style: Style) -> TextLine:
    """Return a text as one line."""
    return wrap([Run(text, style)], 100_000.0)[0]


def short(text: str, style: Style, size: float, room: float) -> str:
    """Return a text cut to a room in points, with an ellipsis where something is missing."""
    if set_plain(text[:400], style).width * size <= room and len(text) <= 400:
        return text
    text = text[:400]
    while text and set_plain(f"{text}…", style).width * size > room:
        text = text[: max(0, len(text) - max(1, len(text) // 12))]
    return f"{text.rstrip()}…"


def _font(out: list[str], at: str, name: str, size: float) -> str:
    chosen = f"/{name} {size:.2f} Tf"
    if chosen != at:
        out.append(chosen)
    return chosen


def _setting(out: list[str], at: str, setting: EncodedWord, size: float) -> str:
    if setting.actual:
        out.append(f"/Span <</ActualText {text_string(setting.actual).decode('latin-1')}>> BDC")
    for part in setting.parts:
        at = _font(out, at, part.font, size * part.scale)
        if part.silent or part.actual:
            said = b"<FEFF>" if part.silent else text_string(part.actual)
            out.append(f"/Span <</ActualText {said.decode('latin-1')}>> BDC")
        if part.rises:
            out += [f"{rise * size:.2f} Ts {tj(payload)}" for rise, payload in part.rises]
            out.append("0 Ts")
        else:
            out.append(tj(part.payload))
        if part.silent or part.actual:
            out.append("EMC")
    if setting.actual:
        out.append("EMC")
    return at


def _aligned(topic: MapNode, width: float, room: float) -> float:
    """Return how far a line stands from the left of its room: the root's centred, items lean to their parent."""
    if topic.depth == 0:
        return (room - width) / 2
    return 0.0 if topic.side > 0 or topic.label.boxed else room - width


def _taper(bend: Curve, extent: Extent) -> str:
    return f"{_curves(bend.outline(), extent)} b"


def _curves(path: Sequence[Point], extent: Extent) -> str:
    """Return the operators of joined cubic Bézier curves."""
    points = [f"{x:.2f} {extent.height - y:.2f}" for x, y in path]
    return " ".join((f"{points[0]} m", *(f"{' '.join(points[at : at + 3])} c" for at in range(1, len(points), 3))))


def _arrow(need: PrerequisiteArrow, extent: Extent, color: str) -> str:
    """Return curves with a head, dashed where they lie over a tree."""
    (x, y), (from_x, from_y) = need.path[-1], need.path[-2]
    length = math.hypot(x - from_x, y - from_y) or 1.0
    ux, uy = (x - from_x) / length * 8, (y - from_y) / length * 8
    head = [(x, y), (x - ux + uy * 0.45, y - uy - ux * 0.45), (x - ux - uy * 0.45, y - uy + ux * 0.45)]
    tip = [f"{px:.2f} {extent.height - py:.2f}" for px, py in head]
    ink = rgb(color)
    line = "1.2 w" if need.routed else "1.3 w [5 3.5] 0 d"
    return f"q {ink} RG {ink} rg {line} {_curves(need.path, extent)} S {tip[0]} m {tip[1]} l {tip[2]} l f Q"
