"""Hours and days: how they are said, and the buttons that choose them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain.weekends import WORK
from bot.model import Button
from bot.storage.database import Row
from bot.text import numbers
from bot.text.catalogue import Voice, isolate

EVERY_DAY, WORKING_DAYS = "0123456", "01234"
HOURS = tuple(f"{hour:02}:{minute}" for hour in range(6, 23) for minute in ("00", "30"))
EVENINGS = HOURS[HOURS.index("15:00") : HOURS.index("22:00") + 1]
MORNINGS = HOURS[: HOURS.index("13:00") + 1]

Rows = tuple[tuple[Button, ...], ...]


def what(voice: Voice, plan: Row) -> str:
    """The name of what a schedule asks, plain: the library's, or the therapist's own words."""
    return isolate(plan["form_name"]) if plan["form_name"] else voice.plain(f"{plan['template']}-name")


def in_rows(buttons: list[Button], width: int) -> Rows:
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def plain(hour: str) -> str:
    """19:30 as buttons carry it: 1930."""
    return hour.replace(":", "")


def hour_rows(data: str, chosen: str, hours: tuple[str, ...]) -> Rows:
    """``data`` is followed by the hour as HHMM. The chosen one is marked."""
    return in_rows([Button(f"● {one}" if one == chosen else one, f"{data}:{plain(one)}") for one in hours], 5)


def day_rows(voice: Voice, data: str, days: str) -> Rows:
    """``data`` is followed by the days as they will be after the tap. A day that is on has a tick."""
    days = weekdays_of(days)
    single = [
        Button(
            f"{'✓' if day in days else '–'} {numbers.weekday(int(day), voice.language, 'abbreviated')}",
            f"{data}:{_turned(days, day)}",
        )
        for day in EVERY_DAY
    ]
    presets = (
        Button(voice.plain("plan-every-day"), f"{data}:{EVERY_DAY}"),
        Button(voice.plain("plan-working-days"), f"{data}:{WORKING_DAYS}"),
    )
    return (presets, *in_rows(single, 4))


def _turned(days: str, day: str) -> str:
    """The days with that one turned; the last one stays."""
    turned = "".join(one for one in EVERY_DAY if (one in days) != (one == day))
    return turned or days


def weekdays_of(days: str) -> str:
    """The weekdays that a rhythm names; "" where it counts days or dates."""
    kind, *words = days.split() or [""]
    if kind == "weeks":
        return words[-1]
    return "" if words or kind == WORK else kind


def days_words(voice: Voice, days: str) -> str:
    """Any rhythm of `bot.domain.rhythms`, in words; not HTML."""
    kind, *words = days.split() or [""]
    if kind == WORK:
        return voice.plain("plan-work")
    return _RHYTHMS[kind](voice, words) if kind in _RHYTHMS else _weekdays(voice, kind)


def _weekdays(voice: Voice, days: str) -> str:
    if days == EVERY_DAY:
        return voice.plain("plan-every-day")
    if days == WORKING_DAYS:
        return voice.plain("plan-working-days")
    return ", ".join(numbers.weekday(int(day), voice.language, "abbreviated") for day in days)


def _every(voice: Voice, words: list[str]) -> str:
    return voice.plain("plan-every", n=int(words[0]))


def _weeks(voice: Voice, words: list[str]) -> str:
    return voice.plain("plan-weeks", n=int(words[0]), days=_weekdays(voice, words[1]))


def _nth(voice: Voice, words: list[str]) -> str:
    return voice.plain(f"plan-nth-{words[0].replace('-1', 'last')}", day=_weekdays(voice, words[1]))


def _dates(voice: Voice, words: list[str]) -> str:
    return voice.plain("plan-dates", dates=", ".join(words))


def _on(voice: Voice, words: list[str]) -> str:
    return ", ".join(numbers.short_date(date.fromisoformat(one), voice.language) for one in words)


_RHYTHMS: dict[str, Callable[[Voice, list[str]], str]] = {
    "every": _every,
    "weeks": _weeks,
    "nth": _nth,
    "dates": _dates,
    "on": _on,
}


def rhythm(voice: Voice, row: Row) -> str:
    """Of a schedule's row: the days, and the last one where there is one; not HTML."""
    days = days_words(voice, row["days"])
    if row["ends_on"] is None:
        return days
    return voice.plain(
        "plan-until", days=days, day=numbers.short_date(date.fromisoformat(row["ends_on"]), voice.language)
    )


def hour_words(voice: Voice, time: str) -> str:
    """19:30, or between 17:00 and 19:00; not HTML."""
    first, dash, last = time.partition("-")
    return voice.plain("plan-between", first=first, last=last) if dash else time


def moment(voice: Voice, at: int | None, timezone: str) -> str:
    """Fri, 19 Mar, 19:30 on the clock of that zone; "" where nothing is to come."""
    if at is None:
        return ""
    zone = ZoneInfo(timezone)
    local = from_ms(at).astimezone(zone)
    return f"{numbers.long_date(local.date(), voice.language)}, {numbers.clock_time(local, zone, voice.language)}"
