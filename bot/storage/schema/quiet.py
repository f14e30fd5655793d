"""When somebody is left alone: silence, what waits for a therapist's hours, and what moved a question."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from bot.storage.schema.columns import Big, key, metadata, one_of, some, to
from bot.storage.schema.sealable import Words

silence = Table(  # of a caregiver who has not answered lately; the row stays, for what was asked of them once
    "silence",
    metadata,
    Column("person_id", Big, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("unanswered", Integer, nullable=False, server_default="0"),  # check-ins in a row
    Column("since", Big),  # when the first of them was due
    Column("ask", Integer, nullable=False, server_default="0"),  # at the next moment they are asked what would fit
    Column("asked_at", Big),  # when they were asked that
    Column("stopped_at", Big),  # nothing is asked any more,
    Column("told_at", Big),  # they were told so,
    Column("contacted_at", Big),  # and the therapist has spoken to them
)
some("ix_silence_stopped", silence.c.person_id, where=silence.c.stopped_at.is_not(None))

notice = Table(  # what somebody is told in their hours only
    "notice",
    metadata,
    key(),
    to("person"),
    to("child", null=True),  # whom it speaks of, if of anybody,
    to("person", null=True, name="about_id"),  # and which caregiver
    Column("screen", Words, nullable=False),  # JSON: text and rows of buttons
    Column("at", Big),  # calendar time: from when it may be said, none while it is on its way, then when it had arrived
    Column("message_id", Big),  # the logical message that says it
    Column("created_at", Big, nullable=False),
)
some("ix_notice_at", notice.c.at, where=notice.c.at.is_not(None))
some("ix_notice_message", notice.c.message_id, where=notice.c.message_id.is_not(None))

shift = Table(  # why a check-in was shown at another moment than planned, or once more
    "shift",
    metadata,
    key(),
    to("check_in", index=False),
    Column("kind", String, nullable=False),
    Column("at", Big, nullable=False),
    Column("slot", String, nullable=False, server_default=""),  # the local HH:MM that it was moved from
    one_of("kind", "later", "reminder", "again", "fast"),
)
Index("ix_shift_check_in", shift.c.check_in_id)
