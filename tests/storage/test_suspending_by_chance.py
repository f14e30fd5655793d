"""A seat that is taken away and given back, read a second time in plain Python over a crowd and a queue by chance."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from bot.model import Priority
from bot.storage import schema, suspending
from bot.storage.database import Database
from bot.storage.ids import PARTS
from tests.support.clinic import EARLY, Clinic

NOW = EARLY + 1_000_000
TABLES = ("person", "access", "outbox")
SHOWING = ("check_in", "note", "goal_word", "goal_notice", "attendance", "message", "brief", "digest")
STATES = ("pending", "sending", "sent", "failed", "unknown", "expired")
Row = dict[str, Any]
Found = dict[str, list[Row]]


@pytest.fixture
async def crowd(database: Database) -> Found:
    """Every mix of a seat's states, each with rights of every kind."""
    dice, clinic = Random(1), Clinic(database, 100_000)
    children = [await clinic.child(f"Child {number}") for number in range(3)]
    for number, (account, removed, suspended) in enumerate(product((True, False), (None, 5), (None, 7))):
        one = await clinic._person("caregiver", f"Caregiver {number}", "Europe/Berlin")
        state = {"removed_at": removed, "suspended_at": suspended, "suspended_account": one.account}
        state["suspended_account"] = one.account if suspended and not account else None
        state["account_id"] = one.account if account else None
        change = schema.person.update().where(schema.person.c.id == one.id).values(state)
        await database.write(lambda tx, change=change: tx.run(change))
        for until, ends, rested in product((None, NOW - 1, NOW, NOW + 1), (None, NOW + 9), (None, 7)):
            right = {"until_at": until, "ends_at": ends, "suspended_at": rested, "from_at": EARLY}
            kind = dice.choice(("care", "treat"))
            await clinic.put(schema.access, person_id=one.id, child_id=dice.choice(children), right=kind, **right)
    return await read(database)


async def read(database: Database) -> Found:
    found: Found = {}
    for name in TABLES:
        table = schema.metadata.tables[name]
        rows = await database.read(lambda tx, table=table: tx.rows(sa.select(table).order_by(table.c.id)))
        found[name] = [dict(row) for row in rows]
    return found


async def test_a_seat_is_taken_away_once_with_the_rights_that_stand(database: Database, crowd: Found) -> None:
    for person in crowd["person"]:
        before = await read(database)
        said = await database.write(lambda tx, one=person["id"]: suspending.suspend(tx, one, NOW))
        fits = person["removed_at"] is None and person["suspended_at"] is None
        assert (said is not None) == fits
        for row in before["person"]:
            if fits and row["id"] == person["id"]:
                row |= {"suspended_at": NOW, "suspended_account": row["account_id"], "account_id": None}
        for row in before["access"]:
            if fits and row["person_id"] == person["id"] and (row["until_at"] is None or row["until_at"] > NOW):
                row |= {"suspended_at": NOW, "until_at": NOW}
        assert await read(database) == before


async def test_it_is_given_back_with_the_rights_that_rested(database: Database, crowd: Found) -> None:
    for person in crowd["person"]:
        before = await read(database)
        back = await database.write(lambda tx, one=person["id"]: suspending.resume(tx, one))
        fits = person["removed_at"] is None and person["suspended_at"] is not None
        assert (dict(back) if back else None) == (
            {"kind": person["kind"], "account_id": person["suspended_account"]} if fits else None
        )
        for row in before["person"]:
            if fits and row["id"] == person["id"]:
                row |= {"suspended_at": None, "suspended_account": None, "account_id": row["suspended_account"]}
        for row in before["access"]:
            if fits and row["person_id"] == person["id"] and row["suspended_at"] is not None:
                row |= {"suspended_at": None, "until_at": row["ends_at"]}
        assert await read(database) == before


async def test_the_rights_of_a_seat_are_those_of_any_time(database: Database, crowd: Found) -> None:
    for person in crowd["person"]:
        rows = await database.read(lambda tx, one=person["id"]: suspending.rights(tx, one))
        theirs = [one for one in crowd["access"] if one["person_id"] == person["id"]]
        assert [dict(row) for row in rows] == [{key: one[key] for key in ("child_id", "right")} for one in theirs]


async def _shown(clinic: Clinic, table: sa.Table, person: int, child: int, message: int | None) -> None:
    """A row that says that this message shows something to that person."""
    given: Row = {"person_id": person, "message_id": message}
    if "child_id" in table.c:
        given["child_id"] = child
    for column in table.c:
        if column.name in given or column.nullable or column.server_default is not None or column.name == "id":
            continue
        given[column.name] = await _needed(clinic, table, column, child)
    await clinic.put(table, **given)


async def _needed(clinic: Clinic, table: sa.Table, column: sa.Column[Any], child: int) -> Any:
    if column.name == "goal_id":
        return (await clinic.goal(child, "A goal"))[0]
    if any(key.column.table is schema.person for key in column.foreign_keys):
        return (await clinic.therapist()).id
    if column.name == "meeting_id":
        host = await clinic.therapist()
        return await clinic.put(
            schema.meeting, child_id=child, person_id=host.id, starts_at=NOW, kind="video", created_at=EARLY
        )
    kinds = {"note": "note", "goal_word": "wish", "check_in": "open", "goal_notice": "starter", "message": "message"}
    return kinds.get(table.name, "1") if isinstance(column.type, sa.String) else clinic._next()


