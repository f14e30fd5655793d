"""Somebody who works here and is family of a child, too: what the others of the family say is not theirs to read."""

from __future__ import annotations

import pytest

from bot.domain import handing_over, inviting, on_call, staff
from bot.domain.auditing import CLINIC
from bot.storage import schema
from tests.conversations.test_on_call import ALARM, minutes, press, steps
from tests.conversations.test_rights import opens
from tests.conversations.test_standing_in import sees, takes
from tests.support.families import family
from tests.support.world import Person, World

SECRET = "Please do not tell Tom."


async def with_father(world: World) -> tuple[Person, Person, Person, int]:
    """Tom works here and is Mika's father; Dana treats, Ana is the mother."""
    dana, ana = await family(world)
    tom = await world.therapist("Tom")
    [mika] = await world.rows(schema.child.select())
    await world.parent_of(dana, "Tom", "Mika", role="father", phone=tom.phone, child_id=mika["id"])
    return dana, ana, tom, int(mika["id"])


async def staff_of(world: World, name: str) -> int:
    rows = await world.rows(schema.person.select().where(schema.person.c.kind == "therapist"))
    return next(int(row["id"]) for row in rows if row["name"] == name)


async def puts_on_call(world: World, name: str, place: int) -> None:
    number, hours = await staff_of(world, name), on_call.Hours("0123456", "00:00", "00:00", place)
    assert await world.db.write(lambda tx: on_call.put(tx, CLINIC, number, hours, world.clock.now_ms()))


@pytest.mark.every_language
async def test_a_father_on_call_is_passed_over_and_the_next_on_the_rota_is_told(world: World) -> None:
    _dana, ana, tom, _mika = await with_father(world)
    eli = await world.therapist("Eli")
    await puts_on_call(world, "Tom", 1)
    await puts_on_call(world, "Eli", 2)
    before = len(tom.screen)
    await ana.sends("I am afraid that he will kill me")
    assert eli.newest.text == ALARM
    assert "Nobody is on call" not in ana.newest.text
    await minutes(world, 60)
    assert len(tom.screen) == before
    [alert] = await world.rows(schema.alert.select())
    for verb in ("open", "take"):
        await tom.does("presses", f"urgent:{verb}:{alert['press']}", tom.newest)
    tom.sees_nothing_of("afraid")
    assert (await world.rows(schema.alert.select()))[0]["taken_at"] is None


@pytest.mark.every_language
async def test_where_only_the_father_is_on_call_the_card_says_that_nobody_is(world: World) -> None:
    dana, ana, tom, _mika = await with_father(world)
    await puts_on_call(world, "Tom", 1)
    before = len(tom.screen)
    await press(ana)
    assert "Nobody is on call here now." in ana.newest.text
    assert dana.newest.text == ALARM
    await minutes(world, 60)
    await ana.taps("Yes", ana.newest)
    assert len(tom.screen) == before
    assert await steps(world) == ["told", "nobody", "passed_on"]


async def test_who_was_told_on_call_and_becomes_the_father_opens_it_no_more(world: World) -> None:
    dana, ana = await family(world)
    tom = await world.therapist("Tom")
    await puts_on_call(world, "Tom", 1)
    await ana.sends("I am afraid that he will kill me")
    told = tom.sees(ALARM)
    [mika] = await world.rows(schema.child.select())
    await world.parent_of(dana, "Tom", "Mika", role="father", phone=tom.phone, child_id=mika["id"])
    before = len(tom.screen)
    await tom.taps("Open", told)
    tom.sees_nothing_of("afraid")
    await ana.taps("Yes", ana.sees("Is anyone in danger right now?"))
    assert len(tom.screen) == before


async def test_a_father_stands_in_for_the_other_families_alone_and_the_leave_says_so(world: World) -> None:
    dana, ana, tom, _mika = await with_father(world)
    cleo = await world.parent_of(dana, "Cleo", "Noor")
    await takes(dana, "Mon, 1 Mar", "Fri, 5 Mar", who="Tom")
    dana.sees("Tom is family of a child here.\nThat family stays with you.")
    await minutes(world, 60)
    tom.sees("One family is with you until then.")
    ana.sees_nothing_of("Until then Tom reads")
    assert await sees(tom, "Noor")
    assert not await sees(tom, "Mika")
    await ana.sends(SECRET)
    await cleo.sends("Noor slept.")
    await tom.sends("/digest")
    await tom.taps_first()
    tom.sees("Noor slept.")
    await tom.taps_first()
    tom.sees("That was everyone.")
    tom.sees_nothing_of(SECRET)


