"""The bot's own settings: command menus, texts about it, the webhook."""

import asyncio
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.simulator import Phone, Simulator
from tests.unit.simulator.client import Client


async def menu(api: Client, name: str, **params: Any) -> None:
    await api.result("setMyCommands", commands=[{"command": name, "description": name.title()}], **params)


async def test_the_closest_scope_wins_and_in_it_the_language(api: Client, sim: Simulator, ana: Phone) -> None:
    ben = sim.phone("Ben", language_code="de")
    ben.starts()
    private, own = {"type": "all_private_chats"}, {"type": "chat", "chat_id": ana.user_id}
    assert ana.commands == {}
    await menu(api, "default")
    assert ana.commands == {"default": "Default"}
    await menu(api, "german", language_code="de")
    assert (list(ana.commands), list(ben.commands)) == (["default"], ["german"])
    await menu(api, "private", scope=private)
    assert (list(ana.commands), list(ben.commands)) == (["private"], ["private"])
    await menu(api, "own", scope=own)
    assert (list(ana.commands), list(ben.commands)) == (["own"], ["private"])
    assert await api.result("getMyCommands", scope=own) == [{"command": "own", "description": "Own"}]
    await api.result("deleteMyCommands", scope=own)
    assert list(ana.commands) == ["private"]


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([{"command": "Ask me", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "ask", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "ask", "description": "x" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "ask", "description": "x"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
        (None, "can't parse list of bot commands: expected an Array of BotCommand"),
    ],
)
async def test_a_wrong_command_is_refused(api: Client, commands: Any, words: str) -> None:
    assert await api.refusal("setMyCommands", commands=commands) == (400, f"Bad Request: {words}")


async def test_a_menu_for_an_unknown_chat_is_refused(api: Client) -> None:
    scope = {"type": "chat", "chat_id": 5}
    assert await api.refusal("setMyCommands", commands=[], scope=scope) == (400, "Bad Request: chat not found")


@pytest.mark.parametrize(
    ("method", "field", "most"),
    [
        ("setMyName", "name", 64),
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
    ],
)
async def test_texts_about_the_bot_have_limits(api: Client, sim: Simulator, method: str, field: str, most: int) -> None:
    assert await api.result(method, **{field: "x" * most})
    assert sim.world.about[(field, "")] == "x" * most
    assert (await api.refusal(method, **{field: "x" * (most + 1)}))[0] == 400


async def test_only_who_is_in_the_chat_is_its_member(api: Client, ana: Phone) -> None:
    member = await api.result("getChatMember", chat_id=ana.user_id, user_id=ana.user_id)
    assert member["status"] == "member"
    refused = await api.refusal("getChatMember", chat_id=ana.user_id, user_id=5)
    assert refused == (400, "Bad Request: member not found")


class Hook:
    """A webhook that answers with the statuses it was given, then with 200."""

    def __init__(self, statuses: list[int], expected: int) -> None:
        self.statuses = statuses
        self.expected = expected
        self.texts: list[str] = []
        self.secrets: set[str | None] = set()
        self.complete = asyncio.Event()

    async def handle(self, request: web.Request) -> web.Response:
        self.texts.append((await request.json())["message"]["text"])
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if len(self.texts) == self.expected:
            self.complete.set()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    def server(self) -> TestServer:
        app = web.Application()
        app.router.add_post("/hook", self.handle)
        return TestServer(app)


async def test_a_webhook_gets_updates_in_order_until_it_takes_them(api: Client, sim: Simulator, ana: Phone) -> None:
    hook = Hook([503, 500], expected=5)
    ana.sends("one")
    async with hook.server() as server:
        await api.result("setWebhook", url=str(server.make_url("/hook")), secret_token="s3cret")
        ana.sends("two")
        ana.sends("three")
        async with asyncio.timeout(5):
            await hook.complete.wait()
        assert hook.texts == ["one", "one", "one", "two", "three"]
        assert hook.secrets == {"s3cret"}
        info = await api.result("getWebhookInfo")
        assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_updates_cannot_be_polled_while_a_webhook_is_set(api: Client, ana: Phone) -> None:
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")
    words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    assert await api.refusal("getUpdates") == (409, f"Conflict: {words}")
    ana.sends("waits")
    await api.result("deleteWebhook")
    assert len(await api.result("getUpdates")) == 1


async def test_pending_updates_can_be_dropped(api: Client, sim: Simulator, ana: Phone) -> None:
    ana.sends("lost")
    await api.result("deleteWebhook", drop_pending_updates=True)
    assert sim.pending_updates == 0


async def test_a_webhook_without_https_or_with_a_strange_secret_is_refused(api: Client) -> None:
    refused = (400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    assert await api.refusal("setWebhook", url="http://example.org") == refused
    refused = (400, "Bad Request: secret token contains unallowed characters")
    assert await api.refusal("setWebhook", url="https://example.org", secret_token="a b") == refused


async def test_a_webhook_that_one_person_blocks_goes_on_for_the_others(api: Client, sim: Simulator, ana: Phone) -> None:
    hook = Hook([500], expected=4)
    ben = sim.phone("Ben")
    ana.sends("one")
    ana.sends("two")
    ben.sends("three")
    async with hook.server() as server:
        await api.result("setWebhook", url=str(server.make_url("/hook")))
        async with asyncio.timeout(5):
            await hook.complete.wait()
        assert [text for text in hook.texts if text != "three"] == ["one", "one", "two"]
        assert hook.texts[:2] == ["one", "three"]
