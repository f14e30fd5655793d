"""A therapist's digest: reading the caseload, keeping that it was made, and walking through it family by family."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain import digest_needs, digest_period, digest_reading, messages, waking
from bot.domain.digest_facts import Family
from bot.domain.digest_period import Period
from bot.domain.digest_words import Said, Source
from bot.domain.flags import Rules
from bot.domain.flags_memory import Show
from bot.domain.waking import Hours
from bot.storage import digests as stored
from bot.storage import jobs, raised
from bot.storage.database import Row, Tx

KIND = "digest"
SMALL = 20  # families read while the therapist waits; more are a job
STALE_AFTER = 12 * 3_600_000  # ms after its hour: yesterday's morning helps nobody


@dataclass(frozen=True, slots=True)
class Reader:
    """The therapist who is to read it."""

    person: int
    chat: int
    language: str
    address: str
    timezone: str
    hours: Hours


class Why(StrEnum):
    """Why it was made. What was told within the last days comes again only where it was asked for."""

    DUE = "due"
    ASKED = "asked"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Digest:
    """One that was made. ``children`` stand most urgent first."""

    id: int
    person: int
    local_date: date
    timezone: str
    children: tuple[int, ...]
    made_at: int
    why: Why

    @property
    def again(self) -> bool:
        return self.why is not Why.DUE


@dataclass(frozen=True, slots=True)
class Page:
    """One family of a digest. ``following`` is the child after it, None on the last one."""

    family: Family
    following: Family | None
    earlier: Said | None  # the family's last words before the period, where it has none in it
    message: Row | None = None  # the newest line that the therapist wrote to the family: of `storage.messages.last`


async def reader(tx: Tx, therapist: int) -> Reader | None:
    """None where nobody is to read it: removed, stopped, or the chat is blocked."""
    row = await stored.reader(tx, therapist)
    if row is None or row["stopped_at"] is not None or row["blocked_at"] is not None:
        return None
    hours = waking.of_therapist(row)
    return Reader(row["id"], row["account_id"], row["language"], row["address"], row["timezone"], hours)


def stale_at(reader: Reader, due_at: int, why: Why) -> int:
    """When it is better not sent any more (ms): half a day on; one that nobody asked for not after working hours."""
    late = due_at + STALE_AFTER
    return late if why is Why.ASKED else waking.fresh_until(reader.hours, due_at, late)


async def is_small(tx: Tx, therapist: int, now: int) -> bool:
    return len(await stored.children(tx, therapist, None, now)) <= SMALL


async def wish(tx: Tx, therapist: int, timezone: str, wished_by: int, now: int) -> None:
    """A digest of this moment, made in the background; ``wished_by`` (a message's id) tells two wishes apart."""
    today = digest_period.local_date(now, timezone).isoformat()
    payload = {"local_date": today, "due_at": now, "why": Why.ASKED.value}
    await jobs.add(tx, KIND, therapist, f"digest-now:{therapist}:{wished_by}", payload, now)


async def caseload(
    tx: Tx,
    therapist: int,
    on: date,
    timezone: str,
    now: int,
    rules: Rules,
    why: Why = Why.DUE,
    child: int | None = None,
) -> list[Family]:
    """Every family of this therapist (or that one) over the seven days before `on`, most urgent first."""
    found = await digest_reading.of_caseload(tx, therapist, digest_period.before(on, timezone, now), rules, child)
    return digest_needs.by_need(found, again=why is not Why.DUE)


async def keep(
    tx: Tx, therapist: int, on: date, families: Sequence[Family], message: int, now: int, why: Why = Why.DUE
) -> int:
    """Remember it, its order, and which flags it tells as new; returns its id."""
    told = [(one.child, flag.key, flag.weight) for one in families for flag in one.shown(Show.FRESH)]
    await raised.tell(tx, therapist, told, now)
    children = [one.child for one in families]
    return await stored.add(tx, therapist, on.isoformat(), now, children, message, why.value)


async def find(tx: Tx, account: int, digest_id: int, now: int, *, opens: bool = True) -> Digest | None:
    """A digest made for this account; the first time that somebody looks into it (``opens``) is kept."""
    row = await stored.own(tx, account, digest_id)
    if row is None:
        return None
    if opens:
        await stored.opened(tx, digest_id, now)
    return _digest(row)


def _digest(row: Row) -> Digest:
    children = tuple(json.loads(row["children"]))
    on, why = date.fromisoformat(row["local_date"]), Why(row["kind"])
    return Digest(row["id"], row["person_id"], on, row["timezone"], children, row["made_at"], why)


def period(digest: Digest, now: int) -> Period:
    """Its seven days, read up to now: what was corrected or answered since is shown as it stands."""
    return digest_period.before(digest.local_date, digest.timezone, now)


async def families(tx: Tx, digest: Digest, now: int, rules: Rules) -> list[Family]:
    """The families of that digest which the therapist may still treat, in its order."""
    days = period(digest, now)
    found = await digest_reading.of_caseload(tx, digest.person, days, rules, made_at=digest.made_at)
    by_child = {one.child: one for one in found}
    return [by_child[child] for child in digest.children if child in by_child]


async def page(tx: Tx, digest: Digest, child: int, now: int, rules: Rules) -> Page | None:
    """One family's screen; None where the therapist may not treat that child, or no longer."""
    family = await one(tx, digest, child, now, rules)
    if family is None:
        return None
    following = None
    for other in digest.children[digest.children.index(child) + 1 :]:
        following = await one(tx, digest, other, now, rules)
        if following is not None:
            break
    message = await messages.last(tx, digest.person, child, now)
    return Page(family, following, await _earlier(tx, digest, family), message)


def words(family: Family) -> list[Said]:
    """What was said in these days with words, each once: what is new first, then questions, then the rest."""
    told = [*(win.said for win in family.wins), *family.questions, *family.working, *family.adjust, *family.quotes]
    return list({(one.note, one.answer): one for one in told if one.text}.values())


async def opened(tx: Tx, digest: Digest, child: int, now: int) -> None:
    """A family's screen is looked at; the first time is kept."""
    await stored.looked(tx, digest.id, child, now)


async def one(tx: Tx, digest: Digest, child: int, now: int, rules: Rules) -> Family | None:
    """A family of that digest, where the therapist may treat the child."""
    if child not in digest.children:
        return None
    days = period(digest, now)
    found = await digest_reading.of_caseload(tx, digest.person, days, rules, child, digest.made_at)
    return found[0] if found else None


async def _earlier(tx: Tx, digest: Digest, family: Family) -> Said | None:
    days = family.period
    if (
        family.quotes
        or family.questions
        or family.working
        or family.adjust
        or any(win.said.text for win in family.wins)
    ):
        return None
    since = days.today - timedelta(days=digest_period.HIDDEN)
    from_at = days.until - digest_period.HIDDEN * 86_400_000
    found = await stored.last_words(tx, digest.person, family.child, since.isoformat(), from_at, days.until)
    said = [one for row in found if row is not None and (one := _last(row, days))]
    return max(said, key=lambda one: one.at, default=None)


def _last(row: Row, days: Period) -> Said:
    if "recorded_at" in row.keys():  # noqa: SIM118 - rows are not dictionaries
        at = row["recorded_at"]
        on = days.local_date(at)
    else:
        at = row["answered_at"]
        on = date.fromisoformat(row["local_date"])
    return Said(row["child_id"], row["person_id"], on, at, Source.NOTE, row["text"])


async def mark_answered(tx: Tx, digest: Digest, question: int, now: int) -> bool:
    return await stored.mark_answered(tx, digest.person, question, now)


def opening(family: Family) -> Said | None:
    """Something of the family's own to begin the visit with: what is new, what went well, what they asked."""
    told = [win.said for win in family.wins if win.said.text]
    well = [one for one in family.quotes if one.question == "well"]
    rest = [one for one in family.quotes if one.source is not Source.HARD]
    working = [one for one in family.working if one.text]
    return next(iter([*told, *well, *working, *family.questions, *rest, *family.quotes]), None)


async def still_treated(tx: Tx, therapist: int, families: Sequence[Family], now: int) -> list[Family]:
    """What was read outside the transaction, less what the therapist may no longer see."""
    treated = {row["id"] for row in await stored.children(tx, therapist, None, now)}
    return [one for one in families if one.child in treated]
