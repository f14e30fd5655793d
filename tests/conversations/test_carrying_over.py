"""An older backup gives nobody back what was taken since: who was put out stays out, what is held stays held."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain import auditing, carrying_over, handing_over, holds, restoring, rights, suspending
from bot.domain.auditing import Verified
from bot.domain.erasing import Moment
from bot.model import Preset
from bot.storage import backup, called_off, links, schema, staff
from bot.storage.database import Database, Row, Tx
from bot.storage.opening import open_database
from tests.support.families import evening, family
from tests.support.world import KEY, World


async def seat(db: Database, name: str) -> Row:
    rows = await db.read(lambda tx: tx.rows(schema.person.select()))
    return next(row for row in rows if row["name"] == name)


def backed_up(folder: Path) -> Path:
    [database] = [one for one in folder.iterdir() if one.suffix == ".db"]
    copied = folder / "older.db.bak"
    backup.make(database, KEY, copied)
    return copied


async def come_back(world: World, copied: Path) -> tuple[Database, restoring.Restored]:
    db = await open_database(f"sqlite+aiosqlite:///{copied}", KEY)
    decided = await world.db.read(carrying_over.read)
    at = Moment(world.clock.machine_ms(), world.clock.now_ms() + 1000)
    return db, await db.write(lambda tx: restoring.settle(tx, [], at, decided))


async def standing(db: Database) -> set[tuple[str, str]]:
    """(name, right) of whoever has one now."""
    rows = await db.read(
        lambda tx: tx.rows(
            sa.select(schema.person.c.name, schema.access.c.right)
            .select_from(schema.access.join(schema.person, schema.person.c.id == schema.access.c.person_id))
            .where(schema.access.c.until_at.is_(None), schema.person.c.account_id.is_not(None))
        )
    )
    return {(row["name"], row["right"]) for row in rows}


async def test_who_was_put_out_or_suspended_since_stays_so(world: World, tmp_path: Path) -> None:
    _dana, _ana = await family(world)
    eva = await world.therapist("Eva")
    await world.parent_of(eva, "Cleo", "Lena")
    copied = backed_up(tmp_path)
    now = world.clock.now_ms()
    seats = {name: (await seat(world.db, name))["id"] for name in ("Ana", "Eva")}

    async def decide(tx: Tx) -> None:
        await suspending.suspend(tx, seats["Ana"], now)
        await handing_over.leave(tx, seats["Eva"], None, now)

    await world.db.write(decide)
    db, found = await come_back(world, copied)
    assert found.decided == 2
    assert await standing(db) == {("Dana", "treat"), ("Cleo", "care")}
    assert (await seat(db, "Eva"))["removed_at"] is not None
    assert await db.write(lambda tx: suspending.resume(tx, seats["Ana"], now)), "and can be given back as always"
    await db.close()


async def test_what_was_cut_short_made_smaller_or_held_since_stays_so(world: World, tmp_path: Path) -> None:
    _dana, _ana = await family(world)
    await world.db.write(lambda tx: staff.set_admin(tx, 1, on=True))
    copied = backed_up(tmp_path)
    now = world.clock.now_ms()
    me, seated = await seat(world.db, "Dana"), await seat(world.db, "Ana")
    [child] = await world.rows(schema.child.select())

    async def decide(tx: Tx) -> None:
        found = await rights.care(tx, me["id"], seated["id"], now)
        assert found is not None
        await rights.set_end(tx, auditing.CLINIC, found, now + 86_400_000, now)
        await rights.set_preset(tx, auditing.CLINIC, found, Preset.READ, now)
        await holds.add(tx, child["id"], "A court asked.", now)
        await staff.set_admin(tx, me["id"], on=False)

    await world.db.write(decide)
    db, found = await come_back(world, copied)
    [right] = [row for row in await db.read(lambda tx: tx.rows(schema.access.select())) if row["right"] == "care"]
    assert (right["preset"], right["until_at"], right["ends_at"]) == ("read", now + 86_400_000, now + 86_400_000)
    [hold] = await db.read(lambda tx: tx.rows(schema.legal_hold.select()))
    assert hold["reason"] == "A court asked."
    assert (await seat(db, "Dana"))["admin"] == 0
    assert found.decided == 2
    await db.close()


async def stands_open(db: Database) -> tuple[list[Row], list[Row]]:
    """Of each check-in whether it is asked, and of each link whether it holds."""
    asked, link = schema.check_in.c, schema.link.c
    fields = (asked.person_id, asked.state, asked.state_reason, asked.question, asked.nudge, asked.nudge_at)
    check_ins = await db.read(lambda tx: tx.rows(sa.select(*fields).order_by(asked.id)))
    return check_ins, await db.read(lambda tx: tx.rows(sa.select(link.id, link.ended_at.is_(None).label("holds"))))


@pytest.mark.parametrize(
    ("preset", "step", "closed"),
    [(Preset.READ, "", True), (Preset.OWN, "Two pictures", True), (Preset.OWN, "", False)],
)
async def test_what_is_open_on_the_phone_closes_as_it_did_when_the_right_was_made_smaller(
    world: World, tmp_path: Path, preset: Preset, step: str, closed: bool
) -> None:
    """A question of their own, or one about a step that was shared; and a link with another caregiver."""
    dana, _ana = await family(world)
    await world.parent_of(dana, "Ben", "Mika", child_id=1)
    await evening(world)
    me, seated, other = [await seat(world.db, name) for name in ("Dana", "Ana", "Ben")]
    asked = schema.check_in.update().where(schema.check_in.c.person_id == seated["id"]).values(step=step)
    now = world.clock.now_ms()

    async def share(tx: Tx) -> None:
        await tx.run(asked)
        await links.add(tx, 1, (seated["id"], other["id"]), "both", now)

    await world.db.write(share)
    copied = backed_up(tmp_path)

    async def decide(tx: Tx) -> None:
        found = await rights.care(tx, me["id"], seated["id"], now)
        assert found is not None
        await rights.set_preset(tx, auditing.CLINIC, found, preset, now)

    await world.db.write(decide)
    in_life = await stands_open(world.db)
    db, _found = await come_back(world, copied)
    assert await stands_open(db) == in_life
    check_ins, shared = in_life
    off = {row["person_id"]: row["nudge"] == called_off.CALLED_OFF for row in check_ins}
    assert off == {seated["id"]: closed, other["id"]: False}
    assert [bool(row["holds"]) for row in shared] == [False]
    await db.close()


async def test_somebody_new_with_the_number_of_one_who_left_is_not_put_out(world: World, tmp_path: Path) -> None:
    _dana, _ana = await family(world)
    copied = backed_up(tmp_path)
    seated = await seat(world.db, "Ana")
    another = schema.person.update().where(schema.person.c.id == seated["id"]).values(created_at=1, removed_at=2)
    await world.db.write(lambda tx: tx.run(another))
    db, found = await come_back(world, copied)
    assert found.decided == 0
    assert ("Ana", "care") in await standing(db)
    await db.close()


async def verified(db: Database, known: str = "") -> Verified:
    return await db.read(lambda tx: auditing.verify(tx, known))


async def test_what_the_audit_said_since_goes_on_in_the_backup_that_came_back(world: World, tmp_path: Path) -> None:
    """Nobody gets rid of an entry by going back behind it; and a hash that was noted meanwhile still leads on."""
    dana, _ana = await family(world)
    copied = backed_up(tmp_path)
    before = await verified(world.db)
    await dana.sends("/digest")
    await dana.taps("Mika")
    since = await verified(world.db)
    assert since.entries > before.entries
    db, found = await come_back(world, copied)
    assert found.audited == since.entries - before.entries
    after = await verified(db, since.newest)
    assert (after.entries, after.wrong) == (since.entries + 1, ())
    since_then = [row["kind"] for row in await db.read(lambda tx: auditing.after(tx, before.entries))]
    assert since_then[-1] == "restored"
    assert "family seen" in since_then
    await db.close()


async def test_an_audit_that_does_not_follow_is_not_mixed_into_the_one_of_the_backup(
    world: World, tmp_path: Path
) -> None:
    dana, _ana = await family(world)
    copied = backed_up(tmp_path)
    before = await verified(world.db)
    await dana.sends("/digest")
    await dana.taps("Mika")
    first = schema.audit.c.id == before.entries + 1
    await world.db.write(lambda tx: tx.run(schema.audit.update().where(first).values(kind="exported")))
    db, found = await come_back(world, copied)
    assert found.audited is None
    after = await verified(db)
    assert (after.entries, after.wrong) == (before.entries + 1, ())
    await db.close()
