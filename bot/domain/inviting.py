"""Letting people in: a seat with a code that works once, for two weeks, and is stored only as its hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain import auditing, schedule
from bot.domain.auditing import CLINIC, Actor, What
from bot.model import Kind, Right, Role
from bot.storage import invitations, rota
from bot.storage.database import Tx

DAY = 86_400_000
GOOD_FOR = 14 * DAY
PREFIX = 32  # hex digits of the hash that buttons carry: 128 bits
EVERY_DAY, WORKING_DAYS = "0123456", "01234"
EVENING, DIGEST_HOUR = "19:30", "07:30"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a caregiver, from the day after joining."""

    template: str = "pulse"
    days: str = EVERY_DAY
    time: str = EVENING


@dataclass(frozen=True, slots=True)
class Invited:
    child: int
    person: int
    code: str


def hashed(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()


def link(bot_username: str, code: str) -> str | None:
    """The link that opens the chat and hands over the code; None while Telegram has not told us our name."""
    return f"https://t.me/{bot_username}?start={code}" if bot_username else None


async def new_code(tx: Tx, person_id: int, now: int) -> str:
    """A fresh code of 256 bits; every older one of that seat stops working."""
    await invitations.cancel(tx, person_id, now)
    code = secrets.token_urlsafe(32)
    await invitations.add(tx, hashed(code), person_id, now, now + GOOD_FOR)
    return code


async def add_therapist(tx: Tx, name: str, language: str, timezone: str, now: int, email: str = "") -> tuple[int, str]:
    """Returns the therapist's id and code. The digest begins on the day after joining."""
    person = await invitations.add_person(tx, Kind.THERAPIST.value, name, "", language, timezone, now)
    today = datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(timezone)).date()
    await schedule.add(tx, person, None, schedule.DIGEST, WORKING_DAYS, DIGEST_HOUR, today, now, active=False)
    await auditing.note(tx, CLINIC, What.SEAT_MADE, now, person=person)
    if email:
        await rota.set_email(tx, person, email)
    return person, await new_code(tx, person, now)


async def invite_family(
    tx: Tx, therapist: int, nickname: str, language: str, timezone: str, now: int, plan: Plan | None = None
) -> Invited:
    """A child, its first caregiver's seat, and a code."""
    child = await invitations.add_child(tx, nickname, "", "", now)
    await invitations.grant(tx, therapist, child, Right.TREAT.value, now)
    by = auditing.of(Kind.THERAPIST, therapist)
    await auditing.note(tx, by, What.RIGHT_GIVEN, now, child=child, person=therapist)
    return await invite_caregiver(tx, child, "", Role.PARENT.value, language, timezone, now, plan or Plan(), by)


async def invite_caregiver(
    tx: Tx,
    child: int,
    name: str,
    role: str,
    language: str,
    timezone: str,
    now: int,
    plan: Plan,
    by: Actor = CLINIC,
) -> Invited:
    """One more seat for a child; nobody else of the family learns of it."""
    person = await invitations.add_person(tx, Kind.CAREGIVER.value, name, role, language, timezone, now)
    await invitations.grant(tx, person, child, Right.CARE.value, now)
    await auditing.note(tx, by, What.RIGHT_GIVEN, now, child=child, person=person)
    today = datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(timezone)).date()
    await schedule.add(tx, person, child, plan.template, plan.days, plan.time, today, now, active=False)
    return Invited(child, person, await new_code(tx, person, now))
