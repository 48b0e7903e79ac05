"""The words that rules go by. English first; for contents, questions and licences the other languages of the corpus too."""

from __future__ import annotations

import re

CONTENTS = re.compile(
    r"(?:table of contents?|contents?|toc|index|quick (?:links|navigation)|navigation|inhalt(?:sverzeichnis)?|índice|indice|"
    r"sommaire|table des matières|contenido|conteúdo|sumário|оглавление|содержание|目录|目錄|目次|차례|목차|فهرست(?: مطالب)?|"
    r"الفهرس|المحتويات|içindekiler|spis treści|mục lục)\W*\Z",
    re.IGNORECASE,
)
CREDITS = re.compile(
    r"\W*(?:contributors?|our contributors|sponsors?|backers|star(?:gazers)? history|stargazers(?: over time)?|activity)\W*\Z",
    re.IGNORECASE,
)
FINAL_PROJECT = re.compile(r"\b(?:final|capstone)[- ]project\W*\Z", re.IGNORECASE)
TRANSLATIONS = re.compile(
    r"(?:translations?(?: in progress)?|(?:read this in )?other languages|languages)\W*\Z", re.IGNORECASE
)
LICENCE = re.compile(
    r"\W*(?:licen[cs]e|licen[cs]ing|copyright|lizenz|licencia|licença|许可证|许可|лицензия|مجوز انتشار)\W*\Z",
    re.IGNORECASE,
)
GENERIC_TITLE = re.compile(
    r"(?:summary|introduction|intro|overview|about(?: this.*)?|welcome|preface|foreword|prerequisites|getting started|"
    r"what is (?:this|it)\??|disclaimer|motivation|goals?|community|news|notes?)\W*\Z",
    re.IGNORECASE,
)
ANNOUNCING = re.compile(
    r"\W*(?:absolutely|sure|certainly|of course|great|got it|here['’]?s|here is|here are|below is|below are|okay|ok\b|awesome|"
    r"perfect|definitely|happy to|no problem|i['’]ve |i have |let['’]s|to \**(?:master|learn|become)|alright|thanks|thank you|"
    r"the following|this (?:roadmap|guide|plan) (?:is|will)|yes\b|good (?:question|choice)|excellent|"
    r"claro|por supuesto|aqu[íi] (?:tienes|está|te|vai)|bien sûr|voici|natürlich|klar\b|gerne|hier (?:ist|sind)|当然|以下是|好的|"
    r"конечно|вот )",
    re.IGNORECASE,
)
ANNOUNCEMENT = re.compile(
    r"\b(?:here['’]?s|here is|here are|below is|below are|following|i['’]ve (?:created|prepared|put|made)|let['’]s)\b|"
    r"\b(?:roadmap|guide|plan|curriculum|checklist|breakdown|list|path|syllabus|hoja de ruta|ruta|guía|roteiro|guia|"
    r"feuille de route|fahrplan|lernplan|план|карта)\b|路线图|计划|指南",
    re.IGNORECASE,
)
OFFER = re.compile(
    r"\W*(?:would you like|do you want|let me know|want me to|shall i|should i|if you['’]?d like|if you (?:want|need|wish|prefer)|"
    r"i can (?:also |even |help|create|provide|tailor|generate|make|turn|convert|add|break)|feel free to (?:ask|reach|let)|"
    r"need (?:help|more|a)|i['’]d be happy|happy to (?:help|provide|create)|just (?:say|tell me|let me)|tell me|"
    r"which (?:one|of these|section|part).*\?|are you interested|interested in|can i |"
    r"quieres|te gustaría|puedo (?:también|ayudarte|convertir)|você gostaria|quer que|gostaria|voulez-vous|souhaitez-vous|"
    r"veux-tu|souhaites-tu|möchte(?:st|n)|soll ich|需要我|要不要|如果你|хотите|хочешь)",
    re.IGNORECASE,
)
FAREWELL = re.compile(
    r"\W*(?:happy (?:learning|coding|hacking|studying)|good luck|best of luck|enjoy(?: the journey)?|keep (?:learning|coding)|"
    r"you(?:['’]ve| have) got this|all the best)[^\w]*(?:[\w ]{0,40})\W*\Z",
    re.IGNORECASE,
)
QUESTIONS = re.compile(
    r"\b(?:interview|practice|sample|review|common|behaviou?ral|technical|mock|discussion|self[- ](?:check|test))?\s*"
    r"(?:questions|q\s?&\s?a)\b|\bquiz(?:zes)?\b|\bpreguntas\b|\bperguntas\b|\bfragen\b|面试题|سوالات|أسئلة",
    re.IGNORECASE,
)
QUOTED_QUESTIONS = re.compile(r"\binterview\b", re.IGNORECASE)
PROJECTS = re.compile(
    r"\bprojects\b(?!\s+(?:management|structure|setup|planning))|\b(?:final|capstone|mini|hands-on|portfolio|course|pet|side)[- ]project\W*\Z|"
    r"\Aproject(?: ideas)?\W*\Z|\bproyectos\b|\bprojetos\b|\bprojekte\b|项目实战",
    re.IGNORECASE,
)
PROJECT_ITEM = re.compile(r"(?:mini[- ]|capstone |final |hands-on )?project(?:\s+\d+)?\s*[:：–—]\s*\S", re.IGNORECASE)
PROJECT_LABEL = re.compile(
    r"(?:mini[- ]|capstone |final |hands-on |weekend |bonus )?(?:project|milestone|capstone)(?:\s+\d+)?\Z",
    re.IGNORECASE,
)
MILESTONE_ITEM = re.compile(r"milestone(?:\s+\d+)?\s*[:：–—]\s*\S|🏁", re.IGNORECASE)
RESOURCES = re.compile(
    r"\A(?:[\w&’' ]{0,40}\s)?(?:resources|further reading|reading(?: list)?|references|books|videos|courses|tutorials|links|"
    r"useful links|documentation|articles|podcasts|recursos|ressources|资源|منابع)(?:\s*(?:&|and|/)\s*\w+)?\W*\Z",
    re.IGNORECASE,
)
TOP = re.compile(r"\b(?:top|back|home|contents|menu)\b|⬆|↑|🔝|⏫|返回|回到", re.IGNORECASE)
BADGE = re.compile(
    r"shields\.io|badge|awesome\.re|travis-ci|codecov|circleci|opencollective|ko-fi|buymeacoffee|star-history",
    re.IGNORECASE,
)
