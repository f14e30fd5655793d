"""Everything that is kept of a family, as JSON ("homenotes/1") or CSV. Each accepted text stands once.

One child is read at a time and handed on as text, so that a clinic of any size fits into memory.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain import (
    exporting_alerts,
    exporting_behaviour,
    exporting_goals,
    exporting_own,
    exporting_practice,
    material,
    templates,
)
from bot.domain.exporting_values import media as _media
from bot.domain.exporting_values import revision as _revision
from bot.domain.exporting_values import value as _value
from bot.domain.iso import iso, maybe_iso
from bot.domain.material import Material
from bot.domain.templates import Template
from bot.model import Json, Right
from bot.storage import erasing, meetings, messages, reading
from bot.storage import material as materials
from bot.storage.database import Row, Tx

FORMAT = "homenotes/1"
MILESTONE = "milestone"
MILESTONE_FACTS = ("often", "help", "where", "share", "stopped")


@dataclass(frozen=True, slots=True)
class All:
    """The whole clinic."""


@dataclass(frozen=True, slots=True)
class Therapist:
    """The children whom this therapist treats now."""

    id: int


@dataclass(frozen=True, slots=True)
class Child:
    id: int


@dataclass(frozen=True, slots=True)
class Caregiver:
    """What one caregiver's seat gave, whether it stands, rests or has ended."""

    id: int


Scope = All | Therapist | Child | Caregiver


class NotFound(LookupError):
    """There is no such therapist, child or caregiver; its text is a line for people."""


async def children(tx: Tx, scope: Scope, now: int) -> list[int]:
    """Their ids, in order. Raises ``NotFound``."""
    match scope:
        case Therapist(therapist):
            if not await reading.therapist_exists(tx, therapist):
                raise NotFound(f"there is no therapist {therapist}")
            return await reading.children_of_therapist(tx, therapist, now)
        case Child(child):
            if not await reading.child_exists(tx, child):
                raise NotFound(f"there is no child {child}")
            return [child]
        case Caregiver(person):
            if not await reading.caregiver_exists(tx, person):
                raise NotFound(f"there is no caregiver {person}")
            return sorted(await erasing.children_of(tx, person))
        case _:
            return await reading.all_children(tx)


async def export(tx: Tx, scope: Scope, now: int) -> Json:
    """The document as one value, for small scopes. Raises ``NotFound``."""
    ids = await children(tx, scope, now)
    return {
        "format": FORMAT,
        "exported_at": iso(now),
        "children": [await in_scope(tx, scope, child, now) for child in ids],
    }


async def as_json(tx: Tx, scope: Scope, now: int) -> AsyncIterator[str]:
    """The document in pieces of text, a child each. Raises ``NotFound`` before the first."""
    ids = await children(tx, scope, now)
    yield f'{{"format": {json.dumps(FORMAT)}, "exported_at": {json.dumps(iso(now))}, "children": ['
    for number, child in enumerate(ids):
        text = json.dumps(await in_scope(tx, scope, child, now), ensure_ascii=False)
        yield f"{',' if number else ''}\n{text}"
    yield "\n]}\n"


async def in_scope(tx: Tx, scope: Scope, child: int, now: int) -> Json:
    """One child, as far as the scope goes."""
    kept = await one_child(tx, child, now)
    if isinstance(scope, Caregiver):
        return exporting_own.alone(kept, {scope.id})
    return {**kept, "alerts": await exporting_alerts.log(tx, child, kept)}


async def one_child(tx: Tx, child: int, now: int) -> Json:
    """One child with its people and all that was said; the clinic's log of alarms is not in it."""
    kept = await reading.child_row(tx, child)
    if kept is None:
        raise NotFound(f"there is no child {child}")
    people = await reading.people_of(tx, child, now)
    consents = _grouped(await reading.consents_of(tx, child), "person_id")
    rights = _grouped(await reading.rights_of(tx, child), "person_id")
    revisions = await reading.revisions_of(tx, child)
    of_answers, of_notes = _grouped(revisions, "answer_id"), _grouped(revisions, "note_id")
    answers = _grouped(await reading.answers_of(tx, child), "check_in_id")
    check_ins = await reading.check_ins_of(tx, child)
    return {
        "id": kept["id"],
        "name": kept["name"],
        "birth_month": kept["birth_month"],
        "therapists": [{"id": row["id"], "name": row["name"]} for row in people if row["right"] == Right.TREAT],
        "caregivers": [
            _caregiver(row, rights[row["id"]], consents[row["id"]]) for row in people if row["right"] == Right.CARE
        ],
        "checkins": [_check_in(row, answers[row["id"]], of_answers) for row in check_ins],
        "notes": [_note(row, of_notes[row["id"]]) for row in await reading.notes_of(tx, child)],
        "milestones": [
            _milestone(row, answers[row["id"]])
            for row in check_ins
            if row["template"] == MILESTONE and row["state"] in ("done", "partial")
        ],
        **await exporting_goals.sections(tx, child),
        "practice": await exporting_practice.steps(tx, child, answers),
        "behaviour": await exporting_behaviour.targets(tx, child, check_ins, answers),
        "coping_cards": sorted(await materials.coping_cards(tx, child)),
        "messages": [_message(row) for row in await messages.of_child(tx, child)],
        "meetings": _meetings(*await meetings.everything(tx, child)),
    }


def _grouped(rows: Sequence[Row], key: str) -> dict[int | None, list[Row]]:
    found: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found


