"""A therapist's own hours on call, and who is on call now."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.on_call import EVERY_DAY, Shift
from bot.model import Button, Person, Screen
from bot.text.catalogue import Voice
from bot.text.screens import plans

DAYS = (EVERY_DAY, "01234", "56")
HOURS = range(24)


def listed(voice: Voice, mine: Sequence[Shift], now: Sequence[Person]) -> Screen:
    names = ", ".join(one.name for one in now)
    parts = [voice("oncall-now", names=names) if now else voice("oncall-nobody")]
    parts += [voice("oncall-mine", when=_when(voice, one)) for one in mine] or [voice("oncall-none")]
    parts.append(voice("oncall-how"))
    rows = [(Button(voice.plain("oncall-add"), "oc:add"),)]
    rows += [(Button(voice.plain("oncall-drop", when=_when(voice, one)), f"oc:drop:{one.id}"),) for one in mine]
    return Screen("\n\n".join(parts), tuple(rows))


def _when(voice: Voice, one: Shift) -> str:
    hours = f"{plans.hour_words(voice, one.from_)}-{plans.hour_words(voice, one.until)}"
    return f"{plans.days_words(voice, one.days)}, {hours}"


def days(voice: Voice) -> Screen:
    rows = tuple((Button(plans.days_words(voice, one), f"oc:add:{one}"),) for one in DAYS)
    return Screen(voice("oncall-which-days"), (*rows, _back(voice)))


def begins(voice: Voice, chosen: str) -> Screen:
    return Screen(voice("oncall-from"), (*_hours(voice, f"oc:add:{chosen}"), _back(voice)))


def until(voice: Voice, chosen: str, first: int) -> Screen:
    return Screen(voice("oncall-until"), (*_hours(voice, f"oc:add:{chosen}:{first:02}", after=first), _back(voice)))


def _hours(voice: Voice, data: str, after: int = -1) -> plans.Rows:
    """Round the clock, what comes next first."""
    turn = [(after + 1 + hour) % 24 for hour in HOURS]
    return plans.in_rows([Button(plans.hour_words(voice, f"{one:02}:00"), f"{data}:{one:02}") for one in turn], 4)


def _back(voice: Voice) -> tuple[Button, ...]:
    return (Button(voice.plain("oncall-back"), "oc:list"),)
