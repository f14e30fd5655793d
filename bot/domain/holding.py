"""What holds a question back that is due: it is another's day with the child, another has answered, enough was asked.

The caregiver learns of none of it; the therapist may ask why.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from bot.domain import rhythms
from bot.model import ANSWERED_BY_OTHER, CAP, NOT_WITH_CHILD
from bot.storage.database import Row

YIELDS = "pulse"  # the daily question makes way for a rarer one of the same day
Asked = Counter[tuple[int, str]]  # by caregiver and local date, opened in this very pass


def elsewhere(row: Row) -> str:
    """By the rota the child is not with this caregiver on that date."""
    if row["rota_days"] is None:
        return ""
    rhythm = rhythms.read(row["rota_days"], date.fromisoformat(row["rota_starts_on"]))
    return "" if rhythm.falls(date.fromisoformat(row["local_date"])) else NOT_WITH_CHILD


def back(row: Row, asked: Asked) -> str:
    """The reason, or "" where it may be asked; then it counts."""
    if row["other_answered"]:
        return ANSWERED_BY_OTHER
    if row["follows_key"]:  # it goes on from another one
        return ""
    key = (row["person_id"], row["local_date"])
    before = row["asked_that_day"] + asked[key]
    to_come = row["waiting_that_day"] if row["template"] == YIELDS else 0
    if before + to_come >= row["prompts_a_day"]:
        return CAP
    asked[key] += 1
    return ""
