"""On a server, whose files are not encrypted: words of people and files are sealed one by one, by table and column.

A dump shows how many rows there are, whose, when and of what kind; it shows no word, name or reference to a medium.
What is empty stays empty, so that statements can ask for it; nothing else about a sealed value can be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row
from bot.storage.schema.columns import Sealable, metadata
from bot.storage.seal import NotOpened, Seal

EMPTY = ("", "{}", b"")  # what a column says of itself where nothing was given
_PAGE = 500
_VALUE, _KEY = "to_", "of_"
Again = Callable[[Any, tuple[str, ...]], Any]


class Cipher:
    """What the column types ask. ``places``: the first is where a value is; in the others it may be sealed."""

    def __init__(self, key: bytes) -> None:
        self._seal = Seal(key)

    def seal(self, value: Any, places: tuple[str, ...]) -> Any:
        if value in EMPTY:
            return value
        if isinstance(value, str):
            return self._seal.seal(value, bound_to=places[0])
        return self._seal.seal_bytes(bytes(value), bound_to=places[0])

    def open(self, value: Any, places: tuple[str, ...]) -> Any:
        """Raises `NotOpened`."""
        if value in EMPTY:
            return value
        for place in places:
            with suppress(NotOpened):
                if isinstance(value, str):
                    return self._seal.open(value, bound_to=place)
                return self._seal.open_bytes(bytes(value), bound_to=place)
        raise NotOpened(f"a value of {places[0]} was sealed with another key or for another place, or was changed")

    def again(self, before: Cipher, value: Any, places: tuple[str, ...]) -> Any:
        """Under this key what was under that one."""
        return self.seal(before.open(value, places), places)

    def sealed_if_plain(self, value: Any, places: tuple[str, ...]) -> Any:
        """Words may look like anything; only what opens is sealed."""
        with suppress(NotOpened):
            self.open(value, places)
            return value
        return self.seal(value, places)


class Page:
    """One table's sealed values as they lie there, some hundred rows a time, in the order of its key."""

    def __init__(self, table: sa.Table, columns: Sequence[sa.Column[Any]]) -> None:
        self._columns, keys = columns, list(table.primary_key.columns)
        self._keys, self.after = [key.name for key in keys], 0
        raw = [sa.type_coerce(one, _raw(one)).label(one.name) for one in columns]
        self.read = (
            sa.select(*(key.label(_KEY + key.name) for key in keys), *raw)
            .order_by(*keys)
            .limit(_PAGE)
            .offset(bindparam("after", type_=sa.Integer()))
        )
        self.write = (
            table.update()
            .where(*(key == bindparam(_KEY + key.name) for key in keys))
            .values({one.name: bindparam(_VALUE + one.name, type_=_raw(one)) for one in columns})
        )

    def next(self, rows: Sequence[Row], again: Again) -> list[dict[str, Any]]:
        """The values of `write` for those rows."""
        self.after += len(rows)
        return [
            {_KEY + name: row[_KEY + name] for name in self._keys}
            | {_VALUE + one.name: _each(row[one.name], one, again) for one in self._columns}
            for row in rows
        ]


def pages() -> Iterator[Page]:
    for table in metadata.sorted_tables:
        columns = [one for one in table.columns if isinstance(one.type, Sealable)]
        if columns:
            yield Page(table, columns)


def _each(value: Any, column: sa.Column[Any], again: Again) -> Any:
    return again(value, column.type.places) if value else value  # type: ignore[attr-defined]  # a Sealable


def _raw(column: sa.Column[Any]) -> Any:
    return column.type.impl  # type: ignore[attr-defined]
