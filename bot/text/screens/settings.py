"""/settings: what one has chosen, and the buttons that change it."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from bot.clock import from_ms
from bot.domain import zones
from bot.domain.settings import Changed, Plan
from bot.model import Account, Button, Screen
from bot.storage.database import Row
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import plans

DIGEST = "digest"


def settings(voice: Voice, account: Account, found: Sequence[Plan], languages: Sequence[str], now: int) -> Screen:
    me = account.people[0]
    lines = [voice("settings-title"), *(_plan_line(voice, plan) for plan in found)]
    lines.append(voice("settings-zone", zone=zones.city(me.timezone), clock=_clock(voice, me.timezone, now)))
    lines += _hours_lines(voice, account)
    lines.append(voice("settings-language", language=language_name(me.language)))
    if account.stopped:
        lines.append(voice("settings-stopped"))
    rows = [_plan_buttons(voice, plan, found) for plan in found]
    others = [Button(voice.plain("settings-button-zone"), "set:zone"), *_rest_buttons(voice, account)]
    if len(languages) > 1:
        others.append(Button(voice.plain("settings-button-language"), "set:language"))
    return Screen("\n\n".join(lines), (*rows, *plans.in_rows(others, 2)))


def _hours_lines(voice: Voice, account: Account) -> list[str]:
    """A family's quiet hours, a therapist's working hours; who is both has both."""
    lines = [voice("settings-quiet", first=one.quiet_from, last=one.quiet_until) for one in account.caregivers[:1]]
    if account.therapist is not None:
        begin, end = account.therapist.quiet_until, account.therapist.quiet_from
        lines.append(voice("settings-hours", first=begin, last=end))
    return lines


def _rest_buttons(voice: Voice, account: Account) -> list[Button]:
    """When nobody is disturbed: a family's hours and a therapist's, and the days."""
    buttons = [Button(voice.plain("settings-button-quiet"), "set:quiet")] if account.caregivers else []
    if account.therapist is not None:
        buttons.append(Button(voice.plain("settings-button-hours"), "set:hours"))
    return [*buttons, Button(voice.plain("settings-button-free"), "free:show")]


def _plan_line(voice: Voice, plan: Plan) -> str:
    days, hour, what = plans.rhythm(voice, plan.row), plans.hour_words(voice, plan.row["time"]), _what(voice, plan)
    if plan.child:
        return voice("plan-line-child", child=plan.child, what=what, days=days, hour=hour)
    return voice("plan-line", what=what, days=days, hour=hour)


def _what(voice: Voice, plan: Plan) -> str:
    return voice.plain("digest-title") if plan.row["template"] == DIGEST else plans.what(voice, plan.row)


def _plan_buttons(voice: Voice, plan: Plan, found: Sequence[Plan]) -> tuple[Button, ...]:
    """Named by the child where there are several; two plans of one child by their hour too."""
    number, name = plan.row["id"], plan.child or _what(voice, plan)
    if sum(one.child == plan.child for one in found) > 1:
        name = f"{name}, {plans.hour_words(voice, plan.row['time'])}"
    return tuple(
        Button(
            voice.plain(f"plan-button-{verb}-of", what=name) if len(found) > 1 else voice.plain(f"plan-button-{verb}"),
            f"set:{verb}:{number}",
        )
        for verb in ("hour", "days")
    )


def _clock(voice: Voice, zone: str, now: int) -> str:
    return numbers.clock_time(from_ms(now), ZoneInfo(zone), voice.language)


def language_name(code: str) -> str:
    """As its own speakers write it."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name()
    except (ValueError, UnknownLocaleError):
        return code
    return str(name)[:1].upper() + str(name)[1:] if name else code


def _back(voice: Voice) -> tuple[Button, ...]:
    return (Button(voice.plain("settings-button-back"), "set:show"),)


