"""What was decided about people since a backup was made holds when it comes back: who was put out or suspended, a right
that was cut short or made smaller, a legal hold.

It is read from the database that the backup takes the place of. What was given since does not come back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import auditing, families, handing_over, suspending
from bot.domain import rights as changing
from bot.model import Preset
from bot.storage import carrying_over as stored
from bot.storage import erasing, holds, staff
from bot.storage import suspending as stored_suspending
from bot.storage.database import Row, Tx


@dataclass(frozen=True, slots=True)
class Decided:
    """Rows as bot.storage.carrying_over has them; ``audit`` are the entries of it that the backup may not have."""

    seats: Sequence[Row]
    rights: Sequence[Row]
    holds: Sequence[Row]
    audit: Sequence[Row] = ()


async def read(tx: Tx, since: int = 0) -> Decided:
    """`since`: the number of the last entry that the backup's audit has."""
    people = await stored.seats(tx), await stored.rights(tx), await stored.holds(tx)
    return Decided(*people, await auditing.after(tx, since))


async def carry(tx: Tx, decided: Decided, now: int) -> int:
    """Into an older copy; returns how many decisions. Ids may be given anew: the moment it was made counts, too."""
    there = {row["id"]: row for row in await stored.seats(tx)}
    same = [one for one in decided.seats if one["id"] in there and there[one["id"]]["created_at"] == one["created_at"]]
    closed = {one["id"] for one in same if await _seat(tx, one, there[one["id"]], now)}
    open_still = {one["id"]: there[one["id"]]["account_id"] for one in same if one["id"] not in closed}
    smaller = await _rights(tx, [one for one in decided.rights if one["person_id"] in open_still], open_still, now)
    known = await stored.children(tx)
    held = [await holds.add(tx, one["child_id"], one["reason"], now) for one in decided.holds if _child(one) in known]
    return len(closed) + smaller + sum(held)


def _child(hold: Row) -> tuple[int, int]:
    return hold["child_id"], hold["created_at"]


async def _seat(tx: Tx, now_is: Row, was: Row, now: int) -> bool:
    if now_is["removed_at"] is not None and was["removed_at"] is None:
        await _out(tx, was, now)
        return True
    if was["admin"] and not now_is["admin"]:
        await staff.set_admin(tx, was["id"], on=False)
    return now_is["suspended_at"] is not None and await suspending.suspend(tx, was["id"], now)


async def _out(tx: Tx, seat: Row, now: int) -> None:
    if seat["kind"] == "therapist":
        await handing_over.leave(tx, seat["id"], None, now)
        return
    for child in await erasing.children_of(tx, seat["id"]):
        await families.leave(tx, seat["id"], child, now, by=auditing.CLINIC)


async def _rights(tx: Tx, rights: Sequence[Row], accounts: dict[int, int | None], now: int) -> int:
    were = {_key(row): row for row in await stored.rights(tx)}
    smaller = [(were[_key(one)], one) for one in rights if _key(one) in were and _smaller(one, were[_key(one)])]
    for was, now_is in smaller:
        await stored.narrow(tx, was["id"], now_is)
        seat, account = was["person_id"], accounts[was["person_id"]]
        if now_is["preset"] != was["preset"]:
            await changing.follow_preset(tx, seat, was["child_id"], account, Preset(now_is["preset"]), now)
        if account is not None:
            await stored_suspending.unsend(tx, account, now)
    return len(smaller)


def _key(right: Row) -> tuple[int, int, str, int]:
    return right["person_id"], right["child_id"], right["right"], right["from_at"]


def _smaller(now_is: Row, was: Row) -> bool:
    """It ends, or ends earlier; or allows something else."""
    ends, ended = now_is["until_at"], was["until_at"]
    return now_is["preset"] != was["preset"] or (ends is not None and (ended is None or ends < ended))
