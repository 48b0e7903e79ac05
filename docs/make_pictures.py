"""The pictures of the documents, made by the program from roadmap.yaml: `make pictures`.

Needs a Chromium and poppler's `pdftoppm`.
"""

from __future__ import annotations

import html
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

import chromium  # type: ignore[import-not-found]  # noqa: E402 - the tests'
import class_of  # type: ignore[import-not-found]  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
SOURCE_DATE_EPOCH = "1798761600"
NEEDS = """\
roadpress: 1
title: From data to a service
sections:
  - title: Fundamentals
    topics:
      - {title: Python for data, id: python, done: true}
      - {title: Linear algebra, id: algebra, done: true}
      - {title: Probability and statistics, id: statistics}
      - {title: Train and test splits, id: splits, needs: [python], done: true}
      - Glossary
  - title: Models
    topics:
      - {title: Regression and classification, id: models, needs: [splits, algebra]}
      - {title: "Metrics: precision, recall, F1", id: metrics, needs: [statistics]}
      - {title: Tuning, id: tuning, needs: [models, metrics], optional: true}
      - {title: Deep learning, id: deep, needs: [models]}
  - title: Serving
    topics:
      - {title: A small web API, id: api, needs: [python], done: true}
      - {title: A container for it, id: container, needs: [api]}
      - {title: Serve a model, id: serve, needs: [container, models]}
      - {title: Watch for drift, id: drift, needs: [serve, metrics]}
  - title: Projects
    topics:
      - {title: Spam detection, id: spam, kind: project, needs: [models, metrics]}
      - {title: Recommendations as a service, id: shop, kind: project, needs: [deep, serve, spam]}
      - {title: Ready for interviews, kind: milestone, needs: [shop, drift]}
"""
"""A roadmap whose entries need each other; the sample's do not."""
TICKED = ("1.1", "1.2.1", "1.2.2", "2.1.1")


def roadpress(folder: Path, *args: str) -> str:
    """Run the program in a folder and return what it prints."""
    command = [sys.executable, "-m", "roadpress", *args]
    env = {**os.environ, "SOURCE_DATE_EPOCH": SOURCE_DATE_EPOCH, "PYTHONPATH": str(ROOT.parent)}
    return subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True, text=True).stdout


def save(name: str, png: bytes, *, width: int) -> None:
    """Write a picture scaled to a width, with few colours, so that the repository stays small."""
    from PIL import Image

    image = Image.open(io.BytesIO(png)).convert("RGB")
    if image.width > width:
        image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    image.quantize(255, method=Image.Quantize.FASTOCTREE).save(PICTURES / f"{name}.png", optimize=True)
    print(f"docs/pictures/{name}.png  {(PICTURES / f'{name}.png').stat().st_size // 1000} kB")


def screenshot(
    page: Path,
    *,
    width: int,
    height: int,
    dark: bool = False,
    full: bool = False,
    touch: bool = False,
    keys: tuple[str, ...] = (),
) -> bytes:
    """Return a picture of a page in Chromium, after these keys were pressed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            has_touch=touch,
            is_mobile=touch,
        )
        opened = context.new_page()
        opened.goto(page.as_uri())
        opened.wait_for_timeout(300)
        for key in keys:
            opened.keyboard.press(key)
        opened.wait_for_timeout(300 if keys else 0)
        result = opened.screenshot(full_page=full)
        browser.close()
    return result


def pages(pdf: Path, *, dpi: int = 80) -> list[bytes]:
    """Return the pages of a PDF as pictures."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), f"{folder}/page"], check=True)
        return [path.read_bytes() for path in sorted(Path(folder).glob("page*.png"))]


def side_by_side(pictures: list[bytes], *, gap: int = 24) -> bytes:
    """Return pictures in one row, each with a thin frame."""
    from PIL import Image, ImageOps

    images = [ImageOps.expand(Image.open(io.BytesIO(picture)).convert("RGB"), 1, "#c9d1da") for picture in pictures]
    width = sum(image.width for image in images) + gap * (len(images) + 1)
    sheet = Image.new("RGB", (width, max(image.height for image in images) + 2 * gap), "#f4f6f8")
    left = gap
    for image in images:
        sheet.paste(image, (left, gap))
        left += image.width + gap
    data = io.BytesIO()
    sheet.save(data, "PNG")
    return data.getvalue()


