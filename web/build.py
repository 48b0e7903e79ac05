"""Build the page in the web into `output/web/`: `make web`. Any server of files then serves it, from any folder.

With `--local` it joins the scripts of `roadpress edit` instead, into `templates/edit/local`: `make page`.

It takes exact versions from npm (`package-lock.json`) and PyPI (the repository's lock, and `python.txt` beside this),
all with their hashes; no address stands anywhere. It needs Node.js and npm; the page needs nothing but itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from packaging.markers import Marker

from roadpress.exporters.html import assets, edit_page

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MODULES = HERE / "node_modules"
EDIT = ROOT / "templates" / "edit"
WHEELS = MODULES / ".wheels"
PYTHON = "3.14"
PURE = (
    *("markdown-it-py", "mdurl", "linkify-it-py", "uc-micro-py", "pyyaml", "icalendar", "python-dateutil", "tzdata"),
    *("reportlab", "budoux", "emoji", "graphviz", "fontpkg-fira-sans", "fontpkg-fira-code", "manimgx-fonts"),
    *("noto-cjk-sans-jp-regular", "noto-cjk-sans-jp-bold"),
)
"""What the page takes of the repository's lock: of a wheel for Linux only what is Python."""
SITE = ("markdown_it", "mdurl", "linkify_it", "uc_micro", "yaml", "icalendar", "dateutil", "six.py", "bidi", "graphviz")
"""Packages that are nothing but modules."""
LIBRARIES = (
    "reportlab/__init__.py",
    "reportlab/lib/__init__.py",
    "reportlab/lib/pagesizes.py",
    "reportlab/lib/units.py",
)
DATA = ("uharfbuzz", "budoux", "emoji", "tzdata")
"""Packages with files of other kinds."""
FONTS = ("fontpkg_fira", "manimgx_fonts", "noto_cjk")
LEFT_OUT = re.compile(
    r"(?:^|/)tests?/|^(?:idlelib|tkinter|turtledemo|ensurepip|venv|lib2to3|_pyrepl|unittest|pydoc_data|xmlrpc|wsgiref|"
    r"multiprocessing|curses|dbm|sqlite3|ctypes|pdb|doctest|pydoc|mailbox|imaplib|smtplib|ftplib|poplib|pickletools)\b(?!/__init__)"
    r"|^icalendar/fuzzing|^yaml/cyaml|^dateutil/(?:tz/win|tzwin)|^budoux/models/(?!th)|^emoji/unicode_codes/emoji_(?!en)|_harfbuzz_test|\.pyi?$(?<!\.py)|py\.typed"
)


def main() -> None:
    """Fetch, pack, join."""
    fetch()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        lay_out(work)
        subprocess.run(["node", str(HERE / "pack.mjs"), str(work)], check=True)
        page(work / "out", ROOT / "output" / "web")


def local() -> None:
    """Join the scripts of `roadpress edit`."""
    target = EDIT / "local"
    with tempfile.TemporaryDirectory() as folder:
        if not (MODULES / "esbuild").exists():
            install()
        made = Path(folder)
        bundle(made, [EDIT / "app.js"], {"HERE": "true", "MANIFEST": "{}", "EXAMPLE": example()}, chunks="[name]")
        script = (made / "app.js").read_text("utf-8")
        (made / "app.js").write_text(
            f"// Made of the files beside it by `make page`; sum {edit_page.checksum()}\n{script}"
        )
        viewer(made)
        shutil.rmtree(target, ignore_errors=True)
        for name in (*edit_page.LOCAL, "LICENSES.txt"):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(made / name, target / name)


