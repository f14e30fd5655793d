"""Every statement of the house, on both engines: it compiles, it runs, and says the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.sql import Executable

from bot.storage import outbox
from bot.storage.database import Conflict, Database, Tx, savepoint
from bot.storage.schema import child, handled
from bot.storage.schema.sealable import File
from tests.support.statements import named

_SKIPPED = {"postgres.ALONE", "lock._TAKE"}  # of one engine alone


def _constants() -> Iterator[tuple[str, Executable]]:
    for label, value in named():
        name = label.partition(".")[2]
        whole = isinstance(value, Executable) and not isinstance(value, (sa.ScalarSelect, sa.FromClause))
        if whole and label not in _SKIPPED and not name.startswith(("_SAVE", "_RELEASE", "_BACK")):
            yield label, value


STATEMENTS = dict(_constants())


def _sample(bind: sa.BindParameter[Any]) -> Any:
    """A text where the type is not said: both engines make of it what the column is."""
    if isinstance(bind.type, File):
        return b"1"
    return 1 if isinstance(bind.type, sa.Integer) or bind.key == "many" else "1"


def _values(statement: Executable) -> dict[str, Any]:
    binds = statement.compile().binds  # type: ignore[attr-defined]
    return {name: _sample(bind) for name, bind in binds.items() if bind.required}


def test_the_statements_are_found() -> None:
    assert len(STATEMENTS) > 100


async def test_every_statement_runs(database: Database) -> None:
    """For real, in a savepoint each: a row that other tables have to know first may be refused, nothing else."""
    wrong = []

    async def one(tx: Tx, statement: Executable, values: dict[str, Any]) -> None:
        async with savepoint(tx):
            await tx.rows(statement, values) if _answers(statement) else await tx.run(statement, values)

    async def work(tx: Tx) -> None:
        for label, statement in STATEMENTS.items():
            try:
                await one(tx, statement, _values(statement))
            except Conflict:
                continue
            except Exception as error:  # noqa: BLE001 - all of them, in one list
                wrong.append(f"{label}: {error!r} {error.__cause__}")

    await database.write(work)
    assert not wrong, "\n".join(wrong)


def _answers(statement: Executable) -> bool:
    if isinstance(statement, sa.TextClause):
        return "RETURNING" in statement.text or statement.text.startswith("SELECT")
    return isinstance(statement, sa.Select | sa.CompoundSelect) or bool(getattr(statement, "_returning", ()))


async def test_a_list_that_is_fixed_in_a_statement(database: Database) -> None:
    add = handled.insert().values(meaning=sa.bindparam("name"), update_id=0, batch=0)
    name = handled.c.meaning
    chosen = sa.select(name).where(name.in_(["a", "c", "x"])).order_by(name)
    none = sa.select(name).where(name.in_([]))
    others = sa.select(name).where(name.not_in(["a", "b"]), handled.c.batch == sa.bindparam("batch"))
    await database.write(lambda tx: tx.run_many(add, [{"name": one} for one in "abc"]))
    assert [row["meaning"] for row in await database.read(lambda tx: tx.rows(chosen))] == ["a", "c"]
    assert await database.read(lambda tx: tx.rows(none)) == []
    assert [row["meaning"] for row in await database.read(lambda tx: tx.rows(others, {"batch": 0}))] == ["c"]


TEXTS = [
    "",
    " ",
    "x" * 100_000,
    "'; DROP TABLE child; --",
    "%s %(name)s :name ? $1 {0} \\x00 \\",
    "\u202eabc\u202c \u200b\u200d\ufeff",
    "👩‍👩‍👧‍👦🏳️‍🌈 👋🏽",
    "línea\r\nZeile\tñ \x1b[31m\x7f",
    "e\u0301 é ﷽ 𝔘",
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
async def test_words_come_back_as_they_were_said(database: Database, text: str) -> None:
    add = child.insert().values(name=sa.bindparam("name"), created_at=1).returning(child.c.id)
    found = sa.select(child.c.name).where(child.c.id == sa.bindparam("child"))
    made = await database.write(lambda tx: tx.row(add, {"name": text}))
    assert made is not None
    rows = await database.read(lambda tx: tx.rows(found, {"child": made["id"]}))
    assert [row["name"] for row in rows] == [text]


async def test_bytes_come_back_as_they_were(database: Database) -> None:
    row = {"id": 16, "message_id": 16, "chat_id": 1, "priority": 1, "method": "m", "payload": "{}", "created_at": 1}
    picture = bytes(range(256))
    await database.write(lambda tx: outbox.put(tx, [{**row, "upload": picture, "expires_at": None}], []))
    [claimed] = await database.write(lambda tx: outbox.claim(tx, 1, 1, 2))
    assert bytes(claimed["upload"]) == picture
    assert isinstance(claimed["upload"], bytes)
