"""The words of a source, and whether each is in the roadmap or on the list of what was left out."""

from __future__ import annotations

import html
import re
from collections import Counter

from roadpress.importers.common.draft import Imported
from roadpress.importers.common.yaml_writer import yaml_text

_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u4e00-\u9fff]+")
_MARKER = re.compile(r"^[ \t>]*(?:\d{1,9}[.)][ \t]+)", re.MULTILINE)
"""The numbers of ordered lists are order, not words; script without spaces counts by the character."""


def words(text: str) -> Counter[str]:
    """Return how often each word stands in a text, without regard to case; entities are read first."""
    return Counter(word.casefold() for word in _WORD.findall(html.unescape(text)))


def unaccounted(source: str, imported: Imported) -> Counter[str]:
    """Return the words of a repaired source that are neither in the roadmap nor on the list."""
    kept = words(yaml_text(imported.roadmap, comments=False))
    dropped: Counter[str] = Counter()
    for left in imported.account.left_out:
        dropped += words(left.text)
    return words(_MARKER.sub("", source)) - kept - dropped
