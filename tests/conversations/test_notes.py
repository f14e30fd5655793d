"""What parents write at any time: kept once, acknowledged once, called by its name in one tap."""

from __future__ import annotations

import pytest

from bot.model import Json
from bot.simulator import Shown, faults
from bot.storage import schema
from tests.support.families import evening, family
from tests.support.safety import exported
from tests.support.world import Person, World

TAGS = ["🎉 A small win", "😟 A hard moment", "❓ A question"]


def acknowledgements(ana: Person) -> list[Shown]:
    return [one for one in ana.screen if not one.mine and "Kept safely" in one.text]


async def notes(world: World) -> list[Json]:
    [child] = await exported(world)
    found: list[Json] = child["notes"]
    return found


@pytest.mark.every_language
async def test_a_note_is_kept_and_says_who_reads_it_and_when(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("We sang in the car.")
    [shown] = acknowledgements(ana)
    assert shown.text.startswith("✓ Kept safely. Dana reads it on ")
    assert "Nobody reads it live." in shown.text
    assert shown.labels == TAGS
    [note] = await notes(world)
    assert (note["kind"], note["text"], note["media"], note["revisions"]) == ("note", "We sang in the car.", None, [])
    assert note["recorded_at"] == "2027-03-01T08:00:00Z"


@pytest.mark.every_language
@pytest.mark.parametrize(
    ("tag", "kind", "said"),
    [
        ("🎉 A small win", "win", "Kept as a small win."),
        ("😟 A hard moment", "hard", "Thank you for telling us."),
        ("❓ A question", "question", "Kept as a question."),
    ],
)
async def test_one_tap_says_what_it_is(world: World, tag: str, kind: str, said: str) -> None:
    dana, ana = await family(world)
    await ana.sends("Should we stop the cards at grandma's?")
    before = len(ana.screen)
    await ana.taps(tag)
    assert len(ana.screen) == before
    assert said in ana.newest.text
    assert "Dana reads it on" in ana.newest.text
    assert ana.newest.buttons == []
    assert [one["kind"] for one in await notes(world)] == [kind]
    await dana.sends("/digest")
    await dana.taps_first()
    assert "Should we stop the cards at grandma's?" in dana.asked.text


async def test_the_last_of_two_taps_counts(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("Why does he do that?")
    old = acknowledgements(ana)[0]
    data = {one.label: one.data or "" for one in old.all_buttons}
    for tag in ("🎉 A small win", "❓ A question"):
        await ana.does("presses", data[tag], old)
    assert [one["kind"] for one in await notes(world)] == ["question"]
    assert "Kept as a question." in ana.newest.text


async def test_ten_notes_in_a_row_are_ten_with_ten_acknowledgements(world: World) -> None:
    _dana, ana = await family(world)
    for number in range(10):
        ana.phone.sends(f"Note {number}")
    await world.settle()
    assert [one["text"] for one in await notes(world)] == [f"Note {number}" for number in range(10)]
    assert len(acknowledgements(ana)) == 10


async def test_the_acknowledgement_comes_only_after_the_note_is_stored(world: World) -> None:
    """Telegram is told only what a second reader of the database already finds there."""
    _dana, ana = await family(world)
    ana.phone.sends("Is it really kept?")
    await world.program.poller.step(0)
    assert [one["text"] for one in await notes(world)] == ["Is it really kept?"]
    assert acknowledgements(ana) == []
    await world.settle()
    assert len(acknowledgements(ana)) == 1


async def test_a_lost_answer_of_telegram_repeats_the_acknowledgement_at_most_once(world: World) -> None:
    _dana, ana = await family(world)
    world.sim.faults.add(faults.DropAfter(), method="sendMessage", chat=ana.phone.user_id)
    await ana.sends("Did it arrive?")
    await world.passes(minutes=5)
    assert len(await notes(world)) == 1
    assert 1 <= len(acknowledgements(ana)) <= 2


@pytest.mark.every_language
async def test_an_edited_note_is_a_revision_and_says_nothing_more(world: World) -> None:
    _dana, ana = await family(world)
    sent = await ana.sends("He sleeped well.")
    before = len(ana.screen)
    world.clock.advance(minutes=2)
    await ana.does("edits", sent, "He slept well.")
    assert len(ana.screen) == before
    [note] = await notes(world)
    assert note["text"] == "He slept well."
    assert [one["text"] for one in note["revisions"]] == ["He sleeped well."]
    await ana.taps("🎉 A small win")
    assert [one["kind"] for one in await notes(world)] == ["win"]


@pytest.mark.every_language
async def test_a_forwarded_message_and_a_reply_are_notes(world: World) -> None:
    _dana, ana = await family(world)
    await ana.does("forwards", "School: he shared his snack.")
    await ana.does("replies", "That was at ten.", ana.newest)
    assert [one["text"] for one in await notes(world)] == ["School: he shared his snack.", "That was at ten."]
    assert len(acknowledgements(ana)) == 2


async def test_a_forwarded_message_answers_no_question(world: World) -> None:
    """What somebody else wrote is not the parent's own answer; it is kept as a note."""
    _dana, ana = await family(world)
    await evening(world)
    await ana.taps("Good")
    await ana.does("forwards", "From the kindergarten: no nap today.")
    assert [one["text"] for one in await notes(world)] == ["From the kindergarten: no nap today."]
    assert "Anything Dana should know?" in ana.sees("Anything Dana").text


@pytest.mark.every_language
async def test_words_that_are_only_blanks_get_a_kind_line(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("\u2060 \u200b")
    assert "There were no words in it." in ana.newest.text
    assert await notes(world) == []


@pytest.mark.every_language
@pytest.mark.parametrize("action", ["sends_sticker", "sends_location", "sends_contact", "sends_dice", "sends_poll"])
async def test_what_cannot_be_kept_is_said_so(world: World, action: str) -> None:
    _dana, ana = await family(world)
    await ana.does(action)
    assert "This one I cannot keep." in ana.newest.text
    assert await notes(world) == []


async def test_any_letters_come_back_as_they_were(world: World) -> None:
    dana, ana = await family(world)
    words = "<b>Mika</b> & “so” 👩‍👧 \u05d0\u05d1 \u0645\u0631\u062d\u0628\u0627\nsecond line;DROP TABLE note; --"
    await ana.sends(words)
    assert [one["text"] for one in await notes(world)] == [words]
    await dana.sends("/digest")
    await dana.taps_first()
    shown = "".join(one for one in dana.asked.text if one not in "\u2066\u2067\u2068\u2069")
    assert "<b>Mika</b> & “so” 👩‍👧 \u05d0\u05d1" in shown


@pytest.mark.every_language
async def test_a_note_of_the_full_length_is_kept_whole(world: World) -> None:
    _dana, ana = await family(world)
    words = "x" * 4096
    await ana.sends(words)
    assert [one["text"] for one in await notes(world)] == [words]
    assert len(acknowledgements(ana)) == 1


@pytest.mark.every_language
async def test_a_therapist_who_writes_words_is_shown_the_way(world: World) -> None:
    dana, _ana = await family(world)
    await dana.sends("Hello?")
    assert "I do not keep words here." in dana.newest.text
    assert await notes(world) == []


@pytest.mark.every_language
async def test_where_nobody_treats_the_child_any_more_the_note_is_kept_all_the_same(world: World) -> None:
    _dana, ana = await family(world)
    ended = schema.access.update().where(schema.access.c.right == "treat").values(until_at=0)
    await world.db.write(lambda tx: tx.run(ended, {}))
    await ana.sends("Is anybody there?")
    assert ana.newest.text == "✓ Kept safely."
    assert [one["text"] for one in await notes(world)] == ["Is anybody there?"]


@pytest.mark.every_language
async def test_a_caregiver_whose_access_ended_is_told_and_nothing_is_kept(world: World) -> None:
    _dana, ana = await family(world)
    ended = schema.access.update().where(schema.access.c.right == "care").values(until_at=0)
    await world.db.write(lambda tx: tx.run(ended, {}))
    await ana.sends("Hello?")
    assert await world.rows(schema.note.select()) == []
    assert "Kept" not in ana.newest.text
