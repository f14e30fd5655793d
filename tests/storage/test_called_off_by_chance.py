"""What is called off, given back and closed on phones, read a second time in plain Python over check-ins by chance."""

from __future__ import annotations

import json
from itertools import product
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage import called_off, schema
from bot.storage.called_off import CALLED_OFF
from bot.storage.database import Database, Tx
from bot.storage.ids import PARTS
from tests.support.clinic import EARLY, Clinic, Someone
from tests.support.undone import after

NOW = EARLY + 1_000_000
TABLES = ("person", "child", "access", "check_in", "answer", "outbox")
SHARED = ({}, {"step": "Two pictures"}, {"material": "{}"}, {"home_step_id": 1})
RIGHTS = [
    *(("care", preset, None) for preset in ("all", "all", "own", "read")),
    *(("treat", "all", None),) * 2,
    *(("care", "all", NOW),) * 2,
]
Row = dict[str, Any]
Found = dict[str, list[Row]]


@pytest.fixture(params=[1, 2])
async def crowd(request: pytest.FixtureRequest, database: Database) -> Found:
    """A seat that is open, one that rests, one that has ended, one never taken; each with rights of every kind."""
    dice, clinic = Random(request.param), Clinic(database, 100_000)  # the database counts from one
    async with clinic.crowd():
        children = [await clinic.child(name) for name in ("Mika", "Lea")]
        step = {"id": 1, "child_id": children[0], "text": "Two", "from_date": "2027-03-01", "created_at": EARLY}
        await clinic.put(schema.home_step, **step)
        seats = [await clinic._person("caregiver", name, "Europe/Berlin") for name in ("Ana", "Ben", "Eva", "Noor")]
        for one, state in (
            (seats[1], {"account_id": None, "suspended_account": seats[1].account, "suspended_at": 7}),
            (seats[2], {"removed_at": 7}),
            (seats[3], {"account_id": None}),
        ):
            change = schema.person.update().where(schema.person.c.id == one.id).values(state)
            await clinic.run(change)
        for (one, child), right in zip(product(seats, children), dice.sample(RIGHTS, len(RIGHTS)), strict=True):
            kind, preset, until = right
            may = {"right": kind, "preset": preset, "until_at": until, "from_at": EARLY}
            await clinic.put(schema.access, person_id=one.id, child_id=child, **may)
        for number in range(1, 160):
            await _check_in(dice, clinic, number, dice.choice(seats), dice.choice(children))
    return await read(database)


async def _check_in(dice: Random, clinic: Clinic, number: int, who: Someone, child: int) -> None:
    message = dice.choice((number * PARTS, number * PARTS, None))
    when = {"sent_at": dice.choice((EARLY, None)), "late_until": NOW + dice.choice((-1, 0, 1, 1))}
    how = {"state": dice.choice(("open", "open", "due", "done", "partial", "excused", "excused", "missed"))}
    how |= {"state_reason": dice.choice(("", "stopped", "stopped", "paused"))}
    how |= {"question": dice.choice(("", "day")), "awaits_words": dice.randint(0, 1)}
    nudged = {
        "nudge_at": dice.choice((None, NOW - 1, NOW, NOW + 1)),
        "nudge": dice.choice(("", CALLED_OFF, CALLED_OFF)),
    }
    fixed = {"template": "pulse", "template_version": 1, "local_date": "2027-03-01", "slot": "19:30", "due_at": EARLY}
    of = {"id": number, "child_id": child, "person_id": who.id, "message_id": message}
    fixed |= {"closes_at": EARLY, "asked_at": EARLY, "created_at": EARLY}
    await clinic.put(schema.check_in, **of, **fixed, **when, **how, **nudged, **dice.choice(SHARED))
    for question in dice.choice(((), ("day",), ("day", "sleep"))):
        said = {"question": question, "skipped": dice.randint(0, 1), "answered_at": EARLY}
        await clinic.put(schema.answer, check_in_id=number, person_id=who.id, **said)
    if message is not None:
        call = {"method": "sendMessage", "payload": "{}", "priority": 2, "created_at": EARLY}
        for row, part in ((message, message + 1), (message + 1, message)):
            state = dice.choice(("pending", "sending", "sent", "expired"))
            await clinic.put(schema.outbox, id=row, message_id=part, chat_id=who.account, state=state, **call)


