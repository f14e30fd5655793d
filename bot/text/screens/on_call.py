"""A therapist's own hours on call, and who is on call now."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.on_call import EVERY_DAY, Hours, Shift
from bot.model import Button, Person, Screen
from bot.text.catalogue import Voice
from bot.text.screens import plans

DAYS = (EVERY_DAY, "01234", "56")
HOURS = range(24)
PLACES = (1, 2, 3, 4)


def listed(voice: Voice, mine: Sequence[Shift], now: Sequence[Person]) -> Screen:
    names = ", ".join(one.name for one in now)
    parts = [voice("oncall-now", names=names) if now else voice("oncall-nobody")]
    parts += [voice("oncall-mine", when=_when(voice, one)) for one in mine] or [voice("oncall-none")]
    parts.append(voice("oncall-how"))
    rows = [(Button(voice.plain("oncall-add"), "oc:add"),)]
    rows += [(Button(voice.plain("oncall-drop", when=_when(voice, one)), f"oc:drop:{one.id}"),) for one in mine]
    return Screen("\n\n".join(parts), tuple(rows))


def put(voice: Voice, whose: Person, *, told: bool) -> str:
    """For the admin who did it."""
    return voice("oncall-told" if told else "oncall-tell", name=whose.name)


def yours(voice: Voice, by: Person, hours: Hours | Shift, *, off: bool) -> Screen:
    """For whom an admin put on call, or took off."""
    return Screen(voice("oncall-yours-off" if off else "oncall-yours", name=by.name, when=_when(voice, hours)))


def rota(voice: Voice, everyone: Sequence[Shift], now: Sequence[Person], done: str = "") -> Screen:
    """For an admin: everybody's, below what was just done."""
    names = ", ".join(one.name for one in now)
    parts = [done] if done else []
    parts.append(voice("oncall-now", names=names) if now else voice("oncall-nobody"))
    lines = [voice("oncall-line", place=one.place, name=one.person.name, when=_when(voice, one)) for one in everyone]
    parts.append("\n".join([voice("oncall-rota"), *lines]) if lines else voice("oncall-nobody-planned"))
    parts.append(voice("oncall-how"))
    rows = [(Button(voice.plain("oncall-put"), "oc:for"),), (Button(voice.plain("oncall-add"), "oc:add"),)]
    rows += [
        (Button(voice.plain("oncall-off", name=one.person.name, when=_when(voice, one)), f"oc:off:{one.id}"),)
        for one in everyone
    ]
    return Screen("\n\n".join(parts), tuple(rows))


def who(voice: Voice, therapists: Sequence[Person]) -> Screen:
    rows = tuple((Button(voice.plain("plain-name", child=one.name), f"oc:for:{one.id}"),) for one in therapists)
    return Screen(voice("oncall-who"), (*rows, _back(voice)))


def places(voice: Voice, data: str) -> Screen:
    rows = plans.in_rows([Button(str(one), f"{data}:{one}") for one in PLACES], len(PLACES))
    return Screen(voice("oncall-place"), (*rows, _back(voice)))


def _when(voice: Voice, one: Hours | Shift) -> str:
    hours = f"{plans.hour_words(voice, one.from_)}-{plans.hour_words(voice, one.until)}"
    return f"{plans.days_words(voice, one.days)}, {hours}"


def days(voice: Voice, data: str) -> Screen:
    """``data``: for whom, as what follows each button begins: `oc:add`, or `oc:for:<therapist>`."""
    rows = tuple((Button(plans.days_words(voice, one), f"{data}:{one}"),) for one in DAYS)
    return Screen(voice("oncall-which-days"), (*rows, _back(voice)))


def begins(voice: Voice, data: str) -> Screen:
    return Screen(voice("oncall-from"), (*_hours(voice, data), _back(voice)))


def until(voice: Voice, data: str, first: int) -> Screen:
    return Screen(voice("oncall-until"), (*_hours(voice, data, after=first), _back(voice)))


def _hours(voice: Voice, data: str, after: int = -1) -> plans.Rows:
    """Round the clock, what comes next first."""
    turn = [(after + 1 + hour) % 24 for hour in HOURS]
    return plans.in_rows([Button(plans.hour_words(voice, f"{one:02}:00"), f"{data}:{one:02}") for one in turn], 4)


def _back(voice: Voice) -> tuple[Button, ...]:
    return (Button(voice.plain("oncall-back"), "oc:list"),)
