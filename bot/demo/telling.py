"""`demo --story`: two weeks of two families in the terminal, and what the therapist received."""

from __future__ import annotations

import asyncio
import re
import secrets
import tempfile
from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot import log
from bot.clock import SimulatedClock
from bot.demo import tale
from bot.demo.stage import open_stage
from bot.demo.tale import Page
from bot.simulator import Simulator
from bot.simulator.story import Deed, families

WORDS = {
    "join": "opens the link, and joins",
    "pulse": "answers the daily check-in",
    "note": "writes",
    "win": "tells of a small win",
    "correct": "changes the answer",
    "late": "answers a day late",
    "not_today": "says: not with the child today",
}
_LEFT_OUT = re.compile(r" \[.*\]$")


def run(say: Callable[[str], None]) -> int:
    log.configure("error", "text")
    asyncio.run(_tell(say))
    return 0


async def _tell(say: Callable[[str], None]) -> None:
    clock = SimulatedClock(tale.BEGINS, 0.0)
    sim = Simulator(clock=clock.now)
    with tempfile.TemporaryDirectory(prefix="homenotes-story-") as folder:
        url = f"sqlite+aiosqlite:///{folder}/homenotes.db"
        async with (
            sim.serve() as base,
            open_stage(sim, base, clock, url, secrets.token_bytes(32), tale.HERE) as stage,
        ):
            say(f"Two weeks of two families at {tale.HERE.clinic}, as the bot lives them.")
            player = await tale.begin(stage)
            async for event in tale.tell(stage, player, tale.READINGS[-1]):
                for line in _page(event) if isinstance(event, Page) else [_deed(event)]:
                    say(line)
    say("")
    say(f"{sum(len(phone.screen) for phone in sim.phones)} messages stand on {len(sim.phones)} phones. That was all.")


def _deed(deed: Deed) -> str:
    zone = next((row["timezone"] for row in families() if row["caregiver"] == deed.who), tale.HERE.timezone)
    local = deed.at.astimezone(ZoneInfo(zone))
    detail = _detail(_LEFT_OUT.sub("", deed.detail))
    return f"{local:%a %d %b %H:%M}  {deed.who:5} {WORDS[deed.action]}{': ' if detail else ''}{detail}"


def _detail(told: str) -> str:
    """`day=Good; say=Skip` as people would say it."""
    answers = told.partition(": ")[2] if told.startswith("for ") else told
    if "=" not in answers:
        return answers
    said = [part.partition("=") for part in answers.split("; ")]
    return " · ".join(_said(key, value) for key, _, value in said if value != "Skip")


def _said(key: str, value: str) -> str:
    if key in ("say", "well", "did") and not value.startswith("Voice "):
        return f"“{value}”"
    return value if key in ("day", "say") else f"{key}: {value}"


def _page(page: Page) -> list[str]:
    """What Dana reads, set off from what happens at home."""
    local = page.at.astimezone(ZoneInfo(tale.HERE.timezone))
    lines = ["", f"{local:%a %d %b %H:%M}  {tale.THERAPIST} reads her digest"]
    for text in page.texts:
        lines += ["  ┌", *(f"  │ {line}".rstrip() for line in text.splitlines() if line.strip()), "  └"]
    return [*lines, ""]
