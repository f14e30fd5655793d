"""A therapist shapes what a caregiver is asked: rhythm, hour, two weeks of mornings. Nothing without the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain import families, forms, occurrences, schedule, templates, waking
from bot.storage import planning, seats
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

AHEAD = 5  # moments that are shown
MORNING = "08:00"
FIRST = "pulse"  # what another plan may follow
SETTLED = 120_000  # ms without a further tap, then the caregiver is told: once, not with every tap
MOST = 500
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Usual:
    """How often something is asked unless somebody wishes otherwise. ``lasts``: days, 0 for ever."""

    days: str
    time: str
    lasts: int = 0


USUAL = {
    "pulse": Usual(occurrences.WEEK, "19:30"),
    "weekly": Usual("4", "18:30"),
    "practice": Usual(occurrences.WEEK, "19:00"),
    "behaviour": Usual("5", "18:00"),
    "milestone": Usual("dates 1", "18:00"),
    "goals": Usual("weeks 2 6", "18:00"),
    "visit": Usual("visit 0", "19:30"),
    "basics": Usual(occurrences.WEEK, MORNING, 14),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One plan (a row of `storage.planning.mine`) and its next moments in ms."""

    row: Row
    moments: tuple[int, ...]
    may_burst: bool
    may_end: bool = True

    @property
    def is_burst(self) -> bool:
        return self.row["ends_on"] is not None


@dataclass(frozen=True, slots=True)
class Offer:
    """What could be asked as well. ``name`` where it is not the library's."""

    key: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A caregiver who is to be told in the logical message ``message``.

    ``at`` is the next question's moment, None where none is to come; in ms.
    """

    row: Row
    at: int | None
    message: int
    stale_at: int


async def shown(tx: Tx, therapist: int, schedule_id: int, now: int) -> Shown | None:
    """None where it is not of a child whom this therapist treats."""
    row = await planning.mine(tx, therapist, schedule_id, now)
    if row is None:
        return None
    joined = row["joined_at"] is not None
    moments = await schedule.coming(tx, schedule_id, now, AHEAD) if joined else []
    every = [one for one in await schedule.of_person(tx, row["person_id"]) if one["child_id"] == row["child_id"]]
    beside = any(_beside(row, one) for one in every)
    others = any(one["id"] != row["id"] and one["ends_on"] is None for one in every)
    may_end = row["ends_on"] is not None or others
    return Shown(row, tuple(moments), joined and row["ends_on"] is None and not beside, may_end)


def _beside(row: Row, other: Row) -> bool:
    same = (other["child_id"], other["template"]) == (row["child_id"], row["template"])
    return same and other["ends_on"] is not None


async def change(
    tx: Tx, therapist: int, schedule_id: int, now: int, *, days: str | None = None, time: str | None = None
) -> bool:
    """Another rhythm, another hour or window. False where it is not theirs."""
    row = await planning.mine(tx, therapist, schedule_id, now)
    if row is None:
        return False
    if (days or row["days"], time or row["time"]) != (row["days"], row["time"]):
        await families.set_plan(tx, row, now, time=time, days=days)
        await _tell(tx, row, now)
    return True


async def start_over(tx: Tx, therapist: int, schedule_id: int, now: int) -> bool:
    """Every day again. The hour stays: the caregiver may have chosen it."""
    return await change(tx, therapist, schedule_id, now, days=occurrences.WEEK)


async def burst(tx: Tx, therapist: int, schedule_id: int, weeks: int, now: int) -> int | None:
    """Mornings for a week or two, beside the plan that is there and goes on. Returns the new plan's id."""
    found = await shown(tx, therapist, schedule_id, now)
    if found is None or not found.may_burst:
        return None
    row = found.row
    today, clock = schedule.local_now(now, row["timezone"])
    first = date.fromisoformat(today) + (_DAY if clock >= MORNING else timedelta())
    last = (first + (weeks * 7 - 1) * _DAY).isoformat()
    added = await schedule.add(
        tx, row["person_id"], row["child_id"], row["template"], occurrences.WEEK, MORNING, first, now
    )
    await planning.ends(tx, added, last)
    await _make_room(tx, row["person_id"])
    await _tell(tx, {**row, "id": added}, now)
    return added


