"""Files that are damaged, read-only, or of another key or time: one clear line, exit 1, and nothing is made worse."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.storage import opening
from bot.storage.database import Damaged, Unavailable
from bot.storage.schema import handled
from tests.support.commands import NOBODY, command
from tests.support.databases import KEY, new_file

PAGE = 4096
OTHER_KEY = "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="
_ADD = handled.insert().values(meaning=sa.bindparam("meaning"), update_id=0, batch=0)
_COUNT = sa.select(sa.func.count().label("n")).select_from(handled)


def _url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/homenotes.db"


async def _fill(folder: Path, rows: int = 2000) -> None:
    db = await opening.open_database(_url(folder), KEY)
    await db.write(lambda tx: tx.run_many(_ADD, ({"meaning": f"{n:040d}"} for n in range(rows))))
    await db.close()


async def _count(folder: Path) -> int:
    db = await opening.open_database(_url(folder), KEY)
    row = await db.read(lambda tx: tx.row(_COUNT))
    await db.close()
    assert row is not None
    return int(row["n"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A database with some rows, closed."""
    new_file(tmp_path, KEY)
    asyncio.run(_fill(tmp_path))
    return tmp_path


def _says(folder: Path, *words: str, user: int | None = None, **settings: str) -> str:
    """The one line of a command that fails."""
    code, out, err = command(folder, *words, user=user, **settings)
    assert (code, out, len(err)) == (1, "", 1), (code, out, err)
    assert "Traceback" not in err[0]
    return err[0]


