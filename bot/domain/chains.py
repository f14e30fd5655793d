"""A check-in that comes after another: on its day it waits until that one is answered, and then it opens at once."""

from __future__ import annotations

from bot.domain import checkins, templates
from bot.domain.checkins import View
from bot.storage import checkins as stored
from bot.storage.database import Tx
from bot.storage.ids import new_id


async def opened_by(tx: Tx, account: int, done: View, now: int) -> View | None:
    """What waited for this one; None where nothing did. It is open as long as if it had been due now."""
    waiting = await stored.waiting_after(tx, account, done.id, now)
    if waiting is None:
        return None
    template = checkins.template_of(waiting)
    first = templates.next_question(template, {}, checkins.facts_of(waiting))
    assert first is not None  # noqa: S101 - a template has a question; the library is validated at load
    await stored.open_waiting(
        tx,
        waiting["id"],
        question=first.key,
        awaits_words=first.type == "words",
        message=new_id(),
        closes_at=now + template.window_minutes * 60_000,
        late_until=now + template.late_minutes * 60_000,
        at=now,
    )
    return await checkins.view(tx, account, waiting["id"], now)
