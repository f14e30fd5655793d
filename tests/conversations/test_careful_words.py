"""Words that may be about danger: kept once, the card at once, a false alarm in one tap; nothing is promised."""

from __future__ import annotations

import pytest

from bot.domain import erasing, retention, urgent
from bot.domain.erasing import Moment
from bot.domain.inviting import Plan
from bot.model import Priority, Retention
from bot.storage import schema
from tests.support.families import at, evening, family
from tests.support.safety import kept, safe
from tests.support.world import Person, World

RED, AMBER, DRAGON = "He cannot breathe well.", "I cannot cope any more.", "He said he would kill the dragon."
TITLE = "If someone is in danger, please call now."


def answers_to(ana: Person, before: int) -> int:
    """New messages of ours, and reactions."""
    return len([one for one in ana.screen[before:] if not one.mine]) + len(
        [one for one in ana.screen[before:] if one.mine and one.reactions]
    )


@pytest.mark.every_language
async def test_red_words_are_kept_and_answered_by_the_card_alone(world: World) -> None:
    dana, ana = await family(world)
    before = len(ana.screen)
    await ana.sends(RED)
    card = ana.newest
    assert answers_to(ana, before) == 1
    assert card.text.index("Your words are kept.") < card.text.index(TITLE) < card.text.index("112")
    assert "Nobody is on call here now." in card.text
    assert card.labels == ["Yes", "No", "Not sure", "It was a false alarm"]
    assert await kept(world) == [RED]
    assert dana.newest.text == "🔴 Urgent help, level red. Case 1. Please look now."
    await dana.taps("Open", dana.newest)
    assert f"“{RED}”" in dana.newest.text
    assert "(breathing)" in dana.newest.text
    assert "09:00" in dana.newest.text
    assert dana.newest.protected
    await safe(world, RED)


