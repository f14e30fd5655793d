"""What tables are made of: the column types and shapes that they share.

Times are integer milliseconds since 1970 (UTC); flags are 0 or 1. Words of people (names, answers, notes, and JSON that
may hold them) sit in ``Words`` columns (`sealable`) and nowhere else.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


Big = BigInteger().with_variant(Integer, "sqlite")
# An id is not given a second time: buttons in old messages and the list of the erased still name it.
BY_KEY: dict[str, Any] = {"sqlite_with_rowid": False}  # rows lie in the order of their key, and nowhere else
NEVER_AGAIN: dict[str, Any] = {"sqlite_autoincrement": True}


def key() -> Column[int]:
    return Column("id", Big, primary_key=True, autoincrement=True)


def to(table: str, *, null: bool = False, name: str = "", index: bool = True) -> Column[int]:
    """`index` is False where another index begins with that column: each one is written with every row."""
    key = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(name or f"{table}_id", Big, key, nullable=null, index=index)


def some(name: str, *columns: Column[Any], where: sa.ColumnElement[bool], unique: bool = False) -> Index:
    """An index of those rows alone. On a server too, whose dialect takes a while to load only to be told so."""
    return Index(name, *columns, sqlite_where=where, unique=unique)


def one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f'"{column}" IN ({listed})', name=column)
