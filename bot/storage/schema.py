"""Every table, in SQLAlchemy Core. Times are integer milliseconds since 1970 (UTC); flags are 0 or 1.

Words of people (names, answers, notes, and JSON that may hold them) sit in ``Words`` columns and nowhere else.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

HEAD = "0001"  # the newest migration; a test compares it with the scripts

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Words(sa.types.TypeDecorator[str]):
    """Words of people. One type, so that an engine whose file is not encrypted can seal them in one place."""

    impl = Text
    cache_ok = True


Big = BigInteger().with_variant(Integer, "sqlite")
# An id is not given a second time: buttons in old messages and the list of the erased still name it.
BY_KEY: dict[str, Any] = {"sqlite_with_rowid": False}  # rows lie in the order of their key, and nowhere else
NEVER_AGAIN: dict[str, Any] = {"sqlite_autoincrement": True}


def _id() -> Column[int]:
    return Column("id", Big, primary_key=True, autoincrement=True)


def _to(table: str, *, null: bool = False, name: str = "", index: bool = True) -> Column[int]:
    """`index` is False where another index begins with that column: each one is written with every row."""
    key = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(name or f"{table}_id", Big, key, nullable=null, index=index)


def _some(name: str, *columns: Column[Any], where: sa.ColumnElement[bool]) -> Index:
    """An index of those rows alone."""
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


def _one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f'"{column}" IN ({listed})', name=column)


# --- people, children, and who may do what ---------------------------------------------------------------------

account = Table(
    "account",
    metadata,
    Column("id", Big, primary_key=True, autoincrement=False),  # Telegram's user id, which is the private chat's id
    Column("stopped_at", Big),
    Column("blocked_at", Big),
    Column("asking", String, nullable=False, server_default=""),  # what the next typed words answer
    Column("lost_from", Big),  # what this account sent from then on may be lost, and it was not told so yet
    Column("menu", String, nullable=False, server_default=""),  # the command menu that Telegram has for this chat
    Column("created_at", Big, nullable=False),
)

Index(
    "ix_account_lost",
    account.c.lost_from,
    sqlite_where=account.c.lost_from.is_not(None),
    postgresql_where=account.c.lost_from.is_not(None),
)

person = Table(
    "person",
    metadata,
    _id(),
    Column("kind", String, nullable=False),
    Column("account_id", Big, ForeignKey("account.id"), index=True),
    Column("name", Words, nullable=False),
    Column("role", String, nullable=False, server_default=""),
    Column("language", String, nullable=False),
    Column("address", String, nullable=False, server_default="formal"),
    Column("timezone", String, nullable=False),
    Column("quiet_from", String, nullable=False, server_default="21:30"),
    Column("quiet_until", String, nullable=False, server_default="07:30"),
    Column("joined_at", Big),
    Column("created_at", Big, nullable=False),
    Column("removed_at", Big),
    _one_of("kind", "therapist", "caregiver"),
    **NEVER_AGAIN,
)

child = Table(
    "child",
    metadata,
    _id(),
    Column("name", Words, nullable=False),
    Column("birth_month", String, nullable=False, server_default=""),
    Column("gender", String, nullable=False, server_default="unsaid"),
    Column("home_step", Words, nullable=False, server_default=""),
    Column("case_key", Words, nullable=False, server_default=""),  # the import's `case`
    Column("created_at", Big, nullable=False),
    **NEVER_AGAIN,
)

access = Table(
    "access",
    metadata,
    _id(),
    _to("person"),
    _to("child"),
    Column("right", String, nullable=False),
    Column("from_at", Big, nullable=False),
    Column("until_at", Big),
    _one_of("right", "care", "treat"),
)

invitation = Table(
    "invitation",
    metadata,
    Column("code_hash", String, primary_key=True),
    _to("person"),
    Column("created_at", Big, nullable=False),
    Column("expires_at", Big, nullable=False),
    Column("used_at", Big),
    Column("used_by", Big),
    Column("cancelled_at", Big),
)

consent = Table(
    "consent",
    metadata,
    _id(),
    _to("person"),
    Column("purpose", String, nullable=False),
    Column("given", Integer, nullable=False),
    Column("text_version", String, nullable=False),
    Column("language", String, nullable=False),
    Column("at", Big, nullable=False),
)

# --- what time does --------------------------------------------------------------------------------------------

schedule = Table(
    "schedule",
    metadata,
    _id(),
    _to("person"),
    _to("child", null=True),  # none: a therapist's own digest
    Column("template", String, nullable=False),
    Column("days", String, nullable=False),  # a rhythm: "0123456" (Monday is 0), or as bot.domain.rhythms has it
    Column("time", String, nullable=False),  # local HH:MM, or a window HH:MM-HH:MM
    Column("starts_on", String, nullable=False),  # the first local date, YYYY-MM-DD
    Column("ends_on", String),  # the last one
    Column("tell_at", Big),  # calendar time: the therapist changed it, and from then on the caregiver may be told
    Column("ended_at", Big),
    Column("created_at", Big, nullable=False),
)
Index(
    "ix_schedule_tell",
    schedule.c.tell_at,
    sqlite_where=schedule.c.tell_at.is_not(None),
    postgresql_where=schedule.c.tell_at.is_not(None),
)

rest = Table(  # a pause, a busy week, an illness
    "rest",
    metadata,
    _id(),
    _to("person"),
    Column("kind", String, nullable=False),
    Column("from_date", String, nullable=False),  # local dates, both included
    Column("until_date", String, nullable=False),
    Column("created_at", Big, nullable=False),
    Column("ended_at", Big),
    _one_of("kind", "pause", "busy", "ill"),
)

due = Table(
    "due",
    metadata,
    Column("schedule_id", Big, ForeignKey("schedule.id", ondelete="CASCADE"), primary_key=True),
    Column("local_date", String, primary_key=True),
    Column("slot", String, primary_key=True),
    Column("due_at", Big, nullable=False),
    Column("opened", Integer, nullable=False, server_default="0"),
    **BY_KEY,
)
Index("ix_due_waiting", due.c.due_at, sqlite_where=due.c.opened == 0, postgresql_where=due.c.opened == 0)

check_in = Table(
    "check_in",
    metadata,
    Column("id", Big, primary_key=True, autoincrement=False),
    _to("schedule", null=True, index=False),
    _to("child", index=False),
    _to("person", index=False),
    Column("template", String, nullable=False),
    Column("template_version", Integer, nullable=False),
    Column("local_date", String, nullable=False),
    Column("slot", String, nullable=False),
    Column("due_at", Big, nullable=False),
    Column("sent_at", Big),
    Column("closes_at", Big, nullable=False),
    Column("late_until", Big, nullable=False),
    Column("state", String, nullable=False),
    Column("state_reason", String, nullable=False, server_default=""),
    Column("question", String, nullable=False, server_default=""),  # the one being asked; "" when none is
    Column("awaits_words", Integer, nullable=False, server_default="0"),
    Column("asked_at", Big, nullable=False),  # when that question was asked
    Column("message_id", Big),  # the logical message that shows it
    Column("step", Words, nullable=False, server_default=""),  # the home step it asked about
    Column("short", Integer, nullable=False, server_default="0"),  # one question: the family has a busy week
    Column("nudge_at", Big),  # when it is shown once more,
    Column("nudge", String, nullable=False, server_default=""),  # and why
    Column("finished_at", Big),
    Column("created_at", Big, nullable=False),
    sa.UniqueConstraint("schedule_id", "local_date", "slot"),
    _one_of("state", "due", "open", "done", "partial", "expired", "skipped", "excused", "missed"),
)
Index("ix_check_in_person_state", check_in.c.person_id, check_in.c.state)
Index("ix_check_in_child_date", check_in.c.child_id, check_in.c.local_date)
_some("ix_check_in_awaits", check_in.c.person_id, where=check_in.c.awaits_words == 1)
Index("ix_check_in_message", check_in.c.message_id)
Index(
    "ix_check_in_open",
    check_in.c.closes_at,
    sqlite_where=check_in.c.state == "open",
    postgresql_where=check_in.c.state == "open",
)

Index(
    "ix_check_in_nudge",
    check_in.c.nudge_at,
    sqlite_where=check_in.c.nudge_at.is_not(None),
    postgresql_where=check_in.c.nudge_at.is_not(None),
)

answer = Table(
    "answer",
    metadata,
    _id(),
    _to("check_in", index=False),
    _to("person"),
    Column("question", String, nullable=False),
    Column("value", Text),  # JSON: a choice's key, a list of keys, a number
    Column("text", Words),
    Column("media_kind", String),
    Column("media_file_id", Words),
    Column("media_seconds", Integer),
    Column("skipped", Integer, nullable=False, server_default="0"),
    Column("late", Integer, nullable=False, server_default="0"),
    Column("answered_at", Big, nullable=False),
    sa.UniqueConstraint("check_in_id", "question", "person_id"),
)

# --- what people send ------------------------------------------------------------------------------------------

note = Table(
    "note",
    metadata,
    _id(),
    _to("child", index=False),
    _to("person"),
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
    _one_of("kind", "note", "win", "hard", "question"),
)
Index("ix_note_child_recorded", note.c.child_id, note.c.recorded_at)

revision = Table(
    "revision",
    metadata,
    _id(),
    _to("answer", null=True),
    _to("note", null=True),
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
    _to("answer", null=True, index=False),
    _to("note", null=True, index=False),
    _to("held", null=True, index=False),
    Column("album", String),
    Column("at", Big, nullable=False),
    **BY_KEY,
)
for _column in (inbound.c.answer_id, inbound.c.note_id, inbound.c.held_id):
    _some(f"ix_inbound_{_column.name}", _column, where=_column.is_not(None))
_some("ix_inbound_album", inbound.c.account_id, inbound.c.album, where=inbound.c.album.is_not(None))

held = Table(
    "held",
    metadata,
    _id(),
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
    _id(),
    _to("child"),
    _to("person"),
    Column("press", Big, nullable=False, index=True),  # one press may be about several children
    Column("source", String, nullable=False),
    Column("danger", String, nullable=False, server_default=""),
    Column("at", Big, nullable=False),
    Column("false_alarm_at", Big),
    Column("seen_at", Big),
    **NEVER_AGAIN,
)

digest = Table(
    "digest",
    metadata,
    _id(),
    _to("person"),
    Column("local_date", String, nullable=False),
    Column("data_until", Big, nullable=False),
    Column("children", Text, nullable=False),  # JSON: child ids, most urgent first
    Column("message_id", Big),
    Column("opened_at", Big),
    Column("made_at", Big, nullable=False),
)

# --- the door in and the door out ------------------------------------------------------------------------------

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
    _id(),
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
    Column("upload", sa.LargeBinary),
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
    _one_of("state", "pending", "sending", "sent", "unknown", "failed", "expired"),
)
Index(
    "ix_outbox_pending",
    outbox.c.priority,
    outbox.c.id,
    sqlite_where=outbox.c.state == "pending",
    postgresql_where=outbox.c.state == "pending",
)
_some("ix_outbox_waiting", outbox.c.chat_id, outbox.c.priority, outbox.c.id, where=outbox.c.state == "pending")
_some("ix_outbox_sending", outbox.c.chat_id, where=outbox.c.state == "sending")

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
    _id(),
    Column("kind", String, nullable=False),
    Column("person_id", Big, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("payload", Text, nullable=False, server_default="{}"),
    Column("key", String, nullable=False, unique=True),  # what makes two wishes the same
    Column("state", String, nullable=False, server_default="waiting"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("run_after", Big, nullable=False),  # the machine's time
    Column("created_at", Big, nullable=False),
)

counter = Table(
    "counter",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Big, nullable=False),
)
