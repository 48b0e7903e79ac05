"""One edit of a roadmap's outline in its text: an entry renamed, moved, taken out, added; all else stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ...core.errors import InvalidRoadmap, RoadpressError, UsageError
from ...core.model import Node, Roadmap
from ...core.roadmap_file.editing import Block, Blocks
from ...core.roadmap_file.loading import load_bytes, read_with_problems
from ...core.roadmap_file.yaml_pieces import cut
from ...core.yaml_text import scalar


class OutlineEdit(NamedTuple):
    """What is to be done."""

    action: str
    """A name in ACTIONS, or in TOP_KEYS."""
    id: str = ""
    """Of the entry; not for what is said of the whole roadmap. `add` without one adds a section."""
    value: str = ""
    """The new title, hours, day or pace; empty takes hours, day and pace away."""


class Edited(NamedTuple):
    """What came of an edit."""

    text: str
    roadmap: Roadmap


def edited(text: str, edit: OutlineEdit, *, known: Roadmap | None = None, name: str = "the roadmap") -> Edited:
    """Return a roadmap's text with one edit in it, and the roadmap that it says.

    `known` is what the text says already, `name` what messages call it.

    Raises InvalidRoadmap when the text has mistakes, or would have (hours that are none), RoadpressError when an entry
    can't be edited without changing more than that, or is not there.
    """
    roadmap = known or load_bytes(text.encode("utf-8", "surrogatepass"), name)
    if edit.action not in ACTIONS and edit.action not in TOP_KEYS:
        raise UsageError(f"There is no edit called {edit.action!r}.", remedy=f"There are: {', '.join(ACTIONS)}.")
    result = _edited_section(text, roadmap, edit) or _edited_whole(text, roadmap, edit)
    after = load_bytes(result.encode("utf-8", "surrogatepass"), name)
    if _count(after) - _count(roadmap) != _GROWTH.get(edit.action, 0) and edit.action != "delete":
        raise RoadpressError("This can't be changed without changing more.", remedy="Write it in the text.")
    return Edited(result, after)


def _edited_whole(text: str, roadmap: Roadmap, edit: OutlineEdit) -> str:
    if not (blocks := _blocks(text, roadmap)):
        raise RoadpressError("This can't be changed without changing more.", remedy="Write it in the text.")
    if edit.action in TOP_KEYS:
        _set_top(blocks, edit)
    else:
        node = next((node for node in roadmap.walk() if node.id == edit.id), None)
        if node is None and (edit.action != "add" or edit.id):
            raise RoadpressError(f"There is no entry {edit.id!r} any more.", remedy="Look at the outline again.")
        ACTIONS[edit.action](blocks, node, edit.value)
    return blocks.result()


_HEAD = "roadpress: 1\ntitle: one section\nsections:\n"
_LEAST_DEPTH = {"rename": 1, "hours": 1, "add": 1, "delete": 2, "up": 2, "down": 2, "in": 2, "out": 3}
"""How deep an entry stands at least whose section alone changes by each edit."""


def _edited_section(text: str, roadmap: Roadmap, edit: OutlineEdit) -> str:
    """Do an edit in the section that it changes alone, which costs as much as that is long; empty where it can't be."""
    number, place, depth = _whereabouts(roadmap, edit.id)
    pieces = cut(text) if depth >= _LEAST_DEPTH.get(edit.action, 999) else None
    if not pieces or len(pieces.sections) != len(roadmap.sections):
        return ""
    small = _HEAD + pieces.sections[number]
    alone, _ = read_with_problems(small)  # what it needs of other sections is no mistake here
    nodes = list(alone.walk())
    if len(alone.sections) != 1 or len(nodes) != sum(1 for _ in roadmap.sections[number].walk()):
        return ""
    try:
        blocks = Blocks(small, alone)
        ACTIONS[edit.action](blocks, nodes[place], edit.value)
        result = blocks.result()
    except RoadpressError:
        return ""  # the whole says why, with the lines of the file
    if not result.startswith(_HEAD):
        return ""
    sections = [*pieces.sections[:number], result.removeprefix(_HEAD), *pieces.sections[number + 1 :]]
    return "".join([pieces.head, *sections, pieces.tail])


def _whereabouts(roadmap: Roadmap, wanted: str) -> tuple[int, int, int]:
    """Return the section that an entry is in, its place there, and its depth; three zeros where it is not."""
    for number, section in enumerate(roadmap.sections if wanted else ()):
        for place, node in enumerate(section.walk()):
            if node.id == wanted:
                return number, place, node.depth
    return 0, 0, 0


