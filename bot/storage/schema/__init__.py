"""Every table, by area; ``columns`` has what they are made of."""

from __future__ import annotations

from bot.storage.schema.asking import answer, check_in, due, rest, schedule
from bot.storage.schema.columns import metadata
from bot.storage.schema.door import copy, counter, dead_update, handled, job, outbox
from bot.storage.schema.goals import (
    goal,
    goal_level,
    goal_notice,
    goal_version,
    goal_word,
    milestone_answer,
    milestone_round,
    win_goal,
)
from bot.storage.schema.library import coping_card, form, form_version
from bot.storage.schema.meetings import attendance, meeting
from bot.storage.schema.people import absence, access, account, child, consent, invitation, person
from bot.storage.schema.plans import content, link, link_side, rota, travel
from bot.storage.schema.practising import (
    behaviour_count,
    behaviour_target,
    booking,
    home_step,
    home_step_news,
    home_step_plan,
    home_step_tip,
)
from bot.storage.schema.quiet import notice, shift, silence
from bot.storage.schema.safety import alert_step, concern, on_call
from bot.storage.schema.saying import alert, digest, held, inbound, note, revision
from bot.storage.schema.sealable import Words
from bot.storage.schema.telling import brief, look, message, mirror, raised
from bot.storage.schema.trust import audit, legal_hold

HEAD = "0020"  # the newest migration; a test compares it with the scripts

__all__ = [
    "HEAD",
    "Words",
    "absence",
    "access",
    "account",
    "alert",
    "alert_step",
    "answer",
    "attendance",
    "audit",
    "behaviour_count",
    "behaviour_target",
    "booking",
    "brief",
    "check_in",
    "child",
    "concern",
    "consent",
    "content",
    "coping_card",
    "copy",
    "counter",
    "dead_update",
    "digest",
    "due",
    "form",
    "form_version",
    "goal",
    "goal_level",
    "goal_notice",
    "goal_version",
    "goal_word",
    "handled",
    "held",
    "home_step",
    "home_step_news",
    "home_step_plan",
    "home_step_tip",
    "inbound",
    "invitation",
    "job",
    "legal_hold",
    "link",
    "link_side",
    "look",
    "meeting",
    "message",
    "metadata",
    "milestone_answer",
    "milestone_round",
    "mirror",
    "note",
    "notice",
    "on_call",
    "outbox",
    "person",
    "raised",
    "rest",
    "revision",
    "rota",
    "schedule",
    "shift",
    "silence",
    "travel",
    "win_goal",
]
