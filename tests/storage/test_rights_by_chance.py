"""Who may what, read a second time in plain Python: a crowd with rights of every kind, and each statement agrees.

Seats that are open, suspended, over or never taken; rights that stand, end now, later, or have ended; helpers and
stand-ins; several children. A condition that is missing in a statement shows as somebody too many.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from bot.model import Preset, Right
from bot.storage import rights, schema
from bot.storage.database import Database, Row, Tx
from bot.storage.rights import Part
from tests.support.clinic import EARLY, Clinic

NOW = 1_900_000_000_000
HOUR = 3_600_000
UNTIL = (None, None, NOW - HOUR, NOW, NOW + 1, NOW + HOUR)
SEEDS = (1,)


@dataclass
class Crowd:
    people: dict[int, Row]
    access: list[Row]
    children: list[int]

    def name(self, child: int) -> str:
        return f"Child {self.children.index(child)}"

    def valid(self, right: Row) -> bool:
        return right["until_at"] is None or right["until_at"] > NOW

    def of(self, kind: Right, *tests: Callable[[Row], bool]) -> list[Row]:
        return [row for row in self.access if row["right"] == kind.value and all(test(row) for test in tests)]

    def there(self, right: Row) -> bool:
        """The seat it belongs to is not removed."""
        return self.people[right["person_id"]]["removed_at"] is None

    def is_family(self, person: int, child: int) -> bool:
        """Some seat of the same account cares, or cared, for the child."""
        account = self.people[person]["account_id"]
        theirs = {one["id"] for one in self.people.values() if account in (one["account_id"], one["suspended_account"])}
        return account is not None and any(
            one["person_id"] in theirs and one["child_id"] == child for one in self.of(Right.CARE)
        )

    def treats(self, person: int, child: int) -> list[Row]:
        return self.of(Right.TREAT, self.valid, lambda one: (one["person_id"], one["child_id"]) == (person, child))

    def leads(self, person: int, child: int) -> bool:
        return any(one["part"] == Part.LEAD.value for one in self.treats(person, child))


@pytest.fixture(params=SEEDS)
async def crowd(request: pytest.FixtureRequest, database: Database) -> Crowd:
    dice, clinic = Random(request.param), Clinic(database, 100_000)  # the database counts from one
    async with clinic.crowd():
        children = [await clinic.child(f"Child {number}") for number in range(4)]
        accounts: list[int] = []
        for kind in ("therapist", "caregiver"):
            for number in range(9):
                seat = await clinic._person(kind, f"{kind} {number}", "Europe/Berlin")
                accounts.append(seat.account)
                changed = _state(number, seat.account)
                if (
                    kind == "caregiver" and number in FAMILY
                ):  # two who work here, and one who is suspended, are family, too
                    changed = {"account_id": None} | {FAMILY[number]: accounts[number - 6]}
                if changed:
                    await clinic.run(schema.person.update().where(schema.person.c.id == seat.id).values(changed))
                for child in children:
                    for _ in range(dice.choice((0, 1, 1, 2))):
                        await _right(dice, clinic, seat.id, child, kind)
    return await read(database, children)


FAMILY = {6: "account_id", 7: "account_id", 8: "suspended_account"}


def _state(number: int, account: int) -> dict[str, Any]:
    """What is different with that seat; the first and the last are as most are."""
    states: dict[int, dict[str, Any]] = {
        2: {"removed_at": EARLY},
        3: {"suspended_at": EARLY, "account_id": None, "suspended_account": account},
        4: {"account_id": None},
        5: {"suspended_at": EARLY},
    }
    return states.get(number, {})


async def _set(database: Database, table: sa.Table, number: int, **values: Any) -> None:
    await database.write(lambda tx: tx.run(table.update().where(table.c.id == number).values(**values)))


async def _right(dice: Random, clinic: Clinic, person: int, child: int, kind: str) -> None:
    until = dice.choice(UNTIL)
    rests = until is not None and until <= NOW and dice.random() < 0.5
    treats = kind == "therapist"
    await clinic.put(
        schema.access,
        person_id=person,
        child_id=child,
        right=Right.TREAT.value if treats else Right.CARE.value,
        from_at=EARLY,
        until_at=until,
        ends_at=until,
        suspended_at=until if rests else None,
        part=dice.choice([one.value for one in (Part.LEAD, *Part)]) if treats else "",
        preset=Preset.ALL.value if treats else dice.choice([one.value for one in Preset]),
    )


async def read(database: Database, children: list[int]) -> Crowd:
    people = await rows_of(database, schema.person)
    return Crowd({row["id"]: row for row in people}, await rows_of(database, schema.access), children)


async def rows_of(database: Database, table: sa.Table) -> list[Row]:
    return [dict(row) for row in await database.read(lambda tx: tx.rows(table.select().order_by(table.c.id)))]


async def test_a_therapist_reads_rights_in_their_own_cases_alone(database: Database, crowd: Crowd) -> None:
    async def asked(tx: Tx) -> None:
        for who in crowd.people:
            for seat in crowd.people:
                own = crowd.of(
                    Right.CARE,
                    crowd.there,
                    lambda one, seat=seat: one["person_id"] == seat,
                    lambda one, who=who: crowd.leads(who, one["child_id"]),
                )
                found = await rights.care(tx, who, seat, NOW)
                known = None if found is None else (found["access_id"], found["child_name"])
                assert known == ((own[0]["id"], crowd.name(own[0]["child_id"])) if own else None)
            for child in crowd.children:
                rests = crowd.of(
                    Right.CARE, crowd.there, lambda one, child=child: one["child_id"] == child and not crowd.valid(one)
                )
                shown = {row["access_id"] for row in await rights.resting(tx, who, child, NOW)}
                assert shown == ({one["id"] for one in rests} if crowd.treats(who, child) else set())

    await database.read(asked)


async def test_who_treats_whom_is_shown_to_whose_case_it_is(database: Database, crowd: Crowd) -> None:
    async def asked(tx: Tx) -> None:
        for who in crowd.people:
            for child in crowd.children:
                leads = crowd.leads(who, child)
                assert await rights.leads(tx, who, child, NOW) == leads
                there = crowd.of(
                    Right.TREAT, crowd.valid, crowd.there, lambda one, child=child: one["child_id"] == child
                )
                shown = [(row["id"], row["part"]) for row in await rights.team(tx, who, child, NOW)]
                expected = [(one["person_id"], one["part"]) for one in there] if leads else []
                assert sorted(shown) == sorted(expected)
            theirs = crowd.of(
                Right.TREAT,
                lambda one, who=who: one["person_id"] == who and one["part"] == Part.LEAD.value,
                lambda one: crowd.valid(one) or one["suspended_at"] is not None,
            )
            assert [(row["child_id"], row["name"]) for row in await rights.cases(tx, who, NOW)] == [
                (child, crowd.name(child)) for child in sorted(one["child_id"] for one in theirs)
            ]

    await database.read(asked)


async def test_who_works_here_who_is_told_and_who_is_alone(database: Database, crowd: Crowd) -> None:
    def seated(row: Row) -> bool:
        return row["removed_at"] is None and row["account_id"] is not None

    async def asked(tx: Tx) -> None:
        for who in crowd.people:
            others = {
                one["id"]
                for one in crowd.people.values()
                if one["kind"] == "therapist" and seated(one) and one["suspended_at"] is None and one["id"] != who
            }
            assert {row["id"] for row in await rights.colleagues(tx, who)} == others
            for child in crowd.children:
                may = {one for one in others if not crowd.is_family(one, child)}
                assert {row["id"] for row in await rights.colleagues(tx, who, child)} == may
        for child in crowd.children:
            assert await rights.child_name(tx, child) == crowd.name(child)
            cared = crowd.of(Right.CARE, crowd.valid, lambda one, child=child: one["child_id"] == child)
            told = sorted(one["person_id"] for one in cared if seated(crowd.people[one["person_id"]]))
            assert [row["id"] for row in await rights.carers(tx, child, NOW)] == told
        treated = {one["child_id"] for one in crowd.of(Right.TREAT, crowd.valid, crowd.there)}
        assert await rights.alone(tx, NOW) == len(set(crowd.children) - treated)
        over = crowd.of(
            Right.CARE,
            crowd.there,
            lambda one: not crowd.valid(one) and one["suspended_at"] is None,
            lambda one: crowd.people[one["person_id"]]["suspended_at"] is None,
        )
        assert {row["access_id"] for row in await rights.over(tx, NOW, 99)} == {one["id"] for one in over}
        assert len(await rights.over(tx, NOW, 1)) == min(1, len(over))

    await database.read(asked)


async def test_a_family_is_alone_whose_therapist_left_or_never_was(database: Database) -> None:
    clinic = Clinic(database)
    here, left = await clinic.therapist("Here"), await clinic.therapist("Left")
    await _set(database, schema.person, left.id, removed_at=EARLY)
    children = [await clinic.child(f"Child {number}") for number in range(6)]
    seats = [await clinic.caregiver(child, f"Parent {child}") for child in children[:5]]
    await clinic.grant(seats[4], children[5], "treat")
    await clinic.grant(here, children[0], "treat", NOW + HOUR)
    await clinic.grant(here, children[1], "treat", NOW)
    await clinic.grant(left, children[2], "treat")
    assert await database.read(lambda tx: rights.alone(tx, NOW)) == 4, "and whose care is over waits for nobody"
    await _set(database, schema.person, seats[4].id, removed_at=EARLY)
    assert await database.read(lambda tx: rights.alone(tx, NOW)) == 3


async def test_one_right_is_changed_and_no_other(database: Database, crowd: Crowd) -> None:
    for one in crowd.access[::7]:
        for change, field, to in (
            (lambda tx, one=one: rights.put_end(tx, one["id"], NOW + 5), "ends_at", NOW + 5),
            (lambda tx, one=one: rights.document(tx, one["id"], "A paper"), "document", "A paper"),
            (lambda tx, one=one: rights.put_preset(tx, one["id"], "read"), "preset", "read"),
        ):
            before = {row["id"]: row for row in (await read(database, [])).access}
            await database.write(change)
            for row in (await read(database, [])).access:
                was = before[row["id"]]
                if row["id"] != one["id"]:
                    assert row == was
                elif field == "ends_at" and was["suspended_at"] is None:
                    assert row == {**was, "ends_at": to, "until_at": to}
                else:
                    assert row == {**was, field: to}, "a suspended right rests on, whatever its end"


@pytest.mark.parametrize("part", Part)
async def test_a_case_given_is_one_right_and_one_taken_ends_no_other(
    database: Database, crowd: Crowd, part: Part
) -> None:
    for who in [one["id"] for one in crowd.people.values() if one["kind"] == "therapist"]:
        for child in crowd.children:
            before = await read(database, crowd.children)
            standing, led = before.treats(who, child), before.leads(who, child)
            given = await database.write(
                lambda tx, who=who, child=child: rights.give(tx, who, child, part, NOW, NOW + HOUR)
            )
            after = await read(database, crowd.children)
            if before.is_family(who, child):
                assert (given, after) == (False, before)
                continue
            _given(before, after, given, part, standing, led)
            if not given:
                continue
            ended = await database.write(lambda tx, who=who, child=child: rights.take(tx, who, child, NOW))
            assert ended
            for row in (await read(database, crowd.children)).access:
                was = next(one for one in after.access if one["id"] == row["id"])
                mine = (was["person_id"], was["child_id"]) == (who, child)
                if mine and (after.valid(was) or was["suspended_at"] is not None):
                    assert row == {**was, "until_at": NOW, "ends_at": NOW, "suspended_at": None}
                else:
                    assert row == was


def _given(before: Crowd, after: Crowd, given: bool, part: Part, standing: list[Row], led: bool) -> None:
    known = {row["id"]: row for row in before.access}
    changed = [row for row in after.access if known.get(row["id"]) != row]
    if not standing:
        assert given
        [new] = changed
        assert (new["part"], new["until_at"], new["ends_at"]) == (part.value, NOW + HOUR, NOW + HOUR)
    elif part is not Part.LEAD or (led and len(standing) == 1):
        assert (given, changed) == (False, [])
    elif not led:
        assert given
        [raised] = changed
        assert (raised["part"], raised["until_at"], raised["ends_at"]) == (Part.LEAD.value, None, None)


async def test_with_a_case_go_its_visits_to_come_and_its_waiting_news_and_no_others(database: Database) -> None:
    clinic = Clinic(database)
    dana, eva, fay = [await clinic.therapist(name) for name in ("Dana", "Eva", "Fay")]
    mika, lena = [await clinic.child(name, dana) for name in ("Mika", "Lena")]
    at = {"over": NOW - HOUR, "now": NOW, "soon": NOW + HOUR}
    for who in (dana, fay):
        for child in (mika, lena):
            of = {"person_id": who.id, "child_id": child}
            for when in at.values():
                await clinic.put(schema.meeting, **of, starts_at=when, kind="person", created_at=EARLY)
            await clinic.put(
                schema.meeting, **of, starts_at=NOW + HOUR, kind="person", created_at=EARLY, cancelled_at=EARLY
            )
            for message in (None, 5):
                await clinic.put(schema.notice, **of, screen="{}", created_at=EARLY, message_id=message)
    before = [await rows_of(database, table) for table in MOVED]
    await database.write(lambda tx: rights.move(tx, mika, dana.id, eva.id, NOW))
    after = [await rows_of(database, table) for table in MOVED]

    def moved(table: sa.Table, row: Row) -> bool:
        mine = (row["person_id"], row["child_id"]) == (dana.id, mika)
        if table is schema.notice:
            return mine and row["message_id"] is None
        return mine and row["starts_at"] > NOW and row["cancelled_at"] is None

    for table, rows, found in zip(MOVED, before, after, strict=True):
        assert found == [{**row, "person_id": eva.id} if moved(table, row) else row for row in rows]
        assert sum(moved(table, row) for row in rows) == 1


MOVED = (schema.meeting, schema.notice)
