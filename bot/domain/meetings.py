"""Visits that a therapist agrees with a family: who was asked to come, what they said, who has to hear of it.

Each caregiver is told, answers and is reminded alone, on their own clock, and learns of nobody else who was asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.clock import from_ms, to_ms
from bot.domain import anchors, families, feedback, occurrences, schedule, waking
from bot.model import Account
from bot.storage import meetings as stored
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

JUST_BEGUN = 3_600_000  # ms after its start a visit is still the next one
SETTLED = 120_000  # ms without a further tap, then the family is told: once, not with every tap
REMINDER = "17:00"  # on the day before
LONGEST_NOTE = 200
MOST_COMING = 30
MOST = 500
FARTHEST = 366  # days


class Kind(StrEnum):
    PERSON = "person"
    VIDEO = "video"


class News(StrEnum):
    """What a caregiver has to hear of a visit."""

    AGREED = "agreed"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    TOMORROW = "tomorrow"


@dataclass(frozen=True, slots=True)
class Meeting:
    """``starts_at`` in ms; ``note`` is the therapist's words: a place, a link."""

    id: int
    child: int
    therapist: int
    starts_at: int
    kind: Kind
    note: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A visit as its therapist sees it. ``asked``: attendance with the seat; ``family`` has those who may be asked."""

    row: Row
    asked: tuple[Row, ...]
    family: families.Family


@dataclass(frozen=True, slots=True)
class Told:
    """Of a caregiver who has to hear something: a row of `stored.untold`, and the logical message that says it."""

    row: Row
    news: News
    message: int
    stale_at: int


def _meeting(row: Row) -> Meeting:
    return Meeting(row["id"], row["child_id"], row["person_id"], row["starts_at"], Kind(row["kind"]), row["note"])


async def next_of(tx: Tx, therapist: int, child: int, now: int) -> Meeting | None:
    """The next visit of that therapist with a child whom they treat; one that has just begun still counts."""
    row = await stored.of_child(tx, therapist, child, now - JUST_BEGUN, now)
    return None if row is None else _meeting(row)


async def last_of(tx: Tx, therapist: int, child: int, now: int) -> int | None:
    """When (ms) their last visit was; one that has just begun is still the next one."""
    row = await stored.last_of_child(tx, therapist, child, now - JUST_BEGUN, now)
    return None if row is None else int(row["starts_at"])


async def last_of_seat(tx: Tx, seat: int, child: int, now: int) -> int | None:
    """The same, of the visits to which that caregiver was asked to come."""
    starts = await stored.of_seat(tx, seat, child, 0, now)
    return max((at for at in starts if at <= now - JUST_BEGUN), default=None)


async def next_of_each(tx: Tx, therapist: int, now: int, within: int) -> dict[int, Meeting]:
    """By child, the next visit within so many ms from now."""
    found: dict[int, Meeting] = {}
    for row in await stored.of_therapist(tx, therapist, now - JUST_BEGUN, MOST, now):
        if row["starts_at"] <= now + within:
            found.setdefault(row["child_id"], _meeting(row))
    return found


async def coming(tx: Tx, therapist: int, now: int) -> list[Row]:
    """The therapist's next visits, with child_name and their own timezone."""
    return await stored.of_therapist(tx, therapist, now - JUST_BEGUN, MOST_COMING, now)


async def taken(tx: Tx, therapist: int, now: int) -> set[int]:
    """The moments (ms) at which this therapist has a visit already."""
    return {row["starts_at"] for row in await stored.of_therapist(tx, therapist, now, MOST, now)}


def moment(day: date, hour: str, timezone: str, now: int) -> int | None:
    """In ms, on the clock of that zone; None where it is over, too far or no such minute."""
    at = occurrences.due_instant(day, hour, ZoneInfo(timezone))
    ahead = None if at is None else to_ms(at) - now
    return None if at is None or ahead is None or not 0 < ahead <= FARTHEST * 86_400_000 else to_ms(at)


async def agree(
    tx: Tx, therapist: int, child: int, starts_at: int, kind: Kind, person: int | None, now: int
) -> int | None:
    """A new visit; returns its id, the same one for the same moment. ``person``: only that caregiver is asked.

    None where the child is not this therapist's, or the caregiver not the child's.
    """
    family = await families.family(tx, therapist, child, now)
    if family is None or starts_at <= now or (person is not None and family.seat(person) is None):
        return None
    meeting = await stored.add(tx, child, therapist, starts_at, kind.value, now)
    people = [seat.row["id"] for seat in family.seats] if person is None else [person]
    await stored.ask(tx, meeting, people, now + SETTLED)
    await feedback.plan(tx, child, people, now)
    await schedule.anchor_moved(tx, child, anchors.VISIT, now)
    return meeting


