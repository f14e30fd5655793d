"""The facts of a chart or a report in sentences, each with its n: a picture and a paper say the same."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.practice import Adherence
from bot.domain.report_behaviour import Behaviour
from bot.domain.report_changes import Change
from bot.domain.report_facts import Facts, Figures
from bot.domain.report_goals import Aim, Level
from bot.domain.report_practice import Practised
from bot.text.catalogue import Html, Voice
from bot.text.literal import literal
from bot.text.screens import digest_home
from bot.text.screens import digest_phrases as phrases
from bot.text.screens import goals as goal_screens
from bot.text.screens.digest_phrases import SEPARATOR

MOST_STEPS, MOST_BEHAVIOURS, MOST_DATES = 3, 3, 4


def plain(voice: Voice, words: str) -> str:
    """HTML of ours as text."""
    return voice.plain("as-it-is", words=Html(words))


def names(voice: Voice, facts: Facts) -> dict[int, str]:
    """Of every caregiver; by the role where nobody gave a name."""
    return {by: literal(name) or voice.plain(f"role-{role or 'parent'}") for by, name, role in facts.people}


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


def goal(voice: Voice, facts: Facts, one: Aim, *, therapist: bool) -> str:
    """Each caregiver's ratings with how many, then the level: HTML. Families read a level's words, never its number."""
    known = names(voice, facts)
    parts = [
        voice("chart-goal-rated", name=known.get(rated.by, ""), first=points[0][1], last=points[-1][1], n=len(points))
        for rated in one.rated
        for points in [rated.points]
    ]
    if one.levels:
        parts.append(_level(voice, one.levels[-1], len(one.levels), therapist=therapist))
    return SEPARATOR.join(parts or [voice("chart-goal-unrated")])


def _level(voice: Voice, one: Level, n: int, *, therapist: bool) -> str:
    words, on = literal(one.words) or voice.plain(goal_screens.level_key(one.level)), phrases.day(voice, one.on)
    if not therapist:
        return voice("goal-now", day=on, words=words)
    return voice("chart-goal-level", level=phrases.signed(voice, one.level), day=on, words=words, n=n)


def whys(voice: Voice, facts: Facts, one: Aim) -> Iterator[str]:
    """Why it matters, in each caregiver's own words: HTML."""
    known = names(voice, facts)
    for why in one.whys:
        yield voice("chart-why", words=literal(why.text), name=known.get(why.by, ""))


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


def practice(voice: Voice, facts: Facts, one: Practised) -> str:
    """The same with what got in the way, on how many days each: HTML."""
    keys = ((Html(voice(f"practice-barrier-{key}", child=literal(facts.name))), count) for key, count in one.barriers)
    told = ", ".join(voice("digest-counted", what=name, count=count) for name, count in keys)
    in_the_way = [voice("digest-barriers", what=Html(told))] if told else []
    return SEPARATOR.join(part for part in (practised(voice, one.days), *in_the_way) if part)


def behaviours(facts: Facts) -> tuple[Behaviour, ...]:
    """Those that were told of on most days, in their order."""
    fullest = sorted(facts.behaviours, key=lambda one: -len(one.days))[:MOST_BEHAVIOURS]
    return tuple(one for one in facts.behaviours if one in fullest)


def behaviour_of(voice: Voice, one: Behaviour) -> str:
    """What it is called: plain text."""
    return literal(one.text) or voice.plain("behaviour-what-other")


def behaviour(voice: Voice, facts: Facts, one: Behaviour) -> str:
    """Moments and bands with the days that were told of: HTML."""
    times, name = digest_home.counted(voice, one.whole), names(voice, facts).get(one.by, "")
    return voice("digest-behaviour-week", name=name, times=times, days=one.whole.days)


def around(voice: Voice, one: Behaviour) -> Iterator[str]:
    """What was just before and just after, as counts of so many moments; no cause: HTML."""
    for key, tally in (("before", one.before), ("after", one.after)):
        if tally.counts:
            told = Html(phrases.counted(voice, tally.counts, f"behaviour-{key}"))
            yield voice(f"chart-behaviour-{key}", told=told, n=tally.of)


def change(voice: Voice, one: Change) -> str:
    """What is another way from a day on: HTML."""
    return voice(f"chart-change-{one.kind}", what=literal(one.what))
