"""Every half minute: caregivers who are to be told of a goal, each alone, outside their quiet hours."""

from __future__ import annotations

from bot.domain import accounts, cards, goal_ratings, goal_telling, sending
from bot.domain.goal_telling import Told
from bot.house import House
from bot.model import Outgoing, Priority, Screen
from bot.storage.database import Database, Tx
from bot.text.screens import goals as screens
from schedules import groups


async def tick(db: Database, house: House) -> int:
    """Returns how many were told."""
    return await groups.each(db, lambda tx: _tell(tx, house))


async def _tell(tx: Tx, house: House) -> tuple[int, bool]:
    now = house.clock.now_ms()
    told, more = await goal_telling.due(tx, now)
    for one in told:
        screen = await _screen(tx, house, one, now)
        outgoing = Outgoing(one.message, one.row["account_id"], screen, Priority.PROMPT, expires_at=one.stale_at)
        await sending.put(tx, [outgoing], now)
        if one.row["kind"] == "reached":
            row = one.row
            await cards.wish_reached(tx, row["person_id"], row["child_id"], one.goal.id, one.stale_at, now)
    return len(told), more


async def _screen(tx: Tx, house: House, told: Told, now: int) -> Screen:
    row, goal = told.row, told.goal
    voice = house.voice(row["language"], row["address"], row["gender"])
    child, name = row["child_name"], row["therapist_name"] or voice.plain("role-other")
    if row["kind"] == "reached":
        return screens.reached(voice, child, goal)
    if row["kind"] == "starter":
        return screens.starter(voice, child, goal, row["person_id"], told.turn)
    seat = await accounts.seat(tx, row["person_id"])
    ratings = await goal_ratings.of_seat(tx, seat.id, goal.child, now)
    return screens.proposal(voice, child, name, screens.one(voice, goal, seat, name, ratings))
