"""When something is asked. The table is the schedule: one waiting row for each, and a tick that asks what is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.clock import from_ms, to_ms
from bot.domain import (
    anchors,
    feasts,
    holding,
    material,
    occurrences,
    practice,
    rhythms,
    templates,
    waking,
    weekends,
)
from bot.domain.checkins import BUSY, View
from bot.domain.material import Material, Whose
from bot.domain.practice import Step
from bot.model import CheckInState, Kind
from bot.storage import checkins as stored
from bot.storage import home_steps, jobs, schedules, shifts, silence
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

DIGEST = "digest"
FASTING = 2  # beside BUSY: why a check-in is short
LATE = 600_000  # ms: a prompt that opens so long after its hour does so after an outage
AFTERWARDS = 3_600_000  # ms after an outage in which one prompt to a chat is enough

in_quiet = waking.in_quiet


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


@dataclass(frozen=True, slots=True)
class Rule:
    """When a schedule asks. ``days`` is a rhythm, ``time`` a local HH:MM or a window HH:MM-HH:MM.

    ``weekend`` and ``fast`` are its person's, as they are stored.
    """

    schedule: int
    days: str
    time: str
    starts_on: date
    ends_on: date | None
    timezone: str
    weekend: str = ""
    fast: str = ""
    anchors: tuple[date, ...] = ()  # dates that the rhythm hangs on

    def next(self, after: int, not_before: date) -> dict[str, int | str] | None:
        """The row of the first moment after ``after`` (ms), none before a local date; None where none is to come."""
        rhythm = rhythms.read(weekends.resolved(self.days, self.weekend, self.timezone), self.starts_on, self.anchors)
        if self.ends_on is not None:
            rhythm = replace(rhythm, last=min(self.ends_on, rhythm.last or self.ends_on))
        begin = max(not_before, self.starts_on)
        found = occurrences.next_of(rhythm, self._slot, ZoneInfo(self.timezone), from_ms(after), begin)
        if found is None:
            return None
        local, slot, due_at = found
        return {"schedule": self.schedule, "local_date": local.isoformat(), "slot": slot, "due_at": to_ms(due_at)}

    def _slot(self, day: date) -> str:
        return max(self.planned_slot(day), feasts.fasting(day, self.fast))

    def planned_slot(self, day: date) -> str:
        """The slot of that date in a month like any other."""
        return occurrences.slot_within(self.time, f"{self.schedule} {day}")


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


async def add(
    tx: Tx,
    person_id: int,
    child_id: int | None,
    template: str,
    days: str,
    time: str,
    starts_on: date,
    now: int,
    *,
    active: bool = True,
) -> int:
    """A new schedule, with its first moment planned; `active=False` waits for `start`. Returns its id."""
    schedule_id = await schedules.add(tx, person_id, child_id, template, days, time, starts_on.isoformat(), now)
    if active:
        row = await schedules.one(tx, schedule_id)
        assert row is not None  # noqa: S101 - stored just now
        await _plan(tx, await _anchored(tx, _rule(row), row, now), now, starts_on)
    return schedule_id


async def start(tx: Tx, person_id: int, timezone: str, now: int) -> None:
    """The person has joined: everything of theirs begins on the next local day."""
    tomorrow = from_ms(now).astimezone(ZoneInfo(timezone)).date() + timedelta(days=1)
    for row in await schedules.of_person(tx, person_id):
        await schedules.change(tx, row["id"], row["days"], row["time"], tomorrow.isoformat())
        rule = replace(_rule(row), starts_on=tomorrow, timezone=timezone)
        await _plan(tx, await _anchored(tx, rule, row, now), now, tomorrow)


async def change(
    tx: Tx, schedule_id: int, *, now: int, days: str | None = None, time: str | None = None, timezone: str | None = None
) -> int | None:
    """Other days, another hour, another zone: planned anew, never a second time on a date that was asked already.

    A rhythm that counts (every third day) is counted from the first date it can be asked on, when it is new and when
    its next date would be lost. Returns the next moment in milliseconds, None where there is none to come.
    """
    row = await schedules.one(tx, schedule_id)
    if row is None:
        return None
    rule = replace(_rule(row), days=days or row["days"], time=time or row["time"], timezone=timezone or row["timezone"])
    rule = await _anchored(tx, rule, row, now)
    not_before = await _first_free(tx, rule)
    planned = await schedules.planned(tx, schedule_id)
    if _uncounted(rule.days) is not None:
        following = rule.next(now, not_before)
        lost = planned is not None and (following is None or str(following["local_date"]) > planned["local_date"])
        if days is not None or lost:
            rule = _counted_anew(rule, now, not_before)
    await schedules.change(tx, schedule_id, rule.days, rule.time, rule.starts_on.isoformat())
    await schedules.unplan(tx, schedule_id)
    return await _plan(tx, rule, now, not_before)


async def _first_free(tx: Tx, rule: Rule) -> date:
    """The first local date that may be asked on: not before the first day, and after what was asked already."""
    last = await schedules.last_opened(tx, rule.schedule)
    return max(rule.starts_on, date.fromisoformat(last) + timedelta(days=1)) if last else rule.starts_on


def _counted_anew(rule: Rule, now: int, not_before: date) -> Rule:
    """Its first date is the next on which it can be asked at all."""
    moment = replace(rule, days=_uncounted(rule.days) or rule.days).next(now, not_before)
    return rule if moment is None else replace(rule, starts_on=date.fromisoformat(str(moment["local_date"])))


def _uncounted(days: str) -> str | None:
    """The weekdays among which a rhythm counts from its first day on; None for one that does not count."""
    kind, *words = days.split()
    return {"every": occurrences.WEEK, "weeks": words[-1] if words else ""}.get(kind)


async def coming(tx: Tx, schedule_id: int, now: int, most: int, begin: date = date.min) -> list[int]:
    """The next moments in milliseconds, at most so many, none before the local date ``begin``."""
    row = await schedules.one(tx, schedule_id)
    if row is None or row["ended_at"] is not None:
        return []
    rule = await _anchored(tx, _rule(row), row, now)
    after, not_before = now, max(begin, await _first_free(tx, rule))
    found: list[int] = []
    while len(found) < most and (moment := rule.next(after, not_before)) is not None:
        after = int(moment["due_at"])
        not_before = date.fromisoformat(str(moment["local_date"])) + timedelta(days=1)
        found.append(after)
    return found


async def rezone(tx: Tx, person_id: int, timezone: str, now: int) -> None:
    """The person lives by another clock now."""
    for row in await schedules.of_person(tx, person_id):
        await change(tx, row["id"], timezone=timezone, now=now)


async def of_person(tx: Tx, person_id: int) -> list[Row]:
    return await schedules.of_person(tx, person_id)


async def end(tx: Tx, schedule_id: int, now: int) -> None:
    await schedules.end(tx, schedule_id, now)


async def next_moment(tx: Tx, schedule_id: int) -> int | None:
    row = await schedules.planned(tx, schedule_id)
    return None if row is None else int(row["due_at"])


async def plan_after(tx: Tx, row: Row, timezone: str, after: int, not_before: date) -> None:
    """Plan the next moment of that schedule, none before a local date."""
    rule = await _anchored(tx, replace(_rule(row), timezone=timezone), row, after)
    await _plan(tx, rule, after, not_before)


async def anchor_moved(tx: Tx, child: int, kind: str, now: int) -> None:
    """A visit was agreed, moved or called off, or a birth month set: plans that hang on it are planned anew."""
    for row in await schedules.of_child(tx, child):
        if anchors.kind_of(row["days"]) == kind and row["joined_at"] is not None:
            await change(tx, row["id"], now=now)


async def _anchored(tx: Tx, rule: Rule, row: Row, now: int) -> Rule:
    """With the dates that it hangs on, where it does."""
    return replace(rule, anchors=await anchors.of(tx, row, rule.days, rule.timezone, now))


async def _plan(tx: Tx, rule: Rule, after: int, not_before: date) -> int | None:
    moment = rule.next(after, not_before)
    if moment is None:
        return None
    await schedules.plan(tx, [moment])
    return int(moment["due_at"])


def _rule(row: Row) -> Rule:
    """Of a row of a schedule, joined with its person's zone."""
    ends_on = date.fromisoformat(row["ends_on"]) if row["ends_on"] else None
    starts_on = date.fromisoformat(row["starts_on"])
    where = (row["timezone"], row["weekend"], row["fast"])
    return Rule(row["schedule_id"], row["days"], row["time"], starts_on, ends_on, *where)


