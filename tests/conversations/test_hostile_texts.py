"""Texts that try to be something else: markup, commands to a terminal or a database, half characters, far too much."""

from __future__ import annotations

from typing import Any

import pytest

from bot.text.catalogue import PDI
from bot.text.literal import unturned
from handlers.incoming import clean
from tests.support.safety import kept, safe
from tests.support.world import Person, World

FAMILY_EMOJI = "👩\u200d👩\u200d👧\u200d👦"
TEXTS: dict[str, str] = {
    "4,096 letters": "w" * 4096,
    "longer": "long words " * 1000,
    "100,000 after escaping": "&" * 20_000,
    "a lone surrogate": "half \ud83d a face",
    "surrogates the wrong way round": "\ude00\ud83d canary",
    "NUL": "before\0after",
    "zero-width": "can\u200b\u200c\u200d\ufeff\u2060ary",
    "bidi": "\u202egnirb\u202c \u2067abc\u2066 \u2069\u2069\u2069 canary",
    "open tags": "<b <i><u>canary</b>",
    "entities": "&lt;b&gt; &amp;amp; &#0; &nosuch; canary",
    "joined emoji": FAMILY_EMOJI * 300,
    "accents without end": "a" + "\u0301" * 4000,
    "SQL": "'; DROP TABLE note; -- canary",
    "line breaks": "one\r\n\r\ntwo\n\n\n\u2028three\x0b\x0c\x85canary",
    "ANSI": "\x1b[31m\x1b[2J\x07canary",
    "our own slots": "\ue000\ue001\ue0ff { $child } canary",
    "a formula": '=HYPERLINK("http://evil","canary")',
    "JSON": '{"update_id": 1, "message": {"text": "canary"}}',
    "format strings": "%s %(x)s {0} {child} ${HOME} canary",
}


async def family(world: World) -> Person:
    dana = await world.therapist("Dana")
    return await world.parent_of(dana, "Ana", "Mika")


def all_went_well(world: World) -> None:
    """Telegram took every call of ours at the first try: nothing of theirs broke our markup or a limit."""
    assert {(call.method, call.status) for call in world.sim.calls if call.status != 200} == set()


async def reads_the_digest(world: World) -> Person:
    dana = world.people["Dana"]
    await world.passes(days=2)
    await dana.sends("/digest")
    for _ in range(6):
        labels = dana.buttons
        for label in ("Answers", "▶️", "Done"):
            if any(label in one for one in labels):
                await dana.taps(label)
                break
    return dana


@pytest.mark.parametrize("kind", TEXTS)
async def test_fault_21_a_hostile_note_is_kept_as_it_was_said(world: World, kind: str) -> None:
    """It stands once in the export, word for word; it is acknowledged; the digest shows it as what it is."""
    ana, text = await family(world), TEXTS[kind]
    before = len(ana.screen)
    world.sim.raw_update(typed(world, ana, text))
    await world.settle()
    assert await kept(world) == [clean(text)]
    assert len(ana.screen) == before + 2  # the note and its acknowledgement
    ana.sees("Kept safely")
    dana = await reads_the_digest(world)
    if len(text) < 100:
        assert seen(text).split("\n")[0].strip() in seen(dana.phone.transcript())
    all_went_well(world)
    await safe(world, "Mika", "canary")


@pytest.mark.parametrize("kind", TEXTS)
async def test_fault_21_a_hostile_answer_is_kept_and_shown_as_it_was_said(world: World, kind: str) -> None:
    """The receipt shows it literally, cut where it is longer than a message; the export has all of it."""
    ana, text = await family(world), TEXTS[kind]
    await ana.sends("/checkin")
    await ana.taps("Great")
    world.sim.raw_update(typed(world, ana, text))
    await world.settle()
    await ana.taps("Skip")
    assert await kept(world) == [clean(text)]
    receipt = next(one for one in ana.phone.screen if "👍 Looks right" in one.labels)
    assert len(receipt.text.encode("utf-16-le")) // 2 <= 4096
    if len(text) < 100:
        for line in filter(None, map(str.strip, seen(text).split("\n"))):
            assert line in seen(receipt.text)
        assert balanced(receipt.text)
    await reads_the_digest(world)
    all_went_well(world)
    await safe(world, "Mika", "canary")


def typed(world: World, person: Person, text: str) -> dict[str, Any]:
    """As Telegram hands it over; what a phone would not let through included."""
    world.odd_updates = True
    number = world.sim.world.new_message_id()
    message = {"message_id": number, "from": person.phone.user, "chat": person.phone.chat.info, "text": text}
    person.phone.chat.messages[number] = {**message, "date": world.sim.world.now()}
    return {"message": person.phone.chat.messages[number]}


def seen(text: str) -> str:
    """What of it a screen shows: Telegram drops carriage returns and makes NUL a space; isolates are ours.

    What would turn letters is named.
    """
    kept_text = unturned(clean(text) or "")
    return kept_text.replace("\r", "").translate({ord(mark): None for mark in "\u2066\u2067\u2068\u2069"})


def balanced(text: str) -> bool:
    """Whether every line closes the isolates that it opens, and no other."""
    for line in text.split("\n"):
        depth = 0
        for letter in line:
            depth += (letter in "\u2066\u2067\u2068") - (letter == PDI)
            if depth < 0:
                return False
        if depth:
            return False
    return True


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "\0\0", "\u200b\u200d\ufeff\u2060"], ids=["empty", "blank", "NULs", "zero-width"]
)
async def test_fault_21_a_text_without_words_is_said_kindly(world: World, text: str) -> None:
    """Nothing is stored, and one line says so."""
    ana = await family(world)
    world.sim.raw_update(typed(world, ana, text))
    await world.settle()
    ana.sees("There were no words in it")
    assert await kept(world) == []
    await safe(world, "Mika")