def install() -> None:
    """Install what the lock of npm holds."""
    subprocess.run(["npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True)


def fetch() -> None:
    """Install what the locks hold, if that has changed."""
    wanted = [HERE / "package-lock.json", HERE / "python.txt", ROOT / "lock" / "run.txt", ROOT / "lock" / "dev.txt"]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in wanted)).hexdigest()
    mark = MODULES / ".fetched"
    if mark.exists() and mark.read_text() == digest:
        return
    install()
    shutil.rmtree(WHEELS, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        pure = Path(folder) / "pure.txt"
        pure.write_text(locked((ROOT / "lock/run.txt").read_text("utf-8") + (ROOT / "lock/dev.txt").read_text("utf-8")))
        download(pure, "manylinux2014_x86_64", "manylinux_2_28_x86_64")
        download(HERE / "python.txt", "pyemscripten_2026_0_wasm32")
    mark.write_text(digest)


def locked(lock: str) -> str:
    """Return the lines of a lock for what the page takes, as the Python in the browser would."""
    lines = []
    for entry in re.split(r"\n(?=\S)", lock):
        name = entry.partition("==")[0]
        marker = re.search(r" ; (.+?)(?: \\)?$", entry, re.MULTILINE)
        environment = {"python_version": PYTHON, "python_full_version": f"{PYTHON}.2"}
        if name in PURE and (marker is None or Marker(marker[1]).evaluate(environment)):
            lines.append(entry.replace(f" ; {marker[1]}", "", 1) if marker else entry)
    return "\n".join(lines) + "\n"


def download(requirements: Path, *platforms: str) -> None:
    """Have pip bring wheels for another machine."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "--require-hashes", "-r", str(requirements), "-d", str(WHEELS)]
    command += ["--python-version", PYTHON, "--implementation", "cp"]
    command += [part for abi in (f"cp{PYTHON.replace('.', '')}", "abi3", "none") for part in ("--abi", abi)]
    command += [part for platform in platforms for part in ("--platform", platform)]
    subprocess.run(command, check=True)


def lay_out(work: Path) -> None:
    """Lay out what packs.py packs: the standard library, modules, and packages with data."""
    pyodide = MODULES / "pyodide"
    extract(pyodide / "python_stdlib.zip", work / "stdlib", lambda name: not LEFT_OUT.search(name))
    shutil.copy(pyodide / "pyodide.asm.wasm", work)
    shutil.copy(ROOT / "tests" / "data" / "brief.md", work)
    for wheel in sorted(WHEELS.glob("*.whl")):
        extract(wheel, work / "site", lambda name: wanted(name, SITE) or name in LIBRARIES)
        extract(wheel, work / "data", lambda name: wanted(name, DATA) and not name.startswith("tzdata/zoneinfo/"))
        extract(wheel, work / "data", lambda name: name == "tzdata/zoneinfo/UTC")
        extract(wheel, work / "data" / "fonts", lambda name: name.startswith(FONTS) and needed(name))
    shutil.copy(HERE / "python" / "browser_runtime.py", work / "site")
    program = work / "site" / "roadpress"
    for path in sorted(ROOT.glob("*.py")) + [ROOT / "commands" / name for name in ("__init__.py", "editing.py")]:
        copy(path, program)
    for folder in ("core", "exporters", "importers", "templates"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and shipped(path.relative_to(ROOT).as_posix()):
                copy(path, program)
    for path in (program / "templates" / "words").glob("*.json"):
        words = json.loads(path.read_text("utf-8"))
        kept = {part: said for part, said in words.items() if part not in ("cohort", "edit")}
        path.write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def shipped(name: str) -> bool:
    """Whether a file of ours is of use in a browser: not what talks to Trello, nor sources of what is made small."""
    if name.startswith(("exporters/trello/api/", "templates/edit/", "templates/cohort", "templates/explain/")):
        return False
    bundles = (assets.CHECKLIST, assets.MINDMAP)
    if name in {f"templates/{bundle.folder}/{module}.js" for bundle in bundles for module in bundle.modules}:
        return False
    return not name.endswith((".pyc", "LICENSE-CLDR"))


def wanted(name: str, packages: tuple[str, ...]) -> bool:
    """Whether a file of a wheel belongs to one of the packages, and is not left out."""
    if name.partition("/")[0] not in packages or LEFT_OUT.search(name):
        return False
    return name.endswith(".py") if packages is SITE else not name.endswith(".so") or "_harfbuzz" in name


def needed(name: str) -> bool:
    """Whether roadpress may open a font: of Fira Sans six, of all others each."""
    stem, suffix = Path(name).stem, Path(name).suffix
    fira = {f"FiraSans-{style}" for style in ("Regular", "Medium", "SemiBold", "Bold", "Italic", "BoldItalic")}
    return suffix in (".ttf", ".otf") and (not stem.startswith("FiraSans") or stem in fira)


def extract(archive: Path, target: Path, wish: Callable[[str], bool]) -> None:
    """Extract the members that are wished for."""
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            if not name.endswith("/") and wish(name):
                opened.extract(name, target)


def copy(path: Path, program: Path) -> None:
    """Copy a file of ours to its place below the package."""
    target = program / path.relative_to(ROOT)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, target)


def page(packs: Path, target: Path) -> None:
    """Join scripts and styles, and write the folder that is served."""
    shutil.rmtree(target, ignore_errors=True)
    (target / "lib").mkdir(parents=True)
    for path in sorted(packs.glob("*.bin")):
        shutil.copy(path, target / "lib")
    for name in ("pyodide.mjs", "pyodide.asm.mjs"):
        shutil.copy(MODULES / "pyodide" / name, target / "lib")
    shutil.copy(MODULES / "pyodide" / "pyodide-lock.json", target / "lib")
    (target / "lib" / "pyodide-lock.json").write_text(no_packages(MODULES / "pyodide" / "pyodide-lock.json"))
    viewer(target)
    shutil.copy(MODULES / "@hpcc-js" / "wasm-graphviz" / "dist" / "index.js", target / "lib" / "graphviz.js")
    define = {"HERE": "false", "MANIFEST": (packs / "packs.json").read_text("utf-8"), "EXAMPLE": example()}
    bundle(target, [EDIT / "app.js", HERE / "page" / "worker.js"], define, chunks="[name]-[hash]")
    write_page(target)


def viewer(target: Path) -> None:
    """Copy what shows PDF pages."""
    (target / "lib").mkdir(parents=True, exist_ok=True)
    for name in ("pdf.min.mjs", "pdf.worker.min.mjs"):
        shutil.copy(MODULES / "pdfjs-dist" / "legacy" / "build" / name, target / "lib")


def example() -> str:
    """Return the document that the page shows as an example, as a script writes it."""
    return json.dumps(b64encode((ROOT / "tests" / "data" / "brief.md").read_bytes()).decode())


def bundle(target: Path, scripts: list[Path], define: dict[str, str], *, chunks: str) -> None:
    """Have esbuild join the page's scripts."""
    command = ["node", str(MODULES / "esbuild" / "bin" / "esbuild"), "--bundle", "--minify", "--format=esm"]
    command += ["--splitting", f"--chunk-names={chunks}", "--entry-names=[name]", f"--outdir={target}"]
    command += [
        "--target=es2022",
        "--charset=utf8",
        "--legal-comments=none",
        "--external:./lib/*",
        "--log-level=warning",
    ]
    command += [
        f"--define:{name}={value}" for name, value in ({"FRAME": json.dumps(edit_page.frame())} | define).items()
    ]
    environment = {**os.environ, "NODE_PATH": str(MODULES)}
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "told.json")
        subprocess.run([*command, f"--metafile={told}", *map(str, scripts)], check=True, cwd=HERE, env=environment)
        joined = re.findall(r'"node_modules/((?:@[^/"]+/)?[^/"]+)/', told.read_text("utf-8"))
    text = "\n\n".join(map(licence, sorted({*joined, "pdfjs-dist"})))
    (target / "LICENSES.txt").write_text(text, encoding="utf-8")


