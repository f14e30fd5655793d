"""What the library has of a clinic's own: templates that therapists made, and the coping cards of a child."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, Integer, String, Table

from bot.storage.schema.columns import BY_KEY, NEVER_AGAIN, Big, key, metadata, to
from bot.storage.schema.sealable import Words

form = Table(  # a template of one's own
    "form",
    metadata,
    key(),
    Column("template_key", String, nullable=False, unique=True),  # how schedules and check-ins name it: own_12
    to("person", null=True),  # the therapist whose it is; none: the clinic's
    Column("name", Words, nullable=False, server_default=""),
    Column("draft", Words, nullable=False, server_default=""),  # JSON: as it is being edited; "": as published
    Column("newest", Integer, nullable=False, server_default="0"),  # version; 0: never published
    Column("created_at", Big, nullable=False),
    Column("archived_at", Big),
    **NEVER_AGAIN,
)

form_version = Table(  # what was asked; never changed again
    "form_version",
    metadata,
    to("form", index=False),
    Column("version", Integer, nullable=False),
    Column("template_key", String, nullable=False),
    Column("body", Words, nullable=False),  # JSON
    Column("published_at", Big, nullable=False),
    sa.PrimaryKeyConstraint("template_key", "version"),
    sa.UniqueConstraint("form_id", "version"),
)

coping_card = Table(  # the ones that were agreed for a child; none: all of them
    "coping_card",
    metadata,
    Column("child_id", Big, sa.ForeignKey("child.id", ondelete="CASCADE"), primary_key=True),
    Column("card_key", String, primary_key=True),
    Column("chosen_at", Big, nullable=False),
    **BY_KEY,
)
