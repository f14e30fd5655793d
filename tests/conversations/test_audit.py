"""Who saw, changed, exported and erased what stands in a list that nobody can quietly change, and no word in it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain import auditing, handing_over, on_call, suspending
from bot.domain.auditing import Verified
from bot.domain.on_call import Hours
from bot.storage import schema
from tests.conversations.test_goals import agrees, proposes
from tests.support.families import family
from tests.support.pressing import buttons_of, everything, two_clinics_of_one
from tests.support.safety import exported
from tests.support.world import Person, World

CANARY = "canary: she built a tower"


async def told(world: World) -> list[tuple[str, str, Any, Any]]:
    rows = await world.rows(schema.audit.select().order_by(schema.audit.c.id))
    return [(row["actor_kind"], row["kind"], row["child_id"], row["person_id"]) for row in rows]


async def verified(world: World, known: str = "") -> Verified:
    return await world.db.read(lambda tx: auditing.verify(tx, known))  # type: ignore[no-any-return]


async def lived(world: World) -> tuple[Person, Person]:
    dana, ana, *_others, carla = await two_clinics_of_one(world)
    await ana.sends(CANARY)
    await dana.sends("/digest")
    await dana.taps("Mika")
    await ana.sends("/export")
    await world.tick()
    return ana, carla


async def test_who_saw_exported_and_erased_is_on_record_in_numbers_that_outlive_them(world: World) -> None:
    ana, carla = await lived(world)
    mika, lena = [child["id"] for child in await exported(world)]
    assert ("therapist", "digest seen", None, None) in await told(world)
    assert ("therapist", "family seen", mika, None) in await told(world)
    assert ("caregiver", "exported", None, None) in await told(world)
    assert [one[:3] for one in await told(world)].count(("therapist", "right given", lena)) >= 1
    await ana.does(
        "presses", next(one for one in buttons_of(world, world.people["Dana"]) if one.startswith("digest:")), ana.newest
    )
    assert ("caregiver", "denied", None, None) in await told(world)
    await carla.sends("/delete_my_data")
    before = len(await told(world))
    await carla.taps("Yes, delete")
    [erased] = (await told(world))[before:]
    assert erased[:2] == ("caregiver", "erased")
    rows = await world.rows(schema.audit.select())
    assert not {"canary", "Ana", "Mika", "Carla", "Lena"} & set(str(rows).replace("'", " ").split())
    found = await verified(world)
    assert (found.entries, found.wrong) == (len(rows), ())


TAMPERING = {
    "changed": "UPDATE audit SET kind = 'report made' WHERE id = 3",
    "dropped": "DELETE FROM audit WHERE id = 3",
    "dropped at the end": "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)",
    "put in": "INSERT INTO audit SELECT (SELECT max(id) + 1 FROM audit), at, actor_kind, actor_id, kind, child_id,"
    " person_id, hash FROM audit WHERE id = 3",
}


@pytest.mark.parametrize("done", TAMPERING)
async def test_an_entry_that_is_changed_dropped_or_put_in_is_found(world: World, done: str) -> None:
    await lived(world)
    assert (await verified(world)).wrong == ()
    await world.db.write(lambda tx: tx.run(sa.text(TAMPERING[done])))
    assert (await verified(world)).wrong


async def test_a_chain_written_anew_does_not_lead_from_the_hash_that_was_noted(world: World) -> None:
    await lived(world)
    noted = (await verified(world)).newest
    await world.db.write(lambda tx: auditing.note(tx, auditing.CLINIC, auditing.What.EXPORTED, 1))
    assert (await verified(world, noted)).wrong == ()
    await world.db.write(lambda tx: tx.run(schema.audit.delete()))
    await world.db.write(lambda tx: auditing.note(tx, auditing.CLINIC, auditing.What.EXPORTED, 1))
    assert (await verified(world)).wrong == ()
    assert (await verified(world, noted)).wrong


async def test_who_was_suspended_or_has_left_and_presses_old_buttons_is_on_record_once_a_minute(world: World) -> None:
    """A stranger who presses is not: nothing is kept of them."""
    dana, ana = await family(world)
    eva = await world.therapist("Eva")
    await dana.sends("/families")
    for one in (ana, eva):
        await one.sends("/help")
    number = {row["name"]: row["id"] for row in await world.rows(schema.person.select())}
    now = world.clock.now_ms()
    await world.db.write(lambda tx: suspending.suspend(tx, number["Ana"], now))
    await world.db.write(lambda tx: handing_over.leave(tx, number["Eva"], None, now))
    before = len(await told(world))
    for one in (ana, ana, eva, world.person("Zoe")):
        await one.does("presses", "do:checkin", one.newest if one.screen else dana.newest)
    rows = (await world.rows(schema.audit.select().order_by(schema.audit.c.id)))[before:]
    assert [(row["actor_kind"], row["actor_id"], row["kind"]) for row in rows] == [
        ("caregiver", number["Ana"], "denied"),
        ("therapist", number["Eva"], "denied"),
    ]


async def test_who_came_was_looked_at_and_was_changed_is_on_record(world: World) -> None:
    dana, ana = await family(world)
    eli = await world.therapist("Eli")
    ids = {row["name"]: row["id"] for row in await world.rows(schema.person.select())}
    hours = Hours("0123456", "00:00", "00:00")
    await world.db.write(lambda tx: on_call.put(tx, auditing.CLINIC, ids["Eli"], hours, world.clock.now_ms()))
    [mika] = [child["id"] for child in await exported(world)]
    entries = await told(world)
    assert [one[:2] for one in entries if one[3] == ids["Eli"]] == [
        ("clinic", "seat made"),
        ("therapist", "joined"),
        ("clinic", "rota changed"),
    ]
    assert ("caregiver", "joined", mika, ids["Ana"]) in entries
    before = len(entries)
    await ana.sends("/help")
    await ana.taps("🆘 Urgent help", ana.newest)
    await eli.taps("Open", eli.newest)
    await dana.sends("/goal")
    await dana.taps("Mika", dana.newest)
    await dana.sends("/families")
    await dana.taps("Mika", dana.newest)
    await dana.taps("Nickname", dana.newest)
    await dana.sends("Mimi")
    rows = await world.rows(schema.audit.select().order_by(schema.audit.c.id))
    assert [(row["actor_id"], row["kind"], row["child_id"]) for row in rows[before:]] == [
        (ids["Eli"], "family seen", mika),
        (ids["Dana"], "family seen", mika),
        (ids["Dana"], "family changed", mika),
    ]
    assert "Mimi" not in str(rows)


async def test_who_changed_a_childs_plan_home_step_goal_and_visit_is_on_record(world: World) -> None:
    dana, ana = await family(world)
    ids = {row["name"]: row["id"] for row in await world.rows(schema.person.select())}
    [mika] = [child["id"] for child in await exported(world)]
    before = len(await told(world))

    async def new() -> list[tuple[str, Any, Any]]:
        nonlocal before
        entries = (await told(world))[before:]
        before += len(entries)
        return [one[1:] for one in entries if one[0] == "therapist" and not one[1].endswith("seen")]

    await dana.sends("/plan")
    await dana.taps("Mika")
    await dana.taps("Ana (parent): 19:30")
    await dana.taps("Hour")
    assert await new() == []
    await dana.taps("18:00")
    assert await new() == [("plan changed", mika, ids["Ana"])]
    await dana.taps("Mika")
    await dana.taps("Home steps")
    await dana.taps("A home step")
    await dana.sends("pictures at bath time")
    await dana.taps("At bath time")
    assert await new() == [("home step changed", mika, None)]
    await dana.sends("/goal")
    await dana.taps("Mika")
    await dana.taps("New goal")
    await dana.sends("Asks for more with two words")
    assert await new() == [("goal changed", mika, None)]
    await dana.sends("/meeting")
    await dana.taps("Plan a visit")
    await dana.taps("Mika")
    await dana.taps("Thu, 4 Mar")
    await dana.taps("15:00")
    await dana.taps("In person")
    assert await new() == [("visit changed", mika, None)]
    await ana.sends("/settings")
    await ana.taps("19:00")
    await ana.sends("She asked for more today")
    assert await new() == []


# A press on these shows or says something; what they keep is the therapist's own, or talk with its date and author.
OWN = {"digest", "look", "raised", "message", "brief", "mirror", "job", "notice", "absence"}
# And these say who waits to be told, or hold words that no family sees yet.
WAITS = {"due", "goal_notice", "form", "check_in", "shift"}


async def test_whatever_a_therapist_presses_that_changes_a_childs_care_is_on_record(world: World) -> None:
    """Every kind of button that leads on from their commands, a few of each."""
    dana, ana, *_ = await two_clinics_of_one(world)
    await world.therapist("Eli")
    await ana.sends("/goals")
    await ana.taps("A wish")
    await ana.sends("That she asks for help")
    await proposes(dana, world)
    await agrees(ana)
    pressed: Counter[str] = Counter()
    done: set[str] = set()
    care = await _care(world)
    for command in ("/templates", "/meeting", "/goal", "/plan", "/families"):
        await dana.sends(command)
        while data := _next(buttons_of(world, dana), pressed, done):
            done.add(data)
            pressed[_kind(data)] += 1
            care = await _held(world, dana, dana.does("presses", data, dana.newest), data, care)
            if (await world.rows(_DANA, number=dana.phone.user_id))[0]["asking"]:
                care = await _held(world, dana, dana.sends(f"words {len(done)}"), f"words after {data}", care)
    kinds = {one[1] for one in await told(world)}
    changes = {"family", "plan", "home step", "goal", "visit", "template", "link", "right"}
    assert kinds >= {f"{one} changed" for one in changes}
    assert pressed.total() > 200
    assert pressed.keys() >= {"step:days", "goal:level", "goal:weigh", "goal:reached", "plan:end", "meet:off"}


def _kind(data: str) -> str:
    return ":".join(data.split(":")[:2])


def _next(shown: list[str], pressed: Counter[str], done: set[str]) -> str:
    """The newest, and last what ends something. The case stays, and so does the caregiver."""
    fresh = [one for one in reversed(shown) if one not in done and pressed[_kind(one)] < 3 and not _STAYS(one)]
    return next((one for one in fresh if not _ENDS.search(_kind(one))), next(iter(fresh), ""))


_ENDS = re.compile(r":(end|reached|closed|drop|archive|off|cancel|un.*)$")
_STAYS = re.compile(r"(case:give|over:yes|seat:out|rt:off)").match


_DANA = schema.account.select().where(schema.account.c.id == sa.bindparam("number"))
_ENTRIES = sa.select(sa.func.count().label("n")).select_from(schema.audit)


async def _care(world: World) -> dict[str, Any]:
    found = {name: rows for name, rows in (await everything(world)).items() if name not in OWN | WAITS}
    return {**found, "audit": await world.rows(_ENTRIES)}


async def _held(world: World, dana: Person, act: Any, what: str, before: dict[str, Any]) -> dict[str, Any]:
    world.clock.advance(minutes=3)
    await act
    after = await _care(world)
    changed = [name for name in after if after[name] != before[name]]
    assert not changed or "audit" in changed, f"{what} changed {changed}\n{dana.transcript()[-800:]}"
    return after
