"""What a source that comes again changes in a roadmap: decided here, done elsewhere. Pure.

Three ways, field by field and place by place. Only the source changed: taken. Only the owner changed: stays, silently.
Both changed: the owner's stays and both are told, or `prefer` decides. What the owner deleted stays deleted, what he
moved stays where he moved it, and nothing that is gone from the source is taken from him unless he asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum

from ...core.identity.base import ImportBase, SourceBase, digest
from ...core.identity.outline import TOP, children_of, link_keys
from ...core.identity.outline_text import written_title
from ...core.model import Node, Roadmap
from ...core.roadmap_file.format import NODE, FieldType
from ...core.text import plain, shortened
from ..common.draft import DraftNode, DraftRoadmap
from . import values
from .alignment import Alignment, Upstream, align, source_of, upstream_of

_SINGLE = frozenset(
    field.key for field in NODE if field.type in (FieldType.SIGN, FieldType.CHOICE, FieldType.FLAG, FieldType.DONE)
)
"""Fields of which the owner's stays where nothing is known of what the source had."""


class Prefer(Enum):
    """Who wins where both changed the same thing."""

    TELL = "tell"
    """The owner, and it is told."""
    MINE = "mine"
    """The owner."""
    THEIRS = "theirs"
    """The source."""


@dataclass(eq=False, slots=True)
class Member:
    """An entry of the roadmap as it is to be."""

    node: Node | None = None
    """What it is in the roadmap; None for what is new."""
    draft: DraftNode | None = None
    """What the source has to it, if anything."""
    children: list[Member] = field(default_factory=list)
    title: str = ""
    """The title to write; empty where it stays."""
    fields: dict[str, list[str]] = field(default_factory=dict)
    """Fields to write, as lines of YAML; no lines take a field away."""
    needs: list[Member] | None = None
    """What is to come first; None where that stays."""


@dataclass(frozen=True, slots=True)
class MergePlan:
    """All of it."""

    top: tuple[Member, ...]
    head: Mapping[str, str]
    """The roadmap's own fields to write."""
    changes: tuple[str, ...]
    """One sentence for each change."""
    notes: tuple[str, ...]
    """One sentence for each thing that a person should know of; nothing was done about it."""
    source: str
    """The name under which the source is remembered."""
    members: tuple[Member | None, ...]
    """The entry of the roadmap for each of the source's, where there is one."""
    days: tuple[str, ...]
    """The day on which each of the source's came to the roadmap, as earlier imports tell."""
    since: Mapping[str, Member]
    """Id at the last import of any source → the entry of the roadmap, where it still is."""
    upstream: Upstream
    """The source as it is now."""


def plan_merge(
    roadmap: Roadmap,
    imported: DraftRoadmap,
    base: ImportBase,
    *,
    source: str,
    prefer: Prefer = Prefer.TELL,
    prune: bool = False,
    keep: Callable[[Node], bool] = lambda _: False,
) -> MergePlan:
    """Return what an import changes in a roadmap.

    `source` is the name of what is imported. With `prune`, entries that are gone from the source go as well, if their
    owner has not touched them; `keep` says what he touched beside fields and places: ticks, comments.
    """
    upstream = upstream_of(imported)
    name, known = source_of(base, source, upstream.outline)
    alignment = align(base, known, upstream.outline, roadmap)
    before = alignment.before if known and known.days else {}
    planner = _Planner(roadmap, upstream, known, alignment, prefer)
    planner.run(prune=prune, keep=keep)
    head = planner.head(imported)
    return MergePlan(
        tuple(planner.top.children),
        head,
        tuple(planner.changes),
        tuple(planner.notes),
        name,
        tuple(planner.members),
        tuple(known.days[before[place]] if known and place in before else "" for place in range(len(upstream.outline))),
        {id_: planner.of_node[here] for id_, here in alignment.since.items()},
        upstream,
    )


