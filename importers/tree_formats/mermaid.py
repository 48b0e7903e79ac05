"""Mermaid's mind maps (mermaid.js.org/syntax/mindmap): lines whose indentation says what is below what."""

from __future__ import annotations

import html
import re

from ..common import kind_inference, prefixes
from ..common.draft import Account, DraftNode, DraftRoadmap, Imported
from ..common.plain_text import as_markdown
from .common import settle

_SHAPES = (("((", "))"), ("{{", "}}"), ("))", "(("), ("[", "]"), ("(", ")"), (")", "("))
_SHAPED = re.compile(r"[^\[\](){}\"]*?(\(\(|\{\{|\)\)|\[|\(|\))")
_CODE = re.compile(r"#(\d{1,7}|[a-zA-Z]{2,10});")


def read(text: str, name: str) -> Imported:
    """Return the roadmap in a mind map; its root gives the title. Raises ValueError when it is none."""
    account = Account()
    rows = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    start = next((index for index, (_, line) in enumerate(rows) if line.strip() == "mindmap"), -1)
    if start < 0:
        raise ValueError("It is no mind map of Mermaid: there is no line `mindmap`.")
    top = DraftNode("")
    above: list[tuple[int, DraftNode]] = [(-1, top)]
    for number, line in rows[start + 1 :]:
        said = line.strip()
        if said.startswith("```"):
            break
        if said.startswith("%%"):
            account.leave_out(number, "comment", said)
        elif said.startswith(("::icon(", ":::")):
            account.leave_out(number, "icon", said)
        else:
            indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
            while above[-1][0] >= indent:
                above.pop()
            draft = _draft(said.partition(":::")[0].strip(), number)
            above[-1][1].children.append(draft)
            above.append((indent, draft))
    roadmap = DraftRoadmap()
    if len(top.children) == 1:
        top = top.children[0]
        roadmap.title = f"{top.icon} {top.title}".strip()
    settle(roadmap, top, name, account)
    kind_inference.set_kinds(roadmap)
    return Imported(roadmap, account)


def _draft(said: str, line: int) -> DraftNode:
    label = said
    if shaped := _SHAPED.match(said):
        closing = dict(_SHAPES)[shaped[1]]
        if said.endswith(closing) and len(said) >= shaped.end() + len(closing):
            label = said[shaped.end() : -len(closing)].strip()
    if len(label) > 1 and label[0] == label[-1] == '"':
        label = label[1:-1]
    is_markdown = len(label) > 1 and label[0] == label[-1] == "`"
    label = " ".join(re.sub(r"<br\s*/?>", " ", label.strip("`") if is_markdown else label).split())
    label = _CODE.sub(_character, label)
    done = ""
    if label[:2] in ("✓ ", "– "):  # as `roadpress mermaid` marks what is done, and what is skipped
        done = "true" if label[0] == "✓" else ""
        label = label[2:]
    icon, title = prefixes.split_emoji(label)
    if icon and not title:
        icon, title = "", icon
    return DraftNode(title if is_markdown else as_markdown(title), line, "node", icon=icon, done=done)


def _character(code: re.Match[str]) -> str:
    found = html.unescape(f"&#{code[1]};" if code[1].isdigit() else f"&{code[1]};")
    return " " if found in "\n\t\r" else found
