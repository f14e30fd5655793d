"""What time does: schedules, rests, what is due, check-ins and their answers."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from bot.storage.schema.columns import BY_KEY, Big, key, metadata, one_of, some, to
from bot.storage.schema.sealable import Words

schedule = Table(
    "schedule",
    metadata,
    key(),
    to("person"),
    to("child", null=True),  # none: a therapist's own digest
    Column("template", String, nullable=False),
    Column("days", String, nullable=False),  # a rhythm: "0123456" (Monday is 0), or as bot.domain.rhythms has it
    Column("time", String, nullable=False),  # local HH:MM, or a window HH:MM-HH:MM
    Column("starts_on", String, nullable=False),  # the first local date, YYYY-MM-DD
    Column("ends_on", String),  # the last one
    Column("follows_key", String, nullable=False, server_default=""),  # the template after whose answers it is asked
    Column("planned_days", String, nullable=False, server_default=""),  # before the caregiver made it less often
    Column("tell_at", Big),  # calendar time: the therapist changed it, and from then on the caregiver may be told
    Column("told_in", Big),  # the logical message that told them, until it has arrived
    Column("hour_asked_at", Big),  # when another hour was last proposed
    Column("review_at", Big),  # from then on the therapist is asked whether it still fits
    Column("ended_at", Big),
    Column("created_at", Big, nullable=False),
)
some("ix_schedule_told", schedule.c.told_in, where=schedule.c.told_in.is_not(None))
some("ix_schedule_tell", schedule.c.tell_at, where=schedule.c.tell_at.is_not(None))

rest = Table(  # a pause, a busy week, an illness, a school break
    "rest",
    metadata,
    key(),
    to("person"),
    Column("kind", String, nullable=False),
    Column("from_date", String, nullable=False),  # local dates, both included
    Column("until_date", String, nullable=False),
    Column("created_at", Big, nullable=False),
    Column("ended_at", Big),
    one_of("kind", "pause", "busy", "ill", "school"),
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
some("ix_due_waiting", due.c.due_at, where=due.c.opened == 0)

check_in = Table(
    "check_in",
    metadata,
    Column("id", Big, primary_key=True, autoincrement=False),
    to("schedule", null=True, index=False),
    to("child", index=False),
    to("person", index=False),
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
    Column("step", Words, nullable=False, server_default=""),  # the home step it asked about, as it was worded then,
    to("home_step", null=True, index=False),  # and which one that is
    Column("material", Words, nullable=False, server_default=""),  # JSON: what else it was asked with
    Column("short", Integer, nullable=False, server_default="0"),  # one question: 1 in a busy week, 2 while they fast
    Column("unusual", Integer, nullable=False, server_default="0"),  # they are away or fast: nights are other ones
    Column("nudge_at", Big),  # when it is shown once more,
    Column("nudge", String, nullable=False, server_default=""),  # and why
    Column("finished_at", Big),
    Column("created_at", Big, nullable=False),
    sa.UniqueConstraint("schedule_id", "local_date", "slot"),
    one_of("state", "due", "open", "done", "partial", "expired", "skipped", "excused", "missed"),
)
Index("ix_check_in_person_state", check_in.c.person_id, check_in.c.state)
Index("ix_check_in_child_date", check_in.c.child_id, check_in.c.local_date)
some("ix_check_in_home_step_id", check_in.c.home_step_id, where=check_in.c.home_step_id.is_not(None))
some("ix_check_in_awaits", check_in.c.person_id, where=check_in.c.awaits_words == 1)
Index("ix_check_in_message", check_in.c.message_id)
some("ix_check_in_open", check_in.c.closes_at, where=check_in.c.state == "open")

some("ix_check_in_due", check_in.c.closes_at, where=check_in.c.state == "due")
some("ix_check_in_nudge", check_in.c.nudge_at, where=check_in.c.nudge_at.is_not(None))

answer = Table(
    "answer",
    metadata,
    key(),
    to("check_in", index=False),
    to("person"),
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