def licence(package: str) -> str:
    """Return the licence of a package that the page is made of."""
    about = json.loads((MODULES / package / "package.json").read_text("utf-8"))
    text = (MODULES / package / "LICENSE").read_text("utf-8").strip()
    return f"{package} {about['version']}: {about['license']}\n\n{text}\n"


def write_page(target: Path) -> None:
    """Write the page and the service worker: the sums of what it loads, and of scripts that its frames may run."""
    (target / "style.css").write_text(edit_page.style(), encoding="utf-8")
    manifest = '<link rel="manifest" href="manifest.webmanifest">'
    text = edit_page.filled(lambda name: edit_page.integrity((target / name).read_bytes()), manifest)
    (target / "index.html").write_text(text, encoding="utf-8")
    (target / "words").mkdir()
    for language in edit_page.languages():
        (target / "words" / f"{language}.json").write_text(edit_page.words(language), encoding="utf-8")
    shutil.copy(EDIT / "icon.svg", target)
    shutil.copy(HERE / "page" / "manifest.webmanifest", target)
    files = sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
    digest = hashlib.sha256(b"".join((target / name).read_bytes() for name in files)).hexdigest()[:16]
    first = [name for name in files if "/" not in name or name.startswith(("lib/pyodide", "lib/start"))]
    worker = (HERE / "page" / "service-worker.js").read_text("utf-8")
    worker = worker.replace("VERSION", json.dumps(digest)).replace("FIRST", json.dumps(["./", *first]))
    (target / "service-worker.js").write_text(worker, encoding="utf-8")


def no_packages(lock: Path) -> str:
    """Return Pyodide's lock without its packages: none of them is taken from anywhere."""
    return json.dumps(json.loads(lock.read_text("utf-8")) | {"packages": {}})


if __name__ == "__main__":
    os.chdir(ROOT)
    local() if "--local" in sys.argv[1:] else main()
