"""What a transaction promises, on both engines."""

from __future__ import annotations

import asyncio

import pytest
import sqlalchemy as sa

from bot.storage.database import Conflict, Database, NestedWrite, Over, Tx, Unavailable, savepoint
from bot.storage.opening import open_database
from bot.storage.schema import handled
from tests.support.databases import KEY

# A table that anything may stand in, under other names.
_name, _value = handled.c.meaning.label("name"), handled.c.update_id.label("value")
_ADD = handled.insert().values(meaning=sa.bindparam("name"), update_id=sa.bindparam("value"), batch=0)
_ALL = sa.select(_name, _value).order_by(handled.c.meaning)
_ONE = sa.select(_name, _value).where(handled.c.meaning == sa.bindparam("name"))
_RAISE = handled.update().where(handled.c.update_id < sa.bindparam("below")).values(update_id=sa.bindparam("to_value"))
_TAKE = handled.delete().where(handled.c.meaning == sa.bindparam("name")).returning(_value)


async def _stored(db: Database) -> dict[str, int]:
    return {row["name"]: row["value"] for row in await db.read(lambda tx: tx.rows(_ALL))}


async def _add(tx: Tx, name: str, value: int = 0) -> None:
    await tx.run(_ADD, {"name": name, "value": value})


async def test_rows_are_read_by_column_name(database: Database) -> None:
    async def work(tx: Tx) -> None:
        await tx.run_many(_ADD, [{"name": "b", "value": 2}, {"name": "a", "value": 2**53}])
        assert [(row["name"], row["value"]) for row in await tx.rows(_ALL)] == [("a", 2**53), ("b", 2)]
        found = await tx.row(_ONE, {"name": "b"})
        assert found is not None
        assert dict(found) == {"name": "b", "value": 2}
        assert await tx.row(_ONE, {"name": "c"}) is None
        with pytest.raises((KeyError, IndexError)):
            _ = found["colour"]

    await database.write(work)


async def test_run_says_how_many_rows_it_touched(database: Database) -> None:
    async def work(tx: Tx) -> list[int]:
        await tx.run_many(_ADD, [{"name": str(n), "value": n} for n in range(5)])
        return [await tx.run(_RAISE, {"below": below, "to_value": 9}) for below in (3, 4, 9, 9)]

    assert await database.write(work) == [3, 1, 1, 0]


async def test_a_row_changed_is_handed_back(database: Database) -> None:
    await database.write(lambda tx: _add(tx, "a", 7))
    taken = await database.write(lambda tx: tx.row(_TAKE, {"name": "a"}))
    assert taken is not None
    assert taken["value"] == 7
    assert await _stored(database) == {}


async def test_nothing_to_write_many_of_is_nothing(database: Database) -> None:
    await database.write(lambda tx: tx.run_many(_ADD, iter(())))
    assert await _stored(database) == {}


async def test_many_are_all_or_none_even_where_the_error_is_caught(database: Database) -> None:
    async def work(tx: Tx) -> None:
        await _add(tx, "first")
        with pytest.raises(Conflict):
            async with savepoint(tx):
                await tx.run_many(_ADD, [{"name": name, "value": 0} for name in ("second", "third", "first")])
        await _add(tx, "last")

    await database.write(work)
    assert set(await _stored(database)) == {"first", "last"}


async def test_what_raises_leaves_nothing_behind(database: Database) -> None:
    async def work(tx: Tx) -> None:
        await _add(tx, "a")
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(work)
    assert await _stored(database) == {}
    await database.write(lambda tx: _add(tx, "b"))
    assert await _stored(database) == {"b": 0}


async def test_a_savepoint_undoes_its_own_part_alone_also_when_nested(database: Database) -> None:
    async def fails_after(tx: Tx) -> None:
        async with savepoint(tx):
            async with savepoint(tx):
                await _add(tx, "inside")
            await _add(tx, "undone")
            raise LookupError

    async def refused(tx: Tx) -> None:
        async with savepoint(tx):
            await _add(tx, "inner")
            await _add(tx, "before")

    async def work(tx: Tx) -> None:
        await _add(tx, "before")
        with pytest.raises(LookupError):
            await fails_after(tx)
        async with savepoint(tx):
            await _add(tx, "outer")
            with pytest.raises(Conflict):
                await refused(tx)
            await _add(tx, "outer too")
        await _add(tx, "after")

    await database.write(work)
    assert set(await _stored(database)) == {"before", "outer", "outer too", "after"}


async def test_a_write_inside_a_write_raises_at_once(database: Database) -> None:
    async def work(tx: Tx) -> None:
        await _add(tx, "a")
        with pytest.raises(NestedWrite):
            await database.write(lambda inner: _add(inner, "b"))
        with pytest.raises(NestedWrite):
            await asyncio.create_task(database.write(lambda inner: _add(inner, "c")))

    await asyncio.wait_for(database.write(work), 5)
    await database.write(lambda tx: _add(tx, "d"))
    assert set(await _stored(database)) == {"a", "d"}


