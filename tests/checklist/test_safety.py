"""Hostile titles, notes, links and languages do nothing; nothing leaves the page; the file itself."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from html.parser import HTMLParser

import pytest
from hostile import _TITLES
from trees import roadmap, wide
from unpacking import unpacked

from roadpress.core.model import Link
from roadpress.core.roadmap_file.loading import load
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import checklist
from roadpress.exporters.checklist.words import PLANNED, SCRIPT, SERVED
from roadpress.exporters.html import assets

EVIL = [
    *_TITLES.values(),
    "</title></style></noscript></textarea><script>top.hit = 1</script>",
    "<svg onload=top.hit=1> <a href=javascript:top.hit=1>x</a>",
    "[x](javascript:top.hit=1) [y](data:text/html,<script>top.hit=1</script>) <javascript:top.hit=1>",
    "![x](https://example.org/pixel.png) ![y](file:///etc/passwd)",
    "[x](https://example.org/\"onmouseover=top.hit=1) [y](https://example.org/'><script>)",
    "`</code><script>top.hit=1</script>`",
    "--><!-- ]]> <!--",
    "$title ${title} $$ %s {0} $w_menu",
]
HOSTILE = roadmap(
    EVIL[0] + " </title><script>top.hit=1</script>",
    [
        {"title": evil, "icon": "<b onclick=x>", "summary": evil, "notes": f"{evil}\n\n- {evil}\n\n```\n{evil}\n```\n\n> {evil}\n\n<script>top.hit = 1</script>",
         "tags": (evil,), "links": (Link("https://example.org/?q=" + evil.replace(" ", "+"), evil), Link("javascript:top.hit=1", "bad")),
         "items": [{"title": evil, "items": [evil]}]}
        for evil in EVIL
    ],
    description="\n\n".join(EVIL),
    authors=tuple(EVIL[:4]),
    language='en"><script>top.hit=1</script>',
)  # fmt: skip


def html(source, today, **options):
    return checklist.export(Snapshot.of(source, today=today), checklist.Options(**options)).files[0].data.decode()


class Tags(HTMLParser):
    """Collects the elements and attributes of a page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


@pytest.mark.browser
@pytest.mark.parametrize("lazy", [0, 1])
def test_hostile_text_does_nothing_in_the_page(open_page, lazy):
    page = open_page(HOSTILE, lazy_from=lazy)
    page.evaluate("document.querySelectorAll('[data-do=fold]').forEach((button) => button.click())")
    assert page.evaluate("top.hit") is None
    assert (
        page.evaluate("document.querySelectorAll('main :is(script,img,svg,iframe,style,object,link,base,meta)').length")
        == 0
    )
    assert (
        page.evaluate(
            "[...document.querySelectorAll('*')].flatMap((e) => [...e.attributes]).filter((a) => a.name.startsWith('on')).length"
        )
        == 0
    )
    addresses = page.evaluate("[...document.querySelectorAll('a')].map((a) => a.protocol)")
    assert set(addresses) <= {"https:", "file:"}
    assert page.evaluate("document.querySelectorAll('main section').length") == len(EVIL)
    page.locator("#search").fill("script")
    page.wait_for_timeout(150)
    assert page.evaluate("top.hit") is None


def test_no_handler_no_outside_address_and_a_policy_that_fits(today):
    page = html(HOSTILE, today)
    tags = Tags()
    tags.feed(page)
    assert not [name for _, attrs in tags.seen for name in attrs if name.startswith("on") or name == "style"]
    assert not [
        tag
        for tag, attrs in tags.seen
        if tag != "a" and ("src" in attrs or not attrs.get("href", "data:").startswith("data:"))
    ]
    (policy,) = [attrs["content"] for tag, attrs in tags.seen if attrs.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        for body in re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL):
            assert hashed(body) in policy
    style, _, script = unpacked(page)
    assert hashed(style) in policy
    assert hashed(script) in policy


def hashed(body):
    return f"'sha256-{b64encode(hashlib.sha256(body.encode()).digest()).decode()}'"


def test_the_data_cannot_end_its_element(today):
    data = re.search(r"<script type=application/json id=data>(.*?)</script>", html(HOSTILE, today), re.DOTALL)[1]
    assert "<" not in data
    assert json.loads(data)["title"] == HOSTILE.title


@pytest.mark.browser
def test_the_policy_stops_what_gets_in_all_the_same(open_page, today):
    page = html(roadmap("R", ["S"]), today).replace(
        "<main", "<script>top.hit = 1</script><img src=https://example.org/x.png><main"
    )
    opened = open_page(page)
    assert opened.evaluate("top.hit") is None
    assert len(open_page.errors) == 2
    assert all("Content Security Policy" in error for error in open_page.errors)
    open_page.errors.clear()
    assert open_page.strange_requests == ["https://example.org/x.png"]
    assert open_page.refused == ["https://example.org/x.png"]
    open_page.requests.clear()


def test_sizes(root, today):
    assert len(html(load(root / "roadmap.yaml"), today).encode()) <= 70_000
    assert len(html(wide(10_000, sections=20), today).encode()) < 2_000_000


@pytest.mark.parametrize("bundle", assets.BUNDLES, ids=lambda bundle: bundle.folder)
def test_the_small_script_is_made_of_the_sources_here(bundle):
    first = assets.source(f"{bundle.folder}/script.min.js").splitlines()[0]
    assert bundle.checksum() in first, "run: make page"


def test_comments_stand_on_lines_of_their_own():
    for name in (
        "checklist/style.css",
        "checklist/more.css",
        "checklist/head.js",
        "checklist/serve.js",
        "checklist/unpack.js",
        "mindmap/style.css",
    ):
        stripped = assets.strip(assets.source(name))
        assert "/*" not in stripped
        assert "*/" not in stripped
        assert all(line.count("`") % 2 == 0 for line in stripped.splitlines())
    assert not re.search(r"\S\s*//(?!www)", assets.strip(assets.source("checklist/head.js")))


def test_every_word_the_script_says_is_given_to_it():
    said = set(re.findall(r"words\.(\w+)", assets.CHECKLIST.joined())) | {"did_o", "did_d", "did_s"}
    assert said == {*SCRIPT, *PLANNED}
    assert set(re.findall(r"words\.(\w+)", assets.source("checklist/serve.js"))) == set(SERVED)


def test_the_lists_of_scripts_are_complete(root):
    for bundle, alone in ((assets.CHECKLIST, {"head", "serve", "unpack"}), (assets.MINDMAP, set())):
        files = {path.stem for path in (root / "templates" / bundle.folder).glob("*.js")}
        assert files == {*bundle.modules, *alone, "script.min"}
