"""Urgent help: the press is kept, the therapists are told at once. No advice, no interview, no promise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain import checkins
from bot.model import Account, Person, Right
from bot.storage import alerts, people
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id


@dataclass(frozen=True, slots=True)
class Raised:
    """``press`` is None for someone without a child here. ``told``: somebody can be reached now."""

    press: int | None
    therapists: tuple[Person, ...]
    told: bool


async def raise_alert(tx: Tx, account: Account, check_in: int, now: int) -> Raised:
    """For the child of that check-in; from /help, where none is named, for every child of this account."""
    cared_for = await people.children_of(tx, account.telegram_id, Right.CARE, now)
    named = await checkins.load_child(tx, account.telegram_id, check_in, now) if check_in else None
    chosen = [(child.id, person) for child, person in cared_for if named is None or child.id == named]
    press = new_id()
    for child, person in chosen:
        await alerts.add(tx, child, person, press, "help" if named is None else "check_in", now)
    therapists = await _therapists(tx, [child for child, _ in chosen], now)
    reached = [await _is_reached(tx, one) for one in therapists]
    return Raised(press if chosen else None, therapists, any(reached))


async def answer(tx: Tx, account: Account, press: int, danger: str, now: int) -> tuple[Person, ...] | None:
    """Yes, no or not sure. Returns whom to tell; None where the press was not this account's."""
    rows = await alerts.own(tx, account.telegram_id, press)
    if not rows:
        return None
    await alerts.danger(tx, press, danger)
    return await _therapists(tx, [row["child_id"] for row in rows], now)


async def false_alarm(tx: Tx, account: Account, press: int, now: int) -> tuple[Person, ...] | None:
    """As `answer`."""
    rows = await alerts.own(tx, account.telegram_id, press)
    if not rows:
        return None
    await alerts.false_alarm(tx, press, now)
    return await _therapists(tx, [row["child_id"] for row in rows], now)


async def open_by_therapist(tx: Tx, account: Account, press: int, now: int) -> list[Row]:
    """The therapist looks at it: who and when, a row for each child that is theirs; none: nothing is theirs."""
    rows = await alerts.for_therapist(tx, account.telegram_id, press, now)
    for row in rows:
        await alerts.seen(tx, row["id"], now)
    return rows


async def _therapists(tx: Tx, children: Iterable[int], now: int) -> tuple[Person, ...]:
    """Each once, whoever many of the children are theirs."""
    found = {one.id: one for child in children for one in await people.therapists_of(tx, child, now)}
    return tuple(found.values())


async def _is_reached(tx: Tx, therapist: Person) -> bool:
    """Who has stopped the bot is told all the same; who has blocked it cannot be."""
    return therapist.telegram_id is not None and not await people.is_blocked(tx, therapist.telegram_id)
