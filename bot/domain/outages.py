"""Times in which we did not hear from Telegram: what they broke, and what is said about it afterwards.

Telegram keeps messages for 24 hours but presses of a button for 150 seconds only: after two minutes without a poll,
every open check-in is offered once more, and after a day people are told that what they sent may be lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import vital_signs, waking
from bot.model import Kind
from bot.storage import checkins, counters, outages
from bot.storage.database import Tx

PRESSES_DIE = 120_000  # ms; presses are gone after 150 s
MESSAGES_DIE = 86_400_000  # ms
MOST = 500


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody whose messages may be lost, in their hours, which end at ``stale_at`` (ms)."""

    chat: int
    language: str
    address: str
    stale_at: int


async def heard(tx: Tx, machine_ms: int, now: int) -> int:
    """Telegram answered at ``machine_ms``, and nothing waits there any more. Returns the length of a gap, or 0."""
    before = await counters.get(tx, vital_signs.LAST_POLL)
    if before is not None and machine_ms <= before:
        return 0
    await vital_signs.polled(tx, machine_ms)
    gap = 0 if before is None else machine_ms - before
    if gap <= PRESSES_DIE:
        return 0
    await checkins.offer_again(tx, now)
    if gap > MESSAGES_DIE:
        await outages.may_have_lost(tx, now - gap)
    return gap


async def to_tell(tx: Tx, now: int) -> list[Told]:
    """Who has to be told now, each once; who sleeps is told in the morning."""
    told: list[Told] = []
    for row in await outages.untold(tx):
        hours = waking.of_therapist(row) if row["kind"] == Kind.THERAPIST else waking.of_caregiver(row)
        if hours.reached(now) and len(told) < MOST:
            told.append(Told(row["account_id"], row["language"], row["address"], waking.asleep(hours, now)))
    await outages.told(tx, [one.chat for one in told])
    return told
