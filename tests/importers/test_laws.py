"""Laws over random documents: each loads, and every word of it is in the roadmap or on the list."""

from __future__ import annotations

import random

import pytest
from accounting import unaccounted

from roadpress.core.errors import RoadpressError
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.importers.common.decoding import repair
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import read

LINES = (
    *(
        "# {w}",
        "## {w}",
        "### ✅ **{n}. {w}**",
        "#### {n} {w}",
        "<h2>{w}</h2>",
        "**{w}**",
        "**{w}**:",
        "*{w}*",
        "{w}:",
        "#",
    ),
    *(
        "- {w}",
        "  - {w}",
        "    - {w}",
        "\t- {w}",
        "• {w}",
        "1. {w}",
        "   - {w}",
        "1) {w}",
        "- - {w}",
        "- ",
        "-",
        "✅ {w}",
        "☐ {w}",
    ),
    *(
        "* **{w}**: {w}, {w}, {w}",
        "- **{w}**: {w} {w} {w} {w} {w}. {w}",
        "- **{w}** — {w}",
        "- {w}: {w}",
        "- **Project:** {w}",
    ),
    *(
        "- [ ] {w}",
        "- [x] {w} (2h)",
        "- ✅ {w}",
        "Duration: 3h",
        "- Duration: 3h",
        "- *“{w}?”*",
        "- `{w}, {w}`",
        "- <b>{w}</b> <br> {w}",
    ),
    *("{w} {w} {w}.", "{w}  ", "> {w} {w}", "```", "| {w} | {w} |", "|---|---|", "---", "=====", "", "", ""),
    *(
        "[{w}](https://a.b/{w})",
        "- [{w}](https://a.b) - {w}",
        "- [{w}](#{w})",
        "![{w}](https://x.y/{w}.png)",
        "- [{w}][{w}]",
    ),
    *(
        "[{w}]: https://r.s/{w}",
        "[^1]: {w}",
        "{w}[^1]",
        "- {w} &amp; {w} :star:",
        "<!-- {w} -->",
        "<p align=center>{w}</p>",
    ),
    *(
        "<details><summary>{w}</summary>",
        "</details>",
        "## Interview Questions",
        "## License",
        "## Contents",
        "## Contributors",
    ),
    *(
        "Would you like {w}?",
        "Here's a **{w} roadmap for {w}**. {w} {w}",
        "Course | Duration | Effort | Prerequisites",
        "\\\\* {w}",
    ),
    *(
        '**[{n}]** {w}. "**{w} {w}**." {w}',
        "[{n}] {w} {w}",
        "- https://e.org/{w}",
        "https://e.org/{w}",
        "- {w} https://e.org/{w}",
    ),
)


def document(seed: int) -> str:
    """Return a random document; each of its words stands in it once."""
    source = random.Random(seed)
    names = iter(source.sample([f"word{index}" for index in range(400)], 400))
    rows = []
    for _ in range(source.randint(1, 25)):
        row = source.choice(LINES)
        while "{w}" in row:
            row = row.replace("{w}", next(names), 1)
        rows.append(row.replace("{n}", str(source.randint(1, 9))))
    return "\n".join(rows)


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_random_documents_load_and_lose_no_word(start: int) -> None:
    for seed in range(start, start + 100):
        text = document(seed)
        try:
            imported = read(text.encode(), "x.md")
        except RoadpressError as error:
            assert "nothing that a roadmap could be made of" in error.message or "is empty" in error.message  # noqa: PT017 - an import is as good
            continue
        load_bytes(yaml_text(imported.roadmap).encode(), "x")
        lost = {word for word in unaccounted(repair(text.encode()).text, imported) if word.startswith("word")}
        assert not lost, text
