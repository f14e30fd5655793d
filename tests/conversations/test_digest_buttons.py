"""What a therapist does from a family's screen: write a line, mark words as used, put a flag off."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from bot.domain import exporting
from bot.storage import schema
from tests.support.families import BERLIN, at, evening
from tests.support.world import Person, World


def plain(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", text)


async def a_family(world: World, words: str = "He slept well.") -> tuple[Person, Person]:
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    await ana.sends(words)
    return dana, ana


async def opens(dana: Person) -> None:
    await dana.sends("/digest")
    await dana.taps_first()


@pytest.mark.every_language
async def test_a_line_is_shown_sent_confirmed_and_exported(world: World) -> None:
    dana, ana = await a_family(world)
    await opens(dana)
    await dana.taps("Write")
    assert "It is not for emergencies." in dana.newest.text
    await dana.sends("Yes, pause the <cards> this week.")
    assert "To Ana" in plain(dana.newest.text)
    ana.sees_nothing_of("pause the")
    await dana.taps("✓ Send")
    assert "It is on its way." in dana.sees("To Ana").text
    await world.tick()
    got = ana.sees("Yes, pause the <cards> this week.")
    assert "This chat is not for emergencies." in got.text
    assert got.labels[0] == "✓ Got it"
    assert "Sent on" in dana.sees("To Ana").text
    await ana.taps("✓ Got it")
    assert "✓ Dana knows you have read it." in plain(ana.newest.text)
    assert "Ana has read it" in plain(dana.sees("To Ana").text)
    document = await world.db.read(lambda tx: exporting.export(tx, exporting.All(), world.clock.now_ms()))
    (message,) = document["children"][0]["messages"]
    assert (message["kind"], message["text"]) == ("message", "Yes, pause the <cards> this week.")
    assert message["sent_at"] is not None
    assert message["confirmed_at"] is not None
    await opens(dana)
    assert "You wrote to Ana" in plain(dana.newest.text)


async def test_a_line_written_at_night_waits_for_the_morning(world: World) -> None:
    dana, ana = await a_family(world)
    await world.until(at("2027-03-01 22:00"))
    await dana.sends("/message")
    await dana.taps("Mika")
    await dana.sends("Sleep well.")
    assert "It goes on Tue, 2 Mar, 07:30." in plain(dana.newest.text)
    await dana.taps("✓ Send")
    await world.until(at("2027-03-02 07:29"))
    ana.sees_nothing_of("Sleep well.")
    await world.until(at("2027-03-02 07:31"))
    assert ana.shows("Sleep well.")
    assert [one.has("Sleep well.") for one in ana.phone.screen].count(True) == 1


async def test_a_draft_is_dropped_and_a_line_that_is_too_long_is_asked_for_again(world: World) -> None:
    dana, ana = await a_family(world)
    await opens(dana)
    await dana.taps("Write")
    await dana.sends("x" * 501)
    assert "too long" in dana.newest.text
    await dana.sends("Short now.")
    await dana.taps("Do not send")
    await world.tick()
    ana.sees_nothing_of("Short now.")
    assert await world.rows(schema.message.select()) == []


async def test_only_their_own_family_is_written_to_and_only_own_lines_are_confirmed(world: World) -> None:
    dana, ana = await a_family(world)
    eli = await world.therapist("Eli")
    sami = await world.parent_of(eli, "Sami", "Noor")
    await opens(dana)
    await dana.taps("Write")
    await dana.sends("For Ana alone.")
    shown = dana.newest
    (draft,) = await world.rows(schema.message.select())
    for data in (f"msg:send:{draft['id']}", f"msg:drop:{draft['id']}", "msg:to:1", "msg:to:1:2"):
        eli.phone.presses(data, eli.newest)
        await world.settle()
        assert eli.phone.answers[-1].show_alert, data
    await dana.taps("✓ Send", shown)
    await world.tick()
    sami.phone.presses(f"got:{draft['id']}", sami.newest)
    await world.settle()
    assert sami.phone.answers[-1].show_alert
    assert ana.shows("For Ana alone.")


async def test_a_parent_who_stopped_takes_no_messages(world: World) -> None:
    dana, ana = await a_family(world)
    await ana.sends("/stop")
    await opens(dana)
    await dana.taps("Write")
    assert "Ana takes no messages here now." in plain(dana.newest.text)


@pytest.mark.every_language
async def test_words_that_were_used_are_thanked_for_once(world: World) -> None:
    dana, ana = await a_family(world)
    await opens(dana)
    await dana.taps("Used today")
    await dana.taps("He slept well.")
    assert dana.toasts[-1] == "✓ Marked. The family will hear it."
    await world.tick()
    thanks = "Dana used what you said on"
    assert thanks in plain(ana.newest.text)
    assert "Mika" not in ana.newest.text
    await dana.taps("Used today")
    assert "Nothing here is left to mark." in dana.sees("Nothing here").text
    await world.tick()
    assert [thanks in plain(one.text) for one in ana.screen].count(True) == 1


async def fallen(world: World) -> tuple[Person, Person]:
    """Five good days, and three hard ones."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    for answer in ("Good", "Good", "Good", "Good", "Good", "Hard", "Hard", "Hard"):
        await evening(world)
        await ana.taps(answer)
    now = world.clock.now().astimezone(BERLIN)
    await world.until(datetime(now.year, now.month, now.day + 1, 7, 0, tzinfo=BERLIN))
    return dana, ana


async def test_a_flag_is_put_off_with_a_reason_and_comes_back(world: World) -> None:
    dana, _ana = await fallen(world)
    await dana.sends("/digest")
    assert "🟠 sharp fall, Ana: Hard, Hard, Hard" in plain(dana.newest.text)
    await dana.taps_first()
    await dana.taps("Not now")
    assert "Sharp fall, Ana" in plain(dana.sees("Why may it wait?").text)
    await dana.taps("I know, and I am on it")
    assert "Until 17 March it waits: the harder days." in plain(dana.sees("it waits").text)
    await dana.taps("Back to")
    shown = plain(dana.sees("Data until").text)
    assert "Put off until 17 March: the harder days. I know, and I am on it" in shown
    assert "Sharp fall" not in shown
    await dana.sends("/digest")
    assert "sharp fall" not in dana.newest.text
    await dana.taps_first()
    await dana.taps("Not now")
    await dana.taps("In my own words")
    await dana.sends("Grandma is ill")
    assert "it waits" in dana.newest.text
    (kept,) = [one for one in await world.rows(schema.raised.select()) if one["key"].startswith("fall")]
    assert kept["words"] == "Grandma is ill"
    await dana.taps("Do not wait")
    await dana.sends("/digest")
    assert "sharp fall" in dana.newest.text


async def test_what_was_read_is_counted_family_by_family(world: World) -> None:
    dana, _ana = await a_family(world)
    await world.parent_of(dana, "Sami", "Noor")
    await opens(dana)
    (made,) = await world.rows(schema.digest.select())
    assert [(one["digest_id"], one["child_id"]) for one in await world.rows(schema.look.select())] == [(made["id"], 1)]


async def test_a_lost_skill_is_told_the_same_working_day(world: World) -> None:
    dana, ana = await a_family(world)
    await world.until(at("2027-03-05 20:00"))  # a Friday evening
    await ana.sends("/milestone")
    await ana.sends("He waves")
    for answer in ("First time", "None", "At home"):
        await ana.taps(answer)
    await ana.taps("No")
    await ana.taps("Yes")
    assert dana.shows("News of Mika that you should see today.")
    await dana.taps("What is new", dana.sees("News of Mika"))
    assert "🟠 stopped doing something" in dana.newest.text
