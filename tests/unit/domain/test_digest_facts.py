"""What counts in a digest, what does not, and who comes first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.domain import digest_needs, digest_sources, digests, templates
from bot.domain.digest_days import PULSE, SCALE, Caregiver, Mark
from bot.domain.digest_facts import Family, Step
from bot.domain.digest_sources import Noted, Sheet
from bot.domain.digests import Digest
from bot.domain.flags import Kind, Rules
from bot.model import Media
from bot.storage import schema
from tests.support.clinic import BERLIN, Clinic, Someone, empty_database, local

FRIDAY = date(2027, 3, 19)
MORNING = local(BERLIN, "2027-03-19 07:30")


@dataclass
class Room:
    clinic: Clinic
    dana: Someone
    mika: int
    ana: Someone

    async def families(self, now: int = MORNING) -> list[Family]:
        return await self.clinic.db.read(lambda tx: digests.caseload(tx, self.dana.id, FRIDAY, BERLIN, now, Rules()))

    async def family(self, now: int = MORNING) -> Family:
        return next(one for one in await self.families(now) if one.child == self.mika)

    async def her(self, now: int = MORNING) -> Caregiver:
        return next(one for one in (await self.family(now)).caregivers if one.id == self.ana.id)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with empty_database(tmp_path) as db:
        clinic = Clinic(db)
        dana = await clinic.therapist()
        mika = await clinic.child("Mika", dana)
        yield Room(clinic, dana, mika, await clinic.caregiver(mika, "Ana"))


def test_the_scale_is_the_librarys() -> None:
    assert templates.load()[PULSE].questions[0].choices == SCALE


async def test_seven_days_and_not_an_eighth(room: Room) -> None:
    for day in ("2027-03-11", "2027-03-12", "2027-03-18", "2027-03-19"):
        await room.clinic.check_in(room.ana, day, slot="06:00", at="06:05", day="good")
    ana = await room.her()
    assert (ana.answered, ana.asked, ana.n) == (2, 2, 2)


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        ("expired", (0, 1, 0)),
        ("skipped", (0, 1, 0)),
        ("excused", (0, 0, 1)),
        ("missed", (0, 0, 0)),
        ("due", (0, 0, 0)),
    ],
)
async def test_what_was_asked_and_what_was_not(room: Room, state: str, counts: tuple[int, int, int]) -> None:
    await room.clinic.check_in(room.ana, "2027-03-18", state)
    await room.clinic.note(room.ana, "2027-03-18 08:00", "A word")
    ana = await room.her()
    assert (ana.answered, ana.asked, ana.excused) == counts


async def test_an_open_one_is_unanswered_only_once_its_window_is_over(room: Room) -> None:
    await room.clinic.check_in(room.ana, "2027-03-17", day="ok")
    await room.clinic.check_in(room.ana, "2027-03-18", "open", slot="23:00")
    evening = local(BERLIN, "2027-03-19 02:59")
    assert ((await room.her(evening)).answered, (await room.her(evening)).asked) == (1, 1)
    assert ((await room.her()).answered, (await room.her()).asked) == (1, 2)


async def test_an_open_one_that_has_an_answer_counts(room: Room) -> None:
    await room.clinic.check_in(room.ana, "2027-03-18", "open", day="good")
    assert (await room.her()).answered == 1


async def test_a_skipped_question_is_no_answer(room: Room) -> None:
    await room.clinic.check_in(room.ana, "2027-03-18", "skipped", day=None, say=None)
    ana = await room.her()
    assert (ana.answered, ana.asked, ana.n) == (0, 1, 0)


async def test_two_on_one_day_are_one_day_and_the_answered_one_counts(room: Room) -> None:
    await room.clinic.check_in(room.ana, "2027-03-18", day="good")
    await room.clinic.check_in(room.ana, "2027-03-18", "excused", slot="10:00")
    ana = await room.her()
    assert (ana.answered, ana.asked, ana.excused, ana.n) == (1, 1, 0, 1)


async def test_a_corrected_answer_counts_once_and_keeps_what_it_was(room: Room) -> None:
    check_in = await room.clinic.check_in(room.ana, "2027-03-18", say=None)
    at = local(BERLIN, "2027-03-18 20:17")
    answer = await room.clinic.answer(check_in, room.ana, "day", "very_hard", at)
    await room.clinic.revision(answer_id=answer, value='"hard"', recorded_at=at - 1, replaced_at=at)
    family = await room.family()
    assert [(one.median, one.n, one.days[-1].revised) for one in family.caregivers] == [
        (("very_hard", "very_hard"), 1, True)
    ]
    entries = await room.clinic.db.read(lambda tx: digest_sources.of_child(tx, room.dana.id, room.mika, family.period))
    (sheet,) = entries
    assert isinstance(sheet, Sheet)
    assert [(one.value, [before.value for before in one.before]) for one in sheet.given] == [("very_hard", ["hard"])]


async def test_words_said_late_about_a_day_before_the_period_are_not_lost(room: Room) -> None:
    await room.clinic.check_in(
        room.ana, "2027-03-11", at="2027-03-12 09:00", late=True, day="hard", say=("It was loud.",)
    )
    family = await room.family()
    assert ([one.text for one in family.quotes], family.hard_days) == (["It was loud."], 0)
    assert [one.asked for one in family.caregivers] == [0]


async def test_an_open_question_is_shown_however_old(room: Room) -> None:
    await room.clinic.note(room.ana, "2027-01-18 21:05", "May he skip a week?", "question")
    family = await room.family()
    assert [(one.text, family.age(one)) for one in family.questions] == [("May he skip a week?", 60)]


async def test_the_home_step_and_the_reasons_are_counted(room: Room) -> None:
    for day, step, hard in (("15", "yes", ["tired"]), ("16", "a_little", ["tired", "sick"]), ("17", "not_today", [])):
        await room.clinic.check_in(room.ana, f"2027-03-{day}", day="hard", hard=hard, step=step)
    family = await room.family()
    assert (family.step, family.reasons) == (Step(1, 1, 3), (("tired", 2), ("sick", 1)))


async def test_one_missed_day_is_not_silence_two_are(room: Room) -> None:
    await room.clinic.check_in(room.ana, "2027-03-15", day="good")
    await room.clinic.check_in(room.ana, "2027-03-16", "expired")
    assert not (await room.her()).silent
    await room.clinic.check_in(room.ana, "2027-03-18", "expired")
    ana = await room.her()
    assert (ana.silent, ana.last_answer) == (True, date(2027, 3, 15))
    assert [day.mark for day in ana.days[-4:]] == [Mark.ANSWERED, Mark.NO_ANSWER, Mark.NOT_ASKED, Mark.NO_ANSWER]


async def test_the_most_urgent_comes_first_and_the_quiet_last(room: Room) -> None:
    clinic, people = room.clinic, {}
    for name in ("Quiet", "Steady", "Hard", "New", "Asking", "Asking longer", "Maybe", "Lost", "Urgent"):
        people[name] = await clinic.caregiver(await clinic.child(name, room.dana), f"of {name}")
    at = "2027-03-18 12:00"
    await clinic.check_in(people["Steady"], "2027-03-18", day="ok")
    await clinic.check_in(people["Hard"], "2027-03-18", day="hard")
    await clinic.note(people["New"], at, "A first step", "win")
    await clinic.note(people["Asking"], at, "Why?", "question")
    await clinic.note(people["Asking longer"], "2027-03-10 12:00", "When?", "question")
    await clinic.check_in(people["Maybe"], "2027-03-18", template="milestone", stopped="not_sure")
    await clinic.check_in(
        people["Lost"], "2027-03-18", template="milestone", did=("A tower",), stopped="yes", stopped_what=("Words",)
    )
    urgent = people["Urgent"]
    await clinic.put(
        schema.alert,
        child_id=urgent.child,
        person_id=urgent.id,
        press=1,
        source="prompt",
        at=local(BERLIN, at),
        false_alarm_at=1,
    )
    families = await room.families()
    names = [one.name for one in families]
    assert names[:-2] == ["Urgent", "Lost", "Maybe", "Asking longer", "Asking", "New", "Hard", "Steady"]
    assert set(names[-2:]) == {"Quiet", "Mika"}
    lost = families[1]
    assert [(one.certain, one.said and one.said.text) for one in lost.lost] == [(True, "Words")]
    assert [one.flag.kind for one in digest_needs.reasons(lost)] == [Kind.LOST_SKILL, Kind.NEW]
    assert families[0].alerts[0].false_alarm


async def test_only_who_treats_the_child_now_reads_of_it(room: Room) -> None:
    eli = await room.clinic.therapist("Eli")
    await room.clinic.note(room.ana, "2027-03-18 12:00", "A word")

    async def seen_by(therapist: Someone) -> list[str]:
        found = await room.clinic.db.read(
            lambda tx: digests.caseload(tx, therapist.id, FRIDAY, BERLIN, MORNING, Rules())
        )
        return [one.name for one in found]

    assert (await seen_by(room.dana), await seen_by(eli)) == (["Mika"], [])
    noor = await room.clinic.child("Noor")
    await room.clinic.grant(room.dana, noor, "treat", until=MORNING)
    await room.clinic.grant(room.ana, noor, "treat")
    assert await seen_by(room.dana) == ["Mika"]


async def test_a_quiet_family_keeps_its_last_words(room: Room) -> None:
    await room.clinic.note(room.ana, "2027-02-20 12:00", "He sang.")
    await room.clinic.check_in(room.ana, "2027-02-25", say=("Two words together!",), day="great")
    digest = Digest(1, room.dana.id, FRIDAY, BERLIN, (room.mika,), MORNING, digests.Why.DUE)
    page = await room.clinic.db.read(lambda tx: digests.page(tx, digest, room.mika, MORNING, Rules()))
    assert page is not None
    assert page.family.quiet
    assert page.earlier is not None
    assert (page.earlier.text, page.earlier.on) == ("Two words together!", date(2027, 2, 25))
    assert page.following is None


async def test_every_answer_and_note_has_its_source(room: Room) -> None:
    await room.clinic.check_in(room.ana, "2027-03-17", "expired")
    await room.clinic.check_in(room.ana, "2027-03-18", day="good", say=Media("voice", "f", 14))
    note = await room.clinic.note(room.ana, "2027-03-18 21:00", "New words")
    await room.clinic.revision(note_id=note, text="Old words", recorded_at=1, replaced_at=2)
    family = await room.family()
    entries = await room.clinic.db.read(lambda tx: digest_sources.of_child(tx, room.dana.id, room.mika, family.period))
    silent, sheet, noted = entries
    assert isinstance(silent, Sheet)
    assert isinstance(sheet, Sheet)
    assert isinstance(noted, Noted)
    assert (silent.state.value, silent.given, silent.by) == ("expired", (), room.ana.id)
    assert [one.question for one in sheet.given] == ["day", "say"]
    assert sheet.given[1].media == Media("voice", "f", 14)
    assert (noted.text, [one.text for one in noted.before]) == ("New words", ["Old words"])
