"""Every ten seconds: what a parent asked to see later, the one silent reminder, what an outage made deaf."""

from __future__ import annotations

from bot.domain import nudging, sending
from bot.domain.nudging import Nudge, Shown
from bot.house import House
from bot.model import Outgoing, Priority
from bot.storage.database import Database, Tx
from bot.storage.ids import new_id
from bot.text.screens import checkin
from schedules import groups

_SCREENS = {
    Nudge.LATER: checkin.question,
    Nudge.REMINDER: checkin.reminder,
    Nudge.AGAIN: checkin.again,
    Nudge.ASK: checkin.how_was_it,
}


async def tick(db: Database, house: House) -> int:
    """Returns how many check-ins were shown again."""
    return await groups.each(db, lambda tx: _show(tx, house))


async def _show(tx: Tx, house: House) -> tuple[int, bool]:
    now = house.clock.now_ms()
    found, more = await nudging.due(tx, now)
    await sending.put(tx, [one for shown in found for one in _again(house, shown, now)], now)
    return len(found), more


def _again(house: House, shown: Shown, now: int) -> list[Outgoing]:
    """At the bottom of the chat; the message that showed it before gives up its buttons."""
    view = shown.view
    voice = house.voice(view.language, view.address, view.gender)
    screen = _SCREENS[shown.kind](voice, view)
    return [
        Outgoing(new_id(), view.chat, checkin.moved(voice), Priority.PROMPT, edits=shown.left),
        Outgoing(view.message, view.chat, screen, Priority.PROMPT, expires_at=nudging.stale_at(view, now)),
    ]
