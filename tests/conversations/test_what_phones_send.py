"""Everything that a phone can send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.simulator import Phone
from tests.support.safety import exported, kept, safe
from tests.support.world import Person, World


async def family(world: World) -> Person:
    dana = await world.therapist("Dana")
    return await world.parent_of(dana, "Ana", "Mika")


def said(person: Person) -> list[str]:
    return [one.text for one in person.screen if not one.mine]


async def consented(world: World) -> Person:
    ana = await family(world)
    for action in ("sends_voice", "sends_photo"):
        await ana.does(action)
        await ana.taps("Yes, keep it")
    return ana


LARGE = 21 * 1024 * 1024
KEPT: dict[str, tuple[str, Callable[[Phone], Any]]] = {
    "a photo": ("photo", lambda phone: phone.sends_photo("Her tower")),
    "a voice note": ("voice", lambda phone: phone.sends_voice()),
    "a sound file": ("audio", lambda phone: phone.sends_audio()),
    "a video of 21 MB": ("video", lambda phone: phone.sends_video(LARGE)),
    "a round video": ("video_note", lambda phone: phone.sends_video_note()),
    "a short film": ("animation", lambda phone: phone.sends_animation()),
    "a file of 21 MB": ("document", lambda phone: phone.sends_document(LARGE)),
}


@pytest.mark.parametrize("what", KEPT)
async def test_fault_20_what_can_be_kept_is_kept_with_one_acknowledgement(world: World, what: str) -> None:
    """It stands in the export with its kind and file, however large it is."""
    ana = await consented(world)
    kind, send = KEPT[what]
    before = len(said(ana))
    send(ana.phone)
    await world.settle()
    [child] = await exported(world)
    assert child["notes"][-1]["media"]["kind"] == kind
    assert said(ana)[before:] == [ana.newest.text]
    assert ana.newest.text.startswith("✓ Kept safely")
    await safe(world, "Mika")


CANNOT: dict[str, Callable[[Phone], Any]] = {
    "a sticker": lambda phone: phone.sends_sticker(),
    "a location": lambda phone: phone.sends_location(),
    "a contact": lambda phone: phone.sends_contact("+4912345678", "Canary Lopez"),
    "a poll": lambda phone: phone.sends_poll(),
    "a die": lambda phone: phone.sends_dice(),
}


@pytest.mark.parametrize("what", CANNOT)
async def test_fault_20_what_cannot_be_kept_is_said_kindly(world: World, what: str) -> None:
    """One line that says so; nothing of it is stored."""
    ana = await family(world)
    before = len(said(ana))
    CANNOT[what](ana.phone)
    await world.settle()
    assert said(ana)[before:] == ["I can keep words, voice notes, photos, videos and files.\nThis one I cannot keep."]
    assert (await exported(world))[0]["notes"] == []
    await safe(world, "Mika", "Canary", "4912345678")


async def test_fault_20_an_album_is_one_message(world: World) -> None:
    """Ten pictures, one acknowledgement; each picture stands in the export once."""
    ana = await consented(world)
    before = len(said(ana))
    await ana.does("sends_album", 10, "The whole day")
    assert len(said(ana)) == before + 1
    assert len((await exported(world))[0]["notes"]) == 12
    assert (await kept(world)).count("The whole day") == 1
    await safe(world, "Mika")


async def test_fault_20_a_forward_is_kept_as_what_it_is(world: World) -> None:
    """Its words are a note, also where we had asked for a nickname: somebody else's words are no answer to that."""
    ana = await family(world)
    await ana.does("forwards", "The school wrote about today")
    assert await kept(world) == ["The school wrote about today"]
    await safe(world, "Mika")


async def test_fault_20_a_message_made_with_another_bot_is_kept(world: World) -> None:
    """via_bot: the parent chose to send it."""
    ana = await family(world)
    helper = {"id": 4242, "is_bot": True, "first_name": "Helper", "username": "helper_bot"}
    ana.phone.sends_content({"text": "A poem about Mika", "via_bot": helper})
    await world.settle()
    assert await kept(world) == ["A poem about Mika"]
    await safe(world, "Mika")


async def test_fault_20_a_press_under_a_message_that_is_out_of_reach_still_answers(world: World) -> None:
    """Telegram gives an inaccessible message with a press; the answer counts, and the check-in goes on."""
    ana = await family(world)
    await ana.sends("/checkin")
    shown = ana.sees("How was")
    button = next(one for one in shown.all_buttons if "Good" in one.label)
    message = ana.phone.chat.messages[shown.message_id]
    ana.phone.chat.messages[shown.message_id] = {"chat": ana.phone.chat.info, "message_id": shown.message_id, "date": 0}
    ana.phone.presses(button.data or "", shown)
    ana.phone.chat.messages[shown.message_id] = message
    await world.settle()
    ana.sees("Anything Dana should know?")
    await safe(world, "Mika")
