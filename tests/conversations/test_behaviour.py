"""Behaviour records: what a therapist and a family agree to look at, moments and counted days, safety first."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain import behaviour, behaviour_reading
from bot.domain.behaviour import Tally
from bot.domain.behaviour_reading import Recorded
from bot.storage import people, schema
from tests.conversations.test_leaving import exported as own_copy
from tests.support.families import at, family
from tests.support.safety import exported, safe
from tests.support.world import Person, World

THROWS = "Throws the cup"
HITS = "Hits the table"
MOST_TAPS = 12


async def agrees(dana: Person, *targets: str) -> None:
    """By buttons and a few words each."""
    for target in targets:
        await dana.sends("/families")
        for button in ("Mika", "Behaviours", "A behaviour"):
            await dana.taps(button)
        await dana.sends(target)
        assert target in dana.newest.text


async def told(person: Person, *labels: str) -> None:
    for label in labels:
        await person.taps(label, person.asked)


async def recorded(world: World, dana: Person) -> Recorded:
    """What the therapist's digest is made of."""
    now = world.clock.now_ms()
    account = await world.db.read(lambda tx: people.load_account(tx, dana.phone.user_id))
    first = date(2027, 3, 1)
    [found] = await world.db.read(lambda tx: behaviour_reading.of_caseload(tx, account.therapist.id, first, now))
    assert isinstance(found, Recorded)
    return found


@pytest.mark.every_language
async def test_a_moment_is_told_as_a_camera_would_see_it(world: World) -> None:
    dana, ana = await family(world)
    await agrees(dana, THROWS, HITS)
    await ana.sends("/behaviour")
    await told(ana, "just now")
    assert ana.buttons[:3] == [THROWS, HITS, "Something else"]
    await told(ana, THROWS, "Told no", "Noise or crowd", "Done", "We talked or hugged", "Done", "Under 1 minute")
    await told(ana, "Medium", "At home", "Little sleep", "Done", "3 to 6 hours")
    for line in (f"What happened: {THROWS}", "Just before: Told no, Noise or crowd", "With Mika: 3 to 6 hours"):
        assert line in ana.asked.text
    ana.sees_nothing_of("Is everyone safe now?")
    [child] = await exported(world)
    throws, hits = child["behaviour"]
    [event] = throws["events"]
    assert (event["before"], event["after"], event["observed_hours"]) == (["told_no", "noise"], ["talked"], "from_3")
    assert (throws["text"], hits["events"]) == (THROWS, [])
    found = await recorded(world, dana)
    assert behaviour.pairs(found.moments) == Tally(1, (("told_no>talked", 1), ("noise>talked", 1)))
    [week] = behaviour.weeks(found.targets[0].key, found.moments, found.counts, date(2027, 3, 1), date(2027, 3, 7))
    assert (week.moments, week.days, week.observed) == (1, 1, (("from_3", 1),))
    await safe(world)


@pytest.mark.every_language
@pytest.mark.parametrize("targets", [(), (THROWS,)])
async def test_first_buttons_end_it(world: World, targets: tuple[str, ...]) -> None:
    dana, ana = await family(world)
    await agrees(dana, *targets)
    await ana.sends("/behaviour")
    taps = 0
    while [row["state"] for row in await world.rows(schema.check_in.select())] != ["done"]:
        await ana.taps_first()
        taps += 1
        assert taps <= MOST_TAPS, ana.transcript()
    assert ana.buttons[0] == "👍 Looks right"


async def test_where_nothing_is_agreed_it_is_told_in_words(world: World) -> None:
    """The words stand once: with the check-in."""
    dana, ana = await family(world)
    await ana.sends("/behaviour")
    await told(ana, "just now")
    await ana.sends("He lay down in the shop.")
    await told(ana, "Stop")
    [child] = await exported(world)
    [other] = child["behaviour"]
    assert (other["id"], [one["what"] for one in other["events"]]) == (None, ["other"])
    assert [one["text"] for one in child["checkins"][0]["answers"] if one["text"]] == ["He lay down in the shop."]
    assert "lay down" not in str(child["behaviour"])
    assert [one.what for one in (await recorded(world, dana)).moments] == ["other"]


@pytest.mark.every_language
async def test_someone_could_get_hurt_asks_for_safety_and_a_no_is_the_urgent_way(world: World) -> None:
    dana, ana = await family(world)
    await agrees(dana, THROWS)
    await ana.sends("/behaviour")
    await told(ana, "just now", THROWS, "Told no", "Done", "We waited", "Done", "1 to 5 minutes")
    await told(ana, "Someone could get hurt")
    assert "Is everyone safe now?" in ana.asked.text
    question = ana.asked
    await ana.taps("No", question)
    assert "112" in ana.newest.text
    dana.sees("Open")
    [press] = await world.rows(schema.alert.select())
    assert press["child_id"] is not None
    [row] = await world.rows(schema.check_in.select())
    assert row["state"] in ("done", "partial")


