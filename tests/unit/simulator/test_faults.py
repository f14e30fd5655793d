"""Faults on request, and the limits on sending."""

import asyncio

import aiohttp
import pytest

from bot.simulator import Limits, Phone, Simulator, faults
from bot.simulator import limits as limits_module
from tests.unit.simulator.client import Client


async def send(api: Client, ana: Phone, text: str = "hello") -> None:
    await api.result("sendMessage", chat_id=ana.user_id, text=text)


@pytest.mark.parametrize("fault", [faults.Refused(), faults.DropBefore()])
async def test_a_connection_lost_before_the_call_leaves_nothing_done(
    api: Client, sim: Simulator, ana: Phone, fault: faults.Fault
) -> None:
    sim.faults.add(fault, times=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await send(api, ana)
    ana.sees_nothing_of("hello")
    await send(api, ana)
    assert ana.shows("hello")


async def test_a_refused_connection_is_reset(api: Client, sim: Simulator) -> None:
    sim.faults.add(faults.Refused())
    with pytest.raises((ConnectionResetError, aiohttp.ClientOSError)):
        await api.result("getMe")


async def test_a_connection_lost_after_the_call_has_delivered_it(api: Client, sim: Simulator, ana: Phone) -> None:
    sim.faults.add(faults.DropAfter(), times=1)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await send(api, ana)
    assert ana.shows("hello")
    assert (sim.calls[-1].status, sim.calls[-1].response) == (0, None)


async def test_an_answer_can_be_cut_short(api: Client, sim: Simulator, ana: Phone) -> None:
    sim.faults.add(faults.CutShort(), times=1)
    with pytest.raises(aiohttp.ClientPayloadError):
        await send(api, ana)
    assert ana.shows("hello")


@pytest.mark.parametrize("done", [True, False])
async def test_an_answer_can_hang_until_the_client_gives_up(
    api: Client, sim: Simulator, ana: Phone, done: bool
) -> None:
    sim.faults.add(faults.Hang(asyncio.Event(), done=done), method="sendMessage")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await send(api, ana)
    assert ana.shows("hello") is done


async def test_a_hanging_answer_comes_once_released(api: Client, sim: Simulator, ana: Phone) -> None:
    released = asyncio.Event()
    sim.faults.add(faults.Hang(released), times=1)
    sending = asyncio.create_task(send(api, ana))
    await sim.until(lambda: ana.shows("hello"))
    assert not sending.done()
    released.set()
    await sending


async def test_an_error_status_leaves_nothing_done(api: Client, sim: Simulator, ana: Phone) -> None:
    sim.faults.add(faults.Status(500, "Internal Server Error: restart"), times=1)
    refused = await api.refusal("sendMessage", chat_id=ana.user_id, text="hello")
    assert refused == (500, "Internal Server Error: restart")
    ana.sees_nothing_of("hello")


async def test_a_proxys_page_can_stand_in_for_an_answer(api: Client, sim: Simulator) -> None:
    sim.faults.add(faults.Status(502, body="<html>Bad Gateway</html>"), times=1)
    async with api.session.get(api.url("getMe")) as response:
        assert (response.status, response.content_type, await response.text()) == (
            502,
            "text/html",
            "<html>Bad Gateway</html>",
        )


async def test_garbage_comes_after_the_call_was_done(api: Client, sim: Simulator, ana: Phone) -> None:
    sim.faults.add(faults.Garbage('{"ok": tr'), times=1)
    async with api.session.post(api.url("sendMessage"), json={"chat_id": ana.user_id, "text": "hello"}) as response:
        assert (response.status, await response.text()) == (200, '{"ok": tr')
    assert ana.shows("hello")


async def test_too_many_requests_on_request(api: Client, sim: Simulator, ana: Phone) -> None:
    sim.faults.add(faults.TooMany(35), times=1)
    assert await api.ask("sendMessage", chat_id=ana.user_id, text="hello") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 35",
        "parameters": {"retry_after": 35},
    }
    sim.faults.add(faults.TooMany(35, without_parameters=True), times=1)
    assert "parameters" not in await api.ask("sendMessage", chat_id=ana.user_id, text="hello")
    ana.sees_nothing_of("hello")


