"""Less, when there is silence: after three unanswered check-ins what would fit is asked, after two weeks nothing is.

Any word or tap ends it. Silence is a sign of strain: nothing is said of it to the family but an offer, and the
therapist is asked to speak to them in person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain import schedule
from bot.domain.checkins import BUSY
from bot.model import Account, CheckInState
from bot.storage import people
from bot.storage import silence as stored
from bot.storage.database import Row, Tx

DAY = 86_400_000
IN_A_ROW = 3  # unanswered, then what would fit is asked,
NOT_AGAIN = 42 * DAY  # and not again for so long
STOPS_AFTER = 14  # days in which nothing was answered,
AT_LEAST = 2  # of so many check-ins
FEWER = {"three": "024", "one": "2"}  # what "less often" may mean, by the key that a button carries


@dataclass(frozen=True, slots=True)
class Task:
    """A therapist is asked to contact this caregiver in person. ``row``: see `storage.silence.tasks`."""

    row: Row
    since: date | None  # by the therapist's calendar


async def closed(tx: Tx, rows: Sequence[Row], now: int) -> None:
    """Check-ins whose window has just ended (rows of `storage.checkins.closing`): those that nobody answered count."""
    silent = [row for row in rows if _counts(row)]
    await stored.unanswered(tx, [{"person": row["person_id"], "due_at": row["due_at"]} for row in silent])
    for row in {row["person_id"]: row for row in silent}.values():
        await _judge(tx, row, now)


def _counts(row: Row) -> bool:
    asked = row["sent_at"] is not None and row["schedule_id"] is not None
    return asked and not row["answered"] and row["short"] != BUSY


async def _judge(tx: Tx, row: Row, now: int) -> None:
    found = await stored.of(tx, row["person_id"])
    if found is None or found["stopped_at"] is not None:
        return
    if now - found["since"] >= (STOPS_AFTER - 1) * DAY and await _two_weeks(tx, row):
        await stored.stop(tx, row["person_id"], now)
    elif found["unanswered"] >= IN_A_ROW and (found["asked_at"] is None or now - found["asked_at"] >= NOT_AGAIN):
        await stored.ask(tx, row["person_id"])


async def _two_weeks(tx: Tx, row: Row) -> bool:
    """Nothing was answered of what was asked in them, and no day of them was a day of rest."""
    first = date.fromisoformat(row["local_date"]) - timedelta(days=STOPS_AFTER - 1)
    counts = await stored.recent(tx, row["person_id"], first.isoformat())
    unanswered = sum(one["many"] for one in counts if one["state"] == CheckInState.EXPIRED)
    return unanswered >= AT_LEAST and all(one["state"] in (CheckInState.EXPIRED, CheckInState.MISSED) for one in counts)


async def spoken(tx: Tx, account: Account) -> None:
    """A word or a tap. Costs nothing for whoever has left nothing unanswered."""
    if account.silent:
        await stored.spoken(tx, account.telegram_id)


async def less_often(tx: Tx, plan: Row, key: str, now: int) -> int | None:
    """Fewer days of that plan, which the caller has found to be theirs. Returns the next moment in ms."""
    return await schedule.change(tx, plan["id"], days=FEWER[key], now=now)


async def tasks(tx: Tx, therapist: int, timezone: str, now: int) -> list[Task]:
    """Whom this therapist is asked to contact, the longest silent first."""
    return [Task(row, _date(row["since"], timezone)) for row in await stored.tasks(tx, therapist, now)]


def _date(at: int | None, timezone: str) -> date | None:
    return None if at is None else date.fromisoformat(schedule.local_now(at, timezone)[0])


async def contacted(tx: Tx, therapist: int, person: int, now: int) -> bool:
    """Done: the task is over, whatever came of it. False where it is not theirs."""
    if await people.seat_of_mine(tx, therapist, person, now) is None:
        return False
    await stored.contacted(tx, person, now)
    return True