def above_each_other(pictures: list[bytes]) -> bytes:
    """Return pictures of one width in one column."""
    from PIL import Image

    images = [Image.open(io.BytesIO(picture)) for picture in pictures]
    sheet = Image.new("RGB", (max(image.width for image in images), sum(image.height for image in images)), "#f4f6f8")
    top = 0
    for image in images:
        sheet.paste(image, (0, top))
        top += image.height
    data = io.BytesIO()
    sheet.save(data, "PNG")
    return data.getvalue()


def picture_pdf(folder: Path) -> None:
    """The title, the contents and two sections of the book."""
    found = pages(folder / "output" / "roadmap.pdf")
    save("pdf", side_by_side(found[:4]), width=1600)


def picture_pdf_more(folder: Path) -> None:
    """The book with a plan, its weeks; the dark one; the sheet in two columns."""
    planned = folder / "planned.yaml"
    source = (folder / "roadmap.yaml").read_text("utf-8")
    planned.write_text(source.replace("\nsections:", "\npace: 8h/week\nsections:", 1), "utf-8")
    found = []
    for number, options in ((-4, ()), (2, ("--theme", "dark")), (0, ("--two-up",))):
        roadpress(folder, "pdf", planned.name, *options, "-o", "more.pdf")
        found.append(pages(folder / "more.pdf")[number])
    save("pdf-more", side_by_side(found), width=1200)


def picture_looks(folder: Path) -> None:
    """A page of the book and the map, in high contrast and with an accent; the dark map."""
    shown = []
    for options in (("--theme", "contrast"), ("--accent", "#0a7d6e")):
        roadpress(folder, "pdf", *options, "-o", "look.pdf")
        shown.append(pages(folder / "look.pdf", dpi=70)[2])
    roadpress(folder, "mindmap", "--only", "1", "--theme", "dark", "--paper", "a5", "--no-landscape", "-o", "look.pdf")
    shown += pages(folder / "look.pdf", dpi=100)[:1]
    save("looks", side_by_side(shown), width=1400)


def picture_looks_serif(folder: Path) -> None:
    """A page of the book, the map and the page, all in serif."""
    for name, output in (("pdf", "serif.pdf"), ("checklist", "serif.html")):
        roadpress(folder, name, "--theme", "serif", "-o", output)
    shown = [pages(folder / "serif.pdf", dpi=70)[2]]
    roadpress(folder, "mindmap", "--only", "1", "--theme", "serif", "--paper", "a5", "--no-landscape", "-o", "map.pdf")
    shown += pages(folder / "map.pdf", dpi=100)[:1]
    shown.append(screenshot(folder / "serif.html", width=579, height=819))
    save("looks-serif", side_by_side(shown), width=1400)


def picture_mindmap(folder: Path) -> None:
    """The whole map."""
    page = folder / "map.html"
    page.write_text("<body style=margin:0><img src=output/roadmap.mindmap.svg width=1600>", "utf-8")
    save("mindmap", screenshot(page, width=1600, height=100, full=True), width=1600)


def picture_mindmap_layouts(folder: Path) -> None:
    """The map in a wheel and hanging down."""
    shown = []
    for layout in ("radial", "down"):
        roadpress(folder, "mindmap", "--layout", layout, "-o", f"{layout}.svg")
        page = folder / f"{layout}.html"
        page.write_text(f"<body style=margin:0><img src={layout}.svg height=900 style=display:block>", "utf-8")
        shown.append(screenshot(page, width=100, height=900, full=True))
    save("mindmap-layouts", side_by_side(shown), width=1800)


def picture_mindmap_needs(folder: Path) -> None:
    """A graph of prerequisites."""
    (folder / "needs.yaml").write_text(NEEDS, "utf-8")
    roadpress(folder, "mindmap", "needs.yaml", "--layout", "needs", "-o", "needs.svg")
    page = folder / "needs.html"
    page.write_text("<body style=margin:0><img src=needs.svg width=1600 style=display:block>", "utf-8")
    save("mindmap-needs", screenshot(page, width=1600, height=100, full=True), width=1600)


