"""Urgent help: the press is kept, somebody is told at once. No advice, no interview, no promise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain import checkins, escalating, on_call
from bot.domain.careful import Found, Level
from bot.domain.escalating import Route, Told
from bot.domain.on_call import Shift
from bot.model import Account, Person, Right
from bot.storage import alerts, kin, people
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

DAY = 86_400_000
OPEN_FOR = 7 * DAY  # so long somebody on call may look at an alarm that they were told of
WORDS = "words"


@dataclass(frozen=True, slots=True)
class Raised:
    """``press`` is None for someone without a child here. ``told``: somebody can be reached now.

    ``on_call``: somebody of the rota is, and there is a way to them.
    """

    press: int | None
    tells: tuple[Told, ...]
    told: bool
    on_call: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one message, and what they were caught as."""

    words: str
    telegram_message: int
    said_at: int
    found: Found


Cared = Sequence[tuple[int, int]]  # child and seat


async def raise_alert(tx: Tx, account: Account, check_in: int, route: Route, now: int) -> Raised:
    """For the child of that check-in; from /help, where none is named, for every child of this account."""
    named = await checkins.load_child(tx, account.telegram_id, check_in, now) if check_in else None
    chosen = await _cared(tx, account, named, now)
    return await _raise(tx, account, chosen, "help" if named is None else "check_in", route, now)


async def caught(tx: Tx, account: Account, child: int | None, said: Said, route: Route, now: int) -> Raised | None:
    """Red words: an alarm, once for each message. ``child`` None: it may be any of theirs. None: it was raised."""
    press = _raised(await alerts.caught(tx, account.telegram_id, said.telegram_message), said.words)
    chosen = await _cared(tx, account, child, now)
    raised = None if press is not None else await _raise(tx, account, chosen, WORDS, route, now)
    await _keep(tx, chosen, said, press if raised is None else raised.press, now)
    return raised


def _raised(earlier: Iterable[Row], words: str) -> int | None:
    """By an earlier version of that message. One that was called a false alarm says nothing of other words."""
    stands = (one for one in earlier if one["false_alarm_at"] is None or one["said"] == words)
    return next((one["press"] for one in stands if one["level"] == Level.RED), None)


async def noticed(tx: Tx, account: Account, child: int | None, said: Said, now: int) -> list[tuple[Person, int, int]]:
    """Amber words: kept. Returns whom to tell in their hours, with the concern and the child."""
    if await alerts.caught(tx, account.telegram_id, said.telegram_message):
        return []
    chosen = await _cared(tx, account, child, now)
    kept = await _keep(tx, chosen, said, None, now)
    return [
        (one, concern, of)
        for (of, _seat), concern in zip(chosen, kept, strict=True)
        for one in await _treating(tx, of, account, now)
    ]


async def _cared(tx: Tx, account: Account, child: int | None, now: int) -> list[tuple[int, int]]:
    cared_for = await people.children_of(tx, account.telegram_id, Right.CARE, now)
    return [(one.id, seat) for one, seat in cared_for if child is None or one.id == child]


async def _keep(tx: Tx, chosen: Cared, said: Said, press: int | None, now: int) -> list[int]:
    found = (said.found.level.value, " ".join(said.found.topics))
    words = (said.words, said.telegram_message, said.said_at)
    return [await alerts.add_concern(tx, child, seat, found, words, press, now) for child, seat in chosen]


async def _raise(tx: Tx, account: Account, chosen: Cared, source: str, route: Route, now: int) -> Raised:
    shifts, press = await on_call.everyone(tx), new_id()
    later = _later(shifts, route, now)
    made = {child: await alerts.add(tx, child, seat, press, source, now, later) for child, seat in chosen}
    tells, alone, on = [], [], on_call.now_on(shifts, now)
    for child, alert in made.items():
        passed, first = await escalating.in_turn(tx, await on_call.able(tx, on, child), route)
        tells += [(one, child, alert, alerts.TREATING) for one in await _treating(tx, child, account, now)]
        tells += [(one, child, alert, alerts.ON_CALL) for one in (*passed, first) if one is not None]
        alone += [alert] if first is None else []
    told = await escalating.tell(tx, tells, route, now, press)
    for alert in alone:
        await alerts.step(tx, alert, None, alerts.NOBODY, None, now)
    return Raised(press if made else None, tuple(told), bool(told), bool(made) and not alone)


async def _treating(tx: Tx, child: int, account: Account, now: int) -> list[Person]:
    """The therapists of the child; but for one who is its family, where another of the family speaks."""
    family = await kin.accounts(tx, child) - {account.telegram_id}
    return [one for one in await people.therapists_of(tx, child, now) if one.telegram_id not in family]


