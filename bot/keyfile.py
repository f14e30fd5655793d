"""The installation's key: 32 bytes, given as base64 or kept in a file that only the operator reads."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
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
    """Where the key before stays: backups made with it need it."""
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
    try:
        return decoded(path.read_text("ascii"))
    except ValueError as error:
        raise KeyLost(f"ENCRYPTION_KEY: the file {path}: {error}") from None


def promote(path: Path) -> None:
    """The new key becomes the key, the key becomes the former one. Stopped anywhere, none of them is lost."""
    aside = path.with_name(f".key.{os.getpid()}")
    durable.remove(*path.parent.glob(".key.*"))
    _write(aside, path.read_bytes())
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
