"""Inline Markdown as found in the wild to the inline Markdown that a roadmap holds.

Raw HTML becomes Markdown or goes, entities and emoji shortcodes become their characters, images their text and address,
reference links plain ones. Code spans stay as they are. Most texts hold nothing of all that and cost one search.
"""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

from ...core.text import is_safe_url
from ..common.draft import Account
from ..common.vocabulary import BADGE

LONG = 20_000
"""Characters of one text from which on it is data, not prose; its inline markup is not read."""
_NEEDED = re.compile(r"[<&\]`]|:[a-z0-9_+-]+:")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)((?:(?!\1).){1,2000}?)(?<!`)\1(?!`)", re.DOTALL)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]{0,30})((?:\s[^<>]{0,2000})?)\s*/?>")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_WEB = re.compile(r"https?://[^\s()]+\Z", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SHORTCODE = re.compile(r":[a-z0-9_+-]{1,40}:")
_TARGET = (
    r"\(\s*(?:<([^<>\n]{0,2000})>|((?:[^\s()<>]|\([^\s()]{0,500}\)){0,2000}))"
    r"(?:\s+(?:\"([^\"]{0,500})\"|'([^']{0,500})'|\(([^()]{0,500})\)))?\s*\)"
)
_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\](?:" + _TARGET + r"|\[([^\[\]]{0,200})\])")
_LABEL = r"((?:[^\[\]\\]|\\.|\[[^\[\]]{0,300}\]){0,1000})"
_LINK = re.compile(r"(?<!\\)\[" + _LABEL + r"\](?:" + _TARGET + r"|\[([^\[\]]{0,200})\])?")
_STYLES = {
    "b": "**",
    "strong": "**",
    "i": "*",
    "em": "*",
    "code": "`",
    "kbd": "`",
    "tt": "`",
    "del": "~~",
    "s": "~~",
    "strike": "~~",
}
_DROPPED = frozenset(
    """
    a abbr acronym align aside big bdi bdo button center cite dd details dfn div dl dt figcaption figure font
    footer form h1 h2 h3 h4 h5 h6 header hgroup iframe img input ins label li main mark nav nobr ol option p
    picture q rp rt ruby samp script section select small source span style sub summary sup svg table tbody td
    tfoot th thead time tr u ul var video wbr object embed param path g noscript map area audio track canvas
    template textarea
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_BREAK = "  \n"


class Inline:
    """Cleans the inline texts of one document, and records what it drops."""

    def __init__(self, account: Account, references: dict[str, tuple[str, str, int]], base: str = "") -> None:
        self.account = account
        self.references = references
        self.base = base
        """What relative addresses are relative to; without it they are left out."""
        self.used: set[str] = set()
        """The reference definitions that some link named."""

    def clean(self, text: str, line: int) -> str:
        """Return the text as a roadmap holds it."""
        if len(text) > LONG:
            self.account.notices.append(
                f"Line {line} is too long to look for links and markup in it; it was kept as it is."
            )
            return text
        if not _NEEDED.search(text):
            return text
        text = text.replace("\0", "")
        if "`" not in text:
            return self._plain(text, line)
        kept: list[str] = []

        def keep(match: re.Match[str]) -> str:
            kept.append(match[0])
            return f"\0{len(kept) - 1}\0"

        text = self._plain(_CODE.sub(keep, text), line)
        return re.sub(r"\0(\d+)\0", lambda match: kept[int(match[1])], text)

    def address(self, url: str, line: int) -> str:
        """Return an address that a roadmap may link to, or nothing; what is dropped is recorded."""
        url = html.unescape(url.strip())
        if is_safe_url(url):
            return url
        if url.startswith("//") and is_safe_url("https:" + url):
            return "https:" + url
        if self.base and not url.startswith("#") and ":" not in url.split("/", 1)[0]:
            try:
                joined = urljoin(self.base, url)
            except ValueError:  # brackets where a host belongs
                joined = ""
            if is_safe_url(joined):
                return joined
        why = "anchor" if url.startswith("#") else "relative address" if ":" not in url[:12] else "unsafe address"
        self.account.leave_out(line, why, url)
        return ""

    def _plain(self, text: str, line: int) -> str:
        if "<" in text:
            text = self._without_comments(text, line)
            text = self._html(text, line)
        if "&" in text:
            text = _ENTITY.sub(_entity, text)
        if "![" in text:
            text = _IMAGE.sub(lambda match: self._image(match, line), text)
        if "]" in text:
            text = _LINK.sub(lambda match: self._link(match, line), text)
        if text.count(":") > 1 and _SHORTCODE.search(text):
            text = _SHORTCODE.sub(lambda match: self._shortcode(match[0], line), text)
        return text

    def _without_comments(self, text: str, line: int) -> str:
        parts, position = [], 0
        while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
            parts.append(text[position:start])
            self.account.leave_out(line, "HTML comment", text[start : end + 3])
            position = end + 3
        return "".join([*parts, text[position:]])

    def _drop(self, line: int, why: str, text: str) -> str:
        self.account.leave_out(line, why, text)
        return ""

    def _html(self, text: str, line: int) -> str:
        hrefs: list[str] = []

        def tag(match: re.Match[str]) -> str:
            name = match[1].lower()
            closing = match[0].startswith("</")
            if name == "br" or name in _STYLES:
                self.account.leave_out(line, "HTML tag", match[0])
                return _STYLES.get(name, _BREAK)
            if name not in _DROPPED and not ("-" in name and (closing or "=" in match[2])):
                return match[0]
            attributes = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(match[2])}
            if name == "img":
                source = attributes.get("src", "")
                self.account.leave_out(line, "HTML tag", _without(match[0], attributes.get("alt", ""), source))
                return f"![{attributes.get('alt', '')}]({source})" if " " not in source else attributes.get("alt", "")
            if name == "a" and not closing and attributes.get("href"):
                hrefs.append(attributes["href"])
                self.account.leave_out(line, "HTML tag", _without(match[0], attributes["href"]))
                return "["
            if name == "a" and closing and hrefs:
                self.account.leave_out(line, "HTML tag", match[0])
                return f"]({hrefs.pop()})"
            self.account.leave_out(line, "HTML tag", match[0])
            return " " if name in ("p", "div", "td", "tr", "li") else ""

        result = _TAG.sub(tag, text)
        return result + "".join(f"]({href})" for href in reversed(hrefs))

    def _image(self, match: re.Match[str], line: int) -> str:
        alt = " ".join(match[1].split())
        label = match[7]
        source = match[2] or match[3] or ""
        if label is not None or not match[0].endswith(")"):
            known = self.references.get((label or alt).strip().upper())
            source = self._defined(label or alt) if known else ""
            self.account.leave_out(line, "name of a link's address", label or "")
        inside = match.string[max(0, match.start() - 1) : match.start()] == "["
        if inside and (alt or source) and match.string[: match.start() - 1].rstrip("* ").endswith((":", "：")):
            return alt or "link"  # `Playlist: [![YouTube](badge)](address)`: the address is what matters
        if not alt or BADGE.search(source):
            return self._drop(line, "badge" if alt else "image", f"{alt} {source}".strip())
        url = self.address(source, line) if source else ""
        if url and not inside:
            return f"[{alt}]({url})"
        if url:  # inside a link, whose address matters more
            self.account.leave_out(line, "address of an image", url)
        return alt

    def _defined(self, label: str) -> str:
        key = " ".join(label.split()).upper()
        self.used.add(key)
        return self.references[key][0]

    def _link(self, match: re.Match[str], line: int) -> str:
        label, angled, plain, title_1, title_2, title_3, reference = match.groups()
        title = title_1 or title_2 or title_3 or ""
        if "[" in label and "](" in label:  # a link in a link: the inner one counts
            label = _LINK.sub(lambda inner: self._link(inner, line), label)
            if "](" in label:
                self.account.leave_out(line, "address around a link", angled or plain or "")
                return label
        if angled is not None or plain is not None:
            target = angled or plain or ""
        else:
            key = " ".join((reference or label).split()).upper()
            if key not in self.references or label[:1] == "^":
                return match[0]
            target = self._defined(key)
            if reference and " ".join(reference.split()).upper() != " ".join(label.split()).upper():
                self.account.leave_out(line, "name of a link's address", reference)
        self.account.leave_out(line, "title of a link", title)
        label = " ".join(label.split())
        if not label.strip():
            return self._drop(line, "link without text", target)
        if _WEB.match(target) and not is_safe_url(html.unescape(target)):
            return f"{label} ({target})"  # a slip or a placeholder, for a person to mend
        url = self.address(target, line)
        if not url:
            return label
        return f"[{label}]({url})" if "(" not in url else f"[{label}](<{url}>)"

    def _shortcode(self, code: str, line: int) -> str:
        import emoji

        sign = str(emoji.emojize(code, language="alias"))
        if sign != code:
            self.account.leave_out(line, f"shortcode of {sign}", code)
        return sign


def _entity(match: re.Match[str]) -> str:
    sign = html.unescape(match[0])
    if sign == match[0]:
        return sign
    if sign in "*_`[]" or (sign == "&" and re.match(r"#?\w+;", match.string[match.end() : match.end() + 40])):
        return "\\" + sign
    return " " if sign.isspace() else sign if sign.isprintable() or sign in "\u200e\u200f\u200c\u200d" else ""


def _without(tag: str, *values: str) -> str:
    """Return a tag without the values of attributes that are kept, for the account of what was dropped."""
    for value in values:
        if value:
            tag = tag.replace(value, "…", 1)
    return tag


_MARKS = re.compile(r"\*\*|__|\*|~~|`+|\\(?=[^\w\s])")
_LINKED = re.compile(r"!?\[([^\[\]]{0,500})\]\(<?[^()<>\s]{0,2000}>?(?:\s\"[^\"]*\")?\)")


def bare(text: str) -> str:
    """Return inline text without its marks, for comparing words; quick and rough."""
    if "](" in text:
        text = _LINKED.sub(r"\1", text)
    return " ".join(_MARKS.sub("", text).split())
