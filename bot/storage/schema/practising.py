"""What a family practises at home, and the behaviours that are written down."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, Integer, String, Table

from bot.storage.schema.columns import BY_KEY, NEVER_AGAIN, Big, key, metadata, one_of, some, to
from bot.storage.schema.sealable import Words

home_step = Table(
    "home_step",
    metadata,
    key(),
    to("child"),
    Column("text", Words, nullable=False),
    Column("routine", String, nullable=False, server_default="other"),
    Column("how_text", Words, nullable=False, server_default=""),
    Column("media_kind", String),
    Column("media_file_id", Words),
    Column("media_seconds", Integer),
    Column("from_date", String, nullable=False),  # local dates, both included
    Column("until_date", String),
    Column("created_at", Big, nullable=False),
    Column("ended_at", Big),  # the therapist took it away
    one_of("routine", "bath", "car", "meal", "bedtime", "play", "dressing", "other"),
    **NEVER_AGAIN,
)

home_step_plan = Table(  # the weekdays as they were planned from a date on: what was planned then stays true
    "home_step_plan",
    metadata,
    Column("home_step_id", Big, sa.ForeignKey("home_step.id", ondelete="CASCADE"), primary_key=True),
    Column("from_date", String, primary_key=True),
    Column("days", String, nullable=False),  # "0123456", Monday is 0
    **BY_KEY,
)

home_step_tip = Table(  # the therapist's own words for what got in the way
    "home_step_tip",
    metadata,
    Column("home_step_id", Big, sa.ForeignKey("home_step.id", ondelete="CASCADE"), primary_key=True),
    Column("barrier", String, primary_key=True),
    Column("text", Words, nullable=False),
    **BY_KEY,
)

home_step_news = Table(  # caregivers who are to be told of a step
    "home_step_news",
    metadata,
    Column("home_step_id", Big, sa.ForeignKey("home_step.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Big, sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("tell_at", Big, nullable=False, index=True),
    **BY_KEY,
)

booking = Table(  # a moment that a caregiver chose for practising
    "booking",
    metadata,
    key(),
    to("home_step"),
    to("person", index=False),
    Column("local_date", String, nullable=False),
    Column("slot", String, nullable=False),  # local HH:MM
    Column("due_at", Big, nullable=False),
    Column("opened", Integer, nullable=False, server_default="0"),
    Column("created_at", Big, nullable=False),
    sa.UniqueConstraint("person_id", "home_step_id", "local_date"),
)
some("ix_booking_waiting", booking.c.due_at, where=booking.c.opened == 0)

behaviour_target = Table(  # what therapist and family have agreed to look at
    "behaviour_target",
    metadata,
    key(),
    to("child"),
    Column("text", Words, nullable=False),
    Column("created_at", Big, nullable=False),
    Column("ended_at", Big),
    **NEVER_AGAIN,
)

behaviour_count = Table(  # how often it was on a day, as a band, and how long somebody was there to see it
    "behaviour_count",
    metadata,
    key(),
    to("behaviour_target"),
    to("person"),
    Column("local_date", String, nullable=False),
    Column("band", String, nullable=False),
    Column("observed", String, nullable=False),
    Column("recorded_at", Big, nullable=False),
    sa.UniqueConstraint("behaviour_target_id", "person_id", "local_date"),
)
