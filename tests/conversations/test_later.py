"""Later, and the one silent reminder: shown at the bottom of the chat, inside the window, never at night."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.inviting import Plan
from tests.support.world import Person, World

ASKED = datetime(2027, 3, 2, 18, 30, tzinfo=UTC)  # 19:30 in Berlin; the window is over at 23:30
MOVED = "This check-in moved"


async def asked(world: World, time: str = "19:30") -> Person:
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika", plan=Plan(time=time))
    await world.until(ASKED.replace(hour=int(time[:2]) - 1, minute=int(time[3:])))
    ana.sees("How was Mika's day?")
    return ana


def at(hour: int, minute: int = 0) -> datetime:
    """On that evening's clock in Berlin."""
    return datetime(2027, 3, 2, hour - 1, minute, tzinfo=UTC)


def questions(ana: Person) -> int:
    return sum(1 for shown in ana.phone.screen if not shown.mine and "How was" in shown.text)


@pytest.mark.every_language
async def test_later_asks_again_below_at_the_chosen_time(world: World) -> None:
    ana = await asked(world)
    await ana.taps("Later")
    ana.sees("When shall we ask again?")
    await ana.taps("20:30")
    ana.sees("We ask again at 20:30.")
    await world.until(at(20, 31))
    ana.sees(MOVED)
    assert "How was" in ana.newest.text
    assert not ana.newest.silent
    await ana.taps("OK")
    await ana.taps("Skip")
    ana.sees("Thank you")
    assert questions(ana) == 0


@pytest.mark.every_language
async def test_only_moments_inside_the_window_and_outside_the_night_are_offered(world: World) -> None:
    ana = await asked(world)
    await world.until(at(20, 45))
    await ana.taps("Later")
    assert ana.newest.labels == ["Answer now", "21:15"]  # quiet from 21:30 on


async def test_without_any_such_moment_later_says_so_and_changes_nothing(world: World) -> None:
    ana = await asked(world)
    await world.until(at(21, 20))
    await ana.taps("Later")
    assert ana.phone.answers[-1].text == "There is no later time for it today."
    assert "How was" in ana.newest.text


@pytest.mark.every_language
async def test_later_and_then_now_after_all(world: World) -> None:
    ana = await asked(world)
    await ana.taps("Later")
    await ana.taps("20:00")
    await ana.taps("Answer now")
    assert "How was" in ana.newest.text
    await ana.taps("Good")
    await ana.taps("Skip")
    await world.until(at(22))
    assert questions(ana) == 0


@pytest.mark.every_language
async def test_one_silent_reminder_halfway_for_who_chose_an_early_hour(world: World) -> None:
    ana = await asked(world, "17:00")
    await world.until(at(19, 1))
    assert "There is time until 21:00, if you like." in ana.newest.text
    assert ana.newest.silent
    before = len(ana.phone.screen)
    await world.until(at(20, 59))
    assert len(ana.phone.screen) == before


@pytest.mark.every_language
async def test_an_answer_cancels_the_reminder(world: World) -> None:
    ana = await asked(world, "17:00")
    await ana.taps("OK")
    await ana.taps("Skip")
    before = len(ana.phone.screen)
    await world.until(at(20))
    assert len(ana.phone.screen) == before


@pytest.mark.every_language
async def test_who_stopped_halfway_is_reminded_of_just_that(world: World) -> None:
    ana = await asked(world, "17:00")
    await ana.taps("OK")
    await world.until(at(19, 1))
    assert "You had begun. The rest can wait until 21:00." in ana.newest.text
    assert "Anything Dana should know?" in ana.newest.text


@pytest.mark.every_language
async def test_the_reminder_comes_halfway_to_the_quiet_hours_and_never_in_them(world: World) -> None:
    ana = await asked(world)
    await world.until(at(20, 29))
    ana.sees_nothing_of("There is time until")
    await world.until(at(20, 31))  # quiet from 21:30 on
    ana.sees("There is time until 23:30")
    before = len(ana.phone.screen)
    await world.until(at(23))
    assert len(ana.phone.screen) == before


async def test_later_is_in_the_place_of_the_reminder(world: World) -> None:
    ana = await asked(world, "17:00")
    await ana.taps("Later")
    await ana.taps("19:00")
    await world.until(at(20, 59))
    assert sum(1 for shown in ana.phone.screen if MOVED in shown.text) == 1
    ana.sees_nothing_of("There is time until")


@pytest.mark.every_language
async def test_no_reminder_in_a_busy_week_nor_to_whom_has_stopped(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika", plan=Plan(time="17:00"))
    tom = await world.parent_of(dana, "Tom", "Noor", plan=Plan(time="17:00"))
    await ana.sends("/pause")
    await ana.taps("Busy week")
    await world.until(at(17, 1))
    await tom.sends("/stop")
    before = len(ana.phone.screen), len(tom.phone.screen)
    await world.until(at(20, 59))
    assert (len(ana.phone.screen), len(tom.phone.screen)) == before


@pytest.mark.every_language
async def test_an_old_later_button_after_the_end_is_answered_kindly(world: World) -> None:
    ana = await asked(world)
    await ana.taps("Later")
    shown = ana.sees("When shall we ask again?")
    data = next(button.data for button in shown.all_buttons if "20:30" in button.label)
    await world.until(datetime(2027, 3, 3, 8, tzinfo=UTC))
    ana.phone.presses(data, shown)
    await world.settle()
    assert ana.phone.answers[-1].show_alert
