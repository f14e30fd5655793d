"""What needs more computing than a handler may take: one job after another, each finished in its own transaction.

E-mails of alarms are jobs too, and wait for no other: neither for a paper that is drawn nor for a server that hangs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from bot import log
from bot.domain import cards as card_domain
from bot.domain import digests as digest_domain
from bot.domain import leaving, reporting
from bot.house import House
from bot.storage import jobs
from bot.storage.database import Database, Row, Tx, Unavailable
from schedules import cards, digests, exports, mails, reports

_log = log.get(__name__)

Make = Callable[[Database, House, Row], Awaitable[None]]
KINDS: Mapping[str, Make] = {
    digest_domain.KIND: digests.make,
    leaving.KIND: exports.make,
    card_domain.KIND: cards.make,
    jobs.MAIL: mails.make,
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


async def mail(db: Database, house: House) -> int:
    """Every e-mail that waits, all at once; returns how many went out."""
    machine = house.clock.machine_ms()
    if not await db.read(lambda tx: jobs.waiting(tx, machine, mail=True)):
        return 0
    claimed = await db.write(lambda tx: _claim_mails(tx, machine))
    sent = await asyncio.gather(*(_one(db, house, job) for job in claimed), return_exceptions=True)
    for error in sent:
        if isinstance(error, BaseException):
            raise error
    return sum(map(bool, sent))


async def _claim_mails(tx: Tx, machine: int) -> list[Row]:
    claimed: list[Row] = []
    while job := await jobs.claim(tx, machine, mail=True):
        claimed.append(job)
    return claimed


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
