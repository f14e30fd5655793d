"""What was sent under a yes that was taken back: it may be deleted too, by a tap of its own, and then for good."""

from __future__ import annotations

from pathlib import Path

from bot.domain import accounts, auditing, consents, holds
from bot.domain.auditing import What
from bot.model import Account, Kind, Purpose
from bot.storage import erasing, erasures
from bot.storage import own_media as stored
from bot.storage.database import Tx


async def offered(tx: Tx, account: Account, purpose: Purpose, now: int) -> bool:
    """Whether there is something of that kind, and the yes is taken back."""
    kinds = consents.kinds(purpose)
    if not kinds or await consents.given(tx, account, purpose):
        return False
    return any([await stored.any_of(tx, one.id, kinds, now) for one in await accounts.seats(tx, account)])


async def stays(tx: Tx, account: Account, now: int) -> bool:
    """Whether something whose yes is taken back belongs to an alarm: that goes with the child alone."""
    taken_back = [one for one in consents.EXTRA if consents.kinds(one) and not await consents.given(tx, account, one)]
    kinds = [kind for purpose in taken_back for kind in consents.kinds(purpose)]
    alarmed = [one for one in await accounts.seats(tx, account) if await erasing.has_alert(tx, one.id)]
    return any([await stored.any_of(tx, one.id, kinds, now, of_an_alarm=True) for one in alarmed])


async def delete(tx: Tx, account: Account, purpose: Purpose, listed: Path | None, now: int) -> bool:
    """Their media of that kind, for good; words stay, and so does what belongs to an alarm.

    False where a legal hold keeps them: a human decides.
    """
    if await holds.of_account(tx, account.telegram_id):
        return False
    for one in await accounts.seats(tx, account):
        if await stored.drop(tx, one.id, consents.kinds(purpose), now):
            await auditing.note(tx, auditing.of(Kind.CAREGIVER, one.id), What.ERASED, now, person=one.id)
    await consents.enlist(listed, await consents.entries(tx, account, erasures.GONE, purpose, now), now)
    return True


async def obey(tx: Tx, person: int, purpose: Purpose, at: int) -> bool:
    """The same in an older copy."""
    return bool(await stored.drop(tx, person, consents.kinds(purpose), at))
