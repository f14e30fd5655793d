"""For whom a yes or a no is said, and what a no takes off the queue, read a second time in plain Python.

Accounts with several seats, some resting, some over; words by chance; a queue that hands media on.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain import accounts, consents, suspending
from bot.model import Account, Media, Priority, Purpose
from bot.storage import erasing, erasures, schema
from bot.storage.database import Database, Row, Tx
from tests.support import undone
from tests.support.clinic import BERLIN, EARLY, NEW_YORK, Clinic, Someone

NOW = 1_900_000_000_000
ACCOUNTS = range(501, 508)
STATES = ("pending", "pending", "sending", "sent", "failed", "unknown", "expired")
SEATS: dict[int, dict[str, Any]] = {  # whose they are, and how
    1: {"account_id": 501},
    2: {"account_id": 501, "language": "de", "timezone": NEW_YORK},
    3: {"suspended_account": 501, "suspended_at": EARLY},
    4: {"account_id": 502},
    5: {"account_id": 502, "kind": "therapist"},  # works here and is family of somebody
    6: {"suspended_account": 503, "suspended_at": EARLY},
    7: {"account_id": 504, "removed_at": EARLY},
    8: {"account_id": 505, "timezone": NEW_YORK},
    9: {"account_id": 505, "removed_at": EARLY},
    10: {},  # never joined
    11: {"account_id": 506, "kind": "therapist"},
    12: {"account_id": 507, "kind": "therapist", "removed_at": EARLY},
    13: {"suspended_account": 502, "suspended_at": EARLY, "kind": "therapist"},
}
KINDS = {"voice": Purpose.VOICE, "photo": Purpose.PHOTOS, "video_file": Purpose.PHOTOS, "sticker": None}


@dataclass
class Crowd:
    people: dict[int, Row]
    access: list[Row]
    words: list[Row]
    queue: list[Row] = field(default_factory=list)
    media: dict[str, tuple[int, str]] = field(default_factory=dict)  # whose, and of which kind

    def seats(self, account: int, *kinds: str) -> list[int]:
        """Open, resting or over."""
        every = self.people.values()
        theirs = [one for one in every if account in (one["account_id"], one["suspended_account"])]
        return [one["id"] for one in theirs if one["kind"] in kinds]

    def open(self, account: int) -> list[int]:
        mine = [self.people[one] for one in self.seats(account, "caregiver")]
        return [one["id"] for one in mine if one["account_id"] == account and one["removed_at"] is None]

    def said(self, seats: list[int], purpose: Purpose) -> list[Row]:
        return [row for row in self.words if row["person_id"] in seats and row["purpose"] == purpose.value]

    def cared(self, seat: int) -> set[int]:
        """Whom it cares or cared for."""
        return {row["child_id"] for row in self.access if (row["person_id"], row["right"]) == (seat, "care")}

    def left(self, seats: list[int], account: int | None, purpose: Purpose) -> list[Row]:
        """The queue after a no of those seats: only what is on its way, and of that purpose, is dropped. Letters to
        them; media of theirs to anybody around a child of theirs.
        """
        return [row for row in self.queue if not self._goes(row, seats, account, purpose)]

    def _goes(self, row: Row, seats: list[int], account: int | None, purpose: Purpose) -> bool:
        if row["state"] not in ("pending", "sending") or not seats:
            return False
        if purpose is Purpose.NEWSLETTER:
            return (row["chat_id"], row["priority"]) == (account, Priority.NEWSLETTER)
        by, kind = self.media.get(json.loads(row["payload"]).get("photo"), (0, ""))
        around = {one["person_id"] for one in self.access if one["child_id"] in self.cared(by)}
        return (
            by in seats and KINDS[kind] is purpose and row["chat_id"] in {self.people[p]["account_id"] for p in around}
        )


@pytest.fixture(params=range(2))
async def crowd(request: pytest.FixtureRequest, database: Database) -> Crowd:
    dice, clinic = Random(request.param), Clinic(database, 100_000)  # the database counts from one
    async with clinic.crowd():
        children = [await clinic.child(f"Child {number}") for number in range(4)]
        for account in ACCOUNTS:
            await clinic.put(schema.account, id=account, created_at=EARLY)
        for number, different in SEATS.items():
            usual = {"kind": "caregiver", "name": f"P{number}", "language": "en", "timezone": BERLIN}
            await clinic.put(schema.person, **{"id": number, "created_at": EARLY + number, **usual, **different})
            right = "treat" if different.get("kind") == "therapist" else "care"
            for child in dice.sample(children, dice.choice((1, 1, 2))):
                for until in dice.choice(((None,), (NOW - 1,), (NOW - 1, None))):  # or one that ended, and one anew
                    await clinic.grant(Someone(number, 0, BERLIN), child, right, until)
        for at in range(150):
            said = {"person_id": dice.choice(list(SEATS)), "purpose": dice.choice(list(Purpose)).value}
            word = {"given": dice.choice((0, 1)), "text_version": f"v{at}", "language": dice.choice(("en", "de"))}
            spoken = schema.consent.insert().values(
                **said, **word, at=EARLY + at
            )  # counted by the database, as later ones
            await clinic.run(spoken)
    tables = (schema.person, schema.access, schema.consent)
    people, access, words = [await database.read(lambda tx, one=one: rows_of(tx, one)) for one in tables]
    found = Crowd({row["id"]: row for row in people}, access, words)
    async with clinic.crowd():
        for seat in SEATS:
            for child in sorted(found.cared(seat)):
                await _media(clinic, found, Someone(seat, 0, BERLIN, child))
        await _queue(dice, clinic, list(found.media))
    found.queue = await database.read(lambda tx: rows_of(tx, schema.outbox))
    return found


async def _media(clinic: Clinic, crowd: Crowd, who: Someone) -> None:
    """One of each kind in each place where a caregiver's medium may be."""
    asked = await clinic.check_in(who, "2027-03-01")
    for kind in KINDS:
        files = [f"{who.id}-{who.child}-{kind}-{place}" for place in range(4)]
        crowd.media |= dict.fromkeys(files, (who.id, kind))
        note = await clinic.note(who, "2027-03-01 10:00", None, media=Media(kind, files[0]))
        await clinic.answer(asked, who, kind, Media(kind, files[1]), EARLY)
        of = {"child_id": who.child, "person_id": who.id, "kind": "wish", "recorded_at": EARLY}
        await clinic.put(schema.goal_word, **of, media_kind=kind, media_file_id=files[2])
        before = {"note_id": note, "recorded_at": EARLY, "replaced_at": EARLY}  # it was the note's until it was edited
        await clinic.revision(**before, media_kind=kind, media_file_id=files[3])


