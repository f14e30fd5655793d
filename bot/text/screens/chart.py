"""The chart of weeks: what is drawn, in the reader's words, and the same facts in sentences beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain import report_facts
from bot.domain.digest_days import SCALE, Mark
from bot.domain.report_facts import Facts, Figures
from bot.domain.reporting import Material
from bot.model import Screen
from bot.reports.sheets import Change, Chart, Dot, Goal, Rater, Sign, Strip
from bot.text import numbers
from bot.text.catalogue import Html, Voice
from bot.text.screens import digest_phrases as phrases
from bot.text.screens.digest_phrases import SEPARATOR

MOST_GOALS, MOST_CHANGES, MOST_DATES = 3, 6, 4
_TICKS = 6
_SIGNS = {Mark.NO_ANSWER: Sign.SILENT, Mark.EXCUSED: Sign.REST, Mark.RESTED: Sign.REST}


def coming(voice: Voice) -> Screen:
    return Screen(voice("chart-coming"))


def sorry(voice: Voice) -> Screen:
    return Screen(voice("report-sorry"))


def picture(voice: Voice, made: Material, content: bytes) -> Screen:
    """With the same facts in words, for whoever does not see it."""
    lines = [f"<b>{voice('chart-title', child=made.facts.name)}</b>", span(voice, made), *_sentences(voice, made.facts)]
    return Screen("\n".join(lines), photo=content, protected=made.reader.therapist)


def span(voice: Voice, made: Material) -> str:
    days = made.facts.span
    until = phrases.moment(voice, made.until, days.timezone)
    return voice(
        "chart-span", first=phrases.day(voice, days.first), last=phrases.day(voice, days.last), until=Html(until)
    )


def _sentences(voice: Voice, facts: Facts) -> Iterator[str]:
    for one in facts.caregivers:
        yield f"{voice('plain-name', child=called(voice, one))}: {figures(voice, one)}"
    for on, step in facts.changes[-MOST_CHANGES:]:
        yield voice("chart-change", day=phrases.day(voice, on), step=step)
    if not facts.caregivers:
        yield voice("chart-nothing")


def called(voice: Voice, one: Figures) -> str:
    return one.name or voice.plain(f"role-{one.role or 'parent'}")


def figures(voice: Voice, one: Figures) -> str:
    """Answered of asked, the median with its n and its range, what was late: HTML."""
    parts = [voice("chart-answered", answered=one.answered, asked=one.asked)]
    if one.summary is not None:
        low, high = (Html(voice(f"digest-day-{key}")) for key in one.summary.median)
        value = low if low == high else Html(voice("digest-between", low=low, high=high))
        parts.append(voice("digest-median", value=value, n=one.summary.n))
        low, high = (Html(voice(f"digest-day-{key}")) for key in one.summary.range)
        parts += [voice("report-range", low=low, high=high)] if low != high else []
    if one.late:
        named = [phrases.day(voice, day.on) for day in one.late[:MOST_DATES]]
        days = ", ".join([*named, *(["…"] if len(one.late) > MOST_DATES else [])])
        parts.append(voice("digest-late", count=len(one.late), days=Html(days)))
    return SEPARATOR.join(parts)


def chart(voice: Voice, made: Material, title: str = "chart-title") -> Chart:
    """What is to be drawn. ``title`` names a message."""
    facts = made.facts
    strips = tuple(_strip(voice, one) for one in facts.caregivers)
    return Chart(
        title=plain(voice, voice(title, child=facts.name)),
        subtitle=plain(voice, span(voice, made)) if strips else plain(voice, voice("chart-nothing")),
        days=len(facts.span.dates),
        ticks=_ticks(voice, facts),
        strips=strips,
        goals=tuple(_goals(voice, facts)),
        changes=tuple(_changes(voice, facts)),
        legend=_legend(voice, facts, strips),
        rtl=voice.rtl,
    )


def plain(voice: Voice, words: str) -> str:
    """HTML of ours as text."""
    return voice.plain("as-it-is", words=Html(words))


def _ticks(voice: Voice, facts: Facts) -> tuple[tuple[int, str], ...]:
    """Every so many whole weeks a date."""
    days = facts.span.dates
    every = max(7, -(-len(days) // (_TICKS * 7)) * 7)
    return tuple((number, numbers.day_and_month(days[number], voice.language)) for number in range(0, len(days), every))


def _strip(voice: Voice, one: Figures) -> Strip:
    levels = tuple(voice.plain(f"digest-day-{key}") for key in SCALE)
    dots = []
    for number, day in enumerate(one.days):
        if day.mark in _SIGNS:
            dots.append(Dot(number, _SIGNS[day.mark]))
        elif day.mark is Mark.ANSWERED and day.value in SCALE:
            dots.append(Dot(number, Sign.LATE if day.late else Sign.ANSWER, SCALE.index(day.value)))
        elif day.mark is Mark.ANSWERED:
            dots.append(Dot(number, Sign.UNRATED))
    return Strip(called(voice, one), plain(voice, figures(voice, one)), levels, tuple(dots))


def _goals(voice: Voice, facts: Facts) -> Iterator[Goal]:
    """Each caregiver's ratings with their own marks; never one line out of two people."""
    names = {one.id: called(voice, one) for one in facts.caregivers}
    for goal in facts.goals[:MOST_GOALS]:
        raters = tuple(_raters(goal.get("ratings", ()), names, facts))
        if raters:
            said = [
                voice.plain("chart-goal-rated", name=one.name, first=one.points[0][1], last=one.points[-1][1], n=n)
                for one in raters
                for n in [len(one.points)]
            ]
            yield Goal(title_of(goal), SEPARATOR.join(said), raters)


def title_of(goal: dict[str, object]) -> str:
    found = (goal.get(key) for key in ("title", "what", "wish"))
    return str(next((one for one in found if one), "") or "")


def _raters(ratings: Iterable[dict[str, object]], names: dict[int, str], facts: Facts) -> Iterator[Rater]:
    points: dict[int, list[tuple[int, int]]] = {}
    for one in ratings:
        on, value, by = report_facts.rated_on(one), one.get("value"), one.get("caregiver_id")
        if on is not None and isinstance(value, int) and isinstance(by, int) and facts.span.holds(on):
            points.setdefault(by, []).append(((on - facts.span.first).days, value))
    for by, given in points.items():
        yield Rater(names.get(by, ""), tuple(sorted(given)))


def _changes(voice: Voice, facts: Facts) -> Iterator[Change]:
    for number, (on, step) in enumerate(facts.changes[-MOST_CHANGES:]):
        words = voice.plain("chart-change", day=phrases.day(voice, on), step=step)
        yield Change((on - facts.span.first).days, chr(ord("A") + number), words)


def _legend(voice: Voice, facts: Facts, strips: tuple[Strip, ...]) -> tuple[tuple[Sign, str], ...]:
    there = {dot.sign for strip in strips for dot in strip.dots}
    return tuple(
        (sign, voice.plain(f"chart-legend-{sign.value}", **({"child": facts.name} if sign is Sign.REST else {})))
        for sign in Sign
        if sign in there
    )
