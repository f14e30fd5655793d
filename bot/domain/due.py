"""What is due is opened: the check-in, the mark that this moment is done and the next one, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain import (
    anchors,
    due_rows,
    feasts,
    holding,
    material,
    new_check_ins,
    practice,
    schedule,
    standing_in,
    templates,
)
from bot.domain.checkins import View
from bot.domain.material import Material, Whose
from bot.domain.practice import Step
from bot.model import CheckInState, Kind, Preset
from bot.storage import checkins as stored
from bot.storage import home_steps, jobs, schedules, shifts, silence
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

AFTERWARDS = 3_600_000  # ms after an outage in which one prompt to a chat is enough


@dataclass(frozen=True, slots=True)
class Prompt:
    """A check-in that was opened and has to be shown. ``stale_at`` (ms): after it, better not at all."""

    view: View
    stale_at: int


@dataclass(frozen=True, slots=True)
class LessAsked:
    """Above a question: whether less would fit; or, with `stopped`, in its place: nothing is asked any more."""

    row: Row
    stopped: bool
    stale_at: int
    message: int  # made before the question's own, so that it is shown above it


@dataclass(slots=True)
class Opened:
    """What one pass of the tick did; ``more`` where as many again may be waiting."""

    prompts: list[Prompt] = field(default_factory=list)
    less: list[LessAsked] = field(default_factory=list)
    shifts: list[dict[str, int | str]] = field(default_factory=list)
    asked: holding.Asked = field(default_factory=holding.Asked)
    missed: int = 0
    digests: int = 0
    more: bool = False

    def add(self, later: Opened) -> None:
        """Another pass, made after this one."""
        self.prompts += later.prompts
        self.less += later.less
        self.asked += later.asked
        self.missed += later.missed
        self.digests += later.digests
        self.more = later.more


async def open_due(tx: Tx, now: int, most: int) -> Opened:
    """Open what is due: the check-in, the mark that this moment is done and the next one, in one transaction."""
    rows = await schedules.due_now(tx, now, most)
    opened = Opened(more=len(rows) == most)
    prompted = await _prompted_late(tx, rows, now)
    check_ins = []
    steps = await _steps(tx, rows)
    for row in rows:
        if row["template"] == schedule.DIGEST:
            opened.digests += await _wish_digest(tx, row, now)
        elif row["access_id"] is not None and row["joined_at"] is not None and row["preset"] != Preset.READ:
            template = templates.of(row["template"], row["template_version"] or 0, row["form"])
            shared = [] if row["preset"] == Preset.OWN else steps[row["child_id"]]
            step = new_check_ins.step_for(template, shared, row["local_date"])
            asked_with = await _material(tx, template, row, now)
            if (values := _check_in(row, now, opened, prompted, template, asked_with, step)) is not None:
                check_ins.append(values)
    await stored.add(tx, check_ins)
    await shifts.add(tx, opened.shifts)
    await _less_asked(tx, opened.less, now)
    await schedules.opened(tx, [_key(row) for row in rows])
    following = [(row, await _after(tx, row, now)) for row in rows]
    await schedules.plan(tx, [moment for _row, moment in following if moment])
    for row, moment in following:
        if row["ends_on"] is not None and row["ended_at"] is None and moment is None:
            await schedules.end(tx, row["schedule_id"], now)
    return opened


def _key(row: Row) -> dict[str, int | str]:
    return {"schedule": row["schedule_id"], "date": row["local_date"], "at_slot": row["slot"]}


async def _after(tx: Tx, row: Row, now: int) -> dict[str, int | str] | None:
    """The moment after this one; days slept through each get their row, so that each is accounted for."""
    if row["ended_at"] is not None or row["removed_at"] is not None:
        return None
    day_after = date.fromisoformat(row["local_date"]) + timedelta(days=1)
    if row["template"] == schedule.DIGEST:  # an old digest helps nobody
        return schedule.rule_of(row).next(max(row["due_at"], now), day_after)
    rule = (
        await schedule.anchored(tx, schedule.rule_of(row), row, now)
        if anchors.kind_of(row["days"])
        else schedule.rule_of(row)
    )
    return rule.next(row["due_at"], day_after)


async def _wish_digest(tx: Tx, row: Row, now: int) -> int:
    if row["kind"] != Kind.THERAPIST or row["removed_at"] is not None or row["stopped_at"] is not None:
        return 0
    if await standing_in.is_away(tx, row["person_id"], now):
        return 0  # who stands in has it
    key = f"digest:{row['person_id']}:{row['local_date']}"
    payload = {"local_date": row["local_date"], "due_at": row["due_at"]}
    await jobs.add(tx, schedule.DIGEST, row["person_id"], key, payload, now)
    return 1


async def _material(tx: Tx, template: templates.Template, row: Row, now: int) -> Material:
    whose = Whose(row["child_id"], row["person_id"], row["local_date"])
    return await material.gather(tx, template, whose, now)


async def _prompted_late(tx: Tx, rows: list[Row], now: int) -> set[int]:
    """The chats that were asked something else after this outage."""
    late = {row["account_id"] for row in rows if due_rows.is_late(row, now)} - {None}
    return {chat for chat in late if await stored.prompted_late(tx, chat, now - AFTERWARDS, due_rows.LATE)}


async def _less_asked(tx: Tx, less: list[LessAsked], now: int) -> None:
    """Each is asked once, and told once, for all of their children."""
    for one in less:
        await (silence.told if one.stopped else silence.asked)(tx, one.row["account_id"], now)


async def _steps(tx: Tx, rows: Sequence[Row]) -> dict[int, list[Step]]:
    """The home steps of the children that these rows are about."""
    children = list({row["child_id"]: None for row in rows if row["child_id"] is not None})
    found: dict[int, list[Step]] = defaultdict(list)
    for step in practice.read(await home_steps.of_children(tx, children)):
        found[step.child].append(step)
    return found


def _check_in(
    row: Row,
    now: int,
    opened: Opened,
    prompted: set[int],
    plain: templates.Template,
    asked_with: Material,
    step: Step | None,
) -> dict[str, int | str | None] | None:
    """None where there is nothing to ask: every question is about something that the child has none of."""
    if step is None and plain.family == practice.KEY:
        return None
    template = material.asked(plain, asked_with)
    state, reason = due_rows.held_or_asked(row, now, template, prompted, opened.asked)
    short = due_rows.short(row)
    asks = {**asked_with.known, **new_check_ins.facts(step, short=bool(short), turn=row["local_date"])}
    first = templates.next_question(template, {}, asks)
    if first is None:
        return None
    question = first if state == CheckInState.OPEN else None
    if reason == "silent" or (row["ask"] and state == CheckInState.OPEN):
        _ask_less(row, opened, due_rows.stale_at(row, due_rows.grace_ends(row, template)))
    values = new_check_ins.new_check_in(
        template,
        schedule=row["schedule_id"],
        child=row["child_id"],
        person=row["person_id"],
        local_date=row["local_date"],
        slot=row["slot"],
        due_at=row["due_at"],
        now=now,
        step=step,
        question=question,
        asked_with=asked_with,
        short=short,
        unusual=bool(row["away"] or due_rows.fasts(row)),
    )
    values |= {"state": state.value, "state_reason": reason}
    if state == CheckInState.OPEN:
        values["nudge_at"] = None if short else due_rows.halfway(row, int(values["closes_at"] or 0))
        view = _view(row, template, question, asks, values)
        opened.prompts.append(Prompt(view, due_rows.stale_at(row, due_rows.grace_ends(row, template))))
        if due_rows.is_late(row, now):
            prompted.add(row["account_id"])
    elif state == CheckInState.MISSED:
        opened.missed += 1
    _note_fast(row, int(values["id"] or 0), opened)
    return values


def _ask_less(row: Row, opened: Opened, stale_at: int) -> None:
    """Once for a chat, whatever number of children it cares for."""
    stopped = row["silent_at"] is not None
    said = stopped and row["silent_told_at"] is not None
    if not said and all(one.row["account_id"] != row["account_id"] for one in opened.less):
        opened.less.append(LessAsked(row, stopped, stale_at, new_id()))


def _note_fast(row: Row, check_in: int, opened: Opened) -> None:
    """That the month of fasting moved it, and from which hour."""
    day = date.fromisoformat(row["local_date"])
    if (
        feasts.fasting(day, row["fast"]) == row["slot"]
        and (planned := schedule.rule_of(row).planned_slot(day)) != row["slot"]
    ):
        opened.shifts.append({"check_in": check_in, "of_kind": "fast", "at_ms": row["due_at"], "from_slot": planned})


def _view(
    row: Row,
    template: templates.Template,
    question: templates.Question | None,
    asks: Mapping[str, str],
    values: Mapping[str, int | str | None],
) -> View:
    return View(
        id=int(values["id"] or 0),
        template=template,
        state=CheckInState.OPEN,
        question=question,
        answers={},
        child_name=row["child_name"],
        therapist=row["therapist_name"] or "",
        gender=row["gender"],
        language=row["language"],
        address=row["address"],
        local_date=row["local_date"],
        message=int(values["message"] or 0),
        chat=row["account_id"],
        step=str(values["step"]),
        facts=asks,
        timezone=row["timezone"],
        quiet_from=row["quiet_from"],
        quiet_until=row["quiet_until"],
        slot=row["slot"],
    )
