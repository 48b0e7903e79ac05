"""A draft to the YAML that a person likes to edit: block style, quotes only where needed, stable order, few comments.

A YAML library would write the same data, but not choose the short form, not explain itself, and not in linear time
worth speaking of: 100,000 entries take seconds here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from ...core.roadmap_file.format import NODE, FieldType
from ...core.yaml_text import UNPRINTABLE, flow, quoted, scalar
from .draft import DraftNode, DraftRoadmap

_SCHEMA_LINE = "# yaml-language-server: $schema="
"""By which editors find the JSON Schema that completes and checks a file."""
_HINT = "# Any entry may also have notes, links, hours, needs, due, tags, optional and done; `roadpress new` shows them all."  # noqa: E501 - one line of the file
_COMMENTS = {
    "tags": "what an entry's `tags` may name",
    "sections": "each has topics, and those have items; an entry with nothing below it is what you tick",
    "kind: question": "one to be able to answer",
    "kind: project": "something to build",
    "kind: resource": "something to read, watch or attend",
    "kind: milestone": "a point to have reached",
    "hours: range": "of work, at least and at most",
    "needs": "ids of what comes first",
    "due": "a fixed date",
    "optional": "counts apart",
    "done": "ticked already",
}
"""What the first of each kind is explained with."""


def yaml_text(roadmap: DraftRoadmap, *, comments: bool = True, schema: str = "") -> str:
    """Return a roadmap as the text of a roadmap.yaml, format 1; `schema` is where its JSON Schema lies, for editors."""
    writer = _Writer(comments=comments)
    begin = f"{_SCHEMA_LINE}{schema}\n" if schema else ""
    return begin + "\n".join(writer.roadmap(roadmap)) + "\n"


def field_lines(draft: DraftNode) -> list[str]:
    """Return the lines of an entry's keys without its title and children, at the margin."""
    return _Writer(comments=False).fields(draft, "")


def text_lines(key: str, text: str) -> list[str]:
    """Return the lines of a key with a text, at the margin."""
    return list(_Writer(comments=False).text(key, text, ""))


