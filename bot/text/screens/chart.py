"""The chart of weeks: what is drawn, in the reader's words, and the same facts in sentences beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from bot.domain.behaviour import BANDS
from bot.domain.digest_days import SCALE, Mark
from bot.domain.practice import Told
from bot.domain.report_behaviour import Behaviour
from bot.domain.report_changes import Change as Changed
from bot.domain.report_facts import Facts, Figures
from bot.domain.report_goals import Aim
from bot.domain.reporting import Material
from bot.model import Screen
from bot.reports.sheets import Change, Chart, Done, Dot, Goal, Practice, Rater, Sign, Strip
from bot.text import numbers
from bot.text.catalogue import Html, Voice
from bot.text.literal import literal
from bot.text.screens import chart_phrases as said
from bot.text.screens import digest_phrases as phrases
from bot.text.screens import goals as goal_screens

MOST_GOALS, MOST_CHANGES = 3, 6
_TICKS = 6
_SIGNS = {Mark.NO_ANSWER: Sign.SILENT, Mark.EXCUSED: Sign.REST, Mark.RESTED: Sign.REST}
_DONE = {Told.DONE: Done.YES, Told.LITTLE: Done.LITTLE, Told.NO: Done.NO}


def coming(voice: Voice) -> Screen:
    return Screen(voice("chart-coming"))


def sorry(voice: Voice) -> Screen:
    return Screen(voice("report-sorry"))


def picture(voice: Voice, made: Material, content: bytes) -> Screen:
    """With the same facts in words, for whoever does not see it."""
    lines = [f"<b>{voice('chart-title', child=made.facts.name)}</b>", span(voice, made), *_sentences(voice, made)]
    return Screen("\n".join(lines), photo=content, protected=made.reader.therapist)


def span(voice: Voice, made: Material) -> str:
    days = made.facts.span
    until = phrases.moment(voice, made.until, days.timezone)
    return voice(
        "chart-span", first=phrases.day(voice, days.first), last=phrases.day(voice, days.last), until=Html(until)
    )


def _sentences(voice: Voice, made: Material) -> Iterator[str]:
    facts, names = made.facts, said.names(voice, made.facts)
    for one in facts.caregivers:
        yield f"{voice('plain-name', child=names[one.id])}: {said.figures(voice, one)}"
    for goal in _aims(facts):
        parts = Html(said.goal(voice, facts, goal, therapist=made.reader.therapist))
        yield voice("digest-goal", goal=literal(goal.title), parts=parts)
    for practice in said.shown(facts):
        parts = Html(said.practice(voice, facts, practice))
        yield voice("digest-practice", step=literal(practice.text), parts=parts)
    for behaviour in said.behaviours(facts):
        what = said.behaviour_of(voice, behaviour)
        yield voice("digest-behaviour", what=what, parts=Html(said.behaviour(voice, facts, behaviour)))
    for on, changes in _changed(facts):
        told = Html("; ".join(said.change(voice, one) for one in changes))
        yield voice("chart-change", day=phrases.day(voice, on), changes=told)


def _aims(facts: Facts) -> list[Aim]:
    """Of those there is anything to draw of."""
    return [one for one in facts.goals if one.rated or one.levels][:MOST_GOALS]


def chart(voice: Voice, made: Material, title: str = "chart-title") -> Chart:
    """What is to be drawn. ``title`` names a message."""
    facts, names = made.facts, said.names(voice, made.facts)
    strips = tuple(_strip(voice, names[one.id], one) for one in facts.caregivers)
    practice = tuple(_practice(voice, facts))
    behaviours = tuple(_behaviour(voice, facts, one) for one in said.behaviours(facts))
    return Chart(
        title=said.plain(voice, voice(title, child=literal(facts.name))),
        subtitle=said.plain(voice, span(voice, made) if strips or practice or behaviours else voice("chart-nothing")),
        days=len(facts.span.dates),
        ticks=_ticks(voice, facts),
        strips=strips,
        goals=tuple(_goals(voice, made)),
        practice=practice,
        behaviours=behaviours,
        changes=tuple(_changes(voice, facts)),
        legend=_legend(voice, facts, (*strips, *behaviours), practice),
        digits=numbers.digits(voice.language),
        rtl=voice.rtl,
    )


def _ticks(voice: Voice, facts: Facts) -> tuple[tuple[int, str], ...]:
    """Every so many whole weeks a date."""
    days = facts.span.dates
    every = max(7, -(-len(days) // (_TICKS * 7)) * 7)
    return tuple((number, numbers.day_and_month(days[number], voice.language)) for number in range(0, len(days), every))


def _strip(voice: Voice, name: str, one: Figures) -> Strip:
    levels = tuple(voice.plain(f"digest-day-{key}") for key in SCALE)
    dots = []
    for number, day in enumerate(one.days):
        if day.mark in _SIGNS:
            dots.append(Dot(number, _SIGNS[day.mark]))
        elif day.mark is Mark.ANSWERED and day.value in SCALE:
            dots.append(Dot(number, Sign.LATE if day.late else Sign.ANSWER, SCALE.index(day.value)))
        elif day.mark is Mark.ANSWERED:
            dots.append(Dot(number, Sign.UNRATED))
    return Strip(name, said.plain(voice, said.figures(voice, one)), levels, tuple(dots))


def _goals(voice: Voice, made: Material) -> Iterator[Goal]:
    """Each caregiver's ratings with their own marks, and the therapist's levels; never one line out of two people."""
    facts, names = made.facts, said.names(voice, made.facts)
    for one in _aims(facts):
        raters = tuple(
            Rater(names.get(rated.by, ""), tuple(((on - facts.span.first).days, value) for on, value in rated.points))
            for rated in one.rated
        )
        figures = said.plain(voice, said.goal(voice, facts, one, therapist=made.reader.therapist))
        steps = tuple(((level.on - facts.span.first).days, level.level - one.lowest) for level in one.levels)
        levels = _levels(voice, one, therapist=made.reader.therapist)
        yield Goal(literal(one.title), figures, raters, steps, levels)


def _levels(voice: Voice, one: Aim, *, therapist: bool) -> tuple[str, ...]:
    """The names of the levels, low to high. Families read words, never a number."""
    every = range(one.lowest, 3)
    if therapist:
        return tuple(said.plain(voice, phrases.signed(voice, level)) for level in every)
    return tuple(voice.plain(goal_screens.level_key(level)) for level in every)


def _practice(voice: Voice, facts: Facts) -> Iterator[Practice]:
    """A day that nobody could practise on stays a gap."""
    for one in said.shown(facts):
        days = tuple(((on - facts.span.first).days, _DONE[told]) for on, told in one.told if told in _DONE)
        if days:
            yield Practice(literal(one.text), said.plain(voice, said.practice(voice, facts, one)), days)


def _behaviour(voice: Voice, facts: Facts, one: Behaviour) -> Strip:
    """By the bands in which a day is counted, so that a band and moments told one by one can stand together."""
    dots = tuple(
        Dot((day.on - facts.span.first).days, Sign.BAND if day.counted else Sign.MOMENTS, day.band) for day in one.days
    )
    levels = tuple(voice.plain(f"chart-band-{band}") for band in BANDS)
    figures = said.plain(voice, said.behaviour(voice, facts, one))
    return Strip(said.behaviour_of(voice, one), figures, levels, dots)


def _changed(facts: Facts) -> list[tuple[date, list[Changed]]]:
    """The newest days on which something became another way."""
    return [(on, list(of_day)) for on, of_day in groupby(facts.changes, key=lambda one: one.on)][-MOST_CHANGES:]


def _changes(voice: Voice, facts: Facts) -> Iterator[Change]:
    for number, (on, changes) in enumerate(_changed(facts)):
        told = Html("; ".join(said.change(voice, one) for one in changes))
        words = voice.plain("chart-change", day=phrases.day(voice, on), changes=told)
        yield Change((on - facts.span.first).days, chr(ord("A") + number), words)


def _legend(
    voice: Voice, facts: Facts, strips: tuple[Strip, ...], practice: tuple[Practice, ...]
) -> tuple[tuple[Sign | Done, str], ...]:
    there = {dot.sign for strip in strips for dot in strip.dots}
    done = {told for one in practice for _, told in one.days}
    child = {"child": literal(facts.name)}
    signs = tuple(
        (sign, voice.plain(f"chart-legend-{sign.value}", **(child if sign is Sign.REST else {})))
        for sign in Sign
        if sign in there
    )
    return (*signs, *((told, voice.plain(f"chart-legend-practice-{told.value}")) for told in Done if told in done))
