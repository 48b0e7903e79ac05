"""For developers of the page: its scripts, typed, linted, joined and made small.

`make page` writes `templates/checklist/script.min.js`, which the page carries; `python docs/make_page.py --check` only
checks, and says whether that file is up to date. Types are those that JSDoc comments give. Both need Node.js (npx);
users need neither, and a test compares the sum in the file with the sources.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from roadpress.exporters.html import assets

TERSER = "terser@5.44.0"
TYPESCRIPT = "typescript@5.9.3"
OXLINT = "oxlint@1.94.0"
SMALLER = "passes=3,unsafe_arrows=true,keep_fargs=false"
_LINT_FLAGS = "-D correctness -D suspicious -A unicorn/consistent-function-scoping"
"""All but one: after joining, every function stands inside another."""
_TYPE_FLAGS = "--allowJs --checkJs --noEmit --strict --target es2022 --lib es2024,dom,dom.iterable"


def main(arguments: list[str]) -> int:
    """Check, and write unless `--check`; returns the exit code."""
    target = Path(__file__).parents[1] / "templates" / "checklist" / "script.min.js"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.js"
        source.write_text(assets.joined(), encoding="utf-8")
        files = [str(source), *(str(target.parent / name) for name in ("head.js", "serve.js"))]
        for command in (
            ["npx", "--yes", "-p", TYPESCRIPT, "tsc", *_TYPE_FLAGS.split(), *files],
            ["npx", "--yes", OXLINT, *_LINT_FLAGS.split(), *files],
        ):
            if code := subprocess.run(command, check=False).returncode:
                return code
        small = subprocess.run(
            ["npx", "--yes", TERSER, str(source), "--compress", SMALLER, "--mangle", "--ecma", "2022"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
    text = f"// Made of the files beside it by `make page`; sum {assets.checksum()}\n{small}\n"
    if "--check" in arguments:
        same = target.read_text(encoding="utf-8") == text
        sys.stdout.write("up to date\n" if same else f"{target.name} is old: run `make page`\n")
        return 0 if same else 1
    target.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
