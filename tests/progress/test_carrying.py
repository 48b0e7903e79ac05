"""Ticks find their leaves again after the roadmap was edited, and none is ever lost."""

import random
from datetime import date, datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roadmaps import roadmap

from roadpress.core.progress.matching import carry
from roadpress.core.progress.model import State, Tick
from roadpress.core.progress.recording import brought_up
from roadpress.core.progress.store import ProgressFile, parse, render

NOW = datetime(2027, 1, 6, 12, tzinfo=timezone.utc)


def done(note=""):
    return Tick(State.DONE, date(2027, 1, 6), "cli", note, NOW)


def ticked(text, *ids):
    """Return the record of a roadmap with some leaves ticked."""
    return brought_up(ProgressFile(), roadmap(text), {key: done(key) for key in ids})


BEFORE = """
- title: Basics
  topics: [What is ML?, Summary, Statistics]
- title: Models
  topics: [Trees, Summary, Networks]
"""


@pytest.mark.parametrize(
    ("after", "expected", "told"),
    [
        pytest.param(BEFORE, ["basics/what-is-ml", "models/summary"], 0, id="untouched"),
        pytest.param(
            "- {title: Basics, topics: [What is machine learning?, Summary, Statistics]}\n"
            "- {title: Models, topics: [Trees, Summary, Networks]}",
            ["basics/what-is-machine-learning", "models/summary"],
            1,
            id="retitled in its place",
        ),
        pytest.param(
            "- {title: Foundations, topics: [What is ML?, Summary, Statistics]}\n"
            "- {title: Methods, topics: [Trees, Summary, Networks]}",
            ["foundations/what-is-ml", "methods/summary"],
            0,
            id="sections retitled, with a title that both have",
        ),
        pytest.param(
            "- {title: Models, topics: [Networks, Summary, What is ML?, Trees]}\n- {title: Basics, topics: [Summary]}",
            ["models/summary", "models/what-is-ml"],
            0,
            id="moved to another section, all reordered",
        ),
        pytest.param(
            "- {title: Basics, topics: [Statistics, Summary, What is ML?]}\n- {title: Models, topics: [Trees, Networks]}",
            ["basics/what-is-ml"],
            1,
            id="one deleted: its namesake elsewhere, known and open, does not get its tick",
        ),
        pytest.param(
            "- {title: Basics, topics: [Summary, Statistics, Probability]}\n"
            "- {title: Models, topics: [Trees, Summary, Networks]}",
            ["models/summary"],
            1,
            id="one deleted, another added elsewhere: no guess",
        ),
        pytest.param(
            "- title: New\n  id: new\n  was: [basics]\n  topics: [Summary, {title: Hello, was: [basics/what-is-ml]}]\n"
            "- {title: Models, topics: [Trees, Summary, Networks]}",
            ["new/hello", "models/summary"],
            0,
            id="was on the leaf",
        ),
        pytest.param(
            "- title: New\n  id: new\n  was: [basics]\n  topics: [Statistics, What is ML?]\n"
            "- {title: Models, topics: [Trees, Summary, Networks]}",
            ["new/what-is-ml", "models/summary"],
            0,
            id="was on a parent",
        ),
        pytest.param(
            "- title: Basics\n  topics: [{title: What is ML?, items: [Kinds]}, Summary, Statistics]\n"
            "- {title: Models, topics: [Trees, Summary, Networks]}",
            ["models/summary"],
            1,
            id="a leaf that got items",
        ),
    ],
)
def test_edits(after, expected, told):
    record = ticked(BEFORE, "basics/what-is-ml", "models/summary")
    carried = carry(record, roadmap(after))
    assert set(carried.ticks) == set(expected)
    assert {tick.note for tick in carried.ticks.values()} | {entry.tick.note for entry in carried.orphans.values()} == {
        "basics/what-is-ml",
        "models/summary",
    }
    assert len(carried.notices) == told


def test_an_orphan_comes_back_with_its_node_even_under_another_parent():
    record = ticked(BEFORE, "basics/what-is-ml")
    without = roadmap("- {title: Models, topics: [Trees, Summary, Networks]}")
    record = brought_up(record, without, {"models/trees": done()})
    assert set(record.orphans) == {"basics/what-is-ml"}
    assert set(record.ticks) == {"models/trees"}
    assert carry(record, without).notices == ()  # told once, when it became one
    assert "basics/what-is-ml" in carry(record, roadmap(BEFORE)).ticks
    elsewhere = carry(record, roadmap("- {title: Models, topics: [Trees, What is ML?, Summary, Networks]}"))
    assert set(elsewhere.ticks) == {"models/trees", "models/what-is-ml"}


def test_notices_say_what_became_of_a_tick():
    record = ticked(
        """
- title: "**Basics**"
  topics: ["What *is* ML?", "`Trees`", Calculus, "[Regular](https://e.org) expressions in practice"]
- title: Models
  topics: [Networks]
""",
        "basics/what-is-ml",
        "basics/trees",
        "basics/regular-expressions-in-practice",
        "models/networks",
    )
    carried = carry(
        record,
        roadmap("""
- title: Basics
  topics: [Something *else*, Calculus, Regular expressions in practise]
- title: Networks
  topics: [Models]
"""),
    )
    gone = "was ticked and is no longer in the roadmap; its tick is kept and comes back when it does"
    like = "'Regular expressions in practice' was taken for 1.3 'Regular expressions in practise', which is like it"
    assert carried.notices == (
        f"done {like}: its tick went along.",
        f"'What is ML?' {gone} (`roadpress orphans`).",
        f"'Trees' {gone} (`roadpress orphans`).",
        "'Networks' was ticked and now has items of its own; its tick is kept until it has none.",
    )
    again = brought_up(record, roadmap("- {title: Basics, topics: [What is ML?]}"), {})
    assert again.orphans["basics/trees"].where == "Basics"


