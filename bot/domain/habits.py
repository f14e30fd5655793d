"""At which hour a caregiver does answer: where that is not the planned one, it may be proposed, as a question."""

from __future__ import annotations

from statistics import median
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain.checkins import View
from bot.storage import habits as stored
from bot.storage.database import Row, Tx

DAY = 86_400_000
NOT_AGAIN = 42 * DAY
LOOKED_AT, ENOUGH = 14, 8  # answered check-ins: the newest so many, and how many are enough to say something
APART = 45  # minutes
HALF_HOUR, HALF_A_DAY = 30, 720


async def other_hour(tx: Tx, account: int, view: View, now: int) -> tuple[Row, str] | None:
    """The plan of this check-in and the hour to propose, then not again for weeks. None: there is nothing to ask."""
    plan = await stored.plan_of(tx, account, view.id)
    if plan is None or "-" in plan["time"] or _asked_lately(plan, now):
        return None
    rows = await stored.answered(tx, plan["id"], plan["time"], LOOKED_AT)
    usual = usual_hour(plan["time"], [row["answered_at"] for row in rows], plan["timezone"])
    if usual is None:
        return None
    await stored.hour_asked(tx, plan["id"], now)
    return plan, usual


def _asked_lately(plan: Row, now: int) -> bool:
    return plan["hour_asked_at"] is not None and now - plan["hour_asked_at"] < NOT_AGAIN


def usual_hour(slot: str, answered: list[int], timezone: str) -> str | None:
    """A local HH:MM, to the half hour; None where there is too little to say it from, or it is near the slot."""
    if len(answered) < ENOUGH:
        return None
    planned = int(slot[:2]) * 60 + int(slot[3:])
    after = median(_apart(planned, at, timezone) for at in answered)
    if abs(after) <= APART:
        return None
    minute = round((planned + after) / HALF_HOUR) * HALF_HOUR % (2 * HALF_A_DAY)
    return f"{minute // 60:02}:{minute % 60:02}"


def _apart(planned: int, at: int, timezone: str) -> int:
    """Minutes from the planned hour to that moment, the shorter way round the clock."""
    local = from_ms(at).astimezone(ZoneInfo(timezone))
    return (local.hour * 60 + local.minute - planned + HALF_A_DAY) % (2 * HALF_A_DAY) - HALF_A_DAY
