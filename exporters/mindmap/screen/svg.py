"""The drawing for screens: boxes, branches, the text as it was measured, the fonts it was measured with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from itertools import groupby
from typing import NamedTuple

from ....core import text
from ....core.locale.words import words_for
from ....core.model import Kind, Node
from ....core.progress.model import State
from ....core.snapshot import Snapshot
from ....core.snapshot.facts import FactReader
from ...typeset import Style
from ..layout.curves import curve
from ..layout.layouts import Extent
from ..layout.names import NEEDS
from ..nodes.balanced_lines import PlainLine
from ..nodes.checkbox_shapes import mark_id, mark_parts
from ..nodes.label import BAR, BAR_SPACE, MARK, MARK_SPACE, Label, LabelLine, LabelRunStyle
from ..nodes.labels import LEVELS, counted
from ..nodes.prerequisites import PrerequisiteArrow, arrows
from ..nodes.tooltip import tooltip
from ..nodes.tree import MapNode, Point, Stage
from ..options import Options
from .style import style_sheet
from .webfonts import font_rules


def drawing(root: MapNode, extent: Extent, snapshot: Snapshot, options: Options) -> str:
    """Return the whole SVG document (SVG 2, in what browsers and editors share)."""
    needs = arrows(root) if options.needs else ()
    writer = Writer(snapshot, options.layout)
    body = writer.body(root, needs)
    width, height = f"{extent.width:.0f}", f"{extent.height:.0f}"
    title = text.plain(snapshot.roadmap.title)
    rules = style_sheet(options.theme, options.accent, steps=options.layout == NEEDS)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" lang="{escape(snapshot.roadmap.language)}" role="group" '
        'aria-labelledby="title summary">\n'
        f'<title id="title">{clean(title)}</title>\n<desc id="summary">{clean(description(root, snapshot))}</desc>\n'
        f"<style>\n{font_rules(writer.used)}{rules}</style>\n"
        f'{writer.defs()}<rect class="ground" width="100%" height="100%"/>\n{body}</svg>\n'
    )


def description(root: MapNode, snapshot: Snapshot) -> str:
    """Return the map in a sentence, for those who can't see it."""
    words = words_for(snapshot.roadmap.language, "mindmap")
    titles = (text.plain(topic.node.title) for topic in root.children if topic.node)
    branches = words.locale.list_separator.join(titles)
    return words.say("map", titles=branches, counted=counted(snapshot.total, words))


def clean(content: str) -> str:
    """Return text for XML: escaped, and without the characters that XML 1.0 §2.2 forbids."""
    if not content.isprintable():
        content = _FORBIDDEN.sub("\ufffd", content)
    return escape(content, quote=False)


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Mark(NamedTuple):
    """The mark of a leaf, which is drawn once and used by all leaves of its kind and state."""

    name: str
    look: str
    parts: tuple[str, str]


_HEAD = (
    '<marker id="%s" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" class="head%s">'
    '<path d="M0 .5L8 4L0 7.5Z"/></marker>'
)
_MARK = '<use href="#%s" class="%s" x="%.2f" y="%.2f"/>'
_TEXT = '<text%s x="%.2f" y="%.2f">%s</text>'
"""Templates, which are filled faster than f-strings with numbers."""


