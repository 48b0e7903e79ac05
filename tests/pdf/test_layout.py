"""The plan: nothing leaves its column, heads stay with what follows, every leaf has its box."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from books import TODAY, book, boxes_of, make, reader, text_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from roadmaps import TITLES, roadmap
from trees import roadmap as grown

from roadpress.core.errors import UsageError
from roadpress.core.model import Node, Roadmap
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.roadmap_file.loading import load
from roadpress.core.snapshot import Snapshot
from roadpress.core.snapshot.current import snapshot_of
from roadpress.exporters.pdf.book import Book
from roadpress.exporters.pdf.build import lay_out
from roadpress.exporters.pdf.options import Options
from roadpress.exporters.pdf.page_model import CheckBox, LinkAnnotation, PageNumber, Shape, Text, line_width

LONG = st.one_of(
    TITLES, st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=300)
)
TREES = st.recursive(
    LONG.filter(str.strip),
    lambda inner: st.fixed_dictionaries({"title": LONG.filter(str.strip), "items": st.lists(inner, max_size=4)}),
    max_leaves=25,
)
PAPERS = [{"paper": paper, "landscape": turned} for paper in ("a4", "letter", "a5", "a6") for turned in (False, True)]
PAPERS.append({"two_up": True})
EVERYTHING = Path(__file__).parent / "data" / "everything.yaml"


def planned(snapshot, **options):
    book = Book(snapshot.roadmap, Options(**options), snapshot.today)
    return lay_out(book, snapshot), book.paper


def outside(plan, paper):
    """Yield every mark that leaves its column, or the page's body."""
    for number, page in enumerate(plan.pages, 1):
        for x, y, row in page.lines():
            if y + row.height > paper.height - paper.bottom + 0.1 or y < paper.top - 0.1:
                yield number, "row", y
            if x < paper.side - 0.1 or x + paper.column > paper.width - paper.side + 0.1:
                yield number, "column", x
            for mark in row.marks:
                if isinstance(mark, Text):
                    if mark.x < -0.1 or mark.x + line_width(mark) > paper.column + 0.6:
                        yield number, [word.text for word in mark.words], mark.x + line_width(mark) - paper.column
                elif isinstance(mark, (CheckBox, LinkAnnotation)) and not 0 <= mark.x <= paper.column:
                    yield number, mark, mark.x
                elif isinstance(mark, PageNumber) and mark.right > paper.column + 0.1:
                    yield number, mark, mark.right


@pytest.mark.parametrize("options", PAPERS, ids=str)
def test_nothing_leaves_its_column(options):
    plan, paper = planned(snapshot_of(EVERYTHING, today=TODAY), **options)
    assert list(outside(plan, paper)) == []


@pytest.mark.parametrize("icon", ["🎯", "no sign " * 40, "w" * 90])
@pytest.mark.parametrize("options", PAPERS, ids=str)
def test_ugly_titles_stay_in_their_column(options, icon):
    deep = Node("x" * 300, "deep", "1.1." + "1." * 50 + "1", 50)
    for depth in range(49, 1, -1):
        number = ".".join("1" * depth)
        deep = Node(f"Level {depth} " + "wide " * 30, f"n{depth}", number, depth, children=(deep,))
    section = Node("W" * 500 + " " + "m" * 200, "s", "1", 1, children=(deep,), icon=icon, summary="i" * 400)
    found = Roadmap("T" * 300, (section,), description="D" * 900, authors=("A" * 300,))
    plan, paper = planned(Snapshot.of(found, today=TODAY), **options)
    assert list(outside(plan, paper)) == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(TREES, st.sampled_from(PAPERS))
def test_any_roadmap_stays_in_its_column_and_every_leaf_has_its_box(tree, options):
    found = grown(sections=[tree, "Last"])
    snapshot = Snapshot.of(found, today=TODAY)
    plan, paper = planned(snapshot, **options)
    assert list(outside(plan, paper)) == []
    boxes = [
        mark.node.id
        for page in plan.pages
        for _, _, row in page.lines()
        for mark in row.marks
        if isinstance(mark, CheckBox)
    ]
    assert boxes == [leaf.id for leaf in found.leaves()]


def test_a_heading_is_never_the_last_thing_on_a_page():
    items = "\n".join(f"    - title: Topic {t}\n      items: [one, two]" for t in range(200))
    plan, _ = planned(Snapshot.of(roadmap(f"- title: A\n  topics:\n{items}"), today=TODAY), toc=False, cover=False)
    assert len(plan.pages) > 15
    for page in plan.pages:
        *_, (_, _, last) = page.lines()
        assert any(isinstance(mark, CheckBox) for mark in last.marks)