def _later(shifts: list[Shift], route: Route, now: int) -> int | None:
    """When the next on the rota is told; None: nobody is."""
    return now + route.escalate_ms if shifts and route.escalate_ms else None


@dataclass(frozen=True, slots=True)
class News:
    """What the family said of it, for one who knows of the alarm. ``free``: nobody has it yet."""

    person: Person
    message: int
    free: bool


async def answer(tx: Tx, account: Account, press: int, danger: str, route: Route, now: int) -> tuple[News, ...] | None:
    """Yes, no or not sure. Returns whom to tell; None where the press was not this account's.

    After a false alarm a yes or a "not sure" makes it an alarm again.
    """
    rows = await alerts.own(tx, account.telegram_id, press)
    if not rows:
        return None
    await alerts.danger(tx, press, danger)
    if danger != "no":
        await alerts.after_all(tx, press, _later(await on_call.everyone(tx), route, now))
    return await _pass_on(tx, account, rows, press, now)


async def false_alarm(tx: Tx, account: Account, press: int, now: int) -> tuple[News, ...] | None:
    """As `answer`."""
    rows = await alerts.own(tx, account.telegram_id, press)
    if not rows:
        return None
    await alerts.false_alarm(tx, press, now)
    for row in rows:
        await alerts.step(tx, row["id"], None, "false_alarm", None, now)
    return await _pass_on(tx, account, rows, press, now)


async def _pass_on(tx: Tx, account: Account, rows: Iterable[Row], press: int, now: int) -> tuple[News, ...]:
    """To the therapists, and whoever was told on call and may still open it: each once. It is a step of the alarm, so
    that its message is known to whoever takes it, and to an erasure.
    """
    known: dict[int, tuple[Person, dict[int, Row]]] = {}
    for row in rows:
        for one in await _treating(tx, row["child_id"], account, now):
            known.setdefault(one.id, (one, {}))[1][row["id"]] = row
    raised = {row["id"]: row for row in rows}
    for told in await alerts.on_call_still(tx, press, now - OPEN_FOR):
        known.setdefault(told["id"], (people.to_person(told), {}))[1][told["alert_id"]] = raised[told["alert_id"]]
    news = []
    for one, of in known.values():
        if one.telegram_id is None:
            continue
        news.append(News(one, new_id(), any(row["taken_at"] is None for row in of.values())))
        for alert in () if await people.is_blocked(tx, one.telegram_id) else of:
            await alerts.step(tx, alert, one.id, alerts.PASSED_ON, news[-1].message, now)
    return tuple(news)


@dataclass(frozen=True, slots=True)
class Opened:
    """``rows``: a row for each child that they may see; ``words`` and ``steps`` of the same press."""

    rows: tuple[Row, ...]
    words: tuple[Row, ...]
    steps: tuple[Row, ...]


async def open_by_staff(tx: Tx, account: Account, press: int, now: int) -> Opened | None:
    """A therapist, or who was told on call, looks at it. None where nothing of it is theirs."""
    rows = await alerts.for_staff(tx, account.telegram_id, press, now, now - OPEN_FOR)
    if not rows:
        return None
    for row in rows:
        await alerts.seen(tx, row["id"], now)
    shown, ids = {row["child_id"] for row in rows}, {row["id"] for row in rows}
    words = [one for one in await alerts.words(tx, press) if one["child_id"] in shown]
    said = {(one["said"], one["said_at"]): one for one in words}  # of two children it is the same message
    steps = [one for one in await alerts.steps(tx, press) if one["alert_id"] in ids]
    return Opened(tuple(rows), tuple(said.values()), tuple(steps))


async def take(tx: Tx, account: Account, press: int, now: int) -> list[tuple[int, Person]] | None:
    """Nobody else is woken. Returns the messages that told them and others who are still here; None where it is not
    theirs.
    """
    opened, me = await open_by_staff(tx, account, press, now), account.therapist
    if opened is None or me is None:
        return None
    for row in opened.rows:
        if await alerts.take(tx, row["id"], me.id, now):
            await alerts.step(tx, row["id"], me.id, "taken", None, now)
    told = {one["message_id"]: one["person_id"] for one in opened.steps if one["message_id"]}
    seats = [(message, await people.seat(tx, person)) for message, person in told.items()]
    return [(message, one) for message, one in seats if one is not None and one.telegram_id is not None]


async def concern(tx: Tx, account: Account, number: int, now: int) -> Row | None:
    """Amber words, for a therapist of the child."""
    return await alerts.concern_of(tx, account.telegram_id, number, now)
