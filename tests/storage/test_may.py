"""Who is shown what is shared of a child: every mix of a right, read a second time in plain Python."""

from __future__ import annotations

from itertools import product

import sqlalchemy as sa

from bot.model import Preset
from bot.storage import schema
from bot.storage.database import Database
from bot.storage.may import sees
from tests.support.clinic import EARLY, Clinic

NOW = EARLY + 1000


async def test_who_cares_for_the_child_now_and_may_see(database: Database) -> None:
    clinic = Clinic(database, 100_000)
    children = [await clinic.child(name) for name in ("Mika", "Lena")]
    expected = set()
    for right, until, preset in product(("care", "treat"), (None, NOW - 1, NOW, NOW + 1), Preset):
        one = await clinic._person("caregiver", "Ana", "Europe/Berlin")
        kept = {"right": right, "until_at": until, "preset": preset.value, "from_at": EARLY}
        await clinic.put(schema.access, person_id=one.id, child_id=children[0], **kept)
        if right == "care" and (until is None or until > NOW) and preset in (Preset.ALL, Preset.READ):
            expected.add((one.id, children[0]))
    everybody = schema.person.join(schema.child, sa.true())
    shown = sees(schema.person.c.id, schema.child.c.id)
    pairs = sa.select(schema.person.c.id, schema.child.c.id.label("child")).select_from(everybody).where(shown)
    rows = await database.read(lambda tx: tx.rows(pairs, {"now": NOW}))
    assert {(row["id"], row["child"]) for row in rows} == expected
    assert expected
