"""`demo --weeks FOLDER`: six weeks of three families, and what came of them: digests, charts, reports, exports.

What the bot sent is written as it was sent; only the export is read from the database, as `export` does it, so that
every figure can be looked up.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import log
from bot.clock import SimulatedClock, to_ms
from bot.demo import tale
from bot.demo.stage import Stage, open_stage
from bot.demo.tale import Page
from bot.domain import exporting, exporting_csv, exporting_fhir
from bot.domain.exporting import All
from bot.simulator import Phone, Simulator
from bot.simulator.story import SIX_WEEKS, families
from bot.storage.database import Tx
from bot.text.screens import forms

READINGS = [tale.READINGS[0] + timedelta(weeks=week) for week in range(6)]  # Fridays, a minute after the digest
ENDS = tale.DAY_ONE.replace(month=4, day=26, hour=9).astimezone(tale.BEGINS.tzinfo)
CHART, REPORT, EVERYTHING = "12 weeks", "/report", "Everything"


def run(folder: Path, say: Callable[[str], None]) -> int:
    """Every file that is written is said."""
    log.configure("error", "text")
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(_tell(folder, say))
    return 0


async def _tell(folder: Path, say: Callable[[str], None]) -> None:
    def keep(name: str, content: bytes) -> None:
        (folder / name).write_bytes(content)
        say(str(folder / name))

    async with _stage() as stage:
        player = await tale.begin(stage, SIX_WEEKS)
        async for event in tale.tell(stage, player, ENDS, story=SIX_WEEKS, readings=READINGS):
            if isinstance(event, Page):
                day = event.at.astimezone(ZoneInfo(tale.HERE.timezone)).date()
                keep(f"digest-{day}.txt", "\n\n────\n\n".join(event.texts).encode())
        dana = player.phones[tale.THERAPIST]
        for name, text in _briefs(dana):
            keep(name, text.encode())
        for child in dict.fromkeys(row["child"] for row in families(SIX_WEEKS)):
            keep(f"chart-{child.lower()}.png", await _chart(stage, dana, child))
            keep(f"chart-{child.lower()}.txt", tale.words(dana.screen[-1]).encode())
            keep(f"report-{child.lower()}.pdf", await _report(stage, dana, child, EVERYTHING))
        keep("report-mika-for-ana.pdf", await _report(stage, player.phones["Ana"], EVERYTHING))
        for name, content in (await _exports(stage)).items():
            keep(name, content.encode())


@asynccontextmanager
async def _stage() -> AsyncIterator[Stage]:
    clock = SimulatedClock(tale.BEGINS, 0.0)
    sim = Simulator(clock=clock.now)
    with tempfile.TemporaryDirectory(prefix="homenotes-weeks-") as kept:
        url = f"sqlite+aiosqlite:///{kept}/homenotes.db"
        key = secrets.token_bytes(32)
        async with sim.serve() as base, open_stage(sim, base, clock, url, key, tale.HERE) as stage:
            yield stage


def _briefs(dana: Phone) -> Iterator[tuple[str, str]]:
    """What came before each visit, as it stands on her phone; by the hour at which it came."""
    for shown in dana.screen:
        child, _, rest = tale.words(shown).partition(" · Visit ")
        if rest and "\n" not in child and not shown.edit_date:  # one that was edited is a page of a digest
            at = datetime.fromtimestamp(shown.date, ZoneInfo(tale.HERE.timezone))
            yield f"brief-{at:%Y-%m-%d-%H%M}-{child.lower()}.txt", tale.words(shown)


async def _chart(stage: Stage, dana: Phone, child: str) -> bytes:
    """From the digest to the family, and there the picture."""
    dana.sends("/digest")
    await stage.settle()
    for _ in range(tale.MOST_TAPS):
        shown = dana.newest_with_buttons
        if shown is None:
            break
        button = next((label for label in shown.labels if CHART in label), None)
        if button is not None and tale.words(shown).startswith(f"{child} ·"):
            return await _asked(stage, dana, button)
        dana.taps_first()
        await stage.settle()
    raise LookupError(f"no family screen of {child}\n{dana.transcript()}")


async def _report(stage: Stage, phone: Phone, *labels: str) -> bytes:
    phone.sends(REPORT)
    await stage.settle()
    for label in labels[:-1]:
        phone.taps(label)
        await stage.settle()
    return await _asked(stage, phone, labels[-1])


async def _asked(stage: Stage, phone: Phone, label: str) -> bytes:
    """Taps, lets the picture or paper be made, and takes it from the phone."""
    phone.taps(label)
    await stage.settle()
    await stage.tick()
    for message in reversed(list(phone.chat.messages.values())):
        sent = message.get("document") or (message.get("photo") or [None])[-1]
        if sent is not None:
            return bytes(stage.sim.world.files.get(sent["file_id"]).data)
    raise LookupError(f"nothing came\n{phone.transcript()}")


async def _exports(stage: Stage) -> dict[str, str]:
    """The same as `export` in its three formats."""
    now, house = to_ms(stage.clock.now()), stage.program.house
    voice = house.voice(house.language, "formal")

    async def read(tx: Tx) -> dict[str, str]:
        fhir = exporting_fhir.as_fhir(tx, All(), now, "demo", partial(forms.words, voice))
        document = await exporting.export(tx, All(), now)
        return {
            "export.json": json.dumps(document, ensure_ascii=False, indent=1),
            "export.csv": "".join([piece async for piece in exporting_csv.as_csv(tx, All(), now)]),
            "export.fhir.json": "".join([piece async for piece in fhir]),
        }

    return await stage.db.read(read)