async def open_due(tx: Tx, now: int, most: int) -> Opened:
    """Open what is due: the check-in, the mark that this moment is done and the next one, in one transaction."""
    rows = await schedules.due_now(tx, now, most)
    opened = Opened(more=len(rows) == most)
    prompted = await _prompted_late(tx, rows, now)
    check_ins = []
    steps = await _steps(tx, rows)
    for row in rows:
        if row["template"] == DIGEST:
            opened.digests += await _wish_digest(tx, row, now)
        elif row["access_id"] is not None and row["joined_at"] is not None:
            template = templates.of(row["template"], row["template_version"] or 0, row["form"])
            step = step_for(template, steps[row["child_id"]], row["local_date"])
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
    if row["template"] == DIGEST:  # an old digest helps nobody
        return _rule(row).next(max(row["due_at"], now), day_after)
    rule = await _anchored(tx, _rule(row), row, now) if anchors.kind_of(row["days"]) else _rule(row)
    return rule.next(row["due_at"], day_after)


async def _wish_digest(tx: Tx, row: Row, now: int) -> int:
    if row["kind"] != Kind.THERAPIST or row["removed_at"] is not None or row["stopped_at"] is not None:
        return 0
    key = f"digest:{row['person_id']}:{row['local_date']}"
    payload = {"local_date": row["local_date"], "due_at": row["due_at"]}
    await jobs.add(tx, DIGEST, row["person_id"], key, payload, now)
    return 1


