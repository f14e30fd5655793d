"""What is told in somebody's hours, read a second time in plain Python: what waits, is on its way, or has arrived."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage import notices, schema
from bot.storage.database import Database, Tx
from bot.storage.ids import PARTS
from tests.support.clinic import EARLY, Clinic
from tests.support.undone import after

NOW = EARLY + 1_000_000
STATES = ("pending", "sending", "sent", "failed", "unknown", "expired", "forgotten", None)
TIMES = (None, NOW - 1, NOW, NOW + 1)
Row = dict[str, Any]


class Crowd:
    def __init__(self, rows: list[Row], states: dict[int, str | None], accounts: dict[int, int]) -> None:
        self.rows, self.states, self.accounts = rows, states, accounts
        self.may: set[tuple[int, int]] = set()

    def is_on_its_way(self, row: Row) -> bool:
        return row["message_id"] is not None and row["at"] is None

    def is_stale(self, row: Row) -> bool:
        return self.states.get(row["message_id"]) == "expired"

    def waits(self, row: Row) -> bool:
        return row["message_id"] is None and row["at"] is not None


@pytest.fixture
async def crowd(database: Database) -> Crowd:
    """Three therapists, one of whom treats nobody any more; a notice of every kind, in any order."""
    dice, clinic = Random(1), Clinic(database, 100_000)  # the database counts from one
    async with clinic.crowd():
        staff = [await clinic.therapist(name) for name in ("Dana", "Eva", "Noor")]
        mika, lea = await clinic.child("Mika", staff[0]), await clinic.child("Lea", staff[1])
        await clinic.grant(staff[2], mika, "treat", until=NOW)
        states: dict[int, str | None] = {}
        kinds = [*product(TIMES, STATES, (None, mika, lea), staff)]
        for number, (at, state, child, one) in enumerate(dice.sample(kinds, len(kinds)), 1):
            message = None if state is None else number * PARTS
            if message is not None and state != "forgotten":
                states[message] = state
                call = {"method": "sendMessage", "payload": "{}", "priority": 3, "state": state, "created_at": EARLY}
                await clinic.put(schema.outbox, id=message, message_id=message, chat_id=one.account, **call)
            told = {
                "person_id": one.id,
                "child_id": child,
                "screen": f"words {number}",
                "at": at,
                "message_id": message,
            }
            await clinic.put(schema.notice, **told, created_at=EARLY)
    found = Crowd(await database.read(_rows), states, {one.id: one.account for one in staff})
    found.may = {(staff[0].id, mika), (staff[1].id, lea)}
    return found


async def _rows(tx: Tx) -> list[Row]:
    return [dict(row) for row in await tx.rows(sa.select(schema.notice).order_by(schema.notice.c.id))]


async def test_what_waits_is_due_at_its_moment_and_says_who_may_still_know(database: Database, crowd: Crowd) -> None:
    due = await database.read(lambda tx: notices.due(tx, NOW, 1000))
    expected = [row for row in crowd.rows if crowd.waits(row) and row["at"] <= NOW]
    assert [row["id"] for row in due] == [row["id"] for row in expected]
    knows = [row["child_id"] is None or (row["person_id"], row["child_id"]) in crowd.may for row in expected]
    assert [bool(row["may_know"]) for row in due] == knows
    assert [row["account_id"] for row in due] == [crowd.accounts[row["person_id"]] for row in expected]
    assert len(await database.read(lambda tx: notices.due(tx, NOW, 2))) == 2


async def test_what_became_stale_on_its_way_is_found(database: Database, crowd: Crowd) -> None:
    found = await database.read(lambda tx: notices.expired(tx, NOW))
    expected = [row["id"] for row in crowd.rows if crowd.is_on_its_way(row) and crowd.is_stale(row)]
    assert [row["id"] for row in found] == expected


async def test_what_arrived_or_could_not_keeps_no_words(database: Database, crowd: Crowd) -> None:
    expected = [dict(row) for row in crowd.rows]
    for row in expected:
        under_way = crowd.states.get(row["message_id"]) in ("pending", "sending")
        if crowd.is_on_its_way(row) and not crowd.is_stale(row) and not under_way:
            row |= {"at": NOW, "screen": ""}
    assert await after(database, lambda tx: notices.arrived(tx, NOW), _rows) == expected


async def test_what_arrived_long_ago_is_forgotten_and_what_waits_is_not(database: Database, crowd: Crowd) -> None:
    told = [row for row in crowd.rows if row["message_id"] is not None and (row["at"] or NOW) < NOW]
    left = await after(database, lambda tx: notices.forget(tx, NOW), _rows)
    assert left == [row for row in crowd.rows if row not in told]


async def test_each_is_changed_alone(database: Database, crowd: Crowd) -> None:
    for row in crowd.rows[:9]:
        one, others = row["id"], [other for other in crowd.rows if other["id"] != row["id"]]
        assert await after(database, lambda tx, one=one: notices.drop(tx, one), _rows) == others
        for change, new in (
            (lambda tx, one=one: notices.again(tx, one, NOW + 5), {"at": NOW + 5, "message_id": None}),
            (lambda tx, one=one: notices.sent(tx, one, 77), {"at": None, "message_id": 77}),
        ):
            changed = [row | new if other is row else other for other in crowd.rows]
            assert await after(database, change, _rows) == changed


async def test_other_hours_are_looked_at_for_what_waits_for_them(database: Database, crowd: Crowd) -> None:
    for person, account in crowd.accounts.items():
        changed = [
            row | {"at": NOW + 7} if crowd.waits(row) and row["person_id"] == person else row for row in crowd.rows
        ]
        assert await after(database, lambda tx, one=account: notices.look_again(tx, one, NOW + 7), _rows) == changed
