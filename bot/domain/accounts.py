"""Who a Telegram account is to the clinic."""

from __future__ import annotations

from bot.model import Account, Child, May, Person, Right
from bot.storage import people
from bot.storage.database import Tx


async def load(tx: Tx, telegram_id: int) -> Account | None:
    """None for a stranger: someone who never joined, or whose every seat was removed."""
    account = await people.load_account(tx, telegram_id)
    return account if account and account.people else None


async def with_every_seat(tx: Tx, telegram_id: int) -> Account | None:
    """Who is, or was, a caregiver here: what they gave is theirs when their access rests or has ended. None: nobody."""
    return await people.with_every_seat(tx, telegram_id)


async def seats(tx: Tx, account: Account) -> tuple[Person, ...]:
    """Each caregiver's seat that this account has or had."""
    every = await people.with_every_seat(tx, account.telegram_id)
    return () if every is None else every.people


async def children(tx: Tx, account: Account, right: Right, now: int, what: May = May.CARE) -> list[tuple[Child, int]]:
    """The children for whom this account may do that, each with the person (seat) that may."""
    return await people.children_of(tx, account.telegram_id, right, now, what)


async def seat(tx: Tx, person: int) -> Person:
    """A person whom a row of this transaction names. Raises ``LookupError`` for one who was removed."""
    found = await people.seat(tx, person)
    if found is None:
        raise LookupError(person)
    return found


async def therapists(tx: Tx, child_id: int, now: int) -> list[Person]:
    return await people.therapists_of(tx, child_id, now)


async def blocked(tx: Tx, telegram_id: int, at: int | None) -> None:
    """The person blocked the bot at that moment; None: they are back."""
    await people.set_blocked(tx, telegram_id, at)


async def menu(tx: Tx, telegram_id: int) -> str:
    """What the command menu of that chat was last set to."""
    return await people.menu(tx, telegram_id)


async def set_menu(tx: Tx, telegram_id: int, wanted: str) -> None:
    await people.set_menu(tx, telegram_id, wanted)


async def ask(tx: Tx, telegram_id: int, what: str) -> None:
    """What the next typed words answer; "" ends it."""
    await people.ask(tx, telegram_id, what)


async def is_reached(tx: Tx, telegram_id: int) -> bool:
    """Whether this account takes messages that it did not ask for: neither stopped nor blocked."""
    return await people.is_reached(tx, telegram_id)
