"""Two weeks of two families, played on phones: every fact that four digests must contain, as Dana reads them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.domain import inviting
from bot.domain.inviting import Plan
from bot.simulator import Shown, story
from bot.storage import schema
from tests.support.world import Person, World, open_world

pytestmark = pytest.mark.asyncio(loop_scope="module")

BERLIN = ZoneInfo("Europe/Berlin")
DIGESTS = [datetime(2027, 3, day, 7, 30, tzinfo=BERLIN) for day in (19, 22, 26, 29)]
DAYS = {"daily": "0123456", "sat sun": "56", "mon wed fri sun": "0246"}
QUESTION = "“Grandma asks: should we stop the picture cards at her house?”"


@dataclass
class Morning:
    """What stood on Dana's phone: the list, a text for each family, and what was handed on."""

    caseload: str
    families: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    media: list[tuple[str, str]] = field(default_factory=list)
    ended: str = ""


@dataclass
class Told:
    world: World
    dana: Person
    mornings: dict[int, Morning]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Told]:
    start = datetime(2027, 3, 14, 12, 0, tzinfo=BERLIN)
    async with open_world(tmp_path_factory.mktemp("story"), start=start) as world:
        dana = await world.therapist("Dana")
        codes = await _invite(world, dana)
        phones = {name: world.sim.phone(name) for name in codes}
        player = story.Player(phones, codes, world.settle)
        mornings = {}
        events = [(deed.at, deed) for deed in story.deeds()]
        for moment, deed in sorted([*events, *((at, None) for at in DIGESTS)], key=lambda event: event[0]):
            await world.until(moment)
            if deed is None:
                mornings[moment.day] = await _read(dana)
            else:
                await player.plays(deed)
        world.people.update({name: Person(world, phone) for name, phone in phones.items()})
        yield Told(world, dana, mornings)


async def _invite(world: World, dana: Person) -> dict[str, str]:
    """The families of the story, as Dana would invite them."""
    now = world.clock.now_ms()
    (therapist,) = await world.rows(schema.person.select().where(schema.person.c.kind == "therapist"))
    children: dict[str, int] = {}
    codes = {}
    for row in story.families():
        plan = Plan(row["template"], DAYS[row["days"]], row["time"])

        async def invite(tx: inviting.Tx, row: dict[str, str] = row, plan: Plan = plan) -> str:
            if row["child"] not in children:
                children[row["child"]] = await inviting.invitations.add_child(
                    tx, row["child"], row["birth_month"], "", now
                )
                await inviting.invitations.grant(tx, therapist["id"], children[row["child"]], "treat", now)
            made = await inviting.invite_caregiver(
                tx, children[row["child"]], row["caregiver"], row["role"], row["language"], row["timezone"], now, plan
            )
            return made.code

        codes[row["caregiver"]] = await world.db.write(invite)
    return codes


async def _read(dana: Person) -> Morning:
    """Dana goes through the families by the first button, opens the answers, and listens to what was sent."""
    shown = dana.sees("Your families")
    morning = Morning(_words(shown))
    await dana.taps_first()
    for _ in range(5):
        shown = _again(dana, shown)
        child = re.findall("Mika|Noor", _words(shown))[0]
        morning.families[child] = _words(shown)
        if any("Voice and photos" in label for label in shown.labels):
            before = dana.newest.message_id
            await dana.taps("Voice and photos", shown)
            handed = [one for one in dana.phone.screen if one.message_id > before]
            morning.media += [(one.kind, _words(one)) for one in handed]
        await dana.taps("Answers", shown)
        morning.answers[child] = _words(_again(dana, shown))
        await dana.taps("Back to", shown)
        last = _again(dana, shown).labels[0] == "✓ Done"
        await dana.taps_first()
        if last:
            morning.ended = _words(_again(dana, shown))
            break
    return morning


def _again(dana: Person, shown: Shown) -> Shown:
    return next(one for one in dana.phone.screen if one.message_id == shown.message_id)


def _words(shown: Shown) -> str:
    return re.sub("[\u2066-\u2069]", "", shown.text)


def _has(text: str, *facts: str) -> None:
    for fact in facts:
        assert fact in text, f"{fact!r} is not in:\n{text}"


async def test_19_march(told: Told) -> None:
    morning = told.mornings[19]
    _has(morning.families["Mika"], "Ana: 4 of 4 answered · median Good, n = 4", "Question, 1 day old. Ana: " + QUESTION)
    _has(morning.families["Mika"], "“He asked for the red cup with words.” Ana, 15 March", "12 March to 18 March")
    _has(morning.families["Noor"], "Sami: 2 of 2 answered · median between OK and Good, n = 2")
    _has(morning.families["Noor"], "one voice note of 14 s (Sami, 17 March)")
    assert [kind for kind, _ in morning.media] == ["voice"]
    _has(morning.media[0][1], "Noor", "Sami, 17 March")
    assert list(morning.families) == ["Mika", "Noor"]  # the question comes first
    assert "Tom" not in morning.families["Mika"]
    assert morning.ended


