"""What counts in a digest, what does not, and who comes first."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain import (
    briefs,
    digest_needs,
    digest_sources,
    digests,
    exporting,
    leaving,
    report_facts,
    reporting,
    templates,
)
from bot.domain.digest_days import PULSE, SCALE, Caregiver, Mark
from bot.domain.digest_facts import Family, Step
from bot.domain.digest_sources import Noted, Sheet
from bot.domain.digests import Digest, Page
from bot.domain.flags import Apart, Critique, Kind, Load, Rules, Silence, Stuck
from bot.domain.flags_memory import Show
from bot.domain.practice import Adherence
from bot.domain.report_span import Span
from bot.model import Media
from bot.storage import schema
from bot.text.catalogue import Catalogue
from bot.text.screens import digest_family
from bot.text.screens import report as report_screens
from tests.support.clinic import BERLIN, EARLY, Clinic, Someone, empty_database, local

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


@pytest.mark.parametrize(
    ("spoken", "quiet"),
    [
        ("", True),
        ("goals 2027-03-16", True),  # and missed one since
        ("goals 2027-03-17", False),
        ("note 2027-03-17 18:30", False),
        ("note 2027-03-16 18:30", True),
    ],
)
async def test_whoever_speaks_again_is_not_called_quiet(room: Room, spoken: str, quiet: bool) -> None:
    """The days before stay unanswered; it would be wrong to say that there are no answers."""
    for day in ("10", "12", "13"):
        await room.clinic.check_in(room.ana, f"2027-03-{day}", day="ok")
    for day in ("14", "15", "17"):
        await room.clinic.check_in(room.ana, f"2027-03-{day}", "expired", reason="no_answer")
    kind, _, when = spoken.partition(" ")
    if kind == "goals":
        await room.clinic.check_in(room.ana, when, template="goals", close_1=5)
    elif kind:
        await room.clinic.note(room.ana, when, "We are back.")
    mika = await room.family()
    flags = [one.figures for one in mika.shown(Show.FRESH) if isinstance(one.figures, Silence)]
    since = date.fromisoformat((when or "2027-03-13")[:10])
    assert [(one.since, one.missed, one.answered) for one in flags] == ([(since, 3, 3)] if quiet else [])
    assert (await room.her()).silent is quiet


@pytest.mark.parametrize(
    ("reason", "rested"), [("pause", 1), ("answered_by_other", 1), ("cap", 0), ("not_followed", 0)]
)
async def test_a_day_with_another_question_is_a_gap_and_no_rest(room: Room, reason: str, rested: int) -> None:
    await room.clinic.check_in(room.ana, "2027-03-17", "excused", reason=reason)
    await room.clinic.note(room.ana, "2027-03-18 08:00", "A word")
    assert ((await room.her()).rested, (await room.her()).asked) == (rested, 0)


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


async def test_a_weekly_review_and_a_word_after_a_visit_stand_where_they_are_looked_for(room: Room) -> None:
    clinic, ana = room.clinic, room.ana
    said = {"well": ("First-then card at bath.",), "change": ("The car is too noisy.",), "question": ("Why?",)}
    await clinic.check_in(ana, "2027-03-16", template="weekly", you="very_stretched", call="yes", **said)
    await clinic.check_in(ana, "2027-03-17", template="visit", heard="no", talk="no", differently=("Slower.",))
    mika = await room.family()
    told = (mika.working, mika.adjust, mika.questions, mika.quotes)
    assert [[one.text for one in words] for words in told] == [
        ["First-then card at bath."],
        ["Slower.", "The car is too noisy."],
        ["Why?"],
        [],
    ]
    flags = {one.kind: one.figures for one in mika.shown(Show.FRESH)}
    assert list(flags) == [Kind.STRETCHED, Kind.FEEDBACK, Kind.QUESTION]
    assert flags[Kind.STRETCHED] == Load(date(2027, 3, 16), stretched=True, call=True)
    assert flags[Kind.FEEDBACK] == Critique(date(2027, 3, 17), ("heard",), words=True)
    assert digests.opening(mika) == mika.working[0]
    lines = _lines(mika)
    assert lines[2:5] == [
        "🟠 Very stretched, and would like a call. Ana, 16 March.",
        "🟠 After the visit, Ana, 17 March: no to Felt heard, words on what to do differently.",
        "❓ Question, 3 days old. Ana: “Why?”",
    ]
    assert lines[-3:] == [
        "👍 Working: “First-then card at bath.” Ana, 16 March",
        "🔧 To adjust: “Slower.” Ana, 17 March; “The car is too noisy.” Ana, 16 March",
        "💬 Open with: “First-then card at bath.”, then how the family holds up.",
    ]


async def test_taps_alone_are_no_silence_and_stand_with_their_n(room: Room) -> None:
    """A weekly review, mornings and a visit without a word: what is private reaches the therapist as a flag."""
    clinic, ana = room.clinic, room.ana
    weekly = await clinic.check_in(ana, "2027-03-16", template="weekly", week="harder", helped=["step_1", "breathing"])
    lists = {"strategies": [["step_1", "pictures at bath"], ["breathing", ""]]}
    await clinic.db.write(
        lambda tx: tx.run(_KNOWING, {"made": weekly, "material": json.dumps({"lists": lists, "facts": {}})})
    )
    assert not (await room.family()).quiet
    ate = json.dumps({"lists": {}, "facts": {"last:eating": json.dumps("much_less")}})
    for day in ("2027-03-17", "2027-03-18"):
        given = {"sleep": "bad", "eating": "much_less", "feelings": "could_not", "sick": "no"}
        made = await clinic.check_in(ana, day, template="basics", slot="07:00", at="07:05", **given)
        if day.endswith("18"):
            await clinic.db.write(lambda tx, made=made: tx.run(_KNOWING, {"made": made, "material": ate}))  # type: ignore[misc]
    for day in ("2027-02-15", "2027-02-22", "2027-03-01"):
        await clinic.check_in(ana, day, template="visit", heard="yes", know="yes")
    await clinic.check_in(ana, "2027-03-15", template="visit", heard="mostly", know="no", talk="yes")
    mika = await room.family()
    lines = _lines(mika)
    assert lines[1:] == [
        "🟠 After the visit, Ana, 15 March: no to Know what to do at home, would like to talk.",
        "🟠 Much less eaten, two days running. Ana, 18 March. The family was asked to call a doctor.",
        "🔵 Big feelings that could not calm, 2 days. Ana, the last on 18 March.",
        "👍 Working: helped, says Ana: pictures at bath 1, Breathing 1 (n = 1)",
        "🗓 The week: 🙁 Harder (Ana, 16 March).",
        "After the visit: Felt heard “Mostly”, usual “Yes”, n = 3 (Ana, 15 March).",
        "🌙 Ana: Sleep 🙁 Bad (n = 2), Eating Much less (n = 2), could not calm 2 of 2.",
    ]


async def test_how_a_caregiver_is_reaches_the_therapist_and_no_other_caregiver(room: Room) -> None:
    """Fault 49: of two who care for one child, linked or not, the other's private answer stands nowhere."""
    clinic = room.clinic
    ben = await clinic.caregiver(room.mika, "Ben", "father")
    answers = {"week": "harder", "you": "very_stretched", "call": "yes"}
    await clinic.check_in(room.ana, "2027-03-16", template="weekly", **answers)
    await clinic.check_in(ben, "2027-03-16", template="weekly", week="same", you="ok")
    [load] = (await room.family()).shown(Show.FRESH)
    assert (load.kind, load.by) == (Kind.STRETCHED, room.ana.id)
    own = await clinic.db.read(lambda tx: leaving.own(tx, ben.id, MORNING))
    mirror = await clinic.db.read(lambda tx: briefs.own(tx, ben.account, room.mika, BERLIN, MORNING, Rules()))
    report = await clinic.db.read(lambda tx: reporting.material(tx, ben.id, room.mika, "4", MORNING))
    assert own is not None
    assert mirror is not None
    assert report is not None
    assert [one.by for one in mirror.reviews.weekly] == [ben.id]
    for seen in (repr(own), repr(mirror), repr(report)):
        assert "'same'" in seen
        assert "very_stretched" not in seen
        assert "Ana" not in seen
    dana = await clinic.db.read(lambda tx: reporting.material(tx, room.dana.id, room.mika, "4", MORNING))
    assert dana is not None
    assert "stretched" not in repr(report_screens.paper(Catalogue.load().voice("en"), dana, ""))


