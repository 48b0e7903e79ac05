"""Dates in words, by the roadmap's language: `Mon 4 Jan`, `Mo 4. Jan.`, `1月4日(月)`; ISO 8601 where there are none."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..planning.weeks import is_near, monday


class _Words(NamedTuple):
    weekdays: tuple[str, ...]
    """From Monday."""
    months: tuple[str, ...]
    day: str
    """How a day is written: `{w}` weekday, `{d}` day, `{m}` month, `{n}` the month's number."""
    date: str
    """The same without the weekday."""
    week: str
    """How a week is, `{}` its Monday."""
    year: str = "{} {}"
    """How a year joins the date, in this order."""


_EN = _Words(
    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "{w} {d} {m}",
    "{d} {m}",
    "week of {}",
)
_WORDS = {
    "en": _EN,
    "de": _Words(
        ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
        ("Jan.", "Febr.", "März", "April", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
        "{w} {d}. {m}",
        "{d}. {m}",
        "Woche ab {}",
    ),
    "fr": _Words(
        ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
        ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
        "{w} {d} {m}",
        "{d} {m}",
        "semaine du {}",
    ),
    "es": _Words(
        ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
        ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"),
        "{w} {d} {m}",
        "{d} {m}",
        "semana del {}",
    ),
    "it": _Words(
        ("lun", "mar", "mer", "gio", "ven", "sab", "dom"),
        ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"),
        "{w} {d} {m}",
        "{d} {m}",
        "settimana dal {}",
    ),
    "nl": _Words(
        ("ma", "di", "wo", "do", "vr", "za", "zo"),
        ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
        "{w} {d} {m}",
        "{d} {m}",
        "week van {}",
    ),
    "pt": _Words(
        ("seg", "ter", "qua", "qui", "sex", "sáb", "dom"),
        ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"),
        "{w} {d} {m}",
        "{d} {m}",
        "semana de {}",
    ),
    "pl": _Words(
        ("pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."),
        ("sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"),
        "{w} {d} {m}",
        "{d} {m}",
        "tydzień od {}",
    ),
    "ru": _Words(
        ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
        ("янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."),
        "{w} {d} {m}",
        "{d} {m}",
        "неделя с {}",
    ),
    "uk": _Words(
        ("пн", "вт", "ср", "чт", "пт", "сб", "нд"),
        ("січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.", "лист.", "груд."),
        "{w} {d} {m}",
        "{d} {m}",
        "тиждень з {}",
    ),
    "tr": _Words(
        ("Pzt", "Sal", "Çar", "Per", "Cum", "Cmt", "Paz"),
        ("Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"),
        "{d} {m} {w}",
        "{d} {m}",
        "{} haftası",
    ),
    "ko": _Words(
        tuple("월화수목금토일"),
        tuple(f"{month}월" for month in range(1, 13)),
        "{m} {d}일 ({w})",
        "{m} {d}일",
        "{} 주",
        "{1}년 {0}",
    ),
    "ar": _Words(
        ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
        (
            *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
            *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
        ),
        "{w} {d} {m}",
        "{d} {m}",
        "أسبوع {}",
    ),
    "he": _Words(
        ("יום ב׳", "יום ג׳", "יום ד׳", "יום ה׳", "יום ו׳", "שבת", "יום א׳"),
        ("ינו׳", "פבר׳", "מרץ", "אפר׳", "מאי", "יוני", "יולי", "אוג׳", "ספט׳", "אוק׳", "נוב׳", "דצמ׳"),
        "{w} {d} ב{m}",
        "{d} ב{m}",
        "שבוע {}",
    ),
    "hi": _Words(
        ("सोम", "मंगल", "बुध", "गुरु", "शुक्र", "शनि", "रवि"),
        ("जन॰", "फ़र॰", "मार्च", "अप्रैल", "मई", "जून", "जुल॰", "अग॰", "सित॰", "अक्तू॰", "नव॰", "दिस॰"),
        "{w} {d} {m}",
        "{d} {m}",
        "{} का सप्ताह",
    ),
    "ja": _Words(tuple("月火水木金土日"), ("",) * 12, "{n}月{d}日({w})", "{n}月{d}日", "{}の週", "{1}年{0}"),
    "zh": _Words(tuple("一二三四五六日"), ("",) * 12, "{n}月{d}日 周{w}", "{n}月{d}日", "{}当周", "{1}年{0}"),
}


def _words(language: str) -> _Words | None:
    return _WORDS.get(language.partition("-")[0].lower())


def day_text(day: date, language: str = "en", *, today: date | None = None, weekday: bool = True) -> str:
    """Return a day in words, `Mon 4 Jan`; with its year unless that is today's."""
    words = _words(language)
    if words is None:
        return day.isoformat()
    form = words.day if weekday else words.date
    text = form.format(w=words.weekdays[day.weekday()], d=day.day, m=words.months[day.month - 1], n=day.month)
    return text if today and today.year == day.year else words.year.format(text, day.year)


def span_text(first: date, last: date, language: str = "en", *, today: date | None = None) -> str:
    """Return some days in a row, `4 Jan – 10 Jan 2027`: a year that both share is said once, where it is read first."""
    words = _words(language)
    leads = words is not None and words.year.startswith("{1}")
    said = day_text(first, language, today=today if leads or words is None else last, weekday=False)
    until = day_text(last, language, today=first if leads else today, weekday=False)
    if not leads and first.year != last.year:
        said = day_text(first, language, today=today, weekday=False)
    return f"{said} – {until}"


def week_text(day: date, language: str = "en", *, today: date | None = None) -> str:
    """Return the week of a day in words, by its Monday: `week of 4 Jan`."""
    words = _words(language)
    text = day_text(monday(day), language, today=today, weekday=False)
    return words.week.format(text) if words else text


def month_text(day: date, language: str = "en", *, today: date | None = None) -> str:
    """Return the month of a day in words, `Jan`, or `Jan 2027` where that is not today's year."""
    words = _words(language)
    if words is None or not words.months[0]:
        return f"{day.month}月" if words and today and today.year == day.year else day.isoformat()[:7]
    text = "май" if words is _WORDS["ru"] and day.month == 5 else words.months[day.month - 1]  # alone, no genitive
    return text if today and today.year == day.year else words.year.format(text, day.year)


def planned_text(day: date, language: str = "en", *, today: date) -> str:
    """Return a planned day as exactly as a plan can be: to the day within two weeks, further off by its week."""
    return (day_text if is_near(day, today) else week_text)(day, language, today=today)
