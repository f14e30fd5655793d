"""What is no longer needed goes: known updates, settled rows, opened moments. Nothing that people said but what could
not be handled in months.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.domain.taking_back import DELETABLE
from bot.model import Retention
from bot.storage import ids, jobs, messages, notices, outbox, raised, schedules, updates
from bot.storage.database import Tx

DAY = 86_400_000
DRAFTS, NOTICES = 1, 2  # days
_FORGET: Mapping[str, Callable[[Tx, int], Awaitable[object]]] = {
    "handled": updates.forget,
    "outbox": outbox.forget,
    "jobs": jobs.forget,
    "dead": updates.forget_dead,
    "moments": schedules.forget,
    "flags": raised.forget,
    "drafts": messages.forget_drafts,
    "notices": notices.forget,
}


def ends(keep: Retention, machine: int, now: int) -> dict[str, tuple[int, int]]:
    """Of each kind the days for which it is kept, and what is older than which moment goes (of `handled`: an id).

    `machine` is the machine's time, `now` the calendar's; both in milliseconds.
    """
    return {
        "handled": (keep.handled, ids.at(machine - keep.handled * DAY)),
        "outbox": (keep.outbox, machine - keep.outbox * DAY),
        "jobs": (keep.outbox, now - keep.outbox * DAY),
        "dead": (keep.dead, now - keep.dead * DAY),
        "moments": (keep.moments, now - keep.moments * DAY),
        "flags": (keep.moments, now - keep.moments * DAY),
        "drafts": (DRAFTS, now - DRAFTS * DAY),
        "notices": (NOTICES, now - DELETABLE),
    }


async def tidy(tx: Tx, keep: Retention, machine: int, now: int) -> None:
    for kind, (_days, before) in ends(keep, machine, now).items():
        await _FORGET[kind](tx, before)