async def _material(tx: Tx, template: templates.Template, row: Row, now: int) -> Material:
    whose = Whose(row["child_id"], row["person_id"], row["local_date"])
    return await material.gather(tx, template, whose, now)


async def _prompted_late(tx: Tx, rows: list[Row], now: int) -> set[int]:
    """The chats that were asked something else after this outage."""
    late = {row["account_id"] for row in rows if _is_late(row, now)} - {None}
    return {chat for chat in late if await stored.prompted_late(tx, chat, now - AFTERWARDS, LATE)}


def _is_late(row: Row, now: int) -> bool:
    return bool(now - row["due_at"] > LATE)


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


def step_for(template: templates.Template, steps: Sequence[Step], local_date: str) -> Step | None:
    """The one to ask about: of several for that day the practice log begins with the first, else they take turns."""
    day = date.fromisoformat(local_date)
    if template.family == practice.KEY:
        return next(iter(practice.planned_on(steps, day)), None)
    asks = any(one.needs == "home_step" for one in template.questions)
    return practice.turn_of(steps, day) if asks else None


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
    state, reason = _held_or_asked(row, now, template, prompted, opened)
    short = _short(row)
    asks = {**asked_with.known, **facts(step, short=bool(short), turn=row["local_date"])}
    first = templates.next_question(template, {}, asks)
    if first is None:
        return None
    question = first if state == CheckInState.OPEN else None
    if reason == "silent" or (row["ask"] and state == CheckInState.OPEN):
        _ask_less(row, opened, _stale_at(row, _grace_ends(row, template)))
    values = new_check_in(
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
        unusual=bool(row["away"] or _fasts(row)),
    )
    values |= {"state": state.value, "state_reason": reason}
    if state == CheckInState.OPEN:
        values["nudge_at"] = None if short else _halfway(row, int(values["closes_at"] or 0))
        view = _view(row, template, question, asks, values)
        opened.prompts.append(Prompt(view, _stale_at(row, _grace_ends(row, template))))
        if _is_late(row, now):
            prompted.add(row["account_id"])
    elif state == CheckInState.MISSED:
        opened.missed += 1
    _note_fast(row, int(values["id"] or 0), opened)
    return values


def _short(row: Row) -> int:
    """Whether one question is enough, and why."""
    if row["rest"] == "busy":
        return BUSY
    return FASTING if _fasts(row) else 0


def _fasts(row: Row) -> bool:
    return bool(feasts.fasting(date.fromisoformat(row["local_date"]), row["fast"]))


def _ask_less(row: Row, opened: Opened, stale_at: int) -> None:
    """Once for a chat, whatever number of children it cares for."""
    stopped = row["silent_at"] is not None
    said = stopped and row["silent_told_at"] is not None
    if not said and all(one.row["account_id"] != row["account_id"] for one in opened.less):
        opened.less.append(LessAsked(row, stopped, stale_at, new_id()))


def _note_fast(row: Row, check_in: int, opened: Opened) -> None:
    """That the month of fasting moved it, and from which hour."""
    day = date.fromisoformat(row["local_date"])
    if feasts.fasting(day, row["fast"]) == row["slot"] and (planned := _rule(row).planned_slot(day)) != row["slot"]:
        opened.shifts.append({"check_in": check_in, "of_kind": "fast", "at_ms": row["due_at"], "from_slot": planned})


