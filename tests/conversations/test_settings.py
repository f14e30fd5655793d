"""Everyone's own choices: hour, days, language, clock, quiet hours, stop and return, privacy."""

from __future__ import annotations

from typing import Any

import pytest

from bot.storage import schema
from bot.storage.people import load_account
from tests.support.world import Person, World, open_world


@pytest.fixture
async def dana(world: World) -> Person:
    return await world.therapist("Dana")


@pytest.fixture
async def ana(world: World, dana: Person) -> Person:
    person = await world.parent_of(dana, "Ana", "Mika")
    await person.taps_first()
    await person.taps("Not now")
    return person


async def seat(world: World, person: Person) -> Any:
    account = await world.db.read(lambda tx: load_account(tx, person.phone.user_id))
    assert account is not None
    return account.people[0]


async def plan_of(world: World, person: Person) -> dict[str, Any]:
    mine = (await seat(world, person)).id
    [plan] = await world.rows(schema.schedule.select().where(schema.schedule.c.person_id == mine))
    return plan


async def waiting(world: World, plan: int) -> list[tuple[str, str]]:
    rows = await world.rows(schema.due.select().where(schema.due.c.schedule_id == plan, schema.due.c.opened == 0))
    return [(row["local_date"], row["slot"]) for row in rows]


async def test_the_hour_and_the_days_are_a_few_taps(world: World, ana: Person) -> None:
    await ana.sends("/settings")
    for button in ("Hour", "18:30", "Days", "Monday to Friday", "Tue"):
        await ana.taps(button)
    plan = await plan_of(world, ana)
    assert (plan["time"], plan["days"]) == ("18:30", "0234")
    assert await waiting(world, plan["id"]) == [("2027-03-03", "18:30")]
    await ana.taps("Settings")
    ana.sees("18:30")


@pytest.mark.every_language
async def test_a_morning_hour_is_one_button_further(world: World, ana: Person) -> None:
    await ana.sends("/settings")
    for button in ("Hour", "Other hours", "06:30"):
        await ana.taps(button)
    assert (await plan_of(world, ana))["time"] == "06:30"


@pytest.mark.every_language
async def test_how_often_is_a_tap_and_so_is_the_way_back(world: World, dana: Person, ana: Person) -> None:
    """The therapist sees that the family chose, and what was planned."""
    await ana.sends("/settings")
    for button in ("How often", "Three days a week"):
        await ana.taps(button)
    plan = await plan_of(world, ana)
    assert (plan["days"], plan["planned_days"]) == ("024", "0123456")
    assert await waiting(world, plan["id"]) == [("2027-03-03", "19:30")]
    await dana.sends("/plan")
    for button in ("Mika", "Ana (parent): 19:30"):
        await dana.taps(button)
    dana.sees("The family chose these days")
    await ana.taps("As planned: every day")
    plan = await plan_of(world, ana)
    assert (plan["days"], plan["planned_days"]) == ("0123456", "")
    assert await waiting(world, plan["id"]) == [("2027-03-02", "19:30")]


async def test_what_the_therapist_plans_anew_is_what_was_planned(world: World, dana: Person, ana: Person) -> None:
    plan = await plan_of(world, ana)
    await ana.sends("/settings")
    for button in ("How often", "One day a week"):
        await ana.taps(button)
    await dana.sends("/plan")
    for button in ("Mika", "Ana (parent): 19:30", "How often", "every 2 days"):
        await dana.taps(button)
    await ana.sends("/settings")
    await ana.taps("How often")
    assert not ana.newest.has("As planned")
    await ana.does("presses", f"set:amount:{plan['id']}:planned", ana.newest)
    assert (await plan_of(world, ana))["days"] == "every 2"


async def test_one_day_at_least_stays(world: World, ana: Person) -> None:
    plan = await plan_of(world, ana)
    await ana.sends("/settings")
    shown = ana.newest
    await ana.does("presses", f"set:days:{plan['id']}:3", shown)
    await ana.taps("Thu")
    assert (await plan_of(world, ana))["days"] == "3"


@pytest.mark.every_language
async def test_the_clock_is_found_by_continent_or_by_typing(world: World, ana: Person) -> None:
    await ana.sends("/settings")
    for button in ("Clock", "America", "More", "Boise"):
        await ana.taps(button)
    assert (await seat(world, ana)).timezone == "America/Boise"
    await ana.sends("/settings")
    await ana.taps("Clock")
    await ana.sends("nowhere at all")
    ana.sees("I do not know that place")
    await ana.sends("lisb")
    await ana.taps("Lisbon")
    assert (await seat(world, ana)).timezone == "Europe/Lisbon"
    ana.sees("08:00")
    await ana.sends("A note after that.")
    ana.sees("Kept safely")
    assert await waiting(world, (await plan_of(world, ana))["id"]) == [("2027-03-02", "19:30")]


@pytest.mark.every_language
async def test_quiet_hours(world: World, ana: Person) -> None:
    await ana.sends("/settings")
    for button in ("Quiet hours", "20:00", "08:00"):
        await ana.taps(button)
    me = await seat(world, ana)
    assert (me.quiet_from, me.quiet_until) == ("20:00", "08:00")


@pytest.mark.every_language
async def test_a_therapists_digest_hour(world: World, dana: Person) -> None:
    await dana.sends("/settings")
    for button in ("Hour", "06:00", "Days", "every day"):
        await dana.taps(button)
    plan = await plan_of(world, dana)
    assert (plan["time"], plan["days"]) == ("06:00", "0123456")