async def test_writes_of_many_tasks_are_never_mixed(database: Database) -> None:
    """Each undoes itself or stands whole, whoever waits in the middle of it."""

    async def work(tx: Tx, number: int) -> None:
        for part in range(3):
            await _add(tx, f"{number}.{part}")
            await asyncio.sleep(0)
        if number % 3 == 0:
            raise LookupError

    found = await asyncio.gather(
        *(database.write(lambda tx, n=n: work(tx, n)) for n in range(30)), return_exceptions=True
    )
    assert [isinstance(one, LookupError) for one in found] == [n % 3 == 0 for n in range(30)]
    assert set(await _stored(database)) == {f"{n}.{part}" for n in range(30) if n % 3 for part in range(3)}


async def test_a_read_sees_one_state_whatever_is_written_meanwhile(database: Database) -> None:
    await database.write(lambda tx: _add(tx, "a"))

    async def look(tx: Tx) -> tuple[int, int]:
        before = len(await tx.rows(_ALL))
        await asyncio.wait_for(asyncio.create_task(database.write(lambda other: _add(other, "b"))), 5)
        return before, len(await tx.rows(_ALL))

    assert await database.read(look) == (1, 1)
    assert len(await _stored(database)) == 2


async def test_a_read_does_not_see_what_is_not_committed(database: Database) -> None:
    async def work(tx: Tx) -> int:
        await _add(tx, "a")
        return len(await _stored(database))

    assert await database.write(work) == 0


async def test_reads_stand_beside_each_other(database: Database) -> None:
    counts = await asyncio.gather(*(_stored(database) for _ in range(20)))
    assert counts == [{}] * 20


async def test_a_read_cannot_write(database: Database) -> None:
    with pytest.raises(Unavailable):
        await database.read(lambda tx: _add(tx, "a"))
    assert await _stored(database) == {}


async def test_a_read_inside_a_read_raises_at_once(database: Database) -> None:
    async def work(tx: Tx) -> None:
        with pytest.raises(NestedWrite):
            await _stored(database)

    await asyncio.wait_for(database.read(work), 5)


async def test_what_a_transaction_has_read_stays_true_until_it_commits(database: Database) -> None:
    await database.write(lambda tx: _add(tx, "a"))

    async def one_more(tx: Tx) -> None:
        found = await tx.row(_ONE, {"name": "a"})
        assert found is not None
        await asyncio.sleep(0)
        await tx.run(_RAISE, {"below": 1000, "to_value": found["value"] + 1})

    await asyncio.gather(*(database.write(one_more) for _ in range(20)))
    assert await _stored(database) == {"a": 20}


async def test_between_processes_too(database: Database, database_url: str) -> None:
    other = await open_database(database_url, KEY)
    await database.write(lambda tx: _add(tx, "a"))

    async def one_more(tx: Tx) -> None:
        found = await tx.row(_ONE, {"name": "a"})
        assert found is not None
        await asyncio.sleep(0)
        await tx.run(_RAISE, {"below": 1000, "to_value": found["value"] + 1})

    await asyncio.gather(*(db.write(one_more) for _ in range(10) for db in (database, other)))
    assert await _stored(database) == await _stored(other) == {"a": 20}
    await other.close()


async def test_an_error_outside_a_savepoint_cannot_be_passed_over(database: Database) -> None:
    """One engine would commit the rest, the other would silently commit nothing: both refuse."""

    async def work(tx: Tx, *, goes_on: bool) -> None:
        await _add(tx, "a")
        with pytest.raises(Conflict):
            await _add(tx, "a")
        if goes_on:
            await _add(tx, "b")

    for goes_on in (True, False):
        with pytest.raises(Conflict):
            await database.write(lambda tx, on=goes_on: work(tx, goes_on=on))
    assert await _stored(database) == {}


async def test_a_transaction_that_is_over_takes_nothing_more(database: Database) -> None:
    kept: list[Tx] = []
    await database.write(lambda tx: _keep(kept, tx))
    await database.read(lambda tx: _keep(kept, tx))
    for tx in kept:
        with pytest.raises(Over):
            await _add(tx, "late")
        with pytest.raises(Over):
            await tx.rows(_ALL)
    assert await _stored(database) == {}


async def _keep(kept: list[Tx], tx: Tx) -> None:
    kept.append(tx)


async def test_a_closed_database_says_so(database_url: str) -> None:
    db = await open_database(database_url, KEY)
    await db.close()
    with pytest.raises(Unavailable):
        await _stored(db)
    with pytest.raises(Unavailable):
        await db.write(lambda tx: _add(tx, "a"))


async def test_closing_waits_for_what_is_under_way(database_url: str) -> None:
    db = await open_database(database_url, KEY)
    started = asyncio.Event()

    async def work(tx: Tx) -> None:
        started.set()
        for number in range(20):
            await _add(tx, str(number))

    writing = asyncio.create_task(db.write(work))
    await started.wait()
    await db.close()
    await writing
    again = await open_database(database_url, KEY)
    assert len(await _stored(again)) == 20
    await again.close()
