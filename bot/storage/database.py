"""What the rest of the house knows of a database: transactions, four methods, and its errors.

``Database.write`` and ``Database.read`` run one piece of work in one transaction. The work gets a ``Tx`` and hands it
on to functions that run inside it. Statements are SQLAlchemy Core constants with ``bindparam``; values are passed as
keywords. Rows are read by column name.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.sql import Executable

T = TypeVar("T")
Row = Mapping[str, Any]
Values = Mapping[str, Any]
NOTHING: Values = MappingProxyType({})
APART = "apart"  # an execution option of statements that may take long: the embedded engine gives them a thread


class DatabaseError(Exception):
    """The database did not do what it was asked. Nothing of the transaction is stored."""


class Unavailable(DatabaseError):
    """Locked, full, read-only or not reachable: the same work may succeed later."""


class Conflict(DatabaseError):
    """A constraint refused the row: somebody was first."""


class Damaged(DatabaseError):
    """Not a database, torn, or the wrong key: an operator has to look."""


class NestedWrite(RuntimeError):
    """A write inside a write, or a read inside a read, would wait for itself: pass the ``tx`` on."""


class Over(RuntimeError):
    """A ``tx`` used after its transaction: what it wrote would belong to nobody's."""


class Tx(Protocol):
    """One open transaction. After a statement failed only the end of a `savepoint` leads on, and nothing does where the
    database itself failed: what went before may be gone already.
    """

    async def rows(self, statement: Executable, values: Values = NOTHING, /) -> list[Row]: ...

    async def row(self, statement: Executable, values: Values = NOTHING, /) -> Row | None: ...

    async def run(self, statement: Executable, values: Values = NOTHING, /) -> int:
        """Returns how many rows it touched."""

    async def run_many(self, statement: Executable, values: Iterable[Values], /) -> None: ...


class Database(Protocol):
    async def write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `work` in a writing transaction; commit when it returns, roll back when it raises.

        Cancelling the caller never splits it: it runs to its end. Raises `NestedWrite` inside another write.
        """

    async def read(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `work` on one unchanging view of the data."""

    async def close(self) -> None:
        """Wait for what is under way and let go of the files."""


_SAVE, _RELEASE, _BACK = (
    sa.text("SAVEPOINT step"),
    sa.text("RELEASE SAVEPOINT step"),
    sa.text("ROLLBACK TO SAVEPOINT step"),
)


class Course:
    """How a transaction goes: the part of both `Tx` that is the same, so that no engine forgives what another does not.

    PostgreSQL turns the commit of a transaction with a failed statement into a silent rollback; SQLite rolls back by
    itself when the disk is full and would then take each further statement for a transaction of its own.
    """

    __slots__ = ("trouble",)

    def __init__(self) -> None:
        self.trouble: DatabaseError | Over | None = None

    def failed(self, error: DatabaseError) -> DatabaseError:
        """Remember it; returns it, to be raised."""
        self.trouble = error
        return error

    def refuse(self, statement: Executable) -> None:
        """Raise what went wrong before, unless `statement` leads back to a savepoint."""
        if statement is _BACK and not isinstance(self.trouble, (Unavailable, Damaged, Over)):
            self.trouble = None
        self.complete()

    def complete(self) -> None:
        """Raise what went wrong and was not undone: this must not be committed."""
        if self.trouble is not None:
            raise type(self.trouble)(str(self.trouble))

    def over(self) -> None:
        self.trouble = Over("this transaction has ended")


def savepoint(tx: Tx) -> AbstractAsyncContextManager[None]:
    """What fails inside is undone alone; the rest of the transaction goes on. One that is cancelled ends as a whole."""
    return _Savepoint(tx)


class _Savepoint:
    """Written out: a generator for it, one for each update, costs as much as the statements."""

    __slots__ = ("_tx",)

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def __aenter__(self) -> None:
        await self._tx.run(_SAVE)

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception):
            await self._tx.run(_BACK)
        if error is None or isinstance(error, Exception):
            await self._tx.run(_RELEASE)
