"""What a caregiver may do with a child, as the clinic sets it: everything, own entries alone, or only read along."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.domain import leaving, reporting
from bot.model import Json
from bot.storage import schema
from schedules import due, goals
from tests.conversations.test_behaviour import agrees as agrees_behaviour
from tests.conversations.test_goals import GOAL, agrees, proposes
from tests.support.families import STEP, at, evening, family
from tests.support.safety import exported, kept, safe
from tests.support.world import Person, World

OWN, READ, ALL = "Answer, see own entries", "Only see", "Answer and see all"
READS = "📖 You read along here."
TARGET = "Throws the cup"


async def sets(dana: Person, preset: str, who: str = "Ana (parent)") -> None:
    await dana.sends("/families")
    for tap in ("Mika", who, "🔑 Access", "What they may do", preset):
        await dana.taps(tap, dana.newest)


async def shared_with(world: World) -> tuple[Person, Person]:
    """A home step, a behaviour to look at and a goal that Ana agreed to."""
    dana, ana = await family(world, step=STEP)
    await agrees_behaviour(dana, TARGET)
    await proposes(dana, world)
    await agrees(ana)
    return dana, ana


async def audited(world: World) -> list[tuple[str, str]]:
    rows = await world.rows(schema.audit.select().order_by(schema.audit.c.id))
    return [(row["actor_kind"], row["kind"]) for row in rows if row["kind"].startswith("right ")]


async def own_copy(world: World, person: Person) -> Json:
    seat = (await world.rows(schema.person.select().where(schema.person.c.account_id == person.phone.user_id)))[0]
    found = await world.db.read(lambda tx: leaving.own(tx, seat["id"], world.clock.now_ms()))
    assert found is not None
    [child] = found.document["children"]
    return dict(child)


@pytest.mark.every_language
async def test_own_entries_alone_nothing_that_was_shared_is_seen_asked_or_handed_over(world: World) -> None:
    dana, ana = await shared_with(world)
    await ana.sends("/goals")
    old = ana.newest
    await sets(dana, OWN)
    dana.sees("They answer, and see only what they gave.")
    await dana.taps("Back to Mika", dana.newest)
    assert "They answer, and see only what they gave." in dana.newest.text
    await ana.sends("/privacy")
    assert "Your clinic set that you see what you gave yourself." in ana.newest.text
    seen = len(ana.screen)
    await ana.taps(GOAL, old)
    assert ana.toasts[-1] == "This button is too old. Please use a newer message."
    for command in ("/goals", "/progress", "/practice", "/behaviour"):
        await ana.sends(command)
    await ana.taps("just now", ana.newest)
    await world.until(at("2027-03-03 19:30"))
    await ana.taps("Good")
    await world.passes(days=8)
    news = "\n".join(f"{one.text} {one.labels}" for one in ana.screen[seen:])
    for word in (GOAL, STEP, TARGET):
        assert word not in news
    await ana.sends("Mine is kept.")
    assert "Mine is kept." in await kept(world)
    copy = await own_copy(world, ana)
    assert [one["text"] for one in copy["notes"]] == ["Mine is kept."]
    assert (copy["practice"], copy["behaviour"]) == ([], [])
    [goal] = copy["goals"]
    assert [one["kind"] for one in goal["agreements"]] == ["agree"]
    assert goal["levels"] == []
    await sets(dana, ALL)
    await ana.sends("/goals")
    ana.sees(GOAL)
    await safe(world)


@pytest.mark.every_language
async def test_who_only_reads_is_asked_nothing_and_adds_nothing_and_still_gets_help(world: World) -> None:
    dana, ana = await shared_with(world)
    await world.until(at("2027-03-03 19:30"))
    question = ana.sees("How was Mika's day?")
    await ana.taps("Hard", question)
    hard, before = ana.newest, await kept(world)
    await sets(dana, READ)
    dana.sees("They see what you share. They are asked nothing.")
    await ana.sends("/privacy")
    assert "Your clinic set that you read along." in ana.newest.text
    await ana.taps("Tired", hard)
    assert [one["question"] for one in await world.rows(schema.answer.select())] == ["day"]
    for words in ("She slept well.", "/checkin", "/milestone", "/practice", "/behaviour"):
        await ana.sends(words)
        assert ana.newest.text.startswith(READS), words
    await ana.does("sends_voice", seconds=4)
    assert ana.newest.text.startswith(READS)
    assert await kept(world) == before
    for words in ("/help", "/start"):
        await ana.sends(words)
        assert "/goals" in ana.newest.text
        assert "/checkin" not in ana.newest.text, "nothing is offered that is refused then"
        assert not {"Questions of today", "Home practice", "Something happened"} & set(ana.newest.labels), words
    await ana.sends("/goals")
    assert GOAL in ana.newest.text
    assert not any("wish" in label for label in ana.newest.labels)
    old = len(ana.screen)
    await world.passes(days=7)
    asked = [one.text for one in ana.screen[old:] if "How was" in one.text or "How close" in one.text]
    assert asked == []
    await ana.does("presses", f"urgent:ask:{(await world.rows(schema.check_in.select()))[0]['id']}", question)
    [alert] = await world.rows(schema.alert.select())
    assert alert["child_id"] == (await exported(world))[0]["id"]
    dana.sees("Open")
    await ana.sends("I want to kill myself.")
    assert "If someone is in danger" in ana.newest.text
    assert len(await world.rows(schema.alert.select())) == 2
    await safe(world)


async def test_a_question_that_was_queued_is_not_sent_to_one_who_only_reads(world: World) -> None:
    dana, ana = await family(world)
    world.clock.set(at("2027-03-02 19:30"))
    await due.tick(world.db, world.program.house)
    await changes(world, dana, "read")
    before = len(ana.screen)
    await world.settle()
    assert len(ana.screen) == before


async def changes(world: World, dana: Person, preset: str) -> None:
    """The therapist's tap is handled, and nothing is sent meanwhile."""
    seat = next(row for row in await world.rows(schema.person.select()) if row["name"] == "Ana")
    dana.phone.presses(f"rt:may:{seat['id']}:{preset}", dana.newest)
    await world.receive()


