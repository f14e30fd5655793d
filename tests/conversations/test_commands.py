"""Every command, whoever says it and whatever is going on; /stop and the way back; /cancel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from telegram.ext import CommandHandler

from bot.storage import schema
from tests.support.families import at, evening, family
from tests.support.safety import exported
from tests.support.world import Person, World

EVERYONE = ("start", "help", "settings", "privacy", "stop", "cancel", "language")
PARENTS = (
    *("checkin", "milestone", "behaviour", "practice", "goals", "progress", "ask", "meetings"),
    *("pause", "export", "delete_my_data"),
)
THERAPISTS = (
    *("families", "invite", "digest", "plan", "goal", "message", "newsletter", "meeting", "resources", "report"),
)
COMMANDS = (*EVERYONE, *PARENTS, *THERAPISTS)


async def a_parent(world: World) -> Person:
    _dana, ana = await family(world)
    return ana


async def a_parent_asked_for_words(world: World) -> Person:
    ana = await a_parent(world)
    await ana.sends("/checkin")
    await ana.taps("Good", ana.asked)
    return ana


async def a_parent_asked_for_a_city(world: World) -> Person:
    ana = await a_parent(world)
    await ana.sends("/settings")
    await ana.taps("Clock")
    return ana


async def a_parent_whose_voice_waits(world: World) -> Person:
    ana = await a_parent(world)
    await ana.does("sends_voice")
    return ana


async def a_parent_who_stopped(world: World) -> Person:
    ana = await a_parent(world)
    await ana.sends("/stop")
    return ana


async def a_parent_whose_access_ended(world: World) -> Person:
    ana = await a_parent(world)
    ended = schema.access.update().where(schema.access.c.right == "care").values(until_at=0)
    await world.db.write(lambda tx: tx.run(ended, {}))
    return ana


async def a_therapist(world: World) -> Person:
    dana, _ana = await family(world)
    return dana


async def a_therapist_without_families(world: World) -> Person:
    return await world.therapist("Dana")


async def a_therapist_amid_an_invitation(world: World) -> Person:
    dana = await a_therapist(world)
    await dana.sends("/invite")
    return dana


async def a_therapist_who_is_a_parent(world: World) -> Person:
    dana, eli = await world.therapist("Dana"), await world.therapist("Eli")
    await world.parent_of(eli, "Dana", "Noor", phone=dana.phone)
    return dana


async def a_stranger(world: World) -> Person:
    return world.person("Sam")


State = Callable[[World], Awaitable[Person]]
STATES: tuple[State, ...] = (
    a_parent,
    a_parent_asked_for_words,
    a_parent_asked_for_a_city,
    a_parent_whose_voice_waits,
    a_parent_who_stopped,
    a_parent_whose_access_ended,
    a_therapist,
    a_therapist_without_families,
    a_therapist_amid_an_invitation,
    a_therapist_who_is_a_parent,
)


def built(world: World) -> set[str]:
    """The commands that some conversation takes."""
    handlers = (one for group in world.program.application.handlers.values() for one in group)
    return {name for one in handlers if isinstance(one, CommandHandler) for name in one.commands}


def news(person: Person, before: int) -> list[str]:
    return [one.text for one in person.screen if one.message_id > before and not one.mine]


async def said(person: Person, text: str) -> list[str]:
    before = person.screen[-1].message_id if person.screen else 0
    await person.sends(text)
    return news(person, before)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
async def test_every_command_is_answered_once_and_nothing_breaks(world: World, state: State) -> None:
    person = await state(world)
    notes, answers = [await world.rows(table.select()) for table in (schema.note, schema.answer)]
    helped = await said(person, "/help")
    assert len(helped) == 1
    for command in COMMANDS:
        heard = await said(person, f"/{command}")
        assert heard, f"/{command}: silence\n{person.transcript()}"
        if command not in built(world):
            assert heard == helped, command
    for text in ("/nonsense", "/help@homenotes_bot", "/HELP", "/checkin now please", "/help " + "x" * 4000):
        assert await said(person, text), text
    assert await world.rows(schema.dead_update.select()) == []
    assert await world.rows(schema.note.select()) == notes  # no command is taken for words
    assert not [one for one in await world.rows(schema.answer.select()) if one not in answers and one["text"]]


async def test_a_stranger_gets_the_one_line_for_each_of_five_commands(world: World) -> None:
    sam = await a_stranger(world)
    for command in COMMANDS[:5]:
        assert len(await said(sam, f"/{command}")) == 1
    assert await said(sam, "/help") == []
    assert await world.rows(schema.account.select()) == []


@pytest.mark.every_language
async def test_stop_ends_the_messages_and_start_brings_them_back(world: World) -> None:
    _dana, ana = await family(world)
    assert "No more messages. Everything you gave is kept." in (await said(ana, "/stop"))[0]
    before = ana.newest.message_id
    await world.until(at("2027-03-03 12:00"))
    assert news(ana, before) == []
    [child] = await exported(world)
    assert [(one["state"], one["state_reason"]) for one in child["checkins"]] == [("excused", "stopped")]
    assert "Welcome back. Messages come again." in (await said(ana, "/start"))[0]
    await world.until(at("2027-03-03 20:00"))
    assert "How was Mika's day?" in ana.newest.text


@pytest.mark.every_language
async def test_what_is_written_after_stop_is_kept_and_acknowledged(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("/stop")
    assert "Kept safely" in (await said(ana, "One more thing."))[0]
    await dana.sends("/digest")
    await dana.taps_first()
    assert "One more thing." in dana.asked.text


async def test_stop_with_a_question_open_brings_no_reminder_and_closes_it_quietly(world: World) -> None:
    _dana, ana = await family(world)
    await evening(world)
    await ana.sends("/stop")
    before = ana.newest.message_id
    await world.until(at("2027-03-03 12:00"))
    assert news(ana, before) == []
    await ana.sends("/start")
    await ana.taps("Answer for")
    await ana.taps("Good", ana.sees("Mika · "))


async def test_stop_twice_and_start_twice_are_answered_each_time(world: World) -> None:
    _dana, ana = await family(world)
    for command, words in (("/stop", "No more messages"), ("/stop", "No more messages"), ("/start", "Welcome back")):
        assert words in (await said(ana, command))[0]
    assert "Good to see you." in (await said(ana, "/start"))[0]
    assert len([one for one in await world.rows(schema.due.select()) if not one["opened"]]) == 2


async def test_a_therapist_who_stopped_gets_no_digest_until_back(world: World) -> None:
    dana, _ana = await family(world)
    await dana.sends("/stop")
    before = dana.newest.message_id
    await world.until(at("2027-03-03 12:00"))
    assert news(dana, before) == []
    await dana.sends("/start")
    before = dana.newest.message_id
    await world.until(at("2027-03-04 08:00"))
    assert any("Your families" in text for text in news(dana, before))


@pytest.mark.every_language
async def test_cancel_ends_only_the_question_that_waits_for_words(world: World) -> None:
    ana = await a_parent_asked_for_words(world)
    assert await said(ana, "/cancel") == ["✓ That question is over."]
    [child] = await exported(world)
    [check_in] = child["checkins"]
    assert (check_in["state"], [one["question"] for one in check_in["answers"]]) == ("done", ["day"])
    await ana.sends("Now this is a note.")
    assert "Kept safely" in ana.newest.text


@pytest.mark.every_language
async def test_cancel_leaves_a_question_for_a_tap_as_it_is(world: World) -> None:
    _dana, ana = await family(world)
    await evening(world)
    assert await said(ana, "/cancel") == ["There is no question open. All is well."]
    await ana.taps("Good", ana.sees("How was Mika's day?"))


async def test_cancel_ends_what_words_were_wanted_for_in_the_settings(world: World) -> None:
    ana = await a_parent_asked_for_a_city(world)
    assert await said(ana, "/cancel") == ["✓ That question is over."]
    assert "Kept safely" in (await said(ana, "Paris was lovely."))[0]


async def test_a_command_in_the_place_of_the_words_leaves_the_question_open(world: World) -> None:
    """The check-in still asks; what is typed after the command is its answer."""
    ana = await a_parent_asked_for_words(world)
    await ana.sends("/help")
    await ana.sends("He ate well.")
    [child] = await exported(world)
    assert child["notes"] == []
    assert child["checkins"][0]["answers"][-1]["text"] == "He ate well."


@pytest.mark.every_language
@pytest.mark.parametrize("state", [a_parent, a_therapist, a_therapist_who_is_a_parent], ids=lambda one: one.__name__)
async def test_the_menu_has_at_most_seven_and_each_is_answered(world: World, state: State) -> None:
    person = await state(world)
    menu = person.phone.commands
    assert 1 <= len(menu) <= 7
    assert set(menu) <= built(world)
    for command in menu:
        assert await said(person, f"/{command}")


@pytest.mark.every_language
@pytest.mark.parametrize("state", [a_parent, a_therapist, a_therapist_who_is_a_parent], ids=lambda one: one.__name__)
async def test_each_button_of_help_leads_somewhere(world: World, state: State) -> None:
    person = await state(world)
    await person.sends("/help")
    shown = person.newest
    for label in shown.labels:
        before = person.screen[-1].message_id
        await person.taps(label, shown)
        assert news(person, before) or person.toasts[-1] == "", label
        assert person.toasts[-1] != "This button is too old. Please use a newer message.", label
