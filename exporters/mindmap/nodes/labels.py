"""Labels: what a node says, in lines measured with the fonts we ship, so that a map is the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ....core import text, theme
from ....core.locale.words import Words, words_for
from ....core.model import Kind
from ....core.progress.model import State
from ....core.snapshot import Counts, Snapshot
from ...typeset import Run, Style, TextLine
from ...typeset.ascii_fast_path import is_plain
from ...typeset.bidi import has_rtl
from ..options import Options
from .balanced_lines import PlainLine, balanced, plain_lines
from .date_labels import DateLabel, DateLabels
from .label import Label, LabelLine, LabelRunStyle
from .reading_order import reading_order
from .tree import MapNode, Stage


class LabelStyle(NamedTuple):
    """How nodes of one depth are set, in points."""

    style: Style
    size: float
    measure: float
    """The widest line."""
    pad_x: float
    pad_y: float
    leading: float
    """Line height as a multiple of the size."""


SCALE = theme.TYPE_SCALE
LEVELS = (
    LabelStyle("semibold", SCALE[4], 260.0, 20.0, 13.0, theme.HEAD_LINE_HEIGHT),
    LabelStyle("semibold", SCALE[2], 210.0, 11.0, 7.0, 1.2),
    LabelStyle("medium", SCALE[1], 200.0, 8.0, 4.0, 1.25),
    LabelStyle("regular", SCALE[0], 240.0, 2.0, 1.0, 1.3),
)
NOTE_SIZE = 8.5
_SUMMARY_SIZE = SCALE[0]
_STEP_MEASURE = 190.0
"""The widest line of a step in a graph of prerequisites."""
_STYLES: dict[tuple[bool, bool], Style] = {
    (True, False): "bold",
    (False, True): "italic",
    (True, True): "bold-italic",
}
_SOFT = LabelRunStyle(soft=True)


def label_tree(root: MapNode, snapshot: Snapshot, options: Options) -> None:
    """Set the label and size of every node of the map."""
    tracked = bool(snapshot.total.done or snapshot.total.optional_done or snapshot.total.skipped)
    calendar = DateLabels(snapshot) if options.dates else None
    words = words_for(snapshot.roadmap.language, "mindmap")
    for topic in root.walk():
        when = calendar.of(topic.node, topic.depth) if calendar else None
        topic.label = _label(topic, snapshot, when, words, notes=options.notes, tracked=tracked)
        topic.width, topic.height = topic.label.width, topic.label.height


def _label(
    topic: MapNode, snapshot: Snapshot, when: DateLabel | None, words: Words, *, notes: bool, tracked: bool
) -> Label:
    node = topic.node
    if node is None:
        title, summary, body = snapshot.roadmap.title, "", snapshot.roadmap.description if notes else ""
    else:
        title, summary, body = node.title, node.summary, node.notes if notes else ""
    leaf = node is not None and not node.children
    level = LEVELS[min(topic.depth, 3)]
    step = topic.stage is not None
    if step:
        level = level._replace(measure=_STEP_MEASURE, pad_x=10.0, pad_y=7.0)
    if (
        node is not None
        and leaf
        and not step
        and topic.depth > 2
        and not (summary or body or when or node.icon or node.links or node.optional or snapshot.is_new(node))
    ):
        return _item(title, level)
    if topic.depth > 2 and not leaf:
        level = level._replace(style="medium")
    stack = _Stack(level.measure)
    beside = when if when and (leaf or topic.depth > 2) else None
    stack.add(_title_runs(topic, title, level, beside, snapshot, words), level.size, level.leading, soft=False)
    if summary:
        stack.space(2)
        stack.add(_runs(summary, "regular"), min(_SUMMARY_SIZE, level.size), 1.3, soft=True)
    progress = tracked and not leaf and topic.depth <= 2 and bool(topic.counts.total)
    below = [counted(topic.counts, words)] if progress and topic.depth <= 1 else []
    below += [when.text] if when and not beside else []
    below += [words["can_start"]] if topic.stage is Stage.READY and topic.state is State.OPEN else []
    if below:
        stack.space(2)
        stack.add([Run(" · ".join(below), "figures")], _SUMMARY_SIZE, 1.3, soft=True)
    if runs := _note_runs(body):  # a rule or an empty quotation shows no text
        stack.space(2)
        stack.add(runs, NOTE_SIZE, 1.35, soft=True)
    width = max((line.line.width * line.size for line in stack.lines), default=0.0)
    return Label(
        tuple(stack.lines), width, stack.y, level.pad_x, level.pad_y, leaf or step, progress, step or topic.depth < 3
    )


def _item(title: str, level: LabelStyle) -> Label:
    """Return the label of a leaf that has a title and nothing else, which most have."""
    measure = level.measure / level.size
    lines: Sequence[TextLine | PlainLine] | None = None
    read = None
    if text.is_plain(title) and is_plain(title):
        lines = plain_lines(title, level.style, measure)
    if lines is None:
        runs = _runs(title, level.style)
        lines = balanced(runs, measure, level.leading)
        read = reading_order(runs, lines)
    width = 0.0
    height = level.size * level.leading
    y = height / 2 + level.size * 0.345
    placed: list[LabelLine] = []
    for index, line in enumerate(lines):
        width = max(width, line.width)
        placed.append(LabelLine(line, level.size, y + index * height, False, read[index] if read else None))
    return Label(
        tuple(placed), width * level.size, height * len(lines), level.pad_x, level.pad_y, True, False, boxed=False
    )


class _Stack:
    """Paragraphs above each other."""

    def __init__(self, measure: float) -> None:
        self.lines: list[LabelLine] = []
        self.measure = measure
        self.y = 0.0

    def space(self, points: float) -> None:
        self.y += points

    def add(self, runs: list[Run], size: float, leading: float, *, soft: bool) -> None:
        height = size * leading
        lines = balanced(runs, self.measure / size, leading)
        read = reading_order(runs, lines)
        for index, line in enumerate(lines):
            baseline = self.y + height / 2 + size * 0.345
            self.lines.append(LabelLine(line, size, baseline, soft, read[index] if read else None))
            self.y += height


def _title_runs(
    topic: MapNode, title: str, level: LabelStyle, when: DateLabel | None, snapshot: Snapshot, words: Words
) -> list[Run]:
    node = topic.node
    runs = _runs(title, level.style)
    if node is None:
        return runs
    links = list(node.links)
    if links and not any(run.mark and run.mark.url for run in runs):  # the first is the title's own
        first = links[0]
        runs = [
            run._replace(mark=(run.mark or LabelRunStyle())._replace(url=first.url, hint=first.label)) for run in runs
        ]
        links[0:1] = []
    numbers = range(1 + len(node.links) - len(links), 1 + len(node.links))
    runs += [
        Run(f" [{number}]", "figures", LabelRunStyle(soft=True, url=link.url, hint=link.label))
        for number, link in zip(numbers, links, strict=True)
    ]
    if node.icon:
        icon = node.icon.replace("\ufe0f", "")  # else a browser takes its own coloured picture, not our font's
        runs.insert(0, Run(f"{icon} ", level.style))
    if topic.stage or (topic.depth <= 2 and not node.icon):
        runs.insert(0, Run(f"{node.number} ", "figures", _SOFT))
    if node.children and not topic.stage and node.kind is not Kind.TASK:  # a leaf's mark has its shape
        runs.append(Run(f" {theme.MARKS[node.kind]} {words[node.kind.value]}", "regular", _SOFT))
    if node.optional:
        runs.append(Run(f" {words['optional']}", "italic", _SOFT))
    if snapshot.is_new(node):
        runs.append(Run(f" {words['new']}", "semibold", _SOFT))
    if topic.hidden:
        runs.append(Run(f" +{topic.hidden}", "figures", _SOFT))
    if when:
        day = f"\u200e{when.text}" if has_rtl(title) else when.text  # else Arabic turns an ISO date's parts round
        runs.append(Run(f" ▸ {day}", "semibold") if when.now else Run(f" {day}", "figures", _SOFT))
    return runs


def _runs(source: str, style: Style) -> list[Run]:
    found = text.spans(source)
    if len(found) == 1 and not any(found[0][1:]):
        return [Run(found[0].text, style)]
    return [Run(span.text, *_look(span, style)) for span in found]


def _look(span: text.Span, style: Style) -> tuple[Style, LabelRunStyle | None]:
    strong = span.strong or (style in ("medium", "semibold") and span.emphasis and span.strong)
    look = "code" if span.code else _STYLES.get((strong, span.emphasis), style)
    tone = LabelRunStyle(url=span.url, strike=span.strike, hint=span.url) if span.url or span.strike else None
    return look, tone


def _note_runs(source: str) -> list[Run]:
    runs: list[Run] = []
    for line in text.plain_blocks(source).splitlines():
        if line.strip():
            runs += [Run("\n"), Run(line)] if runs else [Run(line)]
    return runs


def counted(counts: Counts, words: Words) -> str:
    """Return progress in words: `12 of 34 · 35 %`."""
    return f"{words.say('progress', done=counts.done, total=counts.total)} · {counts.percent} %"
