"""/settings: what one has chosen, and the buttons that change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from bot.clock import from_ms
from bot.domain import zones
from bot.domain.settings import AMOUNTS, PLANNED, ADay, Changed, Plan
from bot.domain.travel import Away
from bot.model import Account, Button, Screen
from bot.storage.database import Row
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import plans, seats, travel

DIGEST, SET = "digest", "set"


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


def with_more(voice: Voice, shown: Screen, links: Sequence[Row], away: Away | None) -> Screen:
    """Below: a journey, with whom a check-in is shared, and how each ends."""
    lines = [*([] if away is None else [travel.line(voice, away)]), *(seats.shared_line(voice, row) for row in links)]
    buttons = [travel.button(voice, away), *(seats.end_button(voice, row) for row in links)]
    return replace(shown, text="\n\n".join([shown.text, *lines]), rows=(*shown.rows, *plans.in_rows(buttons, 1)))


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
        for verb in (("hour", "days", "amount") if plan.child else ("hour", "days"))
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


def amount(voice: Voice, plan: Row, a_day: ADay) -> Screen:
    """How often in a week; what the therapist planned stands first where the family has changed it. And how many in a
    day, where several are planned.
    """
    data, planned = f"set:amount:{plan['id']}", plan["planned_days"]
    buttons = [Button(_amount(voice, key, on=days == plan["days"]), f"{data}:{key}") for key, days in AMOUNTS.items()]
    if planned:
        again = voice.plain("amount-planned", days=plans.days_words(voice, planned))
        buttons.insert(0, Button(again, f"{data}:{PLANNED}"))
    days = [
        Button(_marked(voice.plain("amount-a-day", n=n), on=n == a_day.most), f"set:day:{plan['id']}:{n}")
        for n in (range(1, a_day.planned + 1) if a_day.planned > 1 else ())
    ]
    text = voice("amount-which", days=plans.rhythm(voice, plan))
    return Screen(text, (*plans.in_rows(buttons, 1), *plans.in_rows(days, 1), _back(voice)))


def _amount(voice: Voice, key: str, *, on: bool) -> str:
    return _marked(voice.plain(f"amount-{key}"), on=on)


def _marked(words: str, *, on: bool) -> str:
    return f"● {words}" if on else words


def changed(voice: Voice, to: Changed) -> str:
    """For the line over the chat: when it comes next."""
    when = plans.moment(voice, to.at, to.timezone)
    return voice.plain("settings-next", when=when) if when else voice.plain("settings-kept")


def languages(voice: Voice, codes: Sequence[str], data: str) -> Screen:
    """``data`` is followed by the language."""
    buttons = [Button(language_name(code), f"{data}:{code}") for code in codes]
    return Screen(voice("settings-which-language"), plans.in_rows(buttons, 2))


def continents(voice: Voice, lead: str = SET) -> Screen:
    """``lead`` begins what the buttons carry: `SET` for where people live, or another for where they go."""
    buttons = [Button(voice.plain("plain-name", child=one), f"{lead}:zone:{one}:0") for one in zones.continents()]
    return Screen(
        voice("settings-which-zone" if lead == SET else "travel-where"), (*plans.in_rows(buttons, 2), _back(voice))
    )


def cities(voice: Voice, continent: str, page: int, now: int, lead: str = SET) -> Screen:
    found, on_a_page = zones.of_continent(continent), zones.ON_A_PAGE
    first = page * on_a_page
    data = f"{lead}:zone:{continent}"
    turn = []
    if first + on_a_page < len(found):
        turn.append(Button(voice.plain("families-later"), f"{data}:{page + 1}"))
    if page:
        turn.append(Button(voice.plain("families-earlier"), f"{data}:{page - 1}"))
    rows = plans.in_rows(_zone_buttons(voice, found[first : first + on_a_page], now, lead), 2)
    return Screen(voice("settings-which-city"), (*rows, *([tuple(turn)] if turn else []), _back(voice)))


def found(voice: Voice, names: Sequence[str], now: int, lead: str = SET) -> Screen:
    """What was typed may mean these."""
    if not names:
        return Screen(voice("settings-no-city"), (_back(voice),))
    return Screen(
        voice("settings-which-city"), (*plans.in_rows(_zone_buttons(voice, names, now, lead), 2), _back(voice))
    )


def _zone_buttons(voice: Voice, names: Sequence[str], now: int, lead: str) -> list[Button]:
    return [Button(f"{zones.city(one)} · {_clock(voice, one, now)}", f"{lead}:tz:{one}") for one in names]


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
