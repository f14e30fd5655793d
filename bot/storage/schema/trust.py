"""Who did what, as numbers: it outlives the people and children that it names, and holds nothing they said. And what
is kept because the law says so.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from bot.storage.schema.columns import Big, key, metadata, one_of, to
from bot.storage.schema.sealable import Words

audit = Table(
    "audit",
    metadata,
    Column("id", Big, primary_key=True, autoincrement=False),  # 1, 2, 3: none is missing
    Column("at", Big, nullable=False),  # calendar time
    Column("actor_kind", String, nullable=False),
    Column("actor_id", Big),  # a person's id, with no key to it on purpose
    Column("kind", String, nullable=False),
    Column("child_id", Big),  # likewise
    Column("person_id", Big),  # likewise: whose right, or whose data
    Column("hash", String, nullable=False),  # of this row and the one before
    one_of("actor_kind", "therapist", "caregiver", "clinic"),
)
Index("ix_audit_actor", audit.c.actor_id, audit.c.kind, audit.c.at)

legal_hold = Table(  # nothing of the child is erased, by nobody, until a human takes it away
    "legal_hold",
    metadata,
    key(),
    to("child"),
    Column("reason", Words, nullable=False),
    Column("from_at", Big, nullable=False),
    Column("until_at", Big),
)
