"""Which entry of an old outline is which of a new one. Pure, and the only place that decides it.

The rules of `Rule`, in their order, each over what is left by those before it. A pair frees its children for the rules
about siblings, so from `SIBLING` on they start again whenever one of them has found something.

What real histories ask of them: a third of the titles that are unique stand on another path in a document's next
version, so titles and links come before parents, and an entry is matched before its parent is called new.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from types import MappingProxyType

from .outline import TOP, Outline, children_of, depths_of
from .titles import DOUBTFUL, ENOUGH, Words, letters_in_common, likeness, says_much, words_of

FAR_ENOUGH = 80
"""How alike two titles must be that stand in different places (letter pairs, percent)."""
AHEAD = 5
"""How much more alike a pair must be than any rival of it, in percent."""
NOWHERE = -2
"""The partner of an entry that has none for certain."""
_COMMON = 30
"""A word in more titles than these says little; it is not looked up."""


class Rule(IntEnum):
    """Why two entries are one. The lower, the surer."""

    ID = 1
    """The same id, which an author gave on one of the sides."""
    WAS = 2
    """The new entry's `was` names the old one's id."""
    LINK = 3
    """A link that one entry has on each side."""
    SIBLING = 4
    """The same title below the same parent; namesakes by their links and neighbours, else in order."""
    TITLE = 5
    """A title that one leaf, or one group, has on each side: in the whole, then in what is left."""
    SHARE = 6
    """Groups with at least half of the smaller one's leaves in common, or of the titles directly below both.

    One title in common counts only in the same place, and after rewordings (`ALIKE`), which say more."""
    NAMESAKE = 7
    """A title that several have: the one in the most similar place, then one with a link as well, or without."""
    ALIKE = 8
    """The most alike of what is left below one parent."""
    GAP = 9
    """The same place: as many went as came between two entries that stayed."""
    FAR = 10
    """The most alike of all that is left."""


@dataclass(frozen=True)
class Matching:
    """What is known of two outlines. Places in them are counted from 0."""

    pairs: Mapping[int, int]
    """Old place → new place."""
    rules: Mapping[int, Rule]
    """Old place → why."""
    doubts: tuple[tuple[int, int], ...] = ()
    """Old and new places of unmatched entries that may be one another: for a person to say."""

    @cached_property
    def origins(self) -> dict[int, int]:
        """New place → old place."""
        return {new: old for old, new in self.pairs.items()}


def match(
    old: Outline,
    new: Outline,
    *,
    surest: Rule = Rule.FAR,
    doubts: bool = True,
    known: Mapping[int, int] = MappingProxyType({}),
    apart: tuple[Collection[int], Collection[int]] = ((), ()),
) -> Matching:
    """Return which entry is which, by the rules up to `surest`; what only later rules find are `doubts`, if wanted.

    `known` are pairs that are settled already, and `apart` old and new places that have no partner for certain.
    Linear in the number of entries, but for entries with a common rare word, which are compared with each other.
    """
    if not known and not any(apart) and _same(old, new):
        return Matching({i: i for i in range(len(old))}, dict.fromkeys(range(len(old)), Rule.SIBLING))
    return _Matcher(old, new, surest, known, apart).run(doubts=doubts)


def _same(old: Outline, new: Outline) -> bool:
    """Whether nothing was changed that counts."""
    return len(old) == len(new) and all(
        a.title == b.title and a.parent == b.parent and a.id == b.id and a.own_id == b.own_id
        for a, b in zip(old, new, strict=True)
    )


class _Side:
    """One outline with its tables."""

    def __init__(self, outline: Outline) -> None:
        self.entries = outline
        self.words: list[Words] = [words_of(entry.title) for entry in outline]
        self.keys = [words.key for words in self.words]
        self.loose = [words.loose for words in self.words]
        self.children = children_of(outline)
        self.depths = depths_of(outline)
        self.partner: dict[int, int] = {TOP: TOP}
        self._positions: dict[int, int] = {}

    def is_group(self, place: int) -> bool:
        return bool(self.children[place])

    def position(self, place: int) -> int:
        """Return which of its parent's children an entry is."""
        if not self._positions:
            for children in self.children:
                self._positions.update((child, at) for at, child in enumerate(children))
        return self._positions[place]

    def path(self, place: int) -> Iterator[str]:
        """Yield the titles above an entry, the nearest first."""
        above = self.entries[place].parent
        while above != TOP:
            yield self.keys[above]
            above = self.entries[above].parent

    def left(self) -> list[int]:
        return [place for place in range(len(self.entries)) if place not in self.partner]

    def free_children(self, place: int) -> list[int]:
        return [child for child in self.children[place] if child not in self.partner]