async def test_too_many_requests_as_a_page(api: Client, sim: Simulator) -> None:
    sim.faults.add(faults.TooMany(1, html=True))
    async with api.session.get(api.url("getMe")) as response:
        assert (response.status, response.content_type) == (429, "text/html")


async def test_a_fault_meets_only_its_method_its_chat_and_its_times(api: Client, sim: Simulator, ana: Phone) -> None:
    ben = sim.phone("Ben")
    ben.starts()
    rule = sim.faults.add(faults.Status(500), method="sendMessage", chat=ana.user_id, times=2)
    assert (await api.ask("getMe"))["ok"]
    assert (await api.ask("sendMessage", chat_id=ben.user_id, text="x"))["ok"]
    outcomes = [(await api.ask("sendMessage", chat_id=ana.user_id, text="x"))["ok"] for _ in range(3)]
    assert outcomes == [False, False, True]
    assert rule.used == 2


async def test_faults_can_be_cleared(api: Client, sim: Simulator) -> None:
    sim.faults.add(faults.Status(500))
    assert not (await api.ask("getMe"))["ok"]
    sim.faults.clear()
    assert (await api.ask("getMe"))["ok"]


async def test_nothing_can_connect_while_it_does_not_listen(api: Client, sim: Simulator) -> None:
    await api.result("getMe")
    await sim.stop_listening()
    # The connection that was open ends, and no other comes about.
    with pytest.raises(aiohttp.ClientConnectionError):
        await api.result("getMe")
    with pytest.raises(aiohttp.ClientConnectorError):
        await api.result("getMe")
    await sim.resume_listening()
    await api.result("getMe")


class Monotonic:
    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def monotonic(monkeypatch: pytest.MonkeyPatch) -> Monotonic:
    standing = Monotonic()
    monkeypatch.setattr(limits_module, "time", standing)
    return standing


async def test_more_than_thirty_in_any_second_are_too_many(
    api: Client, sim: Simulator, ana: Phone, monotonic: Monotonic
) -> None:
    sim.limits = Limits(per_chat_per_second=None)
    for _ in range(15):
        await send(api, ana)
    monotonic.now += 0.9
    for _ in range(15):
        await send(api, ana)
    answer = await api.ask("sendMessage", chat_id=ana.user_id, text="x")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 1})
    monotonic.now += 0.1
    await send(api, ana)
    sim.limits = None
    for _ in range(40):
        await send(api, ana)


async def test_edits_count_for_the_whole_bot(api: Client, sim: Simulator, ana: Phone, monotonic: Monotonic) -> None:
    message = await api.result("sendMessage", chat_id=ana.user_id, text="x")
    sim.limits = Limits(per_second=1, per_chat_burst=1)
    place = {"chat_id": ana.user_id, "message_id": message["message_id"]}
    assert (await api.ask("editMessageText", **place, text="y"))["ok"]
    assert (await api.ask("editMessageText", **place, text="z"))["error_code"] == 429


async def test_one_chat_takes_a_short_burst_and_then_one_a_second(
    api: Client, sim: Simulator, ana: Phone, monotonic: Monotonic
) -> None:
    sim.limits = Limits()
    ben = sim.phone("Ben")
    ben.starts()
    for _ in range(3):
        await send(api, ana)
    assert (await api.ask("sendMessage", chat_id=ana.user_id, text="x"))["error_code"] == 429
    await send(api, ben)
    monotonic.now += 1
    await send(api, ana)
    assert (await api.ask("sendMessage", chat_id=ana.user_id, text="x"))["error_code"] == 429
