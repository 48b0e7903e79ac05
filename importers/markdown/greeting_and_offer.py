"""What stands around the roadmap in an answer: the greeting that announces it, its title, the offer at the end."""

from __future__ import annotations

import re
from pathlib import PurePath

from ..common import prefixes, vocabulary
from ..common.draft import Account, DraftNode, DraftRoadmap
from . import inline_labels, title_parser
from .block_parser import Heading, HeadingLevel, ListBlock, Origin, Paragraph, Rule
from .boilerplate import entries_in, is_prose, is_silent
from .heading_levels import Piece, series_of
from .inline import LONG, Inline, bare
from .lists import ListReader

_KIND = (
    r"(?:learning |study |career |training )?"
    r"(?:roadmap|path|plan|guide|curriculum|syllabus|checklist|course|schedule|program(?:me)?|overview)"
)
_ADJECTIVE = (
    r"(?:a|an|the|your|my|this|structured|comprehensive|complete|detailed|full|step-by-step|beginner-friendly|clear|practical|"
    r"updated|in-depth|ultimate|curated|solid|simple|concise|quick|well-structured|organi[sz]ed|extensive|thorough|progressive|"
    r"focused|tailored|personali[sz]ed|customi[sz]ed|detailed,|high-level|useful|great|modern|all|key|important|essential)"
)
_KIND_FIRST = re.compile(
    rf"(?:{_ADJECTIVE},?\s+)*(?P<kind>{_KIND})\s+(?:specifically\s+|especially\s+)?(?P<link>for|to|of|on|in|towards?)\s+(?P<rest>.+)\Z",
    re.IGNORECASE,
)
_KIND_LAST = re.compile(rf"(?:{_ADJECTIVE},?\s+)*(?P<rest>.+?)\s+(?P<kind>{_KIND})\Z", re.IGNORECASE)
_LIST_OF = re.compile(
    rf"(?:{_ADJECTIVE},?\s+)*(?:list|breakdown|overview|collection|set|outline|summary)\s+of\s+(?:{_ADJECTIVE}\s+)*(?P<rest>.+)\Z",
    re.IGNORECASE,
)
_MASTER = re.compile(
    r"(?:master|learn|become an?|become|mastering|learning|becoming an?)\s+(?P<rest>.+)\Z", re.IGNORECASE
)
_DOING = re.compile(
    r"(?:mastering|learning|master|learn|studying|becoming an?|become an?|understanding|getting into)\s+", re.IGNORECASE
)
_WHEN = re.compile(r"\s+(?:in \d.*|in the context .*|from .*|within .*|over .*|step[- ]by[- ]step.*)\Z", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\s*\(([^()]*)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__", re.DOTALL)
_PLAIN_PHRASE = re.compile(
    rf"\b(?:{_ADJECTIVE}\s+)+(?P<phrase>(?:[\w/+#.-]+\s+){{0,5}}{_KIND}(?:\s+(?:specifically\s+|especially\s+)?(?:for|to|of|on)\s+[^.,:;!?—–]+)?)",
    re.IGNORECASE,
)
_BEGINS_WITH_PLAN = re.compile(
    rf"(?:a |an |the |your |this is an? )?(?P<title>(?:[\w/+#-]+\s+){{1,4}}?{_KIND}"
    r"(?:\s+(?:for|to)\s+(?!help|get|make|guide)[^.,:;!?—–]{3,60}?)?)"
    r"\s+(?:to (?:help|get|make|guide)|that|which|designed|made|for you)\b",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"(?:<img\b[^<>]*>|!\[[^\[\]]*\]\([^()]*\)|\s)+", re.IGNORECASE)
_ALT = re.compile(r"<img\b[^<>]*\balt=[\"']([^\"'<>]{3,60})[\"']", re.IGNORECASE)
_NO_NAME = re.compile(r"logo|banner|badge|cover|screenshot|image|picture|header|icon|preview", re.IGNORECASE)
_DIVIDED = re.compile(
    r"\b(?:divided|organi[sz]ed|grouped|split|categori[sz]ed|structured|broken\s+down|tailored|for)\b", re.IGNORECASE
)
_TOP_LEVEL = HeadingLevel(1)
_ALL_ROLES = re.compile(r"\(all (?:roles|levels|tracks|developers)\)", re.IGNORECASE)


def take_title(pieces: list[Piece], roadmap: DraftRoadmap, inline: Inline, name: str) -> list[Piece]:
    """Set the roadmap's title; return the pieces without the heading that gave it.

    It comes from the front matter, a first heading above all others, the phrase that a greeting announces, or the name.
    """
    headings = [piece for piece in pieces if isinstance(piece, Heading)]
    first = headings[0] if headings else None
    if roadmap.title:  # the front matter named it
        if not (first and first.level == _TOP_LEVEL and _is_title(first, headings)):
            return pieces
        inline.account.leave_out(first.line, "second title", first.text)
        return [piece for piece in pieces if piece is not first]
    preamble = [piece for piece in _until_heading(pieces) if isinstance(piece, Paragraph)]
    announcing = next((piece for piece in preamble if _announces(piece.text)), None)
    announced = announced_title(inline.clean(announcing.text, announcing.line)) if announcing else ""
    only_section = len(headings) == 1 and bool(announced) and not vocabulary.PLAN.search(bare(headings[0].text))
    is_first = bool(first) and pieces[0] is first and is_prose(_until_heading(pieces[1:]))
    if first and not only_section and _is_title(first, headings, is_first=is_first):
        draft = DraftNode("", first.line)
        read = title_parser.read_heading(draft, first.text, inline)
        inline.account.leave_out(first.line, "number of a heading", read.number)
        if not vocabulary.GENERIC_TITLE.match(bare(draft.title)):
            inline.account.understood.append((first.line, "title", draft.title))
            roadmap.title = _spaced(draft.title)
            for text in (draft.summary, draft.notes):
                roadmap.description = f"{roadmap.description}\n\n{text}".strip("\n") if text else roadmap.description
            for url, _, _ in draft.links:
                inline.account.leave_out(first.line, "address of the title", url)
            return [piece for piece in pieces if piece is not first]
    if announcing:
        roadmap.title = announced
        inline.account.understood.append((announcing.line, "title", roadmap.title))
    elif preamble and pieces[0] is preamble[0] and (sentence := _sentence_title(preamble[0].text)):
        roadmap.title = sentence
        inline.account.understood.append((preamble[0].line, "title", sentence))
    elif named := next((piece for piece in preamble if _names_plan(piece.text)), None):
        roadmap.title = prefixes.split_emoji(bare(inline.clean(named.text, named.line)))[1].rstrip(" :：\ufe0f⬆⬇")
        inline.account.understood.append((named.line, "title", roadmap.title))
        return [piece for piece in pieces if piece is not named]
    roadmap.title = roadmap.title or _banner_title(pieces) or name_title(name)
    return pieces


def _names_plan(text: str) -> bool:
    """Whether a short line, no sentence, names a plan: `3-Month Sabbatical Plan`."""
    plain = bare(text[:400])
    short = len(text) < 400 and len(plain) <= 60 and "\n" not in text and not plain.endswith((".", "!", "?", ":", "："))
    return short and bool(vocabulary.PLAN.search(plain)) and "](" not in text


def _sentence_title(text: str) -> str:
    """Return the title that a first sentence begins with: `35-day study plan to help you …`; or nothing."""
    match = _BEGINS_WITH_PLAN.match(bare(text[:LONG]))
    return _capital(match["title"].strip()) if match else ""


def _spaced(title: str) -> str:
    """Return `Learn_ML_in_3_Months`, the name of a repository, as words."""
    return title.replace("_", " ") if " " not in title and title.count("_") > 1 and "`" not in title else title


def _banner_title(pieces: list[Piece]) -> str:
    """Return what the picture at the top of a README says in its place."""
    for piece in _until_heading(pieces)[:6]:
        if isinstance(piece, Paragraph) and _PICTURE.fullmatch(piece.text.strip()) and (alt := _ALT.search(piece.text)):
            return "" if _NO_NAME.search(alt[1]) else " ".join(alt[1].split())
    return ""


def _is_title(first: Heading, headings: list[Heading], *, is_first: bool = False) -> bool:
    """Whether the first heading is the document's title; `is_first` says that nothing but prose stands around it."""
    if first.html:
        return len(headings) > 1
    if len(headings) > 2 and headings[1].line <= first.end + 2 and headings[1].level == first.level:
        numbered = prefixes.split_number(bare(headings[1].text))[0] and not prefixes.split_number(bare(first.text))[0]
        if numbered or vocabulary.ANNOUNCEMENT.search(bare(first.text)):
            return True
    top = min(heading.level for heading in headings)
    peers = [heading for heading in headings[1:] if heading.level == first.level]
    if (series := series_of(first.text)) and any(series_of(peer.text) == series for peer in peers):
        return False
    if vocabulary.CONTENTS.match(bare(first.text)):
        return False
    if first.level != top:  # `### Plan` above several `## Phase`
        above = [heading for heading in headings if heading.level == headings[1].level]
        return is_first and headings[1].level < first.level and len(above) > 1 and not first.level.is_inferred
    if not peers or (first.level == _TOP_LEVEL and not prefixes.split_number(bare(first.text))[0]):
        return True
    inside = headings.index(peers[0]) - 1
    names_it = [heading for heading in (first, *peers) if vocabulary.PLAN.search(bare(heading.text))]
    return names_it == [first] and inside * 2 >= len(headings)


def announced_title(text: str) -> str:
    """Return the title that a greeting announces (`Here's a **structured roadmap for mastering X**`), or nothing."""
    for bold in _BOLD.finditer(text):
        phrase = " ".join((bold[1] or bold[2]).split()).rstrip(".:,!")
        if title := _phrase_title(phrase):
            return title
    for sentence in title_parser.first_sentences(bare(text))[:3]:
        if match := _PLAIN_PHRASE.search(sentence):
            return _phrase_title(match["phrase"].strip()) or _capital(match["phrase"].strip())
    last = title_parser.first_sentences(bare(text))[-1]
    if last.endswith((":", "：")) and (plan := vocabulary.PLAN.search(last)):
        phrase = last[plan.start() :].rstrip(" :：")
        if 2 < len(phrase.split()) <= 12:
            return _capital(phrase)
    first = _BOLD.search(text)
    phrase = " ".join((first[1] or first[2]).split()).rstrip(".:,!") if first else ""
    return _capital(phrase) if 1 < len(phrase.split()) <= 12 else ""


def _phrase_title(phrase: str) -> str:
    if match := _KIND_FIRST.match(phrase):
        rest = _DOING.sub("", match["rest"], count=1) if _DOING.match(match["rest"]) else match["rest"]
        subject = _WHEN.sub("", _without_abbreviation(rest))
        if len(subject.split()) <= 5:
            return f"{_capital(subject)} {match['kind'].title()}"
        return _capital(f"{match['kind']} {match['link']} {_without_abbreviation(match['rest'])}")
    if match := _KIND_LAST.match(phrase):
        return f"{_capital(_without_abbreviation(match['rest']))} {match['kind'].title()}"
    if match := _LIST_OF.match(phrase):
        return _capital(match["rest"])
    if match := _MASTER.match(phrase):
        return f"{_capital(_without_abbreviation(match['rest']))} Roadmap"
    return ""


def _without_abbreviation(text: str) -> str:
    """Return `Machine Learning` of `Machine Learning (ML)`, and `AWS` of `AWS (Amazon Web Services)`."""

    def keep(match: re.Match[str]) -> str:
        before, inside = text[: match.start()].split(), match[1].split()
        initials = "".join(word[0] for word in before).upper()
        expanded = "".join(word[0] for word in inside).upper()
        short = inside[0].upper().rstrip("S") if len(inside) == 1 else ""
        is_one = (short and initials.endswith(short)) or (before and before[-1].upper() == expanded and len(inside) > 1)
        return "" if is_one else match[0]

    return _PARENTHESIS.sub(keep, text).strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def name_title(name: str) -> str:
    """Return a title made of a file's name, or of its folder's where it is called README."""
    path = PurePath(name.replace("\\", "/"))
    stem = path.stem if path.stem.lower() not in ("readme", "index", "-", "") else path.parent.name
    words_of = " ".join(re.split(r"[\s_-]+", stem)).strip()
    return _capital(words_of.lower() if words_of.isupper() and len(words_of) > 4 else words_of) or "Roadmap"


def _until_heading(pieces: list[Piece]) -> list[Piece]:
    end = next((index for index, piece in enumerate(pieces) if isinstance(piece, Heading)), len(pieces))
    return pieces[:end]


def _announces(text: str) -> bool:
    """Whether a paragraph greets and announces what follows, if only with its last sentence: `Here is a plan:`."""
    if len(text) > LONG:
        return False
    plain = bare(text)
    if vocabulary.ANNOUNCING.match(plain):
        return True
    last = title_parser.first_sentences(plain)[-1]
    return last.endswith((":", "：")) and bool(vocabulary.ANNOUNCING.match(last) and vocabulary.PLAN.search(last))


def take_closing(pieces: list[Piece], lines: list[str], account: Account) -> list[Piece]:
    """Return the pieces without the offer and the farewell at the end."""
    kept = [
        piece
        for index, piece in enumerate(pieces)
        if not (index >= len(pieces) - 3 and _takes_leave(piece, pieces[index + 1 :], account))
    ]
    while kept:
        last = kept[-1]
        if is_silent(last):
            kept.pop()
            continue
        if isinstance(last, ListBlock) and _take_last_item(last, account):
            continue
        if isinstance(last, Paragraph) and (why := _is_closing(last.text)):
            account.leave_out(last.line, why, _source(last, lines))
            kept.pop()
        elif offered := _offered(kept):
            for piece in kept[-offered:]:
                account.leave_out(piece.line, "closing offer", _source(piece, lines))
            del kept[-offered:]
        else:
            return kept
    return kept


def _take_last_item(block: ListBlock, account: Account) -> bool:
    """Take the very last item of a list, however deep, where it is an offer: `- Would you like more?`"""
    items = block.items
    while items[-1].blocks and isinstance(inner := items[-1].blocks[-1], ListBlock):
        items = inner.items
    only = items[-1].blocks
    if len(items) < 2 or len(only) != 1 or not isinstance(only[0], Paragraph):
        return False
    if not vocabulary.OFFER.match(_unmarked(only[0].text)) or not only[0].text.endswith("?"):
        return False
    account.leave_out(only[0].line, "closing offer", only[0].text)
    items.pop()
    return True


def _takes_leave(piece: Piece, after: list[Piece], account: Account) -> bool:
    """Whether a heading or a line in bold is a farewell that no more than a few words follow, which is recorded."""
    if not isinstance(piece, Heading) or not is_prose(after) or _is_closing(piece.text) != "farewell":
        return False
    account.leave_out(piece.line, "farewell", piece.text)
    return True


def _offered(pieces: list[Piece]) -> int:
    """Return of how many pieces an offer at the end consists: its question, its list, and a last word after it."""
    words = 1 if isinstance(pieces[-1], Paragraph) and len(pieces[-1].text) <= LONG else 0
    lists = 1 if len(pieces) > words and isinstance(pieces[-1 - words], ListBlock) else 0
    asking = pieces[-1 - words - lists] if len(pieces) > words + lists else None
    asks = isinstance(asking, (Paragraph, Heading)) and bool(vocabulary.OFFER.match(_unmarked(asking.text)))
    if (
        not asks
        or not isinstance(asking, (Paragraph, Heading))
        or not asking.text.rstrip("* ").endswith((":", "?", "：", "？"))
    ):
        return 0
    return 1 + words + lists


def _is_closing(text: str) -> str:
    if len(text) > LONG:
        return ""
    plain = _unmarked(text)
    if vocabulary.OFFER.match(plain):
        return "closing offer"
    if vocabulary.FAREWELL.match(plain) and len(plain) < 120:
        return "farewell"
    sentences = title_parser.first_sentences(plain)
    return "closing offer" if len(plain) < 400 and vocabulary.OFFER.match(sentences[-1]) and plain.endswith("?") else ""


def _unmarked(text: str) -> str:
    return prefixes.split_emoji(bare(text).lstrip("> "))[1]


def _source(piece: Piece, lines: list[str]) -> str:
    if isinstance(piece, (Paragraph, Heading)):
        return piece.text
    return "\n".join(lines[piece.line - 1 : piece.end])


def take_preamble(pieces: list[Piece], roadmap: DraftRoadmap, lists: ListReader) -> list[Piece]:
    """Make the description of what comes before the first heading, without the greeting; return the rest."""
    if not any(isinstance(piece, Heading) for piece in pieces):
        return _take_leading_text(pieces, roadmap, lists)
    preamble = _opening(pieces)
    rest = pieces[len(preamble) :]
    if entries_in(preamble) > entries_in(rest):  # the list before the first heading is the roadmap
        return [*_take_leading_text(preamble, roadmap, lists), *rest]
    parts: list[str] = []
    for piece in preamble:
        if is_silent(piece):
            continue
        if isinstance(piece, Paragraph) and _PICTURE.fullmatch(piece.text.strip()):
            lists.inline.account.leave_out(piece.line, "picture", piece.text)
            continue
        text = lists.markdown(piece)  # type: ignore[arg-type]  # the end of a fold is silent
        if isinstance(piece, Paragraph):
            text = _without_greeting(text, piece.line, lists.inline.account)
        if text:
            parts.append(text)
            lists.inline.account.understood.append((piece.line, "description", text))
    _describe(roadmap, parts)
    return pieces[len(preamble) :]


def _opening(pieces: list[Piece]) -> list[Piece]:
    """Return what comes before the first section; a single line in bold before real headings does not begin one."""
    headings = [index for index, piece in enumerate(pieces) if isinstance(piece, Heading)]
    levels = [piece.level for piece in pieces if isinstance(piece, Heading)]
    if len(levels) > 2 and levels[0].is_inferred and levels[1].origin is Origin.WRITTEN:
        return pieces[: headings[1]]
    return pieces[: headings[0]]


def _take_leading_text(pieces: list[Piece], roadmap: DraftRoadmap, lists: ListReader) -> list[Piece]:
    """Without headings: the paragraphs before the first list are the description."""
    end = next((index for index, piece in enumerate(pieces) if not isinstance(piece, (Paragraph, Rule))), len(pieces))
    parts = []
    for piece in pieces[:end]:
        if isinstance(piece, Paragraph):
            text = _without_greeting(lists.markdown(piece), piece.line, lists.inline.account)
            if text:
                parts.append(text)
                lists.inline.account.understood.append((piece.line, "description", text))
    _describe(roadmap, parts)
    return pieces[end:]


def _describe(roadmap: DraftRoadmap, parts: list[str]) -> None:
    text = "\n\n".join(parts)
    roadmap.description = f"{roadmap.description}\n\n{text}".strip("\n") if text else roadmap.description


def _without_greeting(text: str, line: int, account: Account) -> str:
    """Return a paragraph without the sentences that greet and announce, or the paragraph as it is."""
    if not _announces(text):
        return text
    sentences = title_parser.first_sentences(text)
    end = next((i + 1 for i, sentence in enumerate(sentences) if vocabulary.ANNOUNCEMENT.search(bare(sentence))), 1)
    rest = [sentence for sentence in sentences[end:] if not vocabulary.OFFER.match(bare(sentence))]
    offers = [sentence for sentence in sentences[end:] if vocabulary.OFFER.match(bare(sentence))]
    if not re.search(r"\w", " ".join(rest)):
        offers, rest = rest + offers, []
    account.leave_out(line, "greeting", " ".join(sentences[:end] + offers))
    return " ".join(rest)


def set_tags(roadmap: DraftRoadmap, pieces: list[Piece]) -> None:
    """Tag sections by the roles that the greeting says the roadmap is divided into, where at least two are found."""
    text = next(
        (piece.text for piece in _until_heading(pieces) if isinstance(piece, Paragraph) and _announces(piece.text)),
        "",
    )
    terms = _terms(title_parser.first_sentences(text))
    found: dict[str, tuple[str, list[DraftNode]]] = {}
    for term in terms:
        for section in roadmap.sections:
            common = _common(term, bare(section.title))
            if common:
                found.setdefault(term, ("-".join(common), []))[1].append(section)
    if len(found) < 2 or len(found) * 2 < len(terms):
        return
    for term, (name, sections) in found.items():
        roadmap.tags[name] = {"title": _capital(term)}
        for section in sections:
            section.tags.append(name)
    for section in roadmap.sections:
        if _ALL_ROLES.search(section.title):
            section.tags = list(roadmap.tags)


def _terms(sentences: list[str]) -> list[str]:
    for sentence in sentences:
        bolds = [(match.start(), bare(match[1] or match[2])) for match in _BOLD.finditer(sentence)]
        starts = [match.end() for match in _DIVIDED.finditer(sentence)]
        if len(bolds) < 2 or not starts or not vocabulary.ANNOUNCEMENT.search(bare(sentence)):
            continue
        inside = [bold for start, bold in bolds[1:] if start > starts[0]]
        terms = []
        for bold in inside:
            enumeration = inline_labels.split_list(bold)
            terms += enumeration.parts if enumeration else [bold]
        if len(terms) > 1:
            return terms
    return []


def _common(term: str, title: str) -> list[str]:
    """Return the words of a term that a title has too, when the first is among them: `sde`, `interview`."""
    of_title = {word.lower().replace("-", "") for word in re.findall(r"[\w-]+", title)}
    result = []
    for index, word in enumerate(re.findall(r"[\w-]+", term.lower())):
        stem = word.replace("-", "").removesuffix("s")
        if any(other.startswith(stem) and len(other) <= len(stem) + 2 for other in of_title):
            result.append(re.sub(r"[^a-z0-9]+", "-", word).strip("-"))
        elif index == 0:
            return []
    return [word for word in result if word]
