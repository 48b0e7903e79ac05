"""A page of a part of a roadmap: numbers of the whole, ticks of its own, and the whole page's are not taken for gone."""

from __future__ import annotations

from datetime import date
from typing import Any

from roadmaps import roadmap

from roadpress.core.progress.model import State
from roadpress.core.snapshot import Snapshot
from roadpress.core.snapshot.filtering import Filter, narrowed
from roadpress.importers.collect.checklist import read_saved

WHOLE = Snapshot.of(
    roadmap(
        "- {title: A, topics: [one, two]}\n- {title: B, topics: [three]}\n- {title: C, topics: [four, {title: five, needs: [a]}]}"
    ),
    today=date(2027, 1, 4),
)


def part(*only: str) -> Snapshot:
    return narrowed(WHOLE, Filter(only=only)).snapshot


def test_numbers_are_the_whole_s_and_counts_are_the_part_s(open_page: Any) -> None:
    page = open_page(part("1.2", "3"))
    rows = page.locator("li[id]")
    assert [row.get_attribute("id") for row in rows.all()] == ["1.2", "3.1", "3.2"]
    page.locator("[id='3.2'] input").first.check()
    assert "1 of 3" in page.locator("body").inner_text()
    page.evaluate("delete window.showSaveFilePicker")
    with page.expect_download() as download:
        page.get_by_role("button", name="Menu").click()
        page.locator("#menu").get_by_role("button", name="Save progress").click()
    (leaf,) = read_saved(download.value.path().read_bytes()).leaves
    assert (leaf.id, leaf.now) == ("c/five", State.DONE)


def test_the_whole_and_a_part_keep_apart(open_page: Any) -> None:
    page = open_page(WHOLE)
    page.locator("[id='1.1'] input").first.check()
    page = open_page(part("3"), page=page)
    page.locator("[id='3.1'] input").first.check()
    assert "kept apart" not in page.locator("body").inner_text()
    page = open_page(WHOLE, page=page)
    assert page.locator("[id='1.1'] input").first.is_checked()
    assert not page.locator("[id='3.1'] input").first.is_checked()
    assert open_page.errors == []