async def test_a_father_is_offered_for_no_case_of_his_child_and_gets_none(world: World) -> None:
    dana, _ana, tom, mika = await with_father(world)
    await world.therapist("Eli")
    for tap in ("co", "give"):
        await opens(dana)
        await dana.taps("👥 Who treats", dana.newest)
        await dana.does("presses", f"case:{tap}:{mika}", dana.newest)
        assert "Eli" in dana.newest.labels
        assert "Tom" not in dana.newest.labels
    me, him, now = await staff_of(world, "Dana"), await staff_of(world, "Tom"), world.clock.now_ms()
    assert not await world.db.write(lambda tx: handing_over.add_co(tx, me, mika, him, now))
    assert await world.db.write(lambda tx: handing_over.hand_over(tx, me, mika, him, now)) is None
    assert not await sees(tom)


async def test_at_the_end_of_employment_his_child_waits_for_somebody_else(world: World) -> None:
    dana, _ana, tom, mika = await with_father(world)
    await world.parent_of(dana, "Cleo", "Noor")
    me, him, now = await staff_of(world, "Dana"), await staff_of(world, "Tom"), world.clock.now_ms()
    assert await world.db.read(lambda tx: handing_over.family_of(tx, me, him, now)) == [mika]
    handed = await world.db.write(lambda tx: staff.remove(tx, me, now, him))
    assert handed is not None
    assert [one.child_name for one in handed] == ["Noor"]
    assert await world.db.read(lambda tx: handing_over.alone(tx, now)) == 1
    assert await sees(tom, "Noor")
    assert not await sees(tom, "Mika")


async def test_a_father_whose_own_access_was_taken_away_is_still_the_father(world: World) -> None:
    dana, ana, tom, mika = await with_father(world)
    await dana.taps("Not them", dana.sees("Tom (father) joined for Mika."))
    await puts_on_call(world, "Tom", 1)
    before = len(tom.screen)
    await press(ana)
    assert "Nobody is on call here now." in ana.newest.text
    assert len(tom.screen) == before
    me, him, now = await staff_of(world, "Dana"), await staff_of(world, "Tom"), world.clock.now_ms()
    assert not await world.db.write(lambda tx: handing_over.add_co(tx, me, mika, him, now))


@pytest.mark.every_language
async def test_who_treats_a_child_cannot_become_the_family_that_would_read_the_other_parent(world: World) -> None:
    dana, ana = await family(world)
    [mika] = await world.rows(schema.child.select())
    await opens(dana)
    await dana.does("presses", f"fam:add:{mika['id']}:father", dana.newest)
    code = await new_code(world)
    await dana.starts(code)
    for _ in range(2):
        await dana.taps_first()
    dana.sees("Who treats a child cannot be its family here, too.")
    seats = await world.rows(schema.person.select().where(schema.person.c.account_id == dana.phone.user_id))
    assert [row["kind"] for row in seats] == ["therapist"]
    await ana.sends("A calm note.")
    await dana.sends("/digest")
    await dana.taps_first()
    dana.sees("A calm note.")


async def new_code(world: World) -> str:
    """Of the caregiver's seat that was made last."""
    last = max(int(row["id"]) for row in await world.rows(schema.person.select()))
    return await world.db.write(lambda tx: inviting.new_code(tx, last, world.clock.now_ms()))


async def test_who_tries_it_alone_is_family_and_therapist_until_somebody_else_would_write(world: World) -> None:
    """One phone for both is how it is tried out; a second caregiver waits until somebody else treats."""
    dana = await world.therapist("Dana")
    await world.parent_of(dana, "Dana", "Mika", phone=dana.phone)
    await press(dana)
    await dana.taps("Open", dana.sees(ALARM))
    dana.sees("pressed “Urgent help”")
    [mika] = await world.rows(schema.child.select())
    await opens(dana)
    await dana.does("presses", f"fam:add:{mika['id']}:father", dana.newest)
    ben, code = world.person("Ben"), await new_code(world)
    await ben.starts(code)
    for _ in range(2):
        await ben.taps_first()
    ben.sees("This link does not work for you yet.")
    assert await world.rows(schema.person.select().where(schema.person.c.account_id == ben.phone.user_id)) == []
    await leaves_to_another(world, mika["id"])
    for _ in range(2):
        await ben.taps_first()
    ben.sees("🎉 You are in.")


async def leaves_to_another(world: World, mika: int) -> None:
    await world.therapist("Eli")
    me, other, now = await staff_of(world, "Dana"), await staff_of(world, "Eli"), world.clock.now_ms()
    assert await world.db.write(lambda tx: handing_over.hand_over(tx, me, mika, other, now))
