"""Python in the browser: what is not there yet is fetched when it is asked for, and answers go back to the page.

Modules that an answer may need lie in packs (`packs.py` makes them, and says which module is in which); this finder
comes after Python's own and brings the pack of what those did not find. Fonts are empty files until they are read.
"""

from __future__ import annotations

import importlib.abc
import io
import json
import os
import sys
import zipimport
import zlib
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

PLACE = Path("/packs")
SITE = "/site"
ROADMAP = Path("/home/roadmap/roadmap.yaml")


class NotYet(BaseException):
    """What must be loaded before this can be answered, which only the page's script can: ask again then."""


class Packs(importlib.abc.MetaPathFinder):
    """Finds modules in packs that are not there yet."""

    def __init__(self, manifest: dict[str, Any], fetch: Any) -> None:
        self._modules: dict[str, str] = manifest["modules"]
        self._folders: dict[str, str] = manifest["folders"]
        self._fonts: dict[str, str] = manifest["fonts"]
        self._data: dict[str, str] = manifest["data"]
        self._fetch = fetch
        self._there: set[str] = set()

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Return where a module is, its pack being there from then on."""
        if pack := self._modules.get(name):
            self._bring(pack)
            parent = name.rpartition(".")[0].replace(".", "/")
            return zipimport.zipimporter(f"{PLACE}/{pack}.zip/{parent}".rstrip("/")).find_spec(name)
        if (pack := self._folders.get(name)) and pack not in self._there:
            import zipfile

            self._there.add(pack)
            with zipfile.ZipFile(io.BytesIO(self._unpacked(pack))) as archive:
                archive.extractall(SITE)
            sys.path_importer_cache.clear()
            return importlib.machinery.PathFinder.find_spec(name)
        return None

    def lay_out_fonts(self) -> None:
        """Put an empty file where each font will be."""
        for file in self._fonts:
            path = Path(SITE, file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            package = Path(SITE, file.split("/")[0], "__init__.py")
            package.touch()

    def data(self, path: str) -> bytes | None:
        """Return a file of the package that is in a pack of its own; None for any other."""
        if pack := self._data.get(path):
            self._bring(pack)
            return zipimport.zipimporter(f"{PLACE}/{pack}.zip").get_data(f"{PLACE}/{pack}.zip/{path}")
        return None

    def read_font(self, path: Path) -> None:
        """Fill the file of a font."""
        name = str(path).removeprefix(f"{SITE}/")
        if name in self._fonts and not path.stat().st_size:
            path.write_bytes(self._unpacked(self._fonts[name]))

    def _bring(self, pack: str) -> None:
        if pack not in self._there:
            self._there.add(pack)
            PLACE.mkdir(exist_ok=True)
            (PLACE / f"{pack}.zip").write_bytes(self._unpacked(pack))

    def _unpacked(self, name: str) -> bytes:
        data, packed = self._fetch(name)
        return zlib.decompress(data.to_bytes(), 31) if packed else data.to_bytes()


class Loader:
    """The loader of the package, whose files may be in packs."""

    def __init__(self, usual: Any, packs: Packs) -> None:
        self._usual = usual
        self._packs = packs

    def get_data(self, path: str) -> bytes:
        """Return a file by its path, which begins with the archive's."""
        found = self._packs.data(f"roadpress/{path.partition('/roadpress/')[2]}")
        return self._usual.get_data(path) if found is None else found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._usual, name)


def begin(manifest: str, fetch: Any, graphviz: Any) -> Any:
    """Make everything ready; returns a function that answers requests: name, JSON and a file in, JSON and files out."""
    packs = Packs(json.loads(manifest), fetch)
    sys.meta_path.append(packs)
    sys.path.append(SITE)
    packs.lay_out_fonts()
    import roadpress

    spec = roadpress.__spec__
    assert spec
    spec.loader = Loader(spec.loader, packs)  # type: ignore[assignment]
    os.environ["ROADPRESS_SYSTEM_FONTS"] = "0"
    from roadpress.commands.editing import Editing
    from roadpress.core.adapters import adapters

    def layout(dot: str, engine: str) -> bytes:
        found = graphviz(dot, engine)
        if not found:
            raise NotYet("graphviz")
        return str(found).encode()

    adapters.graphviz, adapters.before_reading = layout, packs.read_font
    ROADMAP.parent.mkdir(parents=True, exist_ok=True)
    day = date.today()
    editors: dict[str, Editing] = {}

    def answer(name: str, given: str, data: Any) -> Any:
        nonlocal day
        values = json.loads(given)
        stem = str(values.get("stem") or "roadmap")
        day = date.fromisoformat(values["today"]) if values.get("today") else date.today()
        if stem not in editors:
            editors[stem] = Editing(ROADMAP.with_name(f"{stem}.yaml"), lambda: day, lambda: datetime.now(timezone.utc))
        found = editors[stem].answer(name, values, data.to_bytes())
        from pyodide.ffi import to_js

        return to_js([json.dumps(found.values, ensure_ascii=False), [[name, data] for name, data in found.files]])

    return answer
