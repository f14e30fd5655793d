"""Keeping: the real process is backed up under load, families are erased while it runs, and backups obey."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.clock import SystemClock
from bot.domain import inviting, joining
from bot.domain.inviting import PREFIX
from bot.simulator import Phone, Simulator
from bot.simulator.faults import Hang
from bot.storage import backup, updates
from bot.storage.database import Database, Tx
from bot.storage.opening import open_database
from bot.storage.seal import Seal
from tests.support.process import Installation

KEY = b"k" * 32
OTHER_KEY = "b29vb29vb29vb29vb29vb29vb29vb29vb29vb29vb28="
PHONES = 15
RATE = 320  # notes a second


async def clinic(home: Installation, phones: list[Phone]) -> None:
    """A family for each phone, everybody joined."""

    async def work(tx: Tx) -> None:
        now = SystemClock().now_ms()
        therapist, _code = await inviting.add_therapist(tx, "Dana", "en", "UTC", now)
        for number, phone in enumerate(phones):
            made = await inviting.invite_family(tx, therapist, f"Child {number}", "en", "UTC", now)
            assert await joining.join(tx, inviting.hashed(made.code)[:PREFIX], phone.user_id, phone.name, now)

    await with_data(home, lambda db: db.write(work))


async def with_data(home: Installation, work: Callable[[Database], Awaitable[Any]]) -> Any:
    db = await open_database(f"sqlite+aiosqlite:///{home.folder}/homenotes.db", KEY)
    try:
        return await work(db)
    finally:
        await db.close()


async def rows(home: Installation, text: str) -> list[dict[str, Any]]:
    async def read(db: Database) -> list[dict[str, Any]]:
        return [dict(row) for row in await db.read(lambda tx: tx.rows(sa.text(text)))]

    found: list[dict[str, Any]] = await with_data(home, read)
    return found


def told(export: dict[str, Any]) -> dict[str, list[str]]:
    """The notes of each child, in order."""
    return {child["name"]: [note["text"] for note in child["notes"]] for child in export["children"]}


def acknowledged(phone: Phone) -> int:
    return sum(1 for shown in phone.screen if not shown.mine and "Kept" in shown.text)


async def done(home: Installation, *words: str, **more: str) -> str:
    code, out, err = await home.command(*words, **more)
    assert (code, err) == (0, ""), err
    return out


async def quiet(home: Installation) -> None:
    """Until everything has gone out."""
    async with asyncio.timeout(30):
        while {"pending", "sending"} & (await home.ask("status", "--json"))["outbox"].keys():  # noqa: ASYNC110
            await asyncio.sleep(0.2)


async def refused(home: Installation, *words: str, **more: str) -> str:
    """It fails with one line, which is returned."""
    code, out, err = await home.command(*words, **more)
    assert (code, out) == (1, ""), (out, err)
    [line] = err.splitlines()
    return line


@pytest.mark.timeout(300)
async def test_fault_43_a_backup_under_300_writes_a_second_is_one_moment_of_it(
    sim: Simulator, home: Installation, tmp_path: Path
) -> None:
    """Restored, every chat stands as it was at one moment of the backup; what was acknowledged before is there."""
    phones = [sim.phone(f"Parent {number}") for number in range(PHONES)]
    await clinic(home, phones)
    sent: list[list[str]] = [[] for _ in phones]
    over = asyncio.Event()

    async def write() -> None:
        began = asyncio.get_running_loop().time()
        for number in count():
            if over.is_set():
                return
            mine = sent[number % PHONES]
            mine.append(f"note {len(mine)} of {number % PHONES}")
            phones[number % PHONES].sends(mine[-1])
            await asyncio.sleep(max(0, began + number / RATE - asyncio.get_running_loop().time()))

    home.settings["LOG_LEVEL"] = "error"
    await home.start()
    writing = asyncio.create_task(write())
    await sim.until(lambda: all(acknowledged(phone) > 20 for phone in phones))
    before = [acknowledged(phone) for phone in phones]
    written, began = sum(map(len, sent)), asyncio.get_running_loop().time()
    await done(home, "backup", str(tmp_path / "under-load.db"))
    took = asyncio.get_running_loop().time() - began
    after = [len(texts) for texts in sent]
    over.set()
    await writing
    await sim.until(lambda: not sim.pending_updates)
    assert await home.stop() == 0, home.logged()

    elsewhere = Installation(tmp_path / "elsewhere", home.base_url, home.token, dict(home.settings))
    elsewhere.folder.mkdir()
    await done(elsewhere, "restore", str(tmp_path / "under-load.db"))
    await done(elsewhere, "check")
    kept = told(await elsewhere.ask("export", "--all"))
    during = sum(after) - written
    print(f"\n{during} notes in {took:.1f} s, {during / took:.0f} a second; {sum(map(len, kept.values()))} kept")  # noqa: T201
    for number, texts in enumerate(sent):
        mine = kept[f"Child {number}"]
        assert mine == texts[: len(mine)], number
        assert before[number] <= len(mine) <= after[number], number
    lengths = [len(mine) for mine in kept.values()]
    assert max(lengths) - min(lengths) <= 100, "one batch at most between two chats"
    assert told(await home.ask("export", "--all")) == {f"Child {n}": texts for n, texts in enumerate(sent)}


@pytest.mark.timeout(300)
async def test_fault_46_erased_while_it_runs_and_not_brought_back_by_an_older_backup(
    sim: Simulator, home: Installation, tmp_path: Path
) -> None:
    """Rows are queued and a send waits for its answer; afterwards and after a restore nothing of them is left."""
    mika, noa, leo = phones = [sim.phone(name) for name in ("Ana", "Ben", "Cleo")]
    await clinic(home, phones)
    await home.start()
    for phone in phones:
        phone.sends(f"Told by {phone.name}.")
    await sim.until(lambda: all(acknowledged(phone) == 1 for phone in phones))
    old = tmp_path / "old.db"
    await done(home, "backup", str(old))
    answered = asyncio.Event()
    sim.faults.add(Hang(answered), "sendMessage", mika.user_id, times=1)
    for number in range(5):
        mika.sends(f"{number} more of Ana.")
    await sim.until(lambda: not sim.pending_updates)
    assert (await home.ask("status", "--json"))["outbox"]["sending"] == 1
    assert await done(home, "erase", "--child", "1", "--yes") == "child 1 erased, and 1 caregiver\n"
    noa.sends("/delete_my_data")
    await sim.until(lambda: noa.shows("Yes, delete it all"))
    noa.taps("Yes, delete it all")
    await sim.until(lambda: noa.shows("It is deleted"))
    await sim.until(lambda: not sim.pending_updates)
    answered.set()
    await quiet(home)
    assert await home.stop() == 0, home.logged()
    assert "Traceback" not in home.logged()

    async def nothing_of_them() -> None:
        await done(home, "check")
        export = json.dumps(await home.ask("export", "--all"))
        assert "Cleo" in export
        for gone in ("Ana", "Ben", "Child 0", "Told by Ben"):
            assert gone not in export
        for table, column in (("account", "id"), ("copy", "chat_id"), ("outbox", "chat_id"), ("person", "account_id")):
            found = {row["n"] for row in await rows(home, f"SELECT {column} AS n FROM {table}")}  # noqa: S608
            assert found.isdisjoint({mika.user_id, noa.user_id}), table

    await nothing_of_them()
    out = await done(home, "restore", str(old), "--replace")
    assert "2 families, 2 erased since and left out" in out
    await nothing_of_them()
    await home.start()
    leo.sends("Still here.")
    await sim.until(lambda: leo.shows("Still here."))
    mika.sends("Hello?")
    await sim.until(lambda: mika.shows("families and therapists of one clinic"))
    assert await home.stop() == 0, home.logged()


async def test_a_restore_says_no_to_what_would_lose_data(sim: Simulator, home: Installation, tmp_path: Path) -> None:
    await clinic(home, [sim.phone("Ana")])
    await done(home, "backup", "old.db")
    assert await refused(home, "restore", "old.db") == f"{home.folder}/homenotes.db holds data; --replace puts it aside"
    await home.start()
    await sim.until(lambda: sim.handed_out)
    for words in (("restore", "old.db", "--replace"), ("migrate",)):
        line = await refused(home, *words)
        assert line == f"{words[0]}: the bot is running on this database; stop it first"
    assert await home.stop() == 0
    assert "1 family, 0 erased since" in await done(home, "restore", "old.db", "--replace")
    assert (home.folder / "homenotes.db.replaced").stat().st_mode & 0o777 == 0o600


async def test_a_key_that_is_given_from_outside_is_rotated_by_hand(home: Installation) -> None:
    await done(home, "migrate")
    line = await refused(home, "rotate-key")
    for word in ("ENCRYPTION_KEY", f"{home.folder}/key", "rotate"):
        assert word in line


async def test_a_rotation_beside_a_running_bot_says_no(sim: Simulator, home: Installation) -> None:
    home.settings["ENCRYPTION_KEY"] = ""
    await home.start()
    await sim.until(lambda: sim.handed_out)
    key = (home.folder / "key").read_text()
    assert await refused(home, "rotate-key") == "rotate-key: the bot is running on this database; stop it first"
    assert (home.folder / "key").read_text() == key
    assert await home.stop() == 0


async def test_after_a_rotation_everything_goes_on_and_older_backups_come_back(
    sim: Simulator, home: Installation
) -> None:
    home.settings["ENCRYPTION_KEY"] = ""
    (home.folder / "key").write_text("a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=")
    ana = sim.phone("Ana")
    await clinic(home, [ana])
    await done(home, "backup", "old.db")
    out = await done(home, "rotate-key")
    assert f"the key in {home.folder}/key is new" in out
    await home.start()
    ana.sends("After the change.")
    await sim.until(lambda: acknowledged(ana) == 1)
    assert await home.stop() == 0, home.logged()
    assert told(await home.ask("export", "--all")) == {"Child 0": ["After the change."]}
    await done(home, "restore", "old.db", "--replace")
    await done(home, "check")
    assert told(await home.ask("export", "--all")) == {"Child 0": []}


async def test_without_the_key_nothing_is_restored_and_none_is_made(home: Installation, tmp_path: Path) -> None:
    await done(home, "migrate")
    await done(home, "backup", "old.db")
    fresh = Installation(tmp_path / "fresh", home.base_url, home.token)
    fresh.folder.mkdir()
    line = await refused(fresh, "restore", str(tmp_path / "old.db"))
    assert "the key of that backup is not here" in line
    assert not (fresh.folder / "key").exists()


@pytest.mark.parametrize("words", [("run",), ("check",), ("status",), ("export", "--all"), ("backup", "x.db")])
async def test_fault_42_the_wrong_key_is_one_line(words: tuple[str, ...], home: Installation) -> None:
    """Nothing is started and nothing is written with a key that does not fit; one line names the setting."""
    await done(home, "migrate")
    whole = (home.folder / "homenotes.db").read_bytes()
    assert "ENCRYPTION_KEY" in await refused(home, *words, ENCRYPTION_KEY=OTHER_KEY)
    assert (home.folder / "homenotes.db").read_bytes() == whole
    assert not (home.folder / "x.db").exists()


async def test_fault_42_a_torn_file_is_one_line_and_a_backup_brings_it_back(sim: Simulator, home: Installation) -> None:
    """Check and backup say that it is damaged; the backup of yesterday takes its place, the torn file is kept."""
    await clinic(home, [sim.phone("Ana")])
    await done(home, "backup", "yesterday.db")
    torn(home.folder / "homenotes.db")
    for words in (("check",), ("backup", "today.db")):
        code, out, err = await home.command(*words)
        assert (code, out) == (1, ""), words
        assert err
        assert "Traceback" not in err
    assert not (home.folder / "today.db").exists()
    assert "1 family" in await done(home, "restore", "yesterday.db", "--replace")
    await done(home, "check")
    assert (home.folder / "homenotes.db.replaced").exists()


async def test_fault_42_a_newer_schema_is_one_line_and_so_is_a_backup_of_one(
    sim: Simulator, home: Installation
) -> None:
    """An older program touches neither the database nor a backup of a newer one."""
    await clinic(home, [sim.phone("Ana")])
    await done(home, "backup", "now.db")
    await with_data(home, lambda db: db.write(lambda tx: tx.run(sa.text("UPDATE alembic_version SET version_num='9'"))))
    backup.make(home.folder / "homenotes.db", KEY, home.folder / "newer.db")
    for words in (("run",), ("check",), ("migrate",), ("status",), ("restore", "newer.db", "--replace")):
        line = await refused(home, *words)
        assert "schema 9" in line, words
        assert "update the program" in line
    await done(home, "restore", "now.db", "--replace")
    await done(home, "check")


async def test_what_is_no_backup_is_one_line(home: Installation) -> None:
    await done(home, "migrate")
    await done(home, "backup", "whole.db")
    torn(home.folder / "whole.db")
    (home.folder / "notes.csv").write_text("child,words\n" * 1000)
    (home.folder / "empty.db").write_bytes(b"")
    for name, word in (
        ("notes.csv", "no backup"),
        ("empty.db", "is empty"),
        ("whole.db", "is damaged"),
        ("nowhere.db", "No such file"),
        (".", "is no file"),
        ("key-of-somebody", "No such file"),
    ):
        line = await refused(home, "restore", name)
        assert word in line
        assert name in line
    await done(home, "check")


async def test_fault_39_a_disk_that_is_full_during_a_backup(sim: Simulator, home: Installation) -> None:
    """One line, exit 1, nothing left of the copy, and the database as it was."""
    await clinic(home, [sim.phone(f"Parent {number}") for number in range(20)])
    limit = (home.folder / "homenotes.db").stat().st_size // 2
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "backup",
        "copy.db",
        env=home.environment(),
        cwd=home.folder,
        stderr=asyncio.subprocess.PIPE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    _out, err = await process.communicate()
    [line] = err.decode().splitlines()
    assert process.returncode == 1
    assert "written" in line
    assert not list(home.folder.glob("*copy.db*"))
    await done(home, "check")
    await done(home, "backup", "copy.db")


async def test_postgresql_has_tools_of_its_own(home: Installation) -> None:
    url = "postgresql+psycopg://nobody@127.0.0.1:9/nothing"
    assert "pg_dump" in await refused(home, "backup", "copy.db", DATABASE_URL=url)
    assert "pg_restore" in await refused(home, "restore", "copy.db", DATABASE_URL=url)


def torn(path: Path) -> None:
    """Some pages in the middle are not what was written."""
    with path.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(b"torn" * 1024 * 40)


async def test_what_could_not_be_handled_is_replayed_beside_the_running_bot(sim: Simulator, home: Installation) -> None:
    ana = sim.phone("Ana")
    await clinic(home, [ana])
    assert await done(home, "replay-dead") == "replayed 0 of 0\n"
    seal = Seal(KEY)
    bury = updates.bury

    async def work(tx: Tx) -> None:
        for number, text in ((11, "First."), (12, None), (13, "Third.")):
            message = {
                "message_id": number,
                "date": 1_800_000_000,
                "chat": ana.chat.info,
                "from": ana.user,
                "text": text,
            }
            raw: Any = {"update_id": number, "message": message if text else {"no": "message"}}
            sealed = seal.seal(json.dumps(raw), bound_to=updates.bound_to(number))
            await bury(tx, number, ana.user_id, "KeyError", sealed, 1_800_000_000_000)

    await with_data(home, lambda db: db.write(work))
    assert await refused(home, "replay-dead", "--id", "999") == "replay-dead: there is no dead update 999"
    await home.start()
    ana.sends("/help")
    await sim.until(lambda: ana.shows("/checkin"))
    code, out, err = await home.command("replay-dead")
    assert (code, out) == (1, "replayed 2 of 3\n")
    [line] = err.splitlines()
    assert line.startswith("replay-dead: update 2 stays: ")
    await sim.until(lambda: acknowledged(ana) == 2)
    assert await home.stop() == 0, home.logged()
    assert told(await home.ask("export", "--all")) == {"Child 0": ["First.", "Third."]}
    assert (await home.ask("status", "--json"))["dead_updates"] == 1
    await sim.stop_listening()
    assert "Telegram does not tell the bot's name" in await refused(home, "replay-dead", "--id", "12")
