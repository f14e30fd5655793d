"""Erased means erased: no row of any table says a word of it any more, and nobody else loses one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain import erasing
from bot.domain.erasing import Moment
from bot.model import Media
from bot.storage import erasures, schema
from bot.storage.database import Database
from bot.storage.erasures import Erased
from bot.storage.ids import new_id
from tests.support.clinic import EARLY, Clinic, Someone, local

NOW = local("Europe/Berlin", "2027-03-19 07:30")
AT = Moment(NOW, NOW)
DAY = "2027-03-18"
LINK = "WHO-OPENED-THE-DOOR"


class Told:
    """Two families of one therapist; one of them in every table there is."""

    clinic: Clinic
    dana: Someone
    mika: int
    ana: Someone
    ben: Someone
    noa: int
    cleo: Someone


@pytest.fixture
async def told(database: Database) -> Told:
    told = Told()
    clinic = told.clinic = Clinic(database)
    told.dana = await clinic.therapist()
    told.mika = await clinic.child("Mika", told.dana)
    told.noa = await clinic.child("Noa", told.dana)
    told.ana = await clinic.caregiver(told.mika, "Ana")
    told.ben = await clinic.caregiver(told.mika, "Ben", "father")
    told.cleo = await clinic.caregiver(told.noa, "Cleo")
    for who, word in ((told.ana, "ANA"), (told.ben, "BEN"), (told.cleo, "CLEO")):
        await _everything(clinic, who, word)
    children = json.dumps([told.mika, told.noa])
    await clinic.put(
        schema.digest, person_id=told.dana.id, local_date="2027-03-19", data_until=NOW, made_at=NOW, children=children
    )
    return told


async def _everything(clinic: Clinic, who: Someone, word: str) -> None:
    message = new_id()
    check_in = await clinic.check_in(who, "2027-03-18", day="good", say=(f"{word} said",))
    await clinic.db.write(
        lambda tx: tx.run(schema.check_in.update().where(schema.check_in.c.id == check_in).values(message_id=message))
    )
    note = await clinic.note(who, "2027-03-18 21:05", f"{word} noted", "win", Media("photo", f"{word}-file"))
    await clinic.revision(note_id=note, text=f"{word} before", recorded_at=NOW, replaced_at=NOW)
    await _practises(clinic, who, word)
    schedule = await clinic.put(
        schema.schedule,
        person_id=who.id,
        child_id=who.child,
        template="pulse",
        days="0123456",
        time="19:30",
        starts_on="2027-03-01",
        created_at=EARLY,
    )
    await clinic.put(schema.due, schedule_id=schedule, local_date="2027-03-19", slot="19:30", due_at=NOW + 1)
    await clinic.put(
        schema.invitation, code_hash=f"{word}-code", person_id=who.id, created_at=EARLY, expires_at=NOW, used_by=1
    )
    consent = {"purpose": "care", "given": 1, "text_version": "1", "language": "en", "at": EARLY}
    await clinic.put(schema.consent, person_id=who.id, **consent)
    await clinic.put(schema.job, person_id=who.id, kind="export", key=f"{word}-job", run_after=0, created_at=EARLY)
    await clinic.put(
        schema.held, account_id=who.account, purpose="voice", payload=f"{word} held", arrived_at=NOW, drop_at=NOW + 1
    )
    await clinic.put(schema.inbound, account_id=who.account, telegram_message_id=5, note_id=note, at=NOW)
    await clinic.put(schema.copy, chat_id=who.account, telegram_message_id=70, message_id=message, at=NOW)
    await clinic.put(schema.copy, chat_id=who.account, telegram_message_id=7, message_id=message, at=EARLY)
    await clinic.put(
        schema.dead_update, update_id=9, account_id=who.account, error="KeyError", payload=f"{word} sealed", at=NOW
    )
    await queue(clinic, who.account, f"{word} is asked", message_id=message)
    await queue(clinic, who.account, f"{word} is asked", message_id=message, state="sending")


async def _practises(clinic: Clinic, who: Someone, word: str) -> None:
    """A step, a moment that was picked for it, a behaviour that was counted; the therapist gave both for the child."""
    step = await clinic.put(
        schema.home_step, child_id=who.child, text="STEP", media_file_id="step-file", from_date=DAY, created_at=EARLY
    )
    await clinic.put(schema.home_step_plan, home_step_id=step, from_date=DAY, days="0123456")
    await clinic.put(schema.home_step_tip, home_step_id=step, barrier="no_time", text="TIP")
    await clinic.put(schema.home_step_news, home_step_id=step, person_id=who.id, tell_at=NOW)
    moment = {"local_date": DAY, "slot": f"{word}-slot", "due_at": NOW + 1, "created_at": NOW}
    await clinic.put(schema.booking, home_step_id=step, person_id=who.id, **moment)
    target = await clinic.put(schema.behaviour_target, child_id=who.child, text="TARGET", created_at=EARLY)
    counted = {"local_date": DAY, "band": f"{word}-band", "observed": "over_6", "recorded_at": NOW}
    await clinic.put(schema.behaviour_count, behaviour_target_id=target, person_id=who.id, **counted)


async def queue(clinic: Clinic, chat: int, text: str, **more: Any) -> int:
    number = new_id()
    values = {"message_id": number, "state": "pending", "priority": 1, "method": "sendMessage", "created_at": NOW}
    payload = json.dumps({"chat_id": chat, "text": text})
    return await clinic.put(schema.outbox, id=number, chat_id=chat, payload=payload, **{**values, **more})


async def everything(db: Database) -> dict[str, list[dict[str, Any]]]:
    async def read(tx: Any) -> dict[str, list[dict[str, Any]]]:
        return {
            table.name: [dict(row) for row in await tx.rows(sa.select(table))]
            for table in schema.metadata.sorted_tables
        }

    return await db.read(read)


def about(rows: dict[str, list[dict[str, Any]]], *words: object) -> list[str]:
    """Where these stand, by table and column. Numbers are compared whole."""
    return [
        f"{table}.{column}={value}"
        for table, found in rows.items()
        for row in found
        for column, value in row.items()
        for word in words
        if (value == word if isinstance(word, int) else str(word) in str(value))
    ]


def without_deletions(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """What is asked of Telegram once, and forgotten when it is settled, is no trace."""
    kept = [row for row in rows["outbox"] if not row["method"].startswith("delete")]
    return {**rows, "outbox": kept}


async def test_a_child_goes_from_every_table_and_the_others_stay(told: Told, tmp_path: Path) -> None:
    before = await everything(told.clinic.db)
    listed = tmp_path / "homenotes.db.erased"
    assert await told.clinic.db.write(lambda tx: erasing.child(tx, told.mika, listed, AT)) == 2
    after = await everything(told.clinic.db)
    left = without_deletions(after)
    assert about(left, "Mika", "Ana", "ANA", "Ben", "BEN", told.ana.account, told.ben.account) == []
    for row in before["check_in"] + before["note"] + before["schedule"] + before["held"] + before["outbox"]:
        mine = told.cleo.id in row.values() or told.cleo.account in row.values()
        table = next(name for name, rows in before.items() if row in rows)
        assert (row in after[table]) == mine, table
    assert about(left, "CLEO") == about(before, "CLEO")
    assert erasures.read(listed) == [Erased("child", told.mika, EARLY)]


async def test_what_was_shown_in_the_last_two_days_is_deleted_from_the_chats(told: Told) -> None:
    await told.clinic.db.write(lambda tx: erasing.child(tx, told.mika, None, AT))
    calls = [
        (row["chat_id"], row["method"], json.loads(row["payload"])["message_ids"])
        for row in (await everything(told.clinic.db))["outbox"]
        if row["method"] == "deleteMessages"
    ]
    assert sorted(calls) == [(who.account, "deleteMessages", [70]) for who in (told.ana, told.ben)]


async def test_no_such_child(told: Told, tmp_path: Path) -> None:
    listed = tmp_path / "list"
    assert await told.clinic.db.write(lambda tx: erasing.child(tx, 999, listed, AT)) is None
    assert not listed.exists()


async def test_a_list_that_cannot_be_written_leaves_everything_as_it_was(told: Told, tmp_path: Path) -> None:
    before = await everything(told.clinic.db)
    with pytest.raises(OSError, match="directory"):
        await told.clinic.db.write(lambda tx: erasing.child(tx, told.mika, tmp_path, AT))
    assert await everything(told.clinic.db) == before


async def test_what_names_the_child_is_not_sent_to_the_therapist_any_more(told: Told) -> None:
    clinic, dana = told.clinic, told.dana.account
    [digest] = (await everything(clinic.db))["digest"]
    message = await queue(clinic, dana, "<b>Good morning</b>", priority=3)
    await clinic.db.write(lambda tx: tx.run(schema.digest.update().values(message_id=message)))
    named = await queue(clinic, dana, "\u2068Mika\u2069&#x27;s mother asked for help", priority=0, state="sending")
    handed_on = await queue(clinic, dana, "ANA-file")
    others = [await queue(clinic, dana, "Noa and Mikael"), await queue(clinic, told.cleo.account, "Mika the cat")]
    await clinic.db.write(lambda tx: erasing.child(tx, told.mika, None, AT))
    after = await everything(clinic.db)
    queued = {row["id"] for row in after["outbox"]}
    assert queued.isdisjoint({message, named, handed_on})
    assert queued >= set(others)
    [again] = [row for row in after["job"] if row["kind"] == "digest"]
    assert (again["person_id"], again["key"]) == (told.dana.id, f"digest-again:{digest['id']}:{told.mika}")
    assert json.loads(again["payload"]) == {"local_date": "2027-03-19", "due_at": NOW}
    assert [json.loads(row["children"]) for row in after["digest"]] == [[told.noa]]


async def test_a_caregiver_takes_only_their_own_entries(told: Told, tmp_path: Path) -> None:
    before = await everything(told.clinic.db)
    listed = tmp_path / "list"
    await told.clinic.db.write(lambda tx: erasing.caregiver(tx, told.ana.account, listed, AT))
    after = without_deletions(await everything(told.clinic.db))
    assert about(after, "Ana", "ANA", told.ana.account) == []
    assert about(after, "Ben", "BEN", "CLEO", "Mika") == about(before, "Ben", "BEN", "CLEO", "Mika")
    assert erasures.read(listed) == [Erased("person", told.ana.id, EARLY)]


async def test_a_caregiver_who_is_a_therapist_too_keeps_that_seat(told: Told) -> None:
    clinic = told.clinic
    mother = await clinic.also_cares(told.dana, told.noa, "Dana as a mother")
    await clinic.note(mother, "2027-03-18 09:00", "DANA noted")
    await clinic.put(
        schema.held, account_id=told.dana.account, purpose="voice", payload="DANA held", arrived_at=NOW, drop_at=NOW
    )
    await clinic.db.write(lambda tx: erasing.caregiver(tx, told.dana.account, None, AT))
    after = await everything(clinic.db)
    assert about(after, "Dana as a mother", "DANA") == []
    assert [row["name"] for row in after["person"] if row["account_id"] == told.dana.account] == ["Dana"]
    assert told.dana.account in [row["id"] for row in after["account"]]


async def test_that_help_was_asked_for_is_not_deleted_by_a_tap(told: Told) -> None:
    clinic = told.clinic
    await clinic.put(schema.alert, child_id=told.mika, person_id=told.ana.id, press=1, source="button", at=NOW)
    await clinic.db.write(lambda tx: erasing.caregiver(tx, told.ana.account, None, AT))
    after = without_deletions(await everything(clinic.db))
    assert about(after, "Ana", "ANA", told.ana.account) == []
    assert [row["child_id"] for row in after["alert"]] == [told.mika]
    await clinic.db.write(lambda tx: erasing.child(tx, told.mika, None, AT))
    after = await everything(clinic.db)
    assert after["alert"] == []
    assert [row["name"] for row in after["person"]] == ["Dana", "Cleo"]


async def test_a_seat_for_two_children_loses_one_of_them(told: Told) -> None:
    await told.clinic.grant(told.ana, told.noa, "care")
    assert await told.clinic.db.write(lambda tx: erasing.child(tx, told.mika, None, AT)) == 1
    after = await everything(told.clinic.db)
    assert told.ana.id in [row["id"] for row in after["person"]]
    assert about(after, "ANA noted", "ANA said") == []


async def test_fault_46_a_list_is_obeyed_for_those_it_means_and_nobody_else(told: Told) -> None:
    """Whoever was erased since a backup is erased from it again; a new child with an old number stays."""
    listed = [
        Erased("person", told.ana.id, EARLY),
        Erased("child", told.noa, EARLY + 1),
        Erased("person", 4711, EARLY),
        Erased("child", told.mika, EARLY),
    ]
    assert await told.clinic.db.write(lambda tx: erasing.obey(tx, listed, AT)) == 2
    after = without_deletions(await everything(told.clinic.db))
    assert about(after, "Mika", "Ana", "Ben") == []
    assert about(after, "CLEO")
    assert await told.clinic.db.write(lambda tx: erasing.obey(tx, listed, AT)) == 0
