"""One caregiver as a therapist arranges them: days with the child, how much may be sent, one more plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain import families, links, occurrences, schedule, templates
from bot.domain.families import Family, Seat
from bot.storage import seats as stored
from bot.storage.database import Row, Tx

PROMPTS, CONTENT = (1, 2, 3), (0, 1, 3, 5, 7)
EVENING = "19:30"
_DAY = timedelta(days=1)
# What a template is asked at first, until the therapist shapes it; a burst begins with what is asked each morning.
USUAL = {
    "pulse": occurrences.WEEK,
    "weekly": "6",
    "practice": occurrences.WEEK,
    "behaviour": "5",
    "milestone": "dates 1",
    "goals": "weeks 2 6",
    "visit": "visit 0",
    "basics": occurrences.WEEK,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """``rota`` is None where they are with the child every day; ``link`` where one was proposed or agreed."""

    family: Family
    seat: Seat
    rota: Row | None
    prompts_a_day: int
    content_a_week: int
    link: Row | None
    wished: int | None  # questions a day that are enough for them


async def shown(tx: Tx, therapist: int, person: int, now: int) -> Shown | None:
    """None where the caregiver is not of a child whom this therapist treats."""
    family = await families.of_seat(tx, therapist, person, now)
    seat = None if family is None else family.seat(person)
    if family is None or seat is None:
        return None
    rota = await stored.rota_of(tx, family.child["id"], person)
    link = await links.of_seat(tx, therapist, person, now)
    return Shown(family, seat, rota, *await stored.caps(tx, person), link, await stored.wished(tx, person))


async def set_days(tx: Tx, found: Shown, days: str, now: int) -> None:
    """The days on which the child is with them: weekdays, or `weeks 2 03` from this week on."""
    child, person = found.family.child["id"], found.seat.row["id"]
    if days == occurrences.WEEK:
        await stored.no_rota(tx, child, person)
        return
    today = date.fromisoformat(schedule.local_now(now, found.seat.row["timezone"])[0])
    monday = (today - today.weekday() * _DAY).isoformat()
    keeps = found.rota is not None and found.rota["days"].startswith("weeks") and days.startswith("weeks")
    await stored.put_rota(tx, child, person, days, found.rota["starts_on"] if found.rota and keeps else monday)


async def other_week(tx: Tx, found: Shown) -> None:
    """The alternating weeks begin with the other one."""
    if found.rota is not None:
        begins = date.fromisoformat(found.rota["starts_on"]) + 7 * _DAY
        child, person = found.family.child["id"], found.seat.row["id"]
        await stored.put_rota(tx, child, person, found.rota["days"], begins.isoformat())


async def cap(tx: Tx, found: Shown, *, prompts: int | None = None, content: int | None = None) -> bool:
    """False where that was not offered."""
    person = found.seat.row["id"]
    if prompts in PROMPTS:
        await stored.cap_prompts(tx, person, prompts)
        return True
    if content in CONTENT:
        await stored.cap_content(tx, person, content)
        return True
    return False


async def add_plan(tx: Tx, found: Shown, template: str, now: int) -> int | None:
    """One more plan, as it is usually asked; its hour is the one they have already. None where it is there."""
    plans = found.seat.plans
    if template not in templates.load() or any(one["template"] == template and not one["ends_on"] for one in plans):
        return None
    row = found.seat.row
    today = date.fromisoformat(schedule.local_now(now, row["timezone"])[0])
    time = plans[0]["time"] if plans else EVENING
    days = USUAL[template]
    joined = row["joined_at"] is not None
    return await schedule.add(
        tx, row["id"], found.family.child["id"], template, days, time, today + _DAY, now, active=joined
    )
