"""The map as PNG: the vector page as PDFium paints it, so that the picture has our fonts on every machine."""

from __future__ import annotations

import struct
import zlib

from ....core.errors import RoadpressError

MOST_PIXELS = 120_000_000


def picture(pdf: bytes, dpi: int, *, unit: int = 1) -> bytes:
    """Return the first page of a PDF as a PNG (ISO/IEC 15948) of so many dots an inch; `unit` is the page's, in points.

    Raises RoadpressError when it would have more than 120 million pixels.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        width, height = page.get_size()
        scale = dpi / 72 * unit  # PDFium counts in units
        if width * height * scale * scale > MOST_PIXELS:
            fitting = int((MOST_PIXELS / (width * height)) ** 0.5 * 72 / unit)
            raise RoadpressError(
                f"A picture of {width * scale:,.0f} by {height * scale:,.0f} dots is too large.",
                remedy=f"Take `--dpi {fitting}`, `--depth`, `--only`, or another format.",
            )
        bitmap = page.render(scale=scale, rev_byteorder=True, draw_annots=False)
        rows = bytes(bitmap.buffer)
        return _png(rows, bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels, dpi)
    finally:
        document.close()


def _png(pixels: bytes, width: int, height: int, stride: int, channels: int, dpi: int) -> bytes:
    """Return 8-bit RGB(A) rows as a PNG; each row as differences from the one above, which packs flat areas best."""
    size = width * channels
    packer = zlib.compressobj(6)
    body = bytearray()
    for row in range(height):
        body += packer.compress(b"\0" + pixels[row * stride : row * stride + size])
    body += packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 6 if channels == 4 else 2, 0, 0, 0)
    dots = struct.pack(">IIB", round(dpi / 0.0254), round(dpi / 0.0254), 1)
    chunks = ((b"IHDR", header), (b"pHYs", dots), (b"IDAT", bytes(body)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
