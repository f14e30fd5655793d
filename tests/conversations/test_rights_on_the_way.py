"""Whose right ends while something is on its way to them does not get it: not a digest, not news, not a question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from bot.domain import handing_over, standing_in
from bot.simulator import faults
from bot.storage import people, schema
from schedules import due
from tests.conversations.test_standing_in import ids, takes
from tests.support.families import at
from tests.support.safety import safe
from tests.support.world import Person, World

WISH = "That she asks for help"
NOON = at("2027-03-02 12:00")  # Tuesday ends in Auckland, where Dana is


async def clinic(world: World) -> tuple[Person, Person, Person]:
    """Dana, who is far away, treats Ana's Mika; Eva has Carla's Lena."""
    dana = await world.therapist("Dana", timezone="Pacific/Auckland")
    ana = await world.parent_of(dana, "Ana", "Mika")
    eva = await world.therapist("Eva")
    await world.parent_of(eva, "Carla", "Lena")
    return dana, ana, eva


async def holds_up(world: World, eva: Person, ana: Person, when: datetime) -> None:
    """Just before that moment Telegram takes nothing for Eva; she asks for a digest, and Ana has a wish."""
    await world.until(when - timedelta(minutes=3))
    world.sim.faults.add(faults.TooMany(240), chat=eva.phone.user_id, times=1)
    await eva.sends("/digest")
    await ana.sends("/goals")
    await ana.taps("A wish")
    await ana.sends(WISH)
    eva.sees_nothing_of(WISH)


async def _mika(world: World) -> int:
    return next(row["id"] for row in await world.rows(schema.child.select()) if row["name"] == "Mika")


async def _nothing(_: World) -> None:
    """The date is enough."""


async def _back_earlier(world: World) -> None:
    me = await world.db.read(lambda tx: people.seat(tx, 1))
    [leave] = await world.db.read(lambda tx: standing_in.of(tx, me, world.clock.now_ms()))
    await world.db.write(lambda tx: standing_in.end(tx, me, leave.id, world.clock.now_ms()))


async def _taken_away(world: World) -> None:
    known, mika, now = await ids(world), await _mika(world), world.clock.now_ms()
    assert await world.db.write(lambda tx: handing_over.end_co(tx, known["Dana"], mika, known["Eva"], now))


@pytest.mark.parametrize("ends", [_nothing, _back_earlier, _taken_away])
async def test_what_was_queued_for_who_stood_in_does_not_come_after_the_leave(
    world: World, ends: Callable[[World], Awaitable[None]]
) -> None:
    dana, ana, eva = await clinic(world)
    await takes(dana, "Mon, 1 Mar", "Tue, 2 Mar")
    await holds_up(world, eva, ana, NOON)
    await ends(world)
    if ends is _nothing:
        await world.until(at("2027-03-02 12:01"))
    before = len(eva.screen)
    await world.passes(minutes=6)
    await world.passes(minutes=1)
    shown = eva.screen[before:]
    assert not any(one.has(WISH) or one.has("Mika") for one in shown), eva.transcript()
    assert any(one.has("Lena") for one in shown), "her own families are in a digest that is made again"
    await safe(world, "Mika", "Lena")


async def test_without_the_end_of_the_right_it_all_comes(world: World) -> None:
    """That the test above can fail."""
    dana, ana, eva = await clinic(world)
    await takes(dana, "Mon, 1 Mar", "Fri, 5 Mar")
    await holds_up(world, eva, ana, NOON)
    await world.passes(minutes=8)
    eva.sees(WISH)
    eva.sees("Lena")


async def test_what_was_queued_for_who_helped_does_not_come_after_the_help(world: World) -> None:
    _dana, ana, eva = await clinic(world)
    known, mika, now = await ids(world), await _mika(world), world.clock.now_ms()
    assert await world.db.write(lambda tx: handing_over.add_co(tx, known["Dana"], mika, known["Eva"], now))
    await holds_up(world, eva, ana, NOON)
    await _taken_away(world)
    await world.passes(minutes=8)
    eva.sees_nothing_of(WISH)
    eva.sees("Lena")


async def test_news_of_the_last_night_waits_for_no_morning_after_the_leave(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    eva = await world.therapist("Eva")
    await takes(dana, "Mon, 1 Mar", "Tue, 2 Mar")
    await world.until(at("2027-03-02 22:30"))
    await ana.sends("/goals")
    await ana.taps("A wish")
    await ana.sends(WISH)
    await world.until(at("2027-03-03 12:00"))
    eva.sees_nothing_of(WISH)
    dana.sees(WISH)


async def test_a_question_does_not_come_to_a_caregiver_whose_right_ended_meanwhile(world: World) -> None:
    """To the second, before anybody has tidied up."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    await world.until(at("2027-03-02 19:29"))
    ends = at("2027-03-02 19:31")
    until = schema.access.update().where(schema.access.c.right == "care").values(until_at=int(ends.timestamp() * 1000))
    await world.db.write(lambda tx: tx.run(until))
    world.clock.set(at("2027-03-02 19:30"))
    assert await due.tick(world.db, world.program.house) == 1
    world.clock.set(ends)
    before = len(ana.screen)
    await world.settle()
    assert len(ana.screen) == before
    assert {row["error"] for row in await world.rows(schema.outbox.select()) if row["state"] == "failed"} == {
        "right ended"
    }