@pytest.mark.every_language
async def test_stop_is_silence_and_start_returns(world: World, ana: Person) -> None:
    await ana.sends("/stop")
    ana.sees("No more messages")
    before = len(ana.phone.screen)
    await world.passes(days=2)
    assert len(ana.phone.screen) == before
    await ana.sends("A note in between.")
    ana.sees("Kept safely")
    await ana.sends("/start")
    ana.sees("Messages come again")
    await world.passes(days=1)
    assert [one["state"] for one in await world.rows(schema.check_in.select())][-1] in ("open", "expired")


async def test_help_has_urgent_help_and_unknown_commands_get_help(ana: Person, dana: Person) -> None:
    for command in ("/help", "/resources", "/nothing_like_it"):
        await ana.sends(command)
        assert ana.newest.all_buttons[0].data == "urgent:ask:0", command
        ana.sees("/checkin")
    await dana.sends("/newsletter")
    dana.sees("/digest")
    assert "urgent:ask:0" not in [one.data for one in dana.newest.all_buttons]


async def test_every_button_of_help_leads_somewhere(ana: Person, dana: Person) -> None:
    for someone in (ana, dana):
        await someone.sends("/help")
        shown = someone.newest
        for button in shown.all_buttons:
            before = len(someone.phone.screen)
            await someone.does("presses", button.data, shown)
            assert len(someone.phone.screen) > before, button.label


@pytest.mark.every_language
async def test_a_therapists_plain_words_get_the_help_line(world: World, dana: Person) -> None:
    await dana.sends("Hello?")
    dana.sees("I do not keep words here")
    assert await world.rows(schema.note.select()) == []


@pytest.mark.every_language
async def test_cancel_ends_only_the_question(world: World, ana: Person) -> None:
    await ana.sends("/cancel")
    ana.sees("There is no question open")
    await ana.sends("/settings")
    await ana.taps("Clock")
    await ana.sends("/cancel")
    ana.sees("That question is over")
    await ana.sends("Paris")
    assert [one["text"] for one in await world.rows(schema.note.select())] == ["Paris"]


@pytest.mark.every_language
async def test_cancel_in_a_check_in_skips_the_question_for_words(world: World, ana: Person) -> None:
    await ana.sends("/checkin")
    await ana.taps("Good")
    ana.sees("should know?")
    await ana.sends("/cancel")
    ana.sees("That question is over")
    answers = await world.rows(schema.answer.select().order_by(schema.answer.c.id))
    assert [(one["question"], one["skipped"]) for one in answers] == [("day", 0), ("say", 1)]


@pytest.mark.every_language
async def test_privacy_shows_readers_and_each_yes_can_be_taken_back(world: World, ana: Person) -> None:
    await ana.sends("/privacy")
    for fact in ("Dana", "Telegram", "stored", "Nobody reads it live"):
        ana.sees(fact)
    await ana.taps("Voice notes: no")
    await ana.taps("Voice notes: yes")
    given = [(one["purpose"], one["given"]) for one in await world.rows(schema.consent.select())]
    assert given == [("care", 1), ("voice", 1), ("voice", 0)]


@pytest.mark.every_language
async def test_taking_the_agreement_back_ends_everything_but_what_was_said(
    world: World, ana: Person, dana: Person
) -> None:
    await ana.sends("A good day.")
    await ana.sends("/privacy")
    await ana.taps("Take back my agreement")
    assert ana.newest.labels[0] == "No, stay"
    await ana.taps("Yes, end it")
    ana.sees("It has ended")
    dana.sees("took the agreement for")
    assert len(await world.rows(schema.note.select())) == 1
    consents = [(one["purpose"], one["given"]) for one in await world.rows(schema.consent.select())]
    assert consents == [("care", 1), ("care", 0)]
    await ana.sends("Still there?")
    ana.sees("families and therapists of one clinic")
    await world.passes(days=2)
    assert await world.rows(schema.check_in.select()) == []


async def test_language_changes_everything_the_menu_too(tmp_path: Any) -> None:
    async with open_world(tmp_path, pseudo=True) as world:
        dana = await world.therapist("Dana")
        await dana.sends("/language")
        wanted = next(one for one in dana.newest.all_buttons if one.data == "set:language:en-XA")
        before = dict(dana.phone.commands)
        await dana.does("presses", wanted.data, dana.newest)
        assert (await seat(world, dana)).language == "en-XA"
        assert dana.phone.commands != before
        assert list(dana.phone.commands) == list(before)


@pytest.mark.every_language
async def test_fault_22_somebody_elses_plan_and_nonsense_change_nothing(
    world: World, ana: Person, dana: Person
) -> None:
    """The button is too old, and every plan is as it was."""
    plan = await plan_of(world, ana)
    await dana.sends("/settings")
    shown = dana.newest
    for data in (
        f"set:hour:{plan['id']}:0600",
        f"set:days:{plan['id']}:0",
        f"set:days:{plan['id']}:10",
        f"setup:hour:{plan['id']}:0600",
        "set:hour:99999:0600",
        "set:hour:1:2560",
        "set:tz:Mars/Red",
        "set:tz:../../etc",
        "set:language:xx",
        "set:quiet:9999:0000",
        "set:zone:Nowhere:99",
        "do:nothing",
        "set:",
        "x" * 64,
    ):
        await dana.does("presses", data, shown)
    assert await plan_of(world, ana) == plan
    assert (await seat(world, dana)).timezone == "Europe/Berlin"
    assert await world.rows(schema.dead_update.select()) == []
