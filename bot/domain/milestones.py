"""The list of milestones at or just below a child's age. A talk, never a test: no percentage, nothing is behind.

A child's birthday is not stored, only its month: the age is what is certain, counted from the month's last day. Born
more than three weeks early, a child is counted from the due date until it is two years old.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType

from bot.domain import families, goal_words
from bot.library import parsed
from bot.storage import milestones as stored
from bot.storage.database import Row, Tx

LIBRARY = Path(__file__).parents[1] / "library" / "milestones"
DOMAINS = ("social", "language", "cognitive", "movement")
ANSWERS = ("yes", "sometimes", "not_yet", "not_sure")
EARLY = 3  # weeks: up to here the calendar's age is used
TWO_YEARS, OLDEST = 24, 72  # months
NEW, WENT_AWAY = "milestone", "stopped"  # the check-in about something new, and its question about what is lost
SHOWN = 6  # rounds that a therapist sees


@dataclass(frozen=True, slots=True)
class Item:
    """``key`` is for ever: answers name it. Its text is `stone-<key>`."""

    key: str
    domain: str


@dataclass(frozen=True, slots=True)
class Age:
    """``kind``: calendar, or corrected for an early birth. In whole months."""

    months: int
    kind: str


@dataclass(frozen=True, slots=True)
class Offer:
    """``months`` is the list's; None where there is none for that age. ``age`` is None where it is not known."""

    age: Age | None
    months: int | None
    weeks_early: int
    open: bool  # a round was begun and not ended


@dataclass(frozen=True, slots=True)
class Round:
    """``at`` is the place of the item to ask, counted from 0; None: all were asked, or it was stopped."""

    row: Row
    items: tuple[Item, ...]
    answers: Mapping[str, str]
    at: int | None


@cache
def load() -> Mapping[int, tuple[Item, ...]]:
    """The lists by age in months, domain after domain."""
    found = {}
    for path in sorted(LIBRARY.glob("*.yaml")):
        listed = parsed(path.read_text(encoding="utf-8"))
        months, items = int(listed["months"]), listed["items"]
        found[months] = tuple(Item(f"{months:02}-{one}-{name}", one) for one in DOMAINS for name in items[one])
    return MappingProxyType(found)


def age(birth_month: str, weeks_early: int, today: date) -> Age | None:
    """None where the birth month is not known."""
    if not birth_month:
        return None
    year, month = (int(part) for part in birth_month.split("-"))
    born = date(year, month, monthrange(year, month)[1])
    calendar = _months(born, today)
    if weeks_early > EARLY and calendar < TWO_YEARS:
        return Age(_months(born + timedelta(weeks=weeks_early), today), "corrected")
    return Age(calendar, "calendar")


def _months(born: date, today: date) -> int:
    """Whole months lived; 0 before the first."""
    last = monthrange(today.year, today.month)[1]
    full = today.day >= min(born.day, last)
    return max(0, (today.year - born.year) * 12 + today.month - born.month - (not full))


def list_for(months: int) -> int | None:
    """The list at or just below that age; None before the first and after the last."""
    return max((one for one in load() if one <= months), default=None) if months < OLDEST else None


async def offer(tx: Tx, account: int, child: int, today: date, now: int) -> Offer | None:
    """What can be looked at for this child; None where this account does not care for it."""
    seat = await goal_words.seat(tx, account, child, now)
    if seat is None:
        return None
    birth_month, weeks = await stored.born(tx, child)
    counted = age(birth_month, weeks, today)
    months = None if counted is None else list_for(counted.months)
    last = None if months is None else await stored.last(tx, seat, child, months)
    return Offer(counted, months, weeks, last is not None and last["finished_at"] is None)


async def begin(tx: Tx, account: int, child: int, today: date, now: int, *, again: bool = False) -> Round | None:
    """Go on with a round that was begun, or begin one. None where there is no list."""
    seat = await goal_words.seat(tx, account, child, now)
    found = await offer(tx, account, child, today, now)
    if seat is None or found is None or found.months is None or found.age is None:
        return None
    last = await stored.last(tx, seat, child, found.months)
    if last is not None and last["finished_at"] is None and not again:
        return await own(tx, account, last["id"], now)
    if last is not None:
        await stored.finish(tx, last["id"], last["finished_at"] or now)
    number = await stored.add(tx, child, seat, found.months, found.age.kind, found.age.months, found.weeks_early, now)
    return await own(tx, account, number, now)


async def own(tx: Tx, account: int, number: int, now: int, after: int = -1) -> Round | None:
    """A round of this account; the item to ask is the first without an answer behind ``after``."""
    row = await stored.own(tx, account, number, now)
    if row is None:
        return None
    answers = {one["item_key"]: one["kind"] for one in await stored.answers(tx, number)}
    items = load()[row["list_months"]]
    to_ask = (at for at, item in enumerate(items) if at > after and item.key not in answers)
    return Round(row, items, answers, next(to_ask, None) if row["finished_at"] is None else None)


async def answer(tx: Tx, account: int, number: int, at: int, kind: str, now: int) -> Round | None:
    """One answer; "" skips the item. After the last one the round is over. None where it is not theirs, or is over."""
    found = await own(tx, account, number, now)
    if found is None or found.row["finished_at"] is not None or at >= len(found.items):
        return None
    if kind:
        await stored.put(tx, number, found.items[at].key, kind, now)
    following = await own(tx, account, number, now, after=at)
    if following is not None and following.at is None:
        await stored.finish(tx, number, now)
    return following


async def set_early(tx: Tx, account: int, child: int, weeks: int, now: int) -> bool:
    """The parent says by how many weeks the birth was early."""
    if weeks > families.MOST_EARLY or await goal_words.seat(tx, account, child, now) is None:
        return False
    await stored.set_early(tx, child, weeks)
    return True


async def set_month(tx: Tx, account: int, child: int, month: str, now: int) -> bool:
    """The parent says when the child was born, where nobody has said it yet."""
    if not families.is_month(month) or await goal_words.seat(tx, account, child, now) is None:
        return False
    await stored.set_month(tx, child, month)
    return True


async def of_mine(tx: Tx, therapist: int, child: int, now: int) -> list[tuple[Row, dict[str, str]]]:
    """Rounds with an answer, newest first, each with its answers by item; for the therapist."""
    rounds, answers = await stored.of_mine(tx, therapist, child, SHOWN, now)
    return [
        (row, {one["item_key"]: one["kind"] for one in answers if one["milestone_round_id"] == row["id"]})
        for row in rounds
    ]
