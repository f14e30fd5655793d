"""What a caregiver allowed, and when. The newest word counts; every older one is kept.

A no holds at once: what is queued for that purpose is not sent any more.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Account, Media, Purpose
from bot.storage import consents as stored
from bot.storage import erasing
from bot.storage.database import Tx

TEXT_VERSION = "2026-11"  # of the consent texts in the catalogue; changes with them
EXTRA = (Purpose.VOICE, Purpose.PHOTOS, Purpose.NEWSLETTER, Purpose.RESEARCH)
"""Each is off until a yes of its own."""

MEDIA = {
    "voice": Purpose.VOICE,
    "audio": Purpose.VOICE,
    "photo": Purpose.PHOTOS,
    "video": Purpose.PHOTOS,
    "video_note": Purpose.PHOTOS,
    "animation": Purpose.PHOTOS,
}
"""What has to be agreed to before it is kept, by the kind of medium."""


async def record(tx: Tx, account: Account, purpose: Purpose, *, given: bool, now: int) -> None:
    """One yes or no of a person, for each child they care for."""
    for person in account.caregivers:
        await stored.add(tx, person.id, purpose.value, TEXT_VERSION, person.language, now, given=given)
    if not given:
        await _unsend(tx, account, purpose)


async def given(tx: Tx, account: Account, purpose: Purpose) -> bool | None:
    """The newest word of this account; None where it was never asked."""
    return await stored.newest(tx, account.telegram_id, purpose.value)


@dataclass(frozen=True, slots=True)
class Agreed:
    """When somebody agreed to take part (ms), and to which text."""

    at: int
    version: str
    timezone: str


async def agreed(tx: Tx, account: Account) -> Agreed | None:
    """The newest yes to taking part."""
    rows = [row for person in account.caregivers for row in await stored.of_person(tx, person.id)]
    yes = [row for row in rows if row["purpose"] == Purpose.CARE and row["given"]]
    return Agreed(yes[-1]["at"], yes[-1]["text_version"], account.caregivers[0].timezone) if yes else None


async def withheld(tx: Tx, child: int) -> set[tuple[int, Purpose]]:
    """(caregiver, purpose) of every no that stands: what they sent before is not handed on."""
    return {(row["person_id"], Purpose(row["purpose"])) for row in await stored.refused(tx, child)}


def covers(refused: set[tuple[int, Purpose]], person: int, media: Media | None) -> bool:
    """Whether one of those takes that medium of theirs back."""
    return media is not None and media.kind in MEDIA and (person, MEDIA[media.kind]) in refused


async def _unsend(tx: Tx, account: Account, purpose: Purpose) -> None:
    """What is on its way to whoever treats the child, and to themselves."""
    if purpose is Purpose.NEWSLETTER:
        await stored.unsend_newsletters(tx, account.telegram_id)
    kinds = {kind for kind, needed in MEDIA.items() if needed is purpose}
    for person in account.caregivers if kinds else ():
        media = await erasing.media_of_person(tx, person.id, kinds)
        for child in await erasing.children_of(tx, person.id) if media else ():
            waiting = await erasing.waiting(tx, child)
            await erasing.unsend(tx, [row["id"] for row in waiting if erasing.holds(row["payload"], media)])
