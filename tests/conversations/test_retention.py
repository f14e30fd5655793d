"""What goes in time, and what never goes without a human: a legal hold, a safety record."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.domain import auditing, erasing, families, holds, retention, suspending
from bot.domain.erasing import Moment
from bot.domain.retention import Line
from bot.model import Retention
from bot.storage import erasures, schema
from bot.storage.database import Tx
from tests.support.families import evening, family
from tests.support.pressing import two_clinics_of_one
from tests.support.safety import exported, safe
from tests.support.world import ERASED, Person, World

MEDIA = Retention(voice=30, photos=90)
CARE = Retention(care=365)


def moment(world: World) -> Moment:
    return Moment(world.clock.machine_ms(), world.clock.now_ms())


async def would_go(world: World, keep: Retention) -> dict[str, Line]:
    lines: list[Line] = await world.db.read(lambda tx: retention.plan(tx, keep, moment(world)))
    return {one.kind: one for one in lines}


async def goes(world: World, keep: Retention) -> None:
    await world.db.write(lambda tx: retention.apply(tx, keep, world.program.house.erased, moment(world)))


async def media(world: World) -> list[str]:
    return sorted(
        one["media"]["kind"]
        for child in await exported(world)
        for one in [*child["notes"], *(said for each in child["checkins"] for said in each["answers"])]
        if one["media"]
    )


HELD_IN = {"handled": "handled", "outbox": "outbox", "jobs": "job", "dead": "dead_update", "moments": "due"}
HELD_IN |= {"flags": "raised", "drafts": "message", "notices": "notice"}


async def counted(world: World) -> dict[str, int]:
    return {one.name: len(await world.rows(one.select())) for one in schema.child.metadata.sorted_tables}


async def hold(world: World, child: int) -> None:
    assert await world.db.write(lambda tx: holds.add(tx, child, "court: canary", world.clock.now_ms()))


async def end_of_care(world: World, child: int) -> None:
    """Every right to that child ends now."""
    now = world.clock.now_ms()

    async def work(tx: Tx) -> None:
        rows = await tx.rows(schema.access.select().where(schema.access.c.child_id == child))
        for row in rows:
            await families.leave(tx, row["person_id"], child, now, by=auditing.CLINIC)
        await tx.run(schema.access.update().where(schema.access.c.child_id == child).values(until_at=now))

    await world.db.write(work)


async def gives_media(world: World, ana: Person) -> None:
    """A voice as an answer and as a note, a photo with words, a paper as a file."""
    await evening(world)
    await ana.taps("Good")
    await ana.does("sends_voice", seconds=4)
    await ana.taps("Yes, keep it")
    await ana.does("sends_voice", seconds=5)
    await ana.does("sends_photo", caption="The tower")
    await ana.taps("Yes, keep it")
    await ana.does("sends_document")


async def test_each_kind_goes_in_its_time_words_stay_and_a_dry_run_changes_nothing(world: World) -> None:
    _dana, ana = await family(world)
    await gives_media(world, ana)
    assert await media(world) == ["document", "photo", "voice", "voice"]
    world.clock.advance(days=31)
    before = await exported(world)
    lines = await would_go(world, MEDIA)
    assert (lines["voice"].count, lines["photos"].count) == (2, 0)
    assert [child["notes"] for child in await exported(world)] == [child["notes"] for child in before]
    await goes(world, MEDIA)
    assert await media(world) == ["document", "photo"]
    assert (await would_go(world, MEDIA))["voice"].count == 0
    world.clock.advance(days=60)
    await goes(world, MEDIA)
    assert await media(world) == []
    [child] = await exported(world)
    assert [note["text"] for note in child["notes"]] == ["The tower"]
    entries = await world.rows(schema.audit.select().where(schema.audit.c.kind == "erased"))
    assert [one["actor_kind"] for one in entries] == ["clinic", "clinic"]
    await safe(world, "Mika")


async def test_a_dry_run_says_of_everything_that_goes_how_much_it_is(world: World) -> None:
    """Every table is counted before and after: no row goes unsaid, and none stays that was said to go."""
    dana, ana = await family(world)
    await gives_media(world, ana)
    await ana.sends("/export")
    await dana.sends("/digest")
    await dana.taps_first()
    await world.tick()
    await dana.sends("/message")
    await dana.taps_first()
    await dana.sends("Words that are never sent")
    world.clock.advance(days=400)
    keep = Retention(voice=30, photos=30)
    before = await counted(world)
    lines = await would_go(world, keep)
    assert lines["drafts"].count == 1
    assert lines["moments"].count > 0
    await goes(world, keep)
    gone = {table: n - left for table, n in before.items() if (left := (await counted(world))[table]) < n}
    media = lines["voice"].count + lines["photos"].count
    told = {HELD_IN[kind]: one.count for kind, one in lines.items() if kind in HELD_IN and one.count}
    with_media = [gone.pop(table, 0) for table in ("note", "answer", "inbound")]
    assert with_media[0] + with_media[1] == with_media[2] == media - 1  # one has words, and stays with them
    assert gone == told
    assert {kind: one.count for kind, one in (await would_go(world, keep)).items() if one.count} == {}


async def test_a_hold_keeps_what_could_not_be_handled_what_was_put_off_and_what_was_only_written(world: World) -> None:
    """Of that child and of whoever cares for it; of another family it goes in its time."""
    _dana, ana, _ben, _eva, carla = await two_clinics_of_one(world)
    now = world.clock.now_ms()
    children = [child["id"] for child in await exported(world)]
    seats = {row["name"]: row["id"] for row in await world.rows(schema.person.select())}
    for caregiver, therapist, child in ((ana, "Dana", children[0]), (carla, "Eva", children[1])):
        dead = {"update_id": caregiver.phone.user_id, "account_id": caregiver.phone.user_id, "at": now}
        draft = {"child_id": child, "person_id": seats[caregiver.phone.name], "author_id": seats[therapist]}
        flag = {"person_id": seats[therapist], "child_id": child, "key": "quiet", "weight": 1, "told_at": now}

        async def put(tx: Tx, dead: Any = dead, draft: Any = draft, flag: Any = flag) -> None:
            await tx.run(schema.dead_update.insert().values(error="KeyError", payload="sealed", **dead))
            await tx.run(schema.message.insert().values(kind="message", text="A draft", written_at=now, **draft))
            await tx.run(schema.raised.insert().values(words="put off", **flag))

        await world.db.write(put)
    await hold(world, children[0])
    world.clock.advance(days=400)
    lines = await would_go(world, Retention())
    assert [lines[kind].count for kind in ("dead", "drafts", "flags")] == [1, 1, 1]
    await goes(world, Retention())
    assert [row["account_id"] for row in await world.rows(schema.dead_update.select())] == [ana.phone.user_id]
    for table in (schema.message, schema.raised):
        assert [row["child_id"] for row in await world.rows(table.select())] == [children[0]]


async def test_by_default_nothing_of_a_family_goes_by_itself(world: World) -> None:
    _dana, ana = await family(world)
    await gives_media(world, ana)
    [child] = await exported(world)
    await end_of_care(world, child["id"])
    world.clock.advance(days=3_600)
    await goes(world, Retention())
    assert len(await media(world)) == 4


async def test_a_child_goes_when_its_care_is_long_over_and_no_backup_brings_it_back(world: World) -> None:
    """Only that one: where care goes on, all stays."""
    await two_clinics_of_one(world)
    mika, lena = [child["id"] for child in await exported(world)]
    await end_of_care(world, mika)
    world.clock.advance(days=364)
    assert (await would_go(world, CARE))["care"].count == 0
    world.clock.advance(days=2)
    assert (await would_go(world, CARE))["care"].count == 1
    await goes(world, CARE)
    assert [child["id"] for child in await exported(world)] == [lena]
    listed = world.program.house.erased
    assert listed is not None
    assert listed.name == ERASED
    assert [(one.kind, one.id) for one in await asyncio.to_thread(erasures.read, listed)] == [("child", mika)]


async def test_a_child_with_a_safety_record_or_under_a_hold_waits_for_a_human(world: World) -> None:
    _dana, ana, *_others, carla = await two_clinics_of_one(world)
    mika, lena = [child["id"] for child in await exported(world)]
    await ana.sends("/help")
    await ana.taps("Urgent help")
    await gives_media(world, carla)
    await hold(world, lena)
    for child in (mika, lena):
        await end_of_care(world, child)
    world.clock.advance(days=400)
    keep = Retention(voice=30, photos=30, care=365)
    lines = await would_go(world, keep)
    assert (lines["care"].count, lines["care"].waiting) == (0, (mika, lena))
    await goes(world, keep)
    assert [child["id"] for child in await exported(world)] == [mika, lena]
    assert len(await media(world)) == 4
    with pytest.raises(holds.Held, match=f"hold release --child {lena}"):
        await world.db.write(lambda tx: erasing.child(tx, lena, None, moment(world)))
    assert await world.db.write(lambda tx: holds.end(tx, lena, world.clock.now_ms()))
    await goes(world, keep)
    assert [child["id"] for child in await exported(world)] == [mika]


async def test_a_child_whose_people_are_only_suspended_stays_until_they_have_left(world: World) -> None:
    """What may be given back has not ended."""
    await family(world)
    now = world.clock.now_ms()
    people = await world.rows(schema.person.select())
    for one in people:
        assert await world.db.write(lambda tx, one=one: suspending.suspend(tx, one["id"], now))
    world.clock.advance(days=400)
    assert (await would_go(world, CARE))["care"].count == 0
    for one in people:
        await world.db.write(lambda tx, one=one: families.leave(tx, one["id"], 1, now, by=auditing.CLINIC))
    assert (await would_go(world, CARE))["care"].count == 1


@pytest.mark.every_language
async def test_under_a_hold_a_wish_to_delete_goes_to_a_human_and_nothing_is_lost(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("She built a tower")
    [child] = await exported(world)
    await hold(world, child["id"])
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    ana.sees("Nothing was deleted. Your clinic knows of your wish.")
    assert [note["text"] for note in (await exported(world))[0]["notes"]] == ["She built a tower"]
    dana.sees("wishes to delete what they gave for Mika")
    ana.sees_nothing_of("canary")
    kinds = [row["kind"] for row in await world.rows(schema.audit.select().order_by(schema.audit.c.id))]
    assert kinds[-1] == "erasure wished"
    assert "held" in kinds
    await ana.taps("Take back my agreement")
    ana.sees("Shall everything end here for you?")


@pytest.mark.parametrize("how", ["suspended", "put out"])
async def test_a_hold_stays_over_a_seat_that_rests_or_has_ended_whatever_else_they_care_for(
    world: World, how: str
) -> None:
    """Another child keeps her in; only whoever treats the child under the hold hears of her wish."""
    dana, ana = await family(world)
    eli = await world.therapist("Eli")
    await ana.sends("She built a tower")
    [mika] = await exported(world)
    await world.parent_of(eli, "Ana", "Lea", phone=ana.phone)
    await hold(world, mika["id"])
    seat, now = mika["caregivers"][0]["id"], world.clock.now_ms()
    if how == "suspended":
        assert await world.db.write(lambda tx: suspending.suspend(tx, seat, now))
    else:
        await world.db.write(lambda tx: families.leave(tx, seat, mika["id"], now, by=auditing.CLINIC))
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    ana.sees("Nothing was deleted. Your clinic knows of your wish.")
    assert [note["text"] for note in (await exported(world))[0]["notes"]] == ["She built a tower"]
    dana.sees("wishes to delete what they gave for Mika")
    eli.sees_nothing_of("wishes to delete")
    account = ana.phone.user_id
    with pytest.raises(holds.Held):
        await world.db.write(lambda tx: erasing.caregiver(tx, account, None, moment(world)))
