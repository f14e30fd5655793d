"""Goals and home practice on a family's screen: each pair of eyes alone, days as planned, what got in the way."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.behaviour import Week
from bot.domain.digest_behaviour import Seen
from bot.domain.digest_facts import Family
from bot.domain.digest_goals import Rated
from bot.domain.digest_practice import Practice
from bot.domain.practice import Help, Trend
from bot.text.catalogue import Html, Voice
from bot.text.screens import digest_phrases as phrases

MOST_STEPS = 2
_LONG = 60  # characters of the name of a goal or a step


def goals(voice: Voice, shown: Family) -> Iterator[str]:
    """A line for each goal: each caregiver's course alone, then the therapist's level."""
    for one in shown.goals:
        parts = [_rated(voice, shown, rated) for rated in one.rated]
        if one.level is not None:
            level, on = one.level
            parts.append(voice("digest-goal-level", level=phrases.signed(voice, level), day=phrases.day(voice, on)))
        yield voice("digest-goal", goal=_short(one.what), parts=Html("; ".join(parts)))


def _rated(voice: Voice, shown: Family, one: Rated) -> str:
    name, since = phrases.called(voice, shown, one.by), phrases.day(voice, one.since)
    text = voice("digest-goal-rated", name=name, start=one.start, now=one.now, n=one.n, since=since)
    return f"{text} ({voice('digest-old')})" if one.old else text


def topics(voice: Voice, shown: Family, most: int) -> Iterator[str]:
    """What caregivers would like to talk about."""
    for one in shown.topics:
        name, on = phrases.called(voice, shown, one.by), phrases.day(voice, one.on)
        line = voice(f"digest-topic-{one.kind}", goal=_short(one.goal), name=name, day=on)
        words = phrases.quote(voice, one.text, most) if one.text else ""
        yield f"{line} {words or (phrases.medium(voice, one.media) if one.media else '')}".rstrip()


def _short(name: str) -> str:
    return name if len(name) <= _LONG else f"{name[:_LONG]}…"


def practice(voice: Voice, shown: Family, *, briefly: bool = False) -> Iterator[str]:
    """A line for each step; `briefly`, the days alone."""
    for one in shown.practice[:MOST_STEPS]:
        yield voice(
            "digest-practice", step=_short(one.step), parts=Html(", ".join(_parts(voice, one, briefly=briefly)))
        )


def _parts(voice: Voice, one: Practice, *, briefly: bool) -> Iterator[str]:
    days = one.days
    if days.planned:
        yield voice("digest-practice-days", done=days.done, planned=days.planned)
    if days.little:
        yield voice("digest-practice-little", count=days.little)
    if days.missing and not briefly:
        yield voice("digest-practice-missing", count=days.missing)
    if days.extra:
        yield voice("digest-practice-extra", count=days.extra)
    if one.help is not None and not briefly:
        yield from _help(voice, one.help)


def _help(voice: Voice, one: Help) -> Iterator[str]:
    low, high = (Html(voice(f"digest-practice-help-{key}")) for key in one.median)
    usual = low if low == high else Html(voice("digest-between", low=low, high=high))
    yield voice("digest-practice-help", help=usual, n=one.n)
    if one.trend not in (None, Trend.SAME):
        yield voice(f"digest-practice-trend-{one.trend}")


def behaviours(voice: Voice, shown: Family) -> Iterator[str]:
    """A line for each: counts with the days on which somebody was there to see, what was around it; no cause."""
    for one in shown.behaviours:
        what = Html(voice("plain-name", child=_short(one.what)) if one.what else voice("behaviour-what-other"))
        parts = [phrases.SEPARATOR.join(_seen(voice, shown, seen)) for seen in one.seen]
        yield voice("digest-behaviour", what=what, parts=Html("; ".join(parts)))


def _seen(voice: Voice, shown: Family, one: Seen) -> Iterator[str]:
    name = phrases.called(voice, shown, one.by)
    yield voice("digest-behaviour-week", name=name, times=counted(voice, one.week), days=one.week.days)
    if one.earlier is not None:
        yield voice("digest-behaviour-earlier", times=counted(voice, one.earlier), days=one.earlier.days)
    if one.pair is not None:
        names = [Html(voice(f"behaviour-before-{one.pair.before}")), Html(voice(f"behaviour-after-{one.pair.after}"))]
        counts = {"count": one.pair.count, "of": one.pair.of}
        yield voice("digest-behaviour-pair", before=names[0], after=names[1], **counts)


def counted(voice: Voice, week: Week) -> Html:
    """Moments, and days by their band: a band stays a band."""
    parts = [
        voice("digest-behaviour-band", band=Html(voice(f"behaviours-band-{band}")), days=days)
        for band, days in week.bands
    ]
    if week.moments or not parts:
        parts.insert(0, voice("digest-behaviour-times", count=week.moments))
    return Html(", ".join(parts))


def barriers(voice: Voice, shown: Family) -> Iterator[str]:
    """What was tapped when a step was not done, with how often."""
    found: dict[str, int] = {}
    for one in shown.practice:
        for key, count in one.barriers:
            found[key] = found.get(key, 0) + count
    if found:
        names = {key: Html(voice(f"practice-barrier-{key}", child=shown.name)) for key in found}
        parts = [voice("digest-counted", what=names[key], count=count) for key, count in found.items()]
        yield voice("digest-barriers", what=Html(", ".join(parts)))
