"""The power goes at any moment: the file opens, is whole, and holds the transactions up to some commit, none half."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.storage import opening, sqlite
from bot.storage.database import Tx, savepoint
from bot.storage.schema import dead_update, handled
from bot.storage.sqlite import SqliteDatabase
from tests.support.databases import KEY

TRANSACTIONS = 60
_REMEMBER = handled.insert().values(meaning=sa.bindparam("meaning"), update_id=sa.bindparam("number"), batch=0)
_KEEP = dead_update.insert().values(update_id=sa.bindparam("number"), error="", payload=sa.bindparam("payload"), at=0)
_FORGET = dead_update.delete().where(dead_update.c.update_id == sa.bindparam("number"))


@dataclass(frozen=True)
class Snapshot:
    """The files as they lay there, and how many transactions had been acknowledged."""

    folder: Path
    acknowledged: int

    @property
    def log(self) -> Path:
        return self.folder / "homenotes.db-wal"

    def copied(self, folder: Path, spoil: Callable[[Path], None]) -> Snapshot:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        copy = Snapshot(folder, self.acknowledged)
        spoil(copy.log)
        return copy

    def kept(self) -> int:
        """How many transactions are in it; fails where one is there in part, or not all before it."""
        connection = sqlite.connect(self.folder / "homenotes.db", KEY)
        try:
            assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
            meanings = sorted(row[0] for row in connection.execute("SELECT meaning FROM handled"))
            payloads = sorted(row[0] for row in connection.execute("SELECT update_id FROM dead_update"))
        finally:
            connection.close()
        kept = len(meanings) // 2
        assert meanings == sorted(f"{number:04d}{part}" for number in range(kept) for part in "ab")
        assert payloads == _payloads_after(kept)
        return kept

    def last_commit(self) -> int:
        """Where the last frame of a commit ends in the log: https://sqlite.org/fileformat2.html#the_write_ahead_log."""
        content = self.log.read_bytes()
        salt, frame, end = content[16:24], 24 + int.from_bytes(content[8:12], "big"), 0
        for start in range(32, len(content) - frame + 1, frame):
            if content[start + 8 : start + 16] != salt:
                break
            if content[start + 4 : start + 8] != bytes(4):
                end = start + frame
        return end


def _payloads_after(kept: int) -> list[int]:
    """What `_under_load` leaves of the second table: the fifth transaction takes its own and the one before it away."""
    return [n for n in range(kept) if n % 5 < 3 or (n % 5 == 3 and n == kept - 1)]


async def _under_load(folder: Path, chance: random.Random, *, checkpoints: bool) -> list[Snapshot]:
    """Transactions of several statements, and snapshots between two of them at random, committed or not."""
    alive = folder / "alive"
    db = await opening.open_database(f"sqlite+aiosqlite:///{alive}/homenotes.db", KEY)
    assert isinstance(db, SqliteDatabase)
    await db._writer.execute(f"PRAGMA wal_autocheckpoint = {25 if checkpoints else 0}")
    await db._writer.execute("PRAGMA cache_size = 10")  # pages of what is not committed yet reach the log, too
    snapshots: list[Snapshot] = []
    acknowledged = 0

    def perhaps() -> None:
        if chance.random() < 0.1:
            target = folder / f"snapshot{len(snapshots)}"
            target.mkdir()
            for file in ("homenotes.db", "homenotes.db-wal"):  # the shared memory goes with the power
                shutil.copyfile(alive / file, target / file)
            snapshots.append(Snapshot(target, acknowledged))

    async def work(tx: Tx, number: int) -> None:
        await tx.run(_REMEMBER, {"meaning": f"{number:04d}a", "number": number})
        perhaps()
        async with savepoint(tx):
            await tx.run(_KEEP, {"number": number, "payload": "x" * chance.randrange(30_000)})
            perhaps()
        if number % 5 == 4:
            await tx.run(_FORGET, {"number": number})
            await tx.run(_FORGET, {"number": number - 1})
            perhaps()
        await tx.run(_REMEMBER, {"meaning": f"{number:04d}b", "number": number})
        perhaps()

    for number in range(TRANSACTIONS):
        await db.write(lambda tx, n=number: work(tx, n))
        acknowledged += 1
        perhaps()
    await db.close()
    assert len(snapshots) > 8
    return snapshots


async def test_fault_8_at_any_moment_what_was_acknowledged_is_there_and_nothing_else(tmp_path: Path) -> None:
    """The files as they lay on the disk between two statements: every commit, and nothing of what had only begun."""
    chance = random.Random(8)
    for checkpoints in (True, False):
        folder = tmp_path / f"checkpoints-{checkpoints}"
        for snapshot in await _under_load(folder, chance, checkpoints=checkpoints):
            assert snapshot.kept() == snapshot.acknowledged


async def test_fault_8_what_was_written_after_the_last_sync_may_be_lost_or_garbage(tmp_path: Path) -> None:
    """The log is cut or overwritten anywhere behind the last commit: every commit is there."""
    chance = random.Random(88)
    for snapshot in await _under_load(tmp_path, chance, checkpoints=True):
        synced = snapshot.last_commit()
        cut = synced + chance.randrange(10_000)

        def garbage(log: Path, synced: int = synced) -> None:
            _truncate(log, synced)
            with log.open("ab") as file:
                file.write(chance.randbytes(chance.randrange(20_000)))

        for number, spoil in enumerate((lambda log, cut=cut: _truncate(log, cut), garbage)):
            copy = snapshot.copied(tmp_path / f"copy{number}", spoil)
            assert copy.kept() == snapshot.acknowledged


async def test_fault_8_42_a_log_cut_anywhere_holds_the_commits_up_to_there(tmp_path: Path) -> None:
    """A truncated or torn log: whole transactions up to some commit, none in part, and the file is sound."""
    chance = random.Random(42)
    seen = set()
    for snapshot in await _under_load(tmp_path, chance, checkpoints=False):
        for _ in range(2):
            at = chance.randrange(snapshot.log.stat().st_size)

            def torn(log: Path, at: int = at) -> None:
                with log.open("r+b") as file:
                    file.seek(at)
                    file.write(chance.randbytes(200))

            for spoil in (lambda log, at=at: _truncate(log, at), torn):
                kept = snapshot.copied(tmp_path / "copy", spoil).kept()
                assert kept <= snapshot.acknowledged
                seen.add(kept)
    assert len(seen) > 5


async def test_every_commit_is_synced(sqlite_url: str) -> None:
    """What the tests above suppose of the disk, SQLite asks of it: FULL is 2."""
    db = await opening.open_database(sqlite_url, KEY)
    assert isinstance(db, SqliteDatabase)
    for connection in (db._writer, db._reader):
        wanted = {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1}
        for pragma, value in wanted.items():
            [row] = await connection.execute_fetchall(f"PRAGMA {pragma}")
            assert row[0] == value, pragma
    await db.close()


def _truncate(path: Path, size: int) -> None:
    os.truncate(path, min(size, path.stat().st_size))
