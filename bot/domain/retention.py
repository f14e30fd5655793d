"""What goes in time, by kind, and what would go today. A child whose care has ended goes as `erase` would have it; one
for whom urgent help was asked, or that is under a legal hold, waits for a human.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.domain import auditing, erasing, tidy
from bot.domain.erasing import Moment
from bot.domain.tidy import DAY
from bot.model import Retention
from bot.storage import retention as stored
from bot.storage.database import Row, Tx


@dataclass(frozen=True, slots=True)
class Line:
    """``days``: how long that kind is kept, 0: nothing of it goes by itself. ``waiting``: children, for a human."""

    kind: str
    days: int
    count: int
    waiting: tuple[int, ...] = ()


async def plan(tx: Tx, keep: Retention, at: Moment) -> list[Line]:
    """What would go now. Changes nothing."""
    tidied = tidy.ends(keep, at.machine, at.now)
    lines = [Line(kind, days, await stored.count(tx, kind, before)) for kind, (days, before) in tidied.items()]
    for kind, days in (("voice", keep.voice), ("photos", keep.photos)):
        lines.append(Line(kind, days, await stored.count_media(tx, kind, at.now - days * DAY) if days else 0))
    ended = await _ended(tx, keep, at)
    waiting = tuple(row["child_id"] for row in ended if _for_a_human(row))
    return [*lines, Line("care", keep.care, len(ended) - len(waiting), waiting)]


async def apply(tx: Tx, keep: Retention, listed: Path | None, at: Moment) -> None:
    """Let it go. ``listed`` is the list of the erased."""
    await tidy.tidy(tx, keep, at.machine, at.now)
    for kind, days in (("voice", keep.voice), ("photos", keep.photos)):
        if days and await stored.drop_media(tx, [kind], at.now - days * DAY):
            await auditing.note(tx, auditing.CLINIC, auditing.What.ERASED, at.now)
    for row in await _ended(tx, keep, at):
        if not _for_a_human(row):
            await erasing.child(tx, row["child_id"], listed, at)


async def _ended(tx: Tx, keep: Retention, at: Moment) -> list[Row]:
    return await stored.ended(tx, at.now - keep.care * DAY) if keep.care else []


def _for_a_human(row: Row) -> bool:
    return bool(row["safety"] or row["held"])
