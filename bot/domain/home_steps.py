"""Home steps as their therapist gives and changes them, and the families who are told. Nothing without the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from bot.domain import families, practice, schedule, waking
from bot.domain.planning import SETTLED
from bot.domain.practice import BARRIERS, EVERY_DAY, ROUTINES, Step
from bot.model import Media, Person
from bot.storage import home_steps as stored
from bot.storage.database import Row, Tx

MOST = 3  # at a time
LONGEST, LONGEST_TIP, LONGEST_HOW = 200, 300, 800
WEEKS = (1, 2, 4, 6)  # that a step may be given for
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """One step with everything around it. ``days`` are those of now; ``tips`` are the therapist's own, by barrier."""

    step: Step
    child_name: str
    days: str
    how: str
    media: Media | None
    tips: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A caregiver who is to be told of a step. ``over``: it was taken away."""

    row: Row
    step: Step
    days: str
    over: bool
    stale_at: int


def today(person: Person, now: int) -> date:
    """The local date of whoever changes it."""
    return date.fromisoformat(schedule.local_now(now, person.timezone)[0])


async def of_child(tx: Tx, therapist: Person, child: int, now: int) -> list[Step]:
    """The steps that this therapist's child has now, oldest first."""
    on = today(therapist, now).isoformat()
    return practice.read(await stored.mine_of_child(tx, therapist.id, child, on, now))


async def shown(tx: Tx, therapist: Person, step: int, now: int) -> Shown | None:
    """None where it is not of a child whom this therapist treats, or was taken away."""
    rows = await stored.mine(tx, therapist.id, step, now)
    if not rows:
        return None
    [found] = practice.read(rows)
    days, row = found.days_on(today(therapist, now)), rows[0]
    return Shown(found, row["child_name"], days, row["how_text"], media_of(row), await stored.tips(tx, step))


def media_of(row: Row) -> Media | None:
    if not row["media_kind"]:
        return None
    return Media(row["media_kind"], row["media_file_id"], row["media_seconds"])


async def add(tx: Tx, therapist: Person, child: int, words: str, now: int) -> int | None:
    """A new one from today on, for every day. None where the words do not fit, or there are three already."""
    text = families.cleaned(words)
    if not 0 < len(text) <= LONGEST or len(await of_child(tx, therapist, child, now)) >= MOST:
        return None
    first = today(therapist, now).isoformat()
    step = await stored.add(tx, child, text, first, now)
    await stored.plan(tx, step, first, EVERY_DAY)
    await _tell(tx, step, now)
    return step


async def say(tx: Tx, step: int, words: str, now: int) -> bool:
    """Other words for it. False where they do not fit."""
    text = families.cleaned(words)
    if not 0 < len(text) <= LONGEST:
        return False
    await stored.say(tx, step, text)
    await _tell(tx, step, now)
    return True


async def set_routine(tx: Tx, step: int, routine: str, now: int) -> bool:
    if routine not in ROUTINES:
        return False
    await stored.routine(tx, step, routine)
    await _tell(tx, step, now)
    return True


async def set_days(tx: Tx, therapist: Person, step: int, days: str, now: int) -> None:
    """Those weekdays from today on."""
    await stored.plan(tx, step, today(therapist, now).isoformat(), days)
    await _tell(tx, step, now)


async def set_weeks(tx: Tx, therapist: Person, step: int, weeks: int, now: int) -> bool:
    """So many weeks from today on; 0: without an end."""
    if weeks not in (0, *WEEKS):
        return False
    last = today(therapist, now) + weeks * 7 * _DAY - _DAY
    await stored.until(tx, step, last.isoformat() if weeks else None)
    await _tell(tx, step, now)
    return True


async def set_how(tx: Tx, shown: Shown, words: str, media: Media | None, now: int) -> bool:
    """How it is done: words, something to see or hear, or both; "-" takes all of it away.

    Words alone leave what is to be seen, and the other way round. False where they are too long.
    """
    text = readable(words)
    if len(text) > LONGEST_HOW:
        return False
    if text == "-" and media is None:
        await stored.how(tx, shown.step.id, "", None)
    else:
        await stored.how(tx, shown.step.id, text or shown.how, media or shown.media)
    await _tell(tx, shown.step.id, now)
    return True


def readable(words: str) -> str:
    """Several lines, each without what cannot be seen."""
    lines = [families.cleaned(line) for line in words.splitlines()]
    return "\n".join(lines).strip()


async def set_tip(tx: Tx, step: int, barrier: str, words: str) -> bool:
    """The therapist's own tip for that barrier; "-" brings back the one that we ship. False where it does not fit."""
    text = families.cleaned(words)
    if barrier not in BARRIERS or not 0 < len(text) <= LONGEST_TIP:
        return False
    await stored.tip(tx, step, barrier, "" if text == "-" else text)
    return True


async def end(tx: Tx, therapist: Person, step: int, now: int) -> None:
    """Over from today on; the days before stay as they were planned. One that nobody was told of yet just goes."""
    [row, *_] = await stored.mine(tx, therapist.id, step, now)
    await stored.end(tx, step, (today(therapist, now) - _DAY).isoformat(), now)
    if now < row["created_at"] + SETTLED:
        await stored.tell_nobody(tx, step)
    else:
        await _tell(tx, step, now)


async def _tell(tx: Tx, step: int, now: int) -> None:
    """Each caregiver who has joined, once, after the last tap and outside their quiet hours."""
    rows = await stored.caregivers(tx, step, now)
    await stored.tell(tx, step, [(row["id"], waking.awake(waking.of_caregiver(row), now + SETTLED)) for row in rows])


async def to_tell(tx: Tx, now: int) -> list[Told]:
    """Who is to be told now, each once of each step; who sleeps is told on waking. Whoever takes no messages is not."""
    rows = await stored.untold(tx, now)
    told = []
    for (person, step), plans in groupby(rows, key=lambda row: (row["person_id"], row["id"])):
        one = _told(list(plans), now)
        if (awake := waking.awake(waking.of_caregiver(one.row), now)) > now:
            await stored.tell(tx, step, [(person, awake)])
            continue
        await stored.told(tx, step, person)
        if one.row["stopped_at"] is None and one.row["blocked_at"] is None:
            told.append(one)
    await stored.nobody_to_tell(tx, now)
    return told


def _told(rows: Sequence[Row], now: int) -> Told:
    row = rows[0]
    [step] = practice.read(rows)
    local, _ = schedule.local_now(now, row["timezone"])
    days = step.days_on(date.fromisoformat(local))
    return Told(row, step, days, row["ended_at"] is not None, waking.asleep(waking.of_caregiver(row), now))
