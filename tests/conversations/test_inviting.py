"""A therapist brings families in, and keeps their circle in order."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain import inviting
from bot.model import Right
from bot.storage import schema
from bot.storage.people import children_of
from tests.support.families import code_of
from tests.support.world import Person, World


async def invited(world: World, dana: Person, nickname: str = "Mika") -> str:
    """The code that Dana's phone got for a new family."""
    await dana.sends("/invite")
    await dana.sends(nickname)
    await dana.taps("Make the link")
    return code_of(dana.sees("https://t.me/").text)


async def joins(world: World, code: str, name: str) -> Person:
    person = world.person(name)
    await person.starts(code)
    for _ in range(2):
        await person.taps_first()
    return person


@pytest.mark.every_language
async def test_a_nickname_and_one_tap_give_a_link_a_picture_and_words_to_forward(world: World) -> None:
    dana = await world.therapist("Dana")
    await dana.sends("/invite")
    await dana.sends("  Mika \n B. ")
    dana.sees("19:30")
    await dana.taps("Make the link")
    forward = dana.sees("https://t.me/homenotes_bot?start=")
    assert "Dana" in forward.text
    assert "Mika" not in forward.text
    assert len(code_of(forward.text)) <= 64
    assert any(one.kind == "photo" for one in dana.phone.screen)
    [child] = await world.rows(schema.child.select())
    assert child["name"] == "Mika B."
    ana = await joins(world, code_of(forward.text), "Ana")
    ana.sees("Mika B.")


@pytest.mark.every_language
async def test_the_second_press_makes_no_second_family(world: World) -> None:
    dana = await world.therapist("Dana")
    await dana.sends("/invite")
    await dana.sends("Mika")
    shown = dana.newest
    for _ in range(2):
        await dana.does("presses", "invite:make", shown)
    assert len(await world.rows(schema.child.select())) == 1


@pytest.mark.every_language
async def test_cancel_and_other_commands_end_the_question(world: World) -> None:
    dana = await world.therapist("Dana")
    for command, words in (("/cancel", "Mika"), ("/help", "Tom")):
        await dana.sends("/invite")
        await dana.sends(command)
        await dana.sends(words)
        dana.sees("I do not keep words here")
    assert await world.rows(schema.child.select()) == []


@pytest.mark.parametrize("words", ["x" * 41, "\u200b \u200b", "\x00"])
@pytest.mark.every_language
async def test_what_is_no_nickname_is_asked_again(world: World, words: str) -> None:
    dana = await world.therapist("Dana")
    await dana.sends("/invite")
    await dana.sends(words)
    dana.sees("one short line")
    await dana.sends("Mika")
    dana.sees("New family")


@pytest.mark.every_language
async def test_fault_21_a_nickname_with_markup_stays_a_nickname(world: World) -> None:
    """The name is shown as it was typed."""
    dana = await world.therapist("Dana")
    ana = await joins(world, await invited(world, dana, "<b>Mi & 'ka'; DROP\u202e"), "Ana")
    ana.sees("<b>Mi & 'ka'; DROP")
    await dana.sends("/families")
    dana.sees("<b>Mi & 'ka'; DROP")


@pytest.mark.every_language
async def test_the_lost_link_is_replaced_and_the_old_one_stops(world: World) -> None:
    dana = await world.therapist("Dana")
    old = await invited(world, dana)
    await dana.sends("/families")
    dana.sees("⏳")
    await dana.taps("Mika", dana.newest)
    dana.sees("not joined yet")
    await dana.taps("parent", dana.newest)
    menu = dana.newest
    await dana.taps("New link")
    new = code_of(dana.phone.screen[-2].text)
    assert new != old
    late = world.person("Late")
    await late.starts(old)
    late.sees("does not work")
    await joins(world, new, "Ana")
    dana.sees("Ana (parent)")
    await dana.does("presses", menu.all_buttons[0].data, menu)
    assert len(await world.rows(schema.invitation.select())) == 3, "Dana's and two: who has joined needs no link"


@pytest.mark.every_language
async def test_a_cancelled_link_opens_nothing(world: World) -> None:
    dana = await world.therapist("Dana")
    code = await invited(world, dana)
    await dana.sends("/families")
    await dana.taps("Mika", dana.newest)
    await dana.taps("parent", dana.newest)
    await dana.taps("Cancel the link")
    dana.sees("no link is open")
    late = world.person("Late")
    await late.starts(code)
    late.sees("does not work")


@pytest.mark.every_language
async def test_a_second_caregiver_by_role_and_neither_learns_of_the_other(world: World) -> None:
    """Fault 49: a co-parent probing for the other."""
    dana = await world.therapist("Dana")
    ana = await joins(world, await invited(world, dana), "Ana")
    await dana.sends("/families")
    await dana.taps("Mika", dana.newest)
    await dana.taps("Caregiver")
    await dana.taps("father")
    ben = await joins(world, code_of(dana.sees("https://t.me/").text), "Ben")
    dana.sees("Ben (father)")
    await ben.sends("He slept well.")
    [note] = await world.rows(schema.note.select())
    for data in (f"n:{note['id']}:t:win", f"n:{note['id']}:c:{note['child_id']}"):
        await ana.does("presses", data, ana.newest)
    for command in ("/help", "/privacy", "/settings", "/checkin", "/families", "/digest", "/start"):
        await ana.sends(command)
        ana.sees_nothing_of("Ben")
        ana.sees_nothing_of("slept")
    [seat] = [one for one in await world.rows(schema.person.select()) if one["name"] == "Ben"]
    for data in (f"seat:out:{seat['id']}", f"fam:seat:{seat['id']}", f"fam:child:{note['child_id']}", "fam:page:0"):
        await ana.does("presses", data, ana.newest)
        ana.sees_nothing_of("Ben")
    assert len(await world.rows(schema.note.select())) == 1
    assert (
        len(await world.db.read(lambda tx: children_of(tx, ben.phone.user_id, Right.CARE, world.clock.now_ms()))) == 1
    )


