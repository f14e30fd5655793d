"""What somebody gave is theirs when their access rests or has ended: seen, taken along, taken back and deleted."""

from __future__ import annotations

import json

import pytest

from bot.domain import suspending
from bot.storage import erasures, schema
from tests.conversations.test_leaving import files
from tests.conversations.test_rights import opens, seat
from tests.support.families import family, give
from tests.support.world import Person, World

WORDS = "He slept the whole night."


async def rests(world: World, how: str) -> tuple[Person, Person]:
    """Dana, and Ana, who gave words and a picture and then was suspended, or put out, or ended it herself."""
    dana, ana = await family(world)
    await give(world, "Two pictures at bath time")
    await ana.sends(WORDS)
    await ana.does("sends_photo")
    await ana.taps("Yes, keep it")
    number, now = (await seat(world, "Ana"))["id"], world.clock.now_ms()
    if how == "suspended":
        assert await world.db.write(lambda tx: suspending.suspend(tx, number, now))
    elif how == "put out":
        await dana.does("presses", f"seat:out:{number}", dana.newest)
    else:
        await ana.sends("/privacy")
        await ana.taps("Take back my agreement", ana.newest)
        await ana.taps("Yes, end it", ana.newest)
    return dana, ana


HOWS = pytest.mark.parametrize("how", ["suspended", "put out", "withdrawn"])


@HOWS
async def test_who_rests_or_has_left_takes_along_what_they_gave_and_nothing_else(world: World, how: str) -> None:
    dana, ana = await rests(world, how)
    [child] = await world.rows(schema.child.select())
    ben = await world.parent_of(dana, "Ben", "Mika", role="father", child_id=child["id"])
    await ben.sends("Ben keeps this to himself.")
    await ana.sends("/export")
    ana.sees("Two files come")
    await world.passes(minutes=1)
    page, data = files(world, ana).values()
    [copy] = json.loads(data)["children"]
    assert [one["text"] for one in copy["notes"]] == [WORDS, None]
    assert (copy["practice"], copy["therapists"]) == ([], [])
    for given in (page, data):
        assert b"Ben" not in given
        assert b"bath time" not in given


@HOWS
async def test_who_rests_or_has_left_takes_a_yes_back_and_deletes_the_pictures(world: World, how: str) -> None:
    _dana, ana = await rests(world, how)
    await ana.sends("/privacy")
    ana.sees("You have no access now. What you gave is still yours.")
    assert "Clear this chat" not in ana.newest.labels
    await ana.taps("Photos: yes. Turn off", ana.newest)
    await ana.taps("Yes, delete them", ana.newest)
    assert [row["text"] for row in await world.rows(schema.note.select())] == [WORDS]
    assert not [one for one in ana.newest.labels if "Turn on" in one]
    await ana.does("presses", "privacy:photos:yes", ana.newest)
    assert ana.toasts[-1]
    photos = [row["given"] for row in await world.rows(schema.consent.select()) if row["purpose"] == "photos"]
    assert photos == [1, 0]


@HOWS
async def test_who_rests_or_has_left_deletes_what_they_gave_and_the_therapist_hears(world: World, how: str) -> None:
    dana, ana = await rests(world, how)
    number = (await seat(world, "Ana"))["id"]
    if how == "withdrawn":
        await ana.taps("🗑 Delete what I said", ana.newest)  # the screen that says it has ended
    else:
        await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all", ana.newest)
    ana.sees("It is deleted")
    assert await world.rows(schema.note.select()) == []
    assert await world.rows(schema.account.select().where(schema.account.c.id == ana.phone.user_id)) == []
    dana.sees("Ana (parent) deleted what they gave for Mika")
    assert world.program.house.erased is not None
    assert [(one.kind, one.id) for one in erasures.read(world.program.house.erased)][-1] == ("person", number)
    await ana.sends("/export")
    ana.sees("families and therapists of one clinic")


async def test_who_was_suspended_ends_it_and_is_not_given_back(world: World) -> None:
    dana, ana = await rests(world, "suspended")
    await ana.sends("/privacy")
    await ana.taps("Take back my agreement", ana.newest)
    await ana.taps("Yes, end it", ana.newest)
    ana.sees("It has ended.")
    assert (await seat(world, "Ana"))["removed_at"] is not None
    dana.sees("Ana (parent) took the agreement for Mika back.")
    await opens(dana)
    assert not [one for one in dana.newest.labels if "Ana" in one]


async def test_a_no_holds_for_a_child_they_care_for_no_more_too(world: World) -> None:
    """One yes is for all children, and so is one no: of the seat that rests nothing is handed on, either."""
    dana, ana = await rests(world, "suspended")
    await world.parent_of(dana, "Ana", "Lea", phone=ana.phone)
    await ana.sends("/privacy")
    await ana.taps("Photos: yes. Turn off", ana.newest)
    number = (await seat(world, "Ana"))["id"]
    of_mika = [row for row in await world.rows(schema.consent.select()) if row["person_id"] == number]
    assert [row["given"] for row in of_mika if row["purpose"] == "photos"] == [1, 0]
    await ana.taps("Yes, delete them", ana.newest)
    assert [row["text"] for row in await world.rows(schema.note.select())] == [WORDS]


async def test_nothing_else_opens_to_who_rests(world: World) -> None:
    _dana, ana = await rests(world, "suspended")
    await ana.sends("/privacy")
    shown = ana.newest
    for data in ("do:hide", "do:progress", "do:checkin", "setup:hour:1:1900", "fam:child:1"):
        await ana.does("presses", data, shown)
        assert ana.toasts[-1]
    before = len(await world.rows(schema.note.select()))
    await ana.sends("One more thing.")
    ana.sees("families and therapists of one clinic")
    assert len(await world.rows(schema.note.select())) == before


async def test_who_works_here_takes_along_what_they_gave_as_a_parent_though_that_seat_rests(world: World) -> None:
    dana, _ana = await family(world)
    mother = await world.parent_of(dana, "Dana at home", "Noa", phone=dana.phone)
    await mother.sends("My own child slept well.")
    number, now = (await seat(world, "Dana at home"))["id"], world.clock.now_ms()
    assert await world.db.write(lambda tx: suspending.suspend(tx, number, now))
    await dana.sends("/export")
    await world.passes(minutes=1)
    _page, data = files(world, dana).values()
    assert [[one["text"] for one in child["notes"]] for child in json.loads(data)["children"]] == [
        ["My own child slept well."]
    ]
