"""Buttons that belong to somebody else, or that are older than the permission behind them."""

from __future__ import annotations

import json
import re

import pytest

from bot.domain import staff
from bot.storage import schema
from tests.support.pressing import buttons_of, everything, lives, press_all, two_clinics_of_one
from tests.support.safety import safe
from tests.support.world import World

TARGET = re.compile(r":[1-9]\d*(:|$)")  # names a row; what goes without one is everybody's own


@pytest.mark.parametrize("who", ["co-parent", "other parent", "other therapist", "stranger"])
async def test_fault_22_nobody_reads_or_changes_anything_with_somebody_elses_buttons(world: World, who: str) -> None:
    """Each button Ana or Dana ever had, pressed by another: nothing changes, nothing is seen, each is answered."""
    dana, ana, ben, eva, carla = await two_clinics_of_one(world)
    await lives(world, dana, ana)
    stranger = world.person("Sam")
    await stranger.sends("hello")
    forger = {"co-parent": ben, "other parent": carla, "other therapist": eva, "stranger": stranger}[who]
    theirs = set(buttons_of(world, forger))
    data = [one for one in [*buttons_of(world, ana), *buttons_of(world, dana)] if TARGET.search(one)]
    data = [one for one in data if one not in theirs and not one.startswith("urgent:ask")]
    assert len({one.split(":")[0] for one in data}) >= 6
    before = await everything(world)
    await press_all(world, forger, data)
    assert await everything(world) == before
    for secret in ("canary", "Ana", *(("Mika",) if forger is not ben else ())):
        forger.sees_nothing_of(secret)
    await safe(world, "Mika", "Lena", "canary")


async def test_fault_22_urgent_help_under_a_foreign_check_in_is_ones_own(world: World) -> None:
    """Whoever presses it is helped, and their own therapist told; the other family is not touched."""
    dana, ana, _ben, eva, carla = await two_clinics_of_one(world)
    await lives(world, dana, ana)
    data = [one for one in buttons_of(world, ana) if one.startswith("urgent:ask")]
    alerts = len(await world.rows(schema.alert.select()))
    await press_all(world, carla, data[:1])
    carla.sees("call now")
    eva.sees("Urgent help")
    new = (await world.rows(schema.alert.select()))[alerts:]
    assert {row["person_id"] for row in new} == {
        row["id"] for row in await world.rows(schema.person.select()) if row["name"] == "Carla"
    }
    await safe(world, "Mika", "Lena")


@pytest.mark.parametrize("ended", ["caregiver put out", "therapist removed", "agreement taken back"])
async def test_fault_22_a_button_older_than_its_permission_does_nothing(world: World, ended: str) -> None:
    """From the next press on: nothing changes, nothing of the family is shown any more. Urgent help stays open, and so
    do the screens of what they gave themselves (test_still_theirs).
    """
    dana, ana, _ben, _eva, _carla = await two_clinics_of_one(world)
    await lives(world, dana, ana)
    ids = {row["name"]: row["id"] for row in await world.rows(schema.person.select())}
    late = dana if ended == "therapist removed" else ana
    if ended == "caregiver put out":
        await dana.does("presses", f"seat:out:{ids['Ana']}", 1)
    elif ended == "therapist removed":
        now = world.clock.now_ms()
        await world.db.write(lambda tx: staff.remove(tx, ids["Dana"], now))
    else:
        await ana.sends("/privacy")
        await ana.taps("Take back my agreement")
        await ana.taps("Yes, end it")
    last = max(one.message_id for one in late.screen)
    theirs = () if late is dana else ("privacy:", "leave:", "do:privacy", "do:export", "do:delete_my_data")
    data = [one for one in buttons_of(world, late) if not one.startswith(("urgent:ask", *theirs))]
    before = await everything(world)
    edits = len(world.sim.calls)
    await press_all(world, late, data)
    assert await everything(world) == before
    shown = [json.dumps(call.params, ensure_ascii=False) for call in list(world.sim.calls)[edits:]]
    assert not [one for one in shown if "canary" in one or "Mika" in one]
    assert max(one.message_id for one in late.screen) == last
    await safe(world, "Mika", "Lena", "canary")
