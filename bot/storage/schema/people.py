"""People, children, and who may do what."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from bot.storage.schema.columns import NEVER_AGAIN, Big, key, metadata, one_of, some, to
from bot.storage.schema.sealable import Line, Words

account = Table(
    "account",
    metadata,
    Column("id", Big, primary_key=True, autoincrement=False),  # Telegram's user id, which is the private chat's id
    Column("stopped_at", Big),
    Column("blocked_at", Big),
    Column("asking", Line, nullable=False, server_default=""),  # what typed words answer; a name may stand in it
    Column("lost_from", Big),  # what this account sent from then on may be lost, and it was not told so yet
    Column("menu", String, nullable=False, server_default=""),  # the command menu that Telegram has for this chat
    Column("created_at", Big, nullable=False),
)

some("ix_account_lost", account.c.lost_from, where=account.c.lost_from.is_not(None))

person = Table(
    "person",
    metadata,
    key(),
    Column("kind", String, nullable=False),
    Column("account_id", Big, ForeignKey("account.id"), index=True),
    Column("name", Words, nullable=False),
    Column("role", String, nullable=False, server_default=""),
    Column("language", String, nullable=False),
    Column("address", String, nullable=False, server_default="formal"),
    Column("timezone", String, nullable=False),
    Column("quiet_from", String, nullable=False, server_default="21:30"),
    Column("quiet_until", String, nullable=False, server_default="07:30"),
    Column("weekend", String, nullable=False, server_default=""),  # days, Monday is 0; "": as in the zone's country
    Column("feasts", Words, nullable=False, server_default=""),  # as bot.domain.feasts has both: what a family believes
    Column("fast", Words, nullable=False, server_default=""),
    Column("prompts_a_day", Integer, nullable=False, server_default="1"),
    Column("home_at", Big),  # calendar time: from then on they are to be told that their journey is over
    Column("prompts_wish", Integer),  # fewer, by the caregiver's own choice
    Column("content_a_week", Integer, nullable=False, server_default="3"),
    Column("joined_at", Big),
    Column("email", Words, nullable=False, server_default=""),  # a therapist's: where an alarm goes too
    Column("admin", Integer, nullable=False, server_default="0"),  # a therapist's seat that arranges the others, too
    Column("suspended_at", Big),
    Column("suspended_account", Big),  # whose the seat was: until it is given back it is nobody's
    Column("created_at", Big, nullable=False),
    Column("removed_at", Big),
    one_of("kind", "therapist", "caregiver"),
    **NEVER_AGAIN,
)

some("ix_person_suspended_account", person.c.suspended_account, where=person.c.suspended_account.is_not(None))
some("ix_person_home_at", person.c.home_at, where=person.c.home_at.is_not(None))

child = Table(
    "child",
    metadata,
    key(),
    Column("name", Words, nullable=False),
    Column("birth_month", String, nullable=False, server_default=""),
    Column("gender", String, nullable=False, server_default="unsaid"),
    Column("case_key", Words, nullable=False, server_default=""),  # the import's `case`
    Column("weeks_early", Integer, nullable=False, server_default="0"),  # born so many weeks before its time
    Column("created_at", Big, nullable=False),
    **NEVER_AGAIN,
)

access = Table(
    "access",
    metadata,
    key(),
    to("person"),
    to("child"),
    Column("right", String, nullable=False),
    Column("from_at", Big, nullable=False),
    Column("until_at", Big),  # what counts
    Column("suspended_at", Big),  # it ended then, and may be given back
    Column("ends_at", Big),  # when it ends as was agreed; none: open
    Column("part", String, nullable=False, server_default=""),  # "co", "stand_in", or the case is their own
    Column("document", Words, nullable=False, server_default=""),  # on what paper it rests
    Column("preset", String, nullable=False, server_default="all"),  # what a caregiver may do
    one_of("right", "care", "treat"),
)
some("ix_access_until", access.c.until_at, where=access.c.until_at.is_not(None))

absence = Table(  # a therapist's leave, and the colleague who stands in; one that is over is gone
    "absence",
    metadata,
    key(),
    to("person"),
    to("person", name="stand_in_id"),
    Column("from_at", Big, nullable=False),
    Column("until_at", Big, nullable=False),
    **NEVER_AGAIN,
)

invitation = Table(
    "invitation",
    metadata,
    Column("code_hash", String, primary_key=True),
    to("person"),
    Column("created_at", Big, nullable=False),
    Column("expires_at", Big, nullable=False),
    Column("used_at", Big),
    Column("used_by", Big),
    Column("cancelled_at", Big),
)

consent = Table(
    "consent",
    metadata,
    key(),
    to("person"),
    Column("purpose", String, nullable=False),
    Column("given", Integer, nullable=False),
    Column("text_version", String, nullable=False),
    Column("language", String, nullable=False),
    Column("at", Big, nullable=False),
)
