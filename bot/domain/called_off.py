"""A question on a phone that nobody reads any more says so: care is over, or a right has ended or was taken away."""

from __future__ import annotations

from bot.storage import called_off as stored
from bot.storage.database import Row, Tx

MOST = 500


async def shown(tx: Tx, now: int) -> tuple[list[Row], bool]:
    """What has to be closed where it is shown, each once; and whether as many again may be waiting."""
    rows = await stored.shown(tx, now, MOST)
    await stored.done(tx, [row["id"] for row in rows])
    # Where a question stands again its parent was faster: it is theirs to answer.
    told = [row for row in rows if not row["question"] and None not in (row["chat"], row["message_id"])]
    return told, len(rows) == MOST
