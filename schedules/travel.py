"""Every half minute: whose journey is over lives by the clock of home again, and is told so when awake."""

from __future__ import annotations

from bot.domain import accounts, free_days, sending, travel
from bot.domain.travel import AtHome
from bot.house import House
from bot.model import Outgoing, Priority
from bot.storage.database import Database, Tx
from bot.storage.ids import new_id
from bot.text.screens import travel as screens


async def tick(db: Database, house: House) -> int:
    """Returns how many came home."""
    count = 0
    while found := await db.write(lambda tx: travel.come_home(tx, house.clock.now_ms())):
        count += found
    while await db.write(lambda tx: _tell(tx, house)):
        pass
    return count


async def _tell(tx: Tx, house: House) -> int:
    now = house.clock.now_ms()
    told = await travel.at_home(tx, now)
    await sending.put(tx, [out for one in told if (out := await _outgoing(tx, house, one, now))], now)
    return len(told)


async def _outgoing(tx: Tx, house: House, one: AtHome, now: int) -> Outgoing | None:
    row = one.row
    account = await accounts.load(tx, row["account_id"])
    if account is None:
        return None
    following = await free_days.next_asked(tx, account, now)
    screen = screens.at_home(house.voice(row["language"], row["address"]), row["timezone"], following)
    return Outgoing(new_id(), row["account_id"], screen, Priority.PROMPT, expires_at=one.stale_at)
