"""Two families in one clinic, and every button they were ever shown."""

from __future__ import annotations

import json
from typing import Any

from bot.storage import schema
from tests.support.safety import exported
from tests.support.world import Person, World

CANARY = "canary: she built a tower"
# What belongs to no family, and what a press may leave behind of itself.
ASIDE = {"audit", "handled", "outbox", "copy", "counter", "account", "silence"}


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
