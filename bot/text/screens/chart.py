"""The chart of weeks: what is drawn, in the reader's words, and the same facts in sentences beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.digest_days import SCALE, Mark
from bot.domain.practice import Adherence, Told
from bot.domain.report_facts import Facts, Figures
from bot.domain.report_practice import Practised
from bot.domain.reporting import Material
from bot.model import Json, Screen
from bot.reports.sheets import Change, Chart, Done, Dot, Goal, Practice, Rater, Sign, Strip
from bot.text import numbers
from bot.text.catalogue import Html, Voice
from bot.text.screens import digest_phrases as phrases
from bot.text.screens.digest_phrases import SEPARATOR

MOST_GOALS, MOST_STEPS, MOST_CHANGES, MOST_DATES = 3, 3, 6, 4
_TICKS = 6
_SIGNS = {Mark.NO_ANSWER: Sign.SILENT, Mark.EXCUSED: Sign.REST, Mark.RESTED: Sign.REST}
_DONE = {Told.DONE: Done.YES, Told.LITTLE: Done.LITTLE, Told.NO: Done.NO}


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
    for practice in shown(facts):
        parts = Html(practised(voice, practice.days))
        yield voice("digest-practice", step=practice.text, parts=parts)
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
    practice = tuple(_practice(voice, facts))
    return Chart(
        title=plain(voice, voice(title, child=facts.name)),
        subtitle=plain(voice, span(voice, made)) if strips or practice else plain(voice, voice("chart-nothing")),
        days=len(facts.span.dates),
        ticks=_ticks(voice, facts),
        strips=strips,
        goals=tuple(_goals(voice, facts)),
        practice=practice,
        changes=tuple(_changes(voice, facts)),
        legend=_legend(voice, facts, strips, practice),
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
    """Each caregiver's ratings with their own marks, and the therapist's levels; never one line out of two people."""
    names = {one.id: called(voice, one) for one in facts.caregivers}
    rated = ((goal, tuple(_raters(goal["ratings"], names, facts))) for goal in facts.goals)
    for goal, raters in [one for one in rated if one[1]][:MOST_GOALS]:
        said = [
            voice.plain("chart-goal-rated", name=one.name, first=one.points[0][1], last=one.points[-1][1], n=n)
            for one in raters
            for n in [len(one.points)]
        ]
        yield Goal(title_of(goal), SEPARATOR.join(said), raters, *_levels(goal["levels"], facts))


def title_of(goal: Json) -> str:
    """Its newest wording that the family has seen."""
    proposed = [one["what"] for one in goal["versions"] if one["proposed_at"] is not None]
    return proposed[-1] if proposed else ""


def _raters(ratings: Iterable[Json], names: dict[int, str], facts: Facts) -> Iterator[Rater]:
    points: dict[int, list[tuple[int, int]]] = {}
    for one in ratings:
        on = facts.span.local_date(one["answered_at"])
        if isinstance(one["value"], int) and facts.span.holds(on):
            points.setdefault(one["caregiver_id"], []).append(((on - facts.span.first).days, one["value"]))
    for by, given in points.items():
        yield Rater(names.get(by, ""), tuple(sorted(given)))


def _levels(given: Iterable[Json], facts: Facts) -> tuple[tuple[tuple[int, int], ...], tuple[str, ...]]:
    """The steps, and the names of the levels, low to high; a level from before holds on the first day."""
    lowest = min(-2, *(one["level"] for one in given)) if given else -2
    steps: dict[int, int] = {}
    for one in given:
        on = max(facts.span.local_date(one["recorded_at"]), facts.span.first)
        if on <= facts.span.last:
            steps[(on - facts.span.first).days] = one["level"] - lowest
    return tuple(sorted(steps.items())), tuple(f"{level:+d}" if level else "0" for level in range(lowest, 3))


def _practice(voice: Voice, facts: Facts) -> Iterator[Practice]:
    """A day that nobody could practise on stays a gap."""
    for one in shown(facts):
        days = tuple(((on - facts.span.first).days, _DONE[told]) for on, told in one.told if told in _DONE)
        if days:
            yield Practice(one.text, plain(voice, practised(voice, one.days)), days)


def shown(facts: Facts) -> list[Practised]:
    """The home steps that were told of most, in their order."""
    fullest = sorted(facts.practice, key=lambda one: -len(one.told))[:MOST_STEPS]
    return [one for one in facts.practice if one in fullest]


def practised(voice: Voice, days: Adherence) -> str:
    """Done of planned, as the digest says it: HTML."""
    parts = [voice("digest-practice-days", done=days.done, planned=days.planned)] if days.planned else []
    for key, count in (("little", days.little), ("missing", days.missing), ("extra", days.extra)):
        if count:
            parts.append(voice(f"digest-practice-{key}", count=count))
    return ", ".join(parts)


def _changes(voice: Voice, facts: Facts) -> Iterator[Change]:
    for number, (on, step) in enumerate(facts.changes[-MOST_CHANGES:]):
        words = voice.plain("chart-change", day=phrases.day(voice, on), step=step)
        yield Change((on - facts.span.first).days, chr(ord("A") + number), words)


def _legend(
    voice: Voice, facts: Facts, strips: tuple[Strip, ...], practice: tuple[Practice, ...]
) -> tuple[tuple[Sign | Done, str], ...]:
    there = {dot.sign for strip in strips for dot in strip.dots}
    done = {told for one in practice for _, told in one.days}
    signs = tuple(
        (sign, voice.plain(f"chart-legend-{sign.value}", **({"child": facts.name} if sign is Sign.REST else {})))
        for sign in Sign
        if sign in there
    )
    return (*signs, *((told, voice.plain(f"chart-legend-practice-{told.value}")) for told in Done if told in done))
