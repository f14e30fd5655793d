"""A therapist puts a flag off, with a reason. It comes back when the days are over, or when it is worse."""

from __future__ import annotations

from bot.domain import digests
from bot.domain.digest_facts import Family
from bot.domain.digests import Digest
from bot.domain.flags import Flag, Kind, Rules
from bot.storage import raised
from bot.storage.database import Tx

DAY = 86_400_000
LONGEST = 200


def can_wait(family: Family) -> list[Flag]:
    """One flag for each kind and person; urgent help never waits."""
    found = {(one.flag.kind, one.flag.by): one.flag for one in reversed(family.raised)}
    return [one for one in reversed(found.values()) if one.kind is not Kind.URGENT]


async def find(
    tx: Tx, digest: Digest, child: int, kind: str, by: int, now: int, rules: Rules
) -> tuple[Family, list[Flag]] | None:
    """The flags of that kind and person that hold now. None: none do, or the child is not this therapist's."""
    family = await digests.one(tx, digest, child, now, rules)
    if family is None:
        return None
    flags = [one.flag for one in family.raised if (one.flag.kind.value, one.flag.by) == (kind, by)]
    return (family, flags) if flags and flags[0].kind is not Kind.URGENT else None


async def put_off(
    tx: Tx, therapist: int, family: Family, flags: list[Flag], days: int, reason: str, words: str, now: int
) -> int | None:
    """Until when, in ms; 0 days: it waits no longer, None."""
    until = now + days * DAY if days else 0
    for flag in flags:
        before = next((one.told for one in family.raised if one.flag == flag and one.told is not None), None)
        reason = reason or (before.reason if before else "")
        words = words or (before.words if before and not reason else "")
        await raised.snooze(tx, therapist, family.child, flag.key, flag.weight, until, reason, words[:LONGEST], now)
    return until or None
