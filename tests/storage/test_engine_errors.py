"""What goes wrong in a driver is said in the words of the house, and never in the words of people."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from bot.storage import opening, postgres, sqlite
from bot.storage.database import Conflict, Damaged, Database, DatabaseError, Tx, Unavailable
from bot.storage.schema import access, child, handled, person
from tests.support.databases import KEY

SECRET = "Mika's very own words"
_HANDLED = handled.insert().values(meaning=sa.bindparam("meaning"), update_id=1, batch=1)
_ACCESS = access.insert().values(person_id=7, child_id=8, right=sa.bindparam("right"), from_at=1)
_PERSON = person.insert().values(
    kind=sa.bindparam("kind"), name=sa.bindparam("name"), language="en", timezone="UTC", created_at=1
)


async def _twice(tx: Tx) -> None:
    for _ in range(2):
        await tx.run(_HANDLED, {"meaning": SECRET})


REFUSED: dict[str, Callable[[Tx], object]] = {
    "unique": _twice,
    "reference": lambda tx: tx.run(_ACCESS, {"right": "care"}),
    "check": lambda tx: tx.run(_PERSON, {"kind": SECRET, "name": SECRET}),
    "missing": lambda tx: tx.run(_PERSON, {"kind": "therapist", "name": None}),
}


@pytest.mark.parametrize("work", REFUSED.values(), ids=REFUSED)
async def test_what_a_constraint_refuses_is_a_conflict(database: Database, work: Callable[[Tx], object]) -> None:
    with pytest.raises(Conflict) as refused:
        await database.write(work)  # type: ignore[arg-type]
    assert SECRET not in str(refused.value)


WRONG: dict[str, Callable[[Tx], object]] = {
    "syntax": lambda tx: tx.rows(sa.text("SELEKT 1")),
    "table": lambda tx: tx.rows(sa.text("SELECT 1 FROM nowhere")),
    "value": lambda tx: tx.rows(sa.text("SELECT abs(:given, :given)"), {"given": SECRET}),
    "not-given": lambda tx: tx.run(_HANDLED, {}),
}


@pytest.mark.parametrize("work", WRONG.values(), ids=WRONG)
async def test_a_mistake_of_ours_is_an_error_of_the_database_and_nothing_that_passes(
    database: Database, work: Callable[[Tx], object]
) -> None:
    with pytest.raises(DatabaseError) as wrong:
        await database.write(work)  # type: ignore[arg-type]
    assert type(wrong.value) is DatabaseError
    assert SECRET not in str(wrong.value)


@pytest.mark.parametrize("code", sorted(sqlite._PASSING | sqlite._BROKEN | {sqlcipher.SQLITE_ERROR}))
def test_sqlites_codes_mean_what_they_say(code: int) -> None:
    error = sqlcipher.OperationalError("words")
    error.sqlite_errorcode = code | (3 << 8)  # an extended code of it
    wanted = Unavailable if code in sqlite._PASSING else Damaged if code in sqlite._BROKEN else DatabaseError
    assert type(sqlite.translate(error)) is wanted


_SERVER = {
    "08006": Unavailable,  # connection failure
    "25006": Unavailable,  # read-only transaction
    "25P03": Unavailable,  # stood idle for too long
    "40001": Unavailable,  # could not serialize
    "40P01": Unavailable,  # deadlock
    "53100": Unavailable,  # disk full
    "53300": Unavailable,  # too many connections
    "55P03": Unavailable,  # lock not available
    "57014": Unavailable,  # cancelled
    "57P01": Unavailable,  # the server shuts down
    "58030": Unavailable,  # input or output failed
    "XX001": Damaged,  # data corrupted
    "XX002": Damaged,  # index corrupted
    "23505": Conflict,  # unique
    "23503": Conflict,  # reference
    "22003": DatabaseError,  # out of range
    "42P01": DatabaseError,  # no such table
}


@pytest.mark.parametrize(("state", "wanted"), _SERVER.items(), ids=_SERVER)
def test_postgresqls_codes_mean_what_they_say(state: str, wanted: type[DatabaseError]) -> None:
    cause = psycopg.errors.lookup(state)(f"DETAIL: Key (name)=({SECRET}) already exists.")
    error = sa.exc.DBAPIError.instance("INSERT", {"name": SECRET}, cause, psycopg.Error, dialect=_dialect())
    found = postgres.translate(error)
    assert type(found) is wanted
    assert SECRET not in str(found)


def _dialect() -> sa.Dialect:
    return sa.create_engine("postgresql+psycopg://").dialect


def test_a_pool_that_is_used_up_passes() -> None:
    assert type(postgres.translate(sa.exc.TimeoutError("QueuePool limit"))) is Unavailable


def test_an_error_while_opening_names_no_words(database_url: str) -> None:
    opening.migrate(database_url, KEY)
    with pytest.raises(Conflict) as refused:
        _add_twice(database_url)
    assert SECRET not in str(refused.value)


def _add_twice(url: str) -> None:
    with opening._connected(url, KEY) as connection, connection.begin():
        for _ in range(2):
            connection.execute(child.insert().values(id=1, name=SECRET, created_at=1))
