"""Reading a caseload: a handful of reads, whatever its size, and the facts of each child from its rows."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.domain import behaviour_reading, digest_facts, goal_ratings, goals, meetings, practice_reading
from bot.domain.digest_facts import Family
from bot.domain.digest_goals import Aims
from bot.domain.digest_material import Material
from bot.domain.digest_period import DAYS, LATE_DAYS, Period
from bot.domain.flags import Rules
from bot.domain.flags_memory import Told
from bot.storage import digests as stored
from bot.storage import raised
from bot.storage.database import Row, Tx

VISITS_WITHIN = 14 * 86_400_000  # ms


async def of_caseload(
    tx: Tx, therapist: int, period: Period, rules: Rules, child: int | None = None, made_at: int | None = None
) -> list[Family]:
    """The facts of every child that this therapist may treat now (or of one); in two dozen reads.

    ``made_at`` (ms) is when the digest was made that is being read; None: now.
    """
    children = await stored.children(tx, therapist, child, period.until)
    found = await _material(tx, therapist, period, rules, child, children)
    families = []
    for row in children:
        rows = found[row["id"]]
        families.append(digest_facts.family(row, rows, period, rules, period.until if made_at is None else made_at))
        await asyncio.sleep(0)  # a large caseload must not keep everyone else waiting
    return families


async def _material(
    tx: Tx, therapist: int, period: Period, rules: Rules, child: int | None, children: Sequence[Row]
) -> Mapping[int, Material]:
    now, from_at = period.until, period.from_at
    early = (period.first - timedelta(days=LATE_DAYS)).isoformat()
    usual_from = (period.today - timedelta(days=rules.days_back)).isoformat()
    found = {row["id"]: Material() for row in children}
    for row in await stored.caregivers(tx, therapist, child, now):
        found[row["child_id"]].caregivers.append(row)
    answers: dict[int, dict[str, Row]] = defaultdict(dict)
    for row in await stored.answers(tx, therapist, child, early, now):
        answers[row["check_in_id"]][row["question"]] = row
    for row in await stored.check_ins(tx, therapist, child, early, now):
        found[row["child_id"]].check_ins.append(row)
        if row["id"] in answers:
            found[row["child_id"]].answers[row["id"]] = answers[row["id"]]
    for listed, read in (
        ("usual", stored.usual(tx, therapist, child, usual_from, now)),
        ("notes", stored.notes(tx, therapist, child, from_at, now)),
        ("questions", stored.open_questions(tx, therapist, child, now)),
        ("alerts", stored.alerts(tx, therapist, child, from_at, now)),
        ("rests", stored.rests(tx, therapist, child, period.today.isoformat(), now)),
    ):
        for row in await read:
            getattr(found[row["child_id"]], listed).append(row)
    for row in await stored.replies(tx, therapist, child, now):
        found[row["child_id"]].replied[row["check_in_id"]] = row["at"]
    await _told_at_home(tx, therapist, period, date.fromisoformat(usual_from), child, found)
    await _aims(tx, therapist, child, now, found)
    await _remember(tx, therapist, now, found)
    return found


async def _told_at_home(
    tx: Tx, therapist: int, period: Period, usual_from: date, child: int | None, found: Mapping[int, Material]
) -> None:
    """Of practice as far back as is usual, of behaviours in these days and the seven before."""
    for practised in await practice_reading.of_caseload(tx, therapist, usual_from, period.until, child):
        if practised.step.child in found:
            found[practised.step.child].practised.append(practised)
    first = period.first - timedelta(days=DAYS)
    for recorded in await behaviour_reading.of_caseload(tx, therapist, first, period.until, child):
        if recorded.child in found:
            found[recorded.child].recorded = recorded


async def _aims(tx: Tx, therapist: int, child: int | None, now: int, found: Mapping[int, Material]) -> None:
    ratings = await goal_ratings.of_caseload(tx, therapist, child, now)
    beside = await goal_ratings.beside(tx, therapist, child, now)
    for child_id, of_child in (await goals.of_caseload(tx, therapist, child, now)).items():
        if child_id in found:
            found[child_id].aims = Aims(of_child, ratings, beside)


async def _remember(tx: Tx, therapist: int, now: int, found: Mapping[int, Material]) -> None:
    """What the therapist was told already, and when they meet each family next."""
    for row in await raised.of(tx, therapist):
        if row["child_id"] in found:
            found[row["child_id"]].told[row["key"]] = _told(row)
    for child_id, visit in (await meetings.next_of_each(tx, therapist, now, VISITS_WITHIN)).items():
        if child_id in found:
            found[child_id].visit_at = visit.starts_at


def _told(row: Row) -> Told:
    return Told(row["id"], row["told_at"], row["weight"], row["snoozed_until"], row["reason"], row["words"])
