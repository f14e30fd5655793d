"""Visits that were agreed: when a therapist and a family meet, and who of the family was asked to come."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from bot.storage.schema.columns import BY_KEY, NEVER_AGAIN, Big, key, metadata, one_of, some, to
from bot.storage.schema.sealable import Words

meeting = Table(
    "meeting",
    metadata,
    key(),
    to("child"),
    to("person", index=False),  # the therapist
    Column("starts_at", Big, nullable=False),
    Column("kind", String, nullable=False),
    Column("note", Words, nullable=False, server_default=""),  # the place, a link
    Column("created_at", Big, nullable=False),
    Column("cancelled_at", Big),
    one_of("kind", "person", "video"),
    **NEVER_AGAIN,
)
Index("ix_meeting_person_starts", meeting.c.person_id, meeting.c.starts_at)
some("ix_meeting_starts", meeting.c.starts_at, where=meeting.c.cancelled_at.is_(None))
some(  # one press of a button, or two, are one visit
    "uq_meeting_standing",
    meeting.c.child_id,
    meeting.c.person_id,
    meeting.c.starts_at,
    unique=True,
    where=meeting.c.cancelled_at.is_(None),
)

attendance = Table(
    "attendance",
    metadata,
    Column("meeting_id", Big, ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Big, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("told_state", String, nullable=False, server_default=""),  # the news that was told last; "" before the first
    Column("tell_at", Big),  # calendar time: from then on there is news to tell
    Column("remind_at", Big),
    Column("reply_state", String, nullable=False, server_default=""),
    Column("answered_at", Big),
    Column("report_at", Big),  # from then on the therapist is to be told of the answer
    Column("message_id", Big),  # the logical message that shows it
    one_of("reply_state", "", "yes", "no"),
    **BY_KEY,
)
for _column in (attendance.c.tell_at, attendance.c.remind_at, attendance.c.report_at):
    some(f"ix_attendance_{_column.name}", _column, where=_column.is_not(None))