async def test_what_lies_ahead_within_two_weeks(room: Room) -> None:
    async def rests(kind: str, first: str, last: str) -> None:
        await room.clinic.put(
            schema.rest, person_id=room.ana.id, kind=kind, from_date=first, until_date=last, created_at=MORNING
        )

    await rests("school", "2027-03-29", "2027-04-09")
    await rests("busy", "2027-03-17", "2027-03-21")
    await rests("pause", "2027-03-10", "2027-03-18")  # over
    await rests("school", "2027-04-05", "2027-04-09")  # too far off
    ahead = [(one.kind, one.first, one.last) for one in (await room.family()).coming]
    assert ahead == [
        ("busy", date(2027, 3, 17), date(2027, 3, 21)),
        ("school", date(2027, 3, 29), date(2027, 4, 9)),
    ]


async def test_copies_of_a_therapists_own_count_as_what_they_were_copied_from(room: Room) -> None:
    for number, family in ((1, "pulse"), (2, "milestone")):
        own = templates.load()[family].model_copy(update={"key": f"own_{number}", "based_on": family})
        form = await room.clinic.put(schema.form, template_key=own.key, newest=1, created_at=EARLY)
        body = own.model_dump_json(exclude_defaults=True)
        version = {"form_id": form, "version": 1, "template_key": own.key, "published_at": EARLY}
        await room.clinic.put(schema.form_version, **version, body=body)
    for day, value in (("15", "good"), ("16", "ok"), ("17", "hard")):
        await room.clinic.check_in(room.ana, f"2027-03-{day}", template="own_1", day=value, hard=["tired"])
    did = {"did": ("A tower",), "often": "every_full_moon", "help": "none", "stopped": "yes"}
    await room.clinic.check_in(room.ana, "2027-03-18", template="own_2", **did)
    mika = await room.family()
    [ana] = mika.caregivers
    assert (ana.answered, ana.asked, ana.median, ana.too_few) == (3, 3, ("ok", "ok"), True)
    assert [(one.often, one.help) for one in mika.wins] == [("", "none")]
    assert [one.certain for one in mika.lost] == [True]
    assert mika.reasons == (("tired", 3),)
    document = await room.clinic.db.read(lambda tx: exporting.one_child(tx, room.mika, MORNING))
    assert document is not None
    figures = report_facts.of(document, Span(date(2027, 3, 1), FRIDAY, BERLIN), MORNING)
    assert [(one.answered, one.summary and one.summary.n) for one in figures.caregivers] == [(3, 3)]
    assert (figures.reasons, [one.kind for one in figures.words]) == ((("tired", 3),), ["win"])