async def _queue(dice: Random, clinic: Clinic, files: list[str]) -> None:
    for number in range(1, 160):
        payload = dice.choice(({"photo": dice.choice(files)}, {"photo": dice.choice(files)}, {"text": "Words"}))
        call = {"method": "sendPhoto", "payload": json.dumps(payload), "state": dice.choice(STATES)}
        to = {"chat_id": dice.choice(ACCOUNTS), "priority": dice.choice([*Priority, Priority.NEWSLETTER]).value}
        await clinic.put(schema.outbox, id=number, message_id=number, created_at=EARLY, **call, **to)


async def rows_of(tx: Tx, table: sa.Table) -> list[Row]:
    return [dict(row) for row in await tx.rows(table.select().order_by(table.c.id))]


async def _said_and_queued(tx: Tx) -> tuple[list[Row], list[Row]]:
    return await rows_of(tx, schema.consent), await rows_of(tx, schema.outbox)


async def after(
    database: Database, crowd: Crowd, change: Callable[[Tx], Awaitable[Any]]
) -> tuple[list[Row], list[Row]]:
    """The words that were added, without their ids, and the queue, as they would be; older words stay as they are."""
    words, queue = await undone.after(database, change, _said_and_queued)
    assert [row for row in words if row in crowd.words] == crowd.words
    return [without_id(row) for row in words if row not in crowd.words], queue


def without_id(row: Row) -> Row:
    return {key: value for key, value in row.items() if key != "id"}


async def account_of(tx: Tx, telegram_id: int) -> Account:
    return await accounts.load(tx, telegram_id) or Account(telegram_id, stopped=False, asking="")


def test_a_no_covers_its_own_sender_s_media_of_its_own_kind() -> None:
    noes = {(1, Purpose.VOICE), (2, Purpose.PHOTOS)}
    for person in (1, 2, 3):
        assert not consents.covers(noes, person, None)
        for kind, purpose in KINDS.items():
            assert consents.covers(noes, person, Media(kind, "file")) is ((person, purpose) in noes)


async def test_privacy_names_the_newest_yes_to_taking_part(database: Database, crowd: Crowd) -> None:
    async def asked(tx: Tx) -> None:
        for account in ACCOUNTS:
            yes = [row for row in crowd.said(crowd.open(account), Purpose.CARE) if row["given"]][-1:]
            zone = [crowd.people[one]["timezone"] for one in crowd.open(account)][:1]
            expected = [consents.Agreed(row["at"], row["text_version"], *zone) for row in yes]
            assert await consents.agreed(tx, await account_of(tx, account)) == next(iter(expected), None)

    await database.read(asked)


