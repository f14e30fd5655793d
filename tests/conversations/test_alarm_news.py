"""What comes after an alarm: the family's answer offers "I have it" while nobody has, and the details lead on."""

from __future__ import annotations

import pytest

from bot.domain import erasing
from bot.domain.erasing import Moment
from bot.simulator import Shown
from bot.storage import schema
from tests.conversations.test_alarm_rights import helps, helps_no_more
from tests.conversations.test_on_call import ALARM, minutes, on, press, steps
from tests.support.families import family
from tests.support.world import Person, World

DANGER, HAS_IT = "Urgent help: the family says someone is in danger.", "✓ Urgent: Eli has it."
GONE = "This button is too old. Please use a newer message."


def now(person: Person, shown: Shown) -> Shown:
    """That message as it reads now."""
    return next(one for one in person.screen if one.message_id == shown.message_id)


@pytest.mark.every_language
async def test_who_reads_that_someone_is_in_danger_has_it_in_one_tap_and_no_message_offers_it_any_more(
    world: World,
) -> None:
    dana, ana = await family(world)
    eli = await world.therapist("Eli")
    await on(world, "Eli", 1)
    await press(ana)
    await ana.taps("Yes", ana.newest)
    told, danger = dana.sees(ALARM), dana.sees(DANGER)
    assert danger.labels == ["Open", "✋ I have it"]
    await eli.taps("I have it", eli.sees(DANGER))
    assert "Eli has it." in eli.newest.text
    assert "09:00: the family’s answer was sent to Eli." in eli.newest.text
    for shown in (told, danger):
        assert (now(dana, shown).text, now(dana, shown).labels) == (HAS_IT, ["Open"])
    assert now(eli, eli.screen[-2]).text == HAS_IT
    await minutes(world, 60)
    assert await steps(world) == ["told", "escalated", "passed_on", "passed_on", "taken"]


@pytest.mark.parametrize("tap", ["No", "Not sure"])
async def test_another_answer_offers_it_too_for_the_rota_goes_on_until_somebody_has_it(world: World, tap: str) -> None:
    dana, ana = await family(world)
    await press(ana)
    await ana.taps(tap, ana.newest)
    assert "✋ I have it" in dana.newest.labels
    await dana.taps("I have it", dana.newest)
    assert "Dana has it." in dana.newest.text


@pytest.mark.every_language
async def test_what_somebody_has_or_was_a_false_alarm_is_offered_to_nobody(world: World) -> None:
    dana, ana = await family(world)
    await press(ana)
    await dana.taps("I have it", dana.newest)
    await ana.taps("Yes", ana.newest)
    assert dana.sees(DANGER).labels == ["Open"]
    await press(ana)
    await ana.taps("It was a false alarm", ana.newest)
    assert dana.sees("it was a false alarm").labels == ["Open"]


async def test_of_two_children_it_is_offered_to_whom_one_is_left_for(world: World) -> None:
    dana, ana = await family(world)
    eli = await world.therapist("Eli")
    await world.parent_of(eli, "Ana", "Noor", phone=ana.phone)
    await press(ana)
    await eli.taps("I have it", eli.newest)
    await ana.taps("Yes", ana.newest)
    assert eli.sees(DANGER).labels == ["Open"]
    assert "✋ I have it" in dana.sees(DANGER).labels


async def test_that_it_was_sent_is_said_of_nobody_who_has_blocked_the_bot(world: World) -> None:
    dana, ana = await family(world)
    await world.therapist("Eli")
    await on(world, "Eli", 1)
    await press(ana)
    await dana.does("blocks")
    await ana.taps("Yes", ana.newest)
    assert await steps(world) == ["told", "escalated", "passed_on"]


@pytest.mark.every_language
async def test_the_details_lead_to_the_family_and_stay(world: World) -> None:
    dana, ana = await family(world)
    await press(ana)
    await dana.taps("Open", dana.newest)
    details = dana.newest
    assert details.labels == ["✋ I have it", "Mika: open the family"]
    await dana.taps("Mika: open the family", details)
    assert "Ana (parent)" in dana.newest.text
    assert "👥 Who treats" in dana.newest.labels
    assert now(dana, details).text == details.text
    await dana.taps("I have it", details)
    assert "Mika: open the family" in now(dana, details).labels


@pytest.mark.every_language
async def test_words_to_see_today_lead_to_the_family(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("I cannot cope any more.")
    await world.tick()
    await dana.taps("Open", dana.sees("Level amber"))
    await dana.taps("Mika: open the family")
    assert "👥 Who treats" in dana.newest.labels


async def test_who_is_on_call_and_does_not_treat_the_child_gets_no_way_to_the_family(world: World) -> None:
    _dana, ana = await family(world)
    eli = await world.therapist("Eli")
    await on(world, "Eli", 1)
    await press(ana)
    await eli.taps("Open", eli.newest)
    assert eli.newest.labels == ["✋ I have it"]
    [mika] = await world.rows(schema.child.select())
    before = len(eli.screen)
    await eli.does("presses", f"fam:apart:{mika['id']}", eli.newest)
    assert len(eli.screen) == before
    assert eli.toasts[-1] == GONE


async def test_whose_right_has_ended_meanwhile_opens_the_family_no_more(world: World) -> None:
    _dana, ana, eli = await helps(world)
    await press(ana)
    await eli.taps("Open", eli.newest)
    await helps_no_more(world)
    before = len(eli.screen)
    await eli.taps("Mika: open the family", eli.newest)
    assert len(eli.screen) == before
    assert eli.toasts[-1] == GONE


async def test_an_answer_that_lies_open_in_a_chat_goes_from_it_with_the_child(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("He cannot breathe well.")
    await ana.taps("Yes", ana.newest)
    await dana.taps("Open", dana.sees(DANGER))
    dana.sees("“He cannot breathe well.”")
    [mika] = await world.rows(schema.child.select())
    at = Moment(world.clock.machine_ms(), world.clock.now_ms())
    await world.db.write(lambda tx: erasing.child(tx, mika["id"], None, at))
    await world.tick()
    dana.sees_nothing_of("breathe")
