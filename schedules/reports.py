"""Drawing a chart or a report: read and drawn outside the writing transaction, delivered with the job's end.

Should a right end while it is drawn, nothing of it is delivered; should something be erased, it is drawn again.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from bot import log
from bot.domain import auditing, reporting, sending
from bot.domain.auditing import What
from bot.domain.reporting import Material
from bot.house import House
from bot.model import Kind, Outgoing, Screen
from bot.reports.workshop import NotMade
from bot.storage import jobs
from bot.storage.database import Database, Row, Tx
from bot.storage.ids import new_id
from bot.text.catalogue import Voice
from bot.text.screens import chart as chart_screens
from bot.text.screens import report as report_screens

_log = log.get(__name__)


async def chart(db: Database, house: House, job: Row) -> None:
    """One job of the kind "chart"."""
    await _make(db, house, job, "twelve_weeks", chart_screens.chart, chart_screens.picture)


async def report(db: Database, house: House, job: Row) -> None:
    """One job of the kind "report"."""

    def paper(voice: Voice, made: Material) -> object:
        return report_screens.paper(voice, made, house.clinic)

    await _make(db, house, job, "report", paper, report_screens.document)


async def _make(
    db: Database,
    house: House,
    job: Row,
    drawing: str,
    asks: Callable[[Voice, Material], object],
    shows: Callable[[Voice, Material, bytes], Screen],
) -> None:
    now, wanted = house.clock.now_ms(), json.loads(job["payload"])

    async def read(tx: Tx) -> tuple[int, Material | None]:
        entry = await auditing.newest(tx)
        return entry, await reporting.material(tx, job["person_id"], wanted["child"], wanted["period"], now)

    entry, made = await db.read(read)
    screen = None
    if made is not None:
        voice = house.voice(made.reader.language, made.reader.address)
        try:
            screen = shows(voice, made, await house.workshop.make(drawing, asks(voice, made)))
        except NotMade as error:
            if job["tries"] + 1 < jobs.MOST_TRIES:
                raise
            _log.error("not_drawn", job=job["id"], what=str(error))
            screen = chart_screens.sorry(voice)

    async def deliver(tx: Tx) -> None:
        if not await auditing.erased_after(tx, entry):  # else the job comes back after its wait, and reads again
            await _deliver(tx, job["id"], made, screen, now)

    await db.write(deliver)


async def _deliver(tx: Tx, job: int, made: Material | None, screen: Screen | None, now: int) -> None:
    if not await jobs.finish(tx, job) or made is None or screen is None:
        return
    if await reporting.still_allowed(tx, made, now):
        kind = Kind.THERAPIST if made.reader.therapist else Kind.CAREGIVER
        await auditing.note(tx, auditing.of(kind, made.reader.person), What.REPORTED, now, child=made.child["id"])
        await sending.put(tx, [Outgoing(new_id(), made.reader.chat, screen)], now)
