"""A ZIP archive of unknown origin: nothing in it is written anywhere, and none unpacks without bounds."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

MAX_MEMBERS = 20_000
MAX_BYTES = 16 * 2**20
"""Of one member; what a plan needs is a hundredth of it."""
MAX_TOTAL = 128 * 2**20
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    *(EOFError, LookupError, NotImplementedError, ValueError, OSError),
)
"""What `zipfile` raises where the numbers in an archive are not sound: more than it documents."""


class Archive:
    """What is in an archive. Each method raises ValueError, one sentence, when that can't be read."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED:
            raise ValueError("It is a ZIP archive that is damaged.") from None
        self.names = [info.filename for info in self._zip.infolist() if not info.filename.endswith("/")]
        if len(self.names) > MAX_MEMBERS:
            raise ValueError(f"It holds more than {MAX_MEMBERS:,} files.")
        self._left = MAX_TOTAL

    def read(self, name: str) -> bytes:
        """Return a member."""
        most = min(MAX_BYTES, self._left)
        try:
            with self._zip.open(name) as stream:
                data = stream.read(most + 1)
        except RuntimeError:
            raise ValueError("It is protected by a password: save it without.") from None
        except _DAMAGED:
            raise ValueError(f"It is damaged: {name!r} in it can't be read.") from None
        if len(data) > most:
            raise ValueError(f"{name!r} in it unpacks to more than {most // 2**20} MB, which is no plan.")
        self._left -= len(data)
        return data

    def text(self, name: str) -> str:
        """Return a member that is XML or JSON, which are UTF-8, or UTF-16 with its mark."""
        data = self.read(name)
        encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
        return data.decode(encoding, "replace")
