"""Nothing that one caregiver does changes what another, not linked with them, can see, export or time.

A random history is lived twice: once by everybody, and once by one of them alone, as if the others had joined and never
touched their phones. That one's phone must show the same, at the same moments, and so must their export say.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.storage import schema
from handlers import strangers
from tests.support.pressing import buttons_of, two_clinics_of_one
from tests.support.world import Person, World, open_world

CAREGIVERS = ("Ana", "Ben", "Carla")  # Ana and Ben for Mika, Carla for Lena
COMMANDS = (
    *("checkin", "milestone", "behaviour", "practice", "goals", "progress", "ask", "meetings", "pause", "settings"),
    *("privacy", "help", "stop", "start", "cancel", "language", "delete_my_data", "export", "hide"),
)
DO = (
    *("first", "first", "first", "button", "button", "command", "command", "says", "sends", "edits", "foreign"),
    *("hides", "right"),
)
HISTORIES, STEPS = 4, 44
PASSES, AWAY = "passes", "away"  # what time does, and a therapist's leave: for everybody
RIGHTS = ("may:{}:own", "may:{}:read", "may:{}:all", "off:{}", "on:{}")  # as the therapist sets them
Step = tuple[str, str, int]  # who, what they do, and a number that makes it definite


def history(dice: random.Random) -> list[Step]:
    steps = [(dice.choice(CAREGIVERS), dice.choice(DO), dice.randrange(10_000)) for _ in range(STEPS)]
    pauses = [("", PASSES, dice.randint(1, 20)) for _ in range(STEPS // 6)]
    leaves = [("", AWAY, dice.randrange(10_000)) for _ in range(2)]
    return dice.sample([*steps, *pauses, *leaves], STEPS + len(pauses) + len(leaves))


async def does(world: World, person: Person, others: list[Person], what: str, number: int) -> None:
    newest = person.phone.newest_with_buttons
    buttons = [one.data for one in newest.all_buttons if one.data] if newest else []
    if what == "command":
        await person.sends(f"/{COMMANDS[number % len(COMMANDS)]}")
    elif what == "says":
        await person.sends(f"{person.phone.name} says {number}")
    elif what == "sends":
        await person.does(("sends_voice", "sends_photo", "blocks", "unblocks", "sends_sticker")[number % 5])
    elif what == "hides" and newest:
        await person.does("presses", "hide:yes", newest)
    elif what == "edits" and (mine := [one for one in person.phone.screen if one.mine and one.kind == "text"]):
        await person.does("edits", mine[number % len(mine)], f"{person.phone.name} meant {number}")
    elif what == "foreign" and newest:
        theirs = [data for one in others for data in buttons_of(world, one)]
        await person.does("presses", random.Random(number).choice(theirs), newest)
    elif what in ("first", "button") and newest and buttons:
        await person.does("presses", buttons[0 if what == "first" else number % len(buttons)], newest)


async def arranges(therapist: Person, seat: int, number: int) -> None:
    """The therapist changes what one caregiver may do."""
    await therapist.does("presses", f"rt:{RIGHTS[number % len(RIGHTS)].format(seat)}", therapist.newest)


async def goes(world: World, therapist: Person, stand_in: int, number: int) -> None:
    """On leave from today on for some days, a colleague standing in; or back again."""
    if number % 3 == 0 and (planned := await world.rows(schema.absence.select())):
        await therapist.does("presses", f"aw:end:{planned[0]['id']}", therapist.newest)
        return
    today = world.clock.now().date()
    days = f"{today}:{today + timedelta(days=number % 5)}"
    await therapist.does("presses", f"aw:with:{days}:{stand_in}", therapist.newest)
    await world.tick()


async def lived(steps: list[Step], watched: str) -> list[Any]:
    """What that caregiver saw at which moment, and what their export says at the end."""
    strangers._heard.clear()  # one who is suspended is a stranger, and the life before is not this one
    with TemporaryDirectory() as folder:
        async with open_world(Path(folder)) as world:
            dana, ana, ben, eva, carla = await two_clinics_of_one(world)
            people = dict(zip(CAREGIVERS, (ana, ben, carla), strict=True))
            seats = {row["name"]: row["id"] for row in await world.rows(schema.person.select())}
            for who, what, number in steps:
                if what == PASSES:
                    await world.passes(hours=number)
                elif what == AWAY:
                    await goes(world, dana, seats["Eva"], number)
                elif what == "right":
                    await arranges(eva if who == "Carla" else dana, seats[who], number)
                else:
                    others = [one for name, one in people.items() if name != who]
                    await does(world, people[who], others, what, number)
            for therapist in (dana, eva):  # who reads of all of them, shows none of it to the others
                await therapist.sends("/digest")
                await therapist.taps_first()
            await world.passes(hours=30)
            return [await copied(world, people[watched]), *seen(people[watched])]


def seen(person: Person) -> list[Any]:
    shown = [
        (one.date, one.edit_date, one.mine, one.kind, re.sub("^/start .+", "", one.text), one.labels, one.reactions)
        for one in person.phone.screen
    ]
    return [*shown, *((one.text, one.show_alert) for one in person.phone.answers)]


async def copied(world: World, person: Person) -> Any:
    """Their own copy, numbers and all: they do not count what others gave."""
    await person.does("unblocks")
    await person.sends("/start")
    await person.sends("/export")
    await world.tick()
    papers = [one for one in person.phone.screen if one.kind == "document" and not one.mine]
    contents = [world.sim.world.files.get(one.file_id).data for one in papers]
    found = [one for one in contents if one.startswith(b"{")]
    return [json.loads(re.sub(rb'"file_id": "[^"]+"', b'"file_id": ""', one)) for one in found]  # Telegram's own


@settings(max_examples=HISTORIES, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
@given(seed=st.integers(0, 2**32), watched=st.sampled_from(CAREGIVERS))
def test_fault_49_nothing_that_one_caregiver_does_shows_at_another(seed: int, watched: str) -> None:
    """Random histories, lived with and without the others: chat, export and times of the watched one are the same."""
    steps = [step for step in history(random.Random(seed)) if step[:2] != (watched, "foreign")]
    alone = [step for step in steps if step[0] in ("", watched)]
    assert asyncio.run(lived(steps, watched)) == asyncio.run(lived(alone, watched))
