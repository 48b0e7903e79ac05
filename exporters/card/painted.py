"""The card as PNG: a page as PDFium paints it, so that it has our fonts on every machine."""

from __future__ import annotations

from collections.abc import Collection

from ...core import theme
from ..mindmap.paper.painter import PdfPainter, set_plain
from ..mindmap.paper.png import picture
from ..pdfwriter.document import PdfWriter
from ..pdfwriter.fonts import Fonts
from ..pdfwriter.shapes import rectangle, rgb, ring
from .design import HEIGHT, WIDTH, Box, Label, Shape


def painted(shapes: list[Shape]) -> tuple[bytes, Collection[str]]:
    """Return the picture, and the characters that no font has."""
    document, fonts = PdfWriter(), Fonts()
    painter = PdfPainter(fonts, theme.palette("light"), ink_saver=False)
    document.page_numbers.append(document.reserve())
    document.page((WIDTH, HEIGHT), "\n".join(_operators(shape, painter) for shape in shapes), {})
    document.fonts(fonts.write(document))
    return picture(document.data(b""), 72), fonts.missing


def _operators(shape: Shape, painter: PdfPainter) -> str:
    """Return a shape as page operators, whose y goes upwards."""
    if isinstance(shape, Box):
        form = rectangle(shape.width, shape.height, rgb(shape.color), radius=shape.radius)
        return f"q 1 0 0 1 {shape.x:.2f} {HEIGHT - shape.y - shape.height:.2f} cm {form} Q"
    if isinstance(shape, Label):
        line = set_plain(shape.text, shape.style)
        return "\n".join(
            painter.words(
                segment.words,
                segment.style,
                shape.size,
                rgb(shape.color),
                shape.x + segment.x * shape.size,
                HEIGHT - shape.y,
            )
            for segment in line.segments
        )
    form = ring(shape.radius, shape.fraction, rgb(shape.color), rgb(shape.track))
    return f"q 1 0 0 1 {shape.x:.2f} {HEIGHT - shape.y:.2f} cm {form} Q"
