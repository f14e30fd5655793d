"""What plans know of people beside their schedules: whose day it is, who shares a check-in, who travels."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from bot.storage.schema.columns import BY_KEY, NEVER_AGAIN, Big, key, metadata, one_of, some, to

rota = Table(  # the days on which a caregiver is with the child; without a row: every day
    "rota",
    metadata,
    Column("child_id", Big, ForeignKey("child.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Big, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("days", String, nullable=False),  # weekdays, or weeks as bot.domain.rhythms has them
    Column("starts_on", String, nullable=False),  # in the first of the alternating weeks
    **BY_KEY,
)

link = Table(  # two caregivers of a child share a check-in, once both have agreed
    "link",
    metadata,
    key(),
    to("child"),
    Column("kind", String, nullable=False),
    Column("created_at", Big, nullable=False),
    Column("ended_at", Big),
    one_of("kind", "both", "first"),
    **NEVER_AGAIN,
)

link_side = Table(
    "link_side",
    metadata,
    Column("link_id", Big, ForeignKey("link.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Big, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("agreed_at", Big),
    Column("tell_at", Big),  # calendar time: from then on there is something to tell
    Column("ended", Integer, nullable=False, server_default="0"),
    **BY_KEY,
)
some("ix_link_side_tell_at", link_side.c.tell_at, where=link_side.c.tell_at.is_not(None))
some(  # a caregiver shares with one other at most
    "uq_link_side_standing", link_side.c.person_id, unique=True, where=link_side.c.ended == 0
)

travel = Table(
    "travel",
    metadata,
    Column("person_id", Big, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("timezone", String, nullable=False),  # of home
    Column("until_date", String, nullable=False),  # the last local date away
    Column("back_at", Big, nullable=False, index=True),
    **BY_KEY,
)

content = Table(  # what the bot sent beside questions, of its own accord: how many in a week is capped
    "content",
    metadata,
    key(),
    to("person"),
    Column("kind", String, nullable=False, server_default=""),
    Column("at", Big, nullable=False),
)
