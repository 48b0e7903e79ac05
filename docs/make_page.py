"""For developers of the pages, the checklist and the map: their scripts, typed, linted, joined and made small.

`make page` writes each page's `script.min.js`, which the page carries; `python docs/make_page.py --check` only checks,
and says whether those files are up to date. Types are those that JSDoc comments give. Both need Node.js (npx); users
need neither, and a test compares the sum in each file with its sources. The scripts of `roadpress edit` are joined anew
when one of them has changed: `web/build.py` brings what they need.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from roadpress.exporters.html import assets, edit_page

TERSER = "terser@5.44.0"
TYPESCRIPT = "typescript@5.9.3"
OXLINT = "oxlint@1.94.0"
SMALLER = "passes=3,unsafe_arrows=true,keep_fargs=false"
_LINT_FLAGS = "-D correctness -D suspicious -A unicorn/consistent-function-scoping"
"""All but one: after joining, every function stands inside another."""
_TYPE_FLAGS = "--allowJs --checkJs --noEmit --strict --target es2022 --lib es2024,dom,dom.iterable"
_HEAD = "// Made of the files beside it and in `pages` by `make page`; sum"


def main(arguments: list[str]) -> int:
    """Check, and write unless `--check`; returns the exit code."""
    root = Path(__file__).parents[1]
    templates = root / "templates"
    with tempfile.TemporaryDirectory() as folder:
        joined = {bundle: Path(folder) / f"{bundle.folder}.js" for bundle in assets.BUNDLES}
        for bundle, path in joined.items():
            path.write_text(bundle.joined(), encoding="utf-8")
        files = [
            *map(str, joined.values()),
            *(str(templates / "checklist" / name) for name in ("head.js", "serve.js", "unpack.js")),
        ]
        for command in (
            ["npx", "--yes", "-p", TYPESCRIPT, "tsc", *_TYPE_FLAGS.split(), *files],
            ["npx", "--yes", OXLINT, *_LINT_FLAGS.split(), *files],
        ):
            if code := subprocess.run(command, check=False).returncode:
                return code
        texts = {
            templates / bundle.folder / "script.min.js": f"{_HEAD} {bundle.checksum()}\n{_made_small(path)}\n"
            for bundle, path in joined.items()
        }
    editor_is_old = edit_page.checksum() not in assets.source("edit/local/app.js").partition("\n")[0]
    if "--check" not in arguments:
        for target, text in texts.items():
            target.write_text(text, encoding="utf-8")
        if editor_is_old:
            subprocess.run([sys.executable, str(root / "web" / "build.py"), "--local"], check=True)
        return 0
    old = [target.parent.name for target, text in texts.items() if target.read_text(encoding="utf-8") != text]
    old += ["editor"] if editor_is_old else []
    sys.stdout.write(f"old: the script of the {' and the '.join(old)}; run `make page`\n" if old else "up to date\n")
    return 1 if old else 0


def _made_small(script: Path) -> str:
    return subprocess.run(
        ["npx", "--yes", TERSER, str(script), "--compress", SMALLER, "--mangle", "--ecma", "2022"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
