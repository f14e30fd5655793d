"""An access that ends on a day is an access like any other: joined once, taken back, deleted, ended by a tap."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain import inviting, restoring
from bot.domain.erasing import Moment
from bot.storage import counts, rights, schema
from bot.storage.erasures import Erased
from tests.conversations.test_rights import opens, seat
from tests.support.families import family
from tests.support.world import Person, World

MONTH = "1 month"


async def until_next_month(world: World) -> tuple[Person, Person]:
    """Dana, and Ana, who may care for Mika for a month."""
    dana, ana = await family(world)
    await opens(dana, "Ana (parent)", "🔑 Access")
    await dana.taps("Until when", dana.newest)
    await dana.taps(MONTH, dana.newest)
    return dana, ana


async def link_for_a_month(world: World, dana: Person, role: str) -> tuple[int, str]:
    """A seat of Mika's that nobody has taken yet, and its code."""
    await opens(dana)
    await dana.does("presses", f"fam:add:1:{role}", dana.newest)
    number = max(row["id"] for row in await world.rows(schema.person.select()))
    await dana.does("presses", f"rt:until:{number}:1", dana.newest)
    return number, await world.db.write(lambda tx: inviting.new_code(tx, number, world.clock.now_ms()))


async def right(world: World, person: int) -> dict[str, Any]:
    [found] = await world.rows(schema.access.select().where(schema.access.c.person_id == person))
    return found


async def ended(world: World, person: int) -> bool:
    [row] = await world.rows(schema.person.select().where(schema.person.c.id == person))
    over = (await right(world, person))["until_at"]
    return row["removed_at"] is not None and over is not None and bool(over <= world.clock.now_ms())


async def takes_back(ana: Person) -> None:
    await ana.sends("/privacy")
    await ana.taps("Take back my agreement", ana.newest)
    await ana.taps("Yes, end it", ana.newest)
    ana.sees("It has ended.")


@pytest.mark.every_language
async def test_whose_access_has_an_end_takes_the_agreement_back_and_nothing_comes(world: World) -> None:
    dana, ana = await until_next_month(world)
    me = (await seat(world, "Ana"))["id"]
    await takes_back(ana)
    assert await ended(world, me)
    dana.sees("Ana (parent) took the agreement for Mika back.")
    before = len(ana.screen)
    await world.passes(days=3)
    assert len(ana.screen) == before


async def test_whose_access_ended_a_moment_ago_still_takes_the_agreement_back(world: World) -> None:
    """The seat is not rested yet: the next tick would."""
    dana, ana = await family(world)
    me = (await seat(world, "Ana"))["id"]
    access, now = (await right(world, me))["id"], world.clock.now_ms()
    await world.db.write(lambda tx: rights.put_end(tx, access, now - 1))
    await takes_back(ana)
    assert await ended(world, me)
    dana.sees("Ana (parent) took the agreement for Mika back.")


async def test_not_them_ends_an_access_that_had_a_month_left(world: World) -> None:
    dana, _ana = await until_next_month(world)
    me = (await seat(world, "Ana"))["id"]
    await dana.does("presses", f"seat:out:{me}", dana.newest)
    assert await ended(world, me)


async def test_who_deletes_everything_before_the_end_is_missed_by_name(world: World) -> None:
    dana, ana = await until_next_month(world)
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    dana.sees("Ana (parent) deleted what they gave for Mika")


async def test_who_asked_for_help_and_deletes_keeps_no_access_until_its_end(world: World) -> None:
    _dana, ana = await until_next_month(world)
    me = (await seat(world, "Ana"))["id"]
    await ana.sends("/help")
    await ana.taps("🆘 Urgent help", ana.newest)
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    assert await ended(world, me)


@pytest.mark.parametrize("suspended", [False, True])
async def test_a_restore_that_obeys_a_no_ends_a_seat_with_an_end(world: World, suspended: bool) -> None:
    dana, _ana = await until_next_month(world)
    me, now = await seat(world, "Ana"), world.clock.now_ms()
    if suspended:
        await opens(dana, "Ana (parent)", "🔑 Access", "⏸ Suspend now")
    listed = [Erased("no-care", me["id"], me["created_at"], now + 500)]
    moment = Moment(world.clock.machine_ms(), now + 1000)
    settled = await world.db.write(lambda tx: restoring.settle(tx, listed, moment))
    assert settled.withdrawn == 1
    world.clock.advance(seconds=1)
    assert await ended(world, me["id"])


async def test_who_joins_until_a_date_reads_for_whom_and_it_is_on_record(world: World) -> None:
    dana, _ana = await family(world)
    _number, code = await link_for_a_month(world, dana, "father")
    ben = world.person("Ben")
    await ben.starts(code)
    for _ in range(2):
        await ben.taps_first()
    ben.sees("Mika")
    dana.sees("Ben (father)")
    joined = [row for row in await world.rows(schema.audit.select()) if row["kind"] == "joined"]
    assert joined[-1]["child_id"] is not None


async def test_nobody_takes_two_seats_of_one_child_because_one_has_an_end(world: World) -> None:
    dana, ana = await family(world)
    number, code = await link_for_a_month(world, dana, "father")
    await ana.starts(code)
    for _ in range(2):
        await ana.taps_first()
    ana.sees("You are in already")
    [row] = await world.rows(schema.person.select().where(schema.person.c.id == number))
    assert row["account_id"] is None


async def test_a_link_whose_access_is_over_lets_nobody_in(world: World) -> None:
    dana, _ana = await family(world)
    number, code = await link_for_a_month(world, dana, "father")
    access, now = (await right(world, number))["id"], world.clock.now_ms()
    ben = world.person("Ben")
    await ben.starts(code)
    await ben.taps_first()
    await world.db.write(lambda tx: rights.put_end(tx, access, now - 1))
    await ben.taps_first()
    ben.sees_nothing_of("Mika")
    assert (await world.rows(schema.invitation.select().where(schema.invitation.c.used_by == ben.phone.user_id))) == []


async def test_who_is_in_until_a_date_is_counted(world: World) -> None:
    await until_next_month(world)
    now = world.clock.now_ms()
    assert (await world.db.read(lambda tx: counts.status(tx, now, now)))["caregivers_joined"] == 1
