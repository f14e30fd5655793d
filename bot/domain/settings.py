"""What people choose for themselves: hour, days, zone, language, rest. Only ever for their own seats."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import schedule
from bot.model import Account
from bot.storage import people, schedules
from bot.storage.database import Row, Tx


@dataclass(frozen=True, slots=True)
class Changed:
    """``at`` is the next moment in milliseconds, None where there is none to come."""

    at: int | None
    timezone: str


async def own_plan(tx: Tx, account: Account, schedule_id: int) -> Row | None:
    """A schedule of one of this account's seats."""
    row = await schedules.one(tx, schedule_id)
    seats = {person.id for person in account.people}
    return row if row is not None and row["person_id"] in seats and row["ended_at"] is None else None


async def set_hour(tx: Tx, account: Account, schedule_id: int, time: str, now: int) -> Changed | None:
    row = await own_plan(tx, account, schedule_id)
    if row is None:
        return None
    return Changed(await schedule.change(tx, schedule_id, time=time, now=now), row["timezone"])


async def set_days(tx: Tx, account: Account, schedule_id: int, days: str, now: int) -> Changed | None:
    row = await own_plan(tx, account, schedule_id)
    if row is None:
        return None
    return Changed(await schedule.change(tx, schedule_id, days=days, now=now), row["timezone"])


async def stop(tx: Tx, account: Account, now: int) -> None:
    """No messages any more; everything is kept, /start returns."""
    await people.stop(tx, account.telegram_id, now)


async def resume(tx: Tx, account: Account, now: int) -> None:
    """Messages again; what fell due meanwhile is not sent after the fact."""
    await people.stop(tx, account.telegram_id, None)
    for person in account.people:
        for plan in await schedules.of_person(tx, person.id):
            await schedule.change(tx, plan["id"], now=now)
