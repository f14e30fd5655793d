"""`demo` as a visitor meets it: starts without anything, shows a family, ends at once, leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from pathlib import Path

import aiohttp

from tests.support.demo import PATIENCE, open_demo, start

PULLED = 3


async def test_the_story_is_told_and_dana_has_read_it(tmp_path: Path) -> None:
    began = time.monotonic()
    process = await start(tmp_path, "--story")
    out, err = await process.communicate()
    told = out.decode()
    assert (process.returncode, err.decode()) == (0, "")
    assert time.monotonic() - began < 120
    assert len(told.splitlines()) >= 30
    assert told.count("Dana reads her digest") == 4
    for fact in (
        "Ana   opens the link, and joins",
        "Ana: 7 of 7 answered · median Good, n = 7",
        "Noor said 'more juice'",
        "Noor: 🔵 gone quiet. No answers since 21 March · Sami 0 of 4",
        "Sun 28 Mar 08:20  Ana   answers a day late: Hard · hard: Sick",
    ):
        assert fact in told
    assert not list((tmp_path / "tmp").iterdir())


async def test_the_first_page_shows_a_family_of_some_days_and_it_ends_at_once(tmp_path: Path) -> None:
    async with open_demo(tmp_path) as demo, aiohttp.ClientSession() as session:
        heard = await demo.first()
        people = {phone["head"]["name"]: phone for phone in heard["phones"]}
        assert list(people) == ["Ana", "Lena", "Dana", "Tom", "Sami"]
        assert len(people["Ana"]["messages"]) > 10
        assert people["Lena"]["head"]["link"]
        assert people["Lena"].get("messages", []) == []
        digest = people["Dana"]["messages"][-1]
        assert "Your families" in digest["text"]
        assert digest["buttons"]
        assert (heard["stage"]["power"], heard["stage"]["waiting"]) == ("on", 0)
        bot = heard["stage"]["pid"]
        async with session.get(f"{demo.address}/events") as stream:  # somebody is looking
            await stream.content.readline()
            began = time.monotonic()
            assert await demo.ends(signal.SIGINT) == 0
        assert time.monotonic() - began < 10  # not the half minute of a call that waits for news
        assert demo.process.stderr is not None
        assert await demo.process.stderr.read() == b""
    assert not list((tmp_path / "tmp").iterdir())
    assert not _lives(bot)


async def test_it_ends_at_once_while_it_gets_ready(tmp_path: Path) -> None:
    process = await start(tmp_path, "--port", "0")
    async with asyncio.timeout(PATIENCE):
        while not list((tmp_path / "tmp").glob("*/homenotes.db")):  # noqa: ASYNC110 - another process makes it
            await asyncio.sleep(0.02)
    process.terminate()
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert (process.returncode, out, err) == (0, b"", b"")
    assert not list((tmp_path / "tmp").iterdir())


async def test_the_bot_does_not_outlive_a_demo_that_was_killed(tmp_path: Path) -> None:
    async with open_demo(tmp_path) as demo:
        bot = (await demo.first())["stage"]["pid"]
        assert _lives(bot)
        await demo.ends(signal.SIGKILL)
        async with asyncio.timeout(PATIENCE):
            while _lives(bot):  # noqa: ASYNC110 - another process ends
                await asyncio.sleep(0.05)


async def test_a_port_in_use_is_one_line_that_names_the_option(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = await start(tmp_path, "--port", str(taken.getsockname()[1]))
        out, err = await process.communicate()
    assert (process.returncode, out) == (1, b"")
    assert len(err.decode().splitlines()) == 1
    assert "--port" in err.decode()


async def test_wrong_words_are_2(tmp_path: Path) -> None:
    for words in (["--port", "many"], ["--port", "70000"], ["--stories"]):
        folder = tmp_path / words[-1]
        folder.mkdir()
        process = await start(folder, *words)
        await process.communicate()
        assert process.returncode == 2


async def test_the_bot_that_ends_by_itself_can_be_plugged_in_again(tmp_path: Path) -> None:
    async with open_demo(tmp_path) as demo, aiohttp.ClientSession() as session:
        stage = (await demo.first())["stage"]
        os.kill(stage["pid"], signal.SIGKILL)
        async with asyncio.timeout(PATIENCE):
            while (await demo.first())["stage"]["power"] != "off":  # noqa: ASYNC110 - another process tells
                await asyncio.sleep(0.05)
        async with session.post(f"{demo.address}/stage/plug", json={}) as answer:
            assert answer.status == 200
        again = (await demo.first())["stage"]
        assert again["power"] == "on"
        assert again["pid"] != stage["pid"]


async def test_the_plug_pulled_while_the_calendar_moves_costs_nothing(tmp_path: Path) -> None:
    async with open_demo(tmp_path) as demo, aiohttp.ClientSession() as session:

        async def plays(scene: str) -> None:
            async with session.post(f"{demo.address}/stage/{scene}", json={}) as answer:
                assert answer.status == 200

        for _ in range(PULLED):
            moving = asyncio.create_task(plays("morning"))
            await asyncio.sleep(0.05)
            await plays("unplug")
            await moving
            await plays("plug")
        await plays("morning")
        heard = await demo.first()
        phones = {phone["head"]["name"]: phone["messages"] for phone in heard["phones"] if "messages" in phone}
        digests = [one["text"] for one in phones["Dana"] if "Data until Fri, 26 Mar" in one["text"]]
        asked = [one["text"] for one in phones["Ana"] if "Thu, 25 Mar" in one["text"]]
        assert digests
        assert asked
        # what was on its way when the plug was pulled may have arrived, and goes once more: nobody can know
        assert len(digests) + len(asked) - 2 <= PULLED
        assert heard["stage"]["power"] == "on"


def _lives(pid: int) -> bool:
    """A process that nobody has waited for yet has ended too."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
