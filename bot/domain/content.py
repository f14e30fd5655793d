"""What may be sent to a caregiver beside questions, of the bot's own accord: little, and nothing while they rest.

What a person wrote, a visit, a goal to agree on, and all that answers a tap is never held back by it.
"""

from __future__ import annotations

from bot.domain import schedule
from bot.domain.checkins import View
from bot.model import CheckInState
from bot.storage import content as stored
from bot.storage import people, rests, seats
from bot.storage.database import Tx

DAY = 86_400_000
WEEK, MONTH = 7 * DAY, 30 * DAY
STARTER, WIN = "starter", "win"
AFTER = ("pulse", "weekly")  # what leads on to a word about small wins
HARD = frozenset({"very_hard", "hard", "harder", "much_harder", "very_stretched"})


async def may_send(tx: Tx, person: int, kind: str, now: int) -> bool:
    """Whether one more of those messages fits into their week; if so it counts."""
    seat, (_, most) = await people.seat(tx, person), await seats.caps(tx, person)
    if seat is None or await stored.is_silent(tx, person):
        return False
    today, _ = schedule.local_now(now, seat.timezone)
    if await rests.current(tx, person, today) is not None or await stored.sent_since(tx, person, now - WEEK) >= most:
        return False
    await stored.send(tx, person, kind, now, now - MONTH)
    return True


async def asks_for_wins(tx: Tx, account: int, view: View, now: int) -> int | None:
    """Once a month, after a check-in that is done: the child of whom something new may be told. None: not now.

    Never after a hard day, and not to whom tells of wins, or is asked for them, anyway.
    """
    if not view.just_done or not view.scheduled or view.state is not CheckInState.DONE:
        return None
    if view.template.family not in AFTER or HARD & {str(one.value) for one in view.answers.values()}:
        return None
    whose = await stored.quiet_about_wins(tx, account, view.id, now - MONTH, now)
    if whose is None or not await may_send(tx, whose["person_id"], WIN, now):
        return None
    return int(whose["child_id"])
