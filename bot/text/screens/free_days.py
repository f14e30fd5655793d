"""Days off: what is set, and the buttons that set it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from bot.domain.feasts import Span
from bot.domain.free_days import SHIFTS, Free
from bot.model import Button, Screen
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import plans

EVENINGS = ("17:00", "18:00", "18:30", "19:00", "19:30", "20:00", "20:30", "21:00", "21:30", "22:00", "22:30", "23:00")
WEEK = plans.EVERY_DAY
MONTHS = 12  # ahead in which a break may begin
_DAY = timedelta(days=1)


def shown(voice: Voice, free: Free) -> Screen:
    """A therapist who cares for no child here has a weekend only."""
    weekend = (Button(voice.plain("free-button-weekend"), "free:week"),)
    back = (Button(voice.plain("settings-button-back"), "set:show"),)
    week = voice("free-weekend", days=_days(voice, free.weekend))
    if not free.family:
        return Screen(f"{voice('free-title-therapist')}\n\n{week}", (weekend, back))
    rows = (
        (Button(voice.plain("free-button-feasts"), "free:feasts"), *weekend),
        (
            Button(voice.plain("free-button-breaks"), "free:breaks"),
            Button(voice.plain("free-button-fast"), "free:fast"),
        ),
        back,
    )
    lines = [voice("free-title"), week, _feasts_line(voice, free), *_fast_line(voice, free)]
    return Screen("\n\n".join([*lines, *(_span(voice, "free-break", one) for one in free.breaks)]), rows)


def _days(voice: Voice, days: str) -> str:
    return ", ".join(numbers.weekday(int(day), voice.language) for day in days)


def _feasts_line(voice: Voice, free: Free) -> str:
    kept = [voice.plain("free-feast", feast=_name(voice, key), day=_short(voice, days[0])) for key, days in free.kept()]
    return voice("free-feasts", feasts=", ".join(kept)) if kept else voice("free-feasts-none")


def _fast_line(voice: Voice, free: Free) -> list[str]:
    if free.fast is None or free.month is None:
        return []
    first, last = (_short(voice, day) for day in free.month)
    return [voice("free-fast", hour=free.fast.hour, first=first, last=last)]


def _span(voice: Voice, message: str, days: Span) -> str:
    return voice(message, first=_short(voice, days[0]), last=_short(voice, days[1]))


def _name(voice: Voice, key: str) -> str:
    return voice.plain(f"feast-{key}")


def _short(voice: Voice, day: date) -> str:
    return numbers.day_and_month(day, voice.language)


def _back(voice: Voice) -> tuple[Button, ...]:
    return (Button(voice.plain("free-button-back"), "free:show"),)


def weekend(voice: Voice, free: Free) -> Screen:
    """Each tap turns a day; one stays free, and one that is not."""
    buttons = [
        Button(
            f"{'✓' if day in free.weekend else '–'} {numbers.weekday(int(day), voice.language, 'abbreviated')}",
            f"free:week:{_turned(free.weekend, day)}",
        )
        for day in WEEK
    ]
    country = (Button(voice.plain("free-button-country"), "free:week:country"),)
    work = ((Button(voice.plain("free-button-work"), "free:work"),),) if free.family else ()
    text = voice("free-which-weekend")
    if free.family:
        text = f"{text}\n{voice('free-weekend-work')}"
    return Screen(text, (*plans.in_rows(buttons, 4), country, *work, _back(voice)))


def _turned(days: str, day: str) -> str:
    turned = "".join(one for one in WEEK if (one in days) != (one == day))
    return turned if turned and turned != WEEK else days


def feasts(voice: Voice, free: Free) -> Screen:
    buttons = [
        Button(f"{'✓' if on else '–'} {_name(voice, key)}, {_short(voice, days[0])}", f"free:feasts:{key}")
        for key, on, days in free.known
    ]
    return Screen(voice("free-which-feasts"), (*plans.in_rows(buttons, 1), _back(voice)))


def fast(voice: Voice, free: Free, *, hours: bool) -> Screen:
    """``hours``: another one is to be chosen."""
    if free.fast is None or free.month is None or hours:
        rows = plans.hour_rows("free:fast", "" if free.fast is None else free.fast.hour, EVENINGS)
        return Screen(voice("free-which-fast"), (*rows, _back(voice)))
    first, last = (_short(voice, day) for day in free.month)
    later, earlier = SHIFTS
    rows = (
        (Button(voice.plain("free-button-hour"), "free:fast:hour"),),
        (
            Button(voice.plain("free-button-earlier"), f"free:moon:{earlier}"),
            Button(voice.plain("free-button-later"), f"free:moon:{later}"),
        ),
        (Button(voice.plain("free-button-no-fast"), "free:fast:off"),),
        _back(voice),
    )
    return Screen(voice("free-fast-is", first=first, last=last, hour=free.fast.hour), rows)


def breaks(voice: Voice, free: Free) -> Screen:
    drop = [
        Button(
            voice.plain("free-button-drop", first=_short(voice, first), last=_short(voice, last)),
            f"free:drop:{_plain(first)}:{_plain(last)}",
        )
        for first, last in free.breaks
    ]
    lines = [voice("free-breaks"), *(_span(voice, "free-break", one) for one in free.breaks)]
    add = (Button(voice.plain("free-button-add"), "free:first"),)
    return Screen("\n\n".join(lines), (add, *plans.in_rows(drop, 1), _back(voice)))


def _plain(day: date) -> str:
    """As buttons carry it: 20270319."""
    return day.strftime("%Y%m%d")


def months(voice: Voice, today: date) -> Screen:
    """In which it begins."""
    begin, buttons = today.replace(day=1), []
    for _ in range(MONTHS):
        buttons.append(Button(numbers.month_and_year(begin, voice.language), f"free:first:{_plain(begin)}"))
        begin = _next_month(begin)
    return Screen(voice("free-which-month"), (*plans.in_rows(buttons, 3), _back(voice)))


def _next_month(day: date) -> date:
    return day.replace(day=1) + timedelta(days=monthrange(day.year, day.month)[1])


def first_days(voice: Voice, month: date, today: date) -> Screen:
    """The days of that month that are not over."""
    buttons = [Button(_short(voice, day), f"free:last:{_plain(day)}") for day in _of_month(max(month, today))]
    return Screen(voice("free-which-first"), (*plans.in_rows(buttons, 4), _back(voice)))


def last_days(voice: Voice, first: date, begin: date) -> Screen:
    """Those of the month of ``begin`` from then on; the next month is one button further."""
    data = f"free:add:{_plain(first)}"
    buttons = [Button(_short(voice, day), f"{data}:{_plain(day)}") for day in _of_month(begin)]
    following = _next_month(begin)
    further = numbers.month_and_year(following, voice.language)
    turn = (Button(voice.plain("free-button-month", month=further), f"free:last:{_plain(first)}:{_plain(following)}"),)
    text = voice("free-which-last", first=_short(voice, first))
    return Screen(text, (*plans.in_rows(buttons, 4), turn, _back(voice)))


def _of_month(begin: date) -> list[date]:
    """That day and those after it in its month."""
    return [begin + step * _DAY for step in range((_next_month(begin) - begin).days)]