async def test_hour_days_birth_month_nickname_and_step_are_changed_by_buttons_and_words(world: World) -> None:
    dana = await world.therapist("Dana")
    await invited(world, dana)
    await dana.sends("/families")
    await dana.taps("Mika", dana.newest)
    for button in ("parent", "Hour", "17:30", "Days", "Monday to Friday", "Sat", "Back to"):
        await dana.taps(button, dana.newest if button == "parent" else None)
    await dana.taps("Birth month")
    await dana.taps("2022")
    await dana.taps("May")
    dana.sees("May 2022")
    await dana.taps("She, he, they")
    await dana.taps("she")
    for button in ("Home steps", "A home step"):
        await dana.taps(button)
    await dana.sends("First-then card at bath")
    for button in ("At bath time", "Home steps", "Back to Mika"):
        await dana.taps(button)
    dana.sees("Home steps: First-then card at bath")
    await dana.taps("Nickname")
    await dana.sends("Miki")
    dana.sees("Miki")
    [child] = await world.rows(schema.child.select())
    assert [child[name] for name in ("name", "birth_month", "gender")] == ["Miki", "2022-05", "female"]
    [step] = await world.rows(schema.home_step.select())
    assert (step["text"], step["routine"]) == ("First-then card at bath", "bath")
    [plan] = await world.rows(schema.schedule.select().where(schema.schedule.c.child_id.is_not(None)))
    assert (plan["time"], plan["days"]) == ("17:30", "012345")
    [code] = [one for one in await world.rows(schema.due.select()) if one["schedule_id"] == plan["id"]] or [None]
    assert code is None, "nothing falls due before somebody has joined"


@pytest.mark.every_language
async def test_cut_access_asks_first_and_then_ends_it(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = await joins(world, await invited(world, dana), "Ana")
    await dana.sends("/families")
    await dana.taps("Mika", dana.newest)
    await dana.taps("Ana")
    await dana.taps("Cut access")
    assert dana.newest.all_buttons[0].label.startswith("◀️"), "staying is the first button"
    await dana.taps("Cut access now")
    assert await world.db.read(lambda tx: children_of(tx, ana.phone.user_id, Right.CARE, world.clock.now_ms())) == []


@pytest.mark.every_language
async def test_sixty_families_are_paged(world: World) -> None:
    dana = await world.therapist("Dana")
    [seat] = await world.rows(schema.person.select())

    async def sixty(tx: Any) -> None:
        for number in range(60):
            await inviting.invite_family(tx, seat["id"], f"Kid {number}", "en", "Europe/Berlin", world.clock.now_ms())

    await world.db.write(sixty)
    await dana.sends("/families")
    dana.sees("60")
    seen = set(dana.newest.labels)
    for _ in range(7):
        await dana.taps("More")
        seen |= set(dana.newest.labels)
    assert len([one for one in seen if "Kid" in one]) == 60
    assert "More ▶️" not in dana.newest.labels


@pytest.mark.every_language
async def test_fault_22_another_therapists_families_stay_closed(world: World) -> None:
    """The button is too old, nothing is shown, nothing changes."""
    dana, eli = await world.therapist("Dana"), await world.therapist("Eli")
    ana = await joins(world, await invited(world, dana), "Ana")
    [child] = await world.rows(schema.child.select())
    [seat] = [one for one in await world.rows(schema.person.select()) if one["kind"] == "caregiver"]
    [plan] = [one for one in await world.rows(schema.schedule.select()) if one["child_id"]]
    await eli.sends("/families")
    eli.sees("No family is with you yet")
    shown = eli.newest
    for data in (
        f"fam:child:{child['id']}",
        f"fam:name:{child['id']}",
        f"fam:add:{child['id']}:father",
        f"fam:born:{child['id']}:2020-01",
        f"fam:words:{child['id']}:male",
        f"fam:seat:{seat['id']}",
        f"fam:link:{seat['id']}",
        f"fam:cancel:{seat['id']}",
        f"fam:role:{seat['id']}:father",
        f"fam:hour:{seat['id']}:{plan['id']}:0600",
        f"fam:days:{seat['id']}:{plan['id']}:0",
        f"fam:out:{seat['id']}",
        f"seat:out:{seat['id']}",
        "fam:child:999999999999999999",
    ):
        await eli.does("presses", data, shown)
        await ana.does("presses", data, ana.newest)
        eli.sees_nothing_of("Mika")
    await eli.sends("Stolen")
    assert [dict(one) for one in await world.rows(schema.child.select())] == [dict(child)]
    [now] = [one for one in await world.rows(schema.person.select()) if one["kind"] == "caregiver"]
    assert dict(now) == dict(seat)
    assert [dict(one) for one in await world.rows(schema.schedule.select()) if one["child_id"]] == [dict(plan)]


@pytest.mark.every_language
async def test_a_parent_cannot_invite(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = await joins(world, await invited(world, dana), "Ana")
    await ana.sends("/invite")
    ana.sees("Only therapists can do that")
    await ana.sends("/families")
    ana.sees("Only therapists can do that")
    await ana.does("presses", "invite:make", ana.newest)
    assert len(await world.rows(schema.child.select())) == 1
