"""An alarm goes to somebody, and down the rota until somebody says "I have it". Each step is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain import on_call
from bot.model import Person
from bot.storage import alerts, jobs, people, rota
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

DAY = 86_400_000
WAITS = 120_000  # ms: what has not arrived in the chat by then goes by e-mail too
STALE = 7 * DAY


@dataclass(frozen=True, slots=True)
class Route:
    """``escalate_ms`` until the next is told, 0: never. ``mails``: whether e-mail is set up."""

    escalate_ms: int = 900_000
    mails: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What goes out to one person. ``message`` is None where it goes by e-mail alone; ``cases`` are children's ids."""

    person: Person
    press: int
    cases: tuple[int, ...]
    message: int | None


Tells = Iterable[tuple[Person, int, int, str]]  # of a child its alarm, and the kind of the step
Why = dict[int, tuple[int, str]]  # the same by child


async def tell(tx: Tx, tells: Tells, route: Route, now: int, press: int) -> list[Told]:
    """Keep whom we tell: each once, in the chat where it can be, else by e-mail; and who cannot be reached.

    Of two reasons for one child the first counts.
    """
    merged: dict[int, tuple[Person, Why]] = {}
    for person, child, alert, kind in tells:
        merged.setdefault(person.id, (person, {}))[1].setdefault(child, (alert, kind))
    told = [await _one(tx, person, made, route, now, press) for person, made in merged.values()]
    return [one for one in told if one is not None]


async def in_turn(tx: Tx, on: Iterable[Person], route: Route) -> tuple[list[Person], Person | None]:
    """The first whom there is a way to, and who stands in front of them."""
    passed: list[Person] = []
    for one in on:
        if await _in_chat(tx, one) or await _by_mail(tx, one.id, route):
            return passed, one
        passed.append(one)
    return passed, None


async def _in_chat(tx: Tx, person: Person) -> bool:
    """Who has stopped the bot is told all the same; who has blocked it cannot be."""
    return person.telegram_id is not None and not await people.is_blocked(tx, person.telegram_id)


async def _by_mail(tx: Tx, person: int, route: Route) -> bool:
    return route.mails and bool(await rota.email(tx, person))


async def _one(tx: Tx, person: Person, made: Why, route: Route, now: int, press: int) -> Told | None:
    if await _in_chat(tx, person):
        message = new_id()
        for alert, kind in made.values():
            await alerts.step(tx, alert, person.id, kind, message, now)
        return Told(person, press, tuple(made), message)
    if all([await mail(tx, alert, person.id, route, now) for alert, _kind in made.values()]):
        return Told(person, press, tuple(made), None)
    for alert, _kind in made.values():
        await alerts.step(tx, alert, person.id, alerts.OUT_OF_REACH, None, now)
    return None


async def mail(tx: Tx, alert: int, person: int, route: Route, now: int) -> bool:
    """Wish an e-mail. False where there is no way to send one."""
    if not await _by_mail(tx, person, route):
        return False
    await alerts.step(tx, alert, person, "mail", None, now)
    await jobs.add(tx, jobs.MAIL, person, f"{jobs.MAIL}:{alert}:{person}:{now}", {"alert": alert}, now)
    return True


async def anything(tx: Tx, route: Route, now: int) -> bool:
    """Whether a turn would do something."""
    return bool(await alerts.due(tx, now)) or bool(await _undelivered(tx, route, now))


async def overdue(tx: Tx, route: Route, now: int) -> list[Told]:
    """Alarms that nobody has taken in time: the next on the rota is told; after the last, the first again.

    After a day nobody is woken any more.
    """
    told: list[Told] = []
    by_press: dict[int, list[Row]] = {}
    for row in await alerts.due(tx, now):
        by_press.setdefault(row["press"], []).append(row)
    for press, rows in by_press.items():
        told += await _next(tx, press, rows, route, now)
    return told


async def _next(tx: Tx, press: int, rows: list[Row], route: Route, now: int) -> list[Told]:
    over = now - rows[0]["at"] >= DAY or not route.escalate_ms
    for row in rows:
        await alerts.again(tx, row["id"], None if over else now + route.escalate_ms)
    if over:
        return []
    on = on_call.now_on(await on_call.everyone(tx), now)
    every, tells, alone = await alerts.steps(tx, press), [], []
    for row in rows:
        steps = [one for one in every if one["alert_id"] == row["id"]]
        passed, following = await in_turn(tx, _turns(await on_call.able(tx, on, row["child_id"]), steps), route)
        new = [one for one in passed if one.id not in _out_of_reach(steps)]
        tells += [(one, row["child_id"], row["id"], alerts.ON_CALL) for one in (*new, following) if one is not None]
        alone += [row["id"]] if following is None and steps and steps[-1]["kind"] != alerts.NOBODY else []
    told = await tell(tx, tells, route, now, press)
    for alert in alone:
        await alerts.step(tx, alert, None, alerts.NOBODY, None, now)
    return told


def _turns(on: list[Person], steps: list[Row]) -> list[Person]:
    """Who was told least often first, in the order of the rota."""
    told = [step["person_id"] for step in steps if step["kind"] in alerts.TOLD]
    return sorted(on, key=lambda one: told.count(one.id))


def _out_of_reach(steps: list[Row]) -> set[int]:
    return {step["person_id"] for step in steps if step["kind"] == alerts.OUT_OF_REACH}


async def undelivered(tx: Tx, route: Route, now: int) -> int:
    """What did not arrive in the chat goes by e-mail, too; where it cannot, the next on the rota waits no longer.

    Returns how many e-mails.
    """
    mailed = 0
    for row in await _undelivered(tx, route, now):
        if await mail(tx, row["alert_id"], row["person_id"], route, now):
            mailed += 1
            continue
        await alerts.step(tx, row["alert_id"], row["person_id"], alerts.OUT_OF_REACH, None, now)
        if row["kind"] == alerts.ON_CALL and row["escalate_at"] is not None:
            await alerts.again(tx, row["alert_id"], now)
    return mailed


async def _undelivered(tx: Tx, route: Route, now: int) -> list[Row]:
    return await alerts.undelivered(tx, now - WAITS, now - DAY, mails=route.mails)


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail to one of the staff; ``case`` is the child's id."""

    to: str
    language: str
    address: str
    case: int


async def letter(tx: Tx, alert: int, person: int) -> Letter | None:
    """None where it is not to be sent any more."""
    row = await alerts.to_mail(tx, alert, person)
    return None if row is None else Letter(row["email"], row["language"], row["address"], row["child_id"])


async def posted(tx: Tx, alert: int, person: int, now: int, *, arrived: bool) -> None:
    """What came of it; an alarm that was erased meanwhile keeps nothing."""
    if await alerts.to_mail(tx, alert, person) is not None:
        await alerts.step(tx, alert, person, "mailed" if arrived else "mail_failed", None, now)
