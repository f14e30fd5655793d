"""The chart of twelve weeks and /report, as people ask for them; drawn by the process of its own."""

from __future__ import annotations

import sys

import pytest
import sqlalchemy as sa

from bot.clock import to_ms
from bot.domain import meetings
from bot.reports.workshop import Workshop
from bot.storage import schema
from bot.storage.database import Tx
from schedules import jobs
from tests.conversations.test_leaving import files
from tests.support.families import evening, family
from tests.support.world import Person, World

DRAW = {"matplotlib", "fpdf"}


async def an_answer(world: World, ana: Person, words: str) -> None:
    await evening(world)
    await ana.taps("Good", ana.sees("How was"))
    await ana.sends(words)


@pytest.mark.every_language
async def test_a_therapist_gets_the_chart_and_the_report_and_this_process_draws_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [one for one in sys.modules if one.split(".")[0] in DRAW]:
        monkeypatch.delitem(sys.modules, name)  # a test of a drawing was here before
    dana, ana = await family(world)
    await an_answer(world, ana, "He slept well.")
    await dana.sends("/digest")
    await dana.taps_first()
    await dana.taps("12 weeks")
    dana.sees("I draw the picture")
    await world.tick()
    picture = dana.newest
    assert picture.kind == "photo"
    assert picture.has("Mika: 12 weeks")
    assert picture.has("Ana: 1 of 1 answered · median Good, n = 1")
    await dana.sends("/report")
    await dana.taps_first()
    dana.sees("I write the report")
    await world.tick()
    dana.sees("A report on Mika")
    [content] = [one for name, one in files(world, dana).items() if name.endswith(".pdf")]
    assert content.startswith(b"%PDF")
    assert not DRAW & set(sys.modules)


async def test_a_caregiver_gets_the_own_entries_alone_and_nobody_anothers_report(world: World) -> None:
    """Fault 22, 49: a seat in a button is not believed."""
    dana, ana = await family(world)
    [child] = await world.rows(schema.child.select())
    ben = await world.parent_of(dana, "Ben", "Mika", role="father", child_id=child["id"])
    await ana.sends("/report")
    await ben.sends("/report")
    seats = {row["name"]: row["id"] for row in await world.rows(schema.person.select())}
    for person, seat in ((ben, seats["Ana"]), (ben, seats["Dana"]), (dana, seats["Ana"])):
        await person.does("presses", f"report:p:{seat}:{child['id']}:all", person.newest)
        assert person.toasts[-1] == "This button is too old. Please use a newer message."
    for data in (f"report:w:{child['id']}", f"report:c:{child['id']}", f"report:p:{seats['Ben']}:999:4"):
        await ben.does("presses", data, ben.newest)
        assert ben.toasts[-1] == "This button is too old. Please use a newer message."
    assert await world.rows(schema.job.select()) == []


async def test_since_the_last_visit_is_offered_first_once_there_was_one(world: World) -> None:
    dana, ana = await family(world)
    for person in (dana, ana):
        await person.sends("/report")
        assert "Since the last visit" not in person.newest.labels
    seats = {row["name"]: row["id"] for row in await world.rows(schema.person.select())}
    [child] = await world.rows(schema.child.select())
    now = to_ms(world.clock.now())

    async def agreed(tx: Tx) -> None:
        await meetings.agree(tx, seats["Dana"], child["id"], now + 86_400_000, meetings.Kind.VIDEO, None, now)

    await world.db.write(agreed)
    await world.passes(days=3)
    await an_answer(world, ana, "He slept well.")
    for person in (dana, ana):
        await person.sends("/report")
        await person.taps_first()
        await world.tick()
        person.sees("A report on Mika, 2 March to 4 March.")


async def test_whoever_may_no_longer_gets_nothing(world: World) -> None:
    dana, _ana = await family(world)
    await dana.sends("/report")
    await dana.taps_first()
    ended = schema.access.update().where(schema.access.c.right == "treat").values(until_at=0)
    await world.db.write(lambda tx: tx.run(ended, {}))
    before = dana.newest.message_id
    await world.tick()
    assert dana.newest.message_id == before
    assert [row["state"] for row in await world.rows(schema.job.select())] == ["done"]


async def test_a_drawing_that_never_works_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    dana, _ana = await family(world)
    await dana.sends("/report")
    await dana.taps_first()
    monkeypatch.setattr("bot.reports.workshop.sys.executable", "/nowhere/python")
    for _ in range(5):
        await world.tick()
        await world.passes(minutes=5)
    dana.sees("I could not make it this time")


async def deletes(world: World, ana: Person) -> None:
    """She reads the question; then her tap alone is handled, nothing is sent."""
    ana.phone.sends("/delete_my_data")
    await world.receive()
    ana.phone.presses("leave:delete", ana.newest)
    await world.receive()


async def test_what_a_parent_deletes_while_a_paper_is_written_is_in_no_paper(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana, ana = await family(world)
    await an_answer(world, ana, "He called for his blanket.")
    await dana.sends("/report")
    await dana.taps_first()
    drawn: list[str] = []
    make = Workshop.make

    async def meanwhile(self: Workshop, what: str, asks: object) -> bytes:
        drawn.append(repr(asks))
        if len(drawn) == 1:
            await deletes(world, ana)
        return await make(self, what, asks)

    monkeypatch.setattr(Workshop, "make", meanwhile)
    await world.tick()
    assert "blanket" in drawn[0]
    assert files(world, dana) == {}
    await world.passes(minutes=1)
    assert len(files(world, dana)) == 1, "it is written again"
    assert "blanket" not in drawn[1]


async def test_a_paper_on_its_way_is_stopped_when_what_it_tells_is_deleted(world: World) -> None:
    dana, ana = await family(world)
    await an_answer(world, ana, "He called for his blanket.")
    await dana.sends("/report")
    await dana.taps_first()
    await jobs.tick(world.db, world.program.house)
    waiting = sa.select(schema.outbox.c.id).where(schema.outbox.c.state == "pending")
    assert len(await world.rows(waiting)) == 1
    await deletes(world, ana)
    await world.settle()
    assert files(world, dana) == {}
