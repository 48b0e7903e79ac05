"""Texts as PDF objects."""

from __future__ import annotations

_PLAIN = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\", "\r": r"\r"})


def text_string(text: str) -> bytes:
    """Return a text string (ISO 32000-1, 7.9.2.2): ASCII as it is, all else in UTF-16BE with its mark."""
    if text.isascii() and text.isprintable():
        if "(" in text or ")" in text or "\\" in text:
            text = text.translate(_PLAIN)
        return b"(%s)" % text.encode()
    return b"<FEFF%s>" % text.encode("utf-16-be", "replace").hex().upper().encode()


def uri_string(url: str) -> bytes:
    """Return an address as a byte string; what is not ASCII percent-encoded (RFC 3987, 3.1)."""
    from urllib.parse import quote

    return b"(%s)" % quote(url, safe="%/:=&?~#+!$,;'@()*[]-._").translate(_PLAIN).encode()
