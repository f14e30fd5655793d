"""Columns that an engine whose file is not encrypted seals on the way in and opens on the way out: `storage/sealing`.

A value is bound to its row. On the way in no row may be known yet, so it travels sealed and gets its place behind the
statement; on the way out the statement itself says before each value from which place it took it.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

KEYS = ", "  # between the parts of a row's key


class Sealable:
    """What `Words`, `Line` and `File` are, beside their kinds."""

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        cipher = getattr(dialect, "cipher", None)
        return value if cipher is None or not value else cipher.send(value)

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        cipher = getattr(dialect, "cipher", None)
        return value if cipher is None or not value else cipher.open(value)

    def column_expression(self, column: Any) -> Any:
        return Located(column, type_=self)


class Words(Sealable, sa.types.TypeDecorator[str]):
    """Words of people, and references to what they sent. Not compared or searched in a statement, but with ""."""

    impl = sa.Text
    cache_ok = True


class Line(Sealable, sa.types.TypeDecorator[str]):
    """A short text of ours that may hold a name."""

    impl = sa.String
    cache_ok = True


class File(Sealable, sa.types.TypeDecorator[bytes]):
    """A picture or a paper that holds words of people."""

    impl = sa.LargeBinary
    cache_ok = True


class Located(FunctionElement[Any]):
    """A sealed value behind its place and a colon, where the engine seals; else the value."""

    name = "located"
    inherit_cache = True

    def __init__(self, column: Any, type_: Any) -> None:
        super().__init__(column)
        self.type = type_


@compiles(Located)
def _plain(element: Located, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(Located, "postgresql")
def _located(element: Located, compiler: SQLCompiler, **options: Any) -> str:
    [column] = element.clauses
    return compiler.process(_behind_its_place(column), **options)


def _behind_its_place(column: Any) -> sa.ColumnElement[Any]:
    """Raises `AttributeError` for what is no column of a table: nothing can say where it lies."""
    if isinstance(column, sa.Label):
        return _behind_its_place(column.element)
    if isinstance(column, sa.ScalarSelect):
        asked: Any = column.element
        [inner] = asked.selected_columns
        return sa.ScalarSelect(asked.with_only_columns(_behind_its_place(inner), maintain_column_froms=True))
    raw = sa.type_coerce(column, column.type.impl)
    table, keys = column.table, [sa.cast(key, sa.Text) for key in column.table.primary_key]
    where = sa.literal_column(f"'{place(getattr(table, 'element', table).name, column.name, '')}'", sa.Text) + keys[0]
    for key in keys[1:]:
        where = where + sa.literal_column(f"'{KEYS}'", sa.Text) + key
    where = where + sa.literal_column("':'", sa.Text)
    return where + raw if isinstance(raw.type, sa.String) else sa.func.convert_to(where, "UTF8").op("||")(raw)


def place(table: str, column: str, key: str) -> str:
    """What a value is bound to: its table, its column and the key of its row."""
    return f"{table}.{column} {key}"
