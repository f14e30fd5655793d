"""Goals, wishes and looks at the milestone lists, as an export gives them; and what of them is one caregiver's own."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from bot.domain.exporting_values import media, revision, value
from bot.domain.iso import iso, maybe_iso
from bot.model import Json
from bot.storage import goal_ratings, goals, milestones, wins
from bot.storage.database import Row, Tx

_SHARED = ("id", "title", "created_at", "end", "ended_at")  # of a goal, with everyone to whom it was proposed
_SAID = ("agreements", "whys", "talks", "ratings", "wins")  # each by a caregiver


async def sections(tx: Tx, child: int) -> Json:
    """The sections of one child: goals with all that belongs to them, wishes, milestone lists."""
    rows, versions, levels, words = await goals.of_child(tx, child)
    before = _grouped(await goals.revisions_of(tx, child), "goal_word_id")
    by_goal = [_grouped(one, "goal_id") for one in (versions, levels, words, await wins.filed(tx, child))]
    ratings: dict[int, list[Json]] = defaultdict(list)
    for row in await goal_ratings.of_child(tx, child):
        ratings[goal_ratings.goal_of(row["question"])].append(_rating(row))
    rounds, answers = await milestones.of_child(tx, child)
    given = _grouped(answers, "milestone_round_id")
    return {
        "goals": [_goal(row, [one[row["id"]] for one in by_goal], before, ratings[row["id"]]) for row in rows],
        "wishes": [_word(one, before) for one in words if one["kind"] == "wish"],
        "milestone_lists": [_round(one, given[one["id"]]) for one in rounds],
    }


def _grouped(rows: Iterable[Row], key: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found


def _goal(row: Row, parts: Sequence[list[Row]], before: dict[int, list[Row]], ratings: list[Json]) -> Json:
    versions, levels, words, filed = parts

    def said(*kinds: str) -> list[Json]:
        return [_word(one, before) for one in words if one["kind"] in kinds]

    return {
        "id": row["id"],
        "title": next((one["what"] for one in reversed(versions) if one["proposed_at"] is not None), ""),
        "created_at": iso(row["created_at"]),
        "end": row["end_kind"],
        "ended_at": maybe_iso(row["ended_at"]),
        "importance": row["importance"],
        "difficulty": row["difficulty"],
        "versions": [_version(one) for one in versions],
        "agreements": said("agree", "change", "talk"),
        "whys": said("why"),
        "talks": said("talked"),
        "levels": [_level(one) for one in levels],
        "ratings": ratings,
        "wins": [
            {"caregiver_id": one["person_id"], "checkin_id": one["check_in_id"], "note_id": one["note_id"]}
            for one in filed
        ],
    }


def _version(row: Row) -> Json:
    parts = ("what", "place", "help", "measure", "starter")
    return {
        "id": row["id"],
        "number": row["number"],
        **{part: row[part] for part in parts},
        "by": row["by_date"] or None,
        "scale": row["scale_kind"],
        "levels": json.loads(row["levels"]),
        "proposed_at": maybe_iso(row["proposed_at"]),
    }


def _word(row: Row, before: dict[int, list[Row]]) -> Json:
    return {
        "id": row["id"],
        "caregiver_id": row["person_id"],
        "goal_id": row["goal_id"],
        "version_id": row["goal_version_id"],
        "kind": row["kind"],
        "text": row["text"],
        "media": media(row),
        "recorded_at": iso(row["recorded_at"]),
        "revisions": [revision(one) for one in before.get(row["id"], ())],
    }


def _level(row: Row) -> Json:
    return {
        "level": row["level"],
        "version_id": row["goal_version_id"],
        "therapist_id": row["person_id"],
        "recorded_at": iso(row["recorded_at"]),
    }


def _rating(row: Row) -> Json:
    return {
        "caregiver_id": row["person_id"],
        "checkin_id": row["check_in_id"],
        "local_date": row["local_date"],
        "value": value(row),
        "answered_at": iso(row["answered_at"]),
        "late": bool(row["late"]),
    }


def _round(row: Row, answers: Sequence[Row]) -> Json:
    return {
        "id": row["id"],
        "caregiver_id": row["person_id"],
        "list_months": row["list_months"],
        "age_used": row["age_kind"],
        "age_months": row["age_months"],
        "weeks_early": row["weeks_early"],
        "started_at": iso(row["started_at"]),
        "finished_at": maybe_iso(row["finished_at"]),
        "answers": [
            {"item": one["item_key"], "answer": one["kind"], "answered_at": iso(one["recorded_at"])} for one in answers
        ],
    }


def answered(found: Sequence[Json]) -> list[Json]:
    """Of one's own goals: one's words, and what they answered; for one with whom nothing is shared any more."""
    kept = []
    for one in found:
        spoken_of = {entry["version_id"] for entry in (*one["agreements"], *one["whys"], *one["talks"])}
        versions = [version for version in one["versions"] if version["id"] in spoken_of]
        if any(one[key] for key in _SAID):
            kept.append({**one, "versions": versions or one["versions"][:1], "levels": []})
    return kept


def own(found: Sequence[Json], seats: Collection[int]) -> list[Json]:
    """Of goals: what was proposed to the family, and these seats' own words. A level only with an agreement of theirs:
    else it would tell that somebody else agreed.
    """
    kept = []
    for one in found:
        versions = [version for version in one.get("versions", ()) if version["proposed_at"] is not None]
        if not versions:
            continue
        said = {key: [entry for entry in one[key] if entry["caregiver_id"] in seats] for key in _SAID}
        agreed = any(entry["kind"] == "agree" for entry in said["agreements"])
        shared = {key: one[key] for key in _SHARED}
        levels = [{**level, "therapist_id": None} for level in one["levels"]] if agreed else []
        kept.append({**shared, "versions": versions, **said, "levels": levels})
    return kept
