"""A small win, told at any time: by /milestone, or a note that is called one by a tap."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.model import Json
from bot.storage import schema
from tests.support.families import evening, family
from tests.support.safety import exported
from tests.support.world import Person, World

MOST_TAPS = 12


async def milestones(world: World) -> list[Json]:
    [child] = await exported(world)
    found: list[Json] = child["milestones"]
    return found


async def told(ana: Person, *labels: str) -> None:
    """Each of the questions that follow the first, by its own message."""
    for label in labels:
        await ana.taps(label, ana.asked)


async def first_family(dana: Person) -> str:
    await dana.sends("/digest")
    await dana.taps_first()
    return dana.asked.text


@pytest.mark.every_language
async def test_a_first_time_from_the_words_to_the_top_of_the_digest(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("/milestone")
    assert "What did Mika do?" in ana.asked.text
    assert ana.buttons[0] == "⏭ Skip"
    assert not [label for label in ana.buttons if "Not with" in label]
    said = await ana.sends("She said two words together.")
    [mine] = [one for one in ana.screen if one.message_id == said["message_id"]]
    assert mine.reactions == ["👍"]
    await told(ana, "First time")
    assert "A first time! Thank you for catching it." in ana.asked.text
    await told(ana, "None", "At home", "Yes", "No")
    receipt = ana.asked.text
    for line in ("Mika: “She said two words together.”", "How often: First time", "Help: None", "Newsletter: Yes"):
        assert line in receipt
    assert "Mika did it, for the first time!" in ana.newest.text
    assert ana.newest.buttons == []
    page = await first_family(dana)
    assert "New: “She said two words together.”" in page
    assert "First time" in page


@pytest.mark.every_language
async def test_first_buttons_lead_to_the_end(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/milestone")
    taps = 0
    while ana.phone.newest_with_buttons is not None:
        await ana.taps_first()
        taps += 1
        assert taps <= MOST_TAPS
    [row] = await world.rows(schema.check_in.select())
    assert row["state"] == "done"


@pytest.mark.every_language
async def test_a_skill_that_went_away_is_asked_about_gently_and_stands_first(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("/milestone")
    await ana.sends("He counts to three.")
    await told(ana, "A few times", "A little", "At home", "No", "Yes")
    assert "Dana will see this first." in ana.asked.text
    assert "Please also call your doctor." in ana.asked.text
    assert "What is it, and since when?" in ana.asked.text
    await ana.sends("He does not wave any more, since Friday.")
    assert "Please also call your doctor." in ana.asked.text
    assert not ana.shows("🎉 Mika did it")
    page = await first_family(dana)
    assert page.index("Stopped doing something") < page.index("He counts to three.")
    assert "He does not wave any more, since Friday." in page


async def test_not_sure_is_thanked_and_read_without_alarm(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("/milestone")
    await ana.sends("She waved.")
    await told(ana, "First time", "A little", "Out", "No", "Not sure")
    assert "Thank you. Dana will read this." in ana.asked.text
    assert "doctor" not in ana.asked.text
    assert "Maybe stopped doing something" in await first_family(dana)


async def test_two_wins_of_one_day_are_two(world: World) -> None:
    _dana, ana = await family(world)
    for words in ("He hopped.", "He sang."):
        await ana.sends("/milestone")
        await ana.sends(words)
        await told(ana, "A few times", "None", "Out", "No", "No")
    rows = await world.rows(schema.check_in.select().where(schema.check_in.c.template == "milestone"))
    assert [row["state"] for row in rows] == ["done", "done"]


@pytest.mark.parametrize(("action", "shown"), [("sends_photo", "🖼 a photo"), ("sends_voice", "🎤 a voice note")])
async def test_a_picture_or_a_voice_tells_it_too(world: World, action: str, shown: str) -> None:
    dana, ana = await family(world)
    await ana.sends("/milestone")
    asked = ana.asked.message_id
    sent = await ana.does(action)
    await ana.taps("Yes, keep it")
    [question] = [one for one in ana.screen if one.message_id == asked]
    assert "How often?" in question.text
    [mine] = [one for one in ana.screen if one.message_id == sent["message_id"]]
    assert mine.reactions == ["👍"]
    for label in ("First time", "None", "Out", "No", "No"):
        await ana.taps(label, question)
    assert f"Mika: {shown}" in ana.sees("Looks right").text
    await dana.sends("/digest")
    await dana.taps_first()
    await dana.taps("Voice and photos")
    assert dana.newest.file_id == next(one for one in ana.screen if one.message_id == sent["message_id"]).file_id
    assert dana.newest.protected


@pytest.mark.every_language
async def test_a_note_becomes_a_small_win_by_one_tap(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("She put on both shoes!")
    await ana.taps("🎉 A small win")
    assert "Kept as a small win. Well seen!" in ana.newest.text
    assert ana.newest.buttons == []
    assert "New: “She put on both shoes!”" in await first_family(dana)


async def test_a_small_win_stands_once_in_the_export(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/milestone")
    await ana.sends("He hopped.")
    await told(ana, "First time", "None", "Out", "Yes", "No")
    [child] = await exported(world)
    texts = [one["text"] for check_in in child["checkins"] for one in check_in["answers"] if one["text"]]
    assert texts == ["He hopped."]
    assert [one.get("text") for one in await milestones(world)] in ([], [None])


@pytest.mark.every_language
async def test_once_a_month_they_are_asked_for_one_after_a_check_in_never_after_a_hard_day(world: World) -> None:
    _dana, ana = await family(world)
    column = schema.person.c.joined_at
    await world.db.write(lambda tx: tx.run(sa.update(schema.person).values({column: column - 30 * 86_400_000}), {}))
    for day, asked in (("Hard", 0), ("Good", 1), ("Good", 1)):
        await evening(world)
        await ana.taps(day)
        while "Stop" in " ".join(ana.buttons):
            await ana.taps("Skip")
        assert sum(one.has("Has Mika done something new this month?") for one in ana.screen) == asked
    await ana.taps("Something new")
    ana.sees("What did Mika do?")