async def test_22_march(told: Told) -> None:
    morning = told.mornings[22]
    mika, noor = morning.families["Mika"], morning.families["Noor"]
    _has(mika, "Ana: 7 of 7 answered · median Good, n = 7", "Tom: 1 of 2 answered · median Great, n = 1")
    _has(mika, "Question, 4 days old. Ana: " + QUESTION, "one photo: “first time on the swing” (Tom, 20 March)")
    _has(noor, "New: “Noor said 'more juice'” 🎉 First time · no help · At home · Sami, 21 March".replace("🎉 ", ""))
    _has(noor, "Sami: 4 of 4 answered · median between OK and Good, n = 4")
    assert noor.index("New:") < noor.index("one voice note")
    assert ("photo", "Mika · Tom, 20 March\n“first time on the swing”") in morning.media


async def test_26_march(told: Told) -> None:
    morning = told.mornings[26]
    mika, noor = morning.families["Mika"], morning.families["Noor"]
    _has(mika, "Ana: 7 of 7 answered · median OK, n = 7", "Made it hard: Tired 2, Change of plan 1.")
    _has(mika, "“Screamed for an hour before bed.” Ana, 25 March", "“No nap at kindergarten.” Ana, 24 March")
    _has(morning.answers["Mika"], "The day: 😣 Very hard", "before 25 March, 20:17: 🙁 Hard")
    _has(noor, "Sami: 2 of 4 answered", "No answers since 21 March")
    _has(morning.caseload, "Mika: 🔵 a question, 8 days old · 2 hard days")


async def test_29_march_the_clocks_have_changed(told: Told) -> None:
    morning = told.mornings[29]
    mika, noor = morning.families["Mika"], morning.families["Noor"]
    _has(mika, "Ana: 7 of 7 answered · 1 late (27 March) · median OK, n = 7")
    _has(mika, "Tom: 1 of 1 answered · 1 day not with Mika · median Good, n = 1")
    _has(morning.answers["Mika"], "late, on 28 March, 08:20", "Tom: not with Mika")
    _has(noor, "Sami: 0 of 4 answered", "No answers since 21 March")
    _has(noor, "Last words, 21 March:")
    _has(morning.caseload, "Quiet: Noor (No answers since 21 March)")
    for word in ("missed", "failed", "only", "0%"):
        assert word not in noor


async def test_nobody_learns_of_anybody_else(told: Told) -> None:
    for name, others in (("Ana", ("Tom", "Sami", "Noor", "swing")), ("Tom", ("Ana", "Sami", "Noor", "Grandma"))):
        for other in others:
            shown = [one for one in told.world.people[name].phone.screen if not one.mine]
            assert not any(one.has(other) for one in shown), f"{name} sees {other}"


async def test_a_digest_every_working_day_and_each_once(told: Told) -> None:
    made = await told.world.rows(schema.digest.select())
    days = [date(2027, 3, 15) + timedelta(days=n) for n in range(15)]
    assert sorted(row["local_date"] for row in made) == [day.isoformat() for day in days if day.weekday() < 5]
    assert sum(row["opened_at"] is not None for row in made) == len(DIGESTS)


async def test_each_accepted_text_stands_once_in_the_export(told: Told) -> None:
    from bot.domain import exporting  # noqa: PLC0415

    document = await told.world.db.read(lambda tx: exporting.export(tx, exporting.All(), told.world.clock.now_ms()))
    said = [answer["text"] for child in document["children"] for one in child["checkins"] for answer in one["answers"]]
    said += [note["text"] for child in document["children"] for note in child["notes"]]
    kept = sorted(text for text in said if text)
    assert kept == sorted(
        [
            "He asked for the red cup with words.",
            QUESTION.strip("“”"),
            "We sang in the car",
            "first time on the swing",
            "Noor said 'more juice'",
            "Two words together!",
            "No nap at kindergarten.",
            "Screamed for an hour before bed.",
            "The first-then card helped at bath.",
        ]
    )
    mika = next(child for child in document["children"] if child["name"] == "Mika")
    excused = [(one["local_date"], one["slot"]) for one in mika["checkins"] if one["state"] == "excused"]
    assert excused == [("2027-03-27", "10:00")]
    corrected = next(
        answer
        for one in mika["checkins"]
        if one["local_date"] == "2027-03-25"
        for answer in one["answers"]
        if answer["question"] == "day"
    )
    assert (corrected["value"], [one["value"] for one in corrected["revisions"]]) == ("very_hard", ["hard"])
