"""The words that rules go by, of all languages at once: a document may mix them."""

from __future__ import annotations

import re

from ..languages import any_of, opening, whole

CONTENTS = whole("contents")
BOILERPLATE = whole("boilerplate")
"""Sections about the document, its makers and its users: never something to learn."""
ABOUT = whole("about")
INTRODUCTION = whole("about", "intro")
ADVICE = whole("tips", "outcomes")
"""Sections of advice, and of what one will have reached: nothing to tick where they stand beside the plan's own."""
GOAL = re.compile(rf"\W{{0,8}}{any_of('goal')}\s?[:：–—-]\s*(?=\S)", re.IGNORECASE)
FINAL_PROJECT = re.compile(r"\b(?:final|capstone)[- ]project\W*\Z", re.IGNORECASE)
LICENCE = re.compile(
    r"\W*(?:licen[cs]e|licen[cs]ing|copyright|lizenz|licencia|licença|许可证|许可|лицензия|مجوز انتشار)\W*\Z",
    re.IGNORECASE,
)
GENERIC_TITLE = re.compile(
    r"(?:summary|introduction|intro|overview|about(?: this.*)?|welcome|preface|foreword|prerequisites|getting started|"
    r"what is (?:this|it)\??|disclaimer|motivation|goals?|community|news|notes?)\W*\Z",
    re.IGNORECASE,
)
ANNOUNCING = opening("greeting")
PLAN = re.compile(rf"(?<![a-z]){any_of('plan')}(?![a-z])", re.IGNORECASE)
ANNOUNCEMENT = re.compile(
    r"\b(?:here['’]?s|here is|here are|below is|below are|following|i['’]ve (?:created|prepared|put|made)|let['’]s)\b"
    rf"|{PLAN.pattern}",
    re.IGNORECASE,
)
OFFER = opening("offer")
FAREWELL = re.compile(rf"\W{{0,8}}{any_of('farewell')}[^\w]*(?:[\w ]{{0,40}})\W*\Z", re.IGNORECASE)
QUESTIONS = re.compile(
    r"\b(?:interview|practice|sample|review|common|behaviou?ral|technical|mock|discussion|self[- ](?:check|test))?\s*"
    rf"(?:questions|q\s?&\s?a)\b|\bquiz(?:zes)?\W*\Z|(?<![^\W\d_])(?!quiz){any_of('questions')}\W*\Z|面试题",
    re.IGNORECASE,
)
QUOTED_QUESTIONS = re.compile(r"\binterview\b", re.IGNORECASE)
PROJECTS = re.compile(
    r"\bprojects\b(?!\s+(?:management|structure|setup|planning))|\b(?:final|capstone|mini|hands-on|portfolio|course|pet|side)[- ]project\W*\Z|"
    rf"\Aproject(?: ideas)?\W*\Z|(?<![^\W\d_])(?!projects){any_of('projects')}\W*\Z",
    re.IGNORECASE,
)
PROJECT_ITEM = re.compile(rf"{any_of('project')}(?:\s+\d+)?\s*[:：–—]\s*\S", re.IGNORECASE)
PROJECT_LABEL = re.compile(
    r"(?:mini[- ]|capstone |final |hands-on |weekend |bonus )?(?:project|milestone|capstone)(?:\s+\d+)?\Z",
    re.IGNORECASE,
)
MILESTONE_ITEM = re.compile(r"milestone(?:\s+\d+)?\s*[:：–—]\s*\S|🏁", re.IGNORECASE)
RESOURCES = re.compile(
    rf"\A(?:[\w&’' ]{{0,40}}\s)?(?:{any_of('resources')}|reading(?: list)?|useful links|documentation)"
    r"(?:\s*(?:&|and|/)\s*\w+)?\W*\Z",
    re.IGNORECASE,
)
TOP = re.compile(r"\b(?:top|back|home|contents|menu)\b|⬆|↑|🔝|⏫|返回|回到", re.IGNORECASE)
BADGE = re.compile(
    r"shields\.io|badge|awesome\.re|travis-ci|codecov|circleci|opencollective|ko-fi|buymeacoffee|star-history",
    re.IGNORECASE,
)
