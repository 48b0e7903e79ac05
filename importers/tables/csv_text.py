"""CSV and its like (RFC 4180): what separates the cells is found out."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from ..common.draft import Imported
from .columns import MAX_ROWS, Row, roadmap_of

_SEPARATORS = ",;\t|"


def read(text: str, name: str) -> Imported:
    """Return the roadmap in a table. Raises ValueError when it is none."""
    return roadmap_of(rows_of(text), name)


def rows_of(text: str) -> list[Row]:
    """Return the rows of a table, each with the line it begins in. Raises ValueError when it can't be read."""
    first, _, rest = text.partition("\n")
    lines_before = 0
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own first line
        separator, text, lines_before = first.strip()[4], rest, 1
    else:
        separator = max(_SEPARATORS, key=lambda one: _fit(text, one))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows = []
    line = 1
    try:
        for cells in reader:
            rows.append(Row(line + lines_before, cells))
            line = reader.line_num + 1
            if len(rows) > 2 * MAX_ROWS:
                raise ValueError(f"It has more than {MAX_ROWS:,} rows, which is no plan.")
    except csv.Error as error:
        raise ValueError(f"It is no table that can be read: {error}, in line {line + lines_before}.") from None
    return rows


def _fit(text: str, separator: str) -> tuple[float, int]:
    """Return how well a separator explains the first rows: the share of rows of one width, and that width."""
    reader = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=separator)
    try:
        widths = Counter(len(row) for row in islice(reader, 30) if row)
    except csv.Error:
        return (0.0, 0)
    width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
    return (count / widths.total(), width) if width > 1 else (0.0, 0)
