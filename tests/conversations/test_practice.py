"""Home practice: steps that a therapist gives, the log, what helps with what got in the way, a moment for tomorrow."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.domain import leaving, practice, practice_reading
from bot.domain.practice import Adherence
from bot.domain.practice_reading import Practised
from bot.model import Json
from bot.storage import people, schema
from tests.support.families import at, evening, family, give
from tests.support.safety import exported, safe
from tests.support.world import Person, World

STEP = "Two pictures at bath time"
CAR = "One song in the car"


async def gives(dana: Person, step: str, routine: str) -> None:
    """By buttons and one line of words; the way back to the step's own screen."""
    await dana.sends("/families")
    for button in ("Mika", "Home steps", "A home step"):
        await dana.taps(button)
    await dana.sends(step)
    await dana.taps(routine)


async def told(person: Person, *labels: str) -> None:
    for label in labels:
        await person.taps(label, person.asked)


async def practised(world: World, dana: Person, first: str) -> list[Practised]:
    """What the therapist's digest is made of."""
    now = world.clock.now_ms()
    account = await world.db.read(lambda tx: people.load_account(tx, dana.phone.user_id))
    therapist = account.therapist.id
    found: list[Practised] = await world.db.read(
        lambda tx: practice_reading.of_caseload(tx, therapist, date.fromisoformat(first), now)
    )
    return found


@pytest.mark.every_language
async def test_a_step_is_given_by_buttons_and_words_and_the_family_is_told_once(world: World) -> None:
    dana, ana = await family(world)
    await gives(dana, STEP, "At bath time")
    await dana.taps("How to")
    await dana.sends("Show one.\nWait for five seconds.")
    assert "Wait for five seconds." in dana.newest.text
    await dana.taps("How to")
    sent = await dana.does("sends_photo")
    assert "With a picture" in dana.newest.text
    await dana.taps("Days")
    for button in ("Monday to Friday", "Back to the step", "How long", "4 weeks"):
        await dana.taps(button)
    ana.sees_nothing_of(STEP)
    await world.passes(minutes=5)
    news = ana.sees("Dana has a home step for Mika:")
    for words in (STEP, "At bath time, Monday to Friday, until ", "Wait for five seconds."):
        assert words in news.text
    assert news.file_id == next(one for one in dana.screen if one.message_id == sent["message_id"]).file_id
    await world.passes(minutes=30)
    assert sum(one.has("has a home step") for one in ana.screen) == 1
    await safe(world)


async def test_at_night_nobody_is_woken_for_a_step(world: World) -> None:
    dana, ana = await family(world)
    await world.until(at("2027-03-01 22:00"))
    await gives(dana, STEP, "At bath time")
    await world.until(at("2027-03-02 07:29"))
    ana.sees_nothing_of("has a home step")
    await world.until(at("2027-03-02 07:31"))
    ana.sees("has a home step")


async def test_three_steps_are_enough_and_one_that_is_over_is_said_so(world: World) -> None:
    dana, ana = await family(world)
    for step in (STEP, CAR, "A game of turns"):
        await gives(dana, step, "At play")
    await world.passes(hours=1)
    await dana.sends("/plan")
    for button in ("Mika", "Home steps"):
        await dana.taps(button)
    assert "Three at a time are enough." in dana.newest.text
    assert not [label for label in dana.buttons if "A home step" in label]
    for button in (CAR, "Take it away"):
        await dana.taps(button)
    await dana.taps("Take it away", dana.newest)
    dana.sees("A home step")
    await world.passes(minutes=5)
    assert CAR in ana.sees("This home step is done with.").text
    await ana.sends("/practice")
    assert sorted(ana.buttons) == ["A game of turns", STEP]


async def test_a_step_taken_back_before_anybody_heard_of_it_is_never_told(world: World) -> None:
    dana, ana = await family(world)
    await gives(dana, STEP, "At play")
    await dana.taps("Take it away")
    await dana.taps("Take it away", dana.newest)
    await world.passes(hours=1)
    ana.sees_nothing_of(STEP)