_GROWTH = {"add": 1}


def _count(roadmap: Roadmap) -> int:
    return sum(1 for _ in roadmap.walk())


def _blocks(text: str, roadmap: Roadmap) -> Blocks | None:
    """Return the text in blocks; a roadmap without sections gets a place for them."""
    blocks = Blocks(text, roadmap)
    if any(key.value == "sections" for key, _ in blocks.root.yaml.value):
        return blocks
    longer = f"{blocks.text}sections: []\n"
    try:
        return Blocks(longer, load_bytes(longer.encode("utf-8", "surrogatepass"), "the roadmap"))
    except InvalidRoadmap:
        return None


def _set_top(blocks: Blocks, edit: OutlineEdit) -> None:
    key = edit.action
    value = " ".join(edit.value.split())
    there = any(name.value == key for name, _ in blocks.root.yaml.value)
    if value or there:
        blocks.set_top(key, [f"{key}: {scalar(value)}"] if value else [])


def _rename(blocks: Blocks, node: Node | None, title: str) -> None:
    assert node
    blocks.edit(node, {}, title=_line(title))


def _hours(blocks: Blocks, node: Node | None, hours: str) -> None:
    assert node
    blocks.edit(node, {"hours": [f"hours: {scalar(_line(hours))}"] if hours.strip() else []})


def _delete(blocks: Blocks, node: Node | None, _: str) -> None:
    assert node
    above, place = _place(blocks, node)
    above.children = [*above.children[:place], *above.children[place + 1 :]]


def _up(blocks: Blocks, node: Node | None, _: str) -> None:
    _swap(blocks, node, -1)


def _down(blocks: Blocks, node: Node | None, _: str) -> None:
    _swap(blocks, node, 1)


def _swap(blocks: Blocks, node: Node | None, by: int) -> None:
    assert node
    above, place = _place(blocks, node)
    if 0 <= place + by < len(above.children):
        children = list(above.children)
        children[place], children[place + by] = children[place + by], children[place]
        above.children = children


def _in(blocks: Blocks, node: Node | None, _: str) -> None:
    """Put an entry below the one before it."""
    assert node
    above, place = _place(blocks, node)
    if place:
        moved, before = above.children[place], above.children[place - 1]
        above.children = [*above.children[:place], *above.children[place + 1 :]]
        before.children = [*before.children, moved]
        _deepen(moved, before.depth + 1)


def _out(blocks: Blocks, node: Node | None, _: str) -> None:
    """Put an entry behind the one that it is in."""
    assert node
    above, place = _place(blocks, node)
    if above.node is None:
        return
    over, at = _place(blocks, above.node)
    moved = above.children[place]
    above.children = [*above.children[:place], *above.children[place + 1 :]]
    over.children = [*over.children[: at + 1], moved, *over.children[at + 1 :]]
    _deepen(moved, over.depth + 1)


def _add(blocks: Blocks, node: Node | None, title: str) -> None:
    """Add an entry as the last one below another."""
    above = blocks.by_id[node.id] if node else blocks.root
    line = _line(title)
    if above.flow_list:
        raise RoadpressError("Nothing can be added to a list in one line.", remedy="Write it in the text.")
    above.children = [*above.children, Block(above.depth + 1, lines=[f"- {scalar(line)}"], title=line)]


def _line(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise UsageError("A title can't be empty.", remedy="Write one, or delete the entry.")
    return line


def _deepen(block: Block, depth: int) -> None:
    stack = [(block, depth)]
    while stack:
        one, at = stack.pop()
        one.depth = at
        stack.extend((child, at + 1) for child in one.children)


def _place(blocks: Blocks, node: Node) -> tuple[Block, int]:
    """Return the block that an entry's block is in, and its place there."""
    wanted = blocks.by_id[node.id]
    for block in (blocks.root, *blocks.by_id.values()):
        if wanted in block.children:
            return block, block.children.index(wanted)
    raise AssertionError("every entry has one above it")


ACTIONS: dict[str, Callable[[Blocks, Node | None, str], None]] = {
    "rename": _rename,
    "hours": _hours,
    "delete": _delete,
    "up": _up,
    "down": _down,
    "in": _in,
    "out": _out,
    "add": _add,
}
TOP_KEYS = ("title", "start", "pace")
"""What is said of the whole roadmap."""
