"""What is called off is closed on phones once, in the seat's own chat; and answered late only by who may answer all."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.domain import called_off, rights, suspending
from bot.domain.auditing import CLINIC
from bot.model import Preset
from bot.storage import called_off as stored
from bot.storage import checkins, people, schema
from bot.storage.database import Database, Row
from tests.support.clinic import Clinic, Someone

DAY, HOUR = "2027-03-02", 3_600_000


@pytest.fixture
async def clinic(database: Database) -> Clinic:
    return Clinic(database, 100_000)  # the database counts from one


async def asks(clinic: Clinic, one: Someone, message: int) -> int:
    """An open check-in on a phone; returns when it is answered late at the latest."""
    number = await clinic.check_in(one, DAY, "open", day=None)
    shown = schema.check_in.update().where(schema.check_in.c.id == number)
    await clinic.db.write(lambda tx: tx.run(shown.values(message_id=message, question="day")))
    rows = await clinic.db.read(lambda tx: tx.rows(sa.select(schema.check_in.c.late_until)))
    return int(rows[0]["late_until"])


async def told(clinic: Clinic, now: int) -> list[tuple[int, int, bool]]:
    found, more = await clinic.db.write(lambda tx: called_off.shown(tx, now))
    assert not more
    return sorted((row["chat"], row["message_id"], bool(row["again"])) for row in found)


async def test_each_is_told_once_in_its_own_chat_whether_the_seat_rests_or_has_ended(clinic: Clinic) -> None:
    child = await clinic.child("Mika", await clinic.therapist())
    ana, ben, eva = [await clinic.caregiver(child, name) for name in ("Ana", "Ben", "Eva")]
    for number, one in enumerate((ana, ben, eva)):
        late = await asks(clinic, one, 7 + number)
    now = late - HOUR
    await clinic.db.write(lambda tx: suspending.suspend(tx, ana.id, now))
    await clinic.db.write(lambda tx: stored.end_open(tx, ben.id, child))
    await clinic.db.write(lambda tx: people.remove(tx, ben.id, now))
    assert await clinic.db.read(lambda tx: checkins.nudged(tx, now, 9)) == [], "none of them is asked once more"
    assert await told(clinic, now) == [(ana.account, 7, False), (ben.account, 8, False)]
    assert await told(clinic, now) == []
    await clinic.db.write(lambda tx: suspending.resume(tx, ana.id, now))
    assert await told(clinic, now) == [(ana.account, 7, True)]
    await clinic.db.write(lambda tx: suspending.suspend(tx, ana.id, now))
    await clinic.db.write(lambda tx: suspending.resume(tx, ana.id, late))
    assert await told(clinic, late) == []


async def test_less_than_all_leaves_it_closed_and_all_opens_it_again(clinic: Clinic) -> None:
    dana = await clinic.therapist()
    child = await clinic.child("Mika", dana)
    ana = await clinic.caregiver(child, "Ana")
    now = await asks(clinic, ana, 7) - HOUR
    for preset, again in ((Preset.READ, False), (Preset.OWN, None), (Preset.ALL, True)):
        found: Row | None = await clinic.db.read(lambda tx: rights.care(tx, dana.id, ana.id, now))
        assert found is not None
        await clinic.db.write(lambda tx, found=found, preset=preset: rights.set_preset(tx, CLINIC, found, preset, now))
        assert await told(clinic, now) == ([] if again is None else [(ana.account, 7, again)]), preset
