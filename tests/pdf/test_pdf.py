"""The book as readers and programs see it: text, bookmarks, links, form, bytes."""

import re
import subprocess
from pathlib import Path

import pytest
from books import book, boxes_of, make, reader, text_of
from programs import program
from roadmaps import roadmap

from roadpress.core.roadmap_file.loading import load
from roadpress.core.text import blocks, plain, spans

EVERYTHING = Path(__file__).parent / "data" / "everything.yaml"


@pytest.fixture(scope="module")
def brief(root):
    return load(root / "roadmap.yaml")


def test_every_word_of_the_brief_comes_out(brief):
    found = set(text_of(book(brief)).split())
    wanted = {word for node in brief.walk() for word in f"{plain(node.title)} {plain(node.summary)}".split()}
    assert wanted <= found


def words_in(value):
    """Yield the words of a value of `roadpress.core.text`, however deep they are."""
    if isinstance(value, str):
        yield from re.findall(r"\w+", value)
    elif isinstance(value, tuple):
        for name, member in zip(getattr(value, "_fields", [""] * len(value)), value, strict=True):
            if name not in ("url", "language", "align"):
                yield from words_in(member)


def test_every_word_of_summaries_notes_and_links_comes_out():
    found = load(EVERYTHING)
    wanted = set(words_in(blocks(found.description)))
    for node in found.walk():
        wanted.update(words_in((spans(node.title), spans(node.summary), blocks(node.notes))))
        wanted.update(words_in(tuple(link.label for link in node.links)))
    text = "".join(text_of(book(found)).split())  # a long word may go on in the next line
    assert len(wanted) > 130
    assert sorted(word for word in wanted if word not in text) == []


def test_a_character_that_no_font_has_is_named_with_the_remedy_and_can_be_searched():
    found = make(roadmap("- title: before \U0010fffd after"))
    assert len(found.notices) == 1
    assert "U+10FFFD" in found.notices[0]
    assert 'Run `pip install "roadpress[fonts]"`, or install a font that has it.' in found.notices[0]
    assert "before \U0010fffd after" in text_of(found.files[0].data)


def test_the_same_bytes_twice(brief):
    assert book(brief) == book(brief)


def test_form_names_are_the_ids_of_the_leaves_and_the_defaults_their_states():
    found = roadmap(
        """
        - title: A
          topics:
            - title: One
              done: true
            - Two
            - title: Ünïts
              items: [x, y]
        """
    )
    fields = boxes_of(reader(found))
    assert {name: field["/DV"] for name, field in fields.items()} == {
        leaf.id: "/Yes" if leaf.id == "a/one" else "/Off" for leaf in found.leaves()
    }
    assert not reader(found, form=False).get_fields()


def test_bookmarks_lead_to_every_section_and_topic(brief):
    pdf = reader(brief)
    titles = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    assert titles == [f"{section.number} {section.title}" for section in brief.sections]
    topics = [entry.title for entries in pdf.outline if isinstance(entries, list) for entry in entries]
    assert topics == [f"{topic.number} {topic.title}" for section in brief.sections for topic in section.children]


def test_the_page_numbers_of_the_contents_are_those_of_the_bookmarks(brief):
    pdf = reader(brief)
    contents = pdf.pages[1].extract_text()
    for entry in pdf.outline:
        if not isinstance(entry, list):
            page = pdf.get_destination_page_number(entry) + 1
            name = re.escape(entry.title.split(" ", 1)[1])
            assert re.search(rf"{name}\s*{page}\b", contents), entry.title


@pytest.mark.parametrize("paper", ["a4", "letter", "a5", "a6"])
@pytest.mark.parametrize("landscape", [False, True])
def test_the_file_is_sound_on_every_paper(brief, tmp_path, paper, landscape):
    (tmp_path / "book.pdf").write_bytes(book(brief, paper=paper, landscape=landscape))
    subprocess.run([program("qpdf"), "--check", "book.pdf"], check=True, capture_output=True)
