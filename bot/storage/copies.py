"""Which Telegram messages show which of our logical messages. Usually one; two where an answer was lost."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import copy

_LOGICAL = sa.select(copy.c.message_id).where(
    copy.c.chat_id == bindparam("chat"), copy.c.telegram_message_id == bindparam("telegram")
)
_SHOWN_SINCE = (
    sa.select(copy.c.chat_id, copy.c.telegram_message_id)
    .where(copy.c.chat_id == bindparam("chat"), copy.c.at > bindparam("since"))
    .order_by(copy.c.telegram_message_id)
)
_ADOPT = sa.text(
    "INSERT INTO copy (chat_id, telegram_message_id, message_id, at) VALUES (:chat, :telegram, :message, :at)"
    " ON CONFLICT DO NOTHING"
)


async def logical(tx: Tx, chat: int, telegram: int) -> int | None:
    """The logical message that this Telegram message shows, if we know it."""
    row = await tx.row(_LOGICAL, {"chat": chat, "telegram": telegram})
    return None if row is None else int(row["message_id"])


async def adopt(tx: Tx, chat: int, telegram: int, message: int, now: int) -> None:
    """A Telegram message that shows `message`, though we never heard that it was sent: edits reach it from now on."""
    await tx.run(_ADOPT, {"chat": chat, "telegram": telegram, "message": message, "at": now})


async def shown_since(tx: Tx, chat: int, since: int) -> list[Row]:
    """What was shown there since then, by the machine's time: rows of chat_id, telegram_message_id."""
    return await tx.rows(_SHOWN_SINCE, {"chat": chat, "since": since})
