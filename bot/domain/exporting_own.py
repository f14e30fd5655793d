"""Of an exported child what one caregiver gave, and what was shared with them: nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import exporting_goals
from bot.model import Json

_OF_THE_CHILD = ("id", "name", "birth_month", "therapists", "coping_cards")
_SHARED = {"practice": ("logs", "bookings"), "behaviour": ("events", "counts")}  # by their therapist; in them the own


def own(child: Json, seats: set[int]) -> Json:
    """Only what is known to be theirs: of the rest of a child's document, whatever it will hold, they get nothing."""
    kept = {key: value if key in _OF_THE_CHILD else _by(key, value, seats) for key, value in child.items()}
    caregivers = [{**one, "rights": [_unpapered(right) for right in one["rights"]]} for one in kept["caregivers"]]
    messages = [{key: one[key] for key in one if key != "answer_id"} for one in kept["messages"]]  # it has no row here
    return {**kept, "caregivers": caregivers, "messages": messages, "meetings": _asked_to(child["meetings"], seats)}


def alone(child: Json, seats: set[int]) -> Json:
    """The own entries and nothing that all were shown: of a seat whose right may have ended."""
    return {**unshared(own(child, seats)), "therapists": [], "birth_month": ""}


def _unpapered(right: Json) -> Json:
    """On what paper it rests is for the clinic alone."""
    return {key: value for key, value in right.items() if key != "document"}


def unshared(kept: Json) -> Json:
    """Their own entries, each with what it answered; nothing that was shared beside."""
    practice = [{**one, "how": {"text": "", "media": None}, "tips": []} for one in _told(kept, "practice")]
    return {
        **kept,
        "goals": exporting_goals.answered(kept["goals"]),
        "practice": practice,
        "behaviour": _told(kept, "behaviour"),
        "coping_cards": [],
    }


def _told(kept: Json, section: str) -> list[Json]:
    return [one for one in kept[section] if any(one[key] for key in _SHARED[section])]


def _asked_to(meetings: Sequence[Json], seats: set[int]) -> list[Json]:
    """The visits that they were told of, without who else was."""
    told = [{**one, "caregivers": [seat for seat in one["caregivers"] if seat["told"]]} for one in meetings]
    told = [{**one, "caregivers": _by("meetings", one["caregivers"], seats)} for one in told]
    return [one for one in told if one["caregivers"]]


def _by(section: str, entries: Sequence[Json], seats: set[int]) -> list[Json]:
    if section == "goals":
        return exporting_goals.own(entries, seats)
    if section in _SHARED:
        kept = [one | {key: _by(key, one[key], seats) for key in _SHARED[section]} for one in entries]
        # what no therapist gave stands there for its entries alone: without own ones it would tell of another's
        return [one for one in kept if one["id"] is not None or any(one[key] for key in _SHARED[section])]
    field = "id" if section == "caregivers" else "caregiver_id"
    # what still waits to be sent was not shared yet
    return [one for one in entries if one.get(field) in seats and (section != "messages" or one["sent_at"] is not None)]
