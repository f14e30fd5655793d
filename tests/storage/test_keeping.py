"""One backup a day, as many as are wanted, and none goes before a newer one is proven."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import durable, hook
from bot.clock import ManualClock
from bot.domain import auditing, keeping
from bot.domain.keeping import Keeping
from bot.house import House
from bot.storage import backup, counts, erasures, restoring
from bot.storage.database import Database
from bot.storage.erasures import Erased
from bot.storage.opening import open_database
from bot.text.catalogue import Catalogue
from schedules import backup as schedule
from tests.support.clinic import KEY, Clinic, empty_database

MONDAY = date(2027, 3, 1)
NOW = 1_800_000_000_000


@pytest.fixture
async def kept(tmp_path: Path) -> Keeping:
    """A closed database, and nothing kept of it yet."""
    db = await open_database(f"sqlite+aiosqlite:///{tmp_path}/homenotes.db", KEY)
    await Clinic(db).therapist()
    await db.close()
    return Keeping(tmp_path / "homenotes.db", KEY, tmp_path / "backups", 3)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    """Of the running bot; another file, for that of `kept` is closed and moved about."""
    (tmp_path / "running").mkdir()
    async with empty_database(tmp_path / "running") as opened:
        yield opened


def daily(kept: Keeping, on: date, machine: int, now: int) -> Path | None:
    made = keeping.daily(kept, on)
    keeping.put_in_order(kept, on, machine, now)
    return made


def names(kept: Keeping) -> list[str]:
    return sorted(path.name for path in kept.folder.iterdir())


def after(kept: Keeping, days: int) -> None:
    for number in range(days):
        assert daily(kept, MONDAY + timedelta(days=number), NOW, NOW) is not None


def test_one_a_day_and_the_oldest_goes(kept: Keeping) -> None:
    after(kept, 5)
    assert names(kept) == [f"homenotes-2027-03-0{day}.db" for day in (3, 4, 5)]
    assert daily(kept, date(2027, 3, 5), NOW, NOW) is None
    for name in names(kept):
        backup.examine(kept.folder / name, KEY)
    assert kept.folder.stat().st_mode & 0o777 == 0o700


def test_other_files_stay_and_the_half_of_a_killed_one_goes(kept: Keeping) -> None:
    after(kept, 3)
    for name in ("homenotes-mine.db", "notes.txt", ".homenotes-2027-03-02.db.77"):
        (kept.folder / name).touch()
    daily(kept, date(2027, 3, 9), NOW, NOW)
    assert names(kept) == [
        "homenotes-2027-03-02.db",
        "homenotes-2027-03-03.db",
        "homenotes-2027-03-09.db",
        "homenotes-mine.db",
        "notes.txt",
    ]


def test_fault_36_a_clock_that_was_ahead_costs_not_the_one_of_today(kept: Keeping) -> None:
    """A backup with a date to come does not push out the one that was just made."""
    after(kept, 3)
    daily(kept, date(2028, 1, 1), NOW, NOW)
    daily(replace(kept, keep=1), date(2027, 3, 4), NOW, NOW)
    assert names(kept) == ["homenotes-2027-03-04.db"]


def test_fault_39_without_room_the_older_ones_stay(kept: Keeping, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing older is removed for a backup that could not be written."""
    after(kept, 3)

    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "sync", full)
    with pytest.raises(backup.NotWritten):
        daily(kept, date(2027, 3, 9), NOW, NOW)
    assert names(kept) == [f"homenotes-2027-03-0{day}.db" for day in (1, 2, 3)]


def test_the_list_of_the_erased_goes_along(kept: Keeping) -> None:
    listed = erasures.beside(kept.database)
    for number in range(3):
        erasures.add(listed, [Erased("child", number, 5)], NOW)
        daily(kept, MONDAY + timedelta(days=number), NOW, NOW)
    assert erasures.read(kept.folder / listed.name) == [Erased("child", number, 5) for number in range(3)]


def test_who_is_erased_after_the_backup_of_the_day_stands_beside_it_at_the_next_turn(kept: Keeping) -> None:
    """Else a machine lost in the afternoon would bring them back from that folder."""
    after(kept, 1)
    listed = erasures.beside(kept.database)
    erasures.add(listed, [Erased("child", 7, 5)], NOW)
    assert daily(kept, MONDAY, NOW, NOW) is None
    assert erasures.read(kept.folder / listed.name) == [Erased("child", 7, 5)]


async def test_what_fails_after_the_backup_was_made_is_made_up_for_at_a_later_turn(
    db: Database, kept: Keeping, tmp_path: Path
) -> None:
    after(kept, 3)
    house = House(Catalogue.load(), ManualClock(datetime(2027, 3, 9, 8, tzinfo=UTC)), "A clinic", "en", "UTC", "DE")
    told, beside = tmp_path / "told", kept.folder / erasures.beside(kept.database).name
    erasures.add(erasures.beside(kept.database), [Erased("child", 7, 5)], NOW)
    beside.write_text("noise\n", "ascii")
    handing = replace(kept, hook=("sh", "-c", f'echo "$0" >> {told}'))
    for made in (True, False):
        with capture_logs() as logs:
            assert await schedule.tick(db, handing, house) == made
        assert "backup_failed" in [one["event"] for one in logs]
    assert len([name for name in names(kept) if name.endswith(".db")]) == 4
    beside.unlink()
    assert not await schedule.tick(db, handing, house)
    assert [name for name in names(kept) if name.endswith(".db")] == [
        f"homenotes-2027-03-0{day}.db" for day in (2, 3, 9)
    ]
    assert erasures.read(beside) == [Erased("child", 7, 5)]
    assert told.read_text().splitlines() == [str(kept.folder / "homenotes-2027-03-09.db")]
    assert len(await db.read(lambda tx: auditing.listed(tx, child=None, person=None, most=9))) == 1


