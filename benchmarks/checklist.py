"""The checklist in Chromium beside a plain page of as many checkboxes: load, first paint, one tick to its paint."""

from __future__ import annotations

import statistics
import sys
import tempfile
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from roadpress.benchmarks.roadmaps import write
from roadpress.core.model import Roadmap
from roadpress.core.roadmap_file.loading import load
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import checklist

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = (100, 1_000, 10_000, 100_000)
RUNS = 3
PLAIN = """<!doctype html><meta charset=utf-8><title>{title}</title><h1>{title}</h1><p id=count></p>{rows}<script>
const boxes = document.querySelectorAll("input");
const count = () => {{
  document.getElementById("count").textContent = document.querySelectorAll(":checked").length + " of " + boxes.length;
}};
document.addEventListener("change", count);
count();
</script>"""
TICK = """(number) => new Promise((done) => {
  const box = document.querySelectorAll("main li input, body > ul input")[number];
  requestAnimationFrame(() => {
    const start = performance.now();
    box.click();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now() - start);
      channel.port2.postMessage(0);
    });
  });
})"""
"""Milliseconds from a click to the end of the frame that shows it."""


class Timing(NamedTuple):
    """Milliseconds; `size` in bytes."""

    size: int
    load: float
    paint: float
    tick: float


def main() -> None:
    """Print one line a size and page."""
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))
    chromium = import_module("chromium")
    print("\nThe checklist in Chromium: kB; ms until loaded, until first painted, from a tick to its paint")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        for items in SIZES:
            roadmap = load(write(Path(folder), items))
            pages = {"plain": plain(roadmap), "checklist": ours(roadmap)}
            rows: dict[str, list[Timing]] = {name: [] for name in pages}
            for _ in range(RUNS if items < 50_000 else 1):
                for name, text in pages.items():
                    file = Path(folder) / f"{name}-{items}.html"
                    file.write_text(text, encoding="utf-8")
                    rows[name].append(measure(browser, file))
            for name, timings in rows.items():
                middle = Timing(*(statistics.median(column) for column in zip(*timings, strict=True)))
                print(
                    f"  {items:>7,} {name:10} {middle.size / 1000:>8,.0f} kB   "
                    f"load {middle.load:>7,.0f}   paint {middle.paint:>7,.0f}   tick {middle.tick:>6.1f}"
                )
        browser.close()


def measure(browser: Browser, file: Path) -> Timing:
    """Open a page with a fresh profile, and tick."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page: Any = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(file.as_uri())
    entry = page.evaluate("() => performance.getEntriesByType('navigation')[0].loadEventEnd")
    paint = page.evaluate(
        """() => new Promise((done) => {
            const look = () => {
                const [entry] = performance.getEntriesByName('first-contentful-paint');
                entry ? done(entry.startTime) : setTimeout(look, 20);
            };
            look();
        })"""
    )
    page.locator("html.begun,html:not(.js)").wait_for(state="attached")
    page.evaluate("() => document.querySelector('[data-do=fold][aria-expanded=false]')?.click()")  # opens a long page
    page.wait_for_timeout(300)
    ticks = [page.evaluate(TICK, number) for number in range(11)]
    context.close()
    return Timing(file.stat().st_size, entry, paint, statistics.median(ticks))


def ours(roadmap: Roadmap) -> str:
    """Return the checklist's page."""
    snapshot = Snapshot.of(roadmap, today=date(2027, 1, 4))
    return checklist.export(snapshot, checklist.Options()).files[0].data.decode()


def plain(roadmap: Roadmap) -> str:
    """Return a page that only has the boxes, and counts them all at each tick."""
    rows = []
    for section in roadmap.sections:
        rows.append(f"<h2>{section.title}</h2>")
        for topic in section.children:
            rows.append(f"<h3>{topic.title}</h3><ul>")
            rows += [f"<li><label><input type=checkbox> {leaf.title}</label>" for leaf in topic.leaves()]
            rows.append("</ul>")
    return PLAIN.format(title=roadmap.title, rows="".join(rows))
