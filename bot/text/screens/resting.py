"""/pause: what can be taken, until when, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.resting import Rest, Taken
from bot.model import Button, Screen
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import plans

BUSY_DAYS = 6  # with today a week
DAYS_AHEAD = 14
WEEKS_AHEAD = (3, 4, 6, 8)


def offer(voice: Voice, taken: Taken | None, today: date) -> Screen:
    """A week of one question needs one tap; the others ask until when."""
    week = (today + timedelta(days=BUSY_DAYS)).isoformat()
    rows = [
        (Button(voice.plain("pause-button-busy"), f"rest:busy:{week}"),),
        (Button(voice.plain("pause-button-pause"), "rest:pause"), Button(voice.plain("pause-button-ill"), "rest:ill")),
    ]
    if taken is None:
        return Screen(voice("pause-offer"), tuple(rows))
    text = f"{_is_on(voice, taken)}\n\n{voice('pause-offer')}"
    return Screen(text, ((Button(voice.plain("pause-button-end"), "rest:end"),), *rows))


def until(voice: Voice, kind: Rest, today: date) -> Screen:
    """The last day of it: each of the next two weeks, or some weeks on."""
    near = [today + timedelta(days=ahead) for ahead in range(1, DAYS_AHEAD + 1)]
    days = [Button(_short(voice, day), f"rest:{kind}:{day}") for day in near]
    later = [today + timedelta(weeks=weeks) for weeks in WEEKS_AHEAD]
    weeks = [Button(_short(voice, day), f"rest:{kind}:{day}") for day in later]
    back = (Button(voice.plain("settings-button-back"), "rest:show"),)
    return Screen(voice("pause-until"), (*plans.in_rows(days, 3), *plans.in_rows(weeks, 2), back))


def _short(voice: Voice, day: date) -> str:
    return numbers.long_date(day, voice.language)


def taken(voice: Voice, one: Taken) -> Screen:
    return Screen(_is_on(voice, one), ((Button(voice.plain("pause-button-end"), "rest:end"),),))


def _is_on(voice: Voice, one: Taken) -> str:
    return voice(f"pause-on-{one.kind}", day=_short(voice, one.until))


def ended(voice: Voice, moments: Sequence[tuple[int, str]]) -> Screen:
    """``moments``: when it goes on, as (ms, zone)."""
    following = min(moments, default=None)
    when = plans.moment(voice, *following) if following else ""
    return Screen(voice("pause-ended", when=when) if when else voice("pause-ended-open"))
