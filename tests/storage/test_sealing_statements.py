"""No statement of the house gives a sealed column what would lie there in plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage import sealing
from bot.storage.schema import metadata
from bot.storage.schema.sealable import Sealable
from tests.support.statements import changing, texts


def _given(statement: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(statement, sa.Insert) and statement.select is not None:
        yield from zip(statement._select_names or (), statement.select.selected_columns, strict=True)
    for column, value in (getattr(statement, "_values", None) or {}).items():
        yield getattr(column, "name", column), value


@pytest.mark.parametrize("statement", changing())
def test_no_statement_gives_a_sealed_column_what_is_not_sealed(statement: Any) -> None:
    """What has a type of its own, or comes from another column, would go past the seal."""
    for name, value in _given(statement):
        if isinstance(statement.table.c[name].type, Sealable):
            assert not isinstance(value, sa.Column), name
            assert isinstance(getattr(value, "type", sa.null().type), (Sealable, sa.types.NullType)), name


@pytest.mark.parametrize("statement", texts())
def test_no_text_writes_into_a_table_with_sealed_columns_but_nothing(statement: sa.TextClause) -> None:
    """Text knows no types: what it gives is not sealed."""
    found = re.search(r"INSERT INTO (\w+) \(([^)]*)\) (?:VALUES \(|SELECT )([^)]*?)(?:\)| FROM)", statement.text)
    if found is None:
        assert not re.match(r"\s*UPDATE", statement.text)
        return
    if sealed := sealing.sealable(metadata.tables[found[1]]):
        given = dict(zip(found[2].split(", "), found[3].split(", "), strict=True))
        assert {given.get(one.name, "''") for one in sealed} <= {"''"}
