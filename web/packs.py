"""Runs in Pyodide itself, at the time of building: compiles modules with the Python that will run them, and packs them.

Which module belongs to which pack is found out by asking: what is loaded when a text has been imported is the pack
`start`, what outputs load besides is `outputs` and `print`, and all the rest is in `rest`, so that nothing is missing.
Packs are stored archives, compressed as a whole by the same Python, so that the same sources give the same bytes.
"""

from __future__ import annotations

import ast
import base64
import gzip
import hashlib
import importlib._bootstrap_external as external
import io
import json
import sys
import zipfile
from importlib.machinery import FrozenImporter
from pathlib import Path

ALWAYS: frozenset[str] = sys.beginning  # type: ignore[attr-defined]
"""What Pyodide itself begins with: `pack.mjs` says so."""
WORK = Path("/work")
STDLIB, SITE, DATA, OUT = WORK / "stdlib", WORK / "site", WORK / "data", WORK / "out"
STAGES = ("start", "outputs", "print", "rest")
PLACES = (
    ("roadpress/templates/words/en.", "start"),
    ("roadpress/templates/words/", "words"),
    ("roadpress/templates/fonts/", "ready"),
    ("roadpress/templates/roadmap.schema.json", "start"),
    ("roadpress/templates/right_to_left.json", "start"),
    ("roadpress/templates/", "outputs"),
)
"""Files that are no modules: how their names begin, and where they are packed; all others in `start`."""
DATA_PACKS = ("words", "ready")
_FIRST = (1980, 1, 1, 0, 0, 0)


def main() -> None:
    """Write the packs and `packs.json`."""
    OUT.mkdir(exist_ok=True)
    sys.path[:0] = [str(SITE), str(DATA), str(DATA / "fonts")]
    stages = stages_by_use()
    entries: dict[str, list[tuple[str, bytes]]] = {pack: [] for pack in (*STAGES, *DATA_PACKS)}
    modules: dict[str, str] = {}
    data: dict[str, str] = {}
    for root in (STDLIB, SITE):
        for path in sorted(root.rglob("*")):
            if path.is_dir():
                continue
            name = str(path.relative_to(root))
            if path.suffix != ".py":
                pack = next((pack for start, pack in PLACES if name.startswith(start)), "start")
                entries[pack].append((name, path.read_bytes()))
                if pack != "start":
                    data[name] = pack
                continue
            module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            if FrozenImporter.find_spec(module):
                continue  # it is part of the interpreter
            stage = stages.get(module, "rest")
            entries[stage].append((f"{name}c", compiled(path.read_text("utf-8"), name)))
            if stage != "start":
                modules[module] = stage
    files = {pack: write(f"{pack}.zip", archive(found)) for pack, found in entries.items()}
    folders = {}
    for folder in sorted(path for path in DATA.iterdir() if path.is_dir()):
        if folder.name.startswith("font"):
            continue
        found = [
            (str(path.relative_to(DATA)), path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()
        ]
        folders[folder.name] = folder.name
        files[folder.name] = write(f"{folder.name}.zip", archive(found))
    fonts = {}
    for path in sorted((DATA / "fonts").rglob("*.[to]tf")):
        name = path.stem.replace("[wght]", "")
        fonts[str(path.relative_to(DATA / "fonts"))] = name
        files[name] = write(path.name.replace("[wght]", ""), path.read_bytes())
    wasm = WORK / "pyodide.asm.wasm"
    files["wasm"] = write("pyodide.asm.wasm", wasm.read_bytes())
    manifest = {"files": files, "modules": modules, "data": data, "folders": folders, "fonts": fonts}
    (OUT / "packs.json").write_text(json.dumps(manifest, separators=(",", ":")), encoding="utf-8")


def stages_by_use() -> dict[str, str]:
    """Return the stage in which each module is loaded first."""
    from datetime import date, datetime, timezone

    found: dict[str, str] = {}

    def note(stage: str) -> None:
        for name in sys.modules:
            found.setdefault(name, stage)

    for name in set(sys.modules) - ALWAYS:
        del sys.modules[name]  # what this program needs says nothing of what the page does
    import browser_runtime  # noqa: F401

    import roadpress.core.adapters  # noqa: F401
    from roadpress.commands.editing import Editing

    editor = Editing(Path("/tmp/roadmap.yaml"), lambda: date(2027, 1, 1), lambda: datetime.now(timezone.utc))
    brief = (WORK / "brief.md").read_bytes()
    text = editor.answer("import", {"name": "-"}, brief).values["text"]
    for ask in ("read", "schema"):
        assert "error" not in editor.answer(ask, {"text": text}).values
    note("start")
    text = editor.answer("edit", {"text": text, "action": "pace", "value": "8h/week"}).values["text"]
    editor.answer("read", {"text": text})
    for output in ("checklist", "markdown", "ics", "csv", "json", "opml", "trello"):
        assert editor.answer("export", {"text": text, "output": output}).files, output
    editor.answer("bundle", {"text": text, "outputs": []})
    note("outputs")
    for output in ("pdf", "mindmap"):
        assert editor.answer("export", {"text": text, "output": output}).files, output
    formats = ["svg", "html", "pdf"]
    assert editor.answer("export", {"text": text, "output": "mindmap", "options": {"format": formats}}).files
    note("print")
    return found


def compiled(source: str, name: str) -> bytes:
    """Return a module's byte code without docstrings, which nobody reads here."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        first = node.body[0] if node.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            node.body[0:1] = [] if node.body[1:] else [ast.copy_location(ast.Pass(), first)]
    code = compile(tree, name, "exec", dont_inherit=True, optimize=0)
    return bytes(external._code_to_hash_pyc(code, b"\0" * 8, checked=False))  # type: ignore[attr-defined]  # noqa: SLF001


def archive(entries: list[tuple[str, bytes]]) -> bytes:
    """Return files as a stored archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        for name, data in sorted(entries):
            target.writestr(zipfile.ZipInfo(name, _FIRST), data)
    return packed.getvalue()


def write(name: str, data: bytes) -> list[object]:
    """Write a file compressed, under a name with its hash in it; return the name, its size and its integrity."""
    packed = gzip.compress(data, 6 if len(data) > 12_000_000 else 9, mtime=0)
    digest = hashlib.sha256(packed)
    stem = name.rpartition(".")[0]
    file = f"{stem}.{digest.hexdigest()[:12]}.bin"  # not .gz, which some servers unpack on the way
    (OUT / file).write_bytes(packed)
    return [file, len(packed), f"sha256-{base64.b64encode(digest.digest()).decode()}"]


main()
