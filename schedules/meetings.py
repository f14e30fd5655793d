"""Every half minute: who has to hear of a visit hears of it, outside their quiet hours."""

from __future__ import annotations

from bot.domain import meetings, sending
from bot.domain.meetings import Told
from bot.house import House
from bot.model import Outgoing, Priority
from bot.storage.database import Database, Row, Tx
from bot.storage.ids import new_id
from bot.text.screens import meetings as screens
from schedules import groups


async def tick(db: Database, house: House) -> int:
    """Returns how many messages it wrote."""
    return await groups.each(db, lambda tx: _tell(tx, house))


async def _tell(tx: Tx, house: House) -> tuple[int, bool]:
    now = house.clock.now_ms()
    told, more = await meetings.to_tell(tx, now)
    reports = await meetings.to_report(tx, now)
    outgoing = [*(_news(house, one) for one in told), *(_report(house, row) for row in reports)]
    await sending.put(tx, outgoing, now)
    return len(outgoing), more


def _news(house: House, one: Told) -> Outgoing:
    row = one.row
    voice = house.voice(row["language"], row["address"], row["gender"])
    return Outgoing(one.message, row["account_id"], screens.told(voice, one), Priority.PROMPT, expires_at=one.stale_at)


def _report(house: House, row: Row) -> Outgoing:
    voice = house.voice(row["host_language"], row["host_address"], row["gender"])
    return Outgoing(
        new_id(), row["host_account"], screens.report(voice, row), Priority.DIGEST, expires_at=row["starts_at"]
    )
