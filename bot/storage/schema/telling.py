"""What passes between a digest and its readers: flags told and put off, screens opened, lines sent to a family."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String, Table

from bot.storage.schema.columns import BY_KEY, NEVER_AGAIN, Big, key, metadata, one_of, some, to
from bot.storage.schema.sealable import Words

raised = Table(  # a flag as one therapist was told of it last
    "raised",
    metadata,
    key(),
    to("person", index=False),  # the therapist
    to("child"),
    Column("key", String, nullable=False),  # which flag: kind, caregiver and subject
    Column("weight", Integer, nullable=False),  # how serious it was when it was told
    Column("told_at", Big, nullable=False),
    Column("snoozed_until", Big, nullable=False, server_default="0"),
    Column("reason", String, nullable=False, server_default=""),  # why it was put off: a choice,
    Column("words", Words, nullable=False, server_default=""),  # or the therapist's own words
    sa.UniqueConstraint("person_id", "child_id", "key"),
    **NEVER_AGAIN,
)

look = Table(  # a family's screen was opened: the first time
    "look",
    metadata,
    Column("digest_id", Big, ForeignKey("digest.id", ondelete="CASCADE"), primary_key=True),
    Column("child_id", Big, ForeignKey("child.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("at", Big, nullable=False),
    **BY_KEY,
)

message = Table(  # one line from one person to another about a child, outside the quiet hours of who gets it
    "message",
    metadata,
    key(),
    to("child"),
    to("person"),  # who gets it
    to("person", name="author_id"),
    Column("kind", String, nullable=False),
    Column("text", Words),
    to("note", null=True, index=False),  # what it speaks of
    to("answer", null=True, index=False),
    Column("written_at", Big, nullable=False),
    Column("send_at", Big),  # calendar time; none once it is on its way
    Column("sent_at", Big),
    Column("message_id", Big),  # the logical message that shows it
    Column("arriving", Integer, nullable=False, server_default="0"),  # it is in the outbox still
    Column("author_message_id", Big),  # and the one that shows its author what became of it
    Column("confirmed_at", Big),
    one_of("kind", "message", "used"),
    **NEVER_AGAIN,
)
some("ix_message_send_at", message.c.send_at, where=message.c.send_at.is_not(None))
some("ix_message_arriving", message.c.message_id, where=message.c.arriving == 1)
for _column in (message.c.note_id, message.c.answer_id):
    some(f"ix_message_{_column.name}", _column, where=_column.is_not(None))

mirror = Table(  # a caregiver who would like to see, before each visit, what to raise
    "mirror",
    metadata,
    Column("person_id", Big, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Big, nullable=False),
    **BY_KEY,
)

brief = Table(  # what was delivered before a visit, to a therapist or a caregiver: once
    "brief",
    metadata,
    Column("person_id", Big, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("child_id", Big, ForeignKey("child.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("starts_at", Big, primary_key=True),  # of the visit
    Column("message_id", Big),  # the logical message that shows a caregiver what to raise
    Column("at", Big, nullable=False),
    **BY_KEY,
)