@pytest.mark.every_language
async def test_one_tap_and_the_rest_of_the_log(world: World) -> None:
    _dana, ana = await family(world, step=STEP)
    await ana.sends("/practice")
    assert f"{STEP}: done?" in ana.asked.text
    assert ana.buttons[:3] == ["Yes", "A little", "No"]
    await told(ana, "Yes", "With some help", "5 to 10 minutes")
    for words in (f"{STEP}: Yes", "How Mika did: With some help", "How long: 5 to 10 minutes"):
        assert words in ana.asked.text
    [child] = await exported(world)
    [step] = child["practice"]
    [log] = step["logs"]
    assert {key: log[key] for key in ("told", "help", "minutes", "barriers")} == {
        "told": "done",
        "help": "some",
        "minutes": "from_5",
        "barriers": [],
    }


@pytest.mark.every_language
async def test_first_buttons_lead_to_the_end(world: World) -> None:
    _dana, ana = await family(world, step=STEP)
    await give(world, CAR)
    await ana.sends("/practice")
    taps = 0
    while ana.phone.newest_with_buttons is not None:
        await ana.taps_first()
        taps += 1
        assert taps <= 12
    states = [row["state"] for row in await world.rows(schema.check_in.select())]
    assert states == ["done", "done"]


async def test_of_two_steps_the_first_leads_on_to_the_second(world: World) -> None:
    _dana, ana = await family(world, step=STEP)
    await give(world, CAR)
    await ana.sends("/practice")
    await told(ana, CAR, "Yes", "Alone", "Under 5")
    assert ana.buttons[0] == f"➡️ Next: {STEP}"
    await told(ana, "Next", "A little", "Skip", "Skip")
    assert not [label for label in ana.buttons if "Next" in label]
    rows = await world.rows(schema.check_in.select())
    assert [(row["step"], row["state"]) for row in rows] == [(CAR, "done"), (STEP, "done")]


@pytest.mark.every_language
async def test_what_got_in_the_way_brings_the_therapists_own_tip_at_once(world: World) -> None:
    dana, ana = await family(world)
    await gives(dana, STEP, "At bath time")
    await dana.taps("Tips")
    await dana.taps("No time")
    assert "Two minutes count too." in dana.newest.text
    await dana.sends("One picture while the water runs.")
    dana.sees("One tip of your own")
    await ana.sends("/practice")
    await told(ana, "No", "No time", "Mika did not want to", "Done")
    tips = ana.newest.text
    assert "Dana says: “One picture while the water runs.”" in tips
    assert "A “no” is fine. Try again later, shorter, as a game." in tips
    ana.sees("In the way: No time, Mika did not want to")


async def test_a_tip_can_go_back_to_ours(world: World) -> None:
    dana, ana = await family(world)
    await gives(dana, STEP, "At bath time")
    for words in ("Sing while you wait.", "-"):
        await dana.taps("Tips", dana.newest)
        await dana.taps("No time")
        await dana.sends(words)
    await ana.sends("/practice")
    await told(ana, "No", "No time", "Done")
    ana.sees("Two minutes count too.")
    ana.sees_nothing_of("Sing while you wait.")


@pytest.mark.every_language
async def test_not_sure_how_shows_how_and_is_counted(world: World) -> None:
    dana, ana = await family(world)
    await gives(dana, STEP, "At bath time")
    await dana.taps("How to")
    sent = await dana.does("sends_voice", seconds=20)
    await ana.sends("/practice")
    await told(ana, "No", "Not sure how", "Done")
    assert "Here is how it goes. Dana will see that you asked." in ana.newest.text
    await ana.taps("How to", ana.newest)
    assert ana.newest.file_id == sent["voice"]["file_id"]
    [found] = await practised(world, dana, "2027-03-01")
    assert practice.stuck(found.logs, date(2027, 3, 1)).unsure == 1


