"""A family practises: a log of one step, what helps with what got in the way, a moment picked for tomorrow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.clock import to_ms
from bot.domain import checkins, home_steps, new_check_ins, occurrences, practice, schedule, templates, waking
from bot.domain.checkins import View
from bot.domain.nudging import Nudge
from bot.domain.practice import Step
from bot.model import CheckInState, May, Media
from bot.storage import bookings
from bot.storage import checkins as stored_check_ins
from bot.storage import home_steps as stored
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

USUAL = {
    "bath": "18:30",
    "car": "08:00",
    "meal": "18:00",
    "bedtime": "19:30",
    "play": "16:00",
    "dressing": "07:30",
    "other": "17:00",
}
DAY, HOUR = 86_400_000, 3_600_000
TOO_LATE = 2 * HOUR  # a reminder of a moment that has passed so long ago helps nobody
ASKED_FOR = 12 * HOUR  # how long the question of the next day stays open


@dataclass(frozen=True, slots=True)
class Known:
    """A step as a caregiver may see it. ``seat`` is a row with person_id, timezone and quiet hours."""

    step: Step
    how: str
    media: Media | None
    tips: Mapping[str, str]
    therapist: str
    child_name: str
    seat: Row

    @property
    def has_how(self) -> bool:
        return bool(self.how) or self.media is not None


@dataclass(frozen=True, slots=True)
class Booked:
    """``slot``: local HH:MM of tomorrow."""

    id: int
    slot: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A picked moment has come: show ``view``; ``left`` showed it before. ``stale_at`` (ms): after it, not at all."""

    view: View
    left: int | None
    stale_at: int


async def steps(tx: Tx, account: int, child: int, timezone: str, now: int) -> list[Step]:
    """What a family may tell of: the steps of now, those planned for today first."""
    today, _ = schedule.local_now(now, timezone)
    found = practice.read(await stored.own_of_child(tx, account, child, today, now))
    return sorted(found, key=lambda one: not one.planned_on(date.fromisoformat(today)))


async def known(tx: Tx, account: int, step: int, now: int, what: May = May.SEE) -> Known | None:
    """None where the step is not shared with this account; or, with May.BOTH, where they may not tell of it."""
    row = await stored.own(tx, account, step, now, what)
    if row is None:
        return None
    [found] = practice.read([{**row, "plan_from": None, "days": ""}])
    name, tips = row["therapist_name"] or "", await stored.tips(tx, step)
    return Known(found, row["how_text"], home_steps.media_of(row), tips, name, row["child_name"], row)


def as_seen(shown: home_steps.Shown, therapist: str) -> Known:
    """The same for its therapist, to look at."""
    return Known(shown.step, shown.how, shown.media, shown.tips, therapist, shown.child_name, {})


async def known_of(tx: Tx, account: int, check_in: int, now: int) -> Known | None:
    """The step that a check-in of this account asks about."""
    row = await stored_check_ins.load(tx, account, check_in, now)
    step = None if row is None else row["home_step_id"]
    return None if step is None else await known(tx, account, step, now)


async def of_child_of(tx: Tx, account: int, check_in: int, now: int) -> list[Known]:
    """The steps of now of the child that a check-in of this account is about."""
    row = await stored_check_ins.load(tx, account, check_in, now)
    found = [] if row is None else await steps(tx, account, row["child_id"], row["timezone"], now)
    return [one for step in found if (one := await known(tx, account, step.id, now)) is not None]


async def log(tx: Tx, account: int, step: int, now: int) -> tuple[View, int | None] | None:
    """The log of today for a step: the one that is still open, else a new one; and what showed it before."""
    found = await known(tx, account, step, now, May.BOTH)
    if found is None:
        return None
    today, clock = schedule.local_now(now, found.seat["timezone"])
    return await _log(tx, account, found.seat["person_id"], found.step, today, clock, now, now)


