"""Taking the own entries along and deleting them, as people do it in the chat."""

from __future__ import annotations

import asyncio
import json
from html.parser import HTMLParser
from typing import Any
from unicodedata import category

import pytest
import sqlalchemy as sa

from bot.domain import erasing, exporting, leaving
from bot.domain.erasing import Moment
from bot.model import Json
from bot.storage import erasures, schema
from bot.storage.database import Tx
from bot.text.screens import leaving as leaving_screens
from tests.support.families import give
from tests.support.world import Person, World

SOMEBODY = "Ana says it was a lively <day> & night."


@pytest.fixture
async def dana(world: World) -> Person:
    return await world.therapist("Dana")


@pytest.fixture
async def ana(world: World, dana: Person) -> Person:
    return await world.parent_of(dana, "Ana", "Mika", role="mother")


@pytest.fixture
async def ben(world: World, dana: Person, ana: Person) -> Person:
    [child] = await world.rows(schema.child.select())
    return await world.parent_of(dana, "Ben", "Mika", role="father", child_id=child["id"])


async def seats(world: World) -> list[str]:
    return [row["name"] for row in await world.rows(schema.person.select().order_by(schema.person.c.id))]


def files(world: World, person: Person) -> dict[str, bytes]:
    """What that phone was sent, by the name it is saved under."""
    found = {}
    for message in person.phone.chat.messages.values():
        if document := message.get("document"):
            found[document["file_name"]] = world.sim.world.files.get(document["file_id"]).data
    return found


async def everywhere(world: World, *words: object) -> list[str]:
    """In which columns that stands; a number has to be the whole value."""
    tables = [(table.name, await world.rows(sa.select(table))) for table in schema.metadata.sorted_tables]
    return [
        f"{name}.{column}"
        for name, rows in tables
        for row in rows
        for column, value in row.items()
        for word in words
        if (value == word if isinstance(word, int) else str(word) in str(value))
    ]


async def gives(person: Person, words: str) -> None:
    """An answer that was corrected, a note, and a voice note."""
    await person.sends("/checkin")
    await person.taps("Good")
    answer = await person.sends(words)
    await person.does("edits", answer, f"{words} Corrected.")
    await person.sends(f"{words} Later.")
    await person.does("sends_voice", seconds=14)
    await person.taps("Yes")


async def exported(world: World, person: Person) -> tuple[str, Json]:
    """The page and the data that /export brings."""
    await person.sends("/export")
    await world.passes(minutes=1)
    sent = files(world, person)
    today = f"{world.clock.now():%Y-%m-%d}"
    assert list(sent) == [f"homenotes-{today}.html", f"homenotes-{today}.json"]
    page, data = sent.values()
    document: Json = json.loads(data)
    return page.decode(), document


async def test_export_brings_a_page_to_read_and_the_same_as_data(world: World, ana: Person, ben: Person) -> None:
    await gives(ana, SOMEBODY)
    await gives(ben, "Ben keeps this to himself.")
    await give(world, "Two pictures at bath time")
    page, document = await exported(world, ana)
    ana.sees("I put your entries together")
    ana.sees("It opens in any browser")
    for word in (
        "Mika",
        "A home step: ",
        "Two pictures at bath time",
        "Read by",
        "Dana",
        "Daily check-in",
        "🙂 Good",
        "one voice note",
        "Corrected",
        "Voice notes: yes",
    ):
        assert word in page, word
    assert "Ana says it was a lively &lt;day&gt; &amp; night." in page
    assert "<day>" not in page
    [child] = document["children"]
    assert [one["text"] for one in child["practice"]] == ["Two pictures at bath time"]
    [me] = child["caregivers"]
    assert (document["format"], child["name"], me["name"]) == ("homenotes/1", "Mika", "Ana")
    [check_in] = child["checkins"]
    assert [one["text"] for one in check_in["answers"]] == [None, f"{SOMEBODY} Corrected."]
    assert check_in["answers"][1]["revisions"][0]["text"] == SOMEBODY
    assert [(one["text"], (one["media"] or {}).get("kind")) for one in child["notes"]] == [
        (f"{SOMEBODY} Later.", None),
        (None, "voice"),
    ]
    for given in (page, json.dumps(document)):
        assert "Ben" not in given
        assert "father" not in given


