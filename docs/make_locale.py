"""For developers: what CLDR knows of each language, as data that is kept with the words.

`make locale` writes the part `locale` of every `templates/words/<language>.json`, and `templates/right_to_left.json`,
which says which languages read from right to left; `python docs/make_locale.py --check` only compares. Users need
neither; it needs npm, which fetches the Unicode CLDR's own JSON.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

VERSION = "48.2.0"
PACKAGES = ("cldr-core", "cldr-dates-full", "cldr-misc-full", "cldr-numbers-full")
SOURCE = f"Unicode CLDR {VERSION}, unicode.org/cldr; see LICENSE-CLDR"
TEMPLATES = Path(__file__).parents[1] / "templates"
PATTERNS = {"day": "MMMEd", "day_year": "yMMMEd", "date": "MMMd", "date_year": "yMMMd", "month_year": "yMMM"}
"""Our names of CLDR's date formats (UTS #35, part 4, "Elements availableFormats")."""
FIELDS = {"E": "weekday", "c": "weekday", "d": "day", "M": "month", "L": "month_alone", "y": "year"}
"""What stands in our patterns for a letter of CLDR's; a single M is the month's number."""


class Cldr:
    """The packages, as they lie in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "node_modules"

    def read(self, path: str) -> Any:
        """Return what a file holds."""
        return json.loads((self.folder / path).read_text("utf-8"))

    def main(self, path: str, name: str) -> Any:
        """Return what a file of a language holds; `{}` in the path stands for the language."""
        return self.read(path.format(name))["main"][name]

    def supplement(self, name: str) -> Any:
        """Return what a file holds that is about all languages."""
        return self.read(f"cldr-core/supplemental/{name}.json")["supplemental"]

    def script(self, tag: str) -> str:
        """Return the script that a language is most likely written in, as `Arab`; empty where that is not known."""
        likely: str = self.supplement("likelySubtags")["likelySubtags"].get(tag, "")
        return likely.split("-")[1] if likely else ""

    def right_to_left(self) -> set[str]:
        """Return the scripts that are written from right to left."""
        about = self.read("cldr-core/scriptMetadata.json")["scriptMetadata"]
        return {script for script, data in about.items() if data["rtl"] == "YES"}


def locale(cldr: Cldr, name: str) -> dict[str, Any]:
    """Return what the outputs use of a language."""
    parts = name.split("-")
    tag = "-".join([parts[0], *(part.title() if len(part) == 4 else part.upper() for part in parts[1:])])
    calendar = cldr.main("cldr-dates-full/main/{}/ca-gregorian.json", tag)["dates"]["calendars"]["gregorian"]
    formats = calendar["dateTimeFormats"]["availableFormats"]
    numbers = cldr.main("cldr-numbers-full/main/{}/numbers.json", tag)["numbers"]
    lists = cldr.main("cldr-misc-full/main/{}/listPatterns.json", tag)["listPatterns"]
    sunday, *others = calendar["days"]["format"]["abbreviated"].values()
    script = next((part for part in tag.split("-")[1:] if len(part) == 4), "") or cldr.script(tag)
    return {
        "source": SOURCE,
        "direction": "rtl" if script in cldr.right_to_left() else "ltr",
        "decimal": numbers["symbols-numberSystem-latn"]["decimal"],
        "list_separator": lists["listPattern-type-standard"]["middle"].removeprefix("{0}").removesuffix("{1}"),
        "plurals": plurals(cldr.supplement("plurals")["plurals-type-cardinal"].get(parts[0], {})),
        "weekdays": [*others, sunday],
        "months": [*calendar["months"]["format"]["abbreviated"].values()],
        "months_alone": [*calendar["months"]["stand-alone"]["abbreviated"].values()],
        **{ours: pattern(formats[theirs]) for ours, theirs in PATTERNS.items()},
    }


def pattern(text: str) -> str:
    """Return one of CLDR's date patterns in our form: `E, d. MMM` is `{weekday}, {day}. {month}`."""

    def field(found: re.Match[str]) -> str:
        if found[1] is not None:
            return found[1] or "'"
        return "{number}" if found[0] in ("M", "L") else f"{{{FIELDS[found[0][0]]}}}"

    return re.sub(r"'([^']*)'|([a-zA-Z])\2*", field, text)


