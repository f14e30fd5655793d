"""Who may be sent now, read a second time in plain Python: queues by chance, and each statement agrees."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from bot.model import Priority
from bot.storage import outbox, schema
from bot.storage.database import Database, Row, Tx
from tests.support.clinic import Clinic
from tests.support.undone import after

NOW = 1_803_000_000_000
HOUR = 3_600_000
CHATS = (1001, 1002, 1003)
OTHERS = range(2001, 2031)  # so many that some chats are free
STATES = ("pending", "pending", "pending", "sending", "sent", "failed", "unknown", "expired")
EDITS = ("editMessageText", "editMessageText", "sendMessage")
DONE = ("sent", "failed", "unknown", "expired")


async def rows_of(database: Database, table: sa.Table = schema.outbox) -> list[Row]:
    return [dict(row) for row in await database.read(lambda tx: tx.rows(table.select().order_by(*table.primary_key)))]


@pytest.fixture(params=range(2))
async def queue(request: pytest.FixtureRequest, database: Database) -> list[Row]:
    dice = Random(request.param)
    originals: list[int] = []
    made = [_row(dice, number, originals) for number in range(1, 90)]
    accounts = [{"id": chat, "created_at": 1, "menu": "x"} for chat in CHATS]
    copies = [{"chat_id": 9, "telegram_message_id": 500 + row["id"], "message_id": row["id"], "at": 1} for row in made]

    async def fill(tx: Tx) -> None:
        for table, rows in ((schema.account, accounts), (schema.outbox, made), (schema.copy, copies)):
            for row in rows:
                await tx.run(table.insert().values({name: sa.bindparam(name) for name in row}), row)

    await database.write(fill)
    return await rows_of(database)


def _row(dice: Random, number: int, originals: list[int]) -> dict[str, Any]:
    edits = bool(originals) and dice.random() < 0.35
    state = dice.choice(STATES)
    if not edits:
        originals.append(number)
    return {
        "id": number,
        "message_id": dice.choice(originals[-6:]) if edits else number,
        "chat_id": dice.choice((*CHATS, *OTHERS)),
        "priority": dice.choice([one.value for one in Priority]),
        # the last part of a long message goes by the id of the first
        "method": dice.choice(EDITS) if edits else dice.choice(("sendMessage", "deleteMessages")),
        "payload": "{}",
        "upload": dice.choice((None, b"a paper")),
        "state": state,
        "hold_until": dice.choice((0, 0, 0, NOW - 1, NOW, NOW + 1)),
        "lease_until": dice.choice((NOW - 1, NOW, NOW + 1)) if state == "sending" else 0,
        "tries": dice.choice((0, 1)),
        "tried_at": dice.choice((0, NOW - HOUR)),
        "settled_at": dice.choice((NOW - 1, NOW, NOW + 1)) if state in DONE else None,
        "created_at": NOW - HOUR,
    }


def may_go(rows: list[Row], one: Row) -> bool:
    """One to a chat at a time and in order, an edit after what it changes; what is urgent waits for what is urgent."""
    pending = [row for row in rows if row["state"] == "pending"]
    urgent = one["priority"] == Priority.SAFETY
    busy = [row for row in rows if row["state"] == "sending" and row["chat_id"] == one["chat_id"]]
    stops = [row for row in busy if not urgent or row["priority"] == Priority.SAFETY]
    beside = [row for row in pending if (row["chat_id"], row["priority"]) == (one["chat_id"], one["priority"])]
    first = all(row["id"] >= one["id"] for row in beside)
    waits = one["id"] != one["message_id"] and any(
        row["message_id"] == one["message_id"] and row["id"] < one["id"] for row in pending
    )
    return one in pending and one["hold_until"] <= NOW and not stops and first and not waits


@pytest.mark.parametrize("most", [99, 2])
@pytest.mark.parametrize("urgent", [False, True])
async def test_what_may_go_is_claimed_in_order_and_nothing_else_is_touched(
    database: Database, queue: list[Row], most: int, urgent: bool
) -> None:
    due = [one for one in queue if may_go(queue, one) and (not urgent or one["priority"] == Priority.SAFETY)]
    due = sorted(due, key=lambda row: (row["priority"], row["id"]))[:most]
    claim = outbox.claim_urgent if urgent else outbox.claim
    claimed = await database.write(lambda tx: claim(tx, most, NOW, NOW + 5))
    assert [row["id"] for row in claimed] == [one["id"] for one in due]
    for row in claimed:
        shown = [500 + row["message_id"]] if row["method"] == "editMessageText" else None
        assert dict(row).get("copies") == shown
    for row, was in zip(await rows_of(database), queue, strict=True):
        if was not in due:
            assert row == was
            continue
        first = NOW if was["tries"] == 0 else was["tried_at"]
        now_is = {"state": "sending", "lease_until": NOW + 5, "tries": was["tries"] + 1, "tried_at": first}
        assert row == {**was, **now_is}


async def test_a_second_claim_takes_nothing_that_the_first_one_has(database: Database, queue: list[Row]) -> None:
    first = await database.write(lambda tx: outbox.claim(tx, 99, NOW, NOW + 5))
    second = await database.write(lambda tx: outbox.claim(tx, 99, NOW, NOW + 5))
    assert {row["id"] for row in first}.isdisjoint(row["id"] for row in second)
    busy = {row["chat_id"] for row in first}
    assert all(row["priority"] == Priority.SAFETY for row in second if row["chat_id"] in busy)


async def test_what_is_asked_about_the_queue_is_true(database: Database, queue: list[Row]) -> None:
    states = [row["state"] for row in queue]
    assert await database.read(outbox.counts) == {state: states.count(state) for state in set(states)}
    assert [await database.read(lambda tx, one=one: outbox.copies(tx, one)) for one in (1, 2, 400)] == [
        [501],
        [502],
        [],
    ]
    mine = schema.outbox.c.id == sa.bindparam("one")
    for one in queue[::4]:  # as if this one alone were pending, or urgent

        async def alone(tx: Tx, one: Row = one) -> None:
            await tx.run(schema.outbox.update().values(priority=Priority.PROMPT.value))
            await tx.run(schema.outbox.update().where(mine).values(priority=Priority.SAFETY.value), {"one": one["id"]})
            waits = one["state"] == "pending" and one["hold_until"] <= NOW
            assert await outbox.urgent_waits(tx, NOW) == waits
            await tx.run(schema.outbox.delete().where(schema.outbox.c.state == "pending", ~mine), {"one": one["id"]})

        next_hold = one["hold_until"] if one["state"] == "pending" else None
        assert await after(database, alone, outbox.next_hold) == next_hold
    await database.write(lambda tx: tx.run(schema.outbox.delete()))
    assert await database.read(outbox.next_hold) is None


async def changed(database: Database, before: list[Row]) -> list[Row]:
    known = {row["id"]: row for row in before}
    return [row for row in await rows_of(database) if row != known.get(row["id"])]


async def test_an_outcome_changes_its_own_row_alone_and_only_while_that_is_being_sent(
    database: Database, queue: list[Row]
) -> None:
    for one in queue:
        before = await rows_of(database)
        to = {"row": one["id"], "to_state": "sent", "why": "done", "at": NOW}
        await database.write(lambda tx, to=to: outbox.settle(tx, [to]))
        settled = {"state": "sent", "error": "done", "settled_at": NOW, "payload": "", "upload": None}
        expected = [{**one, **settled}] if one["state"] == "sending" else []
        assert await changed(database, before) == expected


async def test_what_goes_back_into_the_queue_is_its_own_row_alone(database: Database, queue: list[Row]) -> None:
    for one in queue:
        before = await rows_of(database)
        to = {"row": one["id"], "until": NOW + 9, "repeated": 1, "to_method": "sendMessage", "to_payload": "{1}"}
        await database.write(lambda tx, to=to: outbox.again(tx, [{**to, "why": "lost"}]))
        back = {"state": "pending", "hold_until": NOW + 9, "repeats": 1, "method": "sendMessage", "payload": "{1}"}
        expected = [{**one, **back, "error": "lost"}] if one["state"] == "sending" else []
        assert await changed(database, before) == expected


async def test_a_chat_that_must_wait_holds_up_no_other_and_nothing_urgent(database: Database, queue: list[Row]) -> None:
    await database.write(lambda tx: outbox.hold(tx, CHATS[0], NOW))
    waits = [
        {**row, "hold_until": NOW}
        for row in queue
        if row["chat_id"] == CHATS[0] and row["state"] == "pending" and row["hold_until"] < NOW
        if row["priority"] != Priority.SAFETY
    ]
    assert await changed(database, queue) == waits


async def test_one_who_blocked_us_costs_nobody_else_a_message(database: Database, queue: list[Row]) -> None:
    await database.write(lambda tx: outbox.blocked(tx, CHATS[1], NOW))
    theirs = [row for row in queue if row["chat_id"] == CHATS[1] and row["state"] == "pending"]
    given_up = {"state": "failed", "error": "blocked", "settled_at": NOW, "payload": "", "upload": None}
    kept = [{**row, **given_up} for row in theirs if row["priority"] != Priority.STRANGER]
    assert await changed(database, queue) == kept
    gone = {row["id"] for row in queue} - {row["id"] for row in await rows_of(database)}
    assert gone == {row["id"] for row in theirs if row["priority"] == Priority.STRANGER}
    blocked = {row["id"]: row["blocked_at"] for row in await rows_of(database, schema.account)}
    assert blocked == {CHATS[0]: None, CHATS[1]: NOW, CHATS[2]: None}
    await database.write(lambda tx: outbox.blocked(tx, CHATS[1], NOW + 1))
    assert [row["blocked_at"] for row in await rows_of(database, schema.account)] == [None, NOW, None], "first noticed"


async def test_a_dead_senders_rows_come_back_when_their_lease_is_over(database: Database, queue: list[Row]) -> None:
    over = [row for row in queue if row["state"] == "sending" and row["lease_until"] <= NOW]
    assert await database.write(lambda tx: outbox.recover(tx, NOW)) == len(over)
    assert await changed(database, queue) == [{**row, "state": "pending", "lease_until": 0} for row in over]


async def test_what_is_settled_goes_in_time_and_what_waits_never(database: Database, queue: list[Row]) -> None:
    old = [row for row in queue if row["state"] in DONE and row["settled_at"] < NOW]
    assert await database.write(lambda tx: outbox.forget(tx, NOW)) == len(old)
    assert await rows_of(database) == [row for row in queue if row not in old]


async def test_a_newer_edit_replaces_edits_of_that_message_that_are_not_made_yet(
    database: Database, queue: list[Row]
) -> None:
    for message in {row["message_id"] for row in queue}:
        before = await rows_of(database)
        await database.write(lambda tx, message=message: outbox.put(tx, [], [message]))
        replaced = [
            row
            for row in before
            if (row["message_id"], row["state"]) == (message, "pending") and row["id"] != message
            if row["method"].startswith("edit")
        ]
        assert await rows_of(database) == [row for row in before if row not in replaced]
        left = await rows_of(database)
        await database.write(lambda tx, message=message: outbox.drop(tx, [{"row": message}]))
        assert await rows_of(database) == [row for row in left if row["id"] != message]


async def test_what_was_shown_is_known_unless_it_was_erased_meanwhile(database: Database, queue: list[Row]) -> None:
    one = queue[3]
    about = {"chat": CHATS[0], "message": one["message_id"], "at": NOW, "asked_at": NOW}
    for row, telegram in ((one["id"], 51), (10**9, 52), (one["id"], 51)):
        told = {**about, "row": row, "telegram": telegram}
        await database.write(lambda tx, told=told: outbox.shown(tx, [told]))
    found = [row["telegram_message_id"] for row in await rows_of(database, schema.copy) if row["at"] == NOW]
    assert found == [51], "nothing of a row that is gone, and nothing twice"


async def test_a_check_in_was_asked_when_it_was_first_shown(database: Database) -> None:
    clinic = Clinic(database)
    ana = await clinic.caregiver(await clinic.child("Mika", await clinic.therapist()), "Ana")
    numbers = [await clinic.check_in(ana, f"2027-03-1{day}") for day in (1, 2)]
    waits = schema.check_in.update().where(schema.check_in.c.id == sa.bindparam("one"))

    async def ask(tx: Tx) -> None:
        for number in numbers:
            await tx.run(
                waits.values(sent_at=None, message_id=sa.bindparam("message")), {"one": number, "message": number}
            )
        for at in (NOW, NOW + HOUR):
            about = {"row": 1, "chat": 5, "telegram": 7, "message": numbers[0], "at": at, "asked_at": at}
            await outbox.shown(tx, [about])

    await database.write(ask)
    asked = {row["id"]: row["sent_at"] for row in await rows_of(database, schema.check_in)}
    assert asked == {numbers[0]: NOW, numbers[1]: None}
