"""Every ten seconds: a question that was called off while it stood on a phone gives up its buttons, without a sound."""

from __future__ import annotations

from bot.domain import called_off, sending
from bot.house import House
from bot.model import Outgoing, Priority
from bot.storage.database import Database, Row, Tx
from bot.storage.ids import new_id
from bot.text.screens import checkin
from schedules import groups


async def tick(db: Database, house: House) -> int:
    """Returns how many were closed on phones."""
    return await groups.each(db, lambda tx: _close(tx, house))


async def _close(tx: Tx, house: House) -> tuple[int, bool]:
    now = house.clock.now_ms()
    rows, more = await called_off.shown(tx, now)
    await sending.put(tx, [_closed(house, row) for row in rows], now)
    return len(rows), more


def _closed(house: House, row: Row) -> Outgoing:
    voice, answered = house.voice(row["language"], row["address"], row["gender"]), bool(row["answered"])
    if row["again"]:
        screen = checkin.expired(voice, row["id"], row["child_name"], row["local_date"], answered=answered)
    else:
        screen = checkin.called_off(voice, row["id"], answered=answered)
    return Outgoing(new_id(), row["chat"], screen, Priority.PROMPT, edits=row["message_id"])
