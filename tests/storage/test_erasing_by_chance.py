"""What an erasure takes and what it leaves, read a second time in plain Python from what was promised: families by
chance, each of them erased, and every table compared.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.domain import erasing, holds
from bot.storage import erasures
from bot.storage.database import Database, Tx
from bot.storage.erasures import Erased
from tests.support.crowd import Crowd, Found, crowd, everything
from tests.support.erasing_read_again import AT, Reading
from tests.support.undone import after

SEEDS = (1, 2)


@pytest.fixture(params=SEEDS)
async def people(request: pytest.FixtureRequest, database: Database) -> Crowd:
    return await crowd(database, request.param)


async def erased(database: Database, work: Callable[[Tx], Awaitable[Any]]) -> tuple[Found, Any]:
    """Every table after it, and what it returned; nothing of it stays."""
    said: list[Any] = []

    async def change(tx: Tx) -> None:
        said.append(await work(tx))

    found = await after(database, change, everything)
    return found, said[0]


def compare(reading: Reading, after: Found, *, quiet: bool = False) -> None:
    """``quiet``: nothing is asked of Telegram."""
    calls = [row for row in after["outbox"] if row["method"].startswith("delete")]
    deleted = [(row["chat_id"], one) for row in calls for one in json.loads(row["payload"]).get("message_ids", ())]
    menus = [row["chat_id"] for row in calls if row["method"] == "deleteMyCommands"]
    assert sorted(deleted) == ([] if quiet else sorted(reading.taken_back))
    assert sorted(menus) == ([] if quiet else sorted(reading.no_menu))
    assert all(row["priority"] == 5 for row in calls), "nothing is left of the call once it is made"
    again = [(row["person_id"], int(row["key"].split(":")[1])) for row in after["job"] if row["kind"] == "digest"]
    assert sorted(again) == sorted(reading.again)
    after["job"] = [row for row in after["job"] if row["kind"] != "digest"]
    after["outbox"] = [row for row in after["outbox"] if row not in calls]
    for table, rows in reading.rows.items():
        if table not in ("audit", "counter"):
            assert [one for one in after[table] if one not in rows] == [], f"{table}: should have gone"
            assert [one for one in rows if one not in after[table]] == [], f"{table}: should have stayed"


def noted(after: Found) -> list[tuple[Any, ...]]:
    columns = ("kind", "actor_kind", "actor_id", "child_id", "person_id", "at")
    return [tuple(row[one] for one in columns) for row in after["audit"]]


async def test_a_child_goes_with_whoever_was_here_for_it_alone(
    database: Database, people: Crowd, tmp_path: Path
) -> None:
    before = await database.read(everything)
    for row in before["child"]:
        number, listed = row["id"], tmp_path / f"{row['id']}"
        reading = Reading(people, before)
        if reading.is_held([number]):
            with pytest.raises(holds.Held):
                await erased(database, lambda tx, number=number, listed=listed: erasing.child(tx, number, listed, AT))
            assert not listed.exists()
            continue
        expected = reading.child(number)
        after, seats = await erased(
            database, lambda tx, number=number, listed=listed: erasing.child(tx, number, listed, AT)
        )
        assert seats == expected
        compare(reading, after)
        assert noted(after) == [("erased", "clinic", None, number, None, AT.now)]
        assert erasures.read(listed) == [Erased("child", number, row["created_at"])]


async def test_an_account_takes_its_own_seats_and_nobody_elses(
    database: Database, people: Crowd, tmp_path: Path
) -> None:
    before = await database.read(everything)
    for account in [row["id"] for row in before["account"]]:
        listed, reading = tmp_path / f"{account}", Reading(people, before)
        seats = [row for row in reading.seats_of(account) if row["kind"] == "caregiver"]

        def work(tx: Tx, account: int = account, listed: Path = listed) -> Awaitable[None]:
            return erasing.caregiver(tx, account, listed, AT)

        if reading.is_held([child for seat in seats for child in reading.cared(seat["id"])]):
            with pytest.raises(holds.Held):
                await erased(database, work)
            continue
        for seat in seats:
            reading.person(seat["id"])
        reading.leave(account)
        after, _ = await erased(database, work)
        compare(reading, after)
        assert noted(after) == [("erased", "caregiver", one["id"], None, one["id"], AT.now) for one in seats]
        assert erasures.read(listed) == [Erased("person", one["id"], one["created_at"]) for one in seats]


async def test_the_clinic_erases_one_seat_and_no_other(database: Database, people: Crowd, tmp_path: Path) -> None:
    before = await database.read(everything)
    for one in before["person"]:
        number, listed, reading = one["id"], tmp_path / f"{one['id']}", Reading(people, before)

        def work(tx: Tx, number: int = number, listed: Path = listed) -> Awaitable[bool]:
            return erasing.person(tx, number, listed, AT)

        if one["kind"] == "therapist" or reading.is_left(one):
            after, there = await erased(database, work)
            assert (after, there, listed.exists()) == (before, False, False)
            continue
        if reading.is_held(reading.cared(number)):
            with pytest.raises(holds.Held):
                await erased(database, work)
            continue
        account = reading.account(number)
        reading.person(number)
        if account is not None:
            reading.leave(account)
        after, there = await erased(database, work)
        assert there
        compare(reading, after)
        assert noted(after) == [("erased", "clinic", None, None, number, AT.now)]
        assert erasures.read(listed) == [Erased("person", number, one["created_at"])]


async def test_an_older_copy_loses_whom_the_list_means_and_telegram_is_not_asked(
    database: Database, people: Crowd
) -> None:
    before = await database.read(everything)
    for kind in erasures.ERASED:
        for one in before[kind]:
            reading = Reading(people, before)
            others = [Erased(kind, one["id"], one["created_at"] + 1), Erased(kind, 9, one["created_at"])]
            meant = Erased(kind, one["id"], one["created_at"])
            left = kind == "person" and reading.is_left(one)
            if kind == "child":
                reading.child(one["id"])
            elif one["kind"] == "therapist":
                continue
            elif not left:
                account = reading.account(one["id"])
                reading.person(one["id"])
                if account is not None:
                    reading.leave(account)
            after, found = await erased(database, lambda tx, listed=(*others, meant): erasing.obey(tx, listed, AT))
            assert found == int(not left)
            compare(reading, after, quiet=True)
            assert noted(after) == []
