"""Once a month: are the crisis numbers old, and are there families for whom none are known? The admins hear of it.

A clinic that has no admin is no reason for silence: then each therapist does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.clock import from_ms
from bot.domain import crisis, staff, waking, zones
from bot.model import Person
from bot.storage import counters, counts
from bot.storage.database import Tx

MONTH = 30 * 86_400_000  # ms
_TOLD = "crisis_check"  # the counter of each who hears it: when it was checked for them last


@dataclass(frozen=True, slots=True)
class Doubt:
    """``checked_on``: of numbers that are old. ``unknown``: families who are shown none. ``elsewhere``: families whose
    clock stands in another country than the numbers. ``admin``: there is one, who hears of it.
    """

    checked_on: date | None
    unknown: int
    elsewhere: int
    admin: bool = True

    @property
    def any(self) -> bool:
        return self.checked_on is not None or self.unknown > 0 or self.elsewhere > 0


async def whom(tx: Tx, now: int) -> list[Person]:
    """Admins, or else therapists, for whom a month has passed, and who may be reached now."""
    hear = await staff.admins(tx) or await staff.here(tx)
    found = [one for one in hear if waking.of_person(one).reached(now)]
    return [one for one in found if now - (await counters.get(tx, f"{_TOLD}:{one.id}") or 0) >= MONTH]


async def checked(tx: Tx, one: Person, now: int) -> None:
    await counters.put(tx, f"{_TOLD}:{one.id}", now)


async def doubt(tx: Tx, country: str, now: int) -> Doubt:
    """Of the numbers of that country (ISO 3166, or ""), and of the families that are here now."""
    card, by_zone = crisis.card(country), await counts.families_by_zone(tx, now)
    admin = bool(await staff.admins(tx))
    if card is None:
        return Doubt(None, sum(by_zone.values()), 0, admin)
    elsewhere = sum(many for zone, many in by_zone.items() if zones.country(zone) not in ("", card.country))
    return Doubt(card.checked_on if crisis.stale(card, from_ms(now).date()) else None, 0, elsewhere, admin)
