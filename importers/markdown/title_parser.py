"""One line of a source to a title and what stands around it: box, icon, number, link, label, hours."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...core.text import is_safe_url
from ..common import prefixes
from ..common.draft import Account, DraftNode
from ..languages import any_of
from . import durations, facts, inline_labels
from .block_parser import hard_lines
from .inline import LONG, Inline, bare

_SIMPLE = re.compile(r"[A-Za-z][\w ,.'’/&+;%=-]*[A-Za-z.)]\Z")
_TIME = re.compile(r"\d\s?[^\W\d_]")
LINK = re.compile(r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])+)\]\((?:<([^<>]+)>|((?:[^\s()<>]|\([^\s()]*\))+))\)")
_ADDRESS_AT_END = re.compile(r"(.{2,160}?)\s*(?:[-–—:：(（]\s*)*<?(https?://[^\s<>]+?)>?[)）]?[.,;。]?\Z")
_KIND_OF_LINK = re.compile(
    r"(?P<kind>article|book|course|docs?|documentation|paper|video|repo(?:sitory)?)\s?:\s+(?=\[)", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s*(?:[-–—]+|[:：])\s+|\s*[–—]\s*|[:：]\s*(?=\S)")
_OPTIONAL = re.compile(
    rf"\s*[(\[（](?:{any_of('optional')})(?:,[^()\[\]]{{1,40}})?[)\]）]\s*\Z|\A[(\[（](?:{any_of('optional')})[)\]）]\s*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"([*_])(?=[“\"„«‘'])(.+)(?<=[”\"“»’'.?!])\1\Z")
_STRUCK = re.compile(r"~~(?=\S)(.{1,300}?)(?<=\S)~~")
_DEPRECATED_LABEL = re.compile(rf"\W{{0,6}}(?:{any_of('deprecated')})\W{{0,4}}(?:[:：]|\s[–—-]\s|\Z)", re.IGNORECASE)
_DEPRECATED_NOTE = re.compile(rf"[(\[（]\W{{0,3}}(?:{any_of('deprecated')})\W{{0,3}}[)\]）]", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—]{1,2}\s+")
_CITED = re.compile(r"[\"“]\s*\*\*(?=\w)(.{3,200}?)[.,]?\*\*[.,]?\s*[\"”][.,]?")
_LINK_MARKS = re.compile(r"\[?\[((?:[^\[\]]){1,60})\]\]?\((?:<([^<>]+)>|([^\s()]+))\)\]?")
_ITALIC_LEAD = re.compile(r"([*_])(?![*_])([^*_]{2,60}):?\1:?\Z")
_ANCHOR = re.compile(r"\s*\{#[\w-]+\}\s*\Z")
_SENTENCE = re.compile(r"(?<=[.!?。！？])(?:\s+|(?<=[。！？]))(?=\S)")
_LINK_KINDS = {"doc": "docs", "documentation": "docs", "repository": "repo"}
_SIGN_AT_END = re.compile(r"\s*\[(?P<sign>[^\w\[\]]{1,4})\](?:\(<?(?P<url>[^\s()<>]+)>?\)|\[[^\w\[\]]{0,4}\])\s*\Z")
_NAMELY = re.compile(rf"[\s.,;:(–—-]+({any_of('namely')})[\s:)]*\Z", re.IGNORECASE)
_WORD = re.compile(r"\w+")
LONG_TITLE = 160
"""Characters from which on a title is cut at its first sentence."""
LONG_SUMMARY = 240
"""Characters up to which one line of text is a summary, not notes."""
SIGN_DONE = "done"
SIGN_OPEN = "open"
SIGN_AT_END = "done, at the end"


class ParsedTitle(NamedTuple):
    """What was read beside the draft's own fields."""

    sign: str = ""
    """One of the three when a sign such as ✅ or ⬜ stands first or last, which only the whole list can judge."""
    sign_text: str = ""
    after_label: str = ""
    """What follows `**Label**:`, for its neighbours to decide whether it is a list."""
    number: str = ""
    is_blank: bool = False
    """Whether it is a label in bold that nothing follows."""


