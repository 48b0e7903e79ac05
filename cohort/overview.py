"""Where a cohort stands, as one HTML page for the mentor: it needs no network, and prints without a script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import Any

from ..core import text
from ..core.locale.dates import day_text
from ..core.locale.direction import direction
from ..core.locale.words import Words, words_for
from ..exporters.html.assets import COHORT, hash_source, palette, source, strip
from ..exporters.html.markup import Frame, SafeHtml, script_json
from .standing import QUIET, BurnUp, Part, Report, Standing, Stuck

_PAGE = ("jump", "search", "show", "all", "behind_only", "quiet", "finished")
"""The words that stand in the page."""
_SCRIPT = ("found", "none")
"""The words that its script says."""
_WIDTH, _HEIGHT, _LEFT, _BELOW = 640, 220, 44, 24
_LEVELS = 5


def overview(stands: Report, language: str = "") -> str:
    """Return the page in a language, by default that of the first roadmap."""
    language = language or (stands.parts[0].roadmap.language if stands.parts else "en")
    words = words_for(language, "cohort")
    script = COHORT.script()
    style = palette() + strip(source("cohort/style.css"))
    policy = (
        f"default-src 'none'; script-src {hash_source(script)}; style-src {hash_source(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    page = _Page(stands, words)
    return Frame(source("cohort/page.html")).fill(
        lang=words.language,
        dir=direction(words.language),
        policy=policy,
        title=stands.title,
        style=SafeHtml(style),
        as_of=words.say("as_of", date=day_text(stands.today, words.language)),
        facts=SafeHtml("".join(page.facts())),
        parts=SafeHtml("".join(map(page.part, stands.parts)) or f"<p>{escape(words['empty_cohort'])}"),
        data=script_json({"words": {key: words[key] for key in _SCRIPT}, "tables": [*map(page.rows, stands.parts)]}),
        script=SafeHtml(script),
        **{f"say_{key}": words[key] for key in _PAGE},
    )


class _Page:
    def __init__(self, stands: Report, words: Words) -> None:
        self.stands = stands
        self.words = words
        self.rank = "h2"
        """Of the headings below a roadmap's, or of the page's where there is one roadmap."""

    def facts(self) -> Iterator[str]:
        """Yield the cohort in a few numbers."""
        rows = self.stands.rows
        if not rows:
            return
        middle = sorted((row.percent for row in rows), reverse=True)[(len(rows) - 1) // 2]
        yield self._fact("learners_all", f"{len(rows):,}")
        yield self._fact("half", f"{middle} %")
        yield self._fact("finished", f"{sum(_is_finished(row) for row in rows):,}")
        if any(row.behind is not None for row in rows):
            yield self._fact("behind_only", f"{sum(bool(row.behind and row.behind > 0) for row in rows):,}")
        yield self._fact("quiet", f"{sum(row.is_quiet(self.stands.today) for row in rows):,}")

    def _fact(self, key: str, said: str) -> str:
        return f"<div><dt>{escape(self.words[key])}<dd>{said}</div>"

    def part(self, part: Part) -> str:
        """Return what stands of those who follow one roadmap."""
        several = len(self.stands.parts) > 1
        self.rank = "h3" if several else "h2"
        head = f"<h2><bdi>{escape(text.plain(part.roadmap.title))}</bdi></h2>" if several else ""
        return head + self._learners(part) + self._burn_up(part) + self._stuck(part)

    def rows(self, part: Part) -> list[list[Any]]:
        """Return what the script sorts and narrows a table by: marks, then a value for each column but the name."""
        places = {leaf.id: place for place, leaf in enumerate(part.roadmap.leaves())}
        found = []
        for row in part.rows:
            marks = "".join(
                mark
                for mark, is_so in (
                    ("b", bool(row.behind and row.behind > 0)),
                    ("q", row.is_quiet(self.stands.today)),
                    ("f", _is_finished(row)),
                )
                if is_so
            )
            last = row.last.toordinal() if row.last else None
            following = places[row.next.id] if row.next else None
            shares = [done * 100 // total if total else None for done, total in row.sections]
            found.append([marks, row.percent, row.behind, last, following, *shares])
        return found

    # -- learners ------------------------------------------------------------------------------------------------------

    def _learners(self, part: Part) -> str:
        words = self.words
        names = [("learner", ""), ("progress_head", ""), ("plan", ""), ("last", ""), ("next", "")]
        heads = "".join(f"<th scope=col><button>{escape(words[key])}</button>" for key, _ in names)
        sections = "".join(
            f'<th scope=col class=s><button aria-label="{escape(f"{one.number} {text.plain(one.title)}")}">'
            f"{one.number}</button>"
            for one in part.roadmap.sections
        )
        key = "".join(
            f"<li><b>{one.number}</b><bdi>{escape(text.plain(one.title))}</bdi>" for one in part.roadmap.sections
        )
        caption = escape(words["table"])
        return (
            f'<div class=wide tabindex=0 role=region aria-label="{caption}">'
            f"<table class=learners><caption class=away>{caption}</caption>"
            f"<thead><tr>{heads}{sections}</thead><tbody>{''.join(map(self._row, part.rows))}</tbody></table></div>"
            f"<p class=hint>{escape(words['heat_hint'])}</p><ol class=key>{key}</ol>"
        )

    def _row(self, row: Standing) -> str:
        words = self.words
        name = f"<bdi>{escape(row.learner.name)}</bdi>"
        if row.learner.email:
            name = f'<a href="mailto:{escape(row.learner.email)}">{name}</a>'
        last = (
            day_text(row.last, words.language, today=self.stands.today, weekday=False) if row.last else words["never"]
        )
        if row.error:
            following = f"<span class=error>{escape(row.error)}</span>"
        elif row.next:
            following = f"{row.next.number} <bdi>{escape(text.plain(row.next.title))}</bdi>"
        else:
            following = escape(words["finished"]) if _is_finished(row) else ""
        cells = "".join(f"<td class=s>{self._share(done, total)}" for done, total in row.sections)
        return (
            f"<tr><th scope=row>{name}<td class=bar>{self._bar(row)}<td class=plan>{self._plan(row.behind)}"
            f"<td class=last>{escape(last)}<td class=next>{following}{cells}"
        )

    def _bar(self, row: Standing) -> str:
        said = escape(self.words.say("progress", done=row.done, total=row.total))
        return (
            "<svg viewBox='0 0 100 10' preserveAspectRatio=none aria-hidden=true><rect width=100 height=10 rx=1 />"
            f"<rect width={row.percent} height=10 rx=1 /></svg>{row.percent} % <span class=away>{said}</span>"
        )

    def _plan(self, behind: int | None) -> str:
        if behind is None:
            return escape(self.words["no_plan"])
        if not behind:
            return escape(self.words["on_plan"])
        key, look = ("behind", "late") if behind > 0 else ("ahead", "early")
        return f"<span class={look}>{escape(self.words.count(key, abs(behind)))}</span>"

    @staticmethod
    def _share(done: int, total: int) -> str:
        if not total:
            return "–"
        percent = done * 100 // total
        level = _LEVELS if percent == 100 else min(_LEVELS - 1, -(-percent * (_LEVELS - 1) // 100))
        return f"<b{f' class=h{level}' if level else ''}>{percent}</b>"

    # -- done and planned ----------------------------------------------------------------------------------------------

    def _burn_up(self, part: Part) -> str:
        points = part.burn_up
        most = max((max(point.done or 0, point.planned or 0) for point in points), default=0)
        if len(points) < 2 or not most:
            return ""
        words = self.words
        legend = [("done", words["done"])]
        if any(point.planned is not None for point in points):
            legend.append(("planned", words["planned"]))
        now = next(point for point in points if point.day == self.stands.today)
        said = words.say("burn_up_done", done=f"{now.done or 0:,}")
        if now.planned is not None:
            said += " " + words.say("burn_up_planned", planned=f"{now.planned:,}")
        shown = "".join(
            f"<li><svg viewBox='0 0 32 10' class=chart aria-hidden=true><path class={look} d='M0 5H32' /></svg>"
            f"{escape(word)}"
            for look, word in legend
        )
        return (
            f"{self._head('burn_up')}<figure><figcaption class=hint>{escape(said)}</figcaption>"
            f"{self._chart(points, most, said)}<ul class=legend>{shown}</ul></figure>"
        )

    def _chart(self, points: Sequence[BurnUp], most: int, said: str) -> str:
        first, last = points[0].day, points[-1].day
        days = max(1, (last - first).days)
        step = _step(most)
        top = -(-most // step) * step

        def x(point: BurnUp) -> float:
            return _LEFT + (point.day - first).days / days * (_WIDTH - _LEFT)

        def y(value: float) -> float:
            return _HEIGHT - value / top * _HEIGHT

        grid = "".join(
            f"<path class=grid d='M{_LEFT} {y(at):.1f}H{_WIDTH}' />"
            f"<text x={_LEFT - 8} y={y(at) + 4:.1f} text-anchor=end>{at:,}</text>"
            for at in range(0, top + 1, step)
        )
        now = _LEFT + (self.stands.today - first).days / days * (_WIDTH - _LEFT)
        lines = ""
        for name in ("planned", "done"):
            path = [(x(point), y(value)) for point in points if (value := getattr(point, name)) is not None]
            if path:
                lines += f"<path class={name} d='M{'L'.join(f'{left:.1f} {down:.1f}' for left, down in path)}' />"
        months = "".join(
            f"<text x={place:.1f} y={_HEIGHT + 18} text-anchor={anchor}>{escape(self._day(day))}</text>"
            for place, day, anchor in ((_LEFT, first, "start"), (_WIDTH, last, "end"))
        )
        return (
            f"<svg class=chart viewBox='0 -8 {_WIDTH} {_HEIGHT + _BELOW + 8}' role=img aria-label=\"{escape(said)}\">"
            f"{grid}<path class=now d='M{now:.1f} 0V{_HEIGHT}' />{lines}{months}</svg>"
        )

    def _head(self, key: str) -> str:
        return f"<{self.rank}>{escape(self.words[key])}</{self.rank}>"

    def _day(self, day: date) -> str:
        return day_text(day, self.words.language, today=self.stands.today, weekday=False)

    # -- where many are stuck ------------------------------------------------------------------------------------------

    def _stuck(self, part: Part) -> str:
        words = self.words
        head = self._head("stuck")
        if not part.stuck:
            return f"{head}<p>{escape(words['nobody'])}</p>"
        rows = "".join(map(self._stuck_row, part.stuck))
        hint = escape(words.say("stuck_hint", days=QUIET))
        titles = (words.capitalized(words[key]) for key in ("learners_all", "entry", "done"))
        heads = "".join(f"<th scope=col>{escape(title)}" for title in titles)
        return (
            f"{head}<p class=hint>{hint}</p>"
            f'<div class=wide tabindex=0 role=region aria-label="{escape(words["stuck"])}">'
            f"<table class=stuck><thead><tr>{heads}</thead><tbody>{rows}</tbody></table></div>"
        )

    @staticmethod
    def _stuck_row(one: Stuck) -> str:
        title = f"{one.node.number} <bdi>{escape(text.plain(one.node.title))}</bdi>"
        return f"<tr><td>{one.learners:,}<td>{title}<td>{one.done:,}"


def _is_finished(row: Standing) -> bool:
    return row.next is None and row.done > 0 and not row.error


def _step(most: int) -> int:
    """Return a round number that a scale of about four parts goes up by."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * 4 >= most:
                return step
        size *= 10
