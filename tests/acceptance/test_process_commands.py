"""The commands beside a running bot: they work, or refuse in one line, and the bot does not notice."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from bot.simulator import Phone, Simulator
from tests.support.process import Installation, drained

HEADER = "child,birth_month,caregiver,role,language,timezone,template,days,time,therapist,case\n"
ROWS = 2_000
LOCKED = 2.0  # seconds


def family(number: int) -> str:
    born, plan = f"2021-0{number % 9 + 1}", "pulse,mon-fri,18:30"
    return f"Kid {number},{born},Carer {number},mother,en,Europe/Berlin,{plan},1,case-{number}\n"


@pytest_asyncio.fixture
async def running(sim: Simulator, home: Installation) -> AsyncIterator[Installation]:
    await home.start()
    await sim.until(lambda: sim.handed_out)
    yield home
    assert await home.stop() == 0, home.logged()
    assert home.complaints() == []


async def joined(sim: Simulator, home: Installation, file: Path) -> Phone:
    """One parent, imported and in."""
    assert (await home.ask("therapist", "add", "Dana", "--json"))["therapist"] == 1
    file.write_text(HEADER + family(0), "utf-8")  # noqa: ASYNC240 - one line
    [made] = await home.ask("families", "import", str(file), "--json")
    ana = sim.phone("Ana")
    ana.starts(made["code"])
    for words in ("Next", "I agree"):
        await sim.until(lambda words=words: any(words in label for label in ana.buttons))  # type: ignore[misc]
        ana.taps(words)
    await sim.until(lambda: ana.shows("Kid 0"))
    return ana


async def test_a_clinic_is_run_by_commands_while_the_bot_runs(
    sim: Simulator, running: Installation, tmp_path: Path
) -> None:
    ana = await joined(sim, running, tmp_path / "one.csv")
    ana.sends("He slept through")
    await sim.until(lambda: ana.shows("Kept"))
    export = await running.ask("export", "--all")
    [child] = export["children"]
    assert (child["name"], [note["text"] for note in child["notes"]]) == ("Kid 0", ["He slept through"])
    status = await running.ask("status", "--json")
    assert status["families"] == 1
    assert status["dead_updates"] == 0
    assert {"outbox", "open_checkins", "last_poll_age_s", "schema"} <= status.keys()
    assert await running.command("check") == (0, "all in order: settings, key, schema, database\n", "")
    listed = await running.ask("therapist", "list", "--json")
    assert [one["name"] for one in listed] == ["Dana"]
    code, out, _ = await running.command("export", "--child", "1", "--format", "csv", "-o", str(tmp_path / "one.out"))
    assert (code, out) == (0, "")
    assert "He slept through" in (tmp_path / "one.out").read_text("utf-8-sig")


async def test_migrate_refuses_while_the_bot_runs(running: Installation) -> None:
    code, out, err = await running.command("migrate")
    assert (code, out) == (1, "")
    [line] = err.splitlines()
    assert "running" in line


async def test_an_import_of_thousands_holds_up_nobody(sim: Simulator, running: Installation, tmp_path: Path) -> None:
    ana = await joined(sim, running, tmp_path / "one.csv")
    file = tmp_path / "many.csv"
    file.write_text(HEADER + "".join(family(number) for number in range(1, ROWS + 1)), "utf-8")
    importing = asyncio.create_task(running.command("families", "import", str(file), "--json"))
    slowest, sent = 0.0, 0
    while not importing.done():
        sent += 1
        began = time.monotonic()
        ana.sends(f"note {sent}")
        await sim.until(lambda: kept(ana) == sent)  # noqa: B023 - awaited here
        slowest = max(slowest, time.monotonic() - began)
    code, out, err = await importing
    assert (code, err) == (0, ""), "no bar where nobody looks"
    made = json.loads(out)
    assert len(made) == ROWS
    assert [one["line"] for one in made] == list(range(2, ROWS + 2))
    assert len({one["code"] for one in made}) == ROWS
    assert slowest < LOCKED
    assert (await running.ask("status", "--json"))["families"] == ROWS + 1


def kept(phone: Phone) -> int:
    return sum(1 for shown in phone.screen if not shown.mine and "Kept" in shown.text)


async def test_fault_50_one_bad_row_of_thousands_stores_none(running: Installation, tmp_path: Path) -> None:
    """A line for each bad cell, exit 1, and nothing is there."""
    await running.ask("therapist", "add", "Dana", "--json")
    rows = [family(number) for number in range(ROWS)]
    rows[1500] = rows[1500].replace("2021-0", "2021-9")
    rows[1999] = rows[1999].replace("mother", "wizard")
    file = tmp_path / "bad.csv"
    file.write_bytes(b"\xef\xbb\xbf" + (HEADER + "".join(rows)).encode())
    code, out, err = await running.command("families", "import", str(file), "--json")
    assert (code, out) == (1, "")
    assert [line.split(": ")[:2] for line in err.splitlines()] == [["line 1502", "birth_month"], ["line 2001", "role"]]
    assert (await running.ask("status", "--json"))["families"] == 0


async def test_a_bar_is_for_a_terminal(running: Installation, tmp_path: Path) -> None:
    await running.ask("therapist", "add", "Dana", "--json")
    file = tmp_path / "some.csv"
    file.write_text(HEADER + "".join(family(number) for number in range(300)), "utf-8")
    master, terminal = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *running.words("families", "import", str(file), "--json"),
        env=running.environment(TERM="xterm"),
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=terminal,
    )
    os.close(terminal)
    shown, (out, _) = await asyncio.gather(asyncio.to_thread(drained, master), process.communicate())
    assert process.returncode == 0
    assert "reading" in shown
    found: list[dict[str, Any]] = json.loads(out)
    assert len(found) == 300


async def test_what_was_handed_out_is_on_record_even_if_nobody_read_to_the_end(
    sim: Simulator, running: Installation, tmp_path: Path
) -> None:
    """`export --all | head`: the reader has gone before the last byte, or before the first."""
    await joined(sim, running, tmp_path / "one.csv")
    reading, writing = os.pipe()
    os.close(reading)
    words = running.words("export", "--all")
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*words, env=running.environment(), stdout=writing, stderr=quiet)
    os.close(writing)
    assert await process.wait() != 0
    shown = (await running.command("audit", "show"))[1]
    assert "exported" in shown
