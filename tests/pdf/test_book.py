"""One book for many learners: the same bytes as a book of their own, whoever came before."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import date

import pypdf
import pytest
from books import TODAY, text_of
from drafts import roadmaps
from hypothesis import given, settings
from hypothesis import strategies as st
from learners import learners, on_its_own
from roadmaps import roadmap

from roadpress.core.model import Pace
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, Tick
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import kept, pdf
from roadpress.exporters.pdf import Options, book, render
from roadpress.exporters.pdfwriter.structure_tree import TreePart
from roadpress.importers.common.yaml_writer import yaml_text

OPTIONS = (
    Options(),
    Options(cover=False),
    Options(two_up=True),
    Options(landscape=True, theme="dark"),
    Options(toc=False, notes=False),
    Options(form=False, ink_saver=True, paper="a6"),
)


def alone(snapshot: Snapshot, options: Options) -> bytes:
    """Return a learner's book that shares nothing with another."""
    return pdf.export(on_its_own(snapshot), options).files[0].data


@settings(max_examples=25, deadline=None)
@given(roadmaps(), st.integers(0, 2**32), st.sampled_from(OPTIONS))
def test_a_learner_s_book_is_the_same_whoever_came_before(draft, seed: int, options: Options) -> None:
    found = replace(load_bytes(yaml_text(draft).encode(), "roadmap.yaml"), exports={})
    chance = random.Random(seed)
    everybody = learners(found, chance)
    expected = {id(one): alone(one, options) for one in everybody}
    for _ in range(2):
        for one in chance.sample(everybody, len(everybody)):
            assert pdf.export(one, options).files[0].data == expected[id(one)]


def test_another_day_another_title_and_other_tags_are_another_book() -> None:
    found = roadmap(
        "- title: A\n  topics: [{title: B, items: [{title: C, due: 2026-12-01, tags: [t]}]}]", "tags: {t: Old}"
    )
    first = Snapshot.of(found, today=TODAY)
    pdf.export(first, Options())
    later = pdf.export(Snapshot.of(found, today=date(2025, 1, 1)), Options()).files[0].data
    assert "2026" in text_of(later)
    renamed = pdf.export(Snapshot.of(replace(found, title="Another"), today=TODAY), Options()).files[0].data
    assert "Another" in text_of(renamed)
    tags = {"t": found.tags["t"]._replace(title="New")}
    assert "#New" in text_of(pdf.export(Snapshot.of(replace(found, tags=tags), today=TODAY), Options()).files[0].data)


def test_nothing_is_remembered_of_a_large_roadmap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LARGE", 2)
    found = roadmap("- title: A\n  topics: [{title: B, hours: 3, items: [C, {title: ليلى}]}]")
    for one in learners(found, random.Random(3)):
        before = list(book._books)
        assert pdf.export(one, Options()).files[0].data == alone(one, Options())
        assert list(book._books) == before


def test_plans_of_many_learners_share_the_tags_before_the_weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[range] = []
    original = render.PageRenderer._part

    def counted(self: render.PageRenderer, pages: range) -> TreePart:
        made.append(pages)
        return original(self, pages)

    monkeypatch.setattr(render.PageRenderer, "_part", counted)
    found = roadmap("- title: A\n  topics: [{title: B, hours: 9, items: [C, D, E, F]}]")
    for hours, done in ((3, 1), (4, 2), (5, 3)):
        own = replace(found, start=TODAY, pace=Pace(hours))
        progress = Progress({leaf.id: Tick() for leaf in list(found.leaves())[:done]})
        one = Snapshot(own, progress, TODAY, plan(own, progress, today=TODAY), "Ada")
        data = pdf.export(one, Options()).files[0].data
        root = pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]
        assert len(root["/K"][0]["/K"]) >= 4, "cover, contents, section, weeks"
    assert [pages.start for pages in made].count(0) == 1
    assert len(made) == 4
