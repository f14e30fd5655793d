"""Messages that are edited: what they were taken as gets the new words, the old ones stay as revisions."""

from __future__ import annotations

from typing import Any

from bot.model import Json
from bot.storage import schema
from tests.support.safety import exported, kept, safe
from tests.support.world import Person, World


async def family(world: World) -> Person:
    dana = await world.therapist("Dana")
    return await world.parent_of(dana, "Ana", "Mika")


async def asked_for_words(world: World) -> Person:
    ana = await family(world)
    await ana.sends("/checkin")
    await ana.taps("Good")
    ana.sees("Anything Dana should know?")
    return ana


async def only_answer(world: World) -> Json:
    [child] = await exported(world)
    assert child["notes"] == []
    found: Json = child["checkins"][0]["answers"][-1]
    return found


def newest_message(person: Person) -> int:
    return max(one.message_id for one in person.screen)


async def test_fault_15_a_message_edited_after_it_was_an_answer_is_a_revision(world: World) -> None:
    """The answer has the new words, the old ones are a revision, the receipt is drawn anew; no new message."""
    ana = await asked_for_words(world)
    said = await ana.sends("She sang all day")
    last = newest_message(ana)
    world.clock.advance(minutes=5)
    await ana.does("edits", said, "She sang all morning")
    answer = await only_answer(world)
    assert answer["text"] == "She sang all morning"
    assert [one["text"] for one in answer["revisions"]] == ["She sang all day"]
    assert newest_message(ana) == last
    world.clock.advance(minutes=5)
    await ana.does("edits", said, "She sang all evening")
    first, second = (await only_answer(world))["revisions"]
    assert first["replaced_at"] == second["recorded_at"] < second["replaced_at"]
    assert "She sang all evening" in ana.sees("Looks right").text
    await safe(world, "Mika")


async def test_fault_15_edited_after_the_check_in_is_done_shows_on_its_receipt(world: World) -> None:
    """The receipt shows the new words, and the check-in stays done."""
    ana = await asked_for_words(world)
    said = await ana.sends("She sang all day")
    while "👍 Looks right" not in ana.buttons:
        await ana.taps("Skip")
    await ana.does("edits", said, "She sang all morning")
    assert "She sang all morning" in ana.sees("Looks right").text
    [row] = await world.rows(schema.check_in.select())
    assert row["state"] == "done"
    await safe(world, "Mika")


async def test_fault_15_an_edit_that_changes_no_word_is_no_revision(world: World) -> None:
    """Telegram sends one for a preview or a reaction too."""
    ana = await asked_for_words(world)
    said = await ana.sends("She sang all day")
    for text in ("She sang all day", "She sang all day"):
        world.clock.advance(minutes=1)
        await ana.does("edits", said, text)
    assert (await only_answer(world))["revisions"] == []
    await safe(world, "Mika")


async def test_fault_15_an_edit_of_somebody_whose_access_ended_changes_nothing(world: World) -> None:
    """The words stay as they were."""
    ana = await asked_for_words(world)
    said = await ana.sends("She sang all day")
    await ana.sends("/privacy")
    await ana.taps("Take back my agreement")
    await ana.taps("Yes, end it")
    await ana.does("edits", said, "She said nothing")
    assert (await only_answer(world))["text"] == "She sang all day"
    await safe(world, "Mika")


async def test_an_edited_picture_that_waits_for_its_consent_is_kept_as_it_is_then(world: World) -> None:
    ana = await family(world)
    photo = await ana.does("sends_photo", caption="Her first tower")
    await ana.does("edits", photo, "Her second tower")
    await ana.taps("Yes, keep it")
    assert await kept(world) == ["Her second tower"]
    await safe(world, "Mika")


def with_another_picture(world: World, photo: Json) -> Any:
    sizes = [{**one, "file_id": one["file_id"] + "-other"} for one in photo["photo"]]
    return world.sim.raw_update({"edited_message": {**photo, "photo": sizes, "edit_date": world.sim.world.now() + 1}})


async def test_another_picture_in_the_place_of_the_old_one_is_a_revision(world: World) -> None:
    ana = await family(world)
    photo = await ana.does("sends_photo", caption="Her tower")
    await ana.taps("Yes, keep it")
    with_another_picture(world, photo)
    await world.settle()
    [note] = (await exported(world))[0]["notes"]
    assert note["media"]["file_id"].endswith("-other")
    assert note["revisions"][0]["media"]["file_id"] == photo["photo"][-1]["file_id"]
    await safe(world, "Mika")


async def test_a_picture_added_to_words_needs_the_consent_too(world: World) -> None:
    ana = await family(world)
    photo = await ana.does("sends_photo")
    await ana.taps("No, thank you")
    said = await ana.sends("Her tower was high")
    edit = {**said, "photo": photo["photo"], "caption": "Her tower was very high", "edit_date": said["date"] + 9}
    del edit["text"]
    world.sim.raw_update({"edited_message": edit})
    await world.settle()
    [note] = (await exported(world))[0]["notes"]
    assert (note["text"], note["media"]) == ("Her tower was very high", None)
    await safe(world, "Mika")


async def test_an_older_edit_that_comes_late_stays_below_the_newer_one(world: World) -> None:
    ana = await family(world)
    said = await ana.sends("one")
    newest: Json = {**said, "text": "three", "edit_date": said["date"] + 60}
    world.clock.advance(minutes=2)
    world.sim.raw_update({"edited_message": newest})
    await world.settle()
    world.sim.raw_update({"edited_message": {**newest, "text": "two", "edit_date": said["date"] + 30}})
    await world.settle()
    [note] = (await exported(world))[0]["notes"]
    assert note["text"] == "three"
    assert [one["text"] for one in note["revisions"]] == ["one", "two"]
    spans = [(one["recorded_at"], one["replaced_at"]) for one in note["revisions"]]
    assert spans[0][1] == spans[1][0]
    await safe(world, "Mika")


async def test_edits_of_what_was_no_message_to_keep_are_no_notes(world: World) -> None:
    """A command, a live location that moves, a therapist's words."""
    ana = await family(world)
    dana = world.people["Dana"]
    command = await ana.sends("/help")
    await ana.does("edits", command, "/checkin")
    place = await ana.does("sends_location")
    seen = len(ana.screen)
    for minute in range(3):
        moved = {**place, "location": {"latitude": 51.5, "longitude": minute}, "edit_date": place["date"] + minute}
        world.sim.raw_update({"edited_message": moved})
    hello = await dana.sends("hello")
    told = len(dana.screen)
    await dana.does("edits", hello, "hello again")
    assert (len(ana.screen), len(dana.screen)) == (seen, told)
    assert await kept(world) == []
    await safe(world, "Mika")
