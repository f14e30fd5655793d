"""The honest line for somebody whose update could not be handled; and whom to call, where it told of danger."""

from __future__ import annotations

from typing import Any

from bot.domain import accounts, careful, crisis
from bot.domain.careful import Level
from bot.house import House
from bot.model import Json, Outgoing, Priority, Screen
from bot.storage.database import Tx
from bot.storage.ids import new_id
from bot.text.catalogue import Voice
from bot.text.screens import urgent
from handlers.strangers import how, may_speak


async def lines(tx: Tx, house: House, chat: int, raw: Json) -> list[Outgoing]:
    """In their language; for a stranger, whose message is not kept, only as often as they get a line at all."""
    account = await accounts.load(tx, chat)
    if account is not None:
        person = account.people[0]
        voice = house.catalogue.voice(person.language, address=person.address)
        card = [_card(voice, house, chat, Priority.SAFETY)] if _in_danger(raw) else []
        return [*card, Outgoing(new_id(), chat, Screen(voice("apology")))]
    voice = house.catalogue.voice(house.language)
    if _in_danger(raw):
        speaks = may_speak(-chat, house.clock.now_ms())
        return [_card(voice, house, chat, await how(tx, chat, urgent=True))] if speaks else []
    if not may_speak(chat, house.clock.now_ms()):
        return []
    return [Outgoing(new_id(), chat, Screen(voice("apology-stranger")), await how(tx, chat, urgent=False))]


def _card(voice: Voice, house: House, chat: int, priority: Priority) -> Outgoing:
    """Nobody is told: what would have told them is what failed."""
    shown = urgent.card(voice, crisis.card(house.country), None, told=False, on_call=False)
    return Outgoing(new_id(), chat, shown, priority)


def _in_danger(raw: Json) -> bool:
    """Of an update that nobody may have been able to read."""
    message: Any = raw.get("message") or raw.get("edited_message")
    words = (message.get("text") or message.get("caption")) if isinstance(message, dict) else None
    found = careful.look(words) if isinstance(words, str) else None
    return found is not None and found.level is Level.RED
