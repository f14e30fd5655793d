"""Two caregivers who share a check-in: proposed by the therapist, agreed by each alone, ended by either.

Until both have agreed neither learns that the other exists. Then either both answer and their views are kept apart,
or the first answer is enough and the other's question turns into a receipt.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain import families, waking
from bot.model import Account
from bot.storage import links as stored
from bot.storage.database import Row, Tx

MOST = 200


class Kind(StrEnum):
    BOTH = "both"
    FIRST = "first"


class News(StrEnum):
    ASKED = "asked"
    LINKED = "linked"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Told:
    """A side (a row of `stored.untold`) that hears something now."""

    row: Row
    news: News
    stale_at: int


async def propose(tx: Tx, therapist: int, people: tuple[int, int], kind: Kind, now: int) -> bool:
    """False where they are not two joined caregivers of one child of this therapist, or one shares already."""
    one, other = people
    family = await families.of_seat(tx, therapist, one, now)
    seats = [] if family is None else [seat for seat in family.seats if seat.row["id"] in people]
    if family is None or one == other or len(seats) < len(people):
        return False
    if any(seat.row["joined_at"] is None for seat in seats):
        return False
    for person in people:
        await stored.drop_lonely(tx, person)
        if await stored.of_seat(tx, person) is not None:
            return False
    await stored.add(tx, family.child["id"], people, kind.value, now)
    return True


async def of_seat(tx: Tx, therapist: int, person: int, now: int) -> Row | None:
    """For a therapist who treats the child: the link of that caregiver, agreed or not."""
    family = await families.of_seat(tx, therapist, person, now)
    return None if family is None else await stored.of_seat(tx, person)


async def of_account(tx: Tx, account: Account) -> list[Row]:
    """The links that this account has agreed to and the other side too: only then it may know of them."""
    return [row for row in await stored.of_account(tx, account.telegram_id) if agreed(row)]


def agreed(row: Row) -> bool:
    return row["agreed_at"] is not None and row["other_agreed_at"] is not None


async def reply(tx: Tx, account: Account, link: int, now: int, *, agrees: bool) -> Row | None:
    """The side that answered, as it was; None where this account is not asked, or has been answered for.

    A no ends it, and nobody else hears of it: who answers after the other's no is thanked like any other.
    """
    row = await stored.asked(tx, account.telegram_id, link)
    if row is None or row["agreed_at"] is not None:
        return None
    if row["ended_at"] is not None:
        return row
    if not agrees:
        await stored.end(tx, link, now)
        return row
    await stored.agree(tx, link, row["person_id"], now)
    if row["other_agreed_at"] is not None:
        await stored.tell_both(tx, link, now)
    return row


async def _side(tx: Tx, account: Account, link: int) -> Row | None:
    return next((row for row in await stored.of_account(tx, account.telegram_id) if row["id"] == link), None)


async def leave(tx: Tx, account: Account, link: int, now: int) -> bool:
    """Either of the two ends it, from one moment to the next."""
    row = await _side(tx, account, link)
    if row is not None and agreed(row):
        await families.unlink(tx, row["person_id"], now)
    return row is not None and agreed(row)


async def end(tx: Tx, therapist: int, person: int, now: int) -> bool:
    """The therapist ends it."""
    row = await of_seat(tx, therapist, person, now)
    if row is not None:
        await families.unlink(tx, person, now)
        if agreed(row):
            await stored.tell(tx, row["id"], row["person_id"], now)
    return row is not None


async def to_tell(tx: Tx, now: int) -> tuple[list[Told], bool]:
    """Who hears something now, each once, outside quiet hours; and whether as many again may be waiting."""
    rows = await stored.untold(tx, now, MOST)
    told = []
    for row in rows:
        hours = waking.of_caregiver(row)
        awake = waking.awake(hours, now)
        await stored.tell(tx, row["id"], row["person_id"], awake if awake > now else None)
        news = _news(row)
        if awake <= now and news is not None:
            told.append(Told(row, news, waking.asleep(hours, now)))
    return told, len(rows) == MOST


def _news(row: Row) -> News | None:
    if row["ended_at"] is not None:
        return News.ENDED if agreed(row) else None
    if agreed(row):
        return News.LINKED
    return News.ASKED if row["agreed_at"] is None else None


async def answered(tx: Tx, check_in: int) -> list[Row]:
    """It has an answer: the other's of the same day is closed. Returns what its owner is to be shown."""
    return [row for row in await stored.left_by(tx, check_in) if await stored.close(tx, row["id"])]