async def test_a_backup_is_handed_on_until_it_went_well_and_then_no_more(
    db: Database, kept: Keeping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stop in the middle of it, too."""
    clock = ManualClock(datetime(2027, 3, 1, 8, tzinfo=UTC))
    house, tries = House(Catalogue.load(), clock, "A clinic", "en", "UTC", "DE"), tmp_path / "tries"
    handing = replace(kept, hook=("sh", "-c", f"echo >> {tries}; test $(wc -l < {tries}) -ge 2"))

    async def stopped(*_: object) -> str:
        raise asyncio.CancelledError

    with monkeypatch.context() as patched:
        patched.setattr(hook, "run", stopped)
        with pytest.raises(asyncio.CancelledError):
            await schedule.tick(db, handing, house)
    for state in ("failed", "done", "done"):
        assert not await schedule.tick(db, handing, house)
        assert (await db.read(lambda tx: counts.status(tx, 0, 0)))["backup_hook"] == state
    assert len(tries.read_text()) == 2
    clock.advance(days=1)
    assert await schedule.tick(db, handing, house)
    assert len(tries.read_text()) == 3


def test_without_any_backups_what_was_put_aside_goes_all_the_same(kept: Keeping) -> None:
    """Else who was erased would stay in a database that nobody thinks of."""
    aside = restoring.replaced_of(kept.database)
    aside.touch()
    none, put_aside = replace(kept, keep=0), int(aside.stat().st_mtime * 1000)
    assert daily(none, MONDAY, put_aside + 34 * 86_400_000, NOW) is None
    assert aside.exists()
    assert daily(none, MONDAY, put_aside + 36 * 86_400_000, NOW) is None
    assert (aside.exists(), kept.folder.exists()) == (False, False)


def test_what_was_put_aside_goes_when_it_is_old(kept: Keeping) -> None:
    folder = kept.database.parent
    for name, days in (("homenotes.db.replaced", 4), ("homenotes.db.schema-0001", 4), ("homenotes.db.schema-0002", 1)):
        (folder / name).touch()
        os.utime(folder / name, (NOW / 1000 - days * 86_400,) * 2)
    daily(kept, MONDAY, NOW, NOW)
    assert sorted(path.name for path in folder.glob("homenotes.db.*")) == ["homenotes.db.schema-0002"]


async def test_the_tick_makes_one_for_each_local_day_and_says_what_went_wrong(db: Database, kept: Keeping) -> None:
    clock = ManualClock(datetime(2027, 3, 1, 22, 30, tzinfo=UTC))
    house = House(Catalogue.load(), clock, "A clinic", "en", "Europe/Berlin", "DE")
    assert [await schedule.tick(db, kept, house) for _ in range(2)] == [True, False]
    clock.advance(hours=1)
    assert await schedule.tick(db, kept, house)
    assert names(kept) == ["homenotes-2027-03-01.db", "homenotes-2027-03-02.db"]
    entries = await db.read(lambda tx: auditing.listed(tx, child=None, person=None, most=9))
    assert [(one["actor_kind"], one["kind"]) for one in entries] == [("clinic", "backup made")] * 2
    clock.advance(days=1)
    kept.database.rename(kept.database.with_name("elsewhere.db"))
    with capture_logs() as logs:
        assert not await schedule.tick(db, kept, house)
    assert [one["event"] for one in logs] == ["backup_failed"]
    age = (await db.read(lambda tx: counts.status(tx, clock.machine_ms(), 0)))["last_backup_age_s"]
    assert age == 86_400, "a monitor sees that today's is missing"
    kept.database.with_name("elsewhere.db").rename(kept.database)
    assert await schedule.tick(db, kept, house)
    assert not await schedule.tick(db, None, house)


async def test_a_backup_is_handed_on_without_a_secret_and_what_fails_is_one_line_and_shows(
    db: Database, kept: Keeping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(Catalogue.load(), ManualClock(datetime(2027, 3, 1, 8, tzinfo=UTC)), "A clinic", "en", "UTC", "DE")
    monkeypatch.setenv("ENCRYPTION_KEY", "a secret")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "another")
    told, mine = tmp_path / "told", kept.folder / "homenotes-2027-03-01.db"

    async def handed(*words: str) -> tuple[str, list[object]]:
        mine.unlink(missing_ok=True)
        with capture_logs() as logs:
            assert await schedule.tick(db, replace(kept, hook=words), house)
        found = await db.read(lambda tx: counts.status(tx, 0, 0))
        return found["backup_hook"], [one["error"] for one in logs if one["event"] == "backup_hook_failed"]

    assert await handed("sh", "-c", f'echo "$0" > {told}; env >> {told}') == ("done", [])
    file, *environment = told.read_text().splitlines()
    assert file == str(mine)
    assert {line.split("=")[0] for line in environment} <= {*hook.PASSED_ON, "PWD", "SHLVL", "_", "OLDPWD"}
    assert await handed("sh", "-c", "exit 3") == ("failed", ["exit 3"])
    assert await handed("no-such-program") == ("failed", ["No such file or directory"])
    assert await handed("true") == ("done", [])


async def test_a_hook_that_hangs_is_killed_with_all_it_started(tmp_path: Path) -> None:
    started = tmp_path / "started"
    words = ("sh", "-c", f"sleep 600 & echo $! > {started}; wait")
    assert await hook.run(words, tmp_path, seconds=0.5) == "not done after 0.5 s"
    child = Path("/proc", started.read_text().strip(), "stat")
    async with asyncio.timeout(10):
        while child.exists() and " Z " not in child.read_text():  # noqa: ASYNC110, ASYNC240
            await asyncio.sleep(0.02)
