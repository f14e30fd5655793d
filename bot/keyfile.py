"""The installation's key: 32 bytes, given as base64 or kept in a file that only the operator reads."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from bot import durable, log

BYTES = 32

_log = log.get(__name__)


class KeyLost(Exception):
    """The database is there, its key is not."""


def decoded(text: str) -> bytes:
    """Raises ValueError without showing the text."""
    try:
        key = base64.b64decode(text.strip().replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("is not base64") from None
    if len(key) != BYTES:
        raise ValueError(f"must be {BYTES} bytes in base64, it is {len(key)}")
    return key


def kept(path: Path, database: Path) -> bytes:
    """The key in that file, made if there is none yet. A new key beside an old `database` would only hide the loss."""
    if not path.exists():
        if database.exists() and database.stat().st_size:
            raise KeyLost(f"ENCRYPTION_KEY: {database} was made with a key that is gone; put the file {path} back")
        _make(path)
        _log.warning("key_made", file=str(path), advice="keep a copy elsewhere, or move it into ENCRYPTION_KEY")
    return read(path)


def coming(path: Path) -> Path:
    """Where a new key waits until the database has it."""
    return path.with_name(f"{path.name}.new")


def former(path: Path) -> Path:
    """Where the keys before stay, the last one first: backups made with them need them."""
    return path.with_name(f"{path.name}.old")


def interrupted(path: Path, in_use: Path) -> None:
    """Say which key opens the database while a rotation is not finished."""
    found = {"opens_with": str(in_use), "not_with": str(path if in_use != path else coming(path))}
    _log.warning("key_rotation_interrupted", **found, advice="run rotate-key to finish it")


def make(path: Path) -> bytes:
    """A new key in a file that is not there yet. It is on disk when this returns, before anything needs it."""
    durable.remove(*path.parent.glob(".key.*"))
    _make(path)
    durable.sync_folder(path.parent)
    return read(path)


def read(path: Path) -> bytes:
    """Raises `KeyLost`."""
    return _read(path, path.read_bytes())


def formers(path: Path) -> list[bytes]:
    """The keys before, as far as they are kept. Raises `KeyLost`."""
    return [_read(former(path), line) for line in _lines(former(path))]


def open_to_others(path: Path) -> bool:
    """Whether somebody else on this machine may read it."""
    return path.exists() and bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().split() if path.exists() else []


def _read(path: Path, content: bytes) -> bytes:
    """What cannot be read is not shown either: not a letter of it."""
    try:
        return decoded(content.decode("ascii", "replace"))
    except ValueError as error:
        raise KeyLost(f"ENCRYPTION_KEY: the file {path}: {error}") from None


def promote(path: Path) -> None:
    """The new key becomes the key, the key the first of the former ones. Stopped anywhere, none of them is lost."""
    aside = path.with_name(f".key.{os.getpid()}")
    durable.remove(*path.parent.glob(".key.*"))
    keys = dict.fromkeys([*_lines(path), *_lines(former(path))])
    _write(aside, b"".join(key + b"\n" for key in keys))
    aside.replace(former(path))
    coming(path).replace(path)
    durable.sync_folder(path.parent)


def _make(path: Path) -> None:
    """Complete or not there at all, whatever dies; where two make one at once, the first one's stays."""
    draft = path.with_name(f".key.{os.getpid()}")
    _write(draft, base64.b64encode(secrets.token_bytes(BYTES)) + b"\n")
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    durable.sync(path)
