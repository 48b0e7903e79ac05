"""What a file says of itself: information dictionary, XMP, catalog."""

from __future__ import annotations

import json
from unicodedata import category

from ... import __version__
from ...core import text as markdown
from ...core.snapshot import Snapshot
from .strings import text_string

ABOUT = "roadpress:about"
"""The name of the hidden field that `field_value` is the value of; no id holds a colon."""


def creator() -> str:
    """Return the program and its version."""
    return f"roadpress {__version__}"


def info(snapshot: Snapshot) -> bytes:
    """Return the entries of the information dictionary; the day is the snapshot's, so that bytes repeat."""
    day = f"D:{snapshot.today:%Y%m%d}000000Z".encode()
    title = markdown.plain(snapshot.roadmap.title)
    author = ", ".join(snapshot.roadmap.authors)
    parts = [b"/Title", text_string(title), b"/Creator", text_string(creator()), b"/Producer", text_string(creator())]
    if snapshot.learner:
        parts += [b"/Learner", text_string(snapshot.learner)]
    if author:
        parts += [b"/Author", text_string(author)]
    parts += [b"/CreationDate(%s)/ModDate(%s)" % (day, day)]
    return b"".join(parts)


def field_value(snapshot: Snapshot) -> str:
    """Return what the hidden field holds: whose the book is, and which roadmap's."""
    learner = {"learner": snapshot.learner} if snapshot.learner else {}
    return json.dumps({"roadpress": 1, "title": snapshot.roadmap.title, **learner})


def metadata(snapshot: Snapshot) -> bytes:
    """Return the XMP packet (ISO 16684-1) with the PDF/UA identification (ISO 14289-1, 5)."""
    roadmap = snapshot.roadmap
    title = _xml(markdown.plain(roadmap.title))
    language = _xml(roadmap.language)
    authors = "".join(f"<rdf:li>{_xml(author)}</rdf:li>" for author in roadmap.authors)
    creators = f"<dc:creator><rdf:Seq>{authors}</rdf:Seq></dc:creator>" if authors else ""
    day = f"{snapshot.today.isoformat()}T00:00:00Z"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>{creators}
<xmp:CreatorTool>{creator()}</xmp:CreatorTool><pdf:Producer>{creator()}</pdf:Producer>
<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


def _xml(text: str) -> str:
    """Return a text for XML 1.0 (2.2), which has no control characters; what joins letters stays."""
    text = "".join([char if char.isprintable() or category(char) == "Cf" else " " for char in text])
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
