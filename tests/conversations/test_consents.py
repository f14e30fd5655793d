"""A yes for each purpose, off until given, taken back as easily, and holding at once: also for what is queued."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain import accounts, consents, holds, restoring, sending
from bot.domain.erasing import Moment
from bot.domain.iso import iso
from bot.model import Outgoing, Priority, Purpose, Screen
from bot.storage import erasures, schema
from bot.storage.database import Tx
from bot.storage.ids import new_id
from tests.support.families import code_of, family
from tests.support.pressing import two_clinics_of_one
from tests.support.safety import exported, safe
from tests.support.world import Person, World

TEXTS = Path(consents.__file__).parents[1] / "text" / "en"
AGREED_TO = ("join-agreement", "join-details", "consent-ask-")
# A text that people agree to was changed: give consents.TEXT_VERSION another name, and the new sum here.
VERSIONS = {"2026-11": "1428c526011af2e6"}


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
    assert "You agreed on Mon, 1 Mar 2027, to text 2026-11." in ana.newest.text
    for label, asked, yes, said in (
        ("Letters: no", "May your clinic send you a letter", "Yes, please", "Letters may come from now on"),
        ("Research: no", "Names are taken out first", "Yes, they may", "Your clinic knows of your yes"),
    ):
        await ana.sends("/privacy")
        await ana.taps(label)
        ana.sees(asked)
        await ana.taps(yes, ana.newest)
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
async def test_whose_yes_was_to_an_older_text_can_read_the_new_one_and_agree_to_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are on record; who has agreed is not asked again; a press from before it changed agrees to nothing."""
    dana, ana = await family(world)
    await ana.sends("/privacy")
    await ana.taps("What I agree to")
    for words in ("This is text 2026-11", "Dana reads it before visits"):
        ana.sees(words)
    assert ana.newest.labels == ["◀️ Back", "Take back my agreement"]
    await ana.taps("Back")
    ana.sees_nothing_of("The text has changed")
    monkeypatch.setattr(consents, "TEXT_VERSION", "2027-05")
    await ana.sends("/privacy")
    assert "to text 2026-11.\nThe text has changed since." in ana.newest.text
    await ana.taps("What I agree to")
    await ana.does("presses", "privacy:agree:2026-11", ana.newest)
    ana.sees("This is text 2027-05")
    await ana.taps("I agree")
    assert "to text 2027-05." in ana.newest.text
    ana.sees_nothing_of("The text has changed")
    [seat] = (await exported(world))[0]["caregivers"]
    assert [one["text_version"] for one in seat["consents"] if one["purpose"] == "care"] == ["2026-11", "2027-05"]
    await dana.does("presses", "privacy:agree:2027-05", dana.newest)
    assert dana.toasts[-1]
    await safe(world)


@pytest.mark.every_language
async def test_what_waits_for_a_yes_goes_at_once_when_the_agreement_is_taken_back(world: World) -> None:
    _dana, ana = await family(world)
    await ana.does("sends_voice")
    asked = ana.newest
    assert len(await world.rows(schema.held.select())) == 1
    await ana.sends("/privacy")
    await ana.taps("Take back my agreement")
    await ana.taps("Yes, end it")
    assert await world.rows(schema.held.select()) == []
    shown = next(one for one in ana.screen if one.message_id == asked.message_id)
    assert ("not kept" in shown.text, shown.labels) == (True, [])


async def invited(world: World) -> Person:
    """Ana, by Dana's link, with what she is to agree to before her."""
    dana = await world.therapist("Dana")
    await dana.sends("/invite")
    await dana.sends("Mika")
    await dana.taps("Make the link")
    code = code_of(dana.sees("https://t.me/").text)
    ana = world.person("Ana")
    await ana.starts(code)
    await ana.taps_first()
    return ana


