"""A backup takes the database's place, and at every moment there is one whole database under the name.

The backup is copied beside, brought up to date there, proven, and renamed over; what was there keeps another name.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlcipher3 import dbapi2 as sqlcipher

from bot import durable
from bot.storage import backup, sqlite
from bot.storage.backup import NotABackup
from bot.storage.database import Damaged, Tx, Unavailable
from bot.storage.lock import InUse
from bot.storage.schema import child, outbox

_HOLDS = "SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM child) + (SELECT count(*) FROM dead_update)"
_BESIDE = ("-wal", "-shm", "-journal")
_TOO_OLD = (
    outbox.update()
    .where(outbox.c.state.in_(["pending", "sending"]), outbox.c.created_at < bindparam("before"))
    .values(state="expired", error="restored", settled_at=bindparam("at"), payload="", upload=None)
)
_FAMILIES = sa.select(sa.func.count().label("n")).select_from(child)


class Occupied(Exception):
    """There is a database with data in that place."""


def draft_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.restoring")


def replaced_of(database: Path) -> Path:
    """Where the database goes that a backup took the place of."""
    return database.with_name(f"{database.name}.replaced")


def refuse_if_occupied(database: Path, key: bytes) -> None:
    """Raises `Occupied` where somebody's data would be lost, or where nobody can tell."""
    if not database.exists() or not database.stat().st_size:
        return
    try:
        connection = sqlite.connect(database, key)
    except Damaged:
        raise Occupied(f"{database} cannot be read with this key; --replace puts it aside") from None
    try:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        if {"person", "child", "dead_update"} <= tables and connection.execute(_HOLDS).fetchone()[0]:
            raise Occupied(f"{database} holds data; --replace puts it aside")
    finally:
        connection.close()


def copy_beside(file: Path, database: Path) -> Path:
    """The backup as a draft beside the database, on disk. Raises `NotABackup`, `NotWritten`, OSError."""
    draft = draft_of(database)
    clear(database)
    wal = file.with_name(f"{file.name}-wal")
    if wal.exists() and wal.stat().st_size:
        raise NotABackup(f"{file} is a database in use and no backup: {wal} belongs to it")
    with backup.drafted(draft) as copy:
        shutil.copyfile(file, copy)
        durable.sync(copy)
        copy.replace(draft)
    durable.sync_folder(draft.parent)
    return draft


def clear(database: Path) -> None:
    """Remove what an earlier restore may have left."""
    draft = draft_of(database)
    durable.remove(draft, *_companions(draft), *draft.parent.glob(f".{draft.name}.*"))


def fold(path: Path, key: bytes) -> None:
    """All of it in the one file. Raises `InUse` where another process has it open."""
    connection = sqlite.connect(path, key)
    try:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    except sqlcipher.Error as error:
        trouble = sqlite.translate(error)
        if isinstance(trouble, Unavailable):
            raise InUse(f"another command works with {path} just now; try again when it is done") from error
        raise trouble from error
    finally:
        connection.close()
    durable.sync(path)


def prove(draft: Path, key: bytes) -> None:
    """One file, every page of it read, on disk. Raises `NotABackup`."""
    fold(draft, key)
    backup.examine(draft, key)


def put_in_place(draft: Path, database: Path, key: bytes) -> bool:
    """Rename it over; returns whether something was there, which is kept as `replaced_of`. Raises `InUse`."""
    was_there = database.exists() and database.stat().st_size > 0
    if was_there:
        _put_aside(database, key)
    draft.replace(database)
    durable.sync_folder(database.parent)
    return was_there


def _put_aside(database: Path, key: bytes) -> None:
    """Another name for the same file: until the rename, the first one stays."""
    aside = replaced_of(database)
    durable.remove(aside, *_companions(aside))
    try:
        fold(database, key)
    except Damaged:  # what cannot be read cannot be folded: its parts stay together under the other name
        for path, other in zip(_companions(database), _companions(aside), strict=True):
            if path.exists():
                path.replace(other)
    try:
        aside.hardlink_to(database)
    except OSError as error:
        if error.errno not in backup.NO_LINKS:
            raise
        shutil.copyfile(database, aside)
        aside.chmod(0o600)
        durable.sync(aside)
    durable.sync_folder(database.parent)


def _companions(path: Path) -> list[Path]:
    return [path.with_name(f"{path.name}{end}") for end in _BESIDE]


async def expire(tx: Tx, before: int, at: int) -> int:
    """What was queued before that moment is not said any more; returns how many rows."""
    return await tx.run(_TOO_OLD, {"before": before, "at": at})


async def families(tx: Tx) -> int:
    row = await tx.row(_FAMILIES)
    return 0 if row is None else int(row["n"])
