"""Making a digest: read outside the writing transaction, delivered once together with the job's end."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from bot import log
from bot.domain import auditing, digest_period, digests, sending, silence
from bot.domain.digest_facts import Family
from bot.domain.digests import Reader, Why
from bot.house import House
from bot.model import Outgoing, Priority, Screen
from bot.storage import jobs
from bot.storage.database import Database, Row, Tx
from bot.storage.ids import new_id
from bot.text.screens import digest as screens
from bot.text.screens import digest_family, tasks

_log = log.get(__name__)


async def make(db: Database, house: House, job: Row) -> None:
    """One job of the kind "digest". What is left of a crash is the job: it is made again and delivered once."""
    now = house.clock.now_ms()
    wanted = json.loads(job["payload"])
    on, why = date.fromisoformat(wanted["local_date"]), Why(wanted.get("why", Why.DUE))
    due_at, child = wanted["due_at"], wanted.get("child")
    stale_at = wanted.get("stale_at", due_at + digests.STALE_AFTER)
    made = _Wish(job["id"], job["person_id"], on, why, due_at, stale_at, now, child)
    reader, families = await db.read(lambda tx: _read(tx, house, made))
    await db.write(lambda tx: _deliver(tx, house, made, reader, families))


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the job asks for; moments in ms."""

    job: int
    therapist: int
    on: date
    why: Why
    due_at: int
    stale_at: int  # at the latest
    now: int
    child: int | None = None  # the brief before a visit is of one family


async def _read(tx: Tx, house: House, wish: _Wish) -> tuple[Reader | None, list[Family]]:
    reader = await digests.reader(tx, wish.therapist)
    if reader is None:
        return None, []
    asked = (wish.on, reader.timezone, wish.now, house.rules, wish.why)
    return reader, await digests.caseload(tx, wish.therapist, *asked, child=wish.child)


async def _deliver(tx: Tx, house: House, wish: _Wish, reader: Reader | None, families: list[Family]) -> None:
    if not await jobs.finish(tx, wish.job):
        return
    stale_at = 0 if reader is None else min(wish.stale_at, digests.stale_at(reader, wish.due_at, wish.why))
    if reader is None or await digests.reader(tx, reader.person) is None or wish.now >= stale_at:
        _log.info("digest_not_sent", job=wish.job)
        return
    families = await digests.still_treated(tx, reader.person, families, wish.now)
    message = new_id()
    made = await digests.keep(tx, reader.person, wish.on, families, message, wish.now, wish.why)
    screen = await _screen(tx, house, wish, reader, made, families)
    if screen is not None:
        if wish.child is not None:  # the brief shows what was said without a tap
            await auditing.seen(tx, reader.person, wish.child, wish.now)
        sent = Outgoing(message, reader.chat, screen, Priority.DIGEST, expires_at=stale_at)
        await sending.put(tx, [sent], wish.now)


async def _screen(
    tx: Tx, house: House, wish: _Wish, reader: Reader, made: int, families: list[Family]
) -> Screen | None:
    """The caseload; before a visit the one family at once. None where it is not the therapist's any more."""
    voice = house.voice(reader.language, reader.address)
    if wish.child is not None:
        digest = await digests.find(tx, reader.chat, made, wish.now, opens=False)
        page = None if digest is None else await digests.page(tx, digest, wish.child, wish.now, house.rules)
        return None if page is None else digest_family.family(voice, made, page)
    period = digest_period.before(wish.on, reader.timezone, wish.now)
    screen = screens.caseload(voice, made, families, period, again=wish.why is not Why.DUE)
    return tasks.beside(voice, screen, await silence.tasks(tx, reader.person, reader.timezone, wish.now))
