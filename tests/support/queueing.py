"""An outbox with no sender: a test claims, and says what came of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.delivering import settling
from bot.delivering.outcomes import Outcome, Verdict
from bot.delivering.settling import Settled
from bot.domain import sending
from bot.model import Outgoing, Screen
from bot.storage import outbox, schema
from bot.storage.database import Database, Row
from bot.storage.ids import new_id

NOW = 1_803_000_000_000  # the machine's time; the calendar stands elsewhere
TODAY = 1_900_000_000_000
LEASE = 120_000
HERE, THERE = 1001, 1002
EVERYTHING = sa.select(schema.outbox).order_by(schema.outbox.c.id)


@dataclass
class Queue:
    db: Database

    async def put(self, *outgoings: Outgoing) -> None:
        await self.db.write(lambda tx: sending.put(tx, outgoings, TODAY))

    async def say(self, text: str = "Hello", chat: int = HERE, **about: Any) -> int:
        """One message; returns its logical id."""
        message = new_id()
        await self.put(Outgoing(message, chat, Screen(text), **about))
        return message

    async def edit(self, message: int, text: str, chat: int = HERE) -> None:
        await self.put(Outgoing(new_id(), chat, Screen(text), edits=message))

    async def claim(self, most: int = 32, at: int = NOW) -> list[Row]:
        return await self.db.write(lambda tx: outbox.claim(tx, most, at, at + LEASE))

    async def settle(self, *settled: tuple[Row, Outcome], at: int = NOW, today: int = TODAY) -> None:
        both = [Settled(row, outcome) for row, outcome in settled]
        await self.db.write(lambda tx: settling.settle(tx, both, at, today))

    async def sent(self, rows: list[Row], telegram: int = 1) -> None:
        await self.settle(*((row, Outcome(Verdict.SENT, telegram + n)) for n, row in enumerate(rows)))

    async def everything(self) -> list[Row]:
        return await self.db.read(lambda tx: tx.rows(EVERYTHING))

    async def states(self) -> list[str]:
        return [row["state"] for row in await self.everything()]

    async def copies(self, message: int) -> list[int]:
        return await self.db.read(lambda tx: outbox.copies(tx, message))


def texts(rows: list[Row]) -> list[str]:
    return [json.loads(row["payload"])["text"] for row in rows]
