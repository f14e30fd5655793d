"""What the calendar will do next, whatever it is: for a clock that can jump."""

from __future__ import annotations

from bot.domain import briefs
from bot.house import House
from bot.storage import upcoming
from bot.storage.database import Tx


async def next_moment(tx: Tx, house: House) -> int | None:
    """The calendar's time in ms at which a tick finds something to do; None where there is nothing."""
    now = house.clock.now_ms()
    brief = await briefs.next_moment(tx, now, house.brief_hours * briefs.HOUR) if house.brief_hours else None
    found = (await upcoming.next_moment(tx, now), brief)
    return min((at for at in found if at is not None), default=None)
