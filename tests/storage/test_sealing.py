"""On a server words of people are sealed by the application: a dump shows none, and none can be moved or changed."""

from __future__ import annotations

import psycopg
import pytest
import sqlalchemy as sa

from bot.storage import opening, rekey
from bot.storage.database import Damaged, Tx
from bot.storage.opening import open_database
from bot.storage.schema import answer, child, metadata, note, outbox, person, revision
from bot.storage.schema.columns import Sealable
from bot.storage.sealing import Cipher
from tests.support.databases import KEY, dump, postgres, postgres_url

__all__ = ["postgres", "postgres_url"]

CANARY = "1. canary: she said two words"
NEW = b"n" * 32
_CHILD = child.insert().values(id=1, name=CANARY, created_at=1)
_PERSON = person.insert().values(
    id=1, kind="caregiver", name=CANARY + " Ana", language="en", timezone="UTC", created_at=1
)
_NOTE = note.insert().values(
    id=1, child_id=1, person_id=1, kind="note", text=CANARY, media_kind="voice", media_file_id=CANARY, recorded_at=1
)
_PAPER = outbox.insert().values(
    id=1,
    message_id=1,
    chat_id=1,
    priority=1,
    method="sendDocument",
    payload=CANARY,
    upload=CANARY.encode(),
    state="pending",
    created_at=1,
)


async def _fill(url: str, key: bytes = KEY) -> None:
    db = await open_database(url, key)

    async def work(tx: Tx) -> None:
        for one in (_CHILD, _PERSON, _NOTE, _PAPER):
            await tx.run(one)

    await db.write(work)
    await db.close()


async def _read(url: str, key: bytes) -> list[object]:
    db = await open_database(url, key)
    try:
        names = await db.read(lambda tx: tx.rows(sa.select(child.c.name)))
        notes = await db.read(lambda tx: tx.rows(sa.select(note.c.text, note.c.media_file_id)))
        papers = await db.read(lambda tx: tx.rows(sa.select(outbox.c.payload, outbox.c.upload)))
    finally:
        await db.close()
    return [value for row in [*names, *notes, *papers] for value in row.values()]


WHOLE = [CANARY, CANARY, CANARY, CANARY, CANARY.encode()]


def _change(url: str, statement: str, *values: str) -> None:
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
        connection.execute(statement.encode(), values)


async def test_a_dump_of_the_server_shows_no_words(postgres_url: str) -> None:
    await _fill(postgres_url)
    shown = dump(postgres_url)
    assert "canary" not in shown
    assert CANARY.encode().hex() not in shown
    assert "caregiver" in shown  # the dump is one
    assert await _read(postgres_url, KEY) == WHOLE


async def test_sealed_words_cannot_be_moved_or_changed(postgres_url: str) -> None:
    """Whoever can write to the server cannot put one's words into another place without its being seen."""
    await _fill(postgres_url)
    _change(postgres_url, "UPDATE note SET text = (SELECT name FROM child)")
    with pytest.raises(Damaged, match=r"note\.text"):
        await _read(postgres_url, KEY)
    _change(postgres_url, "UPDATE note SET text = %s", "never said")
    with pytest.raises(Damaged, match=r"note\.text"):
        await _read(postgres_url, KEY)


async def test_another_key_for_every_word(postgres_url: str) -> None:
    await _fill(postgres_url)
    db = await open_database(postgres_url, KEY)
    await db.write(lambda tx: rekey.reseal(tx, KEY, NEW))
    await db.close()
    assert await _read(postgres_url, NEW) == WHOLE
    with pytest.raises(Damaged):
        opening.migrate(postgres_url, KEY)


async def test_words_that_an_older_program_left_in_plain_are_sealed_at_the_migration(postgres_url: str) -> None:
    await _fill(postgres_url)
    _change(postgres_url, "UPDATE note SET text = %s, media_file_id = %s", CANARY, CANARY)
    _change(postgres_url, "UPDATE outbox SET upload = convert_to(%s, 'UTF8')", CANARY)
    with opening._connected(postgres_url, KEY) as connection, connection.begin():
        opening._seal(connection, KEY)
        opening._seal(connection, KEY)  # killed after it, and done again
    assert "canary" not in dump(postgres_url)
    assert await _read(postgres_url, KEY) == WHOLE


def test_every_sealed_column_is_bound_to_its_place() -> None:
    """A revision also opens what its note or answer was sealed for: the database copies it there itself."""
    found = {f"{t.name}.{c.name}": c.type for t in metadata.tables.values() for c in t.columns}
    sealed = {place: kind for place, kind in found.items() if isinstance(kind, Sealable)}
    assert {place: kind.places[0] for place, kind in sealed.items()} == {place: place for place in sealed}
    assert {place for place, kind in sealed.items() if kind.places[1:]} == {"revision.text", "revision.media_file_id"}
    cipher = Cipher(KEY)
    kept = cipher.seal("a word", answer.c.text.type.places)  # type: ignore[attr-defined]
    assert cipher.open(kept, revision.c.text.type.places) == "a word"  # type: ignore[attr-defined]
