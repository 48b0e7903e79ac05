"""The catalog of a PDF (ISO 32000-1, 7.7.2): the one place that touches reportlab, and knows its insides.

They are `PDFDocument`, its `Catalog` and that one's `format`, which no documentation promises. Where a release changes
them, the catalog is written here.
"""

from __future__ import annotations

from collections.abc import Mapping


def catalog(entries: Mapping[str, bytes]) -> bytes:
    """Return the catalog's dictionary with its entries, whose values are written as the file has them."""
    try:
        made = _by_reportlab(entries)
    except (ImportError, AttributeError, TypeError, ValueError):
        made = b""
    written = all(b"/%s %s" % (name.encode(), value) in made for name, value in entries.items())
    return made if written and made.startswith(b"<<") else _by_hand(entries)


def _by_reportlab(entries: Mapping[str, bytes]) -> bytes:
    from reportlab.pdfbase.pdfdoc import PDFDocument

    document = PDFDocument(invariant=1, pdfVersion=(1, 7), dummyoutline=1)
    for name, value in {"Outlines": None, **entries}.items():
        setattr(document.Catalog, name, value)
    return bytes(document.Catalog.format(document))


def _by_hand(entries: Mapping[str, bytes]) -> bytes:
    return b"<</Type/Catalog%s>>" % b"".join(b"/%s %s" % (name.encode(), entries[name]) for name in sorted(entries))
