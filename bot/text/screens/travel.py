"""A journey, in /settings: until when another clock counts, and how it ends."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain import zones
from bot.domain.settings import Changed
from bot.domain.travel import Away
from bot.model import Button, Screen
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import plans

DAYS_AHEAD = 14
WEEKS_AHEAD = (3, 4, 6, 8)


def until(voice: Voice, there: str, today: date) -> Screen:
    """The last day there: each of the next two weeks, or some weeks on."""
    near = [today + timedelta(days=ahead) for ahead in range(1, DAYS_AHEAD + 1)]
    later = [today + timedelta(weeks=weeks) for weeks in WEEKS_AHEAD]
    days, weeks = ([_day(voice, there, one) for one in some] for some in (near, later))
    back = (Button(voice.plain("settings-button-back"), "set:show"),)
    text = voice("travel-until", zone=zones.city(there))
    return Screen(text, (*plans.in_rows(days, 3), *plans.in_rows(weeks, 2), back))


def _day(voice: Voice, there: str, day: date) -> Button:
    return Button(numbers.long_date(day, voice.language), f"away:to:{day}:{there}")


def line(voice: Voice, away: Away) -> str:
    day = numbers.long_date(away.until, voice.language)
    return voice("travel-on", zone=zones.city(away.there), day=day, home=zones.city(away.home))


def at_home(voice: Voice, zone: str, following: Changed) -> Screen:
    """The journey is over by its date; who stays longer says so with the button. Without a sound."""
    when = plans.moment(voice, following.at, following.timezone)
    lines = [voice("travel-over", zone=zones.city(zone)), *([voice("travel-next", when=when)] if when else [])]
    return Screen("\n".join(lines), ((Button(voice.plain("travel-longer"), "away:zone"),),), silent=True)


def button(voice: Voice, away: Away | None) -> Button:
    """In /settings: to go, or to be back."""
    if away is None:
        return Button(voice.plain("travel-button"), "away:zone")
    return Button(voice.plain("travel-button-end"), "away:end")
