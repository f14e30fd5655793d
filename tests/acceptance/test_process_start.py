"""The real process: how it starts, refuses to start, and ends."""

from __future__ import annotations

import asyncio
import re
import signal
import time
from pathlib import Path

import pytest

from bot.simulator import Simulator
from tests.support.process import Installation, free_port

LIMIT = 15.0  # seconds from SIGTERM to the end


async def polled(sim: Simulator, times: int = 1) -> None:
    """Until the program has asked for updates that often, from now."""
    wanted = sim.handed_out + times
    await sim.until(lambda: sim.handed_out >= wanted)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
async def test_a_signal_ends_it_with_0_at_once(number: signal.Signals, sim: Simulator, home: Installation) -> None:
    await home.start()
    await polled(sim, 2)
    began = time.monotonic()
    assert await home.stop(LIMIT, number) == 0
    assert time.monotonic() - began < 3, "a long poll must not hold it up"
    assert home.complaints() == []


async def test_a_signal_before_telegram_has_answered_ends_it_too(sim: Simulator, home: Installation) -> None:
    await sim.stop_listening()
    await home.start()
    await home.until_logged("telegram_not_reached")
    assert await home.stop(LIMIT) == 0


async def test_fault_5_stopped_with_hundreds_of_rows_waiting_then_killed(sim: Simulator, home: Installation) -> None:
    """Stopped and killed a second later: every line arrives after the next start, twice at most."""
    people = [sim.phone(f"Stranger {number}") for number in range(100)]
    home.settings["MESSAGES_PER_SECOND"] = "20"
    await home.start()
    await polled(sim)
    for one in people:
        for _ in range(5):
            one.starts("wrong")
    await sim.until(lambda: not sim.pending_updates)
    assert home.process is not None
    home.process.send_signal(signal.SIGTERM)
    await asyncio.sleep(1)
    if home.process.returncode is None:
        await home.kill()
    home.settings["MESSAGES_PER_SECOND"] = "0"
    await home.start()
    wanted = "This link does not work"

    def answered(name: str) -> int:
        phone = next(one for one in people if one.name == name)
        return sum(1 for shown in phone.screen if wanted in shown.text)

    await sim.until(lambda: all(answered(one.name) >= 5 for one in people))
    assert await home.stop(LIMIT) == 0
    assert sum(answered(one.name) for one in people) <= 500 + 64


async def test_fault_29_a_second_poller_says_so_in_one_line(sim: Simulator, home: Installation) -> None:
    """The second ends with 1 and one line that names the database's poller; the first goes on."""
    await home.start()
    await polled(sim)
    code, out, err = await home.command("run")
    assert (code, out) == (1, "")
    [line] = err.splitlines()
    assert "another process already polls for this database" in line
    someone = sim.phone("Someone")
    someone.starts("wrong")
    await sim.until(lambda: someone.shows("This link does not work"))
    assert await home.stop(LIMIT) == 0


async def test_a_token_refused_at_the_start_is_one_line(sim: Simulator, home: Installation) -> None:
    sim.revoke_token()
    code, out, err = await home.command("run")
    assert (code, out) == (1, "")
    assert err.splitlines() == ["Telegram refuses TELEGRAM_BOT_TOKEN (401)"]


async def test_fault_27_a_token_refused_while_running_ends_it(sim: Simulator, home: Installation) -> None:
    """Exit 1 and one line; it does not stay idle."""
    await home.start()
    await polled(sim)
    sim.revoke_token()
    assert await home.ends(LIMIT) == 1
    assert home.complaints()[-1:] == ["Telegram refuses TELEGRAM_BOT_TOKEN (401)"]
    assert "Traceback" not in home.logged()


async def test_telegram_down_at_the_start_is_waited_for(sim: Simulator, home: Installation) -> None:
    await sim.stop_listening()
    await home.start()
    await home.until_logged("telegram_not_reached")
    await sim.resume_listening()
    someone = sim.phone("Someone")
    someone.starts("wrong")
    await sim.until(lambda: someone.shows("This link does not work"))
    assert await home.stop(LIMIT) == 0