async def test_what_it_was_in_own_words_and_the_one_acknowledgement(world: World) -> None:
    dana, ana = await family(world, step=STEP)
    await ana.sends("/practice")
    await told(ana, "No", "Other", "Done")
    question = ana.sees("What was it?")
    before = ana.newest.message_id
    said = await ana.sends("The boiler broke.")
    assert ana.newest.message_id == said["message_id"] > before
    [mine] = [one for one in ana.screen if one.message_id == said["message_id"]]
    assert mine.reactions == ["👍"]
    [receipt] = [one for one in ana.screen if one.message_id == question.message_id]
    assert "What it was: “The boiler broke.”" in receipt.text
    [found] = await practised(world, dana, "2027-03-01")
    assert [words for _by, _on, words in found.words] == ["The boiler broke."]


@pytest.mark.every_language
async def test_a_moment_for_tomorrow_reminds_and_asks_a_day_later(world: World) -> None:
    dana, ana = await family(world)
    await gives(dana, STEP, "At bath time")
    await ana.sends("/practice")
    await told(ana, "Yes", "Alone", "Under 5")
    await ana.taps("Tomorrow")
    await ana.taps("At bath time, 18:30")
    ana.sees("Tomorrow at 18:30. I will remind you then.")
    await ana.taps("Looks right", ana.newest)
    assert ana.newest.buttons == []
    await world.until(at("2027-03-02 18:29"))
    ana.sees_nothing_of("This is the moment you picked.")
    await world.until(at("2027-03-02 18:31"))
    assert f"{STEP}: done?" in ana.sees("This is the moment you picked.").text
    await world.until(at("2027-03-03 18:29"))
    ana.sees_nothing_of("How did it go?")
    await world.until(at("2027-03-03 18:31"))
    asked = ana.sees("How did it go?")
    assert asked.silent
    for label in ("A little", "With lots of help", "Skip"):
        await ana.taps(label, asked)
    [child] = await exported(world)
    [step] = child["practice"]
    assert [(log["local_date"], log["told"]) for log in step["logs"]] == [
        ("2027-03-01", "done"),
        ("2027-03-02", "little"),
    ]
    assert [one["slot"] for one in step["bookings"]] == ["18:30"]


async def test_who_told_by_then_is_not_asked_again(world: World) -> None:
    _dana, ana = await family(world, step=STEP)
    await ana.sends("/practice")
    await ana.taps("Tomorrow")
    for button in ("Other hours", "16:00"):
        await ana.taps(button)
    await world.until(at("2027-03-02 15:00"))
    await ana.sends("/practice")
    await told(ana, "Yes", "Alone", "Under 5")
    await world.until(at("2027-03-04 12:00"))
    ana.sees_nothing_of("This is the moment you picked.")
    ana.sees_nothing_of("How did it go?")


async def test_an_hour_of_the_night_that_was_picked_is_kept_and_the_question_waits_for_the_day(world: World) -> None:
    _dana, ana = await family(world, step=STEP)
    await ana.sends("/practice")
    await ana.taps("Tomorrow")
    for button in ("Other hours", "22:00"):
        await ana.taps(button)
    await world.until(at("2027-03-02 22:01"))
    ana.sees("This is the moment you picked.")
    await world.until(at("2027-03-04 07:29"))
    ana.sees_nothing_of("How did it go?")
    await world.until(at("2027-03-04 07:31"))
    ana.sees("How did it go?")


async def test_a_moment_can_be_given_up(world: World) -> None:
    _dana, ana = await family(world, step=STEP)
    await ana.sends("/practice")
    await ana.taps("Tomorrow")
    await ana.taps("Any time of the day")
    await ana.taps("Not tomorrow")
    ana.sees("All right, no reminder.")
    await world.passes(days=2)
    ana.sees_nothing_of("This is the moment you picked.")


async def test_the_daily_check_in_asks_only_on_planned_days_and_counts(world: World) -> None:
    dana, ana = await family(world)
    await gives(dana, STEP, "At bath time")
    await dana.taps("Days")
    for button in ("Monday to Friday", "Back to the step"):
        await dana.taps(button)
    for day, label in ((2, "Yes"), (3, "A little"), (4, "Not today"), (5, "")):  # Tuesday to Friday
        await world.until(at(f"2027-03-0{day} 19:31"))
        await told(ana, "Good")
        assert f"Did you try the home step: {STEP}?" in ana.asked.text
        if label:
            await told(ana, label, "Skip")
    await world.until(at("2027-03-06 19:31"))
    await told(ana, "Good")
    assert "Anything Dana should know?" in ana.asked.text
    [found] = await practised(world, dana, "2027-03-01")
    week = practice.adherence(found.step, found.logs, date(2027, 3, 1), date(2027, 3, 7))
    assert week == Adherence(planned=5, done=1, little=1, n=3, out=0, extra=0)


