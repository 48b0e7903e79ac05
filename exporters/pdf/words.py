"""The book's own words, by language."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]

_EN: Words = {
    "contents": "Contents",
    "sections": "{n} sections",
    "topics": "{n} topics",
    "items": "{n} items",
    "hours": "{n} h",
    "progress": "{done} of {total}",
    "done": "done",
    "optional": "optional",
    "due": "due {date}",
    "by": "by {date}",
    "needs": "needs",
    "finish": "Finish {date}",
    "as_of": "As of {date}",
    "weeks": "Week by week",
    "week_hours": "{hours} h of {capacity} h",
    "question": "Question",
    "project": "Project",
    "resource": "Resource",
    "milestone": "Milestone",
    "skipped": "skipped",
    "page": "{n} / {total}",
    "empty": "There is nothing here yet.",
    "link": "Link: {title}",
    "to_page": "{title}, to its page",
    "and": "{first} – {last}",
    "list": "List of {title}",
}
_WORDS: Mapping[str, Words] = {
    "en": _EN,
    "de": {
        "contents": "Inhalt",
        "sections": "{n} Abschnitte",
        "topics": "{n} Themen",
        "items": "{n} Punkte",
        "progress": "{done} von {total}",
        "done": "erledigt",
        "optional": "freiwillig",
        "due": "fällig {date}",
        "by": "bis {date}",
        "needs": "braucht",
        "finish": "Fertig {date}",
        "as_of": "Stand {date}",
        "weeks": "Woche für Woche",
        "week_hours": "{hours} h von {capacity} h",
        "question": "Frage",
        "project": "Projekt",
        "resource": "Quelle",
        "milestone": "Meilenstein",
        "skipped": "ausgelassen",
        "empty": "Hier steht noch nichts.",
    },
    "fr": {
        "contents": "Sommaire",
        "sections": "{n} sections",
        "topics": "{n} sujets",
        "items": "{n} points",
        "progress": "{done} sur {total}",
        "done": "fait",
        "optional": "facultatif",
        "due": "échéance {date}",
        "by": "pour {date}",
        "needs": "après",
        "finish": "Fin {date}",
        "as_of": "État au {date}",
        "weeks": "Semaine par semaine",
        "week_hours": "{hours} h sur {capacity} h",
        "question": "Question",
        "project": "Projet",
        "resource": "Ressource",
        "milestone": "Jalon",
        "skipped": "sauté",
        "empty": "Il n’y a encore rien ici.",
    },
    "es": {
        "contents": "Índice",
        "sections": "{n} secciones",
        "topics": "{n} temas",
        "items": "{n} puntos",
        "progress": "{done} de {total}",
        "done": "hecho",
        "optional": "opcional",
        "due": "vence {date}",
        "by": "para {date}",
        "needs": "requiere",
        "finish": "Fin {date}",
        "as_of": "A {date}",
        "weeks": "Semana a semana",
        "week_hours": "{hours} h de {capacity} h",
        "question": "Pregunta",
        "project": "Proyecto",
        "resource": "Recurso",
        "milestone": "Hito",
        "skipped": "omitido",
        "empty": "Aquí no hay nada todavía.",
    },
}


def words_for(language: str) -> Words:
    """Return the words of a language, BCP 47; English where there are none."""
    return {**_EN, **_WORDS.get(language.partition("-")[0].lower(), {})}


def count(words: Words, key: str, number: int) -> str:
    """Return a number with its noun: `3 topics`, `1 topic`."""
    text = words[key].format(n=number)
    if number == 1 and words["contents"] == "Contents":
        return text[:-1]
    return text


def hours_text(low: float, high: float) -> str:
    """Return hours as a range: `4–8`, `2.5`."""
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"
