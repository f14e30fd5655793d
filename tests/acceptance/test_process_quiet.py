"""What the real process never tells, and whom it never keeps waiting."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from bot.simulator import Limits, Phone, Simulator, faults
from bot.simulator.faults import Rule
from tests.support.process import Installation, free_port

CANARIES = ("Wilhelmina", "Xaverl", "Quetzalcoatl", "photocaptionwords", "editedcanary", "Dr. Zaphod")
FLOOD = 5_000
ORDINARY = 5.0  # seconds that others may wait while thousands of answers to one account do


async def taps(sim: Simulator, phone: Phone, *labels: str) -> None:
    for words in labels:
        await sim.until(lambda words=words: any(words in label for label in phone.buttons))  # type: ignore[misc]
        phone.taps(words)


async def family(sim: Simulator, home: Installation) -> tuple[Phone, Phone]:
    """A therapist and a parent, in by their codes."""
    dana = sim.phone(CANARIES[5], last_name="Beeblebrox")
    dana.starts((await home.ask("therapist", "add", CANARIES[5], "--json"))["code"])
    await taps(sim, dana, "Begin")
    await sim.until(lambda: dana.shows("You are in"))
    file = home.folder / "families.csv"
    file.write_text(
        "child,birth_month,caregiver,role,language,timezone,template,days,time,therapist\n"
        f"{CANARIES[1]},2022-05,{CANARIES[0]},mother,en,Europe/Berlin,pulse,daily,18:30,1\n",
        "utf-8",
    )
    [made] = await home.ask("families", "import", str(file), "--json")
    ana = sim.phone(CANARIES[0], username="wilhelmina_canary")
    ana.starts(made["code"])
    await taps(sim, ana, "Next", "I agree")
    await sim.until(lambda: ana.shows(CANARIES[1]))
    return dana, ana


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_no_name_word_code_or_secret_is_ever_in_the_log(
    form: str, way: str, sim: Simulator, home: Installation
) -> None:
    port = free_port()
    hook = {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/",
        "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        "WEBHOOK_SECRET": "hook-canary-secret",
    }
    home.settings |= {"LOG_LEVEL": "debug", "LOG_FORMAT": form, **(hook if way == "webhook" else {})}
    await home.start()
    dana, ana = await family(sim, home)
    note = ana.sends(f"{CANARIES[2]} was here, he said {CANARIES[0]}")
    await sim.until(lambda: ana.shows("Kept"))
    ana.edits(note, f"{CANARIES[4]} instead")
    ana.sends_photo(CANARIES[3])
    await taps(sim, ana, "Yes, keep it")
    rules = _trouble(sim, ana)
    for number in range(3):
        ana.sends(f"{CANARIES[2]} again {number}")
    dana.sends("/digest")
    await sim.until(lambda: all(rule.used for rule in rules))
    await sim.until(lambda: dana.shows(CANARIES[1]))
    await sim.until(lambda: not sim.pending_updates)
    assert await home.stop() == 0, home.logged()
    status = await home.ask("status", "--json")
    assert status["dead_updates"] >= 1, "the update that nobody can parse"
    logged = home.logged()
    assert "update_failed" in logged
    assert "not_sent" in logged
    for canary in (*CANARIES, "Beeblebrox", "wilhelmina_canary", home.token, home.token.partition(":")[2]):
        assert canary not in logged, canary
    for secret in (home.settings["ENCRYPTION_KEY"], "hook-canary-secret", "6b6b6b6b6b", "?start="):
        assert secret not in logged, secret
    assert str(ana.user_id) not in logged.replace(str(port), ""), "not even an account's number"
    assert "Traceback" not in logged


def _trouble(sim: Simulator, ana: Phone) -> list[Rule]:
    """Updates that cannot be handled, and answers of Telegram that quote what was sent."""
    broken: dict[str, Any] = {"message_id": 1, "text": CANARIES[2], "from": ana.user, "chat": {"id": CANARIES[0]}}
    sim.raw_update({"message": broken})
    answers = (
        faults.Status(400, f"Bad Request: can't parse entities: {CANARIES[2]}"),
        faults.Status(400, f"Bad Request: chat {CANARIES[0]} is strange"),
        faults.Garbage(f"<html>{CANARIES[2]}</html>"),
    )
    return [sim.faults.add(answer, "sendMessage", chat=ana.user_id, times=1) for answer in answers]


async def test_one_account_that_floods_delays_nobody_else(sim: Simulator, home: Installation) -> None:
    """5,000 messages of one person: what another one writes meanwhile is kept and answered as ever."""
    sim.limits = Limits()
    home.settings["MESSAGES_PER_SECOND"] = "29.5"
    await home.start()
    dana, ana = await family(sim, home)
    for number in range(FLOOD):
        dana.sends(f"again {number}")
    began = time.monotonic()
    await sim.until(lambda: sim.pending_updates < FLOOD - 500)
    behind = await answered_within(sim, ana, 1)
    await sim.until(lambda: not sim.pending_updates)
    took = time.monotonic() - began
    beside = [await answered_within(sim, ana, number) for number in (2, 3, 4)]
    print(f"\n{FLOOD} updates in {took:.1f} s; behind them {behind:.1f} s, beside their answers {max(beside):.1f} s")  # noqa: T201
    waiting = (await home.ask("status", "--json"))["outbox"]["pending"]
    assert waiting > FLOOD / 2, "the answers to the one who floods wait, one a second"
    assert not [call for call in sim.calls if call.status == 429]
    assert max(beside) < ORDINARY
    assert await home.stop() == 0


async def answered_within(sim: Simulator, phone: Phone, number: int) -> float:
    """Seconds from a note to its acknowledgement."""
    began = time.monotonic()
    phone.sends(f"note {number}")
    await sim.until(lambda: kept(phone) == number)
    return time.monotonic() - began


def kept(phone: Phone) -> int:
    return sum(1 for shown in phone.screen if not shown.mine and "Kept" in shown.text)


async def test_a_webhook_of_the_real_process(sim: Simulator, home: Installation, tmp_path: Path) -> None:
    """Set at the start with the secret; started without, it polls again and takes what came meanwhile."""
    port = free_port()
    hook = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/x", "WEBHOOK_LISTEN": f"127.0.0.1:{port}", "WEBHOOK_SECRET": "s"}
    await home.start(**hook)
    _dana, ana = await family(sim, home)
    assert sim.world.webhook.url == hook["WEBHOOK_URL"]
    assert not [call for call in sim.calls if call.method == "getUpdates"]
    assert (await home.get(port, "/x"))[0] == 405
    await home.kill()
    ana.sends("while it was dead")
    await home.start(**hook)
    await sim.until(lambda: kept(ana) == 1)
    assert await home.stop() == 0, home.logged()
    ana.sends("while it was stopped")
    await home.start()
    await sim.until(lambda: kept(ana) == 2)
    assert not sim.world.webhook.url
    sim.revoke_token()
    assert await home.ends() == 1
    await _restored(sim, home, hook)


async def _restored(sim: Simulator, home: Installation, hook: dict[str, str]) -> None:
    """A port that is taken, and an address that Telegram refuses: one line each."""
    sim.world.revoked = False
    taken = home.base_url.removeprefix("http://").removesuffix("/bot")
    code, _, err = await home.command("run", **(hook | {"WEBHOOK_LISTEN": taken}))
    assert (code, len(err.splitlines())) == (1, 1)
    assert err.startswith("WEBHOOK_LISTEN: ")
    code, _, err = await home.command("run", **(hook | {"WEBHOOK_URL": "http://clinic.example/"}))
    assert (code, len(err.splitlines())) == (1, 1)
    assert err.startswith("WEBHOOK_URL: ")
