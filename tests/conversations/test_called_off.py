"""A question that stands on a phone when care is over, or a right ends or is taken away: it says that it is closed."""

from __future__ import annotations

import pytest

from bot.domain import suspending
from bot.simulator import Shown
from bot.storage import outbox, rights, schema
from schedules import due
from tests.conversations.test_end_of_care import ends
from tests.conversations.test_presets import ALL, OWN, READ, sets
from tests.conversations.test_rights import opens, seat
from tests.support.families import STEP, at, evening, family, give
from tests.support.safety import safe
from tests.support.world import Person, World

CLOSED = "This check-in is closed now. That is okay."
KEPT = "This check-in is closed now. Your answers are kept."
STILL = "You can still answer if you like."
URGENT = ["🆘 Urgent help"]


async def asked(world: World) -> tuple[Person, Person, Shown]:
    dana, ana = await family(world)
    await evening(world)
    return dana, ana, ana.sees("How was Mika's day?")


def now_is(ana: Person, question: Shown) -> Shown:
    """That very message, as it reads now."""
    return next(one for one in ana.screen if one.message_id == question.message_id)


async def suspends(dana: Person) -> None:
    await opens(dana, "Ana (parent)", "🔑 Access", "⏸ Suspend now")


@pytest.mark.every_language
async def test_when_care_is_over_the_open_question_closes_and_only_urgent_help_stays(world: World) -> None:
    dana, ana, question = await asked(world)
    messages = len(ana.screen)
    await ends(dana)
    await world.passes(seconds=20)
    closed = now_is(ana, question)
    assert closed.has(CLOSED)
    assert not closed.has("Mika")
    assert closed.labels == URGENT
    assert [one.has("The care of Mika here is over.") for one in ana.screen[messages:]] == [True], "an edit beside it"
    await ana.taps(URGENT[0], closed)
    ana.sees("If someone is in danger")
    await safe(world)


@pytest.mark.every_language
async def test_suspended_in_the_middle_it_closes_and_says_only_that_the_answers_are_kept(world: World) -> None:
    dana, ana, question = await asked(world)
    await ana.taps("Hard", question)
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=1)
    before = ben.transcript()
    await suspends(dana)
    dana.sees("A question that is open closes.")
    await world.passes(seconds=20)
    closed = now_is(ana, question)
    assert closed.has(KEPT)
    assert not closed.has("Mika")
    assert closed.labels == URGENT
    assert not closed.has("access")
    assert [row["question"] for row in await world.rows(schema.answer.select())] == ["day"]
    assert ben.transcript() == before
    await safe(world)


async def test_a_right_that_ends_at_its_date_closes_it_too(world: World) -> None:
    _dana, ana, question = await asked(world)
    [right] = await world.rows(schema.access.select().where(schema.access.c.right == "care"))
    soon = world.clock.now_ms() + 600_000
    await world.db.write(lambda tx: rights.put_end(tx, right["id"], soon))
    await world.passes(minutes=9)
    assert now_is(ana, question).has("How was Mika's day?")
    await world.passes(minutes=2)
    assert now_is(ana, question).has(CLOSED)


@pytest.mark.every_language
async def test_given_back_it_can_be_answered_late_and_counts(world: World) -> None:
    """Whether it is given back at once or when the question has closed already."""
    dana, ana, question = await asked(world)
    for wait in (0, 20):
        await suspends(dana)
        await world.passes(seconds=wait)
        await dana.taps("▶️ Give access back", dana.newest)
        await world.passes(seconds=20)
        again = now_is(ana, question)
        assert again.has(STILL)
        [label] = again.labels
        assert label.startswith("Answer for")
    await ana.taps("Answer for", now_is(ana, question))
    await suspends(dana)
    await dana.taps("▶️ Give access back", dana.newest)
    await ana.taps("Hard", now_is(ana, question))
    assert ana.toasts[-1] == "This check-in is closed."
    await ana.taps("Change", now_is(ana, question))
    await world.passes(seconds=20)
    assert now_is(ana, question).has("Hard"), "she was faster: it is asked, and stays so"
    await ana.taps("Hard", now_is(ana, question))
    assert [row["question"] for row in await world.rows(schema.answer.select())] == ["day"]
    await safe(world)


