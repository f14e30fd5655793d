"""Goals together: a wish in own words, shaped by the therapist, agreed by each caregiver alone."""

from __future__ import annotations

import pytest

from bot.domain import leaving
from bot.storage import schema
from bot.storage.people import load_account
from tests.support.families import family
from tests.support.safety import exported
from tests.support.world import Person, World

GOAL = "Asks for more with two words"


async def drafts(dana: Person, words: str = GOAL) -> None:
    """A goal with its first words, from nothing."""
    await dana.sends("/goal")
    await dana.taps("Mika")
    await dana.taps("➕ New goal")
    await dana.sends(words)


async def proposes(dana: Person, world: World, words: str = GOAL) -> None:
    await drafts(dana, words)
    await dana.taps("Back to the goal")
    await dana.taps("📨 Send it to the family")
    await world.passes(minutes=1)


async def agrees(ana: Person) -> None:
    await ana.taps("👍 I agree")
    await ana.taps("⏭ Skip")


async def test_an_answer_to_a_goal_stays_when_voice_notes_are_deleted(world: World) -> None:
    """It is a tap, and takes an agreement back: without it the one from before would stand again."""
    dana, ana = await family(world)
    await proposes(dana, world)
    await agrees(ana)
    await ana.sends("/goals")
    await ana.taps(GOAL)
    await ana.taps("I would change something")
    await ana.taps("⏭ Skip")
    await ana.does("sends_voice")
    await ana.taps("Yes, keep it")
    await ana.sends("/privacy")
    await ana.taps("Voice notes: yes")
    await ana.taps("Yes, delete them")
    ana.sees("They are deleted. Your words stay.")
    assert [row["kind"] for row in await world.rows(schema.goal_word.select())] == ["agree", "change"]


@pytest.mark.every_language
async def test_from_a_wish_to_an_agreed_goal(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("/goals")
    assert "There are no goals yet." in ana.newest.text
    await ana.taps("💭 A wish")
    assert "What do you wish for Mika?" in ana.asked.text
    await ana.sends("That she can ask for more at dinner.")
    assert "Kept as a wish. Dana will see it." in ana.newest.text
    assert "Ana (parent) has a wish for Mika: “That she can ask for more at dinner.”" in dana.newest.text
    await dana.taps("Open it")
    await dana.taps("Make a goal: That she can ask")
    assert "The wish was: “That she can ask for more at dinner.”" in dana.asked.text
    await dana.sends(GOAL)
    assert dana.buttons[0] == "⏭ Skip"
    await dana.taps("at home")
    await dana.taps("with a little help")
    await dana.taps("4 of 5 times")
    await dana.taps("in 8 weeks")
    await dana.taps("Starts at −1")
    for words in ("Two words, 4 of 5 times", "Two words, each time"):
        await dana.sends(words)
    for _ in range(3):
        await dana.taps("⏭ Skip")
    assert "Why does it matter to Ana (parent)?" in dana.asked.text
    await dana.taps("⏭ Skip")
    await dana.taps("⏭ Skip")
    await dana.taps("📨 Send it to the family")
    assert "⏳ Ana (parent) was asked" in dana.asked.text
    await world.passes(minutes=1)
    assert "Dana has a goal for Mika:" in ana.asked.text
    for line in ("Where or with whom: at home", "What we hope for: Two words, 4 of 5 times", "By: 26 "):
        assert line in ana.asked.text
    await ana.taps("👍 I agree")
    assert "You agreed to this goal." in ana.asked.text
    await ana.sends("So that dinner is calm.")
    assert "It stands with the goal now." in ana.newest.text
    assert "✓ Ana (parent) agreed to a goal for Mika: Asks for more with two words" in dana.newest.text
    await dana.taps("Open it")
    assert "Ana (parent): why it matters: “So that dinner is calm.”" in dana.asked.text
    await dana.taps("Set the level")
    await dana.taps("+1: Two words, each time")
    assert "Your level: +1, set on 1 " in dana.asked.text
    await ana.taps("All goals")
    await ana.taps("All goals")
    assert "Where we are now, 1 " in ana.asked.text
    assert ": Two words, each time" in ana.asked.text
    assert "+1" not in ana.asked.text


async def test_nothing_is_active_without_a_word_and_an_edit_is_asked_again(world: World) -> None:
    dana, ana = await family(world)
    await proposes(dana, world)
    await dana.taps("Back to Mika")
    assert "Set the level" not in dana.buttons
    await dana.taps(GOAL)
    assert "Set the level" not in dana.buttons
    await agrees(ana)
    await dana.taps("Open it")
    await dana.taps("✏️ Change it")
    await dana.taps("What Mika does")
    await dana.sends("Asks for help")
    await dana.taps("Back to the goal")
    before = len(ana.screen)
    await world.passes(minutes=5)
    assert len(ana.screen) == before, "a draft is nobody's business"
    await dana.taps("📨 Send it")
    await world.passes(minutes=1)
    assert "Until you agree, the one from before stays." in ana.asked.text
    assert "⏳ Ana (parent) was asked" in dana.sees("works by the version before").text
    await ana.sends("/goals")
    assert f"🎯 {GOAL}" in ana.newest.text
    assert "Asks for help" in ana.newest.text
    await ana.taps("✍️ Asks for help")
    await ana.taps("✏️ I would change something")
    await ana.sends("Only at home, please.")
    await dana.taps("Open it")
    assert "would change something: “Only at home, please.”" in dana.asked.text
    assert "works by the version before" in dana.asked.text
    await ana.sends("/goals")
    await ana.taps("Asks for help")
    await agrees(ana)
    await dana.taps("Open it")
    await dana.taps("Versions")
    assert "Version 2" in dana.asked.text
    assert GOAL in dana.asked.text
    versions = await world.rows(schema.goal_version.select().order_by(schema.goal_version.c.number))
    assert [one["what"] for one in versions] == [GOAL, "Asks for help"]


async def test_fault_49_two_caregivers_agree_without_learning_of_each_other(world: World) -> None:
    """Each sees the goal and agrees alone; nothing of the other shows."""
    dana, ana = await family(world)
    [mika] = await world.rows(schema.child.select())
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=mika["id"])
    await proposes(dana, world)
    assert "Dana has a goal for Mika:" in ben.asked.text
    await ana.taps("👍 I agree")
    await ana.sends("Our canary words.")
    await ana.sends("/goals")
    await ana.taps("💭 A wish")
    await ana.sends("A canary wish.")
    await ben.sends("/goals")
    assert "✍️ Dana asks you about" in ben.newest.text
    await dana.sends("/goal")
    await dana.taps("Mika")
    assert "✓ Ana (parent) agreed on 1 March" in dana.asked.text
    assert "⏳ Ben (parent) was asked" in dana.asked.text
    await dana.taps(GOAL)
    await dana.taps("Set the level")
    await dana.taps("0:")
    await ben.sends("/goals")
    await ben.taps("✍️")
    assert "Where we are now" not in ben.newest.text, "a level would tell that somebody agreed"
    await ben.taps("💬 Let’s talk about it")
    await dana.taps("Open it")
    assert "💬 Ben (parent) wants to talk about it" in dana.asked.text
    assert "✓ Ana (parent) agreed" in dana.asked.text
    for secret in ("Ana", "canary"):
        ben.sees_nothing_of(secret)
    ana.sees_nothing_of("Ben")