async def _read(tx: Tx) -> Found:
    tables = [schema.metadata.tables[name] for name in TABLES]
    return {one.name: [dict(row) for row in await tx.rows(sa.select(one).order_by(one.c.id))] for one in tables}


async def read(database: Database) -> Found:
    return await database.read(_read)


def is_shared(row: Row) -> bool:
    return bool(row["step"] or row["material"] or row["home_step_id"])


@pytest.mark.parametrize("shared", [False, True])
async def test_what_is_open_ends_and_is_marked_and_what_is_queued_of_it_goes(
    database: Database, crowd: Found, shared: bool
) -> None:
    end = called_off.end_shared if shared else called_off.end_open
    for seat in crowd["person"]:
        for child in crowd["child"]:
            expected: Found = json.loads(json.dumps(crowd))
            unsent = set()
            for row in expected["check_in"]:
                theirs = (row["person_id"], row["child_id"]) == (seat["id"], child["id"])
                if not theirs or (shared and not is_shared(row)):
                    continue
                if row["state"] == "open":
                    unsent.add(row["message_id"])
                    row |= {"state": "excused", "state_reason": "stopped"}
                elif row["state"] == "due" or not row["question"]:
                    continue
                row |= {"question": "", "awaits_words": 0, "nudge_at": 0, "nudge": CALLED_OFF}
            expected["outbox"] = [
                row
                for row in expected["outbox"]
                if row["state"] != "pending" or row["message_id"] // PARTS * PARTS not in unsent
            ]
            found = await after(database, lambda tx, one=seat["id"], of=child["id"]: end(tx, one, of), _read)
            assert found == expected


async def test_what_was_called_off_after_it_was_asked_is_given_back_while_there_is_time(
    database: Database, crowd: Found
) -> None:
    for seat in crowd["person"]:
        expected: Found = json.loads(json.dumps(crowd))
        for row in expected["check_in"]:
            ended = (row["state"], row["state_reason"]) == ("excused", "stopped") and row["sent_at"] is not None
            if row["person_id"] == seat["id"] and ended and row["late_until"] > NOW:
                row |= {"nudge_at": 0, "nudge": CALLED_OFF}
        assert await after(database, lambda tx, one=seat["id"]: called_off.give_back(tx, one, NOW), _read) == expected


async def test_what_phones_still_show_is_told_with_what_may_be_answered_late(database: Database, crowd: Found) -> None:
    people, names = ({row["id"]: row for row in crowd[table]} for table in ("person", "child"))
    marked = [row for row in crowd["check_in"] if row["nudge"] == CALLED_OFF and (row["nudge_at"] or NOW + 1) <= NOW]
    found = await database.read(lambda tx: called_off.shown(tx, NOW, 1000))
    assert {row["id"] for row in found} == {row["id"] for row in marked}
    at = {row["id"]: row["nudge_at"] for row in marked}
    assert [row["id"] for row in found] == sorted(at, key=lambda one: (at[one], one))
    assert len(await database.read(lambda tx: called_off.shown(tx, NOW, 3))) == 3
    told = {row["id"]: row for row in found}
    for row in marked:
        seat, given = people[row["person_id"]], [one for one in crowd["answer"] if one["check_in_id"] == row["id"]]
        gives = any(
            (one["person_id"], one["child_id"]) == (row["person_id"], row["child_id"])
            and (one["right"], one["preset"], one["until_at"]) == ("care", "all", None)
            for one in crowd["access"]
        )
        again = row["late_until"] > NOW and seat["removed_at"] is None and gives
        said = {key: told[row["id"]][key] for key in ("message_id", "chat", "child_name", "question")}
        chat = seat["account_id"] or seat["suspended_account"]
        shown = {"message_id": row["message_id"], "chat": chat, "question": row["question"]}
        assert said == {**shown, "child_name": names[row["child_id"]]["name"]}
        assert bool(told[row["id"]]["again"]) == again
        assert bool(told[row["id"]]["answered"]) == any(not one["skipped"] for one in given)


async def test_the_mark_goes_from_what_was_closed_alone(database: Database, crowd: Found) -> None:
    closed = [row["id"] for row in crowd["check_in"] if row["nudge"] == CALLED_OFF][:5]
    expected: Found = json.loads(json.dumps(crowd))
    for row in expected["check_in"]:
        if row["id"] in closed:
            row |= {"nudge_at": None, "nudge": ""}
    assert await after(database, lambda tx: called_off.done(tx, closed), _read) == expected
