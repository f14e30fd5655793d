"""A therapist's leave: its days, who stands in, and what colleague and families read of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain import standing_in
from bot.domain.standing_in import Begun, Leave
from bot.model import Button, Person, Screen
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import plans

PAGE = 14  # days that are offered at once
LAST_PAGE = 26


def listed(voice: Voice, planned: Sequence[Leave]) -> Screen:
    parts = [_line(voice, one) for one in planned] or [voice("away-none")]
    parts.append(voice("away-how"))
    rows = [(Button(voice.plain("away-add"), "aw:from:0"),)]
    rows += [(Button(voice.plain("away-end", day=_day(voice, one.first)), f"aw:end:{one.id}"),) for one in planned]
    return Screen("\n\n".join(parts), tuple(rows))


def _line(voice: Voice, one: Leave) -> str:
    key = "away-runs" if one.runs else "away-planned"
    said = voice(key, first=_day(voice, one.first), last=_day(voice, one.last), name=one.stand_in)
    return f"{said}\n{voice('away-stays', name=one.stand_in, n=one.stays)}" if one.stays else said


def _day(voice: Voice, day: date) -> str:
    return numbers.long_date(day, voice.language)


def first_day(voice: Voice, today: date, page: int) -> Screen:
    return Screen(voice("away-from"), _days(voice, today, page, "aw:until:{day}:0", "aw:from:{page}"))


def last_day(voice: Voice, first: date, page: int) -> Screen:
    days = _days(voice, first, page, f"aw:who:{first}:{{day}}", f"aw:until:{first}:{{page}}")
    return Screen(voice("away-until", day=_day(voice, first)), days)


def _days(voice: Voice, begin: date, page: int, chosen: str, other: str) -> plans.Rows:
    shown = [begin + timedelta(days=PAGE * page + ahead) for ahead in range(PAGE)]
    buttons = [Button(_day(voice, day), chosen.format(day=day)) for day in shown]
    turn = [Button(voice.plain("away-earlier"), other.format(page=page - 1))] if page else []
    turn += [Button(voice.plain("away-later"), other.format(page=page + 1))] if page < LAST_PAGE else []
    return (*plans.in_rows(buttons, 2), tuple(turn), _back(voice))


def who(voice: Voice, first: date, last: date, others: Sequence[Person]) -> Screen:
    if not others:
        return Screen(voice("away-nobody"), (_back(voice),))
    rows = tuple(
        (Button(voice.plain("plain-name", child=one.name), f"aw:with:{first}:{last}:{one.id}"),) for one in others
    )
    return Screen(voice("away-who", first=_day(voice, first), last=_day(voice, last)), (*rows, _back(voice)))


def _back(voice: Voice) -> tuple[Button, ...]:
    return (Button(voice.plain("away-back"), "aw:list"),)


def yours(voice: Voice, begun: Begun) -> Screen:
    """For who stands in."""
    day = _day(voice, standing_in.last_day(begun.until, begun.away.timezone))
    opens = ((Button(voice.plain("case-open"), "fam:page:0"),),)
    return Screen(voice("away-yours", name=begun.away.name, day=day, n=len(begun.cases)), opens, protected=True)


def alone(voice: Voice, leave: Leave) -> Screen:
    """For who is away: nobody stands in any more."""
    rows = ((Button(voice.plain("away-add"), "aw:from:0"),),)
    key = "away-alone-runs" if leave.runs else "away-alone"
    days = {"first": _day(voice, leave.first), "last": _day(voice, leave.last)}
    return Screen(voice(key, name=leave.stand_in, **days), rows)


def told(voice: Voice, begun: Begun, child: str, timezone: str) -> Screen:
    """For a caregiver, with the day as it is where they are."""
    day = _day(voice, standing_in.last_day(begun.until, timezone))
    return Screen(voice("away-told", name=begun.away.name, other=begun.to.name, child=child, day=day))
