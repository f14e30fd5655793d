"""Drawing a card: read and drawn outside the writing transaction. What was erased meanwhile is not delivered."""

from __future__ import annotations

import json

from bot.domain import cards, sending
from bot.domain.cards import Material
from bot.house import House
from bot.model import Outgoing, Priority
from bot.storage import jobs
from bot.storage.database import Database, Row, Tx
from bot.storage.ids import new_id
from bot.text.screens import card as screens


async def make(db: Database, house: House, job: Row) -> None:
    """One job of the kind "card"."""
    now, wanted = house.clock.now_ms(), json.loads(job["payload"])

    async def read(tx: Tx) -> Material | None:
        return await cards.material(tx, job["person_id"], wanted["child"], wanted["what"], wanted["id"], now)

    made = await db.read(read) if now < wanted["until"] else None
    screen = None
    if made is not None:
        voice = house.voice(made.seat.language, made.seat.address, made.child.gender)
        screen = screens.picture(voice, made, await house.workshop.make("card", screens.drawn(voice, made)))

    async def deliver(tx: Tx) -> None:
        if await jobs.finish(tx, job["id"]) and screen is not None and await read(tx) == made and made is not None:
            card = Outgoing(new_id(), made.chat, screen, Priority.PROMPT, expires_at=wanted["until"])
            await sending.put(tx, [card], now)

    await db.write(deliver)
