"""When a person may be reached: outside their quiet hours, and a therapist only on working days.

The shape of the rows here: ``timezone``, ``quiet_from``, ``quiet_until``, and ``weekend`` with ``kind`` where free
days count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.clock import from_ms, to_ms
from bot.domain import occurrences, weekends
from bot.model import Kind, Person
from bot.storage.database import Row

DAYS = 8  # to look ahead: within them every weekday comes once
DAY = 86_400_000
CHOSEN = 3_600_000  # ms after an hour that was chosen among the quiet ones: so long it is still that hour


@dataclass(frozen=True, slots=True)
class Hours:
    """``off``: days, Monday is 0, on which nobody is reached."""

    timezone: str
    quiet_from: str
    quiet_until: str
    off: str = ""

    def reached(self, at: int) -> bool:
        local = from_ms(at).astimezone(ZoneInfo(self.timezone))
        if str(local.weekday()) in self.off:
            return False
        return not in_quiet(local.strftime("%H:%M"), self.quiet_from, self.quiet_until)


def in_quiet(slot: str, quiet_from: str, quiet_until: str) -> bool:
    """Whether a local HH:MM lies in the quiet hours, which may span midnight."""
    if quiet_from <= quiet_until:
        return quiet_from <= slot < quiet_until
    return slot >= quiet_from or slot < quiet_until


def of_person(person: Person) -> Hours:
    off = weekends.days_off(person.weekend, person.timezone) if person.kind is Kind.THERAPIST else ""
    return Hours(person.timezone, person.quiet_from, person.quiet_until, off)


def of_therapist(row: Row) -> Hours:
    off = weekends.days_off(row["weekend"], row["timezone"])
    return Hours(row["timezone"], row["quiet_from"], row["quiet_until"], off)


def of_caregiver(row: Row) -> Hours:
    return Hours(row["timezone"], row["quiet_from"], row["quiet_until"])


def awake(hours: Hours, at: int) -> int:
    """That moment, or the first after it at which they may be reached; a week on where there is none."""
    if hours.reached(at):
        return at
    return min((turn for turn in _turns(hours, at) if hours.reached(turn)), default=at + DAYS * DAY)


def asleep(hours: Hours, at: int) -> int:
    """When they cannot be reached any more; a day on where that never is."""
    return min((turn for turn in _turns(hours, at) if not hours.reached(turn)), default=at + DAY)


def fresh_until(hours: Hours, due_at: int, stale_at: int) -> int:
    """Until when something that was due at a chosen hour may still come: no later than the quiet hours begin.

    An hour that was chosen in them is not quiet, but the whole night is not that hour: it is where they end soon.
    """
    begin = awake(hours, due_at)
    if begin <= due_at + CHOSEN:
        return min(stale_at, asleep(hours, begin))
    return min(stale_at, due_at + CHOSEN)


def _turns(hours: Hours, at: int) -> Iterator[int]:
    """Every moment after ``at`` at which that may change."""
    zone = ZoneInfo(hours.timezone)
    today = from_ms(at).astimezone(zone).date()
    for ahead in range(DAYS + 1):
        for slot in ("00:00", hours.quiet_from, hours.quiet_until):
            turn = occurrences.due_instant(today + timedelta(days=ahead), slot, zone)
            if turn is not None and to_ms(turn) > at:
                yield to_ms(turn)
