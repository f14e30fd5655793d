"""A report and a digest that are read over the same days say the same, whatever happened in them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain import digest_period, digest_reading, exporting, report_facts
from bot.domain.digest_days import SCALE, Mark
from bot.domain.flags import Rules
from bot.domain.report_span import Span
from bot.storage import schema
from tests.support.clinic import BERLIN, Clinic, Someone, empty_database, local

TODAY = date(2027, 3, 19)
NOW = local(BERLIN, "2027-03-19 07:30")
STATES = (
    *(("done", ""),) * 6,
    ("open", ""),
    ("due", ""),
    ("missed", "outage"),
    ("expired", "no_answer"),
    ("skipped", "said_skip"),
    ("excused", "not_with_child"),
    ("excused", "busy"),
)


async def _lives(clinic: Clinic, who: Someone, luck: random.Random) -> None:
    """Two weeks, some days asked twice, some answers late, revised or without a word for the day."""
    for back in range(14):
        day = (TODAY - timedelta(days=back)).isoformat()
        for slot in ("10:00", "19:30")[: luck.choice((0, 1, 1, 2))]:
            state, reason = luck.choice(STATES)
            answers = {}
            if state == "done":
                value = luck.choice((*SCALE, None))
                answers["day"] = value
                if value in SCALE[:2]:
                    answers["hard"] = luck.sample(["tired", "sick", "noise"], luck.randint(1, 3))
                if luck.random() < 0.6:
                    answers["step"] = luck.choice(["yes", "a_little", "not_today"])
            late = luck.random() < 0.2
            check_in = await clinic.check_in(
                who, day, state, slot=slot, reason=reason, late=late, at="06:00", **answers
            )
            if answers.get("day") and luck.random() < 0.2:
                rows = await clinic.db.read(
                    lambda tx: tx.rows(schema.answer.select().where(schema.answer.c.check_in_id == check_in))  # noqa: B023
                )
                moments = {"recorded_at": NOW - 5000, "replaced_at": NOW - 4000}
                await clinic.revision(answer_id=rows[0]["id"], value='"ok"', **moments)


@pytest.mark.parametrize("seed", range(6))
async def test_the_reports_figures_are_the_digests(tmp_path: Path, seed: int) -> None:
    luck = random.Random(seed)
    async with empty_database(tmp_path) as db:
        clinic = Clinic(db)
        dana = await clinic.therapist()
        mika = await clinic.child("Mika", dana)
        for name in ("Ana", "Tom"):
            await _lives(clinic, await clinic.caregiver(mika, name), luck)
        period = digest_period.before(TODAY, BERLIN, NOW)
        [family] = await db.read(lambda tx: digest_reading.of_caseload(tx, dana.id, period, Rules()))
        document = await db.read(lambda tx: exporting.one_child(tx, mika, NOW))
    facts = report_facts.of(document, Span(period.first, period.last, BERLIN), NOW)
    report = {one.id: one for one in facts.caregivers}
    assert [one.id for one in family.caregivers] == [
        one.id for one in facts.caregivers if one.asked or one.count(Mark.EXCUSED) or one.count(Mark.RESTED)
    ]
    for one in family.caregivers:
        same = report[one.id]
        assert (same.days, same.summary) == (one.days, one.summary)
        assert (same.answered, same.asked, len(same.late)) == (one.answered, one.asked, one.late)
    assert (facts.hard_days, facts.reasons, facts.step) == (family.hard_days, family.reasons, family.step)
