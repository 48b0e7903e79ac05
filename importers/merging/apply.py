"""A plan into the text of a roadmap.yaml, and the base for the next time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ...core.errors import RoadpressError
from ...core.model import Roadmap
from ...core.roadmap_file import ids
from ...core.roadmap_file.editing import Block, Blocks
from ...core.roadmap_file.loading import load_bytes
from ...core.yaml_text import flow, scalar
from ..common.draft import DraftNode, DraftRoadmap
from ..common.yaml_writer import field_lines, text_lines
from . import values
from .plan import Member, MergePlan


class Applied(NamedTuple):
    """What came of a plan."""

    text: str
    roadmap: Roadmap
    """What the text says."""
    ids: Mapping[Member, str]
    """The id that each entry now has, in reading order."""


def apply_plan(text: str, roadmap: Roadmap, plan: MergePlan, imported: DraftRoadmap) -> Applied:
    """Return the new text and what it says. Raises RoadpressError when the text can't be edited that way."""
    present = _ids(plan, roadmap)
    renamed = {member.node.id: name for member, name in present.items() if member.node and member.node.id != name}
    blocks = Blocks(text, roadmap)
    for member in present:
        if member.node is None:
            continue
        fields = dict(member.fields)
        if member.needs is not None:
            fields["needs"] = field_lines(DraftNode("", needs=[present[one] for one in member.needs]))
        if member.title or fields:
            blocks.edit(member.node, _in_order(fields), title=member.title)
    if renamed:
        blocks.rename_needs(renamed, apart={m.node.id for m in present if m.node and m.needs is not None})
    _tags(blocks, roadmap, plan, imported)
    for key, value in plan.head.items():
        lines = [f"title: {scalar(value)}"] if key == "title" else text_lines(key, value)
        blocks.set_top(key, lines)
    _arrange(blocks, plan, present)
    result = blocks.result()
    after = load_bytes(result.encode("utf-8", "surrogatepass"), roadmap.path)
    _check(present, after)
    return Applied(result, after, present)


def _in_order(fields: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return fields in the order in which they are written."""
    order = (*values.FIELDS[:6], "needs", *values.FIELDS[6:])
    return {key: fields[key] for key in order if key in fields}


def _ids(plan: MergePlan, roadmap: Roadmap) -> dict[Member, str]:
    """Return the id that each entry will have, in reading order."""
    own: dict[str, Member] = {}
    kept = {node.id for node in roadmap.walk()}
    stack = [*reversed(plan.top)]
    order: list[Member] = []
    while stack:
        member = stack.pop()
        order.append(member)
        stack.extend(reversed(member.children))
        if member.node:
            if member.node.own_id:
                own[member.node.id] = member
        elif member.draft and member.draft.id:
            if member.draft.id in kept or member.draft.id in own:
                member.draft.id = ""
            else:
                own[member.draft.id] = member
    taken = frozenset(own)
    result: dict[Member, str] = {}

    def name(members: list[Member], parent: str) -> None:
        titles = [_written_title(member) for member in members]
        for member, derived in zip(members, ids.derive(parent, titles, frozenset() if parent else taken), strict=True):
            given = member.node.id if member.node and member.node.own_id else ""
            given = given or (member.draft.id if member.node is None and member.draft else "")
            result[member] = given or derived
            if member.children:
                name(member.children, result[member])

    name(list(plan.top), "")
    return {member: result[member] for member in order}


def _written_title(member: Member) -> str:
    """Return the title that an entry will have, as the loader reads it."""
    title = member.title or (member.node.title if member.node else member.draft.title if member.draft else "")
    return " ".join(title.split())


def _arrange(blocks: Blocks, plan: MergePlan, present: Mapping[Member, str]) -> None:
    """Put the blocks into the order of the plan."""
    made: dict[Member, Block] = {}
    for member in present:
        made[member] = blocks.by_id[member.node.id] if member.node else Block(1, title=_written_title(member))
    stack: list[tuple[Block, list[Member], int]] = [(blocks.root, list(plan.top), 1)]
    while stack:
        block, members, depth = stack.pop()
        children = [made[member] for member in members]
        if children != block.original:
            block.children = children
        for member in members:
            child = made[member]
            child.depth = depth
            if member.node is None:
                child.lines = _new_lines(member, present)
            stack.append((child, member.children, depth + 1))


def _new_lines(member: Member, present: Mapping[Member, str]) -> list[str]:
    """Return the lines of a new entry without its children, its `-` at the margin."""
    draft = member.draft
    assert draft
    given = draft.needs
    draft.needs = [present[one] for one in member.needs or []]
    fields = field_lines(draft)
    draft.needs = given
    if not fields and not member.children:
        return [f"- {scalar(draft.title)}"]
    return [f"- title: {scalar(draft.title)}", *(f"  {line}" if line else line for line in fields)]


def _tags(blocks: Blocks, roadmap: Roadmap, plan: MergePlan, imported: DraftRoadmap) -> None:
    """Say how new tags are shown, where the roadmap says nothing of any."""
    used = {name for draft in imported.walk() for name in draft.tags}
    missing = {name: tag for name, tag in imported.tags.items() if name in used and name not in roadmap.tags}
    if missing and plan.changes and not roadmap.tags and roadmap.sections:
        lines = ["tags:"]
        for name, tag in missing.items():
            lines.append(f"  {scalar(name)}: {{{', '.join(f'{key}: {flow(value)}' for key, value in tag.items())}}}")
        blocks.set_top("tags", lines)


def _check(present: Mapping[Member, str], after: Roadmap) -> None:
    """See that the text says what was planned, and nothing else."""
    nodes = list(after.walk())
    wanted = list(present.items())
    for (member, name), node in zip(wanted, nodes, strict=False):
        untouched = member.node and not member.title and not member.fields and member.needs is None
        same = not untouched or values.node_values(member.node) == values.node_values(node)  # type: ignore[arg-type]  # it is one
        if name != node.id or _written_title(member) != node.title or not same:
            raise _unfit(node.line)
    if len(wanted) != len(nodes):
        raise _unfit(1)


def _unfit(line: int) -> RoadpressError:
    return RoadpressError(
        f"The source can't be merged without changing more than that, near line {line} (is there a YAML anchor?).",
        remedy="Nothing was written. Write that place without anchors, then run this again.",
    )
