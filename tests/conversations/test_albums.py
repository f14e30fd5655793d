"""Several pictures sent together are one message: one question, one acknowledgement, one tap for all."""

from __future__ import annotations

import pytest

from bot.model import Json
from bot.simulator import Shown
from bot.storage import schema
from tests.support.families import family
from tests.support.world import Person, World


def bots(ana: Person) -> list[Shown]:
    return [one for one in ana.screen if not one.mine]


def files_of(ana: Person, album: list[Json]) -> list[str | None]:
    numbers = {one["message_id"] for one in album}
    return [one.file_id for one in ana.screen if one.message_id in numbers]


async def notes(world: World) -> list[Json]:
    return await world.rows(schema.note.select().order_by(schema.note.c.id))


async def allowed(world: World) -> tuple[Person, Person]:
    dana, ana = await family(world)
    await ana.sends("/privacy")
    await ana.taps("Photos: no. Turn on")
    return dana, ana


@pytest.mark.every_language
async def test_an_album_is_acknowledged_once_and_kept_whole(world: World) -> None:
    dana, ana = await allowed(world)
    before = len(bots(ana))
    album = await ana.does("sends_album", 4, caption="The zoo")
    assert len(bots(ana)) == before + 1
    kept = await notes(world)
    assert [one["media_file_id"] for one in kept] == files_of(ana, album)
    assert [one["text"] for one in kept] == ["The zoo", None, None, None]
    await dana.sends("/digest")
    await dana.taps_first()
    await dana.taps("Voice and photos (4)")
    assert [one.file_id for one in dana.screen if one.kind == "photo"] == files_of(ana, album)


@pytest.mark.every_language
async def test_the_first_album_asks_once_and_one_yes_keeps_all_of_it(world: World) -> None:
    _dana, ana = await family(world)
    before = len(bots(ana))
    album = await ana.does("sends_album", 3)
    assert len(bots(ana)) == before + 1
    await ana.taps("Yes, keep it")
    assert [one["media_file_id"] for one in await notes(world)] == files_of(ana, album)
    assert len(bots(ana)) == before + 2
    assert "Kept safely" in ana.newest.text


async def test_a_second_album_that_waits_asks_for_itself(world: World) -> None:
    _dana, ana = await family(world)
    before = len(bots(ana))
    for _ in range(2):
        await ana.does("sends_album", 2)
    assert len(bots(ana)) == before + 2
    await ana.taps("Yes, keep it")
    assert len(await notes(world)) == 4
    assert sum("Kept safely" in one.text for one in bots(ana)) == 2


async def test_an_album_refused_is_said_once(world: World) -> None:
    _dana, ana = await family(world)
    await ana.does("sends_photo")
    await ana.taps("No, thank you")
    before = len(bots(ana))
    await ana.does("sends_album", 3)
    assert len(bots(ana)) == before + 1
    assert "Your picture was not kept." in ana.newest.text
    assert await notes(world) == []


async def test_parts_that_come_in_batches_of_their_own_are_still_one(world: World) -> None:
    _dana, ana = await allowed(world)
    before = len(bots(ana))
    for _ in range(3):
        await ana.does("_sends_file", "photo", "", None, {"media_group_id": "13800000000000077"})
    assert len(bots(ana)) == before + 1
    assert len(await notes(world)) == 3


async def test_a_small_win_told_with_an_album_takes_the_first_and_keeps_the_rest_with_it(world: World) -> None:
    dana, ana = await allowed(world)
    await world.parent_of(dana, "Ana", "Lea", phone=ana.phone)
    await ana.sends("/milestone")
    await ana.taps("Lea")
    before = len(bots(ana))
    await ana.does("sends_album", 3)
    assert len(bots(ana)) == before
    assert "How often?" in ana.asked.text
    kept = await notes(world)
    assert len(kept) == 2
    [lea] = await world.rows(schema.child.select().where(schema.child.c.name == "Lea"))
    assert {(one["child_id"], one["sure"]) for one in kept} == {(lea["id"], 1)}


@pytest.mark.every_language
async def test_one_tap_says_for_whom_the_whole_album_is(world: World) -> None:
    dana, ana = await allowed(world)
    await world.parent_of(dana, "Ana", "Lea", phone=ana.phone)
    await ana.does("sends_album", 3, caption="At the lake")
    assert "For whom is it?" in ana.newest.text
    await ana.taps("Lea")
    [lea] = await world.rows(schema.child.select().where(schema.child.c.name == "Lea"))
    assert {(one["child_id"], one["sure"]) for one in await notes(world)} == {(lea["id"], 1)}


async def test_one_tag_makes_one_question_of_an_album(world: World) -> None:
    dana, ana = await allowed(world)
    await ana.does("sends_album", 3, caption="Is this rash from the cream?")
    await ana.taps("❓ A question")
    assert [one["kind"] for one in await notes(world)] == ["question", "note", "note"]
    await dana.sends("/digest")
    assert "a question, asked today" in dana.newest.text


async def test_of_an_album_that_is_not_kept_the_words_are(world: World) -> None:
    """One acknowledgement for all of it."""
    _dana, ana = await family(world)
    await ana.sends("/privacy")
    await ana.taps("Photos: no")
    await ana.sends("/privacy")
    await ana.taps("Photos: yes")
    before = len(ana.screen)
    await ana.does("sends_album", 3, "Three towers")
    assert len(ana.screen) == before + 3 + 1
    assert "Your picture was not kept, only your words." in ana.newest.text
    [note] = await world.rows(schema.note.select())
    assert (note["text"], note["media_kind"]) == ("Three towers", None)
