"""A check-in that ends before it was asked: nothing of it is sent, and no words of it are left in the queue."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage import called_off, schema
from bot.storage.database import Database
from bot.storage.ids import PARTS
from tests.support.clinic import EARLY, Clinic, Someone

QUESTION, SHARED, OTHER, NOTE = (number * PARTS for number in (50, 51, 52, 53))


async def _queue(clinic: Clinic, who: Someone, message: int) -> None:
    """A picture with a long text, in two parts, and an edit of it."""
    call = {"method": "sendMessage", "payload": "Mika", "priority": 2, "state": "pending", "created_at": EARLY}
    for row, part in ((message, message + 1), (message + 1, message), (message + 100 * PARTS, message)):
        await clinic.put(schema.outbox, id=row, message_id=part, chat_id=who.account, **call)


async def _asked(clinic: Clinic, who: Someone, message: int, **more: object) -> None:
    number = await clinic.check_in(who, "2027-03-01", "open", slot=f"{message // PARTS % 24:02}:00")
    change = schema.check_in.update().where(schema.check_in.c.id == number).values(message_id=message, **more)
    await clinic.db.write(lambda tx: tx.run(change))


async def _queued(database: Database) -> set[int]:
    rows = await database.read(lambda tx: tx.rows(sa.select(schema.outbox)))
    assert {row["state"] for row in rows} <= {"pending"}
    return {row["message_id"] // PARTS * PARTS for row in rows}


async def test_every_part_of_a_question_that_ended_leaves_the_queue(database: Database) -> None:
    clinic = Clinic(database, 100_000)
    child = await clinic.child("Mika")
    ana, ben = await clinic.caregiver(child, "Ana"), await clinic.caregiver(child, "Ben")
    await _asked(clinic, ana, QUESTION)
    await _asked(clinic, ana, SHARED, step="Two pictures")
    await _asked(clinic, ben, OTHER)
    for who, message in ((ana, QUESTION), (ana, SHARED), (ben, OTHER), (ana, NOTE)):
        await _queue(clinic, who, message)
    await database.write(lambda tx: called_off.end_shared(tx, ana.id, child))
    assert await _queued(database) == {QUESTION, OTHER, NOTE}
    await database.write(lambda tx: called_off.end_open(tx, ana.id, child))
    assert await _queued(database) == {OTHER, NOTE}
