"""Ways through the book on screen: contents and pages lead to each other, labels are the numbers on the paper."""

from dataclasses import replace

import pytest
from books import TODAY, reader

from roadpress.core.model import Pace
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress
from roadpress.core.roadmap_file.loading import load
from roadpress.core.snapshot import Snapshot

CONTENTS = 1
"""The page of the brief's contents, from 0."""


@pytest.fixture(scope="module")
def planned(root):
    found = replace(load(root / "roadmap.yaml"), pace=Pace(8))
    return Snapshot(found, Progress(), TODAY, plan(found, Progress(), today=TODAY))


@pytest.fixture(scope="module")
def pdf(planned):
    return reader(planned)


def links(pdf):
    """Return (page, lower edge, what it says, page and height that it leads to) of all links within a book."""
    numbers = {page.indirect_reference.idnum: index for index, page in enumerate(pdf.pages)}
    return [
        (index, float(link["/Rect"][1]), link["/Contents"], numbers[link["/Dest"][0].idnum], float(link["/Dest"][3]))
        for index, page in enumerate(pdf.pages)
        for link in (reference.get_object() for reference in page.get("/Annots", ()))
        if "/Dest" in link
    ]


def test_every_running_head_leads_back_to_the_contents(pdf):
    heads = {page: goal for page, low, said, goal, _ in links(pdf) if said == "Contents" and low > 780}
    first = min(goal for page, _, _, goal, _ in links(pdf) if page == CONTENTS)
    assert heads == dict.fromkeys(range(first, len(pdf.pages)), CONTENTS)


def test_headings_lead_back_to_the_line_that_leads_to_them(pdf):
    found = links(pdf)
    lines = [(low, said, goal, top) for page, low, said, goal, top in found if page == CONTENTS]
    assert len(lines) > 20
    for low, said, goal, top in lines:
        back = [
            height
            for page, edge, _, home, height in found
            if page == goal and home == CONTENTS and top - 60 < edge < top
        ]
        assert any(low < height < low + 45 for height in back), said


@pytest.mark.parametrize("options", [{"toc": False}, {"two_up": True}], ids=str)
def test_without_contents_nothing_leads_there(planned, options):
    assert "Contents" not in {said for _, _, said, _, _ in links(reader(planned, **options))}


def test_the_contents_name_the_weeks(pdf):
    weeks = next(entry for entry in pdf.outline if not isinstance(entry, list) and entry.title == "Week by week")
    page = pdf.get_destination_page_number(weeks)
    assert ("Week by week", page) in {(said, goal) for at, _, said, goal, _ in links(pdf) if at == CONTENTS}


def test_page_labels_are_the_numbers_at_the_foot(pdf):
    assert pdf.page_labels == [str(number) for number in range(1, len(pdf.pages) + 1)]
    for label, page in list(zip(pdf.page_labels, pdf.pages, strict=True))[1:]:
        assert f"{label} / {len(pdf.pages)}" in page.extract_text()
