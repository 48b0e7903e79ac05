"""Setting text: which face has a character, how wide it is, where a line may break, in which order it is drawn.

Shared by the outputs that place text themselves (PDF, mind map). Lengths are in em, so that one measurement serves
every size: multiply by the size in points. Nothing heavy is imported before the first text is measured, and a font file
is opened only when a character needs it.
"""

from .fonts import STYLES, Family, FontFace, Style, face_for, font_file, of_family, primary
from .line_breaking import Run, Segment, TextLine, wrap
from .shaping import Piece, Word, missing, name_of, runs, shape, width, written_in

__all__ = [
    "STYLES",
    "Family",
    "FontFace",
    "Piece",
    "Run",
    "Segment",
    "Style",
    "TextLine",
    "Word",
    "face_for",
    "font_file",
    "missing",
    "name_of",
    "of_family",
    "primary",
    "runs",
    "shape",
    "width",
    "wrap",
    "written_in",
]
