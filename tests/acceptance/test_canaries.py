"""Nothing that anybody is called or said lies about in plain: not in a log, a page for monitors, an error, a temporary
file, or any file of the data folder, while it runs and after it was killed.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.simulator import Phone, Simulator
from tests.acceptance.test_process_quiet import CANARIES, family, taps
from tests.support.process import Installation, free_port

WORDS = (*CANARIES, "Beeblebrox", "wilhelmina_canary")
COMMANDS = (  # each with the exit code that it has here
    (0, "status", "--json"),
    (0, "check"),
    (0, "therapist", "list", "--json"),
    (0, "audit", "show", "--json"),
    (0, "audit", "verify"),
    (0, "retention", "--json"),
    (0, "hold", "list", "--json"),
    (1, "export", "--child", "4711"),
    (1, "erase", "--child", "4711", "--yes"),
    (1, "oncall", "set", "4711"),
    (1, "replay-dead", "--id", "4711"),
)
TALKS = ("therapist",)  # its results are names, for whoever asked; its errors are not


def spellings(word: str) -> Iterable[bytes]:
    """As text, as a database or a picture may hold it, as JSON has it, and in base64 (one of its three forms)."""
    yield from {word.encode(), word.encode("utf-16-le"), json.dumps(word)[1:-1].encode(), word.encode().hex().encode()}


def found_in(content: bytes) -> list[str]:
    return [word for word in WORDS if any(one in content for one in spellings(word))]


async def scanned(folder: Path, *given: Path) -> dict[str, list[str]]:
    """Every file below the folder that says a canary, but for what the test itself wrote there."""

    def look() -> dict[str, list[str]]:
        files = [one for one in folder.rglob("*") if one.is_file() and one not in given]
        assert len(files) > 3, files
        return {str(one.relative_to(folder)): said for one in files if (said := found_in(one.read_bytes()))}

    return await asyncio.to_thread(look)


async def told(sim: Simulator, home: Installation) -> tuple[Phone, Phone]:
    """A family that says and asks for all there is: words, a picture, a copy, a paper, urgent help."""
    dana, ana = await family(sim, home)
    ana.sends(f"{CANARIES[2]} was here, he said {CANARIES[0]}")
    await sim.until(lambda: ana.shows("Kept"))
    photo = ana.sends_photo(CANARIES[3])
    await taps(sim, ana, "Yes, keep it")
    ana.edits(photo, f"{CANARIES[4]} instead")
    ana.sends("/export")
    await sim.until(lambda: ana.shows("The same for other programs"))
    ana.sends("/report")
    await taps(sim, ana, "Everything")
    await sim.until(lambda: ana.shows("A report on"), seconds=60)
    ana.sends("/help")
    await taps(sim, ana, "Urgent help")
    sim.raw_update({"message": {"message_id": 1, "text": CANARIES[2], "from": ana.user, "chat": {"id": CANARIES[0]}}})
    dana.sends("/digest")
    await sim.until(lambda: dana.shows(CANARIES[1]))
    await sim.until(lambda: not sim.pending_updates)
    return dana, ana


@pytest.mark.timeout(240)
async def test_no_name_and_no_word_lies_about_while_it_runs_or_after_it_was_killed(
    sim: Simulator, home: Installation
) -> None:
    port, temporary = free_port(), home.folder / "temporary"
    temporary.mkdir()
    home.settings |= {
        "LOG_LEVEL": "debug",
        "HEALTH_LISTEN": f"127.0.0.1:{port}",
        "TMPDIR": str(temporary),
        "SQLITE_TMPDIR": str(temporary),
    }
    await home.start()
    await told(sim, home)
    written = home.folder / "families.csv"
    for path in ("/health", "/health/alive", "/metrics", "/x"):
        _status, page = await home.get(port, path)
        assert found_in(page.encode()) == [], path
    code, out, err = await home.command("backup", str(home.folder / "copy.db"))
    assert (code, found_in((out + err).encode())) == (0, []), err
    for expected, *words in COMMANDS:
        code, out, err = await home.command(*words)
        assert code == expected, (words, err)
        assert found_in(err.encode()) == [], words
        assert words[0] in TALKS or found_in(out.encode()) == [], words
    assert await scanned(home.folder, written) == {}
    await home.kill()
    assert await scanned(home.folder, written) == {}
    assert found_in(home.logged().encode()) == []


async def test_a_file_of_families_with_mistakes_is_answered_without_a_name_of_it(
    sim: Simulator, home: Installation
) -> None:
    """An operator's terminal may be logged, too."""
    file = home.folder / "families.csv"
    rows = (
        f"{CANARIES[1]},{CANARIES[2]},{CANARIES[0]},{CANARIES[3]},en,Europe/Berlin,pulse,daily,18:30,1",
        f"{CANARIES[1]},2022-05,{CANARIES[0]},mother,{CANARIES[2]},{CANARIES[3]},pulse,{CANARIES[4]},{CANARIES[2]},9",
    )
    header = "child,birth_month,caregiver,role,language,timezone,template,days,time,therapist"
    file.write_text("\n".join((header, *rows, f"{CANARIES[1]},{CANARIES[2]}", "")), "utf-8")
    code, out, err = await home.command("families", "import", str(file))
    assert (code, out) == (1, "")
    assert len(err.splitlines()) > 5
    assert found_in(err.encode()) == []


async def test_a_backup_that_is_none_and_a_key_that_does_not_fit_say_nothing_of_what_they_hold(
    sim: Simulator, home: Installation
) -> None:
    torn = home.folder / "torn.db"
    torn.write_bytes(WORDS[0].encode() * 4096)
    code, out, err = await home.command("restore", str(torn))
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert found_in(err.encode()) == []


def test_the_scan_itself_finds_what_it_looks_for() -> None:
    for word in WORDS:
        for one in spellings(word):
            assert word in found_in(b"before" + one + b"after")