async def test_a_planned_log_comes_only_on_days_with_a_step(world: World) -> None:
    dana, ana = await family(world)
    await world.db.write(lambda tx: tx.run(schema.schedule.update().values(template="practice")))
    await evening(world)
    assert await world.rows(schema.check_in.select()) == []
    await gives(dana, STEP, "At bath time")
    await world.until(at("2027-03-03 19:31"))
    assert f"{STEP}: done?" in ana.asked.text
    assert [label for label in ana.buttons if "Not with Mika" in label]


async def test_nobody_else_sees_or_changes_a_step(world: World) -> None:
    """Buttons of others are too old: another therapist's, another family's."""
    dana, ana = await family(world, step=STEP)
    eva = await world.therapist("Eva")
    carla = await world.parent_of(eva, "Carla", "Lena")
    [step] = await world.rows(schema.home_step.select())
    await ana.sends("/practice")
    shown = ana.newest
    before = [await world.rows(table.select()) for table in (schema.home_step, schema.booking, schema.check_in)]
    for person in (eva, carla, ana):
        for data in (f"step:one:{step['id']}", f"step:end:{step['id']}:yes", f"step:list:{step['child_id']}"):
            await person.does("presses", data, person.newest)
    [check_in] = [row["id"] for row in before[2]]
    mine = [f"home:{verb}:{step['id']}" for verb in ("log", "card", "hours")] + [f"home:at:{step['id']}:1800"]
    for data in (*mine, f"home:how:{check_in}", f"home:book:{check_in}", "home:keep:1", "home:unbook:1"):
        await carla.does("presses", data, carla.newest)
        assert "too old" in carla.toasts[-1]
    assert [await world.rows(table.select()) for table in (schema.home_step, schema.booking, schema.check_in)] == before
    assert ana.newest.text == shown.text
    carla.sees_nothing_of(STEP)
    dana.sees_nothing_of("Lena")


async def test_an_own_copy_has_the_own_logs_and_no_other_caregivers(world: World) -> None:
    """Fault 49: what a co-parent told of a shared step is not in it."""
    dana, ana = await family(world, step=STEP)
    [child] = await exported(world)
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=child["id"])
    for person in (ana, ben):
        await person.sends("/practice")
        await told(person, "Yes", "Alone", "Under 5")
    me = next(one["id"] for one in (await exported(world))[0]["caregivers"] if one["name"] == "Ana")
    now = world.clock.now_ms()
    own: Any = await world.db.read(lambda tx: leaving.own(tx, me, now))
    document: Json = own.document
    [step] = document["children"][0]["practice"]
    assert [log["caregiver_id"] for log in step["logs"]] == [me]


async def test_two_children_ask_for_whom(world: World) -> None:
    dana, ana = await family(world)
    await world.parent_of(dana, "Ana", "Noor", phone=ana.phone)
    await give(world, STEP)
    await ana.sends("/practice")
    await ana.taps("Noor")
    assert "Noor" in ana.asked.text
    await told(ana, "Yes", "Alone", "Under 5")


async def test_a_step_for_four_weeks_ends_by_itself(world: World) -> None:
    dana, ana = await family(world)
    await gives(dana, STEP, "At bath time")
    for button in ("How long", "1 week"):
        await dana.taps(button)
    assert "until Sun, 7 Mar" in dana.newest.text or "until 7 Mar" in dana.newest.text
    await world.until(at("2027-03-08 12:00"))
    await ana.sends("/practice")
    assert "There is no home step for Mika now." in ana.newest.text
    await dana.sends("/families")
    await dana.taps("Mika")
    assert "Home steps: not set" in dana.newest.text


async def test_without_a_step_it_is_said_plainly(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/practice")
    assert "There is no home step for Mika now." in ana.newest.text
