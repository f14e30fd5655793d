"""Every few seconds: lines from therapists go out, outside the quiet hours; their author sees that they went."""

from __future__ import annotations

from bot.domain import messages, sending
from bot.domain.messages import Going
from bot.house import House
from bot.model import Outgoing, Priority
from bot.storage.database import Database, Tx
from bot.storage.ids import new_id
from bot.text.screens import messages as screens
from schedules import groups


async def tick(db: Database, house: House) -> int:
    """Returns how many went."""
    return await groups.each(db, lambda tx: _send(tx, house))


async def _send(tx: Tx, house: House) -> tuple[int, bool]:
    now = house.clock.now_ms()
    going, more = await messages.to_send(tx, now)
    outgoing = [shown for one in going for shown in await _outgoing(tx, house, one, now)]
    await sending.put(tx, outgoing, now)
    return len(going), more


async def _outgoing(tx: Tx, house: House, one: Going, now: int) -> list[Outgoing]:
    row = one.row
    voice = house.voice(row["language"], row["address"], row["gender"])
    if row["kind"] == messages.USED:
        shown = screens.used(voice, row, await messages.said_at(tx, row))
        return [Outgoing(one.message, row["account_id"], shown, Priority.PROMPT, expires_at=one.stale_at)]
    shown = screens.received(voice, row)
    found = [Outgoing(one.message, row["account_id"], shown, Priority.PROMPT, expires_at=one.stale_at)]
    if row["author_message_id"] is not None and row["author_account"] is not None:
        author = house.voice(row["author_language"], row["author_address"])
        fate = screens.fate(author, row, "sent", now)
        found.append(Outgoing(new_id(), row["author_account"], fate, edits=row["author_message_id"]))
    return found
