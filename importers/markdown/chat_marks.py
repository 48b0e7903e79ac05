"""What a chat leaves in its answers: speakers, marks of citations, thinking times, formulas."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..common.draft import Account
from ..languages import any_of

_ASSISTANT = (
    r"(?:chatgpt|gpt-?[\w.]+|assistant|claude|gemini|deepseek|copilot|grok|perplexity|mistral|le chat|bard|ai|model)"
)
_PERSON = (
    r"(?:you said|you|user|human|du hast gesagt|sie sagten|has dicho|dijiste|você disse|vous avez dit|tu as dit|"
    r"hai detto|вы сказали|ви сказали|powiedziałeś|dediniz|你说|你說|あなたの発言|나의 말|لقد قلت|anda berkata|bạn đã nói)"
)
_SPEAKER = re.compile(
    r"\s*(?:#{1,6}\s*)?(?:>\s*)?(?P<mark>[*_]{0,3})"
    rf"(?:(?P<person>{_PERSON})|(?P<assistant>{_ASSISTANT})\b(?P<said>[\w’' ]{{0,16}}))"
    r"\s*(?:[:：]\s*(?P=mark)|(?P=mark)\s*[:：])\s*\Z",
    re.IGNORECASE,
)
_STRUCTURE = re.compile(r"\s*(?:#{1,6}\s|[-*+•]\s|\d+[.)]\s|\||\*\*)")
_THINKING = re.compile(
    r"\s*[*_>]*(?:thought|reasoned|nachgedacht|réflexion|pensó|pensou) .{0,20}\d+ ?\S{1,10}[*_. ]*\Z", re.IGNORECASE
)
_CITATION = re.compile(
    r"\s?(?::contentReference\[oaicite:\d+\](?:\{index=\d+\})?|\[oaicite:\d+\]|【[^【】\n]{1,40}】"
    r"|\[cite(?:_start|_end)?(?:: ?[\d, ]+)?\]|\ue200?(?:file)?cite(?:\ue202?turn\d+[a-z]+\d+)+\ue201?|(?:\ue202|\b)turn\d+(?:search|view|news|file|image|fetch)\d+\ue201?"
    r"|\[\^\d+_\d+\]|[\ue200-\ue206])"
)
_NUMBERED = re.compile(r"(?<=[\w.,;:!?)*”\"'`])\s?(?:\[\d{1,2}\])+(?![(\[:])")
_SOURCE = re.compile(r"\s*(?:[-*+]\s+)?(?:\[\^?\d{1,2}\]:?|\d{1,2}[.)]|[-*+])\s*\S.*")
_SOURCES = re.compile(rf"\s{{0,3}}(?:#{{1,6}}\s*|\*\*)?\W{{0,8}}{any_of('sources')}\W{{0,8}}\Z", re.IGNORECASE)
_FORMULA = re.compile(r"\\\((.{1,200}?)\\\)|\\\[(.{1,200}?)\\\]")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_SIGNS = {
    "cdot": "·",
    "times": "×",
    "leq": "≤",
    "geq": "≥",
    "neq": "≠",
    "to": "→",
    "rightarrow": "→",
    "infty": "∞",
    "approx": "≈",
}


class _Turn(NamedTuple):
    start: int
    """The line that names the speaker, from 0."""
    end: int
    is_answer: bool


def without_marks(text: str, account: Account) -> str:
    """Return the text without what a chat added to it; of several answers the last whole one."""
    rows = text.split("\n")
    _one_answer(rows, account)
    cites = bool(_CITATION.search(text)) or any(_SOURCES.match(row) for row in rows)
    if cites:
        _without_sources(rows, account)
    fenced = False
    for index, row in enumerate(rows):
        if row.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced and row:
            rows[index] = _row(row, index + 1, cites, account)
    return "\n".join(rows)


def _row(row: str, line: int, cites: bool, account: Account) -> str:
    if _THINKING.match(row):
        account.leave_out(line, "thinking time", row)
        return ""

    def drop(match: re.Match[str]) -> str:
        if match[0].startswith("`"):
            return match[0]
        account.leave_out(line, "mark of a citation", match[0])
        return ""

    for form in (_CITATION, _NUMBERED) if cites else ():
        row = re.sub(rf"`[^`]*`|{form.pattern}", drop, row)
    return _FORMULA.sub(lambda match: _plain_formula(match[1] or match[2]), row) if "\\" in row else row


def _plain_formula(formula: str) -> str:
    plain = _COMMAND.sub(lambda match: _SIGNS.get(match[1], match[1]), formula.strip())
    return plain if not re.search(r"[{}^_\\]", plain) else f"`{formula.strip()}`"


def _one_answer(rows: list[str], account: Account) -> None:
    """Blank all turns of a conversation but the last answer that is whole."""
    found = [(index, match) for index, row in enumerate(rows) if len(row) < 60 and (match := _SPEAKER.match(row))]
    asked = any(match["person"] or (match["said"] or "").strip() for _, match in found)
    if not asked or not any(match["assistant"] for _, match in found):  # `Gemini:` alone may head a list
        return
    ends = [index for index, _ in found[1:]] + [len(rows)]
    turns = [_Turn(index, end, bool(match["assistant"])) for (index, match), end in zip(found, ends, strict=True)]
    sizes = {
        turn: sum(1 for row in rows[turn.start : turn.end] if _STRUCTURE.match(row)) for turn in turns if turn.is_answer
    }
    chosen = [turn for turn, size in sizes.items() if size * 2 >= max(sizes.values())][-1]
    if len(sizes) > 1:
        account.notices.append(
            f"The text has {len(sizes)} answers; the one that begins in line {chosen.start + 1} was imported."
        )
    for turn in turns:
        end = turn.start + 1 if turn is chosen else turn.end
        why = "name of a speaker" if turn is chosen else "another answer" if turn.is_answer else "question"
        account.leave_out(turn.start + 1, why, "\n".join(rows[turn.start : end]))
        rows[turn.start : end] = [""] * (end - turn.start)


def _without_sources(rows: list[str], account: Account) -> None:
    """Blank the list of what the answer cites."""
    index = 0
    while index < len(rows):
        if not _SOURCES.match(rows[index]):
            index += 1
            continue
        end = index + 1
        while end < len(rows) and (not rows[end].strip() or _SOURCE.match(rows[end])):
            end += 1
        listed = [row for row in rows[index + 1 : end] if row.strip()]
        if listed and all(re.match(r"\s*(?:[-*+]\s+)?\[\^?\d", row) for row in listed):
            account.leave_out(index + 1, "cited sources", "\n".join(rows[index:end]))
            rows[index:end] = [""] * (end - index)
        index = end
