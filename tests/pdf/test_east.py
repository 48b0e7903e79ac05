"""Chinese, Japanese and Korean: embedded, legible, searchable, in the shapes of the book's language."""

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from books import book, make, text_of
from programs import module, program

from roadpress.core.roadmap_file.loading import load
from roadpress.exporters.typeset import shape, written_in

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def east():
    module("noto_cjk_sans_jp_regular")
    module("noto_cjk_sans_jp_bold")
    return load(DATA / "east.yaml")


def test_every_word_comes_out_and_nothing_is_missing(east):
    found = make(east)
    assert not found.notices
    text = "".join(text_of(found.files[0].data).split())
    wanted = [piece for node in east.walk() for piece in node.title.split()]
    assert [piece for piece in wanted if piece not in text] == []


def test_the_fonts_are_embedded_and_sound(east, tmp_path):
    (tmp_path / "east.pdf").write_bytes(book(east))
    subprocess.run([program("qpdf"), "--check", "east.pdf"], check=True, capture_output=True, cwd=tmp_path)
    fonts = pypdf.PdfReader(tmp_path / "east.pdf").pages[2]["/Resources"]["/Font"]
    wide = [font.get_object()["/DescendantFonts"][0] for font in fonts.values() if "CJK" in font["/BaseFont"]]
    assert sorted(font["/BaseFont"].split("-")[1] for font in wide) == ["Bold", "Regular"]
    for font in wide:
        program_of = font["/FontDescriptor"]["/FontFile3"].get_data()
        assert 10_000 < len(program_of) < 400_000


def picture(data, folder):
    """Return the first section's page in 100 dots an inch, as shades of grey."""
    from PIL import Image

    (folder / "east.pdf").write_bytes(data)
    command = [program("pdftoppm"), "-gray", "-r", "100", "-f", "3", "-l", "3", "-singlefile", "east.pdf", "page"]
    subprocess.run(command, check=True, cwd=folder, capture_output=True)
    return Image.open(io.BytesIO((folder / "page.pgm").read_bytes()))


def test_characters_are_painted_in_the_shapes_of_the_language(east, tmp_path):
    from PIL import ImageChops

    chinese = picture(book(east), tmp_path)
    sparse = sum(chinese.crop((0, 150, chinese.width, chinese.height)).point(lambda grey: grey < 128).histogram()[1:])
    assert sparse > 8_000, "strokes of some hundred characters"
    japanese = picture(book(replace(east, language="ja")), tmp_path)
    assert ImageChops.difference(chinese, japanese).getbbox()


def test_without_the_language_japanese_is_told_by_its_kana():
    module("noto_cjk_sans_jp_regular")
    with written_in("ja"):
        known = [piece.glyphs for piece in shape("次のは。", "regular").pieces]
    assert [piece.glyphs for piece in shape("次のは。", "regular").pieces] == known
