"""What is no longer needed goes: known updates, settled rows, opened moments. Nothing that people said but what could
not be handled in months.
"""

from __future__ import annotations

from bot.domain.taking_back import DELETABLE
from bot.model import Retention
from bot.storage import ids, jobs, messages, notices, outbox, raised, schedules, updates
from bot.storage.database import Tx

DAY = 86_400_000


async def tidy(tx: Tx, keep: Retention, machine: int, now: int) -> None:
    """`machine` is the machine's time, `now` the calendar's; both in milliseconds."""
    await updates.forget(tx, ids.at(machine - keep.handled * DAY))
    await outbox.forget(tx, machine - keep.outbox * DAY)
    await jobs.forget(tx, now - keep.outbox * DAY)
    await updates.forget_dead(tx, now - keep.dead * DAY)
    await schedules.forget(tx, now - keep.moments * DAY)
    await messages.forget_drafts(tx, now - DAY)
    await raised.forget(tx, now - keep.moments * DAY)
    await notices.forget(tx, now - DELETABLE)
