"""What an erasure once left behind: words held for a yes, news on its way, an alarm that lies open in a chat."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain import erasing
from bot.domain.erasing import Moment
from bot.model import Media
from bot.storage import schema
from bot.storage.database import Database
from bot.storage.erasures import Erased
from bot.storage.ids import PARTS
from tests.support.clinic import EARLY, Clinic, Someone, local

NOW = local("Europe/Berlin", "2027-03-19 07:30")
AT = Moment(NOW, NOW)


@dataclass
class House:
    clinic: Clinic
    dana: Someone
    eva: Someone  # treats nobody, and is on call
    mika: int
    noa: int
    ana: Someone

    async def queue(self, chat: int, text: str, number: int) -> None:
        number *= PARTS
        sent = {"state": "pending", "priority": 1, "method": "sendMessage", "created_at": NOW}
        payload = json.dumps({"chat_id": chat, "text": text})
        await self.clinic.put(schema.outbox, id=number, message_id=number, chat_id=chat, payload=payload, **sent)

    async def notice(self, to: Someone, **more: Any) -> None:
        values = {"screen": json.dumps({"text": "Care for Mika is over."}), "created_at": NOW}
        await self.clinic.put(schema.notice, person_id=to.id, **{**values, **more})

    async def alarm(self, child: int, message: int) -> None:
        of = {"child_id": child, "person_id": self.ana.id, "press": 1, "source": "button", "at": NOW}
        alert = await self.clinic.put(schema.alert, **of)
        step = {"person_id": self.eva.id, "kind": "escalated", "message_id": message * PARTS, "at": NOW}
        await self.clinic.put(schema.alert_step, alert_id=alert, **step)

    async def rows(self, table: sa.Table) -> list[dict[str, Any]]:
        return [dict(row) for row in await self.clinic.db.read(lambda tx: tx.rows(sa.select(table)))]

    async def queued(self) -> set[int]:
        rows = await self.rows(schema.outbox)
        return {row["id"] // PARTS for row in rows if not row["method"].startswith("delete")}

    async def erase(self, child: int) -> None:
        await self.clinic.db.write(lambda tx: erasing.child(tx, child, None, AT))

    async def leave(self, who: Someone) -> None:
        await self.clinic.db.write(lambda tx: erasing.caregiver(tx, who.account, None, AT))


@pytest.fixture
async def house(database: Database) -> House:
    clinic = Clinic(database, 100_000)  # the database counts from one
    dana, eva = await clinic.therapist("Dana"), await clinic.therapist("Eva")
    mika, noa = await clinic.child("Mika", dana), await clinic.child("Noa", dana)
    return House(clinic, dana, eva, mika, noa, await clinic.caregiver(mika, "Ana"))


async def _parent_who_works_here(house: House) -> Someone:
    parent = await house.clinic.also_cares(house.eva, house.mika, "Eva")
    held = {"purpose": "voice", "payload": "what she said", "arrived_at": NOW, "drop_at": NOW}
    await house.clinic.put(schema.held, account_id=parent.account, **held)
    await house.clinic.put(
        schema.dead_update, update_id=1, account_id=parent.account, error="KeyError", payload="sealed", at=NOW
    )
    return parent


@pytest.mark.parametrize("how", ["with the child", "in an older copy"])
async def test_what_a_parent_who_works_here_had_sent_goes_with_the_last_seat_of_a_family(
    house: House, how: str
) -> None:
    parent = await _parent_who_works_here(house)
    if how == "with the child":
        await house.erase(house.mika)
    else:
        await house.clinic.db.write(lambda tx: erasing.obey(tx, [Erased("person", parent.id, EARLY)], AT))
    assert [await house.rows(table) for table in (schema.held, schema.dead_update)] == [[], []]
    assert parent.account in [row["id"] for row in await house.rows(schema.account)]


async def test_news_of_a_caregiver_that_is_in_the_queue_goes_with_them(house: House) -> None:
    await house.notice(house.dana, about_id=house.ana.id, child_id=house.mika, message_id=7 * PARTS)
    await house.queue(house.dana.account, "Ana is here.", 7)
    await house.queue(house.dana.account, "Good morning.", 8)
    await house.leave(house.ana)
    assert await house.queued() == {8}


async def test_that_care_is_over_is_told_of_nobody_who_was_erased(house: House) -> None:
    await house.clinic.grant(house.ana, house.noa, "care")
    await house.notice(house.ana, at=NOW)
    await house.notice(house.ana, at=NOW, screen=json.dumps({"text": "Care for Noa is over."}))
    await house.notice(house.dana, at=NOW, child_id=house.noa)
    await house.notice(house.eva, at=NOW)
    every = await house.rows(schema.notice)
    await house.erase(house.mika)
    assert await house.rows(schema.notice) == every[1:], "what hangs on another child, or goes to no one of hers, stays"


async def test_an_alarm_that_lies_open_in_a_chat_goes_from_it_with_the_child(house: House) -> None:
    await house.alarm(house.mika, 7)
    await house.alarm(house.mika, 8)
    await house.alarm(house.noa, 8)  # one message about both
    for number in (7, 8):
        seen = {"chat_id": house.eva.account, "telegram_message_id": 500 + number, "message_id": number * PARTS}
        await house.clinic.put(schema.copy, **seen, at=NOW)
    await house.erase(house.mika)
    calls = [json.loads(row["payload"]) for row in await house.rows(schema.outbox)]
    taken_back = [(call["chat_id"], call["message_ids"]) for call in calls if "message_ids" in call]
    assert taken_back == [(house.eva.account, [507])]
    assert [row["message_id"] for row in await house.rows(schema.copy)] == [8 * PARTS]


async def test_who_was_told_on_call_is_sent_no_name_any_more(house: House) -> None:
    await house.alarm(house.mika, 7)
    await house.queue(house.eva.account, "Ana, Mika's mother, wrote:", 8)
    await house.queue(house.eva.account, "Noa is well.", 9)
    await house.erase(house.mika)
    assert await house.queued() == {9}


async def test_a_picture_that_was_changed_for_another_is_not_handed_on(house: House) -> None:
    note = await house.clinic.note(house.ana, "2027-03-18 21:05", "Look", media=Media("photo", "new-file"))
    before = {"media_kind": "photo", "media_file_id": "old-file", "recorded_at": NOW, "replaced_at": NOW}
    await house.clinic.revision(note_id=note, **before)
    await house.queue(house.dana.account, "old-file", 7)
    await house.queue(house.dana.account, "another-file", 8)
    await house.leave(house.ana)
    assert await house.queued() == {8}


async def test_no_digest_lists_the_child_any_more_whether_it_was_sent_or_not(house: House) -> None:
    children = json.dumps([house.mika, house.noa])
    for _ in range(2):
        made = {"local_date": "2027-03-19", "data_until": NOW, "made_at": NOW}
        await house.clinic.put(schema.digest, person_id=house.dana.id, children=children, **made)
    await house.erase(house.mika)
    assert [json.loads(row["children"]) for row in await house.rows(schema.digest)] == [[house.noa]] * 2


async def test_no_paper_names_whom_only_an_alarm_is_left_of(house: House) -> None:
    await house.alarm(house.mika, 7)
    paper = schema.access.update().values(document="Ana's letter")
    await house.clinic.db.write(lambda tx: tx.run(paper))
    await house.leave(house.ana)
    [left] = [row for row in await house.rows(schema.access) if row["person_id"] == house.ana.id]
    assert (left["document"], left["until_at"]) == ("", NOW)
    assert {row["document"] for row in await house.rows(schema.access) if row["id"] != left["id"]} == {"Ana's letter"}