def plurals(rules: dict[str, str]) -> dict[str, str]:
    """Return the rules of the plural categories that whole numbers below a million have, in CLDR's order.

    Of whole numbers, `v = 0` and its like always hold, and `i` is `n` (UTS #35, part 3, "Plural Operand Meanings").
    """
    result = {}
    for name, text in rules.items():
        rule, _, samples = text.partition("@integer")
        if samples and not samples.strip().startswith("1000000") and name != "pluralRule-count-other":
            either = (whole(part) for part in rule.strip().split(" or "))
            result[name.rpartition("-")[2]] = " or ".join(filter(None, either))
    return result


def whole(rule: str) -> str:
    """Return the conditions that are left of some joined by `and`, or nothing where no whole number meets them."""
    left = []
    for condition in rule.split(" and "):
        operand, sign, values = re.fullmatch(r"(\w)(?: % \d+)? (!?=) (\S+)", condition).groups()  # type: ignore[union-attr]
        if operand in "ni":
            left.append(condition.replace("i", "n", 1))
        elif ("0" in re.split(r",|\.\.", values)) != (sign == "="):
            return ""
    return " and ".join(left)


def right_to_left(cldr: Cldr) -> dict[str, str]:
    """Return which scripts and languages are written from right to left, and which regions do so or don't."""
    scripts = cldr.right_to_left()
    likely = {tag: full.split("-")[1] for tag, full in cldr.supplement("likelySubtags")["likelySubtags"].items()}
    for tag, alias in cldr.supplement("aliases")["metadata"]["alias"]["languageAlias"].items():
        replacement = alias["_replacement"]
        if found := likely.get(replacement) or likely.get(replacement.partition("-")[0]):
            likely.setdefault(tag, found)
    plain = {tag: script for tag, script in likely.items() if re.fullmatch(r"(?!und)[a-z]{2,3}(-[A-Z]{2})?", tag)}
    languages = {tag for tag, script in plain.items() if script in scripts}
    others = {tag for tag, script in plain.items() if script not in scripts and tag.partition("-")[0] in languages}
    return {
        "source": f"{SOURCE.replace('see ', 'see words/')}: likely subtags, script metadata, aliases",
        "scripts": " ".join(sorted(scripts)).lower(),
        "languages": " ".join(sorted(languages)).lower(),
        "but": " ".join(sorted(others)).lower(),
    }


def written(data: dict[str, Any]) -> str:
    """Return JSON with a line for each text or list."""

    def value(item: Any) -> str:
        return json.dumps(item, ensure_ascii=False)

    parts = []
    for name, part in data.items():
        if isinstance(part, dict):
            lines = ",\n".join(f"    {value(key)}: {value(text)}" for key, text in part.items())
            parts.append(f"  {value(name)}: {{\n{lines}\n  }}")
        else:
            parts.append(f"  {value(name)}: {value(part)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main(arguments: list[str]) -> int:
    """Write, or only compare with `--check`; returns the exit code."""
    old = []
    with tempfile.TemporaryDirectory() as folder:
        wanted = [f"{name}@{VERSION}" for name in PACKAGES]
        command = [
            "npm",
            "install",
            "--no-audit",
            "--no-fund",
            "--no-save",
            "--loglevel=error",
            "--prefix",
            folder,
            *wanted,
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        cldr = Cldr(Path(folder))
        files = {TEMPLATES / "right_to_left.json": written(right_to_left(cldr))}
        files[TEMPLATES / "words" / "LICENSE-CLDR"] = (cldr.folder / "cldr-core" / "LICENSE").read_text("utf-8")
        for path in sorted((TEMPLATES / "words").glob("*.json")):
            files[path] = written({"locale": locale(cldr, path.stem)} | own(path))
    for path, text in files.items():
        if not path.is_file() or path.read_text("utf-8") != text:
            old.append(path.name)
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{'old' if '--check' in arguments else 'written'}: {', '.join(old) or 'none'}\n")
    return 1 if old and "--check" in arguments else 0


def own(path: Path) -> dict[str, Any]:
    """Return what people wrote into a language's file."""
    data: dict[str, Any] = json.loads(path.read_text("utf-8") or "{}")
    return {name: part for name, part in data.items() if name != "locale"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
