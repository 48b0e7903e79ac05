"""Roadmaps that break careless exporters, by name."""

from __future__ import annotations

from roadpress.core.model import Roadmap
from roadpress.core.roadmap_file.loading import load_bytes

_TITLES = {
    "script": "</script><script>alert(1)</script>",
    "html": "<b>bold</b> <img src=x onerror=alert(1)> &lt;i&gt; &amp;",
    "html-label": "<<TABLE><TR><TD>x</TD></TR></TABLE>>",
    "graphviz": r"\N \G \l \n \E trailing backslash \\",
    "quotes": "\"double\" 'single' `code` “curly”",
    "rtl": "مرحبا بالعالم (abc 123) שלום",
    "bidi-override": "abc \u202e gnp.exe \u202c def",
    "cjk": "机器学习路线图：基础、进阶",
    "thai-devanagari": "ภาษาไทย हिन्दी में सीखें",
    "emoji": "👩\u200d💻 🛠️ 🇪🇺 ✅ 👍🏽",
    "signs": "✓ → ★ ∑ ∫ ≤ ½ ℝ",
    "combining": "e\u0301 a\u0308 Z\u0351\u036b\u0343",
    "zero-width": "a\u200bb\u2060c\ufeffd",
    "markdown": '**bold** *em* `code` ~~gone~~ [link](https://example.org/?a=1&b="2")',
    "dollar": "$x^2$ %d {{ x }} {% y %} ${z} #{w}",
    "path": "file:///etc/passwd ../../etc/passwd",
    "long-word": "Donaudampfschifffahrtsgesellschaftskapitän" * 12,
    "long-url": "https://example.org/" + "a/very/long/path/" * 30,
    "5000": "long title " * 450,
    "private": "\ue000\ue001 \U0010ffff",
}


def _yaml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def titled(title: str) -> Roadmap:
    """Return a roadmap that has a title in every place."""
    text = _yaml(title)
    return load_bytes(
        (
            f"roadpress: 1\ntitle: {text}\ndescription: {text}\nauthor: {text}\nsections:\n  - title: {text}\n"
            f"    icon: {text}\n    summary: {text}\n    tags: [{text}]\n    notes: {text}\n"
            f"    links: [{{title: {text}, url: 'https://example.org/'}}]\n"
            f"    topics:\n      - title: {text}\n        notes: {text}\n        items: [{text}, {text}]\n"
        ).encode(),
        "roadmap.yaml",
    )


def deep(levels: int) -> Roadmap:
    """Return a roadmap that nests so many levels."""
    rows = ["roadpress: 1", "title: Deep", "sections:"]
    for level in range(levels):
        below = "topics" if level == 0 else "items"
        rows += ["    " * level + f"  - title: Level {level + 1}", "    " * level + f"    {below}:"]
    rows[-1] = rows[-1].replace(":", ": []")
    return load_bytes("\n".join(rows).encode(), "roadmap.yaml")


def many(items: int) -> Roadmap:
    """Return a roadmap of so many items, ten a topic, a hundred a section."""
    rows = ["roadpress: 1", "title: Many", "sections:"]
    for index in range(items):
        if index % 100 == 0:
            rows += [f"  - title: Section {index // 100}", "    topics:"]
        if index % 10 == 0:
            rows += [f"      - title: Topic {index // 10}", "        items:"]
        rows.append(f"          - Item {index} of a list of very many")
    return load_bytes("\n".join(rows).encode(), "roadmap.yaml")


EMPTY = load_bytes(b"roadpress: 1\ntitle: Empty\n", "roadmap.yaml")
NO_TOPICS = load_bytes(b"roadpress: 1\ntitle: No topics\nsections: [One, Two]\n", "roadmap.yaml")

ROADMAPS = {
    "empty": EMPTY,
    "no-topics": NO_TOPICS,
    "deep-50": deep(50),
    **{name: titled(title) for name, title in _TITLES.items()},
}
"""Every hostile roadmap that a test runs over, by name."""