def read_item(draft: DraftNode, text: str, inline: Inline) -> ParsedTitle:
    """Fill a draft from the text of a list item."""
    if _SIMPLE.match(text) and not _TIME.search(text) and len(text) <= LONG_TITLE:
        draft.title = text
        return ParsedTitle()
    if len(text) > LONG:
        draft.title = text[:LONG_TITLE].rpartition(" ")[0] or text[:LONG_TITLE]
        draft.title += "…"
        draft.add_note(inline.clean(text, draft.line))
        return ParsedTitle()
    first, *more = _lines(inline.clean(text, draft.line))
    if cited := _CITED.search(first):
        _citation(draft, first, cited)
        add_text(draft, "\n".join(line for line in more if line))
        return ParsedTitle()
    title, sign, sign_text = _boxes(draft, first.strip())
    title = _without_struck(draft, title, inline.account)
    label = inline_labels.split_label(title)
    if not label and not title.startswith("["):
        title = _shortened(draft, title)
    after = ""
    if label:
        emoji, rest = prefixes.split_emoji(label.text)
        title = label.text
        if emoji and rest and not draft.icon and not prefixes.keycap_number(emoji):
            draft.icon, title = emoji, rest
        if label.separator == ":":
            after = label.rest
        else:
            add_text(draft, label.rest)
    _title(draft, title, inline.account)
    rest = "\n".join(line for line in more if line)
    if label and not label.rest and rest and "\n" not in rest:
        after = rest
    elif rest:
        add_text(draft, rest)
    if not draft.title:
        draft.title, after = after or bare(text) or "…", ""
    return ParsedTitle(sign, sign_text, after, is_blank=bool(label and label.separator == ":" and not label.rest))


def _lines(text: str) -> list[str]:
    """Return the lines of an item: hard breaks count, and the end of a first line that is all in bold."""
    first, newline, rest = text.partition("\n")
    label = inline_labels.split_label(first.strip()) if newline and not first.endswith("  ") else None
    return [first.strip(), *hard_lines(rest)] if label and not label.rest else hard_lines(text)


def read_heading(draft: DraftNode, text: str, inline: Inline) -> ParsedTitle:
    """Fill a draft from the text of a heading or of a line in bold that serves as one."""
    if len(text) > LONG:
        return read_item(draft, text, inline)
    text = _ANCHOR.sub("", inline.clean(text, draft.line).replace("  \n", " ")).strip()
    number = ""
    for _ in range(4):  # emoji, number and bold come in any order
        before = text
        emoji, rest = prefixes.split_emoji(text)
        if emoji and rest:
            if prefixes.keycap_number(emoji):
                number = number or emoji
            elif draft.icon:
                draft.title = f"{draft.title}{emoji}"
            else:
                draft.icon = emoji
            text = rest
        label = inline_labels.split_label(text)
        if label and not label.rest:
            text = label.text
        if italic := _ITALIC_LEAD.match(text):
            text = italic[2]
        if not number:
            number, text = prefixes.split_number(text)
        if text == before:
            break
    box = prefixes.split_box(text)
    if box:
        draft.done, text = "true" if box.ticked else "", box.rest
    text = _without_struck(draft, text, inline.account)
    text = text.removesuffix(":").removesuffix("：").rstrip() or text
    _title(draft, text or "…", inline.account)
    return ParsedTitle(number=number)


def _citation(draft: DraftNode, text: str, cited: re.Match[str]) -> None:
    """Fill a draft from a reference such as `LeCun, Y. "**Deep learning**." Nature (2015). [[pdf]](…)`."""
    draft.title = " ".join(cited[1].split())
    rest = f"{text[: cited.start()].strip()} {text[cited.end() :].strip()}"
    for link in _LINK_MARKS.finditer(rest):
        draft.add_link(link[2] or link[3], link[1])
    add_text(draft, " ".join(_LINK_MARKS.sub("", rest).split()))


def add_text(draft: DraftNode, text: str) -> None:
    """Put text below a title where it belongs: one short line is the summary, more is notes."""
    text = text.strip()
    if not text:
        return
    if not draft.summary and not draft.notes and "\n" not in text and len(text) <= LONG_SUMMARY:
        draft.summary = text
    else:
        draft.add_note(text)


def without_namely(title: str, line: int, account: Account) -> str:
    """Return the title of what a list follows without the word that only announces the list."""
    if not (match := _NAMELY.search(title)) or not match.start():
        return title
    account.leave_out(line, "joining word", match[1])
    return title[: match.start()]


def first_sentences(text: str) -> list[str]:
    """Return a text as sentences, roughly."""
    return _SENTENCE.split(text)


def _boxes(draft: DraftNode, text: str) -> tuple[str, str, str]:
    """Take the task box, the done or open sign and the icon from a text's beginning."""
    if box := prefixes.split_box(text):
        draft.done, text = "true" if box.ticked else "", box.rest
        draft.how = "task"
    emoji, rest = prefixes.split_emoji(text)
    first = (emoji or text[:1])[:1]
    if first in prefixes.DONE_SIGNS or first in prefixes.OPEN_SIGNS:
        rest = rest if emoji else text[1:].lstrip("\ufe0f \t")
        if rest:
            return rest, SIGN_DONE if first in prefixes.DONE_SIGNS else SIGN_OPEN, emoji or first
    if emoji and rest and not prefixes.keycap_number(emoji):
        draft.icon, text = emoji, rest
    if text[-1:] in prefixes.DONE_SIGNS and len(text) > 1:
        return text[:-1].rstrip(), SIGN_AT_END, text[-1]
    return text, "", ""


