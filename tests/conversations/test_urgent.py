"""Urgent help: the card at once, the therapist at once, and never in anybody's way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.model import Priority
from bot.simulator import Shown
from bot.storage import schema
from tests.support.families import at, evening, family
from tests.support.languages import MIRRORED
from tests.support.world import Person, World, open_world

CALL = "If someone is in danger, please call now."


def card(ana: Person) -> Shown:
    return ana.sees(CALL)


async def pressed_in_help(ana: Person) -> Shown:
    await ana.sends("/help")
    await ana.taps("🆘 Urgent help", ana.newest)
    return card(ana)


async def alerts(world: World) -> list[dict[str, object]]:
    return await world.rows(schema.alert.select().order_by(schema.alert.c.id))


@pytest.mark.every_language
async def test_the_card_has_the_countrys_numbers_and_asks_one_thing(world: World) -> None:
    _dana, ana = await family(world)
    shown = await pressed_in_help(ana)
    for line in ("Emergency: 112 · Notruf · day and night", "Crisis line: 0800 1110111 · TelefonSeelsorge"):
        assert line in shown.text
    days = "الاثنين–السبت" if world.language == MIRRORED else "Mon–Sat"
    assert f"Child helpline: 116 111 · Nummer gegen Kummer · {days} 14:00–20:00" in shown.text
    assert shown.text.index("112") < shown.text.index("This chat is not watched.")
    assert "We are telling your therapist now." in shown.text
    assert "Is anyone in danger right now?" in shown.text
    assert shown.labels == ["Yes", "No", "Not sure", "It was a false alarm"]


@pytest_asyncio.fixture
async def nowhere(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, country="XX") as opened:
        yield opened


async def test_in_a_country_that_is_not_known_no_number_is_guessed(nowhere: World) -> None:
    dana, ana = await family(nowhere)
    shown = await pressed_in_help(ana)
    assert "Please call the emergency number of your country." in shown.text
    assert not [letter for letter in shown.text if letter.isdigit()]
    dana.sees("Urgent help")
    await ana.taps("Yes", shown)
    assert not [letter for letter in ana.newest.text if letter.isdigit()]


@pytest.mark.every_language
async def test_the_therapist_is_told_at_once_and_the_lock_screen_tells_nothing(world: World) -> None:
    dana, ana = await family(world)
    await pressed_in_help(ana)
    assert dana.newest.text == "🔴 Urgent help, level red. Case 1. Please look now."
    assert not dana.newest.silent
    await dana.taps("Open")
    assert "Mika: Ana (parent) pressed “Urgent help”." in dana.newest.text
    assert "09:00" in dana.newest.text
    assert dana.newest.protected
    [alert] = await alerts(world)
    assert alert["seen_at"] == world.clock.now_ms()


@pytest.mark.every_language
async def test_who_takes_it_from_what_came_later_sees_so_on_the_first_message_too(world: World) -> None:
    dana, ana = await family(world)
    await pressed_in_help(ana)
    first = dana.newest
    await ana.taps("Yes", card(ana))
    await dana.taps("Open", dana.newest)
    await dana.taps("I have it", dana.newest)
    assert "Dana has it." in dana.newest.text
    now = next(one for one in dana.screen if one.message_id == first.message_id)
    assert now.text == "✓ Urgent: Dana has it."
    assert now.labels == ["Open"]
    await dana.taps("Open", now)
    dana.sees("Answer: yes, someone is in danger.")


@pytest.mark.every_language
@pytest.mark.parametrize(
    ("tap", "reads", "told", "state"),
    [
        ("Yes", "Please call now.", "says someone is in danger", "yes, someone is in danger"),
        (
            "No",
            "We pass that on.",
            "nobody is in danger now",
            "nobody is in danger now",
        ),
        ("Not sure", "If you are not sure, please call.", "is not sure about danger", "not sure"),
        ("It was a false alarm", "a false alarm", "it was a false alarm", "it was a false alarm"),
    ],
)
async def test_each_answer_is_met_and_passed_on(world: World, tap: str, reads: str, told: str, state: str) -> None:
    dana, ana = await family(world)
    shown = await pressed_in_help(ana)
    before = len(ana.screen)
    await ana.taps(tap, shown)
    assert len(ana.screen) == before
    assert reads in ana.newest.text
    assert ("112" in ana.newest.text) is (tap != "It was a false alarm")
    assert told in dana.newest.text
    await dana.taps("Open", dana.newest)
    assert state in dana.newest.text
    assert len(await alerts(world)) == 1


@pytest.mark.every_language
async def test_it_stands_in_every_question_and_leaves_the_check_in_as_it_is(world: World) -> None:
    dana, ana = await family(world)
    await evening(world)
    question = ana.asked
    await ana.taps("Urgent help", question)
    card(ana)
    dana.sees("Urgent help")
    assert [row["source"] for row in await alerts(world)] == ["check_in"]
    await ana.taps("Good", question)
    assert "🆘 Urgent help" in next(one for one in ana.screen if one.message_id == question.message_id).labels


async def test_a_therapist_who_stopped_the_bot_is_told_all_the_same(world: World) -> None:
    dana, ana = await family(world)
    await dana.sends("/stop")
    await pressed_in_help(ana)
    assert "Urgent help, level red" in dana.newest.text
    await ana.taps("Yes", card(ana))
    assert "someone is in danger" in dana.newest.text


async def test_in_the_therapists_quiet_hours_it_is_told_at_once(world: World) -> None:
    dana, ana = await family(world)
    await world.until(at("2027-03-02 02:00"))
    await pressed_in_help(ana)
    assert "Urgent help, level red" in dana.newest.text


@pytest.mark.every_language
async def test_where_the_therapist_cannot_be_reached_the_card_says_so(world: World) -> None:
    dana, ana = await family(world)
    await dana.does("blocks")
    shown = await pressed_in_help(ana)
    assert "We could not tell anyone here." in shown.text
    assert "We are telling" not in shown.text
    assert len(await alerts(world)) == 1


@pytest.mark.every_language
async def test_stop_never_stands_in_the_way(world: World) -> None:
    dana, ana = await family(world)
    await evening(world)
    question = ana.asked
    await ana.sends("/stop")
    await ana.taps("Urgent help", question)
    card(ana)
    dana.sees("Urgent help, level red")
    await pressed_in_help(ana)
    assert len(await alerts(world)) == 2


async def test_it_goes_out_before_everything_that_waits(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/help")
    ana.phone.sends("A note, first.")
    ana.phone.taps("🆘 Urgent help")
    await world.program.poller.step(0)
    waiting = [row for row in await world.rows(schema.outbox.select()) if row["state"] == "pending"]
    assert {row["priority"] for row in waiting if CALL in row["payload"] or "Urgent" in row["payload"]} == {
        int(Priority.SAFETY)
    }
    await world.settle()


@pytest.mark.every_language
async def test_with_two_children_one_press_is_one_alarm_for_each_therapist(world: World) -> None:
    dana, ana = await family(world)
    eli = await world.therapist("Eli")
    for therapist, child in ((dana, "Lea"), (eli, "Noor")):
        await world.parent_of(therapist, "Ana", child, phone=ana.phone)
    before = len(dana.screen)
    await pressed_in_help(ana)
    assert len(dana.screen) == before + 1
    assert len(await alerts(world)) == 3
    await ana.taps("It was a false alarm", card(ana))
    assert all(row["false_alarm_at"] for row in await alerts(world))
    for therapist, hers, others in ((dana, "Mika, Lea: Ana", "Noor"), (eli, "Noor: Ana", "Mika")):
        assert "false alarm" in therapist.newest.text
        await therapist.taps("Open", therapist.newest)
        assert hers in therapist.newest.text
        assert others not in therapist.newest.text
        assert "false alarm" in therapist.newest.text


async def test_a_question_about_one_child_is_an_alarm_about_that_child(world: World) -> None:
    dana, ana = await family(world)
    await world.parent_of(dana, "Ana", "Lea", phone=ana.phone)
    await evening(world)
    await ana.taps("Urgent help", ana.sees("How was Lea's day?"))
    await dana.taps("Open", dana.newest)
    assert dana.newest.text.startswith("🔴 Lea: Ana")


@pytest.mark.every_language
async def test_a_caregiver_whose_access_ended_still_gets_the_numbers_and_nobody_is_alarmed(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("/help")
    help_screen = ana.newest
    await dana.taps("Not them")
    before = len(dana.screen)
    await ana.taps("Urgent help", help_screen)
    assert "Emergency: 112" in card(ana).text
    assert "We could not tell anyone here." in card(ana).text
    assert card(ana).buttons == []
    assert len(dana.screen) == before
    assert await alerts(world) == []


async def test_two_presses_are_two_alarms_and_neither_is_lost(world: World) -> None:
    dana, ana = await family(world)
    first = await pressed_in_help(ana)
    await ana.taps("It was a false alarm", first)
    await pressed_in_help(ana)
    assert [row["false_alarm_at"] is None for row in await alerts(world)] == [False, True]
    assert "Urgent help, level red" in dana.newest.text


@pytest.mark.every_language
async def test_it_opens_the_next_digest(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("A calm note.")
    await pressed_in_help(ana)
    await dana.sends("/digest")
    await dana.taps_first()
    page = dana.asked.text
    assert page.index("🔴 Urgent help pressed.") < page.index("A calm note.")
