"""Why did this come now? Each question of the last days, explained to the therapist from what is stored."""

from __future__ import annotations

import pytest

from bot.storage import counts, people, schema
from tests.support.families import at, family
from tests.support.world import Person, World


async def asks_why(dana: Person) -> str:
    await dana.sends("/families")
    await dana.taps("Mika")
    await dana.taps("Why did this come now?")
    return dana.newest.text


@pytest.mark.every_language
async def test_planned_later_reminded_and_answered_each_has_its_sentence(world: World) -> None:
    dana, ana = await family(world)
    assert "No question came" in await asks_why(dana)
    await world.until(at("2027-03-02 19:30"))
    await ana.taps("Later")
    await ana.taps("20:00")
    await world.until(at("2027-03-02 20:10"))
    await ana.taps("OK")
    await ana.taps_first()
    await world.until(at("2027-03-03 21:00"))
    said = await asks_why(dana)
    for fact in ("Planned for 19:30", "It came at 19:30", "They asked for it later, at 20:00", "Answered at 20:10"):
        assert fact in said
    assert "One silent reminder came at" in said
    assert "Next:" in said


async def test_what_moved_or_left_out_a_question_is_said(world: World) -> None:
    dana, ana = await family(world)
    await world.db.write(lambda tx: people.set_fast(tx, ana.phone.user_id, "20:30"))
    await ana.sends("/settings")
    for button in ("Days", "every day"):
        await ana.taps(button)
    await world.until(at("2027-03-02 20:31"))
    world.clock.set(at("2027-03-03 20:45"))
    await world.tick()
    await ana.sends("/pause")
    await ana.taps("A pause")
    await ana.taps_first()
    await world.until(at("2027-03-04 21:00"))
    said = await asks_why(dana)
    for fact in (
        "It was moved from 19:30, as they fast. One question only, as they fast. It came at 20:30",
        "It came late, at 20:45",
        "A pause.",
    ):
        assert fact in said, said


async def test_a_question_that_a_parent_began_is_no_prompt(world: World) -> None:
    dana, ana = await family(world)
    world.clock.set(at("2027-03-02 11:07"))
    await ana.sends("/checkin")
    assert "They opened it by themselves at" in await asks_why(dana)


async def test_it_is_of_the_therapists_own_families_and_of_each_caregiver(world: World) -> None:
    dana, _ana = await family(world)
    [child] = await world.rows(schema.child.select())
    await world.parent_of(dana, "Ben", "Mika", child_id=child["id"])
    emil = await world.therapist("Emil")
    await world.until(at("2027-03-02 20:00"))
    said = await asks_why(dana)
    assert "Ana" in said
    assert "Ben" in said
    await emil.sends("/families")
    await emil.does("presses", f"fam:why:{child['id']}", emil.newest)
    emil.sees_nothing_of("Planned for")


async def test_status_says_how_late_prompts_came_and_why_others_did_not(world: World) -> None:
    _dana, ana = await family(world)
    await world.until(at("2027-03-02 20:00"))
    await ana.sends("/pause")
    await ana.taps("A pause")
    await ana.taps_first()
    await world.until(at("2027-03-03 20:00"))
    found = await world.db.read(lambda tx: counts.status(tx, 0, 0))
    assert found["prompts"]["sent"] == 1
    assert 0 <= found["prompts"]["late_p50_ms"] <= found["prompts"]["late_p99_ms"] < 60_000
    assert found["reasons"] == {"no_answer": 1, "pause": 1}
