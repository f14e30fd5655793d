"""What needs more computing than a handler may take: one job after another, each finished in its own transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot import log
from bot.domain import cards as card_domain
from bot.domain import digests as digest_domain
from bot.domain import escalating, leaving, reporting
from bot.house import House
from bot.storage import jobs
from bot.storage.database import Database, Row, Unavailable
from schedules import cards, digests, exports, mails, reports

_log = log.get(__name__)

Make = Callable[[Database, House, Row], Awaitable[None]]
KINDS: Mapping[str, Make] = {
    digest_domain.KIND: digests.make,
    leaving.KIND: exports.make,
    card_domain.KIND: cards.make,
    escalating.MAIL: mails.make,
    reporting.CHART: reports.chart,
    reporting.REPORT: reports.report,
}


async def tick(db: Database, house: House) -> int:
    """Everything that waits, oldest first; returns how many were made.

    A job that fails comes back after a while, at most `jobs.MOST_TRIES` times; the others do not wait for it.
    """
    made = 0
    while await db.read(lambda tx: jobs.waiting(tx, house.clock.machine_ms())):
        job = await db.write(lambda tx: jobs.claim(tx, house.clock.machine_ms()))
        made += job is not None and await _one(db, house, job)
    return made


async def _one(db: Database, house: House, job: Row) -> bool:
    try:
        await KINDS[job["kind"]](db, house, job)
    except Unavailable:
        raise  # the database, not the job: everything waits for the next tick
    except Exception as error:  # noqa: BLE001 - whatever it is, it costs only this job
        last = job["tries"] + 1 >= jobs.MOST_TRIES
        _log.error("job_failed", job=job["id"], kind=job["kind"], error=type(error).__name__, given_up=last)
        if last:
            await db.write(lambda tx: jobs.fail(tx, job["id"]))
        return False
    return True
