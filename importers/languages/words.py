"""What the importer must know of a language, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: alternatives of a regular expression, without case, joined by `|`."""

    code: str
    """The BCP 47 tag."""
    common: str
    """The commonest words, between spaces: they tell the language."""
    contents: str
    """Headings of a table of contents."""
    boilerplate: str
    """Headings of sections that are about the document or its makers, never something to learn."""
    about: str
    """Headings of words about the document."""
    intro: str
    """Headings of words about the document where only prose stands below them; else they may be lessons."""
    greeting: str
    """How an answer begins."""
    plan: str
    """What an answer announces."""
    offer: str
    """How an offer of more begins."""
    farewell: str
    hour: str
    minute: str
    day: str
    week: str
    month: str
    per: str
    """What stands between hours and the week: `5 hours per week`."""
    weekdays: str
    duration: str
    """Labels and columns of how long something takes."""
    effort: str
    """Labels and columns of how much time a week it takes."""
    needs: str
    """Labels and columns of what comes first."""
    optional: str
    namely: str
    """What ends a line that a list follows, and says nothing of its own; empty where the language has none."""
    project: str
    """What an entry that is a project begins with."""
    projects: str
    """Headings of projects."""
    questions: str
    """Headings of questions."""
    resources: str
    """Headings of things to read and watch."""
    sources: str
    """Headings of the list of what an answer cites."""
    goal: str
    """Labels of what a section is for."""
    topic: str
    """Columns of titles."""
    content: str
    """Columns of what is in a thing: titles where no other column can be, else a description."""
    done: str
    """Columns of ticks."""
    link: str
    """Columns of links."""
    due: str
    """Labels and columns of dates."""
    start: str
    """Labels of the day on which all begins."""
    deprecated: str
    """What is said of an entry that need not be learnt any more."""
    tips: str
    """Headings of advice on how to learn, where they stand beside the sections of a plan."""
    outcomes: str
    """Headings of what one will have reached in the end, where they stand beside the sections of a plan."""
    fact: str
    """First columns of a table that tells facts of the plan: `Information | Details`."""
    value: str
    """Second columns of such a table."""
