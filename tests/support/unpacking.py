"""What a checklist carries compressed, in plain."""

from __future__ import annotations

import re
import zlib
from base64 import b85decode


def unpacked(page: str) -> tuple[str, str, str]:
    """Return the late style, the dialogs and the script of a page."""
    (packed,) = re.findall("<script type=text/plain id=packed>(.*?)</script>", page)
    digits = packed.translate(str.maketrans(".,", "<`"))
    style, dialogs, script = zlib.decompress(b85decode(digits), wbits=-15).decode().split("\0")
    return style, dialogs, script
