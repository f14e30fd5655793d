"""A copy of the encrypted file, made while it is written to: complete and proven, or not there at all.

`VACUUM INTO` reads one moment of the database, stays encrypted with its key and holds up no writer.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlcipher3 import dbapi2 as sqlcipher

from bot import durable
from bot.storage import sqlite
from bot.storage.database import Damaged

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_VERSION = "SELECT version_num FROM alembic_version"


class NoCopy(Exception):
    """No copy was made, or it is none; its text is a line that names the file."""


class NoDatabase(NoCopy):
    """There is nothing to copy."""


class Exists(NoCopy):
    """A file of that name is there already, and is not touched."""


class NotWritten(NoCopy):
    """The copy could not be written. Nothing is left of it."""


class NotABackup(NoCopy):
    """Not what `make` wrote, or not any more."""


class AnotherKey(NotABackup):
    """Not opened by that key. Perhaps by none: noise looks the same."""


def make(database: Path, key: bytes, target: Path, *, replace: bool = False) -> None:
    """Write `target`, mode 0600; an older one of that name only goes with `replace`, once the new one is proven.

    Raises `NoCopy` and its kinds, `Damaged`, `Unavailable`; OSError where the folder cannot be written.
    """
    if not database.exists() or not database.stat().st_size:
        raise NoDatabase(f"there is no database yet: {database}")
    if not replace and os.path.lexists(target):
        raise Exists(f"{target} is there already; choose another name")
    with drafted(target) as draft:
        _vacuum(database, key, draft)
        durable.sync(draft)
        examine(draft, key)
        _put(draft, target, replace=replace)
    durable.sync_folder(target.parent)


@contextmanager
def drafted(target: Path) -> Iterator[Path]:
    """A file beside, empty and for its owner alone, to become `target`; gone afterwards.

    A disk that is full is `NotWritten`.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield draft
    except OSError as error:
        if error.errno in _FULL:
            raise NotWritten(f"{target}: no room for it on the disk; nothing was written") from error
        raise OSError(error.errno, error.strerror, str(target)) from error  # nobody knows the draft by name
    finally:
        draft.unlink(missing_ok=True)


def _vacuum(database: Path, key: bytes, draft: Path) -> None:
    connection = sqlite.connect(database, key)
    try:
        connection.execute("VACUUM INTO ?", (str(draft),))
    except sqlcipher.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlcipher.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(draft)) from error
        if code == sqlcipher.SQLITE_IOERR:
            raise NotWritten(f"{draft.parent}: the copy could not be written ({error}); nothing was left") from error
        raise sqlite.translate(error) from error
    finally:
        connection.close()


def _put(draft: Path, target: Path, *, replace: bool) -> None:
    if replace:
        draft.replace(target)
        return
    try:
        target.hardlink_to(draft)  # never over a file that came meanwhile
    except FileExistsError:
        raise Exists(f"{target} is there already; choose another name") from None
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        draft.rename(target)  # a stick or a share that knows no links


@contextmanager
def looked_into(path: Path, key: bytes) -> Iterator[Any]:
    """A connection to a file that nobody writes: it changes nothing, and makes nothing beside it. Raises `Damaged`."""
    address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    connection = sqlcipher.connect(address, uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        yield connection
    except sqlcipher.Error as error:
        raise sqlite.translate(error) from error
    finally:
        connection.close()


def examine(path: Path, key: bytes) -> str:
    """Read every page of a copy; returns its schema. Raises `NotABackup` with what is wrong with it."""
    if not path.stat().st_size:
        raise NotABackup(f"{path} is empty")
    if not path.is_file():
        raise NotABackup(f"{path} is no file")
    try:
        with looked_into(path, key) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
            return _examined(path, connection)
    except Damaged as error:
        if "not a database" in str(error):  # what the first page says to any wrong key
            raise AnotherKey(f"{path} is no backup, or one that was made with another key") from None
        raise NotABackup(f"{path} is damaged: {error}") from None


def _examined(path: Path, connection: Any) -> str:
    wrong = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    wrong += [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    wrong += [f"a row of {row[0]} points to nothing" for row in connection.execute("PRAGMA foreign_key_check")]
    if wrong:
        raise NotABackup(f"{path} is damaged: {' '.join(wrong[0].split())}")
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchall():
        raise NotABackup(f"{path} is a database, but none of Homenotes")
    return str(connection.execute(_VERSION).fetchone()[0])