async def test_at_most_three_are_open_and_one_that_is_reached_makes_room(world: World) -> None:
    dana, ana = await family(world)
    for words in ("One", "Two", "Three"):
        await proposes(dana, world, words)
        await agrees(ana)
    await proposes(dana, world, "Four")
    assert dana.toasts[-1] == "Three goals are open already. End one first."
    await dana.taps("Back to Mika")
    await dana.taps("🎯 One")
    await dana.taps("🎉 Reached")
    await dana.taps("Yes, reached")
    await world.passes(minutes=1)
    assert "🎉 Mika reached a goal!" in ana.newest.text
    await dana.taps("▶️ The next step")
    await dana.taps("Back to the goal")
    await dana.taps("📨 Send it")
    assert "⏳ Ana (parent) was asked" in dana.asked.text
    await ana.sends("/goals")
    await ana.taps("🎉 Goals that were reached")
    assert "🎉 Reached on 1 March" in ana.asked.text


async def test_a_wish_by_voice_waits_for_its_consent_and_is_heard_by_the_therapist(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("/goals")
    await ana.taps("💭 A wish")
    await ana.does("sends_voice", seconds=9)
    assert await world.rows(schema.goal_word.select()) == []
    await ana.taps("Yes, keep it")
    assert "💭 Kept as a wish." in ana.newest.text
    assert await world.rows(schema.note.select()) == []
    await dana.taps("Open it")
    await dana.taps("🎤 Ana")
    assert dana.newest.protected
    assert dana.newest.file_id


async def test_an_edited_wish_is_a_revision_and_later_words_are_a_note(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/goals")
    await ana.taps("💭 A wish")
    sent = await ana.sends("That she slepps.")
    before = len(ana.screen)
    await ana.does("edits", sent, "That she sleeps.")
    assert len(ana.screen) == before
    [wish] = await world.rows(schema.goal_word.select())
    assert wish["text"] == "That she sleeps."
    assert [row["text"] for row in await world.rows(schema.revision.select())] == ["That she slepps."]
    await ana.taps("All goals")
    await ana.taps("💭 A wish")
    await world.passes(minutes=61)
    await ana.sends("We were at the sea.")
    assert [row["text"] for row in await world.rows(schema.note.select())] == ["We were at the sea."]


async def test_a_proposal_waits_for_the_end_of_quiet_hours(world: World) -> None:
    dana, ana = await family(world)
    await world.passes(hours=13)  # 22:00 in Berlin
    await proposes(dana, world)
    ana.sees_nothing_of(GOAL)
    await world.passes(hours=10)
    assert "Dana has a goal for Mika:" in ana.sees(GOAL).text


@pytest.mark.every_language
async def test_once_a_week_there_is_a_line_to_share_with_the_child(world: World) -> None:
    dana, ana = await family(world)
    await proposes(dana, world)
    await agrees(ana)
    await world.passes(days=3, minutes=2)
    assert "“What was fun this week about: Asks for more with two words?”" in ana.sees("💬 A line to share").text
    await ana.taps("✓ We talked about it")
    await ana.sends("More cake!")
    assert "Kept. Thank you both." in ana.newest.text
    await dana.sends("/goal")
    await dana.taps("Mika")
    await dana.taps(GOAL)
    assert "Mika said, by Ana (parent): “More cake!”" in dana.asked.text
    await world.passes(days=7, minutes=2)
    assert "Who could you show it to" in ana.sees("💬 A line to share").text
    await ana.taps("No such lines, please")
    before = sum(one.has("💬 A line") for one in ana.screen)
    await world.passes(days=15)
    assert sum(one.has("💬 A line") for one in ana.screen) == before


async def test_there_is_no_such_line_in_a_pause_or_where_the_therapist_wants_none(world: World) -> None:
    dana, ana = await family(world)
    await proposes(dana, world)
    await agrees(ana)
    await ana.sends("/pause")
    await ana.taps("A pause")
    await ana.taps("Mon, 8 Mar")
    await world.passes(days=3, minutes=2)
    ana.sees_nothing_of("💬 A line to share")
    await world.passes(days=7)
    before = ana.sees("💬 A line to share")
    await dana.sends("/plan")
    for button in ("Mika", "Ana (parent): days", "How much at most", "no other message"):
        await dana.taps(button)
    await world.passes(days=7)
    assert ana.sees("💬 A line to share") == before


async def test_an_export_has_it_all_and_a_copy_for_a_parent_only_what_is_theirs(world: World) -> None:
    dana, ana = await family(world)
    [mika] = await world.rows(schema.child.select())
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=mika["id"])
    await proposes(dana, world)
    await ana.taps("👍 I agree")
    await ana.sends("So that dinner is calm.")
    await ana.sends("/goals")
    await ana.taps("💭 A wish")
    await ana.sends("That he sleeps.")
    await ben.taps("✏️ I would change something")
    await dana.taps("Open it")
    await dana.taps("Set the level")
    await dana.taps("−1:")
    [child] = await exported(world)
    [goal] = child["goals"]
    assert [one["what"] for one in goal["versions"]] == [GOAL]
    assert [one["kind"] for one in goal["agreements"]] == ["agree", "change"]
    assert ([one["level"] for one in goal["levels"]], goal["ratings"]) == ([-1], [])
    assert [one["text"] for one in child["wishes"]] == ["That he sleeps."]
    account = await world.db.read(lambda tx: load_account(tx, ben.phone.user_id))
    assert account is not None
    copy = await world.db.read(lambda tx: leaving.own(tx, account.caregivers[0].id, world.clock.now_ms()))
    assert copy is not None
    [own] = copy.document["children"][0]["goals"]
    assert ([one["kind"] for one in own["agreements"]], own["whys"], own["levels"]) == (["change"], [], [])
    assert "sleeps" not in str(copy.document)


async def test_deleting_takes_own_words_and_leaves_the_goal(world: World) -> None:
    dana, ana = await family(world)
    await proposes(dana, world)
    await ana.taps("👍 I agree")
    await ana.sends("Canary why.")
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    assert await world.rows(schema.goal_word.select()) == []
    assert await world.rows(schema.goal_notice.select()) == []
    await dana.sends("/goal")
    await dana.taps("Mika")
    assert GOAL in dana.newest.text
    assert "canary" not in dana.newest.text.lower()