def _right(row: Row) -> Json:
    """``preset``: all, own, read. ``until``: it ended then, or will."""
    return {
        "preset": row["preset"],
        "from": iso(row["from_at"]),
        "until": maybe_iso(row["until_at"]),
        "agreed_until": maybe_iso(row["ends_at"]),
        "suspended_at": maybe_iso(row["suspended_at"]),
        "document": row["document"],
    }


def _caregiver(row: Row, rights: Sequence[Row], consents: Sequence[Row]) -> Json:
    return {
        "id": row["id"],
        "name": row["name"],
        "role": row["role"],
        "language": row["language"],
        "timezone": row["timezone"],
        "joined_at": maybe_iso(row["joined_at"]),
        "rights": [_right(one) for one in rights],
        "consents": [
            {
                "purpose": one["purpose"],
                "given": bool(one["given"]),
                "text_version": one["text_version"],
                "language": one["language"],
                "at": iso(one["at"]),
            }
            for one in consents
        ],
    }


def _check_in(row: Row, answers: Sequence[Row], revisions: Mapping[int | None, Sequence[Row]]) -> Json:
    return {
        "id": row["id"],
        "template": row["template"],
        "template_version": row["template_version"],
        "caregiver_id": row["person_id"],
        "local_date": row["local_date"],
        "slot": row["slot"],
        "due_at": iso(row["due_at"]),
        "sent_at": maybe_iso(row["sent_at"]),
        "state": row["state"],
        "state_reason": row["state_reason"] or None,
        "answers": [
            _answer(one, revisions.get(one["id"], ()))
            for one in answers
            if not one["skipped"] or revisions.get(one["id"])
        ],
        **_asked(row),
    }


def _asked(row: Row) -> Json:
    """What the clinic's own words were, where it was asked in any: lists to choose from, a template of its own."""
    if not row["material"] and not row["form"]:
        return {}
    lists = json.loads(row["material"])["lists"] if row["material"] else {}
    return {
        "asked": {
            "lists": {name: [{"key": key, "label": label} for key, label in pairs] for name, pairs in lists.items()},
            "template": json.loads(row["form"]) if row["form"] else None,
        }
    }


def family_of(check_in: Json) -> str:
    """What the answers of an exported check-in mean: the template of the library that it is, or was copied from."""
    asked = check_in.get("asked") or {}
    return str((asked.get("template") or {}).get("based_on") or check_in["template"])


def as_asked(check_in: Json) -> Template:
    """The template of an exported check-in as it was asked."""
    asked = check_in.get("asked") or {"lists": {}, "template": None}
    body = json.dumps(asked["template"]) if asked["template"] else None
    lists = {name: [(one["key"], one["label"]) for one in pairs] for name, pairs in asked["lists"].items()}
    return material.asked(templates.of(check_in["template"], check_in["template_version"], body), Material(lists))


def _answer(row: Row, revisions: Sequence[Row]) -> Json:
    return {
        "question": row["question"],
        "value": _value(row),
        "text": row["text"],
        "media": _media(row),
        "answered_at": iso(row["answered_at"]),
        "late": bool(row["late"]),
        "revisions": [{"value": _value(one), **_revision(one)} for one in revisions],
    }


def _note(row: Row, revisions: Sequence[Row]) -> Json:
    return {
        "id": row["id"],
        "caregiver_id": row["person_id"],
        "kind": row["kind"],
        "text": row["text"],
        "media": _media(row),
        "recorded_at": iso(row["recorded_at"]),
        "revisions": [_revision(one) for one in revisions],
    }


def _milestone(row: Row, answers: Sequence[Row]) -> Json:
    """The facts of a small win; its words stand with the check-in."""
    chosen = {one["question"]: _value(one) for one in answers if not one["skipped"]}
    return {
        "checkin_id": row["id"],
        "caregiver_id": row["person_id"],
        "local_date": row["local_date"],
        **{key: chosen.get(key) for key in MILESTONE_FACTS},
    }


def _message(row: Row) -> Json:
    """A line from a therapist, or the thanks for a note or answer (of a check-in, to a question) that was used;
    ``sent_at`` null: it waits.
    """
    return {
        "id": row["id"],
        "caregiver_id": row["person_id"],
        "therapist_id": row["author_id"],
        "kind": row["kind"],
        "text": row["text"],
        "note_id": row["note_id"],
        "checkin_id": row["check_in_id"],
        "question": row["question"],
        "answer_id": row["answer_id"],
        "written_at": iso(row["written_at"]),
        "sent_at": maybe_iso(row["sent_at"]),
        "confirmed_at": maybe_iso(row["confirmed_at"]),
    }


def _meetings(rows: Sequence[Row], asked: Sequence[Row]) -> list[Json]:
    """Visits, each with the caregivers who were asked to come and what they said."""
    of_meeting = _grouped(asked, "meeting_id")
    return [
        {
            "id": row["id"],
            "therapist_id": row["person_id"],
            "starts_at": iso(row["starts_at"]),
            "kind": row["kind"],
            "note": row["note"],
            "created_at": iso(row["created_at"]),
            "cancelled_at": maybe_iso(row["cancelled_at"]),
            "caregivers": [
                {
                    "caregiver_id": one["person_id"],
                    "told": bool(one["told_state"]),
                    "answer": one["reply_state"] or None,
                    "answered_at": maybe_iso(one["answered_at"]),
                }
                for one in of_meeting[row["id"]]
            ],
        }
        for row in rows
    ]
