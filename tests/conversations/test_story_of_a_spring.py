"""A month of fasting, the clocks going forward, two homes, a journey, a busy week, an outage; and each explained."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.clock import from_ms
from bot.domain import settings
from bot.storage import people, schema
from bot.storage.database import Row, Tx
from bot.storage.people import load_account
from tests.conversations.test_travel import goes
from tests.support.families import BERLIN, at, family
from tests.support.world import World

LAST = 4  # questions that are explained
NEW_YORK = ZoneInfo("America/New_York")
EVERY_DATE = [f"2027-{day}" for day in (*(f"03-{one}" for one in range(25, 32)), "04-01", "04-02", "04-03")]


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


async def test_two_homes_a_journey_over_the_clock_change_and_an_outage(world: World) -> None:
    world.clock.set(at("2027-03-24 09:00"))
    dana, _ana = await family(world)
    [child] = await world.rows(sa.select(schema.child.c.id))
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=child["id"])
    await dana.sends("/plan")
    for button in ("Mika", "Ana (parent): days", "Days with Mika", "Every second week"):
        await dana.taps(button)
    await world.until(at("2027-03-26 10:00"))
    await goes(ben, "New York", "2027-03-30")
    await world.until(at("2027-03-29 12:00"))
    await ben.sends("/pause")
    await ben.taps_first()
    await world.until(at("2027-03-31 23:00"))
    world.clock.set(at("2027-04-02 09:00"))
    for _ in range(4):
        await world.tick()
    await world.until(at("2027-04-03 23:00"))
    asked = await asked_of(world)
    away = ("2027-03-26", "2027-03-30")
    for name, person in (("Ana", asked["Ana"]), ("Ben", asked["Ben"])):
        assert [row["local_date"] for row in person] == EVERY_DATE, name
        for row in person:
            abroad = name == "Ben" and away[0] <= row["local_date"] <= away[1]
            assert from_ms(row["due_at"]).astimezone(NEW_YORK if abroad else BERLIN).strftime("%H:%M") == "19:30"
    assert [row["state_reason"] for row in asked["Ana"]] == ["no_answer"] * 4 + ["not_with_child"] * 6
    busy = ["busy"] * 3 + ["outage", "busy", ""]
    assert [row["state_reason"] or "" for row in asked["Ben"]] == ["no_answer"] * 4 + busy
    await dana.sends("/families")
    await dana.taps("Mika")
    await dana.taps("Why did this come now?")
    anas, bens = dana.newest.text.split("Ben (parent)")
    assert anas.count("Planned for 19:30. Not with Mika.") == LAST
    assert bens.count("One question only, for their busy week.") == LAST
    assert "Thu, 1 Apr, Daily check-in. Planned for 19:30. One question only, for their busy week. Not asked" in bens


async def asked_of(world: World) -> dict[str, list[Row]]:
    names = {row["id"]: row["name"] for row in await world.rows(schema.person.select())}
    found: dict[str, list[Row]] = {}
    for row in await world.rows(schema.check_in.select().order_by(schema.check_in.c.due_at)):
        found.setdefault(names[row["person_id"]], []).append(row)
    return found
