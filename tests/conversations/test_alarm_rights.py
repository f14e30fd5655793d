"""An alarm is for who is here and may see the child now: whoever has left, or lost the right, is not in its way."""

from __future__ import annotations

import pytest

from bot.domain import staff
from bot.storage import schema
from tests.conversations.test_on_call import ALARM, id_of, minutes, on, press, steps
from tests.support.families import family
from tests.support.world import World


async def leaves(world: World, name: str) -> None:
    number = await id_of(world, name)
    assert await world.db.write(lambda tx: staff.remove(tx, number, world.clock.now_ms())) is not None


@pytest.mark.every_language
async def test_a_colleague_who_was_told_and_has_left_does_not_stop_anybody_from_having_it(world: World) -> None:
    dana, ana = await family(world)
    eli = await world.therapist("Eli")
    await on(world, "Eli", 1)
    await press(ana)
    await leaves(world, "Dana")
    before = len(dana.screen)
    await eli.taps("I have it", eli.sees(ALARM))
    assert "Eli has it." in eli.newest.text
    assert (await world.rows(schema.alert.select()))[0]["taken_at"] is not None
    assert await world.rows(schema.dead_update.select()) == []
    assert len(dana.screen) == before
    await minutes(world, 60)
    assert (await steps(world))[-1] == "taken"


async def test_who_was_on_call_and_has_left_does_not_stop_the_therapist_from_having_it(world: World) -> None:
    dana, ana = await family(world)
    await world.therapist("Eli")
    await on(world, "Eli", 1)
    await press(ana)
    await leaves(world, "Eli")
    await minutes(world, 120)
    await dana.taps("I have it", dana.sees(ALARM))
    assert "Dana has it." in dana.newest.text
    assert (await steps(world))[-1] == "taken"
