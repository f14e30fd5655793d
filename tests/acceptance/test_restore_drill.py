"""The drill: a backup made while everybody writes is restored with the real command, and every export is the same."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.clock import to_ms
from bot.domain import exporting, exporting_csv, exporting_fhir
from bot.domain.exporting import All
from bot.storage import backup
from bot.storage.database import Tx
from bot.text.catalogue import Catalogue
from bot.text.screens import forms
from tests.acceptance.conftest import TOKEN
from tests.support.conversing import Conversing
from tests.support.process import Installation
from tests.support.world import KEY, World, open_world

WORDS = partial(forms.words, Catalogue.load().voice("en"))
LATER = datetime(2028, 1, 1, tzinfo=UTC)  # every export is made then, so that only the data decide
MEANWHILE = 2  # states that are different, while one backup was made
FORMATS = ("json", "csv", "fhir")
Exports = dict[str, str]


async def exports(tx: Tx) -> Exports:
    """All that is kept of every family, in each format, as of one moment of the data."""
    now = to_ms(LATER)
    pieces = {
        "json": exporting.as_json(tx, All(), now),
        "csv": exporting_csv.as_csv(tx, All(), now),
        "fhir": exporting_fhir.as_fhir(tx, All(), now, TOKEN.partition(":")[0], WORDS),
    }
    return {name: without_time("".join([piece async for piece in found])) for name, found in pieces.items()}


def without_time(text: str) -> str:
    """Without when it was made: the first line of JSON says so."""
    try:
        document: dict[str, Any] = json.loads(text)
    except ValueError:
        return text
    return json.dumps({key: value for key, value in document.items() if key not in ("exported_at", "timestamp")})


def watched(world: World, monkeypatch: pytest.MonkeyPatch) -> list[Exports]:
    """Every state that a commit leads to from now on."""
    write, one_at_a_time = world.db.write, asyncio.Lock()
    states: list[Exports] = []

    async def writes(work: Callable[[Tx], Awaitable[Any]]) -> Any:
        async with one_at_a_time:
            result = await write(work)
            states.append(await world.db.read(exports))
            return result

    monkeypatch.setattr(type(world.db), "write", lambda _, work: writes(work))
    return states


@pytest.mark.timeout(240)
async def test_fault_43_a_backup_under_load_restored_elsewhere_gives_the_same_full_exports(
    home: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JSON, CSV and FHIR of all families, letter by letter as they stood after one commit during the backup."""
    here, copy = tmp_path / "here", tmp_path / "elsewhere" / "copy.db"
    for folder in (here, copy.parent):
        folder.mkdir()
    async with open_world(here, wired=True) as world:
        world.odd_updates = True
        talk = Conversing(world, Random(7))
        await talk.begin()
        for _ in range(12):
            await talk.round()
        with monkeypatch.context() as patched:
            states = watched(world, patched)
            while len({one["json"] for one in states}) < MEANWHILE:  # of a backup that was made too quickly, another
                del states[:]
                copy.unlink(missing_ok=True)
                states.append(await world.db.read(exports))
                copying = asyncio.create_task(asyncio.to_thread(backup.make, here / "homenotes.db", KEY, copy))
                while not copying.done():
                    await talk.round()
                await copying
    elsewhere = Installation(copy.parent, home.base_url, home.token, dict(home.settings))
    clock = {"SIMULATED_CLOCK": f"{LATER:%Y-%m-%dT%H:%M:%S}Z*1"}
    for words in (["restore", str(copy)], ["check"]):
        code, _out, err = await elsewhere.command(*words, **clock)
        assert code == 0, err
    restored: Exports = {}
    for name in FORMATS:
        file = elsewhere.folder / name
        code, _out, err = await elsewhere.command("export", "--all", "--format", name, "-o", str(file), **clock)
        assert code == 0, err
        restored[name] = without_time(file.read_bytes().decode())
    assert restored in states
