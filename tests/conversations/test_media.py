"""Voices, pictures and files: a consent by one tap, kept whole, and all the way to the therapist."""

from __future__ import annotations

import pytest

from bot.model import Json
from bot.simulator import Shown
from bot.storage import schema
from tests.support.families import evening, family
from tests.support.safety import exported
from tests.support.world import Person, World

VOICES = ("voice", "audio")
PICTURES = ("photo", "video", "video_note", "animation")


def kept_lines(ana: Person) -> list[Shown]:
    return [one for one in ana.screen if not one.mine and "Kept safely" in one.text]


def sent_by(ana: Person, sent: Json) -> Shown:
    return next(one for one in ana.screen if one.message_id == sent["message_id"])


async def media(world: World) -> list[tuple[str, str]]:
    """Kind and file of everything that an export names."""
    [child] = await exported(world)
    said = [*child["notes"], *(one for check_in in child["checkins"] for one in check_in["answers"])]
    return [(one["media"]["kind"], one["media"]["file_id"]) for one in said if one["media"]]


async def consents(world: World) -> list[tuple[str, int]]:
    rows = await world.rows(schema.consent.select().order_by(schema.consent.c.id))
    return [(row["purpose"], row["given"]) for row in rows if row["purpose"] != "care"]


@pytest.mark.parametrize(
    ("mime", "name", "purpose"),
    [
        ("image/jpeg", "IMG_1.jpg", "photos"),
        ("image/heic", "IMG_1.heic", "photos"),
        ("video/mp4", "film.mp4", "photos"),
        ("audio/mpeg", "song.mp3", "voice"),
        ("", "IMG_2.PNG", "photos"),
        ("application/octet-stream", "IMG_3.jpg", "photos"),
        ("application/octet-stream", "memo.m4a", "voice"),
    ],
)
async def test_a_picture_film_or_sound_that_comes_as_a_file_needs_the_same_yes(
    world: World, mime: str, name: str, purpose: str
) -> None:
    """Withheld and taken back with it too; it goes to the therapist as the file it is."""
    dana, ana = await family(world)
    sent = await ana.does("sends_document", mime=mime, name=name)
    assert ana.newest.labels == ["Yes, keep it", "No, thank you"]
    assert await media(world) == []
    await ana.taps("Yes, keep it")
    assert await consents(world) == [(purpose, 1)]
    assert await media(world) == [("document", sent_by(ana, sent).file_id)]
    await dana.sends("/digest")
    await dana.taps_first()
    shown = dana.newest
    await dana.taps("Voice and photos", shown)
    assert dana.newest.file_id == sent_by(ana, sent).file_id
    await ana.sends("/privacy")
    await ana.taps("Photos: yes" if purpose == "photos" else "Voice notes: yes", ana.newest)
    await dana.taps("Voice and photos", shown)
    assert dana.newest.file_id is None
    await ana.taps("Yes, delete them", ana.newest)
    assert await media(world) == []


async def test_what_waits_for_a_yes_holds_no_names_of_who_sent_it_or_where_it_comes_from(world: World) -> None:
    """And is taken as it is, after the yes: what was handed on answers no question, also then."""
    dana = await world.therapist("Dana")
    phone = world.sim.phone("Ana", username="ana_of_berlin", last_name="Surname")
    ana = await world.parent_of(dana, "Ana", "Mika", phone=phone)
    neighbour = {"id": 777_123, "is_bot": False, "first_name": "Neighbour", "username": "next_door"}
    origin = {"type": "user", "date": world.sim.world.now(), "sender_user": neighbour}
    voice = {"file_id": "file-1", "file_unique_id": "one", "duration": 3}
    await ana.does("sends_content", {"voice": voice, "forward_origin": origin})
    [waiting] = await world.rows(schema.held.select())
    for name in ("ana_of_berlin", "Surname", '"Ana"', "Neighbour", "next_door", "777123"):
        assert name not in waiting["payload"]
    await ana.taps("Yes, keep it")
    assert await media(world) == [("voice", "file-1")]