def _halfway(row: Row, closes_at: int) -> int | None:
    """The moment of the reminder: the middle of what lies before the quiet hours. None where it lies in them."""
    chosen = in_quiet(row["slot"], row["quiet_from"], row["quiet_until"])
    ends = closes_at if chosen else _stale_at(row, closes_at)
    moment = int(row["due_at"] + (ends - row["due_at"]) // 2)
    return None if in_quiet(_clock(moment, row["timezone"]), row["quiet_from"], row["quiet_until"]) else moment


@lru_cache(maxsize=1024)  # an evening's families share a few moments
def _clock(moment: int, timezone: str) -> str:
    return local_now(moment, timezone)[1]


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


def _state(row: Row, now: int, template: templates.Template, prompted: set[int]) -> tuple[CheckInState, str]:
    resting = _resting(row)
    if resting:
        return CheckInState.EXCUSED, resting
    if row["blocked_at"] is not None:
        return CheckInState.MISSED, "blocked"
    if _stale_at(row, _grace_ends(row, template)) <= now or (_is_late(row, now) and row["account_id"] in prompted):
        return CheckInState.MISSED, "outage"
    if row["silent_at"] is not None:
        return CheckInState.EXCUSED, "silent"
    return CheckInState.OPEN, ""


def _held_or_asked(
    row: Row, now: int, template: templates.Template, prompted: set[int], opened: Opened
) -> tuple[CheckInState, str]:
    """What the plan itself holds back comes before and after everything else that may keep it from being asked."""
    if reason := holding.elsewhere(row):
        return CheckInState.EXCUSED, reason
    state, reason = _state(row, now, template, prompted)
    if state == CheckInState.OPEN and (held := holding.back(row, opened.asked)):
        return CheckInState.EXCUSED, held
    if state == CheckInState.OPEN and row["follows_key"] and not row["followed"]:
        return CheckInState.DUE, ""
    return state, reason


def _resting(row: Row) -> str:
    """Why nothing is asked on that date, whatever else happens; "" where it is a day like any other."""
    if row["stopped_at"] is not None:
        return "stopped"
    if row["rest"] in ("pause", "ill"):
        return str(row["rest"])
    holiday = row["rest"] == "school" or feasts.on(date.fromisoformat(row["local_date"]), row["feasts"])
    return "holiday" if holiday else ""


def _grace_ends(row: Row, template: templates.Template) -> int:
    """So long it is still worth asking (ms)."""
    return int(row["due_at"]) + (template.grace_minutes or template.window_minutes) * 60_000


def facts(step: Step | None, *, short: bool = False, turn: str = "") -> dict[str, str]:
    """What the questions of a template may need to know. ``turn`` is the local date of the check-in."""
    known = {"home_step": step.text if step else "", templates.SHORT: "1" if short else "", templates.TURN: turn}
    return {key: value for key, value in known.items() if value}


def new_check_in(
    template: templates.Template,
    *,
    schedule: int | None,
    child: int,
    person: int,
    local_date: str,
    slot: str,
    due_at: int,
    now: int,
    step: Step | None,
    question: templates.Question | None,
    asked_with: Material = material.NOTHING,
    short: int = 0,
    unusual: bool = False,
) -> dict[str, int | str | None]:
    """The row of a check-in that asks `question` first."""
    closes_at = due_at + template.window_minutes * 60_000
    return {
        "id": new_id(),
        "schedule": schedule,
        "child": child,
        "person": person,
        "template": template.key,
        "template_version": template.version,
        "local_date": local_date,
        "slot": slot,
        "due_at": due_at,
        "closes_at": closes_at,
        "late_until": due_at + template.late_minutes * 60_000,
        "state": CheckInState.OPEN.value,
        "state_reason": "",
        "question": question.key if question else "",
        "awaits_words": int(question is not None and question.type == "words"),
        "asked_at": now,
        "message": new_id(),
        "step": step.text if step else "",
        "home_step": step.id if step else None,
        "material": material.write(asked_with),
        "short": short,
        "unusual": int(unusual),
        "nudge_at": None,
        "nudge": "reminder",
        "created_at": now,
    }


def _stale_at(row: Row, closes_at: int) -> int:
    """A prompt that could not go out in time never slides into the quiet hours.

    An hour that was chosen in them is not quiet, and for a while it is still that hour.
    """
    if in_quiet(row["slot"], row["quiet_from"], row["quiet_until"]):
        return int(min(closes_at, row["due_at"] + waking.CHOSEN))
    quiet = _quiet_at(row["local_date"], row["slot"], row["quiet_from"], row["timezone"])
    return closes_at if quiet is None else min(closes_at, quiet)


@lru_cache(maxsize=1024)
def _quiet_at(local_date: str, slot: str, quiet_from: str, timezone: str) -> int | None:
    """When the quiet hours after that slot begin, in ms."""
    quiet_day = date.fromisoformat(local_date) + timedelta(days=int(quiet_from < slot))
    quiet = occurrences.due_instant(quiet_day, quiet_from, ZoneInfo(timezone))
    return None if quiet is None else to_ms(quiet)


def local_now(now: int, timezone: str) -> tuple[str, str]:
    """The local date and HH:MM of a moment."""
    local = datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(timezone))
    return local.date().isoformat(), local.strftime("%H:%M")