class Editor:
    """A roadmap as a person edits it. Every leaf has a hidden name, which its tick carries as its note."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.names = 0
        self.sections = [{"title": f"Section {at}", "leaves": [self.leaf() for _ in range(3)]} for at in range(3)]
        self.thrown_away: list[dict] = []

    def leaf(self):
        self.names += 1
        title = self.chance.choice(["Summary", "Exercise", f"Topic {self.names}", f"Lesson {self.names}"])
        return {"name": f"leaf{self.names}", "title": title}

    def text(self):
        lines = []
        for section in self.sections:
            lines += [f"- title: {section['title']}", "  topics:" + ("" if section["leaves"] else " []")]
            for leaf in section["leaves"]:
                lines.append(f"    - title: {leaf['title']}")
                if leaf.get("items"):
                    lines.append(f"      items: [{', '.join(leaf['items'])}]")
        return "\n".join(lines) or "[]"

    def edit(self):
        section = self.chance.choice(self.sections)
        leaves = section["leaves"]
        at = self.chance.randrange(len(leaves) + 1)
        match self.chance.choice(["retitle", "section", "move", "delete", "back", "new", "shuffle", "grow", "shrink"]):
            case "section":
                section["title"] = f"Part {self.chance.randint(1, 9)}"
            case "new":
                leaves.insert(at, self.leaf())
            case "back" if self.thrown_away:
                leaves.insert(at, self.thrown_away.pop())
            case "shuffle":
                self.chance.shuffle(leaves)
            case _ if not leaves:
                pass
            case "retitle":
                self.chance.choice(leaves)["title"] += f" {self.chance.randint(1, 9)}"
            case "move":
                leaf = leaves.pop(self.chance.randrange(len(leaves)))
                self.chance.choice(self.sections)["leaves"].append(leaf)
            case "delete":
                self.thrown_away.append(leaves.pop(self.chance.randrange(len(leaves))))
            case "grow":
                self.chance.choice(leaves)["items"] = ["One", "Two"]
            case "shrink":
                for leaf in leaves:
                    leaf.pop("items", None)


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.booleans(), max_size=12))
def test_no_tick_is_ever_lost_over_random_edits(chance, steps):
    """Edits, ticks and writings in any order: each tick stays on a leaf or is kept as an orphan, word for word."""
    editor = Editor(chance)
    record = ProgressFile()
    alive = set()
    for ticks_now in steps:
        for _ in range(chance.randint(0, 3)):
            editor.edit()
        present = roadmap(editor.text())
        carried = carry(record, present)
        on_leaves = [tick.note for tick in carried.ticks.values()]
        kept = on_leaves + [entry.tick.note for entry in carried.orphans.values()]
        assert sorted(kept) == sorted(alive)
        leaves = {leaf.id for leaf in present.leaves()}
        assert set(carried.ticks) <= leaves
        titles = [leaf.title for leaf in present.leaves()]
        for leaf in present.leaves():  # a title that is there once keeps its tick
            found = [entry for entry in record.all.values() if entry.title == leaf.title]
            known = [line.strip() for line in record.outline.split("\n")].count(leaf.title)
            if titles.count(leaf.title) == len(found) == 1 and known == (found[0] in record.ticks.values()):
                assert carried.ticks.get(leaf.id) == found[0].tick
        changes = {}
        open_leaves = sorted(leaves - set(carried.ticks))
        if ticks_now and open_leaves:
            changes[chance.choice(open_leaves)] = done(f"tick{len(alive)}")
            alive.add(f"tick{len(alive)}")
        record = brought_up(record, present, changes)
        assert parse(render(record), "p") == record
        again = carry(record, present)
        assert (again.moved, again.notices, again.outline) == ({}, (), record.outline)
        assert brought_up(record, present, {}) == record


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(["retitle", "move"]))
def test_one_edit_of_one_leaf_carries_its_tick_to_it(chance, kind):
    sections = [[f"Topic {section}{at}" for at in range(chance.randint(1, 4))] for section in range(3)]

    def text():
        return "\n".join(f"- {{title: S{at}, topics: [{', '.join(leaves)}]}}" for at, leaves in enumerate(sections))

    record = brought_up(ProgressFile(), roadmap(text()), {})
    leaf = chance.choice(list(roadmap(text()).leaves()))
    record = brought_up(record, roadmap(text()), {leaf.id: done("mine")})
    where = next(leaves for leaves in sections if leaf.title in leaves)
    if kind == "retitle":
        new_title = "Something else"
        where[where.index(leaf.title)] = new_title
    else:
        new_title = leaf.title
        where.remove(leaf.title)
        other = chance.choice([leaves for leaves in sections if leaves is not where])
        other.insert(chance.randint(0, len(other)), new_title)
    after = roadmap(text())
    ticks = carry(record, after).ticks
    expected = next(node.id for node in after.leaves() if node.title == new_title)
    assert list(ticks) == [expected]