class _Writer:
    def __init__(self, *, comments: bool) -> None:
        self.comments = dict(_COMMENTS) if comments else {}
        self.with_hint = comments

    def roadmap(self, roadmap: DraftRoadmap) -> Iterator[str]:
        if self.with_hint:
            yield _HINT
        yield "roadpress: 1"
        yield f"title: {scalar(roadmap.title)}"
        if roadmap.description:
            yield from self.text("description", roadmap.description, "")
        if len(roadmap.authors) == 1:
            yield f"author: {scalar(roadmap.authors[0])}"
        elif roadmap.authors:
            yield f"author: [{', '.join(map(flow, roadmap.authors))}]"
        if roadmap.learner:
            yield f"learner: {scalar(roadmap.learner)}"
        for key in ("language", "start", "pace"):
            value = getattr(roadmap, key)
            if value:
                yield f"{key}: {value if isinstance(value, str) else _json(value)}"
        if roadmap.tags:
            yield ""
            yield self.explained("tags", "tags:")
            for name, tag in roadmap.tags.items():
                yield f"  {scalar(name)}: {{{', '.join(f'{key}: {flow(value)}' for key, value in tag.items())}}}"
        if roadmap.exports:
            yield "exports:"
            for name, options in roadmap.exports.items():
                yield f"  {scalar(name)}: {_json(options)}"
        yield ""
        if not roadmap.sections:
            yield "sections: []"
            return
        yield self.explained("sections", "sections:")
        for index, section in enumerate(roadmap.sections):
            if index and (section.children or roadmap.sections[index - 1].children):
                yield ""
            yield from self.node(section, 1)

    def node(self, draft: DraftNode, depth: int) -> Iterator[str]:
        """Yield the lines of an entry and of all below it; a generator a level would cost its depth for every line."""
        stack: list[tuple[DraftNode, int]] = [(draft, depth)]
        while stack:
            current, level = stack.pop()
            indent = "  " * (2 * level - 1)
            fields = self.fields(current, indent + "  ")
            if not fields and not current.children:
                yield f"{indent}- {scalar(current.title)}"
                continue
            yield f"{indent}- title: {scalar(current.title)}"
            yield from fields
            if current.children:
                yield f"{indent}  {'topics' if level == 1 else 'items'}:"
                stack.extend((child, level + 1) for child in reversed(current.children))

    def fields(self, draft: DraftNode, indent: str) -> list[str]:
        """Return the lines of an entry's keys between its title and its children."""
        lines = [f"{indent}id: {draft.id}"] if draft.id else []
        for key, write, usual in _FIELDS:
            if (value := getattr(draft, key)) and value != usual:
                lines += write(self, key, value, indent)
        return lines

    def line(self, key: str, value: str, indent: str) -> Iterator[str]:
        """Yield the line of a text of one line."""
        yield f"{indent}{key}: {scalar(value)}"

    def sign(self, key: str, value: str, indent: str) -> Iterator[str]:
        """Yield the line of an emoji or sign, always in quotes."""
        yield f"{indent}{key}: {quoted(value)}"

    def names(self, key: str, value: list[str], indent: str) -> Iterator[str]:
        """Yield the line of a list of names."""
        yield indent + self.explained(key, f"{key}: [{', '.join(map(flow, value))}]")

    def value(self, key: str, value: str, indent: str) -> Iterator[str]:
        """Yield the line of a value that needs no quotes."""
        yield indent + self.explained(key, f"{key}: {value}")

    def hours(self, key: str, value: str, indent: str) -> Iterator[str]:
        """Yield the line of hours, a number or a range."""
        line = f"{key}: {value}"
        yield indent + (self.explained("hours: range", line) if "-" in value else line)

    def choice(self, key: str, value: str, indent: str) -> Iterator[str]:
        """Yield the line of one of several values."""
        yield indent + self.explained(f"{key}: {value}", f"{key}: {value}")

    def flag(self, key: str, _: bool, indent: str) -> Iterator[str]:
        """Yield the line of what is true."""
        yield indent + self.explained(key, f"{key}: true")

    def links(self, key: str, links: list[tuple[str, str, str]], indent: str) -> Iterator[str]:
        """Yield the lines of links; a single bare address stands on the key's own line."""
        if len(links) == 1 and not links[0][1] and not links[0][2]:
            yield f"{indent}{key}: [{flow(links[0][0])}]"
            return
        yield f"{indent}{key}:"
        for url, title, kind in links:
            if not title and not kind:
                yield f"{indent}  - {scalar(url)}"
                continue
            parts = [f"title: {flow(title)}"] if title else []
            parts += [f"url: {flow(url)}"] + ([f"kind: {kind}"] if kind else [])
            yield f"{indent}  - {{{', '.join(parts)}}}"

    def text(self, key: str, text: str, indent: str) -> Iterator[str]:
        """Yield the lines of a text, in literal style when it has several."""
        body = text.rstrip("\n")
        ends = len(text) - len(body)
        if "\n" not in text or not body.strip() or ends > 1 or UNPRINTABLE.search(re.sub(r"[\n\t]", "", text)):
            yield f"{indent}{key}: {scalar(text)}"
            return
        first = next(line for line in body.split("\n") if line.strip())
        hint = "2" if first[0] in " \t" or body[0] == "\n" else ""
        yield f"{indent}{key}: |{hint}{'' if ends else '-'}"
        for line in body.split("\n"):
            yield f"{indent}  {line}" if line else ""

    def explained(self, kind: str, line: str) -> str:
        """Return a line, with its comment when it is the first of its kind."""
        comment = self.comments.pop(kind, "")
        return f"{line}  # {comment}" if comment else line


_WRITERS: dict[FieldType, Callable[[_Writer, str, Any, str], Iterator[str]]] = {
    FieldType.SIGN: _Writer.sign,
    FieldType.LINE: _Writer.line,
    FieldType.BLOCKS: _Writer.text,
    FieldType.NAMES: _Writer.names,
    FieldType.NODES: _Writer.names,
    FieldType.LINKS: _Writer.links,
    FieldType.HOURS: _Writer.hours,
    FieldType.DATE: _Writer.value,
    FieldType.CHOICE: _Writer.choice,
    FieldType.FLAG: _Writer.flag,
    FieldType.DONE: _Writer.value,
}
_FIELDS = [(field.key, _WRITERS[field.type], field.choices[0].value if field.choices else "") for field in NODE]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
