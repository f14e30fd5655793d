"""On a server, whose files are not encrypted: words of people and files are sealed one by one, each bound to its row.

A dump shows how many rows there are, whose, when and of what kind; it shows no word, name or reference to a medium.
What is empty stays empty, so that statements can ask for it; nothing else about a sealed value can be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row
from bot.storage.schema import metadata
from bot.storage.schema.sealable import KEYS, Sealable, place
from bot.storage.seal import NotOpened, Seal

EMPTY = ("", "{}", b"")  # what a column says of itself where nothing was given
_PAGE = 500
_VALUE, _KEY = "to_", "of_"
_ON_ITS_WAY = "a row"  # to which a value is bound until it is known which
_COPIED = {  # the database itself put a replaced version there: it was sealed for one of these
    f"revision.{name}": tuple(f"{table}.{name}" for table in ("note", "answer", "goal_word"))
    for name in ("text", "media_file_id")
}
Again = Callable[[Any, str], Any]


class Cipher:
    """What the column types ask, and what puts a value in its place ("note.text 7")."""

    def __init__(self, key: bytes) -> None:
        self._seal = Seal(key)

    def send(self, value: Any) -> Any:
        """Sealed for a row that is not known yet."""
        return self.seal(value, _ON_ITS_WAY)

    def arrive(self, value: Any, there: str) -> Any:
        """Bound to that place what was sent; what lies there already stays as it is."""
        with suppress(NotOpened):
            return self.seal(self.open_at(value, _ON_ITS_WAY), there)
        return value

    def open(self, located: Any) -> Any:
        """What a statement read: a place, a colon, and what lies there. Raises `NotOpened`."""
        if isinstance(located, str):
            there, _, value = located.rpartition(":")
            return self.open_at(value, there)
        raw_place, _, raw = bytes(located).partition(b":")
        return self.open_at(raw, raw_place.decode())

    def seal(self, value: Any, there: str) -> Any:
        if value in EMPTY:
            return value
        if isinstance(value, str):
            return self._seal.seal(value, bound_to=there)
        return self._seal.seal_bytes(bytes(value), bound_to=there)

    def open_at(self, value: Any, there: str) -> Any:
        """Raises `NotOpened`."""
        if value in EMPTY:
            return value
        with suppress(NotOpened):
            if isinstance(value, str):
                return self._seal.open(value, bound_to=there)
            return self._seal.open_bytes(bytes(value), bound_to=there)
        raise NotOpened(f"a value of {there} was sealed with another key or for another place, or was changed")

    def again(self, before: Cipher, value: Any, there: str) -> Any:
        """Under this key what was under that one."""
        return self.seal(before.open_at(value, there), there)

    def sealed_if_not(self, value: Any, there: str) -> Any:
        """Words may look like anything: only what opens is sealed. Older programs bound it to its column alone."""
        with suppress(NotOpened):
            self.open_at(value, there)
            return value
        column = there.partition(" ")[0]
        for older in (column, *_COPIED.get(column, ())):
            with suppress(NotOpened):
                return self.seal(self.open_at(value, older), there)
        return self.seal(value, there)


class Sealed:
    """Sealed values of one table with the keys of their rows, as they lie there."""

    def __init__(self, table: sa.Table) -> None:
        self._table, self._columns, keys = table.name, sealable(table), list(table.primary_key)
        self._keys = [key.name for key in keys]
        self.raw = [
            *(key.label(_KEY + key.name) for key in keys),
            *(sa.type_coerce(one, _raw(one)).label(_VALUE + one.name) for one in self._columns),
        ]
        self._told = frozenset(one.name for one in self.raw)
        self.write = (
            table.update()
            .where(*(key == bindparam(_KEY + key.name) for key in keys))
            .values({one.name: bindparam(_VALUE + one.name, type_=_raw(one)) for one in self._columns})
        )

    def changed(self, rows: Sequence[Row], again: Again) -> list[dict[str, Any]]:
        """The values of `write` for those of the rows that are another way now."""
        found = []
        for row in rows:
            keys = {_KEY + name: row[_KEY + name] for name in self._keys}
            key = KEYS.join(str(value) for value in keys.values())
            old = {one.name: row[_VALUE + one.name] for one in self._columns}
            new = {name: again(value, place(self._table, name, key)) if value else value for name, value in old.items()}
            if new != old:
                found.append(keys | {_VALUE + name: value for name, value in new.items()})
        return found

    def without(self, row: Row) -> Row:
        """What a statement was asked for itself."""
        return {name: value for name, value in row.items() if name not in self._told}


class Page(Sealed):
    """All of a table's, some hundred rows a time, in the order of its key."""

    def __init__(self, table: sa.Table) -> None:
        super().__init__(table)
        self.after = 0
        after = bindparam("after", type_=sa.Integer())
        self.read = sa.select(*self.raw).order_by(*table.primary_key).limit(_PAGE).offset(after)

    def next(self, rows: Sequence[Row], again: Again) -> list[dict[str, Any]]:
        self.after += len(rows)
        return self.changed(rows, again)


def pages() -> Iterator[Page]:
    yield from (Page(table) for table in metadata.sorted_tables if sealable(table))


def sealable(table: sa.Table) -> list[sa.Column[Any]]:
    return [one for one in table.columns if isinstance(one.type, Sealable)]


@lru_cache(maxsize=1024)
def sending(statement: Any) -> tuple[Any, Sealed] | None:
    """A statement that gives rows sealed values, as one that tells which; None for any other."""
    if not isinstance(statement, (sa.Insert, sa.Update)):
        return None
    table: Any = statement.table
    if not any(isinstance(one.type, Sealable) for one in statement.compile().binds.values()) or not sealable(table):
        return None
    there = Sealed(table)
    return statement.returning(*there.raw), there


def _raw(column: sa.Column[Any]) -> Any:
    return column.type.impl  # type: ignore[attr-defined]
