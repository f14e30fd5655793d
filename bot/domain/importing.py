"""Families from a CSV: judged whole before anything is stored, then all rows or none. What is stored never changes.

A row belongs to a child by its `case`, else by nickname, birth month and therapist; a child that is stored already
gets one more caregiver, and stays as it is.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain import auditing, inviting, schedule
from bot.domain.importing_cells import Entry, Wrong
from bot.model import Right
from bot.storage import importing
from bot.storage.database import Tx

Key = tuple[str, ...]  # what makes two rows the same child


class Moved(Exception):
    """What is stored has changed since the file was judged: judge it again. Nothing is stored."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A child that is stored for a therapist."""

    id: int
    name: str
    birth_month: str
    case: str
    therapist: int


@dataclass(frozen=True, slots=True)
class Stored:
    """What an import has to respect: the therapists' ids, their children, and (child, caregiver, role) of each seat."""

    therapists: frozenset[int]
    children: tuple[Kept, ...]
    caregivers: frozenset[tuple[int, str, str]]


@dataclass(slots=True)
class Family:
    """A child with the rows of its caregivers. ``id`` is 0 for a child that is not stored yet."""

    id: int
    name: str
    birth_month: str
    case: str
    therapist: int
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Made:
    """One caregiver's seat, with the code that opens it."""

    line: int
    child_id: int
    child: str
    caregiver_id: int
    caregiver: str
    code: str


async def stored(tx: Tx, now: int) -> Stored:
    return Stored(
        frozenset(await importing.therapists(tx)),
        tuple(
            Kept(row["id"], row["name"], row["birth_month"], row["case_key"], row["therapist"])
            for row in await importing.children(tx, now)
        ),
        frozenset((row["child_id"], row["name"], row["role"]) for row in await importing.caregivers(tx, now)),
    )


def plan(entries: Sequence[Entry], known: Stored) -> tuple[list[Family], list[Wrong]]:
    """The families that the rows make, in the order of the file; a line for each row that fits nowhere."""
    wrong: list[Wrong] = []
    ambiguous, by_case, by_name = _ambiguous(entries, known), _by_case(known), _by_name(known)
    families: dict[Key, Family] = {}
    seats: dict[tuple[Key, str, str], int] = {}
    for entry in entries:
        name = (entry.child, entry.birth_month, str(entry.therapist))
        if entry.line in ambiguous or (not entry.case and len(by_name[name]) > 1):
            wrong.append(Wrong(entry.line, "case", "is needed: there is more than one child of that name"))
            continue
        key: Key = (entry.case, str(entry.therapist)) if entry.case else name
        found = by_case.get(key) if entry.case else next(iter(by_name[name]), None)
        family = families.setdefault(key, _begun(entry, found))
        troubles = [
            *_differences(entry, family),
            *_twice(entry, family, known, seats.setdefault((key, entry.caregiver, entry.role), entry.line)),
        ]
        wrong += troubles
        if not troubles:
            family.birth_month = family.birth_month or entry.birth_month
            family.entries.append(entry)
    return list(families.values()), sorted(wrong)


def _ambiguous(entries: Iterable[Entry], known: Stored) -> set[int]:
    """Lines without birth month and case whose child stands on several rows, or is stored already."""
    lines = defaultdict(list)
    for entry in entries:
        lines[entry.child, entry.therapist].append(entry)
    names = {(kept.name, kept.therapist) for kept in known.children}
    return {
        entry.line
        for key, several in lines.items()
        for entry in several
        if not entry.case and not entry.birth_month and (len(several) > 1 or key in names)
    }


def _by_case(known: Stored) -> dict[Key, Kept]:
    return {(kept.case, str(kept.therapist)): kept for kept in known.children if kept.case}


def _by_name(known: Stored) -> defaultdict[Key, list[Kept]]:
    found: defaultdict[Key, list[Kept]] = defaultdict(list)
    for kept in known.children:
        found[kept.name, kept.birth_month, str(kept.therapist)].append(kept)
    return found


