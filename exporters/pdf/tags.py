"""Writing the structure tree (ISO 32000-1, 14.7) and what leads back to it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from .document import Document
from .plan import Tag

_LEAF = 400
"""Entries in one leaf of the parent tree."""


def number_all(root: Tag, document: Document) -> None:
    """Give every element that holds something its object number; empty ones are left out."""
    order: list[Tag] = []
    stack = [root]
    while stack:
        tag = stack.pop()
        order.append(tag)
        stack.extend(kid for kid in tag.kids if isinstance(kid, Tag))
    for tag in reversed(order):  # from the leaves up, so that a parent sees which children stay
        tag.kids = [kid for kid in tag.kids if not isinstance(kid, Tag) or kid.kids]
    for tag in order:
        if tag.kids:
            tag.number = document.reserve()


def write_tree(
    root: Tag, document: Document, pages: Sequence[int], page_tags: Sequence[Sequence[Tag]], annotated: Sequence[Tag]
) -> int:
    """Write all elements; return the number of the tree's root.

    `pages` are the pages' object numbers, `page_tags` the element of each MCID of each page, `annotated` the element of
    each annotation, in the order of their `StructParent`, which follow those of the pages.
    """
    top = document.reserve()
    stack = [root]
    while stack:
        tag = stack.pop()
        if tag.number:
            _write(tag, document, pages, tag.parent.number if tag.parent else top)
        stack.extend(kid for kid in tag.kids if isinstance(kid, Tag))
        tag.kids, tag.parent = [], None  # what is written is let go
    count = len(page_tags) + len(annotated)
    entries = itertools.chain(
        (
            b"%d[%s]" % (index, b" ".join(b"%d 0 R" % tag.number for tag in tags))
            for index, tags in enumerate(page_tags)
        ),
        (b"%d %d 0 R" % (len(pages) + index, tag.number) for index, tag in enumerate(annotated)),
    )
    leaves = []
    for start in range(0, count, _LEAF):
        part = list(itertools.islice(entries, _LEAF))
        limits = (start, start + len(part) - 1)
        leaves.append(document.add(b"<</Limits[%d %d]/Nums[%s]>>" % (*limits, b" ".join(part))))
    parents = document.add(
        b"<</Kids[%s]>>" % b" ".join(b"%d 0 R" % leaf for leaf in leaves) if leaves else b"<</Nums[]>>"
    )
    body = b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>"
    document.add(body % (root.number, parents, count), top)
    return top


def _references(tags: Sequence[Tag]) -> bytes:
    return b" ".join(b"%d 0 R" % tag.number for tag in tags)


def _write(tag: Tag, document: Document, pages: Sequence[int], parent: int) -> None:
    home = next((kid[0] for kid in tag.kids if isinstance(kid, tuple)), None)
    parts = []
    for kid in tag.kids:
        if isinstance(kid, Tag):
            parts.append(b"%d 0 R" % kid.number)
        elif isinstance(kid, int):
            parts.append(b"<</Type/OBJR/Obj %d 0 R>>" % kid)
        elif kid[0] == home:
            parts.append(b"%d" % kid[1])
        else:
            parts.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[kid[0]], kid[1]))
    page = b"/Pg %d 0 R" % pages[home] if home is not None else b""
    role = tag.role.encode()
    kids = b"[%s]" % b" ".join(parts) if len(parts) > 1 else b" " + parts[0]
    document.add(b"<</S/%s/P %d 0 R%s%s/K%s>>" % (role, parent, page, tag.attributes, kids), tag.number)