async def test_hostile_names_and_words_are_letters_on_the_page(world: World) -> None:
    """Whatever they bring along: the page has our own elements alone, and no letter of it commands or turns."""
    hostile = "</p><script>x()</script><img src=x>\u202e\x1b[31m\x07\u2028&lt;\r\nend"
    dana = await world.therapist(f"Dana {hostile}")
    ana = await world.parent_of(dana, f"Ana {hostile}", f"Mika {hostile}")
    await give(world, hostile)
    world.odd_updates = True
    await ana.sends(hostile)
    page, document = await exported(world, ana)
    met = HTMLParser()
    found: set[str] = set()
    met.handle_starttag = lambda tag, _attributes: found.add(tag)  # type: ignore[method-assign]
    met.feed(page)
    assert found == {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "b", "span"}
    assert not [letter for letter in page if letter != "\n" and category(letter) in ("Cc", "Zl", "Zp")]
    assert "\u202e" not in page
    assert "[U+202E][U+001B][31m[U+0007][U+2028]&amp;lt;" in page
    assert document["children"][0]["notes"][0]["text"] == hostile


async def test_what_an_export_will_hold_one_day_is_not_given_away_by_it(
    world: World, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = exporting.one_child

    async def more(tx: Tx, child: int, now: int) -> Json:
        return {**await whole(tx, child, now), "messages": [{"text": "not hers"}], "goals": [{"caregiver_id": 999}]}

    monkeypatch.setattr(exporting, "one_child", more)
    _page, document = await exported(world, ana)
    assert document["children"][0]["messages"] == document["children"][0]["goals"] == []


async def test_what_is_erased_while_an_export_is_made_is_not_in_it(
    world: World, dana: Person, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.parent_of(dana, "Ana", "Noa", phone=ana.phone)
    noa = (await world.rows(schema.child.select().order_by(schema.child.c.id)))[-1]["id"]
    await ana.sends("/export")
    made, at = leaving_screens.copies, Moment(world.clock.machine_ms(), world.clock.now_ms())
    loop = asyncio.get_running_loop()

    def meanwhile(*args: Any) -> Any:
        monkeypatch.undo()
        erased = world.db.write(lambda tx: erasing.child(tx, noa, None, at))
        asyncio.run_coroutine_threadsafe(erased, loop).result()
        return made(*args)

    monkeypatch.setattr(leaving_screens, "copies", meanwhile)
    await world.passes(minutes=1)
    assert files(world, ana) == {}
    await world.passes(minutes=1)
    page, data = files(world, ana).values()
    assert b"Noa" not in page + data
    assert b"Mika" in page


async def test_what_was_read_of_somebody_who_has_deleted_it_all_since_is_handed_to_nobody(
    world: World, ana: Person
) -> None:
    me, now = (await world.rows(schema.person.select()))[-1]["id"], world.clock.now_ms()
    own = await world.db.read(lambda tx: leaving.own(tx, me, now))
    assert own is not None
    assert await world.db.read(lambda tx: leaving.still_own(tx, own, now))
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    assert not await world.db.read(lambda tx: leaving.still_own(tx, own, now))
    assert await world.db.read(lambda tx: leaving.own(tx, me, now)) is None


async def test_an_export_with_nothing_in_it_says_so(world: World, ana: Person) -> None:
    page, document = await exported(world, ana)
    assert "There are no entries yet." in page
    assert document["children"][0]["checkins"] == []


async def test_a_therapist_is_told_that_this_is_for_families(world: World, dana: Person) -> None:
    for command in ("/export", "/delete_my_data"):
        await dana.sends(command)
        dana.sees("This is for families")
    await world.passes(minutes=1)
    assert files(world, dana) == {}


async def test_nothing_is_deleted_without_the_last_tap(world: World, ana: Person) -> None:
    await gives(ana, SOMEBODY)
    await ana.sends("/delete_my_data")
    assert ana.newest.labels == ["No, keep it", "Give me a copy first", "Yes, delete it all"]
    await ana.taps("Give me a copy first")
    await world.passes(minutes=1)
    assert len(files(world, ana)) == 2
    await ana.taps("No, keep it")
    ana.sees("Nothing was deleted")
    assert len(await world.rows(schema.note.select())) == 2


async def test_one_tap_deletes_the_own_entries_and_never_anothers(
    world: World, dana: Person, ana: Person, ben: Person
) -> None:
    await gives(ana, SOMEBODY)
    await gives(ben, "Ben says.")
    account = ana.phone.user_id
    [seat] = await world.rows(schema.person.select().where(schema.person.c.name == "Ana"))
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    ana.sees("It is deleted")
    ana.sees_nothing_of("Shall I delete everything")
    ana.sees_nothing_of("Kept")
    dana.sees("Ana (mother) deleted what they gave for Mika")
    await world.tick()  # that has arrived
    assert await everywhere(world, "Ana", SOMEBODY, account) == []
    assert await seats(world) == ["Dana", "Ben"]
    assert [row["text"] for row in await world.rows(schema.note.select())] == ["Ben says. Later.", None]
    assert erasures.read(world.program.house.erased) == [erasures.Erased("person", seat["id"], seat["created_at"])]


async def test_afterwards_they_are_a_stranger_and_nothing_comes_any_more(world: World, ana: Person) -> None:
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    assert ana.phone.commands == {}
    before = len(ana.phone.screen)
    await world.passes(days=3)
    assert len(ana.phone.screen) == before
    await ana.sends("Hello?")
    ana.sees("families and therapists of one clinic")
    assert await everywhere(world, ana.phone.user_id) == []


async def test_a_new_link_opens_it_again_as_something_new(world: World, dana: Person, ana: Person) -> None:
    await gives(ana, SOMEBODY)
    [child] = await world.rows(schema.child.select())
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    again = await world.parent_of(dana, "Ana", "Mika", phone=ana.phone, child_id=child["id"])
    await again.sends("I am back.")
    assert [row["text"] for row in await world.rows(schema.note.select())] == ["I am back."]


async def test_that_help_was_asked_for_stays_and_is_said_before(world: World, dana: Person, ana: Person) -> None:
    await ana.sends("/help")
    await ana.taps("Urgent help")
    await ana.sends("/delete_my_data")
    ana.sees("What was urgent stays with the clinic, as you sent it.")
    await ana.taps("Yes, delete it all")
    ana.sees("It is deleted")
    assert len(await world.rows(schema.alert.select())) == 1
    await world.tick()
    assert await everywhere(world, "Ana", ana.phone.user_id) == []
    await dana.sends("/digest")
    await dana.taps_first()
    assert await world.rows(schema.dead_update.select()) == []


async def test_that_help_was_asked_for_from_a_seat_that_has_ended_is_said_too(
    world: World, dana: Person, ana: Person
) -> None:
    await world.parent_of(dana, "Ana", "Noa", phone=ana.phone)
    await ana.sends("/help")
    await ana.taps("Urgent help")
    seat = (await world.rows(schema.person.select().where(schema.person.c.role == "mother")))[0]["id"]
    await dana.does("presses", f"seat:out:{seat}", dana.newest)
    await world.db.write(
        lambda tx: tx.run(schema.alert.delete().where(schema.alert.c.person_id != sa.bindparam("of")), {"of": seat})
    )
    await ana.sends("/delete_my_data")
    ana.sees("What was urgent stays with the clinic, as you sent it.")


async def test_the_clinic_erases_one_seat_and_the_other_of_the_same_phone_stays(
    world: World, dana: Person, ana: Person
) -> None:
    await gives(ana, SOMEBODY)
    await world.parent_of(dana, "Ana", "Noa", phone=ana.phone)
    first, second = await world.rows(schema.person.select().where(schema.person.c.kind == "caregiver"))
    at, listed = Moment(world.clock.machine_ms(), world.clock.now_ms()), world.program.house.erased
    assert await world.db.write(lambda tx: erasing.person(tx, first["id"], listed, at))
    assert not await world.db.write(lambda tx: erasing.person(tx, first["id"], listed, at))
    await world.settle()
    await ana.sends("Noa is well.")
    assert (await world.rows(schema.note.select()))[-1]["person_id"] == second["id"]
    assert listed is not None
    assert [one.id for one in erasures.read(listed)] == [first["id"]]


async def test_a_therapist_who_is_a_parent_too_stays_a_therapist(world: World, dana: Person, ana: Person) -> None:
    mother = await world.parent_of(dana, "Dana at home", "Noa", phone=dana.phone)
    await mother.sends("My own child slept well.")
    await mother.sends("/delete_my_data")
    await mother.taps("Yes, delete it all")
    mother.sees("It is deleted")
    assert await seats(world) == ["Dana", "Ana"]
    await dana.sends("/families")
    dana.sees("Mika")


async def test_an_old_button_deletes_nothing_for_somebody_else(world: World, dana: Person, ana: Person) -> None:
    await gives(ana, SOMEBODY)
    await dana.sends("/help")
    await dana.does("presses", "leave:delete", dana.newest)
    stranger = world.person("Nobody")
    await stranger.does("presses", "leave:delete", 1)
    assert len(await world.rows(schema.note.select())) == 2
    assert await world.rows(schema.dead_update.select()) == []


async def test_a_list_that_cannot_be_written_deletes_nothing_and_says_so_honestly(world: World, ana: Person) -> None:
    await gives(ana, SOMEBODY)
    assert world.program.house.erased is not None
    world.program.house.erased.mkdir()
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    ana.sees("Something went wrong on our side")
    assert len(await world.rows(schema.note.select())) == 2


async def test_fault_46_erased_while_rows_are_queued_and_a_send_is_in_flight(
    world: World, dana: Person, ana: Person
) -> None:
    """What was queued is never sent; what was on the wire settles into nothing and leaves no trace."""
    await world.passes(days=1, hours=11)
    ana.sees("How was")
    [check_in] = await world.rows(schema.check_in.select())
    at = Moment(world.clock.machine_ms(), world.clock.now_ms())
    ana.phone.sends("One more thing.")
    ana.phone.sends("And another.")
    await world.receive()
    dispatcher = world.program.dispatcher
    flying = await dispatcher._book(1)
    assert [row["chat_id"] for row in flying] == [ana.phone.user_id]
    before = len(ana.phone.screen)
    await world.db.write(lambda tx: erasing.child(tx, check_in["child_id"], world.program.house.erased, at))
    for row in flying:
        await dispatcher._one(row)
    await world.settle()
    assert len(ana.phone.screen) <= before + 1
    assert await everywhere(world, "Mika", "Ana", "One more thing.", ana.phone.user_id) == []
    assert await world.rows(schema.outbox.select().where(schema.outbox.c.state != "sent")) == []
    ana.sees_nothing_of("How was")


async def test_what_a_parent_deletes_goes_from_the_therapists_chat_too(world: World, dana: Person, ana: Person) -> None:
    """As far as Telegram lets: a digest of the last two days. The therapist is told, and may make another."""
    await world.passes(hours=1)
    await ana.sends("He called for his blanket.")
    await dana.sends("/digest")
    await dana.taps_first()
    dana.sees("He called for his blanket.")
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    await world.passes(minutes=5)
    dana.sees_nothing_of("blanket")
    dana.sees("deleted what they gave for Mika")
