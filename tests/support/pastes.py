"""What nobody should paste: documents that try to be run, to be fetched, to go deep or long, or to be no text at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

ATTACKS = (
    "<script>top.hit=parent.hit=window.hit=1</script>",
    "</script><script>hit=1</script>",
    "</style><img src=x onerror=hit=1>",
    "<svg/onload=hit=1>",
    "<svg><script>hit=1</script></svg>",
    "<iframe srcdoc='<script>top.hit=1</script>'></iframe>",
    "<math><mtext></p><mglyph><style><img src onerror=hit=1>",
    "<base href=https://evil.invalid/>",
    "<meta http-equiv=refresh content='0;url=https://evil.invalid/'>",
    "<img src=https://evil.invalid/pixel>",
    "![x](https://evil.invalid/pixel)",
    "[x](javascript:hit=1)",
    "[x](data:text/html,<script>hit=1</script>)",
    "<a href='jav&#x09;ascript:hit=1'>x</a>",
    "<details open ontoggle=hit=1>",
    "<input autofocus onfocus=hit=1>",
    '"><img src=x onerror=hit=1>',
    "'-hit=1-'",
    "`${hit=1}`",
    "{{constructor.constructor('hit=1')()}}",
    "<!--><img src=x onerror=hit=1>-->",
    "]]><img src=x onerror=hit=1>",
    "\\u003cscript>hit=1</script>",
    "<<TABLE><TR><TD HREF='https://evil.invalid/'>x</TD></TR></TABLE>>",
    "@import url(https://evil.invalid/)",
    "!!python/object/apply:os.system [x]",
)
ODD = (
    "\x00",
    "\ufffe",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\u2028",
    "\u0301" * 40,
    "\U0001f468\u200d\U0001f469",
    "م",
    "中",
    "\r",
    "\t",
    "\x1b[2J",
)
LEADS = (
    "# ",
    "## ",
    "- ",
    "* ",
    "1. ",
    "- [ ] ",
    "- [x] ",
    "> ",
    "| ",
    "    ",
    "```",
    "<h2>",
    "<li>",
    "* * *",
    "Term\n: ",
)
FIELDS = (
    "title",
    "notes",
    "summary",
    "icon",
    "id",
    "kind",
    "hours",
    "due",
    "needs",
    "tags",
    "links",
    "color",
    "source",
)


def pastes(seed: int, count: int) -> Iterator[str]:
    """Yield so many documents; the same seed gives the same."""
    chance = Random(seed)
    kinds = (_markdown, _roadmap, _markup, _table, _deep, _long, _rubble)
    for _ in range(count):
        yield chance.choice(kinds)(chance)


def _text(chance: Random) -> str:
    words = [
        chance.choice((*ATTACKS, *ODD, "learn", "bread", "week 3", "2 h", "**bold**"))
        for _ in range(chance.randint(1, 4))
    ]
    return chance.choice((" ", "")).join(words)


def _markdown(chance: Random) -> str:
    rows = [
        "  " * chance.choice((0, 0, 1, 2, 5)) + chance.choice(LEADS) + _text(chance)
        for _ in range(chance.randint(1, 40))
    ]
    return chance.choice(("\n", "\n\n", "\r\n")).join(rows)


def _roadmap(chance: Random) -> str:
    def node(depth: int) -> dict[str, object]:
        made: dict[str, object] = {"title": _text(chance)}
        for field in chance.sample(FIELDS, chance.randint(0, 4)):
            made[field] = chance.choice(
                (
                    _text(chance),
                    [_text(chance)],
                    {"url": _text(chance)},
                    3,
                    None,
                    {"title": _text(chance), "url": "javascript:hit=1"},
                )
            )
        if depth < 3:
            made["items" if depth else "topics"] = [node(depth + 1) for _ in range(chance.randint(0, 3))]
        return made

    plain = chance.random() < 0.5  # one that is read to the end
    texts = [{"title": _text(chance), "topics": [_text(chance) for _ in range(3)]} for _ in range(3)]
    found = {
        "roadpress": 1,
        "title": _text(chance),
        "sections": texts if plain else [node(0) for _ in range(chance.randint(0, 4))],
    }
    return "\n".join(f"{key}: {json.dumps(value)}" for key, value in found.items())


def _markup(chance: Random) -> str:
    tags = ("h1", "h2", "ul", "li", "p", "table", "td", "opml", "outline", "map", "node", "svg", "script", "style")
    return "".join(
        f'<{chance.choice(tags)} text="{_text(chance)}">{_text(chance)}' for _ in range(chance.randint(1, 60))
    )


def _table(chance: Random) -> str:
    mark = chance.choice((",", ";", "\t", "|"))
    return "\n".join(
        mark.join(_text(chance) for _ in range(chance.randint(1, 9))) for _ in range(chance.randint(1, 30))
    )


def _deep(chance: Random) -> str:
    sign = chance.choice(("[", "{", "> ", "- ", "(", "*", "<b>", "a: &a [*a]\n", "```\n", "\\", "[x](", "&a ", "? "))
    return chance.choice(("", "roadpress: 1\ntitle: ", "# T\n")) + sign * chance.choice((50, 500, 3000)) + _text(chance)


def _long(chance: Random) -> str:
    return chance.choice(("# ", "- ", "", "title: ")) + _text(chance) * chance.choice((20, 200, 800))


def _rubble(chance: Random) -> str:
    found = bytes(chance.randrange(256) for _ in range(chance.randint(1, 400))).decode("latin-1")
    return (
        chance.choice(("", "roadpress: 1\n", "%PDF-1.7\n", "PK\x03\x04", "BEGIN:VCALENDAR\n", "{", "<?xml?>")) + found
    )
