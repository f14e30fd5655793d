"""Every statement of the storage that stands in a module, alone or in a table of several, as parameters of a test."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.sql.dml import UpdateBase

import bot.storage


def changing() -> list[Any]:
    """What adds, changes or takes away rows."""
    return _of(UpdateBase)


def texts() -> list[Any]:
    """What is written as text."""
    return _of(sa.TextClause)


def named() -> Iterator[tuple[str, Any]]:
    """Every name of the storage's modules ("outbox._PUT"), and what it stands for."""
    for module in pkgutil.iter_modules(bot.storage.__path__):
        if not module.ispkg:
            for name, value in vars(importlib.import_module(f"bot.storage.{module.name}")).items():
                yield f"{module.name}.{name}", value


def _of(kind: type[Any]) -> list[Any]:
    return [
        pytest.param(statement, id=f"{label}-{number}")
        for label, value in named()
        for number, statement in enumerate(_in(value, kind))
    ]


def _in(value: Any, kind: type[Any]) -> Iterator[Any]:
    if isinstance(value, kind):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _in(one, kind)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _in(one, kind)
