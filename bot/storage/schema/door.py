"""The door in and the door out."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from bot.storage.schema.columns import BY_KEY, Big, key, metadata, one_of, some
from bot.storage.schema.sealable import File, Words

handled = Table(
    "handled",
    metadata,
    Column("meaning", String, primary_key=True),
    Column("update_id", Big, nullable=False),
    Column("batch", Big, nullable=False, index=True),  # a time-ordered id: which batch brought it, and when
    **BY_KEY,
)

dead_update = Table(
    "dead_update",
    metadata,
    key(),
    Column("update_id", Big, nullable=False),
    Column("account_id", Big),  # whose it was, so that it goes when they leave
    Column("error", String, nullable=False),
    Column("payload", Text, nullable=False),  # sealed with the installation's key
    Column("at", Big, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Big, primary_key=True, autoincrement=False),
    Column("message_id", Big, nullable=False, index=True),  # the logical message: its own id, or the one it edits
    Column("chat_id", Big, nullable=False, index=True),
    Column("priority", Integer, nullable=False),
    Column("method", String, nullable=False),
    Column("payload", Words, nullable=False),  # the JSON that is sent
    Column("upload", File),
    Column("state", String, nullable=False),
    Column("expires_at", Big),  # calendar time
    Column("hold_until", Big, nullable=False, server_default="0"),  # the machine's time
    Column("lease_until", Big, nullable=False, server_default="0"),  # the machine's time
    Column("tried_at", Big, nullable=False, server_default="0"),  # the machine's time at the first try
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("repeats", Integer, nullable=False, server_default="0"),  # sent again without knowing of the first
    Column("error", String, nullable=False, server_default=""),
    Column("created_at", Big, nullable=False),
    Column("settled_at", Big),
    one_of("state", "pending", "sending", "sent", "unknown", "failed", "expired"),
)
some("ix_outbox_pending", outbox.c.priority, outbox.c.id, where=outbox.c.state == "pending")
some("ix_outbox_waiting", outbox.c.chat_id, outbox.c.priority, outbox.c.id, where=outbox.c.state == "pending")
some("ix_outbox_sending", outbox.c.chat_id, where=outbox.c.state == "sending")

copy = Table(
    "copy",
    metadata,
    Column("chat_id", Big, primary_key=True),
    Column("telegram_message_id", Big, primary_key=True),
    Column("message_id", Big, nullable=False, index=True),
    Column("at", Big, nullable=False),
    **BY_KEY,
)

job = Table(
    "job",
    metadata,
    key(),
    Column("kind", String, nullable=False),
    Column("person_id", Big, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("payload", Text, nullable=False, server_default="{}"),
    Column("key", String, nullable=False, unique=True),  # what makes two wishes the same
    Column("state", String, nullable=False, server_default="waiting"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("run_after", Big, nullable=False),  # the machine's time
    Column("created_at", Big, nullable=False),
)
some("ix_job_waiting", job.c.id, where=job.c.state == "waiting")

counter = Table(
    "counter",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Big, nullable=False),
)
