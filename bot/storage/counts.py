"""How much there is of everything, for `status`."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.model import Right
from bot.storage import counters, explaining
from bot.storage.database import Tx
from bot.storage.may import stands
from bot.storage.schema import HEAD, access, check_in, child, dead_update, digest, look, outbox, person

LAST_POLL = "last_poll_ms"  # the counter with the machine's time of the last good poll

_VALID = stands(access)
_TOTALS = sa.select(
    sa.select(sa.func.count()).select_from(child).scalar_subquery().label("families"),
    sa.select(sa.func.count())
    .select_from(person)
    .where(person.c.kind == "therapist", person.c.removed_at.is_(None))
    .scalar_subquery()
    .label("therapists"),
    sa.select(sa.func.count(sa.distinct(access.c.person_id)))
    .select_from(access.join(person, person.c.id == access.c.person_id))
    .where(access.c.right == Right.CARE.value, _VALID, person.c.joined_at.is_not(None))
    .scalar_subquery()
    .label("caregivers_joined"),
    sa.select(sa.func.count())
    .select_from(check_in)
    .where(check_in.c.state == "open")
    .scalar_subquery()
    .label("open_checkins"),
    sa.select(sa.func.count()).select_from(dead_update).scalar_subquery().label("dead_updates"),
    sa.select(sa.func.count()).select_from(digest).scalar_subquery().label("digests"),
    sa.select(sa.func.count())
    .select_from(digest)
    .where(digest.c.opened_at.is_not(None))
    .scalar_subquery()
    .label("digests_opened"),
    sa.select(sa.func.count()).select_from(look).scalar_subquery().label("families_opened"),
)
_BY_ZONE = (
    sa.select(person.c.timezone, sa.func.count(sa.distinct(access.c.child_id)).label("families"))
    .select_from(access.join(person, person.c.id == access.c.person_id))
    .where(
        access.c.right == Right.CARE.value,
        _VALID,
        person.c.joined_at.is_not(None),
        person.c.removed_at.is_(None),
    )
    .group_by(person.c.timezone)
    .execution_options(apart=True)
)
_OUTBOX = sa.select(outbox.c.state, sa.func.count().label("n")).group_by(outbox.c.state).order_by(outbox.c.state)


async def status(tx: Tx, machine_ms: int, now: int) -> dict[str, Any]:
    """The contract's counts: ``outbox`` is {state: n}; ``last_poll_age_s`` is null where none was ever good,
    ``last_backup_age_s`` where no daily one was made, ``backup_hook`` where none ever ran.

    Of the last day: ``prompts``, how late they came, and ``reasons``, why check-ins ended without an answer.
    """
    totals = await tx.row(_TOTALS, {"now": now})
    polled = await counters.get(tx, LAST_POLL)
    handed_on = await counters.get(tx, counters.BACKUP_HOOK)
    backed_up = await counters.get(tx, counters.LAST_BACKUP)
    return {
        **({name: int(totals[name]) for name in totals.keys()} if totals else {}),  # noqa: SIM118 - rows list values
        "outbox": {str(row["state"]): int(row["n"]) for row in await tx.rows(_OUTBOX)},
        "prompts": await _prompts(tx, machine_ms),
        "reasons": await explaining.reasons(tx, machine_ms),
        "last_poll_age_s": None if polled is None else max(0, (machine_ms - polled) // 1000),
        "last_backup_age_s": None if backed_up is None else max(0, (machine_ms - backed_up) // 1000),
        "backup_hook": None if handed_on is None else "done" if handed_on else "failed",
        "schema": HEAD,
    }


async def families_by_zone(tx: Tx, now: int) -> dict[str, int]:
    """How many children are cared for by somebody whose clock stands there."""
    return {row["timezone"]: int(row["families"]) for row in await tx.rows(_BY_ZONE, {"now": now})}


async def _prompts(tx: Tx, machine_ms: int) -> dict[str, int | None]:
    """How many arrived, and within how many ms after their hour: half of them, and all but one of a hundred."""
    late = await explaining.lateness(tx, machine_ms)
    middle, most = (late[(len(late) - 1) * share // 100] if late else None for share in (50, 99))
    return {"sent": len(late), "late_p50_ms": middle, "late_p99_ms": most}
