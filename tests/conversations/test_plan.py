"""/plan: a therapist shapes what a family is asked by taps alone; the parent is told once, and sleeps."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

import schedules
from bot.clock import from_ms
from bot.domain import occurrences, rhythms
from bot.storage import schema
from tests.support.families import BERLIN, at
from tests.support.world import Person, World


@pytest.fixture
async def dana(world: World) -> Person:
    return await world.therapist("Dana")


@pytest.fixture
async def ana(world: World, dana: Person) -> Person:
    return await world.parent_of(dana, "Ana", "Mika")


async def schedules_of(world: World) -> list[dict[str, Any]]:
    mine = schema.schedule.c.child_id.is_not(None) & schema.schedule.c.ended_at.is_(None)
    return await world.rows(schema.schedule.select().where(mine).order_by(schema.schedule.c.id))


async def asked(world: World) -> list[tuple[str, str]]:
    rows = await world.rows(schema.check_in.select().order_by(schema.check_in.c.due_at))
    return [(row["local_date"], row["slot"]) for row in rows]


async def opens_the_plan(dana: Person) -> None:
    await dana.sends("/plan")
    for button in ("Mika", "Ana"):
        await dana.taps(button)


def told(person: Person) -> int:
    return sum(one.has("changed when we ask") for one in person.screen)


@pytest.mark.every_language
async def test_a_plan_shows_its_next_five_questions_on_the_familys_clock(world: World, dana: Person) -> None:
    await world.parent_of(dana, "Ana", "Mika", timezone="America/New_York")
    await opens_the_plan(dana)
    shown = dana.sees("The next questions")
    assert shown.text.count("•") == 5
    assert shown.text.count("19:30") == 6


@pytest.mark.parametrize(
    ("taps", "stored", "words", "coming"),
    [
        (("every 2 days",), "every 2", "every 2 days", ["2", "4", "6", "8", "10"]),
        (("every 3 days",), "every 3", "every 3 days", ["2", "5", "8", "11", "14"]),
        (("Weekdays", "Monday to Friday", "Back to"), "01234", "Monday to Friday", ["2", "3", "4", "5", "8"]),
        (("Every second week", "Thu", "Back to"), "weeks 2 3", "every second week: Thu", ["4", "18", "1", "15", "29"]),
        (("Once or twice", "first Mon"), "nth 1 0", "first Mon of the month", ["5", "3", "7", "5", "2"]),
        (("Once or twice", "1, 15"), "dates 1 15", "each month on: 1, 15", ["15", "1", "15", "1", "15"]),
        (("Once or twice", "last Fri"), "nth -1 4", "last Fri of the month", ["26", "30", "28", "25", "30"]),
    ],
)
async def test_every_rhythm_is_a_few_taps_and_shows_what_comes(
    world: World, dana: Person, ana: Person, taps: tuple[str, ...], stored: str, words: str, coming: list[str]
) -> None:
    await opens_the_plan(dana)
    for button in ("How often", *taps):
        await dana.taps(button)
    shown = dana.sees("The next questions")
    moments = [line.split(", ")[1].split()[0] for line in shown.text.splitlines() if line.startswith("•")]
    assert moments == coming
    [plan] = await schedules_of(world)
    assert plan["days"] == stored
    assert "Next: " in "".join(dana.toasts)
    await ana.sends("/settings")
    ana.sees(words)
    await dana.sends("/families")
    for button in ("Mika", "Ana"):
        await dana.taps(button)
    dana.sees(words)


async def test_any_time_between_two_hours_is_asked_once_within_them(world: World, dana: Person, ana: Person) -> None:
    await opens_the_plan(dana)
    for button in ("Any time between", "between 17:00 and 19:00"):
        await dana.taps(button)
    await world.until(at("2027-03-06 23:00"))
    found = await asked(world)
    assert [day for day, _ in found] == [f"2027-03-0{day}" for day in range(2, 7)]
    assert all("17:00" <= slot <= "19:00" for _, slot in found)
    await ana.sends("/settings")
    ana.sees("between 17:00 and 19:00")


async def test_mornings_for_two_weeks_come_beside_the_evenings_and_end_by_themselves(
    world: World, dana: Person, ana: Person
) -> None:
    await opens_the_plan(dana)
    for button in ("Mornings for 2 weeks", "For 2 weeks"):
        await dana.taps(button)
    dana.sees("until 15 March")
    assert "Mornings for 2 weeks" not in dana.buttons
    await world.until(at("2027-03-18 23:00"))
    mornings = [day for day, slot in await asked(world) if slot == "08:00"]
    evenings = [day for day, slot in await asked(world) if slot == "19:30"]
    assert mornings == [f"2027-03-{day:02}" for day in range(2, 16)]
    assert evenings == [f"2027-03-{day:02}" for day in range(2, 19)]
    assert len(await schedules_of(world)) == 1
    await ana.sends("/settings")
    assert not ana.newest.has("until 15 March")


async def test_two_plans_of_one_child_have_buttons_of_their_own(world: World, dana: Person, ana: Person) -> None:
    await opens_the_plan(dana)
    for button in ("Mornings for 2 weeks", "For 2 weeks"):
        await dana.taps(button)
    await ana.sends("/settings")
    await dana.sends("/families")
    for button in ("Mika", "Ana"):
        await dana.taps(button)
    for someone in (ana, dana):
        assert len(set(someone.buttons)) == len(someone.buttons)
        await someone.taps("08:00")


async def test_mornings_are_ended_by_a_tap(world: World, dana: Person, ana: Person) -> None:
    await opens_the_plan(dana)
    for button in ("Mornings for 2 weeks", "For 2 weeks", "End this plan"):
        await dana.taps(button)
    [plan] = await schedules_of(world)
    assert plan["time"] == "19:30"
    await world.until(at("2027-03-03 12:00"))
    assert await asked(world) == [("2027-03-02", "19:30")]


async def test_starting_over_is_every_day_and_the_hour_stays(world: World, dana: Person, ana: Person) -> None:
    await ana.sends("/settings")
    for button in ("Hour", "18:30"):
        await ana.taps(button)
    await opens_the_plan(dana)
    for button in ("How often", "every 3 days", "Start over", "Yes, every day"):
        await dana.taps(button)
    [plan] = await schedules_of(world)
    assert (plan["days"], plan["time"]) == ("0123456", "18:30")


async def test_what_the_parent_chose_later_stays(world: World, dana: Person, ana: Person) -> None:
    await opens_the_plan(dana)
    for button in ("Hour", "16:00"):
        await dana.taps(button)
    await ana.sends("/settings")
    for button in ("Hour", "18:00"):
        await ana.taps(button)
    await dana.taps("How often")
    await dana.taps("every 2 days")
    await world.until(at("2027-03-05 12:00"))
    assert await asked(world) == [("2027-03-02", "18:00"), ("2027-03-04", "18:00")]


async def test_many_taps_are_told_once_when_they_are_over(world: World, dana: Person, ana: Person) -> None:
    await opens_the_plan(dana)
    for button in ("How often", "Weekdays", "Sat", "Sun", "Back to", "Hour", "18:30"):
        await dana.taps(button)
    assert told(ana) == 0
    await world.passes(minutes=10)
    assert told(ana) == 1
    assert "Monday to Friday, 18:30" in ana.newest.text
    assert "Tue, 2 Mar, 18:30" in ana.newest.text
    await world.passes(days=2)
    assert told(ana) == 1


async def test_nobody_is_woken_to_be_told(world: World, dana: Person, ana: Person) -> None:
    await world.until(at("2027-03-02 23:30"))
    await opens_the_plan(dana)
    for button in ("Hour", "18:30"):
        await dana.taps(button)
    await world.until(at("2027-03-03 06:00"))
    assert told(ana) == 0
    await world.until(at("2027-03-03 12:00"))
    assert told(ana) == 1


async def test_news_of_a_plan_that_telegram_did_not_take_before_the_night_comes_in_the_morning(
    world: World, dana: Person, ana: Person
) -> None:
    await world.until(at("2027-03-02 21:00"))
    await opens_the_plan(dana)
    for button in ("Hour", "18:30"):
        await dana.taps(button)
    world.clock.set(at("2027-03-02 21:20"))
    for _name, _seconds, tick in schedules.ticks(world.program):
        await tick()  # it is queued, and Telegram is not asked
    world.clock.set(at("2027-03-02 23:00"))
    await world.tick()
    assert told(ana) == 0
    await world.until(at("2027-03-03 12:00"))
    assert told(ana) == 1
    assert await world.rows(schema.schedule.select().where(schema.schedule.c.told_in.is_not(None))) == []


async def test_whoever_stopped_the_messages_is_not_told(world: World, dana: Person, ana: Person) -> None:
    await ana.sends("/stop")
    await opens_the_plan(dana)
    for button in ("Hour", "18:30"):
        await dana.taps(button)
    await world.passes(days=1)
    await ana.sends("/start")
    await world.passes(hours=1)
    assert told(ana) == 0


async def test_the_same_choice_again_tells_nobody(world: World, dana: Person, ana: Person) -> None:
    await opens_the_plan(dana)
    for button in ("How often", "Weekdays", "every day"):
        await dana.taps(button)
    await world.passes(hours=1)
    assert told(ana) == 0


async def test_a_plan_may_be_set_before_they_join(world: World, dana: Person) -> None:
    await dana.sends("/invite")
    await dana.sends("Lia")
    await dana.taps("Make the link")
    await dana.sends("/plan")
    await dana.taps("Lia")
    await dana.taps("19:30")
    for button in ("How often", "every 2 days"):
        await dana.taps(button)
    dana.sees("It begins on the day after they join")
    [plan] = await schedules_of(world)
    assert (plan["days"], plan["tell_at"]) == ("every 2", None)
    assert "Mornings for 2 weeks" not in dana.buttons


async def test_an_hour_that_is_past_today_loses_no_round_of_a_counted_rhythm(
    world: World, dana: Person, ana: Person
) -> None:
    await opens_the_plan(dana)
    for button in ("How often", "every 3 days"):
        await dana.taps(button)
    await world.until(at("2027-03-05 18:00"))
    await dana.taps("Hour")
    await dana.taps("17:00")
    await world.until(at("2027-03-09 18:00"))
    assert [day for day, _ in await asked(world)] == ["2027-03-02", "2027-03-06", "2027-03-09"]


async def test_another_therapists_plan_can_be_neither_seen_nor_changed(world: World, dana: Person, ana: Person) -> None:
    eve = await world.therapist("Eve")
    await world.parent_of(eve, "Olga", "Noa")
    await eve.sends("/plan")
    eve.sees_nothing_of("Mika")
    before = await schedules_of(world)
    shown = eve.newest
    own = before[0]
    verbs = ("one", "often", "days", "weeks", "month", "hour", "other", "window", "burst", "over", "end")
    changes = ("days:0", "weeks:0", "every:2", "month:d1", "hour:1600", "window:17001900", "burst:yes", "over:yes")
    for verb in (*verbs, *changes, "end:yes"):
        name, _, more = verb.partition(":")
        for someone, message in ((eve, shown), (ana, ana.asked)):
            data = f"plan:{name}:{own['id']}{':' if more else ''}{more}"
            await someone.does("presses", data, message)
            assert someone.toasts[-1], data
    await eve.does("presses", f"plan:child:{own['child_id']}", shown)
    eve.sees_nothing_of("Mika")
    assert await schedules_of(world) == before


@pytest.mark.parametrize(
    "data", ["every:9", "month:d7", "hour:2599", "hour:99", "window:00002359", "days:10", "days:7", "weeks:33", "end"]
)
async def test_a_made_up_choice_changes_nothing(world: World, dana: Person, ana: Person, data: str) -> None:
    await opens_the_plan(dana)
    before = await schedules_of(world)
    verb, _, more = data.partition(":")
    await dana.does("presses", f"plan:{verb}:{before[0]['id']}{':' if more else ''}{more}", dana.asked)
    assert await schedules_of(world) == before


async def test_the_mornings_asked_for_twice_are_there_once(world: World, dana: Person, ana: Person) -> None:
    await opens_the_plan(dana)
    [plan] = await schedules_of(world)
    for _ in range(2):
        await dana.does("presses", f"plan:burst:{plan['id']}:w2", dana.asked)
    assert len(await schedules_of(world)) == 2


async def test_no_family_and_no_therapist(world: World, dana: Person) -> None:
    await dana.sends("/plan")
    dana.sees("No family is with you yet")
    ana = await world.parent_of(dana, "Ana", "Mika")
    await ana.sends("/plan")
    ana.sees_nothing_of("Whose plan")


CHOICES = (
    *("days:0", "days:0123456", "days:24", "weeks:1", "weeks:05", "every:2", "every:3", "month:d1-15", "month:n1-0"),
    *("hour:0800", "hour:1600", "hour:2130", "window:17001900", "window:07000900", "over:yes"),
)


def expected(plan: dict[str, Any], before: set[str], first: datetime, last: datetime) -> set[str]:
    """The local dates that a plan falls on between two moments, those asked before apart; counted day by day."""
    begins = date.fromisoformat(plan["starts_on"])
    rhythm = rhythms.read(plan["days"], begins)
    found = set()
    for ahead in range((last - first).days + 3):
        day = first.astimezone(BERLIN).date() + timedelta(days=ahead - 1)
        slot = occurrences.slot_within(plan["time"], f"{plan['id']} {day}")
        due_at = occurrences.due_instant(day, slot, BERLIN)
        due = due_at is not None and first < due_at <= last
        if due and rhythm.falls(day) and day >= begins and day.isoformat() not in before:
            found.add(day.isoformat())
    return found


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_is_changed_each_date_is_asked_once_and_none_is_lost(
    world: World, dana: Person, ana: Person, seed: int
) -> None:
    chance = random.Random(seed)
    await opens_the_plan(dana)
    shown = dana.asked
    for _ in range(12):
        for _ in range(chance.randrange(1, 4)):
            [plan] = await schedules_of(world)
            verb, more = chance.choice(CHOICES).split(":")
            await dana.does("presses", f"plan:{verb}:{plan['id']}:{more}", shown)
        [plan] = await schedules_of(world)
        before, first = {day for day, _ in await asked(world)}, world.clock.now()
        await world.passes(hours=chance.randrange(1, 90))
        days = [day for day, _ in await asked(world)]
        assert len(days) == len(set(days))
        assert set(days) - before == expected(plan, before, first, world.clock.now())
    waiting = await world.rows(schema.due.select().where(schema.due.c.opened == 0))
    assert all(from_ms(row["due_at"]) > datetime(2027, 3, 1, tzinfo=UTC) for row in waiting)


async def test_a_later_hour_on_a_day_that_was_asked_asks_no_second_time(
    world: World, dana: Person, ana: Person
) -> None:
    await opens_the_plan(dana)
    await world.until(at("2027-03-02 20:00"))
    for button in ("Hour", "21:30"):
        await dana.taps(button)
    await world.until(at("2027-03-03 22:00"))
    assert await asked(world) == [("2027-03-02", "19:30"), ("2027-03-03", "21:30")]


async def test_something_else_is_asked_beside_and_ended_again(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    await dana.sends("/plan")
    await dana.taps("Mika")
    await dana.taps("Ana (parent)")
    await dana.taps("Ask something else")
    assert "Daily check-in" not in " ".join(dana.buttons)
    await dana.taps("Weekly review")
    dana.sees("Weekly review: Fri, 18:30")
    await dana.taps("Ask something else")
    assert "Weekly review" not in " ".join(dana.buttons)
    await dana.taps("Back to the plan")
    await world.passes(minutes=3)
    ana.sees("Weekly review: Fri, 18:30")
    await dana.taps("Back to Mika")
    await dana.taps("Weekly review, 18:30")
    await dana.taps("End this plan")
    dana.sees("Shall nothing more be asked")
    await dana.taps("Yes, end it")
    rows = await world.rows(schema.schedule.select().where(schema.schedule.c.template == "weekly"))
    assert [one["ended_at"] is not None for one in rows] == [True]