async def shown(tx: Tx, therapist: int, meeting: int, now: int) -> Shown | None:
    row = await stored.one(tx, therapist, meeting, now)
    family = None if row is None else await families.family(tx, therapist, row["child_id"], now)
    if row is None or family is None:
        return None
    return Shown(row, tuple(await stored.asked(tx, meeting, now)), family)


async def move(tx: Tx, therapist: int, meeting: int, starts_at: int, now: int) -> bool:
    """False where it is not theirs, is over, or another visit with this child is there already."""
    row = await stored.one(tx, therapist, meeting, now)
    if row is None or starts_at <= now:
        return False
    if starts_at != row["starts_at"]:
        if await stored.stands_at(tx, row["child_id"], therapist, starts_at):
            return False
        await stored.move(tx, meeting, starts_at)
        await stored.tell(tx, meeting, now + SETTLED)
        await schedule.anchor_moved(tx, row["child_id"], anchors.VISIT, now)
    return True


async def again(tx: Tx, therapist: int, meeting: int, now: int) -> int | None:
    """The same hour a week later, for the same people. Returns the new visit's id."""
    found = await shown(tx, therapist, meeting, now)
    if found is None:
        return None
    zone = ZoneInfo(found.row["timezone"])
    local = from_ms(found.row["starts_at"]).astimezone(zone)
    at = moment(local.date() + timedelta(weeks=1), f"{local:%H:%M}", found.row["timezone"], now)
    if at is None:
        return None
    added = await stored.add(tx, found.row["child_id"], therapist, at, found.row["kind"], now)
    await stored.set_note(tx, added, found.row["note"])
    await stored.ask(tx, added, [one["person_id"] for one in found.asked], now + SETTLED)
    await schedule.anchor_moved(tx, found.row["child_id"], anchors.VISIT, now)
    return added


async def turn_kind(tx: Tx, therapist: int, meeting: int, now: int) -> bool:
    """From in person to video, and back."""
    row = await stored.one(tx, therapist, meeting, now)
    if row is not None:
        other = Kind.VIDEO if row["kind"] == Kind.PERSON else Kind.PERSON
        await stored.set_kind(tx, meeting, other.value)
        await stored.tell(tx, meeting, now + SETTLED)
    return row is not None


async def turn_who(tx: Tx, therapist: int, meeting: int, person: int, now: int) -> bool:
    """Ask that caregiver too, or not any more, as long as they were not told; who was told stays."""
    found = await shown(tx, therapist, meeting, now)
    if found is None or found.family.seat(person) is None:
        return False
    before = next((one for one in found.asked if one["person_id"] == person), None)
    if before is None:
        await stored.ask(tx, meeting, [person], now + SETTLED)
        await feedback.plan(tx, found.row["child_id"], [person], now)
    elif not before["told_state"] and len(found.asked) > 1:
        await stored.unask(tx, meeting, person)
    await schedule.anchor_moved(tx, found.row["child_id"], anchors.VISIT, now)
    return True


async def write(tx: Tx, therapist: int, meeting: int, words: str, now: int) -> bool:
    """The place, a link; "-" takes it away. False where it is too long."""
    note = families.cleaned(words)
    if len(note) > LONGEST_NOTE:
        return False
    if await stored.one(tx, therapist, meeting, now) is not None:
        await stored.set_note(tx, meeting, "" if note == "-" else note)
        await stored.tell(tx, meeting, now + SETTLED)
    return True


async def cancel(tx: Tx, therapist: int, meeting: int, now: int) -> Row | None:
    """The visit as it was; None where it is not theirs. Whoever had heard of it is told."""
    row = await stored.one(tx, therapist, meeting, now)
    if row is not None:
        await stored.cancel(tx, meeting, now)
        await stored.tell(tx, meeting, now + SETTLED)
        await schedule.anchor_moved(tx, row["child_id"], anchors.VISIT, now)
    return row


async def agreed(tx: Tx, account: Account, now: int) -> list[Row]:
    """What this account was asked to come to, each visit once."""
    rows = await stored.of_account(tx, account.telegram_id, MOST_COMING, now)
    return list({row["meeting_id"]: row for row in rows}.values())