async def _make_room(tx: Tx, person: int) -> None:
    """Whoever adds mornings means two questions a day."""
    most, _ = await seats.caps(tx, person)
    await seats.cap_prompts(tx, person, max(most, 2))


async def turn_follow(tx: Tx, therapist: int, schedule_id: int, now: int) -> bool:
    """Right after the daily question, or at its own hour again. False where it is not theirs, or is that question."""
    row = await planning.mine(tx, therapist, schedule_id, now)
    if row is None or row["template"] == FIRST:
        return False
    await planning.follow(tx, schedule_id, "" if row["follows_key"] else FIRST)
    daily = next((one for one in await schedule.of_person(tx, row["person_id"]) if one["template"] == FIRST), None)
    if daily is not None and not row["follows_key"]:
        await families.set_plan(tx, row, now, time=daily["time"])
    return True


async def end(tx: Tx, therapist: int, schedule_id: int, now: int) -> bool:
    """What was to end anyway, or what is not all that is asked: a pause is how a family is asked nothing."""
    found = await shown(tx, therapist, schedule_id, now)
    if found is None or not found.may_end:
        return False
    row = found.row
    await schedule.end(tx, schedule_id, now)
    await _tell(tx, row, now)
    return True


async def offered(tx: Tx, therapist: int, schedule_id: int, now: int) -> list[Offer] | None:
    """What this caregiver is not asked about the child yet: the library's and the therapist's own."""
    row = await planning.mine(tx, therapist, schedule_id, now)
    if row is None:
        return None
    every = await schedule.of_person(tx, row["person_id"])
    asked = {one["template"] for one in every if one["child_id"] == row["child_id"]}
    known = [Offer(key) for key in templates.KEYS if key in templates.load()]
    known += [Offer(one.template.key, one.name) for one in await forms.usable(tx, therapist) if one.newest]
    return [one for one in known if one.key not in asked]


async def add(tx: Tx, therapist: int, schedule_id: int, key: str, now: int) -> int | None:
    """Ask that as well, from tomorrow on, as often as it is usual. Returns the new plan's id."""
    known = await offered(tx, therapist, schedule_id, now)
    row = await planning.mine(tx, therapist, schedule_id, now)
    if row is None or key not in [one.key for one in known or ()]:
        return None
    usual = USUAL.get((await forms.newest(tx, key)).family, USUAL["pulse"])
    today, _ = schedule.local_now(now, row["timezone"])
    first, joined = date.fromisoformat(today) + _DAY, row["joined_at"] is not None
    whose = (row["person_id"], row["child_id"], key)
    added = await schedule.add(tx, *whose, usual.days, usual.time, first, now, active=joined)
    if usual.lasts:
        await planning.ends(tx, added, (first + (usual.lasts - 1) * _DAY).isoformat())
        await _make_room(tx, row["person_id"])
    await _tell(tx, {**row, "id": added}, now)
    return added


async def _tell(tx: Tx, row: Row, now: int) -> None:
    """After the last tap; who has not joined sees the plan when joining."""
    if row["joined_at"] is not None:
        await planning.tell(tx, row["id"], waking.awake(waking.of_caregiver(row), now + SETTLED))


async def to_tell(tx: Tx, now: int) -> tuple[list[Told], bool]:
    """Who is to be told now, each once; who sleeps is told on waking. And whether as many again may be waiting."""
    await _tell_again(tx, now)
    rows = await planning.untold(tx, now, MOST)
    told = [one for row in rows if (one := await _told(tx, row, now))]
    more = len(rows) == MOST
    if not more:
        await planning.nobody_to_tell(tx, now)
    return told, more


async def _told(tx: Tx, row: Row, now: int) -> Told | None:
    hours = waking.of_caregiver(row)
    if not hours.reached(now):
        await planning.tell(tx, row["id"], waking.awake(hours, now))
        return None
    message = new_id()
    await planning.told(tx, row["id"], message)
    return Told(row, await schedule.next_moment(tx, row["id"]), message, waking.asleep(hours, now))


async def _tell_again(tx: Tx, now: int) -> None:
    """Whom the message did not reach before their quiet hours began."""
    for row in await planning.stale(tx):
        await planning.tell(tx, row["id"], waking.awake(waking.of_caregiver(row), now))
    await planning.arrived(tx)
