"""Buttons that were forged, or that are stale."""

from __future__ import annotations

import random

import pytest

from bot.storage import schema
from tests.support.pressing import everything, press_all, two_clinics_of_one
from tests.support.safety import safe
from tests.support.world import World


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


BEYOND = "9" * 19  # more than a row's number can be
NEARLY = (
    *(f"{area}:{BEYOND}{rest}" for area, rest in (("c", ":a:day:good"), ("c", ":k"), ("n", ":t:win"), ("n", ":c:1"))),
    *(f"{area}:{BEYOND}" for area in ("urgent:ask", "urgent:yes", "urgent:open", "for:checkin", "for:milestone")),
    *("rest:pause:2027-02-30", "rest:ill:0000-00-00", "rest:busy:9999-12-31", "rest:pause:1970-01-01"),
    *(
        "set:tz:../../etc/passwd",
        "set:tz:/etc/localtime",
        "set:tz:Europe",
        "setup:hour:1:2459",
        "k:voice:no\n",
        "do:help\n",
    ),
    *(
        "c:1:a",
        "c:1:a:day",
        "c:1:a:day:",
        "c:1:d",
        "c:1:s:nosuch",
        "digest:f:1:1:1",
        "fam:born:1:2027-13",
        "fam:days:1:1",
    ),
)


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
        await press_all(world, person, [*forged, *NEARLY, "", ":", "c:" * 20, "\0", "☃" * 21])
    assert [row["error"] for row in await world.rows(schema.dead_update.select())] == []
    ana.sees_nothing_of("Lena")
    carla.sees_nothing_of("Mika")
    await safe(world, "Mika", "Lena")
