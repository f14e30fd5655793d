"""A backup is complete, proven and for its owner alone, or it is not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot import durable
from bot.storage import backup, schema
from bot.storage.backup import Exists, NoDatabase, NotABackup, NotWritten
from bot.storage.database import Damaged
from bot.storage.opening import open_database
from tests.support.clinic import KEY, Clinic

OTHER = b"o" * 32


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    """A closed database with one therapist and one child."""
    folder = tmp_path / "data"
    folder.mkdir()
    db = await open_database(f"sqlite+aiosqlite:///{folder}/homenotes.db", KEY)
    clinic = Clinic(db)
    await clinic.child("Mika", await clinic.therapist())
    await db.close()
    return folder / "homenotes.db"


def names(path: Path) -> list[str]:
    with backup.looked_into(path, KEY) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM child ORDER BY id")]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_it_holds_everything_stays_encrypted_and_is_for_its_owner(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    backup.make(database, KEY, target)
    assert names(target) == ["Mika"]
    assert target.stat().st_mode & 0o777 == 0o600
    assert b"Mika" not in target.read_bytes()
    assert b"SQLite format" not in target.read_bytes()
    assert files(tmp_path) == ["copy.db", "data"]
    assert backup.examine(target, KEY) == schema.HEAD


async def test_while_somebody_writes_it_is_one_moment(database: Path, tmp_path: Path) -> None:
    db = await open_database(f"sqlite+aiosqlite:///{database}", KEY)
    clinic = Clinic(db)
    for number in range(5):
        backup.make(database, KEY, tmp_path / f"{number}.db")
        await clinic.put(schema.child, id=100 + number, name=f"Child {number}", created_at=1)
    await db.close()
    assert names(tmp_path / "4.db") == ["Mika", *(f"Child {number}" for number in range(4))]


async def test_a_file_that_is_there_is_never_touched(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(Exists, match=r"copy\.db is there already"):
        backup.make(database, KEY, target)
    assert target.read_text() == "precious"


async def test_one_that_comes_meanwhile_is_not_touched_either(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"
    monkeypatch.setattr(durable, "sync", lambda _draft: target.write_text("precious"))
    with pytest.raises(Exists):
        backup.make(database, KEY, target)
    assert target.read_text() == "precious"
    assert files(tmp_path) == ["copy.db", "data"]


async def test_a_stick_that_knows_no_links_gets_its_backup_too(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object, **_more: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    backup.make(database, KEY, tmp_path / "copy.db")
    assert names(tmp_path / "copy.db") == ["Mika"]


async def test_an_older_one_goes_only_once_the_new_one_is_proven(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"
    target.write_text("older")

    def torn(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(4096 * 3)
            file.write(b"torn" * 100)

    with monkeypatch.context() as patched:
        patched.setattr(durable, "sync", torn)
        with pytest.raises(NotABackup, match="is damaged"):
            backup.make(database, KEY, target, replace=True)
    assert target.read_text() == "older"
    backup.make(database, KEY, target, replace=True)
    assert names(target) == ["Mika"]


def test_nothing_to_copy(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase, match="there is no database yet"):
        backup.make(tmp_path / "homenotes.db", KEY, tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


async def test_the_wrong_key_copies_nothing(database: Path, tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        backup.make(database, OTHER, tmp_path / "copy.db")
    assert files(tmp_path) == ["data"]


async def test_fault_39_a_disk_that_is_full_leaves_nothing_behind(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup without room says so, and leaves no half of a file."""

    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "sync", full)
    with pytest.raises(NotWritten, match="no room for it on the disk; nothing was written"):
        backup.make(database, KEY, tmp_path / "copy.db")
    assert files(tmp_path) == ["data"]


async def test_what_is_no_backup_says_what_it_is(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup.make(database, KEY, copy)
    whole = copy.read_bytes()
    cases = {
        b"": "is empty",
        b"name,role\nAna,mother\n" * 1000: "is no backup, or one that was made with another key",
        whole[: len(whole) // 2 + 100]: "is damaged",
        whole[: 4096 * 5]: "is damaged",
        whole[:9000] + bytes(len(whole) - 9000): "is damaged",
    }
    for content, line in cases.items():
        copy.write_bytes(content)
        with pytest.raises(NotABackup, match=line):
            backup.examine(copy, KEY)
    copy.write_bytes(whole)
    with pytest.raises(NotABackup, match="another key"):
        backup.examine(copy, OTHER)
