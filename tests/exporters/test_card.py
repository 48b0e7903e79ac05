"""The share card: a picture of 1200 by 630 with title, ring and sections' bars, in the roadmap's language."""

from __future__ import annotations

import re
import struct
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from roadpress import cli
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.card.design import HEIGHT, MARGIN, WIDTH, Label, Ring, design
from roadpress.exporters.registry import load_exporter
from roadpress.exporters.run import run

SECTION = "  - {title: '%s', topics: [{title: a, done: true}, b, c, d]}\n"


def snapshot(title: str, sections: list[str], more: str = "") -> Snapshot:
    written = f"roadpress: 1\ntitle: '{title}'\n{more}sections:\n" + "".join(SECTION % name for name in sections)
    return Snapshot.of(
        load_bytes((written if sections else f"{written} []\n").encode(), "roadmap.yaml"), today=date(2027, 1, 4)
    )


def files(found: Snapshot) -> dict[str, bytes]:
    return {
        file.suffix: file.data for file in run(load_exporter("card"), "card", found, {"format": ("png", "svg")}).files
    }


def labels(found: Snapshot) -> list[str]:
    return [shape.text for shape in design(found) if isinstance(shape, Label)]


def test_the_picture_has_the_size_that_is_asked_of_it() -> None:
    made = files(snapshot("Backend", ["Git", "SQL"]))
    assert made[".card.png"].startswith(b"\x89PNG\r\n")
    assert struct.unpack(">II", made[".card.png"][16:24]) == (1200, 630)
    root = ET.fromstring(made[".card.svg"])
    assert (root.get("width"), root.get("height")) == ("1200", "630")
    said = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert said == ["Backend", "2 of 8", "25 %", "1 of 4", "1", "Git", "1 of 4", "2", "SQL"]
    assert files(snapshot("Backend", ["Git", "SQL"])) == made


def test_it_speaks_the_roadmap_s_language() -> None:
    assert "2 von 8" in labels(snapshot("Backend", ["Git", "SQL"], "language: de\n"))
    assert "这里还没有内容。" in labels(snapshot("路线图", [], "language: zh\n"))


def test_it_is_narrowed_as_every_output_is() -> None:
    exporter = load_exporter("card")
    found = snapshot("Backend", ["Git", "SQL"])
    (file,) = run(exporter, "card", found, {"format": ("svg",), "only": ("2",)}).files
    assert b">SQL<" in file.data
    assert b">Git<" not in file.data


def test_many_sections_are_counted_and_a_long_title_is_cut() -> None:
    found = snapshot("Everything " * 40, [f"Section {n}" for n in range(13)])
    said = labels(found)
    assert "Section 6" in said
    assert "Section 7" not in said
    assert said[-1] == "+ 6 sections"
    assert said[2].endswith("…")
    for shape in design(found):
        if isinstance(shape, Label):
            assert MARGIN - 1 <= shape.x <= shape.x + shape.width <= WIDTH - MARGIN + 1
            assert 0 < shape.y < HEIGHT


def test_right_to_left_is_mirrored_and_reads_on() -> None:
    title = "خارطة طريق تعلم الآلة مع أمثلة كثيرة وعنوان طويل جدا يحتاج إلى سطرين أو ثلاثة"
    shapes = design(snapshot(title, ["أساسيات"], "language: ar\n"))
    said = [shape for shape in shapes if isinstance(shape, Label)]
    assert f"{said[0].text} {said[1].text}" == title
    assert all(abs(shape.x + shape.width - (WIDTH - MARGIN)) < 1 for shape in said[:2])
    assert next(shape.x for shape in shapes if isinstance(shape, Ring)) < WIDTH / 2


def test_the_page_names_the_card_that_is_built_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = "my plan.yaml"
    Path(name).write_text(
        "roadpress: 1\ntitle: T\nexports: {card: {format: [png]}}\nsections: [{title: S, topics: [a]}]\n"
    )
    assert cli.main(["-q", "build", name]) == 0
    assert Path("output/my plan.card.png").exists()
    named = re.findall(
        r'<meta property=og:image content="([^"]*)">', Path("output/my plan.checklist.html").read_text("utf-8")
    )
    assert named == ["my%20plan.card.png"]
    assert cli.main(["-q", "checklist", name]) == 0
    assert "og:image" not in Path("output/my plan.checklist.html").read_text("utf-8")


def test_two_columns_are_about_equally_long() -> None:
    found = design(snapshot("T", [f"Part {at}" for at in range(5)]))
    lefts = [shape.x for shape in found if isinstance(shape, Label) and shape.text.startswith("Part")]
    assert sorted(map(lefts.count, set(lefts))) == [2, 3]
