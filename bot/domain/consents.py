"""What a caregiver allowed, and when. The newest word counts; every older one is kept.

A no holds at once: what is queued for that purpose is not sent any more; and for good: it stands in the list beside the
database, so that no backup takes it back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain import accounts
from bot.model import Account, Media, Purpose
from bot.storage import consents as stored
from bot.storage import erasing, erasures, traces
from bot.storage.database import Row, Tx
from bot.storage.erasures import Erased

FILES = {"image": "image_file", "video": "video_file", "audio": "audio_file"}
"""What came as a file and is a picture, a film or a sound, by the first word of its MIME type."""

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
    "image_file": Purpose.PHOTOS,
    "video_file": Purpose.PHOTOS,
    "audio_file": Purpose.VOICE,
}
"""What has to be agreed to before it is kept, by the kind of medium."""


async def record(
    tx: Tx, account: Account, purpose: Purpose, *, given: bool, now: int, listed: Path | None = None
) -> None:
    """One yes or no of a person, for each child they care for; a no for those too whom they cared for.

    ``listed``: where a no stands for every backup.
    """
    seats = account.caregivers if given else await accounts.seats(tx, account)
    for person in seats:
        await stored.add(tx, person.id, purpose.value, TEXT_VERSION, person.language, now, given=given)
    if not given:
        for person in seats:
            await _unsend(tx, account.telegram_id, person.id, purpose)
        await enlist(listed, await entries(tx, account, erasures.NO, purpose, now), now)


async def carry(tx: Tx, telegram_id: int, seat: int) -> None:
    """Somebody takes one more seat, or has one back: what they last said for all their children stands on record there
    too, as they said it then, so that nothing is kept of a child without a yes that can be shown.
    """
    said = await stored.of_account(tx, telegram_id)
    own = {row["purpose"]: int(row["at"]) for row in said if row["person_id"] == seat}
    for row in {row["purpose"]: row for row in said}.values():
        if row["purpose"] in EXTRA and row["at"] > own.get(row["purpose"], -1):
            words = (row["purpose"], row["text_version"], row["language"], row["at"])
            await stored.add(tx, seat, *words, given=bool(row["given"]))


async def entries(tx: Tx, account: Account, kind: str, purpose: Purpose, now: int) -> list[Erased]:
    """What the list is to say of this account's seats. ``kind``: ``erasures.NO`` or ``erasures.GONE``."""
    seats = await erasing.seats_of_account(tx, account.telegram_id)
    return [Erased(f"{kind}{purpose.value}", row["id"], row["created_at"], now) for row in seats]


async def enlist(listed: Path | None, taken: Sequence[Erased], now: int) -> None:
    """The last step of a transaction: should it fail, nothing is taken back."""
    if listed is not None:
        await asyncio.to_thread(erasures.add, listed, taken, now)


async def obey(tx: Tx, person: Row, purpose: Purpose, at: int) -> bool:
    """Take back in an older copy what was taken back since; False where it knows a newer word of theirs."""
    words = [row["at"] for row in await stored.of_person(tx, person["id"]) if row["purpose"] == purpose]
    if max(words, default=-1) >= at:
        return False
    await stored.add(tx, person["id"], purpose.value, TEXT_VERSION, person["language"], at, given=False)
    await _unsend(tx, person["account_id"] or 0, person["id"], purpose)
    return True


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
    if not yes:
        return None
    newest = max(yes, key=lambda row: int(row["id"]))
    return Agreed(newest["at"], newest["text_version"], account.caregivers[0].timezone)


async def withheld(tx: Tx, child: int) -> set[tuple[int, Purpose]]:
    """(caregiver, purpose) of every no that stands: what they sent before is not handed on."""
    return {(row["person_id"], Purpose(row["purpose"])) for row in await stored.refused(tx, child)}


def covers(refused: set[tuple[int, Purpose]], person: int, media: Media | None) -> bool:
    """Whether one of those takes that medium of theirs back."""
    return media is not None and media.kind in MEDIA and (person, MEDIA[media.kind]) in refused


def kinds(purpose: Purpose) -> frozenset[str]:
    """Which media that purpose is about."""
    return frozenset(kind for kind, needed in MEDIA.items() if needed is purpose)


async def _unsend(tx: Tx, account: int, person: int, purpose: Purpose) -> None:
    """What is on its way to whoever treats the child, and to themselves."""
    if purpose is Purpose.NEWSLETTER:
        await stored.unsend_newsletters(tx, account)
    media = await traces.media_of_person(tx, person, kinds(purpose)) if kinds(purpose) else set()
    for child in await erasing.children_of(tx, person) if media else ():
        waiting = await traces.waiting(tx, child)
        await traces.unsend(tx, [row["id"] for row in waiting if traces.holds(row["payload"], media)])
