"""The pictures of docs/checklist.md, made by the program from roadmap.yaml.

Run as `python docs/make_checklist_pictures.py`; needs a Chromium. Text is set in Fira Sans, as where that is installed.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from make_pictures import (  # type: ignore[import-not-found]  # the program beside this one
    PICTURES,
    ROOT,
    SOURCE_DATE_EPOCH,
    chromium,
    pages,
    roadpress,
    side_by_side,
)

DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 800}}
DARK = {"color_scheme": "dark"}
EMPTY = "roadpress: 1\ntitle: An empty roadmap\n"
RIGHT_TO_LEFT = """roadpress: 1
title: خارطة طريق تعلم الآلة
language: ar
sections:
  - title: أساسيات تعلم الآلة
    topics:
      - title: ما هو تعلم الآلة؟
        items: ["الأنواع: التعلم الخاضع للإشراف وغير الخاضع له", "الفرق بين AI و ML و DL"]
      - title: الرياضيات
        items: [الجبر الخطي, الاحتمالات والإحصاء]
  - title: مشاريع
    topics: [مصنف أزهار, كشف الرسائل المزعجة]
"""


class Shot(NamedTuple):
    """One picture: which page, how it is looked at, and what is done to it first."""

    name: str
    page: str
    settings: dict[str, Any]
    script: str = ""


SHOTS = (
    Shot("light", "roadmap", DESK),
    Shot("dark", "roadmap", {**DESK, **DARK}),
    Shot("contrast", "roadmap", DESK, "() => document.getElementById('contrast').click()"),
    Shot("menu", "roadmap", DESK, "() => document.getElementById('more').click()"),
    Shot(
        "search",
        "roadmap",
        DESK,
        "() => { const field = document.getElementById('search');"
        "field.value = 'model'; field.dispatchEvent(new Event('input')) }",
    ),
    Shot(
        "full",
        "roadmap",
        DESK,
        "() => document.querySelectorAll('h2 input').forEach((box) => box.checked || box.click())",
    ),
    Shot("folded", "roadmap", DESK, "() => document.querySelector('[data-do=foldall]').click()"),
    Shot("empty", "empty", DESK),
    Shot("right-to-left", "arabic", DESK),
    Shot("no-script", "roadmap", {**DESK, "java_script_enabled": False}),
    Shot("phone", "roadmap", PHONE),
    Shot("phone-dark", "roadmap", {**PHONE, **DARK}, "() => scrollTo(0, 900)"),
)


def fonts(folder: Path) -> Path:
    """Return a Fontconfig file that knows the fonts that came with the dependencies, too."""
    conf = folder / "fonts.conf"
    conf.write_text(
        f"<fontconfig><include>/etc/fonts/fonts.conf</include><dir>{sysconfig.get_path('purelib')}</dir></fontconfig>",
        "utf-8",
    )
    return conf


def save(name: str, png: bytes) -> None:
    """Write a picture with few colours, the rare ones among them, so that the repository stays small."""
    from PIL import Image

    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.thumbnail((1000, 2000), Image.Resampling.LANCZOS)
    path = PICTURES / f"{name}.png"
    image.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"docs/pictures/{name}.png  {path.stat().st_size // 1000} kB")


def main() -> None:
    """Make every picture."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["FONTCONFIG_FILE"] = str(fonts(folder))
        shutil.copy(ROOT / "roadmap.yaml", folder)
        (folder / "empty.yaml").write_text(EMPTY, "utf-8")
        (folder / "arabic.yaml").write_text(RIGHT_TO_LEFT, "utf-8")
        roadpress(folder, "tick", "1", "2.1", "3.1.1", "3.2", "4.1.1")
        roadpress(folder, "skip", "2.4")
        for stem in ("roadmap", "empty", "arabic"):
            roadpress(folder, "checklist", f"{stem}.yaml")
        made: dict[str, bytes] = {}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
            for shot in SHOTS:
                context = browser.new_context(**shot.settings)
                if shot.settings.get("java_script_enabled", True):
                    context.clock.set_fixed_time(int(SOURCE_DATE_EPOCH) * 1000)
                page = context.new_page()
                page.goto((folder / "output" / f"{shot.page}.checklist.html").as_uri())
                page.locator("html.begun,html:not(.js)").wait_for(state="attached")
                if shot.script:
                    page.evaluate(shot.script)
                page.wait_for_timeout(500)
                made[shot.name] = page.screenshot()
                context.close()
            page = browser.new_page()
            page.goto((folder / "output" / "roadmap.checklist.html").as_uri())
            page.locator("html.begun").wait_for(state="attached")
            page.pdf(
                path=folder / "print.pdf",
                format="A4",
                margin={"top": "18mm", "right": "18mm", "bottom": "18mm", "left": "18mm"},
            )
            browser.close()
        made["print"] = side_by_side(pages(folder / "print.pdf")[:2])
        made["phone"] = side_by_side([made["phone"], made.pop("phone-dark")])
        for shot_name, png in made.items():
            save(f"checklist-{shot_name}", png)


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    main()
