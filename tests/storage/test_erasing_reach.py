"""No table is forgotten: whoever makes one has to say how a child or a person leaves it."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.schema import metadata

# What does not go with a child or a person by itself, and where `storage.erasing` sees to it; three hold no words.
LOOKED_AFTER = {"account", "copy", "dead_update", "held", "outbox"}
OF_NOBODY = {"audit", "counter", "handled"}


def goes(table: sa.Table, seen: tuple[str, ...] = ()) -> bool:
    """Whether its rows go by themselves when a child or a person does."""
    if table.name in ("child", "person"):
        return True
    targets = [key.column.table for key in table.foreign_keys if key.ondelete == "CASCADE"]
    return any(goes(target, (*seen, table.name)) for target in targets if target.name not in seen)


def test_every_table_goes_with_a_child_or_a_person_or_is_looked_after() -> None:
    stays = {table.name for table in metadata.sorted_tables if not goes(table)}
    assert stays == LOOKED_AFTER | OF_NOBODY
