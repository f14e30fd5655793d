"""Every twenty seconds: families who are to be told of a home step, and moments that were picked for practising."""

from __future__ import annotations

from bot.domain import home_steps, practising, sending
from bot.domain.home_steps import Told
from bot.domain.practising import Moment
from bot.house import House
from bot.model import Outgoing, Priority
from bot.storage.database import Database, Tx
from bot.storage.ids import new_id
from bot.text.screens import checkin
from bot.text.screens import home_steps as screens


async def tick(db: Database, house: House) -> int:
    """Returns how many messages went into the outbox."""
    return await db.write(lambda tx: _tick(tx, house))


async def _tick(tx: Tx, house: House) -> int:
    now = house.clock.now_ms()
    outgoing = [_told(house, one) for one in await home_steps.to_tell(tx, now)]
    for moment in await practising.due(tx, now):
        outgoing += _moment(house, moment)
    await sending.put(tx, outgoing, now)
    return len(outgoing)


def _told(house: House, one: Told) -> Outgoing:
    row = one.row
    voice = house.voice(row["language"], row["address"], row["gender"])
    screen = screens.told(voice, one, home_steps.media_of(row))
    return Outgoing(new_id(), row["account_id"], screen, Priority.PROMPT, expires_at=one.stale_at)


def _moment(house: House, moment: Moment) -> list[Outgoing]:
    """At the bottom of the chat; a message that showed it before gives up its buttons."""
    view = moment.view
    voice = house.voice(view.language, view.address, view.gender)
    shown = Outgoing(view.message, view.chat, checkin.moment(voice, view), Priority.PROMPT, expires_at=moment.stale_at)
    if moment.left is None:
        return [shown]
    return [Outgoing(new_id(), view.chat, checkin.moved(voice), Priority.PROMPT, edits=moment.left), shown]
