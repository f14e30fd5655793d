"""People who move, rights that end in the middle, a parent who probes for the other; a machine that was busy."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.domain import auditing, families, settings
from bot.storage import schema
from bot.storage.people import load_account
from schedules import due
from tests.support.safety import safe
from tests.support.world import Person, World

ASKED = datetime(2027, 3, 2, 18, 30, tzinfo=UTC)


async def family(world: World) -> tuple[Person, Person]:
    dana = await world.therapist("Dana")
    return dana, await world.parent_of(dana, "Ana", "Mika")


async def dates(world: World) -> list[str]:
    rows = await world.rows(schema.check_in.select().order_by(schema.check_in.c.due_at))
    return [row["local_date"][5:] for row in rows]


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_fault_34_a_parent_who_moves_across_midnight_is_asked_once_a_date(world: World, zone: str) -> None:
    """Moved there and back: no local date is asked twice, and none after the move is left out."""
    _dana, ana = await family(world)
    await world.until(ASKED)
    for place in (zone, "Europe/Berlin"):
        account = await world.db.read(lambda tx: load_account(tx, ana.phone.user_id))
        now = world.clock.now_ms()
        await world.db.write(lambda tx, a=account, z=place, at=now: settings.set_timezone(tx, a, z, at))
        await world.passes(days=3)
    asked = await dates(world)
    assert len(asked) == len(set(asked))
    assert asked[-1] in ("03-07", "03-08")
    assert len(asked) >= 5
    await safe(world)


async def test_fault_37_an_hour_of_a_busy_machine_over_a_due_time_asks_late_and_once(world: World) -> None:
    """The question comes when the machine is free again, once, inside its window."""
    _dana, ana = await family(world)
    await world.until(ASKED.replace(minute=0))
    world.clock.advance(minutes=80)
    await world.settle()
    for _ in range(3):
        await world.tick()
    assert await dates(world) == ["03-02"]
    ana.sees("How was Mika's day?")
    await safe(world)


async def test_fault_48_a_caregiver_suspended_in_the_middle_of_a_check_in(world: World) -> None:
    """The next tap changes nothing and says so; what was said before stays with the clinic."""
    _dana, ana = await family(world)
    await world.until(ASKED)
    await ana.taps("Hard")
    (access,) = await world.rows(schema.access.select().where(schema.access.c.right == "care"))
    now = world.clock.now_ms()
    await world.db.write(
        lambda tx: families.leave(tx, access["person_id"], access["child_id"], now, by=auditing.CLINIC)
    )
    ana.phone.taps("Tired")
    await world.settle()
    answers = await world.rows(schema.answer.select())
    assert [one["question"] for one in answers] == ["day"]
    await world.passes(days=2)
    assert await world.rows(sa.select(schema.check_in.c.id).where(schema.check_in.c.local_date > "2027-03-02")) == []
    await safe(world)


async def test_fault_49_a_co_parent_who_probes_for_the_other_finds_nobody(world: World) -> None:
    """Whatever Tom sends or presses: not a word of Ana's, not her name, and nothing of hers changes."""
    dana, ana = await family(world)
    (mika,) = await world.rows(schema.child.select())
    tom = await world.parent_of(dana, "Tom", "Mika", child_id=mika["id"])
    await world.until(ASKED)
    await ana.taps("Hard")
    await ana.sends("A word that only Dana reads.")
    (hers,) = await world.rows(schema.check_in.select().where(schema.check_in.c.state == "open").limit(1))
    before = await world.rows(schema.answer.select())
    for command in ("/checkin", "/settings", "/privacy", "/help", "/export", "/families", "/digest", "/progress"):
        await tom.sends(command)
    shown = tom.newest
    for data in (f"c:{hers['id']}:a:day:ok", f"c:{hers['id']}:r", f"c:{hers['id']}:l:30", f"urgent:ask:{hers['id']}"):
        await tom.does("presses", data, shown)
    for word in ("Ana", "A word that only"):
        assert not any(one.has(word) for one in tom.screen if not one.mine), word
    mine = {row["id"] for row in before}
    assert [row for row in await world.rows(schema.answer.select()) if row["id"] in mine] == before
    await safe(world)


async def test_fault_45_an_agreement_taken_back_between_tick_and_send(world: World) -> None:
    """The question that was already queued is not sent any more."""
    _dana, ana = await family(world)
    world.clock.set(ASKED)
    await due.tick(world.db, world.program.house)
    account = await world.db.read(lambda tx: load_account(tx, ana.phone.user_id))
    now = world.clock.now_ms()
    await world.db.write(lambda tx: settings.withdraw(tx, account, "1", now))
    before = len(ana.phone.screen)
    await world.settle()
    assert len(ana.phone.screen) == before
    await safe(world)


async def test_fault_48_a_right_with_an_end_date_ends_by_itself(world: World) -> None:
    """The seat is still there; what is sent after the date is kept for no child, and said so."""
    _dana, ana = await family(world)
    ending = schema.access.update().where(schema.access.c.right == "care").values(until_at=world.clock.now_ms() + 1000)
    await world.db.write(lambda tx: tx.run(ending))
    await ana.sends("Before the date")
    world.clock.advance(minutes=1)
    await ana.sends("After the date")
    assert [note["text"] for note in await world.rows(schema.note.select())] == ["Before the date"]
    assert "Kept safely" not in ana.newest.text
    await safe(world)
