"""Invitation codes that are wrong, old, taken, raced for, or guessed by the thousand."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain import families, inviting
from bot.storage import schema
from bot.storage.database import Tx
from tests.support.safety import exported, safe
from tests.support.world import Person, World

NO_LINK = "This link does not work, or not any more."


async def invited(world: World, child: str = "Mika") -> str:
    """A code for the first caregiver of a child of Dana's, who is made with the first."""
    if not await world.rows(schema.person.select()):
        await world.therapist("Dana")
    now = world.clock.now_ms()

    async def invite(tx: Tx) -> str:
        return (await inviting.invite_family(tx, 1, child, "en", "Europe/Berlin", now)).code

    code: str = await world.db.write(invite)
    return code


async def joins(person: Person, code: str) -> None:
    await person.starts(code)
    for _ in range(2):
        await person.taps_first()


async def seats_taken(world: World) -> int:
    return sum(row["account_id"] is not None for row in await world.rows(schema.person.select()))


async def gets_nowhere(world: World, person: Person, code: str) -> None:
    before = await seats_taken(world)
    await person.starts(code)
    assert person.newest.text.startswith(NO_LINK)
    assert await seats_taken(world) == before
    person.sees_nothing_of("Mika")


ODD = {
    "wrong": "wrong",
    "65 characters": "x" * 65,
    "4,000 characters": "x" * 4000,
    "a prefix of the hash": "0" * 32,
    "SQL": "' OR 1=1 --",
    "a wildcard": "%",
    "spaces inside": "a b c",
    "a line break": "a\nb",
    "NUL": "a\0b",
    "half a character": "a\ud800b",
    "emoji": "👩‍👩‍👧",
}


@pytest.mark.parametrize("kind", ODD)
async def test_fault_23_a_code_that_is_none_gets_one_kind_line(world: World, kind: str) -> None:
    """Nobody is let in, nothing of the family is shown."""
    await invited(world)
    world.odd_updates = True
    await gets_nowhere(world, world.person("Eve"), ODD[kind])
    assert await world.rows(schema.dead_update.select()) == []
    await safe(world, "Mika")


async def test_fault_23_an_expired_code_lets_nobody_in_not_even_half_way(world: World) -> None:
    """It ends after 14 days, also between its first and its second screen."""
    code, eve = await invited(world), world.person("Eve")
    await eve.starts(code)
    await eve.taps_first()
    await world.passes(days=14)
    await eve.taps("I agree")
    assert eve.phone.answers[-1].show_alert
    assert await seats_taken(world) == 1
    await gets_nowhere(world, eve, code)
    await safe(world, "Mika", code)


async def test_fault_23_a_used_code_lets_nobody_else_in(world: World) -> None:
    """Nor one that was replaced by a newer one, nor one that was cancelled."""
    code = await invited(world)
    ana, eve = world.person("Ana"), world.person("Eve")
    await joins(ana, code)
    await gets_nowhere(world, eve, code)
    code = await invited(world, "Lena")
    seat = max(row["id"] for row in await world.rows(schema.person.select()))
    now = world.clock.now_ms()
    newer = await world.db.write(lambda tx: inviting.new_code(tx, seat, now))
    await gets_nowhere(world, eve, code)
    await world.db.write(lambda tx: families.cancel_link(tx, seat, now))
    await gets_nowhere(world, eve, newer)
    await safe(world, "Mika", "Lena", code, newer)


async def test_fault_23_of_two_who_race_for_a_code_in_one_batch_one_gets_in(world: World) -> None:
    """The first tap wins; the other is told that the link has ended, and sees nothing of the child."""
    code = await invited(world)
    ana, eve = world.person("Ana"), world.person("Eve")
    for person in (ana, eve):
        await person.starts(code)
        await person.taps_first()
    for person in (eve, ana):
        person.phone.taps("I agree")
    assert world.sim.pending_updates == 2
    await world.settle()
    assert await seats_taken(world) == 2
    eve.sees("Mika")
    ana.sees_nothing_of("Mika")
    assert ana.phone.answers[-1].show_alert
    [child] = await exported(world)
    assert [len(one["consents"]) for one in child["caregivers"]] == [1]
    await safe(world, "Mika", code)


async def test_fault_23_a_double_tap_on_agree_joins_once(world: World) -> None:
    """Two presses of the same person in one batch: one seat, one consent, one notice to the therapist."""
    code, ana = await invited(world), world.person("Ana")
    await ana.starts(code)
    await ana.taps_first()
    for _ in range(3):
        ana.phone.taps("I agree")
    await world.settle()
    [child] = await exported(world)
    assert [len(one["consents"]) for one in child["caregivers"]] == [1]
    assert sum("joined for" in one.text for one in world.people["Dana"].screen) == 1
    ana.sees("You are in")
    await safe(world, "Mika", code)


async def test_fault_23_thousands_of_guesses_find_nothing_and_delay_nobody(world: World) -> None:
    """From one account and from many: five lines each, a number in a counter, and parents are served meanwhile."""
    code = await invited(world)
    ana = world.person("Ana")
    await joins(ana, code)
    eves = [world.person(f"Eve{number}", user_id=77_000_000 + number) for number in range(20)]
    for number in range(3000):
        eves[number % 20].phone.starts(f"guess-{number}")
        if number % 500 == 0:
            ana.phone.sends(f"She sang the song number {number}")
    await world.settle()
    for eve in eves:
        assert [one.text.startswith(NO_LINK) for one in eve.screen if not one.mine] == [True] * 5
    assert sum("Kept safely" in one.text for one in ana.screen) == 6
    [count] = [row for row in await world.rows(schema.counter.select()) if row["name"] == "strangers"]
    assert count["value"] == 3000
    assert await seats_taken(world) == 2
    await nobody_left_a_trace(world, eves)
    await safe(world, "Mika", code)


async def nobody_left_a_trace(world: World, strangers: list[Person]) -> None:
    ids: set[Any] = {person.phone.user_id for person in strangers}
    for table in schema.metadata.sorted_tables:
        for row in await world.rows(table.select()):
            assert not ids & {value for value in row.values() if isinstance(value, int)}, table.name


async def test_fault_23_guessed_button_data_opens_nothing(world: World) -> None:
    """The buttons of an invitation carry 128 bits of a hash: a wrong one gets a line over the chat."""
    await invited(world)
    eve = world.person("Eve")
    await eve.sends("hello")
    for number in range(200):
        eve.phone.presses(f"join:{('next', 'agree', 'no')[number % 3]}:{number:032x}", eve.newest)
    await world.settle()
    assert len(eve.phone.answers) == 200
    assert all(one.show_alert for one in eve.phone.answers)
    assert await seats_taken(world) == 1
    assert await world.rows(schema.consent.select()) == []
    await safe(world, "Mika")