async def test_a_yes_is_on_record_under_the_text_that_was_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It changed between the reading and the tap: the new one is shown, and the tap after that counts."""
    ana = await invited(world)
    monkeypatch.setattr(consents, "TEXT_VERSION", "2027-05")
    await ana.taps("I agree")
    assert await world.rows(schema.consent.select()) == []
    assert "I agree" in ana.newest.labels[0]
    await ana.taps("I agree")
    ana.sees("You are in")
    assert [row["text_version"] for row in await world.rows(schema.consent.select())] == ["2027-05"]


@pytest.mark.every_language
async def test_what_is_agreed_to_can_be_read_in_full_before_the_yes(world: World) -> None:
    ana = await invited(world)
    await ana.taps("More about it")
    for words in ("/delete_my_data deletes it", "who treats your child", consents.TEXT_VERSION, "numbers to call"):
        ana.sees(words)
    ana.sees_nothing_of("Mika")
    await ana.taps("I agree")
    ana.sees("You are in")


async def texts(world: World) -> list[str | None]:
    [child] = await exported(world)
    return [one["text"] for one in child["notes"]]


async def media(world: World) -> list[str]:
    [child] = await exported(world)
    notes = [*child["notes"], *(one for note in child["notes"] for one in note["revisions"])]
    return [one["media"]["kind"] for one in notes if one["media"]]


@pytest.mark.every_language
async def test_taking_a_yes_back_offers_to_delete_what_was_sent_under_it(world: World) -> None:
    dana, ana = await family(world)
    await ana.does("sends_voice")
    await ana.taps("Yes, keep it")
    sent = await ana.does("sends_photo", caption="The tower")
    await ana.taps("Yes, keep it")
    await ana.does("edits", sent, "The tower of seven")
    await ana.sends("/privacy")
    await ana.taps("Photos: yes")
    ana.sees("Photos are off. Nobody is shown earlier ones.")
    assert ana.newest.labels == ["No, keep them", "Yes, delete them"]
    await ana.taps("Yes, delete them")
    ana.sees("They are deleted. Your words stay.")
    assert await media(world) == ["voice"]
    assert await texts(world) == [None, "The tower of seven"]
    await dana.sends("/digest")
    await dana.taps_first()
    dana.sees("The tower of seven")
    await ana.sends("/privacy")
    await ana.taps("Voice notes: yes")
    await ana.taps("Yes, delete them")
    assert await texts(world) == ["The tower of seven"]
    assert [row["kind"] for row in await world.rows(schema.audit.select())].count("erased") == 2
    await safe(world, "Mika")


async def test_keeping_them_is_one_tap_and_an_old_button_deletes_nothing_after_a_new_yes(world: World) -> None:
    _dana, ana = await family(world)
    await sends_both(ana)
    await ana.sends("/privacy")
    await ana.taps("Photos: yes")
    asked = ana.newest
    await ana.taps("No, keep them")
    ana.sees("Photos: no. Turn on")
    await ana.taps("Photos: no")
    await ana.does("presses", "privacy:delete:photos", asked)
    assert await media(world) == ["voice", "photo"]


async def test_where_nothing_was_sent_nothing_is_offered(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/privacy")
    await ana.taps("Voice notes: no")
    await ana.taps("Voice notes: yes")
    ana.sees_nothing_of("Shall I delete")
    ana.sees("Voice notes: no. Turn on")


async def test_under_a_legal_hold_they_stay_and_a_human_hears_of_the_wish(world: World) -> None:
    dana, ana = await family(world)
    await sends_both(ana)
    [child] = await exported(world)
    await world.db.write(lambda tx: holds.add(tx, child["id"], "court", world.clock.now_ms()))
    await ana.sends("/privacy")
    await ana.taps("Photos: yes")
    await ana.taps("Yes, delete them")
    ana.sees("Nothing was deleted. Your clinic knows of your wish.")
    dana.sees("wishes to delete what they gave for Mika")
    assert await media(world) == ["voice", "photo"]


@pytest.mark.every_language
async def test_words_that_came_with_a_picture_that_is_not_kept_arrive(world: World) -> None:
    """Refused before, refused now, or left without an answer: once each, with one acknowledgement."""
    dana, ana = await family(world)
    await ana.does("sends_photo", caption="She climbed the stairs")
    await ana.taps("No, thank you")
    ana.sees("Your picture was not kept.")
    assert sum("Kept safely" in one.text for one in ana.screen) == 1
    before = len(ana.screen)
    await ana.does("sends_photo", caption="And down again")
    assert len(ana.screen) == before + 2
    assert "Kept safely" in ana.newest.text
    assert "Your picture was not kept, only your words." in ana.newest.text
    assert ana.newest.labels[-1] == "Allow from now on"
    await ana.does("sends_audio", caption="He said it twice")
    await world.passes(hours=25)
    ana.sees("There was no answer, so your voice note was not kept.")
    assert await texts(world) == ["She climbed the stairs", "And down again", "He said it twice"]
    assert await media(world) == []
    await dana.sends("/digest")
    await dana.taps_first()
    dana.sees("And down again")
    await safe(world)


async def test_a_switch_in_privacy_answers_for_what_waits(world: World) -> None:
    _dana, ana = await family(world)
    await ana.does("sends_voice")
    await ana.sends("/privacy")
    await ana.taps("Voice notes: no")
    assert await media(world) == ["voice"]
    assert not ana.shows("May we keep")


class Elsewhere:
    """A copy of the data as it was, and what was taken back since, brought together."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def kept(self) -> None:
        self.seats = await self.world.rows(schema.person.select())
        self.said = await self.world.rows(schema.consent.select())

    async def restored(self) -> restoring.Restored:
        """The database forgets every consent since, as an older one would not know it."""
        known = [row["id"] for row in self.said]
        gone = schema.consent.delete().where(schema.consent.c.id.not_in(known))
        await self.world.db.write(lambda tx: tx.run(gone))
        listed = self.world.program.house.erased
        assert listed is not None
        found = await asyncio.to_thread(erasures.read, listed)
        at = Moment(self.world.clock.machine_ms(), self.world.clock.now_ms())
        settled: restoring.Restored = await self.world.db.write(lambda tx: restoring.settle(tx, found, at))
        return settled