async def test_a_false_alarm_is_one_tap_that_closes_the_card_and_not_the_record(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends(DRAGON)
    await ana.taps("It was a false alarm")
    assert ana.newest.buttons == []
    assert TITLE not in ana.newest.text
    await dana.taps("Open", dana.newest)
    assert "false alarm" in dana.newest.text
    assert DRAGON in dana.newest.text
    assert await kept(world) == [DRAGON]
    await dana.sends("/digest")
    await dana.taps_first()
    assert "Words that may be about danger. The family says: a false alarm." in dana.asked.text


async def test_the_form_stops_politely_and_goes_on_when_they_want(world: World) -> None:
    """A typed answer is an answer still, acknowledged by the card."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika", plan=Plan("weekly"))
    await evening(world)
    await ana.taps("Much harder")
    question, before = ana.asked, len(ana.screen)
    await ana.sends(RED)
    assert answers_to(ana, before) == 1
    [answer] = [row for row in await world.rows(schema.answer.select()) if row["text"]]
    assert answer["text"] == RED
    assert await kept(world) == [RED]
    form = next(one for one in ana.screen if one.message_id == question.message_id)
    assert "The other questions can wait." in form.text
    assert form.labels == ["▶️ Go on"]
    await ana.taps("Go on", form)
    assert next(one for one in ana.screen if one.message_id == question.message_id).labels[0] == "⏭ Skip"


async def test_amber_words_are_a_note_like_any_and_wait_for_the_therapists_hours(world: World) -> None:
    dana, ana = await family(world)
    await world.until(at("2027-03-06 12:00"))  # a Saturday
    before = len(dana.screen)
    await ana.sends(AMBER)
    assert "Kept" in ana.newest.text
    ana.sees_nothing_of(TITLE)
    assert len(dana.screen) == before
    await world.until(at("2027-03-08 08:00"))
    await dana.taps("Open", dana.sees("Level amber. Case 1. Please look today."))
    assert f"“{AMBER}”" in dana.newest.text


async def test_amber_words_that_lie_open_in_a_chat_go_from_it_with_the_child(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends(AMBER)
    await dana.taps("Open", dana.sees("Level amber"))
    await world.tick()
    dana.sees(AMBER)
    [child] = await world.rows(schema.child.select())
    now = Moment(world.clock.machine_ms(), world.clock.now_ms())
    await world.db.write(lambda tx: erasing.child(tx, child["id"], None, now))
    await world.tick()
    dana.sees_nothing_of(AMBER)
    dana.sees_nothing_of("Level amber")


async def test_an_edit_is_looked_at_too_and_alarms_once(world: World) -> None:
    dana, ana = await family(world)
    message = await ana.sends("A calm note.")
    await ana.does("edits", message, RED)
    ana.sees(TITLE)
    dana.sees("level red")
    await ana.does("edits", message, f"{RED} Really.")
    assert len(await world.rows(schema.alert.select())) == 1
    assert [row["said"] for row in await world.rows(schema.concern.select())] == [RED, f"{RED} Really."]


async def test_other_red_words_in_the_place_of_a_false_alarm_are_an_alarm(world: World) -> None:
    """The tap was about what stood there then; the same words once more wake nobody."""
    dana, ana = await family(world)
    message = await ana.sends(DRAGON)
    await ana.taps("It was a false alarm")
    await ana.does("edits", message, DRAGON)
    assert len(await world.rows(schema.alert.select())) == 1
    before = len(dana.screen)
    await ana.does("edits", message, RED)
    assert TITLE in ana.newest.text
    assert len(dana.screen) == before + 1
    await dana.taps("Open", dana.newest)
    assert RED in dana.newest.text
    await ana.does("edits", message, f"{RED} Please.")
    assert len(await world.rows(schema.alert.select())) == 2


@pytest.mark.every_language
async def test_red_words_of_who_has_no_child_here_any_more_are_met_by_the_numbers(world: World) -> None:
    dana, ana = await family(world)
    over = schema.access.update().where(schema.access.c.right == "care").values(until_at=world.clock.now_ms())
    await world.db.write(lambda tx: tx.run(over))
    before = len(ana.screen), len(dana.screen)
    message = await ana.sends(RED)
    shown = ana.newest.text
    assert TITLE in shown
    assert "Emergency: 112" in shown
    assert "We could not tell anyone here." in shown
    assert "Your words are kept." not in shown
    assert (answers_to(ana, before[0]), len(dana.screen)) == (1, before[1])
    await ana.does("edits", message, f"{RED} Please.")
    assert TITLE in ana.newest.text
    assert await world.rows(schema.alert.select()) == await world.rows(schema.concern.select()) == []
    await safe(world, RED)


@pytest.mark.every_language
async def test_red_words_of_who_was_put_out_are_met_by_the_numbers_and_kept_by_nobody(world: World) -> None:
    dana, ana = await family(world)
    await dana.taps("Not them")
    before = len(dana.screen)
    for action, words in (("sends", RED), ("sends_photo", "")):
        await (ana.sends(words) if words else ana.does(action, caption=RED))
        assert "Emergency: 112" in ana.newest.text
        assert "We could not tell anyone here." in ana.newest.text
    message = await ana.sends("Hello?")
    assert "Please open the link" in ana.newest.text
    await ana.does("edits", message, RED)
    assert TITLE in ana.newest.text
    assert len(dana.screen) == before
    assert await world.rows(schema.alert.select()) == await world.rows(schema.concern.select()) == []
    await safe(world, RED)


@pytest.mark.every_language
async def test_red_words_that_could_not_be_handled_are_met_by_the_numbers_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake of ours keeps the number from nobody; nobody is said to be told who is not."""
    dana, ana = await family(world)
    before = len(dana.screen)

    async def fails(*_: object) -> None:
        raise KeyError("a mistake of ours")

    with monkeypatch.context() as patched:
        patched.setattr(urgent, "caught", fails)
        message = await ana.sends(RED)
    assert TITLE in ana.screen[-2].text
    assert "Emergency: 112" in ana.screen[-2].text
    assert "We could not tell anyone here." in ana.screen[-2].text
    assert "Your message is kept." in ana.newest.text
    assert len(dana.screen) == before
    world.odd_updates = True
    world.sim.raw_update({"message": {"message_id": message["message_id"] + 50, "chat": message["chat"], "text": RED}})
    await world.settle()
    assert TITLE in ana.screen[-2].text
    await safe(world, RED)


async def test_strangers_who_flood_with_red_words_get_five_cards_an_hour(world: World) -> None:
    eve = world.person("Eve")
    for _ in range(7):
        await eve.sends(RED)
        await eve.sends("Hello?")
    assert [sum(one.has(text) for one in eve.screen) for text in (TITLE, "Please open the link")] == [5, 5]


async def test_with_two_children_the_card_also_asks_for_whom(world: World) -> None:
    dana, ana = await family(world)
    await world.parent_of(dana, "Ana", "Lea", phone=ana.phone)
    await ana.sends(RED)
    await ana.taps("No")
    await ana.taps("Lea")
    notes = await world.rows(schema.note.select())
    assert [(row["sure"], row["text"]) for row in notes] == [(1, RED)]
    await dana.taps("Open", dana.newest)
    assert dana.newest.text.startswith("🔴 Mika, Lea: words of Ana")


async def test_what_was_urgent_outlives_the_note_and_a_deletion(world: World) -> None:
    """Fault 46: no tap deletes what may be evidence; amber words go."""
    dana, ana = await family(world)
    await ana.sends(RED)
    await ana.sends(AMBER)
    await ana.sends("/delete_my_data")
    assert "What was urgent stays with the clinic, as you sent it." in ana.newest.text
    await ana.taps("Yes, delete it all")
    assert [row["said"] for row in await world.rows(schema.concern.select())] == [RED]
    await dana.taps("Open", dana.sees("level red"))
    dana.sees(RED)


async def with_pictures(world: World) -> tuple[Person, Person]:
    """Ana sent a picture with red words, an album with red words, and one of a calm day; all with her yes."""
    dana, ana = await family(world)
    await ana.does("sends_photo", caption=RED)
    await ana.taps("Yes, keep it")
    await ana.does("sends_album", 2, caption=RED)
    await ana.does("sends_photo", caption="A calm day")
    assert await pictures(world) == [(RED, "photo"), (RED, "photo"), (None, "photo"), ("A calm day", "photo")]
    return dana, ana


async def pictures(world: World) -> list[tuple[str | None, str | None]]:
    notes = await world.rows(schema.note.select().order_by(schema.note.c.id))
    return [(row["text"], row["media_kind"]) for row in notes]


ALARMED = [(RED, "photo"), (RED, "photo"), (None, "photo")]


@pytest.mark.every_language
async def test_pictures_of_an_alarm_stay_when_photos_are_taken_back_and_she_reads_so(world: World) -> None:
    _dana, ana = await with_pictures(world)
    await ana.sends("/privacy")
    await ana.taps("🖼 Photos: yes. Turn off", ana.newest)
    await ana.taps("Yes, delete them", ana.newest)
    assert await pictures(world) == [*ALARMED, ("A calm day", None)]
    ana.sees("They are deleted.")
    assert "What was urgent stays with your clinic, as you sent it." in ana.newest.text
    await ana.sends("/privacy")
    assert "What was urgent stays with your clinic, as you sent it." in ana.newest.text
    await ana.taps("🖼 Photos: no. Turn on", ana.newest)
    assert "What was urgent" not in ana.newest.text
    await ana.taps("🖼 Photos: yes. Turn off", ana.newest)
    assert "Shall I delete" not in ana.newest.text
    await safe(world)


async def test_pictures_of_an_alarm_outlive_their_time_and_a_deletion(world: World) -> None:
    """What is left when she is gone has her time no more, either."""
    _dana, ana = await with_pictures(world)
    keep = Retention(photos=30)
    world.clock.advance(days=31)
    moment = Moment(world.clock.machine_ms(), world.clock.now_ms())
    await world.db.write(lambda tx: retention.apply(tx, keep, None, moment))
    assert await pictures(world) == [*ALARMED, ("A calm day", None)]
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    ana.sees("It is deleted")
    assert await pictures(world) == ALARMED
    await world.db.write(lambda tx: retention.apply(tx, keep, None, moment))
    assert await pictures(world) == ALARMED
    assert await world.rows(schema.dead_update.select()) == []


async def test_a_picture_that_was_taken_back_is_handed_on_by_no_deletion(world: World) -> None:
    """It stays for the record; the no stays with it."""
    dana, ana = await with_pictures(world)
    await ana.sends("/privacy")
    await ana.taps("🖼 Photos: yes. Turn off", ana.newest)
    await ana.taps("No, keep them", ana.newest)
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    assert await pictures(world) == ALARMED
    await dana.sends("/digest")
    await dana.taps_first()
    await dana.taps("Voice and photos")
    assert not [one for one in dana.screen if one.file_id]


async def test_an_answer_with_red_words_keeps_its_picture_and_its_form(world: World) -> None:
    dana, ana = await family(world)
    await ana.does("sends_photo")
    await ana.taps("Yes, keep it")
    await ana.sends("/milestone")
    await ana.does("sends_photo", caption=RED)
    [answer] = [row for row in await world.rows(schema.answer.select()) if row["media_kind"]]
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    [left] = await world.rows(schema.answer.select())
    assert (left["id"], left["media_kind"]) == (answer["id"], "photo")
    assert await pictures(world) == []
    await dana.sends("/digest")
    await dana.taps_first()
    assert await world.rows(schema.dead_update.select()) == []


async def test_a_voice_note_is_marked_as_not_checked(world: World) -> None:
    dana, ana = await family(world)
    await ana.does("sends_voice", seconds=14)
    await ana.taps_first()
    await dana.sends("/digest")
    await dana.taps_first()
    assert "not checked for danger" in dana.asked.text


async def test_a_therapists_own_words_alarm_nobody_and_the_card_goes_first(world: World) -> None:
    dana, ana = await family(world)
    await dana.sends(RED)
    assert await world.rows(schema.alert.select()) == []
    ana.phone.sends(RED)
    await world.program.poller.step(0)
    waiting = [row for row in await world.rows(schema.outbox.select()) if row["state"] == "pending"]
    assert {row["priority"] for row in waiting} == {int(Priority.SAFETY)}
    await world.settle()


async def test_a_message_that_comes_after_its_own_edit_is_looked_at_too(world: World) -> None:
    """The edit alone says that all is well; what stood there first is what counts."""
    dana, ana = await family(world)
    user, said_at = ana.phone.user_id, int(world.clock.now().timestamp())
    seen = {"message_id": 900, "date": said_at, "chat": {"id": user, "type": "private", "first_name": "Ana"}}
    seen["from"] = {"id": user, "is_bot": False, "first_name": "Ana"}
    world.odd_updates = True
    world.sim.world.updates.put("edited_message", seen | {"edit_date": said_at + 1, "text": "All is fine."})
    await world.settle()
    assert await world.rows(schema.alert.select()) == []
    world.sim.world.updates.put("message", seen | {"text": RED})
    await world.settle()
    ana.sees(TITLE)
    await dana.taps("Open", dana.sees("level red"))
    dana.sees(RED)
    assert await kept(world) == ["All is fine.", RED], "the version before is a revision"


@pytest.mark.parametrize("command", ["/help", "/checkin", "/stop", "/cancel", "/nonsense", "/help@clinic_bot"])
async def test_red_words_behind_a_command_are_kept_and_met_and_the_command_works(world: World, command: str) -> None:
    dana, ana = await family(world)
    await ana.sends(command)
    alone = ana.newest.text
    await ana.sends(f"{command} {RED}")
    assert ana.newest.text == alone
    ana.sees(TITLE)
    dana.sees("level red")
    assert await kept(world) == [RED]
    assert len(await world.rows(schema.alert.select())) == 1
    await safe(world, RED)


async def test_amber_words_behind_a_command_are_a_note_and_others_are_part_of_it(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends(f"/help\n{AMBER}")
    ana.sees("Kept")
    ana.sees("🆘 Urgent help")
    await ana.sends("/help me with the calendar")
    assert await kept(world) == [AMBER]
    assert [row["level"] for row in await world.rows(schema.concern.select())] == ["amber"]
    dana.sees("Level amber")


async def test_a_command_that_is_edited_into_red_words_is_met_once(world: World) -> None:
    dana, ana = await family(world)
    message = await ana.sends("/help")
    await ana.does("edits", message, f"/help {RED}")
    await ana.does("edits", message, f"/help {RED} Please.")
    ana.sees(TITLE)
    dana.sees("level red")
    assert len(await world.rows(schema.alert.select())) == 1


async def test_red_words_where_a_place_was_asked_for_are_met(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/settings")
    await ana.does("presses", "set:zone", ana.newest)
    await ana.sends(RED)
    ana.sees(TITLE)
    assert await kept(world) == [RED]


@pytest.mark.parametrize(
    "words", ["Mein Mann schlägt mich.", "Se tragó una pila.", "Ele não consegue respirar.", "Він хоче померти."]
)
async def test_in_fear_people_write_in_their_first_language_and_are_met(world: World, words: str) -> None:
    """The chat speaks English with her: the lists of every language are asked all the same."""
    dana, ana = await family(world)
    await ana.sends(words)
    ana.sees(TITLE)
    await dana.taps("Open", dana.sees("level red"))
    dana.sees(words)
    await safe(world, words)