@pytest.mark.parametrize("without", [False, True])
async def test_what_waits_for_an_account_goes_but_for_the_card_and_what_its_other_seats_are_shown(
    database: Database, without: bool
) -> None:
    clinic = Clinic(database, 100_000)
    child = await clinic.child("Mika")
    stays, other = await clinic.caregiver(child, "Ana"), await clinic.caregiver(child, "Ben")
    put_out = await clinic.caregiver(child, "Ana")
    gone = {"account_id": stays.account, "removed_at": 5}
    change = schema.person.update().where(schema.person.c.id == put_out.id).values(gone)
    await database.write(lambda tx: tx.run(change))
    keeps: set[int] = set()
    for number, name in enumerate(SHOWING):
        for who, message in ((stays, 10 + number), (other, 30 + number), (put_out, 50 + number), (stays, None)):
            if message is None and not schema.metadata.tables[name].c.message_id.nullable:
                continue
            shown = None if message is None else message * PARTS
            await _shown(clinic, schema.metadata.tables[name], who.id, child, shown)
        keeps |= set() if without and name == "goal_notice" else {(10 + number) * PARTS}
    for message in (99, *(base + number for base in (10, 30, 50) for number in range(len(SHOWING)))):
        for chat in (stays.account, other.account):
            states = STATES if message == 99 else ("pending",)
            for state, priority in product(states, (Priority.SAFETY, Priority.PROMPT)):
                call = {"message_id": message * PARTS, "method": "sendMessage", "payload": "{}", "upload": b"1"}
                where = {"chat_id": chat, "priority": priority.value, "state": state, "created_at": EARLY}
                await clinic.put(schema.outbox, **call, **where)
    before = await read(database)
    seat = stays.id if without else 0
    await database.write(lambda tx: suspending.unsend(tx, stays.account, NOW, seat))
    for row in before["outbox"]:
        theirs = (row["chat_id"], row["state"]) == (stays.account, "pending")
        if theirs and row["priority"] != Priority.SAFETY and row["message_id"] not in keeps:
            row |= {"state": "expired", "error": "suspended", "settled_at": NOW, "payload": "", "upload": None}
    assert await read(database) == before


async def test_the_first_parts_of_what_another_seat_is_shown_stay_with_its_last(database: Database) -> None:
    """They go by ids of their own: what was shown is known by the last one alone."""
    clinic = Clinic(database, 100_000)
    ana = await clinic.caregiver(await clinic.child("Mika"), "Ana")
    shown, other = 50 * PARTS, 51 * PARTS
    await _shown(clinic, schema.message, ana.id, ana.child, shown)
    for logical in (shown, other):
        for row, message in ((logical, logical + 1), (logical + 1, logical)):
            call = {"method": "sendMessage", "payload": "{}", "state": "pending", "priority": Priority.PROMPT.value}
            await clinic.put(schema.outbox, id=row, message_id=message, chat_id=ana.account, created_at=EARLY, **call)
    await database.write(lambda tx: suspending.unsend(tx, ana.account, NOW))
    left = {row["id"] for row in (await read(database))["outbox"] if row["state"] == "pending"}
    assert left == {shown, shown + 1}


@pytest.mark.parametrize(("left", "asked"), [("caregiver", True), ("therapist", False), (None, False)])
async def test_may_we_keep_is_asked_while_somebody_is_left_who_can_say_it(
    database: Database, left: str | None, asked: bool
) -> None:
    clinic = Clinic(database, 100_000)
    ana, ben = await clinic.caregiver(await clinic.child("Mika"), "Ana"), await clinic.therapist("Ben")
    if left is not None:
        seat = schema.person.update().where(schema.person.c.id == (ana if left == "caregiver" else ben).id)
        await database.write(lambda tx: tx.run(seat.values(account_id=ana.account)))
    if left != "caregiver":
        gone = schema.person.update().where(schema.person.c.id == ana.id).values(account_id=None)
        await database.write(lambda tx: tx.run(gone))
    kept = {"purpose": "photos", "payload": "{}", "arrived_at": EARLY, "drop_at": NOW}
    for account, message in ((ana.account, 50 * PARTS), (ben.account + 9, 51 * PARTS)):
        await clinic.put(schema.held, account_id=account, message_id=message, **kept)
        call = {"method": "sendMessage", "payload": "{}", "state": "pending", "priority": Priority.REPLY.value}
        await clinic.put(schema.outbox, id=message, message_id=message, chat_id=ana.account, created_at=EARLY, **call)
    await clinic.put(schema.held, account_id=ana.account, message_id=None, **kept)
    await database.write(lambda tx: suspending.unsend(tx, ana.account, NOW))
    waits = {row["message_id"] for row in (await read(database))["outbox"] if row["state"] == "pending"}
    assert waits == ({50 * PARTS} if asked else set())