async def _log(
    tx: Tx, account: int, person: int, step: Step, local_date: str, slot: str, due_at: int, now: int
) -> tuple[View, int | None] | None:
    left, check_in = None, await _open_one(tx, person, step, local_date)
    if check_in is None:
        template = templates.find(practice.KEY)
        values = new_check_ins.new_check_in(
            template,
            schedule=None,
            child=step.child,
            person=person,
            local_date=local_date,
            slot=slot,
            due_at=due_at,
            now=now,
            step=step,
            question=template.questions[0],
        )
        await stored_check_ins.add(tx, [values])
        check_in = int(values["id"] or 0)
    else:
        before = await checkins.view(tx, account, check_in, now)
        left = None if before is None else before.message
        await stored_check_ins.shown_in(tx, check_in, new_id())
    view = await checkins.view(tx, account, check_in, now)
    return None if view is None else (view, left)


async def _open_one(tx: Tx, person: int, step: Step, local_date: str) -> int | None:
    rows = await bookings.told(tx, person, step.child, practice.KEY, local_date)
    return next((row["id"] for row in rows if row["home_step_id"] == step.id and row["state"] == "open"), None)


async def following(tx: Tx, account: int, view: View, now: int) -> Step | None:
    """The next step that was planned for today, and of which this caregiver has told nothing yet."""
    row = await stored_check_ins.load(tx, account, view.id, now)
    today, _ = schedule.local_now(now, view.timezone)
    if row is None or view.local_date != today:
        return None
    told = {
        one["home_step_id"] for one in await bookings.told(tx, row["person_id"], row["child_id"], practice.KEY, today)
    }
    found = practice.read(await stored.own_of_child(tx, account, row["child_id"], today, now))
    planned = practice.planned_on(found, date.fromisoformat(today))
    return next((one for one in planned if one.id not in told), None)


async def usual(tx: Tx, found: Known) -> str:
    """The hour to offer: the one that was picked last, else the routine's."""
    return await bookings.last_slot(tx, found.seat["person_id"], found.step.id) or USUAL[found.step.routine]


async def book(tx: Tx, found: Known, slot: str, now: int) -> Booked | None:
    """That hour of tomorrow, also in the quiet hours: it was picked. None where tomorrow has no such minute."""
    zone = ZoneInfo(found.seat["timezone"])
    tomorrow = date.fromisoformat(schedule.local_now(now, zone.key)[0]) + timedelta(days=1)
    due_at = occurrences.due_instant(tomorrow, slot, zone)
    if due_at is None:
        return None
    person, step = found.seat["person_id"], found.step.id
    return Booked(await bookings.book(tx, person, step, tomorrow.isoformat(), slot, to_ms(due_at), now), slot)


async def known_of_booking(tx: Tx, account: int, booking: int, now: int) -> tuple[Known, Booked] | None:
    """A moment that is still to come, with its step."""
    row = await bookings.own(tx, account, booking)
    found = None if row is None else await known(tx, account, row["home_step_id"], now)
    return None if row is None or found is None else (found, Booked(booking, row["slot"]))


async def unbook(tx: Tx, account: int, booking: int) -> bool:
    return await bookings.unbook(tx, account, booking)


async def due(tx: Tx, now: int) -> list[Moment]:
    """The moments that have come. Each is a log to tap on; it stays open and is asked about once more, a day later."""
    found = [await _moment(tx, row, now) for row in await bookings.due(tx, now) if now < row["due_at"] + TOO_LATE]
    return [one for one in found if one is not None]


async def _moment(tx: Tx, row: Row, now: int) -> Moment | None:
    account = row["account_id"]
    found = await known(tx, account, row["home_step_id"], now)
    told = await bookings.told(tx, row["person_id"], row["child_id"], practice.KEY, row["local_date"])
    mine = [one for one in told if one["home_step_id"] == row["home_step_id"]]
    if found is None or any(one["state"] != CheckInState.OPEN for one in mine):
        return None
    opened = await _log(tx, account, row["person_id"], found.step, row["local_date"], row["slot"], row["due_at"], now)
    if opened is None:
        return None
    view, left = opened
    ask_at = waking.awake(waking.of_caregiver(row), row["due_at"] + DAY)
    closes_at = max(view.closes_at, min(view.late_until, ask_at + ASKED_FOR))
    await bookings.stays_open(tx, view.id, closes_at, ask_at, Nudge.ASK.value)
    quiet = waking.in_quiet(row["slot"], row["quiet_from"], row["quiet_until"])
    stale_at = row["due_at"] + TOO_LATE
    return Moment(view, left, stale_at if quiet else min(stale_at, waking.asleep(waking.of_caregiver(row), now)))
