"""What each preset lets a caregiver do, asked of the statements themselves on both engines."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.model import May, Preset, Right
from bot.storage import behaviour, checkins, goals, home_steps, material, notes, people, schema
from bot.storage.database import Database, Tx
from tests.support.clinic import EARLY, Clinic

NOW = 1_900_000_000_000
MAY = {
    Preset.ALL: {May.CARE, May.GIVE, May.SEE, May.BOTH},
    Preset.OWN: {May.CARE, May.GIVE},
    Preset.READ: {May.CARE, May.SEE},
}


@pytest.mark.parametrize("preset", Preset)
async def test_a_preset_stands_in_each_statement_that_gives_or_sees(database: Database, preset: Preset) -> None:
    clinic = Clinic(database)
    mika = await clinic.child("Mika", await clinic.therapist())
    ana = await clinic.caregiver(mika, "Ana")
    note = await clinic.note(ana, "2027-03-18 21:05", "A word")
    check_in = await clinic.check_in(ana, "2027-03-18", day="good")
    goal, _version = await clinic.goal(mika, "Asks for more", ana)
    step = await clinic.put(schema.home_step, child_id=mika, text="Name it", from_date="2027-01-01", created_at=EARLY)
    target = await clinic.put(schema.behaviour_target, child_id=mika, text="Throws", created_at=EARLY)
    await clinic.put(schema.coping_card, child_id=mika, card_key="breathe", chosen_at=EARLY)
    set_ = schema.access.update().where(schema.access.c.right == "care").values(preset=sa.bindparam("to"))
    await database.write(lambda tx: tx.run(set_, {"to": preset.value}))

    async def asked(tx: Tx) -> None:
        may = MAY[preset]
        for what in May:
            found = await people.children_of(tx, ana.account, Right.CARE, NOW, what)
            assert bool(found) == (what in may), what
        gives = (
            await notes.own(tx, ana.account, note, NOW),
            await checkins.load(tx, ana.account, check_in, NOW),
        )
        sees = (
            (await goals.of_seat(tx, ana.id, mika, NOW))[0],
            await goals.seat_for(tx, ana.account, goal, NOW, May.SEE),
            await home_steps.for_seat(tx, ana.id, mika, NOW),
            await home_steps.own_of_child(tx, ana.account, mika, "2027-03-18", NOW),
            await home_steps.own(tx, ana.account, step, NOW),
            await behaviour.for_seat(tx, ana.id, mika, NOW),
            await material.cards_for(tx, ana.id, mika, NOW),
        )
        both = (
            await goals.seat_for(tx, ana.account, goal, NOW, May.BOTH),
            await home_steps.own(tx, ana.account, step, NOW, May.BOTH),
            await behaviour.own(tx, ana.account, target, NOW),
        )
        assert [bool(one) for one in gives] == [May.GIVE in may] * len(gives)
        assert [bool(one) for one in sees] == [May.SEE in may] * len(sees)
        assert [bool(one) for one in both] == [May.BOTH in may] * len(both)
        assert await checkins.child_of(tx, ana.account, check_in, NOW) == mika, "urgent help is for everybody"
        assert (await goals.of_seat(tx, ana.id, mika, NOW))[3], "own words stay theirs"

    await database.read(asked)