class _Matcher:
    def __init__(
        self,
        old: Outline,
        new: Outline,
        surest: Rule,
        known: Mapping[int, int],
        apart: tuple[Collection[int], Collection[int]],
    ) -> None:
        self.old = _Side(old)
        self.new = _Side(new)
        self.surest = surest
        self.rules: dict[int, Rule] = {}
        self._tables: dict[int, dict[str, int]] = {}
        for there, here in known.items():
            self.pair(there, here, Rule.ID)
        self.old.partner.update(dict.fromkeys(apart[0], NOWHERE))
        self.new.partner.update(dict.fromkeys(apart[1], NOWHERE))

    def run(self, *, doubts: bool) -> Matching:
        self._by_id()
        self._by_was()
        self._by_link()
        steps: list[tuple[Rule, Callable[[], bool]]] = [
            (Rule.SIBLING, self._siblings),
            (Rule.TITLE, self._titles),
            (Rule.SHARE, self._groups),
            (Rule.SHARE, self._groups_by_titles),
            (Rule.NAMESAKE, self._namesakes_anywhere),
            (Rule.ALIKE, self._alike),
            (Rule.SHARE, self._groups_in_one_place),
            (Rule.GAP, self._gaps),
            (Rule.FAR, self._far),
        ]
        self._repeat([step for rule, step in steps if rule <= self.surest])
        pairs = {old: new for old, new in sorted(self.old.partner.items()) if old != TOP and new != NOWHERE}
        rules = {old: self.rules[old] for old in pairs}
        later = [step for rule, step in steps if rule > self.surest]
        return Matching(pairs, rules, self._doubts(later) if doubts else ())

    def _repeat(self, steps: list[Callable[[], bool]]) -> None:
        at = 0
        while at < len(steps):
            at = 0 if steps[at]() and at else at + 1

    def pair(self, old: int, new: int, rule: Rule) -> None:
        self.old.partner[old] = new
        self.new.partner[new] = old
        self.rules[old] = rule

    def _partners(self) -> dict[int, int]:
        return {old: new for old, new in self.old.partner.items() if new != NOWHERE}

    def free(self, old: int, new: int) -> bool:
        return old not in self.old.partner and new not in self.new.partner

    # -- ids and links ---------------------------------------------------------------------------------------------

    def _by_id(self) -> None:
        places = {entry.id: place for place, entry in enumerate(self.old.entries) if entry.id}
        for place, entry in enumerate(self.new.entries):
            there = places.get(entry.id, TOP)
            if there != TOP and (entry.own_id or self.old.entries[there].own_id) and self.free(there, place):
                self.pair(there, place, Rule.ID)

    def _by_was(self) -> None:
        if not any(entry.was for entry in self.new.entries):
            return
        places = {entry.id: place for place, entry in enumerate(self.old.entries) if entry.id}
        present = {entry.id: place for place, entry in enumerate(self.new.entries)}
        for place, entry in enumerate(self.new.entries):
            for former in entry.was:
                there = places.get(former, TOP)
                if there == TOP or not self.free(there, place):
                    continue
                still = present.get(former)
                if still is None or self.new.keys[still] != self.old.keys[there]:
                    self.pair(there, place, Rule.WAS)

    def _by_link(self) -> None:
        """Match by links; an entry with several goes where most of them are."""
        olds, news = _single_links(self.old.entries), _single_links(self.new.entries)
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        voters: dict[int, Counter[int]] = defaultdict(Counter)
        for link in olds.keys() & news.keys():
            votes[olds[link]][news[link]] += 1
            voters[news[link]][olds[link]] += 1
        found = []
        for there in sorted(votes):
            here = _most(votes[there])
            if here is not None and _most(voters[here]) == there and self.free(there, here):
                found.append((there, here))
        for there, here in found:
            if not any(
                self._belongs_elsewhere(there, here, olds, news)
                for olds, news in ((self.old.keys, self.new.keys), (self.old.loose, self.new.loose))
            ):
                self.pair(there, here, Rule.LINK)

    def _belongs_elsewhere(self, old: int, new: int, olds: list[str], news: list[str]) -> bool:
        """Whether titles say that a link went from one entry to another.

        They do where they say much, and where the link came to, or left, an entry that has no other.
        """
        if olds[old] == news[new]:
            return False
        namesake = self._single(olds, news[new])
        double = self._single(news, olds[old])
        return (namesake != TOP and (says_much(news[new]) or not self.old.entries[namesake].links)) or (
            double != TOP and (says_much(olds[old]) or not self.new.entries[double].links)
        )

    def _single(self, keys: list[str], key: str) -> int:
        """Return the only place of a title, TOP when there is none or another."""
        table = self._tables.get(id(keys))
        if table is None:
            table = self._tables[id(keys)] = {}
            for place, name in enumerate(keys):
                table[name] = TOP if name in table else place
        return table.get(key, TOP) if key else TOP

    # -- titles ----------------------------------------------------------------------------------------------------

    def _siblings(self) -> bool:
        """Match equal titles below pairs, downwards."""
        count = len(self.rules)
        queue = sorted(self._partners())
        for parent in queue:
            if not self.old.children[parent]:
                continue
            here = self.old.partner[parent]
            for keys, others in ((self.old.keys, self.new.keys), (self.old.loose, self.new.loose)):
                olds, news = self.old.free_children(parent), self.new.free_children(here)
                if not olds or not news:
                    break
                before = len(self.rules)
                self._same_titles(_grouped(olds, keys), _grouped(news, others))
                if len(self.rules) > before:
                    queue += [place for place in olds if place in self.old.partner and place in self.rules]
        return len(self.rules) > count

    def _same_titles(self, olds: dict[str, list[int]], news: dict[str, list[int]]) -> None:
        for key, places in olds.items():
            others = news.get(key, [])
            if len(places) == 1 == len(others):
                self.pair(places[0], others[0], Rule.SIBLING)
            elif others:
                self._namesakes(places, others)

    def _namesakes(self, olds: list[int], news: list[int]) -> None:
        """Match siblings of one title: by what they hold or link to, by both neighbours, then in order.

        Where one came or went, those with a link, and those without, are matched with their like first.
        """
        ranked = sorted(
            ((-self._held_in_common(old, new) - self._share_a_link(old, new), old, new) for old in olds for new in news)
            if len(olds) * len(news) <= _COMMON**2
            else ()
        )
        for common, old, new in ranked:
            if common and self.free(old, new):
                self.pair(old, new, Rule.SIBLING)
        if len(olds) != len(news):
            around = {self._neighbours(self.new, new): new for new in news if new not in self.new.partner}
            for old in olds:
                new_place = around.get(self._neighbours(self.old, old), TOP)
                if new_place != TOP and self.free(old, new_place):
                    self.pair(old, new_place, Rule.SIBLING)
            for linked in (True, False):
                self._in_order(
                    [old for old in olds if bool(self.old.entries[old].links) is linked],
                    [new for new in news if bool(self.new.entries[new].links) is linked],
                )
        self._in_order(olds, news)

    def _in_order(self, olds: list[int], news: list[int]) -> None:
        rest = [new for new in news if new not in self.new.partner]
        for old, new in zip([old for old in olds if old not in self.old.partner], rest, strict=False):
            self.pair(old, new, Rule.SIBLING)

    def _held_in_common(self, old: int, new: int) -> int:
        mine, theirs = self.old.children[old], self.new.children[new]
        if not mine or not theirs:
            return 0
        keys = {self.new.keys[child] for child in theirs}
        return sum(self.old.keys[child] in keys or self.old.partner.get(child) in theirs for child in mine)

    @staticmethod
    def _neighbours(side: _Side, place: int) -> tuple[str, str]:
        siblings = side.children[side.entries[place].parent]
        at = side.position(place)
        return (
            side.keys[siblings[at - 1]] if at else "",
            side.keys[siblings[at + 1]] if at + 1 < len(siblings) else "",
        )

    def _titles(self) -> bool:
        """Match titles that are there once on each side: leaves and groups apart, in all and then in what is left."""
        count = len(self.rules)
        for whole in (True, False):
            for loose in (False, True):
                olds, news = self._once(self.old, whole, loose), self._once(self.new, whole, loose)
                for key, old in olds.items():
                    new = news.get(key, TOP)
                    if new != TOP and self.free(old, new) and (whole or self._may_have_moved(old, new)):
                        self.pair(old, new, Rule.TITLE)
        olds, news = self._once(self.old, False, False, apart=False), self._once(self.new, False, False, apart=False)
        for key, old in olds.items():
            new = news.get(key, TOP)
            if new != TOP and self.free(old, new):
                self.pair(old, new, Rule.TITLE)
        return len(self.rules) > count

    def _once(self, side: _Side, whole: bool, loose: bool, *, apart: bool = True) -> dict[tuple[str, bool], int]:
        keys = side.loose if loose else side.keys
        seen: dict[tuple[str, bool], int] = {}
        twice: set[tuple[str, bool]] = set()
        for place in range(len(side.entries)) if whole else side.left():
            key = (keys[place], apart and side.is_group(place))
            if key in seen:
                twice.add(key)
            elif keys[place]:
                seen[key] = place
        return {key: place for key, place in seen.items() if key not in twice and place not in side.partner}

    def _may_have_moved(self, old: int, new: int) -> bool:
        """Whether a title that has namesakes elsewhere is one entry: a group must have something in common."""
        mine, theirs = self.old.children[old], self.new.children[new]
        return not mine or not theirs or self._held_in_common(old, new) > 0

    # -- groups ----------------------------------------------------------------------------------------------------

    def _groups(self) -> bool:
        """Match groups by the leaves they share; the same title first, then the greatest share, then the depth."""
        shared = self._shared_leaves()
        if not shared:
            return False
        sizes, others = _leaf_counts(self.old), _leaf_counts(self.new)
        enough = {
            (old, new): (common * 1000 // max(sizes[old], others[new]))
            for (old, new), common in shared.items()
            if common > 1 and common * 2 >= min(sizes[old], others[new])
        }
        return self._pair_untied(enough)

    def _groups_by_titles(self) -> bool:
        """Match groups that have half of the titles directly below them in common, two at least."""
        return self._pair_untied(
            {
                (old, new): 1000 * count // most
                for (old, new), (count, most) in self._titles_in_common().items()
                if count > 1 and count * 2 >= most
            }
        )

    def _groups_in_one_place(self) -> bool:
        """Match groups that have a title directly below them in common and stand in the same place."""
        return self._pair_untied(
            {
                (old, new): 1000 * count // most
                for (old, new), (count, most) in self._titles_in_common().items()
                if self._in_one_place(old, new)
            }
        )

    def _titles_in_common(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return how many titles unmatched groups have in common directly below, and how many the larger one has."""
        by_title: dict[str, list[int]] = defaultdict(list)
        for new in self.new.left():
            for key in {self.new.keys[child] for child in self.new.children[new]}:
                by_title[key].append(new)
        common: Counter[tuple[int, int]] = Counter()
        for old in self.old.left():
            for key in {self.old.keys[child] for child in self.old.children[old]}:
                if len(by_title[key]) <= _COMMON:
                    common.update((old, new) for new in by_title[key])
        return {
            (old, new): (count, max(len(self.old.children[old]), len(self.new.children[new])))
            for (old, new), count in common.items()
        }

    def _in_one_place(self, old: int, new: int) -> bool:
        """Whether two groups are all that is left of their kind below one pair, or between two that stayed."""
        parent = self.old.entries[old].parent
        here = self.old.partner.get(parent)
        if here is None or here == NOWHERE or self.new.entries[new].parent != here:
            return False
        if self._only_group(self.old, parent) == old and self._only_group(self.new, here) == new:
            return True
        around = self._around(self.old, old, self.new, here)
        there = self._around(self.new, new, self.old, parent)
        return bool(around and there) and tuple(self.old.partner[place] for place in around) == there

    @staticmethod
    def _only_group(side: _Side, parent: int) -> int:
        """Return the only unmatched group below an entry, TOP when there is none or another."""
        groups = [child for child in side.free_children(parent) if side.is_group(child)]
        return groups[0] if len(groups) == 1 else TOP

    def _around(self, side: _Side, place: int, other: _Side, parent: int) -> tuple[int, ...]:
        """Return both neighbours of an entry, TOP at an end; nothing when one is unmatched or went elsewhere."""
        siblings = side.children[side.entries[place].parent]
        at = side.position(place)
        found = (siblings[at - 1] if at else TOP, siblings[at + 1] if at + 1 < len(siblings) else TOP)
        for neighbour in found:
            partner = side.partner.get(neighbour, NOWHERE)
            if neighbour != TOP and (partner == NOWHERE or other.entries[partner].parent != parent):
                return ()
        return found

    def _pair_untied(self, enough: Mapping[tuple[int, int], int]) -> bool:
        """Match groups by their share: alike titles first, then the greatest, then the nearest depth; no ties."""
        ranked = sorted(
            (
                (self._titles_agree(old, new), share, -abs(self.old.depths[old] - self.new.depths[new])),
                -old,
                -new,
            )
            for (old, new), share in enough.items()
        )
        scores: dict[tuple[bool, int], list[tuple[int, int, int]]] = defaultdict(list)
        for score, old, new in ranked:
            scores[False, -old].append(score)
            scores[True, -new].append(score)
        count = len(self.rules)
        for score, minus_old, minus_new in reversed(ranked):
            old, new = -minus_old, -minus_new
            if self.free(old, new) and scores[False, old].count(score) == 1 == scores[True, new].count(score):
                self.pair(old, new, Rule.SHARE)
        return len(self.rules) > count

    def _titles_agree(self, old: int, new: int) -> int:
        if self.old.keys[old] == self.new.keys[new]:
            return 2
        return int(likeness(self.old.words[old], self.new.words[new]) >= ENOUGH)

    def _shared_leaves(self) -> Counter[tuple[int, int]]:
        shared: Counter[tuple[int, int]] = Counter()
        for old, new in self._partners().items():
            if old == TOP or (self.old.is_group(old) and self.new.is_group(new)):
                continue
            news = list(_free_above(self.new, new))
            if news:
                shared.update((above, other) for above in _free_above(self.old, old) for other in news)
        return shared

    def _namesakes_anywhere(self) -> bool:
        """Match leaves of one title that several have: most of the titles above them, then links, then the order."""
        count = len(self.rules)
        olds = _grouped([place for place in self.old.left() if not self.old.is_group(place)], self.old.keys)
        news = _grouped([place for place in self.new.left() if not self.new.is_group(place)], self.new.keys)
        for key, places in olds.items():
            others = news.get(key, [])
            if not others or len(places) * len(others) > _COMMON**2:
                continue
            paths = {place: set(self.new.path(place)) for place in others}
            ranked = sorted(
                (-len(paths[new].intersection(self.old.path(old))), self._one_is_linked(old, new), old, new)
                for old in places
                for new in others
            )
            for _, _, old, new in ranked:
                if self.free(old, new) and not self._links_differ(old, new):
                    self.pair(old, new, Rule.NAMESAKE)
        return len(self.rules) > count

    # -- likeness --------------------------------------------------------------------------------------------------

    def _alike(self) -> bool:
        """Match rewordings below pairs."""
        count = len(self.rules)
        for parent, here in self._partners().items():
            olds, news = self.old.free_children(parent), self.new.free_children(here)
            if olds and news:
                for old, new in _clearly_best(self._compared(self._candidates(olds, news), likeness), ENOUGH):
                    self.pair(old, new, Rule.ALIKE)
        return len(self.rules) > count

    def _far(self) -> bool:
        """Match rewordings anywhere."""
        count = len(self.rules)
        for group in (False, True):
            olds = [place for place in self.old.left() if self.old.is_group(place) is group]
            news = [place for place in self.new.left() if self.new.is_group(place) is group]
            compared = self._compared(self._candidates(olds, news), _far_likeness)
            for old, new in _clearly_best(compared, FAR_ENOUGH):
                self.pair(old, new, Rule.FAR)
        return len(self.rules) > count

    def _candidates(self, olds: list[int], news: list[int]) -> Iterator[tuple[int, int]]:
        """Yield what to compare: all with all where they are few, else those with a rare word in common."""
        if len(olds) * len(news) <= _COMMON**2:
            yield from ((old, new) for old in olds for new in news)
            return
        by_word: dict[str, list[int]] = defaultdict(list)
        for new in news:
            for word in set(self.new.words[new].words):
                by_word[word].append(new)
        for old in olds:
            found: set[int] = set()
            for word in set(self.old.words[old].words):
                places = by_word.get(word, ())
                if len(places) <= _COMMON:
                    found.update(places)
            yield from ((old, new) for new in sorted(found))

    def _compared(
        self, candidates: Iterable[tuple[int, int]], measure: Callable[[Words, Words], int]
    ) -> dict[tuple[int, int], int]:
        compared: dict[tuple[int, int], int] = {}
        for old, new in candidates:
            value = measure(self.old.words[old], self.new.words[new])
            if value >= DOUBTFUL and (value >= 90 or not self._links_differ(old, new)):
                compared[old, new] = value
        return compared

    def _one_is_linked(self, old: int, new: int) -> bool:
        return bool(self.old.entries[old].links) is not bool(self.new.entries[new].links)

    def _share_a_link(self, old: int, new: int) -> bool:
        return not set(self.old.entries[old].links).isdisjoint(self.new.entries[new].links)

    def _links_differ(self, old: int, new: int) -> bool:
        mine, theirs = self.old.entries[old].links, self.new.entries[new].links
        return bool(mine and theirs) and not self._share_a_link(old, new)

    # -- places ----------------------------------------------------------------------------------------------------

    def _gaps(self) -> bool:
        """Match what went to what came, where as many did between the same neighbours."""
        count = len(self.rules)
        for parent, here in self._partners().items():
            if not self.old.free_children(parent) or not self.new.free_children(here):
                continue
            news = {(left, right): gap for left, right, gap in _gaps_of(self.new, here, self.old, parent)}
            for left, right, gap in _gaps_of(self.old, parent, self.new, here):
                came = news.get((self.old.partner.get(left, left), self.old.partner.get(right, right)), [])
                if len(gap) == len(came) and all(map(self._may_replace, gap, came)):
                    for old, new in zip(gap, came, strict=True):
                        self.pair(old, new, Rule.GAP)
        return len(self.rules) > count

    def _may_replace(self, old: int, new: int) -> bool:
        return self.old.is_group(old) == self.new.is_group(new) and not self._links_differ(old, new)

    # -- doubts ----------------------------------------------------------------------------------------------------

    def _doubts(self, later: list[Callable[[], bool]]) -> tuple[tuple[int, int], ...]:
        """Return what later rules would pair, and what is alike below one parent, though not alike enough."""
        sure = set(self.rules)
        doubts = []
        for parent, here in self._partners().items():
            olds, news = self.old.free_children(parent), self.new.free_children(here)
            if olds and news:
                compared = self._compared(self._candidates(olds, news), likeness)
                doubts += sorted(_clearly_best(compared, DOUBTFUL))
        for step in later:
            step()
        doubts += [(old, self.old.partner[old]) for old in sorted(self.rules) if old not in sure]
        taken: set[tuple[bool, int]] = set()
        result = []
        for old, new in doubts:
            if (False, old) not in taken and (True, new) not in taken:
                taken |= {(False, old), (True, new)}
                result.append((old, new))
        return tuple(sorted(result))


def _most(votes: Counter[int]) -> int | None:
    """Return what most voted for, None when two have as many."""
    (best, count), *others = votes.most_common(2)
    return None if others and others[0][1] == count else best


def _single_links(outline: Outline) -> dict[str, int]:
    """Return the links that one entry has, with its place."""
    found: dict[str, int] = {}
    for place, entry in enumerate(outline):
        for link in entry.links:
            found[link] = place if found.get(link, place) == place else TOP
    return {link: place for link, place in found.items() if place != TOP}


def _grouped(places: list[int], keys: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place in places:
        if keys[place]:
            found[keys[place]].append(place)
    return found


def _leaf_counts(side: _Side) -> list[int]:
    counts = [0] * len(side.entries)
    for place in range(len(side.entries) - 1, -1, -1):
        counts[place] = counts[place] or 1
        parent = side.entries[place].parent
        if parent != TOP:
            counts[parent] += counts[place]
    return counts


def _free_above(side: _Side, place: int, most: int = 8) -> Iterator[int]:
    """Yield the unmatched entries above one, the nearest first."""
    above = side.entries[place].parent
    while above != TOP and most:
        if above not in side.partner:
            yield above
            most -= 1
        above = side.entries[above].parent


def _clearly_best(compared: Mapping[tuple[int, int], int], enough: int) -> list[tuple[int, int]]:
    """Return the pairs that are alike enough, each the best of both, and clearly so."""
    best: dict[tuple[bool, int], list[int]] = defaultdict(lambda: [0, 0])
    for (old, new), value in compared.items():
        for side in ((False, old), (True, new)):
            best[side] = sorted([*best[side], value])[-2:]
    return [
        (old, new)
        for (old, new), value in compared.items()
        if value >= enough
        and all(best[side][1] == value and best[side][0] <= value - AHEAD for side in ((False, old), (True, new)))
    ]


def _far_likeness(one: Words, other: Words) -> int:
    letters = letters_in_common(one.key, other.key)
    return letters if letters >= DOUBTFUL and likeness(one, other) else 0  # what is less is no candidate


def _gaps_of(side: _Side, parent: int, other: _Side, here: int) -> Iterator[tuple[int, int, list[int]]]:
    """Yield what is unmatched between neighbours that stayed below the same parent; TOP stands for an end.

    Neighbours are given by their own places; on the new side by those of the new outline, as the old side's partners.
    """
    left, gap = TOP, []
    for child in [*side.children[parent], None]:
        partner = side.partner.get(child) if child is not None else None
        if child is not None and partner is None:
            gap.append(child)
            continue
        if partner is not None and (partner == NOWHERE or other.entries[partner].parent != here):
            continue  # it went to another parent
        right = TOP if child is None else child
        if gap:
            yield left, right, gap
        left, gap = right, []