async def reply(tx: Tx, account: Account, meeting: int, now: int, *, comes: bool) -> Row | None:
    """Yes, or no: the therapist hears of a no, and of a no taken back. None where it is not theirs to answer."""
    rows = await stored.own(tx, account.telegram_id, meeting, now)
    word = "yes" if comes else "no"
    for row in rows:
        matters = not comes or (row["reply_state"] == "no" and row["report_at"] is None)
        if row["reply_state"] != word:
            await stored.answer(tx, row, word, now, now + SETTLED if matters else None)
            await schedule.anchor_moved(tx, row["child_id"], anchors.VISIT, now)
    found = await stored.own(tx, account.telegram_id, meeting, now)
    return found[0] if found else None


async def to_tell(tx: Tx, now: int) -> tuple[list[Told], bool]:
    """Caregivers who have to hear something now, each once; and whether as many again may be waiting."""
    untold = await stored.untold(tx, now, MOST)
    unreminded = await stored.unreminded(tx, now, MOST)
    told = [one for row in untold if (one := await _news(tx, row, now))]
    told += [one for row in unreminded if (one := await _reminder(tx, row, now))]
    more = MOST in (len(untold), len(unreminded))
    if not more:
        await stored.drop_over(tx, now)
    return told, more


async def _news(tx: Tx, row: Row, now: int) -> Told | None:
    news, state = _what_is_new(row), _state(row)
    awake = waking.awake(waking.of_caregiver(row), now)
    if news is None or row["starts_at"] <= now:
        await stored.put_off(tx, row, None)
        return None
    if awake > now:
        await stored.put_off(tx, row, awake)
        return None
    message = new_id()
    await stored.told(tx, row, state, _day_before(row, now), message)
    return Told(row, news, message, min(waking.asleep(waking.of_caregiver(row), now), row["starts_at"]))


def _what_is_new(row: Row) -> News | None:
    if row["cancelled_at"] is not None:
        return News.CANCELLED if row["told_state"] else None
    if not row["told_state"]:
        return News.AGREED
    return None if row["told_state"] == _state(row) else News.CHANGED


def _state(row: Row) -> str:
    """What was told, so that a change that was taken back is none."""
    note = hashlib.blake2s(row["note"].encode(), digest_size=6).hexdigest()
    return f"{row['starts_at']} {row['kind']} {note} {row['cancelled_at'] is not None}"


def _day_before(row: Row, now: int) -> int | None:
    """The afternoon before, on their clock and outside their quiet hours; None where that is too late."""
    zone = ZoneInfo(row["timezone"])
    day = from_ms(row["starts_at"]).astimezone(zone).date() - timedelta(days=1)
    at = occurrences.due_instant(day, REMINDER, zone)
    if at is None or row["cancelled_at"] is not None:
        return None
    moment = waking.awake(waking.of_caregiver(row), to_ms(at))
    return moment if now < moment < row["starts_at"] else None


async def _reminder(tx: Tx, row: Row, now: int) -> Told | None:
    awake = waking.awake(waking.of_caregiver(row), now)
    if row["cancelled_at"] is not None or row["reply_state"] == "no" or row["tell_at"] is not None:
        await stored.remind(tx, row, None)
        return None
    if now < awake < row["starts_at"]:
        await stored.remind(tx, row, awake)
        return None
    await stored.remind(tx, row, None)
    if row["starts_at"] <= now:
        return None
    return Told(row, _soon(row, now), new_id(), min(waking.asleep(waking.of_caregiver(row), now), row["starts_at"]))


def _soon(row: Row, now: int) -> News:
    """After an outage it may be the same day: then it does not say tomorrow."""
    zone = ZoneInfo(row["timezone"])
    ahead = from_ms(row["starts_at"]).astimezone(zone).date() - from_ms(now).astimezone(zone).date()
    return News.TOMORROW if ahead.days == 1 else News.AGREED


async def to_report(tx: Tx, now: int) -> Sequence[Row]:
    """Answers that a therapist has to hear of now, outside their quiet hours: rows of `stored.unreported`."""
    found = []
    for row in await stored.unreported(tx, now, MOST):
        host = {key: row[f"host_{key}"] for key in ("timezone", "quiet_from", "quiet_until", "weekend")}
        awake = waking.awake(waking.of_therapist(host), now)
        await stored.report(tx, row, awake if awake > now else None)
        if awake <= now and row["host_account"] is not None:
            found.append(row)
    return found
