"""Who stands in for whom, asked of the statements on both engines."""

from __future__ import annotations

from bot.storage import absences, rights, schema
from bot.storage.database import Database, Tx
from bot.storage.rights import Part
from tests.support.clinic import Clinic

NOW, DAY = 1_900_000_000_000, 86_400_000


async def test_a_leave_gives_its_cases_once_takes_them_back_and_is_forgotten(database: Database) -> None:
    clinic = Clinic(database)
    dana, eva, other = await clinic.therapist("Dana"), await clinic.therapist("Eva"), await clinic.therapist("Ida")
    mika, noor = await clinic.child("Mika", dana), await clinic.child("Noor", dana)
    await clinic.child("Lena", other)

    async def asked(tx: Tx) -> None:
        await absences.add(tx, dana.id, eva.id, NOW, NOW + DAY)
        assert await absences.is_away(tx, dana.id, NOW)
        assert not await absences.is_away(tx, eva.id, NOW)
        assert not await absences.is_away(tx, dana.id, NOW - 1)
        assert await absences.away_between(tx, NOW + DAY - 1, NOW + 2 * DAY) == {dana.id}
        assert await absences.away_between(tx, NOW + DAY, NOW + 2 * DAY) == set()
        assert await absences.running(tx, NOW - 1) == []
        [leave] = await absences.running(tx, NOW)
        begun = await absences.begins(tx, leave, NOW)
        assert [(row["id"], row["away_id"], row["child_id"]) for row in begun] == [
            (eva.id, dana.id, mika),
            (eva.id, dana.id, noor),
        ]
        for row in begun:
            assert await rights.give(tx, eva.id, row["child_id"], Part.STAND_IN, NOW, row["until_at"])
        assert await absences.begins(tx, leave, NOW) == []
        [one] = await absences.take_back(tx, dana.id, noor, NOW + 1)
        assert (one["person_id"], one["child_id"]) == (eva.id, noor)
        assert await absences.begins(tx, leave, NOW + 1) == [], "what was taken away is not given back"
        assert [row["child_id"] for row in await absences.take_back(tx, dana.id, None, NOW + 2)] == [mika]
        [planned] = await absences.of(tx, dana.id, NOW)
        assert planned["stand_in_name"] == "Eva"
        await absences.drop(tx, eva.id, planned["id"])
        assert await absences.of(tx, dana.id, NOW) != [], "it is not theirs to drop"
        await absences.over(tx, NOW + DAY)
        assert await tx.rows(schema.absence.select()) == []

    await database.write(asked)