def _begun(entry: Entry, found: Kept | None) -> Family:
    if found is not None:
        return Family(found.id, found.name, found.birth_month, found.case, found.therapist)
    return Family(0, entry.child, entry.birth_month, entry.case, entry.therapist)


def _differences(entry: Entry, family: Family) -> Iterator[Wrong]:
    """What one case says in two ways."""
    before = f"line {family.entries[0].line}" if family.entries else "what is stored"
    if entry.child != family.name:
        yield Wrong(entry.line, "child", f"differs from {before} of the same case")
    if entry.birth_month and entry.birth_month != family.birth_month and (family.birth_month or family.id):
        yield Wrong(entry.line, "birth_month", f"differs from {before} of the same case")


def _twice(entry: Entry, family: Family, known: Stored, first: int) -> Iterator[Wrong]:
    """A caregiver of that name and role who is there already, stored or on line `first`."""
    if family.id and (family.id, entry.caregiver, entry.role) in known.caregivers:
        yield Wrong(entry.line, "caregiver", "is stored for this child already")
    elif first != entry.line:
        yield Wrong(entry.line, "caregiver", f"stands on line {first} for the same child")


def codes(count: int) -> list[tuple[str, str]]:
    """Codes with their hashes, made before the database is locked."""
    return [(code, inviting.hashed(code)) for code in (secrets.token_urlsafe(32) for _ in range(count))]


async def store(
    tx: Tx, families: Sequence[Family], fresh: Sequence[tuple[str, str]], known: Stored, now: int
) -> list[Made]:
    """All of them, in this transaction. Raises `Moved` where something else was stored since."""
    if await stored(tx, now) != known:
        raise Moved
    new = [family for family in families if not family.id]
    for family, number in zip(new, await importing.reserve_children(tx, len(new), now), strict=True):
        family.id = number
    entries = [(entry, family) for family in families for entry in family.entries]
    people = await importing.reserve_people(tx, len(entries), now)
    seats = [(*both, person) for both, person in zip(entries, people, strict=True)]
    await importing.fill(
        tx,
        [{"child": f.id, "to_name": f.name, "born": f.birth_month, "to_case": f.case} for f in new],
        [_person(entry, person) for entry, _, person in seats],
        [_right(f.therapist, f.id, Right.TREAT, now) for f in new]
        + [_right(person, family.id, Right.CARE, now) for _, family, person in seats],
        [_schedule(entry, family, person, now) for entry, family, person in seats],
        [_invitation(hashed, person, now) for (_, hashed), person in zip(fresh, people, strict=True)],
    )
    await auditing.note(tx, auditing.CLINIC, auditing.What.IMPORTED, now)
    made = [
        Made(entry.line, family.id, family.name, person, entry.caregiver, code)
        for (entry, family, person), (code, _) in zip(seats, fresh, strict=True)
    ]
    return sorted(made, key=lambda one: one.line)


def _person(entry: Entry, person: int) -> dict[str, Any]:
    return {
        "person": person,
        "to_name": entry.caregiver,
        "to_role": entry.role,
        "speaks": entry.language,
        "lives": entry.timezone,
    }


def _right(person: int, child: int, right: Right, now: int) -> dict[str, Any]:
    return {"person": person, "child": child, "right": right.value, "now": now}


def _schedule(entry: Entry, family: Family, person: int, now: int) -> dict[str, Any]:
    """It waits: nothing falls due before that person has joined."""
    today, _ = schedule.local_now(now, entry.timezone)
    return {
        "person": person,
        "child": family.id,
        "template": entry.template,
        "days": entry.days,
        "time": entry.time,
        "starts_on": today,
        "now": now,
    }


def _invitation(hashed: str, person: int, now: int) -> dict[str, Any]:
    return {"code_hash": hashed, "person": person, "now": now, "expires_at": now + inviting.GOOD_FOR}
