"""The two weeks of two families, put into the tables: the facts of the four digests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.domain import digest_needs, digests
from bot.domain.digest_days import Caregiver, Mark
from bot.domain.digest_facts import Family
from bot.domain.flags import Change, Kind, Rules, Silence
from bot.domain.flags_memory import Show
from bot.model import Media
from bot.storage.database import Tx
from tests.support.clinic import BERLIN, NEW_YORK, Clinic, Someone, empty_database, local


@dataclass
class Story:
    clinic: Clinic
    dana: Someone

    async def on(self, day: str) -> dict[str, Family]:
        """The digest of that morning, by child, in its order."""
        now = local(BERLIN, f"{day} 07:30")
        families = await self.clinic.db.read(
            lambda tx: digests.caseload(tx, self.dana.id, date.fromisoformat(day), BERLIN, now, Rules())
        )
        return {one.name: one for one in families}


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with empty_database(tmp_path) as db:
        clinic = Clinic(db)
        dana = await clinic.therapist()
        mika, noor = await clinic.child("Mika", dana), await clinic.child("Noor", dana)
        await _mika(clinic, mika)
        await _noor(clinic, noor)
        yield Story(clinic, dana)


async def _mika(clinic: Clinic, mika: int) -> None:
    ana = await clinic.caregiver(mika, "Ana")
    tom = await clinic.caregiver(mika, "Tom", "father", NEW_YORK)
    plain = {"15": "good", "16": "ok", "17": "good", "18": "good", "19": "ok", "20": "good", "21": "good", "22": "good"}
    for day, value in plain.items():
        say = ("He asked for the red cup with words.",) if day == "15" else None
        await clinic.check_in(ana, f"2027-03-{day}", day=value, say=say)
    await clinic.note(
        ana, "2027-03-18 21:05", "Grandma asks: should we stop the picture cards at her house?", "question"
    )
    await clinic.check_in(ana, "2027-03-23", day="ok", say=None)
    await clinic.check_in(
        ana, "2027-03-24", day="hard", hard=["tired", "change_of_plan"], say=("No nap at kindergarten.",)
    )
    corrected = await clinic.check_in(ana, "2027-03-25", hard=["tired"], say=("Screamed for an hour before bed.",))
    now = local(BERLIN, "2027-03-25 20:17")
    answer = await clinic.answer(corrected, ana, "day", "very_hard", now)
    await clinic.revision(answer_id=answer, value='"hard"', recorded_at=now - 120_000, replaced_at=now)
    await clinic.check_in(ana, "2027-03-26", day="ok", say=("The first-then card helped at bath.",))
    await clinic.check_in(ana, "2027-03-27", at="2027-03-28 08:20", late=True, day="hard", hard=["sick"], say=None)
    await clinic.check_in(ana, "2027-03-28", day="ok", say=None)
    weekend = {"slot": "10:00", "at": "10:12"}
    await clinic.check_in(tom, "2027-03-20", **weekend, day="great", well=("We sang in the car",), say=None)
    await clinic.note(tom, "2027-03-20 10:20", "first time on the swing", media=Media("photo", "swing"))
    await clinic.check_in(tom, "2027-03-21", "expired", slot="10:00")
    await clinic.check_in(tom, "2027-03-27", "excused", slot="10:00", reason="not_with_child")
    await clinic.check_in(tom, "2027-03-28", **weekend, day="good", say=None)


async def _noor(clinic: Clinic, noor: int) -> None:
    sami = await clinic.caregiver(noor, "Sami", "father")
    at = {"slot": "20:15", "at": "20:30"}
    await clinic.check_in(sami, "2027-03-15", **at, day="ok", say=None)
    await clinic.check_in(sami, "2027-03-17", **at, day="good", say=Media("voice", "fourteen", 14))
    await clinic.check_in(sami, "2027-03-19", **at, day="ok", say=None)
    await clinic.check_in(sami, "2027-03-21", **at, day="great", well=("Two words together!",), say=None)
    await clinic.check_in(
        sami,
        "2027-03-21",
        at="20:30",
        template="milestone",
        did=("Noor said 'more juice'",),
        often="first_time",
        help="none",
        where="home",
        share="yes",
        stopped="no",
    )
    for day in ("22", "24", "26", "28"):
        await clinic.check_in(sami, f"2027-03-{day}", "expired", slot="20:15")


def _of(family: Family, name: str) -> Caregiver:
    return next(one for one in family.caregivers if family.names[one.id] == name)


def _counts(one: Caregiver) -> tuple[int, int, tuple[str, str] | None, int]:
    return one.answered, one.asked, one.median, one.n


async def test_19_march(story: Story) -> None:
    families = await story.on("2027-03-19")
    assert list(families) == ["Mika", "Noor"]
    mika, noor = families["Mika"], families["Noor"]
    assert (mika.period.first, mika.period.last) == (date(2027, 3, 12), date(2027, 3, 18))
    assert _counts(_of(mika, "Ana")) == (4, 4, ("good", "good"), 4)
    assert [(mika.age(one), one.text) for one in mika.questions] == [
        (1, "Grandma asks: should we stop the picture cards at her house?")
    ]
    assert [one.text for one in mika.quotes] == ["He asked for the red cup with words."]
    assert _counts(_of(noor, "Sami")) == (2, 2, ("ok", "good"), 2)
    assert [one.media for one in noor.media] == [Media("voice", "fourteen", 14)]
    assert [mika.names[one.id] for one in mika.caregivers] == ["Ana"]  # Tom has not been asked yet


async def test_22_march(story: Story) -> None:
    families = await story.on("2027-03-22")
    mika, noor = families["Mika"], families["Noor"]
    assert _counts(_of(mika, "Ana")) == (7, 7, ("good", "good"), 7)
    assert _counts(_of(mika, "Tom")) == (1, 2, ("great", "great"), 1)
    assert not _of(mika, "Tom").silent
    assert [mika.age(one) for one in mika.questions] == [4]
    assert [(one.media, one.text) for one in mika.media] == [(Media("photo", "swing"), "first time on the swing")]
    assert [(win.said.text, win.often, win.help, win.where) for win in noor.wins] == [
        ("Noor said 'more juice'", "first_time", "none", "home")
    ]
    assert _counts(_of(noor, "Sami")) == (4, 4, ("ok", "good"), 4)
    assert digests.opening(noor) == noor.wins[0].said


async def test_26_march(story: Story) -> None:
    families = await story.on("2027-03-26")
    mika, noor = families["Mika"], families["Noor"]
    ana, sami = _of(mika, "Ana"), _of(noor, "Sami")
    assert _counts(ana) == (7, 7, ("ok", "ok"), 7)
    assert [(day.value, day.revised) for day in ana.days][-1] == ("very_hard", True)
    assert mika.reasons == (("tired", 2), ("change_of_plan", 1))
    assert _counts(sami)[:2] == (2, 4)
    assert (sami.silent, sami.last_answer) == (True, date(2027, 3, 21))
    assert [one.flag.kind for one in digest_needs.reasons(mika)] == [Kind.FALL, Kind.QUESTION]


async def test_29_march(story: Story) -> None:
    families = await story.on("2027-03-29")
    mika, noor = families["Mika"], families["Noor"]
    ana, tom, sami = _of(mika, "Ana"), _of(mika, "Tom"), _of(noor, "Sami")
    assert _counts(ana) == (7, 7, ("ok", "ok"), 7)
    assert [day.on for day in ana.days if day.late] == [date(2027, 3, 27)]
    assert (*_counts(tom)[:2], tom.excused) == (1, 1, 1)
    assert _counts(sami) == (0, 4, None, 0)
    assert (sami.silent, sami.last_answer, noor.quiet) == (True, date(2027, 3, 21), False)
    assert [day.mark for day in sami.days].count(Mark.NO_ANSWER) == 4
    (quiet,) = noor.shown(Show.FRESH)
    assert (quiet.kind, quiet.figures) == (Kind.GONE_QUIET, Silence(4, 4, 4, date(2027, 3, 21), date(2027, 3, 28)))
    assert Kind.FALL not in [one.kind for one in mika.shown(Show.FRESH)]


async def test_27_march_a_sharp_fall(story: Story) -> None:
    """The three newest of twelve answers against the nine before; and Sami, who has missed three by then."""
    families = await story.on("2027-03-27")
    assert list(families) == ["Mika", "Noor"]
    fall, *_ = families["Mika"].shown(Show.FRESH)
    assert (fall.kind, families["Mika"].names[fall.by], fall.subject) == (Kind.FALL, "Ana", "pulse.day")
    assert fall.figures == Change(("hard", "very_hard", "ok"), ("hard", "hard"), ("good", "good"), ("ok", "ok"), 9)
    assert [one.kind for one in families["Noor"].shown(Show.FRESH)] == [Kind.GONE_QUIET, Kind.NEW]


async def test_what_was_told_on_friday_is_marked_on_saturday_and_not_pushed_again(story: Story) -> None:
    friday, saturday = (local(BERLIN, f"2027-03-{day} 07:30") for day in (26, 27))
    on = date(2027, 3, 26)

    async def told(tx: Tx) -> None:
        families = await digests.caseload(tx, story.dana.id, on, BERLIN, friday, Rules())
        await digests.keep(tx, story.dana.id, on, families, 1, friday)

    await story.clinic.db.write(told)
    mika = (await story.on("2027-03-27"))["Mika"]
    assert Kind.FALL not in [one.flag.kind for one in digest_needs.reasons(mika)]
    assert [one.flag.kind for one in digest_needs.reasons(mika, again=True)] == [Kind.FALL, Kind.QUESTION]
    assert [one.told.at for one in mika.raised if one.told is not None] == [friday, friday]
    assert saturday > friday