async def test_fault_45_a_backup_from_before_does_not_bring_a_yes_back(world: World) -> None:
    """What was taken back since is taken back there, too; a later yes than the list knows stands."""
    dana, ana = await family(world)
    voice, photo = await sends_both(ana)
    backup = Elsewhere(world)
    await backup.kept()
    world.clock.advance(minutes=5)
    await ana.sends("/privacy")
    await ana.taps("Photos: yes")
    assert await backup.restored() == restoring.Restored(1, 0, withdrawn=1)
    await dana.sends("/digest")
    await dana.taps_first()
    await dana.taps("Voice and photos")
    assert handed_on(dana) == [voice]
    assert await backup.restored() == restoring.Restored(1, 0, withdrawn=1)  # the same again changes nothing more
    world.clock.advance(minutes=5)
    await ana.sends("/privacy")
    await ana.taps("Photos: no")
    await backup.kept()
    assert await backup.restored() == restoring.Restored(1, 0, withdrawn=0)
    await dana.taps("Voice and photos")
    assert photo in handed_on(dana)


async def test_fault_46_media_that_were_deleted_come_back_with_no_backup(world: World) -> None:
    """And who took the whole agreement back has no seat in it."""
    _dana, ana = await family(world)
    await sends_both(ana)
    before = await world.rows(schema.note.select().order_by(schema.note.c.id))
    backup = Elsewhere(world)
    await backup.kept()
    world.clock.advance(minutes=5)
    await ana.sends("/privacy")
    await ana.taps("Photos: yes")
    await ana.taps("Yes, delete them")
    assert await media(world) == ["voice"]
    columns = ("id", "child_id", "person_id", "kind", "media_kind", "media_file_id", "recorded_at")
    again = {column: before[-1][column] for column in columns}
    put = schema.note.insert().values({column: sa.bindparam(column) for column in columns})
    await world.db.write(lambda tx: tx.run(put, again))
    assert await media(world) == ["voice", "photo"]
    assert await backup.restored() == restoring.Restored(1, 0, withdrawn=2)
    assert await media(world) == ["voice"]


