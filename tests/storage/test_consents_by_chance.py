"""What stands of a yes or a no, and which media go with one, read a second time in plain Python over a crowd."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from bot.model import Priority, Purpose
from bot.storage import consents, own_media, schema
from bot.storage.database import Database, Row
from tests.support.clinic import BERLIN, EARLY, Clinic, Someone

UNTIL = EARLY + 1000
KINDS = ("photo", "voice", None)
RED, AMBER = "red", "amber"
TAPPED = ("agree", "change", "talk", "talked")  # says something without words, too
TAKEN_AS = ("note_id", "answer_id", "goal_word_id")
Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=[1, 2])
async def crowd(request: pytest.FixtureRequest, database: Database) -> Tables:
    """Seven accounts: seats that are open, rest or are empty, two seats of one account, and one that left its alarm."""
    dice, clinic = Random(request.param), Clinic(database, 100_000)
    async with clinic.crowd():
        children = [await clinic.child(f"Child {number}") for number in range(3)]
        seats = [await clinic.caregiver(dice.choice(children), f"Caregiver {number}") for number in range(7)]
        for number, changed in (
            (1, {"account_id": None, "suspended_account": seats[1].account}),
            (2, {"account_id": seats[3].account}),
            (4, {"account_id": None, "removed_at": 5, "joined_at": None}),
            (5, {"account_id": None, "joined_at": None}),
            (6, {"account_id": None, "removed_at": 5}),
        ):
            await clinic.run(schema.person.update().where(schema.person.c.id == seats[number].id).values(changed))
        for child in children:
            await clinic.grant(seats[0], child, "treat")
            await clinic.grant(dice.choice(seats), child, "care", until=EARLY + 1)
        for one in seats:
            for _ in range(12):
                said = {"purpose": dice.choice(list(Purpose)).value, "given": dice.randrange(2)}
                await clinic.put(schema.consent, person_id=one.id, text_version="1", language="en", at=EARLY, **said)
            await _sends(dice, clinic, one.id, one.account, children[0])
    return await read(database)


async def _sends(dice: Random, clinic: Clinic, person: int, account: int, child: int) -> None:
    check_in = await clinic.check_in(Someone(person, account, BERLIN, child), "2001-09-10")
    for number in range(8):
        at = {"recorded_at": UNTIL + dice.choice((-5, 0, 5))}
        note = await clinic.put(schema.note, child_id=child, person_id=person, kind="note", **_medium(dice), **at)
        kind = dice.choice(("wish", "why", *TAPPED))
        word = await clinic.put(schema.goal_word, child_id=child, person_id=person, kind=kind, **_medium(dice), **at)
        said = {"value": dice.choice((None, '"good"')), "skipped": dice.choice((0, 0, 1)), "question": str(number)}
        answer = await clinic.put(
            schema.answer,
            check_in_id=check_in,
            person_id=person,
            answered_at=UNTIL + dice.choice((-5, 0, 5)),
            **said,
            **_medium(dice),
        )
        of = dict(zip(TAKEN_AS, (note, answer, word), strict=True))
        which = dice.choice(TAKEN_AS)
        old = {key: value for key, value in _medium(dice).items() if key != "media_seconds"}
        await clinic.put(schema.revision, **{which: of[which]}, **old, replaced_at=UNTIL + 9, **at)
        await _arrived(dice, clinic, (account, number), {which: of[which]})
        if dice.random() < 0.4:
            caught = {"level": dice.choice((RED, RED, AMBER)), "topics": "harm", "said": "words"}
            message = {"telegram_message_id": number, "said_at": EARLY, "at": EARLY}
            await clinic.put(schema.concern, child_id=child, person_id=person, **caught, **message)


async def _arrived(dice: Random, clinic: Clinic, message: tuple[int, int], taken_as: dict[str, int]) -> None:
    where = {"account_id": message[0], "telegram_message_id": message[1]}
    album = dice.choice((None, None, "an album", "another"))
    await clinic.put(schema.inbound, at=EARLY, album=album, **where, **taken_as)


def _medium(dice: Random) -> dict[str, Any]:
    kind = dice.choice(KINDS)
    file = {"media_kind": kind, "media_file_id": "a file" if kind else None, "media_seconds": 3 if kind else None}
    return file | {"text": dice.choice((None, "words"))}


async def read(database: Database) -> Tables:
    tables = ("person", "access", "consent", "outbox", "note", "answer", "goal_word", "revision", "concern", "inbound")
    found: Tables = {}
    for name in tables:
        table = schema.metadata.tables[name]
        rows = await database.read(lambda tx, table=table: tx.rows(sa.select(table).order_by(*table.primary_key)))
        found[name] = [dict(row) for row in rows]
    return found


def held_by(found: Tables, account: int) -> list[int]:
    return [one["id"] for one in found["person"] if account in (one["account_id"], one["suspended_account"])]


def accounts(found: Tables) -> set[int]:
    known = {one[key] for one in found["person"] for key in ("account_id", "suspended_account")}
    return {one for one in known if one is not None} | {77}


async def test_the_newest_word_of_an_account_stands_whichever_of_its_seats_said_it(
    database: Database, crowd: Tables
) -> None:
    for account in accounts(crowd):
        said = [one for one in crowd["consent"] if one["person_id"] in held_by(crowd, account)]
        newest = {one["purpose"]: one for one in said}
        every = await database.read(lambda tx, account=account: consents.of_account(tx, account))
        assert [dict(row) for row in every] == said
        for purpose in Purpose:
            found = await database.read(lambda tx, who=account, what=purpose: consents.newest(tx, who, what.value))
            expected = newest.get(purpose.value)
            assert found == (None if expected is None else bool(expected["given"]))


async def test_everything_that_a_person_said_is_there_in_order(database: Database, crowd: Tables) -> None:
    for person in crowd["person"]:
        said = await database.read(lambda tx, one=person["id"]: consents.of_person(tx, one))
        assert [dict(row) for row in said] == [one for one in crowd["consent"] if one["person_id"] == person["id"]]


async def test_refused_is_what_those_who_care_or_cared_for_the_child_said_no_to_last(
    database: Database, crowd: Tables
) -> None:
    newest = {(one["person_id"], one["purpose"]): one["given"] for one in crowd["consent"]}
    for child in {one["child_id"] for one in crowd["access"]}:
        care = {one["person_id"] for one in crowd["access"] if one["right"] == "care" and one["child_id"] == child}
        expected = sorted(key for key, given in newest.items() if key[0] in care and not given)
        rows = await database.read(lambda tx, child=child: consents.refused(tx, child))
        assert sorted((row["person_id"], row["purpose"]) for row in rows) == expected


async def test_only_letters_to_that_account_that_are_not_sent_yet_are_dropped(
    database: Database, crowd: Tables
) -> None:
    clinic = Clinic(database, 200_000)
    for chat in (11, 12):
        for priority in Priority:
            for state in ("pending", "sending", "sent", "failed", "unknown", "expired"):
                call = {"message_id": 1, "method": "sendMessage", "payload": "{}", "created_at": EARLY}
                await clinic.put(schema.outbox, chat_id=chat, priority=priority.value, state=state, **call)
    before = (await read(database))["outbox"]
    await database.write(lambda tx: consents.unsend_newsletters(tx, 11))
    gone = [one for one in before if (one["chat_id"], one["priority"]) == (11, Priority.NEWSLETTER.value)]
    gone = [one for one in gone if one["state"] in ("pending", "sending")]
    assert (await read(database))["outbox"] == [one for one in before if one not in gone]
    assert len(gone) == 2


def alarmed(found: Tables, table: str) -> set[int]:
    """Ids of rows that stay: sent with red words, in one album with them, or of somebody who left but for an alarm."""
    seats = {one["id"]: one for one in found["person"]}
    key = f"{table}_id"
    stays: set[int] = set()
    for caught in found["concern"]:
        seat = seats[caught["person_id"]]
        account = seat["account_id"] if seat["account_id"] is not None else seat["suspended_account"]
        first = [one for one in found["inbound"] if one["account_id"] == account]
        message = [one for one in first if one["telegram_message_id"] == caught["telegram_message_id"]]
        if caught["level"] == RED and message:
            album = message[0]["album"]
            stays |= {one[key] for one in first if one in message or (album is not None and one["album"] == album)}
    left = {
        one["id"]
        for one in seats.values()
        if one["removed_at"] is not None
        and (one["account_id"], one["suspended_account"], one["joined_at"]) == (None, None, None)
    }
    return stays | {row["id"] for row in found[table] if row["person_id"] in left}


def own(found: Tables, person: int) -> list[tuple[str, Row, bool]]:
    """Table, row and whether it stays, of what that person sent up to then."""
    rows = [
        (table, row, row["id"] in alarmed(found, table))
        for table, at in (("note", "recorded_at"), ("answer", "answered_at"), ("goal_word", "recorded_at"))
        for row in found[table]
        if row["person_id"] == person and row[at] <= UNTIL
    ]
    for row in found["revision"]:
        [table] = [one for one in ("note", "answer", "goal_word") if row[f"{one}_id"] is not None]
        [of] = [one for one in found[table] if one["id"] == row[f"{table}_id"]]
        if of["person_id"] == person and row["recorded_at"] <= UNTIL:
            rows.append(("revision", row, of["id"] in alarmed(found, table)))
    return rows


async def test_what_there_is_of_a_kind_is_what_was_sent_up_to_then(database: Database, crowd: Tables) -> None:
    seen = set()
    for person in crowd["person"]:
        for kinds in (("photo",), ("voice",), ("photo", "voice"), ("video",), ()):
            for alarm in (False, True):
                found = await database.read(
                    lambda tx, who=person["id"], kinds=kinds, alarm=alarm: own_media.any_of(
                        tx, who, kinds, UNTIL, of_an_alarm=alarm
                    )
                )
                theirs = [row for _, row, stays in own(crowd, person["id"]) if stays is alarm]
                assert found == any(row["media_kind"] in kinds for row in theirs)
                seen.add((alarm, found))
    assert len(seen) == 4


def _says_nothing(row: Row) -> bool:
    chosen = row.get("value") or row.get("skipped") or row.get("kind") in TAPPED
    return row["text"] is None and row["media_kind"] is None and not chosen


def after(found: Tables, person: int) -> tuple[Tables, int]:
    """What is left when their photos are gone, and how many went."""
    mine = [(table, row) for table, row, stays in own(found, person) if not stays]
    gone = [(table, row) for table, row in mine if row["media_kind"] == "photo"]
    for table, row in gone:
        row.update(
            {"media_kind": None, "media_file_id": None} | ({"media_seconds": None} if table != "revision" else {})
        )
    for table, row in mine if gone else ():
        if table != "revision" and _says_nothing(row):
            found[table].remove(row)
            for beside in ("revision", "inbound"):
                found[beside] = [one for one in found[beside] if one[f"{table}_id"] != row["id"]]
    return found, len(gone)


@pytest.mark.parametrize("number", range(7))
async def test_photos_go_words_and_choices_stay_and_nothing_of_anybody_else_changes(
    database: Database, crowd: Tables, number: int
) -> None:
    person = crowd["person"][number]["id"]
    went = await database.write(lambda tx: own_media.drop(tx, person, ("photo",), UNTIL))
    left, gone = after(crowd, person)
    assert went == gone
    now = await read(database)
    assert now == left
