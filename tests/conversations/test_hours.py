"""Nobody is reached when they wish to be left alone: a therapist's hours, a family's holidays, after an outage."""

from __future__ import annotations

import schedules
from bot.domain import settings
from bot.storage import people, schema
from bot.storage.database import Tx
from bot.storage.people import load_account
from tests.support.families import at, family
from tests.support.world import Person, World


async def joins_at(world: World, moment: str) -> tuple[Person, Person]:
    dana = await world.therapist("Dana")
    await world.until(at(moment))
    return dana, await world.parent_of(dana, "Ana", "Mika")


async def test_who_joins_on_a_saturday_is_news_on_monday_morning(world: World) -> None:
    dana, _ana = await joins_at(world, "2027-03-06 11:00")
    await world.until(at("2027-03-08 07:00"))
    dana.sees_nothing_of("joined for Mika")
    await world.until(at("2027-03-08 07:31"))
    dana.sees("joined for Mika")
    await world.until(at("2027-03-10 07:00"))
    told = [(row["screen"], row["child_id"]) for row in await world.rows(schema.notice.select())]
    assert told == [("", 1)], "no words, and of whom: it can still be taken out of the chat"
    await world.until(at("2027-03-10 09:00"))
    assert not await world.rows(schema.notice.select())


async def test_news_that_telegram_did_not_take_in_working_hours_comes_on_the_next_working_day(world: World) -> None:
    dana, _ana = await joins_at(world, "2027-03-02 23:00")
    world.clock.set(at("2027-03-03 21:00"))
    for _name, _seconds, tick in schedules.ticks(world.program):
        await tick()  # it is queued, and Telegram is not asked
    world.clock.set(at("2027-03-03 22:00"))
    await world.tick()
    dana.sees_nothing_of("joined for Mika")
    await world.until(at("2027-03-04 08:00"))
    dana.sees("joined for Mika")


async def test_urgent_help_waits_for_nobodys_hours(world: World) -> None:
    dana, ana = await family(world)
    await world.until(at("2027-03-07 03:00"))
    await ana.sends("/help")
    await ana.taps("Urgent help")
    assert dana.newest.has("Urgent help")


async def test_on_a_holiday_of_the_familys_own_nothing_comes(world: World) -> None:
    _dana, ana = await family(world)
    await world.db.write(lambda tx: people.set_feasts(tx, ana.phone.user_id, "eid_fitr"))
    await world.until(at("2027-03-12 20:00"))
    rows = await world.rows(schema.check_in.select().where(schema.check_in.c.state_reason == "holiday"))
    assert sorted(row["local_date"] for row in rows) == ["2027-03-09", "2027-03-10", "2027-03-11"]


async def test_in_the_month_of_fasting_one_question_comes_after_the_hour_they_chose(world: World) -> None:
    _dana, ana = await family(world)

    async def fasts(tx: Tx) -> None:
        await people.set_fast(tx, ana.phone.user_id, "20:30")
        account = await load_account(tx, ana.phone.user_id)
        assert account is not None
        await settings.replan(tx, account, world.clock.now_ms())

    await world.db.write(fasts)
    await world.until(at("2027-03-02 20:31"))
    await ana.taps("OK")
    ana.sees("Thank you")
    await world.until(at("2027-03-09 20:00"))
    rows = await world.rows(schema.check_in.select().order_by(schema.check_in.c.local_date))
    assert [row["slot"] for row in rows] == [*["20:30"] * 7, "19:30"]
    assert {row["slot"] for row in await world.rows(schema.shift.select().where(schema.shift.c.kind == "fast"))} == {
        "19:30"
    }


async def test_fault_36_after_an_outage_one_chat_is_asked_one_thing(world: World) -> None:
    """Two children, two plans that both are still fresh: one question, and the other says why it was left out."""
    dana, ana = await family(world)
    await world.parent_of(dana, "Ana", "Noor", phone=ana.phone)
    world.clock.set(at("2027-03-02 20:30"))
    await world.tick()
    rows = await world.rows(schema.check_in.select())
    assert sorted((row["state"], row["state_reason"]) for row in rows) == [("missed", "outage"), ("open", "")]


async def test_a_digest_that_could_not_come_does_not_come_in_the_evening(world: World) -> None:
    dana, _ana = await family(world)
    await world.until(at("2027-03-02 06:00"))
    world.clock.set(at("2027-03-02 21:40"))
    await world.tick()
    assert not await world.rows(schema.digest.select())
    await world.until(at("2027-03-03 12:00"))
    assert len(await world.rows(schema.digest.select())) == 1
    dana.sees("Mika")


async def test_a_therapist_hears_on_a_working_day_that_messages_may_be_lost(world: World) -> None:
    dana, ana = await family(world)
    await world.until(at("2027-03-05 08:00"))
    world.clock.advance(hours=28)  # nobody polls; then it is noon on a Saturday
    await world.receive()
    for _ in range(5):
        await world.tick()
    ana.sees("What you sent may be lost")
    dana.sees_nothing_of("What you sent may be lost")
    await world.until(at("2027-03-08 08:00"))
    dana.sees("What you sent may be lost")


async def test_days_on_which_we_were_away_are_said_to_be_ours(world: World) -> None:
    dana, ana = await family(world)
    await world.until(at("2027-03-02 19:31"))
    await ana.taps("OK")
    world.clock.set(at("2027-03-05 06:00"))
    for _ in range(4):
        await world.tick()
    await world.until(at("2027-03-05 07:31"))
    await dana.taps("Mika")
    dana.sees("1 of 1 answered · 2 days not asked: we were away")
