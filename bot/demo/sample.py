"""The family that is there when the page opens: eleven days of the story, and a link that nobody has used."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.demo import tale
from bot.demo.stage import Stage
from bot.simulator import Phone
from bot.simulator.demo import Seat

OPENS = tale.READINGS[2] - timedelta(days=1)  # a Thursday: its digest has just come, and is not read yet
NEWCOMER, CHILD = "Lena", "Juno"
INVITES = OPENS - timedelta(hours=14)  # the evening before
_LINK = re.compile(r"\?start=([\w-]+)")


async def set_up(stage: Stage) -> list[Seat]:
    """Everybody's phone, in the order in which the page shows them first."""
    player = await tale.begin(stage)
    async for _ in tale.tell(stage, player, INVITES):
        pass
    dana = player.phones[tale.THERAPIST]
    code = await _invites(stage, dana)
    async for _ in tale.tell(stage, player, OPENS - timedelta(seconds=1), since=INVITES):
        pass
    await stage.until(OPENS)
    lena = stage.sim.phone(NEWCOMER)
    phones = player.phones
    return [
        Seat(phones["Ana"], "Mika’s mother, Berlin", "Europe/Berlin"),
        Seat(lena, f"{CHILD}’s parent, Berlin", "Europe/Berlin", code),
        Seat(dana, "therapist of all three families", "Europe/Berlin"),
        Seat(phones["Tom"], "Mika’s father, New York", "America/New_York"),
        Seat(phones["Sami"], "Noor’s father, Berlin", "Europe/Berlin"),
    ]


async def _invites(stage: Stage, dana: Phone) -> str:
    """As Dana does it: a command, a nickname, a tap. Returns the code of the link that she is given."""
    dana.sends("/invite")
    await stage.settle()
    dana.sends(CHILD)
    await stage.settle()
    dana.taps_first()
    await stage.settle()
    found = [code for shown in dana.screen for code in _LINK.findall(shown.text)]
    if not found:
        raise ValueError(f"no link came\n{dana.transcript()}")
    return str(found[-1])
