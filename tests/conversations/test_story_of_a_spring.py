"""A month of fasting, the clocks going forward, a busy week and an outage, one upon the other; and each explained."""

from __future__ import annotations

from bot.clock import from_ms
from bot.domain import settings
from bot.storage import people, schema
from bot.storage.database import Tx
from bot.storage.people import load_account
from tests.support.families import BERLIN, at, family
from tests.support.world import World

LAST = 4  # questions that are explained


async def test_each_date_is_asked_once_at_the_hour_of_that_day_and_can_be_explained(world: World) -> None:
    dana, ana = await family(world)

    async def fasts(tx: Tx) -> None:
        await people.set_fast(tx, ana.phone.user_id, "20:30 2027-03-27 2027-04-24")
        account = await load_account(tx, ana.phone.user_id)
        assert account is not None
        await settings.replan(tx, account, world.clock.now_ms())

    await world.until(at("2027-03-26 12:00"))
    await world.db.write(fasts)
    await ana.sends("Still here.")
    await world.until(at("2027-03-29 21:00"))  # the clocks went forward on the 28th
    await ana.sends("/pause")
    await ana.taps_first()
    await world.until(at("2027-03-30 09:00"))
    world.clock.set(at("2027-04-01 09:00"))
    for _ in range(4):
        await world.tick()
    await world.until(at("2027-04-01 20:31"))
    rows = await world.rows(
        schema.check_in.select()
        .where(schema.check_in.c.local_date >= "2027-03-26")
        .order_by(schema.check_in.c.local_date)
    )
    assert [row["local_date"][5:] for row in rows] == [*(f"03-{day}" for day in range(26, 32)), "04-01"]
    local = [from_ms(row["due_at"]).astimezone(BERLIN).strftime("%H:%M") for row in rows]
    assert local == ["19:30", *["20:30"] * 6]
    assert [row["state_reason"] for row in rows if row["state"] == "missed"] == ["outage", "outage"]
    assert [row["short"] for row in rows][-1] == 1
    await dana.sends("/families")
    await dana.taps("Mika")
    await dana.taps("Why did this come now?")
    said = dana.newest.text
    assert said.count("It was moved from 19:30, as they fast.") == LAST
    assert said.count("Not asked: we were away.") == len(("2027-03-30", "2027-03-31"))
    assert "One question only, for their busy week." in said
