"""/settings: a therapist's working hours, and the days on which a family is left alone; the next moment at once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.storage import schema
from bot.storage.people import load_account
from tests.support.families import at, family
from tests.support.world import Person, World

pytestmark = pytest.mark.every_language


async def seat(world: World, person: Person) -> Any:
    account = await world.db.read(lambda tx: load_account(tx, person.phone.user_id))
    assert account is not None
    return account.people[0]


async def presses(person: Person, *data: str) -> None:
    """Buttons whose names a language writes in its own way."""
    for one in data:
        shown = next(shown for shown in reversed(person.screen) if one in [button.data for button in shown.all_buttons])
        await person.does("presses", one, shown)


async def reasons(world: World) -> list[tuple[str, str, str]]:
    rows = await world.rows(schema.check_in.select().order_by(schema.check_in.c.local_date))
    return [(row["local_date"][5:], row["slot"], row["state_reason"]) for row in rows]


async def test_a_therapists_working_hours_are_two_taps_and_what_waits_comes_in_the_new_ones(world: World) -> None:
    dana = await world.therapist("Dana")
    await world.until(at("2027-03-02 22:00"))
    await world.parent_of(dana, "Ana", "Mika")
    await dana.sends("/settings")
    dana.sees("Working hours: 07:30 to 21:30")
    assert not [one for one in dana.buttons if "Quiet hours" in one]
    await dana.taps("Working hours")
    await dana.taps("05:00")
    await dana.taps("17:00")
    dana.sees("Working hours: 05:00 to 17:00")
    await world.until(at("2027-03-03 04:59"))
    dana.sees_nothing_of("joined for Mika")
    await world.until(at("2027-03-03 05:01"))
    dana.sees("joined for Mika")


async def test_a_therapists_weekend(world: World) -> None:
    dana = await world.therapist("Dana")
    await dana.sends("/settings")
    await dana.taps("Days off")
    assert not [one for one in dana.buttons if "Holidays" in one]
    await presses(dana, "free:week", "free:week:456")
    assert (await seat(world, dana)).weekend == "456"
    await dana.taps("As in the country")
    assert (await seat(world, dana)).weekend == ""
    await dana.does("presses", "free:feasts:easter", dana.newest)
    assert (await seat(world, dana)).feasts == ""


async def test_a_holiday_is_a_tap_and_the_next_question_comes_after_it(world: World) -> None:
    _dana, ana = await family(world)
    await world.until(at("2027-03-08 20:00"))
    await ana.sends("/settings")
    await ana.taps("Days off")
    ana.sees("Holidays: none yet")
    await ana.taps_first()
    await ana.taps("Eid al-Fitr")
    assert "19:30" in ana.toasts[-1]
    assert "12" in ana.toasts[-1]
    await ana.taps("Days off")
    ana.sees("Eid al-Fitr from")
    await world.until(at("2027-03-12 20:00"))
    assert [one for one in await reasons(world) if one[0] > "03-08"][:3] == [
        ("03-09", "19:30", "holiday"),
        ("03-10", "19:30", "holiday"),
        ("03-11", "19:30", "holiday"),
    ]


async def test_a_fasting_month_has_its_hour_and_can_begin_a_day_later(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/settings")
    for button in ("Days off", "Fasting month", "20:30"):
        await ana.taps(button)
    assert "20:30" in ana.toasts[-1]
    ana.sees("One question comes, from 20:30 on")
    await ana.taps("A day later")
    assert (await seat(world, ana)).fast == "20:30 2027-02-09 2027-03-09"
    await ana.taps("Another hour")
    await ana.taps("20:00")
    assert (await seat(world, ana)).fast == "20:00 2027-02-09 2027-03-09"
    await ana.taps("We do not fast")
    assert ((await seat(world, ana)).fast, "19:30" in ana.toasts[-1]) == ("", True)


async def test_a_school_break_asks_nothing_and_a_pause_beside_it_does_not_end_it(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/settings")
    await ana.taps("Days off")
    await ana.taps("School breaks")
    await ana.taps_first()
    await presses(ana, "free:first:20270301", "free:last:20270302", "free:add:20270302:20270304")
    ana.sees("School break:")
    assert "5" in ana.toasts[-1]
    await ana.sends("/pause")
    await ana.taps_first()
    await ana.taps("Go on now")
    await world.until(at("2027-03-05 20:00"))
    assert await reasons(world) == [
        *((f"03-0{day}", "19:30", "holiday") for day in (2, 3, 4)),
        ("03-05", "19:30", ""),
    ]
    await ana.sends("/settings")
    await presses(ana, "free:show", "free:breaks", "free:first", "free:first:20270701", "free:last:20270719")
    await presses(ana, "free:last:20270719:20270801", "free:add:20270719:20270830", "free:drop:20270719:20270830")
    rows = await world.rows(schema.rest.select().where(schema.rest.c.kind == "school").order_by(schema.rest.c.id))
    assert [row["ended_at"] is None for row in rows] == [True, False]


async def test_a_plan_of_working_days_follows_the_familys_weekend(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/settings")
    await presses(ana, "free:show", "free:week")
    await ana.taps("Ask on working days only")
    await presses(ana, "free:week", "free:week:256", "free:show", "set:show")
    ana.sees("on working days")
    await world.until(at("2027-03-04 20:00"))
    assert [day for day, _, _ in await reasons(world)] == ["03-02", "03-04"]


async def test_fault_22_forged_days_change_nothing(world: World) -> None:
    """The button is too old, and everything is as it was."""
    dana, ana = await family(world)
    await ana.sends("/settings")
    before = await seat(world, ana)
    for data in (
        "free:week:0123456",
        "free:week:99",
        "free:week:10",
        "free:feasts:nothing",
        "free:fast:2560",
        "free:fast:25",
        "free:moon:7",
        "free:first:20271301",
        "free:last:20270332",
        "free:last:99991201",
        "free:first:00010101",
        "free:add:20270310:20270309",
        "free:add:20270101:20270109",
        "free:add:20270310:20280309",
        "set:hours:0900:0800",
        "set:hours:0700:1800",
    ):
        await ana.does("presses", data, ana.newest)
    await dana.sends("/settings")
    await dana.does("presses", "set:hours:1800:0900", dana.newest)
    assert await seat(world, ana) == before
    assert await world.rows(schema.rest.select()) == []
    assert await world.rows(schema.dead_update.select()) == []