def _without_struck(draft: DraftNode, text: str, account: Account) -> str:
    """Return a title without what its author struck out; where that is all of it, the entry is marked as such."""
    if "~~" not in text or "`" in text:
        return text
    rest = _STRUCK.sub(" ", text)
    if rest == text:
        return text
    if re.match(r"\W*(?:[(（\[–—:：→>-].*)?\Z", rest):
        draft.is_struck_out = True
        return _STRUCK.sub(r"\1", text)
    for struck in _STRUCK.findall(text):
        account.leave_out(draft.line, "struck out", struck)
    return " ".join(rest.split())


def _title(draft: DraftNode, text: str, account: Account) -> None:
    """Set the title: links, hours, `(optional)` and quotes in italics are taken out of it."""
    if "-" in text and not draft.due:
        shorter, draft.due = facts.split_date(text)
        account.leave_out(draft.line, "read as a date", text if shorter != text else "")
        text = shorter
    if not draft.hours:
        shorter, draft.hours = durations.split_trailing(text)
        account.leave_out(draft.line, "read as hours", text[len(shorter) :])
        text = shorter
    if (optional := _OPTIONAL.search(text)) and len(shorter := _OPTIONAL.sub("", text)) > 1:
        account.leave_out(draft.line, "read as optional", optional[0])
        text, draft.optional = shorter, True
    if _DEPRECATED_LABEL.match(text) or _DEPRECATED_NOTE.search(text):
        draft.optional = True
    text = _without_signs(draft, text, account)
    if quoted := _QUOTED.match(text):
        text = quoted[2]
    kind = _KIND_OF_LINK.match(text)
    if text.startswith("[") or kind:
        links = len(draft.links)
        text = _leading_links(draft, text[kind.end() :] if kind else text, account)
        if kind and len(draft.links) > links:
            url, title, _ = draft.links[links]
            draft.links[links] = (url, title, _LINK_KINDS.get(kind["kind"].lower(), kind["kind"].lower()))
    elif text.endswith(("/", ">", ")")) or "://" in text:
        match = _ADDRESS_AT_END.match(text)
        if match and is_safe_url(match[2]) and "](" not in text and "<http" not in match[1]:
            draft.add_link(match[2])
            text = match[1]
    if (label := inline_labels.split_label(text)) and not label.rest:
        text = label.text
    draft.title = " ".join((draft.title + " " + text).split()) if draft.title else " ".join(text.split())


def _without_signs(draft: DraftNode, text: str, account: Account) -> str:
    """Return a title without links that show nothing but a sign at its end: `[🔗](…)`, `[✔️][✔️]`."""
    while (match := _SIGN_AT_END.search(text)) and match.start():
        if match["url"]:
            draft.add_link(match["url"])
        account.leave_out(draft.line, "sign at the end", match["sign"])
        text = text[: match.start()]
    return text


def _leading_links(draft: DraftNode, text: str, account: Account) -> str:
    """Return the title of a text that begins with a link; the link, and others that only follow it, go to `links`."""
    match = LINK.match(text)
    if not match:
        return text
    draft.add_link(match[2] or match[3])
    title, rest = match[1], text[match.end() :]
    if not rest.strip(" .*"):
        return title
    if separator := _SEPARATOR.match(rest):
        add_text(draft, rest[separator.end() :])
        return title
    others = list(LINK.finditer(rest))
    if others and not re.sub(r"[\s()\[\]|,;/·•*&.:–—-]|\b\w{1,4}\b", "", LINK.sub("", rest)):
        account.leave_out(draft.line, "joining word", " ".join(_WORD.findall(LINK.sub("", rest))))
        for other in others:
            draft.add_link(other[2] or other[3], bare(other[1]))
        return title
    return f"{title}{rest}"


def _shortened(draft: DraftNode, text: str) -> str:
    """Return the title of a text too long for one; the rest goes below it."""
    if len(text) <= LONG_TITLE:
        return text
    dash = _DASH.search(text, 3, 100)
    if dash:
        add_text(draft, text[dash.end() :])
        return text[: dash.start()]
    label = inline_labels.split_plain_label(text)
    if label:
        add_text(draft, label.rest)
        return label.text
    first, *rest = first_sentences(text)
    if rest and len(first) <= LONG_TITLE:
        add_text(draft, " ".join(rest))
        return first
    return text
