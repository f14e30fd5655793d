"""A check-in that is shown once more: when its parent asked for later, once halfway through, or after an outage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.clock import from_ms, to_ms
from bot.domain import checkins, schedule, waking
from bot.domain.checkins import Trouble, View
from bot.model import CheckInState
from bot.storage import checkins as stored
from bot.storage import shifts
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

MINUTE = 60_000
LATER = (30, 60, 120)  # minutes that can be asked for
AT_LEAST = 15 * MINUTE  # what has to be left of the window, for an answer to be in time
BUSY_WITH_IT = 10 * MINUTE  # whoever answered so recently needs no reminder
TOO_LATE = 30 * MINUTE  # a reminder that an outage held up for so long is dropped
MOST = 500


class Nudge(StrEnum):
    LATER = "later"  # the parent asked for it
    REMINDER = "reminder"
    ASK = "ask"  # a day after a moment that was picked for practising
    AGAIN = "again"  # presses of its buttons may be lost: we were away


KNOWN_BEFORE = (Nudge.LATER, Nudge.ASK)  # someone asked for it: it is noted already


@dataclass(frozen=True, slots=True)
class Shown:
    """Show ``view`` in a new message; ``left`` is the logical message that showed it before."""

    view: View
    left: int
    kind: Nudge


def moments(view: View, now: int) -> list[tuple[int, int]]:
    """(minutes, moment in ms): what is left of the window, outside quiet hours."""
    at = [(minutes, now + minutes * MINUTE) for minutes in LATER]
    return [(minutes, moment) for minutes, moment in at if _fits(view, moment)]


def _fits(view: View, moment: int) -> bool:
    return moment + AT_LEAST <= view.closes_at and not _quiet(view, moment)


def _quiet(view: View, moment: int) -> bool:
    """Quiet hours count, unless the hour of the check-in itself was chosen among them."""
    chosen = waking.in_quiet(view.slot, view.quiet_from, view.quiet_until)
    return _in_quiet(view, moment) and not chosen


def _in_quiet(view: View, moment: int) -> bool:
    _, clock = schedule.local_now(moment, view.timezone)
    return waking.in_quiet(clock, view.quiet_from, view.quiet_until)


async def later(tx: Tx, account: int, check_in_id: int, minutes: int, now: int) -> tuple[View, int] | Trouble:
    """Ask again in so many minutes; returns the moment too. In the place of the reminder, if that was still to come."""
    view = await checkins.view(tx, account, check_in_id, now)
    if view is None:
        return Trouble.GONE
    moment = dict(moments(view, now)).get(minutes)
    if view.state is not CheckInState.OPEN or moment is None:
        return Trouble.CLOSED
    await stored.nudge(tx, check_in_id, moment, Nudge.LATER.value)
    await shifts.add(tx, [_shift(check_in_id, Nudge.LATER, moment)])
    return view, moment


def _shift(check_in: int, kind: Nudge, at: int) -> dict[str, int | str]:
    return {"check_in": check_in, "of_kind": kind.value, "at_ms": at, "from_slot": ""}


async def due(tx: Tx, now: int, most: int = MOST) -> tuple[list[Shown], bool]:
    """What has to be shown again now, each moment once; and whether as many again may be waiting."""
    rows = await stored.nudged(tx, now, most)
    shown = []
    for row in rows:
        await stored.nudge(tx, row["id"], None, "")
        view = await checkins.view(tx, row["account_id"], row["id"], now)
        if view is not None and _wanted(row, view, now):
            await stored.shown_in(tx, row["id"], message := new_id())
            shown.append(Shown(checkins.moved_to(view, message), view.message, Nudge(row["nudge"])))
    await shifts.add(tx, [_shift(one.view.id, one.kind, now) for one in shown if one.kind not in KNOWN_BEFORE])
    return shown, len(rows) == most


def _wanted(row: Row, view: View, now: int) -> bool:
    if view.state is not CheckInState.OPEN or row["sent_at"] is None or not _fits(view, now):
        return False
    if row["nudge"] == Nudge.LATER:
        return True
    if _in_quiet(view, now):  # an hour chosen among them is not quiet, but what we do by ourselves keeps quiet
        return False
    if row["nudge"] == Nudge.AGAIN:
        return True
    answering = bool(view.answers) and row["asked_at"] > now - BUSY_WITH_IT
    return not answering and now - row["nudge_at"] < TOO_LATE


def stale_at(view: View, now: int) -> int:
    """When it is better not shown any more: the window is over, or the quiet hours begin."""
    moment = from_ms(now)
    while to_ms(moment) < view.closes_at and not _quiet(view, to_ms(moment)):
        moment += timedelta(minutes=5)
    return min(view.closes_at, to_ms(moment))
