"""Buttons that were forged, that belong to somebody else, or that are older than the permission behind them."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest

from bot.domain import staff
from bot.storage import schema
from tests.support.safety import exported, safe
from tests.support.world import Person, World

CANARY = "canary: she built a tower"
# What belongs to no family, and what a press may leave behind of itself.
ASIDE = {"handled", "outbox", "copy", "counter", "account"}
TARGET = re.compile(r":[1-9]\d*(:|$)")  # names a row; what goes without one is everybody's own


async def two_clinics_of_one(world: World) -> tuple[Person, Person, Person, Person, Person]:
    """Dana with Ana and Ben for Mika; Eva with Carla for Lena."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    [child] = await exported(world)
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=child["id"])
    eva = await world.therapist("Eva")
    carla = await world.parent_of(eva, "Carla", "Lena")
    return dana, ana, ben, eva, carla


async def lives(world: World, dana: Person, ana: Person) -> None:
    """A few days in which most screens are shown."""
    await ana.sends("/checkin")
    await ana.taps("Hard")
    await ana.taps("Tired")
    await ana.sends(CANARY)
    await ana.taps("A question")
    await ana.does("sends_voice")
    await ana.taps("Yes, keep it")
    for command in ("/settings", "/privacy", "/help", "/milestone"):
        await ana.sends(command)
    await ana.taps("Urgent help")
    await dana.taps("Open")
    await world.passes(days=2)
    for command in ("/families", "/plan", "/invite", "/digest"):
        await dana.sends(command)
    await through(dana, "Mika")
    for label in ("Mika", "Ana (parent)"):
        await dana.sends("/families")
        if label != "Mika":
            await dana.taps("Mika")
        await through(dana, label)


async def through(person: Person, label: str) -> None:
    """That button, and each of those behind it once."""
    await person.taps(label)
    shown = person.newest
    for button in shown.all_buttons:
        if button.data and not button.data.startswith(("seat:out", "fam:out")):
            await person.does("presses", button.data, shown)


def buttons_of(world: World, person: Person) -> list[str]:
    """The data of every button that this phone ever showed."""
    found: dict[str, None] = {}
    for call in world.sim.calls:
        if call.chat_id == person.phone.user_id and "reply_markup" in call.params:
            markup = call.params["reply_markup"]
            rows = (json.loads(markup) if isinstance(markup, str) else markup).get("inline_keyboard", [])
            found |= {button["callback_data"]: None for row in rows for button in row if "callback_data" in button}
    return list(found)


async def everything(world: World) -> dict[str, list[dict[str, Any]]]:
    tables = [table for table in schema.metadata.sorted_tables if table.name not in ASIDE]
    return {table.name: await world.rows(table.select()) for table in tables}


async def press_all(world: World, person: Person, data: list[str]) -> None:
    """In one burst, as no finger could."""
    answered = len(person.phone.answers)
    for one in data:
        person.phone.presses(one, 1)
    await world.settle()
    assert len(person.phone.answers) == answered + len(data)


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
    """From the next press on: nothing changes, nothing of the family is shown any more."""
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
    data = buttons_of(world, late)
    before = await everything(world)
    edits = len(world.sim.calls)
    await press_all(world, late, data)
    assert await everything(world) == before
    shown = [json.dumps(call.params, ensure_ascii=False) for call in list(world.sim.calls)[edits:]]
    assert not [one for one in shown if "canary" in one or "Mika" in one]
    assert max(one.message_id for one in late.screen) == last
    await safe(world, "Mika", "Lena", "canary")


async def test_fault_22_a_stale_answer_changes_nothing_and_says_so(world: World) -> None:
    """A button of a question that was answered, pressed under an old copy: the answer stays, the line is kind."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    await ana.sends("/checkin")
    old = [button.data for button in ana.newest.all_buttons if button.data and ":a:" in button.data]
    await ana.taps("Good")
    before = await everything(world)
    await press_all(world, ana, old)
    assert await everything(world) == before
    assert ana.phone.answers[-1].text == "This question was answered already."
    await safe(world, "Mika")


NUMBERS = ("0", "1", "7", "9223372036854775807", "9223372036854775808", "9999999999999999999", "٣", "00", "-1", "")
WORDS = (
    "a",
    "k",
    "day",
    "good",
    "yes",
    "no",
    "voice",
    "win",
    "t",
    "c",
    "2027-02-30",
    "Europe/../etc",
    "\n",
    "'",
    "\ud800",
)
AREAS = (
    "c",
    "for",
    "digest",
    "fam",
    "do",
    "invite",
    "leave",
    "k",
    "n",
    "plan",
    "privacy",
    "rest",
    "set",
    "join",
    "setup",
)
VERBS = ("a", "l", "k", "r", "checkin", "hour", "days", "child", "seat", "page", "tz", "next", "agree", "pause", "out")


@pytest.mark.parametrize("seed", range(3))
async def test_fault_22_forged_data_is_answered_and_changes_nobody_else(world: World, seed: int) -> None:
    """Any text of 64 bytes: no error, no dead update, each press is answered."""
    dana, ana, _ben, _eva, carla = await two_clinics_of_one(world)
    dice = random.Random(seed)
    world.odd_updates = True
    for person in (ana, dana, carla, world.person("Sam")):
        forged = [
            ":".join(
                [
                    dice.choice((*AREAS, "urgent", "seat")),
                    *(dice.choice((VERBS, NUMBERS, WORDS)[dice.randrange(3)]) for _ in range(dice.randrange(5))),
                ]
            )
            for _ in range(150)
        ]
        await press_all(world, person, [*forged, "", ":", "c:" * 20, "\0", "☃" * 21])
    assert [row["error"] for row in await world.rows(schema.dead_update.select())] == []
    ana.sees_nothing_of("Lena")
    carla.sees_nothing_of("Mika")
    await safe(world, "Mika", "Lena")
