"""The end of a child's care and its way back, on both engines."""

from __future__ import annotations

from bot.domain import ending
from bot.storage import schema
from bot.storage.database import Database
from tests.support.clinic import EARLY, Clinic

NOW = EARLY + 86_400_000
LATER = NOW + 30 * 86_400_000


async def rights(db: Database) -> list[tuple[int, int | None]]:
    rows = await db.read(lambda tx: tx.rows(schema.access.select().order_by(schema.access.c.id)))
    return [(row["person_id"], row["until_at"]) for row in rows]


async def test_every_right_ends_at_one_moment_and_stands_again_as_it_was_agreed(database: Database) -> None:
    """Another child's rights, and one that had ended before, are left alone."""
    clinic = Clinic(database)
    dana = await clinic.therapist()
    mika, lea = await clinic.child("Mika", dana), await clinic.child("Lea", dana)
    ana, ben = await clinic.caregiver(mika, "Ana"), await clinic.caregiver(mika, "Ben", "father")
    agreed = schema.access.update().where(schema.access.c.person_id == ana.id).values(until_at=LATER, ends_at=LATER)
    over = schema.access.update().where(schema.access.c.person_id == ben.id).values(until_at=EARLY + 1)
    for statement in (agreed, over):
        await database.write(lambda tx, statement=statement: tx.run(statement))
    before = await rights(database)
    plan = {"template": "pulse", "days": "0123456", "time": "19:30", "starts_on": "2001-09-10"}
    await clinic.put(schema.schedule, person_id=ana.id, child_id=mika, created_at=EARLY, **plan)

    found = await database.write(lambda tx: ending.end(tx, dana.id, mika, NOW))
    assert found is not None
    assert [one.id for one in found.tell] == [ana.id, ben.id]
    assert await rights(database) == [(dana.id, NOW), (dana.id, None), (ana.id, NOW), (ben.id, EARLY + 1)]
    assert await database.write(lambda tx: ending.end(tx, dana.id, mika, NOW)) is None
    assert await database.write(lambda tx: ending.take_back(tx, dana.id, lea, NOW, NOW + 1)) is None

    back = await database.write(lambda tx: ending.take_back(tx, dana.id, mika, NOW, NOW + 1))
    assert back is not None
    assert await rights(database) == before
    [schedule] = await database.read(lambda tx: tx.rows(schema.schedule.select()))
    assert schedule["ended_at"] is None
    assert await database.read(lambda tx: tx.rows(schema.due.select())) != []
    assert await database.write(lambda tx: ending.take_back(tx, dana.id, mika, NOW, NOW + 2)) is None
