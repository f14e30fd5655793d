"""The daily pulse, as an evening brings it: every branch, kind words, one message, a receipt that can be reopened."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain import checkins, templates
from bot.domain.templates import Question, Template
from bot.model import Json
from bot.simulator import Shown
from bot.storage import schema
from tests.support.families import STEP, evening, family
from tests.support.safety import exported
from tests.support.world import Person, World

MOST_TAPS = 12
Way = tuple[str, ...]  # labels, tapped one after another


def question_of(shown: Shown) -> str:
    """The key of the question being asked, by the way past it; "" on a receipt."""
    data = next((one.data or "" for one in shown.all_buttons if ":s:" in (one.data or "")), "")
    return data.rpartition(":")[2]


def ways_on(question: Question, shown: Shown) -> Iterator[Way]:
    """Skip, and each choice; of several one is chosen, then Done."""
    for button in shown.all_buttons:
        verb = (button.data or "").split(":")[2:3]
        if verb == ["a"]:
            yield (button.label, "Done") if question.type == "many" else (button.label,)
        elif verb == ["s"]:
            yield (button.label,)


async def answers(world: World) -> dict[str, str | list[str] | None]:
    """What stands in the tables, by question; None: skipped."""
    rows = await world.rows(schema.answer.select().order_by(schema.answer.c.id))
    return {row["question"]: None if row["skipped"] else json.loads(row["value"] or '"words"') for row in rows}


async def begin_anew(world: World, ana: Person, command: str) -> None:
    """A new check-in, in an empty chat, as if none had been."""
    for table in (schema.revision, schema.answer, schema.check_in):
        await world.db.write(lambda tx, table=table: tx.run(table.delete().where(sa.true()), {}))
    for shown in ana.phone.screen:
        ana.phone.deletes(shown)
    await ana.sends(command)


async def goes(ana: Person, way: Way) -> Shown:
    for label in way:
        await ana.taps(label, ana.asked)
    return ana.asked


@pytest.mark.parametrize(("key", "step"), [("pulse", ""), ("pulse", STEP), ("milestone", "")])
async def test_every_branch_ends_by_taps_alone(world: World, key: str, step: str) -> None:
    """The screens are walked as a graph: each way on from each question once, then by first ways to the end."""
    _dana, ana = await family(world, step=step)
    template, facts = templates.find(key), {"home_step": step} if step else {}
    known: set[tuple[str, ...]] = set()
    waiting: list[list[Way]] = [[]]
    while waiting:
        way = waiting.pop()
        await begin_anew(world, ana, {"pulse": "/checkin", "milestone": "/milestone"}[key])
        for labels in way:
            await goes(ana, labels)
        while asked := question_of(ana.asked):
            first, *others = ways_on(checkins.question_of(template, asked), ana.asked)
            ahead = keys(template, await answers(world), facts)
            node = tuple(ahead[ahead.index(asked) :])
            waiting += [[*way, other] for other in others if node not in known]
            known.add(node)
            way.append(first)
            await goes(ana, first)
        assert sum(len(labels) for labels in way) < MOST_TAPS
        await is_ended(world, ana, template, facts)
    assert {node[0] for node in known} == {one.key for one in template.questions if step or not one.needs}


def keys(template: Template, given: Mapping[str, Any], facts: dict[str, str]) -> list[str]:
    return [one.key for one in templates.applicable(template, given, facts)]


async def is_ended(world: World, ana: Person, template: Template, facts: dict[str, str]) -> None:
    given = await answers(world)
    assert list(given) == keys(template, given, facts)
    [check_in] = await world.rows(schema.check_in.select())
    assert check_in["state"] == ("done" if any(given.values()) else "skipped")
    assert ana.asked.labels == (["👍 Looks right", "✏️ Change"] if any(given.values()) else ["✏️ Change"])


def bots_messages(ana: Person) -> list[Shown]:
    return [shown for shown in ana.screen if not shown.mine]


async def prompted(world: World, *, step: str = "") -> tuple[Person, Person]:
    """Dana, and Ana with the evening's first question on her phone."""
    dana, ana = await family(world, step=step)
    await evening(world)
    assert "How was Mika's day?" in ana.newest.text
    return dana, ana


async def only(world: World) -> Json:
    """The one check-in there is, as an export gives it."""
    [child] = await exported(world)
    [check_in] = child["checkins"]
    found: Json = check_in
    return found


@pytest.mark.every_language
@pytest.mark.parametrize("step", ["", STEP], ids=["no step", "a step"])
async def test_first_buttons_answer_everything_and_end(world: World, step: str) -> None:
    _dana, ana = await prompted(world, step=step)
    taps = 0
    while ana.phone.newest_with_buttons is not None:
        await ana.taps_first()
        taps += 1
        assert taps <= MOST_TAPS
    given = {"day": "very_hard", "hard": ["tired"], **({"step": "yes"} if step else {}), "say": None}
    assert await answers(world) == given
    assert (await only(world))["state"] == "done"
    assert ana.sees("Thank you for telling us")


