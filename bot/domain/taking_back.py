"""Messages of the bot are taken out of a chat again, as far as Telegram lets: those of the last two days."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.domain import auditing, sending
from bot.domain.auditing import What
from bot.model import Account, Outgoing, Priority, Screen
from bot.storage import copies
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

DELETABLE = 48 * 3_600_000 - 600_000  # ms: Telegram lets a bot delete its messages for 48 hours; a little less is safe
AT_ONCE = 100  # messages that one call may delete


def calls(seen: Sequence[Row], priority: Priority) -> list[Outgoing]:
    """For rows of chat_id, telegram_message_id, the chats one after another."""
    found = []
    for chat, rows in groupby(seen, key=lambda row: int(row["chat_id"])):
        shown = [int(row["telegram_message_id"]) for row in rows]
        for first in range(0, len(shown), AT_ONCE):
            payload = {"chat_id": chat, "message_ids": shown[first : first + AT_ONCE]}
            found.append(Outgoing(new_id(), chat, Screen(""), priority, method="deleteMessages", payload=payload))
    return found


async def hide(tx: Tx, account: Account, machine: int, now: int) -> None:
    """Everything that the bot showed in this chat lately. What is kept at the clinic stays as it is."""
    seen = await copies.shown_since(tx, account.telegram_id, machine - DELETABLE)
    await sending.put(tx, calls(seen, Priority.REPLY), now)
    for seat in account.caregivers:
        await auditing.note(tx, auditing.of(seat.kind, seat.id), What.HIDDEN, now, person=seat.id)
