"""The real process under a simulated calendar: a spring night in seconds, and a calendar that starts anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.clock import to_ms
from bot.domain import inviting, joining
from bot.domain.inviting import PREFIX, Plan
from bot.simulator import Phone, Simulator
from bot.storage.database import Tx
from bot.storage.opening import open_database
from tests.support.process import Installation

SPEED = 3600  # calendar seconds a second: the night takes seven
MIDNIGHT = "2027-03-27T23:00:00Z"  # Berlin leaves out 02:00 to 03:00 in this night
LATE = 3 * SPEED  # calendar seconds that a question may be late: the machine may be busy


async def families(folder: Path, plans: dict[str, Phone]) -> None:
    """Everybody joined on the day before, and is asked at the local hour that is given."""
    db = await open_database(f"sqlite+aiosqlite:///{folder}/homenotes.db", b"k" * 32)
    before = to_ms(datetime(2027, 3, 26, 12, tzinfo=UTC))

    async def work(tx: Tx) -> None:
        therapist, _code = await inviting.add_therapist(tx, "Dana", "en", "Europe/Berlin", before)
        for time, phone in plans.items():
            plan = Plan(time=time)
            made = await inviting.invite_family(tx, therapist, f"Child {time}", "en", "Europe/Berlin", before, plan)
            assert await joining.join(tx, inviting.hashed(made.code)[:PREFIX], phone.user_id, phone.name, before)

    await db.write(work)
    await db.close()


def asked(export: dict[str, Any], date: str) -> dict[str, dict[str, Any]]:
    """By slot, the check-ins of a date that were shown."""
    return {
        one["slot"]: one
        for child in export["children"]
        for one in child["checkins"]
        if one["local_date"] == date and one["sent_at"]
    }


def late(check_in: dict[str, Any]) -> float:
    """Calendar seconds between the moment it was due and the moment it was shown."""
    due, sent = (datetime.fromisoformat(check_in[name]) for name in ("due_at", "sent_at"))
    return (sent - due).total_seconds()


async def test_fault_31_a_night_with_a_gap_asks_everybody_at_their_hour(sim: Simulator, home: Installation) -> None:
    """The hour that does not exist becomes the first minute after it; the morning comes an hour earlier by UTC."""
    night, morning = sim.phone("Night"), sim.phone("Morning")
    for phone in (night, morning):
        phone.starts()
    await families(home.folder, {"02:30": night, "07:45": morning})
    await home.start(SIMULATED_CLOCK=f"{MIDNIGHT}*{SPEED}")
    await sim.until(lambda: night.shows("28 Mar") and morning.shows("28 Mar"), seconds=40)
    assert await home.stop() == 0, home.logged()
    export = await home.ask("export", "--all")
    shown = asked(export, "2027-03-28")
    assert shown["02:30"]["due_at"] == "2027-03-28T01:00:00Z"
    assert shown["07:45"]["due_at"] == "2027-03-28T05:45:00Z"
    for check_in in shown.values():
        assert 0 <= late(check_in) <= LATE
    assert "Traceback" not in home.logged()


async def test_a_calendar_that_starts_earlier_than_what_is_stored(sim: Simulator, home: Installation) -> None:
    ana = sim.phone("Ana")
    ana.starts()
    await families(home.folder, {"07:45": ana})
    await home.start(SIMULATED_CLOCK=f"2027-03-28T04:00:00Z*{SPEED}")
    await sim.until(lambda: ana.shows("28 Mar"))
    assert await home.stop() == 0
    earlier = "2020-01-01T06:00:00Z*600"
    code, out, err = await home.command("check", SIMULATED_CLOCK=earlier)
    assert (code, err) == (0, ""), out
    await home.start(SIMULATED_CLOCK=earlier)
    ana.sends("Written before it was asked")
    await sim.until(lambda: ana.shows("Kept"))
    assert (await home.ask("status", "--json"))["dead_updates"] == 0
    assert await home.stop() == 0, home.logged()
    code, _, err = await home.command("check", SIMULATED_CLOCK=earlier)
    assert (code, err) == (0, "")
