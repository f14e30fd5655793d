"""Another key for what is kept: the encrypted file, and the values that are sealed in it one by one.

A file gets its new key in a copy beside, which is proven and renamed over the old one. At every moment the database
opens with one key, the old or the new.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlcipher3 import dbapi2 as sqlcipher

from bot import durable
from bot.storage import backup, counters, restoring, sealing, sqlite, updates
from bot.storage.database import Tx
from bot.storage.schema import dead_update
from bot.storage.seal import NotOpened, Seal, fingerprint

_SEALED = sa.select(dead_update.c.id, dead_update.c.update_id, dead_update.c.payload).order_by(dead_update.c.id)
_RESEAL = dead_update.update().where(dead_update.c.id == bindparam("dead")).values(payload=bindparam("sealed"))
KEY = "key"  # the counter that tells a server's installations which key it was sealed with


def in_copy(database: Path, old: bytes, new: bytes) -> Path:
    """A draft beside the database, under the new key. Raises `NoCopy` and its kinds, `Damaged`, `Unavailable`."""
    restoring.clear(database)
    draft = restoring.draft_of(database)
    backup.make(database, old, draft)
    encrypt(draft, old, new)
    return draft


def encrypt(draft: Path, old: bytes, new: bytes) -> None:
    """Give a file that nobody else uses another key, page by page and seal by seal."""
    with _opened(draft, old) as connection:
        connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
    with _opened(draft, new) as connection:
        connection.execute("BEGIN")
        rows = connection.execute(sqlite.compiled(_SEALED)).fetchall()
        connection.executemany(sqlite.compiled(_RESEAL), _sealed_anew(rows, old, new))
        connection.execute("COMMIT")
    durable.sync(draft)


def swap(draft: Path, database: Path, old: bytes) -> None:
    """The draft takes the database's place. Raises `InUse`."""
    restoring.fold(database, old)
    draft.replace(database)
    durable.sync_folder(database.parent)


async def reseal(tx: Tx, old: bytes, new: bytes) -> None:
    """On a server: everything that is sealed, and the number that tells with which key."""
    await tx.run_many(_RESEAL, _sealed_anew(await tx.rows(_SEALED), old, new))
    before, after = sealing.Cipher(old), sealing.Cipher(new)
    for page in sealing.pages():
        while rows := await tx.rows(page.read, {"after": page.after}):
            await tx.run_many(page.write, page.next(rows, lambda value, there: after.again(before, value, there)))
    await counters.put(tx, KEY, fingerprint(new))


def _sealed_anew(rows: Any, old: bytes, new: bytes) -> list[dict[str, Any]]:
    """What the old key does not open stays as it is: a key before it may."""
    before, after = Seal(old), Seal(new)
    found = []
    for row in rows:
        place = updates.bound_to(row["update_id"])
        try:
            text = before.open(row["payload"], bound_to=place)
        except NotOpened:
            continue
        found.append({"dead": row["id"], "sealed": after.seal(text, bound_to=place)})
    return found


@contextmanager
def _opened(path: Path, key: bytes) -> Iterator[Any]:
    """A connection that changes nothing by itself."""
    connection = sqlcipher.connect(str(path), isolation_level=None)
    try:
        connection.row_factory = sqlcipher.Row
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        yield connection
    except sqlcipher.Error as error:
        raise sqlite.translate(error, str(path)) from error
    finally:
        connection.close()