async def test_a_paper_that_comes_as_a_file_asks_for_nothing(world: World) -> None:
    _dana, ana = await family(world)
    await ana.does("sends_document")
    assert [kind for kind, _ in await media(world)] == ["document"]
    assert await consents(world) == []


@pytest.mark.every_language
@pytest.mark.parametrize(("action", "what"), [("sends_voice", "voice notes"), ("sends_photo", "photos and videos")])
async def test_the_first_one_asks_and_yes_keeps_it_with_one_acknowledgement(
    world: World, action: str, what: str
) -> None:
    _dana, ana = await family(world)
    sent = await ana.does(action)
    assert f"May we keep your {what} for your therapist?" in ana.newest.text
    assert ana.newest.labels == ["Yes, keep it", "No, thank you"]
    assert await media(world) == []
    assert kept_lines(ana) == []
    await ana.taps("Yes, keep it")
    assert "from now on" in ana.sees("You can change it in /privacy.").text
    assert len(kept_lines(ana)) == 1
    assert [file for _, file in await media(world)] == [sent_by(ana, sent).file_id]
    assert [given for _, given in await consents(world)] == [1]
    before = len(ana.screen)
    await ana.does(action)
    assert len(kept_lines(ana)) == 2
    assert len(ana.screen) == before + 2


@pytest.mark.every_language
@pytest.mark.parametrize(("action", "what"), [("sends_voice", "voice note"), ("sends_photo", "picture")])
async def test_no_drops_it_says_so_and_leaves_the_door_open(world: World, action: str, what: str) -> None:
    _dana, ana = await family(world)
    await ana.does(action)
    await ana.taps("No, thank you")
    assert f"Your {what} was not kept." in ana.newest.text
    assert ana.newest.labels == ["Allow from now on"]
    assert await world.rows(schema.held.select()) == []
    await ana.does(action)
    assert f"Your {what} was not kept." in ana.newest.text
    assert await media(world) == []
    await ana.taps("Allow from now on")
    await ana.does(action)
    assert len(kept_lines(ana)) == 1
    assert [given for _, given in await consents(world)] == [0, 1]


@pytest.mark.every_language
@pytest.mark.parametrize(("action", "what"), [("sends_voice", "voice note"), ("sends_photo", "picture")])
async def test_without_an_answer_for_a_day_it_is_dropped_and_said_so(world: World, action: str, what: str) -> None:
    _dana, ana = await family(world)
    await ana.does(action)
    asked = ana.newest
    await world.passes(hours=23, minutes=59)
    assert len(await world.rows(schema.held.select())) == 1
    await world.passes(minutes=2)
    assert await world.rows(schema.held.select()) == []
    assert f"There was no answer, so your {what} was not kept." in ana.sees("There was no answer").text
    assert ana.sees("There was no answer").message_id == asked.message_id
    await ana.does("presses", "k:voice:yes" if "voice" in what else "k:photos:yes", asked)
    assert await media(world) == []


async def test_a_yes_for_voices_is_none_for_pictures(world: World) -> None:
    _dana, ana = await family(world)
    await ana.does("sends_voice")
    await ana.taps("Yes, keep it")
    await ana.does("sends_photo")
    assert "May we keep your photos and videos" in ana.newest.text
    assert await consents(world) == [("voice", 1)]


async def test_several_that_wait_are_asked_about_each_and_kept_by_one_yes(world: World) -> None:
    _dana, ana = await family(world)
    sent = [await ana.does("sends_voice", seconds=seconds) for seconds in (3, 4)]
    await ana.sends("and some words")
    await ana.taps("Yes, keep it")
    assert [file for _, file in await media(world)] == [sent_by(ana, one).file_id for one in sent]
    assert len(kept_lines(ana)) == 3
    assert len([one for one in ana.screen if "from now on" in one.text]) == 2
    assert not ana.shows("May we keep")


async def test_a_no_answers_each_question_about_what_waits(world: World) -> None:
    _dana, ana = await family(world)
    for _ in range(2):
        await ana.does("sends_voice")
    await ana.taps("No, thank you")
    assert len([one for one in ana.screen if "was not kept" in one.text]) == 2
    assert not ana.shows("May we keep")


