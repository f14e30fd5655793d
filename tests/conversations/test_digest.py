"""/digest and its buttons: through the families, to the sources, and no further than the right to treat goes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain import inviting
from bot.simulator import Shown
from bot.storage import schema
from tests.support.world import Person, World, open_world

MOST_TAPS = 30


async def family(world: World, dana: Person, caregiver: str, child: str, words: str = "", tag: str = "") -> Person:
    """A family that has joined and, where it is given words, has said them."""
    parent = await world.parent_of(dana, caregiver, child)
    if words:
        await parent.sends(words)
    if tag:
        await parent.taps(tag)
    return parent


def digest_of(dana: Person) -> Shown:
    return next(one for one in reversed(dana.phone.screen) if not one.mine and one.buttons)


def data_of(shown: Shown) -> dict[str, str]:
    """Callback data by what stands on the button."""
    return {_plain(button.label): button.data or "" for button in shown.all_buttons}


def _plain(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", text)


@pytest.mark.every_language
async def test_first_buttons_lead_through_all_families_with_their_words(world: World) -> None:
    dana = await world.therapist("Dana")
    await family(world, dana, "Ana", "Mika", "He slept well.")
    await family(world, dana, "Sami", "Noor", "Should we wait?", "A question")
    await family(world, dana, "Lea", "Lio", "She stood up!", "A small win")
    await dana.sends("/digest")
    assert "Your families" in dana.newest.text
    seen = []
    while digest_of(dana).buttons:
        await dana.taps_first()
        text = _plain(dana.sees("Data until").text)
        if "That was everyone" in text:
            break
        seen.append(text)
        assert len(seen) < MOST_TAPS
    assert [re.match(r"\w+", text)[0] for text in seen] == ["Noor", "Lio", "Mika"]  # type: ignore[index]
    for text, words in zip(seen, ("Should we wait?", "She stood up!", "He slept well."), strict=True):
        assert f"“{words}”" in text
        assert len(text.splitlines()) <= 12
    (made,) = await world.rows(schema.digest.select())
    assert made["opened_at"] is not None


async def test_a_question_that_was_answered_is_open_no_more(world: World) -> None:
    dana = await world.therapist("Dana")
    await family(world, dana, "Ana", "Mika", "Should we wait?", "A question")
    await dana.sends("/digest")
    await dana.taps_first()
    mark = data_of(digest_of(dana))["✓ Mark answered"]
    await dana.taps("Mark answered")
    assert "Question," not in _plain(dana.sees("Data until").text)
    assert dana.phone.answers[-1].text == "✓ Marked as answered."
    shown = digest_of(dana)
    await dana.taps("Plans", shown)
    assert dana.newest.message_id != shown.message_id  # the family's screen stays
    assert "Mika" in dana.newest.text
    dana.phone.presses(mark, digest_of(dana))
    await world.settle()
    assert dana.phone.answers[-1].show_alert
    await dana.sends("/digest")
    assert "a question" not in dana.newest.text


@pytest.mark.every_language
async def test_voice_and_photos_are_handed_on_as_they_came(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = await family(world, dana, "Ana", "Mika")
    await ana.does("sends_photo", caption="<On> the swing")
    await ana.taps("Yes, keep it")
    sent = next(one for one in ana.phone.screen if one.kind == "photo")
    await dana.sends("/digest")
    await dana.taps_first()
    await dana.taps("Voice and photos (1)")
    handed_on = dana.newest
    assert (handed_on.kind, handed_on.file_id) == ("photo", sent.file_id)
    assert _plain(handed_on.text).endswith("“<On> the swing”")


async def test_every_figure_opens_its_answers(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = await family(world, dana, "Ana", "Mika")
    await world.until(datetime(2027, 3, 2, 18, 31, tzinfo=UTC))
    await ana.taps("OK")
    await ana.taps("Skip")
    await world.until(datetime(2027, 3, 3, 7, 0, tzinfo=UTC))
    await dana.taps("Mika")
    assert "Ana: 1 of 1 answered · median OK, n = 1" in _plain(digest_of(dana).text)
    await dana.taps("Answers")
    shown = _plain(digest_of(dana).text)
    assert "Tue, 2 Mar" in shown
    assert "Ana, 19:31 · The day: 😐 OK" in shown
    await dana.taps("Back to")
    await dana.taps("All families")
    assert "Your families" in digest_of(dana).text


async def test_a_large_caseload_is_read_in_the_background(world: World) -> None:
    dana = await world.therapist("Dana")

    async def invite(tx: inviting.Tx) -> None:
        (therapist,) = await tx.rows(schema.person.select())
        for number in range(21):
            await inviting.invite_family(
                tx, therapist["id"], f"Kid {number}", "en", "Europe/Berlin", world.clock.now_ms()
            )

    await world.db.write(invite)
    await dana.sends("/digest")
    assert dana.newest.text == "One moment. Your digest is on its way."
    await world.tick()
    assert "Your families" in dana.newest.text
    await world.tick()
    assert [one.has("Your families") for one in dana.phone.screen].count(True) == 1


@pytest.mark.every_language
async def test_a_parent_is_told_kindly(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = await family(world, dana, "Ana", "Mika")
    await ana.sends("/digest")
    assert "A digest is for therapists." in ana.newest.text


@pytest.mark.every_language
async def test_a_therapist_without_families(world: World) -> None:
    dana = await world.therapist("Dana")
    await dana.sends("/digest")
    assert "No family is with you yet." in dana.newest.text


@pytest.mark.parametrize("who", ["Eli", "Ana", "Dana"])
@pytest.mark.every_language
async def test_fault_22_forged_foreign_and_stale_presses_change_and_show_nothing(world: World, who: str) -> None:
    """Eli treats another child, Ana is the parent; Dana's own right to treat has ended."""
    dana, eli = await world.therapist("Dana"), await world.therapist("Eli")
    await family(world, dana, "Ana", "Mika", "Should we wait?", "A question")
    await family(world, eli, "Sami", "Noor")
    await eli.sends("/digest")
    await dana.sends("/digest")
    await dana.taps_first()
    data = [button.data or "" for button in digest_of(dana).all_buttons]
    if who == "Dana":
        await _end_rights(world)
        data = [one for one in data if one.split(":")[1] not in "ld"]
    person = world.people[who]
    shown = person.newest
    before = [one.text for one in person.phone.screen]
    forged = ["digest:f:1:1", "digest:f:999:1", "digest:m:2:1", "digest:q:2:1:1", "digest:a:2:1:9", "digest:f:2"]
    for number, press in enumerate([*data, *(forged if who == "Ana" else forged[1:2])], 1):
        person.phone.presses(press, shown)
        await world.settle()
        assert person.phone.answers[-1].show_alert, press
        assert len(person.phone.answers) >= number
    assert [one.text for one in person.phone.screen] == before
    (question,) = await world.rows(schema.note.select())
    assert question["answered_at"] is None


async def _end_rights(world: World) -> None:
    ended = schema.access.update().values(until_at=sa.bindparam("now")).where(schema.access.c.right == "treat")
    await world.db.write(lambda tx: tx.run(ended, {"now": world.clock.now_ms()}))


@pytest.mark.parametrize("language", ["en-XA", "ar-XB"])
async def test_in_a_language_a_third_longer_and_in_one_from_right_to_left(tmp_path: Path, language: str) -> None:
    async with open_world(tmp_path, pseudo=True) as world:
        dana = await world.therapist("Dana", language=language)
        await family(world, dana, "Ana", "Mika", "He slept <well> & long.")
        await dana.sends("/digest")
        for _ in range(2):
            await dana.taps_first()
        assert dana.phone.shows("Data") is (language == "ar-XB")  # there the letters stay and run the other way
        await dana.sends("/digest")
        await dana.taps_first()
        family_screen = digest_of(dana)
        assert "He slept <well> & long." in family_screen.text
        answers = next(button for button in family_screen.all_buttons if (button.data or "").startswith("digest:a:"))
        dana.phone.presses(answers.data or "", family_screen)
        await world.settle()
        assert "He slept <well> & long." in digest_of(dana).text
