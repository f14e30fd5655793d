"""Making a digest: read outside the writing transaction, delivered once together with the job's end."""

from __future__ import annotations

import json
from datetime import date

from bot import log
from bot.domain import digest_period, digests, sending, silence
from bot.domain.digest_facts import Family
from bot.domain.digests import Reader
from bot.house import House
from bot.model import Outgoing, Priority
from bot.storage import jobs
from bot.storage.database import Database, Row, Tx
from bot.storage.ids import new_id
from bot.text.screens import digest as screens
from bot.text.screens import tasks

_log = log.get(__name__)


async def make(db: Database, house: House, job: Row) -> None:
    """One job of the kind "digest". What is left of a crash is the job: it is made again and delivered once."""
    now = house.clock.now_ms()
    wanted = json.loads(job["payload"])
    on, stale_at = date.fromisoformat(wanted["local_date"]), wanted["due_at"] + digests.STALE_AFTER
    reader, families = await db.read(lambda tx: _read(tx, job["person_id"], on, now))
    await db.write(lambda tx: _deliver(tx, house, job["id"], reader, on, families, stale_at, now))


async def _read(tx: Tx, therapist: int, on: date, now: int) -> tuple[Reader | None, list[Family]]:
    reader = await digests.reader(tx, therapist)
    if reader is None:
        return None, []
    return reader, await digests.caseload(tx, therapist, on, reader.timezone, now)


async def _deliver(
    tx: Tx, house: House, job: int, reader: Reader | None, on: date, families: list[Family], stale_at: int, now: int
) -> None:
    if not await jobs.finish(tx, job):
        return
    if reader is None or await digests.reader(tx, reader.person) is None or now >= stale_at:
        _log.info("digest_not_sent", job=job)
        return
    families = await digests.still_treated(tx, reader.person, families, now)
    message = new_id()
    made = await digests.keep(tx, reader.person, on, families, message, now)
    voice = house.voice(reader.language, reader.address)
    screen = screens.caseload(voice, made, families, digest_period.before(on, reader.timezone, now))
    screen = tasks.beside(voice, screen, await silence.tasks(tx, reader.person, reader.timezone, now))
    await sending.put(tx, [Outgoing(message, reader.chat, screen, Priority.DIGEST, expires_at=stale_at)], now)
