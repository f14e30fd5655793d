"""Cards to look at with the child: for a first time and for a goal that was reached. Drawn as a job, read anew then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain import goals, wins
from bot.model import Child, Person, Right
from bot.storage import jobs, people
from bot.storage import wins as stored
from bot.storage.database import Tx

KIND = "card"
HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Material:
    """``what`` is "win" or "goal"; ``words`` are the family's, or the goal's."""

    chat: int
    seat: Person
    child: Child
    what: str
    words: str
    on: date


async def wish_first(tx: Tx, check_in: int, now: int) -> None:
    """For the small win that this check-in told."""
    row = await stored.whose(tx, "c", check_in)
    if row is not None:
        payload = {"what": "win", "child": row["child_id"], "id": check_in, "until": now + HOUR}
        await jobs.add(tx, KIND, row["person_id"], f"{KIND}:win:{check_in}", payload, now)


async def wish_reached(tx: Tx, person: int, child: int, goal: int, until: int, now: int) -> None:
    """For a goal; ``until`` (ms) their quiet hours begin."""
    payload = {"what": "goal", "child": child, "id": goal, "until": until}
    await jobs.add(tx, KIND, person, f"{KIND}:goal:{goal}:{person}", payload, now)


async def material(tx: Tx, person: int, child: int, what: str, number: int, now: int) -> Material | None:
    """None where it is gone, is not theirs any more, or has no words to put on a card."""
    seat = await people.seat(tx, person)
    if seat is None or seat.telegram_id is None:
        return None
    mine = await people.children_of(tx, seat.telegram_id, Right.CARE, now)
    one = next((found for found, by in mine if found.id == child and by == person), None)
    found = None if one is None else await _words(tx, seat, child, what, number, now)
    return None if one is None or found is None else Material(seat.telegram_id, seat, one, what, *found)


async def _words(tx: Tx, seat: Person, child: int, what: str, number: int, now: int) -> tuple[str, date] | None:
    if what == "win":
        told = await wins.of_seat(tx, seat.id, child, seat.timezone, now)
        win = next((one for one in told if (one.kind, one.id) == ("c", number)), None)
        return None if win is None else (win.text or "", win.on)
    goal = (await goals.of_seat(tx, seat.id, child, now)).goal(number)
    if goal is None or goal.end != "reached" or goal.ended_at is None or goal.proposed is None:
        return None
    return goal.proposed.what, from_ms(goal.ended_at).astimezone(ZoneInfo(seat.timezone)).date()