async def test_home_practice_counts_planned_days_and_says_what_is_stuck(room: Room) -> None:
    """Pictures at bath time from Monday to Friday: of the five planned days four were told of."""
    clinic, ana = room.clinic, room.ana
    step = await clinic.put(
        schema.home_step, child_id=room.mika, text="pictures at bath", from_date="2027-03-01", created_at=EARLY
    )
    await clinic.put(schema.home_step_plan, home_step_id=step, from_date="2027-03-01", days="01234")
    for day, answers in {
        "2027-03-12": {"done": "yes", "help": "lots"},
        "2027-03-13": {"done": "yes", "help": "some"},  # a Saturday
        "2027-03-15": {"done": "yes", "help": "some"},
        "2027-03-16": {"done": "a_little", "help": "some"},
        "2027-03-17": {"done": "no", "barrier": ["not_sure_how", "no_time"]},
    }.items():
        made = await clinic.check_in(ana, day, template="practice", **answers)
        await clinic.db.write(lambda tx, made=made: tx.run(_OF_STEP, {"made": made, "step": step}))  # type: ignore[misc]
    mika = await room.family()
    [told] = mika.practice
    assert told.days == Adherence(planned=5, done=2, little=1, n=4, out=0, extra=1)
    assert told.help is not None
    assert (told.help.median, told.help.n, told.help.trend) == (("some", "some"), 4, None)
    assert told.barriers == (("no_time", 1), ("not_sure_how", 1))
    [stuck] = [one for one in mika.shown(Show.FRESH) if one.kind is Kind.STUCK]
    assert stuck.figures == Stuck("not_sure_how", 1, 7)
    assert not mika.quiet
    lines = "\n".join(_lines(mika))
    assert (
        "🏠 pictures at bath: 2 of 5 planned days, a little on 1, no word of 1, 1 day more than planned, "
        "usually with some help (n = 4).\n🔧 To adjust: in the way: No time 1, Not sure how 1" in lines
    )


