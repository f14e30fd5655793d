"""Who was erased, and what was taken back: a list beside the database, so that no backup knows better.

It holds numbers and no names. A line is `<kind> <id> <created at, ms> <at, ms>`. Ids may be given anew after a restore,
so that only both together name somebody. A `child` or `person` was erased then; `no-<purpose>` is a consent that this
person took back then, `gone-<purpose>` says that what they had sent for it was deleted. A line is on disk before that
is committed; one without an end never counted.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import durable
from bot.model import Purpose
from bot.storage.urls import is_sqlite, sqlite_path

ERASED = ("child", "person")
NO, GONE = "no-", "gone-"
KINDS = (*ERASED, *(f"{kind}{purpose.value}" for kind in (NO, GONE) for purpose in Purpose))


class ListDamaged(Exception):
    """The list of the erased cannot be read."""


@dataclass(frozen=True, slots=True)
class Erased:
    """``created_at`` is the row's own; with the id it names a child or person for good.

    ``at`` is when a consent was taken back or media were deleted; 0 for who was erased.
    """

    kind: str
    id: int
    created_at: int
    at: int = 0


def beside(database: Path) -> Path:
    return database.with_name(f"{database.name}.erased")


def of(url: str, data_dir: Path) -> Path:
    """The installation's list; a server's has its place where the key is."""
    return beside(sqlite_path(url) if is_sqlite(url) else data_dir / "homenotes.db")


def read(path: Path) -> list[Erased]:
    """Oldest first; empty where nobody was ever erased. Raises `ListDamaged`, naming file and line."""
    try:
        text = path.read_text("ascii")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError:
        raise ListDamaged(f"{path}: not a list of the erased") from None
    whole = text[: text.rfind("\n") + 1]
    found = {_parsed(line, f"{path}: line {number}"): None for number, line in enumerate(whole.splitlines(), 1)}
    return list(found)


def add(path: Path, erased: Sequence[Erased], now: int) -> None:
    """Append those that the list does not have yet; they are on disk when it returns. Raises OSError, `ListDamaged`."""
    if not erased:
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # the running bot and a command may both have somebody to add
        known = set(read(path))
        lines = [
            f"{one.kind} {one.id} {one.created_at} {one.at or now}\n"
            for one in dict.fromkeys(erased)
            if one not in known
        ]
        file.seek(file.read().rfind(b"\n") + 1)
        file.truncate()
        file.write("".join(lines).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    durable.sync_folder(path.parent)


def _parsed(line: str, where: str) -> Erased:
    words = line.split()
    if len(words) != len(("kind", "id", "created_at", "erased_at")) or words[0] not in KINDS:
        raise ListDamaged(f"{where} is no line of a list of the erased")
    if not all(word.isdecimal() for word in words[1:]):
        raise ListDamaged(f"{where} is no line of a list of the erased")
    at = 0 if words[0] in ERASED else int(words[3])
    return Erased(words[0], int(words[1]), int(words[2]), at)
