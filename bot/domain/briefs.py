"""Before a visit: a brief for the therapist in their hours, and for a caregiver who wants it what to raise.

What a caregiver sees is made by the same rules from their own entries, so the figures are those of the digest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain import digest_facts, digest_period, digests, meetings, practice, practice_reading, waking
from bot.domain.digest_facts import Family
from bot.domain.digest_material import Material
from bot.domain.digest_period import LATE_DAYS, Period
from bot.domain.flags import Rules
from bot.domain.practice import Step
from bot.domain.practice_reading import Practised
from bot.domain.waking import Hours
from bot.model import Account, Person
from bot.storage import briefs as stored
from bot.storage import home_steps, jobs, own_days
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

HOUR = 3_600_000
LOOK_AHEAD = 4 * 24 * HOUR  # a visit on Monday morning may have to be briefed on Friday
TOO_LATE = 10 * 60_000  # ms before the visit: what comes later is not read
MOST = 200
FOREVER = 2**62


@dataclass(frozen=True, slots=True)
class Mirror:
    """A caregiver's own view before a visit; ``row``: of `storage.briefs.of_caregivers`."""

    message: int
    row: Row
    family: Family
    stale_at: int


def comes_at(starts_at: int, hours: Hours, ahead: int) -> int:
    """So many ms before the visit; where they may not be reached then, as soon as they may; else the evening before."""
    wanted = starts_at - ahead
    if hours.reached(wanted):
        return wanted
    later = waking.awake(hours, wanted)
    return later if later <= starts_at - TOO_LATE else _before(hours, wanted)


def _before(hours: Hours, at: int) -> int:
    """The last full hour before that at which they may be reached; within the last days."""
    zone = ZoneInfo(hours.timezone)
    local = from_ms(at).astimezone(zone).replace(minute=0, second=0, microsecond=0)
    found = (int((local - timedelta(hours=back)).timestamp() * 1000) for back in range(LOOK_AHEAD // HOUR))
    return next((moment for moment in found if hours.reached(moment)), at)


async def next_moment(tx: Tx, now: int, ahead: int) -> int | None:
    """When the next one comes (ms), for a clock that can jump; None where none is to come."""
    therapists, caregivers = [
        await read(tx, now, FOREVER, MOST) for read in (stored.of_therapists, stored.of_caregivers)
    ]
    moments = [comes_at(row["starts_at"], waking.of_therapist(row), ahead) for row in therapists]
    moments += [comes_at(row["starts_at"], waking.of_caregiver(row), ahead) for row in caregivers]
    return min((at for at in moments if at > now), default=None)


async def wish(tx: Tx, now: int, ahead: int) -> int:
    """A job for every therapist whose brief comes now; returns how many."""
    count = 0
    for row in await stored.of_therapists(tx, now, now + LOOK_AHEAD, MOST):
        if comes_at(row["starts_at"], waking.of_therapist(row), ahead) > now:
            continue
        if not await stored.once(tx, row, None, now):  # what is sent is a digest, and kept as one
            continue
        today = digest_period.local_date(now, row["timezone"]).isoformat()
        wanted = {"local_date": today, "due_at": now, "why": digests.Why.VISIT.value, "child": row["child_id"]}
        key = f"brief:{row['person_id']}:{row['child_id']}:{row['starts_at']}"
        await jobs.add(tx, digests.KIND, row["person_id"], key, wanted | {"stale_at": row["starts_at"]}, now)
        count += 1
    return count


async def mirrors(tx: Tx, now: int, ahead: int, rules: Rules) -> list[Mirror]:
    """Caregivers who get theirs now, each once for a visit."""
    found = []
    for row in await stored.of_caregivers(tx, now, now + LOOK_AHEAD, MOST):
        hours = waking.of_caregiver(row)
        if comes_at(row["starts_at"], hours, ahead) > now or not hours.reached(now):
            continue
        message = new_id()
        if not await stored.once(tx, row, message, now):
            continue
        family = await own(tx, row["account_id"], row["child_id"], row["timezone"], now, rules)
        if family is not None:
            stale_at = min(row["starts_at"], waking.asleep(hours, now))
            found.append(Mirror(message, row, replace(family, visit_at=row["starts_at"]), stale_at))
    return found


async def own(tx: Tx, account: int, child: int, timezone: str, now: int, rules: Rules) -> Family | None:
    """The last seven days in the caregiver's own entries; None where they do not care for the child."""
    period = digest_period.before(digest_period.local_date(now, timezone), timezone, now)
    row = await own_days.child_row(tx, account, child, now)
    if row is None:
        return None
    return digest_facts.family(row, await _material(tx, account, child, period, rules), period, rules, now)


async def _material(tx: Tx, account: int, child: int, period: Period, rules: Rules) -> Material:
    now = period.until
    early = (period.first - timedelta(days=LATE_DAYS)).isoformat()
    usual_from = (period.today - timedelta(days=rules.days_back)).isoformat()
    found = Material(
        caregivers=await own_days.caregivers(tx, account, child, now),
        check_ins=await own_days.check_ins(tx, account, child, early, now),
        notes=await own_days.notes(tx, account, child, period.from_at, now),
        questions=await own_days.open_questions(tx, account, child, now),
        usual=await own_days.usual(tx, account, child, usual_from, now),
    )
    for answer in await own_days.answers(tx, account, child, early, now):
        found.answers.setdefault(answer["check_in_id"], {})[answer["question"]] = answer
    rows = await home_steps.own_of_child(tx, account, child, period.first.isoformat(), now)
    found.practised = [_practised(step, found) for step in practice.read(rows)]
    return found


def _practised(step: Step, found: Material) -> Practised:
    asked = [one for one in found.check_ins if one["home_step_id"] == step.id]
    logs = [practice_reading.log_of(one, practice_reading.values(found.answers.get(one["id"], {}))) for one in asked]
    return Practised(step, tuple(log for log in logs if log is not None), ())


async def next_visit(tx: Tx, account: Account, child: int, now: int) -> Row | None:
    """The next visit that this account was asked to come to, about that child."""
    return next((row for row in await meetings.agreed(tx, account, now) if row["child_id"] == child), None)


async def wants(tx: Tx, person: Person) -> bool:
    return await stored.wants(tx, person.id)


async def want(tx: Tx, person: Person, now: int, *, yes: bool) -> None:
    """From now on before each visit, or not any more."""
    await stored.want(tx, person.id, now, yes=yes)
