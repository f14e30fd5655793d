"""A caregiver's access as the clinic arranges it, and who treats a child."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain import rights
from bot.domain.handing_over import Handed
from bot.model import Button, Person, Preset, Screen
from bot.storage.database import Row
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import joining, plans

MONTHS = (1, 3, 6, 12)


def one(voice: Voice, found: Row, now: int) -> Screen:
    seat, parts = found["id"], [state(voice, found, now)]
    parts.append(voice(f"rights-may-{found['preset']}"))
    paper = found["document"]
    parts.append(voice("rights-paper", paper=paper) if paper else voice("rights-no-paper"))
    parts.append(voice("rights-how"))
    turn = tuple((Button(voice.plain(f"rights-{word}"), f"rt:{verb}:{seat}"),) for word, verb in _turn(found))
    more = tuple(Button(voice.plain(f"rights-button-{verb}"), f"rt:{verb}:{seat}") for verb in ("until", "paper"))
    may_ = (Button(voice.plain("rights-button-may"), f"rt:may:{seat}"),)
    return Screen("\n\n".join(parts), (*turn, may_, more, _back(voice, found["child_id"], found["child_name"])))


def _turn(found: Row) -> list[tuple[str, str]]:
    """One that is over comes back by a new end."""
    if found["suspended_at"] is not None:
        return [("give-back", "on")]
    return [] if found["rests_since"] is not None else [("suspend", "off")]


def state(voice: Voice, found: Row, now: int) -> str:
    known = {"name": joining.called(voice, found["name"], found["role"])}
    if found["suspended_at"] is not None:
        return voice("rights-suspended", day=_day(voice, found["suspended_at"], found["timezone"]), **known)
    if found["until_at"] is None:
        return voice("rights-open", child=found["child_name"], **known)
    day = _last_day(voice, found["until_at"], found["timezone"])
    if found["until_at"] <= now:
        return voice("rights-over", day=day, **known)
    return voice("rights-until", child=found["child_name"], day=day, **known)


def _day(voice: Voice, at: int, timezone: str) -> str:
    return numbers.whole_date(from_ms(at).astimezone(ZoneInfo(timezone)).date(), voice.language)


def _last_day(voice: Voice, until: int, timezone: str) -> str:
    return numbers.whole_date(rights.last_day(until, timezone), voice.language)


def _back(voice: Voice, child: int, name: str) -> tuple[Button, ...]:
    return (Button(voice.plain("families-button-back", child=name), f"fam:child:{child}"),)


def until(voice: Voice, found: Row) -> Screen:
    seat, name = found["id"], joining.called(voice, found["name"], found["role"])
    choices = [Button(voice.plain("rights-months", n=n), f"rt:until:{seat}:{n}") for n in MONTHS]
    more = [(Button(voice.plain(f"rights-{word}"), f"rt:{data}"),) for word, data in _other_ends(seat)]
    back = _back(voice, found["child_id"], found["child_name"])
    return Screen(voice("rights-which-until", name=name), (*plans.in_rows(choices, 2), *more, back))


def _other_ends(seat: int) -> tuple[tuple[str, str], ...]:
    return (("another-day", f"day:{seat}"), ("no-end", f"until:{seat}:0"))


def months(voice: Voice, found: Row, today: date) -> Screen:
    """In which month that other day is."""
    firsts = [rights.in_months(today.replace(day=1), n) for n in range(rights.MOST_MONTHS)]
    choices = [(numbers.month_and_year(first, voice.language), f"{first:%Y-%m}") for first in firsts]
    return _ends_in(voice, found, choices, 3)


def days_of(first: date) -> list[date]:
    """Of the month that begins so."""
    return [first.replace(day=n) for n in range(1, monthrange(first.year, first.month)[1] + 1)]


def days(voice: Voice, found: Row, which: Sequence[date]) -> Screen:
    """Which day of that month is the last."""
    return _ends_in(voice, found, [(numbers.day_and_month(day, voice.language), f"{day}") for day in which], 4)


def _ends_in(voice: Voice, found: Row, choices: Sequence[tuple[str, str]], width: int) -> Screen:
    seat, name = found["id"], joining.called(voice, found["name"], found["role"])
    buttons = [Button(label, f"rt:day:{seat}:{value}") for label, value in choices]
    back = _back(voice, found["child_id"], found["child_name"])
    return Screen(voice("rights-which-day", name=name), (*plans.in_rows(buttons, width), back))


def may(voice: Voice, found: Row) -> Screen:
    """What is set now has no button."""
    seat, name = found["id"], joining.called(voice, found["name"], found["role"])
    rows = tuple(
        (Button(voice.plain(f"rights-preset-{one}"), f"rt:may:{seat}:{one}"),)
        for one in Preset
        if one != found["preset"]
    )
    parts = (voice("rights-which-may", name=name), voice(f"rights-may-{found['preset']}"), voice("rights-may-how"))
    back = _back(voice, found["child_id"], found["child_name"])
    return Screen("\n\n".join(parts), (*rows, back))


def ask_paper(voice: Voice, found: Row) -> Screen:
    drop = ((Button(voice.plain("rights-drop-paper"), f"rt:nopaper:{found['id']}"),),) if found["document"] else ()
    return Screen(voice("rights-ask-paper"), drop)


def too_long(voice: Voice, most: int) -> Screen:
    return Screen(voice("rights-too-long", most=most))


def ended(voice: Voice, found: Row) -> Screen:
    """For the therapists."""
    name = joining.called(voice, found["name"], found["role"])
    opens = ((Button(voice.plain("case-open"), f"rt:one:{found['id']}"),),)
    return Screen(voice("rights-ended", name=name, child=found["child_name"]), opens, protected=True)


def team(voice: Voice, child: int, name: str, rows: Sequence[Row], me: Person) -> Screen:
    lines = "\n".join(_treating(voice, row) for row in rows)
    parts = [f"<b>{voice('case-title', child=name)}</b>", lines, voice("case-how")]
    buttons = [
        Button(voice.plain("case-add"), f"case:co:{child}"),
        Button(voice.plain("case-give"), f"case:give:{child}"),
    ]
    buttons += [
        Button(voice.plain("case-drop", name=row["name"]), f"case:unco:{child}:{row['id']}")
        for row in rows
        if row["id"] != me.id and row["part"]
    ]
    buttons.append(Button(voice.plain("case-over"), f"over:ask:{child}"))
    return Screen("\n\n".join(parts), (*plans.in_rows(buttons, 1), _back(voice, child, name)))


def _treating(voice: Voice, row: Row) -> str:
    if row["part"] == "stand_in" and row["until_at"] is not None:
        return voice("case-stand-in", name=row["name"], day=_last_day(voice, row["until_at"], row["timezone"]))
    return voice("case-co" if row["part"] else "case-lead", name=row["name"])


def which(voice: Voice, child: int, name: str, verb: str, others: Sequence[Person]) -> Screen:
    """``verb``: "co" for a helper, "give" for who takes it over."""
    if not others:
        return Screen(voice("case-no-colleague"), (_back(voice, child, name),))
    key = "case-which-helper" if verb == "co" else "case-which-next"
    rows = tuple(
        (Button(voice.plain("plain-name", child=one.name), f"case:{verb}:{child}:{one.id}"),) for one in others
    )
    return Screen(voice(key, child=name), (*rows, _back(voice, child, name)))


def sure(voice: Voice, child: int, name: str, to: Person) -> Screen:
    """Staying is the first button."""
    yes = (Button(voice.plain("case-yes"), f"case:give:{child}:{to.id}:yes"),)
    return Screen(voice("case-sure", child=name, name=to.name), (_back(voice, child, name), yes))


def given(voice: Voice, handed: Handed) -> Screen:
    rows = ((Button(voice.plain("families-button-list"), "fam:page:0"),),)
    return Screen(voice("case-given", child=handed.child_name, name=handed.to.name), rows)


def yours(voice: Voice, child: int, name: str, *, helps: bool = False) -> Screen:
    """For whom the case was given to; or who helps with it."""
    opens = ((Button(voice.plain("case-open"), f"fam:child:{child}"),),)
    return Screen(voice("case-helps" if helps else "case-yours", child=name), opens, protected=True)


def new_reader(voice: Voice, handed: Handed) -> Screen:
    """For each caregiver alone."""
    return Screen(voice("case-new-reader", name=handed.to.name, child=handed.child_name))
