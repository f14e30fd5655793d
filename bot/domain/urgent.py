"""Urgent help: the press is kept, the therapist is told at once. No advice, no interview, no promise."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import checkins
from bot.model import Account, Person, Right
from bot.storage import alerts, people
from bot.storage.database import Row, Tx


@dataclass(frozen=True, slots=True)
class Raised:
    """``alerts`` pairs each alert with the therapists to tell; empty for someone without a child here."""

    alerts: tuple[tuple[int, tuple[Person, ...]], ...]


async def raise_alert(tx: Tx, account: Account, check_in: int, now: int) -> Raised:
    """One alert for the child of that check-in; from /help, where none is named, for every child of this account."""
    cared_for = await people.children_of(tx, account.telegram_id, Right.CARE, now)
    view = await checkins.load_child(tx, account.telegram_id, check_in, now) if check_in else None
    chosen = [(child.id, person) for child, person in cared_for if view is None or child.id == view]
    raised = []
    for child, person in chosen:
        alert = await alerts.add(tx, child, person, "check_in" if check_in else "help", now)
        raised.append((alert, tuple(await people.therapists_of(tx, child, now))))
    return Raised(tuple(raised))


async def answer(tx: Tx, account: Account, alert: int, danger: str) -> Row | None:
    """Yes, no or not sure; None where the alert is not this account's."""
    row = await alerts.own(tx, account.telegram_id, alert)
    if row is not None:
        await alerts.danger(tx, alert, danger)
    return row


async def false_alarm(tx: Tx, account: Account, alert: int, now: int) -> Row | None:
    row = await alerts.own(tx, account.telegram_id, alert)
    if row is not None:
        await alerts.false_alarm(tx, alert, now)
    return row


async def open_by_therapist(tx: Tx, account: Account, alert: int, now: int) -> Row | None:
    """The therapist looks at it: who and when. None where the child is not theirs."""
    row = await alerts.for_therapist(tx, account.telegram_id, alert, now)
    if row is not None:
        await alerts.seen(tx, alert, now)
    return row


async def therapists(tx: Tx, child: int, now: int) -> list[Person]:
    return await people.therapists_of(tx, child, now)
