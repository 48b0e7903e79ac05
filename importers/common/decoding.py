"""Bytes of unknown origin to clean text: byte order marks, wrong decodings, line ends, control characters.

Text that was UTF-8 and was read as something else ("mojibake") is decided once for the whole document, and then every
piece is repaired, however short: a tool that judges each piece by itself must leave `‚úÖ` alone, for it may be meant.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from ...core.roadmap_file.field_reader import CONTROL


class Repaired(NamedTuple):
    """Text, and what was done to get it."""

    text: str
    """Lines end in `\\n`; no control characters but tab."""
    notices: tuple[str, ...]


_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODECS = {
    "mac_roman": "Mac Roman",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "cp1251": "Windows-1251",
    "cp437": "DOS 437",
    "cp850": "DOS 850",
}
_RUN = re.compile(r"[^\x00-\x7f]+")
_SEPARATORS = re.compile(r"[\x0b\x0c\x85\u2028\u2029]")
_SAMPLE = 200_000
"""Characters that are enough to decide from."""


def repair(data: bytes) -> Repaired:
    """Return the text that a file or a pasted answer was meant to be. Never raises."""
    notices: list[str] = []
    text = _decode(data, notices)
    for _ in range(2):  # what was garbled twice needs two rounds
        codec = _garbled_by(text)
        if not codec:
            break
        text = _mended(text, codec)
        notices.append(f"The text was UTF-8 read as {_CODECS[codec]}; every piece of it was repaired.")
    return Repaired(_tidy(text, notices), tuple(notices))


def _decode(data: bytes, notices: list[str]) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    head = data[:4096]
    if b"\0" in head and len(head) > 3:  # UTF-16 without a mark: every other byte of ASCII text is zero
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) > len(head) / 5 and min(even, odd) < len(head) / 50:
            notices.append("The file was read as UTF-16.")
            return data.decode("utf-16-be" if even > odd else "utf-16-le", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    bad, wide = text.count("\ufffd"), sum(1 for run in _RUN.findall(text[:_SAMPLE]) for _ in run)
    if bad * 5 < wide:
        notices.append(f"{bad} places are not UTF-8; each is shown as \ufffd.")
        return text
    notices.append("The file is not UTF-8; it was read as Windows-1252.")
    return "".join(
        data[start : start + 65536].decode("cp1252", "replace").replace("\ufffd", "")
        for start in range(0, len(data), 65536)
    )


@lru_cache(maxsize=8)
def _byte_of(codec: str) -> Callable[[str], int | None]:
    """Return a function from a character to the byte that a codec would have read it from."""
    table: dict[str, int] = {}
    for byte in range(128, 256):
        try:
            table[bytes([byte]).decode(codec)] = byte
        except UnicodeDecodeError:
            table[chr(byte)] = byte  # Windows keeps the C1 control where it has no character
    return table.get


def _garbled_by(text: str) -> str:
    """Return the codec that most of the text's non-ASCII characters went through, or nothing when it is sound."""
    runs = _RUN.findall(text[:_SAMPLE])
    total = sum(map(len, runs))
    if not total:
        return ""
    best, best_mended = "", 0
    for codec in _CODECS:
        mended = sum(len(run) - _rest(_mend(run, codec), run) for run in runs)
        if mended > best_mended:
            best, best_mended = codec, mended
    return best if best_mended * 2 >= total else ""


def _mended(text: str, codec: str) -> str:
    return _RUN.sub(lambda run: _mend(run[0], codec), text)


def _rest(mended: str, run: str) -> int:
    """Return how many characters of a run were not part of any repair."""
    if mended == run:
        return len(run)
    kept = set(run)
    return sum(1 for character in mended if character in kept)


@lru_cache(maxsize=65536)
def _mend(run: str, codec: str) -> str:
    """Return a run of non-ASCII characters with every UTF-8 sequence in it decoded; the rest stays as it is."""
    byte_of = _byte_of(codec)
    codes = [byte_of(character) for character in run]
    result: list[str] = []
    index = 0
    while index < len(run):
        lead = codes[index]
        if lead == 0x9F and codec == "mac_roman" and (found := _sequence(codes, index, 3, b"\xf0")):
            result.append(found)  # an emoji whose first byte, Apple's own sign U+F8FF, got lost on the way
            index += 3
            continue
        length = 0 if lead is None else 2 if 0xC2 <= lead < 0xE0 else 3 if lead in range(0xE0, 0xF0) else 4
        if lead is not None and 0xC2 <= lead <= 0xF4 and (found := _sequence(codes, index, length, b"")):
            result.append(found)
            index += length
        elif run[index : index + 2] in _CUT and index + 2 == len(run):
            result.append(_CUT[run[index : index + 2]])
            index += 2
        else:
            result.append(run[index])
            index += 1
    return "".join(result)


_CUT = {"â€": "”", "ï¸": "\ufe0f"}
"""UTF-8 read as Windows-1252 whose last byte has no character there, and was dropped."""


def _sequence(codes: list[int | None], start: int, length: int, before: bytes) -> str:
    part = codes[start : start + length]
    if len(part) < length or None in part:
        return ""
    try:
        return (before + bytes(code for code in part if code is not None)).decode("utf-8")
    except UnicodeDecodeError:
        return ""


def tidy(text: str) -> str:
    """Return a text with `\\n` as its line ends, plain spaces, and no control characters but tab."""
    return _tidy(text, [])


def _tidy(text: str, notices: list[str]) -> str:
    text, count = cleaned(text.removeprefix("\ufeff"))
    if count:
        notices.append(f"{count} control characters were removed.")
    return text.replace("\u00a0", " ")


def cleaned(text: str) -> tuple[str, int]:
    """Return a text without the control characters that no roadmap holds, and how many went; lines end in `\\n`."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.subn("", _SEPARATORS.sub(" ", text))
