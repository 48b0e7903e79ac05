"""Which entry of an old outline is which of a new one. Pure, and the only place that decides it.

The rules of `Rule`, in their order, each over what is left by those before it. A pair frees its children for the rules
about siblings, so from `SIBLING` on they start again whenever one of them has found something.

What real histories ask of them: a third of the titles that are unique stand on another path in a document's next
version, so titles and links come before parents, and an entry is matched before its parent is called new.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from .outline import TOP, Outline, children_of, depths_of
from .titles import DOUBTFUL, ENOUGH, Words, letters_in_common, likeness, words_of

FAR_ENOUGH = 80
"""How alike two titles must be that stand in different places (letter pairs, percent)."""
AHEAD = 5
"""How much more alike a pair must be than any rival of it, in percent."""
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
    """The same title below the same parent; namesakes by their neighbours, else in order."""
    TITLE = 5
    """A title that one leaf, or one group, has on each side: in the whole, then in what is left."""
    SHARE = 6
    """Groups with at least half of the smaller one's leaves in common."""
    ALIKE = 7
    """The most alike of what is left below one parent."""
    GAP = 8
    """The same place: as many went as came between two entries that stayed."""
    FAR = 9
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


def match(old: Outline, new: Outline, *, surest: Rule = Rule.FAR) -> Matching:
    """Return which entry is which, by the rules up to `surest`; what only later rules find are doubts.

    Linear in the number of entries, but for entries with a common rare word, which are compared with each other.
    """
    if _same(old, new):
        return Matching({i: i for i in range(len(old))}, dict.fromkeys(range(len(old)), Rule.SIBLING))
    return _Matcher(old, new, surest).run()


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

    def is_group(self, place: int) -> bool:
        return bool(self.children[place])

    def left(self) -> list[int]:
        return [place for place in range(len(self.entries)) if place not in self.partner]

    def free_children(self, place: int) -> list[int]:
        return [child for child in self.children[place] if child not in self.partner]


class _Matcher:
    def __init__(self, old: Outline, new: Outline, surest: Rule) -> None:
        self.old = _Side(old)
        self.new = _Side(new)
        self.surest = surest
        self.rules: dict[int, Rule] = {}

    def run(self) -> Matching:
        self._by_id()
        self._by_was()
        self._by_link()
        steps: list[tuple[Rule, Callable[[], bool]]] = [
            (Rule.SIBLING, self._siblings),
            (Rule.TITLE, self._titles),
            (Rule.SHARE, self._groups),
            (Rule.ALIKE, self._alike),
            (Rule.GAP, self._gaps),
            (Rule.FAR, self._far),
        ]
        self._repeat([step for rule, step in steps if rule <= self.surest])
        pairs = {old: new for old, new in sorted(self.old.partner.items()) if old != TOP}
        rules = {old: self.rules[old] for old in pairs}
        return Matching(pairs, rules, self._doubts([step for rule, step in steps if rule > self.surest]))

    def _repeat(self, steps: list[Callable[[], bool]]) -> None:
        at = 0
        while at < len(steps):
            at = 0 if steps[at]() and at else at + 1

    def pair(self, old: int, new: int, rule: Rule) -> None:
        self.old.partner[old] = new
        self.new.partner[new] = old
        self.rules[old] = rule

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
        by_key, keys = _single_keys(self.old), _single_keys(self.new)
        for there, here in found:
            namesake, double = by_key.get(self.new.keys[here], there), keys.get(self.old.keys[there], here)
            # a link that came to, or went from, an entry of the same title without any says nothing of who it was
            if (namesake == there or self.old.entries[namesake].links) and (
                double == here or self.new.entries[double].links
            ):
                self.pair(there, here, Rule.LINK)

    # -- titles ----------------------------------------------------------------------------------------------------

    def _siblings(self) -> bool:
        """Match equal titles below pairs, downwards."""
        count = len(self.rules)
        queue = [TOP, *sorted(place for place in self.old.partner if place != TOP)]
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
        """Match siblings of one title: groups by what they hold, then by both neighbours, then in order."""
        ranked = sorted(
            ((-self._held_in_common(old, new), old, new) for old in olds for new in news)
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
        at = siblings.index(place)
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
        ranked = []
        for (old, new), common in shared.items():
            least, most = sorted((sizes[old], others[new]))
            if common < 2 or common * 2 < least:
                continue
            same = self.old.keys[old] == self.new.keys[new]
            distance = abs(self.old.depths[old] - self.new.depths[new])
            ranked.append(((same, common * 1000 // most, -distance), old, new))
        ranked.sort(key=lambda row: (row[0], -row[1], -row[2]), reverse=True)
        best: dict[tuple[bool, int], list[tuple[bool, int, int]]] = {}
        for score, old, new in ranked:
            for side in ((False, old), (True, new)):
                best.setdefault(side, []).append(score)
        count = len(self.rules)
        for score, old, new in ranked:
            if self.free(old, new) and best[False, old].count(score) == 1 == best[True, new].count(score):
                self.pair(old, new, Rule.SHARE)
        return len(self.rules) > count

    def _shared_leaves(self) -> Counter[tuple[int, int]]:
        shared: Counter[tuple[int, int]] = Counter()
        for old, new in self.old.partner.items():
            if old == TOP or (self.old.is_group(old) and self.new.is_group(new)):
                continue
            news = list(_free_above(self.new, new))
            if news:
                shared.update((above, other) for above in _free_above(self.old, old) for other in news)
        return shared

    # -- likeness --------------------------------------------------------------------------------------------------

    def _alike(self) -> bool:
        """Match rewordings below pairs."""
        count = len(self.rules)
        for parent, here in list(self.old.partner.items()):
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

    def _links_differ(self, old: int, new: int) -> bool:
        mine, theirs = self.old.entries[old].links, self.new.entries[new].links
        return bool(mine and theirs) and set(mine).isdisjoint(theirs)

    # -- places ----------------------------------------------------------------------------------------------------

    def _gaps(self) -> bool:
        """Match what went to what came, where as many did between the same neighbours."""
        count = len(self.rules)
        for parent, here in list(self.old.partner.items()):
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
        for parent, here in list(self.old.partner.items()):
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


def _single_keys(side: _Side) -> dict[str, int]:
    """Return the titles that one entry has, with its place."""
    found: dict[str, int] = {}
    for place, key in enumerate(side.keys):
        found[key] = TOP if key in found else place
    return {key: place for key, place in found.items() if place != TOP}


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
    return letters_in_common(one.key, other.key) if likeness(one, other) else 0


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
        if partner is not None and other.entries[partner].parent != here:
            continue  # it went to another parent
        right = TOP if child is None else child
        if gap:
            yield left, right, gap
        left, gap = right, []
