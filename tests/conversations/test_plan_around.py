"""Plans that hang on a date of the family's, and what a plan itself holds back: rota, cap, what follows what."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage import schema
from tests.support.families import at
from tests.support.world import Person, World


@pytest.fixture
async def dana(world: World) -> Person:
    return await world.therapist("Dana")


@pytest.fixture
async def ana(world: World, dana: Person) -> Person:
    return await world.parent_of(dana, "Ana", "Mika")


async def asked(world: World, template: str = "pulse") -> list[tuple[str, str, str]]:
    wanted = schema.check_in.select().where(schema.check_in.c.template == template)
    rows = await world.rows(wanted.order_by(schema.check_in.c.due_at, schema.check_in.c.id))
    return [(row["local_date"][5:], row["state"], row["state_reason"]) for row in rows]


def not_elsewhere(check_in: dict[str, Any]) -> bool:
    return bool(check_in["state_reason"] != "not_with_child")


async def opens(dana: Person, *buttons: str) -> None:
    await dana.sends("/plan")
    for button in ("Mika", *buttons):
        await dana.taps(button)


async def visit(dana: Person, day: str) -> None:
    await dana.sends("/meeting")
    for button in ("Plan a visit", "Mika", day, "15:00", "In person"):
        await dana.taps(button)


@pytest.mark.every_language
async def test_a_plan_around_a_date_is_said_in_words(world: World, dana: Person, ana: Person) -> None:
    await opens(dana, "Ana (parent): 19:30", "How often", "Around a date", "2 days before each visit")
    dana.sees("No visit is planned that it could go by")
    await dana.taps("How often")
    await dana.taps("Around a date")
    await dana.taps("on the first day of the birth month")
    dana.sees("The birth month is not known")
    await ana.sends("/settings")
    ana.sees("on the first day of the birth month")


async def test_before_each_visit_moves_with_the_visit(world: World, dana: Person, ana: Person) -> None:
    await opens(dana, "Ana (parent): 19:30", "How often", "Around a date", "2 days before each visit")
    await visit(dana, "Sat, 6 Mar")
    await opens(dana, "Ana (parent): Daily check-in, 19:30")
    assert dana.sees("The next questions").text.count("•") == 1
    dana.sees("• Thu, 4 Mar, 19:30")
    await dana.sends("/meeting")
    for button in ("Mika: Sat, 6 Mar, 15:00", "Another time", "Tue, 9 Mar", "15:00"):
        await dana.taps(button)
    await dana.taps("Also a week later")
    await world.until(at("2027-03-20 12:00"))
    assert [day for day, *_ in await asked(world)] == ["03-07", "03-14"]


async def test_joining_and_birth_month(world: World, dana: Person, ana: Person) -> None:
    await opens(dana, "Ana (parent): 19:30", "How often", "Around a date", "once, 7 days after they join")
    dana.sees("• Mon, 8 Mar, 19:30")
    await world.until(at("2027-03-09 12:00"))
    assert [day for day, *_ in await asked(world)] == ["03-08"]
    await opens(dana, "Ana (parent): 19:30", "How often", "Around a date", "on the first day of the birth month")
    await dana.sends("/families")
    for button in ("Mika", "Birth month", "2022", "May"):
        await dana.taps(button)
    await opens(dana, "Ana (parent): 19:30")
    dana.sees("• Sat, 1 May, 19:30")


async def test_only_whoever_is_with_the_child_is_asked_and_nobody_learns_of_another(
    world: World, dana: Person, ana: Person
) -> None:
    """Fault 49: two homes, alternating weeks; each is asked in their own, the other days count for nobody."""
    [child] = await world.rows(sa.select(schema.child.c.id))
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=child["id"])
    await opens(dana, "Ana (parent): days", "Days with Mika", "Every second week")
    dana.sees("every second week: every day, with this week")
    await opens(dana, "Ben (parent): days", "Days with Mika", "Every second week", "The other week")
    dana.sees("from next week")
    await world.until(at("2027-03-14 23:59"))
    rows = await world.rows(schema.check_in.select().order_by(schema.check_in.c.due_at))
    people = {row["id"]: row["name"] for row in await world.rows(schema.person.select())}
    shown = {
        name: [one["local_date"][8:] for one in rows if people[one["person_id"]] == name and not_elsewhere(one)]
        for name in ("Ana", "Ben")
    }
    assert shown == {"Ana": ["02", "03", "04", "05", "06", "07"], "Ben": ["08", "09", "10", "11", "12", "13", "14"]}
    assert {row["state"] for row in rows if not not_elsewhere(row)} == {"excused"}
    ana.sees_nothing_of("Ben")
    ben.sees_nothing_of("Ana")


async def test_at_most_one_question_a_day_and_the_daily_one_makes_way(world: World, dana: Person, ana: Person) -> None:
    await opens(dana, "Ana (parent): days", "Another plan", "Small win")
    await dana.taps("How often")
    await dana.taps("Weekdays")
    await dana.taps("Monday to Friday")
    await world.until(at("2027-03-03 23:59"))
    assert await asked(world) == [("03-02", "excused", "cap"), ("03-03", "excused", "cap")]
    assert [day for day, *_ in await asked(world, "milestone")] == ["03-02", "03-03"]
    await opens(dana, "Ana (parent): days", "How much at most", "2 questions")
    await world.until(at("2027-03-04 20:00"))
    assert (await asked(world))[-1][1] == "open"


async def chained(world: World, dana: Person) -> list[dict[str, Any]]:
    """Something new is asked right after the daily question, every Tuesday."""
    await opens(dana, "Ana (parent): days", "Another plan", "Small win")
    for button in ("How often", "Weekdays", "Monday to Friday", "Back to the plan", "Right after the daily"):
        await dana.taps(button)
    dana.sees("It opens right after: ")
    return await world.rows(schema.schedule.select().where(schema.schedule.c.template == "milestone"))


async def test_what_follows_opens_with_the_answer_and_not_before(world: World, dana: Person, ana: Person) -> None:
    [plan] = await chained(world, dana)
    assert plan["follows_key"] == "pulse"
    await world.until(at("2027-03-02 19:31"))
    assert [state for _, state, _ in await asked(world, "milestone")] == ["due"]
    before = len(ana.screen)
    await ana.taps("Good")
    await ana.taps("Skip")
    assert len(ana.screen) == before + 1
    assert [state for _, state, _ in await asked(world, "milestone")] == ["open"]
    ana.sees("What did Mika do?")


async def test_what_follows_something_unanswered_counts_for_nothing(world: World, dana: Person, ana: Person) -> None:
    await chained(world, dana)
    await world.until(at("2027-03-05 23:00"))
    assert (await asked(world, "milestone"))[0][1:] == ("excused", "not_followed")
    ana.sees_nothing_of("What did Mika do?")


async def test_after_a_visit_whoever_came_is_asked_the_same_evening(world: World, dana: Person, ana: Person) -> None:
    """Agreeing a visit is enough; the daily question makes way, and who could not come is asked nothing about it."""
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=1)
    await visit(dana, "Sat, 6 Mar")
    await dana.taps("Everyone")
    await world.until(at("2027-03-01 18:00"))
    await ben.taps("I cannot come")
    await dana.taps("Also a week later")
    await world.until(at("2027-03-06 19:31"))
    ana.sees("Did you feel heard today?")
    ben.sees_nothing_of("Did you feel heard today?")
    assert (await asked(world))[-2:] == [("03-06", "excused", "cap"), ("03-06", "open", "")]
    await opens(dana, "Ana (parent): After the visit, 19:30", "End this plan", "Yes, end it")
    await visit(dana, "Fri, 12 Mar")
    await dana.taps("Ana (parent)")
    await world.until(at("2027-03-15 12:00"))
    assert [day for day, *_ in await asked(world, "visit")] == ["03-06", "03-13"]


@pytest.mark.parametrize(("hour", "day"), [("18:00", "03-06"), ("19:00", "03-07")])
async def test_what_is_asked_about_a_visit_waits_until_it_is_over(
    world: World, dana: Person, ana: Person, hour: str, day: str
) -> None:
    await dana.sends("/meeting")
    for button in ("Plan a visit", "Mika", "Sat, 6 Mar", hour, "In person"):
        await dana.taps(button)
    await world.until(at("2027-03-08 12:00"))
    assert [one for one, *_ in await asked(world, "visit")] == [day]
