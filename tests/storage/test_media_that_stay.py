"""A picture that came with words of danger stays with the alarm; only of such a one it is said that something stays."""

from __future__ import annotations

import pytest

from bot.domain import accounts, taking_out
from bot.model import Purpose
from bot.storage import schema
from bot.storage.database import Database
from tests.support.clinic import EARLY, Clinic


@pytest.mark.parametrize("of_the_alarm", [True, False])
@pytest.mark.parametrize("given", [None, 0, 1])
async def test_that_something_stays_is_said_of_a_picture_of_an_alarm_whose_yes_is_taken_back(
    database: Database, given: int | None, of_the_alarm: bool
) -> None:
    clinic = Clinic(database, 100_000)
    ana = await clinic.caregiver(await clinic.child("Mika"), "Ana")
    await clinic.put(schema.alert, child_id=ana.child, person_id=ana.id, press=1, source="words", at=EARLY)
    sent = {"kind": "note", "recorded_at": EARLY, "media_kind": "photo", "media_file_id": "a file"}
    note = await clinic.put(schema.note, child_id=ana.child, person_id=ana.id, **sent)
    message = {"account_id": ana.account, "telegram_message_id": 1}
    await clinic.put(schema.inbound, note_id=note if of_the_alarm else None, at=EARLY, **message)
    caught = {"level": "red", "topics": "harm", "said": "words", "telegram_message_id": 1}
    await clinic.put(schema.concern, child_id=ana.child, person_id=ana.id, said_at=EARLY, at=EARLY, **caught)
    if given is not None:
        said = {"purpose": Purpose.PHOTOS.value, "given": given, "text_version": "1", "language": "en", "at": EARLY}
        await clinic.put(schema.consent, person_id=ana.id, **said)
    account = await database.read(lambda tx: accounts.load(tx, ana.account))
    assert account is not None
    stays = await database.read(lambda tx: taking_out.stays(tx, account, EARLY))
    assert stays == (of_the_alarm and not given)