@pytest.mark.every_language
async def test_the_question_comes_with_its_ways_out(world: World) -> None:
    _dana, ana = await prompted(world)
    assert ana.newest.text.startswith("Mika · ")
    labels = ["😣 Very hard", "🙁 Hard", "😐 OK", "🙂 Good", "😀 Great"]
    assert ana.buttons[:7] == [*labels, "⏭ Skip", "Not with Mika today"]
    assert {"Stop here", "🆘 Urgent help"} <= set(ana.buttons)


@pytest.mark.every_language
async def test_a_very_hard_day_is_met_with_kind_words_and_no_cheer(world: World) -> None:
    _dana, ana = await prompted(world, step=STEP)
    await ana.taps("Very hard")
    assert "That sounds like a very hard day." in ana.asked.text
    assert "What made it hard?" in ana.asked.text
    asked = ana.asked.message_id
    while ana.asked.message_id == asked:
        assert not re.search("🎉|🎊|🥳|great|good|well done|tomorrow", ana.asked.text, re.IGNORECASE), ana.asked.text
        await ana.taps_first()


async def test_a_great_day_asks_what_went_well(world: World) -> None:
    _dana, ana = await prompted(world)
    await ana.taps("Great")
    assert "Good to hear." in ana.asked.text
    assert "What went well?" in ana.asked.text
    await ana.sends("He shared his biscuits.")
    await ana.sends("He loves the new cup.")
    receipt = ana.asked.text
    assert "What went well: “He shared his biscuits.”" in receipt
    assert "For Dana: “He loves the new cup.”" in receipt


@pytest.mark.every_language
async def test_a_check_in_is_one_message_from_the_question_to_the_receipt(world: World) -> None:
    _dana, ana = await prompted(world, step=STEP)
    before = len(bots_messages(ana))
    for label in ("Hard", "Sick", "Tired", "Done", "A little", "Skip"):
        await ana.taps(label, ana.asked)
    assert len(bots_messages(ana)) == before
    receipt = ana.newest
    assert receipt.labels == ["👍 Looks right", "✏️ Change"]
    assert "The day: 🙁 Hard" in receipt.text
    assert "What made it hard: Tired, Sick" in receipt.text
    assert "Home step: A little" in receipt.text
    await ana.taps("Looks right")
    assert ana.newest.buttons == []
    assert ana.newest.text == receipt.text


async def test_of_several_choices_done_stands_first_once_one_is_chosen(world: World) -> None:
    _dana, ana = await prompted(world)
    await ana.taps("Very hard")
    assert "✅ Done" not in ana.buttons
    await ana.taps("Noise or crowd")
    assert ana.buttons[0] == "✅ Done"
    assert "✓ Noise or crowd" in ana.buttons
    await ana.taps("Conflict")
    await ana.taps("✓ Noise or crowd")
    await ana.taps("Done")
    assert (await answers(world))["hard"] == ["conflict"]


@pytest.mark.every_language
async def test_every_question_can_be_skipped_and_nothing_is_said_of_it(world: World) -> None:
    _dana, ana = await prompted(world, step=STEP)
    for _question in ("day", "step", "say"):
        await ana.taps("Skip")
    assert "That is fine." in ana.newest.text
    assert ana.buttons == ["✏️ Change"]
    found = await only(world)
    assert (found["state"], found["state_reason"], found["answers"]) == ("skipped", "all_skipped", [])


@pytest.mark.every_language
async def test_not_with_the_child_today_is_an_answer(world: World) -> None:
    _dana, ana = await prompted(world)
    await ana.taps("Not with Mika today")
    assert "Not with Mika today. Thank you for saying so." in ana.newest.text
    found = await only(world)
    assert (found["state"], found["state_reason"]) == ("excused", "not_with_child")
    await ana.taps("Change")
    await ana.taps("Good")
    await ana.taps("Skip")
    assert (await only(world))["state"] == "done"


async def test_stop_keeps_what_was_answered_till_then(world: World) -> None:
    _dana, ana = await prompted(world, step=STEP)
    await ana.taps("OK")
    await ana.taps("Stop here")
    assert (await only(world))["state"] == "partial"
    assert "The day: 😐 OK" in ana.newest.text


async def test_stop_at_the_first_question_keeps_nothing(world: World) -> None:
    _dana, ana = await prompted(world)
    await ana.taps("Stop here")
    found = await only(world)
    assert (found["state"], found["state_reason"]) == ("skipped", "stopped_by_parent")
    assert "That is fine." in ana.newest.text


