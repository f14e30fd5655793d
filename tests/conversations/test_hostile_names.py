"""Names that bring line breaks, colours for a terminal, turns of direction or markup along."""

from __future__ import annotations

import unicodedata

import pytest

from bot.domain import inviting
from bot.simulator import Shown
from bot.storage import schema
from bot.storage.database import Tx
from bot.text.catalogue import PDI
from tests.support.safety import safe
from tests.support.world import World

NAMES = {
    "line breaks": "Zoë\nCanary\r\n\u2028Lopez",
    "ANSI": "\x1b[31mCanary\x1b[0m\x07",
    "right to left": "\u202eyranaC Lopez",
    "isolates": "Canary\u2067\u2068 \u2069\u2069\u2069",
    "markup": "<b>Canary</b> & <a href='tg:1'>Co",
    "entities": "&lt;Canary&gt; &amp;",
    "SQL": "Canary'); DROP TABLE person; --",
    "Fluent": "{ $child } Canary { -brand }",
    "invisible": "\u200b\u200d\ufeff",
    "surrogate": "Canary \udc00",
    "NUL": "Cana\0ry",
    "long": "Canary" * 100,
    "joined": "👩\u200d👩\u200d👧 Canary",
}


def well_shown(shown: Shown) -> bool:
    """No control character but our own line breaks; every line closes the isolates it opens, and no other."""
    for line in "\n".join([shown.text, *shown.labels]).split("\n"):
        if any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in line):
            return False
        opened = sum(letter in "\u2066\u2067\u2068" for letter in line)
        if opened != line.count(PDI):
            return False
    return True


@pytest.mark.parametrize("kind", NAMES)
async def test_fault_21_a_hostile_first_name_is_shown_as_a_name(world: World, kind: str) -> None:
    """The therapist sees it in one line, literally and isolated; no log line holds it."""
    dana = await world.therapist("Dana")
    now = world.clock.now_ms()

    async def invite(tx: Tx) -> str:
        return (await inviting.invite_family(tx, 1, "Mika", "en", "Europe/Berlin", now)).code

    world.odd_updates = True
    ana = world.person(NAMES[kind])
    await ana.starts(await world.db.write(invite))
    for _ in range(2):
        await ana.taps_first()
    dana.sees("joined for Mika")
    await dana.sends("/families")
    await dana.taps("Mika")
    [seat] = [row for row in await world.rows(schema.person.select()) if row["account_id"] == ana.phone.user_id]
    dana.sees(seat["name"] or "parent")
    assert "\n" not in seat["name"]
    await ana.sends("canary words")
    for person in (ana, dana):
        assert [one.text for one in person.phone.screen if not one.mine and not well_shown(one)] == []
    assert {call.status for call in world.sim.calls} == {200}
    await safe(world, "Mika", "Canary", "canary")


@pytest.mark.parametrize("kind", [kind for kind in NAMES if kind not in ("long", "invisible")])
async def test_fault_21_a_hostile_nickname_is_shown_as_a_name(world: World, kind: str) -> None:
    """In the prompt, on its buttons, in the receipt and in the digest."""
    dana = await world.therapist("Dana")
    await dana.sends("/invite")
    world.odd_updates = True
    await dana.sends(NAMES[kind])
    await dana.taps("Make the link")
    [child] = await world.rows(schema.child.select())
    ana = await world.parent_of(dana, "Ana", "unused", child_id=child["id"])
    await ana.sends("/checkin")
    while "👍 Looks right" not in ana.buttons:
        await ana.taps_first()
    await world.passes(days=2)
    await dana.sends("/digest")
    await dana.taps_first()
    for person in (ana, dana):
        assert [one.text for one in person.phone.screen if not one.mine and not well_shown(one)] == []
    assert {call.status for call in world.sim.calls} == {200}
    await safe(world, "Canary", child["name"])


@pytest.mark.parametrize("kind", ["long", "invisible"])
async def test_fault_21_a_nickname_nobody_can_read_is_asked_for_again(world: World, kind: str) -> None:
    """Nothing is stored, the question stays open."""
    dana = await world.therapist("Dana")
    await dana.sends("/invite")
    await dana.sends(NAMES[kind])
    dana.sees("Please write one short line")
    assert await world.rows(schema.child.select()) == []
    await safe(world, "Canary")
