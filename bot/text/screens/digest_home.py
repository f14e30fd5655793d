"""Home practice on a family's screen: days as they were planned, the help it took, what got in the way."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.digest_facts import Family
from bot.domain.digest_practice import Practice
from bot.domain.practice import Help, Trend
from bot.text.catalogue import Html, Voice

MOST_STEPS = 2
_STEP = 60  # characters of a step's name


def practice(voice: Voice, shown: Family, *, briefly: bool = False) -> Iterator[str]:
    """A line for each step; `briefly`, the days alone."""
    for one in shown.practice[:MOST_STEPS]:
        step = one.step if len(one.step) <= _STEP else f"{one.step[:_STEP]}…"
        yield voice("digest-practice", step=step, parts=Html(", ".join(_parts(voice, one, briefly=briefly))))


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
