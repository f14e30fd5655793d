"""What a hostile name or word looks like in a picture and on paper: as the letters that it is made of."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from bot.reports.workshop import Workshop
from bot.storage import schema
from bot.storage.database import Tx
from bot.text.catalogue import FSI, PDI
from bot.text.literal import literal
from tests.conversations.test_goals import agrees, proposes
from tests.conversations.test_progress import tells
from tests.support.families import evening, family, give
from tests.support.world import World

HOSTILE = "<b>Ca</b>&amp;\u202eyranac\u2067\u2069\u2069 \x1b[31m\u2028$\\alpha$ {{ $child }}"
SHOWN = "<b>Ca</b>&amp;[U+202E]yranac[U+2067][U+2069][U+2069] [U+001B][31m[U+2028]$\\alpha$ {{ $child }}"
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066\u2067\ufff9-\ufffb]")
PLACES = (  # where words of people stand
    (schema.child, "name"),
    (schema.person, "name"),
    (schema.goal_version, "what"),
    (schema.home_step, "text"),
    (schema.note, "text"),
    (schema.answer, "text"),
    (schema.goal_word, "text"),
)


def strings(value: Any) -> Iterator[str]:
    """Every text in what a drawing is asked with."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from strings(getattr(value, field.name))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from strings(one)


async def poisoned(tx: Tx) -> None:
    """As no door of ours lets it in, and as an older version may have."""
    for table, column in PLACES:
        poison = table.update().where(table.c[column].is_not(None)).values({column: sa.bindparam("words")})
        await tx.run(poison, {"words": HOSTILE})


def test_the_words_of_the_test_are_what_it_says() -> None:
    assert literal(HOSTILE) == SHOWN


@pytest.mark.timeout(240)
async def test_fault_21_a_hostile_name_stands_letter_by_letter_in_pictures_and_papers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chart, the report and the card are drawn; nothing turns a line, hides or is taken for markup."""
    asked: dict[str, Any] = {}
    made = Workshop.make

    async def make(self: Workshop, drawing: str, values: object) -> bytes:
        asked[drawing] = values
        return await made(self, drawing, values)

    monkeypatch.setattr(Workshop, "make", make)
    dana, ana = await family(world)
    await give(world, "Two pictures at bath time")
    await evening(world)
    await ana.taps("Good", ana.sees("How was"))
    await ana.sends("He slept well.")
    await proposes(dana, world)
    await agrees(ana)
    await ana.sends("A note.")
    await tells(ana, "She put on both shoes!")
    await world.db.write(poisoned)
    await dana.sends("/digest")
    await dana.taps_first()
    await dana.taps("12 weeks")
    await world.tick()
    await dana.sends("/report")
    await dana.taps_first()
    await world.tick()
    assert {"twelve_weeks", "report", "card"} <= asked.keys()
    for drawing, values in asked.items():
        said = list(strings(values))
        for one in said:
            bare = one.replace(FSI, "").replace(PDI, "")
            assert not HIDDEN.search(bare), (drawing, one)
            assert one.count(FSI) == one.count(PDI)
        assert any(SHOWN in one.replace(FSI, "").replace(PDI, "") for one in said), drawing
    assert dana.newest.kind == "document"


async def test_on_a_phone_an_override_of_direction_is_a_mark_that_can_be_seen(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("\u202etaht yas ton did I")
    await dana.sends("/digest")
    await dana.taps_first()
    dana.sees("[U+202E]taht yas ton did I")
    for person in (ana, dana):
        assert not [one.text for one in person.phone.screen if not one.mine and "\u202e" in one.text]
