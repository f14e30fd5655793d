"""The honest line for somebody whose update could not be handled; and whom to call, where it told of danger."""

from __future__ import annotations

from typing import Any

from bot.domain import accounts, careful
from bot.house import House
from bot.model import Json, Outgoing, Priority, Screen
from bot.storage.database import Tx
from bot.storage.ids import new_id
from handlers.strangers import card, how, may_speak


async def lines(tx: Tx, house: House, chat: int, raw: Json) -> list[Outgoing]:
    """In their language; for a stranger, whose message is not kept, only as often as they get a line at all."""
    account = await accounts.load(tx, chat)
    if account is not None:
        person = account.people[0]
        voice = house.catalogue.voice(person.language, address=person.address)
        sorry = Outgoing(new_id(), chat, Screen(voice("apology")))
        # Nobody is told: what would have told them is what failed.
        return [Outgoing(new_id(), chat, card(voice, house), Priority.SAFETY), sorry] if _in_danger(raw) else [sorry]
    voice, danger = house.catalogue.voice(house.language), _in_danger(raw)
    if not may_speak(-chat if danger else chat, house.clock.now_ms()):
        return []
    said = card(voice, house) if danger else Screen(voice("apology-stranger"))
    return [Outgoing(new_id(), chat, said, await how(tx, chat, urgent=danger))]


def _in_danger(raw: Json) -> bool:
    """Of an update that nobody may have been able to read."""
    message: Any = raw.get("message") or raw.get("edited_message")
    words = (message.get("text") or message.get("caption")) if isinstance(message, dict) else None
    return isinstance(words, str) and careful.in_danger(words)