async def test_who_took_part_no_more_has_no_seat_in_an_older_copy(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/privacy")
    await ana.taps("Take back my agreement")
    await ana.taps("Yes, end it")
    listed = world.program.house.erased
    assert listed is not None
    [taken] = await asyncio.to_thread(erasures.read, listed)
    assert taken.kind == "no-care"
    eli = await world.therapist("Eli")
    ben = await world.parent_of(eli, "Ben", "Noor")
    [seat] = [row for row in await world.rows(schema.person.select()) if row["name"] == "Ben"]
    now = world.clock.now_ms() + 1
    found = [erasures.Erased("no-care", seat["id"], seat["created_at"], now)]
    at = Moment(world.clock.machine_ms(), now)
    assert await world.db.write(lambda tx: restoring.obey(tx, found, at)) == (0, 1)
    await ben.sends("Hello?")
    assert await world.rows(schema.note.select()) == []


async def test_a_voice_note_that_could_not_be_read_again_does_not_spoil_the_yes(world: World) -> None:
    """Telegram never sends one without a length; what is kept for later is known to be whole now."""
    _dana, ana = await family(world)
    world.odd_updates = True
    voice = {"file_id": "v", "file_unique_id": "v", "duration": None}
    message = {"message_id": 4711, "date": int(world.clock.now().timestamp()), "voice": voice}
    world.sim.raw_update({"message": {**message, "from": ana.phone.user, "chat": ana.phone.chat.info}})
    await world.settle()
    ana.sees("Something went wrong on our side")
    await ana.does("sends_voice", seconds=9)
    await ana.taps("Yes")
    ana.sees("We keep your voice notes from now on")
    assert len(await world.rows(schema.note.select())) == 1


async def test_a_photo_without_a_file_is_no_photo(world: World) -> None:
    """It could never be shown; its words are a note."""
    _dana, ana = await family(world)
    world.odd_updates = True
    sizes = [{"file_id": "", "file_unique_id": "p", "width": 1, "height": 1}]
    message = {"message_id": 4711, "date": int(world.clock.now().timestamp()), "photo": sizes, "caption": "at the park"}
    world.sim.raw_update({"message": {**message, "from": ana.phone.user, "chat": ana.phone.chat.info}})
    await world.settle()
    assert [(row["text"], row["media_file_id"]) for row in await world.rows(schema.note.select())] == [
        ("at the park", None)
    ]


async def test_the_yes_of_one_is_nobody_elses_and_lifts_nobody_elses_no(world: World) -> None:
    dana, ana, ben, _eva, _carla = await two_clinics_of_one(world)
    await ben.does("sends_voice")
    await ben.taps("Yes, keep it")
    await ana.does("sends_voice")
    ana.sees("May we keep your voice notes")
    await ana.taps("Yes, keep it")
    await take_back(world, ana, Purpose.VOICE)
    await take_back(world, ben, Purpose.VOICE)
    await ben.sends("/privacy")
    await ben.taps("Voice notes: no")
    await dana.sends("/digest")
    await dana.taps_first()
    await dana.taps("Voice and photos")
    assert len(handed_on(dana)) == 1


async def test_a_no_to_letters_drops_letters_alone(world: World) -> None:
    _dana, ana = await family(world)
    said = [
        Outgoing(new_id(), ana.phone.user_id, Screen(text), priority)
        for text, priority in (("A letter of May", Priority.NEWSLETTER), ("An answer", Priority.REPLY))
    ]
    await world.db.write(lambda tx: sending.put(tx, said, world.clock.now_ms()))
    await take_back(world, ana, Purpose.NEWSLETTER)
    await world.settle()
    ana.sees("An answer")
    ana.sees_nothing_of("A letter of May")


async def test_what_was_allowed_before_a_second_child_joined_is_on_its_record_as_it_was_said(world: World) -> None:
    """What is kept of Lea is kept by a yes that her record shows, with its date; a no is there as well."""
    _dana, ana = await family(world)
    await ana.does("sends_photo")
    await ana.taps("Yes, keep it")
    said_at = world.clock.now_ms()
    await ana.does("sends_voice")
    await ana.taps("No, thank you")
    await world.passes(days=2)
    eli = await world.therapist("Eli")
    await world.parent_of(eli, "Ana", "Lea", phone=ana.phone)
    await ana.does("sends_photo")
    await ana.taps("Lea", ana.newest)
    [lea] = [one for one in await exported(world) if one["name"] == "Lea"]
    assert [one["media"]["kind"] for one in lea["notes"]] == ["photo"]
    told = [(one["purpose"], one["given"], one["at"]) for one in lea["caregivers"][0]["consents"]]
    assert told == [
        ("photos", True, iso(said_at)),
        ("voice", False, iso(said_at)),
        ("care", True, iso(world.clock.now_ms())),
    ]
    assert {one["text_version"] for one in lea["caregivers"][0]["consents"]} == {consents.TEXT_VERSION}


async def test_somebody_new_has_nothing_on_record_but_taking_part(world: World) -> None:
    dana, ana = await family(world)
    await ana.does("sends_photo")
    await ana.taps("Yes, keep it")
    [mika] = await exported(world)
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=mika["id"])
    await ben.does("sends_photo")
    assert ben.newest.labels == ["Yes, keep it", "No, thank you"]
    [mika] = await exported(world)
    [theirs] = [one for one in mika["caregivers"] if one["name"] == "Ben"]
    assert [one["purpose"] for one in theirs["consents"]] == ["care"]
