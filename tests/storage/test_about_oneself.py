"""What is kept of one caregiver beside their entries, read a second time in plain Python: nothing of anybody else's.

Everyone cares for every child, and each has a row of every kind of their own, with a moment that no other has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage import about_oneself, schema
from bot.storage.database import Database, Row, Tx
from tests.support.clinic import EARLY, Clinic, Someone

OWN_FORM = "own_1"


@dataclass
class Crowd:
    db: Database
    people: list[Someone]
    children: list[int]

    async def rows(self, table: sa.Table, which: Callable[[Row], bool] = lambda _: True) -> list[Row]:
        rows = await self.db.read(lambda tx: tx.rows(table.select().order_by(*table.primary_key)))
        return [dict(row) for row in rows if which(row)]

    async def told(self, ask: Callable[..., Any], *of: int) -> list[Row]:
        async def asked(tx: Tx) -> list[Row]:
            return [dict(row) for row in await ask(tx, *of)]

        return await self.db.read(asked)


@pytest.fixture
async def crowd(database: Database) -> Crowd:
    clinic = Clinic(database, 100_000)  # the database counts from one
    children = [await clinic.child(name) for name in ("Mika", "Lio")]
    people = [await clinic.caregiver(children[0], name) for name in ("Ana", "Ben", "Eva")]
    await clinic.put(schema.form, template_key=OWN_FORM, name="Evenings", created_at=EARLY)
    await clinic.put(schema.form, template_key="own_2", name="Mornings", created_at=EARLY)
    moment = EARLY
    for number, one in enumerate(people):
        await _of_the_seat(clinic, one, EARLY + number, settled=one is not people[-1])
        for child in children:
            for _ in range(2):
                moment += 1
                await _of_the_child(clinic, one.id, child, moment)
    await _shares(clinic, people, children)
    return Crowd(database, people, children)


async def _of_the_seat(clinic: Clinic, one: Someone, at: int, *, settled: bool) -> None:
    of = {"person_id": one.id}
    await clinic.put(schema.rest, **of, kind="ill", from_date=f"{at}", until_date="2027-03-03", created_at=at)
    await clinic.put(schema.held, account_id=one.account, purpose="photos", payload="{}", arrived_at=at, drop_at=at)
    await clinic.put(schema.dead_update, account_id=one.account, update_id=at, error="", payload="", at=at)
    if settled:
        await clinic.put(schema.mirror, **of, at=at)
        await clinic.put(schema.travel, **of, timezone=f"Home/{at}", until_date=f"{at}", back_at=at)
        stopped = schema.account.update().where(schema.account.c.id == one.account).values(stopped_at=at)
        await clinic.db.write(lambda tx: tx.run(stopped))


async def _of_the_child(clinic: Clinic, person: int, child: int, at: int) -> None:
    of = {"person_id": person, "child_id": child}
    template = OWN_FORM if at % 2 else "pulse"
    plan = {"days": "0", "time": "18:15", "starts_on": "2027-03-01", "created_at": at}
    await clinic.put(schema.schedule, **of, template=template, **plan)
    await clinic.put(schema.alert, **of, press=at, source="help", at=at)


async def _shares(clinic: Clinic, people: list[Someone], children: list[int]) -> None:
    """Each two of them and each child; the second has agreed where it is the first child's."""
    at = EARLY
    for child in children:
        for first, second in ((0, 1), (1, 2), (2, 0)):
            at += 10
            link = await clinic.put(schema.link, child_id=child, kind="both", created_at=at, ended_at=at + 5)
            for number, agreed in ((first, at), (second, at + 1 if child == children[0] else None)):
                side = {"person_id": people[number].id, "agreed_at": agreed, "ended": 1}
                await clinic.put(schema.link_side, link_id=link, **side)


async def test_a_seat_is_told_with_what_it_set_itself(crowd: Crowd) -> None:
    accounts = {row["id"]: row for row in await crowd.rows(schema.account)}
    mirrors = {row["person_id"]: row["at"] for row in await crowd.rows(schema.mirror)}
    travels = {row["person_id"]: row for row in await crowd.rows(schema.travel)}
    for row in await crowd.rows(schema.person):
        away = travels.get(row["id"], {})
        told = await crowd.db.read(lambda tx, one=row["id"]: about_oneself.seat(tx, one))
        assert dict(told) == {
            **row,
            "stopped_at": accounts[row["account_id"]]["stopped_at"],
            "mirror_at": mirrors.get(row["id"]),
            "home_zone": away.get("timezone"),
            "away_until": away.get("until_date"),
        }
    assert await crowd.db.read(lambda tx: about_oneself.seat(tx, 1)) is None


async def test_rests_and_what_waits_or_could_not_be_handled_are_of_that_person_alone(crowd: Crowd) -> None:
    for one in crowd.people:
        rests = await crowd.rows(schema.rest, lambda row, one=one: row["person_id"] == one.id)
        assert await crowd.told(about_oneself.rests, one.id) == rests
        waiting = await crowd.rows(schema.held, lambda row, one=one: row["account_id"] == one.account)
        assert await crowd.told(about_oneself.waiting, one.account) == waiting
        buried = await crowd.rows(schema.dead_update, lambda row, one=one: row["account_id"] == one.account)
        assert await crowd.told(about_oneself.buried, one.account) == [{"at": row["at"]} for row in buried]


async def test_plans_and_calls_for_help_are_of_that_person_and_that_child(crowd: Crowd) -> None:
    names = {row["template_key"]: row["name"] for row in await crowd.rows(schema.form)}
    for one in crowd.people:
        for child in crowd.children:
            of = (one.id, child)

            def theirs(row: Row, of: tuple[int, int] = of) -> bool:
                return (row["person_id"], row["child_id"]) == of

            plans = await crowd.rows(schema.schedule, theirs)
            named = [{**row, "form_name": names.get(row["template"])} for row in plans]
            assert await crowd.told(about_oneself.plans, *of) == named
            assert await crowd.told(about_oneself.alerts, *of) == await crowd.rows(schema.alert, theirs)


async def test_a_shared_check_in_is_told_with_the_moment_at_which_oneself_agreed(crowd: Crowd) -> None:
    links = await crowd.rows(schema.link)
    for one in crowd.people:
        sides = await crowd.rows(schema.link_side, lambda row, one=one: row["person_id"] == one.id)
        agreed = {row["link_id"]: row["agreed_at"] for row in sides if row["agreed_at"] is not None}
        for child in crowd.children:
            theirs = [row for row in links if row["id"] in agreed and row["child_id"] == child]
            assert await crowd.told(about_oneself.links, one.id, child) == [
                {"kind": row["kind"], "agreed_at": agreed[row["id"]], "ended_at": row["ended_at"]} for row in theirs
            ]
