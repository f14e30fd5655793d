"""`retention`, `hold` and `erase` at the command line, on both engines: what would go, waits, and is refused."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bot.domain import accounts, consents
from bot.model import Purpose
from bot.storage import erasures, schema
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


def test_what_goes_into_research_is_asked_for_alone_and_is_on_record(run: Run, database_url: str) -> None:
    asyncio.run(lived(database_url))
    code, out, err = run("export", "--research")
    assert (code, err) == (0, [])
    assert (json.loads(out)["format"], json.loads(out)["children"]) == ("homenotes-research/1", [])
    assert [one["kind"] for one in json.loads(run("audit", "show", "--json")[1])] == ["exported"]
    for words in (("--all",), ("--child", "1"), ("--format", "csv"), ("--format", "fhir")):
        assert run("export", "--research", *words)[:2] == (2, "")


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


async def two_caregivers(url: str) -> tuple[int, int, int]:
    """Ana, whose access ended and who asked for help, and Ben; each gave a note. Returns them and the child."""
    db = await open_database(url, KEY)
    try:
        clinic = Clinic(db)
        child = await clinic.child("Mika", await clinic.therapist())
        ana, ben = await clinic.caregiver(child, "Ana"), await clinic.caregiver(child, "Ben", "father")
        for who in (ana, ben):
            await clinic.note(who, "2027-03-19 07:30", f"words of {'Ana' if who is ana else 'Ben'}")
            await clinic.check_in(who, "2027-03-19", day=3)
        await clinic.put(schema.alert, child_id=child, person_id=ana.id, press=7, source="help", at=LONG_AGO)
        ended = schema.access.update().where(schema.access.c.person_id == ana.id).values(until_at=LONG_AGO)
        removed = schema.person.update().where(schema.person.c.id == ana.id).values(removed_at=LONG_AGO)
        await db.write(lambda tx: tx.run(ended))
        await db.write(lambda tx: tx.run(removed))
        return ana.id, ben.id, child
    finally:
        await db.close()


def test_what_one_caregiver_gave_is_copied_and_erased_when_their_seat_has_ended_too(
    run: Run, database_url: str, tmp_path: Path
) -> None:
    """Nothing of the other one is in the copy, and nothing of theirs goes; a hold refuses; it is listed and audited."""
    ana, ben, child = asyncio.run(two_caregivers(database_url))
    for format in ("json", "csv", "fhir"):  # noqa: A001 - the option's name
        code, out, _err = run("export", "--person", str(ana), "--format", format)
        assert code == 0
        assert "words of Ana" in out
        assert "Ben" not in out
    code, out, _err = run("export", "--person", str(ana))
    [copy] = json.loads(out)["children"]
    assert [one["caregiver_id"] for one in (*copy["notes"], *copy["checkins"])] == [ana, ana]
    assert (copy["therapists"], [one["id"] for one in copy["caregivers"]]) == ([], [ana])

    assert run("hold", "add", "--child", str(child), "--reason", "court")[0] == 0
    code, _out, err = run("erase", "--person", str(ana), "--yes")
    assert (code, len(err)) == (1, 1)
    assert run("hold", "release", "--child", str(child))[0] == 0

    code, out, err = run("erase", "--person", str(ana))
    assert (code, out, len(err)) == (2, "", 1)
    assert run("erase", "--person", str(ana), "--yes")[:2] == (0, f"caregiver {ana} erased\n")
    _code, out, _err = run("export", "--all")
    [kept] = json.loads(out)["children"]
    assert [one["caregiver_id"] for one in (*kept["notes"], *kept["checkins"])] == [ben, ben]
    assert "Ana" not in out
    [listed] = [one for path in tmp_path.glob("*.erased") for one in erasures.read(path)]
    assert (listed.kind, listed.id) == ("person", ana)
    _code, out, _err = run("audit", "show", "--person", str(ana), "--json")
    assert [one["kind"] for one in json.loads(out)] == ["exported"] * 4 + ["erased"]


def test_a_person_who_is_no_caregiver_is_neither_copied_nor_erased(run: Run, database_url: str) -> None:
    ana, _ben, _child = asyncio.run(two_caregivers(database_url))
    assert run("erase", "--person", str(ana), "--yes")[0] == 0
    for words in (("erase", "--person", "1", "--yes"), ("erase", "--person", "4711", "--yes")):
        code, out, err = run(*words)
        assert (code, out, len(err)) == (1, "", 1)
    code, out, err = run("erase", "--person", str(ana), "--yes")
    assert (code, out, err) == (1, "", [f"erase: there is no caregiver {ana}"])  # what was urgent stays
    code, _out, err = run("export", "--person", "4711")
    assert (code, err) == (1, ["there is no caregiver 4711"])
    for words in (("erase", "--yes"), ("erase", "--child", "1", "--person", "1", "--yes"), ("export",)):
        assert run(*words)[0] == 2
