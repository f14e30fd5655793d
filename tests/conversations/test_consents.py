"""A yes for each purpose, off until given, taken back as easily, and holding at once: also for what is queued."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from bot.domain import accounts, consents, sending
from bot.model import Outgoing, Priority, Purpose, Screen
from bot.storage import schema
from bot.storage.database import Tx
from bot.storage.ids import new_id
from tests.support.families import family
from tests.support.pressing import two_clinics_of_one
from tests.support.safety import exported, safe
from tests.support.world import Person, World

TEXTS = Path(consents.__file__).parents[1] / "text" / "en"
AGREED_TO = ("join-agreement", "join-details", "consent-ask-")
# A text that people agree to was changed: give consents.TEXT_VERSION another name, and the new sum here.
VERSIONS = {"2026-11": "52eda2e4ed038116"}


def test_a_text_that_is_agreed_to_does_not_change_under_its_version() -> None:
    entries = [
        entry
        for file in ("joining.ftl", "consent.ftl")
        for entry in (TEXTS / file).read_text("utf-8").replace("\n    ", " ").split("\n")
        if entry.startswith(AGREED_TO)
    ]
    assert len(entries) == 6
    assert VERSIONS[consents.TEXT_VERSION] == hashlib.sha256("\n".join(entries).encode()).hexdigest()[:16]


@pytest.mark.every_language
async def test_each_purpose_is_off_until_its_own_yes_and_off_again_with_one_tap(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/privacy")
    off = [
        "🎤 Voice notes: no. Turn on",
        "🖼 Photos: no. Turn on",
        "📰 Letters: no. Turn on",
        "🔬 Research: no. Turn on",
    ]
    assert ana.newest.labels[:4] == off
    assert "You agreed on" in ana.newest.text
    for label, asked, said in (
        ("Letters: no", "May your clinic send you a letter", "Letters may come from now on"),
        ("Research: no", "Names are taken out first", "Your clinic knows of your yes"),
    ):
        await ana.sends("/privacy")
        await ana.taps(label)
        ana.sees(asked)
        await ana.taps("Yes")
        ana.sees(said)
    await ana.sends("/privacy")
    assert ana.newest.labels[:4] == [*off[:2], "📰 Letters: yes. Turn off", "🔬 Research: yes. Turn off"]
    await ana.taps("Research: yes")
    [child] = await exported(world)
    [seat] = child["caregivers"]
    given = [(one["purpose"], one["given"]) for one in seat["consents"]]
    assert given == [("care", True), ("newsletter", True), ("research", True), ("research", False)]
    assert {one["text_version"] for one in seat["consents"]} == {consents.TEXT_VERSION}
    assert {one["language"] for one in seat["consents"]} == {world.language}


async def sends_both(ana: Person) -> list[str]:
    files = []
    for action in ("sends_voice", "sends_photo"):
        sent = await ana.does(action)
        await ana.taps("Yes, keep it")
        files.append(next(one.file_id or "" for one in ana.screen if one.message_id == sent["message_id"]))
    return files


def handed_on(dana: Person) -> list[str]:
    return [one.file_id for one in dana.screen if one.file_id]


async def test_fault_45_a_photo_on_its_way_is_not_handed_on_once_its_yes_is_taken_back(world: World) -> None:
    """The queued voice note goes, the queued photo does not, nor later; a new yes shows it again."""
    dana, ana = await family(world)
    voice, photo = await sends_both(ana)
    await dana.sends("/digest")
    await dana.taps_first()
    dana.phone.taps("Voice and photos")
    await world.receive()
    assert len(await world.rows(schema.outbox.select().where(schema.outbox.c.state == "pending"))) >= 2
    await take_back(world, ana, Purpose.PHOTOS)
    await world.settle()
    assert handed_on(dana) == [voice]
    await dana.taps("Voice and photos")
    assert handed_on(dana) == [voice, voice]
    dana.sees("One more is not shown. The family took that yes back.")
    await ana.sends("/privacy")
    await ana.taps("Photos: no")
    await dana.taps("Voice and photos")
    assert photo in handed_on(dana)
    await safe(world)


async def take_back(world: World, person: Person, purpose: Purpose) -> None:
    """By the domain, so that nothing is sent between."""

    async def work(tx: Tx) -> None:
        account = await accounts.load(tx, person.phone.user_id)
        assert account is not None
        await consents.record(tx, account, purpose, given=False, now=world.clock.now_ms())

    await world.db.write(work)


async def test_fault_45_a_letter_on_its_way_is_dropped_for_who_said_no_and_for_nobody_else(world: World) -> None:
    """Between the tick that queued it and its sending."""
    _dana, ana, ben, _eva, _carla = await two_clinics_of_one(world)
    letters = [
        Outgoing(new_id(), one.phone.user_id, Screen("A letter of May"), Priority.NEWSLETTER) for one in (ana, ben)
    ]
    await world.db.write(lambda tx: sending.put(tx, letters, world.clock.now_ms()))
    await take_back(world, ana, Purpose.NEWSLETTER)
    await world.settle()
    ana.sees_nothing_of("A letter of May")
    ben.sees("A letter of May")


@pytest.mark.every_language
async def test_what_is_agreed_to_can_be_read_in_full_before_the_yes(world: World) -> None:
    dana = await world.therapist("Dana")
    await dana.sends("/invite")
    await dana.sends("Mika")
    await dana.taps("Make the link")
    found = re.search(r"start=([A-Za-z0-9_-]+)", dana.sees("https://t.me/").text)
    assert found
    ana = world.person("Ana")
    await ana.starts(found[1])
    await ana.taps_first()
    await ana.taps("More about it")
    for words in ("/delete_my_data deletes it", "who treats your child", consents.TEXT_VERSION, "numbers to call"):
        ana.sees(words)
    ana.sees_nothing_of("Mika")
    await ana.taps("I agree")
    ana.sees("You are in")