class _Planner:
    def __init__(
        self,
        roadmap: Roadmap,
        upstream: Upstream,
        known: SourceBase | None,
        alignment: Alignment,
        prefer: Prefer,
    ) -> None:
        self.roadmap = roadmap
        self.outline, self.drafts, self.values = upstream
        self.known = known
        self.alignment = alignment
        self.prefer = prefer
        self.changes: list[str] = []
        self.notes: list[str] = []
        self.nodes = list(roadmap.walk())
        self.children = children_of(self.outline)
        self.top = Member()
        self.of_node: list[Member] = [Member(node) for node in self.nodes]
        self.parent_of: dict[Member, Member] = {}
        self.members: list[Member | None] = [None] * len(self.outline)
        """The entry of the roadmap for each of the source's."""
        self.place_of = {node.id: place for place, node in enumerate(self.nodes)}
        self.before_here = {here: place for place, here in alignment.was_here.items()}
        self._own_tree()

    def _own_tree(self) -> None:
        """Build the tree as its owner has it."""
        stack = [(self.top, self.roadmap.sections)]
        while stack:
            parent, nodes = stack.pop()
            for node in nodes:
                member = self.of_node[self.place_of[node.id]]
                parent.children.append(member)
                self.parent_of[member] = parent
                stack.append((member, node.children))

    def run(self, *, prune: bool, keep: Callable[[Node], bool]) -> None:
        """Decide everything."""
        for place, here in self.alignment.now.items():
            self.members[place] = self.of_node[here]
            self.of_node[here].draft = self.drafts[place]
        moving = self._moves()
        arriving = self._arrivals(moving)
        self._reorder(moving)
        self._place(moving, arriving)
        self._tell_new(arriving)
        for place, here in sorted(self.alignment.now.items(), key=lambda pair: pair[1]):
            self._fields(place, self.of_node[here])
        self._all_needs()
        self._gone(prune=prune, keep=keep)
        self._tell_doubts()

    def member(self, place: int) -> Member | None:
        """Return the entry of the roadmap for one of the source's; the top for the top."""
        return self.top if place == TOP else self.members[place]

    # -- places ------------------------------------------------------------------------------------------------------

    def _moves(self) -> dict[int, int]:
        """Return which entries go to another parent: place in the source → place of the new parent there."""
        moving: dict[int, int] = {}
        if self.known is None:
            for place in sorted(self.alignment.now):
                parent = self.member(self.outline[place].parent)
                member = self.members[place]
                assert member
                if parent is not None and self.parent_of[member] is not parent:
                    self._note(member, "stands elsewhere in the source; it stays here")
            return moving
        for place in sorted(self.alignment.now):
            before = self.alignment.before.get(place)
            if before is None or self._same_parent(place, before):
                continue
            member = self.members[place]
            assert member
            here, wanted = self.parent_of[member], self.member(self.outline[place].parent)
            if here is wanted:
                continue
            if here is self._parent_before(before) or self.prefer is Prefer.THEIRS:
                moving[place] = self.outline[place].parent
            elif self.prefer is Prefer.TELL:
                title = self.outline[self.outline[place].parent].title if self.outline[place].parent != TOP else ""
                where = f"below “{title}”" if title else "at the top"
                self._note(member, f"was moved by you and in the source, where it now stands {where}; it stays here")
        return moving

    def _same_parent(self, place: int, before: int) -> bool:
        """Whether the source has an entry below the same parent as before."""
        assert self.known
        parent, former = self.outline[place].parent, self.known.outline[before].parent
        return former == self.alignment.before.get(parent, None if parent != TOP else TOP)

    def _parent_before(self, before: int) -> Member | None:
        """Return where an entry of the source before would stand in the roadmap, had its owner not moved it."""
        assert self.known
        parent = self.known.outline[before].parent
        if parent == TOP:
            return self.top
        here = self.alignment.was_here.get(parent)
        return None if here is None else self.of_node[here]

    def _arrivals(self, moving: Mapping[int, int]) -> list[int]:
        """Return the places of what is new and comes in, parents first.

        What is new below something that the owner deleted stays out, and a group that nothing would stand in; one that
        resembles what the owner deleted comes for what is new in it alone, not for what would move there.
        """
        new = [place for place in range(len(self.outline)) if self.members[place] is None]
        wanted: set[int] = set()
        out: dict[str, list[str]] = {}
        for place in new:
            entry = self.outline[place]
            if place in self.alignment.before and not (place in self.alignment.resembling and self.children[place]):
                self._tell_resembling(place)
                continue
            parent = entry.parent
            if parent == TOP or self.members[parent] is not None or parent in wanted:
                wanted.add(place)
            elif parent not in self.alignment.before:
                continue  # its parent is told of
            else:
                out.setdefault(self.outline[parent].title, []).append(entry.title)
        for title, below_it in out.items():
            many, stay = (f"{len(below_it)} new entries", "stay") if len(below_it) > 1 else ("a new entry", "stays")
            self.notes.append(f"{many} below “{title}”, which you deleted, {stay} out: {_listed(below_it)}")
        filled: set[int] = set()
        for place in reversed(range(len(self.outline))):
            if place in wanted and (not self.children[place] or place in filled):
                filled.add(self.outline[place].parent)
            elif place in moving and moving[place] not in self.alignment.resembling:
                filled.add(moving[place])
        arriving = [place for place in new if place in wanted and (not self.children[place] or place in filled)]
        for place in arriving:
            self.members[place] = Member(draft=self.drafts[place])
        for place in sorted(wanted.difference(arriving)):
            self._tell_resembling(place)
        return arriving

    def _tell_resembling(self, place: int) -> None:
        """Tell of an entry that is known by likeness alone from one that was deleted."""
        if place in self.alignment.resembling:
            assert self.known
            former, title = self.known.outline[self.alignment.before[place]].title, self.outline[place].title
            if former != title:
                self.notes.append(
                    f"“{title}” is new in the source, or “{former}” reworded, which you deleted; it stays out"
                )

    def _reorder(self, moving: Collection[int]) -> None:
        """Take another order of siblings over, where only the source has changed it."""
        if self.known is None:
            return
        for parent in [TOP, *self.alignment.now]:
            member = self.member(parent)
            assert member
            kept = [
                place
                for place in self.children[parent]
                if place in self.alignment.now
                and place in self.alignment.before
                and place not in moving
                and self._same_parent(place, self.alignment.before[place])
            ]
            theirs = [one for place in kept if (one := self.members[place]) and self.parent_of.get(one) is member]
            before = (
                sorted(
                    (self.alignment.before[place], one)
                    for place in kept
                    if (one := self.members[place]) and self.parent_of.get(one) is member
                )
                if len(theirs) > 1
                else []
            )
            if [one for _, one in before] == theirs or len(theirs) < 2:
                continue
            chosen = set(theirs)
            mine = [one for one in member.children if one in chosen]
            if mine != [one for _, one in before]:
                continue
            order = iter(theirs)
            member.children[:] = [next(order) if one in chosen else one for one in member.children]
            self.changes.append(
                f"the order below “{_title(member)}” is the source's"
                if member is not self.top
                else "the order of the sections is the source's"
            )

    def _place(self, moving: Mapping[int, int], arriving: Collection[int]) -> None:
        """Put what moves and what is new behind what it follows in the source."""
        coming = set(arriving)
        for place in range(len(self.outline)):
            member = self.members[place]
            if member is None or (place not in moving and place not in coming):
                continue
            parent = self.member(self.outline[place].parent)
            if parent is None or self._is_below(parent, member):
                continue
            if place in moving:
                former = self.parent_of[member]
                former.children.remove(member)
                where = "to the top" if parent is self.top else f"below “{_title(parent)}”"
                self.changes.append(f"line {_line(member)}: “{_title(member)}” moves {where}")
            self._insert(member, parent, place)

    def _insert(self, member: Member, parent: Member, place: int) -> None:
        siblings = self.children[self.outline[place].parent]
        at = siblings.index(place)
        self.parent_of[member] = parent
        for other in reversed(siblings[:at]):
            before = self.members[other]
            if before is not None and self.parent_of.get(before) is parent:
                parent.children.insert(parent.children.index(before) + 1, member)
                return
        for other in siblings[at + 1 :]:
            after = self.members[other]
            if after is not None and self.parent_of.get(after) is parent:
                parent.children.insert(parent.children.index(after), member)
                return
        parent.children.append(member)

    def _is_below(self, member: Member, top: Member) -> bool:
        """Whether one stands below another, or is it."""
        while member is not self.top:
            if member is top:
                return True
            if member not in self.parent_of:
                return False
            member = self.parent_of[member]
        return False

    def _tell_new(self, arriving: list[int]) -> None:
        for place in arriving:
            member = self.members[place]
            assert member
            parent = self.parent_of[member]
            if parent.node is None and parent is not self.top:
                continue
            count = sum(1 for _ in _walk(member)) - 1
            more = f" with {count} {'entry' if count == 1 else 'entries'}" if count else ""
            where = "as a section" if parent is self.top else f"below “{_title(parent)}”"
            self.changes.append(f"new {where}: “{plain(self.drafts[place].title)}”{more}")

    # -- fields ------------------------------------------------------------------------------------------------------

    def _fields(self, place: int, member: Member) -> None:
        """Decide the fields of an entry that both have."""
        node, draft = member.node, self.drafts[place]
        assert node
        theirs, mine = self.values[place], values.node_values(node)
        for key in ("title", *values.FIELDS):
            new, old = theirs.get(key, ""), mine.get(key, "")
            if key == "done" and (node.children or not new):  # a tick is never taken away
                continue
            if new == old or not self._takes(member, place, key, new, old):
                continue
            if key == "title":
                member.title = draft.title
                self.changes.append(f"line {node.line}: “{plain(node.title)}” is now “{plain(draft.title)}”")
            else:
                member.fields[key] = values.lines_of(draft, key)
        if member.fields:
            got = [key if lines else f"no {key}" for key, lines in member.fields.items()]
            self.changes.append(f"line {node.line}: “{plain(node.title)}” gets {', '.join(got)}")

    def _former(self, place: int) -> Mapping[str, str] | None:
        """Return the digests of what the source had before, None where it had nothing or nothing is known."""
        before = self.alignment.before.get(place)
        return self.known.digests[before] if self.known and before is not None else None

    def _takes(self, member: Member, place: int, key: str, new: str, old: str) -> bool:
        """Whether the source's value is taken for one that differs."""
        node, former = member.node, self._former(place)
        assert node
        if former is None:
            if not old:
                return bool(new)
            if not new or key in _SINGLE:
                return False
            if key in ("links", "tags"):
                self._join(member, place, key)
                return False
            return self._conflict(node, key, new, old)
        was = former.get(key, "")
        if (digest(new) if new else "") == was:
            return False
        if (digest(old) if old else "") == was:
            return not (key == "title" and self._keeps_name(member, new))
        if key in ("links", "tags") and self.prefer is not Prefer.THEIRS:
            self._join(member, place, key)
            return False
        return self._conflict(node, key, new, old)

    def _keeps_name(self, member: Member, new: str) -> bool:
        """Whether a group that the source renamed keeps its name, since its owner moved entries of the source there.

        They stay where he moved them, and by its name he knows the place.
        """
        node = member.node
        assert node
        moved = []
        for child in node.children:
            before = self.before_here.get(self.place_of[child.id])
            if before is not None and self._parent_before(before) is not member:
                moved.append(plain(child.title))
        if moved and self.prefer is Prefer.TELL:
            self.notes.append(
                f"line {node.line}: “{plain(node.title)}”, into which you moved {_listed(moved)}, is “{plain(new)}” in "
                "the source; yours stays"
            )
        return bool(moved) and self.prefer is not Prefer.THEIRS

    def _join(self, member: Member, place: int, key: str) -> None:
        """Add what is new in the source's list to the owner's."""
        assert member.node
        before, former = self.alignment.before.get(place), self._former(place) or {}
        links = set(self.known.outline[before].links) if self.known and before is not None else set()
        links.difference_update(link_keys(member.node.title, ()))  # what only moved out of the title comes in
        had = links if key == "links" else set(former.get("tag", "").split(","))
        joined = values.with_theirs(member.node, self.drafts[place], key, had.__contains__)
        if joined is not None:
            member.fields[key] = values.lines_of(joined, key)

    def _conflict(self, node: Node, key: str, new: str, old: str) -> bool:
        """Decide what both changed; True when the source's is taken."""
        if self.prefer is Prefer.TELL:
            if key == "title" and plain(new) == plain(old):
                return False
            mine, theirs = (shortened(plain(text) if key == "title" else text, _WIDTH) for text in (old, new))
            what = "" if key == "title" else f"`{key}` of "
            how = "differs in" if self.known is None else "was changed by you and in"
            self.notes.append(
                f"line {node.line}: {what}“{plain(node.title)}” {how} the source: yours, “{mine}”, stays; "
                f"the source has “{theirs}”"
            )
        return self.prefer is Prefer.THEIRS

    def head(self, imported: DraftRoadmap) -> dict[str, str]:
        """Return the roadmap's own fields that are taken from the source."""
        theirs, mine = values.head_values(imported), values.head_values(self.roadmap)
        taken: dict[str, str] = {}
        for key in values.HEAD:
            new, old = theirs.get(key, ""), mine.get(key, "")
            if new == old or not new:
                continue
            if self.known is None:
                if not old:
                    self.notes.append(f"the source has a {key}, and the file none; add it if you like")
                continue
            was, shown = self.known.head.get(key, ""), shortened(new, _WIDTH)
            if digest(new) != was and ((digest(old) if old else "") == was or self.prefer is Prefer.THEIRS):
                taken[key] = getattr(imported, key)
                self.changes.append(f"the {key} is now “{shown}”")
            elif digest(new) != was and self.prefer is Prefer.TELL:
                self.notes.append(
                    f"the {key} was changed by you and in the source: yours stays; the source has “{shown}”"
                )
        return taken

    # -- needs -------------------------------------------------------------------------------------------------------

    def _all_needs(self) -> None:
        named = {name: place for place, draft in enumerate(self.drafts) for name in (draft.id, draft.ref) if name}
        for place, draft in enumerate(self.drafts):
            member = self.members[place]
            if member is None:
                continue
            wanted = [one for need in draft.needs if need in named and (one := self.members[named[need]])]
            if member.node is None:
                member.needs = wanted
            elif wanted:
                self._needs(place, member, wanted)

    def _needs(self, place: int, member: Member, wanted: list[Member]) -> None:
        """Add what the source newly says comes first, unless the entry has such a list of its owner's own."""
        node = member.node
        assert node
        before = self.alignment.before.get(place)
        former: set[Member] = set()
        if self.known and before is not None:
            then = {id_: place_ for place_, id_ in enumerate(self.known.ids) if id_}
            for id_ in filter(None, self.known.digests[before].get("needs", "").split(",")):
                here = self.alignment.was_here.get(then.get(id_, TOP))
                if here is not None:
                    former.add(self.of_node[here])
        mine = [self.of_node[self.place_of[need]] for need in node.needs]
        new = [one for one in wanted if one not in former and one not in mine]
        if not new or node.children or (self.known is None and mine):
            return
        member.needs = [*mine, *new]
        self.changes.append(f"line {node.line}: “{plain(node.title)}” gets needs")

    # -- what is gone ------------------------------------------------------------------------------------------------

    def _gone(self, *, prune: bool, keep: Callable[[Node], bool]) -> None:
        """Tell what is no longer in the source; take out groups that are left empty, and with `prune` the rest."""
        if self.known is None:
            self._tell_absent(set(range(len(self.nodes))) - set(self.alignment.now.values()), "not in the source")
            return
        there, still = set(self.alignment.before.values()), set(self.alignment.now.values())
        gone = {
            here: place for place, here in self.alignment.was_here.items() if place not in there and here not in still
        }
        removed: set[Member] = set()
        for here in sorted(gone, reverse=True):
            node, member = self.nodes[here], self.of_node[here]
            goes = not member.children and (prune or bool(node.children))
            if goes and self._untouched(node, gone[here]) and not keep(node):
                removed.add(member)
                self.parent_of[member].children.remove(member)
                self.changes.append(f"line {node.line}: “{plain(node.title)}” goes, as it did in the source")
        self._tell_absent({here for here in gone if self.of_node[here] not in removed}, "no longer in the source")

    def _here_above(self, here: int) -> int:
        parent = self.parent_of[self.of_node[here]]
        return self.place_of[parent.node.id] if parent.node else TOP

    def _tell_absent(self, absent: Collection[int], where: str) -> None:
        """Tell what the source does not have, the topmost of it; apart, what has a namesake there."""
        there = {entry.title for entry in self.outline}
        nodes = [self.nodes[here] for here in sorted(absent) if self._here_above(here) not in absent]
        for namesake, said in ((False, where), (True, "fewer times in the source than here")):
            titles = [
                f"“{plain(node.title)}” (line {node.line})"
                for node in nodes
                if (written_title(plain(node.title)) in there) is namesake
            ]
            if titles:
                verb = "is" if len(titles) == 1 else "are"
                self.notes.append(f"{_listed(titles, quoted=False)} {verb} {said}; yours stay")

    def _untouched(self, node: Node, place: int) -> bool:
        """Whether an entry is as its source once had it."""
        assert self.known
        former = {key: value for key, value in self.known.digests[place].items() if key in ("title", *values.FIELDS)}
        return values.digests(values.node_values(node)) == former

    def _tell_doubts(self) -> None:
        for before, place in self.alignment.doubts:
            assert self.known
            here = self.alignment.was_here.get(before)
            title, former = self.outline[place].title, self.known.outline[before].title
            if here is not None and self.members[place] is not None:
                self.notes.append(
                    f"line {self.nodes[here].line}: “{former}” may be what the source now calls “{title}”, which was "
                    "added; if it is, delete one of the two"
                )
        for here, place in self.alignment.here_doubts:
            self.notes.append(
                f"line {self.nodes[here].line}: “{plain(self.nodes[here].title)}” may be what the source calls "
                f"“{self.outline[place].title}”, which was added; if it is, delete one of the two"
            )

    def _note(self, member: Member, what: str) -> None:
        self.notes.append(f"line {_line(member)}: “{_title(member)}” {what}")


def _walk(member: Member) -> list[Member]:
    found, stack = [], [member]
    while stack:
        one = stack.pop()
        found.append(one)
        stack.extend(one.children)
    return found


def _title(member: Member) -> str:
    return plain(member.node.title if member.node else member.draft.title if member.draft else "")


def _line(member: Member) -> int:
    return member.node.line if member.node else 0


_SHOWN = 12
"""Titles that a list names at most."""
_WIDTH = 80


def _listed(titles: list[str], *, quoted: bool = True) -> str:
    shown = [f"“{title}”" if quoted else title for title in titles[:_SHOWN]]
    more = f" and {len(titles) - _SHOWN} more" if len(titles) > _SHOWN else ""
    return ", ".join(shown) + more
