"""The installation's key: 32 bytes, given as base64 or kept in a file that only the operator reads."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from contextlib import suppress
from pathlib import Path

from bot import log

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
    try:
        return decoded(path.read_text("ascii"))
    except ValueError as error:
        raise KeyLost(f"ENCRYPTION_KEY: the file {path}: {error}") from None


def _make(path: Path) -> None:
    """Complete or not there at all, whatever dies; where two make one at once, the first one's stays."""
    draft = path.with_name(f".key.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(BYTES)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
