"""What a row that is due comes to: asked, held back or missed, with its reason; and until when it is worth asking."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.clock import to_ms
from bot.domain import (
    feasts,
    holding,
    occurrences,
    schedule,
    templates,
    waking,
)
from bot.domain.checkins import BUSY
from bot.model import CheckInState
from bot.storage.database import Row

FASTING = 2  # beside BUSY: why a check-in is short
LATE = 600_000  # ms: a prompt that opens so long after its hour does so after an outage


def short(row: Row) -> int:
    """Whether one question is enough, and why."""
    if row["rest"] == "busy":
        return BUSY
    return FASTING if fasts(row) else 0


def fasts(row: Row) -> bool:
    return bool(feasts.fasting(date.fromisoformat(row["local_date"]), row["fast"]))


def halfway(row: Row, closes_at: int) -> int | None:
    """The moment of the reminder: the middle of what lies before the quiet hours. None where it lies in them."""
    chosen = waking.in_quiet(row["slot"], row["quiet_from"], row["quiet_until"])
    ends = closes_at if chosen else stale_at(row, closes_at)
    moment = int(row["due_at"] + (ends - row["due_at"]) // 2)
    return None if waking.in_quiet(_clock(moment, row["timezone"]), row["quiet_from"], row["quiet_until"]) else moment


@lru_cache(maxsize=1024)  # an evening's families share a few moments
def _clock(moment: int, timezone: str) -> str:
    return schedule.local_now(moment, timezone)[1]


def held_or_asked(
    row: Row, now: int, template: templates.Template, prompted: set[int], asked: holding.Asked
) -> tuple[CheckInState, str]:
    """What the plan itself holds back comes before and after everything else that may keep it from being asked."""
    if reason := holding.elsewhere(row):
        return CheckInState.EXCUSED, reason
    state, reason = _state(row, now, template, prompted)
    if state == CheckInState.OPEN and (held := holding.back(row, asked)):
        return CheckInState.EXCUSED, held
    if state == CheckInState.OPEN and row["follows_key"] and not row["followed"]:
        return CheckInState.DUE, ""
    return state, reason


def _state(row: Row, now: int, template: templates.Template, prompted: set[int]) -> tuple[CheckInState, str]:
    resting = _resting(row)
    if resting:
        return CheckInState.EXCUSED, resting
    if row["blocked_at"] is not None:
        return CheckInState.MISSED, "blocked"
    if stale_at(row, grace_ends(row, template)) <= now or (is_late(row, now) and row["account_id"] in prompted):
        return CheckInState.MISSED, "outage"
    if row["silent_at"] is not None:
        return CheckInState.EXCUSED, "silent"
    return CheckInState.OPEN, ""


def _resting(row: Row) -> str:
    """Why nothing is asked on that date, whatever else happens; "" where it is a day like any other."""
    if row["stopped_at"] is not None:
        return "stopped"
    if row["rest"] in ("pause", "ill"):
        return str(row["rest"])
    holiday = row["rest"] == "school" or feasts.on(date.fromisoformat(row["local_date"]), row["feasts"])
    return "holiday" if holiday else ""


def is_late(row: Row, now: int) -> bool:
    return bool(now - row["due_at"] > LATE)


def stale_at(row: Row, closes_at: int) -> int:
    """A prompt that could not go out in time never slides into the quiet hours.

    An hour that was chosen in them is not quiet, and for a while it is still that hour.
    """
    if waking.in_quiet(row["slot"], row["quiet_from"], row["quiet_until"]):
        return int(min(closes_at, row["due_at"] + waking.CHOSEN))
    quiet = _quiet_at(row["local_date"], row["slot"], row["quiet_from"], row["timezone"])
    return closes_at if quiet is None else min(closes_at, quiet)


@lru_cache(maxsize=1024)
def _quiet_at(local_date: str, slot: str, quiet_from: str, timezone: str) -> int | None:
    """When the quiet hours after that slot begin, in ms."""
    quiet_day = date.fromisoformat(local_date) + timedelta(days=int(quiet_from < slot))
    quiet = occurrences.due_instant(quiet_day, quiet_from, ZoneInfo(timezone))
    return None if quiet is None else to_ms(quiet)


def grace_ends(row: Row, template: templates.Template) -> int:
    """So long it is still worth asking (ms)."""
    return int(row["due_at"]) + (template.grace_minutes or template.window_minutes) * 60_000
