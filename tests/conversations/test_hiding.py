"""“Hide this”: the bot's messages go from a shared phone, paced and to the end; what was told stays at the clinic."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain import suspending
from bot.simulator import faults
from bot.storage import schema
from tests.support.families import at, evening, family
from tests.support.pressing import two_clinics_of_one
from tests.support.safety import exported
from tests.support.world import Person, World

DELETING = sa.select(schema.outbox).where(schema.outbox.c.method == "deleteMessages")
EMERGENCY = "If someone is in danger, please call now."
GONE = "✓ My messages of the last two days are going."


def theirs(person: Person) -> list[str]:
    """What the bot still shows there."""
    return [one.text for one in person.screen if not one.mine]


async def hides(person: Person) -> None:
    await person.sends("/hide")
    await person.taps("Yes, take them out")


def asked(world: World) -> list[Any]:
    return [one.params["message_ids"] for one in world.sim.calls if one.method == "deleteMessages"]


async def test_my_chat_is_empty_at_a_tap_and_nothing_that_i_told_is_lost(world: World) -> None:
    dana, ana = await family(world)
    await evening(world)
    await ana.taps("Good")
    await ana.sends("He hid under the table.")
    before = await exported(world)
    await hides(ana)
    [left] = theirs(ana)
    assert left.startswith(GONE)
    assert ana.shows("He hid under the table."), "own words are the person's to delete"
    assert await exported(world) == before
    rows = await world.rows(schema.audit.select().where(schema.audit.c.kind == "chat hidden"))
    assert [row["actor_kind"] for row in rows] == ["caregiver"]
    await dana.sends("/digest")
    dana.sees("Mika")


async def test_only_my_own_chat_is_emptied(world: World) -> None:
    _dana, ana, *others = await two_clinics_of_one(world)
    before = [theirs(one) for one in others]
    await hides(ana)
    assert [theirs(one) for one in others] == before


async def test_what_is_older_than_two_days_stays_and_i_am_told_how_to_delete_it(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/privacy")
    old = theirs(ana)
    await world.passes(hours=47, minutes=55)
    new = [text for text in theirs(ana) if text not in old]
    assert new
    await hides(ana)
    assert theirs(ana)[:-1] == old, "Telegram refuses a call that names one of them"
    ana.sees("Older ones, this one and your own you can delete by hand")


async def test_one_message_that_telegram_keeps_does_not_keep_the_others(world: World) -> None:
    """A call is refused whole for one that is too old by Telegram's clock; the sending may have waited."""
    _dana, ana = await family(world)
    for _ in range(9):
        await ana.sends("/privacy")
    shown = [one for one in ana.screen if not one.mine]
    for one in (shown[0], shown[3]):
        ana.phone.chat.messages[one.message_id]["date"] -= 3 * 86_400
    await hides(ana)
    await world.passes(minutes=1)
    assert theirs(ana)[:-1] == [shown[0].text, shown[3].text]
    assert "failed" in {row["state"] for row in await world.rows(DELETING)}, "and what stays is on record"


async def test_more_than_a_hundred_go_in_several_calls(world: World) -> None:
    _dana, ana = await family(world)
    for _ in range(120):
        ana.phone.sends("/help")
    await world.settle()
    await world.passes(minutes=5)
    await hides(ana)
    await world.passes(minutes=1)
    first, second = asked(world)
    assert (len(first), len(second) > 0) == (100, True)
    assert len(theirs(ana)) == 1


@pytest.mark.parametrize("trouble", [faults.TooMany(7), faults.DropBefore(), faults.DropAfter(), faults.Status(502)])
async def test_a_bad_day_at_telegram_only_delays_it(world: World, trouble: faults.Fault) -> None:
    _dana, ana = await family(world)
    world.sim.faults.add(trouble, "deleteMessages", times=1)
    await hides(ana)
    for _ in range(8):
        world.clock.advance(seconds=10)
        await world.settle()
    [left] = theirs(ana)
    assert left.startswith(GONE)
    assert {row["state"] for row in await world.rows(DELETING)} == {"sent"}