WRONG = {
    "TELEGRAM_BOT_TOKEN": "",
    "TELEGRAM_API_BASE_URL": "ftp://nowhere",
    "DATABASE_URL": "mysql://x",
    "ENCRYPTION_KEY": "short",
    "DEFAULT_LANGUAGE": "tlh",
    "DEFAULT_TIMEZONE": "Mars/Olympus",
    "COUNTRY": "Atlantis",
    "WEBHOOK_LISTEN": "here",
    "WEBHOOK_SECRET": "a b",
    "HEALTH_LISTEN": "8081",
    "MESSAGES_PER_SECOND": "fast",
    "LOG_LEVEL": "loud",
    "SIMULATED_CLOCK": "yesterday",
}


async def test_wrong_settings_are_a_line_each_and_start_nothing(sim: Simulator, home: Installation) -> None:
    code, out, err = await home.command("run", **WRONG, DATA_DIR=str(home.folder / "never"))
    assert (code, out) == (78, "")
    assert [line.partition(":")[0] for line in err.splitlines()] == list(WRONG)
    assert not (home.folder / "never").exists()
    assert not sim.calls


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"WEBHOOK_LISTEN": "127.0.0.1:8443"}, ["WEBHOOK_LISTEN"]),
        ({"WEBHOOK_URL": "https://bot.example/", "WEBHOOK_LISTEN": "127.0.0.1:8443"}, ["WEBHOOK_SECRET"]),
        ({"WEBHOOK_URL": "https://bot.example/", "WEBHOOK_SECRET": "s3cret"}, ["WEBHOOK_LISTEN"]),
        ({"WEBHOOK_URL": "https://bot.example/"}, ["WEBHOOK_LISTEN", "WEBHOOK_SECRET"]),
    ],
    ids=["no-url", "no-secret", "no-listen", "url-only"],
)
async def test_half_a_webhook_is_78(given: dict[str, str], named: list[str], home: Installation) -> None:
    code, _, err = await home.command("run", **given)
    assert code == 78
    assert [line.partition(":")[0] for line in err.splitlines()] == named


async def test_a_simulated_calendar_is_refused_with_telegrams_own_address(home: Installation) -> None:
    code, _, err = await home.command(
        "run",
        TELEGRAM_API_BASE_URL="https://api.telegram.org/bot",
        MESSAGES_PER_SECOND="",
        SIMULATED_CLOCK="2027-03-27T06:00:00Z*600",
    )
    assert code == 78
    [line] = err.splitlines()
    assert line.startswith("SIMULATED_CLOCK: ")


async def test_health_tells_whether_telegram_is_heard_and_nothing_of_people(sim: Simulator, home: Installation) -> None:
    port = free_port()
    await sim.stop_listening()
    await home.start(HEALTH_LISTEN=f"127.0.0.1:{port}")
    await home.until_logged("telegram_not_reached")
    assert await home.get(port, "/health") == (503, '{"status": "stale"}')
    assert (await home.get(port, "/health/alive"))[0] == 200
    await sim.resume_listening()
    await polled(sim, 2)
    assert await home.get(port, "/health") == (200, '{"status": "ok"}')
    assert (await home.get(port, "/anything"))[0] == 404
    assert await home.stop(LIMIT) == 0


async def test_a_port_that_is_taken_costs_the_page_and_not_the_bot(sim: Simulator, home: Installation) -> None:
    taken = re.search(r":(\d+)/", home.base_url)
    assert taken is not None
    await home.start(HEALTH_LISTEN=f"127.0.0.1:{taken[1]}")
    await polled(sim)
    assert "health_not_served" in home.logged()
    assert await home.stop(LIMIT) == 0


async def test_it_works_where_its_folder_is(sim: Simulator, home: Installation, tmp_path: Path) -> None:
    await home.start(ENCRYPTION_KEY="", DATA_DIR="deep/er")
    await polled(sim)
    assert await home.stop(LIMIT) == 0
    key = tmp_path / "deep" / "er" / "key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "deep" / "er" / "homenotes.db").read_bytes().startswith(b"SQLite format 3")
