"""Six weeks of a plan: the therapist is asked whether it still fits, with what came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.clock import to_ms
from bot.storage import schema
from bot.storage.schedules import REVIEW_AFTER
from tests.support.families import at, family
from tests.support.world import Person, World

QUESTION = "Does it still fit?"


async def six_weeks_on(world: World) -> None:
    """After a week that was asked and answered, as many days of silence as it takes, with nothing in between."""
    early = schema.check_in.update().values(sent_at=schema.check_in.c.sent_at - REVIEW_AFTER)
    ripe = schema.schedule.update().values(review_at=to_ms(world.clock.now()))
    await world.db.write(lambda tx: tx.run(early, {}))
    await world.db.write(lambda tx: tx.run(ripe, {}))
    await world.passes(hours=2)


async def asked_two_evenings(world: World) -> tuple[Person, Person]:
    dana, ana = await family(world)
    await world.until(at("2027-03-02 19:31"))
    await ana.taps("OK")
    await ana.taps("Skip")
    await world.until(at("2027-03-03 07:31"))
    await dana.taps("Mika")
    await world.until(at("2027-03-04 08:00"))
    return dana, ana


@pytest.mark.every_language
async def test_what_was_asked_answered_and_opened_and_less_is_one_tap(world: World) -> None:
    dana, ana = await asked_two_evenings(world)
    await six_weeks_on(world)
    shown = dana.sees(QUESTION)
    assert "Asked 2 times, answered once" in shown.text
    assert "You opened Mika in 1 of" in shown.text
    await dana.taps("Ask less often")
    [plan] = await world.rows(schema.schedule.select().where(schema.schedule.c.child_id.is_not(None)))
    assert plan["days"] == "024"
    await world.passes(hours=1)
    ana.sees("Dana changed when we ask about Mika")


async def test_the_first_button_keeps_it_and_nothing_is_asked_again_for_six_weeks(world: World) -> None:
    dana, _ana = await asked_two_evenings(world)
    await six_weeks_on(world)
    await dana.taps_first()
    dana.sees("It stays as it is")
    dana.sees_nothing_of(QUESTION)
    [plan] = await world.rows(schema.schedule.select().where(schema.schedule.c.child_id.is_not(None)))
    assert plan["review_at"] > to_ms(world.clock.now() + timedelta(days=41))
    emil = await world.therapist("Emil")
    for verb in ("keep", "fewer"):
        await emil.does("presses", f"review:{verb}:{plan['id']}", emil.newest)
    emil.sees_nothing_of("It stays as it is")
    [same] = await world.rows(schema.schedule.select().where(schema.schedule.c.child_id.is_not(None)))
    assert same["days"] == plan["days"]


async def test_a_plan_that_asked_for_less_than_six_weeks_waits(world: World) -> None:
    dana, _ana = await asked_two_evenings(world)
    ripe = schema.schedule.update().values(review_at=to_ms(world.clock.now()))
    await world.db.write(lambda tx: tx.run(ripe, {}))
    await world.passes(hours=2)
    dana.sees_nothing_of(QUESTION)
    [plan] = await world.rows(schema.schedule.select().where(schema.schedule.c.child_id.is_not(None)))
    [first, *_] = await world.rows(schema.check_in.select().order_by(schema.check_in.c.id))
    assert plan["review_at"] == first["sent_at"] + REVIEW_AFTER


async def test_of_many_families_two_are_asked_about_in_a_day(world: World) -> None:
    dana = await world.therapist("Dana")
    for number in range(5):
        await world.parent_of(dana, f"Ana {number}", f"Mika {number}")
    await world.until(at("2027-03-03 08:00"))
    await six_weeks_on(world)
    assert sum(one.has(QUESTION) for one in dana.screen) == 2
    await world.passes(days=2)
    assert sum(one.has(QUESTION) for one in dana.screen) == 5