@pytest.mark.parametrize("options", [{}, {"two_up": True}, {"paper": "a6"}, {"landscape": True}], ids=str)
def test_neither_the_first_nor_the_last_of_a_list_stands_alone(options):
    topics = "\n".join(f"    - title: T{t}\n      items: [{', '.join('abcdefg'[: 2 + t % 6])}]" for t in range(90))
    found = roadmap(f"- title: A\n  topics:\n{topics}")
    plan, _ = planned(Snapshot.of(found, today=TODAY), **options)
    homes = {}
    for number, page in enumerate(plan.pages):
        for x, _, row in page.lines():
            homes.update((mark.node.id, (number, x)) for mark in row.marks if isinstance(mark, CheckBox))
    assert len(set(homes.values())) > 5
    for topic in found.sections[0].children:
        first, second, *_ = (homes[item.id] for item in topic.children)
        *_, before, last = (homes[item.id] for item in topic.children)
        assert (first, before) == (second, last)


def test_a_section_without_topics_says_its_notes_once():
    found = roadmap("- title: A\n  summary: Onlyonce\n  notes: Twice\n  links: [{title: Thrice, url: 'https://a.org'}]")
    text = text_of(book(found, toc=False, cover=False))
    assert [text.count(word) for word in ("Onlyonce", "Twice", "Thrice")] == [1, 1, 1]


def test_notes_and_links_stay_with_their_item_and_a_topic_with_its_first():
    item = "{title: I, summary: S, notes: N, links: ['https://a.org/1', 'https://a.org/2']}"
    topics = "\n".join(f"    - title: T{t}\n      notes: X\n      items: [{item}, {item}, {item}]" for t in range(40))
    pdf = reader(roadmap(f"- title: A\n  topics:\n{topics}"), toc=False, cover=False)
    assert len(pdf.pages) > 8
    for page in pdf.pages[1:]:
        first = page.extract_text().splitlines()[0]
        assert re.match(r"1\.\d", first), "a page begins with the number of a topic or of an item"


def test_no_line_of_a_paragraph_stands_alone():
    text = "word " * 90
    topics = "\n".join(f"    - title: T{t}\n      notes: {text}\n      items: [one]" for t in range(60))
    plan, _ = planned(Snapshot.of(roadmap(f"- title: A\n  topics:\n{topics}"), today=TODAY))
    parts = {}
    for number, page in enumerate(plan.pages):
        for _, _, row in page.lines():
            for mark in row.marks:
                if isinstance(mark, Text) and mark.tag is not None and mark.tag.role == "P" and "word" in mark.words:
                    parts.setdefault(id(mark.tag), []).append(number)
    parted = [pages for pages in parts.values() if len(set(pages)) > 1]
    assert parted
    assert all(pages.count(page) > 1 for pages in parted for page in pages)


@pytest.mark.parametrize("depth", [2, 3, 5, 9])
def test_lines_of_an_item_hang_below_its_first_one(depth):
    node = Node("wide " * 60, "n", ".".join("1" * depth), depth)
    for level in range(depth - 1, 0, -1):
        node = Node(f"L{level}", f"n{level}", ".".join("1" * level), level, children=(node,))
    plan, _ = planned(Snapshot.of(Roadmap("T", (node,)), today=TODAY))
    edges = [
        mark.x
        for page in plan.pages[2:]
        for _, _, row in page.lines()
        for mark in row.marks
        if isinstance(mark, Text) and "wide wide wide wide" in mark.words
    ]
    assert len(edges) > 2
    assert len({round(edge, 3) for edge in edges[1:]}) == 1
    assert depth > 4 or edges[0] == edges[1]


@pytest.mark.parametrize("options", PAPERS[:-1], ids=str)
def test_sections_stand_below_or_beside_the_title_and_open_no_page_of_their_own(options):
    found = load(EVERYTHING)
    for cover, most in ((Roadmap("Small", found.sections), 1), (found, 2)):
        plan, _ = planned(Snapshot.of(cover, today=TODAY), **options)
        assert sum(not page.body for page in plan.pages) <= most


@pytest.mark.parametrize("options", PAPERS[:-1], ids=str)
def test_the_timeline_keeps_its_bars_from_its_dates(options):
    plan, _ = planned(snapshot_of(EVERYTHING, today=TODAY), **options)
    weeks = [page for page in plan.pages if page.head == "Week by week"]
    for page in weeks:
        for _, _, row in page.lines():
            dates = [mark.x for mark in row.marks if isinstance(mark, Text) and "week of" in str(mark.words)]
            bars = [mark.x for mark in row.marks if isinstance(mark, Shape)]
            assert not dates or not bars or max(bars) < min(dates)


def test_a_two_up_sheet_is_compact(root):
    brief = load(root / "roadmap.yaml")
    assert len(reader(brief, two_up=True).pages) == 2


def test_a_hundred_kilobytes_of_title():
    data = book(roadmap(f"- title: {'word ' * 20_000}"))
    assert text_of(data).count("word") >= 20_000


@pytest.mark.parametrize(
    "title",
    [
        "<b>bold</b>",
        '<img src="file:///etc/passwd">',
        "AT & T or R&D",
        "(one) \\ two)",
        "a\u202eb",
        "${x}",
        "%s %d {0}",
    ],
)
def test_titles_are_text(title):
    found = Roadmap("T", (Node(title, "s", "1", 1),))
    assert title.replace("\u202e", "") in text_of(book(found)).replace("\u202e", "")


