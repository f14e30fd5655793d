"""The honest line for somebody whose update could not be handled."""

from __future__ import annotations

from bot.domain import accounts
from bot.house import House
from bot.model import Outgoing, Priority, Screen
from bot.storage.database import Tx
from bot.storage.ids import new_id
from handlers.strangers import may_speak


async def line(tx: Tx, house: House, chat: int) -> Outgoing | None:
    """In their language; for a stranger, whose message is not kept, only as often as they get a line at all."""
    account = await accounts.load(tx, chat)
    if account is not None:
        person = account.people[0]
        voice = house.catalogue.voice(person.language, address=person.address)
        return Outgoing(new_id(), chat, Screen(voice("apology")))
    if not may_speak(chat, house.clock.now_ms()):
        return None
    voice = house.catalogue.voice(house.language)
    return Outgoing(new_id(), chat, Screen(voice("apology-stranger")), Priority.STRANGER)