async def test_the_end_of_care_taken_back_opens_it_for_a_late_answer(world: World) -> None:
    dana, ana, question = await asked(world)
    await ends(dana)
    done = dana.newest
    await world.passes(minutes=5)
    await dana.taps("Take this back", done)
    await world.passes(seconds=20)
    assert now_is(ana, question).has(STILL)
    await ana.taps("Answer for", now_is(ana, question))
    assert now_is(ana, question).has("Hard")


async def test_a_late_answer_that_was_begun_closes_too_and_what_was_given_stays(world: World) -> None:
    dana, ana, _question = await asked(world)
    await world.until(at("2027-03-03 10:00"))
    question = ana.sees(STILL)
    await ana.taps("Answer for", question)
    await ana.taps("Hard", now_is(ana, question))
    before = await world.rows(schema.check_in.select())
    await suspends(dana)
    await world.passes(seconds=20)
    assert now_is(ana, question).has(KEPT)
    assert now_is(ana, question).labels == URGENT
    changed = {"question", "awaits_words", "nudge_at", "nudge"}
    [was], [row] = before, await world.rows(schema.check_in.select())
    assert {key for key in row if row[key] != was[key]} <= changed


async def test_after_its_time_what_is_given_back_leaves_it_closed(world: World) -> None:
    dana, ana, question = await asked(world)
    await suspends(dana)
    await world.passes(days=3)
    await opens(dana, "⏸ Ana (parent)", "▶️ Give access back")
    await world.passes(seconds=20)
    assert now_is(ana, question).has(CLOSED)
    assert now_is(ana, question).labels == URGENT


async def test_who_may_only_read_along_is_asked_no_more_until_they_may_answer_again(world: World) -> None:
    dana, ana, question = await asked(world)
    await sets(dana, READ)
    await world.passes(seconds=20)
    assert now_is(ana, question).has(CLOSED)
    assert now_is(ana, question).labels == URGENT
    await sets(dana, ALL)
    await world.passes(seconds=20)
    assert now_is(ana, question).has(STILL)


async def test_of_own_entries_alone_a_question_about_what_is_shared_closes_and_does_not_open_again(
    world: World,
) -> None:
    dana, ana, _question = await asked(world)
    await give(world, STEP)
    await ana.sends("/practice")
    question = ana.newest
    assert question.has(STEP)
    await sets(dana, OWN)
    await world.passes(seconds=20)
    assert now_is(ana, question).has(CLOSED)
    assert not now_is(ana, question).has(STEP)
    await suspends(dana)
    await dana.taps("▶️ Give access back", dana.newest)
    await world.passes(seconds=20)
    assert now_is(ana, question).labels == URGENT


async def test_who_was_put_off_to_later_is_not_asked_and_sees_it_closed(world: World) -> None:
    dana, ana, question = await asked(world)
    await ana.taps("Later", question)
    await ana.taps("20:00", now_is(ana, question))
    messages = len(ana.screen)
    await suspends(dana)
    await world.passes(hours=2)
    assert now_is(ana, question).has(CLOSED)
    assert len(ana.screen) == messages


async def test_a_question_that_is_only_queued_is_neither_sent_nor_closed(world: World) -> None:
    _dana, ana = await family(world)
    world.clock.set(at("2027-03-02 19:30"))
    await due.tick(world.db, world.program.house)
    number, messages = (await seat(world, "Ana"))["id"], len(ana.screen)
    await world.db.write(lambda tx: suspending.suspend(tx, number, world.clock.now_ms()))
    await world.passes(minutes=1)
    assert len(ana.screen) == messages
    assert await world.db.read(outbox.next_hold) is None


async def test_a_message_that_its_parent_deleted_does_not_come_back(world: World) -> None:
    dana, ana, question = await asked(world)
    await ana.does("deletes", question)
    await ends(dana)
    await world.passes(seconds=20)
    ana.sees_nothing_of("This check-in")
