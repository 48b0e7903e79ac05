"""What was made ready of the fonts is what HarfBuzz gives for them: glyphs, kerning, outlines, coverage."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import uharfbuzz
from hypothesis import given
from hypothesis import strategies as st

from roadpress.exporters.pdfwriter.embedding import subset
from roadpress.exporters.pdfwriter.true_type import true_type
from roadpress.exporters.typeset import STYLES, FontFace, Style, primary, shape
from roadpress.exporters.typeset.fonts import emoji, face_for
from roadpress.exporters.typeset.shaping import Piece, shape_at

FACES = {face.name: face for style in STYLES for face in (primary(style), emoji(style), face_for("◆", style)) if face}
LATIN = st.text(
    st.characters(max_codepoint=0x24F, categories=("L", "N", "P", "S")) | st.sampled_from("—–“”’…•→≤≥✓€"),
    min_size=1,
    max_size=25,
)


def by_harfbuzz(text: str, style: Style) -> list[Piece]:
    """Shape a text as if nothing had been made ready."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("roadpress.exporters.typeset.shaping._ready_piece", lambda *_: None)
        return list(shape_at(text, style, 0).pieces)


@pytest.mark.parametrize("style", STYLES)
@given(text=LATIN)
def test_words_are_shaped_as_by_harfbuzz(style: Style, text: str) -> None:
    found, wanted = shape_at(text, style, 0).pieces, by_harfbuzz(text, style)
    assert [piece._replace(advances=(), clusters=tuple(piece.clusters)) for piece in found] == [
        piece._replace(advances=(), clusters=tuple(piece.clusters)) for piece in wanted
    ]
    assert [piece.advances for piece in found] == [pytest.approx(piece.advances) for piece in wanted]


@pytest.mark.parametrize("sign", ["🚀", "🛠️", "✅", "⚙️", "🔟", "✍️", "◆", "⚑", "☐"])
@pytest.mark.parametrize("style", ["regular", "medium", "semibold", "bold"])
def test_signs_are_shaped_as_by_harfbuzz(style: Style, sign: str) -> None:
    (found,), (wanted,) = shape(sign, style).pieces, by_harfbuzz(sign, style)
    assert found.face.kerning
    assert found.face.kerning.takes(sign[0])
    assert found._replace(clusters=(), advances=()) == wanted._replace(clusters=(), advances=())
    assert tuple(found.clusters) == tuple(wanted.clusters)
    assert found.advances == pytest.approx(wanted.advances)


def drawn(font: uharfbuzz.Font, glyph: int) -> tuple[list[object], int]:
    """Return a glyph's outline as steps, and its advance."""
    steps: list[object] = []
    draw = uharfbuzz.DrawFuncs()
    draw.set_move_to_func(lambda *to: steps.append(to[:2]))
    draw.set_line_to_func(lambda *to: steps.append(to[:2]))
    draw.set_quadratic_to_func(lambda *to: steps.append(to[:4]))
    draw.set_cubic_to_func(lambda *to: steps.append(to[:6]))
    draw.set_close_path_func(lambda *_: steps.append("close"))
    font.draw_glyph(glyph, draw, None)
    return steps, font.get_glyph_h_advance(glyph)


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_outlines_metrics_and_advances_are_those_of_the_font(face: FontFace) -> None:
    assert face.ready
    glyphs = set(face.ready.advances)
    found = face.ready.outlines(glyphs)
    assert found
    ours = uharfbuzz.Font(uharfbuzz.Face(true_type(face.ready.tables, found)))
    theirs = uharfbuzz.Font(uharfbuzz.Face(subset(face, glyphs)))
    for glyph in glyphs:
        assert drawn(ours, glyph) == drawn(theirs, glyph)
        assert face.ready.advances[glyph] == round(face.font.get_glyph_h_advance(glyph))
    assert face.vertical == face.measured()


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_every_character_is_known_to_be_there_or_not(face: FontFace) -> None:
    assert face.ready
    there = face.font.face.unicodes
    assert [code for code in range(0x1FB00) if face.has(chr(code)) != (code in there)] == []
    assert all(face.glyph(chr(code)) == face.font.get_nominal_glyph(code) for code in range(0x180) if code in there)


def test_a_file_with_some_outlines_is_sound() -> None:
    """Composite letters bring their parts, checksums are right (OpenType 1.9, "Calculating checksums")."""
    face = primary("regular")
    assert face.ready
    found = face.ready.outlines({face.glyph("é")})
    assert found
    assert len(found) == 4, "é, e, its accent, .notdef"
    data = true_type(face.ready.tables, found)
    words = [int.from_bytes(data[at : at + 4], "big") for at in range(0, len(data), 4)]
    assert sum(words) % 2**32 == 0xB1B0AFBA
    assert drawn(uharfbuzz.Font(uharfbuzz.Face(data)), face.glyph("é")) == drawn(face.font, face.glyph("é"))


def test_another_version_of_a_font_is_asked_itself(tmp_path: Path) -> None:
    path = tmp_path / "FiraSans-Regular.ttf"
    path.write_bytes(primary("regular").path.read_bytes() + b"\0")
    face = FontFace(path)
    assert face.ready is None
    assert face.kerning is None
    assert face.has("A")
    assert face.advance("A") == primary("regular").advance("A")
    assert face.vertical == primary("regular").vertical


def test_another_version_of_a_font_makes_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing made ready, nothing lost."""
    code = (
        "from roadpress.exporters.typeset import fonts\n"
        "import sys\n"
        "if sys.argv[1] == 'no': fonts.ready_font = lambda *_: None\n"
        "from roadpress.exporters.typeset import Run, wrap\n"
        "print(wrap([Run('Déjà vu — “AVATAR”: To 2024–26 🚀 `x`', 'regular'), Run('fi 11/2', 'figures')], 9))"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code, how],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        ).stdout
        for how in ("yes", "no")
    ]
    assert said[0] == said[1]
    assert "AVATAR" in said[0]
