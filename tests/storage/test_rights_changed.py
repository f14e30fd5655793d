"""What a therapist changes of a right: nothing comes back that was not meant to, and nothing is left over."""

from __future__ import annotations

import pytest

from bot.domain import auditing, links, rights, suspending
from bot.domain.rights import LONGEST_DOCUMENT
from bot.model import Preset
from bot.storage import links as stored_links
from bot.storage import schema
from bot.storage.database import Database, Row, Tx
from tests.support.clinic import Clinic, Someone

NOW = 1_900_000_000_000
HOUR = 3_600_000


@pytest.fixture
async def clinic(database: Database) -> Clinic:
    return Clinic(database, 1000)


async def two(clinic: Clinic) -> tuple[Someone, Someone]:
    dana = await clinic.therapist()
    return dana, await clinic.caregiver(await clinic.child("Mika", dana), "Ana")


async def care(clinic: Clinic, dana: Someone, ana: Someone) -> Row:
    found = await clinic.db.read(lambda tx: rights.care(tx, dana.id, ana.id, NOW))
    assert found is not None
    return found


async def ends(clinic: Clinic, dana: Someone, ana: Someone, at: int | None) -> None:
    found = await care(clinic, dana, ana)
    await clinic.db.write(lambda tx: rights.set_end(tx, auditing.CLINIC, found, at, NOW))


async def has_it(clinic: Clinic, ana: Someone) -> bool:
    rows = await clinic.db.read(lambda tx: tx.rows(schema.person.select().where(schema.person.c.id == ana.id)))
    return rows[0]["account_id"] is not None


async def test_a_new_end_gives_nothing_back_that_was_suspended(clinic: Clinic) -> None:
    dana, ana = await two(clinic)
    await clinic.db.write(lambda tx: suspending.suspend(tx, ana.id, NOW))
    await ends(clinic, dana, ana, NOW + HOUR)
    assert not await has_it(clinic, ana)
    await clinic.db.write(lambda tx: suspending.resume(tx, ana.id, NOW))
    assert (await care(clinic, dana, ana))["until_at"] == NOW + HOUR, "but it counts once it is given back"


@pytest.mark.parametrize(("at", "back"), [(NOW + HOUR, True), (None, True), (NOW - 1, False), (NOW, False)])
async def test_one_that_was_over_comes_back_with_a_later_end_alone(clinic: Clinic, at: int | None, back: bool) -> None:
    dana, ana = await two(clinic)
    await ends(clinic, dana, ana, NOW - HOUR)
    await clinic.db.write(lambda tx: rights.end_over(tx, NOW))
    assert not await has_it(clinic, ana)
    await ends(clinic, dana, ana, at)
    assert await has_it(clinic, ana) == back


@pytest.mark.parametrize(("length", "kept"), [(LONGEST_DOCUMENT, True), (LONGEST_DOCUMENT + 1, False)])
async def test_a_paper_is_named_in_one_line_or_not_at_all(clinic: Clinic, length: int, kept: bool) -> None:
    dana, ana = await two(clinic)
    found, words = await care(clinic, dana, ana), "x" * length
    said = await clinic.db.write(lambda tx: rights.set_document(tx, auditing.CLINIC, found, words, NOW))
    assert (said, (await care(clinic, dana, ana))["document"]) == (kept, words if kept else "")
    entries = await clinic.db.read(lambda tx: tx.rows(schema.audit.select()))
    assert len(entries) == int(kept)


@pytest.mark.parametrize("preset", [Preset.OWN, Preset.READ])
async def test_who_may_do_less_shares_no_question_any_more(clinic: Clinic, preset: Preset) -> None:
    dana, ana = await two(clinic)
    ben = await clinic.caregiver(ana.child, "Ben")

    async def linked(tx: Tx) -> None:
        assert await links.propose(tx, dana.id, (ana.id, ben.id), links.Kind.BOTH, NOW)
        row = await stored_links.of_seat(tx, ana.id)
        assert row is not None
        for one in (ana, ben):
            await stored_links.agree(tx, row["id"], one.id, NOW)

    await clinic.db.write(linked)
    found = await care(clinic, dana, ana)
    await clinic.db.write(lambda tx: rights.set_preset(tx, auditing.CLINIC, found, preset, NOW))
    assert await clinic.db.read(lambda tx: stored_links.of_seat(tx, ben.id)) is None
