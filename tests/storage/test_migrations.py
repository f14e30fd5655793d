"""A migration is all or nothing, whatever happens on the way."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import alembic.command  # noqa: F401 - loaded before a process is split off
import pytest
import sqlalchemy as sa

from bot import durable
from bot.storage import backup, lock, opening
from bot.storage.database import Damaged, DatabaseError
from bot.storage.opening import NewerSchema
from bot.storage.schema import HEAD, access, child, metadata, person
from bot.storage.urls import sqlite_path
from tests.support.databases import KEY

NEXT = "9001"
_SCRIPT = """
import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{head}"
branch_labels = depends_on = None


def upgrade():
    op.create_table("toy", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text, nullable=False))
    op.execute("INSERT INTO toy (id, name) SELECT id, 'bear of ' || name FROM child")
    with op.batch_alter_table("child", recreate="auto") as table:
        table.add_column(sa.Column("colour", sa.String, nullable=False, server_default="blue"))
        table.alter_column("gender", server_default="unknown")
    op.create_index("ix_child_colour", "child", ["colour"])
    op.execute("UPDATE child SET colour = 'green'")
    {more}
"""


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """The program of tomorrow, with one more script."""

    def install(more: str = "") -> None:
        scripts = tmp_path / "scripts"
        shutil.copytree(opening.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        script = _SCRIPT.format(next=NEXT, head=HEAD, more=more)
        (scripts / "versions" / f"{NEXT}_toys.py").write_text(script)
        monkeypatch.setattr(opening, "SCRIPTS", scripts)
        monkeypatch.setattr(opening, "HEAD", NEXT)

    return install


def _fill(url: str) -> None:
    """A database of today, with a family in it."""
    opening.migrate(url, KEY)
    with opening._connected(url, KEY) as connection, connection.begin():
        connection.execute(child.insert().values(id=1, name="Mika", created_at=1))
        connection.execute(
            person.insert().values(id=1, kind="caregiver", name="Ana", language="en", timezone="UTC", created_at=1)
        )
        connection.execute(access.insert().values(id=1, person_id=1, child_id=1, right="care", from_at=1))


_SHAPE = {
    "sqlite": "SELECT name, sql FROM sqlite_master ORDER BY name",
    "postgresql": "SELECT table_name, column_name || ' ' || coalesce(column_default, '')"
    " FROM information_schema.columns WHERE table_schema = 'public'"
    " UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    " ORDER BY 1, 2",
}
_ROWS = {
    name: sa.text(f"SELECT * FROM {name}")  # noqa: S608 - ours
    for name in ("access", "alembic_version", "child", "person", "toy")
}


def _state(url: str) -> tuple[list[Any], dict[str, list[str]]]:
    """All that can be seen of a database: what was made, and the rows."""
    with opening._connected(url, KEY) as connection:
        shape = connection.execute(sa.text(_SHAPE[connection.dialect.name])).fetchall()
        there = {row[0] for row in shape} & set(_ROWS)
        return shape, {name: sorted(map(str, connection.execute(_ROWS[name]))) for name in sorted(there)}


@contextmanager
def _at_statement(n: int, what: Callable[[], None]) -> Iterator[list[int]]:
    """Does something just before the n-th statement of any engine; the commit is one of them."""
    passed = [0]

    def count(*_: Any) -> None:
        passed[0] += 1
        if passed[0] == n:
            what()

    for event in ("before_cursor_execute", "commit"):
        sa.event.listen(sa.Engine, event, count)
    try:
        yield passed
    finally:
        for event in ("before_cursor_execute", "commit"):
            sa.event.remove(sa.Engine, event, count)


def _killed(url: str, n: int) -> bool:
    """Migrate in a process of its own that is killed at its n-th statement; False where it came to its end."""
    child_process = os.fork()
    if child_process == 0:
        try:
            with _at_statement(n, lambda: os.kill(os.getpid(), signal.SIGKILL)):
                opening.migrate(url, KEY)
        except BaseException:  # noqa: BLE001 - nothing of the test may run twice
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child_process, 0)
    assert status in (0, signal.SIGKILL), status
    return status == signal.SIGKILL


def test_fault_7_killed_on_the_way_the_old_schema_stands_with_its_rows(
    empty_url: str, newer: Callable[[str], None]
) -> None:
    """Version, columns, indexes and rows are the old ones; the next start brings it to its end."""
    _fill(empty_url)
    before = _state(empty_url)
    newer("")
    n = 1
    while _killed(empty_url, n):
        assert _state(empty_url) == before, f"killed at statement {n}"
        n += 3
    assert n > 10
    _, rows = _state(empty_url)
    assert rows["toy"] == ["(1, 'bear of Mika')"]
    assert "green" in rows["child"][0]
    assert rows["access"] == before[1]["access"]
    assert opening.check(empty_url, KEY) == []


def test_fault_7_killed_at_some_statements_the_first_schema_is_not_there(empty_url: str) -> None:
    """Not a single table; the next start makes them all."""
    n = 1
    while _killed(empty_url, n):
        assert _state(empty_url) == ([], {}), f"killed at statement {n}"
        n += 53
    assert n > 50
    assert set(metadata.tables) < {row[0] for row in _state(empty_url)[0]}


def test_fault_7_an_error_at_each_statement_leaves_the_old_schema(empty_url: str, newer: Callable[[str], None]) -> None:
    """The process goes on, and so does the database."""

    def fail() -> None:
        raise LookupError

    _fill(empty_url)
    before = _state(empty_url)
    newer("")
    for n in range(1, 100):
        with _at_statement(n, fail) as passed, suppress(LookupError):
            opening.migrate(empty_url, KEY)
        if passed[0] < n:
            break
        assert _state(empty_url) == before, f"failed at statement {n}"
    assert 10 < n < 99
    assert opening.check(empty_url, KEY) == []


def test_a_migration_that_leaves_rows_pointing_to_nothing_is_undone(
    empty_url: str, newer: Callable[[str], None]
) -> None:
    _fill(empty_url)
    before = _state(empty_url)
    newer("op.execute('UPDATE access SET child_id = 99')")
    with pytest.raises(DatabaseError):
        opening.migrate(empty_url, KEY)
    assert _state(empty_url) == before


async def test_a_newer_schema_is_refused_and_left_alone(database_url: str) -> None:
    opening.migrate(database_url, KEY)
    with opening._connected(database_url, KEY) as connection, connection.begin():
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    before = _state(database_url)
    with pytest.raises(NewerSchema, match="9999"):
        await opening.open_database(database_url, KEY)
    with pytest.raises(NewerSchema, match="update the program"):
        opening.check(database_url, KEY)
    assert _state(database_url) == before


def test_an_older_schema_is_named_by_check_and_not_changed(empty_url: str) -> None:
    [line] = opening.check(empty_url, KEY)
    assert "empty" in line
    assert "migrate" in line
    assert opening.schema_version(empty_url, KEY) is None
    assert opening.migrate(empty_url, KEY) == (None, HEAD)
    assert opening.migrate(empty_url, KEY) == (HEAD, HEAD)
    assert opening.schema_version(empty_url, KEY) == HEAD
    assert opening.check(empty_url, KEY) == []


def test_several_that_migrate_at_once_all_find_it_done(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(lambda _: opening.migrate(empty_url, KEY), range(4)))
    assert {now for _, now in results} == {HEAD}
    assert opening.check(empty_url, KEY) == []


async def test_fault_42_another_key_is_refused_and_changes_nothing(database_url: str) -> None:
    """Opening and checking both say it; with the right key all is as before."""
    opening.migrate(database_url, KEY)
    before = _state(database_url)
    with pytest.raises(Damaged):
        await opening.open_database(database_url, b"x" * 32)
    with pytest.raises(Damaged):
        opening.check(database_url, b"x" * 32)
    assert _state(database_url) == before
    assert opening.check(database_url, KEY) == []


def test_the_file_is_copied_before_it_changes(sqlite_url: str, newer: Callable[[str], None]) -> None:
    _fill(sqlite_url)
    newer("")
    assert opening.migrate(sqlite_url, KEY) == (HEAD, NEXT)
    old = opening.old_of(sqlite_path(sqlite_url), HEAD)
    assert backup.examine(old, KEY) == HEAD
    with backup.looked_into(old, KEY) as connection:
        assert [row[0] for row in connection.execute("SELECT name FROM child")] == ["Mika"]
    old.unlink()
    opening.migrate(sqlite_url, KEY)
    assert not old.exists(), "nothing changed, nothing is copied"


def test_fault_39_without_room_for_the_copy_nothing_changes(
    sqlite_url: str, newer: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A schema is not changed where the old file could not be copied before."""
    _fill(sqlite_url)
    before = _state(sqlite_url)
    newer("")

    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(durable, "sync", full)
        with pytest.raises(backup.NotWritten):
            opening.migrate(sqlite_url, KEY)
    assert _state(sqlite_url) == before
    assert opening.migrate(sqlite_url, KEY) == (HEAD, NEXT)


def test_a_command_does_not_change_the_schema_under_a_running_bot(
    sqlite_url: str, newer: Callable[[str], None]
) -> None:
    _fill(sqlite_url)
    newer("")
    with lock.alone(sqlite_url), pytest.raises(opening.OlderSchema, match="stop it, then run migrate"):
        opening.migrate(sqlite_url, KEY, beside=True)
    assert opening.migrate(sqlite_url, KEY, beside=True) == (HEAD, NEXT)