async def test_goals_each_pair_of_eyes_alone_and_what_to_talk_about(room: Room) -> None:
    """Fault 49 on the therapist's side: nothing is averaged; a gap and a doubt are topics."""
    clinic, ana = room.clinic, room.ana
    ben = await clinic.caregiver(room.mika, "Ben", "father")
    goal, version = await clinic.goal(room.mika, "Two words to ask", ana, ben)
    for who, day, points, right in (
        (ana, "2027-02-15", 4, "yes"),
        (ana, "2027-03-01", 5, "yes"),
        (ana, "2027-03-15", 6, "no"),
        (ben, "2027-03-16", 2, "yes"),
    ):
        given = {f"close.g{goal}": points, f"right.g{goal}": right}
        await clinic.check_in(who, day, template="goals", slot="19:30", **given)
    level = {"goal_id": goal, "goal_version_id": version, "person_id": room.dana.id}
    await clinic.put(schema.goal_level, **level, level=-1, recorded_at=local(BERLIN, "2027-03-12 12:00"))
    mika = await room.family()
    assert not mika.quiet
    [differ] = [one for one in mika.shown(Show.FRESH) if one.kind is Kind.DIFFER]
    assert isinstance(differ.figures, Apart)
    assert (differ.figures.high.points, differ.figures.low.points, differ.weight) == (6, 2, 4)
    lines = _lines(mika)
    assert "🔵 Views differ on Two words to ask. Ana 6 of 10 (15 March), Ben 2 of 10 (16 March)." in lines
    assert "🗣 To talk about: is “Two words to ask” still right? Ana says no (15 March)." in lines
    course = "Ana 4 → 6 of 10 since 15 February (3 ratings); Ben 2 of 10 on 16 March (1 rating)"
    assert f"🎯 Two words to ask: {course}; your last level −1 (12 March)." in lines


async def test_a_goal_in_the_eyes_of_the_therapist_and_of_a_family(room: Room) -> None:
    """A level of -2 and 6 of 10 of the same days; two weeks on, neither is news."""
    goal, version = await room.clinic.goal(room.mika, "Two words to ask", room.ana)
    await room.clinic.check_in(room.ana, "2027-03-15", template="goals", **{f"close.g{goal}": 6})
    level = {"goal_id": goal, "goal_version_id": version, "person_id": room.dana.id}
    await room.clinic.put(schema.goal_level, **level, level=-2, recorded_at=local(BERLIN, "2027-03-12 12:00"))
    mika = await room.family()
    line = "🔵 Views differ on Two words to ask. Ana 6 of 10 (15 March), your level −2 (12 March)."
    assert line in _lines(mika)
    later = await room.family(MORNING + 15 * 86_400_000)
    assert [one.kind for one in later.shown(Show.FRESH)] == []
    assert "since" not in _lines(later)[-1]
    assert "(old)" in "".join(_lines(later))


async def test_behaviours_are_counted_with_the_days_that_were_observed_and_no_cause(room: Room) -> None:
    clinic, ana = room.clinic, room.ana
    target = await clinic.put(schema.behaviour_target, child_id=room.mika, text="Throws the cup", created_at=EARLY)
    named = {"before": ["told_no"], "after": ["gave"]}
    for day, slot, what, around in (
        ("2027-03-08", "12:00", f"t{target}", {}),
        ("2027-03-15", "08:00", f"t{target}", named),
        ("2027-03-15", "18:00", f"t{target}", named),
        ("2027-03-17", "18:00", f"t{target}", {"before": ["noise"], "after": ["waited"]}),
        ("2027-03-18", "18:00", "other", {"before": ["alone"]}),
    ):
        await clinic.check_in(ana, day, template="behaviour", slot=slot, what=what, **around)
    told = {"behaviour_target_id": target, "person_id": ana.id, "recorded_at": EARLY, "observed": "over_6"}
    for day, band in (("2027-03-13", "two_three"), ("2027-03-14", "none"), ("2027-03-01", "seven_more")):
        await clinic.put(schema.behaviour_count, **told, local_date=day, band=band)
    mika = await room.family()
    assert not mika.quiet
    counted = "3 moments, “Not once” on 1 day, “2 or 3 times” on 1 day, told of 5 days"
    counted += " · week before: 1 moment, told of 1 day"
    lines = _lines(mika)
    assert lines[1:3] == [
        f"👀 Throws the cup. Ana: {counted} · Told no, then We gave it: 2 of 3.",
        "👀 Something else. Ana: 1 moment, told of 3 days · week before: 0 moments, told of 1 day.",
    ]


_KNOWING = (
    schema.check_in.update()
    .where(schema.check_in.c.id == sa.bindparam("made"))
    .values(material=sa.bindparam("material"))
)
_OF_STEP = (
    schema.check_in.update()
    .where(schema.check_in.c.id == sa.bindparam("made"))
    .values(home_step_id=sa.bindparam("step"))
)


def _lines(family: Family) -> list[str]:
    """As the therapist reads them."""
    screen = digest_family.family(Catalogue.load().voice("en"), 1, Page(family, None, None))
    return re.sub("<[^>]*>|[\u2066-\u2069]", "", screen.text).splitlines()
