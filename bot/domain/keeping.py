"""The daily backup: one a day, proven before an older one goes; and what was put aside goes in time, too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot import durable
from bot.storage import backup, erasures, opening, restoring
from bot.storage.database import DatabaseError

FAILURES = (backup.NoCopy, erasures.ListDamaged, DatabaseError, OSError)  # of the disk or the file, not of the program
DAY = 86_400  # seconds
LONGEST = 35  # days: who was erased is gone from every older copy by then
_DAILY = re.compile(r"homenotes-\d{4}-\d\d-\d\d\.db")


@dataclass(frozen=True, slots=True)
class Keeping:
    """``keep`` is how many daily backups stay in ``folder``, and for how many days what was put aside; 0: none is made.

    ``hook``: the words of the command that gets each of them.
    """

    database: Path
    key: bytes
    folder: Path
    keep: int
    hook: tuple[str, ...] = ()


def daily(keeping: Keeping, on: date) -> Path | None:
    """Make the backup of that date, unless it is there; None then. Raises one of `FAILURES`."""
    target = of(keeping, on)
    if not keeping.keep or target.exists():
        return None
    keeping.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    durable.remove(*keeping.folder.glob(".homenotes-*.db.*"))
    backup.make(keeping.database, keeping.key, target)
    return target


def of(keeping: Keeping, on: date) -> Path:
    return keeping.folder / f"homenotes-{on.isoformat()}.db"


def put_in_order(keeping: Keeping, on: date, machine: int, now: int) -> None:
    """Beside it the list of the erased, which a restore on another machine obeys; what is older goes.

    At every turn: whoever is erased after the backup of the day stands there, too, and what failed is made up for.
    `machine` and `now` in milliseconds. Raises one of `FAILURES`.
    """
    target = of(keeping, on)
    if keeping.keep and target.exists():
        listed = erasures.beside(keeping.database)
        erasures.add(keeping.folder / listed.name, erasures.read(listed), now)
        _rotate(keeping, target)
    _tidy(keeping, machine)


def _rotate(keeping: Keeping, made: Path) -> None:
    """By the dates in their names, and never the one just made: a clock may have been ahead."""
    older = [path for path in sorted(keeping.folder.iterdir()) if _DAILY.fullmatch(path.name) and path != made]
    if too_many := older[: max(0, len(older) - keeping.keep + 1)]:
        durable.remove(*too_many)
        durable.sync_folder(keeping.folder)


def _tidy(keeping: Keeping, machine: int) -> None:
    """Whole databases that a restore or a migration put aside, once they are as old as the oldest backup would be."""
    database = keeping.database
    aside = restoring.replaced_of(database).name, opening.old_of(database, "").name
    days = keeping.keep or LONGEST
    for path in (found for name in aside for found in database.parent.glob(f"{name}*")):
        if path.stat().st_mtime * 1000 < machine - days * DAY * 1000:
            durable.remove(path)