class Writer:
    """Writes nodes and branches, and remembers which words, styles and marks they use."""

    def __init__(self, snapshot: Snapshot, layout: str) -> None:
        self.snapshot = snapshot
        self.layout = layout
        self.words = words_for(snapshot.roadmap.language, "mindmap")
        self.facts = FactReader(snapshot, self.words)
        self.used: dict[Style, set[str]] = {}
        self.marks: dict[tuple[Kind, State, bool], Mark] = {}
        self.lines: list[str] = []

    def body(self, root: MapNode, needs: Sequence[PrerequisiteArrow] = ()) -> str:
        """Return all branches and arrows, then all nodes in reading order."""
        out = self.lines
        out.append('<g class="edges" aria-hidden="true">')
        for branch in root.children:
            out.append(f'<g class="b{branch.branch}">')
            self._branch(root, branch)
            for parent in branch.walk():
                for child in parent.children:
                    self._branch(parent, child)
            out.append("</g>")
        out.append("</g>")
        out += self._arrows(needs)
        for topic in root.walk():
            self.node(topic)
        out.append("")
        body = "\n".join(out)
        out.clear()  # they hold as much as the body does
        return body

    def _branch(self, parent: MapNode, child: MapNode) -> None:
        """Write the branch that leads to a node, if there is one."""
        if child.joined:
            path = _path(curve(parent, child, self.layout).outline())
            self.lines.append(f'<path{_EDGE[min(child.depth, 3)]} id="e{child.key[1:]}" d="{path}"/>')

    def _arrows(self, needs: Sequence[PrerequisiteArrow]) -> Iterator[str]:
        """Yield an arrow for each thing that comes before another; its head is a marker.

        Where the map is about them they have the colour of what comes first; over a tree they are dashed.
        """
        for branch, alike in groupby(needs, key=lambda need: need.first.branch if need.routed else -1):
            name, look = ("head", "") if branch < 0 else (f"head{branch}", f" b{branch}")
            yield _HEAD % (name, look)
            yield f'<g class="{"routed " if look else ""}needs{look}" marker-end="url(#{name})">'
            for need in alike:
                yield f'<path d="{_path(need.path)}"><title>{clean(need.sentence(self.words))}</title></path>'
            yield "</g>"

    def defs(self) -> str:
        """Return the marks that are used."""
        parts = [
            f'<g id="{name}"><path d="{outline}"/>' + (f'<path class="s" d="{inside}"/>' if inside else "") + "</g>"
            for name, _, (outline, inside) in sorted(self.marks.values())
        ]
        return f"<defs>{''.join(parts)}</defs>\n" if parts else ""

    def node(self, topic: MapNode) -> None:
        """Write one node: its box, mark, text and progress."""
        label, out = topic.label, self.lines
        turn = f' transform="rotate({topic.angle:.2f} {topic.x:.2f} {topic.y:.2f})"' if topic.angle else ""
        tip = clean(tooltip(topic, self.facts))
        out.append(f'<g id="{topic.key}" class="{classes(topic)}"{turn}>\n<title>{tip}</title>')
        if label.boxed:
            out.append(f'<path class="box" d="{_box(topic)}"/>')
        left, top = topic.x - topic.width / 2, topic.y - topic.height / 2
        if label.marked and topic.node:
            x = left + label.pad_x if topic.side > 0 else left + topic.width - label.pad_x - MARK
            out.append(_MARK % (*self._mark(topic.node, topic.state), x, topic.y - topic.lift - MARK / 2))
        x, anchor = text_place(topic, label)
        top += label.pad_y
        depth = min(topic.depth, 3)
        size = LEVELS[depth].size
        style: Style = "medium" if depth == 3 and topic.node and topic.node.children else LEVELS[depth].style
        for line in label.lines:
            look = _text_class(anchor, line.soft, 0.0 if line.size == size else line.size)
            out.append(_TEXT % (look, x, top + line.y, self._spans(line, "regular" if line.soft else style)))
        if label.bar:
            self._bar(topic, label, left + label.pad_x, top)
        out.append("</g>")

    def _mark(self, node: Node, state: State) -> tuple[str, str]:
        """Return the id and the classes of a leaf's mark."""
        key = node.kind, state, node.optional
        if key not in self.marks:
            kind = "mark done" if state is State.DONE else "mark"
            look = f"{kind} optional" if node.optional else kind
            self.marks[key] = Mark(mark_id(node, state), look, mark_parts(node, state))
        return self.marks[key][:2]

    def all_states(self) -> None:
        """Define the marks of every state of the kinds that are used, for what is ticked later."""
        for kind, _, optional in list(self.marks):
            for state in (State.OPEN, State.DONE, State.SKIPPED):
                self._mark(Node("", "", "", 1, kind=kind, optional=optional), state)

    def _spans(self, line: LabelLine, style: Style) -> str:
        if line.read is not None:
            for run in line.read:
                self.used.setdefault(run.style, set()).update(run.text.split())
            return "".join(self._span(run.text, run.style, run.mark, style) for run in line.read)
        if isinstance(line.line, PlainLine) and line.line.style == style:
            return self._plain(line.line)
        segments = line.line.segments
        if len(segments) == 1 and segments[0].mark is None and segments[0].style == style:  # as most lines are
            own = [word.text for word in segments[0].words]
            self.used.setdefault(style, set()).update(own)
            return clean(" ".join(own))
        parts: list[str] = []
        end = 0.0
        for segment in segments:
            words = " ".join(word.text for word in segment.words)
            self.used.setdefault(segment.style, set()).update(word.text for word in segment.words)
            space = " " if parts and segment.x - end > 1e-6 else ""
            parts.append(space + self._span(words, segment.style, segment.mark, style))
            end = segment.x + segment.width
        return "".join(parts)

    def _plain(self, line: PlainLine) -> str:
        self.used.setdefault(line.style, set()).update(line.text.split())
        if not line.lead:
            return clean(line.text)
        number = line.lead.text.strip()
        self.used.setdefault(line.lead.style, set()).add(number)
        return f"{self._span(number, line.lead.style, line.lead.mark, line.style)} {clean(line.text)}"

    def _span(self, words: str, own: Style, tone: LabelRunStyle | None, style: Style) -> str:
        words = clean(words)
        names = [] if own == style else [_STYLE_CLASS[own]]
        if tone is not None:
            names += [name for name, wanted in (("soft", tone.soft), ("strike", tone.strike)) if wanted]
        if names:
            words = f'<tspan class="{" ".join(names)}">{words}</tspan>'
        if tone is not None and tone.url:
            hint = f"<title>{clean(tone.hint)}</title>" if tone.hint else ""
            words = f'<a href="{escape(tone.url)}" target="_blank" rel="noopener">{hint}{words}</a>'
        return words

    def _bar(self, topic: MapNode, label: Label, left: float, top: float) -> None:
        y = top + label.text_height + BAR_SPACE - BAR
        width = label.text_width
        done = width * topic.counts.fraction
        self.lines.append(
            f'<rect class="track" x="{left:.2f}" y="{y:.2f}" width="{width:.2f}" height="{BAR}" rx="1.5"/>'
        )
        if done:
            self.lines.append(
                f'<rect class="bar" x="{left:.2f}" y="{y:.2f}" width="{max(done, BAR):.2f}" height="{BAR}" rx="1.5"/>'
            )


