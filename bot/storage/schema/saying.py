"""What people send, and what is said of it to therapists."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from bot.storage.schema.columns import BY_KEY, NEVER_AGAIN, Big, key, metadata, one_of, some, to
from bot.storage.schema.sealable import Words

note = Table(
    "note",
    metadata,
    key(),
    to("child", index=False),
    to("person"),
    Column("kind", String, nullable=False),
    Column("text", Words),
    Column("media_kind", String),
    Column("media_file_id", Words),
    Column("media_seconds", Integer),
    Column("album", String),
    Column("sure", Integer, nullable=False, server_default="1"),  # 0: "For whom?" is not answered yet
    Column("message_id", Big),  # the logical message that acknowledged it
    Column("answered_at", Big),  # a question that the therapist has answered
    Column("recorded_at", Big, nullable=False),
    one_of("kind", "note", "win", "hard", "question"),
)
Index("ix_note_child_recorded", note.c.child_id, note.c.recorded_at)

revision = Table(
    "revision",
    metadata,
    key(),
    to("answer", null=True),
    to("note", null=True),
    to("goal_word", null=True),
    Column("value", Text),
    Column("text", Words),
    Column("media_kind", String),
    Column("media_file_id", Words),
    Column("recorded_at", Big, nullable=False),  # when the replaced words had been said
    Column("replaced_at", Big, nullable=False),
)

inbound = Table(
    "inbound",
    metadata,
    Column("account_id", Big, primary_key=True),
    Column("telegram_message_id", Big, primary_key=True),
    to("answer", null=True, index=False),
    to("note", null=True, index=False),
    to("held", null=True, index=False),
    to("goal_word", null=True, index=False),
    Column("album", String),
    Column("at", Big, nullable=False),
    **BY_KEY,
)
for _column in (inbound.c.answer_id, inbound.c.note_id, inbound.c.held_id, inbound.c.goal_word_id):
    some(f"ix_inbound_{_column.name}", _column, where=_column.is_not(None))
some("ix_inbound_album", inbound.c.account_id, inbound.c.album, where=inbound.c.album.is_not(None))

held = Table(
    "held",
    metadata,
    key(),
    Column("account_id", Big, nullable=False, index=True),
    Column("purpose", String, nullable=False),
    Column("payload", Words, nullable=False),  # the message as it came, until consent is given or refused
    Column("message_id", Big),  # the logical message that asked
    Column("arrived_at", Big, nullable=False),
    Column("drop_at", Big, nullable=False, index=True),
)

alert = Table(
    "alert",
    metadata,
    key(),
    to("child"),
    to("person"),
    Column("press", Big, nullable=False, index=True),  # one press may be about several children
    Column("source", String, nullable=False),
    Column("danger", String, nullable=False, server_default=""),
    Column("at", Big, nullable=False),
    Column("false_alarm_at", Big),
    Column("seen_at", Big),
    Column("taken_at", Big),  # somebody said "I have it",
    Column("taken_by", Big),  # a person's id
    Column("escalate_at", Big),  # calendar time: then the next on the rota is told
    **NEVER_AGAIN,
)
some("ix_alert_escalate", alert.c.escalate_at, where=alert.c.escalate_at.is_not(None))

digest = Table(
    "digest",
    metadata,
    key(),
    to("person"),
    Column("local_date", String, nullable=False),
    Column("data_until", Big, nullable=False),
    Column("children", Text, nullable=False),  # JSON: child ids, most urgent first
    Column("message_id", Big),
    Column("opened_at", Big),
    Column("made_at", Big, nullable=False),
    Column("kind", String, nullable=False, server_default="due"),  # it was due, asked for, or a visit is near
)
some("ix_digest_message", digest.c.message_id, where=digest.c.message_id.is_not(None))
