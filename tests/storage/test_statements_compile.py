"""Every statement of the storage can be run on PostgreSQL, where SQLAlchemy compiles it with the values' names."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import visitors
from sqlalchemy.sql.dml import UpdateBase

import bot.storage


def _in(value: Any) -> Iterator[UpdateBase]:
    if isinstance(value, UpdateBase):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _in(one)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _in(one)


def _changing() -> list[Any]:
    names = [one.name for one in pkgutil.iter_modules(bot.storage.__path__) if not one.ispkg]
    modules = [importlib.import_module(f"bot.storage.{name}") for name in names]
    return [
        pytest.param(statement, id=f"{module.__name__.rpartition('.')[2]}.{name}-{number}")
        for module in modules
        for name, value in vars(module).items()
        for number, statement in enumerate(_in(value))
    ]


@pytest.mark.parametrize("statement", _changing())
def test_no_value_has_the_name_of_a_column_it_is_not(statement: UpdateBase) -> None:
    """Such a name is taken for the column's own value; SQLite, which runs compiled text, would never say so."""
    names = [one.key for one in visitors.iterate(statement) if isinstance(one, sa.BindParameter) and one.required]
    statement.compile(dialect=postgresql.dialect(), column_keys=names)