def hour(voice: Voice, plan: Row, *, other: bool) -> Screen:
    """The usual half of the day; the other half is one button away."""
    usual, unusual = plans.EVENINGS, plans.MORNINGS
    if (plan["template"] == DIGEST) != other:
        usual, unusual = unusual, usual
    rows = plans.hour_rows(f"set:hour:{plan['id']}", plan["time"], usual)
    turn = (Button(voice.plain("plan-other-hours"), f"set:{'hour' if other else 'other'}:{plan['id']}"),)
    return Screen(voice("plan-which-hour"), (*rows, turn, _back(voice)))


def days(voice: Voice, plan: Row) -> Screen:
    return Screen(
        voice("plan-which-days"), (*plans.day_rows(voice, f"set:days:{plan['id']}", plan["days"]), _back(voice))
    )


def changed(voice: Voice, to: Changed) -> str:
    """For the line over the chat: when it comes next."""
    when = plans.moment(voice, to.at, to.timezone)
    return voice.plain("settings-next", when=when) if when else voice.plain("settings-kept")


def languages(voice: Voice, codes: Sequence[str], data: str) -> Screen:
    """``data`` is followed by the language."""
    buttons = [Button(language_name(code), f"{data}:{code}") for code in codes]
    return Screen(voice("settings-which-language"), plans.in_rows(buttons, 2))


def continents(voice: Voice) -> Screen:
    buttons = [Button(voice.plain("plain-name", child=one), f"set:zone:{one}:0") for one in zones.continents()]
    return Screen(voice("settings-which-zone"), (*plans.in_rows(buttons, 2), _back(voice)))


def cities(voice: Voice, continent: str, page: int, now: int) -> Screen:
    found, on_a_page = zones.of_continent(continent), zones.ON_A_PAGE
    first = page * on_a_page
    data = f"set:zone:{continent}"
    turn = []
    if first + on_a_page < len(found):
        turn.append(Button(voice.plain("families-later"), f"{data}:{page + 1}"))
    if page:
        turn.append(Button(voice.plain("families-earlier"), f"{data}:{page - 1}"))
    rows = plans.in_rows(_zone_buttons(voice, found[first : first + on_a_page], now), 2)
    return Screen(voice("settings-which-city"), (*rows, *([tuple(turn)] if turn else []), _back(voice)))


def found(voice: Voice, names: Sequence[str], now: int) -> Screen:
    """What was typed may mean these."""
    if not names:
        return Screen(voice("settings-no-city"), (_back(voice),))
    return Screen(voice("settings-which-city"), (*plans.in_rows(_zone_buttons(voice, names, now), 2), _back(voice)))


def _zone_buttons(voice: Voice, names: Sequence[str], now: int) -> list[Button]:
    return [Button(f"{zones.city(one)} · {_clock(voice, one, now)}", f"set:tz:{one}") for one in names]


def quiet_from(voice: Voice) -> Screen:
    hours = ("19:00", "20:00", "20:30", "21:00", "21:30", "22:00", "22:30", "23:00", "23:30")
    return Screen(voice("settings-quiet-from"), (*plans.hour_rows("set:quiet", "", hours), _back(voice)))


def quiet_until(voice: Voice, first: str) -> Screen:
    hours = ("05:00", "06:00", "06:30", "07:00", "07:30", "08:00", "08:30", "09:00", "10:00")
    data = f"set:quiet:{plans.plain(first)}"
    return Screen(voice("settings-quiet-until", first=first), (*plans.hour_rows(data, "", hours), _back(voice)))


def hours_from(voice: Voice) -> Screen:
    hours = ("05:00", "06:00", "06:30", "07:00", "07:30", "08:00", "08:30", "09:00", "10:00", "12:00")
    return Screen(voice("settings-hours-from"), (*plans.hour_rows("set:hours", "", hours), _back(voice)))


def hours_until(voice: Voice, first: str) -> Screen:
    hours = ("12:00", "14:00", "16:00", "17:00", "18:00", "19:00", "20:00", "21:00", "21:30", "22:00")
    data = f"set:hours:{plans.plain(first)}"
    rows = plans.hour_rows(data, "", tuple(one for one in hours if one > first))
    return Screen(voice("settings-hours-until", first=first), (*rows, _back(voice)))