@pytest.mark.every_language
@pytest.mark.parametrize("kind", [*VOICES, *PICTURES, "document"])
async def test_every_kind_is_kept_and_handed_on_to_the_therapist(world: World, kind: str) -> None:
    dana, ana = await family(world)
    sent = await ana.does(f"sends_{kind}")
    if kind != "document":
        await ana.taps("Yes, keep it")
    file = sent_by(ana, sent).file_id
    assert await media(world) == [(kind, file)]
    await dana.sends("/digest")
    await dana.taps_first()
    await dana.taps("Voice and photos")
    got = dana.newest
    assert (got.kind, got.file_id, got.protected) == (kind, file, True)


async def test_a_caption_goes_with_its_picture_and_an_edited_one_is_a_revision(world: World) -> None:
    _dana, ana = await family(world)
    await ana.does("sends_voice")
    await ana.taps("Yes, keep it")
    sent = await ana.does("sends_photo", caption="The tower")
    await ana.taps("Yes, keep it")
    await ana.does("edits", sent, "The tower of seven")
    [child] = await exported(world)
    [_voice, photo] = child["notes"]
    assert (photo["media"]["kind"], photo["text"]) == ("photo", "The tower of seven")
    assert [(one["text"], one["media"]["kind"]) for one in photo["revisions"]] == [("The tower", "photo")]


@pytest.mark.every_language
async def test_a_voice_note_answers_a_question_for_words(world: World) -> None:
    dana, ana = await family(world)
    await evening(world)
    await ana.taps("Good")
    asked = ana.asked.message_id
    sent = await ana.does("sends_voice", seconds=14)
    await ana.taps("Yes, keep it")
    assert sent_by(ana, sent).reactions == ["👍"]
    assert kept_lines(ana) == []
    [receipt] = [one for one in ana.screen if one.message_id == asked]
    assert "For Dana: 🎤 a voice note" in receipt.text
    assert await media(world) == [("voice", sent_by(ana, sent).file_id or "")]
    await dana.sends("/digest")
    await dana.taps_first()
    await dana.taps("Voice and photos")
    assert (dana.newest.kind, dana.newest.file_id) == ("voice", sent_by(ana, sent).file_id)


async def test_a_voice_note_that_waited_for_its_yes_until_the_question_was_over_is_a_note(world: World) -> None:
    _dana, ana = await family(world)
    await evening(world)
    await ana.taps("Good")
    question = ana.asked
    await ana.does("sends_voice")
    await ana.taps("Skip", question)
    await ana.taps("Yes, keep it")
    assert len(await world.rows(schema.note.select())) == 1
    assert len(kept_lines(ana)) == 1


async def test_a_picture_where_only_words_or_a_voice_are_asked_for_is_a_note(world: World) -> None:
    _dana, ana = await family(world)
    await evening(world)
    await ana.taps("Good")
    await ana.does("sends_photo", caption="See")
    await ana.taps("Yes, keep it")
    assert len(kept_lines(ana)) == 1
    await ana.taps("Skip", ana.sees("Anything Dana should know?"))


@pytest.mark.every_language
async def test_the_switches_in_privacy_hold_for_what_comes_next(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/privacy")
    await ana.taps("Voice notes: no. Turn on")
    await ana.does("sends_voice")
    assert len(kept_lines(ana)) == 1
    await ana.sends("/privacy")
    await ana.taps("Voice notes: yes. Turn off")
    await ana.does("sends_voice")
    assert "Your voice note was not kept." in ana.newest.text
    assert len(await media(world)) == 1


async def test_a_file_too_large_to_load_is_still_kept_as_telegram_keeps_it(world: World) -> None:
    _dana, ana = await family(world)
    await ana.does("sends_document", file_size=21 * 1024 * 1024)
    assert len(kept_lines(ana)) == 1
    assert [kind for kind, _ in await media(world)] == ["document"]
