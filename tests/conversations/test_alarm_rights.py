"""An alarm is for who is here and may see the child now: whoever has left, or lost the right, is not in its way."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain import handing_over, staff
from bot.simulator import Shown
from bot.storage import schema
from tests.conversations.test_on_call import ALARM, id_of, minutes, on, press, steps
from tests.support.databases import postgres, postgres_url
from tests.support.families import family
from tests.support.world import Person, World, open_world

__all__ = ["postgres", "postgres_url"]


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


async def helps(world: World) -> tuple[Person, Person, Person]:
    """Eli helps Dana with Mika, Ana's child."""
    dana, ana = await family(world)
    eli = await world.therapist("Eli")
    me, other, [mika] = await id_of(world, "Dana"), await id_of(world, "Eli"), await world.rows(schema.child.select())
    assert await world.db.write(lambda tx: handing_over.add_co(tx, me, mika["id"], other, world.clock.now_ms()))
    return dana, ana, eli


async def helps_no_more(world: World) -> None:
    me, other, [mika] = await id_of(world, "Dana"), await id_of(world, "Eli"), await world.rows(schema.child.select())
    assert await world.db.write(lambda tx: handing_over.end_co(tx, me, mika["id"], other, world.clock.now_ms()))


@pytest.mark.every_language
async def test_whose_right_to_the_child_has_ended_opens_its_alarm_no_more_and_hears_no_more_of_it(
    world: World,
) -> None:
    dana, ana, eli = await helps(world)
    await ana.sends("I am afraid that he will kill me")
    told = eli.sees(ALARM)
    await helps_no_more(world)
    await world.passes(hours=1)
    before = len(eli.screen)
    await eli.taps("Open", told)
    await eli.taps("I have it", told)
    eli.sees_nothing_of("afraid")
    assert (await world.rows(schema.alert.select()))[0]["taken_at"] is None
    for tap, read in (("Yes", "someone is in danger"), ("It was a false alarm", "a false alarm")):
        await ana.taps(tap, ana.sees("Is anyone in danger right now?") if tap == "Yes" else None)
        dana.sees(read)
        if tap == "Yes":
            await press(ana)
    assert len(eli.screen) == before


async def test_who_is_on_call_as_well_is_told_anew_and_opens_it(world: World) -> None:
    """On call is an office of its own: it opens what is told to it, whatever they were to the child before."""
    _dana, ana, eli = await helps(world)
    await on(world, "Eli", 1)
    await ana.sends("I am afraid that he will kill me")
    assert sum(one.text == ALARM for one in eli.screen) == 1
    await helps_no_more(world)
    await eli.taps("Open", eli.sees(ALARM))
    eli.sees_nothing_of("afraid")
    await minutes(world, 16)
    await eli.taps("Open", eli.newest)
    eli.sees("afraid")


async def test_whom_an_older_version_told_on_call_opens_it_still(world: World) -> None:
    """Its steps did not say why somebody was told."""
    dana, ana = await family(world)
    eli = await world.therapist("Eli")
    await on(world, "Eli", 1)
    await ana.sends("I am afraid that he will kill me")
    step = schema.alert_step
    await world.db.write(lambda tx: tx.run(step.update().where(step.c.kind == "escalated").values(kind="told"), {}))
    await eli.taps("Open", eli.sees(ALARM))
    eli.sees("afraid")
    await ana.taps("Yes", ana.newest)
    assert "someone is in danger" in dana.newest.text
    assert "someone is in danger" in eli.newest.text


def button(shown: Shown, label: str) -> str:
    return next(str(one.data) for one in shown.all_buttons if one.label == label)


@pytest.mark.parametrize(("tap", "reads"), [("Yes", "yes, someone is in danger"), ("Not sure", "not sure")])
async def test_a_yes_after_a_false_alarm_is_an_alarm_again_and_goes_down_the_rota(
    world: World, tap: str, reads: str
) -> None:
    """The card is there twice where an answer of Telegram was lost: one copy still has its buttons."""
    dana, ana = await family(world)
    fay = await world.therapist("Fay")
    await world.therapist("Eli")
    await on(world, "Eli", 1)
    await on(world, "Fay", 2)
    await press(ana)
    pressed = button(ana.newest, tap)
    await ana.taps("It was a false alarm")
    await minutes(world, 60)
    fay.sees_nothing_of("level red")
    await ana.does("presses", pressed, ana.newest)
    await dana.taps("Open", dana.newest)
    assert reads in dana.newest.text
    assert "The family says it was a false alarm." not in dana.newest.text
    await minutes(world, 16)
    assert fay.newest.text == ALARM


async def test_a_no_after_a_false_alarm_wakes_nobody_and_whoever_has_it_keeps_it(world: World) -> None:
    dana, ana = await family(world)
    fay = await world.therapist("Fay")
    await world.therapist("Eli")
    await on(world, "Eli", 1)
    await on(world, "Fay", 2)
    await press(ana)
    yes, no = button(ana.newest, "Yes"), button(ana.newest, "No")
    await ana.taps("It was a false alarm")
    await ana.does("presses", no, ana.newest)
    await minutes(world, 60)
    await dana.taps("I have it", dana.sees(ALARM))
    await ana.does("presses", yes, ana.newest)
    assert "someone is in danger" in dana.newest.text
    await minutes(world, 60)
    fay.sees_nothing_of("level red")


async def test_on_postgresql_a_yes_where_nobody_is_on_call_is_passed_on_too(tmp_path: Path, postgres_url: str) -> None:
    """There is no time at which the next is woken: a nothing that a server wants to know the kind of."""
    async with open_world(tmp_path, url=postgres_url) as world:
        dana, ana = await family(world)
        await press(ana)
        yes = button(ana.newest, "Yes")
        await ana.taps("It was a false alarm")
        await ana.does("presses", yes, ana.newest)
        dana.sees("the family says someone is in danger")
        assert [row["false_alarm_at"] for row in await world.rows(schema.alert.select())] == [None]