def _path(points: Sequence[Point]) -> str:
    """Return the path data of joined cubic Bézier curves."""
    template = _TAPER if len(points) == 7 else f"M%.2f,%.2fC{' '.join(['%.2f,%.2f'] * (len(points) - 1))}"
    return template % tuple([number for point in points for number in point])


_TAPER = f"M%.1f,%.1fC{' '.join(['%.1f,%.1f'] * 6)}"
"""A branch, which is filled twice as fast as an f-string."""


def _box(topic: MapNode) -> str:
    """Return the path data of a node's rounded box."""
    radius = min(_RADIUS, topic.width / 3, topic.height / 3)
    left, top = topic.x - topic.width / 2 + radius, topic.y - topic.height / 2
    across, down = topic.width - 2 * radius, topic.height - 2 * radius
    one, two, three, four = _corners(round(radius, 2))
    return f"M{left:.2f},{top:.2f}h{across:.2f}{one}v{down:.2f}{two}h{-across:.2f}{three}v{-down:.2f}{four}Z"


@cache
def _corners(radius: float) -> tuple[str, str, str, str]:
    """Return the path data of a box's corners, clockwise from the upper right."""
    r, h = radius, radius / 2
    return (
        f"c{h:g},0 {r:g},{h:g} {r:g},{r:g}",
        f"c0,{h:g} {-h:g},{r:g} {-r:g},{r:g}",
        f"c{-h:g},0 {-r:g},{-h:g} {-r:g},{-r:g}",
        f"c0,{-h:g} {h:g},{-r:g} {r:g},{-r:g}",
    )


_RADIUS = 12.0
_EDGE = ("", ' class="k1"', ' class="k2"', "")
_STYLE_CLASS: dict[Style, str] = {
    "regular": "r",
    "figures": "f",
    "medium": "m",
    "semibold": "sb",
    "bold": "b",
    "italic": "i",
    "bold-italic": "b i",
    "code": "c",
}


def classes(topic: MapNode) -> str:
    """Return a node's classes: depth, branch, state."""
    inner = topic.depth > 2 and topic.node is not None and bool(topic.node.children)
    return _classes(min(topic.depth, 3), topic.branch, topic.variant, topic.state, inner, topic.stage)


@cache
def _classes(depth: int, branch: int, variant: bool, state: State, inner: bool, stage: Stage | None) -> str:
    names = [f"d{depth}"]
    if branch >= 0:
        names.append(f"b{branch}")
    if variant:
        names.append("v")
    if state in (State.DONE, State.SKIPPED):
        names.append(state.value)
    if inner:
        names.append("m")
    if stage:
        names += ["step", stage.value]
    return " ".join(names)


@cache
def _text_class(anchor: str, soft: bool, size: float) -> str:
    """Return the attribute of a line of text; its size when it is not that of its level."""
    names = [anchor, "soft" if soft else "", f"z{size * 10:.0f}" if size else ""]
    return f' class="{" ".join(filter(None, names))}"' if any(names) else ""


def text_place(topic: MapNode, label: Label) -> tuple[float, str]:
    """Return where a label's lines are anchored, and how: at their start, `end` or `middle`."""
    space = MARK_SPACE if label.marked else 0.0
    if not topic.depth:
        return topic.x, "middle"
    if topic.side < 0 and not label.boxed:
        return topic.x + topic.width / 2 - label.pad_x - space, "end"
    return topic.x - topic.width / 2 + label.pad_x + (space if topic.side > 0 else 0.0), ""