async def test_everyone_is_safe_and_the_questions_go_on(world: World) -> None:
    dana, ana = await family(world)
    await agrees(dana, THROWS)
    await ana.sends("/behaviour")
    await told(ana, "just now", THROWS, "Skip", "Skip", "Skip", "Someone could get hurt", "Yes")
    assert "Good that everyone is safe." in ana.asked.text
    assert "Where was it?" in ana.asked.text
    assert await world.rows(schema.alert.select()) == []


async def test_earlier_today_has_its_own_hour(world: World) -> None:
    dana, ana = await family(world)
    await agrees(dana, THROWS)
    await world.until(at("2027-03-02 18:20"))
    await ana.sends("/behaviour")
    await told(ana, "earlier today", "08:00", THROWS)
    found = await recorded(world, dana)
    assert [(one.at, one.on) for one in found.moments] == [("08:00", date(2027, 3, 2))]
    assert behaviour.parts(found.moments) == (("morning", 1),)


@pytest.mark.every_language
async def test_a_day_is_counted_as_a_band_with_its_hours(world: World) -> None:
    """A day on which it was not seen once counts as a day that was seen; the newest word of a day counts."""
    dana, ana = await family(world)
    await agrees(dana, THROWS)
    await ana.sends("/behaviour")
    await told(ana, "How often it was today", "Not once", "Over 6 hours")
    assert f"{THROWS}: Not once" in ana.newest.text
    await told(ana, "Change", "2 or 3 times", "3 to 6 hours", "Looks right")
    assert ana.newest.buttons == []
    found = await recorded(world, dana)
    [week] = behaviour.weeks(found.targets[0].key, found.moments, found.counts, date(2027, 3, 1), date(2027, 3, 7))
    assert (week.moments, week.bands, week.days) == (0, (("two_three", 1),), 1)
    [child] = await exported(world)
    assert [(one["band"], one["observed_hours"]) for one in child["behaviour"][0]["counts"]] == [
        ("two_three", "from_3")
    ]


async def test_nobody_else_sees_or_counts_it(world: World) -> None:
    """Buttons of others are too old; a co-parent's own copy has the own moments only. Fault 49."""
    dana, ana = await family(world)
    await agrees(dana, THROWS)
    eva = await world.therapist("Eva")
    carla = await world.parent_of(eva, "Carla", "Lena")
    [target] = await world.rows(schema.behaviour_target.select())
    one, child = target["id"], target["child_id"]
    for person in (eva, carla, ana):
        for data in (f"bt:list:{child}", f"bt:one:{one}", f"bt:end:{one}:yes"):
            await person.does("presses", data, person.newest)
            assert "too old" in person.toasts[-1]
    for data in (f"beh:now:{child}", f"beh:of:{one}", f"beh:seen:{one}:one:20270301:from_1", f"for:behaviour:{child}"):
        await carla.does("presses", data, carla.newest)
        assert "too old" in carla.toasts[-1]
    assert await world.rows(schema.behaviour_count.select()) == []
    assert await world.rows(schema.check_in.select()) == []
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=child)
    for person in (ana, ben):
        await person.sends("/behaviour")
        await told(person, "How often it was today", "Once", "Over 6 hours")
    _page, document = await own_copy(world, ben)
    [seen] = document["children"][0]["behaviour"]
    assert len(seen["counts"]) == 1


async def test_one_that_is_done_with_is_offered_no_more_and_stays_told(world: World) -> None:
    dana, ana = await family(world)
    await agrees(dana, THROWS)
    await ana.sends("/behaviour")
    await told(ana, "just now", THROWS, "Stop")
    await dana.sends("/families")
    for button in ("Mika", "Behaviours", THROWS, "Take it away"):
        await dana.taps(button)
    await dana.taps("Take it away", dana.newest)
    assert "Nothing is agreed yet." in dana.newest.text
    await ana.sends("/behaviour")
    assert not [label for label in ana.buttons if "How often" in label]
    [child] = await exported(world)
    assert len(child["behaviour"][0]["events"]) == 1


async def test_of_two_children_the_one_is_asked_for(world: World) -> None:
    dana, ana = await family(world)
    await world.parent_of(dana, "Ana", "Noor", phone=ana.phone)
    await ana.sends("/behaviour")
    await ana.taps("Noor")
    await told(ana, "just now")
