"""Safety: words that may be about danger, who is on call, and each step until somebody has it."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from bot.storage.schema.columns import NEVER_AGAIN, Big, key, metadata, one_of, some, to
from bot.storage.schema.sealable import Words

concern = Table(  # words that a list caught, as they were; they stay when the note is reworded or deleted
    "concern",
    metadata,
    key(),
    to("child"),
    to("person"),
    Column("level", String, nullable=False),
    Column("topics", String, nullable=False),
    Column("said", Words, nullable=False),
    Column("telegram_message_id", Big, nullable=False),  # an edit of it alarms nobody anew
    Column("press", Big),  # the alarm that it raised
    Column("said_at", Big, nullable=False),
    Column("at", Big, nullable=False),
    one_of("level", "red", "amber"),
    **NEVER_AGAIN,
)
some("ix_concern_press", concern.c.press, where=concern.c.press.is_not(None))

on_call = Table(  # hours of the week, local to that person; "until" before "from" spans midnight
    "on_call",
    metadata,
    key(),
    to("person"),
    Column("days", String, nullable=False),  # Monday is 0
    Column("from_time", String, nullable=False),
    Column("until_time", String, nullable=False),
    Column("place", Integer, nullable=False, server_default="1"),  # who is asked first; then down the rota
)

alert_step = Table(  # what was done about an alarm, in order; never changed
    "alert_step",
    metadata,
    key(),
    to("alert", index=False),
    to("person", null=True),  # who was told, or did it
    Column("kind", String, nullable=False),
    Column("message_id", Big),  # the logical message that told them
    Column("at", Big, nullable=False),
    one_of(
        "kind",
        "told",
        "escalated",
        "out_of_reach",
        "nobody",
        "mail",
        "mailed",
        "mail_failed",
        "taken",
        "false_alarm",
        "passed_on",
    ),
    **NEVER_AGAIN,
)
Index("ix_alert_step_alert_id", alert_step.c.alert_id, alert_step.c.kind)
