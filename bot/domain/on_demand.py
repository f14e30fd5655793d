"""A check-in that the parent begins: today's, opened early or brought back; else a new one."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain import checkins, feasts, forms, material, new_check_ins, practice, schedule, templates
from bot.domain.checkins import View
from bot.domain.material import Whose
from bot.model import CheckInState, May, Right
from bot.storage import checkins as stored
from bot.storage import home_steps, people, schedules, seats
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id


async def open_now(
    tx: Tx, account: int, child: int, template: str, now: int, *, at: int | None = None
) -> tuple[View, int | None] | None:
    """The check-in to show in a new message, and the logical message that showed it before.

    None where this account may not answer for that child, or there is nothing to ask. What was planned for today
    counts as asked and is not sent. ``at`` (ms): a moment of today that it is about, where that is not now.
    """
    seat = next((p for c, p in await people.children_of(tx, account, Right.CARE, now, May.GIVE) if c.id == child), None)
    if seat is None:
        return None
    plans = [] if at is not None else await schedules.of_person(tx, seat)
    plan = next((one for one in plans if one["template"] == template), None)
    today, _ = schedule.local_now(now, await _zone(tx, seat, account))
    row = await stored.on_date(tx, account, child, template, today, now) if template == "pulse" else None
    if row is not None:
        return await _again(tx, account, row, now)
    check_in = await _new(tx, account, seat, child, template, plan, now, now if at is None else at)
    view = None if check_in is None else await checkins.view(tx, account, check_in, now)
    return None if view is None else (view, None)


async def open_at(
    tx: Tx, account: int, child: int, template: str, question: str, now: int
) -> tuple[View, int | None] | None:
    """The same, beginning with that question; those before it are not asked."""
    opened = await open_now(tx, account, child, template, now)
    if opened is None:
        return None
    asked = checkins.question_of(templates.load()[template], question)
    await stored.move(tx, opened[0].id, question, awaits_words=asked.type == "words", at=now)
    view = await checkins.view(tx, account, opened[0].id, now)
    return None if view is None else (view, opened[1])


async def _zone(tx: Tx, seat: int, account: int) -> str:
    found = await people.load_account(tx, account)
    return next(p.timezone for p in (found.people if found else ()) if p.id == seat)


async def _again(tx: Tx, account: int, row: Row, now: int) -> tuple[View, int | None] | None:
    """Show it anew at the bottom of the chat; one that is excused or never answered is asked again."""
    await stored.shown_in(tx, row["id"], new_id())
    if row["state"] in (CheckInState.EXCUSED, CheckInState.EXPIRED, CheckInState.SKIPPED):
        await checkins.reopen(tx, account, row["id"], now)
    view = await checkins.view(tx, account, row["id"], now)
    return None if view is None else (view, row["message_id"])


async def _new(
    tx: Tx, account: int, seat: int, child: int, template: str, plan: Row | None, now: int, at: int
) -> int | None:
    zone = await _zone(tx, seat, account)
    today, slot = schedule.local_now(at, zone)
    kind = await forms.newest(tx, template)
    step = new_check_ins.step_for(kind, practice.read(await home_steps.for_seat(tx, seat, child, now)), today)
    asked_with = await material.gather(tx, kind, Whose(child, seat, today), now)
    asks = {**asked_with.known, **new_check_ins.facts(step, turn=today)}
    question = templates.next_question(material.asked(kind, asked_with), {}, asks)
    if question is None:
        return None
    of_plan, slot, due_at = (None, slot, at) if plan is None else await _as_planned(tx, plan, today, slot, at, zone)
    away, fast = await seats.nights(tx, seat)
    values = new_check_ins.new_check_in(
        kind,
        schedule=of_plan,
        child=child,
        person=seat,
        local_date=today,
        slot=slot,
        due_at=due_at,
        now=now,
        step=step,
        question=question,
        asked_with=asked_with,
        unusual=away or bool(feasts.fasting(date.fromisoformat(today), fast)),
    )
    await stored.add(tx, [values])
    return int(values["id"] or 0)


async def _as_planned(tx: Tx, plan: Row, today: str, slot: str, at: int, zone: str) -> tuple[int | None, str, int]:
    """The plan, the slot and when it is due: what is planned for today is this one. What the plan missed in this very
    minute stands as missed, and this one is of no plan.
    """
    planned = await schedules.planned(tx, plan["id"])
    if planned is not None and planned["local_date"] == today:
        await _take_over(tx, plan, planned, zone)
        return plan["id"], planned["slot"], planned["due_at"]
    missed = await stored.has_moment(tx, plan["id"], today, slot)
    return None if missed else plan["id"], slot, at


async def _take_over(tx: Tx, plan: Row, planned: Row, zone: str) -> None:
    """The planned prompt is this check-in: it will not be sent, and the next one is planned."""
    key = {"schedule": plan["id"], "date": planned["local_date"], "at_slot": planned["slot"]}
    await schedules.opened(tx, [key])
    tomorrow = date.fromisoformat(planned["local_date"]) + timedelta(days=1)
    await schedule.plan_after(tx, plan, zone, planned["due_at"], tomorrow)
