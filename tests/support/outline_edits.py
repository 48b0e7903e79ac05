"""Pairs of outlines by the thousand: made by a seeded generator, the second one edited as owners and sources do."""

from __future__ import annotations

from random import Random

from roadpress.core.identity.outline import TOP, Entry, Outline, link_key
from roadpress.core.identity.outline_text import outline_lines, parse_outline

WORDS = (
    *("learn", "SQL", "joins", "index", "tree", "graph", "read", "build", "the", "a", "of", "C", "C++", "C#", "week"),
    *("1", "2", "3", "2021", "१२", "Ⅳ", "x²", "Straße", "ΣΟΦΟΣ", "İstanbul", "ﬁne", "Ｆｕｌｌ", "е\u0301", "é", "e\u0301"),
    *("機械学習", "モデル", "ｶﾞ", "עברית", "𝒜lgebra", "𐐀𐐁", "👩\u200d💻", "--", "!?", "\u00a0", "\u3000", "a\u0300\u0323", "ẞ"),
)  # fmt: skip
EDITS = (
    *("reword", "reword", "misspell", "misspell", "number", "retitle", "add", "add", "remove", "move", "swap", "group"),
    *("own", "was", "links"),
)
URLS = [link_key(f"https://e.org/{number}") for number in range(40)]

_Tree = list[dict]


def pairs(count: int, seed: int = 0) -> list[tuple[Outline, Outline]]:
    """Return pairs of an outline and an edited one; most are small, some have many siblings."""
    random = Random(seed)
    return [_pair(random, 90 if number % 25 == 0 else random.choice((3, 8, 20))) for number in range(count)]


def _pair(random: Random, most: int) -> tuple[Outline, Outline]:
    tree = _tree(random, random.randint(0, most), deep=most < 90)
    before = _outline(tree)
    edits = random.randint(0, 3 + most // 3)
    for _ in range(edits):
        _edit(random, tree, before)
    return before, _outline(tree)


def _tree(random: Random, size: int, *, deep: bool) -> _Tree:
    top: _Tree = []
    everything: _Tree = []
    for _ in range(size):
        node = _node(random)
        spot = (
            random.choice(everything[-4:])["items"] if everything and random.random() < (0.7 if deep else 0.3) else top
        )
        spot.append(node)
        everything.append(node)
    return top


def _node(random: Random) -> dict:
    words = random.sample(WORDS, random.choice((0, 1, 1, 2, 3, 5)))
    links = tuple(random.sample(URLS, 1 + (random.random() < 0.2))) if random.random() < 0.2 else ()
    own = f"own-{random.randint(1, 30)}" if random.random() < 0.1 else ""
    return {"title": " ".join(words), "items": [], "links": links, "own": own, "was": ()}


def _spots(top: _Tree) -> list[tuple[_Tree, int]]:
    found = [(top, place) for place in range(len(top))]
    for siblings, place in found:
        below = siblings[place]["items"]
        found += [(below, at) for at in range(len(below))]
    return found


def _edit(random: Random, top: _Tree, before: Outline) -> None:
    spots = _spots(top)
    siblings, place = random.choice(spots) if spots else (top, 0)
    node = siblings[place] if spots else _node(random)
    words = node["title"].split(" ")
    match random.choice(EDITS):
        case "reword":
            words.insert(random.randint(0, len(words)), random.choice(WORDS))
            if random.random() < 0.3:
                del words[random.randrange(len(words))]
            node["title"] = " ".join(words)
        case "misspell" if node["title"]:
            at = random.randrange(len(node["title"]))
            node["title"] = node["title"][:at] + random.choice("aeiouxyz") + node["title"][at + random.randint(0, 1) :]
        case "number":
            node["title"] = random.choice(("1. {}", "Day 2: {}", "day 3 {} ends")).format(node["title"])
        case "retitle":
            node["title"] = _node(random)["title"]
        case "add":
            siblings.insert(place, _node(random))
        case "remove" if spots:
            siblings[place : place + 1] = node["items"] if random.random() < 0.5 else []
        case "move" if spots:
            del siblings[place]
            spots = _spots(top)
            target = random.choice(spots) if spots else (top, 0)
            target[0].insert(target[1], node)
        case "swap":
            random.shuffle(siblings)
        case "group" if spots:
            group = _node(random)
            end = place + random.randint(1, 3)
            group["items"], siblings[place:end] = siblings[place:end], [group]
        case "own":
            node["own"] = f"own-{random.randint(1, 30)}"
        case "was" if before:
            node["was"] = (random.choice(before).id, random.choice(before).id)
        case "links":
            node["links"] = _node(random)["links"]


def _outline(top: _Tree) -> Outline:
    entries: list[Entry] = []

    def add(nodes: _Tree, parent: int) -> None:
        for node in nodes:
            entries.append(Entry(node["title"], parent, node["own"], bool(node["own"]), node["was"], node["links"]))
            add(node["items"], len(entries) - 1)

    add(top, TOP)
    ids = parse_outline(outline_lines(tuple(entries)))[0]
    return tuple(entry._replace(id=found.id) for entry, found in zip(entries, ids, strict=True))
