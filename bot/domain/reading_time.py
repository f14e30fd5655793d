"""Who reads what a family sends, and when: said with each note, so that nobody waits for an answer tonight."""

from __future__ import annotations

from bot.domain import schedule
from bot.storage import people
from bot.storage.database import Tx


async def next_reader(tx: Tx, child_id: int, now: int) -> tuple[str, int | None] | None:
    """The first therapist's name and the moment of the next digest (ms), None where none is planned."""
    therapists = await people.therapists_of(tx, child_id, now)
    if not therapists:
        return None
    reader = therapists[0]
    plans = [plan for plan in await schedule.of_person(tx, reader.id) if plan["template"] == schedule.DIGEST]
    moments = [at for plan in plans if (at := await schedule.next_moment(tx, plan["id"])) is not None]
    return reader.name, min(moments, default=None)
