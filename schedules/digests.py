"""Making a digest: read outside the writing transaction, delivered once together with the job's end."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from bot import log
from bot.domain import digest_period, digests, sending, silence
from bot.domain.digest_facts import Family
from bot.domain.digests import Reader, Why
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
    made = _Wish(job["id"], job["person_id"], on, Why(wanted.get("why", Why.DUE)), stale_at, now)
    reader, families = await db.read(lambda tx: _read(tx, house, made))
    await db.write(lambda tx: _deliver(tx, house, made, reader, families))


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the job asks for; moments in ms."""

    job: int
    therapist: int
    on: date
    why: Why
    stale_at: int
    now: int


async def _read(tx: Tx, house: House, wish: _Wish) -> tuple[Reader | None, list[Family]]:
    reader = await digests.reader(tx, wish.therapist)
    if reader is None:
        return None, []
    asked = (wish.on, reader.timezone, wish.now, house.rules, wish.why)
    return reader, await digests.caseload(tx, wish.therapist, *asked)


async def _deliver(tx: Tx, house: House, wish: _Wish, reader: Reader | None, families: list[Family]) -> None:
    if not await jobs.finish(tx, wish.job):
        return
    if reader is None or await digests.reader(tx, reader.person) is None or wish.now >= wish.stale_at:
        _log.info("digest_not_sent", job=wish.job)
        return
    families = await digests.still_treated(tx, reader.person, families, wish.now)
    message = new_id()
    made = await digests.keep(tx, reader.person, wish.on, families, message, wish.now, wish.why)
    period = digest_period.before(wish.on, reader.timezone, wish.now)
    voice = house.voice(reader.language, reader.address)
    screen = screens.caseload(voice, made, families, period, again=wish.why is not Why.DUE)
    screen = tasks.beside(voice, screen, await silence.tasks(tx, reader.person, reader.timezone, wish.now))
    await sending.put(tx, [Outgoing(message, reader.chat, screen, Priority.DIGEST, expires_at=wish.stale_at)], wish.now)