def picture_mindmap_paper(folder: Path) -> None:
    """Four pages of the atlas, and the key page and a sheet of the poster."""
    roadpress(folder, "mindmap", "--paper", "a4", "-o", "atlas.pdf")
    roadpress(folder, "mindmap", "--poster", "--min-font", "12", "-o", "poster.pdf")
    atlas, poster = pages(folder / "atlas.pdf", dpi=70), pages(folder / "poster.pdf", dpi=70)
    rows = [side_by_side(atlas[:3], gap=16), side_by_side([atlas[6], *poster[:2]], gap=16)]
    save("mindmap-paper", above_each_other(rows), width=1800)


def picture_mindmap_page(folder: Path) -> None:
    """The page to fold and search in, light on a desk and dark on a phone."""
    roadpress(folder, "mindmap", "--interactive", "-o", "map.html")
    desk = screenshot(folder / "map.html", width=1280, height=800)
    phone = screenshot(folder / "map.html", width=390, height=800, dark=True)
    save("mindmap-page", side_by_side([desk, phone]), width=1600)


def picture_checklist(folder: Path) -> None:
    """The page on a desk, light, and on a phone, dark."""
    page = folder / "output" / "roadmap.checklist.html"
    desk, phone = screenshot(page, width=1280, height=844), screenshot(page, width=390, height=844, dark=True)
    save("checklist", side_by_side([desk, phone]), width=1600)


def picture_checklist_phone_first(folder: Path) -> None:
    """The first screen of a phone, light and dark, with a plan."""
    planned = folder / "planned.yaml"
    source = (folder / "roadmap.yaml").read_text("utf-8")
    planned.write_text(source.replace("\nsections:", "\npace: 8h/week\nsections:", 1), "utf-8")
    roadpress(folder, "checklist", planned.name, "-o", "planned.html")
    page = folder / "planned.html"
    shown = [screenshot(page, width=390, height=844, dark=dark, touch=True) for dark in (False, True)]
    save("checklist-phone-first", side_by_side(shown), width=840)


def picture_checklist_palette(folder: Path) -> None:
    """The palette, open."""
    page = folder / "output" / "roadmap.checklist.html"
    save("checklist-palette", screenshot(page, width=1000, height=844, keys=("Control+k", "m", "l")), width=1000)


def picture_trello(folder: Path) -> None:
    """The plan of the board, as a terminal shows it."""
    text = roadpress(folder, "trello", "plan", "--offline")
    lines = text.splitlines()
    shown = "\n".join([*lines[:26], "…", *lines[-4:]] if len(lines) > 32 else lines)
    page = folder / "trello.html"
    style = "margin:0;padding:24px;background:#12151a;color:#e8ecf1;font:14px/1.5 monospace;white-space:pre"
    page.write_text(f"<meta charset=utf-8><body style='{style}'>{html.escape(shown)}", "utf-8")
    save("trello", screenshot(page, width=1000, height=700), width=1000)


def picture_cohort(folder: Path) -> None:
    """The overview of a class: who is where, what was done and planned, and where many are stuck."""
    here = folder / "cohort"
    here.mkdir()
    shutil.copy(ROOT / "roadmap.yaml", here)
    class_of.write(here, 14, date(2026, 12, 31))
    roadpress(here, "cohort", "status", "--html", "overview.html")
    save("cohort", screenshot(here / "overview.html", width=1200, height=900, full=True), width=1200)


PICTURES_OF: tuple[Callable[[Path], None], ...] = (
    picture_pdf,
    picture_pdf_more,
    picture_looks,
    picture_looks_serif,
    picture_mindmap,
    picture_mindmap_layouts,
    picture_mindmap_needs,
    picture_mindmap_paper,
    picture_mindmap_page,
    picture_checklist,
    picture_checklist_phone_first,
    picture_checklist_palette,
    picture_trello,
    picture_cohort,
)


def main(names: list[str]) -> None:
    """Make the pictures, or those named."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(ROOT / "roadmap.yaml", folder)
        roadpress(folder, "tick", *TICKED)
        roadpress(folder, "build")
        for make in PICTURES_OF:
            if not names or make.__name__.removeprefix("picture_") in names:
                make(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