@pytest.mark.parametrize("given", [True, False])
@pytest.mark.parametrize("purpose", Purpose)
async def test_a_yes_is_for_whom_they_care_and_a_no_for_whom_they_cared_and_drops_its_own_alone(
    database: Database, crowd: Crowd, purpose: Purpose, given: bool, tmp_path: Path
) -> None:
    for account in ACCOUNTS:
        listed = tmp_path / str(account)

        async def say(tx: Tx, account: int = account, listed: Path = listed) -> None:
            await consents.record(tx, await account_of(tx, account), purpose, given=given, now=NOW, listed=listed)

        new, queue = await after(database, crowd, say)
        seats = crowd.open(account) if given else crowd.seats(account, "caregiver")
        said = {"purpose": purpose.value, "given": given, "text_version": consents.TEXT_VERSION, "at": NOW}
        assert new == [{**said, "person_id": one, "language": crowd.people[one]["language"]} for one in seats]
        assert queue == crowd.left([] if given else seats, account, purpose)
        on_list = [] if given else [erasures.Erased(f"no-{purpose.value}", one, EARLY + one, NOW) for one in seats]
        assert erasures.read(listed) == on_list


@pytest.mark.parametrize("purpose", Purpose)
async def test_an_older_copy_obeys_a_no_unless_it_knows_a_word_as_new(
    database: Database, crowd: Crowd, purpose: Purpose
) -> None:
    for seat, person in crowd.people.items():
        newest = max([row["at"] for row in crowd.said([seat], purpose)], default=-1)
        for at in (newest - 1, newest, newest + 1):
            obeyed: list[bool] = []

            async def obey(tx: Tx, seat: int = seat, at: int = at, obeyed: list[bool] = obeyed) -> None:
                row = await erasing.find_person(tx, seat)
                assert row is not None
                obeyed.append(await consents.obey(tx, row, purpose, at))

            new, queue = await after(database, crowd, obey)
            assert obeyed == [at > newest]
            said = {"purpose": purpose.value, "given": 0, "text_version": consents.TEXT_VERSION, "at": at}
            assert new == [{**said, "person_id": seat, "language": person["language"]}] * (at > newest)
            assert queue == crowd.left([seat] * (at > newest), person["account_id"], purpose)


@pytest.mark.parametrize("account", ACCOUNTS)
async def test_one_more_seat_has_on_record_what_was_said_for_all_as_it_was_said(
    database: Database, crowd: Crowd, account: int
) -> None:
    new, queue = await after(database, crowd, lambda tx: consents.carry(tx, account, 10))
    mine = crowd.seats(account, "caregiver", "therapist")
    newest = [row for one in consents.EXTRA for row in crowd.said(mine, one)[-1:]]
    carried = [{**without_id(row), "person_id": 10} for row in newest]
    assert sorted(new, key=lambda row: row["at"]) == sorted(carried, key=lambda row: row["at"])
    assert queue == crowd.queue


async def test_a_seat_that_is_given_back_has_on_record_what_was_said_for_all_while_it_rested(
    database: Database, crowd: Crowd
) -> None:
    for seat, person in crowd.people.items():
        new, queue = await after(database, crowd, lambda tx, seat=seat: suspending.resume(tx, seat, NOW))
        account = person["suspended_account"]
        said = [crowd.said(crowd.seats(account, "caregiver", "therapist"), one)[-1:] for one in consents.EXTRA]
        of_another = [row for found in said if account is not None for row in found if row["person_id"] != seat]
        carried = [{**without_id(row), "person_id": seat} for row in of_another if person["kind"] == "caregiver"]
        assert sorted(new, key=lambda row: row["at"]) == sorted(carried, key=lambda row: row["at"])
        assert queue == crowd.queue


async def test_what_was_said_for_a_seat_that_was_open_is_not_said_again(database: Database, crowd: Crowd) -> None:
    async def said(tx: Tx) -> None:
        account = await account_of(tx, 501)
        await consents.record(tx, account, Purpose.VOICE, given=True, now=NOW)
        await suspending.suspend(tx, 1, NOW + 1)
        assert await suspending.resume(tx, 1, NOW + 2)

    new, _ = await after(database, crowd, said)
    voice = [row["person_id"] for row in new if row["purpose"] == Purpose.VOICE]
    assert sorted(voice) == [1, 2]
