"""From a link to a seat: read, agree, joined. Whoever does not agree leaves no more than that word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain import auditing, consents, inviting, schedule
from bot.domain.auditing import What
from bot.model import Kind, Person, Purpose, Right
from bot.storage import consents as stored_consents
from bot.storage import invitations, kin, people
from bot.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whom a code lets in. ``hosts`` are the therapists of the child; ``used_by`` is an account or None."""

    key: str
    person: Person
    open: bool
    used_by: int | None
    hosts: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    person: Person
    child: str
    child_id: int
    hosts: tuple[Person, ...]


async def by_code(tx: Tx, code: str, now: int) -> Invitation | None:
    return await _find(tx, inviting.hashed(code), now)


async def by_key(tx: Tx, key: str, now: int) -> Invitation | None:
    """By the part of the hash that a button carries."""
    return await _find(tx, key, now) if len(key) == inviting.PREFIX else None


async def _find(tx: Tx, prefix: str, now: int) -> Invitation | None:
    row = await invitations.find(tx, prefix, now)
    if row is None:
        return None
    hosts = await people.hosts_of(tx, row["id"], now)
    key = str(row["code_hash"])
    return Invitation(key, people.to_person(row), bool(row["open"]), row["used_by"], tuple(hosts))


async def cares_already(tx: Tx, key: str, telegram_id: int, now: int) -> bool:
    """Whether this account has a seat for the child that the link is for: one is enough."""
    invitation = await by_key(tx, key, now)
    row = None if invitation is None else await people.care_of(tx, invitation.person.id, now)
    mine = await people.children_of(tx, telegram_id, Right.CARE, now)
    return row is not None and any(child.id == row["child_id"] for child, _ in mine)


class Reads(StrEnum):
    """Why a seat cannot be taken: who treats a child and is its family would read another of the family."""

    ONESELF = "oneself"
    SOMEBODY = "somebody"


async def reads_another(tx: Tx, key: str, telegram_id: int, now: int) -> Reads | None:
    """None where the seat of that link may be this account's."""
    invitation = await by_key(tx, key, now)
    if invitation is None or not invitation.open:
        return None
    reader = await kin.reader_of_another(tx, invitation.person.id, telegram_id, now)
    if reader is None:
        return None
    return Reads.ONESELF if reader == telegram_id else Reads.SOMEBODY


async def join(tx: Tx, key: str, telegram_id: int, called: str, now: int) -> Joined | None:
    """Take the seat and keep the consent; None where the link has ended or somebody was first.

    ``called`` is the name that Telegram shows: the seat's where it has none yet, so that the therapist sees who came.
    """
    invitation = await by_key(tx, key, now)
    if invitation is None:
        return None
    person = invitation.person
    care = await people.care_of(tx, person.id, now)
    if care is None and person.kind is Kind.CAREGIVER:
        return None
    if not await invitations.use(tx, invitation.key, telegram_id, now):
        return None
    if person.kind is Kind.CAREGIVER:
        await consents.carry(tx, telegram_id, person.id)
    await invitations.join(tx, person.id, telegram_id, now)
    if person.kind is Kind.CAREGIVER:
        await _consent(tx, person, now, given=True)
    if called and not person.name:
        await people.call(tx, person.id, called)
    await schedule.start(tx, person.id, person.timezone, now)
    seat = await people.seat(tx, person.id)
    assert seat is not None  # noqa: S101 - joined in this transaction
    child, child_id = ("", 0) if care is None else (str(care["child_name"]), int(care["child_id"]))
    await auditing.note(tx, auditing.of(seat.kind, seat.id), What.JOINED, now, child=child_id or None, person=seat.id)
    return Joined(seat, child, child_id, invitation.hosts)


async def refuse(tx: Tx, key: str, now: int) -> Invitation | None:
    """No: kept once with its date. The link stays good, should they think again. None where it has ended."""
    invitation = await by_key(tx, key, now)
    if invitation is None or not invitation.open:
        return None
    if not await stored_consents.of_person(tx, invitation.person.id):
        await _consent(tx, invitation.person, now, given=False)
    return invitation


async def _consent(tx: Tx, person: Person, now: int, *, given: bool) -> None:
    version, language = consents.TEXT_VERSION, person.language
    await stored_consents.add(tx, person.id, Purpose.CARE.value, version, language, now, given=given)
