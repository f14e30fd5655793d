"""A digest that is due is delivered once, to somebody who may still read it, or not at all."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.clock import ManualClock, from_ms
from bot.domain import digests, sending
from bot.house import House
from bot.storage import digests as stored
from bot.storage import jobs, schema
from bot.storage.database import Database, Row, T, Tx
from bot.text.catalogue import Catalogue
from schedules import jobs as tick
from tests.support.clinic import BERLIN, Clinic, Someone, empty_database, local

DUE = local(BERLIN, "2027-03-19 07:30")
DAY = "2027-03-19"


@dataclass
class Room:
    clinic: Clinic
    clock: ManualClock
    house: House
    dana: Someone
    mika: int

    @property
    def db(self) -> Database:
        return self.clinic.db

    async def wish(self, key: str = f"digest:1:{DAY}") -> None:
        payload = {"local_date": DAY, "due_at": DUE}
        await self.db.write(lambda tx: jobs.add(tx, "digest", self.dana.id, key, payload, DUE))

    async def tick(self) -> int:
        return await tick.tick(self.db, self.house)

    async def all(self, table: sa.Table) -> list[Row]:
        return await self.db.read(lambda tx: tx.rows(sa.select(table)))

    async def set(self, table: sa.Table, row: int, **values: Any) -> None:
        await self.db.write(lambda tx: tx.run(table.update().where(table.c.id == row).values(**values)))


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with empty_database(tmp_path) as db:
        clinic = Clinic(db)
        clock = ManualClock(from_ms(DUE))
        dana = await clinic.therapist()
        mika = await clinic.child("Mika", dana)
        ana = await clinic.caregiver(mika, "Ana")
        await clinic.note(ana, "2027-03-18 21:05", "Should we stop the cards?", "question")
        house = House(Catalogue.load(), clock, "A clinic", "en", BERLIN, "DE")
        yield Room(clinic, clock, house, dana, mika)


async def test_one_wish_is_one_digest(room: Room) -> None:
    await room.wish()
    await room.wish()  # the same key: the same wish
    assert (await room.tick(), await room.tick()) == (1, 0)
    (sent,) = await room.all(schema.outbox)
    (made,) = await room.all(schema.digest)
    assert (sent["chat_id"], sent["id"], sent["expires_at"]) == (
        room.dana.account,
        made["message_id"],
        DUE + 12 * 3_600_000,
    )
    assert "Mika" in sent["payload"]
    assert (made["person_id"], made["local_date"], json.loads(made["children"]), made["opened_at"]) == (
        room.dana.id,
        DAY,
        [room.mika],
        None,
    )
    assert [row["state"] for row in await room.all(schema.job)] == ["done"]


async def test_what_fails_at_its_end_is_made_again_and_delivered_once(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    await room.wish()
    monkeypatch.setattr(sending, "put", _fails)
    assert await room.tick() == 0
    assert (await room.all(schema.digest), await room.all(schema.outbox)) == ([], [])
    monkeypatch.undo()
    assert await room.tick() == 0  # it waits a little
    room.clock.advance(seconds=15)
    assert await room.tick() == 1
    assert (len(await room.all(schema.digest)), len(await room.all(schema.outbox))) == (1, 1)


async def _fails(*_: object) -> None:
    raise ZeroDivisionError


async def test_a_job_is_given_up_after_five_tries_and_others_do_not_wait(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    await room.wish()
    monkeypatch.setattr(digests, "caseload", _fails)
    waits = []
    for _ in range(5):
        assert await room.tick() == 0
        (job,) = await room.all(schema.job)
        waits.append((job["run_after"] - room.clock.machine_ms()) // 1000)
        room.clock.advance(hours=1)
    assert waits == [15, 30, 60, 120, 240]
    assert [(row["state"], row["tries"]) for row in await room.all(schema.job)] == [("failed", 5)]
    monkeypatch.undo()
    await room.wish("another")
    assert await room.tick() == 1


async def test_a_job_over_which_the_process_died_five_times_is_given_up(room: Room) -> None:
    await room.wish()
    for _ in range(5):
        assert await room.db.write(lambda tx: jobs.claim(tx, room.clock.machine_ms())) is not None
        room.clock.advance(hours=1)
    assert await room.tick() == 0
    assert [row["state"] for row in await room.all(schema.job)] == ["failed"]


async def test_fault_47_a_therapist_removed_with_a_digest_pending_gets_nothing(room: Room) -> None:
    """The job ends, and no message goes out."""
    await room.wish()
    await room.set(schema.person, room.dana.id, removed_at=DUE - 1)
    assert await room.tick() == 1
    assert (await room.all(schema.digest), await room.all(schema.outbox)) == ([], [])
    assert [row["state"] for row in await room.all(schema.job)] == ["done"]


@pytest.mark.parametrize("since", ["stopped_at", "blocked_at"])
async def test_who_wants_no_messages_gets_none(room: Room, since: str) -> None:
    await room.wish()
    await room.set(schema.account, room.dana.account, **{since: DUE - 1})
    await room.tick()
    assert await room.all(schema.outbox) == []


class _Meanwhile:
    """A database in which something happens after the reading and before the writing."""

    def __init__(self, db: Database, happens: Callable[[], Awaitable[None]]) -> None:
        self.db, self.happens = db, happens

    async def read(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        found = await self.db.read(work)
        await self.happens()
        return found

    async def write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        return await self.db.write(work)

    async def close(self) -> None:
        await self.db.close()


async def test_removed_while_it_was_being_read(room: Room) -> None:
    await room.wish()
    db = _Meanwhile(room.db, lambda: room.set(schema.person, room.dana.id, removed_at=DUE))
    assert await tick.tick(db, room.house) == 1
    assert await room.all(schema.outbox) == []


async def test_a_child_given_to_somebody_else_while_it_was_being_read(room: Room) -> None:
    (right,) = [row["id"] for row in await room.all(schema.access) if row["right"] == "treat"]
    await room.wish()
    db = _Meanwhile(room.db, lambda: room.set(schema.access, right, until_at=DUE - 1))
    assert await tick.tick(db, room.house) == 1
    (sent,) = await room.all(schema.outbox)
    assert "Mika" not in sent["payload"]


async def test_a_digest_half_a_day_late_is_stale(room: Room) -> None:
    await room.wish()
    room.clock.advance(hours=12)
    assert await room.tick() == 1
    assert await room.all(schema.outbox) == []


async def test_jobs_done_are_forgotten_the_others_are_not(room: Room) -> None:
    await room.wish()
    await room.tick()
    await room.wish("another")
    assert await room.db.write(lambda tx: jobs.forget(tx, DUE)) == 0
    assert await room.db.write(lambda tx: jobs.forget(tx, DUE + 1)) == 1
    assert [row["key"] for row in await room.all(schema.job)] == ["another"]


async def test_only_the_one_it_was_made_for_opens_it_and_the_first_look_counts(room: Room) -> None:
    await room.wish()
    await room.tick()
    (made,) = await room.all(schema.digest)
    eli = await room.clinic.therapist("Eli")

    async def find(account: int, now: int) -> digests.Digest | None:
        return await room.db.write(lambda tx: digests.find(tx, account, made["id"], now))

    assert await find(eli.account, DUE + 1) is None
    assert await find(room.dana.account, DUE + 2) == digests.Digest(
        made["id"], room.dana.id, date(2027, 3, 19), BERLIN, (room.mika,), DUE, digests.Why.DUE
    )
    await find(room.dana.account, DUE + 3)
    assert [row["opened_at"] for row in await room.all(schema.digest)] == [DUE + 2]


async def test_marking_a_question_needs_the_right_to_treat(room: Room) -> None:
    eli = await room.clinic.therapist("Eli")
    (note,) = await room.all(schema.note)

    async def mark(therapist: Someone) -> bool:
        return await room.db.write(lambda tx: stored.mark_answered(tx, therapist.id, note["id"], DUE))

    assert [await mark(eli), await mark(room.dana), await mark(room.dana)] == [False, True, False]
    assert [row["answered_at"] for row in await room.all(schema.note)] == [DUE]
