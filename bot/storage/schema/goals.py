"""Goals: what a family wishes, what was agreed version by version, what was reached; wins and milestones."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, Integer, String, Table

from bot.storage.schema.columns import NEVER_AGAIN, Big, key, metadata, one_of, some, to
from bot.storage.schema.sealable import Words

goal = Table(
    "goal",
    metadata,
    key(),
    to("child"),
    Column("importance", Integer),  # 0-3, with difficulty the weight in the therapist's T-score; none: 1
    Column("difficulty", Integer),
    Column("end_kind", String),
    Column("ended_at", Big),
    Column("created_at", Big, nullable=False),
    one_of("end_kind", "reached", "closed", "dropped"),
    **NEVER_AGAIN,
)

goal_version = Table(  # what it says; one that was proposed never changes again
    "goal_version",
    metadata,
    key(),
    to("goal", index=False),
    Column("number", Integer, nullable=False),
    Column("what", Words, nullable=False, server_default=""),
    Column("place", Words, nullable=False, server_default=""),  # where, or with whom
    Column("help", Words, nullable=False, server_default=""),  # how much help
    Column("measure", Words, nullable=False, server_default=""),  # how often, or how well
    Column("by_date", String, nullable=False, server_default=""),  # YYYY-MM-DD
    Column("scale_kind", String, nullable=False, server_default="from_minus_1"),
    Column("levels", Words, nullable=False, server_default="{}"),  # JSON: words by level, "-2" to "2"
    Column("starter", Words, nullable=False, server_default=""),  # a line to talk about with the child
    Column("proposed_at", Big),  # none: a draft
    Column("created_at", Big, nullable=False),
    sa.UniqueConstraint("goal_id", "number"),
    one_of("scale_kind", "from_minus_1", "from_minus_2", "down_to_minus_3"),
    **NEVER_AGAIN,
)

goal_word = Table(  # what a caregiver says of goals; only ever added to
    "goal_word",
    metadata,
    key(),
    to("child"),
    to("person"),
    to("goal", null=True),  # none: a wish that no goal was made of yet
    to("goal_version", null=True),
    Column("kind", String, nullable=False),
    Column("text", Words),
    Column("media_kind", String),
    Column("media_file_id", Words),
    Column("media_seconds", Integer),
    Column("message_id", Big),  # the logical message that acknowledged it
    Column("recorded_at", Big, nullable=False),
    one_of("kind", "wish", "agree", "change", "talk", "why", "talked"),
    **NEVER_AGAIN,
)

goal_level = Table(  # set by the therapist, each with its date
    "goal_level",
    metadata,
    key(),
    to("goal"),
    to("goal_version", index=False),
    to("person"),
    Column("level", Integer, nullable=False),
    Column("recorded_at", Big, nullable=False),
    CheckConstraint("level BETWEEN -3 AND 2", name="level"),
)

goal_notice = Table(  # what a caregiver is to be told of a goal
    "goal_notice",
    metadata,
    key(),
    to("goal"),
    to("person"),
    Column("kind", String, nullable=False),
    Column("tell_at", Big),  # calendar time; none: told, or nothing to tell any more
    Column("told_at", Big),
    Column("message_id", Big),
    one_of("kind", "proposal", "reached", "starter"),
)
some("ix_goal_notice_tell", goal_notice.c.tell_at, where=goal_notice.c.tell_at.is_not(None))

win_goal = Table(  # which goal a small win belongs to
    "win_goal",
    metadata,
    key(),
    to("goal"),
    to("check_in", null=True),
    to("note", null=True),
    Column("recorded_at", Big, nullable=False),
)

milestone_round = Table(  # one look at the list for an age
    "milestone_round",
    metadata,
    key(),
    to("child"),
    to("person"),
    Column("list_months", Integer, nullable=False),
    Column("age_kind", String, nullable=False),  # which age chose the list
    Column("age_months", Integer, nullable=False),
    Column("weeks_early", Integer, nullable=False),
    Column("started_at", Big, nullable=False),
    Column("finished_at", Big),
    one_of("age_kind", "calendar", "corrected"),
    **NEVER_AGAIN,
)

milestone_answer = Table(
    "milestone_answer",
    metadata,
    key(),
    to("milestone_round", index=False),
    Column("item_key", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("recorded_at", Big, nullable=False),
    sa.UniqueConstraint("milestone_round_id", "item_key"),
    one_of("kind", "yes", "sometimes", "not_yet", "not_sure"),
)