def test_only_and_tag_leave_the_rest_out_and_keep_numbers_and_names(root):
    brief = load(root / "roadmap.yaml")
    text = text_of(book(brief, only=("3",)))
    assert "Model Building" in text
    assert "Client-Side ML" not in text
    assert "3.2" in text
    leaves = {leaf.id for leaf in brief.sections[2].leaves()}
    assert set(boxes_of(reader(brief, only=("3",)))) == leaves
    tagged = text_of(book(brief, tag=("backend",)))
    assert "Model Building" in tagged
    assert "Client-Side ML" not in tagged
    with pytest.raises(UsageError):
        make(brief, tag=("nonsense",))


def test_what_leaves_nothing_says_so(root):
    brief = load(root / "roadmap.yaml")
    with pytest.raises(UsageError, match="No entry passes both --only and --tag"):
        make(brief, only=("2",), tag=("backend",))
    with pytest.raises(UsageError) as caught:
        make(brief, only=("nonsense",))
    assert caught.value.lines() == [
        "Nothing in the roadmap is called 'nonsense'.",
        "Nothing was written; `roadpress status --all` shows every number and id.",
    ]


def test_switches_leave_parts_out():
    found = load(EVERYTHING)
    whole, bare = text_of(book(found)), text_of(book(found, notes=False, toc=False, cover=False))
    assert "Lead paragraph" in whole
    assert "Some notes here" in whole
    assert "Contents" in whole
    assert not {"Lead", "Contents"} & set(bare.split())
    assert "Some notes here" not in bare
    assert "As of 23 Nov" in " ".join(bare.split())


def test_ink_saver_has_no_colour():
    data = reader(load(EVERYTHING), ink_saver=True)
    for page in data.pages:
        content = page.get_contents().get_data().decode("latin-1")
        for line in content.splitlines():
            words = line.split()
            for index, word in enumerate(words):
                if word in ("rg", "RG") and index >= 3:
                    red, green, blue = (float(value) for value in words[index - 3 : index])
                    assert max(red, green, blue) - min(red, green, blue) < 0.1, line[:80]


def test_ink_saver_fills_no_box():
    found = roadmap("- title: A\n  topics:\n    - {title: T, done: true}")

    def picture(**options):
        page = reader(found, toc=False, cover=False, **options).pages[0]
        box = next(one.get_object() for one in page["/Annots"] if one.get_object().get("/T") == "a/t")
        return box["/AP"]["/N"]["/Yes"].get_data().split(b" B ")[0]

    assert picture(ink_saver=True).startswith(b"q 1 1 1 rg")
    assert not picture().startswith(b"q 1 1 1 rg")


def test_a_plan_has_its_weeks_with_links_to_their_items():
    snapshot = snapshot_of(EVERYTHING, today=TODAY)
    text = text_of(book(snapshot))
    assert "Week by week" in text
    assert "23 Nov – 29 Nov" in text
    assert "Finish" in text
    assert "Week by week" not in text_of(book(replace(snapshot, schedule=None)))


def test_an_item_of_a_title_alone_says_its_day_and_that_it_is_skipped():
    found = roadmap("- title: A\n  topics: [Planned, Passed]", "pace: 8h/week")
    progress = Progress({"a/passed": Tick(State.SKIPPED)})
    snapshot = Snapshot(found, progress, TODAY, plan(found, progress, today=TODAY))
    text = text_of(book(snapshot, toc=False, cover=False), "-layout")
    assert re.search(r"Planned +by Mon 23 Nov", text)
    assert re.search(r"Passed +skipped", text)
    assert "by Mon" not in text_of(book(snapshot, two_up=True)), "a sheet has fixed dates only"


def test_needs_and_contents_are_links_within_the_book():
    found = reader(load(EVERYTHING))
    inner = [a.get_object() for page in found.pages for a in page.get("/Annots", ()) if "/Dest" in a.get_object()]
    assert len(inner) >= 10
    outer = {
        a.get_object()["/A"]["/URI"] for page in found.pages for a in page.get("/Annots", ()) if "/A" in a.get_object()
    }
    assert "https://books.example.org/x" in outer
    assert all(url.startswith(("https://", "http://", "mailto:")) for url in outer)


def test_a_book_from_right_to_left_begins_at_the_right():
    found = roadmap("- title: قسم\n  topics: [واحد]", "language: ar")
    page = reader(found, cover=False, toc=False).pages[0]
    left, _, right, _ = (float(side) for side in page["/Annots"][0].get_object()["/Rect"])
    assert left > 400
    assert right < 595


def test_code_reads_from_left_to_right_in_any_book():
    notes = "notes: |\n    ```\n    first\n        second\n    ```"
    found = roadmap(f"- title: قسم\n  {notes}\n  topics: [واحد]", "language: ar")
    boxes = re.findall(r'xMin="([\d.]+)".*>(first|second)<', text_of(book(found), "-bbox"))
    edge = {word: float(left) for left, word in boxes}
    assert 70 < edge["first"] < 90 < edge["second"] < 110


def test_the_day_is_the_snapshots():
    found = Snapshot.of(roadmap("- title: A"), today=date(2030, 5, 6))
    assert "6 May" in text_of(book(found))
    assert reader(found).metadata.creation_date.date() == date(2030, 5, 6)