async def test_a_goal_that_was_queued_is_not_shown_to_one_who_sees_own_entries(world: World) -> None:
    dana, ana = await family(world)
    await dana.sends("/goal")
    await dana.taps("Mika")
    await dana.taps("➕ New goal")
    await dana.sends(GOAL)
    await dana.taps("Back to the goal")
    await dana.taps("📨 Send it to the family")
    await goals.tick(world.db, world.program.house)
    queued = await world.rows(schema.outbox.select().where(schema.outbox.c.state == "pending"))
    assert any(GOAL in row["payload"] for row in queued)
    await changes(world, dana, "own")
    await world.passes(minutes=5)
    ana.sees_nothing_of(GOAL)


@pytest.mark.parametrize("kind", ["export", "report"])
async def test_a_copy_that_was_being_made_is_not_handed_over_with_what_is_shared_no_more(
    world: World, kind: str
) -> None:
    dana, _ana = await shared_with(world)
    seat = next(row for row in await world.rows(schema.person.select()) if row["name"] == "Ana")
    [child] = await exported(world)
    now = world.clock.now_ms()

    async def made(tx: Any) -> Any:
        if kind == "export":
            return await leaving.own(tx, seat["id"], now)
        return await reporting.material(tx, seat["id"], child["id"], "all", now)

    still = leaving.still_own if kind == "export" else reporting.still_allowed
    read: Any = await world.db.read(made)
    assert await world.db.read(lambda tx: still(tx, read, now))
    await sets(dana, OWN)
    assert not await world.db.read(lambda tx: still(tx, read, now))
    after: Any = await world.db.read(made)
    assert await world.db.read(lambda tx: still(tx, after, now))


async def test_each_change_of_a_right_is_on_record_and_in_the_clinics_export_and_the_paper_is_not_in_theirs(
    world: World,
) -> None:
    dana, ana = await family(world)
    before = len(await audited(world))
    await sets(dana, OWN)
    await sets(dana, READ)
    await dana.taps("On what paper", dana.newest)
    await dana.sends("Court order of 1 March")
    await dana.taps("Until when", dana.newest)
    await dana.taps("1 month", dana.newest)
    await dana.taps("⏸ Suspend now", dana.newest)
    await dana.taps("▶️ Give access back", dana.newest)
    told = (await audited(world))[before:]
    assert told == [
        *[("therapist", "right changed")] * 4,
        ("therapist", "right suspended"),
        ("therapist", "right given back"),
    ]
    [child] = await exported(world)
    [right] = child["caregivers"][0]["rights"]
    assert (right["preset"], right["document"]) == ("read", "Court order of 1 March")
    assert right["until"] == right["agreed_until"]
    assert right["until"].startswith("2027-04-01")
    copy = await own_copy(world, ana)
    assert copy["caregivers"][0]["rights"][0]["preset"] == "read"
    assert "Court order" not in json.dumps(copy)


@pytest.mark.parametrize("preset", [OWN, READ])
async def test_one_parents_preset_changes_nothing_for_the_other(world: World, preset: str) -> None:
    dana, ana = await family(world, step=STEP)
    [child] = await exported(world)
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=child["id"])
    await evening(world)
    asked = [ana.sees("How was Mika's day?"), ben.sees("How was Mika's day?")]
    await sets(dana, preset)
    for one, question in zip((ana, ben), asked, strict=True):
        await one.taps("Good", question)
    answered = {row["person_id"] for row in await world.rows(schema.answer.select())}
    assert answered == {row["id"] for row in await world.rows(schema.person.select()) if row["name"] == "Ben"}
    await ben.sends("/practice")
    assert STEP in ben.newest.text
