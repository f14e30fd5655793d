"""Every statement of the storage can be run on PostgreSQL, where SQLAlchemy compiles it with the values' names."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import visitors
from sqlalchemy.sql.dml import UpdateBase

from tests.support.statements import changing


@pytest.mark.parametrize("statement", changing())
def test_no_value_has_the_name_of_a_column_it_is_not(statement: UpdateBase) -> None:
    """Such a name is taken for the column's own value; SQLite, which runs compiled text, would never say so."""
    names = [one.key for one in visitors.iterate(statement) if isinstance(one, sa.BindParameter) and one.required]
    statement.compile(dialect=postgresql.dialect(), column_keys=names)