async def test_hiding_survives_the_death_of_the_program(world: World) -> None:
    """The wish is committed with the tap, and a dead sender's lease runs out."""
    _dana, ana = await family(world)
    await ana.sends("/hide")
    ana.phone.presses("hide:yes", ana.newest)
    await world.receive()
    assert [row["state"] for row in await world.rows(DELETING)] == ["pending"]
    taken = schema.outbox.update().where(schema.outbox.c.method == "deleteMessages").values(state="sending")
    await world.db.write(lambda tx: tx.run(taken))
    await world.program.dispatcher.recover(everything=True)
    await world.settle()
    assert len(theirs(ana)) == 1


async def test_an_open_question_comes_back_when_i_ask_for_it(world: World) -> None:
    _dana, ana = await family(world)
    await evening(world)
    await hides(ana)
    ana.sees_nothing_of("How was Mika's day?")
    await ana.sends("/checkin")
    await ana.taps("Good", ana.sees("How was Mika's day?"))
    [child] = await exported(world)
    assert child["checkins"][0]["answers"][0]["value"] == "good"


async def test_what_i_hid_stays_hidden_when_the_question_closes_in_the_night(world: World) -> None:
    """The line that it has closed is an edit; of a message that is gone it would ring at half past eleven."""
    _dana, ana = await family(world)
    await evening(world)
    await world.until(at("2027-03-02 23:00"))
    question = ana.sees("How was Mika's day?")
    good = next(one.data for one in question.all_buttons if "Good" in one.label)
    await hides(ana)
    await ana.does("presses", good, question)
    assert (ana.newest.text.startswith("Mika"), ana.newest.silent) == (True, True), ana.newest.text
    await hides(ana)
    await world.until(at("2027-03-03 07:00"))
    assert len(theirs(ana)) == 1


@pytest.mark.parametrize("says", ["He does not breathe!", "Is anybody there?"])
async def test_what_i_was_told_while_my_access_rested_goes_too_once_it_is_back(world: World, says: str) -> None:
    """A card with the numbers to call tells whoever finds it on a shared phone what was written."""
    _dana, ana = await family(world)
    [me] = [row["id"] for row in await world.rows(schema.person.select()) if row["name"] == "Ana"]
    now = world.clock.now_ms()
    assert await world.db.write(lambda tx: suspending.suspend(tx, me, now))
    known = len(await world.rows(schema.copy.select()))
    await ana.sends(says)
    said = ana.newest.text
    assert (EMERGENCY in said) is ("breathe" in says)
    assert len(await world.rows(schema.copy.select())) == known + 1
    for table in schema.metadata.sorted_tables:
        for row in await world.rows(table.select()):
            assert not any(says in str(value) or EMERGENCY in str(value) for value in row.values()), table.name
    assert await world.db.write(lambda tx: suspending.resume(tx, me, now))
    await hides(ana)
    assert said not in theirs(ana)
    assert len(theirs(ana)) == 1


async def test_who_never_was_with_us_leaves_no_message_behind(world: World) -> None:
    eve = world.person("Eve")
    await eve.sends("He does not breathe!")
    eve.sees(EMERGENCY)
    assert await world.rows(schema.copy.select()) == []
    assert await world.rows(schema.outbox.select()) == []


async def test_one_tap_changes_my_mind(world: World) -> None:
    dana, ana = await family(world)
    before = theirs(ana)
    await ana.sends("/hide")
    await ana.taps("No, leave them")
    assert theirs(ana) == [*before, "✓ All stays as it is."]
    await dana.sends("/hide")
    dana.sees("This is for families")
    dana.phone.presses("hide:yes", dana.newest)
    await world.settle()
    assert asked(world) == []