@pytest.mark.every_language
async def test_a_receipt_is_reopened_and_corrected_and_the_first_answer_is_kept_beside(world: World) -> None:
    dana, ana = await prompted(world)
    for label in ("Very hard", "Tired", "Done"):
        await ana.taps(label)
    await ana.sends("He cried for an hour.")
    world.clock.advance(minutes=20)
    await ana.taps("Change")
    assert "✓ 😣 Very hard" in ana.buttons
    await ana.taps("🙁 Hard")
    assert "✓ Tired" in ana.buttons
    assert "That sounds" not in ana.asked.text
    await ana.taps("✓ Tired")
    await ana.taps("Change of plan")
    await ana.taps("Done")
    assert ana.buttons[0] == "Keep it as it is"
    await ana.taps("Keep it as it is")
    said = {one["question"]: one for one in (await only(world))["answers"]}
    assert (said["day"]["value"], [one["value"] for one in said["day"]["revisions"]]) == ("hard", ["very_hard"])
    assert said["hard"]["value"] == ["change_of_plan"]
    assert [one["value"] for one in said["hard"]["revisions"]] == [["tired"]]
    assert (said["say"]["text"], said["say"]["revisions"]) == ("He cried for an hour.", [])
    assert "🙁 Hard" in ana.asked.text
    await dana.sends("/digest")
    await dana.taps_first()
    assert "He cried for an hour." in dana.asked.text


async def test_a_correction_into_another_branch_keeps_the_old_one_as_a_revision_only(world: World) -> None:
    _dana, ana = await prompted(world)
    for label in ("Very hard", "Tired", "Done", "Skip", "Change", "Good", "Skip"):
        await ana.taps(label, ana.asked)
    assert "Tired" not in ana.asked.text
    for label in ("Change", "🙂 Good", "Skip"):  # the same again is no other answer
        await ana.taps(label, ana.asked)
    said = {one["question"]: one for one in (await only(world))["answers"]}
    assert (said["day"]["value"], [one["value"] for one in said["day"]["revisions"]]) == ("good", ["very_hard"])
    assert [one["value"] for one in said["hard"]["revisions"]] == [["tired"]]


@pytest.mark.every_language
async def test_typed_words_answer_the_question_for_words_with_one_sign(world: World) -> None:
    _dana, ana = await prompted(world)
    await ana.taps("Good")
    before = len(bots_messages(ana))
    said = await ana.sends("He asked for the red cup with words.")
    assert len(bots_messages(ana)) == before
    [mine] = [shown for shown in ana.screen if shown.message_id == said["message_id"]]
    assert mine.reactions == ["👍"]
    assert "For Dana: “He asked for the red cup with words.”" in ana.asked.text
    assert await world.rows(schema.note.select()) == []


@pytest.mark.every_language
async def test_typed_words_where_a_tap_is_asked_for_are_a_note(world: World) -> None:
    _dana, ana = await prompted(world)
    said = await ana.sends("We are at grandma's.")
    [mine] = [shown for shown in ana.screen if shown.message_id == said["message_id"]]
    assert mine.reactions == []
    assert ana.newest.text.startswith("✓ Kept safely.")
    [note] = await world.rows(schema.note.select())
    assert note["text"] == "We are at grandma's."
    await ana.taps("Good")
    assert await answers(world) == {"day": "good"}


async def test_a_button_of_a_question_that_was_answered_says_so_and_changes_nothing(world: World) -> None:
    _dana, ana = await prompted(world)
    old = ana.phone.newest_with_buttons
    assert old is not None
    day = {button.label: button.data for button in old.all_buttons}
    await ana.taps("Good")
    await ana.does("presses", day["😣 Very hard"], old)
    assert ana.toasts[-1] == "This question was answered already."
    assert await answers(world) == {"day": "good"}
    assert "Anything Dana should know?" in ana.asked.text
    await ana.taps("Skip")
    await ana.does("presses", day["😣 Very hard"], old)
    assert ana.toasts[-1] == "This check-in is closed."
    assert (await only(world))["state"] == "done"


async def test_checkin_brings_todays_back_at_the_bottom(world: World) -> None:
    _dana, ana = await prompted(world)
    await ana.taps("Good")
    await ana.sends("He slept at noon.")
    await ana.taps("Looks right")
    await ana.sends("/checkin")
    assert ana.sees("moved to a newer message").buttons == []
    assert ana.buttons == ["👍 Looks right", "✏️ Change"]
    assert len(await world.rows(schema.check_in.select())) == 1


async def test_asked_for_by_command_before_the_evening_it_does_not_come_again_that_day(world: World) -> None:
    _dana, ana = await family(world)
    await world.passes(days=1)
    await ana.sends("/checkin")
    for label in ("Good", "Skip", "Looks right"):
        await ana.taps(label)
    shown = len(ana.screen)
    await world.passes(hours=14)
    assert len(ana.screen) == shown
    [check_in] = await world.rows(schema.check_in.select())
    assert (check_in["local_date"], check_in["slot"]) == ("2027-03-02", "19:30")
    await world.passes(hours=22)
    assert len(await world.rows(schema.check_in.select())) == 2


async def test_who_comes_back_in_the_very_minute_that_was_missed_is_asked(world: World) -> None:
    """The planned moment stands as missed; this one is of no plan."""
    _dana, ana = await family(world)
    await ana.does("blocks")
    await evening(world)
    await ana.does("unblocks")
    await ana.sends("/checkin")
    assert ana.newest.labels, ana.transcript()
    await ana.taps("Good", ana.newest)
    states = await world.rows(sa.select(schema.check_in.c.state, schema.check_in.c.schedule_id.is_(None).label("own")))
    assert sorted((row["state"], row["own"]) for row in states) == [("missed", 0), ("open", 1)]
