"""A clinic of any size, written straight into a new database in one transaction, without indexes until the end."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bench.updates import ACCOUNT, CHECK_IN, SHOWN
from bot.clock import from_ms, to_ms
from bot.storage import opening, sqlite

KEY = bytes(range(32))
CASELOAD = 60  # families of one therapist
DAY = 86_400_000
SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True)
class Clinic:
    """`days` of history for each family; `open`: each is in the middle of a check-in.

    The first `due` families are asked at `due_at` (ms), the others tomorrow; nobody's quiet hours are near.
    """

    families: int
    days: int = 0
    open: bool = False
    due: int = 0
    due_at: int = 0


def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def build(path: Path, clinic: Clinic) -> None:
    """Write it to `path`, a new file with the installation's key `KEY`."""
    path.touch(mode=0o600)
    path.write_bytes(_empty())
    connection = sqlite.connect(path, KEY)
    try:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -400000"):
            connection.execute(f"PRAGMA {pragma}")
        indexes = _indexes(connection)
        connection.execute("BEGIN")
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        _fill(connection, clinic)
        for _, statement in indexes:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
    finally:
        connection.close()


@cache
def _empty() -> bytes:
    """The file as a first start leaves it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "homenotes.db"
        opening.migrate(url(path), KEY)
        return path.read_bytes()


def _indexes(connection: Any) -> list[tuple[str, str]]:
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    return [(row["name"], row["sql"]) for row in found]


def _fill(connection: Any, clinic: Clinic) -> None:
    now = time.time_ns() // 1_000_000
    values = {
        "families": clinic.families,
        "therapists": -(-clinic.families // CASELOAD),
        "days": clinic.days,
        "account": ACCOUNT,
        "check_in": CHECK_IN,
        "shown": SHOWN,
        "caseload": CASELOAD,
        "now": now,
        "early": now - 100 * DAY,
        "due": clinic.due,
        "due_at": clinic.due_at,
        "due_date": _date(clinic.due_at),
        "slot": _clock(clinic.due_at or now),
        "later": now + DAY,
        "later_date": _date(now + DAY),
        "week": now + 7 * DAY,
        "week_date": _date(now + 7 * DAY),
        "quiet_from": _clock(now + DAY // 2),
        "quiet_until": _clock(now + DAY // 2 + 60_000),
        "today": _date(now),
        "hour": 3_600_000,
    }
    connection.execute("CREATE TEMP TABLE family (k INTEGER PRIMARY KEY)")
    connection.execute("CREATE TEMP TABLE day (d INTEGER PRIMARY KEY, date TEXT, at INTEGER)")
    connection.execute(
        "WITH RECURSIVE n (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM n WHERE k + 1 < :families)"
        " INSERT INTO family SELECT k FROM n",
        values,
    )
    connection.executemany("INSERT INTO day VALUES (?, ?, ?)", [_day(number) for number in range(clinic.days)])
    for name in ("people", *(["open"] if clinic.open else []), *(["history"] if clinic.days else [])):
        for statement in (SQL / f"{name}.sql").read_text("utf-8").split(";\n"):
            connection.execute(statement, values)


def _date(ms: int) -> str:
    return from_ms(ms).date().isoformat()


def _clock(ms: int) -> str:
    return from_ms(ms).strftime("%H:%M")


def _day(number: int) -> tuple[int, str, int]:
    """The evening so many days ago."""
    moment = datetime.now(UTC).replace(hour=18, minute=0, second=0, microsecond=0) - timedelta(days=number + 1)
    return number, moment.date().isoformat(), to_ms(moment)
