"""From the link to the first question, as people go it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain import inviting, joining
from bot.model import Right
from bot.storage import schema
from bot.storage.people import children_of, load_account
from tests.support.world import Person, World, open_world


async def invite(world: World, dana: Person, nickname: str = "Mika", timezone: str = "Europe/Berlin") -> str:
    """A code for the first caregiver of a new child."""
    now = world.clock.now_ms()

    async def work(tx: Any) -> str:
        account = await load_account(tx, dana.phone.user_id)
        assert account is not None
        assert account.therapist is not None
        made = await inviting.invite_family(tx, account.therapist.id, nickname, "en", timezone, now)
        return made.code

    code: str = await world.db.write(work)
    return code


async def consents(world: World) -> list[dict[str, Any]]:
    return await world.rows(schema.consent.select().order_by(schema.consent.c.id))


async def has_joined(world: World, person: Person) -> bool:
    return await world.db.read(lambda tx: load_account(tx, person.phone.user_id)) is not None


async def test_first_buttons_lead_in_within_four_taps_and_through_everything_in_eight(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = world.person("Ana")
    await ana.starts(await invite(world, dana))
    taps_to_join = taps = 0
    while ana.phone.newest_with_buttons is not None:
        ana.sees_nothing_of("Mika") if not taps_to_join else None
        await ana.taps_first()
        taps += 1
        if not taps_to_join and await has_joined(world, ana):
            taps_to_join = taps
    assert 0 < taps_to_join <= 4
    assert taps <= 8
    [consent] = await consents(world)
    assert (consent["purpose"], consent["given"], consent["language"]) == ("care", 1, "en")
    assert consent["text_version"]
    assert consent["at"] == world.clock.now_ms()
    assert await world.rows(schema.answer.select()) == []
    assert await world.rows(schema.check_in.select()) == []
    assert await world.rows(schema.note.select()) == []


async def test_what_a_parent_reads_before_saying_yes(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = world.person("Ana")
    await ana.starts(await invite(world, dana))
    for fact in ("Dana", "invites you", "once a day", "skip"):
        ana.sees(fact)
    await ana.taps("Next")
    for fact in (
        "before visits",
        "Nobody reads it live",
        "not for emergencies",
        "Telegram",
        "stored",
        "/stop",
        "changes nothing",
    ):
        ana.sees(fact)
    ana.sees_nothing_of("Mika")
    assert not await has_joined(world, ana)
    await ana.taps("I agree")
    ana.sees("Mika")
    ana.sees("09:00")


async def test_no_thanks_is_kept_and_the_door_stays_open(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = world.person("Ana")
    await ana.starts(await invite(world, dana))
    await ana.taps("Next")
    await ana.taps("No, thank you")
    ana.sees("Nothing changes in your care")
    assert [one["given"] for one in await consents(world)] == [0]
    assert not await has_joined(world, ana)
    for button in ("Read it again", "I agree"):
        await ana.taps(button)
    assert [one["given"] for one in await consents(world)] == [0, 1]
    assert await has_joined(world, ana)


async def test_the_first_question_comes_the_day_after_at_the_chosen_hour(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = world.person("Ana")
    await ana.starts(await invite(world, dana))
    for button in ("Next", "I agree", "18:00", "Not now"):
        await ana.taps(button)
    await world.passes(hours=22)
    assert await world.rows(schema.check_in.select()) == []
    await world.passes(hours=12)
    [check_in] = await world.rows(schema.check_in.select())
    assert (check_in["local_date"], check_in["slot"]) == ("2027-03-02", "18:00")


async def test_an_invitation_waits_for_as_long_as_it_takes(world: World) -> None:
    """Nothing falls due for somebody who has not joined; the first question still comes on the day after joining."""
    dana = await world.therapist("Dana")
    code = await invite(world, dana)
    await world.passes(days=3)
    assert await world.rows(schema.check_in.select()) == []
    ana = world.person("Ana")
    await ana.starts(code)
    for _ in range(2):
        await ana.taps_first()
    await world.passes(days=1, hours=12)
    assert [one["local_date"] for one in await world.rows(schema.check_in.select())] == ["2027-03-05"]


async def test_dana_sees_who_joined_and_not_them_cuts_access_at_once(world: World) -> None:
    dana = await world.therapist("Dana")
    code = await invite(world, dana)
    eve = world.person("Eve")
    await eve.starts(code)
    await eve.taps("Next")
    await eve.taps("I agree")
    dana.sees("Eve (parent)")
    await dana.taps("Not them")
    dana.sees("access has ended")
    assert await world.db.read(lambda tx: children_of(tx, eve.phone.user_id, Right.CARE, world.clock.now_ms())) == []
    await eve.sends("What did the others say?")
    eve.sees("families and therapists of one clinic")
    assert await world.rows(schema.note.select()) == []
    assert len(await consents(world)) == 1, "the consent is kept"
    await world.passes(days=3)
    assert await world.rows(schema.check_in.select().where(schema.check_in.c.state == "open")) == []


async def test_a_try_out_leaves_nothing_behind(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = world.person("Ana")
    await ana.starts(await invite(world, dana))
    for button in ("Next", "I agree", "19:30", "Try it", "Good"):
        await ana.taps(button)
    ana.sees("Nothing of this try was kept")
    for table in (schema.check_in, schema.answer, schema.note):
        assert await world.rows(table.select()) == []


async def test_fault_23_wrong_expired_cancelled_used_and_endless_codes_get_one_kind_line(world: World) -> None:
    """The same kind line for each, and no name of a child."""
    dana = await world.therapist("Dana")
    expired, cancelled, used = [await invite(world, dana, name) for name in ("Mika", "Tom", "Lea")]
    [seat] = [
        one["person_id"]
        for one in await world.rows(schema.invitation.select())
        if one["code_hash"] == inviting.hashed(cancelled)
    ]
    await world.db.write(lambda tx: inviting.invitations.cancel(tx, seat, world.clock.now_ms()))
    first = world.person("First")
    await first.starts(used)
    for _ in range(2):
        await first.taps_first()
    await world.passes(days=15)
    for number, code in enumerate(("wrong", "x" * 65, expired, cancelled, used)):
        someone = world.person(f"Someone{number}")
        await someone.starts(code)
        someone.sees("This link does not work")
        assert someone.phone.newest_with_buttons is None
        assert not await has_joined(world, someone)


async def test_fault_23_of_two_who_race_for_one_code_one_gets_in(world: World) -> None:
    """One has joined, the other reads that the link has ended."""
    dana = await world.therapist("Dana")
    code = await invite(world, dana)
    people = [world.person(name) for name in ("Ana", "Ben")]
    for one in people:
        await one.starts(code)
        await one.taps("Next")
    for one in people:
        one.phone.taps("I agree")
    await world.settle()
    assert [await has_joined(world, one) for one in people] == [True, False]
    assert len([one for one in await consents(world) if one["given"]]) == 1
    dana.sees("Ana (parent)")
    dana.sees_nothing_of("Ben")
    people[1].sees_nothing_of("Mika")


async def test_fault_23_the_same_code_again_from_who_used_it_is_friendly(world: World) -> None:
    """They are in already, and read so."""
    dana = await world.therapist("Dana")
    code = await invite(world, dana)
    ana = world.person("Ana")
    await ana.starts(code)
    for _ in range(2):
        await ana.taps_first()
    await ana.starts(code)
    ana.sees("You are in already")
    assert len(await consents(world)) == 1


@pytest.mark.every_language
async def test_a_code_that_was_guessed_in_part_opens_nothing(world: World) -> None:
    """Fault 22: a forged button with a wrong or short key."""
    dana = await world.therapist("Dana")
    code = await invite(world, dana)
    eve = world.person("Eve")
    await eve.starts("nothing")
    shown = eve.newest
    for data in (f"join:agree:{'0' * 32}", f"join:agree:{inviting.hashed(code)[:31]}", "join:agree:", "join:agree:%"):
        await eve.does("presses", data, shown)
    assert not await has_joined(world, eve)
    assert await consents(world) == []


async def test_one_account_two_children_and_a_therapist_who_is_a_parent_too(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    await ana.starts(await invite(world, dana, "Lea"))
    for _ in range(2):
        await ana.taps_first()
    ana.sees("Lea")
    await dana.starts(await invite(world, dana, "Own"))
    for _ in range(2):
        await dana.taps_first()
    account = await world.db.read(lambda tx: load_account(tx, dana.phone.user_id))
    assert account is not None
    assert (account.therapist is not None, len(account.caregivers)) == (True, 1)
    account = await world.db.read(lambda tx: load_account(tx, ana.phone.user_id))
    assert account is not None
    assert len(account.caregivers) == 2


async def test_a_second_link_for_the_same_child_is_not_used_up_by_the_same_person(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    now = world.clock.now_ms()
    [child] = await world.rows(schema.child.select())
    made = await world.db.write(
        lambda tx: inviting.invite_caregiver(
            tx, child["id"], "Ben", "father", "en", "Europe/Berlin", now, inviting.Plan()
        )
    )
    await ana.starts(made.code)
    for _ in range(2):
        await ana.taps_first()
    ana.sees("You are in already")
    found = await world.db.read(lambda tx: joining.by_code(tx, made.code, now))
    assert found is not None
    assert found.open


@pytest.mark.every_language
async def test_a_therapist_joins_with_one_tap_and_gets_a_digest_on_the_next_working_day(world: World) -> None:
    dana = await world.therapist("Dana")
    dana.sees("You are in")
    assert list(dana.phone.commands) == ["digest", "families", "goal", "plan", "invite", "settings", "help"]
    [plan] = await world.rows(schema.schedule.select())
    assert (plan["template"], plan["days"], plan["time"], plan["child_id"]) == ("digest", "01234", "07:30", None)
    assert plan["starts_on"] == (world.clock.now() + timedelta(days=1)).date().isoformat()


@pytest.mark.every_language
async def test_the_menu_fits_the_role(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    assert list(ana.phone.commands) == ["checkin", "milestone", "practice", "goals", "pause", "settings", "help"]


@pytest.mark.parametrize("language", ["en-XA", "ar-XB"])
async def test_with_several_languages_one_more_tap_chooses(tmp_path: Any, language: str) -> None:
    async with open_world(tmp_path, pseudo=True) as world:
        dana = await world.therapist("Dana")
        ana = world.person("Ana")
        await ana.starts(await invite(world, dana))
        taps = 0
        while ana.phone.newest_with_buttons is not None:
            if any(button.data.endswith(f":{language}") for button in ana.newest.all_buttons if button.data):
                pressed = next(b for b in ana.newest.all_buttons if b.data and b.data.endswith(f":{language}"))
                await ana.does("presses", pressed.data, ana.newest)
            else:
                await ana.taps_first()
            taps += 1
        assert taps <= 8
        account = await world.db.read(lambda tx: load_account(tx, ana.phone.user_id))
        assert account is not None
        assert account.people[0].language == language
