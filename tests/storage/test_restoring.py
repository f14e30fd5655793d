"""What an older copy of the data may not do: say things of last week, or bring back who was erased."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.domain import restoring as rules
from bot.domain.erasing import Moment
from bot.storage import backup, restoring, schema
from bot.storage.backup import NotABackup
from bot.storage.database import Database
from bot.storage.erasures import Erased
from bot.storage.ids import new_id
from bot.storage.opening import open_database
from tests.support.clinic import EARLY, KEY, Clinic

NOW = 1_800_000_000_000
HOUR = 3_600_000


async def queued(clinic: Clinic, state: str, hours: int) -> int:
    number = new_id()
    return await clinic.put(
        schema.outbox,
        id=number,
        message_id=number,
        chat_id=1,
        priority=1,
        method="sendMessage",
        payload="{}",
        state=state,
        created_at=NOW - hours * HOUR,
    )


async def test_what_was_queued_long_ago_is_not_said_and_the_rest_is(database: Database) -> None:
    clinic = Clinic(database)
    child = await clinic.child("Mika", await clinic.therapist())
    await clinic.child("Noa")
    fresh = [await queued(clinic, "pending", 1), await queued(clinic, "sending", 23)]
    old = [await queued(clinic, "pending", 25), await queued(clinic, "sending", 200)]
    listed = [Erased("child", child, EARLY)]
    found = await database.write(lambda tx: rules.settle(tx, listed, Moment(NOW, NOW)))
    assert found == rules.Restored(families=1, erased=1)
    rows = {row["id"]: row["state"] for row in await database.read(lambda tx: tx.rows(schema.outbox.select()))}
    assert [rows[one] for one in fresh] == ["pending", "sending"]
    assert [rows[one] for one in old] == ["expired", "expired"]


async def database_with(folder: Path, name: str) -> Path:
    await asyncio.to_thread(folder.mkdir)
    db = await open_database(f"sqlite+aiosqlite:///{folder}/homenotes.db", KEY)
    await Clinic(db).put(schema.child, id=1, name=name, created_at=1)
    await db.close()
    return folder / "homenotes.db"


def names(path: Path) -> list[str]:
    with backup.looked_into(path, KEY) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM child")]


async def test_a_database_that_cannot_be_read_is_put_aside_and_nothing_of_it_stays_beside_the_new(
    tmp_path: Path,
) -> None:
    database = await database_with(tmp_path / "here", "Mika")
    other = await database_with(tmp_path / "there", "Noa")
    database.write_bytes(b"torn" * 4096)
    wal = database.with_name("homenotes.db-wal")
    wal.write_bytes(b"part of it")
    with pytest.raises(restoring.Occupied, match="cannot be read"):
        restoring.refuse_if_occupied(database, KEY)
    draft = restoring.copy_beside(other, database)
    restoring.prove(draft, KEY)
    assert restoring.put_in_place(draft, database, KEY)
    assert names(database) == ["Noa"]
    assert not wal.exists()
    assert restoring.replaced_of(database).read_bytes() == b"torn" * 4096


async def test_a_database_in_use_is_no_backup(tmp_path: Path) -> None:
    database = await database_with(tmp_path / "here", "Mika")
    database.with_name("homenotes.db-wal").write_bytes(b"what the file does not have yet")
    with pytest.raises(NotABackup, match="is a database in use and no backup"):
        restoring.copy_beside(database, tmp_path / "new.db")
    assert not restoring.draft_of(tmp_path / "new.db").exists()


async def test_an_empty_database_may_go(tmp_path: Path) -> None:
    db = await open_database(f"sqlite+aiosqlite:///{tmp_path}/homenotes.db", KEY)
    await db.close()
    restoring.refuse_if_occupied(tmp_path / "homenotes.db", KEY)
    restoring.refuse_if_occupied(tmp_path / "nothing.db", KEY)
    (tmp_path / "empty.db").touch()
    restoring.refuse_if_occupied(tmp_path / "empty.db", KEY)