def _tear(path: Path, page: int) -> None:
    """The disk has kept only half of what was written."""
    with path.open("r+b") as file:
        file.seek(page * PAGE + PAGE // 2)
        file.write(os.urandom(PAGE // 2))


@pytest.mark.parametrize("words", [["check"], ["run"], ["status"], ["migrate"]], ids=lambda words: words[0])
@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (lambda path: _tear(path, 0), "wrong ENCRYPTION_KEY, or a damaged file"),
        (
            lambda path: path.write_bytes(b"SQLite format 3\x00" + bytes(8176)),
            "wrong ENCRYPTION_KEY, or a damaged file",
        ),
        (lambda path: path.write_bytes(b"not a database"), "wrong ENCRYPTION_KEY, or a damaged file"),
        (lambda path: os.truncate(path, 100), "wrong ENCRYPTION_KEY, or a damaged file"),
    ],
    ids=["torn", "not-ours", "words", "cut"],
)
def test_fault_42_a_file_that_cannot_be_read_is_said_in_one_line(
    folder: Path, words: list[str], spoil: Callable[[Path], None], line: str
) -> None:
    """Exit 1, one line that names the file and the key, no traceback; the file is left as it is for who repairs it."""
    path = folder / "homenotes.db"
    spoil(path)
    before = path.read_bytes()
    said = _says(folder, *words)
    assert line in said
    assert str(path) in said
    assert path.read_bytes() == before


def test_fault_42_pages_torn_anywhere_are_found_by_check(folder: Path) -> None:
    """Each page has a checksum under the key: `check` finds the torn one, wherever it lies."""
    path = folder / "homenotes.db"
    whole = path.read_bytes()
    pages = len(whole) // PAGE
    assert pages > 40
    for page in range(1, pages, 9):
        _tear(path, page)
        try:
            wrong = opening.check(_url(folder), KEY)
        except Damaged:
            wrong = ["damaged"]
        assert wrong, f"page {page} of {pages}"
        path.write_bytes(whole)
    assert opening.check(_url(folder), KEY) == []


def test_fault_42_check_says_a_torn_page_in_few_lines(folder: Path) -> None:
    """Exit 1 and no traceback."""
    path = folder / "homenotes.db"
    _tear(path, path.stat().st_size // PAGE - 3)
    code, out, err = command(folder, "check")
    assert (code, out) == (1, "")
    assert 1 <= len(err) <= 5, err
    assert str(path) in err[0]
    assert "Traceback" not in "".join(err)


@pytest.mark.parametrize("words", [["check"], ["run"], ["status"]], ids=lambda words: words[0])
def test_fault_42_another_key_is_said_in_one_line(folder: Path, words: list[str]) -> None:
    """Exit 1; with the right key all is as before."""
    assert "wrong ENCRYPTION_KEY" in _says(folder, *words, ENCRYPTION_KEY=OTHER_KEY)
    assert command(folder, "check")[0] == 0


@pytest.mark.parametrize("words", [["check"], ["run"], ["status"], ["migrate"]], ids=lambda words: words[0])
def test_fault_42_a_newer_schema_is_said_in_one_line(folder: Path, words: list[str]) -> None:
    """Exit 1, both versions and what to do."""
    with opening._connected(_url(folder), KEY) as connection, connection.begin():
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    said = _says(folder, *words)
    assert "9999" in said
    assert "update the program" in said


@pytest.mark.parametrize("words", [["check"], ["run"]], ids=lambda words: words[0])
def test_fault_42_the_same_lines_with_postgresql(postgres_url: str, tmp_path: Path, words: list[str]) -> None:
    """Another key and a newer schema: exit 1, one line."""
    assert command(tmp_path, "check", DATABASE_URL=postgres_url)[0] == 0
    assert "wrong ENCRYPTION_KEY" in _says(tmp_path, *words, DATABASE_URL=postgres_url, ENCRYPTION_KEY=OTHER_KEY)
    with opening._connected(postgres_url, KEY) as connection, connection.begin():
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    assert "update the program" in _says(tmp_path, *words, DATABASE_URL=postgres_url)


@pytest.mark.parametrize("words", [["check"], ["run"], ["status"], ["migrate"]], ids=lambda words: words[0])
def test_fault_44_a_server_that_is_not_there_is_said_in_one_line(tmp_path: Path, words: list[str]) -> None:
    """Exit 1: the database is not available."""
    url = f"postgresql+psycopg://someone:secret@/homenotes?host={tmp_path}"
    said = _says(tmp_path, *words, DATABASE_URL=url)
    assert "the database is not available: PostgreSQL cannot be reached" in said
    assert "secret" not in said


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that another user may enter: pytest's own are for their owner alone."""
    path = Path(tempfile.mkdtemp(prefix="homenotes-"))
    path.chmod(0o755)
    asyncio.run(_fill(path, 10))
    (path / "homenotes.db").chmod(0o644)
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


@pytest.mark.parametrize("words", [["check"], ["run"], ["status"], ["migrate"]], ids=lambda words: words[0])
def test_fault_41_a_folder_that_is_read_only_is_said_in_one_line(shared: Path, words: list[str]) -> None:
    """Exit 1, one line that names a file in it; a bot that may write there goes on as before."""
    (shared / "homenotes.db.lock").unlink(missing_ok=True)
    shared.chmod(0o555)
    said = _says(shared, *words, user=NOBODY if os.geteuid() == 0 else None)
    assert str(shared) in said
    shared.chmod(0o755)
    assert asyncio.run(_count(shared)) == 10


@pytest.mark.parametrize("words", [["check"], ["run"], ["status"], ["migrate"]], ids=lambda words: words[0])
def test_fault_41_a_file_that_is_read_only_is_said_in_one_line(shared: Path, words: list[str]) -> None:
    """The folder may be written, the file may not."""
    shared.chmod(0o777)
    (shared / "homenotes.db").chmod(0o444)
    said = _says(shared, *words, user=NOBODY if os.geteuid() == 0 else None)
    assert str(shared / "homenotes.db") in said
    assert "read-only" in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may run a command as somebody else")
def test_a_file_of_somebody_else_that_may_be_written_is_in_order(shared: Path) -> None:
    shared.chmod(0o777)
    (shared / "homenotes.db").chmod(0o666)
    assert command(shared, "check", user=NOBODY) == (0, "all in order: settings, key, schema, database\n", [])


async def test_fault_41_read_only_while_running_nothing_is_lost_and_the_next_try_works(tmp_path: Path) -> None:
    """The write is refused as a whole and as something that passes; afterwards the same write is stored once."""
    db = await opening.open_database(_url(tmp_path), KEY)
    add = {"meaning": "once"}
    await db._writer.execute("PRAGMA query_only = ON")  # type: ignore[attr-defined]
    with pytest.raises(Unavailable):
        await db.write(lambda tx: tx.run(_ADD, add))
    await db._writer.execute("PRAGMA query_only = OFF")  # type: ignore[attr-defined]
    await db.write(lambda tx: tx.run(_ADD, add))
    await db.close()
    assert await _count(tmp_path) == 1


async def test_fault_41_a_server_that_became_read_only_refuses_as_something_that_passes(postgres_url: str) -> None:
    """A replica, or one that is being maintained: nothing is stored, the next try works."""
    db = await opening.open_database(f"{postgres_url}&options=-c%20default_transaction_read_only%3Don", KEY)
    with pytest.raises(Unavailable):
        await db.write(lambda tx: tx.run(_ADD, {"meaning": "once"}))
    assert await db.read(lambda tx: tx.rows(sa.select(handled))) == []
    await db.close()
