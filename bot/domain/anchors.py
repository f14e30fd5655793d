"""Dates that a plan may hang on: the day of joining, each visit, the first day of the child's birth month.

Stored as ``joined 7``, ``visit -2``, ``birthday 0``: so many days after, or before. What is asked about the visit
itself never comes before it is over: after a late one it is asked the next day.
"""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain.rhythms import FARTHEST, RELATIVE
from bot.storage import meetings, schedules
from bot.storage.database import Row, Tx

JOINED, VISIT, BIRTHDAY = RELATIVE
AFTER = "visit"  # the template that asks how a visit was
_DAY = 86_400_000
_LASTS = timedelta(hours=1)


def kind_of(days: str) -> str:
    """What a rhythm hangs on; "" for one that needs no date of the family's."""
    kind = days.partition(" ")[0]
    return kind if kind in RELATIVE else ""


async def of(tx: Tx, row: Row, days: str, timezone: str, now: int) -> tuple[date, ...]:
    """The dates that the rhythm of this schedule's row hangs on, as far as they are known; () for any other."""
    match kind_of(days):
        case "joined":
            return () if row["joined_at"] is None else (_local(row["joined_at"], timezone),)
        case "visit":
            since = now - FARTHEST * _DAY
            whose = (row["person_id"], row["child_id"])
            if row["template"] == AFTER:
                found = await meetings.coming_of_seat(tx, *whose, since, now)
                return tuple(_after(at, timezone, row["time"]) for at in found)
            return tuple(_local(at, timezone) for at in await meetings.of_seat(tx, *whose, since, now))
        case "birthday":
            return _birthdays(await schedules.birth_month(tx, row["child_id"]), _local(now, timezone))
        case _:
            return ()


def _birthdays(birth_month: str, today: date) -> tuple[date, ...]:
    month = int(birth_month[5:7]) if birth_month else 0
    return tuple(date(today.year + ahead, month, 1) for ahead in range(-1, 3)) if month else ()


def _after(at: int, timezone: str, hour: str) -> date:
    """That day, or the next one where the visit goes on at that hour."""
    local = from_ms(at).astimezone(ZoneInfo(timezone))
    over = local + _LASTS
    late = over.date() > local.date() or f"{over:%H:%M}" > hour
    return local.date() + timedelta(days=late)


def _local(at: int, timezone: str) -> date:
    return from_ms(at).astimezone(ZoneInfo(timezone)).date()
