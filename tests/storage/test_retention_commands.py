"""`retention`, `hold` and `erase` at the command line, on both engines: what would go, waits, and is refused."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.domain import accounts, consents
from bot.model import Purpose
from bot.storage import schema
from bot.storage.database import Tx
from bot.storage.opening import open_database
from tests.storage.test_rekey import Run, run
from tests.support.clinic import Clinic
from tests.support.databases import KEY

__all__ = ["run"]

LONG_AGO = 1_600_000_000_000


async def lived(url: str) -> int:
    """A child with one voice note, whose care ended long ago. Returns its id."""
    db = await open_database(url, KEY)
    try:
        clinic = Clinic(db)
        ana = await clinic.caregiver(await clinic.child("Mika", await clinic.therapist()), "Ana")
        said = {"child_id": ana.child, "person_id": ana.id, "kind": "note", "recorded_at": LONG_AGO}
        await clinic.put(schema.note, **said, media_kind="voice", media_file_id="file-1", media_seconds=3)
        await db.write(lambda tx: tx.run(schema.access.update().values(until_at=LONG_AGO)))
        return ana.child
    finally:
        await db.close()


def test_what_would_go_is_told_a_hold_keeps_it_and_then_it_goes(
    run: Run, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = asyncio.run(lived(database_url))
    monkeypatch.setenv("RETENTION_CARE_DAYS", "365")
    monkeypatch.setenv("RETENTION_VOICE_DAYS", "30")

    def told(*words: str) -> tuple[int, int, list[int]]:
        code, out, _err = run("retention", "--json", *words)
        assert code == 0
        found = json.loads(out)
        return found["kinds"]["voice"]["count"], found["kinds"]["care"]["count"], found["waiting"]

    assert told() == (1, 1, [])
    assert run("hold", "add", "--child", str(child), "--reason", "court 7/27")[0] == 0
    assert told() == (0, 0, [child])
    code, _out, err = run("erase", "--child", str(child), "--yes")
    assert (code, len(err)) == (1, 1)
    assert "legal hold" in err[0]
    told("--run")
    code, out, _err = run("hold", "list", "--json")
    assert [(one["child"], one["reason"], one["until"]) for one in json.loads(out)] == [(child, "court 7/27", None)]
    assert run("hold", "release", "--child", str(child))[0] == 0
    code, _out, err = run("hold", "release", "--child", str(child))
    assert (code, len(err)) == (1, 1)
    assert told("--run") == (1, 1, [])
    assert told() == (0, 0, [])
    code, _out, err = run("hold", "add", "--child", str(child), "--reason", "too late")
    assert (code, len(err)) == (1, 1)


async def test_a_no_that_stands_is_found_and_what_is_queued_is_looked_through(database_url: str) -> None:
    db = await open_database(database_url, KEY)
    try:
        clinic = Clinic(db)
        ana = await clinic.caregiver(await clinic.child("Mika", await clinic.therapist()), "Ana")

        async def says(tx: Tx) -> None:
            account = await accounts.load(tx, ana.account)
            assert account is not None
            for given in (True, False):
                await consents.record(tx, account, Purpose.VOICE, given=given, now=1)
            await consents.record(tx, account, Purpose.NEWSLETTER, given=False, now=1)

        await db.write(says)
        found = await db.read(lambda tx: consents.withheld(tx, ana.child))
        assert found == {(ana.id, Purpose.VOICE), (ana.id, Purpose.NEWSLETTER)}
    finally:
        await db.close()
