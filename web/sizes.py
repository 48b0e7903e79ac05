"""How large the page in the web is, in MB compressed, by what is loaded when: the table of docs/web.md."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

PAGE = ("index", "style", "app", "chunk", "worker", "icon", "words/en")
FONTS = ("lib/FiraCode", "lib/FiraSans-Regular", "lib/FiraSans-Medium", "lib/FiraSans-SemiBold", "lib/FiraSans-Bold.")
ROWS = (
    ("to import, check and edit: Python, roadpress, the page", (*PAGE, "lib/pyodide", "lib/start")),
    ("+ checklist, calendar, Markdown", ("lib/outputs", "lib/tzdata")),
    ("+ PDF of Latin text: modules, fonts made ready", ("lib/print", "lib/ready")),
    ("+ map, other signs: HarfBuzz, five fonts", ("lib/uharfbuzz", *FONTS)),
    ("+ icons", ("lib/NotoEmoji",)),
    ("+ another language than English", ("lib/words",)),
    ("+ Chinese, Japanese, Korean, when a text has them", ("lib/NotoSansCJK",)),
    ("+ the view of PDF pages, when it is looked at", ("lib/pdf",)),
    ("+ the editor of the YAML, when it is looked at", ("code",)),
    ("+ Graphviz, for `--layout needs` alone", ("lib/graphviz",)),
)
"""What there is, and how the names of its files begin."""


def compressed(path: Path) -> int:
    """Return what a server sends of a file."""
    data = path.read_bytes()
    return len(data) if path.suffix == ".bin" else len(gzip.compress(data, 9, mtime=0))


def main(folder: Path) -> None:
    """Print the table."""
    sizes = {path.relative_to(folder).as_posix(): compressed(path) for path in folder.rglob("*") if path.is_file()}
    sys.stdout.write("| What | MB |\n|---|--:|\n")
    for what, starts in ROWS:
        total = sum(size for name, size in sizes.items() if name.startswith(starts))
        sys.stdout.write(f"| {what} | {total / 1e6:.1f} |\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
