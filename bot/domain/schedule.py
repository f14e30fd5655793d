"""When something is asked: a rule for each schedule, and one waiting row, the next moment by that rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import from_ms, to_ms
from bot.domain import (
    anchors,
    feasts,
    occurrences,
    rhythms,
    weekends,
)
from bot.storage import schedules
from bot.storage.database import Row, Tx

DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Rule:
    """When a schedule asks. ``days`` is a rhythm, ``time`` a local HH:MM or a window HH:MM-HH:MM.

    ``weekend`` and ``fast`` are its person's, as they are stored.
    """

    schedule: int
    days: str
    time: str
    starts_on: date
    ends_on: date | None
    timezone: str
    weekend: str = ""
    fast: str = ""
    anchors: tuple[date, ...] = ()  # dates that the rhythm hangs on

    def next(self, after: int, not_before: date) -> dict[str, int | str] | None:
        """The row of the first moment after ``after`` (ms), none before a local date; None where none is to come."""
        rhythm = rhythms.read(weekends.resolved(self.days, self.weekend, self.timezone), self.starts_on, self.anchors)
        if self.ends_on is not None:
            rhythm = replace(rhythm, last=min(self.ends_on, rhythm.last or self.ends_on))
        begin = max(not_before, self.starts_on)
        found = occurrences.next_of(rhythm, self._slot, ZoneInfo(self.timezone), from_ms(after), begin)
        if found is None:
            return None
        local, slot, due_at = found
        return {"schedule": self.schedule, "local_date": local.isoformat(), "slot": slot, "due_at": to_ms(due_at)}

    def _slot(self, day: date) -> str:
        return max(self.planned_slot(day), feasts.fasting(day, self.fast))

    def planned_slot(self, day: date) -> str:
        """The slot of that date in a month like any other."""
        return occurrences.slot_within(self.time, f"{self.schedule} {day}")


async def add(
    tx: Tx,
    person_id: int,
    child_id: int | None,
    template: str,
    days: str,
    time: str,
    starts_on: date,
    now: int,
    *,
    active: bool = True,
) -> int:
    """A new schedule, with its first moment planned; `active=False` waits for `start`. Returns its id."""
    schedule_id = await schedules.add(tx, person_id, child_id, template, days, time, starts_on.isoformat(), now)
    if active:
        row = await schedules.one(tx, schedule_id)
        assert row is not None  # noqa: S101 - stored just now
        await _plan(tx, await anchored(tx, rule_of(row), row, now), now, starts_on)
    return schedule_id


async def start(tx: Tx, person_id: int, timezone: str, now: int) -> None:
    """The person has joined: everything of theirs begins on the next local day."""
    tomorrow = from_ms(now).astimezone(ZoneInfo(timezone)).date() + timedelta(days=1)
    for row in await schedules.of_person(tx, person_id):
        await schedules.change(tx, row["id"], row["days"], row["time"], tomorrow.isoformat())
        rule = replace(rule_of(row), starts_on=tomorrow, timezone=timezone)
        await _plan(tx, await anchored(tx, rule, row, now), now, tomorrow)


async def change(
    tx: Tx, schedule_id: int, *, now: int, days: str | None = None, time: str | None = None, timezone: str | None = None
) -> int | None:
    """Other days, another hour, another zone: planned anew, never a second time on a date that was asked already.

    A rhythm that counts (every third day) is counted from the first date it can be asked on, when it is new and when
    its next date would be lost. Returns the next moment in milliseconds, None where there is none to come.
    """
    row = await schedules.one(tx, schedule_id)
    if row is None:
        return None
    rule = replace(
        rule_of(row), days=days or row["days"], time=time or row["time"], timezone=timezone or row["timezone"]
    )
    rule = await anchored(tx, rule, row, now)
    not_before = await _first_free(tx, rule)
    planned = await schedules.planned(tx, schedule_id)
    if _uncounted(rule.days) is not None:
        following = rule.next(now, not_before)
        lost = planned is not None and (following is None or str(following["local_date"]) > planned["local_date"])
        if days is not None or lost:
            rule = _counted_anew(rule, now, not_before)
    await schedules.change(tx, schedule_id, rule.days, rule.time, rule.starts_on.isoformat())
    await schedules.unplan(tx, schedule_id)
    return await _plan(tx, rule, now, not_before)


async def _first_free(tx: Tx, rule: Rule) -> date:
    """The first local date that may be asked on: not before the first day, and after what was asked already."""
    last = await schedules.last_opened(tx, rule.schedule)
    return max(rule.starts_on, date.fromisoformat(last) + timedelta(days=1)) if last else rule.starts_on


def _counted_anew(rule: Rule, now: int, not_before: date) -> Rule:
    """Its first date is the next on which it can be asked at all."""
    moment = replace(rule, days=_uncounted(rule.days) or rule.days).next(now, not_before)
    return rule if moment is None else replace(rule, starts_on=date.fromisoformat(str(moment["local_date"])))


def _uncounted(days: str) -> str | None:
    """The weekdays among which a rhythm counts from its first day on; None for one that does not count."""
    kind, *words = days.split()
    return {"every": occurrences.WEEK, "weeks": words[-1] if words else ""}.get(kind)


async def coming(tx: Tx, schedule_id: int, now: int, most: int, begin: date = date.min) -> list[int]:
    """The next moments in milliseconds, at most so many, none before the local date ``begin``."""
    row = await schedules.one(tx, schedule_id)
    if row is None or row["ended_at"] is not None:
        return []
    rule = await anchored(tx, rule_of(row), row, now)
    after, not_before = now, max(begin, await _first_free(tx, rule))
    found: list[int] = []
    while len(found) < most and (moment := rule.next(after, not_before)) is not None:
        after = int(moment["due_at"])
        not_before = date.fromisoformat(str(moment["local_date"])) + timedelta(days=1)
        found.append(after)
    return found


async def rezone(tx: Tx, person_id: int, timezone: str, now: int) -> None:
    """The person lives by another clock now."""
    for row in await schedules.of_person(tx, person_id):
        await change(tx, row["id"], timezone=timezone, now=now)


async def of_person(tx: Tx, person_id: int) -> list[Row]:
    return await schedules.of_person(tx, person_id)


async def end(tx: Tx, schedule_id: int, now: int) -> None:
    await schedules.end(tx, schedule_id, now)


async def next_moment(tx: Tx, schedule_id: int) -> int | None:
    row = await schedules.planned(tx, schedule_id)
    return None if row is None else int(row["due_at"])


async def plan_after(tx: Tx, row: Row, timezone: str, after: int, not_before: date) -> None:
    """Plan the next moment of that schedule, none before a local date."""
    rule = await anchored(tx, replace(rule_of(row), timezone=timezone), row, after)
    await _plan(tx, rule, after, not_before)


async def anchor_moved(tx: Tx, child: int, kind: str, now: int) -> None:
    """A visit was agreed, moved or called off, or a birth month set: plans that hang on it are planned anew."""
    for row in await schedules.of_child(tx, child):
        if anchors.kind_of(row["days"]) == kind and row["joined_at"] is not None:
            await change(tx, row["id"], now=now)


async def anchored(tx: Tx, rule: Rule, row: Row, now: int) -> Rule:
    """With the dates that it hangs on, where it does."""
    return replace(rule, anchors=await anchors.of(tx, row, rule.days, rule.timezone, now))


async def _plan(tx: Tx, rule: Rule, after: int, not_before: date) -> int | None:
    moment = rule.next(after, not_before)
    if moment is None:
        return None
    await schedules.plan(tx, [moment])
    return int(moment["due_at"])


def rule_of(row: Row) -> Rule:
    """Of a row of a schedule, joined with its person's zone."""
    ends_on = date.fromisoformat(row["ends_on"]) if row["ends_on"] else None
    starts_on = date.fromisoformat(row["starts_on"])
    where = (row["timezone"], row["weekend"], row["fast"])
    return Rule(row["schedule_id"], row["days"], row["time"], starts_on, ends_on, *where)


def local_now(now: int, timezone: str) -> tuple[str, str]:
    """The local date and HH:MM of a moment."""
    local = datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(timezone))
    return local.date().isoformat(), local.strftime("%H:%M")
